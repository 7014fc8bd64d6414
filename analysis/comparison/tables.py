"""The tables of a comparison as data: levels, paired differences, the headline of chosen years, winners and losers.

All are of whole calendar years, in the units and under the names of a year (abm/results/years.py).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm import said
from xinzhi.analysis.reading.changes import GROUP_MEASURES, among_headlines, difference_unit, finding, group_changes
from xinzhi.analysis.reading.display import DISPLAYS, display_of, group_title, headline_of
from xinzhi.analysis.reading.paired import Difference, mean_of_pairs
from xinzhi.analysis.reading.panel import quantiles

if TYPE_CHECKING:
    import pandas as pd

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["COLUMNS", "differences_table", "headline_table", "levels_table", "winners_table"]

# What the columns hold beside those that all tables of the model share.
COLUMNS = {
    "scenario": said("label of the scenario"),
    "reference": said("label of the scenario that it is compared with"),
    "year": said("calendar year: mean of its quarters, the sum of a flow, the last quarter of a stock"),
    "measure": said("what is measured, in words"),
    "level": said("mean over the seeds"),
    "p10": said("10th percentile over the seeds"),
    "p90": said("90th percentile over the seeds"),
    "seeds": said("number of seeds that have a value"),
    "difference": said("mean over the pairs of seeds of the scenario less the reference, in difference_unit"),
    "low": said("lower end of the 90 % confidence interval of that mean, Student's t"),
    "high": said("upper end of the 90 % confidence interval of that mean, Student's t"),
    "difference_unit": said("unit of the level, or percentage points and points for rates and indices"),
    "relative": said("the same difference in per cent of the reference's mean"),
    "relative_low": said("lower end of its 90 % confidence interval"),
    "relative_high": said("upper end of its 90 % confidence interval"),
    "pairs": said("number of pairs of seeds"),
    "variance_ratio": said(
        "variance of the difference without pairing, divided by that of the pairs; needs three pairs"
    ),
    "finding": said(
        "the difference in words: no clear difference where the interval includes zero; likely where it "
        "excludes zero, but perhaps by chance among all headline measures of the year or all groups of the measure"
    ),
    "pairs_needed": said(
        "pairs of seeds with which a difference of this size would be clear in four of five cases; empty "
        "above 500, and with fewer than three pairs"
    ),
    "settling": said("what more pairs of seeds would do for a difference that is not clear"),
    "table": said("what the groups are: tenths of incomes, occupations, sectors, sizes of firms or regions"),
    "title": said("the group in words"),
    "small": said(
        "whether the group is too small to read: fewer than 100 simulated workers, or 30 firms where they count"
    ),
}


def levels_table(comparison: Comparison) -> pd.DataFrame:
    """Mean, 10th and 90th percentile of every variable in every whole year."""
    import pandas as pd

    rows = []
    for panel, label in zip(comparison.panels, comparison.labels, strict=True):
        for variable in panel.recorded:
            display = display_of(panel, variable)
            values = panel.values(variable) * display.factor
            low, high = quantiles(values, (0.1, 0.9))
            counts = np.isfinite(values).sum(axis=0)
            mean = np.where(counts > 0, np.nansum(values, axis=0) / np.maximum(counts, 1), np.nan)
            rows += [
                (label, int(panel.years[at]), yearly_name_of(variable), mean[at], low[at], high[at], int(counts[at]),
                 display.unit)
                for at in np.flatnonzero(counts).tolist()
            ]  # fmt: skip
    columns = ["scenario", "year", "variable", "level", "p10", "p90", "seeds", "unit"]
    return pd.DataFrame(rows, columns=columns)


def differences_table(comparison: Comparison) -> pd.DataFrame:
    """The paired difference of every variable in every whole year with its interval, as it is and in per cent."""
    import pandas as pd

    rows = []
    for at, pair in comparison.pairs.items():
        names = (comparison.labels[at], comparison.labels[comparison.base])
        for variable in pair.subject.recorded:
            display = display_of(pair.subject, variable)
            gaps, relative = display.factor * pair.gaps(variable), 100 * pair.relative_gaps(variable)
            for column in range(pair.last + 1):
                found = mean_of_pairs(gaps[:, column])
                if found is None:
                    continue
                rows.append((
                    *names, int(pair.subject.opening_year + column), yearly_name_of(variable), *_ends(found),
                    difference_unit(display), *_ends(mean_of_pairs(relative[:, column])), found.pairs,
                    pair.variance_ratio(variable, column), finding(among_headlines(pair, variable, column, found)),
                ))  # fmt: skip
    columns = [
        "scenario", "reference", "year", "variable", "difference", "low", "high", "difference_unit", "relative",
        "relative_low", "relative_high", "pairs", "variance_ratio", "finding",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _ends(found: Difference | None) -> tuple[float, float, float]:
    return (found.mean, found.low, found.high) if found else (np.nan, np.nan, np.nan)


def yearly_name_of(variable: str) -> str:
    """The name of a variable's years; its own where it is not declared."""
    from abm import yearly_name

    return yearly_name(variable, DISPLAYS[variable]) if variable in DISPLAYS else variable


