"""Scenarios compared, from their names to a Comparison: the one way for the command, notebooks and the page.

It joins the runs of abm with what ``xinzhi.analysis`` makes of them, and settles in one place who pays for policies.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abm.arguments import DISCOUNT_RATE, check_scenario, checked_years_of, discount_rate_of, truth
from abm.errors import UserError, whole_number
from abm.experiments.ensembles.funding import paid_for
from abm.experiments.ensembles.seed_numbers import checked_seeds
from abm.results.judged import checked_measures
from abm.results.years import last_quarter
from abm.scenarios.checks import LAST_YEAR
from abm.scenarios.economies import identity
from abm.scenarios.scenario import Scenario, checked_quarters, load_scenario, twin_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from abm.experiments.running.progress import Silent
    from abm.results.results import Results
    from xinzhi.analysis.comparison.comparison import Comparison
    from xinzhi.analysis.reading.closure_ranges import ClosureRange

__all__ = [
    "SIDES", "compare", "quarters_until", "ranges_across_closures", "refuse_different_economies", "sides_of",
    "with_twin",
]  # fmt: skip

SIDES = "ABCD"  # what a setting names one of the scenarios by: "B:levers.carbon_price"


def compare(  # noqa: PLR0913 - the scenarios, their size, who pays and how years are summed
    *scenarios: str | os.PathLike[str] | Scenario,
    workers: int = 10_000,
    seeds: int | Iterable[int] = 8,
    until: int | None = None,
    years: Sequence[int] | None = None,
    overrides: Mapping[str, Any] | None = None,
    on_debt: bool = False,
    fresh: bool = False,
    quarters: int | None = None,
    progress: Silent | bool | None = None,
    discount_rate: float | str = DISCOUNT_RATE,
) -> Comparison:
    """Run two to four scenarios on the same random draws and compare them; one alone is compared with its twin.

    The twin is what its file names under ``against``, else the baseline, and comes first. The reference is the economy
    without AI if it is among them, otherwise the first. The income tax pays for the policies of a scenario that does
    not say who pays, unless ``on_debt``. ``until`` is the last year (2050 in the shipped scenarios), ``years`` are
    those of the headline. ``overrides`` are dotted keys for all scenarios; with "A:" to "D:" before it, a key is for
    one of them: {"B:levers.carbon_price": 200}. Seeds run before are read again, unless ``fresh``; ``progress`` False
    is silent; sums over years are discounted at ``discount_rate`` a year. Raises
    UserError for bad input and AccountingError if books do not close.
    """
    from abm.experiments.ensembles.ensemble import run_ensemble
    from abm.experiments.running.progress import PartProgress, usual_progress
    from abm.interrupts import KEPT
    from xinzhi.analysis.comparison.comparison import checked_count, checked_years
    from xinzhi.analysis.comparison.comparison import compare as compared

    scenarios = with_twin(scenarios)
    checked_count(len(scenarios))
    years, until = checked_years_of(years), None if until is None else whole_number("until", until)
    on_debt, fresh, rate = truth("on_debt", on_debt), truth("fresh", fresh), discount_rate_of(discount_rate)
    for one in scenarios:
        check_scenario(one, overrides)
        checked_measures(load_scenario(one))
    chosen = [one if on_debt else paid_for(one) for one in sides_of(scenarios, {} if overrides is None else overrides)]
    lengths = [quarters_until(one, until, quarters) for one in chosen]
    checked_years(years, chosen[0].opening_year, min(lengths))
    span = checked_seeds(seeds)
    KEPT.plan(len(chosen) * len(span))
    many: list[Results] = []
    total, before = len(span) * sum(lengths), 0
    with usual_progress("compare", progress) as shown:
        for at, (scenario, length) in enumerate(zip(chosen, lengths, strict=True)):
            part = PartProgress(shown, f"{at + 1} of {len(chosen)}, {scenario.name}", before, total)
            many.append(_whole(run_ensemble(scenario, workers, span, length, progress=part, fresh=fresh)))
            before += len(span) * length
    return compared(*many, years=years, discount_rate=rate)


def with_twin(scenarios: Sequence[str | os.PathLike[str] | Scenario]) -> tuple[str | os.PathLike[str] | Scenario, ...]:
    """One scenario alone behind the one that its file says it is against, else the baseline; several as they are."""
    if len(scenarios) != 1:
        return tuple(scenarios)
    check_scenario(scenarios[0])
    return (twin_of(load_scenario(scenarios[0])), scenarios[0])


def refuse_different_economies(sides: Sequence[Scenario]) -> None:
    """Raise UserError, before anything is run, if scenarios are of different economies, which share no draws."""
    economies = {identity(one.tables): Path(one.tables).name for one in sides}
    if len(economies) > 1:
        usual = next((one for one in sides if identity(one.tables) != identity(sides[0].tables)), sides[0])
        raise UserError(
            f"the scenarios are of different economies ({', '.join(sorted(economies.values()))}), which share no "
            f"random draws; write xinzhi compare {usual.reference or usual.name}, which finds its twin, or, for one "
            "policy in both economies, xinzhi countries"
        )


def _whole(results: Results) -> Results:
    """Results of all seeds; raises what left one out."""
    for error in results.failures.values():
        raise error
    if results.interrupted:
        raise KeyboardInterrupt
    return results


def ranges_across_closures(
    comparison: Comparison, run: Callable[[Mapping[str, Any]], Comparison]
) -> dict[tuple[str, int, str], ClosureRange]:
    """The lowest, central and highest difference of every headline variable and year over all ends of the closures.

    ``run`` compares the same scenarios with further overrides. A range of assumptions, not of chance: more seeds do
    not make it narrower. Raises UserError unless two scenarios are compared.
    """
    from abm.experiments.validation.closure_grid import CENTRAL, corners
    from xinzhi.analysis.reading.closure_ranges import ClosureRange
    from xinzhi.analysis.reading.summary import HEADLINE

    if len(comparison.pairs) != 1:
        raise UserError("--closures computes the range of one difference; compare two scenarios")
    at = next(iter(comparison.pairs))
    grid = [run({f"closures.{name}": level for name, level in levels.items()})
            for corner, levels in corners().items() if corner != CENTRAL]  # fmt: skip
    ranges = {}
    for variable in HEADLINE:
        for year in comparison.years:
            found = [one.change_in_levels(at, variable, year) for one in (comparison, *grid)]
            means = [change.difference.mean for change in found if change is not None]
            if means:
                ranges[variable, year, "effect"] = ClosureRange(min(means), means[0], max(means))
            shares = [one.change(at, variable, year) for one in (comparison, *grid)]
            means = [change.difference.mean for change in shares if change is not None and change.unit == "per cent"]
            if means:
                ranges[variable, year, "relative"] = ClosureRange(min(means), means[0], max(means))
    return ranges


def quarters_until(scenario: Scenario, until: int | None, quarters: int | None) -> int:
    """The quarters of a run that ends with the year ``until``, or as many as asked for, or the scenario's own."""
    if until is None:
        return checked_quarters(scenario.quarters if quarters is None else quarters)
    if quarters is not None:
        raise UserError("give --until or --quarters, not both")
    if until < scenario.opening_year:
        raise UserError(f"--until {until}: {scenario.name} opens in {scenario.opening_year}; give a later year")
    if until > LAST_YEAR:
        raise UserError(f"--until {until}: the model ends with {LAST_YEAR}; give an earlier year")
    return checked_quarters(last_quarter(scenario.opening_year, until))


