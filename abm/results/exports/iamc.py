"""The wide table of the Integrated Assessment Modelling Consortium: a row for each variable, a column for each year.

Only full years have a column: flows are summed over the four quarters, all else is their mean. Each seed is brought to
years first, then the seeds to their median; with several seeds the 10th and 90th percentile have rows of their own,
named as in the database of the Sixth Assessment Report. Where the model's concept differs from the one behind a name
of the consortium, another name is taken: GDP is in yuan at the prices of one quarter, neither at market exchange
rates nor at purchasing power, and electricity includes line losses and the power sector's own use. The names are
declared with the outcomes, and rows are in their order.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import TYPE_CHECKING

import pandas as pd

from abm.results.currency import country_of, in_currency
from abm.results.outcome_declaration import GroupOutcome, Iamc, Outcome

if TYPE_CHECKING:
    from abm.results.results import Results

__all__ = ["INDEX", "iamc_table"]

INDEX = ("model", "scenario", "region", "variable", "unit")
QUARTERS_OF_A_YEAR = 4
PERCENTILES = {"10.0th Percentile": 0.1, "": 0.5, "90.0th Percentile": 0.9}


def iamc_table(results: Results) -> pd.DataFrame:
    """Columns model, scenario, region, variable, unit and one for each full year, named by its number as a text.

    A run without a full year has no rows and no years.
    """
    import abm
    from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES

    opening = results.scenario.opening_year
    economy = results.scenario.tables
    rows = _rows(results.series.assign(group=""), OUTCOMES, opening)
    for table, outcomes in GROUP_OUTCOMES.items():
        rows += _rows(results.groups[table], outcomes, opening)
    wide = pd.DataFrame(rows, columns=["variable", "unit", "year", "value"])
    order = {name: place for place, name in enumerate(dict.fromkeys(wide["variable"]))}
    wide["unit"] = [in_currency(unit, economy) for unit in wide["unit"]]
    wide = wide.pivot(index=["variable", "unit"], columns="year", values="value").reset_index()
    wide = wide.sort_values("variable", key=lambda names: names.map(order), ignore_index=True)
    wide.columns = [str(column) for column in wide.columns]
    fixed = (f"Xinzhi {abm.__version__}", results.scenario.name, country_of(economy).removeprefix("the "))
    for place, (column, value) in enumerate(zip(INDEX, fixed, strict=False)):
        wide.insert(place, column, value)
    return wide


def _rows(
    frame: pd.DataFrame, outcomes: Sequence[Outcome | GroupOutcome], opening: int
) -> list[tuple[str, str, int, float]]:
    """(name, unit, year, value) of the outcomes that have a name there, in their order, then in that of the groups."""
    known: dict[str, Iamc] = {outcome.name: outcome.iamc for outcome in outcomes if outcome.iamc}
    summed = [outcome.name for outcome in outcomes if outcome.display.flow]
    chosen = frame[frame["variable"].isin(known)]
    years = chosen.assign(year=opening + chosen["quarter"] // QUARTERS_OF_A_YEAR)
    keys = ["variable", "group", "year", "seed"]
    by_year = years.groupby(keys, observed=True, sort=False)["value"].agg(["sum", "mean", "count"])
    by_year = by_year[by_year["count"] == QUARTERS_OF_A_YEAR]
    flows = by_year.index.get_level_values("variable").isin(summed)
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
    from abm.data import find_economy, latest_year, load_tables, shipped_economies

    titles: dict[str, str] = {}
    for economy in reversed(shipped_economies()):
        tables = load_tables(latest_year(find_economy(economy)), economy)
        titles |= dict(zip(tables.codes, tables.names, strict=True))
    return titles.get(group) or str(group).replace("_", " ").title()
