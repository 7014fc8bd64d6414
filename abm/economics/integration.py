"""The integration of artificial intelligence into firms: who does it, and what there is of them."""

from __future__ import annotations

import math

import numpy as np

from abm.arrays import Floats
from abm.kernels.accounts import add_up
from abm.parameters import Integration
from abm.sectors import SectorRows
from abm.state import Occupations
from abm.structure import Structure

__all__ = ["integration_shares", "integrators", "part_served", "scarcity_price", "talent_need", "talent_pull"]


def integrators(structure: Structure, rules: Integration) -> Floats:
    """(sectors,) shares of the integration that firms buy: of software firms, and of business services."""
    return integration_shares(structure.rows, structure.mark_up.size, rules)


def integration_shares(rows: SectorRows, sectors: int, rules: Integration) -> Floats:
    """The same, where there is no structure yet."""
    shares = np.zeros(sectors)
    shares[rows.ai_services] += 1 - rules.of_business
    shares[rows.business_services] += rules.of_business
    return shares


def part_served(need: float) -> float:
    """Part of the projects that find staff, where ``need`` is the staff wanted over the staff available."""
    return min(1.0, 1 / need) if need > 0 else 1.0


def scarcity_price(need: float, rules: Integration) -> float:
    """Price of integration against that with enough staff."""
    return float(max(1.0, need) ** rules.price_elasticity)


def talent_pull(need: float, rules: Integration) -> float:
    """What the lack of staff adds to the scarcity of technical occupations, as a log of relative unemployment."""
    return rules.wage_weight * math.log(max(1.0, need))


def talent_need(
    begun: float, before: float, occupations: Occupations, structure: Structure, rules: Integration
) -> float:
    """Staff wanted for the projects of the quarter, those that wait included, over staff available; smoothed.

    ``begun`` is the cost of the projects begun, of which there would be more with enough staff: ``before`` is the ratio
    that was in force. What scarcity adds to their price is no work, and staff counts at the wages that it would have if
    those of its occupation had moved as all do.
    """
    if not rules.queue:
        return 1.0
    employed, index = occupations.employment, occupations.wage_index
    usual = add_up(employed * index) / add_up(employed) / index  # no less work where their own wages have risen
    pay = add_up((employed * occupations.wage_mean * usual)[structure.technical])
    available = rules.available * pay
    if available <= 0:
        return before
    wanted = rules.labour_part * begun / scarcity_price(before, rules) / part_served(before)
    return before + rules.smoothing * (wanted / available - before)
