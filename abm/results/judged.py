"""What a policy, or AI itself, is judged by: one list of outcomes, in the order in which they are read.

Real GDP counts what is produced and not what it is for: capital-intensive AI raises it by investment that has to be
replaced. Household consumption and net domestic product stand beside it, employment, hours and people in courses beside
unemployment, which falls also where more people sit in courses.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm.errors import UserError, nearest, shown

if TYPE_CHECKING:
    from abm.scenarios.scenario import Scenario

__all__ = ["AT_A_GLANCE", "FIRST_SEEN", "JUDGED_BY", "SHOWN_OVER_TIME", "checked_measures"]

# Of every comparison: tables of the terminal, the report and the workbook.
JUDGED_BY = (
    "real_gdp", "real_consumption", "real_ndp", "unemployment_rate", "employment", "hours_worked", "trainees",
    "real_wage_mean", "gini_disposable_income", "co2_emissions", "public_debt_ratio", "ai_adoption_share",
    "labour_share", "electricity_use", "policy_cost",
)  # fmt: skip


def _without(*names: str) -> tuple[str, ...]:
    return tuple(name for name in JUDGED_BY if name not in names)


# The first table of a report: ten, and people in courses and the cost where there are any.
AT_A_GLANCE = _without("ai_adoption_share", "labour_share", "electricity_use")
# Where there is room for ten whatever they are: the brief, and results in a notebook.
FIRST_SEEN = _without("hours_worked", "trainees", "labour_share", "electricity_use", "policy_cost")
# Of the page: what a policy costs has a part of its own there.
SHOWN_OVER_TIME = _without("electricity_use", "policy_cost")


def checked_measures(scenario: Scenario) -> tuple[str, ...]:
    """The outcomes by which a scenario measures its own question. Raises UserError for one that is not recorded."""
    if scenario.measured_by:
        from abm.results.outcomes import OUTCOMES  # imported when needed: most scenarios name none

        known = tuple(one.name for one in OUTCOMES)
        for name in scenario.measured_by:
            if name not in known:
                raise UserError(
                    f"{scenario.name}: measured_by has no outcome {shown(name)}{nearest(name, known)}; "
                    "`xinzhi describe --outcomes` lists them"
                )
    return scenario.measured_by
