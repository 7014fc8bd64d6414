"""What households, the government, firms and foreigners mean to buy: MODEL.md 4.8."""

import math

import numpy as np
import pytest
from laboratory import before, codes

from abm.state import Status

pytestmark = pytest.mark.unit

EXACT = 1e-9
HOUSEHOLDS, GOVERNMENT, FIRMS, ABROAD = (
    "households_plan_spending", "government_plans_spending", "firms_plan_investment", "foreigners_order"
)  # fmt: skip
ICT, BUSINESS, PUBLIC = (codes().index(code) for code in ("ICT", "BUS", "PUB"))
SUPPORT = {"basic_income": 0.05, "retraining_stipend": 1.5, "benefit_rate": 1.2, "top_tax_step": 0.8}


def clip(value, low, high):
    return max(low, min(high, value))


def real_rate_gap(lab):
    a, growth, money = lab.macro, lab.parameters.growth, lab.parameters.money
    faster = a.long_run_growth - growth.trend_opening - growth.beyond_drift
    natural = max(0.002, money.policy_rate + 0.5 * faster)
    return a.policy_rate - natural - (a.expected_inflation - growth.inflation_target)


# Households


@pytest.fixture(params=[{}, SUPPORT], ids=["usual", "support"])
def spent(request):
    """Before and after households plan, with a policy rate and shocks that matter."""
    lab = before(HOUSEHOLDS)
    lab.macro.policy_rate, lab.macro.consumption_shock, lab.macro.investment_shock = 0.011, 0.02, -0.03
    lab.macro.policy_cost, lab.macro.carbon_revenue, lab.macro.bonds = 900.0, 400.0, 1.3 * lab.macro.bonds
    w = lab.workers
    w.deposits[::7], w.permanent_income[::7] = 0.0, 3 * w.permanent_income[::7]
    w.insured[w.status == Status.UNEMPLOYED] = 1
    lab = lab.after(**request.param)
    return lab, lab.after(HOUSEHOLDS)


def test_pensions_follow_ageing_and_contributions_pay_a_part_of_the_rest(spent):
    lab, after = spent
    a, h, structure = lab.macro, lab.parameters.households, lab.constants
    retired = (lab.workers.status == Status.RETIRED).sum()
    factor = (structure.retired_per_employed / (retired / a.employed)) ** h.pension_restraint
    assert after.macro.pension_factor == pytest.approx(factor, rel=EXACT)
    dearer = lab.after(HOUSEHOLDS, pension_level=1.3).macro.pension_factor
    assert dearer == pytest.approx(1.3 * factor, rel=EXACT)
    rise = a.pension_burden - structure.pension_burden
    assert after.macro.employee_rate == pytest.approx(structure.employee_rate + h.pension_contributions * rise)


def who_draws_benefits(lab):
    """(workers,) bool: the insured jobless, as long as their age allows, with the chance of take-up a spell."""
    w, h, policy = lab.workers, lab.parameters.households, lab.policy
    longest = np.minimum((w.age - 20) / (h.benefit_years / policy.benefit_duration), h.benefit_longest)
    entitled = (w.status == Status.UNEMPLOYED) & (w.insured == 1) & (w.jobless_quarters < longest)
    began = (lab.quarter + 1024 - w.jobless_quarters.astype(int)) % 4096
    chance = lab.uniform("coverage", np.arange(w.rows) * 4096 + began, seed=0)
    return entitled & (chance < min(1.0, h.benefit_take_up * policy.benefit_coverage))


