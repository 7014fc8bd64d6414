"""The runs behind the emulator: yearly headline outcomes of policy mixes, each on the seeds that it is given."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from abm.errors import UserError
from abm.experiments.ensembles.funding import paid_for
from abm.experiments.running.processes import Lost, outcomes_of
from abm.results.outcomes import OUTCOMES
from abm.results.years import last_quarter, yearly
from abm.scenarios.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.running.progress import Silent

__all__ = ["ESTIMATED", "Job", "changes", "run_jobs"]

# Panels of the page; the others wait for the runs.
ESTIMATED = (
    "real_gdp", "unemployment_rate", "gini_disposable_income", "co2_emissions", "real_wage_mean", "labour_share",
    "public_debt_ratio", "ai_adoption_share",
)  # fmt: skip
LEVELS = ("real_gdp", "co2_emissions", "real_wage_mean")  # whose change is in per cent of the reference
POSITIONS = [next(at for at, one in enumerate(OUTCOMES) if one.name == name) for name in ESTIMATED]


class Job(NamedTuple):
    """One run: the settings of a mix on one seed; ``place`` is the caller's number of it."""

    place: int
    settings: dict[str, Any]
    seed: int


def run_jobs(jobs: Sequence[Job], workers: int, until: int, processes: int, progress: Silent) -> FloatArray:
    """(jobs, outcomes, years) of every job in shown units. Raises UserError where a process dies."""
    base = load_scenario("baseline")
    quarters = last_quarter(base.opening_year, until)
    found: list[FloatArray | None] = [None] * len(jobs)
    with progress:
        task = partial(_yearly_of, base, workers, quarters)
        for done, outcome in enumerate(outcomes_of(task, jobs, processes), start=1):
            if isinstance(outcome, Lost):
                raise UserError("a process ended abruptly, often for want of memory; take fewer --workers")
            place, values = outcome
            found[place] = values
            progress.show(done * quarters, len(jobs) * quarters, f"{done} of {len(jobs)} runs")
    return np.stack([values for values in found if values is not None])


def _yearly_of(base: Scenario, workers: int, quarters: int, job: Job) -> tuple[int, FloatArray]:
    from abm.model import Model

    mix = paid_for(load_scenario(base, job.settings)) if job.settings else base
    model = Model(workers=workers, rng=job.seed, policy=mix)
    model.recorder.with_groups = False
    for _ in range(quarters):
        model.step()
    recorded = model.recorder.values[:, POSITIONS].T
    shown = [OUTCOMES[at].display for at in POSITIONS]
    return job.place, np.stack([yearly(row, one) * one.factor for row, one in zip(recorded, shown, strict=True)])


def changes(subject: FloatArray, reference: FloatArray, mean: FloatArray) -> FloatArray:
    """What changes, all (..., outcomes, years): amounts in per cent of the reference's mean, rates in points."""
    gaps = subject - reference
    relative = np.array([name in LEVELS for name in ESTIMATED])[:, None]
    return np.where(relative, 100.0 * gaps / mean, gaps)
