"""The wide table of the Integrated Assessment Modelling Consortium: a row for each variable, a column for each year.

Only full years have a column: flows are summed over the four quarters, all else is their mean. Each seed is brought to
years first, then the seeds to their median; with several seeds the 10th and 90th percentile have rows of their own,
named as in the database of the Sixth Assessment Report. Where the model's concept differs from the one behind a name
of the consortium, another name is taken: GDP is in yuan at the prices of one quarter, neither at market exchange
rates nor at purchasing power, and electricity includes line losses and the power sector's own use.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

if TYPE_CHECKING:
    from abm.results import Results

__all__ = ["GROUP_VARIABLES", "INDEX", "REGION", "VARIABLES", "Variable", "iamc_table"]

INDEX = ("model", "scenario", "region", "variable", "unit")
REGION = "China"
QUARTERS_OF_A_YEAR = 4
PERCENTILES = {"10.0th Percentile": 0.1, "": 0.5, "90.0th Percentile": 0.9}
REAL = "billion CNY_{year}/yr"
REAL_PER_PERSON = "thousand CNY_{year}/yr"
TRILLION_TO_BILLION, TWH_TO_EJ, PERCENT = 1e3, 3.6e-3, 100.0


class Variable(NamedTuple):
    """How a recorded outcome is named there; ``factor`` leads from its unit to ``unit``, a flow is summed over a year.

    ``{year}`` in a unit is the opening year, ``{group}`` in a name the group's title.
    """

    outcome: str
    name: str
    unit: str
    factor: float = 1.0
    flow: bool = False


VARIABLES = (
    Variable("real_gdp", "GDP|Real", REAL, TRILLION_TO_BILLION, flow=True),
    Variable("nominal_gdp", "GDP|Nominal", "billion CNY/yr", TRILLION_TO_BILLION, flow=True),
    Variable("consumption", "Consumption|Private|Nominal", "billion CNY/yr", TRILLION_TO_BILLION, flow=True),
    Variable("government_consumption", "Consumption|Public|Nominal", "billion CNY/yr", TRILLION_TO_BILLION, flow=True),
    Variable("investment", "Investment|Nominal", "billion CNY/yr", TRILLION_TO_BILLION, flow=True),
    Variable("exports", "Exports|Nominal", "billion CNY/yr", TRILLION_TO_BILLION, flow=True),
    Variable("imports", "Imports|Nominal", "billion CNY/yr", TRILLION_TO_BILLION, flow=True),
    Variable("labour_productivity", "Labour Productivity|Real", REAL_PER_PERSON, flow=True),
    Variable("real_wage_mean", "Wage|Real", REAL_PER_PERSON, flow=True),
    Variable("adult_population", "Population|Age 20 and Over", "million"),
    Variable("employment", "Employment", "million"),
    Variable("unemployment_rate", "Unemployment|Rate", "%", PERCENT),
    Variable("labour_share", "Labour Income Share", "%", PERCENT),
    Variable("gini_disposable_income", "Gini Coefficient|Disposable Income", ""),
    Variable("gini_wealth", "Gini Coefficient|Wealth", ""),
    Variable("public_debt_ratio", "Government Debt|Share of GDP", "%", PERCENT),
    Variable("co2_emissions", "Emissions|CO2|Energy and Industrial Processes", "Mt CO2/yr", flow=True),
    Variable("electricity_use", "Electricity Use", "EJ/yr", TWH_TO_EJ, flow=True),
    Variable("ai_electricity", "Electricity Use|Artificial Intelligence", "EJ/yr", TWH_TO_EJ, flow=True),
    Variable("ai_adoption_share", "Artificial Intelligence|Share of Firms", "%", PERCENT),
)
GROUP_VARIABLES: dict[str, tuple[Variable, ...]] = {
    "sectors": (
        Variable("value_added", "Value Added|Nominal|{group}", "billion CNY/yr", TRILLION_TO_BILLION, flow=True),
        Variable("employment", "Employment|{group}", "million"),
        Variable("electricity_use", "Electricity Use|{group}", "EJ/yr", TWH_TO_EJ, flow=True),
        Variable(
            "co2_emissions", "Emissions|CO2|Energy and Industrial Processes|{group}", "Mt CO2/yr", flow=True
        ),
    ),
    "deciles": (
        Variable("income_mean", "Disposable Income|Real|{group}", REAL_PER_PERSON, flow=True),
        Variable("income_share", "Disposable Income|Share|{group}", "%", PERCENT),
    ),
}  # fmt: skip


def iamc_table(results: Results) -> pd.DataFrame:
    """Columns model, scenario, region, variable, unit and one for each full year, named by its number as a text.

    A run without a full year has no rows and no years.
    """
    import abm

    opening = results.scenario.opening_year
    rows = _rows(results.series.assign(group=""), VARIABLES, opening)
    for table, variables in GROUP_VARIABLES.items():
        rows += _rows(results.groups[table], variables, opening)
    wide = pd.DataFrame(rows, columns=["variable", "unit", "year", "value"])
    order = {name: place for place, name in enumerate(dict.fromkeys(wide["variable"]))}
    wide = wide.pivot(index=["variable", "unit"], columns="year", values="value").reset_index()
    wide = wide.sort_values("variable", key=lambda names: names.map(order), ignore_index=True)
    wide.columns = [str(column) for column in wide.columns]
    fixed = (f"Xinzhi {abm.__version__}", results.scenario.name, REGION)
    for place, (column, value) in enumerate(zip(INDEX, fixed, strict=False)):
        wide.insert(place, column, value)
    return wide


def _rows(frame: pd.DataFrame, variables: Sequence[Variable], opening: int) -> list[tuple[str, str, int, float]]:
    """(name, unit, year, value) of the variables, in their order, then in that of the groups."""
    known = {variable.outcome: variable for variable in variables}
    chosen = frame[frame["variable"].isin(known)]
    years = chosen.assign(year=opening + chosen["quarter"] // QUARTERS_OF_A_YEAR)
    keys = ["variable", "group", "year", "seed"]
    by_year = years.groupby(keys, observed=True, sort=False)["value"].agg(["sum", "mean", "count"])
    by_year = by_year[by_year["count"] == QUARTERS_OF_A_YEAR]
    flows = by_year.index.get_level_values("variable").isin([one.outcome for one in variables if one.flow])
    by_seed = by_year["sum"].where(flows, by_year["mean"]).unstack("seed")
    order = list(known)
    found = []
    for suffix, level in PERCENTILES.items():
        if by_seed.empty or (by_seed.shape[1] == 1 and suffix):
            continue
        for (outcome, group, year), value in by_seed.quantile(level, axis="columns").items():
            variable = known[outcome]
            name = "|".join(part for part in (variable.name.format(group=_title(group)), suffix) if part)
            place = order.index(outcome)
            found.append((place, name, variable.unit.format(year=opening), int(year), variable.factor * value))
    return [row[1:] for row in sorted(found, key=lambda row: row[0])]


@cache
def _title(group: str) -> str:
    """A sector by its name, a tenth of incomes by its number."""
    from abm.data import load_tables

    tables = load_tables()
    titles = dict(zip(tables.codes, tables.names, strict=True))
    return titles.get(group) or str(group).replace("_", " ").title()
