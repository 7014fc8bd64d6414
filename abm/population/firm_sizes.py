"""How many firms a sector has and how many workers each of them: a Pareto law in whole heads."""

from __future__ import annotations

from functools import lru_cache

import numpy as np

from abm.arrays import Floats, Integers
from abm.parameters import Parameters
from abm.population.draws import Draws, order_of
from abm.population.kernels.firms import share_out

__all__ = ["apportion", "firm_sizes"]


def apportion(weights: Floats | Integers, total: int, least: int = 1, most: int | None = None) -> Integers:
    """Whole numbers in proportion to the weights that add up to ``total``, each between ``least`` and ``most``.

    What rounding down leaves goes to the largest remainders, so that every part is within one of its claim.
    """
    weights = np.array(weights, dtype=float)
    parts, shortfall = np.empty(weights.size, dtype=np.int64), np.empty(weights.size)
    missing = share_out(weights, total, least, total if most is None else most, parts, shortfall)
    parts[order_of(shortfall)[:missing]] += 1
    return parts


def firm_sizes(
    staff: Integers, employed: int, relative: Floats, parameters: Parameters, draws: Draws
) -> list[Integers]:
    """Staff of each firm by sector: a Pareto law between a least size and the largest share of employment.

    The least size of a sector is in proportion to ``relative``; a larger economy has the same law with a longer tail,
    so that results do not depend on how many workers are simulated.
    """
    firms = parameters.firms
    largest = max(2, int(firms.largest_share * employed))
    least = firms.least_staff * relative * staff.sum() / (relative * staff).sum()
    counts = []
    for workers, low in zip(staff, least, strict=True):
        mean = _mean_size(firms.size_exponent, float(low), int(min(largest, workers)))
        counts.append(int(np.clip(round(workers / mean), max(1, -(-workers // largest)), workers)))
    uniforms = draws.uniforms("size", sum(counts))
    order = draws.uniforms("size_order", sum(counts))
    sizes = []
    start = 0
    for workers, low, count in zip(staff, least, counts, strict=True):
        here = slice(start, start + count)
        start += count
        quantile = (np.arange(count) + uniforms[here]) / count
        raw = _truncated_pareto(quantile, firms.size_exponent, low, min(largest, workers))
        parts = apportion(raw, int(workers), most=largest)
        sizes.append(parts[order_of(order[here])])
    return sizes


@lru_cache(maxsize=1024)  # the same for every seed of an ensemble
def _mean_size(exponent: float, least: float, cap: int) -> float:
    """Mean of the law, over its quantiles."""
    return float(_truncated_pareto(np.linspace(0.0005, 0.9995, 1000), exponent, least, cap).mean())


def _truncated_pareto(quantile: Floats, exponent: float, least: float, cap: float) -> Floats:
    """Quantiles of a Pareto law between ``least`` and ``cap``."""
    if cap <= least:
        return np.full(quantile.shape, float(cap))
    share = 1 - (least / cap) ** exponent
    return least * (1 - quantile * share) ** (-1 / exponent)
