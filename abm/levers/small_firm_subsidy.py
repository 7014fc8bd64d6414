"""A subsidy to small firms that integrate AI, those with less than firms.small_staff workers.

Cost weighs little in the decision, so that the number of adopters rises by a fortieth and most of the money goes to
firms that would have integrated AI anyway: households pay it by taxes, and owners save part of what they get. What
comes in addition takes staff and services first and saves costs later (decision 0299).
"""

from __future__ import annotations

from abm.levers.declaration import SPENDING, LeverParameter, Strategy, per_cent
from abm.levers.instruments import Instruments

TITLE = "Small-firm subsidy"
STRATEGY = Strategy.INTEGRATION
SUMMARY = (
    "The state pays part of the integration cost of firms with fewer than 50 workers, whose fixed costs weigh most."
)
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=0.9,
        unit="share of the integration cost",
        meaning="The state pays small firms that adopt AI this part of the cost, on top of any other subsidy.",
        source="scenario",
        usual=(0.1, 0.6),
        step=0.05,
        display=per_cent("of the integration cost"),
    ),
)
DOCUMENTED_STRENGTH = {"share": 0.4}
UNCERTAIN = {
    "share": (0.1, 0.6),
    "adoption.cost_weight": (0.1, 1.0),
    "office_ai.pilot_cost": (0.05, 0.15),
    "office_ai.augmentation": (0.5, 2.0),
}
SPENDS = SPENDING
COSTS = ("adoption_subsidies",)


def set_instruments(instruments: Instruments, share: float) -> None:
    """Set the subsidy; with others it pays at most nine tenths."""
    instruments.small_firm_subsidy = share
