"""What power plants buy of coal mines as the grid gets cleaner."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm.arrays import Integers

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["coal_mines", "coal_need"]


def coal_mines(economy: Economy) -> Integers:
    """Rows of the sectors that dig what has a world price; refineries, whose fuel has a trend of its own, are not."""
    structure = economy.structure
    rows = np.flatnonzero(structure.commodity > 0)
    return rows[rows != structure.rows.energy_fuel]


def coal_need(economy: Economy) -> float:
    """Coal per kilowatt-hour against the opening: it falls as carbon dioxide does, and is not more than it was."""
    usual = economy.structure.grid_factor
    return min(1.0, economy.macro.grid_factor / usual) if usual > 0 else 1.0
