"""What is published, and how the same is read off the model's runs.

The model has no season, so that flows and prices are compared as growth on the same quarter of the year before. A
``growth`` names the level that grows, an ``average`` is the mean of a year's quarters, an ``end`` its last quarter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from abm.errors import UserError
from abm.languages import said
from abm.results.years import spread

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.results.results import Results

__all__ = ["AVERAGE", "END", "GROWTH", "POPULATION_GROWTH", "PUBLISHED_VARIABLES", "Paths", "Variable"]

GROWTH, AVERAGE, END = "growth", "average", "end"
PER_CENT, OF_GDP = "per cent", "per cent of GDP"
POPULATION_GROWTH = "population_growth"  # of all ages, in history.csv, since the model has adults only
INDUSTRY = ("MIN", "FOD", "LGX", "PET", "CHM", "NMM", "MET", "MEQ", "TRE", "ELE", "UTL")
OTHER_SERVICES = ("ICT", "BUS", "EDU", "HEA", "GOV", "OTH")


class Paths:
    """The outcomes of runs as arrays (seeds, quarters), quarter 0 being that of the opening.

    ``population_growth`` is that of all ages a year, a fraction; None where nothing per head is asked for.
    """

    def __init__(self, results: Results, population_growth: float | None = None):
        self._results, self._last, self._population_growth = results, results.quarters, population_growth
        self._economy = spread(results.series, "variable", results.seeds, self._last)
        self._sectors: dict[tuple[str, str], FloatArray] = {}

    def economy(self, name: str) -> FloatArray:
        """An outcome of the whole economy."""
        return self._economy[name]

    def sector(self, code: str, name: str) -> FloatArray:
        """An outcome of a sector. Raises UserError where the economy has no such sector."""
        if not self._sectors:
            table = self._results.groups["sectors"]
            for variable, rows in table.groupby("variable", observed=True):
                for group, values in spread(rows, "group", self._results.seeds, self._last).items():
                    self._sectors[group, str(variable)] = values
        if (code, name) not in self._sectors:
            raise UserError(f"the economy has no sector {code}; its published figures are those of the economy china")
        return self._sectors[code, name]

    def sectors(self, codes: tuple[str, ...], name: str) -> FloatArray:
        """The sum over sectors."""
        return np.asarray(sum(self.sector(code, name) for code in codes), dtype=float)

    def per_head(self, total: FloatArray) -> FloatArray:
        """A total of the economy per person of all ages, up to a factor. Raises UserError without their growth."""
        if self._population_growth is None:
            raise UserError(f"history.csv: {POPULATION_GROWTH} is missing, which figures per head need; write a line")
        return total / (1.0 + self._population_growth) ** (np.arange(total.shape[1]) / 4)

    def tenths(self, name: str) -> FloatArray:
        """The mean over the ten tenths of adults, which are equally many."""
        rows = self._results.groups["deciles"]
        rows = rows[rows["variable"] == name]
        return np.asarray(np.mean(list(spread(rows, "group", self._results.seeds, self._last).values()), axis=0))


@dataclass(frozen=True)
class Variable:
    """A published variable.

    kind     GROWTH, AVERAGE or END
    values   (seeds, quarters) of the level that grows, or of what is published in its unit
    figure   whether it has a panel in the figure
    concept  how the model's concept differs from the published one of China
    elsewhere  the same of other economies; None where it is that of China
    """

    title: str
    kind: str
    values: Callable[[Paths], FloatArray]
    unit: str = PER_CENT
    figure: bool = True
    concept: str = ""
    elsewhere: str | None = None

    def concept_of(self, in_china: bool) -> str:
        """How the model's concept differs from the published one."""
        return self.concept if in_china or self.elsewhere is None else self.elsewhere


def _consumer_price(paths: Paths) -> FloatArray:
    return paths.economy("consumption") / paths.economy("real_consumption")


def _deflator(paths: Paths) -> FloatArray:
    return paths.economy("nominal_gdp") / paths.economy("real_gdp")


def _producer_price(paths: Paths) -> FloatArray:
    """Laspeyres index of domestic prices, with output of the opening as weights."""
    weights = np.array([paths.sector(code, "output")[:, :1] for code in INDUSTRY])
    prices = np.array([paths.sector(code, "price") for code in INDUSTRY])
    return (weights * prices).sum(axis=0) / weights.sum(axis=0)


def _income(paths: Paths) -> FloatArray:
    return paths.per_head(paths.tenths("income_mean") * paths.economy("adult_population") * _consumer_price(paths))


def _goods(paths: Paths) -> FloatArray:
    """Household consumption without services, at current prices; the shares of plans, none at the opening."""
    share = paths.economy("services_share").copy()
    share[:, 0] = np.where(np.isfinite(share[:, 0]), share[:, 0], share[:, 1])
    return paths.economy("consumption") * (1.0 - share)


