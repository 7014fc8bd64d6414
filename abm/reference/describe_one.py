"""One lever, parameter or outcome as text, with an example that can be copied into a scenario file."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterable, Iterator
from typing import Any

from abm.data import DECLARED, DEFAULT_ECONOMY, elsewhere, find_economy, latest_year, load_tables, shipped_economies
from abm.errors import UserError, nearest
from abm.levers import FIRST_QUARTER, Lever, LeverParameter, levers_in, load_levers
from abm.parameters import ParameterInformation, describe_parameters
from abm.parameters.plausible import plausible_range
from abm.parameters.renamed import RENAMED
from abm.reference.tables import parameters_in
from abm.results.currency import in_words_of
from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES, GroupOutcome, Outcome
from abm.scenarios.checks import FIRST_YEAR

__all__ = ["describe_one", "lever_examples", "parameter_example"]

WIDTH = 118
MOST_ALIKE = 12  # names that a message lists
FIRST_SETTING = FIRST_YEAR + FIRST_QUARTER // 4  # the year from which a number holds


def describe_one(name: str, economy: str = DEFAULT_ECONOMY) -> str:
    """All that has the name: a lever, a parameter by its dotted key or the end of it, an outcome; as in an economy.

    Raises UserError with the nearest name where there is none.
    """
    key = name.removeprefix("levers.").removeprefix("assumptions.")
    levers, parameters = levers_in(economy), _parameters(RENAMED.get(key, key), economy)
    lever, _, parameter = key.partition(".")
    found = []
    if lever in levers and (not parameter or levers[lever].parameter(parameter)):
        found.append("\n".join(_lever_lines(levers[lever], parameter, economy)))
    found += ["\n".join(_parameter_lines(one, economy)) for one in parameters]
    found += [
        in_words_of("\n".join(_outcome_lines(table, one, economy)), economy)
        for table, one in _outcomes()
        if one.name == key
    ]
    if not found:
        raise UserError(f"describe {name}: no lever, parameter or outcome has that name{_alike(key)}")
    return "\n\n".join(found)


def _parameters(key: str, economy: str) -> list[ParameterInformation]:
    known = parameters_in(economy)
    exact = [one for one in known if one.key == key]
    return exact or [one for one in known if one.key.partition(".")[2] == key]


def _outcomes() -> Iterator[tuple[str, Outcome | GroupOutcome]]:
    yield from (("series", one) for one in OUTCOMES)
    yield from ((table, one) for table, many in GROUP_OUTCOMES.items() for one in many)


def _alike(key: str) -> str:
    """A clause with the names that have the words of the key or their beginnings in them, else with the nearest name.

    Levers come first, then outcomes, then parameters by the end of their keys; a lever stands for its parameters.
    """
    words = re.findall(r"[^\W_]+", key.lower())
    names = [name for name in _names() if words and _has(name, words)]
    names = [name for name in names if not {name.partition(".")[0], name.partition(".")[2]} & {*names} - {name}]
    if not names:
        return nearest(key, _names())
    more = f" and {len(names) - MOST_ALIKE} more" if len(names) > MOST_ALIKE else ""
    return f"; names that contain it: {', '.join(names[:MOST_ALIKE])}{more}"


def _has(name: str, words: Iterable[str]) -> bool:
    parts = re.findall(r"[^\W_]+", name.lower())
    return all(any(part.startswith(word) for part in parts) for word in words)


def _names() -> list[str]:
    levers = load_levers().values()
    names = [lever.name for lever in levers]
    names += [one.name for _, one in _outcomes()]
    names += [f"{lever.name}.{one.name}" for lever in levers for one in lever.parameters]
    names += [one.key.partition(".")[2] for one in describe_parameters()]
    return list(dict.fromkeys([*names, *(one.key for one in describe_parameters())]))


def _lever_lines(lever: Lever, parameter: str, economy: str) -> Iterator[str]:
    chosen = [one for one in lever.parameters if not parameter or one.name == parameter]
    yield f"{lever.name}: {lever.title} (lever; {lever.strategy.value})"
    yield from _indented("", lever.summary)
    for one in chosen:
        numbers = f"Range {one.lower:g} to {one.upper:g}; usual {one.usual[0]:g} to {one.usual[1]:g}; neutral "
        text = f"{one.meaning} {numbers}{one.neutral:g} ({one.unit}). Source: {one.source}."
        yield ""
        yield f"  {one.name}"
        yield from _indented("    ", text)
    at_once, over_time = lever_examples(lever, chosen[0], economy)
    yield f"\nIn a scenario file, in force from {FIRST_SETTING} on:\n"
    yield textwrap.indent(at_once, "  ")
    yield "\nOver time, evenly from year to year (`shape: step` or years alone hold each value until the next year):\n"
    yield textwrap.indent(over_time, "  ")


def lever_examples(
    lever: Lever, parameter: LeverParameter, economy: str = DEFAULT_ECONOMY
) -> tuple[str, str]:  # fmt: skip
    """Two pieces of a scenario file: the lever as a number and over time."""
    first = lever.parameters[0]
    economy = _economy_with(parameter.name) or ("" if economy == DEFAULT_ECONOMY else economy)
    head = f"economy: {economy}\n" if economy else ""
    strength = lever.documented_strength.get(parameter.name, _strong(parameter))
    middle = float(f"{(parameter.neutral + strength) / 2:.3g}")
    others = {name: value for name, value in lever.documented_strength.items() if name != parameter.name}
    path = f"{{path: {{2027: {middle:g}, 2035: {strength:g}}}, shape: linear}}"

    def written(setting: str) -> str:
        if parameter is first and not others:
            return f"{head}levers:\n  {lever.name}: {setting}"
        named = [f"{parameter.name}: {setting}", *(f"{name}: {value:g}" for name, value in others.items())]
        return "\n".join([f"{head}levers:\n  {lever.name}:", *(f"    {line}" for line in named)])

    return written(f"{strength:g}"), written(path)


def _economy_with(code: str) -> str:
    """The shipped economy that a scenario has to name before it sets a sector's part; empty if the default has it."""
    codes = {name: load_tables(latest_year(find_economy(name)), name).codes for name in shipped_economies()}
    default, *others = shipped_economies()
    return "" if code in codes[default] else next((name for name in others if code in codes[name]), "")


