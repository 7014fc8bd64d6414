"""The checks on one scenario file: its keys, then what the declarations of levers, parameters and switches allow.

The kinds of values are those of the declarations themselves (abm/values.py), and designs are checked by laying their
values over a scenario, so that a value is judged in one way wherever it stands.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from abm.data import OPENING_YEARS, economy_for
from abm.errors import UserError, control_character, located, nearest, placed, refusal, template
from abm.levers.time_paths import Setting, read_setting
from abm.scenarios.economies import named_economy
from abm.scenarios.entries import entries_of, entry, read_entries
from abm.scenarios.opening_year import OPENING_YEAR_KEY, checked_opening_year
from abm.scenarios.places import Place
from abm.scenarios.switches import PRESET, checked_applications, checked_closures, checked_mechanisms, switch_keys
from abm.values import Either, Entries, Number, Text, Texts

__all__ = [
    "EARLIEST_YEAR", "FIRST_YEAR", "LAST_YEAR", "LONGEST_RUN", "QUARTERS", "Layer", "ScenarioFile", "check",
    "opening_year_in", "parameter_key",
]  # fmt: skip

FIRST_YEAR = 2024
EARLIEST_YEAR = min(OPENING_YEARS)  # of a time path, in a scenario that opens then
LAST_YEAR = 2100
LONGEST_RUN = (LAST_YEAR - FIRST_YEAR + 1) * 4 - 1  # quarters from 2024Q1, which is quarter 0, to 2100Q4
QUARTERS = Number(1, LONGEST_RUN, whole=True)
LONGEST_TITLE = 40
LAST = Number(EARLIEST_YEAR, LAST_YEAR, whole=True)
LENGTH = f"a whole number from 1 to {LONGEST_RUN} (2024Q1 is quarter 0, and the model ends with {LAST_YEAR})"


@dataclass(frozen=True)
class ScenarioFile:
    """The keys of a scenario file; all of them are optional."""

    extends: str | None = entry(Text(filled=True), template("the name of a shipped scenario or the path of a file"))
    name: str = entry(Text(filled=True), template("a text"), "")
    title: str = entry(Text(), template("a text"), "")
    question: str = entry(Text(), template("a text"), "")
    expected_channels: list[str] = entry(Texts(), template("a text or a list of texts"), [])
    leaves_out: list[str] = entry(Texts(), template("a text or a list of texts"), [])
    against: str | None = entry(
        Text(filled=True), template("the name of a shipped scenario or the path of a file that it is compared with")
    )
    measured_by: list[str] = entry(Texts(), template("the name of an outcome or a list of them"), [])
    economy: str = entry(
        Text(filled=True), template("the name of a shipped economy or the path of a folder of tables"), ""
    )
    posterior: str = entry(
        Text(filled=True), template("the name of a shipped posterior or the path of a table of draws"), ""
    )
    until: int | None = entry(LAST, f"a year up to {LAST_YEAR}, the last that is simulated")
    quarters: int | None = entry(QUARTERS, LENGTH)
    levers: dict[Any, Any] = entry(Entries(), template("a mapping, `lever: value`"), {})
    levers_from: Any = entry(
        Either((Texts(), Entries(Text()))), "the path of a lever's Python file, or a list of paths"
    )
    ai: str | None = entry(Text(), template("the name of a preset, see `xinzhi list presets`"))
    closures: dict[Any, Any] = entry(Entries(), template("a mapping, `closure: level`, see `xinzhi list closures`"), {})
    assumptions: dict[Any, Any] = entry(
        Entries(), template("a mapping of groups of parameters, `group: {parameter: value}`"), {}
    )
    mechanisms: dict[Any, Any] = entry(
        Entries(), template("a mapping, `mechanism: off`, see `xinzhi list mechanisms`"), {}
    )
    applications: dict[Any, Any] = entry(
        Entries(), template("a mapping, `application: off`, see `xinzhi list applications`"), {}
    )


class Layer(NamedTuple):
    """One checked file of a chain, before it is merged with the files below it."""

    extends: str | None
    name: str
    title: str
    question: str
    expected_channels: tuple[str, ...]
    leaves_out: tuple[str, ...]
    against: str | None
    measured_by: tuple[str, ...]
    economy: str
    posterior: str
    quarters: int | None
    levers: dict[str, Setting]
    ai: str | None
    closures: dict[str, str]
    assumptions: dict[str, Any]
    mechanisms: dict[str, bool]
    applications: dict[str, bool]


def check(
    data: Mapping[Any, Any], place: Place, opening_year: int = FIRST_YEAR, below: str = "", folder: Path = Path()
) -> Layer:
    """The file's content if nothing is wrong with it, else UserError with the place and the remedy.

    ``below`` is the economy of what the file extends, in whose currency its amounts are unless it names one itself,
    a shipped one or a folder as seen from ``folder``.
    """
    content = read_entries(ScenarioFile, data, place, _all_keys)
    economy = named_economy(content.economy, folder, place) or below or economy_for(opening_year)
    if content.ai is not None:
        with placed(place.of("ai")):
            PRESET.checked(content.ai, "ai")
    return Layer(
        extends=content.extends,
        name=_checked_name(content.name, place),
        title=_checked_title(content.title, place),
        question=_readable(content.question, "question", place),
        expected_channels=tuple(content.expected_channels),
        leaves_out=tuple(content.leaves_out),
        against=content.against,
        measured_by=tuple(content.measured_by),
        economy=content.economy,
        posterior=content.posterior,
        quarters=_length(content, place, opening_year),
        levers=_checked_levers(content.levers, place, opening_year, economy),
        ai=content.ai,
        closures=checked_closures(content.closures, place),
        assumptions=_checked_assumptions(content.assumptions, place, economy),
        mechanisms=checked_mechanisms(content.mechanisms, place),
        applications=checked_applications(content.applications, place),
    )


def _checked_name(name: str, place: Place) -> str:
    """A name that can be that of a folder."""
    if name and not all(letter.isalnum() or letter in "-_" for letter in name):
        raise UserError(
            located(
                place.of("name"),
                refusal("name should be letters, digits, - and _, not '{name}'; see also `title`", name=name),
            )
        )
    return name


def _checked_title(title: str, place: Place) -> str:
    """A title that a figure has room for, on one line."""
    title = _readable(title.strip(), "title", place, lines=False)
    if len(title) > LONGEST_TITLE:
        raise UserError(
            located(
                place.of("title"),
                refusal(
                    "title should have at most {longest_title} characters, not {count}",
                    longest_title=LONGEST_TITLE,
                    count=len(title),
                ),
            )
        )
    return title


def _readable(text: str, key: str, place: Place, lines: bool = True) -> str:
    """A text without control characters; ``lines`` says whether it may have several lines."""
    odd = control_character(text, lines)
    if odd:
        raise UserError(
            located(place.of(key), refusal("{key} has the control character {odd}; remove it", key=key, odd=odd))
        )
    return text


def _length(content: ScenarioFile, place: Place, opening_year: int) -> int | None:
    """The quarters of a file, which it gives as their number or as its last year."""
    if content.until is None:
        return content.quarters
    if content.quarters is not None:
        raise UserError(located(place.of("until"), refusal("until and quarters are both set; remove one of them")))
    if content.until < opening_year:
        raise UserError(
            located(
                place.of("until"),
                refusal(
                    "until {until} is before {opening_year}, when the economy opens",
                    until=content.until,
                    opening_year=opening_year,
                ),
            )
        )
    return (content.until - opening_year + 1) * 4 - 1


def opening_year_in(files: Iterable[Mapping[Any, Any]], otherwise: int = FIRST_YEAR) -> int:
    """The opening year that the first of some unchecked files sets; it says which years a time path may have."""
    group, name = OPENING_YEAR_KEY.split(".")
    for data in files:
        assumptions = data.get("assumptions")
        values = assumptions.get(group) if isinstance(assumptions, Mapping) else None
        year = values.get(name) if isinstance(values, Mapping) else None
        if isinstance(year, (int, float)) and year in OPENING_YEARS:
            return int(year)
    return otherwise


def parameter_key(group: Any, name: Any, place: Place) -> str:
    """The dotted key of a parameter as it is called now. Raises UserError where there is none."""
    from abm.parameters import describe_parameters, parameter_named

    groups = {one.key.partition(".")[0] for one in describe_parameters()}
    if group not in groups:
        raise UserError(
            located(
                place.of("assumptions", group),
                refusal("unknown group '{group}'{nearest}", group=group, nearest=nearest(group, groups)),
            )
        )
    here = place.of("assumptions", group, name)
    with placed(here):
        return parameter_named(f"{group}.{name}", here).key


def _all_keys() -> list[str]:
    """Every key that means something in a scenario, the top ones bare and the others dotted."""
    from abm.levers import load_levers
    from abm.parameters import describe_parameters

    dotted = [f"levers.{name}" for name in load_levers()]
    dotted += [f"assumptions.{one.key}" for one in describe_parameters()]
    return [*entries_of(ScenarioFile), *dotted, *switch_keys()]


def _checked_levers(levers: Mapping[Any, Any], place: Place, opening_year: int, economy: str) -> dict[str, Setting]:
    """The settings, amounts of money within their bounds in the currency of the economy."""
    from abm.levers import lever_in, lever_named

    checked = {}
    for name, value in levers.items():
        with placed(place.of("levers", name)):
            lever = lever_in(lever_named(name), economy, opening_year)
        checked[name] = read_setting(
            lever, value, lambda *keys, name=name: place.of("levers", name, *keys), (opening_year, LAST_YEAR)
        )
    return checked


def _checked_assumptions(groups: Mapping[Any, Any], place: Place, economy: str) -> dict[str, Any]:
    from abm.parameters import describe_parameters, parameter_named

    checked = {}
    for group, parameters in groups.items():
        if not isinstance(parameters, Mapping):
            known = nearest(group, (f"assumptions.{one.key}" for one in describe_parameters()))
            here = place.of("assumptions", group)
            raise UserError(
                located(
                    here,
                    refusal(
                        "assumptions.{group} should be a mapping, `parameter: value`{known}", group=group, known=known
                    ),
                )
            )
        for name, value in parameters.items():
            key = parameter_key(group, name, place)
            here = place.of("assumptions", group, name)
            if key in checked:
                raise UserError(
                    located(
                        here, refusal("{key} is set twice, once by the name that it had before; remove one", key=key)
                    )
                )
            with placed(here):
                checked[key] = parameter_named(key).kind.checked(value, f"assumptions.{key}")
                if key == OPENING_YEAR_KEY:
                    checked_opening_year(checked[key], economy)
    return checked
