"""What GDP leaves out when a policy is judged: capital that wears out, and the hours that are worked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm.codes import Use

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["capital_consumption", "compute_bought", "integration_done", "staff_by_hours"]


def capital_consumption(economy: Economy) -> float:
    """Consumption of fixed capital of the quarter, of firms, dwellings and the state, thousand yuan of 2024Q1.

    The integration of AI counts, which wears out as software does.

    It is what the model itself takes off these stocks. The capital of firms that close is lost besides: as in the
    System of National Accounts of 2008 (chapter 12) that is another change in the volume of assets. At the opening it
    is that of the stocks as they stand.
    """
    structure, macro, plans = economy.structure, economy.macro, economy.plans
    rate, of_dwellings = structure.depreciation, economy.parameters.households.dwelling_depreciation
    if not economy.quarter:
        intangible = economy.parameters.integration.depreciation * float(economy.firms.intangible.sum())
        of_firms = float((economy.sectors.wear[economy.firms.sector] * economy.firms.capital).sum())
        public_and_firms = intangible + of_firms + rate * macro.public_capital
        return public_and_firms + of_dwellings * float(economy.workers.dwellings.sum())
    built = float(plans.paid[Use.PUBLIC, 2])
    worn = rate * (macro.public_capital - built) / (1 - rate)  # the stock before the quarter wears
    worn += plans.firm_totals.intangible_depreciation / macro.intangible_price
    return plans.firm_totals.depreciation / macro.capital_price + worn + of_dwellings * plans.household_totals.dwellings


def staff_by_hours(economy: Economy) -> float:
    """Employed persons, each for as long as normal hours are worked: overtime adds, being idle takes nothing off.

    Who is paid and has nothing to do is at work (resolution of the 18th International Conference of Labour
    Statisticians, 2008). In workers of the economy in memory; at the opening nobody works overtime.
    """
    return economy.macro.employed + (economy.plans.overtime if economy.quarter else 0.0)


def integration_done(economy: Economy) -> float:
    """Integration of AI in the quarter, bought and by own staff, thousand yuan; none in the accounts of the opening."""
    if not economy.quarter:
        return 0.0
    home, abroad, _ = economy.plans.paid[Use.INTEGRATION].tolist()
    return float(home + abroad + economy.plans.firm_totals.own_integration)


def compute_bought(economy: Economy) -> float:
    """Investment in compute, thousand yuan of 2024Q1; at the opening what keeps the stock growing at the trend."""
    if economy.quarter:
        return economy.plans.compute * economy.plans.investment_realised
    growth, rules = economy.parameters.growth.trend_opening, economy.parameters.compute
    return (rules.depreciation + growth) * economy.macro.compute_capital / (1 + growth)
