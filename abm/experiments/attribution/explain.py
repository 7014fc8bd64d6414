"""Why two scenarios differ: the runs from which the difference can be shared out to what AI does.

Every family of mechanisms is switched on and off in both scenarios in all combinations, on the same seeds. What the
families contribute is then an exact Shapley value, since a few families make few combinations: six make 64.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, TypeAlias

import numpy as np

from abm.arguments import check_kind, check_scenario, truth
from abm.errors import UserError, brief, nearest, shown, whole_number
from abm.experiments.attribution.explain_runs import Finished, MeasuredRun, processes_for, run_tasks
from abm.experiments.ensembles.funding import paid_for
from abm.experiments.ensembles.seed_numbers import checked_seeds
from abm.experiments.running.progress import Silent
from abm.results.outcomes import OUTCOMES
from abm.results.provenance import describe_run
from abm.scenarios.checks import LONGEST_RUN
from abm.scenarios.mechanisms import FAMILIES
from abm.scenarios.resolution import parameters_of
from abm.scenarios.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.attribution.observation import RunObservation

__all__ = ["EXPLAINED", "YEAR", "Explanation", "Plan", "combinations", "explain", "planned"]

EXPLAINED = (
    "real_gdp", "real_consumption", "real_ndp", "unemployment_rate", "gini_disposable_income", "labour_share",
    "co2_emissions",
)  # fmt: skip
YEAR = 2050
QUARTERS = 4
REFERENCE, SUBJECT = "reference", "subject"

Reference: TypeAlias = str | os.PathLike[str] | Scenario


@dataclass
class Explanation:
    """What the runs gave; analysis.Attribution makes the parts, the words and the figures of it.

    scenarios     the reference A and the subject B, whose difference is explained
    families      the families of mechanisms that were switched, in their order
    outcomes      the recorded outcomes explained
    levels        (2, combinations, seeds, outcomes) means over the year; combination i has the families on whose bit is
                  set in i, so that the last one is the scenario itself. Families that are not switched stay as they are
    observations  for A and B one RunObservation for each seed
    """

    scenarios: tuple[Scenario, Scenario]
    families: tuple[str, ...]
    outcomes: tuple[str, ...]
    seeds: tuple[int, ...]
    workers: int
    year: int
    levels: FloatArray
    observations: tuple[list[RunObservation], list[RunObservation]]
    with_ai: tuple[bool, bool]
    provenance: dict[str, Any] = field(default_factory=dict)
    interrupted: bool = False
    failures: dict[int, Exception] = field(default_factory=dict)

    @property
    def all_families(self) -> bool:
        """Whether every family was switched: with all of them off there is no AI."""
        return set(self.families) == set(FAMILIES)


def explain(  # noqa: PLR0913 - the question, its size and who pays
    reference: Reference = "no_ai",
    subject: Reference = "baseline",
    workers: int = 10_000,
    seeds: int | Iterable[int] = 4,
    year: int = YEAR,
    families: Iterable[str] | None = None,
    outcomes: Iterable[str] = EXPLAINED,
    overrides: Mapping[str, Any] | None = None,
    progress: Silent | None = None,
    on_debt: bool = False,
) -> Explanation:
    """Run both scenarios in every combination of the families of mechanisms, all by default, to the end of the year.

    ``overrides`` are laid over both. As in ``abm.compare`` the income tax pays for the policies of a scenario that does
    not say who pays, unless ``on_debt``. Ctrl-C keeps the seeds of which every run is finished; a seed with a run whose
    books do not close is left out and noted in ``failures``. Raises UserError for bad input, and the interrupt or the
    first failure where no seed is left.
    """
    plan = planned(reference, subject, workers, seeds, year, families, outcomes, overrides, on_debt)
    return plan.explanation(*run_tasks(plan.tasks, progress))


@dataclass
class Plan:
    """The runs that an explanation needs, and how it is made of them: ``names`` are those of the combinations."""

    scenarios: tuple[Scenario, Scenario]
    families: tuple[str, ...]
    outcomes: tuple[str, ...]
    seeds: tuple[int, ...]
    workers: int
    year: int
    with_ai: tuple[bool, bool]
    names: list[list[str]]
    tasks: list[MeasuredRun]
    started: datetime

    def complete(self, finished: Iterable[Finished]) -> tuple[int, ...]:
        """The seeds of which every run is finished."""
        return tuple(_complete(list(finished), self.seeds, self._wanted)[0])

    def explanation(self, finished: list[Finished], interrupted: bool = False) -> Explanation:
        """The explanation by the seeds that are complete; raises the first failure, or an interrupt, where none is."""
        found, failures = _complete(finished, self.seeds, self._wanted)
        if not found:
            raise next(iter(failures.values())) if failures else KeyboardInterrupt
        kept = tuple(found)
        levels = np.array([[[found[seed][name].levels for seed in kept] for name in side] for side in self.names])
        observations = _observed(found, self.names[0][-1]), _observed(found, self.names[1][-1])
        return Explanation(
            self.scenarios, self.families, self.outcomes, kept, self.workers, self.year, levels, observations,
            self.with_ai, self._provenance(kept, len(finished), interrupted), interrupted, failures,
        )  # fmt: skip

    @property
    def _wanted(self) -> set[str]:
        return {name for side in self.names for name in side}

    def _provenance(self, kept: tuple[int, ...], runs: int, interrupted: bool) -> dict[str, Any]:
        described: dict[str, Any] = {"runs": runs}
        processes = processes_for(self.tasks)
        for side, one in zip((REFERENCE, SUBJECT), self.scenarios, strict=True):
            described[side] = describe_run(
                one, kept, self.seeds, self.workers, one.quarters, 1, processes, self.started, interrupted
            )
        return described


def planned(
    reference: Reference,
    subject: Reference,
    workers: int,
    seeds: int | Iterable[int],
    year: int,
    families: Iterable[str] | None = None,
    outcomes: Iterable[str] = EXPLAINED,
    overrides: Mapping[str, Any] | None = None,
    on_debt: bool = False,
) -> Plan:
    """The runs that ``explain`` makes, seed after seed. Raises UserError for bad input."""
    on_debt = truth("on_debt", on_debt)
    for one in (reference, subject):
        check_scenario(one, overrides)
    pair, quarters = _checked_pair((reference, subject), year, dict(overrides or {}), on_debt)
    families, outcomes = _checked_families(families), _checked_outcomes(outcomes)
    chosen = tuple(sorted(set(checked_seeds(seeds))))
    with_ai = _has_ai(pair[0]), _has_ai(pair[1])
    names, scenarios = _named(pair, with_ai, families)
    ends = names[0][-1], names[1][-1]
    if ends[0] == ends[1]:
        raise UserError(f"{pair[0].name} and {pair[1].name} are the same economy; there is nothing to explain")
    tasks = [
        MeasuredRun(name, one, seed, workers, quarters, outcomes, name in ends)
        for seed in chosen
        for name, one in scenarios.items()
    ]
    return Plan(pair, families, outcomes, chosen, workers, year, with_ai, names, tasks, datetime.now(UTC))


def combinations(families: tuple[str, ...]) -> list[tuple[str, ...]]:
    """All 2**n combinations of families: the i-th has those whose bit is set in i, from none to all."""
    return [tuple(name for bit, name in enumerate(families) if i >> bit & 1) for i in range(2 ** len(families))]


def _has_ai(scenario: Scenario) -> bool:
    return parameters_of(scenario).artificial_intelligence.enabled


def _observed(found: dict[int, dict[str, Finished]], name: str) -> list[RunObservation]:
    """The observations of one run of each seed, all of which were wanted."""
    return [seen for of in found.values() if (seen := of[name].observation) is not None]


def _named(
    pair: tuple[Scenario, ...], with_ai: tuple[bool, ...], families: tuple[str, ...]
) -> tuple[list[list[str]], dict[str, Scenario]]:
    """For each scenario the names of its combinations, and what is behind a name: the same economy is run once.

    Without AI there is nothing to switch, and every combination is the scenario itself.
    """
    names: list[list[str]] = []
    scenarios: dict[str, Scenario] = {}
    for one, has_ai in zip(pair, with_ai, strict=True):
        variants = [
            load_scenario(one, {f"mechanisms.{name}": "off" for name in families if name not in on}) if has_ai else one
            for on in combinations(families)
        ]
        names.append([variant.digest() for variant in variants])
        scenarios |= dict(zip(names[-1], variants, strict=True))
    return names, scenarios


def _complete(
    finished: list[Finished], seeds: tuple[int, ...], wanted: set[str]
) -> tuple[dict[int, dict[str, Finished]], dict[int, Exception]]:
    """{seed: {name: what it gave}} of the seeds that have everything, and the first failure of each of the others."""
    found: dict[int, dict[str, Finished]] = {seed: {} for seed in seeds}
    failures: dict[int, Exception] = {}
    for one in finished:
        if one.error is None:
            found[one.seed][one.name] = one
        else:
            failures.setdefault(one.seed, one.error)
    return {seed: of for seed, of in found.items() if set(of) == wanted}, failures


def _checked_families(families: Iterable[str] | None) -> tuple[str, ...]:
    chosen = tuple(FAMILIES) if families is None else _names("families", families)
    for name in chosen:
        if name not in FAMILIES:
            raise UserError(f"unknown family of mechanisms {shown(name)}; give some of {', '.join(FAMILIES)}")
    if not chosen:
        raise UserError(f"no family of mechanisms is given; give some of {', '.join(FAMILIES)}")
    return chosen


def _checked_outcomes(outcomes: Iterable[str]) -> tuple[str, ...]:
    known = {one.name for one in OUTCOMES}
    chosen = _names("outcomes", outcomes)
    for name in chosen:
        if name not in known:
            raise UserError(f"unknown outcome {shown(name)}{nearest(name, known)}")
    return chosen


def _names(what: str, given: Iterable[str]) -> tuple[str, ...]:
    """The names in their order, each once; a single one may stand for itself."""
    check_kind(what, given, Iterable, "a list of names")
    names = [given] if isinstance(given, str) else given
    return tuple(dict.fromkeys(one if isinstance(one, str) else brief(one) for one in names))


def _checked_pair(
    references: tuple[Reference, Reference], year: int, overrides: dict[str, Any], on_debt: bool
) -> tuple[tuple[Scenario, Scenario], range]:
    """Both scenarios, as long as the year needs, and its quarters, all of which must be simulated."""
    loaded = [load_scenario(reference, overrides) for reference in references]
    one, other = loaded if on_debt else map(paid_for, loaded)
    openings = sorted({one.opening_year, other.opening_year})
    if len(openings) > 1:
        raise UserError(f"the scenarios open in {openings[0]} and {openings[1]}; give two that open in the same year")
    last = openings[0] + LONGEST_RUN // QUARTERS
    if not openings[0] < whole_number("year", year) <= last:
        raise UserError(f"--year {year}: give a year after {openings[0]}, in which the economy opens, and up to {last}")
    first = QUARTERS * (int(year) - openings[0])
    quarters = range(first, first + QUARTERS)
    return (replace(one, quarters=quarters[-1]), replace(other, quarters=quarters[-1])), quarters
