"""Incomes and spending of nine adults, public demand and baskets.

Worked out from docs/model/equations/production_and_demand.md.
"""

import math
from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.economics.income_tax import income_tax_rate
from abm.economics.public_demand import returned_saving, usual_demand
from abm.kernels.consumption import (
    HouseholdTotals,
    SpendingTerms,
    WithState,
    adjust_pensions,
    order_household_goods,
    order_public_goods,
    paid_to_all,
    plan_spending,
)
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.phases.public_spending import government_plans_spending, public_demand
from abm.state import Status

pytestmark = pytest.mark.kernels

RULES = Parameters()
HOUSEHOLDS = replace(RULES.households, benefit_take_up=1.0)
EMPLOYED, UNEMPLOYED, TRAINING, INACTIVE, RETIRED, ABSENT = map(int, Status)
WAGE, INCOME = 25.0, 30.0  # means
RATE_GAP, PRICE_GAP, DEPOSIT_RATE, WAGE_GROWTH, TAX_RATE = 0.002, 0.03, 0.007, 1.01, 0.12


def numbers(*values):
    return np.array(values, dtype=float)


def economy():
    """Two in work, two unemployed, a trainee, one at home, two retired, and a row without a person."""
    workers = Few(
        status=np.array([0, 0, 1, 1, 2, 3, 4, 4, 5], dtype=np.uint8),
        insured=np.array([1, 0, 1, 0, 1, 0, 1, 0, 0], dtype=np.uint8),
        jobless_quarters=np.array([0, 0, 1, 1, 2, 0, 0, 0, 0], dtype=np.uint16),
        age=np.array([40, 30, 50, 50, 35, 45, 70, 72, 0], dtype=np.float32),
        wage=numbers(90, 12, 20, 20, 20, 20, 30, 30, 0),
        reference_wage=numbers(90, 12, 28, 18, 22, 15, 40, 10, 0),
        property_income=numbers(20, 0, 1, 0, 0, 2, 3, 0, 0),
        deposits=numbers(500, 0.5, 30, 2, 4, 10, 80, 1, 0),
        dwellings=numbers(300, 50, 80, 20, 30, 60, 200, 40, 0),
        disposable_income=np.zeros(9),
        permanent_income=numbers(80, 60, 18, 9, 15, 8, 30, 12, 0),
        consumption=np.zeros(9),
        housing_outlay=np.zeros(9),
    )
    structure = Few(
        pension_rate=0.5, propensity_level=0.9, housing_share=0.4, employee_rate=0.09, pension_burden=0.2,
        retired_per_employed=0.4,
    )  # fmt: skip
    macro = Few(
        mean_wage=WAGE, mean_income=INCOME, employee_rate=0.1, pension_factor=0.95, consumption_shock=0.01,
        investment_shock=0.05, expected_inflation=0.005, expected_growth=0.009, carbon_revenue=40.0, adults=8.0,
        employed=2.0, pension_burden=0.25,
    )  # fmt: skip
    instruments = Instruments(
        basic_income=0.02, carbon_dividend=0.5, benefit_rate=1.5, retraining_stipend=1.2, top_tax_step=0.6
    )
    return workers, structure, macro, instruments


def planned(plain):
    workers, structure, macro, instruments = economy()
    totals, with_state = [HouseholdTotals()], WithState(9)
    terms = SpendingTerms(
        rate_gap=RATE_GAP, price_gap=PRICE_GAP, deposit_rate=DEPOSIT_RATE, wage_growth=WAGE_GROWTH,
        income_tax_rate=TAX_RATE,
        building=0.8, released=0.03,
    )  # fmt: skip
    plain(plan_spending)(
        workers, structure, [macro], instruments, HOUSEHOLDS, RULES.government, [terms], with_state, totals, 20
    )
    workers.paid_to_state, workers.paid_by_state = with_state.paid_to_state, with_state.paid_by_state
    return workers, totals[0]


