"""What the policies of a scenario raise and spend, who meets the difference, and what becomes of the public balance.

Amounts are billion CNY a year at current prices, and per cent of GDP at current prices of the same year.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from abm import said
from xinzhi.analysis.reading.changes import Change
from xinzhi.analysis.reading.display import DISPLAYS
from xinzhi.analysis.reading.paired import Difference, mean_of_pairs

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = [
    "COLUMNS_OF_LINES", "MET", "NET", "RAISED", "RESPONSE", "SPENT", "TOTALS", "BudgetLine", "acting_years",
    "change_in_gaps", "chosen_years", "mean_over", "payers_table", "policy_lines", "purse_lines", "sectors_of",
    "tenths_of", "with_policies",
]  # fmt: skip

BILLION = 1_000.0  # in a trillion, which is what is recorded
LEAST_SHARE = 1e-7  # of GDP: less is rounding
RAISED, SPENT, NET = (said("raised"), said("spent"), said("net"))
MET, RESPONSE = (said("met"), said("response"))

REVENUES = ("carbon_price_revenue", "ai_tax_revenue")
SPENDINGS = (
    "carbon_dividends", "basic_income_paid", "subsidies_to_firms", "policy_programmes", "forgone_taxes",
    "policy_support",
)  # fmt: skip
NEEDED = ("policy_revenue", "policy_spending", "policy_income_tax", "policy_saving", "nominal_gdp")
TOTALS = ("policy_revenue", "policy_spending", "policy_cost")  # shown even where they are nil
OF_PURSE = ("government_balance", "public_interest")
COLUMNS_OF_LINES = {
    "part": said(
        "raised, spent, net (spending less revenue), met (who meets the net), response (of the public balance)"
    ),
    "line": said("name of the line: an outcome of levels.csv, or what is made of several"),
    "billion": said("billion CNY a year at current prices, mean over the pairs of seeds"),
    "per_cent_of_gdp": said(
        "the same in per cent of GDP at current prices; of a response the difference of the two shares"
    ),
    "billion_low": said("lower end of the 90 % confidence interval of billion; only of a response"),
    "billion_high": said("upper end of the 90 % confidence interval of billion; only of a response"),
    "per_cent_low": said("lower end of the 90 % confidence interval of per_cent_of_gdp; only of a response"),
    "per_cent_high": said("upper end of the 90 % confidence interval of per_cent_of_gdp; only of a response"),
}


class BudgetLine(NamedTuple):
    """One flow by year: arrays (shared seeds, years) of billion CNY a year and per cent of GDP."""

    part: str
    name: str
    title: str
    billion: FloatArray
    share: FloatArray


def with_policies(comparison: Comparison) -> list[int]:
    """The places of the scenarios whose policies raise or spend anything up to the last chosen year."""
    return [at for at in range(len(comparison.panels)) if acting_years(comparison, at)]


def acting_years(comparison: Comparison, at: int) -> list[int]:
    """The years up to the last chosen one in which the policies of a scenario raise or spend anything."""
    if not all(comparison.panels[at].has(name) for name in NEEDED):
        return []
    moved = np.abs(_values(comparison, at, "policy_revenue")) + np.abs(_values(comparison, at, "policy_spending"))
    share = (moved / _values(comparison, at, "nominal_gdp")).max(axis=0)
    years = comparison.opening_year + np.flatnonzero(share > LEAST_SHARE)
    return [int(year) for year in years if year <= comparison.end]


def policy_lines(comparison: Comparison, at: int) -> list[BudgetLine]:
    """What is raised, what is spent, the net, and who meets it; lines that are nil throughout are left out."""
    amounts = {name: BILLION * _values(comparison, at, name) for name in (*NEEDED, *REVENUES, *SPENDINGS)}
    gdp = amounts["nominal_gdp"]
    raised, spent = amounts["policy_revenue"], amounts["policy_spending"]
    net = spent - raised
    tax, saved = amounts["policy_income_tax"], amounts["policy_saving"]
    found = [(RAISED, name, _title(name), amounts[name]) for name in REVENUES]
    rest = raised - sum(amounts[name] for name in REVENUES)
    found.append((RAISED, "other_revenue", said("Other taxes of policies"), rest))
    found += [(SPENT, name, _title(name), amounts[name]) for name in SPENDINGS]
    rest = spent - sum(amounts[name] for name in SPENDINGS)
    found.append((SPENT, "other_spending", said("Other payments of policies"), rest))
    found += [
        (RAISED, "policy_revenue", said("Raised together"), raised),
        (SPENT, "policy_spending", said("Spent together"), spent),
        (NET, "policy_cost", said("Net cost: spent less raised, below zero net revenue"), net),
        (MET, "policy_income_tax", said("Households: income tax, below zero it falls"), tax),
        (MET, "policy_saving", said("Users of public services: lower public consumption"), saved),
        (MET, "policy_debt", said("The state: public debt, below zero it falls"), net - tax - saved),
    ]
    lines = [BudgetLine(part, name, title, amount, 100 * amount / gdp) for part, name, title, amount in found]
    return [line for line in lines if line.name in TOTALS or np.abs(line.share).max() > 100 * LEAST_SHARE]


def purse_lines(comparison: Comparison, at: int) -> list[BudgetLine]:
    """What becomes of the public balance against the reference, above zero an improvement; differences by pair.

    Policies with the taxes that pay for them, interest, and all else: taxes and spending that change with incomes,
    prices and jobs. The last line is their sum. Empty for the reference and where a record lacks it.
    """
    base = comparison.base
    if at == base or not all(comparison.panels[one].has(name) for one in (at, base) for name in (*NEEDED, *OF_PURSE)):
        return []
    amounts, shares = [], []
    for one in (at, base):
        of = {name: BILLION * _values(comparison, one, name) for name in (*NEEDED, *OF_PURSE)}
        policies = of["policy_revenue"] - of["policy_spending"] + of["policy_income_tax"] + of["policy_saving"]
        interest, balance = -of["public_interest"], of["government_balance"]
        rows = np.stack([policies, interest, balance - policies - interest, balance])
        amounts.append(rows)
        shares.append(100 * rows / of["nominal_gdp"])
    gaps, points = amounts[0] - amounts[1], shares[0] - shares[1]
    return [
        BudgetLine(RESPONSE, name, title, gaps[row], points[row])
        for row, (name, title) in enumerate(TITLES_OF_PURSE.items())
    ]


TITLES_OF_PURSE = {
    "balance_of_policies": said("Policies, and the taxes that pay for them"),
    "balance_of_interest": said("Interest on public debt"),
    "balance_of_response": said("All other taxes and spending, as incomes, prices and jobs change"),
    "government_balance": said("Public balance"),
}


def chosen_years(comparison: Comparison, at: int) -> list[int]:
    """The chosen years from the first one in which policies act."""
    first = acting_years(comparison, at)[0]
    return [year for year in comparison.years if year >= first]


def mean_over(comparison: Comparison, values: FloatArray, years: Sequence[int]) -> float:
    """The mean of (shared seeds, years) over seeds and the years named."""
    return float(values[:, [year - comparison.opening_year for year in years]].mean())


def tenths_of(comparison: Comparison, at: int) -> dict[str, tuple[Change | None, ...]]:
    """{tenth: change of disposable and market income, less taxes, transfers}, CNY a year; empty without a record."""
    if at == comparison.base or not comparison.pairs[at].seeds:
        return {}
    pair, column = comparison.pairs[at], comparison.end - comparison.opening_year
    incomes, taxes, transfers = (
        pair.group_gaps("deciles", name) for name in ("income_mean", "taxes_mean", "transfers_mean")
    )
    found = {}
    for tenth in [one for one in incomes if one in taxes and one in transfers]:
        market = incomes[tenth] + taxes[tenth] - transfers[tenth]
        parts = (incomes[tenth], market, -taxes[tenth], transfers[tenth])
        found[tenth] = tuple(change_in_gaps(1000.0 * values[:, column], 0) for values in parts)
    return found


def change_in_gaps(gaps: FloatArray, decimals: int, unit: str = "") -> Change | None:
    """The mean of differences (pairs,) with its interval; None where there is none."""
    found = mean_of_pairs(gaps)
    return None if found is None else Change(found, unit, decimals)


def sectors_of(comparison: Comparison, at: int, variable: str) -> dict[str, float]:
    """{sector: mean over the shared seeds in the last chosen year}."""
    panel = comparison.panels[at]
    rows, column = np.searchsorted(panel.seeds, comparison.seeds).astype(int), panel.column(comparison.end)
    found = panel.group_values("sectors", variable)
    return {sector: float(values[rows, column].mean()) for sector, values in found.items()}


def payers_table(comparison: Comparison) -> pd.DataFrame:
    """Every line of every scenario with policies in every whole year; a response has its 90 % confidence interval."""
    import pandas as pd

    rows = [row for at in with_policies(comparison) for row in _rows(comparison, at)]
    columns = ["scenario", "reference", "year", "part", "line", "title", "billion", "billion_low", "billion_high",
               "per_cent_of_gdp", "per_cent_low", "per_cent_high", "pairs"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _rows(comparison: Comparison, at: int) -> Iterator[tuple[object, ...]]:
    label, reference = comparison.labels[at], comparison.labels[comparison.base]
    for line in [*policy_lines(comparison, at), *purse_lines(comparison, at)]:
        differs = line.part == RESPONSE
        for column in range(line.billion.shape[1]):
            billion, share = (mean_of_pairs(values[:, column]) for values in (line.billion, line.share))
            if billion is None or share is None:
                continue
            yield (
                label, reference if differs else "", comparison.opening_year + column, line.part, line.name, line.title,
                *_ends(billion, differs), *_ends(share, differs), billion.pairs,
            )  # fmt: skip


def _ends(found: Difference, differs: bool) -> tuple[float, float, float]:
    return (found.mean, found.low, found.high) if differs else (found.mean, np.nan, np.nan)


def _values(comparison: Comparison, at: int, variable: str) -> FloatArray:
    """(shared seeds, shared years), as recorded."""
    panel = comparison.panels[at]
    rows = np.searchsorted(panel.seeds, comparison.seeds).astype(int)
    return np.asarray(panel.values(variable)[rows, : comparison.last + 1])


def _title(variable: str) -> str:
    return DISPLAYS[variable].title