def incomes(lab, after):
    """(workers,) transfers, pensions, wages of before indexed, and who draws benefits."""
    w, a, h, policy = lab.workers, after.macro, lab.parameters.households, lab.policy
    reference = w.reference_wage * lab.plans.wage_growth
    assistance = h.assistance * lab.macro.mean_wage
    own = h.pension_own_weight * reference + (1 - h.pension_own_weight) * lab.macro.mean_wage
    pension = np.where(
        w.insured == 1,
        lab.constants.pension_rate * a.pension_factor * own,
        h.pension_residents * a.pension_factor * lab.macro.mean_wage,
    )
    stipend = h.stipend * policy.retraining_stipend * (reference + lab.macro.mean_wage)
    benefit = h.benefit_rate * policy.benefit_rate * reference
    received = np.zeros(w.rows)
    received[w.status == Status.RETIRED] = np.maximum(pension, assistance)[w.status == Status.RETIRED]
    received[w.status == Status.TRAINING] = np.maximum(stipend, assistance)[w.status == Status.TRAINING]
    received[np.isin(w.status, (Status.UNEMPLOYED, Status.INACTIVE))] = assistance
    draws = who_draws_benefits(lab)
    received[draws] = np.maximum(benefit, assistance)[draws]
    return received, pension, reference, draws


def worked_out(lab, after):
    """(workers,) income, tax and the parts of both."""
    w, a, p = lab.workers, lab.macro, lab.parameters
    received, pension, reference, draws = incomes(lab, after)
    wage = np.where(w.status == Status.EMPLOYED, w.wage, 0.0)
    interest = max(0.0, a.policy_rate - p.money.deposit_spread) * w.deposits
    base = wage + interest + w.property_income
    rules = p.government
    tax = np.maximum(0, base - rules.income_tax_threshold * a.mean_wage)
    tax += lab.policy.top_tax_step * np.maximum(0, base - rules.income_tax_upper * a.mean_wage)
    tax *= after.plans.income_tax_rate
    basic = lab.policy.basic_income * a.mean_wage * (w.status != Status.ABSENT)
    rest = (1 - after.macro.employee_rate) * wage + interest - tax + w.property_income + basic
    return rest + received, tax, wage, interest, received, pension, draws, reference, basic


def test_income_is_wages_interest_property_and_transfers_less_contributions_and_tax(spent):
    lab, after = spent
    income, _, _, _, _, _, draws, reference, _ = worked_out(lab, after)
    assert after.workers.disposable_income == pytest.approx(income, rel=EXACT, abs=1e-9)
    off = ~np.isin(lab.workers.status, (Status.EMPLOYED, Status.ABSENT))
    assert after.workers.reference_wage[off] == pytest.approx(reference[off], rel=EXACT)
    assert (after.workers.wage[off] == 0).all()
    assert draws.sum() > 10


def test_totals_are_the_sums_over_all_adults(spent):
    lab, after = spent
    _, tax, wage, interest, received, pension, draws, _, basic = worked_out(lab, after)
    t = after.household_totals
    w, status = after.workers, lab.workers.status
    retired, trainees = status == Status.RETIRED, status == Status.TRAINING
    others = np.isin(status, (Status.UNEMPLOYED, Status.INACTIVE)) & ~draws
    old_help = (received - pension)[retired].sum()
    expected = {
        "wages": wage.sum(), "contributions": after.macro.employee_rate * wage.sum(),
        "pensions": pension[retired].sum(), "benefits": received[trainees | draws].sum(),
        "assistance": received[others].sum() + old_help, "basic_income": basic.sum(), "interest": interest.sum(),
        "income_tax": tax.sum(), "consumption": w.consumption.sum(), "housing": w.housing_outlay.sum(),
        "permanent_income": w.permanent_income.sum(), "dwellings": w.dwellings.sum(),
        "disposable_income": w.disposable_income.sum(), "old_age_help": old_help,
    }  # fmt: skip
    for name, value in expected.items():
        assert t[name] == pytest.approx(value, rel=1e-8), name
    assert after.macro.mean_income == pytest.approx(w.permanent_income.sum() / lab.macro.adults, rel=EXACT)
    burden = (pension[retired].sum() + old_help) / wage.sum()
    assert after.macro.pension_burden == pytest.approx(burden, rel=1e-8)


