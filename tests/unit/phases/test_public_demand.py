"""What the government and foreigners mean to buy: docs/model/equations/production_and_demand.md."""

import math

import numpy as np
import pytest
from laboratory import before, codes, rows

pytestmark = pytest.mark.unit

EXACT = 1e-9
GOVERNMENT, ABROAD = "government_plans_spending", "foreigners_order"
ROWS = rows()
TEACHING = ROWS.teaching


def clip(value, low, high):
    return max(low, min(high, value))


def public_demand(lab):
    """(consumption without programmes, investment) of the government, money."""
    a, rules = lab.macro, lab.parameters.government
    slack = a.broad_unemployment - lab.parameters.labour.natural_unemployment
    support = a.demand_support + rules.demand_support * (clip(slack, -0.05, 0.05) - 0.1 * a.demand_support)
    gap = clip(slack, -0.05, 0.10)
    excess = a.bonds / (4 * a.trend_gdp) - rules.debt_target
    brake = clip(1 - rules.spending_brake * lab.policy.debt_brake * excess, 0.8, 1.0)  # low debt lowers taxes instead
    lean, steady = rules.stabilisation * rules.counter_cycle * gap, rules.stabilisation * support
    services, works = needs(lab)
    return services * (1 + lean + steady) * brake, works * (1 + 2 * lean + steady) * brake, support


def needs(lab):
    """(services, works) that people and productivity without AI ask for, at expected prices, money."""
    a, rules, structure, prices = lab.macro, lab.parameters.government, lab.constants, lab.plans.expected_final_price
    people = a.path_productivity * a.working_age / structure.working_age * structure.money_scale
    services = lab.economy.opening.government_consumption.sum() / (structure.government_basket / prices).sum()
    works = lab.economy.opening.public_investment.sum() * (structure.public_basket * prices).sum()
    services *= structure.government_basket.sum()
    works /= structure.public_basket.sum()
    return (
        people * (1 + rules.needs_growth) ** lab.quarter * services,
        people * (1 + rules.needs_growth_investment) ** lab.quarter * works,
    )


@pytest.mark.parametrize(("slack", "debt"), [(0.05, 1.0), (0.085, 0.7), (0.03, 1.4), (0.30, 0.1), (-0.2, 5.0)])
def test_public_demand_follows_needs_leans_against_slack_and_brakes_with_debt(slack, debt):
    lab = before(GOVERNMENT)
    lab.macro.broad_unemployment, lab.macro.demand_support = slack, 0.01
    lab.macro.bonds *= debt
    consumption, investment, support = public_demand(lab)
    after, prices = lab.after(GOVERNMENT), lab.plans.expected_final_price
    assert after.macro.demand_support == pytest.approx(support, rel=EXACT)
    teaching = lab.macro.trainees * lab.parameters.labour.training_cost * lab.macro.mean_wage
    expected = consumption * lab.constants.government_basket
    expected[TEACHING] += teaching
    assert after.plans.government * prices == pytest.approx(expected, rel=EXACT)
    assert (after.plans.public * prices).sum() == pytest.approx(investment, rel=EXACT)
    basket = lab.constants.public_basket
    assert after.plans.public == pytest.approx(after.plans.public.sum() / basket.sum() * basket, rel=EXACT)
    assert after.plans.policy_budget == 0.0 and teaching > 0
    assert after.plans.usual_public_budget == pytest.approx(needs(lab)[1], rel=EXACT)


def test_trend_gdp_matters_where_demand_is_indexed_to_it():
    lab = before(GOVERNMENT)
    lab.macro.broad_unemployment, lab.macro.demand_support = lab.parameters.labour.natural_unemployment, 0.0
    lab.macro.bonds = 4 * lab.macro.trend_gdp * lab.parameters.government.debt_target
    plain = lab.after(GOVERNMENT).plans
    lab.set("government", demand_indexation=1.0)
    indexed = lab.after(GOVERNMENT).plans
    teaching = lab.macro.trainees * lab.parameters.labour.training_cost * lab.macro.mean_wage
    share = lab.constants.government_share * lab.macro.trend_gdp
    assert indexed.government_budget == pytest.approx(share + teaching, rel=EXACT)
    assert plain.government_budget == pytest.approx(needs(lab)[0] + teaching, rel=EXACT)
    assert plain.government_budget == pytest.approx(indexed.government_budget, rel=0.05)  # about the same at first


