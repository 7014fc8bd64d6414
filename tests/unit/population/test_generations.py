"""The number and age of adults: the record of 2024, what follows from births and deaths, and the stationary case."""

import numpy as np
import pytest

from abm.data import load_tables
from abm.parameters import Parameters, with_overrides
from abm.population.generations import FIRST_AGE, OLDEST, generations_of

pytestmark = pytest.mark.unit

ADULTS = 100_000
QUARTERS = 104
YEARS = np.arange(FIRST_AGE, OLDEST + 1)


def generations(**changes):
    parameters = with_overrides(Parameters(), {f"demography.{name}": value for name, value in changes.items()})
    return generations_of(parameters, load_tables(), ADULTS)


def projected(record, quarters):
    """(81,) adults by age after some quarters, in parts of those of the opening; ages advance once a year."""
    alive = record.pyramid.copy()
    for year in range(quarters // 4):
        alive *= 1 - record.death_rates(4 * year + 2)
        alive = np.append(record.entrants[min(year, record.entrants.size - 1)], alive[:-1])
    return alive


def test_the_pyramid_is_that_of_the_record():
    record, tables = generations(), load_tables()
    assert record.pyramid.sum() == pytest.approx(1.0, rel=1e-12)
    for first, adults in zip(tables.age_group, tables.age_adults):
        last = OLDEST + 1 if first == tables.age_group[-1] else first + 5
        part = record.share_below(last) - record.share_below(first)
        assert part == pytest.approx(adults / tables.age_adults.sum(), rel=1e-12)
    ages = record.ages((np.arange(ADULTS) + 0.5) / ADULTS)
    assert np.mean(ages < 60) == pytest.approx(record.share_below(60.0), abs=1e-4)
    assert ages.min() >= 20 and (np.diff(ages) >= 0).all()


def test_the_workforce_shrinks_and_ages_as_projected():
    """World Population Prospects 2024, from memory: 20 to 59 a fifth to a quarter fewer by 2050, about half a billion
    persons of 60 and over."""
    record = generations()
    now, later = record.pyramid, projected(record, QUARTERS)
    working = YEARS < 60
    assert 0.72 < later[working].sum() / now[working].sum() < 0.80
    old = later[~working].sum() * load_tables().age_adults.sum()
    assert 430 < old < 530
    assert later[~working].sum() / later.sum() > 1.5 * now[~working].sum() / now.sum()
    middle = projected(record, 40).sum()
    assert middle > 1.02 and later.sum() < middle  # adults first increase, then decrease


def test_entrants_are_whole_heads_and_those_born_twenty_years_ago():
    record = generations()
    coming = [record.coming_of_age(quarter) for quarter in range(1, QUARTERS + 1)]
    assert all(isinstance(one, int) and one > 0 for one in coming)
    for year in range(QUARTERS // 4):
        assert abs(sum(coming[4 * year : 4 * year + 4]) - ADULTS * record.entrants[year]) <= 1
    assert sum(coming[-4:]) < 0.6 * sum(coming[28:32])  # born in 2029 and in 2011
    assert record.coming_of_age(200) == pytest.approx(ADULTS * record.entrants[-1] / 4, abs=1)
    assert generations(births=0.0).coming_of_age(5) == 0


def test_the_reserve_holds_whom_the_projection_adds():
    record = generations()
    most = max(projected(record, quarter).sum() for quarter in range(0, QUARTERS, 4))
    assert ADULTS * (most - 1) < record.reserve < ADULTS * (most - 1 + 0.02)


def test_the_retirement_age_rises_over_fifteen_years_from_2025():
    record, opening = generations(), Parameters().labour.retirement_age
    rise = Parameters().demography.retirement_rise
    assert record.retirement_age(0) == record.retirement_age(4) == opening
    assert record.retirement_age(34) == pytest.approx(opening + rise / 2)
    assert record.retirement_age(64) == record.retirement_age(QUARTERS) == opening + rise
    assert (np.diff([record.retirement_age(quarter) for quarter in range(64)]) < 0.25).all()  # nobody is called back


def test_the_old_die_and_less_so_as_time_goes_by():
    record = generations()
    assert (np.diff(record.death_rate) >= 0).all()
    assert (record.death_rates(QUARTERS) < record.death_rate).all()
    expected = np.cumprod(1 - record.death_rate).sum()  # further years of life at 20
    assert 57 < expected < 61


def test_a_stationary_population_is_stationary():
    record = generations(stationary=True)
    assert record.reserve == 0
    assert record.retirement_age(QUARTERS) == Parameters().labour.retirement_age
    alive, dying = record.pyramid, record.pyramid * record.death_rates(50)
    after = np.append(dying.sum(), (alive - dying)[:-1])
    after[-1] += (alive - dying)[-1]
    assert after == pytest.approx(alive, rel=0.04)  # the pyramid is that of all moments of a year, this of its ends
    retired = Parameters().labour.retirement_quarters / 4
    life = Parameters().labour.retirement_age - 20 + retired
    assert 1 - record.share_below(Parameters().labour.retirement_age) == pytest.approx(retired / life, rel=0.01)
