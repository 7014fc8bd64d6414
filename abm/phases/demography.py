"""Ageing, retirement, death and heirs."""

from __future__ import annotations

import numpy as np

from abm.economy import streams
from abm.kernels.workers import age_workers
from abm.phase import phase

LUCK = (
    "death", "heir_efficiency", "heir_participation", "heir_occupation", "heir_literacy", "heir_group"
)  # fmt: skip
LITERACY_OF_HEIRS, LITERACY_TREND = 1.3, 0.02  # against today's workers, and its rise per quarter
TAUGHT = ("computer", "engineering", "science", "education", "health_practitioners", "arts", "business_financial")


@phase(
    reads="occupations.employment aggregate.mean_wage",
    writes="workers.age workers.participates workers.group workers.occupation workers.literate workers.status "
    "workers.employer workers.efficiency workers.jobless_quarters workers.training_left workers.reference_wage",
)
def workers_age_and_retire(economy) -> None:
    """A quarter older; heirs take over what the dead owned, and look for work in today's occupations (eq. 3)."""
    w, structure, labour = economy.state.workers, economy.structure, economy.parameters.labour
    education = economy.policy.education
    shares = economy.state.occupations.employment.copy()
    if education != 1.0:
        shares[taught_occupations()] *= education
    literacy = structure.opening_literacy * (LITERACY_OF_HEIRS + LITERACY_TREND * economy.quarter)
    age_workers[economy.threads](
        economy.scratch.worker_chunks, economy.seed, economy.quarter, streams(*LUCK),
        w.age, w.participates, w.group, w.occupation, w.literate, w.status, w.employer, w.efficiency,
        w.jobless_quarters,
        w.training_left, w.reference_wage, labour.retirement_age, 1 / labour.retirement_quarters, labour.participation,
        labour.protected_share, labour.efficiency_deviation, structure.entrant_efficiency, labour.forgetting,
        np.cumsum(shares / shares.sum()), literacy, education, economy.state.aggregate.mean_wage,
        structure.occupation_premium,
    )  # fmt: skip


def taught_occupations() -> np.ndarray:
    """Rows of the occupations that education prepares for."""
    from abm.data import load_tables

    return np.array([load_tables().occupation_names.index(name) for name in TAUGHT])
