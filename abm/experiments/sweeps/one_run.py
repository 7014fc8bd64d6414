"""One run of a sweep, as a process of its own does it, whatever becomes of it."""

from __future__ import annotations

import traceback
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.errors import AccountingError, UserError
from abm.experiments.sweeps.yearly_outcomes import yearly_values
from abm.scenarios.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["FinishedRun", "Work", "simulate"]


@dataclass(frozen=True)
class Work:
    """One run, as it is sent to a process."""

    point: int
    seed: int
    scenario: Scenario
    overrides: dict[str, Any]
    workers: int
    quarters: int
    detail: str


@dataclass(frozen=True)
class FinishedRun:
    """One run that is over: ``values`` (years or quarters, outcomes), or why there are none."""

    point: int
    seed: int
    values: FloatArray | None
    error: str = ""


def simulate(work: Work) -> FinishedRun:
    """One run, whatever becomes of it."""
    try:
        return FinishedRun(work.point, work.seed, _values(work))
    except AccountingError as error:
        problem = f"the accounts do not close: {error}"
    except (UserError, MemoryError) as error:
        problem = str(error) or f"not enough memory for {work.workers:,} workers; take fewer"
    except Exception:  # a fault of the program, which must not end a thousand other runs
        problem = traceback.format_exc().strip()
    return FinishedRun(work.point, work.seed, None, problem)


def _values(work: Work) -> FloatArray:
    """(years or quarters, outcomes) of one run."""
    from abm.model import Model

    scenario = load_scenario(work.scenario, work.overrides)
    model = Model(workers=work.workers, rng=work.seed, policy=scenario)
    model.recorder.with_groups = False
    for _ in range(work.quarters):
        model.step()
    values = np.array(model.recorder.values[: work.quarters + 1])
    infinite = np.isinf(values).any(axis=0)
    if infinite.any():
        raise AccountingError("infinite: " + ", ".join(np.array(model.recorder.names)[infinite]))
    return yearly_values(values) if work.detail == "years" else values
