"""One seed of a scenario from its first quarter to its last, and what is said where it fails."""

from __future__ import annotations

import traceback
from collections.abc import Callable
from typing import TYPE_CHECKING

import numpy as np

from abm.errors import AccountingError, UserError, refusal
from abm.experiments.ensembles.recording import Recording
from abm.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["failure_of", "simulate"]


def simulate(
    scenario: Scenario, workers: int, seed: int, quarters: int, after: Callable[[int], None], threads: int = 1
) -> Recording:
    """Run the seed; ``after`` is called with each quarter that is done, and may end the run by raising."""
    from abm.model import Model

    model = Model(workers=workers, rng=seed, threads=threads, policy=scenario)
    for quarter in range(1, quarters + 1):
        model.step()
        after(quarter)
    recorder, rows = model.recorder, slice(0, quarters + 1)
    groups = {name: _rows(values, rows) for name, values in recorder.groups.items()}
    return Recording(seed, tuple(recorder.names), _rows(recorder.values, rows), groups)


def failure_of(error: Exception, seed: int, workers: int) -> Exception:
    """The error with the seed in its message, in a form that survives the way between processes."""
    if isinstance(error, AccountingError):
        return AccountingError(f"seed {seed}: {error.message}", error.sector, error.quarter, error.agent)
    if isinstance(error, UserError):
        return error
    if isinstance(error, MemoryError):
        return UserError(
            refusal(
                "seed {seed}: not enough memory for {workers} workers; take fewer", seed=seed, workers=f"{workers:,}"
            )
        )
    # A fault of the program: its traceback is all that is certain to survive the way.
    return RuntimeError(f"seed {seed}:\n{''.join(traceback.format_exception(error))}")


def _rows(values: FloatArray, rows: slice) -> FloatArray:
    return np.array(values[rows], dtype=np.float64)
