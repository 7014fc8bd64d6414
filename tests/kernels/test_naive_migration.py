"""Who leaves the farm, worked out from docs/model/equations/labour_market.md for a few farms."""

import math
from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.codes import Owner, Status
from abm.kernels.migration import (
    claim_land,
    earnings_outside,
    farm_incomes,
    farms,
    hands_needed,
    leave_farms,
    return_to_farms,
)
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

RULES = replace(Parameters().structural_change, migration_response=0.6)
RATE, UNEMPLOYMENT = 0.1, 0.06
FARMING = 2
MOBILITY = np.array([[0.0, 0.5, 1.0], [0.6, 0.6, 1.0], [0.25, 1.0, 1.0]])
# One firm outside before the farms and one behind them; the last farm is empty, the third one has made no payout.
PAYROLL, DIVIDENDS = np.array([900.0, 300.0, 200.0, 10.0, 0.0, 600.0]), np.array([0.0, 90.0, 40.0, 0.0, 0.0, 5.0])
HEADS = np.array([30, 40, 40, 40, 0, 20])
UNITS, WANTED = np.array([30.0, 40.0, 40.0, 40.0, 0.0, 20.0]), np.array([30.0, 20.0, 50.0, 40.0, 1.0, 20.0])


def world():
    firms = Few(payroll=PAYROLL, dividends=DIVIDENDS, headcount=HEADS, efficiency_units=UNITS, labour_demand=WANTED)
    structure = Few(
        owner=np.array([Owner.SHAREHOLDERS, Owner.OWN_WORKERS, Owner.STATE]), sector_start=np.array([0, 1, 5, 6]),
        employee_rate=RATE, staffing=np.array([[0.9, 0, 0.1], [0.2, 0.3, 0.5], [1, 0, 0]]), mobility=MOBILITY,
    )  # fmt: skip
    return firms, structure


def test_incomes_on_farms_and_outside(plain):
    firms, structure = world()
    assert plain(farms)(structure) == (1, 5)
    outside = (1 - RATE) * 1500 / 50
    assert plain(earnings_outside)(firms, structure) == pytest.approx(outside)
    incomes = [(0.9 * 300 + 90) / 40, (0.9 * 200 + 40) / 40, 0.9 * 10 / 40, 0.0]
    assert plain(farm_incomes)(firms, structure) == pytest.approx(incomes)
    assert [plain(hands_needed)(firms, i) for i in range(1, 5)] == [0.5, 1.0, 1.0, 1.0]


def leave(plain, rules=RULES, employer=None):
    rows = np.arange(170)
    where = np.repeat(np.arange(6), HEADS).astype(np.int32)
    workers = Few(
        employer=where.copy() if employer is None else employer, status=np.zeros(170, dtype=np.uint8),
        occupation=(rows % 3).astype(np.uint8), age=(20 + rows % 40).astype(np.float32),
        land_claim=np.zeros(170, dtype=np.uint8),
    )  # fmt: skip
    firms, structure = world()
    occupations = Few(vacancies=np.array([9.0, 3.0, 0.0]), unemployment=np.array([1.0, 0.0, 7.0]))
    staff = Few(order=rows, start=np.concatenate([[0], np.cumsum(HEADS)]))
    left = plain(leave_farms)(
        firms, workers, occupations, structure, [Few(unemployment_rate=UNEMPLOYMENT)], rules, staff, 1, 9
    )
    return workers, left, where


def test_farmers_leave_for_what_they_may_earn_elsewhere_the_young_first(plain, drawn):
    workers, left, where = leave(plain)
    incomes = np.array([9.0 * 0.5, 5.5, 0.225, 0.0])
    expected = (1 - UNEMPLOYMENT) * (1 - RATE) * 1500 / 50
    gain = np.log(expected / np.maximum(incomes, RULES.least_farm_income * incomes.mean()))
    hazard = RULES.migration_response * np.maximum(0, gain - RULES.migration_cost)
    pull = np.diff(MOBILITY[FARMING], prepend=0.0) * np.sqrt(np.array([10 / 2, 4 / 1, 1 / 8]))
    gone = []
    for row, firm in enumerate(where):
        old = row % 3
        chance = hazard[firm - 1] * math.exp(-RULES.migration_ageing * (row % 40)) if 1 <= firm < 5 else 0.0
        if drawn("migration", row) < chance:
            gone.append(row)
            draw = drawn("migrant_occupation", row)
            new = np.searchsorted(np.cumsum(pull / pull.sum()), draw, side="right") if old == FARMING else old
            assert (workers.employer[row], workers.status[row], workers.occupation[row]) == (-1, Status.UNEMPLOYED, new)
        else:
            assert (workers.employer[row], workers.status[row], workers.occupation[row]) == (firm, 0, old)
        assert workers.land_claim[row] == (row in gone)
    assert left == len(gone) and 10 < left < 110
    assert np.mean([row % 40 for row in gone]) < 18


