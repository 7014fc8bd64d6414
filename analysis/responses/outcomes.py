"""What is looked at after a shock: names as the runs have them, titles, units, and which stand in the short table."""

from __future__ import annotations

from typing import NamedTuple

__all__ = ["ALSO", "HEADLINES", "OUTCOMES", "RATIOS", "Ratio", "ResponseOutcome", "ratios_of", "shown_outcomes"]

PER_CENT, POINTS, GINI, OF_GDP = "per cent", "percentage points", "points of 100", "per cent of GDP"


class ResponseOutcome(NamedTuple):
    """One outcome: a change in per cent, or the difference of levels times 100."""

    title: str
    unit: str

    @property
    def relative(self) -> bool:
        """Whether the change is one in per cent of the level without the shock."""
        return self.unit == PER_CENT


class Ratio(NamedTuple):
    """What one unit of the shock brings: changes of ``of`` over changes of ``per``, both summed over the quarters."""

    title: str
    unit: str
    of: str
    quarters: int


OUTCOMES = {
    "volume_gdp": ResponseOutcome("GDP", PER_CENT),
    "volume_consumption": ResponseOutcome("Household consumption", PER_CENT),
    "volume_investment": ResponseOutcome("Fixed investment", PER_CENT),
    "unemployment_rate": ResponseOutcome("Unemployment", POINTS),
    "consumer_price": ResponseOutcome("Consumer prices", PER_CENT),
    "policy_rate": ResponseOutcome("Policy rate", POINTS),
    "gini_disposable_income": ResponseOutcome("Inequality (Gini)", GINI),
    "government_balance_ratio": ResponseOutcome("Public balance", OF_GDP),
    "volume_exports": ResponseOutcome("Exports", PER_CENT),
    "volume_imports": ResponseOutcome("Imports", PER_CENT),
    "volume_public_consumption": ResponseOutcome("Public consumption", PER_CENT),
    "volume_dwellings": ResponseOutcome("New dwellings", PER_CENT),
    "volume_firms_investment": ResponseOutcome("Investment of firms", PER_CENT),
    "employment": ResponseOutcome("Employment", PER_CENT),
    "real_wage_mean": ResponseOutcome("Real wage", PER_CENT),
    "exchange_rate": ResponseOutcome("Price of foreign money", PER_CENT),
    "public_debt_ratio": ResponseOutcome("Public debt", OF_GDP),
    "co2_emissions": ResponseOutcome("CO2 emissions", PER_CENT),
    "electricity_use": ResponseOutcome("Electricity use", PER_CENT),
    "earnings_of_dismissed": ResponseOutcome("Earnings of the dismissed", PER_CENT),
}
HEADLINES = tuple(OUTCOMES)[:8]  # the panels of a figure and the first rows of a table
# What else is shown of a shock.
ALSO = {
    "public_demand": ("volume_public_consumption", "volume_imports", "public_debt_ratio"),
    "transfers": ("public_debt_ratio",),
    "policy_rate": ("volume_dwellings", "exchange_rate"),
    "exports": ("volume_exports", "volume_imports"),
    "world_prices": ("volume_exports", "volume_imports", "exchange_rate"),
    "productivity": ("employment", "real_wage_mean"),
    "carbon_price": ("co2_emissions", "electricity_use"),
    "layoffs": ("earnings_of_dismissed", "employment"),
}

PER_UNIT, CONSUMED = "GDP over what is spent", "consumption over what is paid"
RATIOS = {
    "multiplier_impact": Ratio("Multiplier in the first quarter", PER_UNIT, "volume_gdp", 1),
    "multiplier_year": Ratio("Multiplier over the first year", PER_UNIT, "volume_gdp", 4),
    "multiplier_two_years": Ratio("Multiplier over two years", PER_UNIT, "volume_gdp", 8),
    "propensity_year": Ratio("Consumed in the first year", CONSUMED, "volume_consumption", 4),
    "propensity_two_years": Ratio("Consumed in two years", CONSUMED, "volume_consumption", 8),
}
# What is spent by the shocks that spend, which the ratios are taken over.
SPENT = {"public_demand": "volume_public_consumption", "transfers": "volume_transfers"}


def shown_outcomes(shock: str) -> tuple[str, ...]:
    """The outcomes of the short table of a shock."""
    return (*HEADLINES, *ALSO.get(shock, ()))


def ratios_of(shock: str) -> tuple[str, ...]:
    """The ratios that mean something after a shock."""
    if shock not in SPENT:
        return ()
    return tuple(name for name in RATIOS if shock == "transfers" or name.startswith("multiplier"))
