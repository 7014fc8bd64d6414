"""What the state would buy without the cycle and without policies, and what it returns to households instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm.arrays import Floats
from abm.kernels.accounts import add_up

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["returned_saving", "spending_by_debt", "usual_demand"]


def usual_demand(economy: Economy) -> tuple[float, float]:
    """Money for public consumption and investment without cycle, debt rule and policies.

    What is needed of both in real terms follows the people of working age and the productivity of the path without AI
    and policies, which is what the income of adults would follow without them; ``demand_indexation`` mixes in shares
    of trend GDP.
    """
    macro, structure, opening, rules = (
        economy.macro, economy.structure, economy.opening, economy.parameters.government
    )  # fmt: skip
    needs = macro.path_productivity * structure.money_scale * macro.working_age / structure.working_age
    of_services = needs * (1 + rules.needs_growth) ** economy.quarter
    of_works = needs * (1 + rules.needs_growth_investment) ** economy.quarter
    price, built = economy.plans.expected_final_price, structure.public_basket
    consumed = of_services * add_up(opening.government_consumption)
    consumed *= price_of_shares(structure.government_basket, price)
    invested = of_works * add_up(opening.public_investment) * float(built @ price) / add_up(built)
    indexed, trend = rules.demand_indexation, macro.trend_gdp
    return (
        consumed + indexed * (structure.government_share * trend - consumed),
        invested + indexed * (structure.public_investment_share * trend - invested),
    )


def price_of_shares(basket: Floats, price: Floats) -> float:
    """What a unit at base prices costs where goods have constant shares in the money spent."""
    return add_up(basket) / add_up(basket / price)


def spending_by_debt(economy: Economy) -> tuple[float, float]:
    """Factor on public demand by the debt rule, and the part of usual demand that low debt returns to households.

    High debt cuts spending. Low debt is no need for more of it: only what follows trend GDP is spent.
    """
    macro, rules = economy.macro, economy.parameters.government
    excess = macro.bonds / (4 * macro.trend_gdp) - rules.debt_target
    factor = 1 - rules.spending_brake * economy.instruments.debt_brake * excess
    factor = max(1 - rules.brake_limit, min(1 + rules.brake_limit, factor))
    spare = (1 - rules.demand_indexation) * max(0.0, factor - 1)
    return factor - spare, spare


def returned_saving(economy: Economy) -> float:
    """Money by which employees' contributions are lower, since public demand follows needs and not GDP.

    It is what shares of trend GDP would have let the state spend beyond the needs, and what low debt would have; where
    needs grow faster than GDP it is below zero.
    """
    structure, rules = economy.structure, economy.parameters.government
    usual = sum(usual_demand(economy))
    indexed = (structure.government_share + structure.public_investment_share) * economy.macro.trend_gdp
    return rules.saving_returned * (indexed - usual + spending_by_debt(economy)[1] * usual)
