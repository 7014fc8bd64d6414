"""One figure: every published figure that the model has a value for, in parts of the range that counts as a hit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.evidence.numbers import CANNOT_SAY, HIT, evidence_table
from xinzhi.analysis.evidence.text import headline_of_hits, model_value, range_of_hits
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


def evidence_figure(evidence: Evidence) -> Figure:
    """Misses on top; imposed figures are marked by an open dot."""
    table = evidence_table(evidence)
    rows = table[table["verdict"] != CANNOT_SAY].reset_index(drop=True)
    footer = [
        "Dot: mean over the seeds, open where the figure is imposed; bar: its 90 % confidence interval. The range of "
        f"each row is drawn equally wide; what lies farther off than {BEYOND:g} widths is drawn at the edge.",
        f"{evidence.scenario.name}: {len(evidence.seeds)} pairs of runs with AI and without it, {evidence.workers:,} "
        f"simulated adults, to {evidence.until}",
    ]
    figure, (axes,) = new_figure(
        1, 1, (3.2, max(0.25 * len(rows), 0.5)), headline_of_hits(table),
        "Published figures on AI and what the model gives", footer, ROOM,
        [("hit", INSIDE), ("miss", LOSS), ("range", FOUND)],
    )  # fmt: skip
    dress(axes, "", "")
    axes.fill_betweenx([-0.6, len(rows) - 0.4], 0.0, 1.0, color=FOUND, alpha=0.35, linewidth=0)
    for place, one in enumerate(rows.itertuples()):
        _draw(axes, place, one)
    axes.set_ylim(len(rows) - 0.4, -0.6)
    axes.set_xlim(-BEYOND - 0.1, 1 + BEYOND + 0.1)
    axes.set_xticks([0.0, 1.0], ["lowest", "highest"])
    axes.set_yticks([])
    axes.grid(visible=False)
    return figure


def _draw(axes: Axes, place: int, one: Any) -> None:
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
    name = f"{one.figure}{f', {one.period}' if one.period else ''}"
    for x, text, ink, side, shift in (
        (0.0, name if len(name) <= LONGEST else one.figure, INK, "right", -6.0),
        (1.0, f"{model_value(one)}; published {range_of_hits(one)}", SOFT_INK, "left", 6.0),
    ):
        axes.annotate(
            typeset(text), xy=(x, place), xycoords=("axes fraction", "data"), xytext=(shift, 0.0), ha=side, va="center",
            textcoords="offset points", fontsize=8.0, color=ink, parse_math=False, annotation_clip=False,
        )  # fmt: skip
