"""What every lever must keep, for every lever found in the folder: nobody has to add a test for a new one.

The clauses are in abm/experiments/effects/lever_contract.py, where `xinzhi check-lever` has them too. Here each is run
for each lever, and what settings mean is tested for every parameter.
"""

import inspect
import pickle
from pathlib import Path

import pytest

import abm.levers
from abm import list_scenarios, load_scenario
from abm.errors import UserError
from abm.experiments.effects.lever_contract import (
    CLAUSES,
    Economies,
    checked_singly,
    every_parameter_matters,
    full,
    parameter_matters,
)
from abm.levers import FIRST_QUARTER, Strategy, resolve, shipped_levers
from abm.levers.instruments import Instruments

pytestmark = pytest.mark.levers

LEVERS = shipped_levers()
OPENING_YEAR, START = 2024, 2027
BAD_NUMBERS = ["much", True, None, float("nan"), float("inf")]

each_lever = pytest.mark.parametrize("name", LEVERS)
each_parameter = pytest.mark.parametrize(
    ("name", "key"),
    [pytest.param(name, key, id=f"{name}.{key}") for name, lever in LEVERS.items() for key in checked_singly(lever)],
)


@pytest.fixture(scope="module")
def economies(grown):
    """Small economies, shared with the tests of other modules."""
    return Economies(grown)


@each_lever
@pytest.mark.parametrize("clause", [one for one in CLAUSES if one is not every_parameter_matters])
def test_it_keeps_the_clause(name, clause, economies):
    assert clause(LEVERS[name], economies) == ""


@each_parameter
def test_every_parameter_matters_alone_or_beside_the_others(name, key, economies):
    assert parameter_matters(LEVERS[name], key, economies) == ""


@each_lever
def test_the_file_name_is_the_key_of_scenarios(name):
    assert Path(abm.levers.__file__).with_name(f"{name}.py").is_file() and LEVERS[name].name == name
    value = LEVERS[name].parameters[0].farthest
    assert load_scenario("baseline", {f"levers.{name}": value}).levers == {name: value}


def test_the_scenarios_of_a_strategy_pull_levers_of_that_strategy():
    scenarios = {name.removeprefix("strategy_"): name for name in list_scenarios() if name.startswith("strategy_")}
    assert len(scenarios) == 6
    for strategy, scenario in scenarios.items():
        for name in load_scenario(scenario).levers:
            assert LEVERS[name].strategy is Strategy[strategy.upper()], name


@each_parameter
def test_time_paths_step_in_the_first_quarter_of_their_years(name, key):
    one = LEVERS[name].parameter(key)
    levers = resolve({name: {key: {2035: one.neutral, START: one.farthest}}})
    held = resolve({name: {key: {OPENING_YEAR: one.farthest}}}).policy(0)
    for quarter in range(60):
        assert levers.policy(quarter) == (held if 12 <= quarter < 44 else Instruments())


@each_parameter
def test_a_number_holds_from_2027_on(name, key):
    value = LEVERS[name].parameter(key).farthest
    bare, path = resolve({name: {key: value}}), resolve({name: {key: {START: value}}})
    assert [bare.policy(quarter) for quarter in range(20)] == [path.policy(quarter) for quarter in range(20)]
    assert FIRST_QUARTER == 4 * (START - OPENING_YEAR)


@each_lever
def test_a_number_means_the_first_parameter(name):
    first = LEVERS[name].parameters[0]
    assert resolve({name: first.farthest}) == resolve({name: {first.name: first.farthest}})


@each_parameter
@pytest.mark.parametrize("bad", BAD_NUMBERS)
def test_what_is_no_number_is_refused(name, key, bad):
    with pytest.raises(UserError, match=rf"levers\.{name}(\.\w+)? should be a (finite )?number"):
        resolve({name: {key: bad}})


@each_parameter
def test_bounds_hold(name, key):
    one = LEVERS[name].parameter(key)
    span = one.upper - one.lower
    for outside in (one.lower - 0.01 * span, one.upper + 0.01 * span):
        with pytest.raises(UserError, match=rf"levers\.{name}(\.\w+)? should lie between"):
            resolve({name: {key: outside}})
    for bound in (one.lower, one.upper):
        resolve({name: {key: bound}})


@each_parameter
def test_a_planner_reads_every_value_in_words(name, key):
    one = LEVERS[name].parameter(key)
    for value in (one.neutral, *one.usual):
        number, _, unit = one.shown(value).partition(" ")
        assert float(number) == pytest.approx(one.display.factor * value, rel=1e-5) and unit == one.display.text


def generated(lever):
    """The parameters, one for each sector or region, that ``set_instruments`` takes together."""
    taken = inspect.signature(lever.set_instruments).parameters
    return [one for one in lever.parameters if one.name not in taken]


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if generated(lever)])
def test_every_sector_or_region_sets_something_of_its_own_within_its_bounds(name):
    found = {}
    for one in generated(LEVERS[name]):
        levers = resolve({name: {one.name: {2035: one.neutral, START: one.farthest}}})
        for quarter in range(60):
            assert (levers.policy(quarter) != Instruments()) == (12 <= quarter < 44)
        bare = resolve({name: {one.name: one.farthest}})
        assert bare.policy(FIRST_QUARTER - 1) == Instruments() and bare.policy(FIRST_QUARTER) == levers.policy(12)
        found[one.name] = repr(levers.policy(12))
        for bad in BAD_NUMBERS:
            with pytest.raises(UserError, match=rf"levers\.{name}(\.\w+)? should be a (finite )?number"):
                resolve({name: {one.name: bad}})
        for outside in (one.lower - 0.01, one.upper + 0.01):
            with pytest.raises(UserError, match=rf"levers\.{name}(\.\w+)? should lie between"):
                resolve({name: {one.name: outside}})
    assert len(set(found.values())) == len(found) > 1


def test_there_are_levers_and_all_of_them_at_once_close_the_books(economies):
    assert LEVERS
    recorder = economies.after(16, {name: full(lever) for name, lever in LEVERS.items()}).recorder
    assert (recorder.series("sfc_residual") < 1e-9).all()


def test_levers_survive_pickling():
    levers = resolve({name: full(lever) for name, lever in LEVERS.items()})
    assert pickle.loads(pickle.dumps(levers)).policy(30) == levers.policy(30)
    assert all(pickle.loads(pickle.dumps(lever)) == lever for lever in LEVERS.values())
