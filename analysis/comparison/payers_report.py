"""Who pays, for readers: a section for each scenario with policies, and the same as text for a terminal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from abm import said
from xinzhi.analysis.comparison.leading import label_in
from xinzhi.analysis.comparison.payers import (
    MET,
    NET,
    RAISED,
    SPENT,
    TOTALS,
    BudgetLine,
    acting_years,
    change_in_gaps,
    chosen_years,
    mean_over,
    policy_lines,
    purse_lines,
    sectors_of,
    tenths_of,
    with_policies,
)  # fmt: skip
from xinzhi.analysis.comparison.payers_words import payers_sentences
from xinzhi.analysis.comparison.report_tables import ReportTable
from xinzhi.analysis.reading.changes import cell_text
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.quantities import quantity
from xinzhi.analysis.reading.text import aligned, format_number, within_sentence, wrapped

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["TITLE", "Payers", "payers_sections", "payers_text"]

TITLE = said("What it raises, what it costs and who pays")
BILLIONS = said("billion CNY a year at current prices (per cent of GDP)")
LARGE = 100.0  # billion, from which no decimals are shown
# {line: its title where policies bring net revenue, and where they have a net cost}
TITLES = {
    "policy_revenue": (said("Together"), said("Together")),
    "policy_spending": (said("Together"), said("Together")),
    "policy_cost": (said("Net revenue: raised less spent"), said("Net cost: spent less raised")),
    "policy_income_tax": (said("Households: lower income tax"), said("Households: higher income tax")),
    "policy_saving": (said("Users of public services"), said("Users of public services: lower public consumption")),
    "policy_debt": (said("The state: lower public debt"), said("The state: higher public debt")),
}
TAXES = {said("carbon price"): "carbon_price_revenue", said("AI tax"): "ai_tax_revenue"}
MET_HEADS = (
    said("Who has the net revenue, before the economy responds"),
    said("Who meets the net cost, before the economy responds"),
)
HEADS = {RAISED: said("Raised"), SPENT: said("Spent"), NET: said("Net")}


@dataclass
class Payers:
    """One scenario with policies: sentences, what they raise and spend, and what follows: [(heading, table)]."""

    label: str
    sentences: list[str]
    budget: ReportTable
    details: list[tuple[str, ReportTable]] = field(default_factory=list)


def payers_sections(comparison: Comparison) -> list[Payers]:
    """A section for each scenario whose policies raise or spend anything; none for a scenario without policies."""
    return [
        Payers(
            comparison.labels[at],
            payers_sentences(comparison, at),
            _budget(comparison, at, policy_lines(comparison, at)),
            [(heading, table) for heading, make in DETAILS.items() if (table := make(comparison, at))],
        )
        for at in with_policies(comparison)
    ]  # fmt: skip


def payers_text(comparison: Comparison) -> str:
    """The same for a terminal, without the tables of details; empty where no scenario has policies.

    Of several compared scenarios only what they raise, spend and leave is said in words; the report has the rest.
    """
    parts, sections = [], payers_sections(comparison)
    for section in sections:
        rows = [["", *section.budget.columns[1:]]]
        for head, lines in section.budget.groups:
            rows += [[head], *([f"  {line[0]}", *line[1:]] for line in lines)]
        parts.append("\n".join([f"{TITLE}: {within_sentence(section.label)}, {BILLIONS}", aligned(rows), ""]))
        chosen = section.sentences if len(comparison.pairs) == 1 else section.sentences[:2]
        parts += [wrapped(sentence, indent=2) for sentence in chosen]
        parts.append("")
    return "\n".join(parts)


def _budget(comparison: Comparison, at: int, lines: Sequence[BudgetLine]) -> ReportTable:
    """What is raised, spent, and who meets the net, in the chosen years and on average while policies are in force."""
    span, shown = acting_years(comparison, at), chosen_years(comparison, at)
    spans = [span, *([year] for year in shown)] if len(span) > 1 else [[year] for year in shown]
    heads = [
        said("Mean {first} to {last}", first=years[0], last=years[-1]) if len(years) > 1 else str(years[0])
        for years in spans
    ]
    caption = said("{scenario}: {unit}; means over the runs", scenario=comparison.labels[at], unit=BILLIONS)
    table = ReportTable(caption, [said("Flow"), *heads])
    brings = _brings_revenue(comparison, lines, span)
    decimals = 0 if max(float(np.abs(line.billion).max()) for line in lines) >= LARGE else 1
    for part, head in (HEADS | {MET: MET_HEADS[0 if brings else 1]}).items():
        of = [line for line in lines if line.part == part]
        single = [line for line in of if line.name not in TOTALS]
        of = single if part in (RAISED, SPENT) and len(single) == 1 else of
        nothing = part in (RAISED, SPENT) and not single
        sign = -1 if brings and part in (NET, MET) else 1
        rows = [
            [
                said("Nothing") if nothing else _title(line, brings),
                *(_cell(comparison, line, years, sign, decimals) for years in spans),
            ]
            for line in of
        ]
        if rows:
            table.groups.append((head, rows))
    table.note = said(
        "Net is what a budget office would book: forgone taxes included, responses of people and firms not. The "
        "income tax follows the net a quarter later."
    )
    return table


def _title(line: BudgetLine, brings: bool) -> str:
    return TITLES[line.name][0 if brings else 1] if line.name in TITLES else line.title


def _brings_revenue(comparison: Comparison, lines: Sequence[BudgetLine], span: Sequence[int]) -> bool:
    net = next(line for line in lines if line.part == NET)
    return mean_over(comparison, net.billion, span) < 0


def _response(comparison: Comparison, at: int) -> ReportTable | None:
    """What becomes of the public balance against the reference, with 90 % confidence intervals."""
    lines = purse_lines(comparison, at)
    if not lines:
        return None
    shown, base = chosen_years(comparison, at), label_in(comparison)
    caption = said(
        "{scenario} less {reference}: what becomes of the public balance, above zero an improvement; mean over pairs "
        "of runs [90 % confidence interval]", scenario=comparison.labels[at], reference=base,
    )  # fmt: skip
    table = ReportTable(caption, [said("Part"), *map(str, shown)])
    columns = [year - comparison.opening_year for year in shown]
    for head, decimals, unit, of in (
        (said("Billion CNY a year at current prices"), 0, "billion CNY a year", [line.billion for line in lines]),
        (said("Percentage points of GDP"), 2, "", [line.share for line in lines]),
    ):
        cells = [[cell_text(change_in_gaps(values[:, column], decimals, unit)) for column in columns] for values in of]
        table.groups.append((head, [[line.title, *row] for line, row in zip(lines, cells, strict=True)]))
    table.note = said(
        "A change of the policy rate reaches interest on public debt with a delay: 4 % of the bonds are renewed in a "
        "quarter, half of them within about four years."
    )
    return table


def _sectors(comparison: Comparison, at: int) -> ReportTable | None:
    """Carbon price and AI tax by sector of the firms that hand it over, in the last chosen year; None without any."""
    paid, added = (sectors_of(comparison, at, name) for name in ("policy_taxes", "value_added"))
    total = sum(paid.values())
    if not total > 0:
        return None
    taxes = [name for name, outcome in TAXES.items() if comparison.level(at, outcome, comparison.end).mean() > 0]
    rows = [
        [
            group_title(name), quantity(1000 * amount, 1, "billion CNY a year", bare=True),
            format_number(100 * amount / total, 1),
            format_number(100 * amount / added[name], 2) if added.get(name) else "",
        ]
        for name, amount in sorted(paid.items(), key=lambda item: -item[1])
    ]  # fmt: skip
    caption = said(
        "{scenario}, {year}: {taxes} by sector of the firms that pay", scenario=comparison.labels[at],
        year=comparison.end, taxes=taxes,
    )  # fmt: skip
    columns = [
        said("Sector"), said("Billion CNY a year, current prices"), said("Per cent of all"),
        said("Per cent of its value added"),
    ]  # fmt: skip
    note = said("Who hands it over need not bear it: firms raise prices as far as their buyers accept it.")
    return ReportTable(caption, columns, [("", rows)], note)


def _tenths(comparison: Comparison, at: int) -> ReportTable | None:
    """The change of income by tenth of adults: market income, less taxes and contributions, plus transfers."""
    changes = tenths_of(comparison, at)
    if not changes:
        return None
    caption = said(
        "{scenario} less {reference}, {year}: CNY of {opening} a year per adult, by tenth of disposable income; mean "
        "over pairs of runs [90 % confidence interval]", scenario=comparison.labels[at],
        reference=label_in(comparison), year=comparison.end,
        opening=comparison.opening_year,
    )  # fmt: skip
    columns = [
        said("Tenth"), said("Disposable income"), said("Market income"), said("Taxes and contributions"),
        said("Transfers"),
    ]  # fmt: skip
    rows = [[group_title(tenth), *map(cell_text, parts)] for tenth, parts in changes.items()]
    return ReportTable(caption, columns, [("", rows)], said(
        "Disposable income is the sum of the three beside it; above zero more income, so that lower taxes stand above "
        "zero. Market income is wages, mixed income, dividends, rents and interest; transfers are pensions, benefits, "
        "assistance and what all adults are paid alike. All are at consumer prices, so that higher prices lower them."
    ))  # fmt: skip


def _cell(comparison: Comparison, line: BudgetLine, years: Sequence[int], sign: int, decimals: int) -> str:
    """``1,412 (0.74)``"""
    billion, share = (sign * mean_over(comparison, values, years) for values in (line.billion, line.share))
    return said("{level} ({spread})", level=quantity(billion, decimals, "billion CNY a year", bare=True),
                spread=format_number(share, 2))  # fmt: skip


DETAILS = {
    said("What becomes of the public balance"): _response,
    said("Who hands it over, by sector"): _sectors,
    said("Income by tenth of adults: market income, taxes and transfers"): _tenths,
}