def test_training_is_bought_from_the_sector_that_teaches():
    lab = before(GOVERNMENT)
    plain = lab.after(GOVERNMENT).plans.government
    lab.macro.trainees += 10
    rise = lab.after(GOVERNMENT).plans.government - plain
    cost = 10 * lab.parameters.labour.training_cost * lab.macro.mean_wage
    assert rise[TEACHING] * lab.plans.expected_final_price[TEACHING] == pytest.approx(cost, rel=1e-7)
    assert (np.delete(rise, TEACHING) == 0).all() and cost > 0


@pytest.mark.parametrize(
    ("instruments", "shares"),
    [
        ({"research_grants": 0.003}, {"business_services": 0.003}),
        ({"teaching_spending": 0.002}, {"teaching": 0.002}),
        ({"public_compute": 0.001, "ai_procurement": 0.002}, {"ai_services": 0.003}),
        ({"programme_spending": 0.004}, {"administration": 0.002, "business_services": 0.001, "ai_services": 0.001}),
    ],
)
def test_programmes_are_bought_from_those_who_run_them(instruments, shares):
    lab = before(GOVERNMENT)
    plain, after, prices = lab.after(GOVERNMENT), lab.after(GOVERNMENT, **instruments), lab.plans.expected_final_price
    rise = (after.plans.government - plain.plans.government) * prices / lab.macro.trend_gdp
    wanted = {getattr(ROWS, role): share for role, share in shares.items()}
    assert rise == pytest.approx([wanted.get(sector, 0.0) for sector in range(rise.size)], rel=1e-6, abs=1e-12)
    assert after.plans.policy_budget == pytest.approx(sum(shares.values()) * lab.macro.trend_gdp, rel=EXACT)
    services = instruments.get("public_compute", 0.0) + instruments.get("ai_procurement", 0.0)
    assert after.plans.public_services == pytest.approx(services * lab.macro.trend_gdp, abs=1e-12)
    assert (after.plans.public == plain.plans.public).all()


def test_clean_power_is_public_investment_paid_by_the_budget_or_the_carbon_price():
    lab = before(GOVERNMENT)
    lab.macro.carbon_revenue = 800.0
    plain, after = lab.after(GOVERNMENT), lab.after(GOVERNMENT, grid_investment=0.002, carbon_green=0.5)
    invested = 0.002 * lab.macro.trend_gdp + 400.0
    assert after.plans.grid_investment == pytest.approx(invested / lab.macro.trend_gdp, rel=EXACT)
    rise = ((after.plans.public - plain.plans.public) * lab.plans.expected_final_price).sum()
    assert rise == pytest.approx(invested, rel=1e-7)
    assert after.plans.policy_budget == pytest.approx(invested, rel=EXACT)
    assert (after.plans.government == plain.plans.government).all()


@pytest.mark.parametrize("cost", [500.0, -500.0, 1e7])
def test_a_spending_cut_saves_what_policies_cost_but_half_of_public_consumption_at_most(cost):
    lab = before(GOVERNMENT)
    lab.macro.policy_cost = cost
    usual, prices = public_demand(lab)[0], lab.plans.expected_final_price
    saved = [(lab.after(GOVERNMENT, spending_cut=cut).plans.government * prices).sum() for cut in (0.0, 0.6)]
    assert saved[0] - saved[1] == pytest.approx(clip(0.6 * cost, 0.0, 0.5 * usual), rel=1e-7)


def test_exports_follow_world_demand_shocks_ai_abroad_and_the_relative_price():
    lab = before(ABROAD)
    lab.macro.export_shock, lab.macro.world_gain, lab.macro.world_demand = 0.03, 0.02, 1.1
    lab.sectors.relative_price[:] = relative = np.linspace(0.9, 1.1, len(codes()))
    expected = lab.constants.exports * 1.1 * math.exp(0.05) * relative**-lab.parameters.trade.export_elasticity
    assert lab.after(ABROAD).plans.export_orders == pytest.approx(expected, rel=EXACT)
