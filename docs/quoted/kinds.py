"""What a parameter describes: rules of a state, the opening, trends that are imposed, technology, shocks or behaviour.

The kind of each parameter that an economy has for itself is written out; those that both share are told by their group
and the lists here. A test refuses a name that is no parameter, and a parameter of an economy's own without a kind.
"""

from __future__ import annotations

import re

__all__ = ["KINDS", "OWN", "kind_of"]

# In the order of the page. The last is what the issue calls behaviour.
KINDS = {
    "laws": "laws and published rates",
    "opening": "structure and prices at the opening",
    "trends": "trends that are imposed",
    "technology": "what AI, research and programmes can do and cost",
    "shocks": "random shocks",
    "behaviour": "behaviour of households, firms, banks and markets",
}

# The parameters that the United States have for themselves, by kind.
OWN: dict[str, tuple[str, ...]] = {
    "laws": (
        "labour.retirement_age", "demography.retirement_rise", "households.benefit_take_up", "households.benefit_rate",
        "households.benefit_years", "households.benefit_longest", "households.insured_share",
        "households.pension_residents", "households.pension_own_weight", "households.assistance",
        "government.land_fees", "government.state_ownership", "government.public_investment",
        "government.employee_contribution_share", "government.income_tax_threshold", "government.income_tax_upper",
        "government.debt_target", "money.bond_spread",
    ),
    "opening": (
        "labour.participation", "labour.employment_shrinkage", "structural_change.official_opening",
        "structural_change.migration", "structural_change.farm_wages", "households.residential_investment",
        "households.dwelling_starts", "households.equity_owners", "households.equity_by_pay",
        "households.price_to_book", "investment.depreciation", "labour.search_norm", "energy.coal_price",
        "energy.oil_price", "energy.power_price", "energy.process_price", "energy.coal_power_cost",
        "energy.clean_power_cost", "energy.fossil_factor", "energy.ai_electricity_opening", "energy.network_losses",
    ),
    "trends": (
        "growth.trend_opening", "growth.trend_long_run", "growth.expected_growth_above_frontier", "energy.fuel_trend",
        "energy.process_trend", "energy.electricity_trend", "energy.services_electricity_trend",
        "energy.household_electricity_trend", "energy.grid_trend", "energy.grid_trend_long_run",
        "structural_change.input_drift",
    ),
    "behaviour": (
        "labour.natural_unemployment", "labour.job_search", "households.propensity_low_income",
        "households.propensity_high_income", "trade.interest_parity", "adoption.office_constant",
        "adoption.process_constant", "adoption.own_sector",
    ),
}  # fmt: skip

# Parameters that both economies share and that are no behaviour, though their group is; patterns of whole names.
SHARED = {
    "laws": r"government\.(saving_returned|demand_indexation|needs_growth(_investment)?)",
    "opening": (
        r"labour\.(efficiency_deviation|protected_group_share|opening_\w+|idle_staff_\w+|highest_idle_staff_share)|"
        r"demography\.(stationary|births)|firms\.(size_exponent|largest_share|capital_deviation|productivity_spread|"
        r"inventories_held|room_for_stocks|least_staff)|households\.(equity_exponent|equity_richest|insured_deviation)|"
        r"structural_change\.(engel_curves|sector_trends|land_of_\w+|farm_surplus|least_farm_income)|"
        r"energy\.electrified_\w+|adoption\.(departments_from|history|holds_from)|trade\.highest_import_share"
    ),
    "trends": (
        r"growth\.\w+|\w+\.\w*(_trend|half_life)\w*|trade\.world_\w+|demography\.mortality_decline|"
        r"labour\.entrant_literacy_rise|structural_change\.information_lead|energy\.ai_electricity_\w+"
    ),
    "technology": (
        r"(artificial_intelligence|office_ai|process_ai|integration|compute|research|policy_effects)\.\w+|"
        r"government\.public_capital_elasticity|energy\.(electricity_for_fuel|grid_fastest|clean_building)"
    ),
    "shocks": r"shocks\.\w+",
}
# Trends by name that are how somebody reacts to a trend.
REACTIONS = r"(firms|government|expectations)\.(\w+_)*trend(_gain)?|investment\.trend_weight"


def kind_of(key: str, status: str) -> str:
    """The kind of a parameter; a rule of the state by its status, unless the lists say otherwise."""
    for kind, names in OWN.items():
        if key in names:
            return kind
    if status == "policy":
        return "laws"
    if re.fullmatch(REACTIONS, key):
        return "behaviour"
    for kind, pattern in SHARED.items():
        if re.fullmatch(pattern, key):
            return kind
    return "behaviour"
