"""Capital and labour joined with constant elasticity: labour for a plan, output of both, the cheapest capital.

Worked out from docs/model/equations/plans_of_firms.md, eq. 7a, and production_and_demand.md, eq. 31.
"""

from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.kernels.investment import factor_costs
from abm.kernels.production import joint_output, labour_needed, wanted_capital

pytestmark = pytest.mark.kernels

SHARES, ELASTICITIES = (0.1, 0.35, 0.65), (0.3, 0.5, 0.7, 0.95)
each_share = pytest.mark.parametrize("share", SHARES)
each_elasticity = pytest.mark.parametrize("elasticity", ELASTICITIES)


def numbers(*values):
    return np.array(values, dtype=float)


@each_share
@each_elasticity
def test_the_usual_capital_takes_the_usual_labour(share, elasticity):
    assert labour_needed(1.0, share, elasticity) == pytest.approx(1.0, rel=1e-12)
    assert joint_output(7.0, 7.0, share, elasticity) == pytest.approx(7.0, rel=1e-12)
    assert wanted_capital(1.0, share, elasticity) == pytest.approx(1.0, rel=1e-12)


@each_share
@each_elasticity
@pytest.mark.parametrize("capital", [0.9, 1.0, 1.3, 5.0])
def test_labour_for_a_plan_makes_just_that_plan(share, elasticity, capital):
    plan = 40.0
    labour = labour_needed(capital, share, elasticity)
    assert joint_output(capital * plan, labour * plan, share, elasticity) == pytest.approx(plan, rel=1e-9)
    assert (labour < 1) == (capital > 1) and (labour > 1) == (capital < 1)


@each_share
@each_elasticity
def test_returns_are_constant_and_each_factor_earns_its_share(share, elasticity):
    once = joint_output(20.0, 30.0, share, elasticity)
    assert joint_output(60.0, 90.0, share, elasticity) == pytest.approx(3 * once, rel=1e-12)
    assert 20 < once < 30
    step = 1e-6
    more_capital = (joint_output(10 * (1 + step), 10, share, elasticity) / 10 - 1) / step
    more_labour = (joint_output(10, 10 * (1 + step), share, elasticity) / 10 - 1) / step
    assert (more_capital, more_labour) == pytest.approx((share, 1 - share), rel=1e-4)


@each_share
@each_elasticity
@pytest.mark.parametrize("ratio", [0.7, 1.0, 2.0])
def test_the_elasticity_of_substitution_is_the_parameter(share, elasticity, ratio):
    """The ratio of the factors changes by the elasticity for one per cent of the ratio of their marginal products."""

    def marginal_products(capital, step=1e-5):
        by_capital = joint_output(capital + step, 1, share, elasticity) - joint_output(
            capital - step, 1, share, elasticity
        )
        by_labour = joint_output(capital, 1 + step, share, elasticity) - joint_output(
            capital, 1 - step, share, elasticity
        )
        return by_labour / by_capital

    apart = 0.01
    change = np.log(marginal_products(ratio * (1 + apart)) / marginal_products(ratio * (1 - apart)))
    assert np.log((1 + apart) / (1 - apart)) / change == pytest.approx(elasticity, rel=1e-3)


@each_share
def test_the_branch_for_one_half_is_the_limit_of_the_others(share):
    for capital in (0.9, 1.7):
        for close in (0.5 - 1e-9, 0.5 + 1e-9):
            assert labour_needed(capital, share, 0.5) == pytest.approx(labour_needed(capital, share, close), rel=1e-6)
            assert joint_output(capital, 2.0, share, 0.5) == pytest.approx(
                joint_output(capital, 2.0, share, close), rel=1e-6
            )


def test_extreme_cases():
    assert (
        joint_output(0.0, 5.0, 0.4, 0.5) == joint_output(5.0, 0.0, 0.4, 0.5) == joint_output(-1.0, 5.0, 0.4, 0.5) == 0
    )
    # However much capital there is, labour limits output, and the reverse; complements.
    assert joint_output(1e12, 6.0, 0.4, 0.5) == pytest.approx(10.0) and labour_needed(1e12, 0.4, 0.5) == pytest.approx(
        0.6
    )
    assert joint_output(4.0, 1e12, 0.4, 0.5) == pytest.approx(10.0)
    # Too little capital for any labour: the guard keeps labour finite, at the same value from there on.
    assert labour_needed(0.3, 0.4, 0.5) == labour_needed(0.01, 0.4, 0.5) == pytest.approx(20.0)
    # With little substitution the scarcer factor decides; with much, factors are worth their shares (Cobb-Douglas).
    assert joint_output(8.0, 30.0, 0.4, 0.02) == pytest.approx(8.0, rel=0.02)
    assert joint_output(8.0, 30.0, 0.4, 0.9999) == pytest.approx(8.0**0.4 * 30.0**0.6, rel=1e-3)


@each_share
@each_elasticity
@pytest.mark.parametrize("dearer_labour", [0.95, 1.0, 1.2, 1.6])
def test_the_capital_wanted_is_the_cheapest_of_all(share, elasticity, dearer_labour):
    """By brute force: at the opening both factors cost their shares, since firms held the cheapest ratio then."""
    tried = np.linspace(0.6, 2.5, 190_001)
    power = 1 - 1 / elasticity
    left = (1 - share * tried**power) / (1 - share)
    tried, left = tried[left > 0], left[left > 0]
    costs = share * tried + (1 - share) * dearer_labour * left ** (1 / power)
    cheapest = tried[costs.argmin()]
    assert 0.61 < cheapest < 2.49
    assert wanted_capital(dearer_labour, share, elasticity) == pytest.approx(cheapest, abs=2e-3)
    assert wanted_capital(1.0, share, elasticity) < wanted_capital(1.1, share, elasticity)


def test_factor_costs_are_pay_of_a_unit_over_capital_goods_of_a_unit(plain):
    firms = Few(
        market_share=numbers(0.6, 0.4, 1.0), productivity=numbers(10, 8, 5), labour_per_unit=numbers(0.9, 1.0, 1.1),
        capital_productivity=numbers(0.2, 0.25, 0.1),
    )  # fmt: skip
    structure = Few(sector_start=np.array([0, 2, 3]), employer_rate=0.25)
    costs = np.zeros(2)
    plain(factor_costs)(firms, Few(unit_wage=numbers(3, 4)), structure, [Few(capital_price=1.2)], costs)
    labour = numbers(3 * (0.6 * 0.9 / 10 + 0.4 * 1.0 / 8), 4 * 1.1 / 5) * 1.25
    capital = numbers(0.6 / 0.2 + 0.4 / 0.25, 1 / 0.1) * 1.2
    assert costs == pytest.approx(labour / capital)