def test_spending_is_out_of_permanent_income_and_deposits_within_the_cash_at_hand(spent):
    lab, after = spent
    w, a, h, structure = lab.workers, lab.macro, lab.parameters.households, lab.constants
    income, *_ = worked_out(lab, after)
    lasting = w.permanent_income * (1 + a.expected_inflation + a.expected_growth)
    lasting += h.income_gain * (income - lasting)
    assert after.workers.permanent_income == pytest.approx(lasting, rel=1e-8, abs=1e-9)
    gap = real_rate_gap(lab)
    mood = math.exp(a.consumption_shock - h.rate_response * gap)
    housing = math.exp(clip(0.5 * a.investment_shock - 4 * h.dwelling_rate_response * gap, -0.6, 0.6))
    standing = np.maximum(0, lasting) / (h.propensity_scale * a.mean_income)
    low, high = h.propensity_low_income, h.propensity_high_income
    share = structure.propensity_level * (high + (low - high) / (1 + standing))
    rich = h.wealth_effect_rich
    drain = h.wealth_effect * (rich + (1 - rich) / (1 + w.deposits / (h.wealth_scale * a.mean_income)))
    consumption = share * lasting * mood + drain * w.deposits
    dwellings = structure.housing_share * (1 - share) * lasting * housing
    cash = h.cash_limit * (w.deposits + income - w.property_income)
    wanted = consumption + dwellings
    fit = np.divide(cash, wanted, out=np.ones(w.rows), where=wanted > cash)
    assert after.workers.consumption == pytest.approx(consumption * fit, rel=1e-8, abs=1e-9)
    assert after.workers.housing_outlay == pytest.approx(dwellings * fit, rel=1e-8, abs=1e-9)
    assert (fit < 1).any() and (fit == 1).sum() > 1000
    assert gap > 0.001 and mood != 1 and housing != 1


def test_budgets_buy_goods_at_expected_prices(spent):
    lab, after = spent
    plans, prices = after.plans, lab.plans.expected_final_price
    assert (plans.consumption * prices).sum() == pytest.approx(after.workers.consumption.sum(), rel=EXACT)
    housing = after.workers.housing_outlay.sum() * (1 - lab.constants.land_fee_share)
    basket = lab.constants.dwelling_basket
    assert plans.dwellings == pytest.approx(basket * housing / (basket * prices).sum(), rel=EXACT)
    lab.set("structural_change", engel_curves=False)
    fixed = lab.after(HOUSEHOLDS).plans.consumption * prices
    assert fixed == pytest.approx(lab.constants.consumption_basket * fixed.sum(), rel=EXACT)


def test_every_class_of_spenders_buys_along_its_engel_curve(spent):
    lab, after = spent
    plans, structure, sigma = after.plans, lab.constants, lab.parameters.structural_change.substitution
    spending, prices = after.workers.consumption, lab.plans.expected_final_price
    typical = spending.sum() / lab.macro.adults
    counted = spending[spending > 0]
    # Two classes for each doubling of the mean, cut at one and a half times a power of two.
    doublings = np.floor(np.log2(counted / typical))
    place = np.clip(8 + 2 * doublings + (counted / typical >= 1.5 * 2.0**doublings), 0, 15).astype(int)
    assert plans.class_persons == pytest.approx(np.bincount(place, minlength=16))
    money = np.bincount(place, weights=counted, minlength=16)
    assert plans.class_spending == pytest.approx(money, rel=EXACT)
    for row in np.flatnonzero(money):
        shares, head = plans.class_shares[row], money[row] / plans.class_persons[row]
        assert shares.sum() == pytest.approx(1, rel=1e-12)
        liked = structure.taste > 0
        weights = structure.taste[liked] * prices[liked] ** (1 - sigma)
        # The utility that makes all shares what they are: from each good alike.
        utility = np.log(shares[liked] * head ** (1 - sigma) / weights) / structure.engel_slopes[liked]
        assert utility == pytest.approx(np.full(liked.sum(), utility[0]), rel=1e-6, abs=1e-9)
        assert (shares[~liked] == 0).all()
    bought = plans.consumption * prices
    assert bought == pytest.approx(money @ plans.class_shares, rel=EXACT)


