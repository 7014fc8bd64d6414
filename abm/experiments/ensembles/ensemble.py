"""One scenario over many seeds, each seed in a process of its own; what is finished is kept whatever happens next.

A seed that was run before, by whatever command, is read from the store of finished seeds (seed_store.py).
The processes are spawned (a fork after numba has used its threads can hang) and run serial kernels, which are compiled
once here first. A single seed runs in this process, where it may use several threads: the numbers are the same bits.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np

from abm.arguments import check_scenario, truth
from abm.compiling.first_use import compile_kernels
from abm.errors import UserError, whole_number
from abm.experiments.ensembles.one_seed import failure_of, simulate
from abm.experiments.ensembles.recording import Recording
from abm.experiments.ensembles.seed_numbers import checked_seeds
from abm.experiments.ensembles.seed_store import PLACE, Shelf
from abm.experiments.running.processes import Lost, outcomes_of
from abm.experiments.running.progress import Silent, checked_progress, usual_progress, watch
from abm.interrupts import KEPT, shielded
from abm.memory import check_results_fit, processes_that_fit
from abm.results.provenance import describe_run
from abm.results.results import Results
from abm.scenarios.scenario import Scenario, checked_quarters, load_scenario

__all__ = ["Recording", "run", "run_ensemble"]

WORKERS_WHEN_COMPILING = 2_000  # the smallest economy
QUARTERS_WHEN_COMPILING = 2
SOON_DONE = 4_000_000  # workers times quarters, about a second: other processes would take longer to start


@dataclass(frozen=True)
class Failure:
    """A seed that ended in an exception."""

    seed: int
    error: Exception


@dataclass(frozen=True)
class EnsembleTask:
    """One ensemble: what every process needs to run any of its seeds. ``counters`` is a file of quarters done."""

    scenario: Scenario
    seeds: tuple[int, ...]
    workers: int
    quarters: int
    threads: int
    counters: str


def run(
    scenario: str | Scenario = "baseline",
    workers: int = 10_000,
    seeds: int | Iterable[int] = 1,
    quarters: int | None = None,
    overrides: dict[str, Any] | None = None,
    threads: int = 1,
    fresh: bool = False,
    progress: Silent | bool | None = None,
) -> Results:
    """Run a scenario and return its Results.

    ``seeds`` is a number of seeds (1, 2, ...) or the seeds themselves; ``quarters`` is the scenario's own by default.
    Seeds that were run before are read again; ``fresh`` runs them once more. ``progress`` is shown in a notebook and
    in a terminal; False is silent.
    Raises UserError for bad input and AccountingError if the books of a seed do not close.
    """
    check_scenario(scenario, overrides)
    chosen = load_scenario(scenario, overrides)
    results = run_ensemble(
        chosen, workers, checked_seeds(seeds), quarters, threads, usual_progress(chosen.name, progress), fresh
    )
    if results.failures:
        raise next(iter(results.failures.values()))
    return results


def run_ensemble(
    scenario: str | Scenario,
    workers: int = 10_000,
    seeds: Iterable[int] = (1,),
    quarters: int | None = None,
    threads: int = 1,
    progress: Silent | None = None,
    fresh: bool = False,
) -> Results:
    """Run every seed and return the Results of those that finished.

    Seeds in the store of finished seeds are read from there; ``fresh`` runs them again.

    One seed runs in this process with ``threads`` threads, several in as many processes as there are cores, each with
    one thread, or one after the other in this process where that takes about a second.

    Ctrl-C ends the run and returns what is finished with ``interrupted`` set; a seed that fails is noted in
    ``failures`` and the others go on. With nothing finished the interrupt or the first failure is raised instead.
    """
    from loky import cpu_count

    check_scenario(scenario)
    fresh = truth("fresh", fresh)
    progress = checked_progress(progress)
    scenario = load_scenario(scenario)
    length = scenario.quarters if quarters is None else whole_number("quarters", quarters)
    scenario = replace(scenario, quarters=checked_quarters(length))
    processes_that_fit(workers, 1)
    threads = whole_number("threads", threads)
    seeds = tuple(sorted(set(checked_seeds(seeds))))
    check_results_fit(len(seeds), scenario.quarters)
    started = datetime.now(UTC)
    KEPT.plan(len(seeds))
    shelf = Shelf(scenario, workers, seeds, fresh)
    KEPT.add(True, len(shelf.found), PLACE)
    missing = tuple(seed for seed in seeds if seed not in shelf.found)
    processes = _processes_for(len(missing), workers, scenario.quarters)
    threads = min(threads, cpu_count()) if len(missing) <= 1 else 1
    task = EnsembleTask(scenario, missing, workers, scenario.quarters, threads, "")
    finished, failures, interrupted = _run_seeds(task, processes, progress, shelf.keep)
    finished += shelf.found.values()
    shelf.close()
    if not finished:
        raise next(iter(failures.values())) if failures else KeyboardInterrupt
    finished.sort(key=lambda recording: recording.seed)
    kept = [recording.seed for recording in finished]
    provenance = describe_run(
        scenario, kept, seeds, workers, scenario.quarters, threads, processes, started, interrupted
    )
    return Results.from_recorders(scenario, kept, finished, provenance, interrupted, failures)


def _processes_for(seeds: int, workers: int, quarters: int) -> int:
    """One where that is soon done, else one for each seed as far as there are cores and memory."""
    from loky import cpu_count

    helpful = 1 if seeds * workers * quarters < SOON_DONE else seeds
    return processes_that_fit(workers, min(cpu_count(), max(helpful, 1)))


Outcomes = tuple[list[Recording], dict[int, Exception], bool]  # finished, failed, and whether the user ended it


def _run_seeds(task: EnsembleTask, processes: int, progress: Silent, keep: Callable[[Recording], bool]) -> Outcomes:
    """Run the seeds of a task, whose file of quarters done is made here."""
    if not task.seeds:
        return [], {}, False
    with shielded():
        temporary = tempfile.TemporaryDirectory(prefix="xinzhi-")
    with temporary as folder:
        counters = Path(folder) / "quarters_done"
        counters.write_bytes(np.zeros(len(task.seeds), dtype=np.int32).tobytes())
        return _collect(replace(task, counters=str(counters)), processes, progress, keep)


def _collect(task: EnsembleTask, processes: int, progress: Silent, keep: Callable[[Recording], bool]) -> Outcomes:
    """Take in the seeds as they finish, until all have or the user ends it."""
    finished: list[Recording] = []
    failures: dict[int, Exception] = {}
    counters = np.memmap(task.counters, dtype=np.int32, mode="r")
    total = task.quarters * len(task.seeds)
    preparing = "preparing"

    def compiling(begun: int, kernels: int) -> None:
        nonlocal preparing
        preparing = f"compiling, once: {begun} of {kernels} kernels"

    def look() -> None:
        ready = len(finished) + len(failures)
        done = int(counters.sum())
        progress.show(done, total, f"{ready} of {len(task.seeds)} seeds" if done else preparing)

    try:
        with progress, watch(look):
            compile_kernels(compiling)
            for outcome in _outcomes(task, processes):
                if isinstance(outcome, Recording):
                    with shielded():
                        finished.append(outcome)
                        KEPT.add(keep(outcome), 1, PLACE)
                else:
                    failures[outcome.seed] = outcome.error
    except KeyboardInterrupt:
        return finished, failures, True
    return finished, failures, False


def _outcomes(task: EnsembleTask, processes: int) -> Iterator[Recording | Failure]:
    if processes > 1:
        _compile(task)
    for outcome in outcomes_of(partial(_outcome_of, task), range(len(task.seeds)), processes):
        if isinstance(outcome, Lost):
            seed = task.seeds[outcome.task]
            text = "a process ended abruptly, often for want of memory; take fewer --workers or one seed at a time"
            yield Failure(seed, UserError(f"seed {seed}: {text}"))
        else:
            yield outcome


def _compile(task: EnsembleTask) -> None:
    """Run the smallest economy for a moment, so that every process finds the kernels compiled."""
    from abm.model import Model

    model = Model(workers=min(WORKERS_WHEN_COMPILING, task.workers), rng=task.seeds[0], policy=task.scenario)
    for _ in range(min(QUARTERS_WHEN_COMPILING, task.quarters)):
        model.step()


def _outcome_of(task: EnsembleTask, position: int) -> Recording | Failure:
    seed = task.seeds[position]
    try:
        return _simulate(task, position)
    except Exception as error:
        return Failure(seed, failure_of(error, seed, task.workers))


def _simulate(task: EnsembleTask, position: int) -> Recording:
    counters = np.memmap(task.counters, dtype=np.int32, mode="r+")

    def count(quarter: int) -> None:
        counters[position] = quarter

    return simulate(task.scenario, task.workers, task.seeds[position], task.quarters, count, task.threads)
