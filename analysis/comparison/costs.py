"""What the policies of a scenario cost or bring, what they raise and spend, and who pays for them, in sentences."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from abm import joined, said
from xinzhi.analysis.comparison.leading import label_in
from xinzhi.analysis.comparison.payers import (
    RAISED,
    SPENT,
    TOTALS,
    acting_years,
    mean_over,
    policy_lines,
    sectors_of,
    tenths_of,
)
from xinzhi.analysis.reading.changes import interval_text, size_text
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.phrases import sized
from xinzhi.analysis.reading.quantities import quantity
from xinzhi.analysis.reading.text import format_number, within_sentence

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = [
    "PolicyCost", "cost_more", "cost_of", "cost_sentence", "payer_sentence", "payer_sentences", "when_text",
]  # fmt: skip

RULE = "budget_rule"
LEAST_SHARE = 1e-7  # of GDP: a cost below this is none
TRILLION = 1_000  # billions
MOST_SECTORS = 3  # named of those that pay


class PolicyCost(NamedTuple):
    """Of the policies of a scenario while they are in force: a year, negative where they bring revenue."""

    billion: float
    per_cent_of_gdp: float
    first: int
    last: int

    @property
    def words(self) -> str:
        """``75 billion CNY a year (0.03 per cent of GDP)``, without a sign."""
        return said("{amount} ({share} per cent of GDP)", amount=self.amount, share=self.share)

    @property
    def amount(self) -> str:
        """``75 billion CNY a year``."""
        return quantity(abs(self.billion), 0 if abs(self.billion) >= 10 else 1, "billion CNY a year")

    @property
    def share(self) -> str:
        """The per cent of GDP, ``0.03``."""
        return format_number(abs(self.per_cent_of_gdp), 2)


def cost_of(comparison: Comparison, at: int) -> PolicyCost | None:
    """The mean cost of a scenario's policies in the years in which they cost or bring anything, at current prices."""
    panel = comparison.panels[at]
    if not (panel.has("policy_cost") and panel.has("policy_cost_ratio")):
        return None
    until = comparison.end - comparison.opening_year + 1
    cost = TRILLION * panel.values("policy_cost")[:, :until]
    share = panel.values("policy_cost_ratio")[:, :until]
    acting = np.flatnonzero(np.abs(share).max(axis=0) > LEAST_SHARE)
    if not acting.size:
        return None
    first, last = (int(panel.years[place]) for place in (acting[0], acting[-1]))
    return PolicyCost(float(cost[:, acting].mean()), 100 * float(share[:, acting].mean()), first, last)


def cost_sentence(comparison: Comparison, at: int) -> str:
    """What the policies of a scenario cost while they are in force; empty without policies or the record of it."""
    label, cost = label_in(comparison, at), cost_of(comparison, at)
    if cost is None:
        levers = set(getattr(comparison.results[at].scenario, "levers", None) or {}) - {RULE}
        nothing = said("Cost, {scenario}: the policies neither cost the budget nor bring revenue.", scenario=label)
        return nothing if levers and comparison.panels[at].has("policy_cost") else ""
    other = cost_of(comparison, comparison.base)
    more: str = "" if other is None else said(
        "; that is {amount} than {reference}", amount=cost_more(cost, other),
        reference=label_in(comparison),
    )  # fmt: skip
    values = {
        "scenario": label, "policies": _raised_and_spent(comparison, at), "amount": cost.words,
        "years": when_text(cost.first, cost.last), "more": more,
    }  # fmt: skip
    if cost.billion > 0:
        return said(
            "Cost, {scenario}: {policies} cost the budget {amount}, mean {years}, current prices{more}.", **values
        )
    return said(
        "Revenue, {scenario}: {policies} bring the budget {amount}, mean {years}, current prices{more}.", **values
    )


def when_text(first: int, last: int) -> str:
    """``from 2027 to 2032``, ``in 2032``."""
    return said("from {first} to {last}", first=first, last=last) if last > first else said("in {year}", year=first)


def _raised_and_spent(comparison: Comparison, at: int) -> str:
    """What precedes the net: what is raised and what is paid out, since the net alone hides both; else the policies."""
    span = acting_years(comparison, at)
    lines = policy_lines(comparison, at) if span else []
    found = []
    for part, total in ((RAISED, "policy_revenue"), (SPENT, "policy_spending")):
        of = {line.name: line for line in lines if line.part == part}
        named = [within_sentence(line.title) for name, line in of.items() if name not in TOTALS]
        if not named:
            return said("the policies")
        billion, share = (mean_over(comparison, values, span) for values in (of[total].billion, of[total].share))
        sums = PolicyCost(billion, share, 0, 0)
        found.append(said("{amount} ({share} per cent of GDP; {lines})", amount=sums.amount, share=sums.share,
                          lines=tuple(named)))  # fmt: skip
    return said("the policies raise {raised} and spend {spent}; on balance they", raised=found[0], spent=found[1])


def cost_more(cost: PolicyCost, other: PolicyCost) -> str:
    """``75 billion CNY a year (0.03 per cent of GDP) more``."""
    more = PolicyCost(cost.billion - other.billion, cost.per_cent_of_gdp - other.per_cent_of_gdp, 0, 0)
    return said("{amount} more", amount=more.words) if more.billion > 0 else said("{amount} less", amount=more.words)


