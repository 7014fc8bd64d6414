"""The integration of artificial intelligence into firms: who does the work that they buy."""

from __future__ import annotations

import numpy as np

from abm.arrays import Floats
from abm.parameters import Integration
from abm.structure import Structure

__all__ = ["integrators"]


def integrators(structure: Structure, rules: Integration) -> Floats:
    """(sectors,) shares of the integration that firms buy: of software firms, and of business services."""
    rows = structure.rows
    shares = np.zeros(structure.mark_up.size)
    shares[rows.ai_services] += 1 - rules.of_business
    shares[rows.business_services] += rules.of_business
    return shares
