"""Counts and sums by group that only look at the economy."""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel

__all__ = ["adopters_by_size", "count_by_occupation", "gini_sorted", "sum_by_region"]


@kernel
def count_by_occupation(occupation, status, counts):
    """Adults by occupation and status into ``counts`` (22, 5) int64."""
    for row in range(occupation.size):
        counts[occupation[row], status[row]] += 1


@kernel
def gini_sorted(values):
    """Gini of values in ascending order, normalised by the mean of absolute values where some are negative."""
    rows = values.size
    weighted = 0.0
    total = 0.0
    size = 0.0
    for row in range(rows):
        weighted += (2.0 * row - rows + 1.0) * values[row]
        total += values[row]
        size += abs(values[row])
    return weighted / (rows * size) if size > 0.0 else 0.0


@kernel
def adopters_by_size(headcount, stage, use, limits, firms, adopters, uses):
    """Firms, adopters and use summed by size class; ``limits`` are the classes' least headcounts, ascending."""
    for i in range(headcount.size):
        place = 0
        while place + 1 < limits.size and headcount[i] >= limits[place + 1]:
            place += 1
        if headcount[i] >= limits[0]:
            firms[place] += 1
            if stage[i] > 0:
                adopters[place] += 1
            uses[place] += use[i]


@kernel
def sum_by_region(region, status, wage, disposable, counts, sums):
    """Adults by region and status (4, 5) int64, and wages and disposable income by region (4, 2)."""
    for row in range(region.size):
        counts[region[row], status[row]] += 1
        sums[region[row], 0] += wage[row]
        sums[region[row], 1] += disposable[row]
