"""What a page needs to offer a lever: how far each parameter usually goes, in which steps, and how it is shown."""

import pytest

from abm.levers import shipped_levers

pytestmark = pytest.mark.levers

LEVERS = shipped_levers()
PARAMETERS = [
    pytest.param(lever, one, id=f"{name}.{one.name}") for name, lever in LEVERS.items() for one in lever.parameters
]

each_parameter = pytest.mark.parametrize(("lever", "one"), PARAMETERS)


def whole(number):
    """Whether a number of steps is whole, rounding apart."""
    return number == pytest.approx(round(number), abs=1e-6)


@each_parameter
def test_the_usual_range_lies_within_the_bounds_and_holds_several_steps(lever, one):
    low, high = one.usual
    assert one.lower <= low < high <= one.upper
    assert one.step > 0 and high - low >= 2 * one.step


@each_parameter
def test_neutral_value_and_usual_range_lie_on_one_scale_of_steps(lever, one):
    assert all(whole((end - one.neutral) / one.step) for end in one.usual)


@each_parameter
def test_every_step_reads_differently(lever, one):
    low, high = one.usual
    count = round((high - low) / one.step)
    assert len({one.shown(low + number * one.step) for number in range(count + 1)}) == count + 1


@each_parameter
def test_the_documented_strength_lies_in_the_usual_range(lever, one):
    strength = lever.documented_strength.get(one.name)
    assert strength is None or one.usual[0] <= strength <= one.usual[1]


@pytest.mark.parametrize("name", LEVERS)
def test_a_planner_need_not_look_at_details_for_the_documented_strength(name):
    lever = LEVERS[name]
    details = {one.name for one in lever.parameters if one.detail}
    assert not details & set(lever.documented_strength)
    assert not lever.parameters[0].detail
    assert 1 <= len(lever.parameters) - len(details) <= 4
