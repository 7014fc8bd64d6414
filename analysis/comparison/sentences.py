"""What a comparison says, in sentences made from its numbers: higher, lower, or no clear difference."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from xinzhi.analysis.comparison.cautions import policy_cautions
from xinzhi.analysis.figures.wording import manner
from xinzhi.analysis.reading.as_read import change_as_read
from xinzhi.analysis.reading.changes import (
    GROUP_MEASURES,
    LIKELY,
    Change,
    GroupMeasure,
    difference_unit,
    interval_text,
    signed_size,
    size_text,
)
from xinzhi.analysis.reading.closure_ranges import load_ranges, ranges_of
from xinzhi.analysis.reading.display import DISPLAYS, HEADLINE, display_of, group_title
from xinzhi.analysis.reading.paired import MOST_PAIRS
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number, listed, within_sentence

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = [
    "MASS",
    "caution_sentences",
    "change_sentence",
    "closure_sentences",
    "group_sentence",
    "headline_change",
    "is_headline",
    "pairing_sentence",
    "settling_sentence",
    "summary_sentences",
]

OFTEN_NIL = ("trainees", "policy_cost")  # not worth a word where they are the same
NO_RANGE = "Jobs, inequality and the labour share depend on unresolved assumptions; no range is known for these years."
CLOSURE_SUBJECTS = ("unemployment_rate", "gini_disposable_income", "labour_share")
PAIRING_SUBJECTS = ("real_gdp", "gini_disposable_income", "co2_emissions")
MOST_NAMED = 3  # groups named in a sentence


def summary_sentences(comparison: Comparison) -> list[str]:
    """One sentence for each headline variable and scenario in the last chosen year, none about chance alone.

    What is clear comes first, then one sentence that names all without a clear difference.
    """
    sentences = []
    for at in comparison.pairs:
        unclear = []
        for variable in HEADLINE:
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
    subject, reference = manner(comparison.labels[at]), manner(comparison.labels[comparison.base])
    title = display_of(comparison.panels[at], variable).title
    start = f"{title} in {comparison.end}:"
    difference, likely = change.difference, f"{LIKELY} " if change.difference.likely else ""
    if difference.same:
        return f"{start} exactly the same {subject} and {reference}."
    way = "higher" if difference.mean > 0 else "lower"
    phrases = f"{likely}{size_text(change)} {way} {subject} than {reference}"
    if difference.pairs == 1:
        return f"{start} {phrases} in one pair of seeds; one pair cannot distinguish an effect from chance."
    if not difference.clear:
        interval = f"90 % confidence interval {interval_text(change)} {change.unit}"
        return f"{start} no clear difference {subject} ({interval})."
    return f"{start} {phrases} (90 % confidence interval {interval_text(change, signed=False)})."


def _unclear_sentence(comparison: Comparison, at: int, unclear: list[tuple[str, Change]]) -> str:
    named = [
        f"{within_sentence(display_of(comparison.panels[at], variable).title)} ({interval_text(change)} {change.unit})"
        for variable, change in unclear
    ]
    where = f"{manner(comparison.labels[at])} against {within_sentence(comparison.labels[comparison.base])}"
    start = f"No clear difference {where} in {comparison.end}"
    return f"{start}: {listed(named)}; these 90 % confidence intervals include zero."


def group_sentence(comparison: Comparison, at: int, measure: GroupMeasure) -> str:
    """Who gains and who loses of one kind of groups in the last chosen year; empty where there are no pairs."""
    every, small = comparison.groups(at, measure), comparison.small(measure)
    changes = {group: change for group, change in every.items() if group not in small}
    if not changes or measure.table == "regions":  # regions are alike but for random draws
        return ""
    start = f"{measure.title} in {comparison.end}"
    reference = within_sentence(comparison.labels[comparison.base])
    start += f", {within_sentence(comparison.labels[at])} against {reference}:"
    if all(change.difference.same for change in changes.values()):
        return f"{start} the same for every group."
    if next(iter(changes.values())).difference.pairs == 1:
        return f"{start} one pair of seeds cannot distinguish gains and losses from chance."
    up = {group: one for group, one in changes.items() if one.difference.sure and one.difference.mean > 0}
    down = {group: one for group, one in changes.items() if one.difference.sure and one.difference.mean < 0}
    likely = [group for group, one in changes.items() if one.difference.likely]
    rest = len(changes) - len(up) - len(down) - len(likely)
    parts = []
    for chosen, more, sign in ((up, "more", -1), (down, "less" if measure.noun in MASS else "fewer", 1)):
        if chosen:
            ranked = sorted(chosen, key=lambda group: sign * chosen[group].difference.mean)
            named = [
                f"{within_sentence(group_title(group))} {signed_size(chosen[group])}" for group in ranked[:MOST_NAMED]
            ]
            most = f"{'most: ' if len(chosen) > 1 else ''}{listed(named)}"
            parts.append(f"{len(chosen)} of {len(changes)} with {more} {measure.noun} ({most})")
    if likely:
        named = [f"{within_sentence(group_title(group))} {signed_size(changes[group])}" for group in likely]
        most = f" ({listed(named)})" if len(likely) <= MOST_NAMED else ""
        parts.append(f"a likely difference for {len(likely)}{most}")
    if rest:
        parts.append(f"no clear difference for {rest if parts else 'any'} of {len(changes)}")
    if len(every) > len(changes):
        few = len(every) - len(changes)
        parts.append(f"{few} more {'is' if few == 1 else 'are'} too small to read")
    return f"{start} {'; '.join(parts)}."


MASS = {"income", "pay", "output", "unemployment"}  # nouns that take less, not fewer


def closure_sentences(comparison: Comparison) -> list[str]:
    """How much jobs, inequality and the labour share depend on assumptions that data do not resolve."""
    if comparison.ranges:
        return _own_ranges(comparison)
    ranges, stamp = load_ranges()
    years = sorted({year for _, year, _ in ranges if year <= comparison.end})
    if not years:
        return [NO_RANGE]
    year, phrases = years[-1], []
    for variable in CLOSURE_SUBJECTS:
        found = ranges.get((variable, year, "effect"))
        if found:
            display, (_, ends) = DISPLAYS[variable], found
            low, high = (format_number(end, display.decimals + 1, signed=True) for end in (ends.lowest, ends.highest))
            phrases.append(f"{within_sentence(display.title)} {low} to {high} {difference_unit(display)}")
    start = (
        f"Across unresolved assumptions, the effect of AI in the baseline in {year} ranges as follows: "
        f"{'; '.join(phrases)} ({stamp})."
    )
    return [start, "Running more seeds does not narrow this range." + ("" if is_headline(comparison) else _FOR_OTHERS)]


def _own_ranges(comparison: Comparison) -> list[str]:
    """The ranges that were computed for just this comparison."""
    at, phrases = next(iter(comparison.pairs)), []
    for variable in ("real_gdp", *CLOSURE_SUBJECTS):
        ends = comparison.ranges.get((variable, comparison.end, "effect"))
        if ends:
            display = display_of(comparison.panels[at], variable)
            low, high = (format_number(end, display.decimals + 1, signed=True) for end in (ends.lowest, ends.highest))
            phrases.append(f"{within_sentence(display.title)} {low} to {high} {difference_unit(display)}")
    subject, base = comparison.labels[at], within_sentence(comparison.labels[comparison.base])
    start = (
        f"Across unresolved assumptions, {within_sentence(subject)} less {base} in {comparison.end} ranges as follows"
    )
    return [f"{start}: {'; '.join(phrases)}.", "Running more seeds does not narrow this range."]


_FOR_OTHERS = (
    " It is the range of another question, that of AI itself; `xinzhi compare --closures` computes it for the "
    "scenarios compared here. Differences smaller than this range may depend on these assumptions."
)


def is_headline(comparison: Comparison) -> bool:
    """Whether the shipped baseline and the economy without AI are compared, as the shipped ranges were computed."""
    names = {panel.name for panel in comparison.panels}
    return names == {"baseline", "no_ai"} and all(map(bool, map(ranges_of, comparison.panels)))


def caution_sentences(comparison: Comparison) -> list[str]:
    """Cautions for every number: sampling noise, multiple comparisons, the assumed path of adoption, the policies."""
    pairs = len(comparison.seeds)
    if pairs == 1:
        chance = "One pair of seeds cannot distinguish effects from chance; run more seeds."
    else:
        chance = f"Differences are means over {pairs} pairs of runs with the same random draws; "
        chance += "a 90 % confidence interval contains the true mean in nine of ten cases."
    general = (CAUTION, chance, _many_sentence(comparison), pairing_sentence(comparison))
    return [*filter(None, general), *policy_cautions(comparison)]


def _many_sentence(comparison: Comparison) -> str:
    """How many intervals are read, how many miss by chance, and what ``likely`` means; empty with one pair."""
    found = [headline_change(comparison, at, name) for at in comparison.pairs for name in HEADLINE]
    measures = sum(one is not None and not one.difference.same for one in found)
    chosen = [one for one in GROUP_MEASURES if one.table != "regions"]
    groups = sum(len(comparison.groups(at, one)) for at in comparison.pairs for one in chosen)
    if len(comparison.seeds) == 1 or not measures + groups:
        return ""
    what = [f"{measures} headline measures"] * bool(measures) + [f"{groups} differences of groups"] * bool(groups)
    text = f"{listed(what)} are read for "
    text += f"{comparison.end}; by chance alone one interval in ten misses the true mean, about "
    text += f"{max(round((measures + groups) / 10), 1)} of them. "
    text += (
        "Likely: the interval excludes zero, but among so many of its kind a difference of this size may be chance; of "
        "those that are not marked so, at most one in ten is expected to be (Benjamini and Hochberg)."
    )
    if any(one is not None and one.difference.settling for one in found):
        text += " More pairs settle a difference in four of five cases, if it is as large as it seems."
    return text


def settling_sentence(comparison: Comparison, at: int, most: int = 0) -> str:
    """What more pairs of runs would do for the headline measures that are unclear; empty where none is.

    With ``most`` only so many are named, those that need fewest.
    """
    found = [(name, headline_change(comparison, at, name)) for name in HEADLINE]
    unclear = [(name, one.difference) for name, one in found if one is not None and one.difference.settling]
    titles = {name: within_sentence(display_of(comparison.panels[at], name).title) for name, _ in unclear}
    soon = sorted((one.pairs_needed - one.pairs, titles[name]) for name, one in unclear if one.pairs_needed)
    never = [titles[name] for name, one in unclear if one.pairs_needed is None]
    if most and len(unclear) > most:
        soon, never = soon[:most], [] if soon else never[:most]
    words = ["more pairs would settle it", *["more"] * len(soon)]
    phrases = [f"{title} ({more} {say})" for (more, title), say in zip(soon, words, strict=False)]
    text = listed(phrases) if phrases else ""
    if never:
        text += f"{'; ' if text else ''}too small to settle with {MOST_PAIRS} pairs: {listed(never)}"
    if not text:
        return ""
    of = f", {within_sentence(comparison.labels[at])}" if len(comparison.pairs) > 1 else ""
    return f"Unclear with {len(comparison.seeds)} pairs of runs{of}: {text}."


def pairing_sentence(comparison: Comparison) -> str:
    """The variance reduction by common random draws; empty with fewer than three pairs.

    Unpaired, the variances of the two scenarios over the seeds would add up.
    """
    at, pair = next(iter(comparison.pairs.items()))
    phrases = []
    for variable in PAIRING_SUBJECTS:
        ratio = pair.variance_ratio(variable, comparison.end - comparison.opening_year)
        if math.isfinite(ratio):
            title = within_sentence(display_of(comparison.panels[at], variable).title)
            phrases.append(f"{title} {format_number(ratio, 1)}")
    if not phrases:
        return ""
    return (
        "The scenarios share their random draws. With independent draws, as many times more runs would be needed for "
        f"the same precision in {comparison.end}: {', '.join(phrases)}."
    )
