"""Responses of the economy to single shocks: the same seeds with a shock and without it, quarter by quarter."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.arguments import check_kind, check_scenario, truth
from abm.data import DEFAULT_ECONOMY, DEFAULT_YEAR
from abm.errors import UserError, nearest, shown, whole_number
from abm.experiments.ensembles.ensemble import WORKERS_WHEN_COMPILING, checked_seeds
from abm.experiments.ensembles.one_seed import failure_of
from abm.experiments.responses.shocked_run import ShockedRun, shocked
from abm.experiments.responses.shocks import SHOCKS, shocks_in
from abm.experiments.running.progress import Silent, checked_progress
from abm.experiments.running.tasks import processes_for, run_tasks
from abm.memory import processes_that_fit
from abm.results.provenance import describe_run
from abm.scenarios.checks import LONGEST_RUN
from abm.scenarios.resolution import CALM
from abm.scenarios.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.responses.declaration import Shock

__all__ = ["CALM_QUARTERS", "ShockPlan", "Responses", "checked_shocks", "planned", "responses", "split_sizes"]

YEARS_BEFORE, QUARTERS_AFTER = 10, 40
NO_SHOCK, CALM_RUN = "no_shock", "calm"
CALM_QUARTERS = 104
# The economy on its own: no macroeconomic shocks, no AI, and public demand that does not lean against the cycle.
WITHOUT_DISTURBANCE: dict[str, Any] = {**CALM, "ai": "none", "closures.fiscal_rule": "debt_rule_only"}


@dataclass
class Responses:
    """What the runs gave; ``xinzhi.analysis.responses`` makes the table, the words and the figures of it.

    shocks   the shocks by name, each with the size it had
    names    the outcomes, as recorded, and the volumes and prices of shocked_run.py
    start    the first quarter with the shock; ``after`` quarters follow it
    without  (seeds, quarters, names) from quarter 0 to the last, of the runs without a shock
    runs     {shock: array of the same shape}
    calm     the same for CALM_QUARTERS quarters of the economy on its own, without any shock; None if not asked for
    """

    scenario: Scenario
    shocks: dict[str, Shock]
    names: tuple[str, ...]
    seeds: tuple[int, ...]
    workers: int
    start: int
    after: int
    without: FloatArray
    runs: dict[str, FloatArray]
    calm: FloatArray | None = None
    provenance: dict[str, Any] = field(default_factory=dict)
    interrupted: bool = False
    failures: dict[int, Exception] = field(default_factory=dict)

    @property
    def year(self) -> int:
        """The year in whose first quarter the shock comes."""
        return self.scenario.opening_year + self.start // 4

    def values(self, run: str | None, name: str) -> FloatArray:
        """(seeds, 1 + after) of one outcome from the quarter of the shock on; ``run`` None is that without a shock."""
        values = self.without if run is None else self.runs[run]
        return values[:, self.start : self.start + self.after + 1, self.names.index(name)]


def responses(
    scenario: str | Scenario = "baseline",
    workers: int = 10_000,
    seeds: int | Iterable[int] = 8,
    shocks: Iterable[str] | Mapping[str, float] | None = None,
    year: int | None = None,
    after: int = QUARTERS_AFTER,
    overrides: Mapping[str, Any] | None = None,
    calm: bool = False,
    progress: Silent | None = None,
) -> Responses:
    """Run the scenario without a shock and with each of them, on the same seeds.

    ``shocks`` are names, all by default, or {name: size}; the shock comes in the first quarter of ``year``, ten years
    after the opening by default, and ``after`` quarters follow. ``calm`` adds the economy without any disturbance.
    Ctrl-C keeps the seeds of which every run is finished; a seed with a run whose books do not close is left out and
    noted in ``failures``. Raises UserError for bad input, and the interrupt or the first failure where no seed is left.
    """
    plan = planned(scenario, workers, seeds, shocks, year, after, overrides, calm)
    return plan.responses(*_run_tasks(plan.tasks, checked_progress(progress)))


@dataclass(frozen=True)
class FinishedShock:
    """What a task gave, or why it gave nothing."""

    name: str
    seed: int
    names: tuple[str, ...] = ()
    values: FloatArray | None = None
    error: Exception | None = None


@dataclass
class ShockPlan:
    """The runs that are needed, seed after seed, and how the responses are made of them."""

    scenario: Scenario
    shocks: dict[str, Shock]
    seeds: tuple[int, ...]
    start: int
    after: int
    tasks: list[ShockedRun]
    started: datetime

    def responses(self, finished: Sequence[FinishedShock], interrupted: bool) -> Responses:
        """The responses of the seeds that are complete; raises the first failure, or an interrupt, if none is."""
        wanted = {task.name for task in self.tasks}
        found: dict[int, dict[str, FloatArray]] = {seed: {} for seed in self.seeds}
        failures: dict[int, Exception] = {}
        for one in finished:
            if one.values is not None:
                found[one.seed][one.name] = one.values
            elif one.error is not None:
                failures.setdefault(one.seed, one.error)
        kept = tuple(seed for seed in self.seeds if set(found[seed]) == wanted)
        if not kept:
            raise next(iter(failures.values())) if failures else KeyboardInterrupt
        of = {name: np.stack([found[seed][name] for seed in kept]) for name in wanted}
        return Responses(
            self.scenario, self.shocks, next(one.names for one in finished if one.names), kept,
            self.tasks[0].workers, self.start, self.after, of[NO_SHOCK], {name: of[name] for name in self.shocks},
            of.get(CALM_RUN), self._provenance(kept, interrupted), interrupted, failures,
        )  # fmt: skip

    def _provenance(self, kept: Sequence[int], interrupted: bool) -> dict[str, Any]:
        task = self.tasks[0]
        described = describe_run(
            self.scenario, kept, self.seeds, task.workers, task.quarters, 1, processes_for(self.tasks), self.started,
            interrupted,
        )  # fmt: skip
        return {"shocks": {name: one.size for name, one in self.shocks.items()}, "start": self.start, **described}


def planned(
    scenario: str | Scenario, workers: int, seeds: int | Iterable[int],
    shocks: Iterable[str] | Mapping[str, float] | None, year: int | None, after: int,
    overrides: Mapping[str, Any] | None, calm: bool,
) -> ShockPlan:  # fmt: skip
    """The runs that ``responses`` makes. Raises UserError for bad input."""
    check_scenario(scenario, overrides)
    calm = truth("calm", calm)
    chosen = load_scenario(scenario, dict(overrides or {}))
    put_in = checked_shocks(shocks, chosen.tables, chosen.opening_year)
    start, after = _checked_quarters(chosen, year, after)
    kept = tuple(sorted(set(checked_seeds(seeds))))
    workers = whole_number("workers", workers)
    processes_that_fit(workers, 1)
    share = put_in.get("layoffs", SHOCKS["layoffs"]).size
    runs: list[tuple[str, Scenario, Shock | None, int, int]] = [(NO_SHOCK, chosen, None, start, start + after)]
    runs += [(name, chosen, one, start, start + after) for name, one in put_in.items()]
    if calm:
        runs.append((CALM_RUN, load_scenario(chosen, WITHOUT_DISTURBANCE), None, start, CALM_QUARTERS))
    tasks = [
        ShockedRun(name, one, shock, first, last, share, seed, workers)
        for seed in kept
        for name, one, shock, first, last in runs
    ]
    return ShockPlan(chosen, put_in, kept, start, after, tasks, datetime.now(UTC))


def checked_shocks(
    shocks: Iterable[str] | Mapping[str, float] | None, economy: str = DEFAULT_ECONOMY, year: int = DEFAULT_YEAR
) -> dict[str, Shock]:
    """The shocks of these names, all by default, with the sizes that a mapping gives. Raises UserError.

    A size in money is in the currency of ``economy``, which opens in ``year``.
    """
    there = shocks_in(economy, year)
    if shocks is None:
        return dict(there)
    check_kind("shocks", shocks, Iterable, "a list of names")
    names = [shocks] if isinstance(shocks, str) else list(shocks)
    for name in names:
        if name not in SHOCKS:
            known = f"{nearest(name, SHOCKS) if isinstance(name, str) else ''}"
            raise UserError(f"unknown shock {shown(name)}{known}; give some of {', '.join(SHOCKS)}")
    if not names:
        raise UserError(f"no shock is given; give some of {', '.join(SHOCKS)}")
    if isinstance(shocks, Mapping):
        return {name: there[name].of_size(shocks[name]) for name in names}
    return {name: there[name] for name in names}


def split_sizes(
    words: Iterable[str] | None, economy: str = DEFAULT_ECONOMY, year: int = DEFAULT_YEAR
) -> dict[str, float] | None:
    """The shocks of words such as ``policy_rate`` or ``policy_rate=0.005``, with sizes where there is one."""
    if not words:
        return None
    sizes: dict[str, float] = {}
    for word in words:
        name, given, size = word.partition("=")
        known = checked_shocks([name], economy, year)[name]
        try:
            sizes[name] = float(size) if given else known.size
        except ValueError:
            raise UserError(f"--shock {word}: the size is no number; write {name}={known.size:g}") from None
    return sizes


def _checked_quarters(scenario: Scenario, year: int | None, after: int) -> tuple[int, int]:
    """The quarter of the shock and how many follow; UserError where the runs would be too long or begin too late."""
    opening, after = scenario.opening_year, whole_number("after", after)
    last = opening + LONGEST_RUN // 4
    year = opening + YEARS_BEFORE if year is None else whole_number("year", year)
    if not opening < year <= last:
        raise UserError(f"year={year}: give a year after {opening}, in which the economy opens, and up to {last}")
    start = 4 * (year - opening)
    if not 1 <= after <= LONGEST_RUN - start:
        raise UserError(f"after={after}: give from 1 to {LONGEST_RUN - start} quarters after the shock")
    return start, after


def _run_tasks(tasks: Sequence[ShockedRun], progress: Silent) -> tuple[list[FinishedShock], bool]:
    return run_tasks(_run, _failed, partial(_compile, tasks[0]), tasks, processes_for(tasks), progress)


def _compile(task: ShockedRun) -> None:
    """Run the smallest economy for a moment."""
    workers = min(WORKERS_WHEN_COMPILING, task.workers)
    shocked(ShockedRun(NO_SHOCK, task.scenario, None, 1, 1, task.share, task.seed, workers))


def _failed(task: ShockedRun, error: Exception) -> FinishedShock:
    return FinishedShock(task.name, task.seed, error=error)


def _run(task: ShockedRun) -> FinishedShock:
    try:
        return FinishedShock(task.name, task.seed, *shocked(task))
    except Exception as error:
        return _failed(task, failure_of(error, task.seed, task.workers))
