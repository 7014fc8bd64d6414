"""An update of the page: what the finished pairs say, by year, from the numbers that ``abm.compare`` gives too."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from abm.languages import counted_in
from xinzhi.analysis.reading.changes import (
    GROUP_MEASURES,
    Change,
    GroupMeasure,
    among_headlines,
    decimals_of,
    group_changes,
    shown_gaps,
)
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.group_sizes import small_groups
from xinzhi.analysis.reading.paired import Difference, Pair, mean_of_pairs, means_of_pairs
from xinzhi.analysis.reading.panel import Panel, QuarterPanel
from xinzhi.analysis.reading.summary import YEARS

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from xinzhi.app.runs import Runs

__all__ = [
    "changes_of",
    "levels_of",
    "plain_difference",
    "plain_numbers",
    "shown_of",
    "start_of",
    "update_of",
    "verdict_of",
    "verdicts_of",
    "word_of",
]

RESIDUALS = ("sfc_residual", "gdp_identity_residual")  # the checks of the books
LOW, HIGH = 0.1, 0.9  # of single histories
COSTS = ("policy_cost",)  # shown with the interval of their mean
FEWEST_FOR_INTERVAL = 2  # pairs


def update_of(runs: Runs, pairs: Sequence[int], group_year: int | None) -> dict[str, Any]:
    """The levels, changes, verdicts and groups that these pairs give, as JSON has them."""
    panels = [Panel(runs.recorded(at, pairs)) for at in range(len(runs.sides))]
    base, opening, asked = runs.question.reference, panels[0].opening_year, runs.question.outcomes
    last = min(panel.last for panel in panels)
    others = [None if at == base else Pair(one, panels[base]) for at, one in enumerate(panels)]
    gaps = [None if pair is None else (pair, shown_of(pair, last, asked, runs.question.language)) for pair in others]
    years = sorted({year for year in (*YEARS, opening + last) if opening <= year <= opening + last})
    return {
        "sides": [_side(panel, last, asked, runs.question.levels) for panel in panels],
        "changes": [one and changes_of(*one) for one in gaps],
        "verdicts": [one and verdicts_of(*one, years) for one in gaps],
        "groups": None if group_year is None else [one and _groups(one, panels, group_year) for one in others],
    }


def start_of(runs: Runs) -> dict[str, Any]:
    """What is known before anything is run."""
    opening = runs.sides[0].runs.opening_year
    last = min(side.runs.quarters for side in runs.sides)
    return {
        "scenarios": [
            {"title": title, "digest": side.scenario.digest(), "base": side.mix.base}
            for title, side in zip(runs.titles, runs.sides, strict=True)
        ],
        "reference": runs.question.reference,
        "years": list(range(opening, opening + (last + 1) // 4)),
        "workers": runs.question.workers,
        "seeds": len(runs.question.seeds),
        "kept": len(runs.pairs),
    }


def streamed(panel: QuarterPanel, asked: Sequence[str] | None) -> list[str]:
    """The outcomes that an update has: those asked for that have a value; of all, not the checks of the books."""
    if asked is None:
        return [name for name in panel.recorded if name not in RESIDUALS]
    recorded = set(panel.recorded)
    return [name for name in asked if name in recorded]


def _side(panel: Panel, last: int, asked: Sequence[str] | None, bare: Sequence[str]) -> dict[str, Any]:
    """Mean and range of the outcomes asked for; of ``bare`` ones the mean alone, and of costs its interval."""
    found = levels_of(panel, last, asked)
    found["level"] = {**_bare_levels(panel, last, bare), **found["level"]}
    return {**found, "interval": _intervals(panel, last, bare)}


def levels_of(panel: Panel, last: int, asked: Sequence[str] | None) -> dict[str, Any]:
    """``level``, ``low`` and ``high`` by outcome and year: the mean of the runs and their middle 80 %."""
    names = streamed(panel, asked)
    if not names:
        return {"level": {}, "low": {}, "high": {}}
    stacked = np.stack([panel.values(name)[:, : last + 1] * display_of(panel, name).factor for name in names])
    low, high = np.quantile(stacked, (LOW, HIGH), axis=1)
    kinds = {"level": stacked.mean(axis=1), "low": low, "high": high}
    return {kind: dict(zip(names, plain_numbers(values), strict=True)) for kind, values in kinds.items()}


def _bare_levels(panel: Panel, last: int, bare: Sequence[str]) -> dict[str, Any]:
    """The mean of outcomes of which the page draws no lines."""
    factors = {name: display_of(panel, name).factor for name in streamed(panel, bare)}
    return {name: plain_numbers(panel.values(name)[:, : last + 1].mean(axis=0) * by) for name, by in factors.items()}


def _intervals(panel: Panel, last: int, bare: Sequence[str]) -> dict[str, Any]:
    """The 90 % interval of the mean over pairs of what the policies cost; nothing with one pair.

    The reference of the page has no policies, so that the cost is itself the difference between the two of a pair.
    """
    names = [name for name in COSTS if name in bare and panel.has(name)]
    if not names or len(panel.seeds) < FEWEST_FOR_INTERVAL:
        return {}
    gaps = np.stack([panel.values(name)[:, : last + 1].T * display_of(panel, name).factor for name in names])
    _, low, high = means_of_pairs(gaps)
    ends = zip(names, plain_numbers(low), plain_numbers(high), strict=True)
    return {name: {"low": low, "high": high} for name, low, high in ends}


class Shown(NamedTuple):
    """The differences of one outcome, (seeds, years), as they are shown."""

    gaps: FloatArray
    unit: str
    decimals: int


def shown_of(pair: Pair, last: int, asked: Sequence[str] | None, language: str) -> dict[str, Shown]:
    """The differences of the outcomes asked for, up to year ``last``, in the units of a language."""
    found = {}
    for name in streamed(pair.subject, asked):
        if pair.reference.has(name):
            gaps, unit, decimals = shown_gaps(pair, name)
            factor, written = counted_in(language, unit)  # as levels are: in the powers of ten of the language
            places = max(0, decimals - round(math.log10(factor)))
            found[name] = Shown(factor * gaps[:, : last + 1], written, places)
    return found


def changes_of(pair: Pair, shown: Mapping[str, Shown]) -> dict[str, Any]:
    """By outcome and year: mean, 90 % interval of the mean, middle 80 % of single pairs."""
    if not shown:
        return {}
    gaps = np.stack([one.gaps for one in shown.values()])
    mean, low, high = means_of_pairs(gaps.transpose(0, 2, 1))
    lowest, highest = np.quantile(gaps, (LOW, HIGH), axis=1)
    numbers = zip(*map(plain_numbers, (mean, low, high, lowest, highest)), strict=True)
    single = gaps.shape[1] == 1
    likely = [pair.likely(column) for column in range(gaps.shape[2])]
    return {
        name: {"mean": mean, "low": None if single else low, "high": None if single else high, "p10": p10, "p90": p90,
               "unit": one.unit, "decimals": one.decimals, "likely": [name in those for those in likely]}
        for (name, one), (mean, low, high, p10, p90) in zip(shown.items(), numbers, strict=True)
    }  # fmt: skip


def verdicts_of(pair: Pair, shown: Mapping[str, Shown], years: Iterable[int]) -> dict[str, Any]:
    """What the pairs say of each outcome in some years, {outcome: {year: verdict}}."""
    opening = pair.subject.opening_year
    verdicts: dict[str, dict[str, Any]] = {}
    for name, one in shown.items():
        verdicts[name] = of_year = {}
        for year in years:
            found = mean_of_pairs(one.gaps[:, year - opening])
            if found is not None:
                marked = among_headlines(pair, name, year - opening, found)
                of_year[str(year)] = verdict_of(Change(marked, one.unit, one.decimals))
    return verdicts


def verdict_of(change: Change) -> dict[str, Any]:
    """A change in one year: the numbers, the word, and how many pairs would make it clear."""
    found = change.difference
    return {
        **plain_difference(found), "pairs": found.pairs, "word": word_of(found), "likely": found.likely,
        "decimals": decimals_of(change),
        "pairs_needed": found.pairs_needed if word_of(found) == "unclear" else None,
    }  # fmt: skip


def word_of(found: Difference) -> str:
    """``higher``, ``lower``, ``unclear``, ``same`` or ``one_pair``; ``likely`` is said apart from it."""
    if found.same:
        return "same"
    if found.pairs == 1:
        return "one_pair"
    if not found.clear:
        return "unclear"
    return "higher" if found.mean > 0 else "lower"


def _groups(pair: Pair, panels: Sequence[Panel], year: int) -> dict[str, Any]:
    column = year - pair.subject.opening_year
    return {
        f"{measure.table}.{measure.variable}": _rows(pair, measure, panels, column)
        for measure in GROUP_MEASURES
    }  # fmt: skip


def _rows(pair: Pair, measure: GroupMeasure, panels: Sequence[Panel], column: int) -> list[dict[str, Any]]:
    small = small_groups(panels, measure, column)
    return [
        {"group": group, **plain_difference(change.difference),
         "word": word_of(change.difference), "likely": change.difference.likely, "small": group in small}
        for group, change in group_changes(pair, measure, column).items()
    ]  # fmt: skip


def plain_difference(found: Difference) -> Mapping[str, float | None]:
    """Mean, low and high with None for what is not known."""
    return {name: value if math.isfinite(value) else None
            for name, value in (("mean", found.mean), ("low", found.low), ("high", found.high))}  # fmt: skip


def plain_numbers(values: FloatArray) -> Any:
    """Nested lists with None for what is no number."""
    if np.isfinite(values).all():
        return values.tolist()
    there = values.astype(object)
    there[~np.isfinite(values)] = None
    return there.tolist()
