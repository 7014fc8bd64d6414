"""The whole calendar years of Results as tables, in the units of a year."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from abm.results.currency import in_currency
from abm.results.years import GROWTH, growth_of, of_a_year, spread, whole_years, yearly, yearly_name

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray
    from abm.results.outcome_declaration import Display, GroupOutcome, Outcome
    from abm.results.results import Results

__all__ = ["ECONOMY", "years_of", "years_table"]

ECONOMY = "economy"  # the table of what has no groups
COLUMNS = ["scenario", "seed", "year", "table", "group", "variable", "value", "unit"]


def years_table(results: Results) -> pd.DataFrame:
    """A row for each defined value, see Results.years."""
    import pandas as pd

    from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES

    opening, last = results.scenario.opening_year, results.quarters
    parts = list(_economy(results, OUTCOMES, opening, last))
    for table, outcomes in GROUP_OUTCOMES.items():
        parts += _groups(results, table, outcomes, opening, last)
    if not parts:
        return pd.DataFrame(columns=COLUMNS)
    whole = pd.concat(parts, ignore_index=True)
    whole.insert(0, "scenario", results.scenario.name)
    for name in ("scenario", "table", "group", "variable", "unit"):
        whole[name] = pd.Categorical(whole[name], categories=whole[name].unique())
    return whole[COLUMNS]


def years_of(results: Results, name: str) -> pd.DataFrame:
    """One outcome of the economy: (whole years, seeds), the unit in ``attrs["unit"]``."""
    import pandas as pd

    from abm.results.outcome_names import outcome_named

    outcome, opening = outcome_named(name), results.scenario.opening_year
    chosen = results.series[results.series["variable"].isin([outcome.name, GROWTH.get(outcome.name)])]
    years = whole_years(opening, results.quarters)
    arrays = spread(chosen, "variable", results.seeds, results.quarters)
    arrays.setdefault(outcome.name, np.full((len(results.seeds), results.quarters + 1), np.nan))
    display = _of_a_year(outcome, opening, results.scenario.tables)
    table = pd.DataFrame(
        (_years(outcome, arrays) * display.factor).T,
        index=pd.Index(years, name="year"),
        columns=pd.Index(results.seeds, name="seed"),
    )
    table.attrs = {"title": display.title, "unit": display.unit, "decimals": display.decimals}
    return table


def _economy(results: Results, outcomes: Sequence[Outcome], opening: int, last: int) -> Iterator[pd.DataFrame]:
    arrays = spread(results.series, "variable", results.seeds, last)
    for outcome in outcomes:
        if outcome.name in arrays:
            yield _rows(
                results.seeds, {"": _years(outcome, arrays)}, outcome, opening, ECONOMY, results.scenario.tables
            )


def _groups(
    results: Results, table: str, outcomes: Sequence[GroupOutcome], opening: int, last: int
) -> Iterator[pd.DataFrame]:
    frame = results.groups[table]
    for outcome in outcomes:
        of_groups = spread(frame[frame["variable"] == outcome.name], "group", results.seeds, last)
        if of_groups:
            years = {group: yearly(values, outcome.display) for group, values in of_groups.items()}
            yield _rows(results.seeds, years, outcome, opening, table, results.scenario.tables)


def _years(outcome: Outcome, arrays: Mapping[str, FloatArray]) -> FloatArray:
    """(seeds, whole years) of an outcome of the economy; growth is that of the yearly sums where they are there."""
    from abm.results.outcome_names import outcome_named

    grown = GROWTH.get(outcome.name)
    if grown and grown in arrays:
        return growth_of(yearly(arrays[grown], outcome_named(grown).display))
    return yearly(arrays[outcome.name], outcome.display)


def _rows(
    seeds: Sequence[int], values: Mapping[str, FloatArray], outcome: Outcome | GroupOutcome, opening: int, table: str,
    economy: str,
) -> pd.DataFrame:  # fmt: skip
    """The defined years of ``values``, {group: (seeds, years)} in recorded units, group by group."""
    import pandas as pd

    display = _of_a_year(outcome, opening, economy)
    years = np.stack([*values.values()]) * display.factor
    groups, rows, columns = np.nonzero(np.isfinite(years))
    return pd.DataFrame({
        "seed": np.asarray(seeds)[rows], "year": opening + columns, "table": table,
        "group": np.array([*values], dtype=object)[groups],
        "variable": yearly_name(outcome.name, outcome.display), "value": years[groups, rows, columns],
        "unit": display.unit,
    })  # fmt: skip


def _of_a_year(outcome: Outcome | GroupOutcome, opening: int, economy: str) -> Display:
    """How the years of an outcome are shown, in the currency of the economy."""
    display = of_a_year(outcome.display, outcome.unit, opening)
    return replace(display, unit=in_currency(display.unit, economy))
