"""The runs of a search for strengths, each kept in the store of finished seeds as soon as it is over."""

from __future__ import annotations

import traceback
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from abm.errors import AccountingError, UserError
from abm.experiments.ensembles.recording import Recording
from abm.experiments.ensembles.seed_store import PLACE, open_store, seed_key
from abm.experiments.running.processes import Lost, outcomes_of
from abm.interrupts import KEPT, shielded
from abm.levers import FIRST_QUARTER
from abm.memory import processes_that_fit
from abm.scenarios.scenario import Scenario

__all__ = ["LeverRun", "TrialCost", "run_all"]

COST = "policy_cost_ratio"
SMALLEST_ECONOMY, MOMENT = 2_000, 2  # workers and quarters that are run to compile


@dataclass(frozen=True)
class LeverRun:
    """One run of one lever at one strength."""

    lever: str
    scenario: Scenario
    seed: int
    workers: int

    @property
    def key(self) -> str:
        """The name under which the run is kept, the same as that of an ensemble's seed."""
        return seed_key(self.scenario, self.workers, self.seed, self.scenario.quarters)


@dataclass(frozen=True)
class TrialCost:
    """What a trial gave: the mean cost while in force, a fraction of GDP, or why it gave none."""

    lever: str
    mean: float = 0.0
    error: Exception | None = None


@dataclass(frozen=True)
class TrialRun:
    """A trial that is over, as a process returns it."""

    trial: LeverRun
    recording: Recording | None = None
    error: Exception | None = None


def run_all(trials: Sequence[LeverRun]) -> Iterator[TrialCost]:
    """The cost of every trial as it finishes; one that was run before is read from the store."""
    store = open_store()
    missing = []
    for trial in trials:
        kept = None if store is None else store.read(trial.key)
        if kept is None:
            missing.append(trial)
        else:
            KEPT.add(True, 1, PLACE)
            yield TrialCost(trial.lever, _cost(kept))
    for one in _outcomes(missing):
        if one.recording is None:
            yield TrialCost(one.trial.lever, error=one.error)
            continue
        with shielded():
            KEPT.add(store is not None and store.write(one.trial.key, one.recording), 1, PLACE)
        yield TrialCost(one.trial.lever, _cost(one.recording))
    if store is not None:
        store.trim()


def _cost(recording: Recording) -> float:
    """The mean over the quarters in force."""
    column = recording.values[:, recording.names.index(COST)]
    return float(np.ascontiguousarray(column[FIRST_QUARTER:]).mean())


def _outcomes(trials: Sequence[LeverRun]) -> Iterator[TrialRun]:
    from loky import cpu_count

    from abm.model import Model

    if not trials:
        return
    processes = processes_that_fit(trials[0].workers, min(cpu_count(), len(trials)))
    if processes > 1:  # once here, so that every process finds the kernels compiled
        model = Model(workers=SMALLEST_ECONOMY, rng=trials[0].seed, policy=trials[0].scenario)
        for _ in range(MOMENT):
            model.step()
    for one in outcomes_of(_run, trials, processes):
        if isinstance(one, Lost):
            text = "a process ended abruptly, often for want of memory; take fewer --workers"
            yield TrialRun(one.task, error=UserError(f"{one.task.lever}, seed {one.task.seed}: {text}"))
        else:
            yield one


def _run(trial: LeverRun) -> TrialRun:
    from abm.model import Model

    try:
        model = Model(workers=trial.workers, rng=trial.seed, policy=trial.scenario)
        for _ in range(trial.scenario.quarters):
            model.step()
    except AccountingError as error:
        message = f"{trial.lever}, seed {trial.seed}: {error.message}"
        return TrialRun(trial, error=AccountingError(message, error.sector, error.quarter, error.agent))
    except UserError as error:
        return TrialRun(trial, error=error)
    except MemoryError:
        text = f"{trial.lever}: not enough memory for {trial.workers:,} workers; take fewer"
        return TrialRun(trial, error=UserError(text))
    except Exception:
        # A fault of the program: its traceback is all that is certain to survive the way between processes.
        text = f"{trial.lever}, seed {trial.seed}:\n{traceback.format_exc()}"
        return TrialRun(trial, error=RuntimeError(text))
    recorder, rows = model.recorder, slice(0, trial.scenario.quarters + 1)
    groups = {name: np.array(values[rows], dtype=np.float64) for name, values in recorder.groups.items()}
    values = np.array(recorder.values[rows], dtype=np.float64)
    return TrialRun(trial, Recording(trial.seed, tuple(recorder.names), values, groups))
