"""Who pays, in sentences made from the numbers: what is raised and spent, where the net goes, and why debt moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from abm import joined, said
from xinzhi.analysis.comparison.costs import when_text
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
)  # fmt: skip
from xinzhi.analysis.reading.changes import Change, cell_text, change_in_levels, interval_text, size_text
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.phrases import sized
from xinzhi.analysis.reading.quantities import quantity
from xinzhi.analysis.reading.text import format_number, within_sentence

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["payers_sentences"]

MOST_NAMED = 3  # sectors in a sentence
LEAST_PART = 0.05  # of the net, from which a payer is named
LEAST_POINTS = 0.005  # percentage points of GDP, from which a part of the balance is named
RESPONSES = {
    "balance_of_policies": said("policies and the taxes that pay for them"),
    "balance_of_interest": said("interest on public debt"),
    "balance_of_response": said("all other taxes and spending"),
}


def payers_sentences(comparison: Comparison, at: int) -> list[str]:
    """What is raised and spent, who hands it over, where the net goes, who gains by tenth, and why debt rises."""
    lines = policy_lines(comparison, at)
    found = (_sums(comparison, at, lines), _net(comparison, at, lines), _sectors(comparison, at),
             _tenths(comparison, at), _debt(comparison, at, lines))  # fmt: skip
    return [sentence for sentence in found if sentence]


def _sums(comparison: Comparison, at: int, lines: Sequence[BudgetLine]) -> str:
    """``Carbon price: policies raise 1,452 billion CNY a year (...: carbon price, paid by firms 1,452) and ...``"""
    span, found = acting_years(comparison, at), []
    for part, total in ((RAISED, "policy_revenue"), (SPENT, "policy_spending")):
        of = {line.name: line for line in lines if line.part == part}
        together = of[total]
        billion, share = (mean_over(comparison, values, span) for values in (together.billion, together.share))
        named = [
            sized(within_sentence(line.title), _billions(mean_over(comparison, line.billion, span)))
            for name, line in of.items()
            if name not in TOTALS
        ]
        found.append(said("{amount}, {share} per cent of GDP ({lines})", amount=_billions(billion, bare=False),
                          share=format_number(share, 2), lines=tuple(named)) if named else said("nothing"))  # fmt: skip
    return said(
        "{scenario}: policies raise {raised} and spend {spent}; {years}, current prices.",
        scenario=comparison.labels[at], raised=found[0], spent=found[1], years=_when(span),
    )  # fmt: skip


def _net(comparison: Comparison, at: int, lines: Sequence[BudgetLine]) -> str:
    """Where the net revenue goes, or who meets the net cost; parts below LEAST_PART of it are not named."""
    span = acting_years(comparison, at)
    of = {line.name: mean_over(comparison, line.billion, span) for line in lines if line.part in (NET, MET)}
    net = of["policy_cost"]
    if net == 0.0:
        return ""
    words = _RECEIVERS if net < 0 else _FUNDERS
    parts = {name: of[name] / net for name in words if abs(of.get(name, 0.0) / net) > LEAST_PART}
    named = [
        said("{name} ({share} per cent)", name=words[name], share=format_number(100 * part, 0))
        for name, part in parts.items()
    ] if len(parts) > 1 else [words[name] for name in parts]  # fmt: skip
    values = {"amount": _billions(abs(net), bare=False), "parties": named}
    if net > 0:
        return said("Before the economy responds, the net cost of {amount} is met by {parties}.", **values)
    sentence = said("Before the economy responds, the net revenue of {amount} goes to {parties}.", **values)
    partly = said("The budget rule returns only a part, or the income tax is at zero and can return no more.")
    return joined([sentence, partly], " ") if {"policy_income_tax", "policy_debt"} <= set(parts) else sentence


_RECEIVERS = {
    "policy_income_tax": said("households through a lower income tax"),
    "policy_debt": said("the state through lower public debt"),
}
_FUNDERS = {
    "policy_income_tax": said("households through a higher income tax"),
    "policy_saving": said("users of public services through lower public consumption"),
    "policy_debt": said("the state through higher public debt"),
}


def _sectors(comparison: Comparison, at: int) -> str:
    paid = sectors_of(comparison, at, "policy_taxes")
    total = sum(paid.values())
    if not total > 0:
        return ""
    ranked = sorted(paid.items(), key=lambda item: -item[1])[:MOST_NAMED]
    named = [
        sized(within_sentence(group_title(name)), quantity(100 * one / total, 0, "per cent")) for name, one in ranked
    ]
    return said("Firms hand over what is raised; in {year} by sector most: {sectors}.", year=comparison.end,
                sectors=named)  # fmt: skip


def _tenths(comparison: Comparison, at: int) -> str:
    """What taxes and transfers do to the income of the poorest and of the richest tenth."""
    found = tenths_of(comparison, at)
    if not found:
        return ""
    ends = list(found.values())
    phrases = [
        said("through {flow}, poorest tenth {poorest}, richest {richest}", flow=flow, poorest=_yuan(ends[0][place]),
             richest=_yuan(ends[-1][place]))
        for flow, place in ((said("taxes and contributions"), 2), (said("transfers"), 3))
    ]  # fmt: skip
    return said(
        "Income per adult in {year} changes, CNY of {opening} a year, above zero more income: {flows}.",
        year=comparison.end, opening=comparison.opening_year, flows=tuple(phrases),
    )  # fmt: skip


def _yuan(change: Change | None) -> str:
    """``+5,498 [+4,360 to +6,637]``, or that no change is clear."""
    if change is None:
        return said("not known")
    if max(abs(end) for end in (change.difference.low, change.difference.high)) < 0.5:
        return said("no change")
    unclear = change.difference.pairs > 1 and not change.difference.clear and not change.difference.same
    return said("no clear change [{interval}]", interval=interval_text(change)) if unclear else cell_text(change)


def _debt(comparison: Comparison, at: int, lines: Sequence[BudgetLine]) -> str:
    """Why debt rises although policies bring revenue, in the last chosen year in which it clearly does."""
    span, purse = acting_years(comparison, at), purse_lines(comparison, at)
    of = {line.name: mean_over(comparison, line.billion, span) for line in lines if line.part in (NET, MET)}
    if not purse or of["policy_cost"] >= 0:
        return ""
    for year in reversed(chosen_years(comparison, at)):
        column = year - comparison.opening_year
        debt = change_in_levels(comparison.pairs[at], "public_debt_ratio", column)
        if debt is None or not debt.difference.low > 0:
            continue
        until = slice(span[0] - comparison.opening_year, column + 1)
        shares = {line.name: change_in_gaps(line.share[:, until].mean(axis=1), 2) for line in purse}
        named = [sized(words, cell_text(shares[name])) for name, words in RESPONSES.items() if _counts(shares[name])]
        higher = said("Public debt in {year} is {size} higher [{interval}] although the policies bring net revenue.",
                      year=year, size=size_text(debt), interval=interval_text(debt, signed=False))  # fmt: skip
        returned = said("The income tax returns that revenue, so that it does not lower the debt.")
        balance = said("The public balance changes, on average from {first} to {year} in percentage points of GDP: "
                       "{parts}.", first=span[0], year=year, parts=joined(named, ","))  # fmt: skip
        return joined([higher, *([returned] if _returned(of) else []), balance], " ")
    return ""


def _counts(change: Change | None) -> bool:
    return change is not None and abs(change.difference.mean) >= LEAST_POINTS


def _returned(of: dict[str, float]) -> bool:
    return of.get("policy_income_tax", 0.0) < (1 - LEAST_PART) * of["policy_cost"]


def _when(span: Sequence[int]) -> str:
    when = when_text(span[0], span[-1])
    return said("mean {years}", years=when) if len(span) > 1 else when


def _billions(amount: float, bare: bool = True) -> str:
    """An amount, ``bare`` where its unit stands beside it."""
    return quantity(amount, 0 if abs(amount) >= 10 else 1, "billion CNY a year", bare=bare)