def headline_table(comparison: Comparison) -> pd.DataFrame:
    """The headline variables in the chosen years: the levels and the differences, as they are and in per cent."""
    import pandas as pd

    rows = []
    for variable in headline_of(comparison.panels):
        for at, panel in enumerate(comparison.panels):
            if not panel.has(variable):
                continue
            display = display_of(panel, variable)
            for year in comparison.years:
                values = comparison.level(at, variable, year)
                values = values[np.isfinite(values)]
                if not values.size:
                    continue
                low, high = quantiles(values, (0.1, 0.9)).tolist()
                level = (float(values.mean()), low, high, display.unit)
                cells = _differences(comparison, at, variable, year)
                name = yearly_name_of(variable)
                rows.append((name, display.title, year, comparison.labels[at], *level, *cells))
    columns = [
        "variable", "measure", "year", "scenario", "level", "p10", "p90", "unit", "difference", "low", "high",
        "difference_unit", "relative", "relative_low", "relative_high", "finding", "pairs", "pairs_needed", "settling",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns).astype({"pairs": "Int64", "pairs_needed": "Int64"})


def _differences(comparison: Comparison, at: int, variable: str, year: int) -> tuple[float | str | None, ...]:
    change = comparison.change_in_levels(at, variable, year) if at in comparison.pairs else None
    if change is None:
        return (*_ends(None), "", *_ends(None), "", None, None, "")
    relative = mean_of_pairs(100 * comparison.pairs[at].relative_gaps(variable)[:, year - comparison.opening_year])
    found = change.difference
    open_yet = (found.pairs, found.pairs_needed, found.settling)
    return (*_ends(found), change.unit, *_ends(relative), finding(found), *open_yet)


def winners_table(comparison: Comparison) -> pd.DataFrame:
    """How every group fares in the chosen years: by tenth of incomes, occupation, sector, size of firm and region."""
    import pandas as pd

    rows = []
    small = {(one, year): comparison.small(one, year) for one in GROUP_MEASURES for year in comparison.years}
    for at, pair in comparison.pairs.items():
        names = (comparison.labels[at], comparison.labels[comparison.base])
        for measure in GROUP_MEASURES:
            for year in comparison.years:
                for group, change in group_changes(pair, measure, year - comparison.opening_year).items():
                    found = change.difference
                    rows.append((
                        *names, year, measure.table, group, group_title(group), measure.variable,
                        measure.title, found.mean, found.low, found.high, found.pairs, change.unit,
                        finding(found, measure.better), group in small[measure, year],
                    ))  # fmt: skip
    columns = [
        "scenario", "reference", "year", "table", "group", "title", "variable", "measure", "difference", "low",
        "high", "pairs", "difference_unit", "finding", "small",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
