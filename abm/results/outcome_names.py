"""The names by which an outcome of the whole economy may be asked for: recorded, of a year, and short."""

from __future__ import annotations

from functools import cache

from abm.errors import UserError, brief, nearest, shown
from abm.results.outcome_declaration import Outcome
from abm.results.outcomes import OUTCOMES
from abm.results.years import yearly_name

__all__ = ["SHORT_NAMES", "outcome_named"]

SHORT_NAMES = {
    "gdp": "real_gdp",
    "household_consumption": "real_consumption",
    "ndp": "real_ndp",
    "net_domestic_product": "real_ndp",
    "hours": "hours_worked",
    "growth": "gdp_growth_annual",
    "inflation": "inflation_annual",
    "unemployment": "unemployment_rate",
    "jobs": "employment",
    "wages": "real_wage_mean",
    "wage": "real_wage_mean",
    "real_wage": "real_wage_mean",
    "mean_wage": "real_wage_mean",
    "mean_real_wage": "real_wage_mean",
    "gini": "gini_disposable_income",
    "inequality": "gini_disposable_income",
    "co2": "co2_emissions",
    "emissions": "co2_emissions",
    "electricity": "electricity_use",
    "adoption": "ai_adoption_share",
    "ai_adoption": "ai_adoption_share",
    "debt": "public_debt_ratio",
    "balance": "government_balance_ratio",
    "productivity": "labour_productivity",
    "retraining": "trainees",
    "cost": "policy_cost",
}


@cache
def _known() -> dict[str, Outcome]:
    recorded = {outcome.name: outcome for outcome in OUTCOMES}
    of_years = {yearly_name(outcome.name, outcome.display): outcome for outcome in OUTCOMES}
    short = {name: recorded[full] for name, full in SHORT_NAMES.items()}
    return {**short, **of_years, **recorded}


def outcome_named(name: str) -> Outcome:
    """The outcome behind a recorded name, the name of its years or a short one, in any case and with spaces.

    Raises UserError for any other.
    """
    known, asked = _known(), name
    name = "_".join((name if isinstance(name, str) else brief(name)).lower().replace("-", " ").split())
    if name not in known:
        raise UserError(f"no outcome {shown(asked)}{nearest(name, known)}; `xinzhi describe --outcomes` lists them")
    return known[name]