@pytest.mark.parametrize("debt", [0.5, 1.0, 2.0, 30.0])
def test_the_income_tax_follows_debt_and_pays_for_policies_where_the_budget_rule_says_so(debt):
    lab = before(HOUSEHOLDS)
    a, rules = lab.macro, lab.parameters.government
    a.bonds *= debt
    a.policy_cost, a.carbon_revenue = 300.0, 200.0
    for brake in (1.0, 0.4):
        excess = a.bonds / (4 * a.trend_gdp) - rules.debt_target
        usual = lab.constants.income_tax_rate * clip(1 + rules.tax_response * brake * excess, 0.5, 2.5)
        found = lab.after(HOUSEHOLDS, debt_brake=brake).plans.income_tax_rate
        assert found == pytest.approx(usual, rel=EXACT)
    levies = (
        (300.0, {"surcharge": 1.0}), (100.0, {"surcharge": 0.5, "carbon_tax_cut": 0.25}),
        (-200.0, {"carbon_tax_cut": 1.0}),
    )  # fmt: skip
    for levy, instruments in levies:
        base = lab.constants.income_tax_rate * clip(1 + rules.tax_response * excess, 0.5, 2.5)
        expected = clip(base + levy / a.income_tax_base, 0.0, 0.7 / 1.6)
        assert lab.after(HOUSEHOLDS, **instruments).plans.income_tax_rate == pytest.approx(expected, rel=EXACT)
    a.policy_cost = 1e9
    assert lab.after(HOUSEHOLDS, surcharge=1.0).plans.income_tax_rate == pytest.approx(0.7 / 1.6)
    assert lab.after(HOUSEHOLDS, surcharge=1.0, top_tax_step=0.0).plans.income_tax_rate == pytest.approx(0.7)


def test_carbon_revenue_is_paid_to_all_adults_alike_beside_a_basic_income():
    lab = before(HOUSEHOLDS)
    lab.macro.carbon_revenue = 500.0
    plain, paid = lab.after(HOUSEHOLDS), lab.after(HOUSEHOLDS, basic_income=0.02, carbon_dividend=0.6)
    each, basic = 0.6 * 500.0 / lab.macro.adults, 0.02 * lab.macro.mean_wage
    change = paid.workers.disposable_income - plain.workers.disposable_income
    alive = lab.workers.status != Status.ABSENT
    assert change[alive] == pytest.approx(np.full(alive.sum(), each + basic), rel=1e-8)
    assert (change[~alive] == 0).all()
    assert paid.plans.carbon_dividend == pytest.approx(each / (each + basic), rel=EXACT)
    assert plain.plans.carbon_dividend == 0.0


# Government


def public_demand(lab):
    """(consumption without programmes, investment) of the government, money."""
    a, rules, structure = lab.macro, lab.parameters.government, lab.constants
    slack = a.broad_slack - lab.parameters.labour.natural_unemployment
    support = a.demand_support + rules.demand_support * (clip(slack, -0.05, 0.05) - 0.1 * a.demand_support)
    gap = clip(slack, -0.05, 0.10)
    excess = a.bonds / (4 * a.trend_gdp) - rules.debt_target
    brake = clip(1 - rules.spending_brake * lab.policy.debt_brake * excess, 0.8, 1.2)
    lean, steady = rules.stabilisation * rules.counter_cycle * gap, rules.stabilisation * support
    consumption = structure.government_share * a.trend_gdp * (1 + lean + steady) * brake
    return consumption, structure.public_investment_share * a.trend_gdp * (1 + 2 * lean + steady) * brake, support


