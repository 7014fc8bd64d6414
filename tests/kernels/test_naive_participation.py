"""Who takes part in the labour force: docs/model/equations/people.md."""

from dataclasses import replace

import numpy as np
import pytest

from abm.codes import Status
from abm.kernels.demography import review_participation
from abm.kernels.net_wages import WageTaxes, relative_net_wage
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.state import Macro, Workers

pytestmark = pytest.mark.kernels

ROWS = 4_000
LABOUR = Parameters().labour
RETIREMENT = 45.0
USUAL = {"employee_rate": 0.05, "income_tax_rate": 0.04, "top_step": 0.6}
COLUMNS = "status employer participates jobless_quarters training_left".split()


def labour_force(rows=ROWS):
    """Adults of 40 with a wage of one, the last mean wage too, but for some who earned little."""
    adults, draws = Workers(rows), np.random.default_rng(3).random(rows)
    adults.leisure[:] = draws
    adults.status[:] = np.where(adults.leisure < LABOUR.participation, Status.EMPLOYED, Status.INACTIVE)
    adults.status[:200], adults.status[200:300] = Status.RETIRED, Status.ABSENT
    adults.employer[:] = np.where(adults.status == Status.EMPLOYED, 5, -1)
    adults.participates[:] = adults.status == Status.EMPLOYED
    adults.age[:], adults.reference_wage[:] = 40.0, 1.0
    adults.jobless_quarters[:] = 7
    return adults


def taxes(**now):
    """Those of the opening, and now."""
    opening = {f"opening_{name}": value for name, value in USUAL.items()}
    return WageTaxes(threshold=0.6, upper=2.0, **USUAL | now, **opening)


def reviewed(basic_income=0.0, factor=1.0, quarters=16, adults=None, labour=LABOUR, **now):
    adults, macro = adults or labour_force(), Macro(mean_wage=1.0, pension_factor=factor)
    policy, rules = Instruments(basic_income=basic_income), taxes(**now)
    left = [
        review_participation(adults.view, macro.view, policy.view, labour.view, rules.view, RETIREMENT, quarter)
        for quarter in range(quarters)
    ]
    return adults, left


def test_without_basic_income_nobody_changes_their_mind():
    before, (adults, left) = labour_force(), reviewed()
    assert not any(left)
    assert all(np.array_equal(getattr(adults, name), getattr(before, name)) for name in COLUMNS)


def test_a_basic_income_lowers_earnings_by_a_tenth_of_it():
    before = labour_force().participates.sum()
    adults, left = reviewed(0.3)
    able = (adults.status != Status.RETIRED) & (adults.status != Status.ABSENT)
    assert sum(left) == before - adults.participates.sum()
    assert sum(left) / able.sum() == pytest.approx(0.1 * 0.3, abs=0.01)
    gone = adults.status == Status.INACTIVE
    assert (adults.employer[gone] == -1).all() and not adults.participates[gone].any()
    assert (adults.status[:200] == Status.RETIRED).all() and (adults.status[200:300] == Status.ABSENT).all()
    assert max(left) < 0.3 * sum(left)  # by turns, not all at once
    adults, back = reviewed(adults=adults)
    assert sum(back) == -sum(left)
    assert adults.participates.sum() == before


def kept(pay, employee_rate, income_tax_rate):
    return 1 - employee_rate - income_tax_rate * (max(0, pay - 0.6) + 0.6 * max(0, pay - 2.0)) / pay


@pytest.mark.parametrize(("basic_income", "factor", "turns"), [(0.3, 1.0, 16), (0.2, 1.4, 5), (0.0, 0.5, 16)])
@pytest.mark.parametrize("quarter", [0, 21])
def test_who_has_a_turn_takes_part_where_the_wish_exceeds_the_taste_for_leisure(basic_income, factor, turns, quarter):
    adults, labour = labour_force(), replace(LABOUR, review_quarters=turns)
    adults.reference_wage[::3], adults.age[::2] = 0.1, 34.0
    adults.reference_wage[1::5] = 2.5
    adults.status[600:900], adults.training_left[600:900] = Status.TRAINING, 2
    adults.status[1000:1400], adults.leisure[1000:1400], adults.employer[600:1400] = Status.INACTIVE, 0.9, -1
    before = {name: getattr(adults, name).copy() for name in COLUMNS}
    macro = Macro(mean_wage=1.0, pension_factor=factor)
    now = taxes(employee_rate=0.12, income_tax_rate=0.1)
    left = review_participation(
        adults.view, macro.view, Instruments(basic_income=basic_income).view, labour.view, now.view, RETIREMENT, quarter
    )
    balance = 0
    for row in range(ROWS):
        status, now = before["status"][row], {name: before[name][row] for name in COLUMNS}
        wish = labour.participation - 0.1 * basic_income / max(adults.reference_wage[row], labour.least_reference_wage)
        wish -= labour.pension_response * (factor - 1) if adults.age[row] >= RETIREMENT - labour.pension_years else 0
        pay = adults.reference_wage[row]
        wish += labour.net_wage_response * np.log(kept(pay, 0.12, 0.1) / kept(pay, 0.05, 0.04))
        work = adults.leisure[row] < wish
        if (row + quarter) % turns == 0 and status not in (Status.RETIRED, Status.ABSENT):
            if work and status == Status.INACTIVE:
                now |= {"status": Status.UNEMPLOYED, "participates": 1, "jobless_quarters": 0}
                balance -= 1
            if not work and status != Status.INACTIVE:
                now = {"status": Status.INACTIVE, "participates": 0, "jobless_quarters": 0, "employer": -1,
                       "training_left": 0}  # fmt: skip
                balance += 1
        assert {name: getattr(adults, name)[row] for name in COLUMNS} == now, row
    assert left == balance != 0


def test_better_pensions_let_some_of_the_older_leave():
    _, left = reviewed(factor=1.5)
    assert 0.5 * 0.03 * 0.6 < sum(left) / ROWS < 0.5 * 0.03 * 1.4


@pytest.mark.parametrize("response", [0.0, 0.1, 0.2, 0.3])
def test_a_higher_tax_lowers_participation_by_the_semi_elasticity(response):
    labour = replace(LABOUR, net_wage_response=response)
    able = ROWS - 300
    adults, left = reviewed(labour=labour, employee_rate=0.24)
    assert sum(left) / able == pytest.approx(-response * np.log(0.944 - 0.19) + response * np.log(0.944), abs=0.008)
    _, back = reviewed(labour=labour, adults=adults)
    assert sum(back) == -sum(left) and (response == 0.0) == (sum(left) == 0)


def test_a_lower_tax_brings_those_in_who_stayed_at_home():
    assert sum(reviewed(employee_rate=0.0, income_tax_rate=0.0)[1]) < 0


def test_taxes_of_the_opening_leave_what_the_opening_left():
    assert all(relative_net_wage(pay, taxes().view) == 1.0 for pay in (0.0, 0.3, 1.0, 7.0))
    dearer = [relative_net_wage(pay, taxes(income_tax_rate=0.1).view) for pay in (0.3, 0.6, 1.0, 3.0, 9.0)]
    assert dearer[:2] == [1.0, 1.0] and dearer == sorted(dearer, reverse=True) and dearer[-1] < 0.95
    assert relative_net_wage(1.0, taxes(employee_rate=0.9, income_tax_rate=0.9).view) == pytest.approx(0.05 / 0.934)
    assert relative_net_wage(9.0, taxes(top_step=0.0).view) > 1.0
