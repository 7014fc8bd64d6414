"""Structural change: baskets follow income, productivity differs without changing the mean, farmers follow incomes."""

import numpy as np
import pytest

from abm import Model
from abm.codes import Status
from abm.data import load_tables
from abm.kernels.employment import order_staff
from abm.kernels.migration import earnings_outside, farm_incomes, farms
from abm.parameters import Parameters
from abm.phases.consumption import choose_goods
from abm.phases.labour_market import farmers_leave
from abm.phases.trends import sector_productivity_diverges
from abm.population.tastes import income_elasticities
from abm.scenarios.resolution import CALM
from abm.structure import AGRICULTURE, SERVICES

pytestmark = pytest.mark.theory

GROUP = "assumptions.structural_change."
OFF = {f"{GROUP}{name}": False for name in ("engel_curves", "sector_trends", "migration")}
WORKERS, MANY_WORKERS = 4_000, 40_000


def opened(workers=WORKERS, **overrides):
    return Model(workers, rng=1, overrides=overrides)


@pytest.fixture
def economy():
    """The opening, as households find it when they plan: prices of one and their spending of the table."""
    economy = opened().economy
    economy.plans.expected_final_price[:] = 1.0
    economy.plans.consumption_budget = float(economy.state.workers.consumption.sum())
    economy.plans.housing_budget = 0.0
    return economy


def consumption_shares(economy):
    """(sectors,) value shares of what households mean to buy."""
    choose_goods(economy)
    return economy.plans.consumption * economy.plans.expected_final_price / economy.plans.consumption_budget


def richer(economy, factor):
    economy.state.workers.consumption *= factor
    economy.plans.consumption_budget *= factor
    return consumption_shares(economy)


def test_the_opening_basket_is_that_of_the_table(economy):
    basket = economy.structure.consumption_basket
    assert np.abs(consumption_shares(economy) / np.where(basket > 0, basket, 1) - (basket > 0)).max() < 1e-11
    assert basket.sum() == pytest.approx(1)


def test_baskets_spend_everything_and_food_falls_as_services_rise(economy):
    industry, basket = economy.structure.industry, economy.structure.consumption_basket
    food, services = [], []
    for _ in range(4):
        shares = richer(economy, 1.3)
        assert shares.sum() == pytest.approx(1, rel=1e-12) and (shares >= 0).all()
        food.append(shares[industry == AGRICULTURE].sum())
        services.append(shares[industry == SERVICES].sum())
    assert (np.diff([basket[industry == AGRICULTURE].sum(), *food]) < 0).all()
    assert (np.diff([basket[industry == SERVICES].sum(), *services]) > 0).all()


def test_the_poor_spend_more_of_their_money_on_food(economy):
    consumption_shares(economy)
    now, food = economy.plans, economy.plans.class_shares[:, economy.structure.industry == AGRICULTURE].sum(axis=1)
    assert (np.diff(food[now.class_persons > 0]) < 0).all()


def test_dearer_food_is_bought_less(economy):
    before = consumption_shares(economy).copy()
    farming = economy.structure.industry == AGRICULTURE
    economy.plans.expected_final_price[:] = np.where(farming, 1.2, 1.0)
    after = consumption_shares(economy)
    assert after[farming].sum() / 1.2 < before[farming].sum()
    assert after[farming].sum() > before[farming].sum()


def test_food_has_the_lowest_elasticity_of_what_households_buy_much_of():
    tables = load_tables()
    elasticity = income_elasticities(tables, Parameters().structural_change)
    much = tables.household_consumption > 0.01 * tables.household_consumption.sum()
    assert elasticity[much].argmin() == np.flatnonzero(much).tolist().index(tables.codes.index("AGR"))
    assert elasticity[tables.codes.index("AGR")] < 0.6 < 1 < elasticity[tables.codes.index("FIN")]


def test_trends_of_sectors_cancel_out_in_the_mean():
    economy = opened().economy
    f, before = economy.state.firms, economy.state.firms.productivity.copy()
    sector_productivity_diverges(economy)
    gain = np.log(f.productivity / before)
    assert abs((f.payroll * gain).sum() / f.payroll.sum()) < 1e-12
    software = f.sector == economy.structure.rows.ai_services  # leads the other services
    by_industry = [gain[~software & (economy.structure.industry[f.sector] == kind)] for kind in range(3)]
    assert all(np.ptp(of_one) < 1e-12 for of_one in (*by_industry, gain[software]))
    farming, industry, services = (of_one[0] for of_one in by_industry)
    assert farming > industry > 0 > services
    lead = economy.parameters.structural_change.information_lead * economy.state.macro.frontier_growth
    assert lead > 0 and gain[software][0] - services == pytest.approx(lead, rel=1e-9)
    economy.state.macro.frontier_growth = 0.0
    before = f.productivity.copy()
    sector_productivity_diverges(economy)
    assert np.array_equal(f.productivity, before)


def leavers(gap=1.0, **overrides):
    """How many leave at the opening when wages elsewhere are ``gap`` times what they are."""
    economy = opened(**overrides).economy
    first, last = farms(economy.structure.view)
    on_farms = economy.state.firms.payroll[first:last].copy()
    economy.state.firms.payroll *= gap
    economy.state.firms.payroll[first:last] = on_farms
    farmers_leave(economy)
    return economy.state.macro.migrants


