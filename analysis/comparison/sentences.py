"""What a comparison says, in sentences made from its numbers: higher, lower, or no clear difference."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from xinzhi.analysis.comparison.cautions import policy_cautions
from xinzhi.analysis.figures.drawing import manner
from xinzhi.analysis.reading.changes import (
    GROUP_MEASURES,
    Change,
    GroupMeasure,
    difference_unit,
    interval_text,
    size_text,
)
from xinzhi.analysis.reading.closure_ranges import load_ranges, ranges_of
from xinzhi.analysis.reading.display import DISPLAYS, display_of, group_title
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
    "is_headline",
    "pairing_sentence",
    "summary_sentences",
]

SUBJECTS = (
    "real_gdp",
    "real_wage_mean",
    "unemployment_rate",
    "gini_disposable_income",
    "labour_share",
    "co2_emissions",
    "electricity_use",
    "public_debt_ratio",
)
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
        for variable in SUBJECTS:
            change = comparison.change(at, variable, comparison.end)
            if change is None:
                continue
            difference = change.difference
            if difference.pairs > 1 and not difference.clear and not difference.same:
                unclear.append((variable, change))
            else:
                sentences.append(change_sentence(comparison, at, variable, change))
        if unclear:
            sentences.append(_unclear_sentence(comparison, at, unclear))
    return sentences


def change_sentence(comparison: Comparison, at: int, variable: str, change: Change) -> str:
    """``Real GDP in 2050: 2.3 per cent higher with AI than without AI (90 % interval 2.0 to 2.6).``"""
    subject, reference = manner(comparison.labels[at]), manner(comparison.labels[comparison.base])
    title = display_of(comparison.panels[at], variable).title
    start = f"{title} in {comparison.end}:"
    difference = change.difference
    if difference.same:
        return f"{start} exactly the same {subject} and {reference}."
    way = "higher" if difference.mean > 0 else "lower"
    phrases = f"{size_text(change)} {way} {subject} than {reference}"
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
    up = {group: one for group, one in changes.items() if one.difference.clear and one.difference.mean > 0}
    down = {group: one for group, one in changes.items() if one.difference.clear and one.difference.mean < 0}
    rest = len(changes) - len(up) - len(down)
    parts = []
    for chosen, more, sign in ((up, "more", -1), (down, "less" if measure.noun in MASS else "fewer", 1)):
        if chosen:
            ranked = sorted(chosen, key=lambda group: sign * chosen[group].difference.mean)
            named = [f"{within_sentence(group_title(group))} {_signed(chosen[group])}" for group in ranked[:MOST_NAMED]]
            most = f"{'most: ' if len(chosen) > 1 else ''}{listed(named)}"
            parts.append(f"{len(chosen)} of {len(changes)} with {more} {measure.noun} ({most})")
    if rest:
        parts.append(f"no clear difference for {rest if parts else 'any'} of {len(changes)}")
    if len(every) > len(changes):
        parts.append(f"{len(every) - len(changes)} more are too small to read")
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
    kinds = sum(measure.table != "regions" for measure in GROUP_MEASURES)
    many = f"Of many groups and measures ({kinds} kinds of groups) one interval in ten misses by chance alone."
    general = [sentence for sentence in (CAUTION, chance, many, pairing_sentence(comparison)) if sentence]
    return [*general, *policy_cautions(comparison)]


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


def _signed(change: Change) -> str:
    return f"{'+' if change.difference.mean > 0 else '-'}{size_text(change)}"
