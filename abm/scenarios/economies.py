"""The economy that a scenario names: a shipped one, or a folder of tables that the user brings."""

from __future__ import annotations

from pathlib import Path

from abm.data import digest_of, find_economy, load_tables, shipped_economies
from abm.errors import UserError, placed
from abm.scenarios.places import Place

__all__ = ["identity", "named_economy", "require_opening"]


def named_economy(reference: str, folder: Path, place: Place) -> str:
    """A shipped name as it is, or the absolute path of a folder that can be read. Raises UserError."""
    with placed(place.of("economy")):
        manifest = find_economy(reference, folder)
        for year in manifest.openings:
            load_tables(year, str(manifest.folder))
    return reference if reference in shipped_economies() else str(manifest.folder)


def identity(economy: str) -> str:
    """What tells an economy from others in a digest: a shipped name, or a hash of the tables, wherever they lie."""
    return economy if economy in shipped_economies() else digest_of(find_economy(economy))


def require_opening(economy: str, year: int, here: str) -> None:
    """Raise UserError if the economy has no tables for its opening year."""
    openings = find_economy(economy).openings
    if year not in openings:
        others = [name for name in shipped_economies() if year in find_economy(name).openings]
        remedy = f"; {' and '.join(others)} does" if others else ""
        known = ", ".join(map(str, openings))
        raise UserError(f"{here}: the economy {economy} does not open in {year}, only in {known}{remedy}")
