"""Who pays, in sentences made from the numbers: what is raised and spent, where the net goes, and why debt moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

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
from xinzhi.analysis.reading.text import format_number, listed, within_sentence

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["payers_sentences"]

MOST_NAMED = 3  # sectors in a sentence
LEAST_PART = 0.05  # of the net, from which a payer is named
LEAST_POINTS = 0.005  # percentage points of GDP, from which a part of the balance is named
RESPONSES = {
    "balance_of_policies": "policies and the taxes that pay for them",
    "balance_of_interest": "interest on public debt",
    "balance_of_response": "all other taxes and spending",
}


def payers_sentences(comparison: Comparison, at: int) -> list[str]:
    """What is raised and spent, who hands it over, where the net goes, who gains by tenth, and why debt rises."""
    lines = policy_lines(comparison, at)
    found = (_sums(comparison, at, lines), _net(comparison, at, lines), _sectors(comparison, at),
             _tenths(comparison, at), _debt(comparison, at, lines))  # fmt: skip
    return [sentence for sentence in found if sentence]


def _sums(comparison: Comparison, at: int, lines: Sequence[BudgetLine]) -> str:
    """``Carbon price: policies raise 1,452 billion CNY a year (...: carbon price, paid by firms 1,452) and ...``"""
    span, phrases = acting_years(comparison, at), []
    for part, verb, total in ((RAISED, "raise", "policy_revenue"), (SPENT, "spend", "policy_spending")):
        of = {line.name: line for line in lines if line.part == part}
        together = of[total]
        billion, share = (mean_over(comparison, values, span) for values in (together.billion, together.share))
        named = [
            f"{within_sentence(line.title)} {_billions(mean_over(comparison, line.billion, span))}"
            for name, line in of.items()
            if name not in TOTALS
        ]
        size = f"{_billions(billion)} billion CNY a year, {format_number(share, 2)} per cent of GDP"
        phrases.append(f"{verb} {size} ({'; '.join(named)})" if named else f"{verb} nothing")
    return f"{comparison.labels[at]}: policies {' and '.join(phrases)}; {_when(span)}, current prices."


def _net(comparison: Comparison, at: int, lines: Sequence[BudgetLine]) -> str:
    """Where the net revenue goes, or who meets the net cost; parts below LEAST_PART of it are not named."""
    span = acting_years(comparison, at)
    of = {line.name: mean_over(comparison, line.billion, span) for line in lines if line.part in (NET, MET)}
    net = of["policy_cost"]
    if net == 0.0:
        return ""
    words = _RECEIVERS if net < 0 else _FUNDERS
    parts = {name: of[name] / net for name in words if abs(of.get(name, 0.0) / net) > LEAST_PART}
    sizes = {
        name: f" ({format_number(100 * part, 0)} per cent)" if len(parts) > 1 else "" for name, part in parts.items()
    }
    named = [words[name] + size for name, size in sizes.items()]
    what = f"net {'revenue' if net < 0 else 'cost'} of {_billions(abs(net))} billion CNY a year"
    if net < 0:
        sentence = f"Before the economy responds, the {what} goes to {listed(named)}."
        if {"policy_income_tax", "policy_debt"} <= set(parts):
            sentence += " The budget rule returns only a part, or the income tax is at zero and can return no more."
        return sentence
    return f"Before the economy responds, the {what} is met by {listed(named)}."


_RECEIVERS = {
    "policy_income_tax": "households through a lower income tax",
    "policy_debt": "the state through lower public debt",
}
_FUNDERS = {
    "policy_income_tax": "households through a higher income tax",
    "policy_saving": "users of public services through lower public consumption",
    "policy_debt": "the state through higher public debt",
}


def _sectors(comparison: Comparison, at: int) -> str:
    paid = sectors_of(comparison, at, "policy_taxes")
    total = sum(paid.values())
    if not total > 0:
        return ""
    ranked = sorted(paid.items(), key=lambda item: -item[1])[:MOST_NAMED]
    named = [
        f"{within_sentence(group_title(name))} {format_number(100 * one / total, 0)} per cent" for name, one in ranked
    ]
    return f"Firms hand over what is raised; in {comparison.end} by sector most: {listed(named)}."


def _tenths(comparison: Comparison, at: int) -> str:
    """What taxes and transfers do to the income of the poorest and of the richest tenth."""
    found = tenths_of(comparison, at)
    if not found:
        return ""
    ends = list(found.values())
    phrases = []
    for what, place in (("taxes and contributions", 2), ("transfers", 3)):
        poorest, richest = (_yuan(one[place]) for one in (ends[0], ends[-1]))
        phrases.append(f"through {what}, poorest tenth {poorest}, richest {richest}")
    return (
        f"Income per adult in {comparison.end} changes, CNY of {comparison.opening_year} a year, above zero more "
        f"income: {'; '.join(phrases)}."
    )


def _yuan(change: Change | None) -> str:
    """``+5,498 [+4,360 to +6,637]``, or that no change is clear."""
    if change is None:
        return "not known"
    if max(abs(end) for end in (change.difference.low, change.difference.high)) < 0.5:
        return "no change"
    unclear = change.difference.pairs > 1 and not change.difference.clear and not change.difference.same
    return f"no clear change [{interval_text(change)}]" if unclear else cell_text(change)


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
        named = [f"{words} {cell_text(shares[name])}" for name, words in RESPONSES.items() if _counts(shares[name])]
        returned = " The income tax returns that revenue, so that it does not lower the debt." if _returned(of) else ""
        return (
            f"Public debt in {year} is {size_text(debt)} higher [{interval_text(debt, signed=False)}] although the "
            f"policies bring net revenue.{returned} The public balance changes, on average from {span[0]} to {year} in "
            f"percentage points of GDP: {', '.join(named)}."
        )
    return ""


def _counts(change: Change | None) -> bool:
    return change is not None and abs(change.difference.mean) >= LEAST_POINTS


def _returned(of: dict[str, float]) -> bool:
    return of.get("policy_income_tax", 0.0) < (1 - LEAST_PART) * of["policy_cost"]


def _when(span: Sequence[int]) -> str:
    return f"mean from {span[0]} to {span[-1]}" if len(span) > 1 else f"in {span[0]}"


def _billions(amount: float) -> str:
    return format_number(amount, 0 if abs(amount) >= 10 else 1)