def test_more_leave_the_larger_the_gap_and_nobody_without_one():
    response = {f"{GROUP}migration_response": 0.3}
    few, some, many = (leavers(gap, **response) for gap in (0.9, 1.2, 2.0))
    assert few < some < many
    assert leavers(0.4, **response) == 0
    assert leavers(**{f"{GROUP}migration_cost": 3.0}) == 0
    assert leavers(**{f"{GROUP}migration": False}) == 0


def slump(**overrides):
    """Mean unemployment of the year after a third of all other staff lost the job; persons on farms, who came back."""
    model, unemployment = opened(**overrides), []
    for quarter in range(6):
        w, f = model.state.workers, model.state.firms
        if quarter == 1:
            rows = np.flatnonzero(w.employer >= 0)
            rows = rows[~model.economy.structure.own_account[f.sector[w.employer[rows]]]][::3]
            w.employer[rows], w.status[rows], w.jobless_quarters[rows] = -1, Status.UNEMPLOYED, 0
            order_staff[1](w.view, model.state.staff.view)
        model.step()
        unemployment.append(model.state.macro.unemployment_rate)
    on_farms = model.economy.structure.own_account[f.sector[w.employer[w.employer >= 0]]].sum()
    return np.mean(unemployment[2:]), on_farms, model.state.macro.returners


def test_land_in_the_village_lowers_unemployment_in_a_slump():
    with_land, without = slump(), slump(**{f"{GROUP}return_hazard": 0.0})
    assert with_land[0] < without[0] and with_land[1] > without[1]
    assert with_land[2] > 0 == without[2]
    assert slump(**{f"{GROUP}migration": False})[2] == 0


def test_the_gap_is_what_people_earn():
    economy = opened().economy
    w, f = economy.state.workers, economy.state.firms
    on_farms = economy.structure.own_account[f.sector[w.employer]] & (w.employer >= 0)
    elsewhere = (w.employer >= 0) & ~on_farms
    net = w.wage * (1 - economy.structure.employee_rate)
    assert earnings_outside(f.view, economy.structure.view) == pytest.approx(net[elsewhere].mean(), rel=1e-9)
    first, last = farms(economy.structure.view)
    total = (farm_incomes(f.view, economy.structure.view) * f.headcount[first:last]).sum()
    assert total == pytest.approx(net[on_farms].sum() + f.dividends[first:last].sum(), rel=1e-9)


@pytest.fixture(scope="module")
def decade():
    """Ten years of a large economy with structural change, and without.

    Those who go back to farms (decision 0270) make the share of one small economy wander by a percentage point.
    """
    models = opened(MANY_WORKERS), opened(MANY_WORKERS, **OFF)
    for model in models:
        for _ in range(40):
            model.step()
    return [
        dict(zip(model.recorder.names, model.recorder.values[-1].tolist(), strict=True)) | {"model": model}
        for model in models
    ]


def test_people_leave_the_land_only_where_it_is_switched_on(decade):
    on, off = decade
    opening = load_tables().macro["agriculture_employment_share"]
    fall = (opening - on["agricultural_employment_share"]) / 10
    assert 0.0015 < fall < 0.006  # a year; .0027 from 2020 to 2025, NBS
    assert off["agricultural_employment_share"] > on["agricultural_employment_share"] + 0.01
    assert off["agricultural_employment_share"] > opening - 0.02
    assert on["food_share"] < 0.06 < off["food_share"]
    assert off["farm_leavers"] == 0


def gap_of_tenth_year(seed, **overrides):
    model, gaps = Model(MANY_WORKERS, rng=seed, overrides=overrides), []
    for quarter in range(40):
        model.step()
        if quarter >= 36:
            gaps.append(model.outcome("farm_income_gap"))
    return np.mean(gaps)


def test_those_who_leave_narrow_the_gap_of_incomes():
    """In large economies without shocks: one of 4,000 adults has so few farms that its gap differs by .03.

    Those who come back from without work share the income of farms among more, and widen it.
    """
    stay = CALM | {f"{GROUP}return_hazard": 0.0}
    kinds = {"both": CALM, "leave": stay, "neither": stay | OFF}
    gaps = {kind: np.array([gap_of_tenth_year(seed, **rules) for seed in range(1, 6)]) for kind, rules in kinds.items()}
    for changes in (gaps["leave"] - gaps["neither"], gaps["leave"] - gaps["both"]):
        assert changes.mean() < -2 * changes.std(ddof=1) / len(changes) ** 0.5


def test_growth_stays_near_the_imposed_path(decade):
    on, off = decade
    assert abs(np.log(on["real_gdp"] / off["real_gdp"])) / 10 < 0.006


def test_the_tenth_that_spends_least_spends_most_of_it_on_food(decade):
    on, off = (one["model"].recorder.groups["deciles"][-1] for one in decade)
    food = [outcome.name for outcome in _decile_outcomes()].index("food_share")
    assert (np.diff(on[:, food]) <= 0).all()  # two tenths may lie in one class of spenders
    assert on[9, food] < 0.5 * on[0, food]
    assert np.ptp(off[:, food]) == 0
    assert np.isnan(decade[0]["model"].recorder.groups["deciles"][0, :, food]).all()


def _decile_outcomes():
    from abm.results.outcomes import GROUP_OUTCOMES

    return GROUP_OUTCOMES["deciles"]