def test_nobody_leaves_where_it_costs_more_than_it_brings(plain):
    assert leave(plain, replace(RULES, migration_cost=9.0))[1] == 0


def test_who_has_quit_already_does_not_leave_again(plain):
    first, left, _ = leave(plain)
    again, none, _ = leave(plain, employer=first.employer.copy())
    assert left > 0 and none == 0 and (again.employer == first.employer).all()


BACK = replace(RULES, return_hazard=0.4, return_wait=2, land_of_others=0.8, land_of_insured=0.3)


def idle(rows=300):
    """Adults of all kinds: those without work are every second one, for 0 to 4 quarters, and two in three have land."""
    row = np.arange(rows)
    return Few(
        status=np.where(row % 2, Status.UNEMPLOYED, Status.INACTIVE).astype(np.uint8), land_claim=(row % 3 > 0) * 1,
        employer=np.full(rows, -1, dtype=np.int32), occupation=np.zeros(rows, dtype=np.uint8),
        region=np.full(rows, 9, dtype=np.uint8), jobless_quarters=(row % 5).astype(np.int16),
        match_quality=np.full(rows, 0.7, dtype=np.float32), unsettled=np.full(rows, 0.2, dtype=np.float32),
        insured=(row % 2).astype(np.uint8),
    )  # fmt: skip


def go_back(plain, rules=BACK):
    workers = idle()
    firms, structure = world()
    firms.region = np.array([0, 1, 2, 3, 1, 0], dtype=np.uint8)
    return workers, firms, plain(return_to_farms)(firms, workers, structure, rules, 1, 9)


def test_who_has_land_and_has_searched_in_vain_goes_back_to_it(plain, drawn):
    workers, firms, came = go_back(plain)
    before, hands = idle(), np.cumsum(WANTED[1:5])
    gone = []
    for row in range(300):
        waits = before.status[row] == Status.UNEMPLOYED and before.land_claim[row] and before.jobless_quarters[row] >= 2
        if waits and drawn("farm_return", row) < 0.4:
            gone.append(row)
            farm = 1 + np.searchsorted(hands / hands[-1], drawn("return_farm", row), side="right")
            assert (workers.employer[row], workers.status[row], workers.occupation[row]) == (farm, 0, FARMING)
            assert (workers.region[row], workers.jobless_quarters[row]) == (firms.region[farm], 0)
            assert (workers.match_quality[row], workers.unsettled[row]) == (1.0, 1.0)
        else:
            assert (workers.employer[row], workers.status[row]) == (-1, before.status[row])
            assert workers.jobless_quarters[row] == before.jobless_quarters[row] and workers.region[row] == 9
    assert came == len(gone) and 10 < came < 45


def test_nobody_goes_back_without_the_rule_or_before_the_time(plain):
    assert go_back(plain, replace(BACK, return_hazard=0.0))[2] == 0
    assert go_back(plain, replace(BACK, return_wait=5))[2] == 0
    sooner, later = (go_back(plain, replace(BACK, return_wait=wait))[2] for wait in (1, 3))
    assert sooner > later > 0


def test_claims_to_land_are_drawn_and_fewer_of_the_insured_have_one(plain, drawn):
    workers, rows = idle(), np.arange(5, 205)
    before = workers.land_claim.copy()
    plain(claim_land)(workers, BACK, rows, 1, 9)
    for row in rows:
        assert workers.land_claim[row] == (drawn("land", row) < (0.3 if row % 2 else 0.8))
    assert (workers.land_claim[205:] == before[205:]).all() and (workers.land_claim[:5] == before[:5]).all()
