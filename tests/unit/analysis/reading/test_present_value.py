"""Discounted sums and what is gained per yuan, against sums by hand."""

from __future__ import annotations

import numpy as np
import pytest

from abm import DISCOUNT_RATE, UserError, discount_rate_of
from xinzhi.analysis.reading.present_value import discounting, present_values, rate_words, ratio_of_means

pytestmark = pytest.mark.unit


def test_three_years_are_discounted_to_the_first():
    assert discounting(3, 0.05) == pytest.approx([1.0, 0.952381, 0.907029], abs=1e-6)
    amounts = np.array([[100.0, 105.0, 110.25], [0.0, 0.0, 1.0]])
    assert present_values(amounts, 0.05) == pytest.approx([300.0, 1 / 1.1025])
    assert present_values(amounts, 0.0) == pytest.approx([315.25, 1.0])


def test_a_ratio_is_one_of_means_and_knows_its_interval():
    gained, spent = np.array([1.0, 3.0, 5.0]), np.array([1.0, 1.0, 2.0])
    found = ratio_of_means(gained, spent)
    assert found.mean == pytest.approx(9 / 4) and found.low < found.mean < found.high and found.pairs == 3
    even = ratio_of_means(2.0 * spent, spent)
    assert even.low == pytest.approx(2.0) == pytest.approx(even.high)
    assert np.isnan(ratio_of_means(np.array([np.nan]), spent[:1]).mean)


@pytest.mark.parametrize(("given", "rate"), [("5%", 0.05), ("8 %", 0.08), ("0.06", 0.06), (0.0, 0.0), (0.3, 0.3)])
def test_a_rate_is_read(given, rate):
    assert discount_rate_of(given) == pytest.approx(rate)


@pytest.mark.parametrize("given", ["5", 8, "-1%", "five", "nan", True, None])
def test_a_rate_that_is_none_is_refused_in_one_line(given):
    with pytest.raises(UserError, match="^discount rate.*(5% or 0.05|give a finite number)$"):
        discount_rate_of(given)


def test_the_rate_has_a_name():
    assert rate_words(DISCOUNT_RATE) == "discounted at 5 % a year"
    assert rate_words(0.035) == "discounted at 3.5 % a year" and rate_words(0.0) == "without discounting"
