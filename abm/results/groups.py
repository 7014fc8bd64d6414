"""The groups of the tables of groups: those of an economy, and those that every economy has."""

from __future__ import annotations

from functools import cache

from abm.data import (
    DEFAULT_ECONOMY,
    Tables,
    find_economy,
    known_occupations,
    known_regions,
    known_sectors,
    latest_year,
    load_tables,
)
from abm.sectors import BRANCHES, OWNERS

__all__ = ["GROUP_LABELS", "group_labels", "group_titles", "labels_of", "sectors_with"]


def labels_of(tables: Tables) -> dict[str, tuple[str, ...]]:
    """{table of groups: its groups in their order} of an economy's tables."""
    return {
        "sectors": tables.codes,
        "occupations": tables.occupation_names,
        "deciles": tuple(f"decile_{number}" for number in range(1, 11)),
        "firm_sizes": ("micro_1_9", "small_10_49", "medium_50_249", "large_250_plus"),
        "regions": tuple(region.code for region in tables.economy.regions),
        "screened": ("screened_group", "all_others"),
    }


def group_labels(economy: str = "") -> dict[str, tuple[str, ...]]:
    """{table of groups: its groups in their order} of an economy, by its name or folder; of the default one without."""
    economy = economy or DEFAULT_ECONOMY
    return labels_of(load_tables(latest_year(find_economy(economy)), economy))


def sectors_with(word: str, economy: str = "") -> tuple[str, ...]:
    """The codes of an economy's sectors that have a role, a branch or an owner of that name, see abm/sectors.py."""
    economy = economy or DEFAULT_ECONOMY
    tables = load_tables(latest_year(find_economy(economy)), economy)
    words = zip(tables.codes, tables.roles, tables.branch, tables.owner, strict=True)
    return tuple(code for code, roles, at, own in words if word in {*roles, BRANCHES[at], OWNERS[own]})


@cache
def group_titles() -> dict[str, str]:
    """{sector, occupation or region: what figures and texts call it} of all shipped economies."""
    return {one.code: one.label for one in (*known_sectors(), *known_occupations(), *known_regions())}


GROUP_LABELS = group_labels()  # of the default economy
