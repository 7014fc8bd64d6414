"""The words of an attribution: what each part, each unit and each method is called."""

from __future__ import annotations

from typing import NamedTuple

from xinzhi.analysis.reading.display import DISPLAYS
from xinzhi.analysis.reading.text import words_of

__all__ = [
    "CO2_TITLES", "FAMILY_TITLES", "METHODS", "OPENING", "POLICY", "PRODUCTIVITY_TITLES", "SOURCE_TITLES",
    "AccountDisplay", "shown_outcome",
]  # fmt: skip


class AccountDisplay(NamedTuple):
    """Title, unit in words, decimals, and the factor from recorded to shown."""

    title: str
    unit: str
    decimals: int
    factor: float = 1.0


FAMILY_TITLES = {
    "technology": "Better and cheaper AI, and shared data",
    "labour": "AI in tasks, jobs and pay",
    "plant": "AI in plants, and the electricity that AI uses",
    "products": "AI in products, stocks and world demand",
    "research": "AI in research",
    "risks": "Risks of AI and distrust of it",
}
# What is left with the families off, by whether these are all there are.
POLICY = {True: "What would differ without AI too", False: "All else, other mechanisms included"}
PRODUCTIVITY_TITLES = {
    "within_firms": "Firms that stayed do better",
    "between_firms": "Staff moves to better firms of a sector",
    "between_sectors": "Staff moves to other sectors",
    "entry": "Firms that came",
    "exit": "Firms that left",
}
OPENING = "There from the first quarter"
CO2_TITLES = {
    "population": "Adults",
    "employment": "Employed per adult",
    "productivity": "Output per person employed",
    "sector_mix": "Which sectors produce, and with how many inputs",
    "energy_intensity": "Energy per unit of output",
    "household_energy": "Energy of households per unit of GDP",
    "ai_electricity": "Electricity of AI per unit of GDP",
    "carbon_intensity": "Carbon of a kilowatt hour",
}
SOURCE_TITLES = {
    "wages": "Wages",
    "property": "Dividends, rents, farms' own profits",
    "interest": "Interest on deposits",
    "pensions": "Pensions",
    "benefits": "Benefits, courses, social assistance",
    "basic_income": "Equal payments to all adults",
    "contributions": "Social contributions (deducted)",
    "income_tax": "Income tax (deducted)",
}
METHODS = {
    "family": "Families of mechanisms: a part is what a family adds when it is switched on, averaged over all orders "
    "of switching the families on in both scenarios (Shapley value), on the same random draws; a family includes the "
    "cost of its AI. The division of joint effects between families is a convention.",
    "productivity_by_firms": "Productivity by firms: growth of output per worker since the first quarter in one "
    "scenario less that in the other, firm by firm (Griliches and Regev; entry and exit by Melitz and Polanec). An "
    "identity: it locates the difference and does not explain its cause.",
    "co2_by_factor": "CO2 by factor: an extended Kaya identity, decomposed by logarithmic means (LMDI). An identity: "
    "it locates the difference and does not explain its cause. Without AI carbon intensity falls by an imposed trend, "
    "which is not attributed to AI.",
    "gini_by_source": "Inequality by source: the share of a source in total income times its concentration among "
    "higher incomes (Lerman and Yitzhaki). A progressive deduction lowers inequality. Equal payments have a part of "
    "almost zero by construction: they lower inequality by lowering the share of wages and of other sources.",
}
_PERCENT = 100.0
_YEARLY = 4.0


def shown_outcome(name: str, opening_year: int, economy: str = "") -> AccountDisplay:
    """How an outcome is shown: flows a year, rates in per cent, the Gini from 0 to 100; money is that of an economy."""
    from abm import in_currency

    display = DISPLAYS.get(name)
    if name.startswith("gini_"):
        title = display.title if display else words_of(name)
        return AccountDisplay(title, "Gini index, 0 all equal, 100 one has all", 2, _PERCENT)
    of_goods = in_currency(f"trillion CNY a year, prices of {opening_year}", economy)
    known = {
        "real_gdp": AccountDisplay("Real GDP", of_goods, 1, _YEARLY),
        "real_consumption": AccountDisplay("Real household consumption", of_goods, 1, _YEARLY),
        "real_ndp": AccountDisplay("Real net domestic product", of_goods, 1, _YEARLY),
        "co2_emissions": AccountDisplay("CO2 emissions", "million tonnes a year", 0, _YEARLY),
    }
    if name in known:
        return known[name]
    if display is None or not display.unit:
        return AccountDisplay(
            display.title if display else words_of(name), in_currency(_recorded_unit(name), economy), 3
        )
    return AccountDisplay(display.title, in_currency(display.unit, economy), display.decimals + 1, display.factor)


def _recorded_unit(name: str) -> str:
    from abm import OUTCOMES

    return next((one.unit for one in OUTCOMES if one.name == name), "")
