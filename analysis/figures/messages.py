"""What a figure says, in one line: the difference of two scenarios, several against one, or the course of a single one.

A title names only what is clear: a difference whose 90 % interval leaves out zero. What is only likely, or changes its
sign across assumptions, is named as such.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from xinzhi.analysis.reading.changes import LIKELY, Change, change_in_levels, change_of, size_text
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.paired import Pair
from xinzhi.analysis.reading.panel import Panel, QuarterPanel
from xinzhi.analysis.reading.text import format_number, listed, within_sentence

__all__ = ["course_message", "pair_message", "several_message"]

MOST_NAMED, MOST_UNCLEAR = 2, 3
TRAINEES = "trainees"
SHORT_UNITS = {"per cent": "%", "percentage points": "points", "million people": "million"}
PLURALS = {"emissions", "firms", "people", "vacancies", "exports", "imports", "adults", "prices"}
MANY = 100.0  # from which a title has no decimals


def pair_message(
    label: str, pair: Pair, variables: Sequence[str], column: int, uncertain: Collection[str] = (),
    most: int = MOST_NAMED,
) -> str:  # fmt: skip
    """``With AI: real GDP 16.0 % higher, unemployment 0.49 points higher by 2050``; empty without any difference.

    ``uncertain`` are variables whose difference changes its sign across assumptions; ``most`` are named,
    from the third on only those that are sure.
    """
    variables = [_behind(pair, name, column) for name in variables]
    found = [(name, _change(pair, name, column)) for name in variables if _differs(pair, name)]
    known = [(name, change) for name, change in found if change is not None]
    if not known:
        return ""
    year = pair.subject.opening_year + column
    alone = known[0][1].difference.pairs == 1
    clear = [
        (name, change)
        for name, change in sorted(known, key=_standing)
        if change.difference.clear or (alone and not change.difference.same)
    ]
    named = clear[:MOST_NAMED] + [one for one in clear[MOST_NAMED:most] if not one[1].difference.likely]
    if named:
        phrases = [_phrase(pair, name, change, name in uncertain) for name, change in named]
        return f"{label}: {', '.join(phrases)} by {year}{' in one pair of runs' if alone else ''}"
    start = "No" if all(change.difference.same for _, change in known) else "No clear"
    names = [_title(pair.subject, name) for name, _ in known[:MOST_UNCLEAR]]
    return f"{start} difference in {listed(names, 'or')} by {year}"


def _standing(one: tuple[str, Change]) -> tuple[bool, bool]:
    """What is only likely comes last, people in courses after all else that is clear: the policy puts them there."""
    name, change = one
    return (change.difference.likely, name == TRAINEES)


def _phrase(pair: Pair, name: str, change: Change, uncertain: bool) -> str:
    words = f"{_size(change)} {'higher' if change.difference.mean > 0 else 'lower'}"
    likely = f"{LIKELY} " if change.difference.likely else ""
    return f"{_title(pair.subject, name)} {likely}{words}{' at central assumptions' if uncertain else ''}"


def _behind(pair: Pair, name: str, column: int) -> str:
    """Trainees instead of the unemployed where courses change: who is in a course is not counted as unemployed."""
    trainees = change_in_levels(pair, TRAINEES, column) if name == "unemployment_rate" else None
    return TRAINEES if trainees is not None and trainees.difference.clear else name


def several_message(
    labels: Sequence[str], base: int, pairs: Mapping[int, Pair], variables: Sequence[str], column: int
) -> str:
    """``Real GDP by 2050, against baseline: carbon price -0.8 %, retraining unclear``: the first that is clear."""
    for name in variables:
        changes = {at: _change(pair, name, column) for at, pair in pairs.items()}
        if any(change is not None and change.difference.clear for change in changes.values()):
            phrases = [f"{within_sentence(labels[at])} {_signed(change)}" for at, change in changes.items() if change]
            pair = next(iter(pairs.values()))
            start = f"{display_of(pair.subject, name).title} by {pair.subject.opening_year + column}"
            return f"{start}, against {within_sentence(labels[base])}: {', '.join(phrases)}"
    pair = next(iter(pairs.values()))
    names = [_title(pair.subject, name) for name in variables if pair.subject.has(name)][:MOST_UNCLEAR]
    return f"No clear difference in {listed(names, 'or')} by {pair.subject.opening_year + column}" if names else ""


def course_message(panel: Panel, variables: Sequence[str]) -> str:
    """``Real GDP rises from 137 to 305 trillion CNY a year by 2050``; empty where nothing has two years."""
    for name in variables:
        display = display_of(panel, name)
        middle = panel.values(name).mean(axis=0) * display.factor
        places = np.flatnonzero(np.isfinite(middle))
        if len(places) < 2 or not np.any(middle[places]):
            continue
        start, end = float(middle[places[0]]), float(middle[places[-1]])
        decimals = 0 if max(abs(start), abs(end)) >= MANY else display.decimals
        words = [format_number(value, decimals) for value in (start, end)]
        unit = display.unit.split(",")[0]
        unit = f" ({unit})" if unit.startswith(("Gini", "index", "ratio")) else f" {unit}".rstrip()
        plural = bool(PLURALS & set(display.title.lower().split()[:2]))
        year = int(panel.years[places[-1]])
        if words[0] == words[1]:
            return f"{display.title} {'stay' if plural else 'stays'} at {words[1]}{unit} up to {year}"
        verb = ("rise" if end > start else "fall") + ("" if plural else "s")
        return f"{display.title} {verb} from {words[0]} to {words[1]}{unit} by {year}"
    return ""


def _change(pair: Pair, variable: str, column: int) -> Change | None:
    """People are counted, other amounts differ in per cent."""
    counted = variable in ("employment", TRAINEES)
    return change_in_levels(pair, variable, column) if counted else change_of(pair, variable, column)


def _differs(pair: Pair, variable: str) -> bool:
    """Whether both have any of a variable: where the reference has no AI at all, its use is no difference to tell."""
    return all(
        panel.has(variable) and bool(np.nanmax(np.abs(panel.values(variable))))
        for panel in (pair.subject, pair.reference)
    )


def _title(panel: QuarterPanel, name: str) -> str:
    return within_sentence(display_of(panel, name).title)


def _size(change: Change) -> str:
    return size_text(change._replace(unit=SHORT_UNITS.get(change.unit, change.unit)))


def _signed(change: Change) -> str:
    if change.difference.same:
        return "the same"
    if not change.difference.clear and change.difference.pairs > 1:
        return "unclear"
    likely = f"{LIKELY} " if change.difference.likely else ""
    return f"{likely}{'+' if change.difference.mean > 0 else '-'}{_size(change)}"
