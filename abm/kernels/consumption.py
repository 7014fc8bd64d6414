"""What adults receive and mean to spend, and the goods that households and the state mean to buy with it."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.arrays import Singles
from abm.codes import Status
from abm.compiling.kernels import kernel, parallel_kernel, worker_chunks
from abm.compiling.tables import Record, Viewed
from abm.kernels.benefits import benefit_of, benefit_rules
from abm.kernels.engel import class_shares
from abm.kernels.ordering import BLOCK

__all__ = [
    "HouseholdTotals", "SpendingTerms", "WithState", "adjust_pensions", "basket_price", "order_household_goods",
    "order_public_goods", "paid_to_all", "plan_spending", "spread_budget",
]  # fmt: skip

EMPLOYED, UNEMPLOYED, TRAINING, INACTIVE, RETIRED, ABSENT = (int(status) for status in Status)
QUARTERS_A_YEAR = 4.0


class HouseholdTotals(Record):
    """Sums over adults of what they receive and plan to spend, thousand yuan; dwellings at base prices."""

    wages: float
    contributions: float
    pensions: float
    benefits: float
    assistance: float
    basic_income: float
    interest: float
    income_tax: float
    consumption: float
    housing: float
    permanent_income: float
    dwellings: float
    disposable_income: float
    old_age_help: float
    saving: float


class SpendingTerms(Record):
    """Rates of the quarter at which households receive, pay and spend; they change, so that a view cannot hold them."""

    rate_gap: float
    price_gap: float
    deposit_rate: float
    wage_growth: float
    income_tax_rate: float
    building: float
    released: float


class WithState(Viewed):
    """What each adult pays to the state in the quarter, income tax and contributions, and all transfers from it."""

    paid_to_state: Singles
    paid_by_state: Singles

    def __init__(self, workers: int):
        self.paid_to_state, self.paid_by_state = np.zeros(workers, np.float32), np.zeros(workers, np.float32)


@kernel
def adjust_pensions(workers, macro, structure, household_rules, instruments):
    """Ageing lowers pensions against wages in part; the rest is paid by the contributions of those at work.

    What lifts small pensions to social assistance belongs to the burden. Writes the factor on all pensions and the
    employees' contributions; see equations/production_and_demand.md, eq. 23.
    """
    status = workers.status
    retired = 0
    for row in range(status.size):
        retired += status[row] == RETIRED
    ageing = structure.retired_per_employed * macro[0].employed / max(retired, 1)
    macro[0].pension_factor = ageing**household_rules.pension_restraint * instruments.pension_level
    rise = macro[0].pension_burden - structure.pension_burden
    macro[0].employee_rate = max(0.0, structure.employee_rate + household_rules.pension_contributions * rise)


@kernel
def paid_to_all(instruments, macro):
    """What every adult is paid alike: basic income, and the dividend out of last quarter's carbon revenue."""
    basic = instruments.basic_income * macro[0].mean_wage
    return basic, instruments.carbon_dividend * macro[0].carbon_revenue / macro[0].adults


