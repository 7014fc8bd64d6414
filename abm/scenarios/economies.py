"""The economy that a scenario names: a shipped one, or a folder of tables that the user brings."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from abm.data import (
    DEFAULT_ECONOMY,
    DEFAULT_YEAR,
    Manifest,
    digest_of,
    elsewhere,
    find_economy,
    known_regions,
    known_sectors,
    load_tables,
    shipped_economies,
)
from abm.errors import UserError, nearest, placed
from abm.levers.abroad import is_money, lever_in
from abm.levers.declaration import Lever, LeverParameter
from abm.levers.finding import lever_named
from abm.levers.time_paths import read_setting
from abm.scenarios.places import Place

__all__ = ["identity", "lacking_in", "named_economy", "require_tables", "settable"]


def named_economy(reference: str, folder: Path, place: Place) -> str:
    """A shipped name as it is, or the absolute path of a folder that can be read. Raises UserError.

    An empty reference, of a scenario that names none, comes back as it is.
    """
    if not reference:
        return reference
    with placed(place.of("economy")):
        manifest = find_economy(reference, folder)
        for year in manifest.openings:
            load_tables(year, str(manifest.folder))
    return reference if reference in shipped_economies() else str(manifest.folder)


def identity(economy: str) -> str:
    """What tells an economy from others in a digest: a shipped name, or a hash of the tables, wherever they lie."""
    return economy if economy in shipped_economies() else digest_of(find_economy(economy))


def require_tables(economy: str, year: int, levers: Mapping[str, Any], here: str) -> None:
    """Raise UserError if the economy does not open in the year, or lacks a sector or region that a lever names.

    Also for an amount of money that is out of bounds in the currency of the economy.
    """
    manifest = find_economy(economy)
    if year not in manifest.openings:
        raise _not_open(manifest, economy, year, here)
    lacking = lacking_in(economy, year)
    held = {one.code for one in (*known_sectors(), *known_regions())} - lacking
    for lever, setting in levers.items():
        for code in sorted(lacking.intersection(setting if isinstance(setting, dict) else ())):
            raise UserError(f"{here}: {lever} is set for {code}, which {manifest.label} has not{nearest(code, held)}")
        _require_bounds(economy, year, lever_named(lever), setting, here)


def _not_open(manifest: Manifest, economy: str, year: int, here: str) -> UserError:
    """What is wrong with the year: another one of the country first, another country only as what it is."""
    from abm.scenarios.opening_year import years_of

    others = [name for name in shipped_economies() if year in find_economy(name).openings]
    same = [name for name in others if find_economy(name).currency["code"] == manifest.currency["code"]]
    if same:
        known, remedy = tuple(manifest.openings), f"; write economy: {same[0]}"
    else:
        known = years_of(economy)
        remedy = f"; take one of these, or for another country write economy: {others[0]}" if others else ""
    years = ", ".join(map(str, known))
    return UserError(f"{here}: the economy {manifest.label} does not open in {year}, only in {years}{remedy}")


def _require_bounds(economy: str, year: int, lever: Lever, setting: Any, here: str) -> None:
    """Read a setting in money again, in the bounds that it has in the currency of the economy."""
    if elsewhere(economy) is not None and any(map(is_money, lever.parameters)):
        read_setting(lever_in(lever, economy, year), setting, lambda *_: here)


def lacking_in(economy: str, year: int) -> set[str]:
    """The codes of sectors and regions that another shipped economy has, but not this one."""
    held = {*load_tables(year, economy).codes, *(region.code for region in find_economy(economy).regions)}
    return {one.code for one in (*known_sectors(), *known_regions())} - held


def settable(lever: Lever, economy: str = DEFAULT_ECONOMY, year: int = DEFAULT_YEAR) -> list[LeverParameter]:
    """The parameters of a lever but those of sectors and regions that the economy has not."""
    lacking = lacking_in(economy, year)
    return [one for one in lever.parameters if one.name not in lacking]
