"""What households earn, pay in tax, and mean to buy: docs/model/equations/production_and_demand.md."""

import math

import numpy as np
import pytest
from laboratory import Status, before

from abm.economics.public_demand import returned_saving

pytestmark = pytest.mark.unit

EXACT = 1e-9
HOUSEHOLDS = "households_plan_spending"
SUPPORT = {"basic_income": 0.05, "retraining_stipend": 1.5, "benefit_rate": 1.2, "top_tax_step": 0.8}


def clip(value, low, high):
    return max(low, min(high, value))


@pytest.fixture(params=[{}, SUPPORT], ids=["usual", "support"])
def spent(request):
    """Before and after households plan, with a policy rate and shocks that matter."""
    lab = before(HOUSEHOLDS)
    lab.macro.policy_rate, lab.macro.consumption_shock, lab.macro.investment_shock = 0.011, 0.02, -0.03
    lab.macro.policy_cost, lab.macro.carbon_revenue, lab.macro.bonds = 900.0, 400.0, 1.3 * lab.macro.bonds
    w = lab.workers
    w.deposits[::7], w.permanent_income[::7] = w.property_income[::7], 3 * w.permanent_income[::7]
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
    returned = returned_saving(lab.economy) / (a.mean_wage * a.employed)
    expected = structure.employee_rate + h.pension_contributions * rise - returned
    assert after.macro.employee_rate == pytest.approx(max(0.0, expected))
    lab.set("government", saving_returned=0.0)
    kept = lab.after(HOUSEHOLDS).macro.employee_rate
    assert kept == pytest.approx(structure.employee_rate + h.pension_contributions * rise)


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
    interest = a.deposit_rate * w.deposits
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


def building_against_the_opening(lab):
    """The part of saving that goes into dwellings against that of the opening, and what households are used to."""
    w, a, h, structure = lab.workers, lab.macro, lab.parameters.households, lab.constants
    stock = w.dwellings.sum()
    income = a.mean_income / a.consumer_price / structure.adult_income
    wanted = structure.wanted_dwellings * a.adults * income**h.dwelling_elasticity
    begun = h.dwelling_depreciation * stock + h.dwelling_speed * (wanted - stock)
    work = a.dwelling_work + h.dwelling_building_speed * (begun - a.dwelling_work)
    cost = work * (structure.dwelling_basket * lab.plans.expected_final_price).sum() / (1 - structure.land_fee_share)
    building = cost / (structure.housing_share * a.planned_saving * (1 + a.nominal_growth))
    return building, a.usual_building + h.dwelling_saving_speed * (building - a.usual_building)


def test_spending_is_out_of_permanent_income_and_deposits_within_the_cash_at_hand(spent):
    lab, after = spent
    w, a, h, structure = lab.workers, lab.macro, lab.parameters.households, lab.constants
    income, *_ = worked_out(lab, after)
    lasting = w.permanent_income * (1 + a.expected_inflation + a.expected_growth)
    lasting += h.income_gain * (income - lasting)
    assert after.workers.permanent_income == pytest.approx(lasting, rel=1e-8, abs=1e-9)
    gap = lab.real_rate_gap()
    price = (lab.constants.consumption_basket * lab.plans.expected_final_price).sum()
    usual = a.usual_price * (1 + a.expected_inflation)
    dearer = (1 - h.income_gain) * math.log(price / usual)
    assert after.macro.usual_price == pytest.approx(price * math.exp(-dearer), rel=EXACT) and abs(dearer) > 1e-3
    mood = math.exp(a.consumption_shock - h.rate_response * gap + h.price_smoothing * dearer)
    housing = math.exp(clip(0.5 * a.investment_shock - 4 * h.dwelling_rate_response * gap, -0.6, 0.6))
    standing = np.maximum(0, lasting) / (h.propensity_scale * a.mean_income)
    low, high = h.propensity_low_income, h.propensity_high_income
    share = structure.propensity_level * (high + (low - high) / (1 + standing))
    rich = h.wealth_effect_rich
    drain = h.wealth_effect * (rich + (1 - rich) / (1 + w.deposits / (h.wealth_scale * a.mean_income)))
    saving = (1 - share) * lasting
    building, used_to = building_against_the_opening(lab)
    released = h.dwelling_saving_spent * structure.housing_share * (1 - used_to)
    consumption = (share * lasting + released * saving) * mood + drain * w.deposits
    dwellings = structure.housing_share * building * saving * housing
    cash = h.cash_limit * (w.deposits + income - w.property_income)
    wanted = consumption + dwellings
    fit = np.divide(cash, wanted, out=np.ones(w.rows), where=wanted > cash)
    assert after.workers.consumption == pytest.approx(consumption * fit, rel=1e-8, abs=1e-9)
    assert after.workers.housing_outlay == pytest.approx(dwellings * fit, rel=1e-8, abs=1e-9)
    assert after.macro.planned_saving == pytest.approx(saving.sum(), rel=1e-8)
    assert after.macro.usual_building == pytest.approx(used_to, rel=1e-8)
    assert building < 1 and used_to < 1 and released > 0
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
    assert paid.plans.carbon_dividend_share == pytest.approx(each / (each + basic), rel=EXACT)
    assert plain.plans.carbon_dividend_share == 0.0
