"""Facts of firms: lumpy investment, growth, productivity, and those that leave. NaN is what a run cannot say.

Years are four quarters, after the first two years; a row that another firm takes over in a year is left out of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import BoolArray, FloatArray
    from abm.experiments.observation.look import Look

__all__ = [
    "firm_growth_kurtosis", "firm_growth_shape", "firm_growth_variance", "investment_in_spikes", "investment_inaction",
    "investment_spikes", "productivity_persistence", "productivity_spread", "size_of_leavers",
]  # fmt: skip

SETTLED, YEAR = 8, 4
SPIKE, NOTHING = 0.2, 0.01  # of capital in a year: Cooper and Haltiwanger 2006
SIZE_CLASSES = 8


def investment_spikes(look: Look) -> float:
    """Firms that invest more than a fifth of their capital in a year."""
    rate, _ = _investment(look)
    return _mean(rate > SPIKE)


def investment_in_spikes(look: Look) -> float:
    """Part of all investment by firms that invest more than a fifth of their capital in the year."""
    rate, spent = _investment(look)
    return float(spent[rate > SPIKE].sum() / spent.sum()) if spent.sum() > 0 else np.nan


def investment_inaction(look: Look) -> float:
    """Firms that invest less than a hundredth of their capital in a year."""
    rate, _ = _investment(look)
    return _mean(rate < NOTHING)


def firm_growth_shape(look: Look) -> float:
    """Mean absolute over standard deviation of yearly growth of output beside that of the sector."""
    growth, _ = _growth(look)
    return float(np.abs(growth - np.median(growth)).mean() / growth.std()) if growth.size > YEAR else np.nan


def firm_growth_kurtosis(look: Look) -> float:
    """Excess kurtosis of yearly growth of output beside that of the sector."""
    growth, _ = _growth(look)
    if growth.size <= YEAR:
        return np.nan
    distance = growth - growth.mean()
    return float((distance**4).mean() / (distance**2).mean() ** 2 - 3)


def firm_growth_variance(look: Look) -> float:
    """Elasticity of the standard deviation of yearly growth of output to staff, over eight classes of equal number."""
    growth, size = _growth(look)
    if growth.size < 100 * SIZE_CLASSES:
        return np.nan
    classes = np.array_split(np.argsort(size, kind="stable"), SIZE_CLASSES)
    means = np.array([size[rows].mean() for rows in classes])
    deviations = np.log([growth[rows].std() for rows in classes])
    return float(np.polyfit(means, deviations, 1)[0]) if np.isfinite(deviations).all() and np.ptp(means) else np.nan


def productivity_spread(look: Look) -> float:
    """90th less 10th percentile of log productivity within sectors, mean of the years."""
    spreads = []
    for first in _years(look):
        there = look.firm.heads[first] > 0
        within = _within_sectors(look, np.log(look.firm.productivity[first]), there)[there]
        spreads.append(np.quantile(within, 0.9) - np.quantile(within, 0.1))
    return float(np.mean(spreads)) if spreads else np.nan


def productivity_persistence(look: Look) -> float:
    """Slope of log productivity within sectors on that of the same firms a year before."""
    before: list[FloatArray] = []
    later: list[FloatArray] = []
    for first in _years(look):
        there = _stays(look, first)
        for found, quarter in ((before, first), (later, first + YEAR)):
            found.append(_within_sectors(look, np.log(look.firm.productivity[quarter]), there)[there])
    if not before:
        return np.nan
    one, other = np.concatenate(before), np.concatenate(later)
    return float(one @ other / (one @ one)) if one @ one > 0 else np.nan


def size_of_leavers(look: Look) -> float:
    """Mean staff of firms in the quarter before they close over that of all firms."""
    left = look.firm.entered[SETTLED + 1 :]
    heads = look.firm.heads[SETTLED:-1]
    return float(heads[left].mean() / heads.mean()) if left.any() else np.nan


def _years(look: Look) -> Iterator[int]:
    """The first quarters of the years that the run holds with the same quarter of the next."""
    return iter(range(SETTLED, len(look.firm.heads) - YEAR, YEAR))


def _stays(look: Look, first: int) -> BoolArray:
    """(firms,) those that are there with staff, capital and output over the year."""
    firm = look.firm
    ends = [first, first + YEAR]
    there = (firm.heads[ends] > 0) & (firm.output[ends] > 0) & (firm.capital[ends] > 0)
    return np.asarray(there.all(axis=0) & ~firm.entered[first + 1 : first + YEAR + 1].any(axis=0))


def _investment(look: Look) -> tuple[FloatArray, FloatArray]:
    """Investment of a year over the capital before it, and the investment; all firms and years in one row."""
    rates, spent = [np.empty(0)], [np.empty(0)]
    for first in _years(look):
        there = _stays(look, first)
        flow = look.firm.investment[first + 1 : first + YEAR + 1].sum(axis=0)[there]
        rates.append(flow / look.firm.capital[first][there])
        spent.append(flow)
    return np.concatenate(rates), np.concatenate(spent)


def _growth(look: Look) -> tuple[FloatArray, FloatArray]:
    """Log growth of a year's output beside that of the sector, and log staff before; all firms and years in one row."""
    growths, sizes = [np.empty(0)], [np.empty(0)]
    for first in _years(look):
        there = _stays(look, first)
        with np.errstate(divide="ignore", invalid="ignore"):
            change = np.log(look.firm.output[first + YEAR] / look.firm.output[first])
        growths.append(_within_sectors(look, change, there)[there])
        sizes.append(np.log(look.firm.heads[first][there]))
    return np.concatenate(growths), np.concatenate(sizes)


def _within_sectors(look: Look, values: FloatArray, there: BoolArray) -> FloatArray:
    """(firms,) values less the mean of the sector's firms that are there."""
    number = np.bincount(look.sector[there])
    total = np.bincount(look.sector[there], values[there])
    mean = np.divide(total, number, out=np.zeros(total.size), where=number > 0)
    within = np.full(values.size, np.nan)
    within[there] = values[there] - mean[look.sector[there]]
    return within


def _mean(found: BoolArray) -> float:
    return float(found.mean()) if found.size else np.nan
