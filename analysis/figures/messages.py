"""What a figure says, in one line: the difference of two scenarios, several against one, or the course of a single one.

A title names only what is clear: a difference whose 90 % interval leaves out zero. What is only likely, or changes its
sign across assumptions, is named as such.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

import numpy as np

from abm import called, joined, said
from xinzhi.analysis.reading.changes import Change, change_in_levels, change_of, signed_size, size_text
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.paired import Pair
from xinzhi.analysis.reading.panel import Panel, QuarterPanel
from xinzhi.analysis.reading.phrases import effect_text, sized
from xinzhi.analysis.reading.quantities import quantity
from xinzhi.analysis.reading.text import within_sentence

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
        effects = joined([_phrase(pair, name, change, name in uncertain) for name, change in named], ",")
        if alone:
            return said(
                "{scenario}: {effects} by {year} in one pair of runs", scenario=label, effects=effects, year=year
            )
        return said("{scenario}: {effects} by {year}", scenario=label, effects=effects, year=year)
    outcomes = joined([_title(pair.subject, name) for name, _ in known[:MOST_UNCLEAR]], "or")
    if all(change.difference.same for _, change in known):
        return said("No difference in {outcomes} by {year}", outcomes=outcomes, year=year)
    return said("No clear difference in {outcomes} by {year}", outcomes=outcomes, year=year)


def _standing(one: tuple[str, Change]) -> tuple[bool, bool]:
    """What is only likely comes last, people in courses after all else that is clear: the policy puts them there."""
    name, change = one
    return (change.difference.likely, name == TRAINEES)


def _phrase(pair: Pair, name: str, change: Change, uncertain: bool) -> str:
    behind = said(" at central assumptions") if uncertain else ""
    return effect_text(_title(pair.subject, name), change, size_text(_short(change)), behind)


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
            phrases = [sized(within_sentence(labels[at]), _signed(one)) for at, one in changes.items() if one]
            pair = next(iter(pairs.values()))
            return said(
                "{outcome} by {year}, against {reference}: {changes}", outcome=display_of(pair.subject, name).title,
                year=pair.subject.opening_year + column, reference=within_sentence(labels[base]),
                changes=joined(phrases, ","),
            )  # fmt: skip
    pair = next(iter(pairs.values()))
    names = [_title(pair.subject, name) for name in variables if pair.subject.has(name)][:MOST_UNCLEAR]
    if not names:
        return ""
    year = pair.subject.opening_year + column
    return said("No clear difference in {outcomes} by {year}", outcomes=joined(names, "or"), year=year)


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
        unit = display.unit.split(",")[0]
        if unit.startswith(("Gini", "index", "ratio")):
            unit = called(f"({unit})", "points")
        values = {
            "outcome": display.title, "year": int(panel.years[places[-1]]),
            "start": quantity(start, decimals, unit, bare=True), "end": quantity(end, decimals, unit),
        }  # fmt: skip
        plural = bool(PLURALS & set(display.title.lower().split()[:2]))
        if values["start"] == quantity(end, decimals, unit, bare=True):
            verb = _verb(said("stays"), plural)
            return said("{outcome} {verb} at {end} up to {year}", verb=verb, **values)
        verb = _verb(said("rises") if end > start else said("falls"), plural)
        return said("{outcome} {verb} from {start} to {end} by {year}", verb=verb, **values)
    return ""


def _verb(verb: str, plural: bool) -> str:
    return called(verb.removesuffix("s"), verb) if plural else verb


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


def _short(change: Change) -> Change:
    short = SHORT_UNITS.get(change.unit)
    return change._replace(unit=called(short, change.unit)) if short else change


def _signed(change: Change) -> str:
    if change.difference.same:
        return said("the same")
    if not change.difference.clear and change.difference.pairs > 1:
        return said("unclear")
    size = signed_size(_short(change))
    return said("likely {finding}", finding=size) if change.difference.likely else size
