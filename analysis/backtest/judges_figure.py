"""The figure of the judges: the model, an autoregression and a Bayesian VAR with their bands, and the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.backtest.case import JudgesPanel
from xinzhi.analysis.backtest.judges import FORECASTERS, MODEL
from xinzhi.analysis.backtest.targets import ECONOMY
from xinzhi.analysis.figures.drawing import Line, draw_lines
from xinzhi.analysis.figures.style import INK, SCENARIO_COLOURS, Room, dress, new_figure, years_below
from xinzhi.analysis.reading.display import axis_display

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

    from xinzhi.analysis.backtest.scores import Scorecard

__all__ = ["judges_figure"]

PANEL_SIZE, COLUMNS, FIRST_YEARS = (3.2, 2.0), 3, 7
SHOWN = {"bvar": SCENARIO_COLOURS[5], "ar": SCENARIO_COLOURS[3], MODEL: SCENARIO_COLOURS[0]}


def judges_figure(card: Scorecard) -> Figure:
    """Six panels, each with the bands of the model and of two judges, and the record."""
    footer = [
        f"Bands: 10th to 90th percentile, of the model over {card.seeds} seeds, of the judges over their draws. "
        "AR(p): an autoregression of growth, of unemployment in levels. BVAR: two lags, Minnesota prior.",
        "All judges are fitted to yearly figures up to the opening.",
    ]
    figure, axes = new_figure(
        -(-len(card.case.judge_panels) // COLUMNS), COLUMNS, PANEL_SIZE, judges_message(card),
        f"Predictions to {card.until} by the model and by two judges", footer, Room(1.2, 0.6),
    )  # fmt: skip
    for place, (target, panel) in zip(axes, card.case.judge_panels.items(), strict=True):
        _draw(place, card, target, panel)
    return figure


def judges_message(card: Scorecard) -> str:
    """``Opened in 2012, the model's error of real GDP is 0.66 times that of an autoregression``."""
    rows = card.judged[card.judged["target"] == "real_gdp"]
    errors = {name: float(np.sqrt((rows[rows["forecaster"] == name]["error"] ** 2).mean())) for name in (MODEL, "ar")}
    if not errors["ar"] > 0:
        return f"Opened in {card.opening}: the model and its judges"
    ratio = errors[MODEL] / errors["ar"]
    return f"Opened in {card.opening}, the model's error of real GDP is {ratio:.2f} times that of an autoregression"


def _draw(axes: Axes, card: Scorecard, target: str, panel: JudgesPanel) -> None:
    dress(axes, panel.title, panel.unit)
    if (target, ECONOMY) not in card.judges:
        return
    record, judges = card.observed[target, ECONOMY], card.judges[target, ECONOMY]
    start = record[card.opening]
    factor = 100 / start if panel.factor is None else panel.factor
    ahead = np.arange(card.opening, card.until + 1)
    seen = np.array([year for year in sorted(record) if card.opening - FIRST_YEARS <= year <= card.until])
    lines = []
    for name, colour in SHOWN.items():
        if name in judges:
            drawn = judges[name][:, : ahead.size - 1]
            path = np.hstack([np.full((len(drawn), 1), start), drawn])
            lines.append(Line(FORECASTERS[name], colour, ahead, factor * path))
    lines.append(Line("Record", INK, seen, factor * np.array([[record[year] for year in seen]])))
    draw_lines(axes, lines, axis_display(panel.decimals, span=panel.span))
    years_below(axes, np.array([seen[0], ahead[-1]], dtype=float))
    axes.axvline(card.opening, color="#999999", linewidth=0.8, linestyle=":")
