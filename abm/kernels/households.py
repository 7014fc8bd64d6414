"""Income, taxes, consumption and wealth: loops over adults."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import parallel_kernel
from abm.kernels.draws import stream_key, uniform

__all__ = ["HOUSEHOLD_TOTALS", "plan_spending", "settle_households"]

EMPLOYED, UNEMPLOYED, TRAINING, INACTIVE, RETIRED = range(5)

# Columns of the totals that plan_spending returns, (chunks, len(HOUSEHOLD_TOTALS)).
HOUSEHOLD_TOTALS = (
    "wages", "contributions", "pensions", "benefits", "assistance", "basic_income", "interest", "income_tax",
    "consumption", "housing", "permanent_income", "dwellings", "disposable_income",
)  # fmt: skip


@parallel_kernel
def plan_spending(
    chunks, coverage_stream, status, wage, reference_wage, property_income, deposits, dwellings,
    disposable_income, permanent_income, consumption, housing_outlay, totals,
    employee_rate, pension_rate, pension_own_weight, benefit_rate, benefit_coverage, assistance, basic_income, mean_wage,
    wage_growth, deposit_rate, tax_rate, threshold, upper, expected_growth, income_gain,
    level, low, high, scale, mean_income, mood, wealth_effect, housing_share, housing_mood, cash_limit,
):  # fmt: skip
    """Income of the quarter and what each household means to spend on consumption and dwellings.

    Property income is that paid at the end of the last quarter, which lies in the deposits already. The propensity to
    consume falls with permanent income; spending never exceeds ``cash_limit`` of the cash. ``totals`` is
    (chunks, HOUSEHOLD_TOTALS). Model-spec eq. 23-26.
    """
    rows = status.size
    coverage_key = stream_key(0, 0, coverage_stream)
    for chunk in prange(chunks):
        t = totals[chunk]
        for j in range(t.size):
            t[j] = 0.0
        for row in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            now = status[row]
            pension = 0.0
            benefit = 0.0
            help = 0.0
            earned = 0.0
            if now == EMPLOYED:
                earned = wage[row]
            else:
                wage[row] = 0.0
                reference_wage[row] *= wage_growth
                last = reference_wage[row]
                if now == RETIRED:
                    pension = pension_rate * (pension_own_weight * last + (1.0 - pension_own_weight) * mean_wage)
                elif now == TRAINING:
                    benefit = max(0.5 * last * 0.5 + 0.25 * mean_wage, assistance)
                elif now == UNEMPLOYED and uniform(coverage_key, row) < benefit_coverage:
                    benefit = max(benefit_rate * last, assistance)
                else:
                    help = assistance
            interest = deposit_rate * deposits[row]
            taxable = earned + interest + property_income[row]
            tax = 0.0
            if taxable > threshold:
                tax = tax_rate * (taxable - threshold + 0.6 * max(0.0, taxable - upper))
            contributions = employee_rate * earned
            cash_income = earned - contributions + pension + benefit + help + basic_income + interest - tax
            income = cash_income + property_income[row]
            disposable_income[row] = income
            lasting = permanent_income[row] * (1.0 + expected_growth)
            lasting += income_gain * (income - lasting)
            permanent_income[row] = lasting
            share = level * (high + (low - high) / (1.0 + max(0.0, lasting) / (scale * mean_income)))
            eaten = share * lasting * mood + wealth_effect * deposits[row]
            built = housing_share * (1.0 - share) * lasting * housing_mood
            cash = cash_limit * (deposits[row] + cash_income)
            if eaten + built > cash:
                fit = cash / (eaten + built)
                eaten *= fit
                built *= fit
            consumption[row] = eaten
            housing_outlay[row] = built
            t[0] += earned
            t[1] += contributions
            t[2] += pension
            t[3] += benefit
            t[4] += help
            t[5] += basic_income
            t[6] += interest
            t[7] += tax
            t[8] += eaten
            t[9] += built
            t[10] += lasting
            t[11] += dwellings[row]
            t[12] += income


@parallel_kernel
def settle_households(
    chunks, employer, disposable_income, property_income, consumption, housing_outlay, equity_weight, dwellings, deposits,
    mixed_income_per_head, totals,
    consumption_paid, housing_paid, dwellings_bought, kept_dwellings, shareholder_income, rent_per_dwelling, equity_paid_in,
):  # fmt: skip
    """Payments at realised prices, new dwellings, dividends, rents and mixed income; deposits at the quarter's end.

    ``consumption_paid`` and ``housing_paid`` are paid over planned, ``dwellings_bought`` dwellings per yuan planned.
    ``totals`` (chunks, 3): deposits, lowest deposits, property income. Row of the lowest is for the error message.
    """
    rows = deposits.size
    for chunk in prange(chunks):
        total = 0.0
        lowest = 1e300
        paid_out = 0.0
        for row in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            balance = deposits[row] + disposable_income[row] - property_income[row]
            consumption[row] *= consumption_paid
            dwelling = housing_outlay[row] * dwellings_bought
            housing_outlay[row] *= housing_paid
            balance -= consumption[row] + housing_outlay[row]
            received = shareholder_income * equity_weight[row] + rent_per_dwelling * dwellings[row]
            firm = employer[row]
            if firm >= 0:
                received += mixed_income_per_head[np.uint32(firm)]
            property_income[row] = received
            dwellings[row] = kept_dwellings * dwellings[row] + dwelling
            balance += received - equity_paid_in * equity_weight[row]
            deposits[row] = balance
            total += balance
            paid_out += received
            if balance < lowest:
                lowest = balance
        totals[chunk, 0] = total
        totals[chunk, 1] = lowest
        totals[chunk, 2] = paid_out
