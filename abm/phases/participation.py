"""Whether adults want to work at all."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.participation import review_participation
from abm.phase import phase


@phase
def adults_review_participation(economy: Economy) -> None:
    """By turns adults decide anew whether to work, less so with a basic income or better pensions (eq. 3a)."""
    instruments, macro, labour = economy.instruments, economy.macro, economy.parameters.labour
    retirement = economy.structure.generations.retirement_age(economy.quarter) + instruments.later_retirement
    review_participation(economy.workers.view, macro.view, instruments.view, labour.view, retirement, economy.quarter)
