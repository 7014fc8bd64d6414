"""Building of dwellings: replacement, and adjustment of the stock to what people and their incomes ask for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm.kernels.accounts import add_up
from abm.kernels.consumption import basket_price

if TYPE_CHECKING:
    from abm.economy import Economy
    from abm.parameters import Households
    from abm.state import State
    from abm.structure import Structure

__all__ = [
    "building_goes_on", "building_share", "dwellings_begun", "released_saving", "settle_dwellings", "wanted_dwellings",
]  # fmt: skip


def settle_dwellings(state: State, structure: Structure, households: Households, built: float) -> None:
    """Building under way is ``built``, that of the opening; the dwellings wanted are those that explain what is begun.

    ``structure.adult_income`` is the income at which they are wanted.
    """
    macro, stock = state.macro, add_up(state.workers.dwellings)
    begun = households.dwelling_starts * built
    wanted = stock + (begun - households.dwelling_depreciation * stock) / households.dwelling_speed
    macro.dwelling_work = built
    structure.wanted_dwellings = max(0.0, wanted) / macro.adults
    structure.adult_income = macro.mean_income


def wanted_dwellings(economy: Economy) -> float:
    """Dwellings that adults want in the end with the real permanent income that they have."""
    macro, structure = economy.macro, economy.structure
    income = macro.mean_income / macro.consumer_price / structure.adult_income
    return structure.wanted_dwellings * macro.adults * income**economy.parameters.households.dwelling_elasticity


def dwellings_begun(economy: Economy) -> float:
    """Dwellings begun in the quarter: what wears out, and part of the gap to what is wanted; none is pulled down."""
    households, stock = economy.parameters.households, add_up(economy.workers.dwellings)
    gap = wanted_dwellings(economy) - stock
    return max(0.0, households.dwelling_depreciation * stock + households.dwelling_speed * gap)


def building_goes_on(economy: Economy) -> None:
    """Building under way takes in what is begun and completes what was begun before (eq. 26)."""
    macro, speed = economy.macro, economy.parameters.households.dwelling_building_speed
    macro.dwelling_work += speed * (dwellings_begun(economy) - macro.dwelling_work)


def building_share(economy: Economy) -> float:
    """What building costs, over the part of saving that went into dwellings at the opening.

    Households share the cost by what they save; how much that is in all is expected from the last quarter.
    """
    macro, structure = economy.macro, economy.structure
    price = basket_price(structure.dwelling_basket, economy.plans.expected_final_price)
    cost = macro.dwelling_work * price / (1 - structure.land_fee_share)
    saving = macro.planned_saving * (1 + macro.nominal_growth)
    return cost / (structure.housing_share * saving) if saving > 0 else 0.0


def released_saving(economy: Economy, building: float) -> float:
    """Part of planned saving that households consume, since less of it goes into dwellings than at the opening.

    They get used to that over time; ``building`` is what goes into dwellings now against the opening.
    """
    macro, households = economy.macro, economy.parameters.households
    macro.usual_building += households.dwelling_saving_speed * (building - macro.usual_building)
    return households.dwelling_saving_spent * economy.structure.housing_share * (1 - macro.usual_building)
