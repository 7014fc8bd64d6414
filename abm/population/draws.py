"""Random draws of the opening, as whole arrays, and the order of rows."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from abm.arrays import Floats, Links
from abm.errors import UserError
from abm.kernels.draws import STREAMS
from abm.kernels.ordering import MOST_BUCKETS, fill_buckets, sort_buckets
from abm.population.kernels.firms import draw_normals, draw_uniforms

__all__ = ["Draws", "order_of"]


@dataclass
class Draws:
    """Random draws of the opening under one seed; ``threads`` are for loops over all adults and change no bit."""

    seed: int
    threads: int = 1

    def uniforms(self, name: str, rows: int, first: int = 0) -> Floats:
        """(rows,) numbers in [0, 1) for the rows from ``first`` on."""
        out = np.empty(rows)
        draw_uniforms(self.seed, STREAMS[f"opening_{name}"], first, out)
        return out

    def normals(self, name: str, rows: int, first: int = 0) -> Floats:
        """(rows,) standard normal numbers for the rows from ``first`` on."""
        out = np.empty(rows)
        draw_normals(self.seed, STREAMS[f"opening_{name}"], first, out)
        return out


def order_of(values: Floats, threads: int = 1) -> Links:
    """The rows of (rows,) finite values from the lowest to the highest, those alike in their order.

    Raises UserError for a value that is no finite number: the kernels, which check no index, would write elsewhere.
    """
    if not np.isfinite(values).all():
        raise UserError(
            "the economy cannot open: its tables and assumptions leave somebody a wage or a firm a size that is no "
            "positive number; look at compensation, social_contributions_share and what was changed last"
        )
    order, held, start = np.empty(values.size, np.int32), np.empty(values.size), np.empty(MOST_BUCKETS + 1, np.int64)
    buckets = fill_buckets[threads](values, held, order, start)
    sort_buckets[threads](held, order, start[: buckets + 1])
    return order
