"""The same yearly budget for every lever that spends: which strength costs that much, and which levers are left out.

A budget is a share of GDP, met by the mean of ``policy_cost_ratio`` over the quarters in force. It is sought on whole
runs, since what a subsidy to newcomers costs in its first years is not what it costs in its last, but on few seeds.
Every run is kept in the store of finished seeds, so that a search that was broken off goes on where it ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from abm.compiling.first_use import compile_kernels
from abm.data import DEFAULT_ECONOMY
from abm.errors import UserError
from abm.experiments.effects.budget_search import StrengthSearch
from abm.experiments.effects.effects import checked_levers, overrides_of
from abm.experiments.effects.trial_runs import LeverRun, run_all
from abm.experiments.running.progress import Silent
from abm.interrupts import KEPT
from abm.levers import Lever, levers_in, load_levers
from abm.scenarios.scenario import Scenario, baseline_in, checked_quarters, load_scenario

__all__ = ["EqualBudgets", "Found", "find_strengths"]

SEEDS_OF_A_TRIAL = 2
LEAST_COST = 1e-5  # of GDP: less is no spending
USUAL_TRIALS = 3  # of a lever; only to say how far the search is


class Found(NamedTuple):
    """What the search gave for one lever: the strength of its first parameter and its cost, a fraction of GDP.

    trials    how many strengths were tried
    met       whether the cost is within TOLERANCE of the budget
    at_bound  whether the budget is out of reach even at the bound
    """

    parameter: str
    unit: str
    strength: float
    cost: float
    trials: int
    met: bool
    at_bound: bool


@dataclass
class EqualBudgets:
    """``found`` by lever, and in words why others are ``left_out``; failures as those of Variants."""

    budget: float
    found: dict[str, Found] = field(default_factory=dict)
    left_out: dict[str, str] = field(default_factory=dict)
    failures: dict[str, Exception] = field(default_factory=dict)
    interrupted: bool = False

    @property
    def strengths(self) -> dict[str, Mapping[str, float]]:
        """{lever: {parameter: strength}}, as run_effects takes them."""
        return {name: {one.parameter: one.strength} for name, one in self.found.items()}


def find_strengths(
    budget: float,
    workers: int,
    seeds: Iterable[int],
    quarters: int,
    levers: Iterable[str] | None = None,
    paid_for: bool = True,
    progress: Silent | None = None,
    economy: str = DEFAULT_ECONOMY,
) -> EqualBudgets:
    """For every lever that spends, or those named, the strength of its first parameter that costs the budget.

    All its other parameters are neutral; amounts of money are in the currency of ``economy``. The first
    two of the seeds are used, with as many workers and quarters as the runs that follow; runs that were made
    before, by whatever command, are read again. Raises UserError for an unknown
    lever and where none is left.
    """
    spending = {name: load_levers()[name].spending for name in checked_levers(levers)}
    outcome = EqualBudgets(budget, left_out={name: one.reason for name, one in spending.items() if not one.spends})
    known = levers_in(economy)
    searches = {name: _search(known[name], budget) for name, one in spending.items() if one.spends}
    if not searches:
        reasons = "; ".join(f"{name}: {reason}" for name, reason in outcome.left_out.items())
        raise UserError(f"--budget: none of the named levers spends money ({reasons})")
    used = tuple(sorted(set(seeds)))[:SEEDS_OF_A_TRIAL]
    base = replace(baseline_in(economy), quarters=checked_quarters(quarters))
    progress = progress or Silent()
    compile_kernels()
    KEPT.plan(USUAL_TRIALS * len(searches) * len(used))
    try:
        with progress:
            while open_ones := _still_open(searches, outcome):
                trials = [
                    LeverRun(name, _scenario(base, name, one.strength, paid_for), seed, workers)
                    for name, one in open_ones.items() for seed in used
                ]  # fmt: skip
                _learn(open_ones, trials, outcome, _RoundProgress(progress, searches, len(used)))
    except KeyboardInterrupt:
        outcome.interrupted = True
    for name, search in searches.items():
        if search.ended and name not in outcome.failures:
            _settle(outcome, known[name], search)
    return outcome


def _search(lever: Lever, budget: float) -> StrengthSearch:
    """From the documented strength on, towards the bound on its side of the neutral one."""
    parameter = lever.parameters[0]
    first = lever.documented_strength[parameter.name]
    bound = parameter.upper if first > parameter.neutral else parameter.lower
    return StrengthSearch(parameter.neutral, bound, budget, first)


def _still_open(searches: Mapping[str, StrengthSearch], outcome: EqualBudgets) -> dict[str, StrengthSearch]:
    return {name: one for name, one in searches.items() if not one.ended and name not in outcome.failures}


def _scenario(base: Scenario, name: str, strength: float, paid_for: bool) -> Scenario:
    parameter = load_levers()[name].parameters[0].name
    return load_scenario(base, overrides_of(name, {parameter: strength}, paid_for))


def _learn(
    searches: Mapping[str, StrengthSearch], trials: Sequence[LeverRun], outcome: EqualBudgets, progress: _RoundProgress
) -> None:
    """Run the trials of one round on all cores; each search learns the mean cost over its seeds."""
    costs: dict[str, list[float]] = {name: [] for name in searches}
    for number, one in enumerate(run_all(trials)):
        if one.error is None:
            costs[one.lever].append(one.mean)
        else:
            outcome.failures.setdefault(one.lever, one.error)
        progress.show(number + 1)
    for name, search in searches.items():
        if name not in outcome.failures:
            search.learn(sum(sorted(costs[name])) / len(costs[name]))  # sorted: whichever seed is finished first


@dataclass
class _RoundProgress:
    """Progress of a round, in runs; how many are still to come can only be guessed."""

    progress: Silent
    searches: Mapping[str, StrengthSearch]
    seeds: int

    def show(self, finished: int) -> None:
        every = self.searches.values()
        done = self.seeds * sum(len(one.trials) for one in every) + finished
        wanted = sum(len(one.trials) if one.ended else max(USUAL_TRIALS, len(one.trials) + 1) for one in every)
        levers = f"{len(self.searches)} lever{'s' if len(self.searches) > 1 else ''}"
        text = f"strengths found: {sum(one.ended for one in every)} of {levers}"
        self.progress.show(done, self.seeds * wanted, text)


def _settle(outcome: EqualBudgets, lever: Lever, search: StrengthSearch) -> None:
    name, parameter = lever.name, lever.parameters[0]
    strength, cost = search.best
    if search.at_bound:
        strength, cost = search.trials[-1]
    if cost < -LEAST_COST:
        outcome.left_out[name] = f"it brings the budget revenue ({parameter.name} {strength:g})"
    elif cost < LEAST_COST:
        outcome.left_out[name] = f"it costs the budget nothing, even at its bound ({parameter.name} {strength:g})"
    else:
        trials = len(search.trials)
        outcome.found[name] = Found(
            parameter.name, parameter.unit, strength, cost, trials, search.met, search.at_bound
        )  # fmt: skip