def transfers_by_law(row, before):
    """What an adult receives without work, basic income apart, and the wage it is measured by."""
    h, reference = HOUSEHOLDS, before.reference_wage[row] * WAGE_GROWTH
    least = h.assistance * WAGE
    received = {
        2: max(h.benefit_rate * 1.5 * reference, least),
        3: least,
        4: max(h.stipend * 1.2 * (reference + WAGE), least),
        5: least,
        6: max(0.5 * 0.95 * (h.pension_own_weight * reference + (1 - h.pension_own_weight) * WAGE), least),
        7: max(h.pension_residents * 0.95 * WAGE, least),
    }
    return received[row], reference


def test_everybody_receives_spends_and_pays_as_the_equations_say(plain):
    before = economy()[0]
    workers, totals = planned(plain)
    h, rules = HOUSEHOLDS, RULES.government
    basic = 0.02 * WAGE + 0.5 * 40.0 / 8.0
    names = ("wages", "income_tax", "consumption", "housing", "permanent_income", "disposable_income", "saving")
    sums = dict.fromkeys(names, 0.0)
    mood = math.exp(0.01 - h.rate_response * RATE_GAP + h.price_smoothing * PRICE_GAP)
    housing_mood = math.exp(h.dwelling_mood * 0.05 - 4 * h.dwelling_rate_response * RATE_GAP)
    short_of_cash = 0
    for row in range(8):
        wage, received, reference = before.wage[row], 0.0, before.reference_wage[row]
        if before.status[row] != EMPLOYED:
            wage = 0.0
            received, reference = transfers_by_law(row, before)
        interest, deposits = DEPOSIT_RATE * before.deposits[row], before.deposits[row]
        taxable = wage + interest + before.property_income[row]
        tax = TAX_RATE * max(0, taxable - rules.income_tax_threshold * WAGE)
        tax += TAX_RATE * 0.6 * max(0, taxable - rules.income_tax_upper * WAGE)
        cash = wage * (1 - 0.1) + received + basic + interest - tax
        income = cash + before.property_income[row]
        permanent = before.permanent_income[row] * (1 + 0.005 + 0.009)
        permanent += h.income_gain * (income - permanent)
        high, low = h.propensity_high_income, h.propensity_low_income
        propensity = 0.9 * (high + (low - high) / (1 + permanent / (h.propensity_scale * INCOME)))
        rich = h.wealth_effect_rich
        of_wealth = h.wealth_effect * (rich + (1 - rich) / (1 + deposits / (h.wealth_scale * INCOME)))
        saving = (1 - propensity) * permanent
        consumption = (propensity * permanent + 0.03 * saving) * mood + of_wealth * deposits
        dwellings = 0.4 * 0.8 * saving * housing_mood
        part = min(1.0, h.cash_limit * (deposits + cash) / (consumption + dwellings))
        short_of_cash += part < 1.0
        assert workers.wage[row] == wage
        assert workers.reference_wage[row] == pytest.approx(reference)
        assert workers.disposable_income[row] == pytest.approx(income)
        assert workers.paid_to_state[row] == pytest.approx(tax + 0.1 * wage)
        assert workers.paid_by_state[row] == pytest.approx(received + basic)
        assert workers.permanent_income[row] == pytest.approx(permanent)
        assert workers.consumption[row] == pytest.approx(part * consumption)
        assert workers.housing_outlay[row] == pytest.approx(part * dwellings)
        values = (wage, tax, part * consumption, part * dwellings, permanent, income, saving)
        sums = {name: total + value for (name, total), value in zip(sums.items(), values, strict=True)}
    assert 0 < short_of_cash < 8
    for name, total in sums.items():
        assert getattr(totals, name) == pytest.approx(total), name
    assert workers.consumption[8] == workers.disposable_income[8] == workers.reference_wage[8] == 0.0


