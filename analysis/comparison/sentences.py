"""What a comparison says, in sentences made from its numbers: higher, lower, or no clear difference."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from abm import joined, said
from xinzhi.analysis.comparison.cautions import policy_cautions
from xinzhi.analysis.comparison.leading import label_in
from xinzhi.analysis.figures.wording import manner
from xinzhi.analysis.reading.as_read import change_as_read
from xinzhi.analysis.reading.changes import (
    GROUP_MEASURES,
    Change,
    GroupMeasure,
    interval_text,
    signed_size,
)
from xinzhi.analysis.reading.display import display_of, group_title, headline_of
from xinzhi.analysis.reading.paired import MOST_PAIRS
from xinzhi.analysis.reading.phrases import sized, way_text
from xinzhi.analysis.reading.quantities import unit_of
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number, within_sentence

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = [
    "MASS",
    "caution_sentences",
    "change_sentence",
    "group_sentence",
    "headline_change",
    "pairing_sentence",
    "settling_sentence",
    "summary_sentences",
]

OFTEN_NIL = ("trainees", "policy_cost")  # not worth a word where they are the same
PAIRING_SUBJECTS = ("real_gdp", "gini_disposable_income", "co2_emissions")
MOST_NAMED = 3  # groups named in a sentence


def summary_sentences(comparison: Comparison) -> list[str]:
    """One sentence for each headline variable and scenario in the last chosen year, none about chance alone.

    What is clear comes first, then one sentence that names all without a clear difference.
    """
    sentences = []
    for at in comparison.pairs:
        unclear = []
        for variable in headline_of(comparison.panels):
            change = headline_change(comparison, at, variable)
            if change is None or (variable in OFTEN_NIL and change.difference.same):
                continue
            difference = change.difference
            if difference.pairs > 1 and not difference.clear and not difference.same:
                unclear.append((variable, change))
            else:
                sentences.append(change_sentence(comparison, at, variable, change))
        if unclear:
            sentences.append(_unclear_sentence(comparison, at, unclear))
    return sentences


def headline_change(comparison: Comparison, at: int, variable: str, year: int | None = None) -> Change | None:
    """A headline measure as it is read: people are counted, the cost is in billions, the rest as everywhere."""
    year = comparison.end if year is None else year
    if variable in ("employment", "trainees", "policy_cost"):
        return change_as_read(comparison.pairs[at], variable, year - comparison.opening_year)
    return comparison.change(at, variable, year)


def change_sentence(comparison: Comparison, at: int, variable: str, change: Change) -> str:
    """``Real GDP in 2050: 2.3 per cent higher with AI than without AI (90 % interval 2.0 to 2.6).``"""
    difference = change.difference
    values = {
        "outcome": display_of(comparison.panels[at], variable).title, "year": comparison.end,
        "scenario": manner(comparison.labels[at]), "reference": manner(comparison.labels[comparison.base]),
        "change": way_text(change), "interval": interval_text(change, signed=not difference.clear),
        "unit": unit_of(change.unit),
    }  # fmt: skip
    if difference.same:
        return said("{outcome} in {year}: exactly the same {scenario} and {reference}.", **values)
    if difference.pairs == 1:
        return said("{outcome} in {year}: {change} {scenario} than {reference} in one pair of seeds; one pair cannot "
                    "distinguish an effect from chance.", **values)  # fmt: skip
    if not difference.clear:
        return said("{outcome} in {year}: no clear difference {scenario} (90 % confidence interval {interval} {unit}).",
                    **values)  # fmt: skip
    return said("{outcome} in {year}: {change} {scenario} than {reference} (90 % confidence interval {interval}).",
                **values)  # fmt: skip


def _unclear_sentence(comparison: Comparison, at: int, unclear: list[tuple[str, Change]]) -> str:
    named = [
        said("{outcome} ({interval} {unit})", outcome=_title(comparison, variable), interval=interval_text(change),
             unit=unit_of(change.unit))
        for variable, change in unclear
    ]  # fmt: skip
    return said(
        "No clear difference {scenario} against {reference} in {year}: {outcomes}; these 90 % confidence intervals "
        "include zero.", scenario=manner(comparison.labels[at]),
        reference=label_in(comparison), year=comparison.end, outcomes=named,
    )  # fmt: skip


def _title(comparison: Comparison, variable: str) -> str:
    return within_sentence(display_of(comparison.panels[0], variable).title)


def group_sentence(comparison: Comparison, at: int, measure: GroupMeasure) -> str:
    """Who gains and who loses of one kind of groups in the last chosen year; empty where there are no pairs."""
    every, small = comparison.groups(at, measure), comparison.small(measure)
    changes = {group: change for group, change in every.items() if group not in small}
    if not changes or measure.table == "regions":  # regions are alike but for random draws
        return ""
    parts: list[str]
    if all(change.difference.same for change in changes.values()):
        parts = [said("the same for every group")]
    elif next(iter(changes.values())).difference.pairs == 1:
        parts = [said("one pair of seeds cannot distinguish gains and losses from chance")]
    else:
        parts = [*_parts(changes, measure, len(every) - len(changes))]
    return said(
        "{measure} in {year}, {scenario} against {reference}: {parts}.", measure=measure.title, year=comparison.end,
        scenario=label_in(comparison, at),
        reference=label_in(comparison), parts=tuple(parts),
    )  # fmt: skip


def _parts(changes: Mapping[str, Change], measure: GroupMeasure, few: int) -> Iterator[str]:
    """Who has more, who less, who perhaps, who neither; ``few`` groups are too small to read."""
    up = [group for group, one in changes.items() if one.difference.sure and one.difference.mean > 0]
    down = [group for group, one in changes.items() if one.difference.sure and one.difference.mean < 0]
    likely = [group for group, one in changes.items() if one.difference.likely]
    rest, total = len(changes) - len(up) - len(down) - len(likely), len(changes)
    for chosen, sign in ((up, -1), (down, 1)):
        if not chosen:
            continue
        ranked = sorted(chosen, key=lambda group: sign * changes[group].difference.mean)[:MOST_NAMED]
        named = joined([_named(group, changes) for group in ranked], "and")
        values = {"count": len(chosen), "total": total, "noun": measure.noun,
                  "groups": said("most: {groups}", groups=named) if len(chosen) > 1 else named}  # fmt: skip
        if sign < 0:
            yield said("{count} of {total} with more {noun} ({groups})", **values)
        elif measure.noun in MASS:
            yield said("{count} of {total} with less {noun} ({groups})", **values)
        else:
            yield said("{count} of {total} with fewer {noun} ({groups})", **values)
    if likely and len(likely) <= MOST_NAMED:
        named = joined([_named(group, changes) for group in likely], "and")
        yield said("a likely difference for {count} ({groups})", count=len(likely), groups=named)
    elif likely:
        yield said("a likely difference for {count}", count=len(likely))
    if rest == total:
        yield said("no clear difference for any of {total}", total=total)
    elif rest:
        yield said("no clear difference for {count} of {total}", count=rest, total=total)
    if few:
        yield said("1 more is too small to read") if few == 1 else said("{count} more are too small to read", count=few)


def _named(group: str, changes: Mapping[str, Change]) -> str:
    return sized(within_sentence(group_title(group)), signed_size(changes[group]))


MASS = {"income", "pay", "output", "unemployment"}  # nouns that take less, not fewer


def caution_sentences(comparison: Comparison) -> list[str]:
    """Cautions for every number: sampling noise, multiple comparisons, the assumed path of adoption, the policies."""
    pairs = len(comparison.seeds)
    if pairs == 1:
        chance = said("One pair of seeds cannot distinguish effects from chance; run more seeds.")
    else:
        chance = said("Differences are means over {pairs} pairs of runs with the same random draws; a 90 % confidence "
                      "interval contains the true mean in nine of ten cases.", pairs=pairs)  # fmt: skip
    general = (CAUTION, chance, _many_sentence(comparison), pairing_sentence(comparison))
    return [*filter(None, general), *policy_cautions(comparison)]


def _many_sentence(comparison: Comparison) -> str:
    """How many intervals are read, how many miss by chance, and what ``likely`` means; empty with one pair."""
    names = headline_of(comparison.panels)
    found = [headline_change(comparison, at, name) for at in comparison.pairs for name in names]
    measures = sum(one is not None and not one.difference.same for one in found)
    chosen = [one for one in GROUP_MEASURES if one.table != "regions"]
    groups = sum(len(comparison.groups(at, one)) for at in comparison.pairs for one in chosen)
    if len(comparison.seeds) == 1 or not measures + groups:
        return ""
    what = [said("{count} headline measures", count=measures)] * bool(measures)
    what += [said("{count} differences of groups", count=groups)] * bool(groups)
    sentences = [
        said("{what} are read for {year}; by chance alone one interval in ten misses the true mean, about {count} of "
             "them.", what=what, year=comparison.end, count=max(round((measures + groups) / 10), 1)),
        said("Likely: the interval excludes zero, but among so many of its kind a difference of this size may be "
             "chance; of those that are not marked so, at most one in ten is expected to be (Benjamini and Hochberg)."),
    ]  # fmt: skip
    if any(one is not None and one.difference.settling for one in found):
        sentences.append(said(
            "More pairs settle a difference in four of five cases, if it is as large as it seems."
        ))  # fmt: skip
    return joined(sentences, " ")


def settling_sentence(comparison: Comparison, at: int, most: int = 0) -> str:
    """What more pairs of runs would do for the headline measures that are unclear; empty where none is.

    With ``most`` only so many are named, those that need fewest.
    """
    found = [(name, headline_change(comparison, at, name)) for name in headline_of(comparison.panels)]
    unclear = [(name, one.difference) for name, one in found if one is not None and one.difference.settling]
    titles = {name: within_sentence(display_of(comparison.panels[at], name).title) for name, _ in unclear}
    soon = sorted((one.pairs_needed - one.pairs, titles[name]) for name, one in unclear if one.pairs_needed)
    never = [titles[name] for name, one in unclear if one.pairs_needed is None]
    if most and len(unclear) > most:
        soon, never = soon[:most], [] if soon else never[:most]
    phrases = [said("{outcome} ({more} more)", outcome=title, more=more) for more, title in soon]
    if soon:
        phrases[0] = said("{outcome} ({more} more pairs would settle it)", outcome=soon[0][1], more=soon[0][0])
    parts: list[str] = [joined(phrases, "and")] if phrases else []
    if never:
        parts.append(said("too small to settle with {most} pairs: {outcomes}", most=MOST_PAIRS, outcomes=never))
    if not parts:
        return ""
    pairs = len(comparison.seeds)
    if len(comparison.pairs) == 1:
        return said("Unclear with {pairs} pairs of runs: {outcomes}.", pairs=pairs, outcomes=tuple(parts))
    return said("Unclear with {pairs} pairs of runs, {scenario}: {outcomes}.", pairs=pairs,
                scenario=label_in(comparison, at), outcomes=tuple(parts))  # fmt: skip


def pairing_sentence(comparison: Comparison) -> str:
    """The variance reduction by common random draws; empty with fewer than three pairs.

    Unpaired, the variances of the two scenarios over the seeds would add up.
    """
    pair = next(iter(comparison.pairs.values()))
    phrases = []
    for variable in PAIRING_SUBJECTS:
        ratio = pair.variance_ratio(variable, comparison.end - comparison.opening_year)
        if math.isfinite(ratio):
            phrases.append(sized(_title(comparison, variable), format_number(ratio, 1)))
    if not phrases:
        return ""
    return said(
        "The scenarios share their random draws. With independent draws, as many times more runs would be needed for "
        "the same precision in {year}: {outcomes}.", year=comparison.end, outcomes=joined(phrases, ","),
    )  # fmt: skip
