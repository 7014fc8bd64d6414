"""Who pays, for readers: sentences and tables of what policies raise and spend, by sector and by tenth of adults."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.comparison.payers import (
    MET, NET, RAISED, RESPONSE, SPENT, Line, acting_years, policy_lines, purse_lines, with_policies,
)  # fmt: skip
from xinzhi.analysis.comparison.report_tables import ReportTable
from xinzhi.analysis.reading.changes import Change, cell_text, change_in_levels, interval_text, size_text
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.paired import mean_of_pairs
from xinzhi.analysis.reading.text import aligned, format_number, listed, within_sentence, wrapped

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["TITLE", "Payers", "payers_sections", "payers_text", "sector_table", "tenths_table"]

TITLE = "What it raises, what it costs and who pays"
BILLIONS = "billion CNY a year at current prices (per cent of GDP)"
HEADS = {
    RAISED: "Raised",
    SPENT: "Spent",
    NET: "Net",
    MET: "Who meets the net cost, or has the net revenue, before the economy responds",
}
MOST_NAMED = 3  # sectors in a sentence
LEAST_LEFT = 0.05  # of the net revenue: less is the lag of a quarter
YUAN = 1_000.0  # in a thousand, which is what is recorded


@dataclass
class Payers:
    """One scenario with policies: sentences, the table of its policies, and tables by sector and by tenth."""

    label: str
    sentences: list[str]
    budget: ReportTable
    details: list[ReportTable] = field(default_factory=list)


def payers_sections(comparison: Comparison) -> list[Payers]:
    """A section for each scenario whose policies raise or spend anything; none for a scenario without policies."""
    sections = []
    for at in with_policies(comparison):
        lines, purse = policy_lines(comparison, at), purse_lines(comparison, at)
        sentences = payer_details(comparison, at, lines, purse)
        tables = [response_table(comparison, at, purse), sector_table(comparison, at), tenths_table(comparison, at)]
        budget = budget_table(comparison, at, lines)
        sections.append(Payers(comparison.labels[at], sentences, budget, [table for table in tables if table]))
    return sections


def payers_text(comparison: Comparison) -> str:
    """The same for a terminal, without sectors and tenths; empty where no scenario has policies."""
    parts = []
    for section in payers_sections(comparison):
        rows = [["", *section.budget.columns[1:]]]
        for head, lines in section.budget.groups:
            rows += [[head], *([f"  {line[0]}", *line[1:]] for line in lines)]
        parts.append("\n".join([f"{TITLE}: {within_sentence(section.label)}, {BILLIONS}", aligned(rows)]))
        parts += [wrapped(sentence, indent=2) for sentence in section.sentences]
    return "\n".join(parts)


def budget_table(comparison: Comparison, at: int, lines: Sequence[Line]) -> ReportTable:
    """What is raised, spent, and who meets the net, in the chosen years and on average while policies are in force."""
    span, shown = acting_years(comparison, at), _shown(comparison, at)
    mean = f"Mean {span[0]} to {span[-1]}" if len(span) > 1 else ""
    table = ReportTable(f"{comparison.labels[at]}: {BILLIONS}", ["Flow", *([mean] if mean else []), *map(str, shown)])
    spans = [*([span] if mean else []), *([year] for year in shown)]
    for part, head in HEADS.items():
        rows = [[line.title, *(_level(comparison, line, years) for years in spans)] for line in lines if line.part == part]
        if rows:
            table.groups.append((head, rows))
    table.note = (
        "Net is what a budget office would book: forgone taxes included, responses of people and firms not. The income "
        "tax follows the net a quarter later. Means over the runs."
    )
    return table


def response_table(comparison: Comparison, at: int, lines: Sequence[Line]) -> ReportTable | None:
    """What becomes of the public balance against the reference, with 90 % confidence intervals."""
    if not lines:
        return None
    shown, base = _shown(comparison, at), within_sentence(comparison.labels[comparison.base])
    table = ReportTable(
        f"{comparison.labels[at]} less {base}: what becomes of the public balance, above zero an improvement; mean over "
        "pairs of runs [90 % confidence interval]",
        ["Part", *map(str, shown)],
    )
    columns = [year - comparison.opening_year for year in shown]
    for head, decimals, of in (
        ("billion CNY a year at current prices", 0, [line.billion for line in lines]),
        ("percentage points of GDP", 2, [line.share for line in lines]),
    ):
        cells = [[cell_text(_change(values[:, column], head, decimals)) for column in columns] for values in of]
        table.groups.append((head, [[line.title, *row] for line, row in zip(lines, cells, strict=True)]))
    return table


def sector_table(comparison: Comparison, at: int) -> ReportTable | None:
    """Carbon price and AI tax by sector of the firms that hand it over, in the last chosen year; None without any."""
    paid = _by_sector(comparison, at)
    if not paid:
        return None
    added, total = _groups(comparison, at, "sectors", "value_added"), sum(paid.values())
    rows = [
        [group_title(name), format_number(amount, 1), format_number(100 * amount / total, 1), _over(amount, added.get(name))]
        for name, amount in sorted(paid.items(), key=lambda item: -item[1])
    ]
    heads = ["Sector", "Billion CNY a year, current prices", "Per cent of all", "Per cent of its value added"]
    note = "Who hands it over need not bear it: firms raise prices as far as their buyers accept it."
    return ReportTable(
        f"{comparison.labels[at]}, {comparison.end}: carbon price and AI tax by sector of the firms that pay them", heads,
        [("", rows)], note,
    )  # fmt: skip


def tenths_table(comparison: Comparison, at: int) -> ReportTable | None:
    """The change of income by tenth of adults: market income, less taxes and contributions, plus transfers."""
    if at == comparison.base or not comparison.pairs[at].seeds:
        return None
    pair, column = comparison.pairs[at], comparison.end - comparison.opening_year
    gaps = {name: pair.group_gaps("deciles", name) for name in ("income_mean", "taxes_mean", "transfers_mean")}
    rows = []
    for tenth, income in gaps["income_mean"].items():
        if tenth not in gaps["taxes_mean"] or tenth not in gaps["transfers_mean"]:
            return None
        taxes, transfers = gaps["taxes_mean"][tenth], gaps["transfers_mean"][tenth]
        parts = (income, income + taxes - transfers, -taxes, transfers)
        changes = [_change(YUAN * values[:, column], "", 0) for values in parts]
        rows.append([group_title(tenth), *map(cell_text, changes)])
    if not rows:
        return None
    base = within_sentence(comparison.labels[comparison.base])
    caption = (
        f"{comparison.labels[at]} less {base}, {comparison.end}: CNY of {comparison.opening_year} a year per adult, "
        "by tenth of disposable income; mean over pairs of runs [90 % confidence interval]"
    )
    heads = ["Tenth", "Disposable income", "Market income", "Taxes and contributions", "Transfers"]
    note = (
        "Disposable income is the sum of the three beside it; above zero more income, so that lower taxes count above "
        "zero. Market income is wages, mixed income, dividends, rents and interest before taxes; transfers are pensions, "
        "benefits, assistance and what all adults are paid alike. Prices of what is bought are in all four."
    )
    return ReportTable(caption, heads, [("", rows)], note)


def payer_details(comparison: Comparison, at: int, lines: Sequence[Line], purse: Sequence[Line]) -> list[str]:
    """What is raised and spent, by whom it is handed over, where the net goes, and why debt moves."""
    found = [
        _sums(comparison, at, lines), _net(comparison, at, lines), _sectors(comparison, at), _debt(comparison, at, lines, purse),
    ]  # fmt: skip
    return [sentence for sentence in found if sentence]


def _sums(comparison: Comparison, at: int, lines: Sequence[Line]) -> str:
    """``The carbon price scenario raises 1,400 billion ... (carbon price, paid by firms) and spends ...``"""
    span = acting_years(comparison, at)
    phrases = []
    for part, verb in ((RAISED, "raise"), (SPENT, "spend")):
        of = [(line, _mean(comparison, line.billion, span), _mean(comparison, line.share, span)) for line in lines
              if line.part == part]  # fmt: skip
        if not of:
            phrases.append(f"{verb} nothing")
            continue
        named = [f"{within_sentence(line.title)} {format_number(billion, 0)}" for line, billion, _ in of]
        total = f"{format_number(sum(one for _, one, _ in of), 0)} billion CNY a year"
        phrases.append(f"{verb} {total} ({format_number(sum(one for *_, one in of), 2)} per cent of GDP: {listed(named)})")
    return f"{comparison.labels[at]}: policies {' and '.join(phrases)}; {_when(span)}, current prices."


def _net(comparison: Comparison, at: int, lines: Sequence[Line]) -> str:
    span = acting_years(comparison, at)
    of = {line.name: _mean(comparison, line.billion, span) for line in lines if line.part in (NET, MET)}
    net, tax, saved = of["policy_cost"], of.get("policy_income_tax", 0.0), of.get("policy_saving", 0.0)
    debt = of.get("policy_debt", 0.0)
    if net < 0:
        phrases = [f"{_billions(tax)} to households through {'a lower' if tax < 0 else 'a higher'} income tax"] if tax else []
        phrases += [f"{_billions(debt)} to {'lower' if debt < 0 else 'higher'} public debt"] if debt else []
        start = f"The net revenue of {_billions(net)} billion a year goes, before the economy responds"
        left = abs(debt / net) > LEAST_LEFT and bool(tax)
        why = " The income tax cannot return more than it raises, or the budget rule returns only a part." if left else ""
        return f"{start}: {' and '.join(phrases)}.{why}"
    phrases = [f"{_billions(tax)} by households through the income tax"] if tax else []
    phrases += [f"{_billions(saved)} by lower public consumption"] if saved else []
    phrases += [f"{_billions(debt)} by {'public debt' if debt > 0 else 'what debt falls by'}"] if debt else []
    return f"The net cost of {_billions(net)} billion a year is met, before the economy responds: {' and '.join(phrases)}."


def _sectors(comparison: Comparison, at: int) -> str:
    paid = _by_sector(comparison, at)
    if not paid:
        return ""
    total, ranked = sum(paid.values()), sorted(paid.items(), key=lambda item: -item[1])[:MOST_NAMED]
    named = [f"{within_sentence(group_title(name))} {format_number(100 * one / total, 0)} per cent" for name, one in ranked]
    return f"Firms hand over what is raised; in {comparison.end} by sector most: {listed(named)}."


def _debt(comparison: Comparison, at: int, lines: Sequence[Line], purse: Sequence[Line]) -> str:
    """Why debt rises although policies bring revenue, in the last chosen year in which it clearly does."""
    span = acting_years(comparison, at)
    net = next(line for line in lines if line.name == "policy_cost")
    if at == comparison.base or not purse or _mean(comparison, net.billion, span) >= 0:
        return ""
    for year in reversed(_shown(comparison, at)):
        column = year - comparison.opening_year
        debt = change_in_levels(comparison.pairs[at], "public_debt_ratio", column)
        if debt is None or not debt.difference.low > 0:
            continue
        until = slice(span[0] - comparison.opening_year, column + 1)
        of = {line.name: _change(line.share[:, until].mean(axis=1), "", 2) for line in purse}
        named = [f"{words} {cell_text(of[name])}" for name, words in RESPONSES.items()]
        return (
            f"Public debt in {year} is {size_text(debt)} higher [{interval_text(debt, signed=False)}] although the "
            "policies bring net revenue: what is returned to households is no longer there for the budget, while the "
            f"economy's response changes the public balance, on average from {span[0]} to {year} in percentage points of "
            f"GDP: {', '.join(named)}."
        )
    return ""


RESPONSES = {
    "balance_of_policies": "policies and the taxes that pay for them",
    "balance_of_interest": "interest on public debt",
    "balance_of_response": "all other taxes and spending",
}


def _shown(comparison: Comparison, at: int) -> list[int]:
    """The chosen years from the first one in which policies act."""
    first = acting_years(comparison, at)[0]
    return [year for year in comparison.years if year >= first]


def _when(span: Sequence[int]) -> str:
    return f"mean from {span[0]} to {span[-1]}" if len(span) > 1 else f"in {span[0]}"


def _mean(comparison: Comparison, values: FloatArray, years: Sequence[int]) -> float:
    return float(values[:, [year - comparison.opening_year for year in years]].mean())


def _level(comparison: Comparison, line: Line, years: Sequence[int]) -> str:
    """``1,412 (0.74)``"""
    billion, share = (_mean(comparison, values, years) for values in (line.billion, line.share))
    return f"{_billions(billion, signed=True)} ({format_number(share, 2)})"


def _billions(amount: float, signed: bool = False) -> str:
    amount = amount if signed else abs(amount)
    return format_number(amount, 0 if abs(amount) >= 10 else 1)


def _change(gaps: FloatArray, unit: str, decimals: int) -> Change | None:
    found = mean_of_pairs(gaps)
    return None if found is None else Change(found, unit, decimals)


def _groups(comparison: Comparison, at: int, table: str, variable: str) -> dict[str, float]:
    """{group: mean over the shared seeds in the last chosen year}, trillions as billions."""
    panel = comparison.panels[at]
    rows, column = np.searchsorted(panel.seeds, comparison.seeds).astype(int), panel.column(comparison.end)
    found = panel.group_values(table, variable)
    return {group: 1_000.0 * float(values[rows, column].mean()) for group, values in found.items()}


def _by_sector(comparison: Comparison, at: int) -> dict[str, float]:
    paid = _groups(comparison, at, "sectors", "policy_taxes")
    return paid if sum(paid.values()) > 0 else {}


def _over(amount: float, added: float | None) -> str:
    return format_number(100 * amount / added, 2) if added else ""