def test_totals_are_what_the_law_pays_by_name(plain):
    before = economy()[0]
    _, totals = planned(plain)
    law = {row: transfers_by_law(row, before)[0] for row in range(2, 8)}
    assistance = HOUSEHOLDS.assistance * WAGE
    resident = HOUSEHOLDS.pension_residents * 0.95 * WAGE
    assert totals.pensions == pytest.approx(law[6] + resident)
    assert totals.old_age_help == pytest.approx(assistance - resident) and totals.old_age_help > 0
    assert totals.benefits == pytest.approx(law[2] + law[4])
    assert totals.assistance == pytest.approx(2 * assistance + totals.old_age_help)
    assert totals.basic_income == pytest.approx(8 * (0.02 * WAGE + 2.5))
    assert totals.contributions == pytest.approx(0.1 * 102)
    assert totals.interest == pytest.approx(DEPOSIT_RATE * before.deposits.sum())
    assert totals.dwellings == pytest.approx(780)


def test_pensions_share_the_burden_of_ageing_with_contributions(plain):
    workers, structure, macro, instruments = economy()
    instruments.pension_level = 1.1
    plain(adjust_pensions)(workers, [macro], structure, HOUSEHOLDS, instruments)
    assert macro.pension_factor == pytest.approx((0.4 / (2 / 2)) ** HOUSEHOLDS.pension_restraint * 1.1)
    assert macro.employee_rate == pytest.approx(0.09 + HOUSEHOLDS.pension_contributions * (0.25 - 0.2))


def test_all_are_paid_basic_income_and_the_dividend(plain):
    _, _, macro, instruments = economy()
    assert plain(paid_to_all)(instruments, [macro]) == pytest.approx((0.02 * WAGE, 0.5 * 40.0 / 8.0))


@pytest.mark.parametrize(
    "changed, wanted",
    [
        ({}, 0.1),
        ({"bonds": 4 * 1000 * (RULES.government.debt_target + 0.1)}, 0.1 * (1 + 0.1 * RULES.government.tax_response)),
        ({"bonds": 4 * 1000 * 9.0}, 0.1 * RULES.government.highest_tax_factor),
        ({"bonds": -4 * 1000 * 9.0}, 0.1 * RULES.government.lowest_tax_factor),
        ({"policy_cost": 30.0}, 0.1 + 0.5 * 30.0 / 500.0),
        ({"carbon_revenue": 40.0}, 0.1 - 0.25 * 40.0 / 500.0),
        ({"policy_cost": 1e6}, RULES.government.highest_income_tax / 1.6),
        ({"carbon_revenue": 1e6}, 0.0),
    ],
)
def test_the_income_tax_follows_debt_and_pays_for_policies(changed, wanted):
    macro = {"trend_gdp": 1000.0, "bonds": 4 * 1000 * RULES.government.debt_target, "income_tax_base": 500.0}
    macro |= {"policy_cost": 0.0, "carbon_revenue": 0.0}
    found = income_tax_rate(
        Few(
            macro=Few(**macro | changed), parameters=RULES, structure=Few(income_tax_rate=0.1),
            instruments=Instruments(surcharge=0.5, carbon_tax_cut=0.25, top_tax_step=0.6),
        )
    )  # fmt: skip
    assert found == pytest.approx(wanted)


@pytest.mark.parametrize("engel", [False, True])
def test_households_buy_goods_for_all_their_money(plain, engel):
    rules = replace(RULES.structural_change, engel_curves=engel)
    structure = Few(
        consumption_basket=numbers(0.2, 0.3, 0.5), dwelling_basket=numbers(0.7, 0.3, 0.0), taste=numbers(0.3, 0.3, 0.4),
        engel_slopes=numbers(0.2, 0.7, 1.1),
    )  # fmt: skip
    price = numbers(1.2, 0.9, 2.0)
    plans = Few(
        expected_final_price=price, consumption=np.zeros(3), dwellings=np.zeros(3), class_persons=np.zeros(2),
        class_spending=np.zeros(2), class_shares=np.zeros((2, 3)),
    )  # fmt: skip
    persons, money = np.array([[3.0, 1.0], [2.0, 0.0]]), np.array([[6.0, 20.0], [5.0, 0.0]])
    plain(order_household_goods)(plans, structure, rules, persons, money, 62.0, 10.0)
    assert (plans.consumption * price).sum() == pytest.approx(62.0)
    assert plans.dwellings == pytest.approx(10.0 * numbers(0.7, 0.3, 0.0) / (0.7 * 1.2 + 0.3 * 0.9))
    if not engel:
        assert plans.consumption * price == pytest.approx(62.0 * numbers(0.2, 0.3, 0.5))
        return
    poor, rich = plans.class_shares
    assert plans.class_persons.tolist() == [5, 1] and plans.class_spending.tolist() == [11, 20]
    assert plans.consumption * price == pytest.approx(2 * (11 * poor + 20 * rich))
    assert poor[0] > rich[0] and poor[2] < rich[2]


