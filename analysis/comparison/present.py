"""What a comparison sums up over its years: present values of the differences, and what a yuan of cost brings."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from abm import said
from xinzhi.analysis.reading.changes import Change, cell_text, finding, settled_text
from xinzhi.analysis.reading.display import DISPLAYS
from xinzhi.analysis.reading.paired import Difference, Pair, mean_of_pairs
from xinzhi.analysis.reading.present_value import present_values, rate_words, ratio_of_means
from xinzhi.analysis.reading.text import aligned

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["COLUMNS_OF_SUMS", "present_heading", "present_rows", "present_table", "present_text"]

SUMMED = ("real_gdp", "real_consumption", "real_ndp")
COST, COST_TITLE = "policy_cost", said("Cost of policies")
PER_YUAN = {
    "real_consumption": said("Household consumption per yuan of cost"),
    "real_ndp": said("Net domestic product per yuan"),
    "real_gdp": said("GDP per yuan"),
}
LEAST_COST = 1e-6  # of GDP, both discounted: less brings no meaningful ratio
SMALL = 10.0  # trillion yuan: smaller sums have one more decimal
COLUMNS_OF_SUMS = {
    "first_year": said("first year of the sum, to which it is discounted"),
    "last_year": said("last year of the sum"),
    "discount_rate_per_cent": said("social discount rate, per cent a year"),
    "unit_of_sum": said("trillion yuan at prices of the first year, or yuan per yuan of cost"),
    "present_value": said(
        "mean over the pairs of seeds of the sum of the differences, each discounted to the first year"
    ),
}


class Sum(NamedTuple):
    """A discounted sum of one scenario less the reference, or what a yuan of its cost brings."""

    variable: str
    title: str
    change: Change


def sums_of(comparison: Comparison, at: int) -> Iterator[Sum]:
    """GDP, household consumption, net domestic product and the cost of a scenario less the reference, discounted."""
    pair, rate = comparison.pairs[at], comparison.discount_rate
    last = comparison.end - comparison.opening_year
    found = {name: present_values(pair.gaps(name)[:, : last + 1], rate) for name in SUMMED}
    found = {name: values for name, values in found.items() if np.isfinite(values).any()}
    for name, values in found.items():
        yield Sum(name, DISPLAYS[name].title, _amount(values))
    spent = present_values(_costs(pair)[:, : last + 1], rate)
    whole = present_values(pair.reference.values("real_gdp")[:, : last + 1], rate).mean()
    if not np.isfinite(spent).all() or not abs(spent.mean()) > LEAST_COST * whole:
        return
    yield Sum(COST, COST_TITLE, _amount(spent))
    if spent.mean() > 0.0:
        for name, title in PER_YUAN.items():
            if name in found:
                yield Sum(f"{name}_per_yuan", title, Change(ratio_of_means(found[name], spent), "yuan", 1))


def _costs(pair: Pair) -> FloatArray:
    """(shared seeds, shared years) the cost of policies beyond that of the reference, at the prices of real GDP."""
    sides = []
    for panel in (pair.subject, pair.reference):
        rows = np.searchsorted(panel.seeds, pair.seeds).astype(int)
        cost = np.nan_to_num(panel.values("policy_cost_ratio")) * panel.values("real_gdp")
        sides.append(cost[rows, : pair.last + 1])
    return sides[0] - sides[1]


def _amount(values: FloatArray) -> Change:
    found = mean_of_pairs(values) or Difference(np.nan, np.nan, np.nan, 0)
    return Change(found, "trillion CNY", 1 if abs(found.mean) >= SMALL else 2)


def present_heading(comparison: Comparison) -> str:
    """What is summed up, with the years and the rate."""
    first, last = comparison.opening_year, comparison.end
    if comparison.discount_rate == 0.0:
        return said("Sum of the differences {first} to {last}, at prices of {first}", first=first, last=last)
    return said(
        "Sum of the differences {first} to {last}, {discounted} to {first}, at prices of {first}", first=first,
        last=last, discounted=rate_words(comparison.discount_rate),
    )  # fmt: skip


def present_rows(comparison: Comparison) -> list[list[str]]:
    """A row for each sum and a column for each scenario, in words."""
    return _rows(comparison, settled_text)


def present_text(comparison: Comparison) -> str:
    """The same for a terminal; empty where nothing is summed."""
    rows = _rows(comparison, lambda change: f"{cell_text(change)} {change.unit}")
    if not rows:
        return ""
    heads = [["", *(comparison.labels[at] for at in comparison.pairs)]] if len(comparison.pairs) > 1 else []
    return f"\n{present_heading(comparison)}: mean over pairs [90 % interval]\n{aligned([*heads, *rows])}\n"


def _rows(comparison: Comparison, words: Callable[[Change], str]) -> list[list[str]]:
    found = {at: {one.variable: one for one in sums_of(comparison, at)} for at in comparison.pairs}
    titles = {name: one.title for of in found.values() for name, one in of.items()}
    order = [name for name in (*SUMMED, COST, *(f"{name}_per_yuan" for name in PER_YUAN)) if name in titles]
    return [[titles[name], *(words(of[name].change) if name in of else "" for of in found.values())] for name in order]


def present_table(comparison: Comparison) -> pd.DataFrame:
    """The sums as data: a row for each scenario and sum."""
    import pandas as pd

    first, last, rate = comparison.opening_year, comparison.end, comparison.discount_rate
    rows = []
    for at in comparison.pairs:
        names = (comparison.labels[at], comparison.labels[comparison.base])
        for one in sums_of(comparison, at):
            found = one.change.difference
            ends = (found.mean, found.low, found.high)
            rows.append((*names, one.variable, one.title, first, last, 100 * rate, *ends, one.change.unit, found.pairs,
                         finding(found)))  # fmt: skip
    columns = [
        "scenario", "reference", "variable", "measure", "first_year", "last_year", "discount_rate_per_cent",
        "present_value", "low", "high", "unit_of_sum", "pairs", "finding",
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)
