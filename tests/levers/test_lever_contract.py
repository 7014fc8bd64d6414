"""What every lever must keep, for every lever found in the folder: nobody has to add a test for a new one."""

import inspect
import pickle
from dataclasses import asdict
from importlib import import_module
from pathlib import Path

import numpy as np
import pytest

import abm.levers
from abm import Model
from abm.errors import UserError
from abm.levers import FIRST_QUARTER, load_levers, resolve
from abm.levers.instruments import Instruments
from abm.scenario import list_scenarios, load_scenario

pytestmark = pytest.mark.levers

LEVERS = load_levers()
OPENING_YEAR, START = 2024, 2027
QUARTERS = 16
SMALLEST = 2_000  # adults, as in ``grown``
LONG = 40  # rare events, such as breaches and heirs, need some years in a small economy

each_lever = pytest.mark.parametrize("name", LEVERS)


def generated(lever):
    """The parameters, one for each sector or region, that ``set_instruments`` takes together."""
    parameters = inspect.signature(lever.set_instruments).parameters
    return [one for one in lever.parameters if one.name not in parameters]


def checked_singly(lever):
    """All parameters but the generated ones, of which the first: the others are held to the same rules together."""
    others = generated(lever)[1:]
    return [one for one in lever.parameters if one not in others]


each_parameter = pytest.mark.parametrize(
    ("name", "one"),
    [
        pytest.param(name, one, id=f"{name}.{one.name}")
        for name, lever in LEVERS.items()
        for one in checked_singly(lever)
    ],
)


def full(name, year=OPENING_YEAR):
    """Every parameter as far from neutral as its bounds allow, from a year on."""
    return {one.name: {year: farthest(one)} for one in LEVERS[name].parameters}


def neutral(name, year=OPENING_YEAR):
    return {one.name: {year: one.neutral} for one in LEVERS[name].parameters}


def farthest(one):
    return max(one.lower, one.upper, key=lambda bound: abs(bound - one.neutral))


def step(model, quarters):
    for _ in range(quarters):
        model.step()


def beside_of(name):
    """{lever: setting} that a lever's file names in BESIDE, nothing for most."""
    return getattr(import_module(f"abm.levers.{name}"), "BESIDE", {}) if name else {}


@pytest.fixture(scope="module")
def under(grown):
    """``under(quarters, lever=setting)``: the small economy after some quarters under a policy.

    With ``beside=name`` there is also what that lever says it needs beside it to have anything to act on.
    """

    def after(quarters, beside=None, **levers):
        levers = beside_of(beside) | levers
        return grown(quarters, **{f"levers.{name}": setting for name, setting in levers.items()})

    return after


def differ(arrays, one, other):
    first, second = arrays(one), arrays(other)
    return any(first[key].tobytes() != second[key].tobytes() for key in first)


@each_lever
def test_full_strength_changes_something(name, under, arrays):
    assert differ(arrays, under(LONG, name, **{name: full(name)}), under(LONG, name))


@each_parameter
def test_every_parameter_matters_alone_or_beside_the_others(name, one, under, arrays):
    alone = neutral(name) | {one.name: full(name)[one.name]}
    others = full(name) | {one.name: neutral(name)[one.name]}
    assert differ(arrays, under(LONG, name, **{name: alone}), under(LONG, name)) or differ(
        arrays, under(LONG, name, **{name: others}), under(LONG, name, **{name: full(name)})
    )


@each_lever
def test_the_neutral_value_is_the_baseline_to_the_bit(name, under, assert_same_bits):
    assert_same_bits(under(QUARTERS, name, **{name: neutral(name)}), under(QUARTERS, name))
    number = LEVERS[name].parameters[0].neutral
    assert_same_bits(under(QUARTERS, **{name: number}), under(QUARTERS))


@each_lever
def test_before_it_is_in_force_it_is_the_baseline_to_the_bit(name, under, arrays, assert_same_bits):
    before = FIRST_QUARTER - 1
    setting = {one.name: farthest(one) for one in LEVERS[name].parameters}  # bare numbers: from 2027Q1 on
    pulled = {f"levers.{key}": value for key, value in (beside_of(name) | {name: setting}).items()}
    model = Model(SMALLEST, rng=1, overrides=pulled)
    step(model, before)
    assert_same_bits(model, under(before, name))
    levers = resolve({name: setting})
    assert levers.policy(before) == Instruments()
    assert levers.policy(FIRST_QUARTER) != Instruments()
    step(model, LONG - before)
    assert differ(arrays, model, under(LONG, name))


@each_lever
@pytest.mark.parametrize("strength", [0.25, 1.0])
def test_the_books_close(name, strength, under):
    lever = LEVERS[name]
    settings = full(name)  # the economy that other tests look at too
    if strength < 1.0:
        settings = {
            one.name: {OPENING_YEAR: one.neutral + strength * (farthest(one) - one.neutral)} for one in lever.parameters
        }
    recorder = under(LONG, name, **{name: settings}).recorder
    residuals = recorder.values[:, [recorder.names.index(key) for key in ("sfc_residual", "gdp_identity_residual")]]
    assert residuals.shape == (LONG + 1, 2)
    assert (residuals < 1e-9).all()