def test_the_state_buys_what_it_pays_for(plain):
    price = numbers(1.0, 1.25, 0.8, 2.0)
    plans = Few(expected_final_price=price, government=np.zeros(4), public=np.zeros(4))
    structure = Few(government_basket=numbers(0.1, 0.2, 0.3, 0.4), public_basket=numbers(0.5, 0.5, 0.0, 0.0))
    plain(order_public_goods)(plans, structure, 100.0, 7.0, numbers(0.0, 2.0, 3.0, 5.0), 45.0, 3)
    assert plans.government * price == pytest.approx([10, 20 + 2, 30 + 3, 40 + 5 + 7])
    assert plans.public == pytest.approx(numbers(20, 20, 0, 0))


PRICE = numbers(1.0, 1.25, 0.8, 2.0)


def state(indexed=0.0, **changed):
    macro = {
        "broad_unemployment": 0.07, "demand_support": 0.02, "bonds": 4 * 1000 * 0.9, "trend_gdp": 1000.0,
        "policy_cost": 0.0, "carbon_revenue": 20.0, "trainees": 4.0, "mean_wage": WAGE, "path_productivity": 1.3,
        "working_age": 900.0,
    }  # fmt: skip
    rules = replace(RULES, government=replace(RULES.government, demand_indexation=indexed))
    opening = Few(government_consumption=numbers(50, 90), public_investment=numbers(30, 20))
    return Few(
        macro=Few(**macro | changed), parameters=rules, instruments=Instruments(debt_brake=2.0), opening=opening,
        structure=Few(
            government_share=0.16, public_investment_share=0.06, working_age=1000.0, money_scale=1.0,
            government_basket=numbers(0.1, 0.2, 0.3, 0.4), public_basket=numbers(0.5, 0.5, 0.0, 0.0),
        ),
        plans=Few(expected_final_price=PRICE), quarter=40,
    )  # fmt: skip


@pytest.mark.parametrize("indexed", [0.0, 0.25, 1.0])
def test_public_demand_is_what_is_needed_or_a_share_of_the_trend(indexed):
    """A unit of services costs 1 / (sum of share over price), one of works the mean of its two prices."""
    rules = RULES.government
    services = 140 * 1.3 * 0.9 * (1 + rules.needs_growth) ** 40 / (0.1 + 0.2 / 1.25 + 0.3 / 0.8 + 0.4 / 2)
    works = 50 * 1.3 * 0.9 * (1 + rules.needs_growth_investment) ** 40 * 1.125
    expected = (indexed * 160 + (1 - indexed) * services, indexed * 60 + (1 - indexed) * works)
    assert usual_demand(state(indexed)) == pytest.approx(expected)


def test_gdp_that_a_policy_adds_is_not_spent_but_returned():
    usual, richer = state(), state(trend_gdp=1100.0, bonds=4 * 1100 * 0.9)
    assert usual_demand(usual) == usual_demand(richer)
    assert returned_saving(richer) - returned_saving(usual) == pytest.approx(0.22 * 100)
    spent = returned_saving(state(1.0, bonds=0.0))
    assert spent == 0.0
    assert returned_saving(state(bonds=0.0)) - returned_saving(usual) == pytest.approx(0.2 * sum(usual_demand(usual)))


