"""Search, vacancies and hiring of a few adults.

Worked out from docs/model/equations/labour_market.md.
"""

import copy
from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.codes import Status
from abm.compiling.tables import Viewed
from abm.kernels.draws import normal
from abm.kernels.matching import gather_searchers, list_vacancies, match_searchers, search_chance
from abm.kernels.net_wages import WageTaxes
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.plans import QuarterPlans
from abm.state import Firms, Macro, Workers

pytestmark = pytest.mark.kernels

RULES = Parameters()
LABOUR, HOUSEHOLDS, EFFECTS = RULES.labour, RULES.households, RULES.policy_effects
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


def offering(rows=40, groups=3, seed=5):
    generator = np.random.default_rng(seed)
    openings = (generator.integers(0, 5, (rows, groups)) * (generator.random((rows, groups)) < 0.3)).astype(np.uint16)
    return Few(vacancies=openings.sum(axis=1).astype(np.int32)), Few(openings=openings)


def test_vacancies_are_reached_by_lot_and_listed_by_occupation(plain, drawn):
    firms, plans = offering()
    before = plans.openings.copy()
    start, listed = plain(list_vacancies)(firms, plans, 0.6, 1, 9)
    reached = np.array(
        [[int(0.6 * before[i, o] + drawn("reach", i * 3 + o)) for o in range(3)] for i in range(40)]
    )  # fmt: skip
    assert 0 < reached.sum() < before.sum() and start.tolist() == [0, *np.cumsum(reached.sum(axis=0))]
    naive = [i for o in range(3) for i in range(40) for _ in range(reached[i, o])]
    assert listed.tolist() == naive
    assert (plans.openings == before).all()


def test_many_vacancies_are_listed_alike_by_any_number_of_threads():
    """From 6,250 firms on it is done in chunks."""
    firms, few = offering(rows=7_000, groups=22)
    table, plans = Firms(7_000), QuarterPlans(20, 7_000, 22, 4)
    table.vacancies[:], plans.openings[:] = firms.vacancies, few.openings
    found = [
        [part.tolist() for part in list_vacancies[threads](table.view, plans.view, 0.85, 1, 9)] for threads in (1, 2)
    ]
    assert found[0] == found[1]
    start, listed = found[0]
    for o in range(22):
        heads = np.bincount(listed[start[o] : start[o + 1]], minlength=7_000)
        assert (np.diff(listed[start[o] : start[o + 1]]) >= 0).all()
        assert (heads <= few.openings[:, o]).all() and (heads >= np.floor(0.85 * few.openings[:, o])).all()
    assert start[-1] == len(listed) == pytest.approx(0.85 * few.openings.sum(), rel=0.02)


# Twelve searchers, three occupations, five jobs at three firms: none in occupation 1.
SEARCHERS = np.arange(12) + 3
START, LISTED = np.array([0, 3, 3, 5]), np.array([0, 1, 2, 0, 2])
MOBILITY = np.array([[0.0, 0.5, 1.0], [0.6, 0.6, 1.0], [0.7, 1.0, 1.0]])


def meeting(**changed):
    rows = 16
    workers = Few(
        status=np.full(rows, Status.UNEMPLOYED), employer=np.full(rows, -1), occupation=np.arange(rows) % 3,
        region=np.arange(rows) % 2, protected_group=(np.arange(rows) % 4 == 1).astype(int),
        match_quality=np.zeros(rows),
        jobless_quarters=np.arange(rows) % 6, reference_wage=1.0 + np.arange(rows),
    )  # fmt: skip
    firms = Few(region=np.array([0, 1, 1]), ai_stage=np.array([0, 2, 3]), hiring_subsidy=np.full(3, 7.0))
    for name, values in changed.items():
        setattr(workers if hasattr(workers, name) else firms, name, np.array(values))
    return workers, firms


def matched(plain, rejection=0.5, subsidy=0.0, seed=1, labour=LABOUR, **changed):
    workers, firms = meeting(**changed)
    searchers = SEARCHERS.copy()
    filled = plain(match_searchers)(
        firms, workers, Few(mobility=MOBILITY), labour, Instruments(hiring_subsidy=subsidy), EFFECTS, rejection,
        searchers, START, LISTED.copy(), seed, 9,
    )  # fmt: skip
    return workers, firms, filled, searchers


