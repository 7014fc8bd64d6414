"""Amounts of money in the currency of an economy: the exchange rate, and a unit with the code of the currency."""

from __future__ import annotations

from abm.data.manifest import Manifest, find_economy
from abm.data.tables import load_tables
from abm.errors import UserError
from abm.languages import DECLARED

__all__ = ["DECLARED", "elsewhere", "exchange_rate", "in_currency"]

RATE, POWER = "currency_per_usd", "purchasing_power_per_usd"  # rows of macro.csv


def exchange_rate(economy: str, other: str, year: int, purchasing_power: bool = False) -> float:
    """How much of the currency of ``other`` one unit of that of ``economy`` is, or buys as much as it does.

    Raises UserError without the rates.
    """
    row = POWER if purchasing_power else RATE
    rates = []
    for name in (economy, other):
        macro = load_tables(year, name).macro
        if row not in macro:
            label = find_economy(name).label
            raise UserError(f"{label}: macro.csv has no row {row}, so amounts of money cannot be converted; add it")
        rates.append(macro[row])
    return rates[1] / rates[0]


def elsewhere(economy: str) -> Manifest | None:
    """The manifest of an economy with another currency than texts are written in; none for tables that are gone."""
    try:
        manifest = find_economy(economy)
    except UserError:
        return None
    return manifest if manifest.currency["code"] != DECLARED else None


def in_currency(unit: str, economy: str) -> str:
    """A unit in the currency of a shipped economy or of a folder of tables: ``trn CNY`` is ``trn USD``."""
    other = elsewhere(economy)
    return unit if other is None else unit.replace(DECLARED, other.currency["code"])
