"""What a policy, or AI itself, is judged by: one list of outcomes, in the order in which they are read.

Real GDP counts what is produced and not what it is for: capital-intensive AI raises it by investment that has to be
replaced. Household consumption and net domestic product stand beside it, employment, hours and people in courses beside
unemployment, which falls also where more people sit in courses.
"""

from __future__ import annotations

__all__ = ["FIRST_SEEN", "JUDGED_BY", "SHOWN_OVER_TIME"]

# Of every comparison: tables of the terminal, the report and the workbook.
JUDGED_BY = (
    "real_gdp", "real_consumption", "real_ndp", "unemployment_rate", "employment", "hours_worked", "trainees",
    "real_wage_mean", "gini_disposable_income", "labour_share", "co2_emissions", "electricity_use",
    "ai_adoption_share", "public_debt_ratio", "policy_cost",
)  # fmt: skip
# Where there is room for ten: the brief, and results in a notebook.
FIRST_SEEN = tuple(
    name for name in JUDGED_BY
    if name not in ("hours_worked", "trainees", "labour_share", "electricity_use", "policy_cost")
)  # fmt: skip
# Of the page: what a policy costs has a part of its own there.
SHOWN_OVER_TIME = tuple(name for name in JUDGED_BY if name not in ("electricity_use", "policy_cost"))
