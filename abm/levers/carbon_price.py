"""A price on carbon dioxide above that of the emissions trading scheme; its revenue lowers the public deficit."""

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
)


def set_instruments(policy: Policy, price: float) -> None:
    """Set the price that firms pay and respond to."""
    policy.carbon_price = price
