"""Accounts of a change that add up exactly: productivity by firms, a product of factors.

They are identities. They say where a change is to be found, not what caused it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import BoolArray, FloatArray, IntArray

__all__ = ["PRODUCTIVITY_PARTS", "log_mean", "log_mean_parts", "productivity_parts"]

PRODUCTIVITY_PARTS = ("within_firms", "between_firms", "between_sectors", "entry", "exit")


def productivity_parts(
    sector: IntArray,
    value_added: tuple[FloatArray, FloatArray],
    staff: tuple[FloatArray, FloatArray],
    replaced: BoolArray,
) -> FloatArray:
    """(5,) PRODUCTIVITY_PARTS of the change of value added per worker between two moments.

    ``sector``, ``replaced`` and each of the pairs are (places,): a place is held by the same firm at both moments
    unless it is ``replaced``; a firm without staff at a moment counts as not there.

    The change is first split between sectors, whose shares in employment shift, and what happens inside them, both at
    the means of the two moments. Inside a sector firms that stayed have a within part and a between part, shares and
    productivity again at their means (Griliches and Regev 1995; the second method of Foster, Haltiwanger and Krizan
    2001). Those that came and those that left are held against the firms that stayed, at the same moment (Melitz and
    Polanec 2015): held against the past, as by Foster, Haltiwanger and Krizan, every entrant would earn the trend. In a
    sector in which no firm stayed, all of the change is renewal: it is counted as entry.
    """
    staying = ~replaced & (staff[0] > 0) & (staff[1] > 0)
    total = [float(one.sum()) for one in staff]
    parts = np.zeros(len(PRODUCTIVITY_PARTS))
    for one in np.unique(sector):
        here = sector == one
        heads = [float(at[here].sum()) for at in staff]
        made = [float(at[here].sum()) for at in value_added]
        if min(heads) <= 0.0:  # a sector that appears or vanishes: its place in the whole is all that changes
            parts[2] += made[1] / total[1] - made[0] / total[0]
            continue
        shares = [heads[at] / total[at] for at in (0, 1)]
        levels = [made[at] / heads[at] for at in (0, 1)]
        parts[2] += 0.5 * (levels[0] + levels[1]) * (shares[1] - shares[0])
        inside = _inside(value_added, staff, here & staying, heads, made)
        parts[[0, 1, 3, 4]] += 0.5 * (shares[0] + shares[1]) * inside
    return parts


def _inside(
    value_added: tuple[FloatArray, FloatArray], staff: tuple[FloatArray, FloatArray], stayed: BoolArray,
    heads: list[float], made: list[float],
) -> FloatArray:  # fmt: skip
    """(within, between, entry, exit) of the change of a sector's productivity."""
    if not stayed.any():
        return np.array([0.0, 0.0, made[1] / heads[1] - made[0] / heads[0], 0.0])
    kept = [float(at[stayed].sum()) for at in staff]
    kept_made = [float(at[stayed].sum()) for at in value_added]
    theirs = [kept_made[at] / kept[at] for at in (0, 1)]
    share = [staff[at][stayed] / kept[at] for at in (0, 1)]
    level = [value_added[at][stayed] / staff[at][stayed] for at in (0, 1)]
    within = float((0.5 * (share[0] + share[1]) * (level[1] - level[0])).sum())
    middle = 0.5 * (level[0] + level[1]) - 0.5 * (theirs[0] + theirs[1])
    between = float((middle * (share[1] - share[0])).sum())
    came = (made[1] - kept_made[1] - (heads[1] - kept[1]) * theirs[1]) / heads[1]
    left = (made[0] - kept_made[0] - (heads[0] - kept[0]) * theirs[0]) / heads[0]
    return np.array([within, between, came, -left])


def log_mean(one: FloatArray, other: FloatArray) -> FloatArray:
    """The logarithmic mean (a - b) / (ln a - ln b), elementwise; a where both are the same, 0 where one is 0."""
    one, other = np.broadcast_arrays(np.asarray(one, dtype=float), np.asarray(other, dtype=float))
    if ((one < 0.0) | (other < 0.0)).any():
        raise ValueError("the logarithmic mean needs amounts that are not negative")
    mean = np.where(one == other, one, 0.0)
    differ = (one != other) & (one > 0.0) & (other > 0.0)
    low, high = np.minimum(one, other)[differ], np.maximum(one, other)[differ]
    mean[differ] = (high - low) / np.log1p((high - low) / low)  # keeps its digits however near or far they are
    return mean


def log_mean_parts(before: FloatArray, after: FloatArray) -> FloatArray:
    """(factors,) of the change of the sum over rows of the product over columns, from ``before`` to ``after``.

    Both are (rows, factors), nothing negative. A row's change is shared out by the logarithms of how much each of its
    factors changed, weighted by the logarithmic mean of its two products: LMDI-I in its additive form (Ang 2005), which
    leaves nothing over. Where a product is 0 at one moment, all of the row's change belongs to the factors that are 0
    there, in equal parts: the limit for factors that vanish alike (Ang and Liu 2007).
    """
    before, after = np.asarray(before, dtype=float), np.asarray(after, dtype=float)
    if (before < 0.0).any() or (after < 0.0).any():
        raise ValueError("the factors must not be negative")
    products = before.prod(axis=1), after.prod(axis=1)
    parts = np.zeros(before.shape[1])
    whole = (products[0] > 0.0) & (products[1] > 0.0)
    logs = np.log(after[whole] / before[whole])
    parts += log_mean(products[1][whole], products[0][whole]) @ logs
    for row in np.flatnonzero(~whole):
        change = products[1][row] - products[0][row]
        if change != 0.0:
            gone = (after[row] == 0.0) if change < 0.0 else (before[row] == 0.0)
            parts += change * gone / gone.sum()
    return parts