def _value_added(*codes: str) -> Callable[[Paths], FloatArray]:
    return lambda paths: paths.sectors(codes, "value_added")


def _of(name: str, factor: float = 1.0) -> Callable[[Paths], FloatArray]:
    return lambda paths: factor * paths.economy(name)


CURRENT = said("at current prices, without the revision of shares between the tables of 2023 and the opening")
PUBLISHED_VARIABLES: dict[str, Variable] = {
    "real_gdp_growth": Variable(said("Real GDP, growth"), GROWTH, _of("real_gdp")),
    "consumer_prices": Variable(said("Consumer prices, growth"), GROWTH, _consumer_price),
    "gdp_deflator_growth": Variable(said("GDP deflator, growth"), GROWTH, _deflator),
    "nominal_gdp_growth": Variable(said("Nominal GDP, growth"), GROWTH, _of("nominal_gdp"), figure=False),
    "producer_prices": Variable(
        said("Producer prices of industry, growth"), GROWTH, _producer_price, figure=False,
        concept=said("domestic prices of industry, weighted with the output of the opening"),
    ),
    "unemployment_rate": Variable(
        said("Unemployment"), AVERAGE, _of("unemployment_rate", 100.0),
        concept=said("published of towns, the model's of the whole labour force"), elsewhere="",
    ),
    "electricity_growth": Variable(said("Electricity use, growth"), GROWTH, _of("electricity_use")),
    "co2_growth": Variable(said("CO2 emissions, growth"), GROWTH, _of("co2_emissions")),
    "exports_growth": Variable(
        said("Exports in yuan, growth"), GROWTH, _of("exports"),
        concept=said("published of goods, the model's of goods and services"),
    ),
    "imports_growth": Variable(
        said("Imports in yuan, growth"), GROWTH, _of("imports"),
        concept=said("published of goods, the model's of goods and services"),
    ),
    "retail_growth": Variable(
        said("Retail sales, growth"), GROWTH, _goods,
        concept=said("the model's consumption of goods by households"),
    ),
    "income_growth": Variable(said("Income per head, growth"), GROWTH, _income),
    "consumption_growth": Variable(
        said("Consumption per head, growth"), GROWTH, lambda paths: paths.per_head(paths.economy("consumption")),
        figure=False,
    ),
    "consumer_spending_growth": Variable(
        said("Consumption of households, growth"), GROWTH, _of("consumption"),
        concept=said("at current prices; the model's without what the state pays for health care"),
    ),
    "agriculture_share": Variable(
        said("Agriculture in employment"), END, _of("agricultural_employment_share", 100.0)
    ),
    "employment_growth": Variable(said("Employment, growth"), GROWTH, _of("employment"), figure=False),
    "public_debt": Variable(said("Public debt"), END, _of("public_debt_ratio", 100.0), OF_GDP),
    "ai_use": Variable(
        said("Firms that use AI"), AVERAGE, _of("ai_adoption_share", 100.0),
        concept=said("published of firms with employees, by the question that the survey asked then"),
    ),
    "value_added_agriculture": Variable(
        said("Value added of agriculture, growth"), GROWTH, _value_added("AGR"), figure=False, concept=CURRENT
    ),
    "value_added_industry": Variable(
        said("Value added of industry, growth"), GROWTH, _value_added(*INDUSTRY), figure=False, concept=CURRENT
    ),
    "value_added_construction": Variable(
        said("Value added of construction, growth"), GROWTH, _value_added("CON"), figure=False, concept=CURRENT
    ),
    "value_added_trade": Variable(
        said("Value added of trade, growth"), GROWTH, _value_added("TRD"), figure=False, concept=CURRENT
    ),
    "value_added_transport": Variable(
        said("Value added of transport, growth"), GROWTH, _value_added("TRN"), figure=False, concept=CURRENT
    ),
    "value_added_hotels_restaurants": Variable(
        said("Value added of hotels and restaurants, growth"), GROWTH, _value_added("HOS"), figure=False,
        concept=CURRENT,
    ),
    "value_added_finance": Variable(
        said("Value added of finance, growth"), GROWTH, _value_added("FIN"), figure=False, concept=CURRENT
    ),
    "value_added_real_estate": Variable(
        said("Value added of real estate, growth"), GROWTH, _value_added("RES"), figure=False, concept=CURRENT
    ),
    "value_added_other": Variable(
        said("Value added of other services, growth"), GROWTH, _value_added(*OTHER_SERVICES), figure=False,
        concept=CURRENT,
    ),
}  # fmt: skip
