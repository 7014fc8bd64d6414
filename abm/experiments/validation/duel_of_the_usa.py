"""The quarterly duel of the United States: growth of real GDP, the GDP deflator and the unemployment rate.

Growth and the deflator are 400 times the change of the logarithm on the quarter before, the unemployment rate is the
mean of the quarter: the definitions of the scores that were published of US_BeforeIT, so that errors can be compared.

An origin is carried forward to what was published for its quarter: the rate of consumer prices and unemployment. Its
trend is what a forecaster had who takes the mean growth of GDP per worker of the twenty years before for that to come.
Its standard error, a fifth of a point a year, is small beside the errors of twelve quarters, and the draws below the
mean leave no farms that can pay for their investment: every seed has the mean. The policy rate is left as the tables
have it: there it is the mean rate on public debt and the anchor of the natural rate, which the federal funds rate of a
quarter is not.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.data.growth_record import load_growth_record
from abm.experiments.validation.duel_form import Carried, DuelForm
from abm.experiments.validation.published_variables import PUBLISHED_VARIABLES, Paths
from abm.experiments.validation.quarterly_record import QUARTERS
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.resolution import settled_assumptions
from abm.scenarios.scenario import load_scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.results.results import Results

__all__ = ["USA", "growth_known", "origin_settings"]

YEARS_KNOWN = 20
ADDED = "growth.expected_growth_above_frontier"  # a quarter, what the model adds to the trend by itself
ANNUAL_RATE = 100.0 * QUARTERS


def growth_known(place: int) -> float:
    """Mean growth of GDP per worker a year over the twenty years before an origin, as far as the record goes."""
    record = load_growth_record("USA")
    last = min(place // QUARTERS - 1, max(record))
    return float(np.mean([record[year] for year in range(last + 1 - YEARS_KNOWN, last + 1)]))


def origin_settings(place: int, seeds: Iterable[int]) -> dict[int, dict[str, Any]]:
    """{seed: {scenario key: value}}: the trend that was known at the origin, the same for every seed."""
    opened = {"economy": USA.tables[0], f"assumptions.{OPENING_YEAR_KEY}": USA.tables_of(place)}
    added = settled_assumptions(load_scenario("baseline", opened))[ADDED]
    trend = growth_known(place) / QUARTERS - added
    return {
        seed: {f"assumptions.growth.{name}": trend for name in ("trend_opening", "trend_long_run")} for seed in seeds
    }


def at_annual_rates(results: Results, place: int) -> dict[str, FloatArray]:  # noqa: ARG001 - no past is needed
    """Growth and the deflator at annual rates, unemployment in per cent, for each step ahead."""
    paths = Paths(results)
    growing = {name: PUBLISHED_VARIABLES[name].values(paths) for name in ("real_gdp_growth", "gdp_deflator_growth")}
    found = {name: np.asarray(ANNUAL_RATE * np.diff(np.log(level), axis=1)) for name, level in growing.items()}
    unemployment = PUBLISHED_VARIABLES["unemployment_rate"].values(paths)
    return {**found, "unemployment_rate": unemployment[:, 1:]}


USA = DuelForm(
    "usa", ("usa",), 12,
    {"consumer_price_inflation": Carried("consumer_prices"), "unemployment_rate": Carried("unemployment_rate")},
    origin_settings, at_annual_rates,
)  # fmt: skip
