"""Sums over years at a social discount rate, and what is gained for each yuan of a cost."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from abm import said
from xinzhi.analysis.reading.paired import Difference, mean_of_pairs
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["discounting", "present_values", "rate_words", "ratio_of_means"]


def discounting(years: int, rate: float) -> FloatArray:
    """(years,) what a yuan of each year is worth in the first of them."""
    return (1.0 + rate) ** -np.arange(years, dtype=float)


def present_values(amounts: FloatArray, rate: float) -> FloatArray:
    """(pairs,) the sum of ``amounts`` (pairs, years), each as it counts in the first year."""
    return (amounts * discounting(amounts.shape[1], rate)).sum(axis=1)


def ratio_of_means(gained: FloatArray, spent: FloatArray) -> Difference:
    """What is gained per yuan spent, both (pairs,): a ratio of means, not the mean of ratios.

    Its interval is that of the ratio made linear (Cochran 1977, chapter 6, from memory). NaN where no pair is complete.
    """
    ratio = float(gained.mean() / spent.mean())
    error = mean_of_pairs((gained - ratio * spent) / spent.mean())
    if error is None:
        return Difference(math.nan, math.nan, math.nan, 0)
    return Difference(ratio, ratio + error.low, ratio + error.high, error.pairs)


def rate_words(rate: float) -> str:
    """``discounted at 5 % a year``."""
    if rate == 0.0:
        return said("without discounting")
    decimals = 0 if math.isclose(100 * rate, round(100 * rate)) else 1
    return said("discounted at {rate} % a year", rate=format_number(100 * rate, decimals))
