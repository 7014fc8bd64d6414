"""A price on carbon dioxide above that of the emissions trading scheme, and what becomes of its revenue."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Every firm pays for each tonne of carbon dioxide what the price exceeds today's; cleaner methods pay off."
PARAMETERS = (
    LeverParameter(
        name="price",
        neutral=Policy().carbon_price,
        lower=0.0,
        upper=5_000.0,
        unit="CNY per tonne",
        meaning="price of a tonne; up to the neutral price nothing is paid, since today's allowances are free",
        source="ICAP: 96 CNY on average in 2024, 73 in July 2025",
    ),
    *(
        LeverParameter(name, 0.0, 0.0, 1.0, "share of carbon revenue", meaning, "scenario")
        for name, meaning in (
            ("dividend", "paid a quarter later to every adult alike; what no use is given to lowers the deficit"),
            ("tax_cut", "used a quarter later to lower the income tax"),
            ("green_investment", "put a quarter later into clean power"),
        )
    ),
)


def set_instruments(policy: Policy, price: float, dividend: float, tax_cut: float, green_investment: float) -> None:
    """Set the price that firms pay and respond to, and the use of its revenue; shares above the whole are scaled."""
    policy.carbon_price = price
    whole = max(1.0, dividend + tax_cut + green_investment)
    policy.carbon_dividend, policy.carbon_tax_cut = dividend / whole, tax_cut / whole
    policy.carbon_green = green_investment / whole
