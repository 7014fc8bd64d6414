"""What one change of money or technology does to the whole economy has the sign and size that theory gives it.

Each change is made once, by hand, in one of two paired runs. The bands leave room for other values of the parameters,
and none holds zero, so that an effect of the wrong sign fails.
"""

from dataclasses import replace

import numpy as np
import pytest

from abm import Model

pytestmark = pytest.mark.theory

WORKERS, SEEDS = 40_000, range(1, 4)
SHOCK, QUARTERS = 12, 32  # quarters before the change, and looked at after it


def dearer_money(economy):
    """A hundred basis points a year; the central bank takes them back by its own rule."""
    economy.macro.policy_rate += 0.0025


def abler_workers(economy):
    economy.firms.productivity[:] *= 1.01


def more_capital(economy):
    economy.firms.capital[:] *= 1.01


def better_capital(economy):
    economy.structure.capacity_per_capital[:] *= 1.05


def path(seed, change=None):
    """(quarters, outcomes) from the change on: logs of real quantities and the rate of unemployment, in per cent."""
    model, rows = Model(WORKERS, rng=seed), []
    for quarter in range(SHOCK + QUARTERS):
        if quarter == SHOCK and change:
            change(model.economy)
        model.step()
        if quarter >= SHOCK:
            a = model.economy.macro
            real = model.outcome("real_gdp"), a.consumption / a.consumer_price, a.fixed_investment / a.capital_price
            rows.append((*np.log(real), model.outcome("unemployment_rate")))
    return 100 * np.array(rows)


@pytest.fixture(scope="module")
def effect():
    """``effect(change, first, last)``: {outcome: mean effect over those quarters after the change and the seeds}."""
    usual = [path(seed) for seed in SEEDS]

    def mean(change, first, last):
        found = np.mean([path(seed, change) - one for seed, one in zip(SEEDS, usual)], axis=0)
        return dict(zip(("gdp", "consumption", "investment", "unemployment"), found[first:last].mean(axis=0)))

    return mean


def test_dearer_money_lowers_spending_and_raises_unemployment_within_two_years(effect):
    """Investment falls by some times as much as GDP, consumption by less."""
    found = effect(dearer_money, 0, 8)
    assert -0.5 < found["consumption"] < -0.05
    assert -2.5 < found["investment"] < -0.5
    assert -0.8 < found["gdp"] < -0.1
    assert 0.1 < found["unemployment"] < 0.7


def test_abler_workers_raise_gdp_by_labours_part_and_more_as_capital_follows(effect):
    """One per cent: about .6 at first, no more than about 1 in the end."""
    assert 0.4 < effect(abler_workers, 8, 32)["gdp"] < 1.3


def test_more_capital_raises_gdp_by_capitals_part(effect):
    """One per cent: about .4, less as it wears out."""
    assert 0.1 < effect(more_capital, 8, 32)["gdp"] < 0.75


def test_better_capital_raises_gdp_at_once_and_later(effect):
    """Five per cent: about 2. Were capital not needed in production, less would be bought of it and GDP would fall."""
    assert 0.5 < effect(better_capital, 0, 4)["gdp"] < 2.5
    assert 0.8 < effect(better_capital, 8, 32)["gdp"] < 2.8


def more_orders(economy):
    """Investors' mood and demand abroad rise at once; both shocks fade."""
    economy.macro.investment_shock += 0.08
    economy.macro.export_shock += 0.06


@pytest.mark.parametrize(("slope", "least", "most"), [(None, 0.05, 0.6), (-0.3, -0.6, 0.0)], ids=["usual", "turned"])
def test_demand_raises_prices_within_a_year(slope, least, most):
    """Prices rise with demand through use of capacity, before wages do: with the sign turned they fall."""
    changes = [prices(seed, slope, more_orders) - prices(seed, slope) for seed in range(1, 7)]
    assert least < np.mean(changes) < most


def prices(seed, slope, change=None):
    """Log of the GDP deflator in per cent, mean of the quarters two to four after the change."""
    model, deflator = Model(10_000, rng=seed), []
    if slope is not None:
        rules = model.economy.parameters
        model.economy.parameters = replace(rules, firms=replace(rules.firms, price_utilisation=slope))
    for quarter in range(SHOCK + 4):
        if quarter == SHOCK and change:
            change(model.economy)
        model.step()
        deflator.append(model.economy.macro.nominal_gdp / model.economy.macro.real_gdp)
    return 100 * np.log(deflator[SHOCK + 1 :]).mean()
