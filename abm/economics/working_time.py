"""How long people work: a firm's overtime follows from what it makes and what its staff makes in normal hours."""

from __future__ import annotations

import numpy as np

from abm.state import Firms
from abm.structure import Structure

__all__ = ["overtime_staff"]

LEAST_LABOUR = 1e-9  # guard: of a unit of output, where a firm plans none


def overtime_staff(firms: Firms, structure: Structure) -> float:
    """Workers whose normal hours are the overtime of the quarter, all firms together.

    ``firms`` are those that have sold, before their productivity advances: services are made as they are sold.
    See ``produce`` for what a staff can make; capital counts as it does in what the firm plans.
    """
    at_work = firms.efficiency_units * (1.0 - firms.research_share) / (1.0 - structure.research_staff[firms.sector])
    normal = firms.productivity * at_work / np.maximum(firms.labour_per_unit * firms.labour_factor, LEAST_LABOUR)
    beyond = np.divide(firms.output, normal, out=np.zeros(firms.rows), where=normal > 0.0) - 1.0
    return float((firms.headcount * np.maximum(beyond, 0.0)).sum())
