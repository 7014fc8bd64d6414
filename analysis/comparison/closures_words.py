"""How much the answer depends on assumptions that data do not resolve, in sentences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from abm import joined, said
from xinzhi.analysis.figures.wording import less_text
from xinzhi.analysis.reading.changes import difference_unit
from xinzhi.analysis.reading.closure_ranges import ranges_in, ranges_of
from xinzhi.analysis.reading.display import DISPLAYS, display_of
from xinzhi.analysis.reading.quantities import between, unit_of
from xinzhi.analysis.reading.text import within_sentence

if TYPE_CHECKING:
    from abm import Display
    from xinzhi.analysis.comparison.comparison import Comparison
    from xinzhi.analysis.reading.closure_ranges import ClosureRange

__all__ = ["CLOSURE_SUBJECTS", "closure_sentences", "is_headline"]

NO_RANGE = said(
    "Jobs, inequality and the labour share depend on unresolved assumptions; no range is known for these years."
)
NOT_NARROWER = said("Running more seeds does not narrow this range.")
CLOSURE_SUBJECTS = ("unemployment_rate", "gini_disposable_income", "labour_share")


def closure_sentences(comparison: Comparison) -> list[str]:
    """How much jobs, inequality and the labour share depend on assumptions that data do not resolve."""
    if comparison.ranges:
        return _own_ranges(comparison)
    ranges, stamp = ranges_in(comparison.panels[comparison.base].economy)
    years = sorted({year for _, year, _ in ranges if year <= comparison.end})
    if not years:
        return [NO_RANGE]
    year = years[-1]
    found = {variable: ranges.get((variable, year, "effect")) for variable in CLOSURE_SUBJECTS}
    phrases = [_range(DISPLAYS[variable], one[1]) for variable, one in found.items() if one]
    start = said(
        "Across unresolved assumptions, the effect of AI in the baseline in {year} ranges as follows: {ranges} "
        "({source}).", year=year, ranges=tuple(phrases), source=stamp,
    )  # fmt: skip
    return [start, NOT_NARROWER if is_headline(comparison) else joined([NOT_NARROWER, _FOR_OTHERS], " ")]


def _range(display: Display, ends: ClosureRange) -> str:
    unit = difference_unit(display)
    text = between(ends.lowest, ends.highest, display.decimals + 1, unit, signed=True)
    return said("{outcome} {range} {unit}", outcome=within_sentence(display.title), range=text, unit=unit_of(unit))


def _own_ranges(comparison: Comparison) -> list[str]:
    """The ranges that were computed for just this comparison."""
    at, phrases = next(iter(comparison.pairs)), []
    for variable in ("real_gdp", *CLOSURE_SUBJECTS):
        ends = comparison.ranges.get((variable, comparison.end, "effect"))
        if ends:
            phrases.append(_range(display_of(comparison.panels[at], variable), ends))
    start = said(
        "Across unresolved assumptions, {effect} in {year} ranges as follows: {ranges}.",
        effect=less_text(comparison.labels[at], comparison.labels[comparison.base]), year=comparison.end,
        ranges=tuple(phrases),
    )  # fmt: skip
    return [start, NOT_NARROWER]


_FOR_OTHERS = said(
    "It is the range of another question, that of AI itself; `xinzhi compare --closures` computes it for the "
    "scenarios compared here. Differences smaller than this range may depend on these assumptions."
)


def is_headline(comparison: Comparison) -> bool:
    """Whether the shipped baseline and the economy without AI are compared, as the shipped ranges were computed."""
    names = {panel.name for panel in comparison.panels}
    return names == {"baseline", "no_ai"} and all(map(bool, map(ranges_of, comparison.panels)))
