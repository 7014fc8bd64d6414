"""What the model gives for published figures on AI: the same seeds with AI and without it, measured alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.arguments import check_scenario
from abm.errors import UserError, whole_number
from abm.experiments.ensembles.ensemble import WORKERS_WHEN_COMPILING, checked_seeds
from abm.experiments.ensembles.one_seed import failure_of
from abm.experiments.evidence.measures import ACROSS_SEEDS, MEASUREMENTS, OF_RUNS, measured_in, measured_without_runs
from abm.experiments.evidence.panel import panel_of
from abm.experiments.running.progress import Silent, checked_progress
from abm.experiments.running.tasks import processes_for, run_tasks
from abm.memory import processes_that_fit
from abm.results.provenance import describe_run
from abm.scenarios.checks import LONGEST_RUN
from abm.scenarios.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["UNTIL", "Evidence", "EvidencePlan", "evidence", "evidence_plan"]

UNTIL = 2034  # the last year by default, ten years after the opening of the shipped economy


@dataclass
class Evidence:
    """What the runs gave; ``xinzhi.analysis.evidence`` puts it beside the published figures.

    values  {measurement: (seeds,)}, as fractions; NaN where a run cannot say, one value where none is needed
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    workers: int
    until: int
    values: dict[str, FloatArray]
    provenance: dict[str, Any] = field(default_factory=dict)
    interrupted: bool = False
    failures: dict[int, Exception] = field(default_factory=dict)


@dataclass(frozen=True)
class PairOfRuns:
    """One seed with AI and without it."""

    scenario: Scenario
    without: Scenario
    seed: int
    workers: int
    quarters: int


@dataclass(frozen=True)
class FinishedPair:
    """What a task gave, or why it gave nothing."""

    seed: int
    values: dict[str, float] | None = None
    error: Exception | None = None


def evidence(
    scenario: str | Scenario = "baseline",
    workers: int = 10_000,
    seeds: int | Iterable[int] = 16,
    until: int = UNTIL,
    overrides: Mapping[str, Any] | None = None,
    progress: Silent | None = None,
) -> Evidence:
    """Run the scenario with AI and without it on the same seeds, and measure what was published on AI.

    ``until`` is the last year; measurements of later years are not a number. Ctrl-C keeps the seeds that are finished;
    a seed whose books do not close is left out and noted in ``failures``. Raises UserError for bad input, and the
    interrupt or the first failure where no seed is left.
    """
    plan = evidence_plan(scenario, workers, seeds, until, overrides)
    return plan.evidence(*_run_tasks(plan.tasks, checked_progress(progress)))


@dataclass
class EvidencePlan:
    """The pairs of runs that are needed, and how the evidence is made of them."""

    scenario: Scenario
    seeds: tuple[int, ...]
    until: int
    tasks: list[PairOfRuns]
    started: datetime

    def evidence(self, finished: Sequence[FinishedPair], interrupted: bool) -> Evidence:
        """What the finished seeds give; raises the first failure, or an interrupt, if there is none."""
        found = {one.seed: one.values for one in finished if one.values is not None}
        failures = {one.seed: one.error for one in finished if one.error is not None}
        kept = tuple(seed for seed in self.seeds if seed in found)
        if not kept:
            raise next(iter(failures.values())) if failures else KeyboardInterrupt
        task, alone = self.tasks[0], measured_without_runs()
        values = {name: np.array([found[seed][name] for seed in kept]) for name in OF_RUNS}
        values |= {name: np.array([value]) for name, value in alone.items()}
        values |= {name: np.array([measure(values)]) for name, measure in ACROSS_SEEDS.items()}
        described = describe_run(
            self.scenario, kept, self.seeds, task.workers, task.quarters, 1, processes_for(self.tasks), self.started,
            interrupted,
        )  # fmt: skip
        return Evidence(
            self.scenario, kept, task.workers, self.until, {name: values[name] for name in MEASUREMENTS},
            {"until": self.until, **described}, interrupted, failures,
        )  # fmt: skip


def evidence_plan(
    scenario: str | Scenario, workers: int, seeds: int | Iterable[int], until: int,
    overrides: Mapping[str, Any] | None,
) -> EvidencePlan:  # fmt: skip
    """The runs that ``evidence`` makes. Raises UserError for bad input."""
    check_scenario(scenario, overrides)
    chosen = load_scenario(scenario, dict(overrides or {}))
    kept = tuple(sorted(set(checked_seeds(seeds))))
    workers, until = whole_number("workers", workers), whole_number("until", until)
    last = chosen.opening_year + LONGEST_RUN // 4
    if not chosen.opening_year < until <= last:
        raise UserError(f"until={until}: give a year after {chosen.opening_year}, when the economy opens, up to {last}")
    processes_that_fit(workers, 1)
    without = load_scenario(chosen, {"ai": "none"})
    quarters = min(4 * (until - chosen.opening_year) + 3, LONGEST_RUN)
    tasks = [PairOfRuns(chosen, without, seed, workers, quarters) for seed in kept]
    return EvidencePlan(chosen, kept, until, tasks, datetime.now(UTC))


def _run_tasks(tasks: Sequence[PairOfRuns], progress: Silent) -> tuple[list[FinishedPair], bool]:
    return run_tasks(_run, _failed, partial(_compile, tasks[0]), tasks, processes_for(tasks), progress)


def _compile(task: PairOfRuns) -> None:
    """Run the smallest economy for a moment."""
    panel_of(task.scenario, min(WORKERS_WHEN_COMPILING, task.workers), task.seed, 1)


def _failed(task: PairOfRuns, error: Exception) -> FinishedPair:
    return FinishedPair(task.seed, error=error)


def _run(task: PairOfRuns) -> FinishedPair:
    try:
        panels = [panel_of(one, task.workers, task.seed, task.quarters) for one in (task.scenario, task.without)]
        return FinishedPair(task.seed, measured_in(*panels))
    except Exception as error:
        return _failed(task, failure_of(error, task.seed, task.workers))
