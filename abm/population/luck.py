"""Luck of the opening under one seed, as whole arrays."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from abm.kernels.draws import STREAMS
from abm.kernels.opening import draw_normals, draw_uniforms

__all__ = ["Draws"]


@dataclass
class Draws:
    """Luck of the opening under one seed."""

    seed: int

    def uniforms(self, name: str, rows: int, first: int = 0) -> np.ndarray:
        """(rows,) numbers in [0, 1) for the rows from ``first`` on."""
        out = np.empty(rows)
        draw_uniforms(self.seed, STREAMS[f"opening_{name}"], first, out)
        return out

    def normals(self, name: str, rows: int, first: int = 0) -> np.ndarray:
        """(rows,) standard normal numbers for the rows from ``first`` on."""
        out = np.empty(rows)
        draw_normals(self.seed, STREAMS[f"opening_{name}"], first, out)
        return out
