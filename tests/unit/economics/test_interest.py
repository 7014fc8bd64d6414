"""Rates that the bank offers and mean rates of what is outstanding: docs/model/equations/expectations.md, eq. 54a."""

from dataclasses import replace
from types import SimpleNamespace as Few

import pytest

from abm.economics.interest import deposit_rate, mean_rates_move
from abm.parameters import Parameters

pytestmark = pytest.mark.unit

MONEY = replace(
    Parameters().money, policy_rate=0.0075, loan_spread=0.002, deposit_spread=0.001, bond_spread=0.0005,
    deposit_beta=0.4, loan_renewal=0.25, deposit_renewal=0.2, bond_renewal=0.05,
)  # fmt: skip


def opening(policy_rate):
    """Rates as they open, with another policy rate since."""
    return Few(policy_rate=policy_rate, loan_rate=0.0095, deposit_rate=0.0065, bond_rate=0.008)


def rates(macro):
    return macro.loan_rate, macro.deposit_rate, macro.bond_rate


def test_nothing_moves_while_the_policy_rate_is_that_of_the_opening():
    macro = opening(MONEY.policy_rate)
    mean_rates_move(macro, MONEY)
    assert rates(macro) == pytest.approx((0.0095, 0.0065, 0.008), rel=1e-12)


def test_rates_move_by_what_is_renewed_and_deposits_by_a_part_of_it():
    macro = opening(0.0125)  # half a point dearer in a quarter
    mean_rates_move(macro, MONEY)
    first = (0.0095 + 0.25 * 0.005, 0.0065 + 0.2 * 0.4 * 0.005, 0.008 + 0.05 * 0.005)
    assert rates(macro) == pytest.approx(first)
    mean_rates_move(macro, MONEY)
    second = (first[0] + 0.25 * 0.75 * 0.005, first[1] + 0.2 * 0.8 * 0.002, first[2] + 0.05 * 0.95 * 0.005)
    assert rates(macro) == pytest.approx(second)


def test_in_the_end_loans_and_bonds_follow_in_full():
    macro = opening(0.0125)
    for _ in range(2_000):
        mean_rates_move(macro, MONEY)
    assert rates(macro) == pytest.approx((0.0145, 0.0085, 0.013))


@pytest.mark.parametrize("renewal", ["loan", "deposit", "bond"])
def test_what_is_never_renewed_keeps_its_rate_and_what_always_is_follows_at_once(renewal):
    for part, moved in ((0.0, 0.0), (1.0, 0.002 if renewal == "deposit" else 0.005)):
        macro = opening(0.0125)
        before = getattr(macro, f"{renewal}_rate")
        mean_rates_move(macro, replace(MONEY, **{f"{renewal}_renewal": part}))
        assert getattr(macro, f"{renewal}_rate") == pytest.approx(before + moved)


def test_deposits_never_cost():
    assert deposit_rate(MONEY.policy_rate, MONEY) == pytest.approx(0.0065)
    assert deposit_rate(0.0125, MONEY) == pytest.approx(0.0085)
    assert deposit_rate(0.0, MONEY) == pytest.approx(0.0065 - 0.4 * 0.0075)
    assert deposit_rate(0.0, replace(MONEY, deposit_beta=1.0)) == 0.0
