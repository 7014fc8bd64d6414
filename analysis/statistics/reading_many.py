"""Many intervals read together: which effects are sure among them, and how many pairs an unclear one would need."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from math import ceil
from statistics import NormalDist

from xinzhi.analysis.statistics.measures import student_t_quantile

__all__ = ["discoveries", "pairs_for"]

EXACT_BELOW = 12  # degrees of freedom from which the expansion of Student's t has four right digits


def discoveries(statistics: Sequence[float], degrees: Sequence[int], rate: float) -> list[bool]:
    """Which of several tests read together count as found: on average at most ``rate`` of these are chance.

    The step-up procedure of Benjamini and Hochberg (1995) on two-sided t tests, from their t statistics and degrees of
    freedom. With one test it is the test at level ``rate`` itself.
    """
    count = len(statistics)
    sizes = [abs(one) for one in statistics]
    for found in range(count, 0, -1):
        tail = found * rate / (2 * count)
        passed = [size >= _quantile(1.0 - tail, free) for size, free in zip(sizes, degrees, strict=True)]
        if sum(passed) >= found:
            return passed
    return [False] * count


def pairs_for(ratio: float, least: int, most: int, confidence: float, power: float) -> int | None:
    """The pairs with which a mean of ``ratio`` standard deviations is clear with probability ``power``.

    Clear: the two-sided interval of ``confidence`` leaves out zero. At least ``least``; None where it takes more than
    ``most``. The usual sum of two quantiles of Student's t stands for the noncentral distribution.
    """

    def enough(pairs: int) -> bool:
        quantiles = [_close_quantile(level, pairs - 1) for level in (0.5 + confidence / 2, power)]
        return pairs >= ceil((sum(quantiles) / ratio) ** 2)

    if ratio <= 0.0 or not enough(most):
        return None
    low, high = least, most
    while low < high:
        middle = (low + high) // 2
        low, high = (low, middle) if enough(middle) else (middle + 1, high)
    return high


@cache
def _quantile(probability: float, degrees: int) -> float:
    return student_t_quantile(probability, degrees)


@cache
def _close_quantile(probability: float, degrees: int) -> float:
    """Student's t, by the expansion of Abramowitz and Stegun (1964), 26.7.5, where it is close."""
    if degrees < EXACT_BELOW:
        return _quantile(probability, degrees)
    z = NormalDist().inv_cdf(probability)
    first, second = (z**3 + z) / 4, (5 * z**5 + 16 * z**3 + 3 * z) / 96
    return z + first / degrees + second / degrees**2