def _strong(parameter: LeverParameter) -> float:
    """The end of the usual range that lies farther from the neutral value."""
    return max(parameter.usual, key=lambda end: abs(end - parameter.neutral))


def _parameter_lines(one: ParameterInformation, economy: str) -> Iterator[str]:
    unit, money = in_words_of(one.unit, economy), elsewhere(economy) is not None and DECLARED in one.unit
    yield f"{one.key} (parameter, {one.status})"
    yield from _indented("", in_words_of(f"{one.meaning[:1].upper()}{one.meaning[1:]}.", economy))
    bounds = "" if one.lower is None or one.upper is None else f"; from {one.lower:g} to {one.upper:g}"
    yield from _indented("", f"Default {_yaml(one.default)} ({unit}){bounds}. Source: {one.source}.")
    if not money and (found := plausible_range(one)) and found.reason:
        yield from _indented("", f"It may well lie within {found.low:g} to {found.high:g}: {found.reason}.")
    yield "\nIn a scenario file:\n"
    yield textwrap.indent(parameter_example(one), "  ")


def parameter_example(one: ParameterInformation) -> str:
    """A piece of a scenario file that sets a parameter to its default."""
    group, _, name = one.key.partition(".")
    return f"assumptions:\n  {group}:\n    {name}: {_yaml(one.default)}"


def _yaml(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else repr(value)


def _outcome_lines(table: str, one: Outcome | GroupOutcome, economy: str) -> Iterator[str]:
    of = "the whole economy" if table == "series" else f"each of the {table}"
    yield f"{one.name}: {one.display.title} (outcome of {of}, {one.origin})"
    yield from _indented("", f"{in_words_of(one.definition, economy).rstrip('.')}. Unit: {one.unit}.")
    yield from _indented("", f"Origin: {one.because.rstrip('.')}.")
    yield f"\nIt is recorded, never set: the column `variable` of {table}.csv has it as {one.name}."


def _indented(start: str, text: str) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start))
