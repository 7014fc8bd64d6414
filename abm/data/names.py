"""What the shipped economies have between them: sectors, occupations and regions, each with its name once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from abm.data.manifest import Manifest, Named, find_economy, shipped_economies
from abm.data.reading import read_rows
from abm.data.tables import named
from abm.languages import currencies_from, names_from

__all__ = ["known_occupations", "known_regions", "known_sectors", "latest_year"]


def latest_year(economy: Manifest) -> int:
    """The last year in which it can open."""
    return max(economy.openings)


@cache
def known_sectors() -> tuple[Named, ...]:
    """The sectors of all shipped economies, those of the default one first."""
    return _once("sectors.csv", "code")


@cache
def known_occupations() -> tuple[Named, ...]:
    """The occupations of all shipped economies."""
    return _once("occupations.csv", "name")


@cache
def known_regions() -> tuple[Named, ...]:
    """The regions of all shipped economies."""
    found = {region.code: region for one in shipped_economies() for region in find_economy(one).regions}
    return tuple(found.values())


def _once(table: str, code: str) -> tuple[Named, ...]:
    found: dict[str, Named] = {}
    for name in shipped_economies():
        for one in named(read_rows(find_economy(name).folder / table), code):
            found.setdefault(one.code, one)
    return tuple(found.values())


def _names(language: str) -> dict[str, str]:
    """{English name: that in the other language} of all sectors, occupations and regions."""
    everything = (*known_sectors(), *known_occupations(), *known_regions())
    return {one.label: one.name_zh for one in everything} if language == "zh" else {}


def _currencies() -> list[Mapping[str, str]]:
    """The currencies of the shipped economies."""
    return [find_economy(name).currency for name in shipped_economies()]


names_from(_names)
currencies_from(_currencies)
