"""Hulten 1978: what AI saves in a frozen economy is the sum of cost savings, each weighted by sales over GDP."""

import numpy as np
import pytest
from laboratory import SETTLED_AI

from abm import Model
from abm.scenarios.resolution import CALM

pytestmark = pytest.mark.theory

# Without augmentation, which prices see as more units of labour.
SETTLED = CALM | SETTLED_AI | {"assumptions.office_ai.augmentation": 0.0}


@pytest.fixture(scope="module")
def frozen():
    model = Model(5_000, rng=2, overrides=SETTLED)
    for _ in range(24):
        model.step()
    return model


def test_the_measure_is_what_firms_save(frozen):
    """The recorded gain equals what the price equation says that each firm saves, summed over what it makes."""
    f, a = frozen.state.firms, frozen.state.macro
    recorded = frozen.outcome("tfp_ai_contribution")
    saved = float((f.unit_saving * f.output).sum()) / a.nominal_gdp
    assert recorded > 0.01
    assert recorded == pytest.approx(saved, rel=0.05)


def test_savings_weighted_by_sales_are_the_fall_of_final_prices(frozen):
    """Costs that fall by d in every sector lower final prices by d' x, however many hands goods go through."""
    structure, opening = frozen.economy.structure, frozen.economy.opening
    f = frozen.state.firms
    weights = np.bincount(f.sector, weights=f.output)
    saving = np.bincount(f.sector, weights=f.unit_saving * f.output) / weights
    prices = np.linalg.solve(np.eye(20) - structure.input_coefficients.T, saving)
    final = opening.output - structure.input_coefficients @ opening.output
    assert final @ prices / opening.gdp == pytest.approx(saving @ opening.output / opening.gdp, rel=1e-9)
    # Hulten's weights add up to more than one: a saving upstream is worth more than its share of value added.
    assert opening.output.sum() / opening.gdp > 2
