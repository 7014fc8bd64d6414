"""Capability and the research cycle behave as their words say."""

import itertools
from dataclasses import replace

import numpy as np
import pytest

from abm.kernels.technology import capability, research_cycle
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

GOOD = {"data": 3.0, "compute": 0.05, "algorithm": 0.5, "literate_share": 0.2}
RULES = Parameters().artificial_intelligence
EXPONENTS = [-20.0, -5.0, -1.0, -0.5, 0.0, 0.5, 0.9]


def value(exponent=-1.0, **changes):
    rules = replace(RULES, substitution=exponent)
    return capability(**(GOOD | changes), artificial_intelligence=rules.view)


def legs(**changes):
    asset = GOOD | changes
    share = asset["literate_share"]
    return (
        asset["data"] / (asset["data"] + RULES.data_half),
        asset["compute"] / (asset["compute"] + RULES.compute_half),
        asset["algorithm"] * (0.3 + 0.7 * share / (share + RULES.algorithm_absorption)),
    )


@pytest.mark.parametrize("exponent", EXPONENTS)
def test_capability_rises_with_every_asset_and_stays_below_one(exponent):
    for asset in GOOD:
        values = [value(exponent, **{asset: size}) for size in (0.01, 0.05, 0.2, 0.6, 1.0)]
        assert np.all(np.diff(values) > 0), asset
        assert values[0] > 0 and values[-1] < 1


@pytest.mark.parametrize("exponent", EXPONENTS)
def test_capability_lies_between_the_weakest_and_the_strongest_leg(exponent):
    for data, compute, algorithm in itertools.product((0.1, 3.0), (0.001, 0.1), (0.1, 0.9)):
        changed = {"data": data, "compute": compute, "algorithm": algorithm}
        least, *_, most = sorted(legs(**changed))
        assert least * (1 - 1e-12) <= value(exponent, **changed) <= most * (1 + 1e-12)


@pytest.mark.parametrize("asset", ["data", "compute", "algorithm"])
def test_the_weakest_leg_limits(asset):
    """For complements plenty of two assets does not make up for a lack of the third, and without it there is none."""
    poor = {asset: 1e-3 * GOOD[asset]}
    lacking = legs(**poor)[("data", "compute", "algorithm").index(asset)]
    rich = {other: 1.0 if other == "algorithm" else 1e6 for other in ("data", "compute", "algorithm")} | poor
    assert value(-1.0, **rich) < 3.1 * lacking
    assert value(-20.0, **rich) == pytest.approx(lacking, rel=0.07)
    for exponent in EXPONENTS:
        assert value(exponent, **{asset: 0.0}) == 0.0


def test_equal_legs_are_the_capability_whatever_the_exponent():
    equal = {"data": 2.0, "compute": 0.03, "algorithm": 0.5, "literate_share": 1e9}
    for exponent in EXPONENTS:
        assert value(exponent, **equal) == pytest.approx(0.5, rel=1e-6)


def test_special_cases_of_the_exponent_are_limits_of_the_general_one():
    for special in (-1.0, 0.0):
        for step in (-1e-6, 1e-6):
            assert value(special) == pytest.approx(value(special + step), rel=1e-5)
    a, b, c = legs()
    assert value(0.0) == pytest.approx(a**0.33 * b**0.33 * c**0.34, rel=1e-12)
    assert value(-1.0) == pytest.approx(1 / (0.33 / a + 0.33 / b + 0.34 / c), rel=1e-12)
    assert value(0.5) == pytest.approx((0.33 * a**0.5 + 0.33 * b**0.5 + 0.34 * c**0.5) ** 2, rel=1e-12)


def test_without_literate_staff_little_of_the_algorithm_is_usable():
    assert value(literate_share=0.0) > 0
    assert legs(literate_share=0.0)[2] == pytest.approx(0.3 * GOOD["algorithm"])


def test_the_research_cycle_falls_with_use_and_not_below_its_end():
    lengths = [research_cycle(use, 12.0, 4.0, 1.5) for use in np.linspace(0, 1, 21)]
    assert lengths[0] == 12.0 and lengths[-1] == 4.0
    assert np.all(np.diff(lengths) <= 0) and min(lengths) == 4.0
