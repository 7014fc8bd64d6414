"""The answer to a comparison in a few sentences: what changes, jobs, the cost, who pays, who gains and who loses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.comparison.sentences import group_sentence, listed
from xinzhi.analysis.reading.changes import GROUP_MEASURES, NO_CLEAR_DIFFERENCE, Change, interval_text, size_text
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.text import format_number, within_sentence

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["answer_sentences", "cost_sentence", "jobs_sentence", "payer_sentence", "title_of"]

MAIN = ("real_gdp", "real_wage_mean", "gini_disposable_income", "co2_emissions")
JOBS = ("unemployment_rate", "employment", "trainees")
RULE = "budget_rule"
LEAST_SHARE = 1e-7  # of GDP: a cost below this is none
TRILLION = 1_000  # billions
MOST_IN_TITLE = 2


def answer_sentences(comparison: Comparison) -> list[str]:
    """For each scenario: the main effects, jobs, the cost and who pays for it, and who gains or loses by tenth."""
    told = []
    for at in comparison.pairs:
        told += [main_sentence(comparison, at), jobs_sentence(comparison, at)]
        told += [cost_sentence(comparison, at), payer_sentence(comparison.results[at].scenario)]
        told += [group_sentence(comparison, at, measure) for measure in GROUP_MEASURES if measure.table == "deciles"]
    return [sentence for sentence in told if sentence]


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
    told = []
    for name, change in found:
        if change is None or (name == "trainees" and change.difference.same):
            continue
        told.append(_words(comparison, at, name, change))
    return f"Jobs in {comparison.end}, {within_sentence(comparison.labels[at])}: {'; '.join(told)}." if told else ""


def cost_sentence(comparison: Comparison, at: int) -> str:
    """What the policies of a scenario cost while they are in force; empty without policies or the record of it."""
    panel = comparison.panels[at]
    if not panel.has("policy_cost"):
        return ""
    until = comparison.end - comparison.opening_year + 1
    cost = TRILLION * panel.values("policy_cost")[:, :until]
    share = panel.values("policy_cost_ratio")[:, :until]
    acting = np.flatnonzero(np.abs(share).max(axis=0) > LEAST_SHARE)
    label = comparison.labels[at]
    if not acting.size:
        levers = set(getattr(comparison.results[at].scenario, "levers", None) or {}) - {RULE}
        nothing = f"Cost, {within_sentence(label)}: the policies neither cost the budget nor bring revenue."
        return nothing if levers else ""
    first, last = (int(panel.years[place]) for place in (acting[0], acting[-1]))
    mean, ratio = float(cost[:, acting].mean()), 100 * float(share[:, acting].mean())
    verb = "cost" if mean > 0 else "bring"
    decimals = 0 if abs(mean) >= 10 else 1
    span = f"from {first} to {last}" if last > first else f"in {first}"
    return (
        f"Cost, {within_sentence(label)}: the policies {verb} the budget "
        f"{format_number(abs(mean), decimals)} billion CNY a year ({format_number(abs(ratio), 2)} per cent of GDP), "
        f"mean {span}, current prices."
    )


def payer_sentence(scenario: Any) -> str:
    """Who pays for the policies of a scenario; empty where it has none."""
    levers: Mapping[str, Any] = getattr(scenario, "levers", None) or {}
    if not set(levers) - {RULE}:
        return ""
    rule = levers.get(RULE)
    parts = rule if isinstance(rule, dict) else {}
    payers = [words for key, words in _PAYERS.items() if key in parts]
    if not payers:
        return "Who pays: nobody at once; the net cost of the policies adds to public debt, net revenue lowers it."
    return f"Who pays: {' and '.join(payers)}, a quarter later; the remainder changes public debt."


_PAYERS = {
    "surcharge": "the income tax rises by the net cost of the policies, and falls by their net revenue",
    "spending_cut": "public consumption falls by the net cost of the policies",
}


def title_of(comparison: Comparison, at: int) -> str:
    """The message of a figure: ``Adoption subsidy: real GDP 0.6 % higher, CO2 emissions 1.2 % lower by 2050``."""
    clear = []
    for name in (*MAIN, "unemployment_rate"):
        change = comparison.change(at, name, comparison.end)
        if change is not None and change.difference.clear:
            way = "higher" if change.difference.mean > 0 else "lower"
            clear.append(f"{_title(comparison, at, name)} {size_text(change).replace('per cent', '%')} {way}")
    words = ", ".join(clear[:MOST_IN_TITLE]) or NO_CLEAR_DIFFERENCE
    return f"{comparison.labels[at]}: {words} by {comparison.end}"


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
    way = "higher" if change.difference.mean > 0 else "lower"
    size = size_text(change._replace(unit=unit))
    return f"{title} {size} {way}" + (
        f" [{interval_text(change, signed=False)}]" if interval else " (one pair of runs)"
    )


def _short(unit: str) -> str:
    return "million" if unit == "million people" else unit
