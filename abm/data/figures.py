"""The single figures of an economy by name: the rows of macro.csv."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from abm.data.plausible import check_figures
from abm.data.reading import number, once, place, read_rows
from abm.errors import UserError

__all__ = ["ALLOWANCES", "HOURS", "LASTING", "NAMED_AFTER_CHINA", "Figures", "load_figures"]

ALLOWANCES, HOURS = "allowance_price", "hours_per_week"
LASTING = (ALLOWANCES, HOURS)  # figures of the latest year that hold in earlier openings too

# Figures by the names that the tables of China have for them.
NAMED_AFTER_CHINA = {"nominal_gdp_trn": "nominal_gdp_trn_cny", "co2_table_total_mt": "co2_ceads_total_mt"}


class Figures(dict[str, float]):
    """Single figures by name; one that is missing is a UserError that names the table.

    ``sources`` has the source of each, ``label`` is the table as messages call it.
    """

    label = "macro.csv"
    sources: dict[str, str]
    places: dict[str, str]

    def __missing__(self, name: str) -> float:
        if name in NAMED_AFTER_CHINA and NAMED_AFTER_CHINA[name] in self:
            return self[NAMED_AFTER_CHINA[name]]
        raise UserError(f"{self.label}: there is no row {name}; add one")

    def place(self, name: str) -> str:
        """File and line of a figure; the file alone for one that is not there."""
        return self.places.get(name) or self.places.get(NAMED_AFTER_CHINA.get(name, ""), self.label)


def load_figures(path: Path, only: Collection[str] = ()) -> Figures:
    """The figures of a table, or ``only`` the named ones of it, each within the range of its name. Raises UserError."""
    rows = read_rows(path)
    once(rows, "name")
    rows = [row for row in rows if not only or row["name"] in only]
    check_figures(rows)
    found = Figures({row["name"]: number(row, "value") for row in rows})
    found.label = f"{path.parent.name}/{path.name}"
    found.sources = {row["name"]: row.get("source", "") for row in rows}
    found.places = {row["name"]: place(row) for row in rows}
    return found