@pytest.mark.parametrize(("slack", "debt"), [(0.05, 1.0), (0.085, 0.7), (0.03, 1.4), (0.30, 0.1), (-0.2, 5.0)])
def test_public_demand_follows_trend_gdp_leans_against_slack_and_brakes_with_debt(slack, debt):
    lab = before(GOVERNMENT)
    lab.macro.broad_slack, lab.macro.demand_support = slack, 0.01
    lab.macro.bonds *= debt
    consumption, investment, support = public_demand(lab)
    after, prices = lab.after(GOVERNMENT), lab.plans.expected_final_price
    assert after.macro.demand_support == pytest.approx(support, rel=EXACT)
    teaching = lab.macro.trainees * lab.parameters.labour.training_cost * lab.macro.mean_wage
    expected = consumption * lab.constants.government_basket
    expected[PUBLIC] += teaching
    assert after.plans.government * prices == pytest.approx(expected, rel=EXACT)
    assert (after.plans.public * prices).sum() == pytest.approx(investment, rel=EXACT)
    basket = lab.constants.public_basket
    assert after.plans.public == pytest.approx(after.plans.public.sum() / basket.sum() * basket, rel=EXACT)
    assert after.plans.policy_budget == 0.0 and teaching > 0


def test_training_is_bought_from_the_public_sector():
    lab = before(GOVERNMENT)
    plain = lab.after(GOVERNMENT).plans.government
    lab.macro.trainees += 10
    rise = lab.after(GOVERNMENT).plans.government - plain
    cost = 10 * lab.parameters.labour.training_cost * lab.macro.mean_wage
    assert rise[PUBLIC] * lab.plans.expected_final_price[PUBLIC] == pytest.approx(cost, rel=1e-7)
    assert (np.delete(rise, PUBLIC) == 0).all() and cost > 0


@pytest.mark.parametrize(
    ("instruments", "shares"),
    [
        ({"research_grants": 0.003}, {BUSINESS: 0.003}),
        ({"teaching_spending": 0.002}, {PUBLIC: 0.002}),
        ({"public_compute": 0.001, "ai_procurement": 0.002}, {ICT: 0.003}),
        ({"programme_spending": 0.004}, {PUBLIC: 0.002, BUSINESS: 0.001, ICT: 0.001}),
    ],
)
def test_programmes_are_bought_from_those_who_run_them(instruments, shares):
    lab = before(GOVERNMENT)
    plain, after, prices = lab.after(GOVERNMENT), lab.after(GOVERNMENT, **instruments), lab.plans.expected_final_price
    rise = (after.plans.government - plain.plans.government) * prices / lab.macro.trend_gdp
    assert rise == pytest.approx([shares.get(sector, 0.0) for sector in range(20)], rel=1e-6, abs=1e-12)
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


# Firms


def capital_gaps(lab):
    """(20,) capital wanted over held less one, (firms,) the same, and (20,) the expansion of the short firms."""
    f, rules, structure = lab.firms, lab.parameters.investment, lab.constants
    wanted = f.expected_demand / (lab.parameters.firms.normal_utilisation * f.capital_productivity)
    gap = lab.by_sector(wanted) / lab.by_sector(f.capital) - 1
    ratio = wanted / f.capital - 1
    own = rules.reallocation * np.minimum(1.5, ratio - gap[f.sector])
    up = lab.by_sector(f.capital * np.maximum(own, 0))
    down = lab.by_sector(f.capital * np.minimum(np.maximum(-own, 0), structure.depreciation))
    return gap, ratio, own, np.where(up > 0, np.minimum(1, down / np.where(up > 0, up, 1)), 0)


def mood(lab, deduction=0.0):
    a, rules = lab.macro, lab.parameters.investment
    found = math.exp(clip(a.investment_shock - 4 * rules.rate_response * real_rate_gap(lab), -0.6, 0.6))
    return found * (1 - lab.constants.corporate_tax_rate * deduction) ** -rules.tax_elasticity


@pytest.fixture
def investing():
    lab = before(FIRMS)
    lab.macro.policy_rate, lab.macro.investment_shock = 0.011, 0.05
    lab.firms.capital *= np.linspace(0.6, 1.5, lab.firms.rows)
    lab.firms.loans[::6] *= 3
    lab.firms.deposits[::6] *= 0.2
    return lab


