"""Courses for those without a job."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.retraining import retrain_workers
from abm.phase import phase


@phase
def workers_retrain(economy: Economy) -> None:
    """Courses end and begin: the jobless of occupations with slack learn for where the vacancies are (eq. 11)."""
    macro = economy.macro
    trainees = retrain_workers[economy.threads](
        economy.workers.view, economy.occupations.view, economy.structure.view, macro.view, economy.instruments.view,
        economy.parameters.labour.view, economy.scratch.rows, economy.seed, economy.quarter,
    )  # fmt: skip
    macro.trainees = float(trainees)