@pytest.mark.parametrize("slack", [-0.1, 0.07, 0.12, 0.3])
@pytest.mark.parametrize("debt", [0.1, 0.9, 2.0])
def test_public_demand_leans_against_slack_and_brakes_with_debt(slack, debt):
    economy, rules = state(1.0, broad_unemployment=slack, bonds=4 * 1000 * debt), RULES.government
    usual, consumed, invested = public_demand(economy)
    assert usual == pytest.approx(60.0)
    excess = slack - RULES.labour.natural_unemployment
    support = 0.02 + rules.demand_support * (np.clip(excess, -0.05, 0.05) - 0.1 * 0.02)
    gap = np.clip(excess, -0.05, 0.10)
    brake = np.clip(1 - rules.spending_brake * 2.0 * (debt - rules.debt_target), 0.8, 1.2)
    assert economy.macro.demand_support == pytest.approx(support)
    strength = rules.stabilisation
    assert consumed == pytest.approx(0.16 * 1000 * (1 + strength * (rules.counter_cycle * gap + support)) * brake)
    assert invested == pytest.approx(0.06 * 1000 * (1 + strength * (2 * rules.counter_cycle * gap + support)) * brake)


@pytest.mark.parametrize("debt", [0.1, 0.9])
def test_low_debt_is_no_reason_to_buy_more_than_is_needed(debt):
    economy = state(broad_unemployment=RULES.labour.natural_unemployment, demand_support=0.0, bonds=4 * 1000 * debt)
    services, works = usual_demand(economy)
    brake = min(1.0, 1 - RULES.government.spending_brake * 2.0 * (debt - RULES.government.debt_target))
    assert public_demand(economy) == pytest.approx((works, services * brake, works * brake))


def test_courses_and_programmes_are_bought_and_cuts_are_saved(grown):
    """Training is bought from the sector that teaches; a cut saves half of public consumption at most."""
    import copy

    economy = copy.deepcopy(grown(2).economy)
    macro, plans, rows = economy.macro, economy.plans, economy.structure.rows

    def bought(**instruments):
        economy.instruments = Instruments(**instruments)
        support = macro.demand_support
        government_plans_spending(economy)
        macro.demand_support = support
        return plans.government * plans.expected_final_price, plans.government_budget, plans.policy_budget

    macro.trainees = 0.0
    usual, budget, of_policies = bought()
    assert of_policies == 0.0 and usual.sum() == pytest.approx(budget)
    macro.trainees = 5.0
    with_courses, more, _ = bought()
    courses = 5.0 * economy.parameters.labour.training_cost * macro.mean_wage
    assert more - budget == pytest.approx(courses)
    assert (with_courses - usual)[rows.teaching] == pytest.approx(courses)
    macro.trainees = 0.0
    spent, _, of_policies = bought(
        programme_spending=0.01, teaching_spending=0.002, research_grants=0.003, ai_procurement=0.004,
        public_compute=0.001, grid_investment=0.0005,
    )  # fmt: skip
    gained = (spent - usual) / macro.trend_gdp
    wanted = np.zeros(gained.size)
    wanted[rows.administration] += 0.005
    wanted[rows.teaching] += 0.002
    wanted[rows.business_services] += 0.0025 + 0.003
    wanted[rows.ai_services] += 0.0025 + 0.004 + 0.001
    assert gained == pytest.approx(wanted, abs=1e-12)
    assert of_policies == pytest.approx((0.01 + 0.002 + 0.003 + 0.004 + 0.001 + 0.0005) * macro.trend_gdp)
    macro.policy_cost = 0.1 * budget
    assert bought(spending_cut=0.5)[1] == pytest.approx(budget - 0.05 * budget)
    macro.policy_cost = 1e9
    assert bought(spending_cut=0.5)[1] == pytest.approx(0.5 * budget)