@parallel_kernel
def plan_spending(
    workers, structure, macro, instruments, household_rules, government_rules, terms, with_state, totals, quarter
):
    """Income of the quarter and what each household means to spend on consumption and dwellings.

    ``terms.building`` is what goes into dwellings against the share of saving that does at the opening. Property income
    is that paid at the end of the last quarter, which lies in the deposits already. The propensity to
    consume out of permanent income falls with it, that out of deposits with deposits; spending never exceeds
    ``cash_limit`` of the cash. ``totals`` has a row for each chunk. Writes ``with_state`` for whoever looks at it.
    See equations/production_and_demand.md, eq. 23-26.

    Those without a job are listed first, so that no branch depends on one status after another; what is alike for all
    follows in loops of its own, in which the processor does several rows at once.
    """
    status, insured, jobless_quarters, age = workers.status, workers.insured, workers.jobless_quarters, workers.age
    wage, reference_wage, property_income = workers.wage, workers.reference_wage, workers.property_income
    deposits, dwellings, disposable_income = workers.deposits, workers.dwellings, workers.disposable_income
    permanent_income, consumption = workers.permanent_income, workers.consumption
    housing_outlay = workers.housing_outlay
    rate_gap, deposit_rate, wage_growth = terms[0].rate_gap, terms[0].deposit_rate, terms[0].wage_growth
    income_tax_rate = terms[0].income_tax_rate
    released = terms[0].released
    building_share = structure.housing_share * terms[0].building
    paid_to_state, paid_by_state = with_state.paid_to_state, with_state.paid_by_state
    mean_wage, employee_rate = macro[0].mean_wage, macro[0].employee_rate
    # Transfers
    pension_rate = structure.pension_rate * macro[0].pension_factor
    own_weight = household_rules.pension_own_weight
    others = (1.0 - own_weight) * mean_wage
    pension_residents = household_rules.pension_residents * macro[0].pension_factor * mean_wage
    benefit_rate, take_up, benefit_years, benefit_longest = benefit_rules(household_rules, instruments)
    stipend = household_rules.stipend * instruments.retraining_stipend
    assistance = household_rules.assistance * mean_wage
    basic, dividend = paid_to_all(instruments, macro)
    basic_income = basic + dividend
    # Income tax
    threshold, upper = government_rules.income_tax_threshold * mean_wage, government_rules.income_tax_upper * mean_wage
    top_step = instruments.top_tax_step
    # Spending
    expected_growth, income_gain = macro[0].expected_inflation + macro[0].expected_growth, household_rules.income_gain
    high = household_rules.propensity_high_income
    fall, level = household_rules.propensity_low_income - high, structure.propensity_level
    income_slope = 1.0 / (household_rules.propensity_scale * macro[0].mean_income)
    wealth_slope = 1.0 / (household_rules.wealth_scale * macro[0].mean_income)
    least = household_rules.wealth_effect * household_rules.wealth_effect_rich
    extra = household_rules.wealth_effect - least
    mood = np.exp(
        macro[0].consumption_shock - household_rules.rate_response * rate_gap
        + household_rules.price_smoothing * terms[0].price_gap
    )  # fmt: skip
    cost = QUARTERS_A_YEAR * household_rules.dwelling_rate_response * rate_gap
    limit = household_rules.dwelling_mood_limit
    housing_mood = np.exp(max(-limit, min(limit, household_rules.dwelling_mood * macro[0].investment_shock - cost)))
    cash_limit = household_rules.cash_limit
    rows = status.size
    chunks = worker_chunks(rows)
    for chunk in prange(chunks):
        retired = np.empty(BLOCK, np.int64)
        jobless = np.empty(BLOCK, np.int64)
        transfers = np.empty(BLOCK)
        taxes = np.empty(BLOCK)
        unspent = np.empty(BLOCK)
        all_wages = all_pensions = all_benefits = all_assistance = all_interest = all_taxes = 0.0
        all_consumption = all_housing = all_permanent = all_dwellings = all_disposable = all_saving = 0.0
        old_age = 0.0
        absent = 0
        last = rows * (chunk + 1) // chunks
        for first in range(rows * chunk // chunks, last, BLOCK):
            end = min(first + BLOCK, last)
            size = end - first
            pensioners = 0
            others_without = 0
            for place in range(size):
                now = status[np.uint64(first + place)]
                retired[pensioners] = place
                pensioners += now == RETIRED
                jobless[others_without] = place
                others_without += (now == UNEMPLOYED) | (now == TRAINING) | (now == INACTIVE)
                transfers[place] = -basic_income if now == ABSENT else 0.0
                absent += now == ABSENT
            for listed in range(pensioners):
                place = np.uint64(retired[listed])
                row = np.uint64(first) + place
                wage[row] = 0.0
                reference = reference_wage[row] * wage_growth
                reference_wage[row] = reference
                # Both are worked out, since a choice is cheaper than a branch that cannot be foreseen.
                own = pension_rate * (own_weight * reference + others)
                pension = own if insured[row] else pension_residents
                received = max(pension, assistance)
                transfers[place] = received
                all_pensions += pension
                old_age += received - pension
            for listed in range(others_without):
                place = np.uint64(jobless[listed])
                row = np.uint64(first) + place
                wage[row] = 0.0
                reference = reference_wage[row] * wage_growth
                reference_wage[row] = reference
                now = status[row]
                if now == TRAINING:
                    received = max(stipend * reference + stipend * mean_wage, assistance)
                    all_benefits += received
                else:
                    received = assistance
                    benefit = 0.0
                    if now == UNEMPLOYED:
                        benefit = benefit_of(
                            quarter, row, insured[row], np.int64(jobless_quarters[row]), age[row], reference,
                            benefit_rate, take_up, benefit_years, benefit_longest,
                        )  # fmt: skip
                    if benefit > 0.0:
                        received = max(benefit, assistance)
                        all_benefits += received
                    else:
                        all_assistance += received
                transfers[place] = received
            earned, saved, received_before = wage[first:end], deposits[first:end], property_income[first:end]
            disposable, permanent = disposable_income[first:end], permanent_income[first:end]
            spent, outlay = consumption[first:end], housing_outlay[first:end]
            # The same arithmetic for everybody.
            for place in range(size):
                wealth = saved[place]
                interest = deposit_rate * wealth
                taxable = earned[place] + interest + received_before[place]
                tax = income_tax_rate * (max(0.0, taxable - threshold) + top_step * max(0.0, taxable - upper))
                cash_income = (1.0 - employee_rate) * earned[place] + transfers[place] + basic_income + interest - tax
                income = cash_income + received_before[place]
                expected = permanent[place] * (1.0 + expected_growth)
                expected += income_gain * (income - expected)
                propensity = level * (high + fall / (1.0 + max(0.0, expected) * income_slope))
                saving = (1.0 - propensity) * expected
                wanted = (propensity * expected + released * saving) * mood
                wanted += wealth * (least + extra / (1.0 + wealth * wealth_slope))
                building = building_share * saving * housing_mood
                cash = cash_limit * (wealth + cash_income)
                total = wanted + building
                part = cash / total if total > cash else 1.0
                disposable[place] = income
                permanent[place] = expected
                spent[place] = wanted * part
                outlay[place] = building * part
                taxes[place] = tax
                unspent[place] = saving
            owned, to_state, by_state = dwellings[first:end], paid_to_state[first:end], paid_by_state[first:end]
            for place in range(size):
                to_state[place] = taxes[place] + employee_rate * earned[place]
                by_state[place] = transfers[place] + basic_income
            for place in range(size):
                all_wages += earned[place]
                all_interest += saved[place]
                all_taxes += taxes[place]
                all_consumption += spent[place]
                all_housing += outlay[place]
                all_permanent += permanent[place]
                all_dwellings += owned[place]
                all_disposable += disposable[place]
                all_saving += unspent[place]
        total_of = totals[chunk]
        total_of.wages = all_wages
        total_of.contributions = employee_rate * all_wages
        total_of.pensions = all_pensions
        total_of.benefits = all_benefits
        total_of.assistance = all_assistance + old_age
        total_of.basic_income = basic_income * (last - rows * chunk // chunks - absent)
        total_of.interest = deposit_rate * all_interest
        total_of.income_tax = all_taxes
        total_of.consumption = all_consumption
        total_of.housing = all_housing
        total_of.permanent_income = all_permanent
        total_of.dwellings = all_dwellings
        total_of.disposable_income = all_disposable
        total_of.old_age_help = old_age
        total_of.saving = all_saving


@kernel
def order_household_goods(plans, structure, structural_change, persons, money, consumption_budget, housing_budget):
    """Goods that households mean to buy for consumption and for dwellings at expected prices.

    Value shares of consumption are constant, or those of each class of spenders along the Engel curves; ``persons`` and
    ``money`` are then the classes by chunk of adults, as tally_spending leaves them.
    See equations/production_and_demand.md, eq. 27.
    """
    price, goods, basket = plans.expected_final_price, plans.consumption, structure.consumption_basket
    spread_budget(housing_budget, structure.dwelling_basket, price, plans.dwellings)
    if not structural_change.engel_curves:
        for i in range(goods.size):
            goods[i] = consumption_budget * basket[i] / price[i]
        return
    class_persons, class_spending, shares = plans.class_persons, plans.class_spending, plans.class_shares
    everything = 0.0
    for place in range(class_persons.size):
        heads = 0.0
        spent = 0.0
        for chunk in range(persons.shape[0]):
            heads += persons[chunk, place]
            spent += money[chunk, place]
        class_persons[place] = heads
        class_spending[place] = spent
        everything += spent
    class_shares(
        class_persons, class_spending, price, structure.taste, structure.engel_slopes, structural_change.substitution,
        shares,
    )  # fmt: skip
    for i in range(goods.size):
        spent = 0.0
        for place in range(class_spending.size):
            spent += class_spending[place] * shares[place, i]
        goods[i] = consumption_budget * (spent / everything) / price[i]


@kernel
def order_public_goods(plans, structure, consumed, teaching, ordered, invested, teacher):
    """Goods in public consumption and investment that the state means to buy at expected prices.

    Money: ``consumed`` on the usual goods, ``teaching`` of trainees, bought from the sector ``teacher``, what policies
    have ``ordered`` (sectors,), ``invested`` on public investment. See equations/production_and_demand.md, eq. 28.
    """
    price, goods, basket = plans.expected_final_price, plans.government, structure.government_basket
    for i in range(goods.size):
        goods[i] = consumed * basket[i] / price[i]
    goods[teacher] += teaching / price[teacher]
    for i in range(goods.size):
        goods[i] += ordered[i] / price[i]
    spread_budget(invested, structure.public_basket, price, plans.public)


@kernel
def basket_price(basket, price):
    """What a basket of goods costs."""
    total = 0.0
    for i in range(basket.size):
        total += basket[i] * price[i]
    return total


@kernel
def spread_budget(budget, basket, price, goods):
    """Writes the quantities in fixed proportions that a budget buys."""
    cost = basket_price(basket, price)
    for i in range(goods.size):
        goods[i] = budget * basket[i] / cost
