"""The tables of a comparison as data: levels, paired differences, the headline of chosen years, winners and losers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.reading.changes import GROUP_MEASURES, Change, change_of, finding, group_changes
from xinzhi.analysis.reading.display import display_of, group_title
from xinzhi.analysis.reading.paired import mean_of_pairs
from xinzhi.analysis.reading.panel import quantiles
from xinzhi.analysis.reading.summary import HEADLINE

if TYPE_CHECKING:
    import pandas as pd

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["COLUMNS", "differences_table", "headline_table", "levels_table", "winners_table"]

# What the columns hold beside those that all tables of the model share.
COLUMNS = {
    "scenario": "label of the scenario",
    "reference": "label of the scenario that it is compared with",
    "measure": "what is measured, in words",
    "median": "median over the seeds",
    "p10": "10th percentile over the seeds",
    "p90": "90th percentile over the seeds",
    "seeds": "number of seeds that have a value",
    "mean": "mean over the pairs of seeds of the scenario less the reference",
    "low": "lower end of the 90 % interval of that mean, Student's t",
    "high": "upper end of the 90 % interval of that mean, Student's t",
    "relative_mean": "the same difference over the reference, mean over the pairs, as a fraction",
    "relative_low": "lower end of its 90 % interval",
    "relative_high": "upper end of its 90 % interval",
    "pairs": "number of pairs of seeds",
    "variance_ratio": "variance of the difference without pairing, divided by that of the pairs; needs three pairs",
    "difference": "mean over the pairs of the scenario less the reference, in difference_unit",
    "difference_unit": "per cent of the reference for amounts, percentage points for shares",
    "finding": "the difference in words: no clear difference where the interval includes zero",
    "table": "what the groups are: tenths of incomes, occupations, sectors, sizes of firms or regions",
    "title": "the group in words",
}


def levels_table(comparison: Comparison) -> pd.DataFrame:
    """Median, 10th and 90th percentile of every variable in every quarter, recorded units."""
    import pandas as pd

    rows = []
    for panel, label in zip(comparison.panels, comparison.labels, strict=True):
        for variable in panel.recorded:
            values = panel.values(variable)
            low, middle, high = quantiles(values)
            counts = np.isfinite(values).sum(axis=0)
            rows += [
                (label, quarter, comparison.quarter_name(quarter), variable, middle[quarter], low[quarter],
                 high[quarter], int(counts[quarter]), panel.unit(variable))
                for quarter in np.flatnonzero(counts).tolist()
            ]  # fmt: skip
    columns = ["scenario", "quarter", "period", "variable", "median", "p10", "p90", "seeds", "unit"]
    return pd.DataFrame(rows, columns=columns)


def differences_table(comparison: Comparison) -> pd.DataFrame:
    """The paired difference of every variable in every quarter with its 90 % interval, recorded units and relative."""
    import pandas as pd

    rows = []
    for at, pair in comparison.pairs.items():
        names = (comparison.labels[at], comparison.labels[comparison.base])
        for variable in pair.subject.recorded:
            gaps, relative = pair.gaps(variable), pair.relative_gaps(variable)
            for quarter in range(pair.last + 1):
                found = mean_of_pairs(gaps[:, quarter])
                if found is None:
                    continue
                share = mean_of_pairs(relative[:, quarter])
                shares = (share.mean, share.low, share.high) if share else (np.nan,) * 3
                rows.append((
                    *names, quarter, comparison.quarter_name(quarter), variable, found.mean, found.low, found.high,
                    *shares, found.pairs, pair.variance_ratio(variable, quarter), pair.subject.unit(variable),
                    finding(found),
                ))  # fmt: skip
    columns = [
        "scenario", "reference", "quarter", "period", "variable", "mean", "low", "high", "relative_mean",
        "relative_low", "relative_high", "pairs", "variance_ratio", "unit", "finding",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def headline_table(comparison: Comparison) -> pd.DataFrame:
    """The headline variables in the chosen years, as they are shown: per cent for shares, with the differences."""
    import pandas as pd

    rows = []
    for variable in HEADLINE:
        for at, panel in enumerate(comparison.panels):
            if not panel.has(variable):
                continue
            display = display_of(panel, variable)
            pair = comparison.pairs.get(at)
            for quarter in [quarter for quarter in comparison.quarters if quarter <= panel.last]:
                low, middle, high = quantiles(panel.values(variable)[:, quarter]) * display.factor
                change = change_of(pair, variable, quarter) if pair else None
                cells = _difference_cells(change) if change else _NO_DIFFERENCE
                period = comparison.period(quarter)
                rows.append(
                    (variable, display.title, period, comparison.labels[at], middle, low, high, display.unit, *cells)
                )
    columns = [
        "variable", "measure", "period", "scenario", "median", "p10", "p90", "unit", "difference", "low", "high",
        "difference_unit", "finding",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


_NO_DIFFERENCE = (np.nan, np.nan, np.nan, "", "")


def _difference_cells(change: Change) -> tuple[float, float, float, str, str]:
    found = change.difference
    return found.mean, found.low, found.high, change.unit, finding(found)


def winners_table(comparison: Comparison) -> pd.DataFrame:
    """How every group fares in the chosen years: by tenth of incomes, occupation, sector, size of firm and region."""
    import pandas as pd

    rows = []
    for at, pair in comparison.pairs.items():
        names = (comparison.labels[at], comparison.labels[comparison.base])
        for measure in GROUP_MEASURES:
            for quarter in comparison.quarters:
                for group, change in group_changes(pair, measure, quarter).items():
                    found = change.difference
                    rows.append((
                        *names, comparison.period(quarter), measure.table, group, group_title(group), measure.variable,
                        measure.title, found.mean, found.low, found.high, found.pairs, change.unit,
                        finding(found, measure.better),
                    ))  # fmt: skip
    columns = [
        "scenario", "reference", "period", "table", "group", "title", "variable", "measure", "difference", "low",
        "high", "pairs", "difference_unit", "finding",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
