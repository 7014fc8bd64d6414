"""Every parameter says all that must be known of it, and a change of one is checked before anything runs."""

import re
from dataclasses import FrozenInstanceError, fields
from pathlib import Path

import pytest

import abm
from abm.errors import UserError
from abm.parameters import Parameters, describe_parameters, with_overrides
from abm.parameters.declaration import STATUSES

pytestmark = pytest.mark.unit

KNOWN = describe_parameters()
NUMBERS = [one for one in KNOWN if not isinstance(one.default, bool)]
SWITCHES = [one for one in KNOWN if isinstance(one.default, bool)]
INTEGERS = [one for one in NUMBERS if isinstance(one.default, int)]


def value_of(parameters, key):
    group, _, name = key.partition(".")
    return getattr(getattr(parameters, group), name)


def key_of(one):
    return one.key


@pytest.mark.parametrize("one", KNOWN, ids=key_of)
def test_each_says_all_that_must_be_known(one):
    for text in (one.unit, one.source, one.meaning):
        assert text and text == text.strip()
    assert one.status in STATUSES
    assert re.fullmatch(r"[a-z_]+\.[a-z_]+", one.key)
    assert value_of(Parameters(), one.key) == one.default


@pytest.mark.parametrize("one", NUMBERS, ids=key_of)
def test_each_number_lies_inside_its_bounds(one):
    assert one.lower < one.upper
    assert one.lower <= one.default <= one.upper


def test_switches_have_no_bounds():
    assert SWITCHES
    assert all(one.lower is None and one.upper is None for one in SWITCHES)


def test_keys_are_unique_and_groups_cannot_be_changed_in_place():
    assert len({one.key for one in KNOWN}) == len(KNOWN)
    parameters = Parameters()
    for group in fields(parameters):
        name = fields(getattr(parameters, group.name))[0].name
        with pytest.raises(FrozenInstanceError):
            setattr(getattr(parameters, group.name), name, 0.0)


def test_each_is_read_somewhere():
    """A parameter that nothing reads would be calibrated, swept and explained in vain."""
    folder = Path(abm.__file__).parent
    sources = [path.read_text(encoding="utf-8") for path in folder.rglob("*.py") if path.name != "parameters.py"]
    text = "\n".join(sources)
    names = {one.key.partition(".")[2] for one in KNOWN}
    assert {name for name in names if not re.search(rf"\.{name}\b", text)} == set()


@pytest.mark.parametrize("one", NUMBERS, ids=key_of)
def test_bounds_hold_and_belong_to_the_range(one):
    for bound in (one.lower, one.upper):
        assert value_of(with_overrides(Parameters(), {one.key: bound}), one.key) == bound
    step = 1 if isinstance(one.default, int) else 1e-6
    for outside in (one.lower - step, one.upper + step):
        with pytest.raises(UserError, match=re.escape(one.key)) as told:
            with_overrides(Parameters(), {one.key: outside})
        assert "\n" not in str(told.value)


def test_an_override_changes_one_value_and_nothing_else():
    before = Parameters()
    changed = with_overrides(before, {"labour.separation_rate": 0.03, "firms.selection": 0.01})
    assert before == Parameters()
    for one in KNOWN:
        expected = {"labour.separation_rate": 0.03, "firms.selection": 0.01}.get(one.key, one.default)
        assert value_of(changed, one.key) == expected
    assert with_overrides(before, {}) == before
    again = with_overrides(changed, {"labour.separation_rate": before.labour.separation_rate})
    assert again == with_overrides(before, {"firms.selection": 0.01})


def test_types_are_kept():
    changed = with_overrides(Parameters(), {"investment.leverage": 0, INTEGERS[0].key: float(INTEGERS[0].upper)})
    assert type(changed.investment.leverage) is float
    assert type(value_of(changed, INTEGERS[0].key)) is int


@pytest.mark.parametrize("value", [True, "0.1", None, float("nan"), float("inf"), -float("inf"), [0.1], {}])
def test_what_is_no_number_is_refused(value):
    with pytest.raises(UserError, match=r"labour\.separation_rate should be a (finite )?number"):
        with_overrides(Parameters(), {"labour.separation_rate": value})


@pytest.mark.parametrize("one", INTEGERS, ids=key_of)
def test_whole_numbers_stay_whole(one):
    with pytest.raises(UserError, match="whole number"):
        with_overrides(Parameters(), {one.key: one.lower + 0.5})


@pytest.mark.parametrize("one", SWITCHES, ids=key_of)
def test_a_switch_is_true_or_false(one):
    for value in (True, False):
        assert value_of(with_overrides(Parameters(), {one.key: value}), one.key) is value
    for value in (1, 0, 0.0, "true", None):
        with pytest.raises(UserError, match="true or false"):
            with_overrides(Parameters(), {one.key: value})


@pytest.mark.parametrize("key", ["labour.seperation_rate", "labour", "separation_rate", "", "labour.separation_rate.x"])
def test_unknown_keys_are_refused(key):
    with pytest.raises(UserError, match="unknown parameter"):
        with_overrides(Parameters(), {key: 0.1})
