"""The figures of winners and losers: a panel for each measure, a row for each group, a dot with its 90 % interval."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from abm import called, joined, said
from xinzhi.analysis.comparison.leading import label_in
from xinzhi.analysis.comparison.sentences import MASS
from xinzhi.analysis.figures.style import GAIN, GRID, INK, LOSS, SOFT_INK, UNCLEAR, Room, dress, name_rows, new_figure
from xinzhi.analysis.figures.wording import economy_of
from xinzhi.analysis.reading.changes import GROUP_MEASURES, Change, GroupMeasure
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.group_sizes import MARK_NOTE, marked
from xinzhi.analysis.reading.phrases import sized
from xinzhi.analysis.reading.quantities import quantity
from xinzhi.analysis.reading.text import within_sentence

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["TABLE_TITLES", "group_tables", "measures_of", "winners_figure", "winners_message"]

# Regions are alike but for random draws, so that they neither win nor lose; winners.csv has them.
TABLE_TITLES = {
    "deciles": said("Winners and losers by income"),
    "occupations": said("Winners and losers by occupation"),
    "sectors": said("Winners and losers by sector"),
    "firm_sizes": said("Firms by size"),
    "screened": said("Winners and losers by exposure to automatic screening"),
}
NOUNS = {
    "deciles": said("tenths"), "occupations": said("occupations"), "sectors": said("sectors"),
    "firm_sizes": said("sizes"), "screened": said("groups"),
}  # fmt: skip
RANKED = ("occupations", "sectors")  # sorted by the difference; the others have an order of their own
COUNTS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
ROW_HEIGHT, APART = 0.3, 0.2  # inches of a group; rows between the scenarios
PANEL_WIDTHS = (5.6, 4.2, 3.4)  # inches, of one panel, two, three
DOTS = said(
    "Dot: mean over pairs of runs; bar: 90 % confidence interval; hollow: it includes zero, no clear difference; "
    "half filled: likely only, perhaps by chance among so many groups."
)
CUT = said("Bars that reach the edge go on beyond it.")
ROOM = 0.08  # of the width, free at the sides


def group_tables(comparison: Comparison) -> list[str]:
    """The group tables of which at least one measure has pairs at the end of the headline."""
    tables = dict.fromkeys(measure.table for measure in GROUP_MEASURES if _has(comparison, measure))
    return [table for table in tables if table in TABLE_TITLES]


def _has(comparison: Comparison, measure: GroupMeasure) -> bool:
    return any(comparison.groups(at, measure) for at in comparison.pairs)


def measures_of(comparison: Comparison, table: str) -> list[GroupMeasure]:
    """The measures of a group table that have pairs at the end of the headline."""
    return [measure for measure in GROUP_MEASURES if measure.table == table and _has(comparison, measure)]


def winners_figure(comparison: Comparison, measures: Sequence[GroupMeasure]) -> Figure:
    """The measures of one group table side by side, each sorted by its own differences unless the groups are ordered.

    With one pair, gains and losses have their own colours; with several, each scenario has its colour.
    """
    orders = [_groups(comparison, measure) for measure in measures]
    small = any(comparison.small(measure) for measure in measures)
    rows = max(map(len, orders))
    alone = len(comparison.pairs) == 1
    height = max(ROW_HEIGHT * rows * (1 if alone else 1.4), 1.0)
    width = PANEL_WIDTHS[min(len(measures), len(PANEL_WIDTHS)) - 1]
    key = [(comparison.labels[at], comparison.drawing.colours[at]) for at in comparison.pairs]
    if alone:
        key = [(said("better"), GAIN), (said("worse"), LOSS)] if any(one.better for one in measures) else []
        key += [] if all(one.better for one in measures) else [(said("more or fewer"), INK)]
        key.append((said("unclear"), UNCLEAR))
    figure, axes = new_figure(
        1,
        len(measures),
        (width, height),
        winners_message(comparison, measures[0]),
        _subtitle(comparison, measures[0]),
        comparison.drawing.footer(joined([DOTS, CUT, *([MARK_NOTE] if small else [])], " ")),
        Room(0.25, 0.6, left=2.45),
        key=key,
        language=comparison.drawing.language,
    )
    for place, measure, order in zip(axes, measures, orders, strict=True):
        _draw_groups(place, comparison, measure, order)
    return figure


def _subtitle(comparison: Comparison, measure: GroupMeasure) -> str:
    reference = economy_of(comparison.labels[comparison.base])
    first = within_sentence(comparison.labels[next(iter(comparison.pairs))])
    subject = said(", {scenario}", scenario=first) if len(comparison.pairs) == 1 else ""
    return said(
        "{title}{subject}, {year}: difference from {reference}", title=TABLE_TITLES[measure.table], subject=subject,
        year=comparison.end, reference=reference,
    )  # fmt: skip


def winners_message(comparison: Comparison, measure: GroupMeasure) -> str:
    """``All ten tenths gain income, the richest tenth most (+23.7 %)``; groups too small to read are never named."""
    counted = {at: _readable(comparison, at, measure) for at in comparison.pairs}
    changes = next(iter(counted.values()))
    noun, total = NOUNS[measure.table], len(changes)
    if not changes:
        return said("{title}: every group is too small to read", title=measure.title)
    if next(iter(changes.values())).difference.pairs == 1:
        return said("{title}, {year}: one pair of runs cannot distinguish gains from chance", title=measure.title,
                    year=comparison.end)  # fmt: skip
    up, down = (_clear(changes, sign) for sign in (1, -1))
    if len(counted) > 1:
        return _several(comparison, counted, measure, noun)
    readable = said("{count} {groups}", count=_number(total), groups=noun)
    if comparison.small(measure):
        readable = said("{count} readable {groups}", count=_number(total), groups=noun)
    if not up and not down:
        return said("No clear difference in {noun} for any of {groups}", noun=measure.noun, groups=readable)
    verbs = _VERBS[measure.better if measure.better > 0 or measure.noun not in MASS else -1]
    parts: list[str] = []
    for names, verb in ((up, verbs[0]), (down, verbs[1])):
        if not names:
            continue
        most = within_sentence(group_title(names[0]))
        values = {
            "count": _number(len(names)), "groups": readable, "noun": measure.noun, "size": _short(changes[names[0]]),
            "verb": called(_SINGULAR[verb], verb) if len(names) == 1 else verb,
            "most": said("the {group}", group=most) if measure.table == "deciles" else most,
        }  # fmt: skip
        if parts:
            parts.append(said("{count} {verb}, {most} most ({size})", **values))
        elif len(names) == total:
            parts.append(said("all {groups} {verb} {noun}, {most} most ({size})", **values))
        else:
            parts.append(said("{count} of {groups} {verb} {noun}, {most} most ({size})", **values))
    text = joined(parts, ";")
    return called(text[:1].upper() + text[1:], text)


_SINGULAR = {
    "gain": "gains", "lose": "loses", "have more": "has more", "have fewer": "has fewer", "have less": "has less",
}  # fmt: skip
_VERBS = {
    1: (said("gain"), said("lose")), 0: (said("have more"), said("have fewer")),
    -1: (said("have more"), said("have less")),
}  # fmt: skip


def _several(comparison: Comparison, counted: dict[int, dict[str, Change]], measure: GroupMeasure, noun: str) -> str:
    """``Sectors with more output, of 20: carbon price 2, retraining 5; with less: carbon price 9, retraining 0``."""
    found = []
    for sign in (1, -1):
        counts = {at: len(_clear(changes, sign)) for at, changes in counted.items()}
        each = [sized(label_in(comparison, at), one) for at, one in counts.items()]
        found.append((joined(each, ","), any(counts.values())))
    values = {
        "groups": called(noun.capitalize(), noun), "noun": measure.noun, "total": len(counted[next(iter(counted))]),
        "more": found[0][0], "less": found[1][0],
    }  # fmt: skip
    if not found[1][1]:
        return said("{groups} with more {noun}, of {total}: {more}", **values)
    if measure.noun in MASS:
        return said("{groups} with more {noun}, of {total}: {more}; with less: {less}", **values)
    return said("{groups} with more {noun}, of {total}: {more}; with fewer: {less}", **values)


def _readable(comparison: Comparison, at: int, measure: GroupMeasure) -> dict[str, Change]:
    small = comparison.small(measure)
    return {group: change for group, change in comparison.groups(at, measure).items() if group not in small}


def _clear(changes: dict[str, Change], sign: int) -> list[str]:
    """The groups with a difference of one sign that is clear among so many, the largest first."""
    chosen = [group for group, one in changes.items() if one.difference.sure and sign * one.difference.mean > 0]
    return sorted(chosen, key=lambda group: -abs(changes[group].difference.mean))


def _number(count: int) -> str:
    return COUNTS[count] if count < len(COUNTS) else str(count)


def _short(change: Change) -> str:
    unit = called("%", "per cent") if change.unit == "per cent" else called("points", "percentage points")
    return quantity(change.difference.mean, 1, unit, signed=True)


def _groups(comparison: Comparison, measure: GroupMeasure) -> list[str]:
    """Tenths and sizes in their order, others by the difference in the first scenario, those too small at the end."""
    changes = comparison.groups(next(iter(comparison.pairs)), measure)
    small = comparison.small(measure)
    if measure.table in RANKED:
        return sorted(changes, key=lambda group: (group in small, -changes[group].difference.mean))
    return list(changes)


def _draw_groups(axes: Axes, comparison: Comparison, measure: GroupMeasure, groups: list[str]) -> None:
    """A dot and an interval for each group and scenario; hollow where unclear, half filled where likely."""
    rows = {group: len(groups) - 1 - place for place, group in enumerate(groups)}
    several, small = len(comparison.pairs) - 1, comparison.small(measure)
    for order, at in enumerate(comparison.pairs):
        for group, change in comparison.groups(at, measure).items():
            if group not in rows:
                continue
            difference, row = change.difference, rows[group] + APART * (several / 2 - order)
            colour = _colour(change, measure) if not several else comparison.drawing.colours[at]
            faint = 0.35 if group in small else 1.0
            if difference.pairs > 1:
                ends = [difference.low, difference.high]
                axes.plot(ends, [row, row], color=colour, linewidth=1.6, alpha=0.75 * faint)
            filled = "left" if difference.likely else "full" if difference.clear or difference.same else "none"
            axes.plot(
                [difference.mean], [row], "o", color=colour, markersize=5, alpha=faint, fillstyle=filled,
                markerfacecoloralt="white",
            )  # fmt: skip
    _dress_groups(axes, comparison, measure, groups)


def _colour(change: Change, measure: GroupMeasure) -> str:
    """Of a single pair: better, worse, neither, or unclear."""
    if not change.difference.clear:
        return UNCLEAR
    if not measure.better:
        return INK
    return GAIN if change.difference.mean * measure.better > 0 else LOSS


def _dress_groups(axes: Axes, comparison: Comparison, measure: GroupMeasure, groups: list[str]) -> None:
    unit = "per cent" if measure.relative else "percentage points"
    dress(axes, measure.title, said("difference, {unit}", unit=unit))
    axes.axvline(0.0, color=SOFT_INK, linewidth=0.9, zorder=0)
    small = comparison.small(measure)
    name_rows(axes, range(len(groups)), [marked(group, small) for group in groups[::-1]])
    axes.set_ylim(-0.7, len(groups) - 0.3)
    axes.set_xlim(*_limits(comparison, measure))
    axes.tick_params(axis="y", labelsize=9, labelcolor=INK)
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)


def _limits(comparison: Comparison, measure: GroupMeasure) -> tuple[float, float]:
    """The limits that hold zero and all that can be read; what is too small to read may run over the edge."""
    ends = [0.0]
    for at in comparison.pairs:
        for change in (_readable(comparison, at, measure) or comparison.groups(at, measure)).values():
            found = change.difference
            ends += [found.mean] if found.pairs == 1 else [found.low, found.high]
    room = ROOM * (max(ends) - min(ends)) or 1.0
    return min(ends) - room, max(ends) + room