@pytest.mark.parametrize("deduction", [0.0, 0.5])
@pytest.mark.parametrize("equity", [1.0, 0.3])
def test_firms_replace_grow_and_close_gaps_within_their_finance(investing, deduction, equity):
    lab = investing
    lab.macro.bank_equity *= equity
    f, s, a, rules, structure = lab.firms, lab.sectors, lab.macro, lab.parameters.investment, lab.constants
    gap, ratio, own, expansion = capital_gaps(lab)
    sector = f.sector
    trend = np.clip(0.5 * a.long_run_growth + 0.5 * s.trend_growth, -0.01, 0.03)
    wanted = (structure.depreciation + trend + rules.accelerator * gap)[sector] * mood(lab, deduction)
    wanted += np.where(own > 0, own * expansion[sector], own)
    smooth = f.investment_rate + rules.smoothing * (np.clip(wanted, 0, rules.highest_rate) - f.investment_rate)
    rate = np.where(f.entrant == 1, np.maximum(smooth, np.minimum(ratio, 1)), smooth)
    price = (structure.capital_basket * lab.plans.expected_final_price).sum()
    factor = clip(a.bank_equity / (0.05 * f.loans.sum()), 0, 1)
    credit = np.maximum(0, rules.highest_leverage * price * f.capital - f.loans)
    finance = (0.9 * f.deposits + 0.2 * credit * factor) / price
    after = lab.after(FIRMS, investment_deduction=deduction)
    assert after.firms.investment_rate == pytest.approx(smooth, rel=EXACT, abs=1e-12)
    assert after.firms.investment == pytest.approx(np.minimum(rate * f.capital, finance), rel=EXACT, abs=1e-9)
    total = after.firms.investment.sum()
    assert after.plans.capital == pytest.approx(total * structure.capital_basket, rel=EXACT)
    assert (finance < rate * f.capital).any() and (f.entrant == 1).any() and (factor < 1) == (equity < 1)


def test_capital_that_moves_inside_a_sector_adds_no_demand(investing):
    """Where nothing grows, what short firms add is what the others hold back; some would hold back more."""
    lab = investing
    lab.macro.long_run_growth = lab.macro.investment_shock = 0.0
    lab.sectors.trend_growth[:] = 0.0
    lab.firms.deposits[:] = 1e9
    lab.firms.entrant[:] = 0
    lab.firms.investment_rate[:] = 0.0
    lab.set("investment", smoothing=1.0, highest_rate=0.5, accelerator=0.0, rate_response=0.0)
    moves, still = lab.after(FIRMS), lab.copy()
    still.set("investment", reallocation=0.0)
    difference = moves.firms.investment - still.do(FIRMS).firms.investment
    _, _, own, expansion = capital_gaps(lab)
    assert (difference[own > 0] >= 0).all() and (difference[own < 0] <= 0).all()
    moved = lab.by_sector(np.abs(difference))
    balanced = (expansion > 0) & (expansion < 1)
    assert balanced.sum() >= 5
    assert (np.abs(lab.by_sector(difference)) < 1e-9 * moved)[balanced].all()
    assert (lab.by_sector(difference) <= 1e-9 * moved).all()


# Abroad


def test_exports_follow_world_demand_shocks_ai_abroad_and_the_relative_price():
    lab = before(ABROAD)
    lab.macro.export_shock, lab.macro.world_gain, lab.macro.world_demand = 0.03, 0.02, 1.1
    lab.sectors.posted_price *= np.linspace(0.9, 1.1, 20)
    relative = lab.sectors.posted_price / lab.plans.foreign_price
    expected = lab.constants.exports * 1.1 * math.exp(0.05) * relative**-lab.parameters.trade.export_elasticity
    assert lab.after(ABROAD).plans.exports == pytest.approx(expected, rel=EXACT)
