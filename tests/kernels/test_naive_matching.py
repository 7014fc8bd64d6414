"""Kernels against slow versions that anybody can check by eye."""

import copy

import numpy as np
import pytest

from abm.kernels.labour import list_vacancies, match_searchers
from abm.kernels.support import gather_searchers
from abm.kernels.workers import order_staff

pytestmark = pytest.mark.kernels


@pytest.fixture
def luck():
    return np.random.default_rng(7)


def test_staff_is_a_stable_sort_by_employer(luck):
    for workers, firms in ((500, 40), (30, 60), (1, 1), (200, 1)):
        employer = luck.integers(-1, firms, workers).astype(np.int32)
        start, staff = np.full(firms + 1, 99, dtype=np.int64), np.full(workers, -1, dtype=np.int32)
        order_staff(employer, start, staff)
        employed = np.flatnonzero(employer >= 0)
        naive = employed[np.argsort(employer[employed], kind="stable")]
        assert np.array_equal(staff[: employed.size], naive)
        assert np.array_equal(start, np.searchsorted(employer[naive], np.arange(firms + 1)))


def during(caught, named, kernel, label):
    """A real call by the names of its parameters: (before, after, result)."""
    arguments = copy.deepcopy(caught[label][0])
    before = named(kernel, copy.deepcopy(arguments))
    result = kernel(*arguments)
    return before, named(kernel, arguments), result


def test_listed_vacancies_are_the_openings_that_were_reached(caught, named):
    before, after, number = during(caught, named, list_vacancies, "labour.list_vacancies")
    openings = after["openings"]
    assert (openings <= before["openings"]).all()
    assert number == openings.sum() == after["start"][-1] > 0
    listed = [[] for _ in range(openings.shape[1])]
    for occupation, firms in enumerate(listed):
        for firm in range(openings.shape[0]):
            firms += [firm] * int(openings[firm, occupation])
    for occupation, firms in enumerate(listed):
        first, last = after["start"][occupation], after["start"][occupation + 1]
        assert after["firms"][first:last].tolist() == firms
    reached = number / before["openings"].sum()
    assert reached == pytest.approx(before["reach_share"], abs=0.1)


def test_searchers_are_a_share_of_the_unemployed(caught, named):
    before, after, (number, together) = during(caught, named, gather_searchers, "support.gather_searchers")
    unemployed = np.flatnonzero(before["status"] == 1)
    found = after["searchers"][:number]
    assert np.all(np.diff(found) > 0)
    assert np.isin(found, unemployed).all()
    assert together / unemployed.size == pytest.approx(before["search_share"], abs=0.1)
    assert number == pytest.approx(together, rel=0.15)


def test_every_vacancy_is_filled_once_and_by_somebody_who_searched(caught, named):
    before, after, filled = during(caught, named, match_searchers, "labour.match_searchers")
    hired = np.flatnonzero(before["employer"] != after["employer"])
    assert filled == hired.size > 0
    assert np.isin(hired, before["searchers"][: before["count"]]).all()
    assert (before["status"][hired] == 1).all() and (before["employer"][hired] == -1).all()
    assert (after["status"][hired] == 0).all()
    others = np.setdiff1d(np.arange(before["status"].size), hired)
    for name in ("status", "employer", "occupation", "region", "match_quality", "jobless_quarters"):
        assert np.array_equal(before[name][others], after[name][others]), name
    occupations = before["start"].size - 1
    offered = np.zeros((before["firm_region"].size, occupations), dtype=np.int64)
    for occupation in range(occupations):
        listed = before["firms"][before["start"][occupation] : before["start"][occupation + 1]]
        np.add.at(offered, (listed, occupation), 1)
    taken = np.zeros_like(offered)
    np.add.at(taken, (after["employer"][hired], after["occupation"][hired]), 1)
    assert (taken <= offered).all()
    assert np.array_equal(after["region"][hired], before["firm_region"][after["employer"][hired]])
    assert (after["jobless_quarters"][hired] == 0).all()
    assert sorted(after["searchers"].tolist()) == sorted(before["searchers"].tolist())


def test_who_looks_first_is_a_matter_of_luck_alone(caught, named):
    """The mean row of those hired is that of those who searched, within sampling error."""
    before, after, filled = during(caught, named, match_searchers, "labour.match_searchers")
    hired = np.flatnonzero(before["employer"] != after["employer"])
    searching = before["searchers"][: before["count"]]
    error = searching.std() / np.sqrt(filled)
    assert abs(hired.mean() - searching.mean()) < 4 * error
