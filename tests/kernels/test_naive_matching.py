"""Vacancies and hiring of a few adults.

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
from abm.kernels.matching import list_vacancies, match_searchers
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.plans import QuarterPlans
from abm.state import Firms

pytestmark = pytest.mark.kernels

RULES = Parameters()
LABOUR, EFFECTS = RULES.labour, RULES.policy_effects


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


# Twelve searchers, three occupations, five jobs at three firms: none in occupation 1. Some of the ages of novices.
SEARCHERS = np.arange(12) + 3
START, LISTED = np.array([0, 3, 3, 5]), np.array([0, 1, 2, 0, 2])
SECTOR_PREMIUM, EXPOSURE = np.array([1.0, 1.2]), np.array([0.6, 0.1, 0.4])
MOBILITY = np.array([[0.0, 0.5, 1.0], [0.6, 0.6, 1.0], [0.7, 1.0, 1.0]])
STRUCTURE = Few(mobility=MOBILITY, automation_exposure=EXPOSURE, wage_premium=SECTOR_PREMIUM)


def meeting(**changed):
    rows = 16
    workers = Few(
        status=np.full(rows, Status.UNEMPLOYED), employer=np.full(rows, -1), occupation=np.arange(rows) % 3,
        region=np.arange(rows) % 2, protected_group=(np.arange(rows) % 4 == 1).astype(int),
        match_quality=np.full(rows, 0.9), age=20.0 + np.arange(rows) * 2, unsettled=np.full(rows, 0.5),
        jobless_quarters=np.arange(rows) % 6, reference_wage=1.0 + np.arange(rows),
    )  # fmt: skip
    firms = Few(
        region=np.array([0, 1, 1]), ai_stage=np.array([0, 2, 3]), hiring_subsidy=np.full(3, 7.0),
        departments=np.array([4, 10, 2]), office_pilots=np.array([0, 1, 0]), office_scaled=np.array([0, 0, 1]),
        sector=np.array([0, 1, 1]),
    )  # fmt: skip
    for name, values in changed.items():
        setattr(workers if hasattr(workers, name) else firms, name, np.array(values))
    return workers, firms


def matched(plain, rejection=0.5, subsidy=0.0, seed=1, labour=LABOUR, **changed):
    workers, firms = meeting(**changed)
    searchers = SEARCHERS.copy()
    filled = plain(match_searchers)(
        firms, workers, STRUCTURE, labour, Instruments(hiring_subsidy=subsidy), EFFECTS, rejection,
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

    def passed_over(stream, row, firm, o):
        chance = labour.novice * EXPOSURE[o] * np.exp(-(workers.age[row] - labour.novice_age) / labour.novice_years)
        chance *= (firms.office_pilots[firm] + firms.office_scaled[firm]) / firms.departments[firm]
        return draw(stream, row) < chance

    for row in queue:
        o, quality, one = int(workers.occupation[row]), 1.0, draw("listing", row)
        at_work = workers.status[row] == Status.EMPLOYED
        if not jobs[o]:
            other = draw("other_occupation", row)
            if at_work or other >= labour.occupation_switch_willingness:
                continue
            o = int(np.searchsorted(MOBILITY[o], other / labour.occupation_switch_willingness, side="right"))
            if not jobs[o]:
                continue
            quality, one = labour.occupation_switch_quality, draw("other_list", row)
        place = int(one * len(jobs[o]))
        firm = jobs[o][place]
        if at_work and firm == workers.employer[row]:
            continue
        if passed_over("novice", row, firm, o):
            if at_work:
                continue
            again = draw("second_try", row)
            if again < labour.occupation_switch_willingness:
                similar = int(np.searchsorted(MOBILITY[o], again / labour.occupation_switch_willingness, side="right"))
                if jobs[similar]:
                    quality = 1.0 if similar == workers.occupation[row] else labour.occupation_switch_quality
                    o = similar
            place = int(draw("second_list", row) * len(jobs[o]))
            firm = jobs[o][place]
            if passed_over("second_novice", row, firm, o):
                continue
        if firms.region[firm] != workers.region[row] and draw("move", row) >= labour.relocation_willingness:
            continue
        if workers.protected_group[row] == 1 and firms.ai_stage[firm] >= 2 and draw("screening", row) < rejection:
            continue
        quality *= np.exp(labour.match_deviation * draw("match_quality", row, kind=normal))
        if at_work:
            now = SECTOR_PREMIUM[firms.sector[workers.employer[row]]] * workers.match_quality[row]
            offer = SECTOR_PREMIUM[firms.sector[firm]] * quality * (1 - labour.tenure_pay)
            if offer <= now * (1 - labour.tenure_pay * workers.unsettled[row]):
                continue
        jobs[o][place] = jobs[o][-1]
        jobs[o].pop()
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
            assert workers.match_quality[row] == pytest.approx(quality, rel=1e-12) and workers.unsettled[row] == 1
            kinds.add(
                (o != before.occupation[row], firms.region[firm] != before.region[row], before.protected_group[row])
            )
            if before.jobless_quarters[row] >= EFFECTS.long_term_quarters:
                paid[firm] += subsidy * EFFECTS.subsidised_quarters * before.reference_wage[row]
        assert firms.hiring_subsidy == pytest.approx(paid, rel=1e-12)
        others = np.setdiff1d(np.arange(16), [hire[0] for hire in hires])
        for name in ("status", "employer", "occupation", "region", "match_quality", "jobless_quarters", "unsettled"):
            assert np.array_equal(getattr(before, name)[others], getattr(workers, name)[others]), name
    assert len(kinds) > 5  # other occupations, other regions, the protected group


def test_who_is_at_work_changes_for_better_pay_only(plain, drawn):
    """Every second searcher has a job, at a firm of low or of high pay."""
    status = [Status.EMPLOYED if row % 2 else Status.UNEMPLOYED for row in range(16)]
    employer = [row // 2 % 3 if row % 2 else -1 for row in range(16)]
    moves, kept = 0, 0
    labour = replace(LABOUR, match_deviation=0.3, relocation_willingness=1.0)
    for seed in range(1, 40):
        changed = {"status": status, "employer": employer}
        workers, _, filled, _ = matched(plain, 0.0, seed=seed, labour=labour, **changed)
        hires, _ = naive_matching(drawn, 0.0, 0.0, seed, labour, **changed)
        assert filled == len(hires)
        before = meeting(**changed)[0]
        for row, firm, o, quality in hires:
            assert (workers.employer[row], workers.occupation[row]) == (firm, o)
            assert workers.match_quality[row] == pytest.approx(quality, rel=1e-12)
            if before.status[row] == Status.EMPLOYED:
                assert o == before.occupation[row] and firm != before.employer[row]
                moves += 1
        kept += (workers.employer == before.employer)[1::2].sum()
        assert (workers.status[1::2] == Status.EMPLOYED).all()
    assert moves > 10 and kept > 10


def test_novices_are_passed_over_where_ai_is_used_and_find_other_jobs(plain):
    """The young lose jobs in exposed work, those above forty lose none, and without AI nobody does."""
    taken = {}
    for novice in (0.0, 1.6):
        for users in (0, 2):
            young, old = 0, 0
            for seed in range(60):
                workers, *_ = matched(
                    plain, 0.0, seed=seed, labour=replace(LABOUR, novice=novice), departments=[2] * 3,
                    office_pilots=[0] * 3, office_scaled=[users] * 3,
                    age=[22.0, 60.0] * 8, region=[1] * 16, occupation=[0] * 16,
                )  # fmt: skip
                exposed = (workers.employer >= 0) & (workers.occupation == 0)
                young, old = young + exposed[::2].sum(), old + exposed[1::2].sum()
            taken[novice, users] = young, old
    assert taken[1.6, 0] == taken[0.0, 0] == taken[0.0, 2]
    assert taken[1.6, 2][0] < 0.6 * taken[0.0, 2][0] and taken[1.6, 2][1] > taken[0.0, 2][1]


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
    assert np.isin(hired, given["searchers"]).all()
    assert set(before.status[hired]) == {Status.UNEMPLOYED, Status.EMPLOYED}
    offered = np.zeros((given["firms"].rows, given["start"].size - 1), dtype=int)
    taken = offered.copy()
    for o in range(offered.shape[1]):
        np.add.at(offered, (given["listed"][given["start"][o] : given["start"][o + 1]], o), 1)
    np.add.at(taken, (after.employer[hired], after.occupation[hired]), 1)
    assert (taken <= offered).all() and taken.sum() == filled
