"""The answer to a comparison in a few sentences: what changes, jobs, the cost, who pays, who gains and who loses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from xinzhi.analysis.comparison.ranges import across_zero, range_text
from xinzhi.analysis.comparison.sentences import group_sentence, settling_sentence
from xinzhi.analysis.reading.changes import (
    GROUP_MEASURES,
    LIKELY,
    NO_CLEAR_DIFFERENCE,
    Change,
    GroupMeasure,
    interval_text,
    size_text,
)
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.text import format_number, listed, within_sentence

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = [
    "PolicyCost", "answer_sentences", "cost_of", "cost_sentence", "jobs_sentence", "payer_sentence", "payer_sentences",
]  # fmt: skip

MAIN = ("real_gdp", "real_wage_mean", "gini_disposable_income", "co2_emissions")
JOBS = ("unemployment_rate", "employment", "trainees")
RULE = "budget_rule"
LEAST_SHARE = 1e-7  # of GDP: a cost below this is none
ONLY_CLEAR = "Named are clear differences only; the table has all of them with their 90 % confidence intervals."
TRILLION = 1_000  # billions


def answer_sentences(comparison: Comparison) -> list[str]:
    """What changes, jobs, the cost and who pays for it, and who gains or loses by tenth; a sentence each.

    Several scenarios have one sentence each, without intervals, so that the answer stays short.
    """
    if len(comparison.pairs) > 1:
        phrases = [short_sentence(comparison, at) for at in comparison.pairs]
        settling = [settling_sentence(comparison, at) for at in comparison.pairs]
        return [sentence for sentence in [*phrases, *payer_sentences(comparison), *settling, ONLY_CLEAR] if sentence]
    at = next(iter(comparison.pairs))
    phrases = [main_sentence(comparison, at), jobs_sentence(comparison, at), cost_sentence(comparison, at)]
    phrases += payer_sentences(comparison)
    phrases += [group_sentence(comparison, at, measure) for measure in GROUP_MEASURES if measure.table == "deciles"]
    phrases.append(settling_sentence(comparison, at))
    return [sentence for sentence in phrases if sentence]


def short_sentence(comparison: Comparison, at: int) -> str:
    """Effects, jobs, cost and tenths of one scenario in one sentence; the intervals stand in the table."""
    found = [(name, comparison.change(at, name, comparison.end)) for name in MAIN]
    found += [(name, comparison.change_in_levels(at, name, comparison.end)) for name in JOBS]
    if all(change is None for _, change in found):
        return ""
    known = [(name, change) for name, change in found if change is not None and not change.difference.same]
    parts = [_plain(comparison, at, name, change) for name, change in known if not _unclear(change)]
    jobless = any(name == JOBS[0] and not _unclear(change) for name, change in known)
    unclear = [_title(comparison, at, name) for name, change in known if _unclear(change) and name in JOBS[1:]]
    if jobless and unclear:  # a fall in unemployment may be people in courses
        parts.append(f"{NO_CLEAR_DIFFERENCE} in {listed(unclear)}")
    if not parts:
        parts.append(f"{NO_CLEAR_DIFFERENCE} in production, wages, inequality, emissions and jobs")
    cost = cost_of(comparison, at)
    if cost is not None:
        parts.append(f"{'costs' if cost.billion > 0 else 'brings'} {cost.words}")
    parts += [_tenths(comparison, at, measure) for measure in GROUP_MEASURES if measure.table == "deciles"]
    return f"{_start(comparison, at)}: {'; '.join(filter(None, parts))}."


def _tenths(comparison: Comparison, at: int, measure: GroupMeasure) -> str:
    """``8 of 10 tenths with more income, 1 with less``; empty with one pair or without tenths."""
    changes = comparison.groups(at, measure).values()
    if not changes or min(change.difference.pairs for change in changes) == 1:
        return ""
    up = sum(change.difference.sure and change.difference.mean > 0 for change in changes)
    down = sum(change.difference.sure and change.difference.mean < 0 for change in changes)
    less = f", {down} with less" if down else ""
    return f"{up or 'none'} of {len(changes)} tenths with more income{less}"


def main_sentence(comparison: Comparison, at: int) -> str:
    """``With AI in 2050, against without AI: real GDP 15.7 per cent higher [14.8 to 16.6], ...``"""
    found = [(name, comparison.change(at, name, comparison.end)) for name in MAIN]
    known = [(name, change) for name, change in found if change is not None]
    if not known:
        return ""
    clear = [_words(comparison, at, name, change) for name, change in known if not _unclear(change)]
    unclear = [_title(comparison, at, name) for name, change in known if _unclear(change)]
    parts = [*clear, *([f"{NO_CLEAR_DIFFERENCE} in {listed(unclear)}"] if unclear else [])]
    return f"{_start(comparison, at)}: {'; '.join(parts)}."


def jobs_sentence(comparison: Comparison, at: int) -> str:
    """Unemployment with employment and trainees beside it: people in courses are not counted as unemployed."""
    found = [(name, comparison.change_in_levels(at, name, comparison.end)) for name in JOBS]
    phrases = []
    for name, change in found:
        if change is None or (name == "trainees" and change.difference.same):
            continue
        phrases.append(_words(comparison, at, name, change))
    return (
        f"Jobs in {comparison.end}, {within_sentence(comparison.labels[at])}: {'; '.join(phrases)}." if phrases else ""
    )


class PolicyCost(NamedTuple):
    """Of the policies of a scenario while they are in force: a year, negative where they bring revenue."""

    billion: float
    per_cent_of_gdp: float
    first: int
    last: int

    @property
    def words(self) -> str:
        """``75 billion CNY a year (0.03 per cent of GDP)``, without a sign."""
        decimals = 0 if abs(self.billion) >= 10 else 1
        amount = format_number(abs(self.billion), decimals)
        return f"{amount} billion CNY a year ({format_number(abs(self.per_cent_of_gdp), 2)} per cent of GDP)"


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
    label, cost = within_sentence(comparison.labels[at]), cost_of(comparison, at)
    if cost is None:
        levers = set(getattr(comparison.results[at].scenario, "levers", None) or {}) - {RULE}
        nothing = f"Cost, {label}: the policies neither cost the budget nor bring revenue."
        return nothing if levers and comparison.panels[at].has("policy_cost") else ""
    verb = "cost the budget" if cost.billion > 0 else "bring the budget"
    span = f"from {cost.first} to {cost.last}" if cost.last > cost.first else f"in {cost.first}"
    phrases = f"Cost, {label}: the policies {verb} {cost.words}, mean {span}, current prices"
    other = cost_of(comparison, comparison.base)
    if other is None:
        return f"{phrases}."
    more = PolicyCost(cost.billion - other.billion, cost.per_cent_of_gdp - other.per_cent_of_gdp, 0, 0)
    way = "more" if more.billion > 0 else "less"
    return f"{phrases}; that is {more.words} {way} than {within_sentence(comparison.labels[comparison.base])}."


def payer_sentences(comparison: Comparison) -> list[str]:
    """Who pays for the policies: one sentence where it is the same for all scenarios, else one for each."""
    every = {at: payer_sentence(comparison.results[at].scenario, cost_of(comparison, at)) for at in comparison.pairs}
    phrases = {at: sentence for at, sentence in every.items() if sentence}
    if len(set(phrases.values())) <= 1:
        return list(dict.fromkeys(phrases.values()))
    return [f"{comparison.labels[at]}. {sentence}" for at, sentence in phrases.items()]


def payer_sentence(scenario: Any, cost: PolicyCost | None = None) -> str:
    """Who pays for the policies of a scenario; empty where it has none.

    With the ``cost`` that a run found, the sentence says which way the money goes.
    """
    levers: Mapping[str, Any] = getattr(scenario, "levers", None) or {}
    if not set(levers) - {RULE}:
        return ""
    rule = levers.get(RULE)
    parts = rule if isinstance(rule, dict) else {}
    words = _PAYERS if cost is None else _RECEIVERS if cost.billion < 0 else _FUNDERS
    payers = [phrase for key, phrase in words.items() if key in parts]
    start = "Who pays: those whom the policies charge; " if cost is not None and cost.billion < 0 else "Who pays: "
    if not payers:
        return start + (_NOBODY if cost is None else _DEBT_FALLS if cost.billion < 0 else _DEBT_RISES)
    return f"{start}{' and '.join(payers)}, a quarter later; the remainder changes public debt."


_PAYERS = {
    "surcharge": "the income tax rises by the net cost of the policies, and falls by their net revenue",
    "spending_cut": "public consumption falls by the net cost of the policies",
}
_FUNDERS = _PAYERS | {"surcharge": "the income tax rises by the net cost of the policies"}
_RECEIVERS = {"surcharge": "the income tax falls by the net revenue of the policies"}  # no revenue is consumed
_NOBODY = "nobody at once; the net cost of the policies adds to public debt, net revenue lowers it."
_DEBT_RISES = "nobody at once; the net cost of the policies adds to public debt."
_DEBT_FALLS = "their net revenue lowers public debt."


def _start(comparison: Comparison, at: int) -> str:
    reference = within_sentence(comparison.labels[comparison.base])
    return f"{comparison.labels[at]} in {comparison.end}, against {reference}"


def _title(comparison: Comparison, at: int, variable: str) -> str:
    return within_sentence(display_of(comparison.panels[at], variable).title)


def _unclear(change: Change) -> bool:
    return change.difference.pairs > 1 and not change.difference.clear and not change.difference.same


def _words(comparison: Comparison, at: int, variable: str, change: Change) -> str:
    """``real GDP 2.3 per cent higher [2.0 to 2.6]``, or that no difference is clear, with the interval."""
    title, interval = _title(comparison, at, variable), interval_text(change)
    unit = _short(change.unit)
    if change.difference.same:
        return f"{title} the same"
    if _unclear(change):
        return f"{title}, {NO_CLEAR_DIFFERENCE} [{interval} {unit}]"
    between = f" [{interval_text(change, signed=False)}]" if interval else " (one pair of runs)"
    return _plain(comparison, at, variable, change) + between + _over_assumptions(comparison, at, variable, change)


def _over_assumptions(comparison: Comparison, at: int, variable: str, change: Change) -> str:
    """What becomes of a clear difference over the assumptions that no data settle; empty where that is not known."""
    text = range_text(comparison, variable, comparison.end, change)
    if not text:
        return ""
    if variable in across_zero(comparison, at):
        return f" at the central assumptions, but {text} over all unsettled assumptions"
    return f" ({text} over all unsettled assumptions)"


def _plain(comparison: Comparison, at: int, variable: str, change: Change) -> str:
    """``real GDP 2.3 per cent higher``, ``likely 2.3 per cent higher``."""
    way = "higher" if change.difference.mean > 0 else "lower"
    size = size_text(change._replace(unit=_short(change.unit)))
    likely = f"{LIKELY} " if change.difference.likely else ""
    return f"{_title(comparison, at, variable)} {likely}{size} {way}"


def _short(unit: str) -> str:
    return "million" if unit == "million people" else unit
