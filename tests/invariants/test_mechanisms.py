"""The contract of every mechanism in the registry: nobody has to add a test for a new one."""

import numpy as np
import pytest

from abm.parameters import Parameters, describe_parameters, with_overrides
from abm.scenarios.closures import CLOSURES
from abm.scenarios.mechanisms import FAMILIES, MECHANISMS, switched_off

pytestmark = pytest.mark.invariants

QUARTERS = 16
TWINS = 8
# Artificial intelligence that has spread already, so that a short run of a small economy shows what it does.
SPREAD = {
    "assumptions.artificial_intelligence.algorithm_opening": 0.8,
    "assumptions.adoption.office_constant": 0.0,
    "assumptions.adoption.process_constant": 1.0,
    "assumptions.artificial_intelligence.breach_rate": 0.05,
}
RESIDUALS = ("sfc_residual", "gdp_identity_residual")

each_mechanism = pytest.mark.parametrize("name", MECHANISMS)


@pytest.fixture(scope="module")
def without(grown):
    """``without(name, ...)``: the small economy in which AI has spread, with the mechanisms or families off."""

    def after(*names, quarters=QUARTERS, **overrides):
        return grown(quarters, **SPREAD, **{f"mechanisms.{name}": "off" for name in names}, **overrides)

    return after


def outcomes(model):
    kept = [place for place, name in enumerate(model.recorder.names) if name not in RESIDUALS]
    return model.recorder.values[:, kept]


@each_mechanism
def test_switching_it_off_changes_an_outcome(name, without):
    one, other = outcomes(without(name)), outcomes(without())
    assert not np.array_equal(one, other, equal_nan=True)


@each_mechanism
def test_the_books_close_without_it(name, without):
    recorder = without(name).recorder
    for residual in map(recorder.series, RESIDUALS):
        assert residual.shape == (QUARTERS + 1,) and (residual < 1e-9).all()


@each_mechanism
def test_every_field_is_documented(name):
    one = MECHANISMS[name]
    assert one.name == name and name.isidentifier()
    assert one.family in FAMILIES
    assert one.meaning.endswith(".") and one.meaning[0].isupper() and "\n" not in one.meaning
    assert one.off


@each_mechanism
def test_off_is_a_value_that_the_parameters_may_take_and_that_is_not_their_default(name):
    off = switched_off([name], {})
    with_overrides(Parameters(), off)
    defaults = {one.key: one.default for one in describe_parameters()}
    assert all(value != defaults[key] for key, value in off.items())


@pytest.mark.parametrize("family", FAMILIES)
def test_a_family_off_is_its_members_off(family, without, assert_same_bits):
    members = [one.name for one in MECHANISMS.values() if one.family == family]
    assert_same_bits(without(family, quarters=TWINS), without(*members, quarters=TWINS))


@pytest.mark.parametrize("preset", ["central", "acemoglu", "goldman", "transformative"])
def test_with_all_of_them_off_the_run_is_the_twin_without_ai(preset, grown, without, assert_same_bits):
    twin = grown(TWINS, policy="no_ai")
    assert_same_bits(grown(TWINS, **{"mechanisms.all": "off", "ai": preset}), twin)
    assert_same_bits(without(*FAMILIES, quarters=TWINS, ai=preset), twin)


def test_the_preset_without_ai_is_the_switch_of_old(grown, assert_same_bits):
    assert_same_bits(grown(TWINS, ai="none"), grown(TWINS, **{"assumptions.artificial_intelligence.enabled": False}))


@pytest.mark.parametrize("closure", CLOSURES)
def test_each_end_of_a_closure_matters_and_the_twin_is_shared_only_where_it_is_the_same(
    closure, grown, assert_same_bits
):
    ends = [{f"closures.{closure}": end} for end in CLOSURES[closure].ends]
    sets = {f"assumptions.{key}" for level in CLOSURES[closure].levels.values() for key in level}
    spread = {key: value for key, value in SPREAD.items() if key not in sets}  # what is assumed wins over a closure
    ours = [outcomes(grown(QUARTERS, **spread, **end)) for end in ends]
    assert not np.array_equal(*ours, equal_nan=True)
    twins = [grown(QUARTERS, policy="no_ai", **end) for end in ends]
    if CLOSURES[closure].without_ai:
        assert not np.array_equal(outcomes(twins[0]), outcomes(twins[1]), equal_nan=True)
    else:
        assert_same_bits(*twins)


def test_ai_without_electricity_burns_none(without):
    assert (without("ai_electricity").recorder.series("ai_electricity") == 0.0).all()


def test_without_stabilisation_the_government_does_not_lean_against_slack(grown):
    none = {"assumptions.government.stabilisation": 0.0}
    rules = ("assumptions.government.counter_cycle", "assumptions.government.demand_support")
    plain = outcomes(grown(QUARTERS, **none))
    for rule in rules:
        assert np.array_equal(outcomes(grown(QUARTERS, **none, **{rule: 0.0})), plain, equal_nan=True)
        assert not np.array_equal(outcomes(grown(QUARTERS, **{rule: 0.0})), outcomes(grown(QUARTERS)), equal_nan=True)
    assert np.array_equal(outcomes(grown(QUARTERS, **dict.fromkeys(rules, 0.0))), plain, equal_nan=True)
