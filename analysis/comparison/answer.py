"""The answer to a comparison in a few sentences: what changes, jobs, the cost, who pays, who gains and who loses."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from abm import joined, said
from xinzhi.analysis.comparison.costs import RULE, cost_more, cost_of, cost_sentence, payer_sentences
from xinzhi.analysis.comparison.leading import label_in, led
from xinzhi.analysis.comparison.ranges import across_zero, range_ends, range_text
from xinzhi.analysis.comparison.sentences import group_sentence, settling_sentence
from xinzhi.analysis.reading.changes import (
    GROUP_MEASURES,
    Change,
    change_in_levels,
    change_of,
    group_changes,
    interval_text,
)
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.paired import Pair
from xinzhi.analysis.reading.phrases import effect_text, in_brackets, of_people
from xinzhi.analysis.reading.quantities import between, unit_of
from xinzhi.analysis.reading.text import within_sentence

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["answer_sentences", "jobs_sentence"]

MAIN = ("real_gdp", "real_consumption", "real_wage_mean", "gini_disposable_income", "co2_emissions")
JOBS = ("unemployment_rate", "employment", "trainees")
ADOPTION = "ai_adoption_share"
NOT_INCOME = {"equity_value": -1, "public_debt_ratio": 1}  # {variable: sign of its change that is a loss}
MOST_SETTLED = 3  # named for each of several scenarios
ONLY_CLEAR = said("Named are clear differences only; the table has all of them with their 90 % confidence intervals.")


def answer_sentences(comparison: Comparison, settling: bool = True) -> list[str]:
    """What changes, jobs, the cost and who pays for it, and who gains or loses by tenth; a sentence each.

    With ``settling`` what more pairs of runs would settle. Several scenarios have one sentence each, without intervals,
    so that the answer stays short.
    """
    if len(comparison.pairs) > 1:
        phrases = [short_sentence(comparison, at) for at in comparison.pairs]
        open_yet = [settling_sentence(comparison, at, MOST_SETTLED) for at in comparison.pairs if settling]
        phrases += [contrast_sentence(comparison, at) for at in comparison.pairs]
        return [sentence for sentence in [*phrases, *payer_sentences(comparison), *open_yet, ONLY_CLEAR] if sentence]
    at = next(iter(comparison.pairs))
    phrases = [main_sentence(comparison, at), jobs_sentence(comparison, at), cost_sentence(comparison, at)]
    phrases += payer_sentences(comparison)
    phrases += [group_sentence(comparison, at, measure) for measure in GROUP_MEASURES if measure.table == "deciles"]
    phrases += [_left_out(comparison, at), _adoption(comparison, at)]
    phrases.append(settling_sentence(comparison, at) if settling else "")
    return [sentence for sentence in phrases if sentence]


def _left_out(comparison: Comparison, at: int) -> str:
    """What incomes leave out where tenths gain, none loses, and yet less is produced: fortunes and public debt."""
    income = next(measure for measure in GROUP_MEASURES if measure.table == "deciles")
    found = [change.difference for change in comparison.groups(at, income).values()]
    gdp = comparison.change(at, MAIN[0], comparison.end)
    gain = any(one.sure and one.mean > 0 for one in found) and not any(one.clear and one.mean < 0 for one in found)
    if gdp is None or not gdp.difference.clear or gdp.difference.mean > 0 or not gain:
        return ""
    worse = [(name, comparison.change(at, name, comparison.end), sign) for name, sign in NOT_INCOME.items()]
    phrases = [
        _words(comparison, at, name, change)
        for name, change, sign in worse
        if change is not None and change.difference.clear and sign * change.difference.mean > 0
    ]
    if not phrases:
        return ""
    return said("Incomes gain although real GDP is lower; not counted in them, in {year}: {effects}.",
                year=comparison.end, effects=tuple(phrases))  # fmt: skip


def _adoption(comparison: Comparison, at: int) -> str:
    """Which firms use more AI or less, where a policy changes that in an economy with AI; else empty."""
    change = comparison.change(at, ADOPTION, comparison.end)
    reference = comparison.panels[comparison.base]
    if change is None or not change.difference.sure or not np.nanmax(reference.values(ADOPTION)) > 0.0:
        return ""
    found = [one for one in GROUP_MEASURES if (one.table, one.variable) == ("firm_sizes", ADOPTION)]
    return group_sentence(comparison, at, found[0])


def short_sentence(comparison: Comparison, at: int) -> str:
    """Effects, jobs, cost and tenths of one scenario in one sentence; the intervals stand in the table."""
    found = [(name, comparison.change(at, name, comparison.end)) for name in led(comparison, MAIN)]
    found += [(name, comparison.change_in_levels(at, name, comparison.end)) for name in JOBS]
    if all(change is None for _, change in found):
        return ""
    known = [(name, change) for name, change in found if change is not None and not change.difference.same]
    parts = [_plain(comparison, at, name, change) for name, change in known if not _unclear(change)]
    jobless = any(name == JOBS[0] and not _unclear(change) for name, change in known)
    unclear = [_title(comparison, at, name) for name, change in known if _unclear(change) and name in JOBS[1:]]
    if jobless and unclear:  # a fall in unemployment may be people in courses
        parts.append(said("no clear difference in {outcomes}", outcomes=unclear))
    if not parts:
        parts.append(said("no clear difference in production, wages, inequality, emissions and jobs"))
    cost = cost_of(comparison, at)
    if cost is not None:
        words = cost.words
        parts.append(
            said("costs {amount}", amount=words) if cost.billion > 0 else said("brings {amount}", amount=words)
        )
    parts += [_tenths(comparison.groups(at, measure)) for measure in GROUP_MEASURES if measure.table == "deciles"]
    return _effects(comparison, at, comparison.base, [part for part in parts if part])


def contrast_sentence(comparison: Comparison, at: int) -> str:
    """What a scenario changes against one whose policies it has too; without intervals, empty where there is none."""
    before = _extended(comparison, at)
    if before is None:
        return ""
    pair = Pair(comparison.panels[at], comparison.panels[before])
    column = comparison.end - comparison.opening_year
    found = [(name, change_of(pair, name, column)) for name in led(comparison, MAIN)]
    found += [(name, change_in_levels(pair, name, column)) for name in JOBS]
    known = [(name, change) for name, change in found if change is not None and not change.difference.same]
    parts = [_plain(comparison, at, name, change) for name, change in known if not _unclear(change)]
    unclear = [_title(comparison, at, name) for name, change in known if _unclear(change)]
    parts += [said("no clear difference in {outcomes}", outcomes=unclear)] if unclear else []
    for measure in GROUP_MEASURES:
        if measure.table == "deciles":
            parts += filter(None, [_tenths(group_changes(pair, measure, column))])
    cost, other = cost_of(comparison, at), cost_of(comparison, before)
    if cost is not None and other is not None:
        parts.append(said("costs {amount}", amount=cost_more(cost, other)))
    return _effects(comparison, at, before, parts) if parts else ""


def _extended(comparison: Comparison, at: int) -> int | None:
    """The scenario before this one, the reference apart, whose levers are among its own: the one with most of them."""
    levers = [set(getattr(one.scenario, "levers", None) or {}) - {RULE} for one in comparison.results]
    known = [other for other in comparison.pairs if other < at and levers[other] and levers[other] <= levers[at]]
    return max(known, key=lambda other: len(levers[other])) if known else None


def _tenths(groups: Mapping[str, Change]) -> str:
    """``8 of 10 tenths with more income, 1 with less``; empty with one pair or without tenths."""
    changes = groups.values()
    if not changes or min(change.difference.pairs for change in changes) == 1:
        return ""
    up = sum(change.difference.sure and change.difference.mean > 0 for change in changes)
    down = sum(change.difference.sure and change.difference.mean < 0 for change in changes)
    if not up and not down:
        return said("no clear difference in income for any of {count} tenths", count=len(changes))
    counts = {"up": up or "none", "count": len(changes)}
    if down:
        return said("{up} of {count} tenths with more income, {down} with less", down=down, **counts)
    return said("{up} of {count} tenths with more income", **counts)


def main_sentence(comparison: Comparison, at: int) -> str:
    """``With AI in 2050, against without AI: real GDP 15.7 per cent higher [14.8 to 16.6], ...``"""
    found = [(name, comparison.change(at, name, comparison.end)) for name in led(comparison, MAIN)]
    known = [(name, change) for name, change in found if change is not None]
    if not known:
        return ""
    clear = [_words(comparison, at, name, change) for name, change in known if not _unclear(change)]
    unclear = [_title(comparison, at, name) for name, change in known if _unclear(change)]
    parts = [*clear, *([said("no clear difference in {outcomes}", outcomes=unclear)] if unclear else [])]
    return _effects(comparison, at, comparison.base, parts)


def jobs_sentence(comparison: Comparison, at: int) -> str:
    """Unemployment with employment and trainees beside it: people in courses are not counted as unemployed."""
    found = [(name, comparison.change_in_levels(at, name, comparison.end)) for name in JOBS]
    phrases = []
    for name, change in found:
        if change is None or (name == "trainees" and change.difference.same):
            continue
        phrases.append(_words(comparison, at, name, change))
    if not phrases:
        return ""
    return said("Jobs in {year}, {scenario}: {effects}.", year=comparison.end, scenario=label_in(comparison, at),
                effects=tuple(phrases))  # fmt: skip


def _effects(comparison: Comparison, at: int, reference: int, effects: Sequence[str]) -> str:
    return said("{scenario} in {year}, against {reference}: {effects}.", scenario=comparison.labels[at],
                year=comparison.end, reference=label_in(comparison, reference), effects=tuple(effects))  # fmt: skip


def _title(comparison: Comparison, at: int, variable: str) -> str:
    return within_sentence(display_of(comparison.panels[at], variable).title)


def _unclear(change: Change) -> bool:
    return change.difference.pairs > 1 and not change.difference.clear and not change.difference.same


def _words(comparison: Comparison, at: int, variable: str, change: Change) -> str:
    """``real GDP 2.3 per cent higher [2.0 to 2.6]``, or that no difference is clear, with the interval."""
    title, change = _title(comparison, at, variable), of_people(change)
    interval = interval_text(change)
    if change.difference.same:
        return said("{outcome} the same", outcome=title)
    if _unclear(change):
        return said("{outcome}, no clear difference [{interval} {unit}]", outcome=title, interval=interval,
                    unit=unit_of(change.unit))  # fmt: skip
    behind = in_brackets(change) if interval else said(" (one pair of runs)")
    behind = joined([behind, _over_assumptions(comparison, at, variable, change)], "")
    return effect_text(title, change, behind=behind)


def _over_assumptions(comparison: Comparison, at: int, variable: str, change: Change) -> str:
    """What becomes of a clear difference over the assumptions that no data settle; empty where that is not known."""
    text = range_text(comparison, variable, comparison.end, change)
    ends = range_ends(comparison, variable, comparison.end, change)
    if not text or ends is None:
        return ""
    if min(change.difference.mean * end for end in ends) > 0:  # with the sign of the words before it
        low, high = sorted(map(abs, ends))
        text = between(low, high, change.decimals, change.unit)
    if variable in across_zero(comparison, at):
        return said(" at the central assumptions, but {range} across assumptions", range=text)
    return said(" ({range} across assumptions)", range=text)


def _plain(comparison: Comparison, at: int, variable: str, change: Change) -> str:
    """``real GDP 2.3 per cent higher``, ``real GDP likely 2.3 per cent higher``."""
    return effect_text(_title(comparison, at, variable), of_people(change))
