"""What a sector or an occupation is to the model: words in its table, never a code or a row number in the code.

A sector has roles, a branch, an owner and a group of electricity users. Kernels are given the rows of roles, or masks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from abm.arrays import Flags, Integers
from abm.errors import UserError

__all__ = [
    "ACTIVITIES", "BRANCHES", "ELECTRICITY_GROUPS", "OCCUPATION_ROLES", "OWNERS", "ROLES", "SectorRows", "having",
    "places", "rows_of",
]  # fmt: skip

# What each role means, and whether exactly one sector must have it; of the others there may be none or several.
ROLES: Mapping[str, tuple[str, bool]] = {
    "farming": ("works the land: its mixed income is pay, people move out of it", False),
    "commodity": ("digs what has a world price", False),
    "energy_fuel": ("sells fuel", True),
    "energy_power": ("sells electricity, and emits what the grid emits", True),
    "ai_services": ("sells AI services and platforms", True),
    "computers": ("makes the computers that those who sell AI services invest in", True),
    "business_services": ("does the research and consulting that the state buys", True),
    "administration": ("runs the programmes of policies", True),
    "teaching": ("teaches trainees, and what policies teach beyond today", True),
    "public": ("is ordered AI by the state", False),
    "construction": ("builds dwellings and public works", True),
    "real_estate": ("whose investment is the trade in dwellings", True),
    "new_materials": ("whose research AI shortens from 36 to 12 months", False),
}
OCCUPATION_ROLES: Mapping[str, str] = {
    "farming": "an occupation of the residents' scheme: a whole log point less likely to be insured as employees are",
    "taught": "education prepares for it",
    "technical": "computer and engineering work: its staff integrates AI into firms",
}
BRANCHES = ("agriculture", "industry", "services")  # in the order of the codes of Structure.industry
OWNERS = ("shareholders", "workers", "homeowners", "state")  # in the order of the codes of Owner
ELECTRICITY_GROUPS = ("primary", "secondary", "tertiary")
# What applications of AI are found in, whatever sectors an economy has: a sector does one or several of these.
ACTIVITIES = (
    "agriculture", "mining", "food", "light_industry", "refining", "chemicals", "mineral_products", "metals",
    "machinery", "vehicles", "electronics", "utilities", "construction", "trade", "transport", "hospitality",
    "information", "finance", "real_estate", "business_services", "education", "health", "administration",
    "other_services",
)  # fmt: skip


class SectorRows(NamedTuple):
    """Rows of sectors with a role that one sector has; kernels are given those they need."""

    energy_fuel: int
    energy_power: int
    ai_services: int
    computers: int
    business_services: int
    administration: int
    teaching: int
    construction: int
    real_estate: int


def having(roles: Sequence[frozenset[str]], *wanted: str) -> Flags:
    """Which rows have one of the roles."""
    return np.array([not held.isdisjoint(wanted) for held in roles])


def places(words: Sequence[str], known: Sequence[str]) -> Integers:
    """The number of each word in a list of known ones, read-only."""
    found = np.array([known.index(word) for word in words], dtype=np.int64)
    found.setflags(write=False)
    return found


def rows_of(roles: Sequence[frozenset[str]], label: str) -> SectorRows:
    """The rows of the roles that one sector has. UserError where none or several have it; ``label`` is the table."""
    rows = {}
    for role in SectorRows._fields:
        (found,) = np.nonzero(having(roles, role))
        if found.size != 1:
            raise UserError(f"{label}: {found.size} sectors have the role {role}; give it to exactly one")
        rows[role] = int(found[0])
    return SectorRows(**rows)
