"""The figures the model opens with: an economy is a folder of tables with a manifest, below ``economies/``.

``SOURCES.md`` of a folder names the origin, year, licence, treatment and confidence of each of its tables.
Money is in billion of the economy's currency in the year of the table, employment in thousand persons, carbon dioxide
in million tonnes, energy in petajoules; sectors follow the order of ``sectors.csv`` and occupations that of
``occupations.csv``. What a sector is to the model stands in its roles, see abm/sectors.py.

An economy can open in several years, for the back-test: the folder of a year holds what was known then. What it does
not hold, see SOURCES.md, is taken from the tables beside the manifest.
"""

from __future__ import annotations

from abm.data.application_tables import (
    CHANNELS,
    KINDS,
    Application,
    Family,
    application_named,
    load_applications,
    load_families,
)
from abm.data.exchange import DECLARED, elsewhere, exchange_rate, in_currency
from abm.data.manifest import (
    DEFAULT_ECONOMY,
    Manifest,
    Named,
    Origin,
    digest_of,
    economy_for,
    find_economy,
    offered_economies,
    openings_of,
    shipped_economies,
)
from abm.data.names import known_occupations, known_regions, known_sectors, latest_year
from abm.data.observed import Observation, load_observed
from abm.data.tables import DEFAULT_YEAR, Tables, load_assumptions, load_sourced_assumptions, load_tables

__all__ = [
    "CHANNELS", "DECLARED", "DEFAULT_ECONOMY", "DEFAULT_YEAR", "KINDS", "OPENING_YEARS", "Application", "Family",
    "Manifest", "Named", "Observation", "Origin", "Tables", "application_named", "digest_of", "economy_for",
    "elsewhere", "exchange_rate", "find_economy", "in_currency", "known_occupations", "known_regions",
    "known_sectors", "latest_year", "load_applications", "load_assumptions", "load_families", "load_observed",
    "load_sourced_assumptions", "load_tables", "offered_economies", "openings_of", "shipped_economies",
]  # fmt: skip

OPENING_YEARS = tuple(sorted({year for name in shipped_economies() for year in find_economy(name).openings}))
