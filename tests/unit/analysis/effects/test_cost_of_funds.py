"""The marginal cost of funds, from sums of a few seeds to words."""

from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.experiments.effects.cost_of_funds import CostOfFunds
from xinzhi.analysis.effects.cost_of_funds import cost_note, cost_of_funds_text, cost_per_yuan

pytestmark = pytest.mark.unit

RAISED = np.array([10.0, 12.0, 11.0])
FOUND = CostOfFunds(
    years=10,
    revenue={0.1: RAISED, 0.2: RAISED},
    lost_gdp={0.1: 0.1 * RAISED, 0.2: np.array([2.0, 3.0, 4.0])},
    lost_consumption={0.1: 0.0 * RAISED, 0.2: 0.05 * RAISED},
    done=Few(),
)


def test_it_is_one_and_what_is_lost_per_yuan_raised():
    assert FOUND.marginal(0.1) == pytest.approx(1.1) and FOUND.marginal() == pytest.approx(1 + 9 / 33)
    exact = cost_per_yuan(FOUND.lost_gdp[0.1], RAISED)
    assert (exact.mean, exact.low, exact.high) == pytest.approx((0.1, 0.1, 0.1))
    spread = cost_per_yuan(FOUND.lost_gdp[0.2], RAISED)
    assert spread.mean == pytest.approx(9 / 33) and spread.low < spread.mean < spread.high


def test_the_words_name_both_losses_and_the_semi_elasticity():
    told = " ".join(cost_of_funds_text(FOUND).split())
    assert "1.10 [1.10 to 1.10] at 0.1 (real GDP lost per yuan 0.10 [0.10 to 0.10]" in told
    assert "at the central 0.2" in told and "consumption of households 0.05 [0.05 to 0.05]" in told
    assert "Means over 3 paired seeds" in told


def test_the_ranking_says_whether_it_contains_the_cost():
    assert cost_note(True).startswith("The effects contain") and cost_note(False).startswith("The effects do not")
