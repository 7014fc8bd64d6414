"""The figure of a sector: its weight in the economy, what it buys, who buys from it, and its exposure to AI."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xinzhi.analysis.figures.style import (
    GRID,
    INK,
    SCENARIO_COLOURS,
    UNCLEAR,
    Room,
    dress,
    name_rows,
    new_figure,
    typeset,
)
from xinzhi.analysis.reading.text import within_sentence
from xinzhi.analysis.sector.text import number

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm.reference.sector_profile import SectorProfile

__all__ = ["figures_table", "sector_figure"]

SHOWN = 4  # inputs by name
USES = 6  # applications by name
NAMES = 0.14  # of the width of two panels, more than one panel keeps for names
LIGHT = "#EBCBDC"
COLOURS = SCENARIO_COLOURS[:4]


class ShareBar(NamedTuple):
    """A name, its value in per cent, and the mean of all sectors beside it where there is one."""

    name: str
    value: float
    mean: float | None = None


def figures_table(profile: SectorProfile) -> pd.DataFrame:
    """Every figure of a sector with its unit, year, year of the source and status."""
    import pandas as pd

    return pd.DataFrame(profile.figures)


def sector_figure(profile: SectorProfile) -> Figure:
    """Four panels of bars in per cent, and below them what AI does in the sector."""
    added, jobs = (number(profile.value(name)) for name in ("value_added_share", "employment_share"))
    pay = number(profile.value("pay") / profile.value("pay_mean"))
    title = f"{profile.sector.label}: {added} % of GDP, {jobs} % of jobs, {pay} times the mean pay"
    longer = "" if profile.name == profile.sector.label else f"{profile.name}. "
    subtitle = f"{longer}{profile.economy.title['en']}, {profile.year}"
    footer = [
        "Pay: what work costs a head, employers' contributions included. CO2: direct emissions. What AI can do: "
        "exposure of the occupations that work there, not what is adopted.",
        f"What AI does: light bars at full use, dark bars what of it works in {profile.year}; sizes are assumed.",
    ]
    figure, axes = new_figure(3, 2, (2.6, 1.5), title, subtitle, footer, Room(0.55, 0.75, left=2.1))
    panels = (
        ("How large it is", "per cent of the whole economy", _weight(profile)),
        ("What its output costs", "per cent of its output", _costs(profile)),
        ("Who buys its products", "per cent of what is sold, imports included", _buyers(profile)),
        ("What AI can do in it", "per cent of the tasks of its jobs; grey: of all jobs", _exposure(profile)),
    )
    for place, colour, (heading, unit, bars) in zip(axes[:4], COLOURS, panels, strict=True):
        _draw(place, heading, unit, bars, colour)
    _draw_uses(axes[4], axes[5], profile)
    return figure


def _draw_uses(place: Axes, beside: Axes, profile: SectorProfile) -> None:
    """The most valuable applications in one panel as wide as two, with room for their names."""
    left, right = place.get_position(), beside.get_position()
    beside.remove()
    start = left.x0 + NAMES * (right.x1 - left.x0)
    place.set_position((start, left.y0, right.x1 - start, left.height))
    shown = [one for one in profile.uses if one.value > 0][:USES]
    for row, one in enumerate(shown):
        for value, shade in ((one.value, LIGHT), (one.value * one.works, COLOURS[3])):
            place.barh(row, value, height=0.65, color=shade)
        place.annotate(
            number(one.value), xy=(one.value, row), xytext=(4, 0), textcoords="offset points", fontsize=8.5, color=INK,
            va="center", annotation_clip=False,
        )  # fmt: skip
    dress(place, "What AI does here", "per cent of the sector's annual pay")
    name_rows(place, range(len(shown)), [typeset(one.application.label) for one in shown])
    place.set_ylim(max(len(shown), 1) - 0.4, -0.6)
    place.set_xlim(left=0.0)
    place.tick_params(axis="y", labelsize=8.5, labelcolor=INK)
    place.grid(visible=False)
    place.grid(axis="x", color=GRID, linewidth=0.7)


def _weight(profile: SectorProfile) -> list[ShareBar]:
    shares = {
        "Value added": "value_added_share", "Jobs": "employment_share", "Electricity": "electricity_share",
        "CO2": "co2_share",
    }  # fmt: skip
    return [ShareBar(words, profile.value(name)) for words, name in shares.items()]


def _costs(profile: SectorProfile) -> list[ShareBar]:
    """The largest inputs, the others together, work, and what is left."""
    output, inputs = profile.value("output"), profile.value("inputs")
    largest = profile.ranked("input_from")[:SHOWN]
    work = profile.value("wages") + profile.value("mixed_income")
    rest = {
        "Other inputs": inputs - sum(one.value for one in largest), "Work": work,
        "Capital and taxes": output - inputs - work,
    }  # fmt: skip
    named = {f"From {within_sentence(one.label)}": one.value for one in largest}
    return [ShareBar(words, 100 * value / output) for words, value in (named | rest).items()]


def _buyers(profile: SectorProfile) -> list[ShareBar]:
    words = {
        "Firms as inputs": "firms", "Households": "households", "Government": "government",
        "Investment": "investment", "Abroad": "exports",
    }  # fmt: skip
    sold = profile.value("sold")
    return [ShareBar(text, 100 * profile.value(f"sold_to_{name}") / sold) for text, name in words.items()]


def _exposure(profile: SectorProfile) -> list[ShareBar]:
    words = {"AI can do": "automation", "AI can support": "augmentation"}
    return [ShareBar(text, profile.value(name), profile.value(f"{name}_mean")) for text, name in words.items()]


def _draw(axes: Axes, heading: str, unit: str, bars: list[ShareBar], colour: str) -> None:
    """Bars from the top down, each with its value; a grey one below for the mean of all sectors."""
    for row, bar in enumerate(bars):
        parts = (
            [(bar.value, colour, 0.0)] if bar.mean is None else [(bar.value, colour, -0.2), (bar.mean, UNCLEAR, 0.2)]
        )
        height = 0.65 if bar.mean is None else 0.36
        for value, shade, offset in parts:
            axes.barh(row + offset, value, height=height, color=shade)
            axes.annotate(
                number(value), xy=(max(value, 0.0), row + offset), xytext=(4, 0), textcoords="offset points",
                fontsize=8.5, color=INK, va="center", annotation_clip=False,
            )  # fmt: skip
    dress(axes, heading, unit)
    name_rows(axes, range(len(bars)), [typeset(bar.name) for bar in bars])
    axes.set_ylim(len(bars) - 0.4, -0.6)
    axes.set_xlim(left=min(0.0, *(bar.value for bar in bars)))
    axes.tick_params(axis="y", labelsize=8.5, labelcolor=INK)
    axes.grid(visible=False)
    axes.grid(axis="x", color=GRID, linewidth=0.7)
