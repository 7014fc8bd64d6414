"""Income, taxes, consumption and wealth: loops over adults."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.benefits import benefit_of
from abm.kernels.compiling import parallel_kernel
from abm.kernels.tables import Record

__all__ = ["HouseholdTotals", "plan_spending"]

BLOCK = 256  # rows worked on at a time, small enough for the nearest cache
EMPLOYED, UNEMPLOYED, TRAINING, INACTIVE, RETIRED, ABSENT = range(6)


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


@parallel_kernel
def plan_spending(
    chunks, quarter, status, insured, jobless_quarters, age, wage, reference_wage, property_income,
    deposits, dwellings, disposable_income, permanent_income, consumption, housing_outlay, totals,
    employee_rate, pension_rate, pension_own_weight, pension_residents, benefit_rate, take_up, benefit_years,
    benefit_longest, stipend, assistance, basic_income, mean_wage, wage_growth, deposit_rate, tax_rate, threshold,
    upper, top_step, expected_growth, income_gain, level, low, high, scale, mean_income, mood, wealth_effect,
    wealth_effect_rich, wealth_scale, housing_share, housing_mood, cash_limit,
):  # fmt: skip
    """Income of the quarter and what each household means to spend on consumption and dwellings.

    Property income is that paid at the end of the last quarter, which lies in the deposits already. The propensity to
    consume out of permanent income falls with it, that out of deposits with deposits; spending never exceeds
    ``cash_limit`` of the cash. ``totals`` is (chunks, HouseholdTotals). MODEL.md eq. 23-26. Branches, arithmetic and
    sums are three short loops over a block of rows, so that the arithmetic is done for several rows at once: half the
    time of a single loop.
    """
    rows = status.size
    others = (1.0 - pension_own_weight) * mean_wage
    steepness = 1.0 / (scale * mean_income)
    fullness = 1.0 / (wealth_scale * mean_income)
    least = wealth_effect * wealth_effect_rich
    extra = wealth_effect - least
    for chunk in prange(chunks):
        transfers = np.empty(BLOCK)
        taxes = np.empty(BLOCK)
        all_wages = all_pensions = all_benefits = all_help = all_interest = all_tax = 0.0
        all_eaten = all_built = all_lasting = all_dwellings = all_income = 0.0
        old_help = 0.0
        empty = 0
        last = rows * (chunk + 1) // chunks
        for first in range(rows * chunk // chunks, last, BLOCK):
            size = min(BLOCK, last - first)
            # What each receives depends on its status: branches, but little arithmetic.
            for place in range(size):
                row = np.uint64(first + place)
                now = status[row]
                received = 0.0
                if now == ABSENT:
                    empty += 1
                    received = -basic_income
                elif now != EMPLOYED:
                    wage[row] = 0.0
                    reference = reference_wage[row] * wage_growth
                    reference_wage[row] = reference
                    if now == RETIRED:
                        # Both are worked out, since a choice is cheaper than a branch that cannot be foreseen.
                        own = pension_rate * (pension_own_weight * reference + others)
                        pension = own if insured[row] else pension_residents
                        received = max(pension, assistance)
                        all_pensions += pension
                        old_help += received - pension
                    elif now == TRAINING:
                        received = max(stipend * reference + stipend * mean_wage, assistance)
                        all_benefits += received
                    else:
                        received = assistance
                        benefit = 0.0
                        if now == UNEMPLOYED:
                            benefit = benefit_of(
                                quarter, row, insured[row], np.int64(jobless_quarters[row]), age[row],
                                reference, benefit_rate, take_up, benefit_years, benefit_longest,
                            )  # fmt: skip
                        if benefit > 0.0:
                            received = max(benefit, assistance)
                            all_benefits += received
                        else:
                            all_help += received
                transfers[place] = received
            end = first + size
            earned, interest_on, property = wage[first:end], deposits[first:end], property_income[first:end]
            disposable, permanent = disposable_income[first:end], permanent_income[first:end]
            spent, outlay = consumption[first:end], housing_outlay[first:end]
            # The same arithmetic for everybody.
            for place in range(size):
                interest = deposit_rate * interest_on[place]
                taxable = earned[place] + interest + property[place]
                tax = tax_rate * (max(0.0, taxable - threshold) + top_step * max(0.0, taxable - upper))
                cash_income = (1.0 - employee_rate) * earned[place] + transfers[place] + basic_income + interest - tax
                income = cash_income + property[place]
                lasting = permanent[place] * (1.0 + expected_growth)
                lasting += income_gain * (income - lasting)
                wealth = interest_on[place]
                standing = 1.0 + max(0.0, lasting) * steepness
                riches = 1.0 + wealth * fullness
                share = level * (high + (low - high) / standing)
                eaten = share * lasting * mood + wealth * (least + extra / riches)
                built = housing_share * (1.0 - share) * lasting * housing_mood
                cash = cash_limit * (interest_on[place] + cash_income)
                total = eaten + built
                fit = cash / total if total > cash else 1.0
                disposable[place] = income
                permanent[place] = lasting
                spent[place] = eaten * fit
                outlay[place] = built * fit
                taxes[place] = tax
            owned = dwellings[first:end]
            for place in range(size):
                all_wages += earned[place]
                all_interest += interest_on[place]
                all_tax += taxes[place]
                all_eaten += spent[place]
                all_built += outlay[place]
                all_lasting += permanent[place]
                all_dwellings += owned[place]
                all_income += disposable[place]
        all_help += old_help
        t = totals[chunk]
        t[0], t[1], t[2], t[3], t[4] = all_wages, employee_rate * all_wages, all_pensions, all_benefits, all_help
        t[5] = basic_income * (last - rows * chunk // chunks - empty)
        t[6], t[7], t[8], t[9], t[10] = deposit_rate * all_interest, all_tax, all_eaten, all_built, all_lasting
        t[11], t[12], t[13] = all_dwellings, all_income, old_help
