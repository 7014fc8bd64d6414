"""Who searches for work, among a few adults.

Worked out from docs/model/equations/labour_market.md.
"""

from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.codes import Owner, Status
from abm.kernels.net_wages import WageTaxes
from abm.kernels.search import gather_lookers, gather_searchers, search_chance
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.state import Firms, Macro, Workers

pytestmark = pytest.mark.kernels

RULES = Parameters()
LABOUR, HOUSEHOLDS = RULES.labour, RULES.households
ROWS = 4_000
WAGE = 10.0


def test_search_falls_with_the_replacement_by_its_elasticity():
    low, high = (search_chance(received, 1.0, 0.5, 0.2, 0.4) for received in (0.3, 0.6))
    assert np.log(high / low) / np.log(2.0) == pytest.approx(-0.4, rel=1e-12)
    assert search_chance(0.2, 1.0, 0.5, 0.2, 0.4) == search_chance(2.0, 10.0, 0.5, 0.2, 0.4) == pytest.approx(0.5)
    assert search_chance(0.9, 1.0, 0.5, 0.2, 0.0) == 0.5
    assert search_chance(0.0, 1.0, 0.5, 0.2, 0.4) == 1.0  # never more than certain


def adults(rows=ROWS):
    """Every second one is unemployed; nobody is insured, so that assistance replaces the wage."""
    workers = Workers(rows)
    workers.status[:] = np.where(np.arange(rows) % 2, Status.EMPLOYED, Status.UNEMPLOYED)
    workers.age[:], workers.reference_wage[:] = 40.0, WAGE * (0.2 + 0.2 * (np.arange(rows) % 3))
    return workers


def searching(workers=None, threads=1, basic_income=0.0, labour=LABOUR, rate=0.05):
    """(rows of those who search, chances of all unemployed together)."""
    workers = workers or adults()
    macro, found = Macro(mean_wage=WAGE), np.zeros(workers.rows, dtype=np.int32)
    instruments = Instruments(basic_income=basic_income)
    taxes = WageTaxes(threshold=WAGE, upper=2 * WAGE, employee_rate=rate, opening_employee_rate=0.05)
    number, together = gather_searchers[threads](
        workers.view, macro.view, instruments.view, labour.view, HOUSEHOLDS.view, taxes.view, found, 1, 9
    )
    return found[:number], together


@pytest.mark.parametrize("basic_income", [0.0, 0.2])
@pytest.mark.parametrize("weight", [0.0, 0.5, 1.0])
def test_who_is_unemployed_searches_by_what_there_is_without_work(drawn, basic_income, weight):
    labour = replace(LABOUR, search_net_wage=weight)
    rows, together = searching(basic_income=basic_income, labour=labour, rate=0.24)
    left = 1 + weight * (0.76 / 0.95 - 1)
    received = (HOUSEHOLDS.assistance + LABOUR.liquidity_effect * basic_income) * WAGE
    naive, chances = [], 0.0
    for row in range(0, ROWS, 2):
        replacement = received / (WAGE * (0.2 + 0.2 * (row % 3)) * left)
        chance = min(1, LABOUR.search_share * (LABOUR.search_norm / replacement) ** LABOUR.search_elasticity)
        chances += chance
        if drawn("search", row) < chance:
            naive.append(row)
    assert rows.tolist() == naive and 0 < len(naive) < ROWS / 2
    assert together == pytest.approx(chances, rel=1e-12)


def test_a_tax_on_wages_lowers_search_and_that_of_the_opening_changes_nothing():
    _, usual = searching()
    assert searching(rate=0.15)[1] < usual < searching(rate=0.0)[1]
    indifferent = replace(LABOUR, search_net_wage=0.0)
    assert searching(labour=indifferent, rate=0.15)[1] == searching(labour=indifferent)[1] == usual


def test_a_benefit_lowers_search_and_threads_change_nothing():
    workers = adults(60_000)
    workers.reference_wage[:] = 2 * WAGE
    rows, together = searching(workers)
    workers.insured[:] = 1
    fewer, less = searching(workers)
    assert set(fewer) < set(rows) and less < together  # the same draws, a lower chance
    assert np.array_equal(searching(workers, threads=2)[0], fewer)
    assert searching(workers, threads=2)[1] == less


def looking(kernel, rows=900, share=0.1):
    """Rows of those at work who look: a third without a job, every tenth employer of own-account workers."""
    workers, firms = Workers(rows), Firms(1_000)
    workers.employer[:] = np.where(np.arange(rows) % 3, np.arange(rows) % 1_000, -1)
    firms.sector[:] = np.arange(1_000) % 10 == 0
    structure = Few(owner=np.array([Owner.SHAREHOLDERS, Owner.OWN_WORKERS]))
    found = np.zeros(rows, dtype=np.int32)
    number = kernel(firms, workers, structure, share, found, 1, 9)
    return found[:number].tolist()


def test_some_of_those_at_work_look_for_another_job(plain, drawn):
    rows = looking(plain(gather_lookers))
    naive = [row for row in range(900) if row % 3 and row % 1_000 % 10 and drawn("job_search", row) < 0.1]
    assert rows == naive and 30 < len(naive) < 90
    assert looking(plain(gather_lookers), share=0.0) == []
