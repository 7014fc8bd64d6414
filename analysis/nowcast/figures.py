"""One figure: the record as dots on the model's intervals, a small panel for each variable."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm import ENGLISH, country_of, in_words_of, said
from xinzhi.analysis.figures.letters import letters_of
from xinzhi.analysis.figures.style import GRID, INK, LOSS, SCENARIO_COLOURS, SOFT_INK, Room, dress, new_figure
from xinzhi.analysis.nowcast.numbers import counted_rows, nowcast_table
from xinzhi.analysis.nowcast.text import headline

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from abm import Nowcast

__all__ = ["nowcast_figure"]

MODEL_COLOUR = SCENARIO_COLOURS[0]
PANEL = (2.6, 1.35)  # inches
ROOM = Room(beside=0.2, above=0.72, left=0.5)
COLUMNS = 4
YEARS_BEFORE = 2  # the opening, of the record
BANDS = ((90, 0.15), (80, 0.25))  # interval and opacity
BAR = 0.26  # years, width of the interval of a year


def nowcast_figure(nowcast: Nowcast, language: str = ENGLISH) -> Figure:
    """The variables that have a panel; a dot outside the 80 % interval has another colour."""
    from abm import PUBLISHED_VARIABLES

    table = nowcast_table(nowcast)
    names = [
        name for name, variable in PUBLISHED_VARIABLES.items() if variable.figure and name in set(table["variable"])
    ]
    rows = -(-len(names) // COLUMNS)
    footer = [
        said("Dark and light: 80 % and 90 % interval over the seeds; line: median. Grey: known at the opening."),
        said(
            "{scenario}: {seeds} seeds, {workers} simulated adults, opened in {opening}.",
            scenario=nowcast.scenario.name, seeds=len(nowcast.seeds), workers=f"{nowcast.workers:,}",
            opening=f"{nowcast.opening}Q1",
        ),
    ]  # fmt: skip
    key = [
        (said("the model"), MODEL_COLOUR), (said("published, inside the 80 % interval"), INK),
        (said("published, outside"), LOSS),
    ]  # fmt: skip
    with letters_of(language):
        figure, axes = new_figure(
            rows, COLUMNS, PANEL, headline(table), _subtitle(nowcast, language),
            footer, ROOM, key, language,
        )  # fmt: skip
        for place, name in zip(axes, names, strict=False):
            _panel(place, nowcast, table[table["variable"] == name], name)
        for place in axes[len(names) :]:
            place.axis("off")
    return figure


def _subtitle(nowcast: Nowcast, language: str) -> str:
    """What is shown, with the country where it is not China."""
    from xinzhi.analysis.nowcast.numbers import YUAN

    tables = nowcast.scenario.tables
    if in_words_of(YUAN, tables) == YUAN:
        return said("Published since the opening, and what the model gives")
    return said(
        "Published since the opening for {country}, and what the model gives", country=country_of(tables, language)
    )


def _panel(axes: Axes, nowcast: Nowcast, rows: pd.DataFrame, name: str) -> None:
    from abm import PUBLISHED_VARIABLES

    quarters = rows["period"].str.contains("Q")
    shown = rows[quarters] if quarters.any() else rows
    counted = counted_rows(shown)
    inside = int(counted["model_inside_80"].astype(bool).sum())
    variable = PUBLISHED_VARIABLES[name]
    note = said("{inside} of {count} inside", inside=inside, count=len(counted))
    dress(axes, variable.title, variable.unit, note)
    (_quarters if quarters.any() else _years)(axes, nowcast, shown, name)
    first, last = nowcast.opening - YEARS_BEFORE, nowcast.opening + (nowcast.quarters + 4) // 4
    axes.set_xlim(first - 0.1, last + 0.1)
    axes.set_xticks(range(first, last + 1))
    axes.axvline(nowcast.opening, color=GRID, linewidth=1.0, zorder=0)


def _quarters(axes: Axes, nowcast: Nowcast, rows: pd.DataFrame, name: str) -> None:
    """Bands by quarter, each drawn in the middle of its quarter."""
    paths = nowcast.paths[name]
    middle = nowcast.opening + (np.arange(paths.shape[1]) + 0.5) / 4
    known = np.isfinite(paths).all(axis=0)
    for level, opacity in BANDS:
        low, high = np.quantile(paths[:, known], [0.5 - level / 200, 0.5 + level / 200], axis=0)
        axes.fill_between(middle[known], low, high, color=MODEL_COLOUR, alpha=opacity, linewidth=0)
    axes.plot(middle[known], np.median(paths[:, known], axis=0), color=MODEL_COLOUR, linewidth=1.6)
    past = sorted(nowcast.past.get(name, {}).items())
    before = [
        (year + (quarter - 0.5) / 4, value)
        for (year, quarter), value in past
        if quarter and year >= nowcast.opening - YEARS_BEFORE
    ]
    axes.plot([at for at, _ in before], [value for _, value in before], ".", color=SOFT_INK, markersize=4, alpha=0.7)
    at = [int(period[:4]) + (int(period[-1]) - 0.5) / 4 for period in rows["period"]]
    _dots(axes, at, rows)


def _years(axes: Axes, nowcast: Nowcast, rows: pd.DataFrame, name: str) -> None:
    """A bar for each year with a published figure."""
    for one in rows[rows["model"].notna()].itertuples():
        middle = int(one.period) + 0.5
        for level, opacity in BANDS:
            low, high = getattr(one, f"model_low_{level}"), getattr(one, f"model_high_{level}")
            axes.fill_between([middle - BAR, middle + BAR], low, high, color=MODEL_COLOUR, alpha=opacity, linewidth=0)
        axes.plot([middle - BAR, middle + BAR], [one.model, one.model], color=MODEL_COLOUR, linewidth=1.6)
    past = nowcast.past.get(name, {})
    since = nowcast.opening - YEARS_BEFORE
    before = [(year + 0.5, value) for (year, quarter), value in past.items() if not quarter and year >= since]
    axes.plot([at for at, _ in before], [value for _, value in before], ".", color=SOFT_INK, markersize=4, alpha=0.7)
    _dots(axes, [int(period) + 0.5 for period in rows["period"]], rows)


def _dots(axes: Axes, at: list[float], rows: pd.DataFrame) -> None:
    """Each published figure: grey where it was known, in another colour where it lies outside."""
    for x, one in zip(at, rows.itertuples(), strict=True):
        colour = SOFT_INK if not one.counted else INK if one.model_inside_80 else LOSS
        axes.plot([x], [one.published], "o", color=colour, markersize=4.2, zorder=3)