def sides_of(scenarios: Sequence[str | os.PathLike[str] | Scenario], overrides: Mapping[str, Any]) -> list[Scenario]:
    """The scenarios with what is set for all and for each. Raises UserError where that wipes out their difference."""
    bare = [load_scenario(one) for one in scenarios]
    letters = SIDES[: len(bare)]
    of_side: dict[str, dict[str, Any]] = {letter: {} for letter in letters}
    for key, value in overrides.items():
        letter, colon, rest = key.partition(":")
        if not colon:
            for settings in of_side.values():
                settings[key] = value
        elif letter in of_side:
            of_side[letter][rest] = value
        else:
            raise UserError(f"--set {key}={value}: '{letter}:' names no scenario; write one of {', '.join(letters)}")
    chosen = [_named(load_scenario(one, of_side[letter]), one, overrides, letter)
              for one, letter in zip(bare, letters, strict=True)]  # fmt: skip
    first, second = bare[0].digest(), chosen[0].digest()
    same = [at for at in range(1, len(bare)) if chosen[at].digest() == second and bare[at].digest() != first]
    if same:
        names = f"{letters[0]} ({bare[0].name}) and {letters[same[0]]} ({bare[same[0]].name})"
        for_all = [key for key in overrides if ":" not in key and key != "economy"]
        example = next(iter(for_all or overrides))
        remedy = f"set it for one of them: --set {letters[same[0]]}:{example}=..." if for_all else "leave it out"
        raise UserError(f"--set {example}=...: makes {names} the same economy, so nothing is left to compare; {remedy}")
    refuse_different_economies(chosen)
    return chosen


def _named(scenario: Scenario, bare: Scenario, overrides: Mapping[str, Any], letter: str) -> Scenario:
    """A scenario with a setting of its own is called after it: ``Carbon price 400``."""
    own = {key.partition(":")[2]: value for key, value in overrides.items() if key.startswith(f"{letter}:")}
    words = [_setting_words(key.split(".")[-1], value) for key, value in own.items() if "." in key]
    if not words or scenario.title:
        return scenario
    called = bare.name.replace("_", " ")
    phrases = ", ".join(words) if words[0].startswith(called) else f"{called}, {', '.join(words)}"
    return replace(scenario, title=phrases[:1].upper() + phrases[1:])


def _setting_words(name: str, value: Any) -> str:
    """``carbon price 100 to 400, dividend 1``: a setting of several numbers, each from its first to its last value."""
    words, parts = name.replace("_", " "), {"": value}
    if isinstance(value, Mapping) and "path" not in value and not all(map(_is_year, value)):
        parts = dict(value)
    named = [
        f"{_number_words(one)}" if not key or words.endswith(key) else f"{key.replace('_', ' ')} {_number_words(one)}"
        for key, one in parts.items()
    ]
    return f"{words} {', '.join(named)}"


def _number_words(value: Any) -> str:
    path = value.get("path", value) if isinstance(value, Mapping) else None
    if not isinstance(path, Mapping):
        return str(value)
    ends = list(path.values())
    return f"{ends[0]} to {ends[-1]}" if len(set(map(str, ends))) > 1 else str(ends[0])


def _is_year(key: Any) -> bool:
    return str(key).isdigit()