def payer_sentences(comparison: Comparison) -> list[str]:
    """Who pays for the policies: one sentence where it is the same for all scenarios, else one for each."""
    every = {
        at: payer_sentence(comparison.results[at].scenario, cost_of(comparison, at), _charged(comparison, at))
        for at in comparison.pairs
    }
    phrases = {at: sentence for at, sentence in every.items() if sentence}
    if len(set(phrases.values())) <= 1:
        return [joined([one, *_taxes_of_the_richest(comparison)], " ") for one in dict.fromkeys(phrases.values())]
    return [said("{scenario}. {sentence}", scenario=comparison.labels[at], sentence=one) for at, one in phrases.items()]


def _taxes_of_the_richest(comparison: Comparison) -> list[str]:
    """What the income tax that follows the policies means for those who pay most of it; empty beside several."""
    at = next(iter(comparison.pairs))
    rule = (getattr(comparison.results[at].scenario, "levers", None) or {}).get(RULE)
    found = tenths_of(comparison, at) if len(comparison.pairs) == 1 and rule else {}
    change = list(found.values())[-1][2] if found else None  # above zero: lower taxes, more income
    if change is None or change.difference.pairs == 1 or not change.difference.clear:
        return []
    values = {
        "size": size_text(change), "opening": comparison.opening_year, "year": comparison.end,
        "interval": interval_text(change, signed=False),
    }  # fmt: skip
    if change.difference.mean > 0:
        return [said("Taxes and contributions of the richest tenth are {size} CNY of {opening} per adult lower in "
                     "{year} [{interval}].", **values)]  # fmt: skip
    return [said("Taxes and contributions of the richest tenth are {size} CNY of {opening} per adult higher in {year} "
                 "[{interval}].", **values)]  # fmt: skip


def _charged(comparison: Comparison, at: int) -> str:
    """Whom the policies charge: ``firms through the carbon price (in 2035 most in metals 30 per cent, ...)``."""
    span = acting_years(comparison, at)
    names = [line.name for line in policy_lines(comparison, at) if line.part == RAISED] if span else []
    taxes = [words for name, words in _TAXES.items() if name in names]
    most = _most_sectors(comparison, at)
    phrases: list[str] = [said("firms through the {taxes}{sectors}", taxes=taxes, sectors=most)] if taxes else []
    phrases += [said("those whom the other taxes of the policies charge")] if "other_revenue" in names else []
    return joined(phrases, "and") if phrases else ""


_TAXES = {"carbon_price_revenue": said("carbon price"), "ai_tax_revenue": said("AI tax")}


def _most_sectors(comparison: Comparison, at: int) -> str:
    """The sectors that hand over most; empty beside several scenarios, whose answers are short."""
    paid = sectors_of(comparison, at, "policy_taxes") if len(comparison.pairs) == 1 else {}
    total = sum(paid.values())
    if not total > 0:
        return ""
    ranked = sorted(paid.items(), key=lambda item: -item[1])[:MOST_SECTORS]
    named = [sized(within_sentence(group_title(name)), format_number(100 * one / total, 0)) for name, one in ranked]
    return said(" (in {year}, per cent of all: {sectors})", year=comparison.end, sectors=joined(named, ","))


def payer_sentence(scenario: Any, cost: PolicyCost | None = None, charged: str = "") -> str:
    """Who pays for the policies of a scenario; empty where it has none.

    With the ``cost`` that a run found, the sentence says which way the money goes; ``charged`` are those who pay
    because of the policies themselves.
    """
    levers: Mapping[str, Any] = getattr(scenario, "levers", None) or {}
    if not set(levers) - {RULE}:
        return ""
    rule = levers.get(RULE)
    parts = rule if isinstance(rule, dict) else {}
    words = _PAYERS if cost is None else _RECEIVERS if cost.billion < 0 else _FUNDERS
    payers = [phrase for key, phrase in words.items() if key in parts]
    if cost is not None and cost.billion < 0:
        charged = charged or said("those whom the policies charge")
    then = joined(payers, "and") if payers else _to_debt(cost, bool(charged))
    if charged:
        then = said("{first}; {then}", first=charged, then=then)
    if payers:
        return said("Who pays: {payers}, a quarter later; the remainder changes public debt.", payers=then)
    return said("Who pays: {payers}.", payers=then)


def _to_debt(cost: PolicyCost | None, charged: bool) -> str:
    """What becomes of the net where no rule says who pays."""
    if cost is None:
        return said("nobody at once; the net cost of the policies adds to public debt, net revenue lowers it")
    if cost.billion < 0:
        return said("their net revenue lowers public debt")
    if charged:
        return said("the net cost of the policies adds to public debt")
    return said("nobody at once; the net cost of the policies adds to public debt")


_PAYERS = {
    "surcharge": said("the income tax rises by the net cost of the policies, and falls by their net revenue"),
    "spending_cut": said("public consumption falls by the net cost of the policies"),
}
_FUNDERS = _PAYERS | {"surcharge": said("the income tax rises by the net cost of the policies")}
_RECEIVERS = {"surcharge": said("the income tax falls by the net revenue of the policies")}  # no revenue is consumed
