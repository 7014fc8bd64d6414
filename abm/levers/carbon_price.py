"""A price on carbon dioxide above that of the emissions trading scheme, and what becomes of its revenue."""

from __future__ import annotations

from abm.levers.declaration import DisplayUnit, LeverParameter, Strategy, not_spending, per_cent
from abm.levers.instruments import Instruments

TITLE = "Carbon price"
STRATEGY = Strategy.ENVIRONMENT
SUMMARY = "Firms pay the excess over today's price for each tonne of carbon dioxide; they switch to cleaner methods."
PARAMETERS = (
    LeverParameter(
        name="price",
        neutral=Instruments().carbon_price,
        lower=0.0,
        upper=5_000.0,
        unit="CNY of 2024Q1 per tonne",
        meaning="A tonne costs this at prices of 2024; up to the neutral price nothing is paid: allowances are free.",
        source="ICAP: 96 CNY on average in 2024, 73 in July 2025",
        usual=(90.0, 600.0),
        step=10.0,
        display=DisplayUnit("CNY per tonne"),
        acting="paid",
        rests_at="carbon_price",
    ),
    *(
        LeverParameter(
            name=name,
            neutral=0.0,
            lower=0.0,
            upper=1.0,
            unit="share of carbon revenue",
            meaning=meaning,
            source="scenario",
            usual=(0.25, 1.0),
            step=0.05,
            display=per_cent("of carbon revenue"),
        )
        for name, meaning in (
            (
                "dividend",
                "All adults receive this in equal amounts a quarter later; unused revenue lowers the deficit.",
            ),
            ("tax_cut", "The income tax falls by this part a quarter later."),
            ("green_investment", "The state invests this part in clean power a quarter later."),
        )
    ),
)
DOCUMENTED_STRENGTH = {"price": 200.0}
SPENDS = not_spending("a tax")
COSTS = ("carbon_dividends",)
REVENUE = ("carbon_tax",)


def set_instruments(
    instruments: Instruments, price: float, dividend: float, tax_cut: float, green_investment: float
) -> None:
    """Set the price that firms pay and respond to, and the use of its revenue; shares above the whole are scaled."""
    instruments.carbon_price = price
    whole = max(1.0, dividend + tax_cut + green_investment)
    instruments.carbon_dividend, instruments.carbon_tax_cut = dividend / whole, tax_cut / whole
    instruments.carbon_green = green_investment / whole
