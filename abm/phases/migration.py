"""Farmers who leave for better-paid work."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.migration import leave_farms
from abm.phase import phase


@phase
def farmers_leave(economy: Economy) -> None:
    """Farmers leave the more, the more they expect to earn elsewhere and the younger they are (eq. 8a).

    What they expect is what others earn times the chance of having a job: Harris and Todaro 1970. What they give up is
    the income of their farm as far as their hands are needed there: Lewis 1954. They look for work in an occupation
    like theirs and with jobs to offer.
    """
    rules, macro = economy.parameters.structural_change, economy.macro
    if rules.migration:
        leavers = leave_farms[economy.threads](
            economy.firms.view, economy.workers.view, economy.occupations.view, economy.structure.view, macro.view,
            rules.view, economy.state.staff.view, economy.seed, economy.quarter,
        )  # fmt: skip
        macro.migrants = float(leavers)
