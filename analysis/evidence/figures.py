"""One figure: every published figure that the model has a value for, in parts of the range that counts as a hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from abm import ENGLISH, filled, said, translated
from xinzhi.analysis.evidence.numbers import CANNOT_SAY, HIT, country_of_run, evidence_table
from xinzhi.analysis.evidence.text import OTHERS, headline_of_hits, opening_words
from xinzhi.analysis.evidence.words import model_value, name_of, of_table, range_of_hits
from xinzhi.analysis.figures.style import INK, LOSS, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure, typeset

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm import Evidence

__all__ = ["evidence_figure"]

INSIDE, FOUND = SCENARIO_COLOURS[0], "#E69F00"
LONGEST = 88  # letters of a name with its years
BEYOND = 1.5  # widths of a range that are shown on both sides of it
ROOM = Room(beside=3.9, above=0.35, left=0.1, lead=5.9)


def evidence_figure(evidence: Evidence, language: str = ENGLISH) -> Figure:
    """The country's own figures above those of others, of both the misses on top; an open dot is imposed."""
    table = evidence_table(evidence)
    rows = table[table["verdict"] != CANNOT_SAY].reset_index(drop=True)
    own = int((rows["own"] == "yes").sum())
    places = np.arange(len(rows)) + np.where(rows["own"] == "yes", 1.0, 2.0 if own else 1.0)
    height = float(places[-1]) + 1 if len(rows) else 1.0
    footer = [
        said(
            "Dot: mean over the seeds, open where the figure is imposed; bar: its 90 % confidence interval. The range "
            "of each row is drawn equally wide; what lies farther off than {widths} widths is drawn at the edge.",
            widths=f"{BEYOND:g}",
        ),
        f"{evidence.scenario.name}: {opening_words(evidence, language)}",
    ]  # fmt: skip
    figure, (axes,) = new_figure(
        1, 1, (3.2, max(0.25 * height, 0.5)), headline_of_hits(evidence, table, language),
        said("Published figures on AI and what the model gives; counted are those that are not imposed"), footer, ROOM,
        [(said("hit"), INSIDE), (said("miss"), LOSS), (said("range"), FOUND)], language,
    )  # fmt: skip
    dress(axes, "", "")
    axes.fill_betweenx([-0.6, height - 0.4], 0.0, 1.0, color=FOUND, alpha=0.35, linewidth=0)
    for heading, at in ((country_of_run(evidence, language), 0.0), (translated(OTHERS, language), own + 1.0)):
        if at or own:
            _write(axes, at, heading.upper(), 0.0, INK, -6.0, "bold")
    for place, one in zip(places, rows.itertuples(), strict=True):
        _draw(axes, float(place), one, language)
    axes.set_ylim(height - 0.4, -0.6)
    axes.set_xlim(-BEYOND - 0.1, 1 + BEYOND + 0.1)
    axes.set_xticks([0.0, 1.0], [translated(end, language) for end in (said("lowest"), said("highest"))])
    axes.set_yticks([])
    axes.grid(visible=False)
    return figure


def _draw(axes: Axes, place: float, one: Any, language: str) -> None:
    """One row: the figure, the model's value in parts of the range, and both in numbers."""
    width = one.range_high - one.range_low
    mean, low, high = (
        np.clip((value - one.range_low) / width, -BEYOND, 1 + BEYOND)
        for value in (one.model, one.model_low, one.model_high)
    )
    colour = INSIDE if one.verdict == HIT else LOSS
    if np.isfinite(low):
        axes.plot([low, high], [place, place], color=colour, linewidth=1.8)
    fill = "white" if one.imposed == "yes" else colour
    axes.plot([mean], [place], "o", color=colour, markersize=5, markerfacecolor=fill)
    name = name_of(one, language)
    whose = "" if one.own == "yes" else f"{one.economy.split('|')[0]}: "
    _write(axes, place, whose + (name if len(name) <= LONGEST else of_table(one.figure, language)), 0.0, INK, -6.0)
    published = filled(
        "{value}; published {range}", language, value=model_value(one, language), range=range_of_hits(one, language)
    )
    _write(axes, place, published, 1.0, SOFT_INK, 6.0)


def _write(axes: Axes, place: float, text: str, x: float, ink: str, shift: float, weight: str = "normal") -> None:
    """Words left (x = 0) or right (x = 1) of a row."""
    axes.annotate(
        typeset(text), xy=(x, place), xycoords=("axes fraction", "data"), xytext=(shift, 0.0),
        ha="right" if x == 0.0 else "left", va="center", textcoords="offset points", fontsize=8.0, color=ink,
        parse_math=False, annotation_clip=False, fontweight=weight,
    )  # fmt: skip
