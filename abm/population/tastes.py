"""What households like, so that all of them together buy the basket of the opening."""

from __future__ import annotations

import numpy as np

from abm.data import Tables
from abm.errors import UserError
from abm.kernels.engel import CLASSES, class_shares, tally_spending
from abm.parameters import Parameters, StructuralChange
from abm.state import State
from abm.structure import Structure

__all__ = ["fit_tastes", "income_elasticities"]

ROUNDS, PRECISION = 500, 1e-13


def income_elasticities(tables: Tables, rules: StructuralChange) -> np.ndarray:
    """(sectors,) elasticities of demand by good, from how the baskets of town and country differ in the table of 2018.

    1 + ln(urban share / rural share) / ln(urban spending per head / rural spending per head), within bounds. Goods that
    nobody buys get 1. Town and country differ in more than income: home-grown food makes that of food the lower.
    """
    rural, urban = tables.household_consumption_rural, tables.household_consumption_urban
    in_town = tables.macro["urban_population_share_table"]
    richer = np.log(urban.sum() / in_town / (rural.sum() / (1 - in_town)))
    bought = (rural > 0) & (urban > 0)
    shares = np.where(bought, urban, 1.0) / urban.sum() / (np.where(bought, rural, 1.0) / rural.sum())
    elasticity = np.where(bought, 1 + np.log(shares) / richer, 1.0)
    return np.clip(elasticity, rules.least_elasticity, rules.highest_elasticity)


def fit_tastes(state: State, structure: Structure, tables: Tables, parameters: Parameters) -> None:
    """Write ``taste`` and ``engel_slopes`` (sectors,) into the structure; all classes together have the opening basket.

    A good's slope is its income elasticity less the elasticity of substitution, on a scale on which the basket's mean
    elasticity is one (Engel aggregation). Raises UserError where no tastes add up to the basket.
    """
    rules, basket = parameters.structural_change, structure.consumption_basket
    slopes = np.maximum(income_elasticities(tables, rules) - rules.substitution, 0.0)
    structure.engel_slopes = slopes * (1 - rules.substitution) / (basket * slopes).sum()
    spending = state.workers.consumption
    persons, money = np.zeros((2, 1, CLASSES))
    tally_spending[1](state.workers.view, float(spending.sum()) / np.count_nonzero(spending), persons, money)
    shares, prices = np.zeros((CLASSES, basket.size)), np.ones(basket.size)
    structure.taste = basket.copy()
    for _ in range(ROUNDS):
        class_shares(persons[0], money[0], prices, structure.taste, structure.engel_slopes, rules.substitution, shares)
        bought = money[0] @ shares / money.sum()
        gap = np.divide(basket, bought, out=np.ones_like(basket), where=basket > 0)
        structure.taste *= gap
        if np.abs(gap - 1).max() < PRECISION:
            return
    raise UserError(
        f"no tastes give the opening's basket with structural_change.substitution {rules.substitution:g}; lower it"
    )
