"""Equity has a price, wealth is unequal at the opening, and consumption is concave in income and in wealth."""

import numpy as np
import pytest

from abm import Model
from abm.codes import Owner
from abm.data import load_tables
from abm.economics.equity import LOWEST_YIELD, equity_premium, equity_value
from abm.parameters import Parameters, with_overrides
from abm.state import Macro, Status

pytestmark = pytest.mark.unit


@pytest.fixture(scope="module")
def model():
    return Model(10_000, rng=2)


def wealth(model):
    w, a = model.state.workers, model.state.macro
    owned = w.deposits + a.dwelling_price * w.dwellings + a.equity_value * w.equity_weight
    return np.sort(owned[w.status != Status.ABSENT])


def test_shares_are_worth_their_dividends_for_ever():
    parameters = with_overrides(Parameters(), {"growth.trend_long_run": 0.004})
    usual = 0.0025
    a = Macro(
        usual_real_rate=usual, policy_rate=0.008, expected_inflation=0.005, long_run_growth=0.006,
        expected_dividends=3.0,
    )  # fmt: skip
    discount, growth = 0.5 * (0.003 + usual) + 0.01, 0.005
    forever = sum(3.0 * ((1 + growth) / (1 + discount)) ** quarter / (1 + discount) for quarter in range(20_000))
    assert equity_value(a, 0.01, parameters) == pytest.approx(forever, rel=1e-6)
    a.policy_rate += 0.002
    assert equity_value(a, 0.01, parameters) == pytest.approx(3.0 / (discount - growth + 0.001))
    a.policy_rate = 0.0
    a.long_run_growth = 0.05
    assert equity_value(a, 0.01, parameters) == 3.0 / LOWEST_YIELD


def test_the_premium_is_the_one_at_which_dividends_are_worth_a_value():
    parameters = Parameters()
    a = Macro(
        policy_rate=0.005, expected_inflation=0.001, usual_real_rate=0.004, long_run_growth=0.01,
        expected_dividends=2.0,
    )  # fmt: skip
    assert equity_value(a, equity_premium(a, 150.0, parameters), parameters) == pytest.approx(150.0)
    assert equity_value(a, equity_premium(a, 1e6, parameters), parameters) == pytest.approx(2.0 / LOWEST_YIELD)
    assert equity_value(a, equity_premium(a, 0.0, parameters), parameters) == pytest.approx(2.0 / LOWEST_YIELD)


@pytest.mark.parametrize(
    "setting", [{}, {"households.price_to_book": 1.4}, {"growth.opening_year": 2015}, {"growth.opening_year": 2012}]
)
def test_the_market_pays_the_set_multiple_of_book_value_at_the_opening(setting):
    model = Model(2_000, rng=2, overrides={f"assumptions.{name}": value for name, value in setting.items()})
    f, a, structure = model.state.firms, model.state.macro, model.economy.structure
    owned = structure.owner[f.sector] == Owner.SHAREHOLDERS
    book = (f.deposits + f.inventory_value + a.capital_price * f.capital - f.loans)[owned].sum() + a.bank_equity
    private = (1 - model.economy.parameters.government.state_ownership) * (1 - structure.foreign_ownership)
    multiple = setting.get("households.price_to_book", 1.0)
    assert a.equity_value == pytest.approx(multiple * private * book, rel=1e-9)
    assert 0.002 < structure.equity_premium < 0.05


def test_equity_is_reported_in_trillions(model):
    a = model.state.macro
    persons = model.economy.structure.persons_per_worker
    assert model.outcome("equity_value", 0) == pytest.approx(a.equity_value * persons * 1e-9)


def test_wealth_is_as_unequal_as_surveys_and_tax_records_say(model):
    """Top tenth about .60 in household surveys and .68 in the World Inequality Database; Gini .60 to .76."""
    owned = wealth(model)
    exact = ((2 * np.arange(owned.size) - owned.size + 1) * owned).sum() / (owned.size * owned.sum())
    assert model.outcome("gini_wealth", 0) == pytest.approx(exact, rel=1e-4)
    assert 0.68 < exact < 0.76
    top = owned[owned.size * 9 // 10 :].sum() / owned.sum()
    assert model.outcome("top10_wealth_share", 0) == pytest.approx(top, rel=1e-3)
    assert 0.56 < top < load_tables().macro["wealth_share_top10"] + 0.02


def test_those_with_little_consume_most_of_their_income(model):
    w = model.state.workers
    present = np.flatnonzero(w.status != Status.ABSENT)
    order = present[np.argsort(w.disposable_income[present], kind="stable")]
    fifths = [w.consumption[part].sum() / w.disposable_income[part].sum() for part in np.array_split(order, 5)]
    assert (np.diff(fifths) < 0).all()
    assert fifths[0] > 0.85 and fifths[4] < 0.55  # household panels: 1.15 to .55, from memory


def test_everybody_opens_with_the_consumption_that_the_rule_gives(model):
    """Deposits of the opening are those at which the rule of the next quarters changes no proportion."""
    w, a, structure, h = (
        model.state.workers, model.state.macro, model.economy.structure, model.economy.parameters.households
    )  # fmt: skip
    here = w.status != Status.ABSENT
    income, growth = w.permanent_income[here], model.economy.parameters.growth
    factor = (1 + growth.trend_opening) * (1 + growth.inflation_target)
    mean = a.mean_income
    high, low = h.propensity_high_income, h.propensity_low_income
    share = structure.propensity_level * (high + (low - high) / (1 + income / (h.propensity_scale * mean)))
    fullness = w.deposits[here] / (h.wealth_scale * mean)
    drain = h.wealth_effect * (h.wealth_effect_rich + (1 - h.wealth_effect_rich) / (1 + fullness))
    rule = share * income + drain * w.deposits[here] / factor
    assert np.allclose(rule, w.consumption[here], rtol=1e-3)


def test_wealth_stays_unequal():
    model = Model(4_000, rng=5)
    for _ in range(60):
        model.step()
    assert abs(model.outcome("gini_wealth") - model.outcome("gini_wealth", 0)) < 0.05
    assert model.outcome("top10_wealth_share") > model.outcome("top10_wealth_share", 0) - 0.08