def naive_matching(drawn, rejection, subsidy, seed, labour, **changed):
    """[(row, firm, occupation, quality)] of the hires in their order."""
    workers, firms = meeting(**changed)

    def draw(stream, identity, **kind):
        return drawn(stream, identity, seed=seed, **kind)

    queue = SEARCHERS.tolist()
    for place in range(len(queue) - 1, 0, -1):
        other = int(draw("search_order", place) * (place + 1))
        queue[place], queue[other] = queue[other], queue[place]
    if subsidy > 0:
        chance, first = min(1, labour.hiring_response * subsidy), 0
        for place, row in enumerate(list(queue)):
            row = queue[place]
            if workers.jobless_quarters[row] >= EFFECTS.long_term_quarters and draw("preferred", row) < chance:
                queue[place], queue[first] = queue[first], row
                first += 1
    jobs = [LISTED[START[o] : START[o + 1]].tolist() for o in range(3)]
    hires = []
    for row in queue:
        o, quality, one = int(workers.occupation[row]), 1.0, draw("listing", row)
        if not jobs[o]:
            other = draw("other_occupation", row)
            if other >= labour.occupation_switch_willingness:
                continue
            o = int(np.searchsorted(MOBILITY[o], other / labour.occupation_switch_willingness, side="right"))
            if not jobs[o]:
                continue
            quality, one = labour.occupation_switch_quality, draw("other_list", row)
        place = int(one * len(jobs[o]))
        firm = jobs[o][place]
        if firms.region[firm] != workers.region[row] and draw("move", row) >= labour.relocation_willingness:
            continue
        if workers.protected_group[row] == 1 and firms.ai_stage[firm] >= 2 and draw("screening", row) < rejection:
            continue
        jobs[o][place] = jobs[o][-1]
        jobs[o].pop()
        quality *= np.exp(labour.match_deviation * draw("match_quality", row, kind=normal))
        hires.append((row, firm, o, quality))
    return hires, queue


@pytest.mark.parametrize("subsidy", [0.0, 0.3])
@pytest.mark.parametrize(
    "labour", [LABOUR, replace(LABOUR, relocation_willingness=0.2, occupation_switch_willingness=0.9)]
)
def test_searchers_in_random_order_try_one_job_each(plain, drawn, subsidy, labour):
    kinds = set()
    for seed in range(1, 30):
        workers, firms, filled, searchers = matched(plain, 0.7, subsidy, seed, labour)
        hires, queue = naive_matching(drawn, 0.7, subsidy, seed, labour)
        assert searchers.tolist() == queue
        assert filled == len(hires) == (workers.status == Status.EMPLOYED).sum()
        before, paid = meeting()[0], np.zeros(3)
        for row, firm, o, quality in hires:
            assert (workers.employer[row], workers.occupation[row]) == (firm, o)
            assert workers.region[row] == firms.region[firm] and workers.jobless_quarters[row] == 0
            assert workers.match_quality[row] == pytest.approx(quality, rel=1e-12)
            kinds.add(
                (o != before.occupation[row], firms.region[firm] != before.region[row], before.protected_group[row])
            )
            if before.jobless_quarters[row] >= EFFECTS.long_term_quarters:
                paid[firm] += subsidy * EFFECTS.subsidised_quarters * before.reference_wage[row]
        assert firms.hiring_subsidy == pytest.approx(paid, rel=1e-12)
        others = np.setdiff1d(np.arange(16), [hire[0] for hire in hires])
        for name in ("status", "employer", "occupation", "region", "match_quality", "jobless_quarters"):
            assert np.array_equal(getattr(before, name)[others], getattr(workers, name)[others]), name
    assert len(kinds) > 5  # other occupations, other regions, the protected group


def test_who_comes_first_is_drawn_and_nothing_else(plain):
    """The rows of those hired are on average those of all who search."""
    hired = []
    for seed in range(200):
        workers, *_ = matched(plain, 0.0, seed=seed, occupation=[0] * 16, region=[0] * 16)
        hired += np.flatnonzero(workers.status == Status.EMPLOYED).tolist()
    error = SEARCHERS.std() / np.sqrt(len(hired))
    assert abs(np.mean(hired) - SEARCHERS.mean()) < 4 * error


def test_every_listed_job_is_filled_at_most_once(caught, named):
    """In a quarter of a whole economy."""
    arguments = copy.deepcopy(caught["matching.match_searchers"][0])
    given = named(match_searchers, copy.deepcopy(arguments))
    filled = match_searchers(*(one.view if isinstance(one, Viewed) else one for one in arguments))
    done = named(match_searchers, arguments)
    before, after = given["workers"], done["workers"]
    hired = np.flatnonzero(before.employer != after.employer)
    assert filled == hired.size > 0
    assert np.isin(hired, given["searchers"]).all() and (before.status[hired] == Status.UNEMPLOYED).all()
    offered = np.zeros((given["firms"].rows, given["start"].size - 1), dtype=int)
    taken = offered.copy()
    for o in range(offered.shape[1]):
        np.add.at(offered, (given["listed"][given["start"][o] : given["start"][o + 1]], o), 1)
    np.add.at(taken, (after.employer[hired], after.occupation[hired]), 1)
    assert (taken <= offered).all() and taken.sum() == filled
