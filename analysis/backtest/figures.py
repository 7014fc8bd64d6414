"""The figure of the back-test: what the model predicted, what happened, and two forecasts that know only the past."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.backtest.case import BacktestPanel
from xinzhi.analysis.backtest.judges_figure import judges_figure
from xinzhi.analysis.backtest.judges_text import judges_summary
from xinzhi.analysis.backtest.scores import Scorecard
from xinzhi.analysis.figures.drawing import Line, draw_lines
from xinzhi.analysis.figures.style import INK, SCENARIO_COLOURS, Room, dress, new_figure, years_below
from xinzhi.analysis.reading.display import axis_display
from xinzhi.analysis.statistics.naive_forecasts import drift, linear_trend, past_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["backtest_figure", "backtest_message", "write_backtest"]

PANEL_SIZE, COLUMNS = (3.2, 2.0), 3
FIRST_YEARS = 7  # of the past that are drawn
MODEL, DRIFT, TREND = SCENARIO_COLOURS[0], SCENARIO_COLOURS[5], SCENARIO_COLOURS[3]


def backtest_figure(card: Scorecard) -> Figure:
    """Nine panels of the main series, each with the model's band, the record and two naive forecasts."""
    seeds = f"{card.seeds} {'seed' if card.seeds == 1 else 'seeds'}"
    footer = [
        f"Model: median of {seeds}; band: 10th to 90th percentile. Its change since {card.opening} is added "
        f"to the record of {card.opening}. Artificial intelligence is off.",
        "Drift: a random walk with the mean change of the ten years before the opening, or of as many as there are. "
        f"Trend: the line through them. {card.case.figure_remark}".strip(),
    ]
    figure, axes = new_figure(
        -(-len(card.case.panels) // COLUMNS),
        COLUMNS,
        PANEL_SIZE,
        backtest_message(card),
        f"Predictions to {card.until}; nothing after {card.opening} is known to the model or to the naive forecasts",
        footer,
        Room(1.2, 0.6),
    )
    for place, panel in zip(axes, card.case.panels, strict=True):
        _draw(place, card, panel)
    return figure


def backtest_message(card: Scorecard) -> str:
    """``Opened in 2012, the model is more accurate than naive forecasts in 14 of 24 comparisons``."""
    won, compared = card.won
    start = f"Opened in {card.opening}, the model is more accurate than naive forecasts"
    return f"{start} in {won} of {compared} comparisons"


def write_backtest(card: Scorecard, folder: Path) -> None:
    """Write the figures backtest.png and judges.png, and the tables of errors and of the judges, into a folder.

    errors.csv and judges.csv have every prediction, the tables ending in _summary a row for each target.
    """
    tables = {"judges": card.judged, "judges_summary": judges_summary(card)}
    for name, table in tables.items():
        table.to_csv(folder / f"{name}.csv", index=False, lineterminator="\n")
    judges_figure(card).savefig(folder / "judges.png", format="png", metadata={"Software": "xinzhi"})
    card.rows.to_csv(folder / "errors.csv", index=False, lineterminator="\n")
    card.summary_frame().to_csv(folder / "errors_summary.csv", index=False, lineterminator="\n")
    backtest_figure(card).savefig(folder / "backtest.png", format="png", metadata={"Software": "xinzhi"})


def _draw(axes: Axes, card: Scorecard, panel: BacktestPanel) -> None:
    """The lines of one panel, the record last and on top."""
    record = _record(card, panel)
    start = record[card.opening]
    factor = panel.factor / start if panel.index else panel.factor
    ahead = np.arange(card.opening, card.until + 1)
    path = np.sum([card.paths[panel.target, group] for group in panel.groups], axis=0)
    past = past_of(record, card.opening)
    naive = [np.array([[method(past, int(year), panel.growing) for year in ahead]]) for method in (drift, linear_trend)]
    seen = np.array([year for year in record if card.opening - FIRST_YEARS <= year <= card.until])
    lines = [
        Line("Drift", DRIFT, ahead, factor * naive[0]),
        Line("Trend", TREND, ahead, factor * naive[1]),
        Line("Model", MODEL, ahead, factor * path[:, : ahead.size]),
        Line("Record", INK, seen, factor * np.array([[record[year] for year in seen]])),
    ]
    dress(axes, panel.title, panel.unit)
    draw_lines(axes, lines, axis_display(panel.decimals, span=panel.span))
    years_below(axes, np.array([min(seen[0], ahead[0]), ahead[-1]], dtype=float))
    axes.axvline(card.opening, color="#999999", linewidth=0.8, linestyle=":")


def _record(card: Scorecard, panel: BacktestPanel) -> dict[int, float]:
    """{year: sum over the groups} of the years in which all of them were observed."""
    series = [card.observed[panel.target, group] for group in panel.groups]
    years = sorted(set.intersection(*(set(one) for one in series)))
    return {year: sum(one[year] for one in series) for year in years}