@each_lever
def test_every_field_is_documented(name):
    module, lever = import_module(f"abm.levers.{name}"), LEVERS[name]
    assert module.__doc__ and module.set_instruments.__doc__
    assert lever.name == name
    assert lever.summary.endswith(".") and "\n" not in lever.summary
    assert lever.parameters
    assert len({one.name for one in lever.parameters}) == len(lever.parameters)
    for one in lever.parameters:
        for text in (one.name, one.unit, one.meaning, one.source):
            assert text and text == text.strip()
        assert one.name.isidentifier()
        assert one.lower <= one.neutral <= one.upper and one.lower < one.upper
        assert all(np.isfinite([one.lower, one.neutral, one.upper]))


@each_lever
def test_it_takes_its_parameters_and_sets_declared_instruments_only(name):
    lever = LEVERS[name]
    _, *taken = inspect.signature(lever.set_instruments).parameters.values()
    named = [one.name for one in taken if one.kind != one.VAR_KEYWORD]
    names = [one.name for one in lever.parameters]
    assert names[: len(named)] == named and (len(named) < len(taken) or names == named)
    policy = Instruments()
    lever.set_instruments(policy, **{one.name: one.neutral for one in lever.parameters})
    assert policy == Instruments()
    lever.set_instruments(policy, **{one.name: farthest(one) for one in lever.parameters})
    assert policy != Instruments()
    assert vars(policy).keys() == asdict(Instruments()).keys()
    for value in vars(policy).values():
        numbers = value if isinstance(value, tuple) else (value,)
        assert all(isinstance(number, float) and np.isfinite(number) for number in numbers)
    assert {name: np.shape(value) for name, value in vars(policy).items()} == {
        name: np.shape(value) for name, value in vars(Instruments()).items()
    }


@each_lever
def test_the_file_name_is_the_key_of_scenarios(name):
    assert Path(abm.levers.__file__).with_name(f"{name}.py").is_file()
    value = farthest(LEVERS[name].parameters[0])
    assert load_scenario("baseline", {f"levers.{name}": value}).levers == {name: value}


@each_lever
def test_a_shipped_scenario_pulls_it(name):
    settings = [load_scenario(one).levers[name] for one in list_scenarios() if name in load_scenario(one).levers]
    pulled = [resolve({name: setting}) for setting in settings]
    assert any(levers.policy(quarter) != Instruments() for levers in pulled for quarter in range(104))


@each_parameter
def test_time_paths_step_in_the_first_quarter_of_their_years(name, one):
    levers = resolve({name: {one.name: {2035: one.neutral, START: farthest(one)}}})
    held = resolve({name: {one.name: {OPENING_YEAR: farthest(one)}}}).policy(0)
    for quarter in range(60):
        assert levers.policy(quarter) == (held if 12 <= quarter < 44 else Instruments())


@each_parameter
def test_a_number_holds_from_2027_on(name, one):
    bare, path = resolve({name: {one.name: farthest(one)}}), resolve({name: {one.name: {START: farthest(one)}}})
    assert [bare.policy(quarter) for quarter in range(20)] == [path.policy(quarter) for quarter in range(20)]
    assert FIRST_QUARTER == 4 * (START - OPENING_YEAR)


@each_lever
def test_a_number_means_the_first_parameter(name):
    first = LEVERS[name].parameters[0]
    assert resolve({name: farthest(first)}) == resolve({name: {first.name: farthest(first)}})


@each_parameter
@pytest.mark.parametrize("bad", ["much", True, None, float("nan"), float("inf")])
def test_what_is_no_number_is_refused(name, one, bad):
    with pytest.raises(UserError, match=f"levers.{name} should be a number"):
        resolve({name: {one.name: bad}})


@each_parameter
def test_bounds_hold(name, one):
    span = one.upper - one.lower
    for outside in (one.lower - 0.01 * span, one.upper + 0.01 * span):
        with pytest.raises(UserError, match=f"levers.{name} should lie between"):
            resolve({name: {one.name: outside}})
    for bound in (one.lower, one.upper):
        resolve({name: {one.name: bound}})


@pytest.mark.parametrize("name", [name for name, lever in LEVERS.items() if generated(lever)])
def test_every_sector_or_region_sets_something_of_its_own_within_its_bounds(name):
    found = {}
    for one in generated(LEVERS[name]):
        levers = resolve({name: {one.name: {2035: one.neutral, START: farthest(one)}}})
        for quarter in range(60):
            assert (levers.policy(quarter) != Instruments()) == (12 <= quarter < 44)
        bare = resolve({name: {one.name: farthest(one)}})
        assert bare.policy(FIRST_QUARTER - 1) == Instruments() and bare.policy(FIRST_QUARTER) == levers.policy(12)
        found[one.name] = repr(levers.policy(12))
        for bad in ("much", True, None, float("nan"), float("inf")):
            with pytest.raises(UserError, match=f"levers.{name} should be a number"):
                resolve({name: {one.name: bad}})
        for outside in (one.lower - 0.01, one.upper + 0.01):
            with pytest.raises(UserError, match=f"levers.{name} should lie between"):
                resolve({name: {one.name: outside}})
    assert len(set(found.values())) == len(found) > 1


def test_there_are_levers_and_all_of_them_at_once_close_the_books(under):
    assert LEVERS
    recorder = under(QUARTERS, **{name: full(name) for name in LEVERS}).recorder
    assert (recorder.values[:, recorder.names.index("sfc_residual")] < 1e-9).all()


def test_levers_survive_pickling():
    levers = resolve({name: full(name) for name in LEVERS})
    assert pickle.loads(pickle.dumps(levers)).policy(30) == levers.policy(30)
