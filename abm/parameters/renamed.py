"""Parameters that had another name before version 0.2; scenarios that use it still work, with a note."""

from __future__ import annotations

import warnings

from abm.errors import RenamedKeyWarning

__all__ = ["RENAMED", "current_key"]

# Old key -> key. An entry goes one version after it came.
RENAMED = {
    "firms.saving_retained": "firms.ai_saving_retained",
    "growth.beyond_drift": "growth.expected_growth_above_frontier",
    "labour.highest_slack": "labour.highest_idle_staff_share",
    "labour.mismatch": "labour.occupation_switch_quality",
    "labour.move_share": "labour.relocation_willingness",
    "labour.occupation_share": "labour.occupation_switch_willingness",
    "labour.protected_share": "labour.protected_group_share",
    "labour.reach_share": "labour.reachable_vacancy_share",
    "labour.slack": "labour.idle_staff_per_firm",
    "labour.slack_deviation": "labour.idle_staff_deviation",
    "labour.slack_rounding": "labour.idle_staff_rounding",
    "labour.slack_large_firms": "labour.idle_staff_large_firms",
    "research.luck_deviation": "research.idiosyncratic_deviation",
    "research.step": "research.project_gain",
}


def current_key(key: str, place: str = "") -> str:
    """The key that a parameter has now; a RenamedKeyWarning that names it where the key is an old one."""
    if key not in RENAMED:
        return key
    new = RENAMED[key]
    where = f"{place}: " if place else ""
    warnings.warn(f"{where}{key} is called {new} since version 0.2", RenamedKeyWarning, stacklevel=4)
    return new
