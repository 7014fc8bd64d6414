"""The judges of the back-test as tables and words: ratios of errors, CRPS, intervals, and the masked years apart."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.backtest.judges import FORECASTERS, MODEL
from xinzhi.analysis.forecasting.scores import LEVELS, DieboldMariano, diebold_mariano, root_mean_square
from xinzhi.analysis.reading.text import aligned, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from xinzhi.analysis.backtest.case import Case
    from xinzhi.analysis.backtest.scores import Scorecard

__all__ = ["judges_text", "judges_summary", "record_ends"]

COMPARED = tuple(name for name in FORECASTERS if name != MODEL)
DENSITIES = ("ar", "bvar")  # whose intervals are shown beside the model's
NONE = "-"


def judges_summary(card: Scorecard) -> pd.DataFrame:
    """One row for each target, period and forecaster: errors, CRPS, coverage and width of three intervals.

    ``ratio`` is the model's root mean square error over that of the forecaster: below one the model is better.
    """
    import pandas as pd

    records = []
    for target in card.case.targets:
        for period in card.case.periods:
            rows = _of_period(card.judged[card.judged["target"] == target.name], card.case, period)
            models = rows[rows["forecaster"] == MODEL]
            for name in rows["forecaster"].unique():
                mine = rows[rows["forecaster"] == name]
                error = root_mean_square(mine["error"].to_numpy())
                record = {"target": target.name, "unit": target.unit, "period": period, "forecaster": name}
                record |= {"scored": len(mine), "rmse": error}
                record["ratio"] = root_mean_square(models["error"].to_numpy()) / error if error > 0 else float("nan")
                record |= {"crps": mine["crps"].mean()}
                means = [f"{kind}_{100 * level:.0f}" for kind in ("inside", "width") for level in LEVELS]
                records.append(record | {column: mine[column].mean() for column in means})
    return pd.DataFrame(records)


def record_ends(card: Scorecard) -> dict[str, int]:
    """{target: last year scored}."""
    return {name: int(year) for name, year in card.rows.groupby("target")["year"].max().items()}


def judges_text(card: Scorecard) -> str:
    """Everything that the command prints of the judges."""
    summary = judges_summary(card)
    parts = [
        _ends(card), _ratios(summary, card.case), _crps(summary, card.case), _intervals(summary, card.case),
        _masked(summary, card.case), _notes(card),
    ]  # fmt: skip
    return "\n\n".join(part for part in parts if part)


def _of_period(rows: pd.DataFrame, case: Case, period: str) -> pd.DataFrame:
    inside = rows["year"].isin(case.masked)
    return dict(zip(case.periods, (rows, rows[~inside], rows[inside]), strict=True))[period]


def _cells(summary: pd.DataFrame, period: str, column: str) -> dict[str, dict[str, float]]:
    """{target: {forecaster: value}} of the targets scored in a period."""
    rows = summary[summary["period"] == period]
    found: dict[str, dict[str, float]] = {}
    for target, name, value in zip(rows["target"], rows["forecaster"], rows[column], strict=True):
        found.setdefault(target, {})[name] = float(value)
    return found


def _ends(card: Scorecard) -> str:
    ends = record_ends(card)
    rows = [["Scored to the last year on one definition", "", "why it ends there"]]
    rows += [[target.label, str(ends[target.name]), target.ends] for target in card.case.targets if target.name in ends]
    return aligned(rows, right=(1,))


def _ratios(summary: pd.DataFrame, case: Case) -> str:
    errors, ratios = (_cells(summary, case.periods[0], column) for column in ("rmse", "ratio"))
    rows = [["Root mean square error", "", "model", *(f"model/{FORECASTERS[name]}" for name in COMPARED)]]
    for target in case.targets:
        if target.name in errors:
            cells = [_number(ratios[target.name], name) for name in COMPARED]
            rows.append([target.label, target.unit, f"{errors[target.name][MODEL]:.2f}", *cells])
    return aligned(rows, right=tuple(range(2, len(rows[0]))))


def _crps(summary: pd.DataFrame, case: Case) -> str:
    scores = _cells(summary, case.periods[0], "crps")
    rows = [["CRPS", "", *FORECASTERS.values()]]
    for target in case.targets:
        if target.name in scores:
            cells = [_number(scores[target.name], name) for name in FORECASTERS]
            rows.append([target.label, target.unit, *cells])
    return aligned(rows, right=tuple(range(2, len(rows[0]))))


def _intervals(summary: pd.DataFrame, case: Case) -> str:
    """Coverage of the model at three levels, that of two judges at 80 per cent, and widths at 80 per cent."""
    wide = {name: _cells(summary, case.periods[0], name) for name in ("width_80", *map(_inside, LEVELS))}
    head = ["Observations inside", "", *(f"{100 * level:.0f} %" for level in LEVELS), "width 80 %"]
    rows = [head + [f"{FORECASTERS[name]} {words}" for name in DENSITIES for words in ("80 %", "width")]]
    for target in case.targets:
        if target.name not in wide["width_80"]:
            continue
        widths, covered = wide["width_80"][target.name], wide["inside_80"][target.name]
        row = [target.label, target.unit, *(_percent(wide[_inside(level)][target.name], MODEL) for level in LEVELS)]
        row.append(_number(widths, MODEL))
        for name in DENSITIES:
            row += [_percent(covered, name), _number(widths, name)]
        rows.append(row)
    return aligned(rows, right=tuple(range(2, len(rows[0]))))


def _inside(level: float) -> str:
    return f"inside_{100 * level:.0f}"


def _masked(summary: pd.DataFrame, case: Case) -> str:
    """Root mean square errors with and without the years of the pandemic; nothing where no record reaches them."""
    periods = case.periods
    errors = {period: _cells(summary, period, "rmse") for period in periods}
    ratios = {period: _cells(summary, period, "ratio") for period in periods}
    reached = [target for target in case.targets if target.name in errors[periods[2]]]
    if not reached:
        return ""
    heads = (f"{word}, {period}" for period in periods[1:] for word in ("model", "model/AR(p)"))
    rows = [[f"{case.masked_words} apart", "", *heads]]
    for target in reached:
        cells = []
        for period in periods[1:]:
            cells += [_number(errors[period].get(target.name, {}), MODEL)]
            cells += [_number(ratios[period].get(target.name, {}), "ar")]
        rows.append([target.label, target.unit, *cells])
    return aligned(rows, right=tuple(range(2, len(rows[0]))))


def equal_accuracy(card: Scorecard, target: str, rival: str) -> DieboldMariano:
    """Test of equal accuracy of the model and a rival; a year is one error, the root mean square over its groups."""
    rows = card.judged[card.judged["target"] == target]
    yearly = [
        rows[rows["forecaster"] == name].groupby("year")["error"].agg(lambda one: root_mean_square(one.to_numpy()))
        for name in (MODEL, rival)
    ]
    if yearly[1].size < yearly[0].size:
        return DieboldMariano(None, None, f"not tested: {FORECASTERS[rival]} has too short a past")
    return diebold_mariano(np.asarray(yearly[0]), np.asarray(yearly[1]))


def _notes(card: Scorecard) -> str:
    widest = record_ends(card).get("real_gdp", card.opening) - card.opening
    covered = card.judged[card.judged["forecaster"] == MODEL].groupby("target")["inside_80"].mean()
    words = [
        "CRPS falls with accuracy, in the unit of the errors; of a single path it is the absolute error. The model's "
        "draws are its seeds; those of the rules hold innovations and, but for AR(p), the error of their coefficients; "
        "those of the BVAR hold both.",
        f"80 % intervals of the model hold {100 * float(covered.mean()):.0f} % of the observations, the mean over "
        f"{len(covered)} targets.",
        f"Diebold-Mariano, real GDP against AR(p): {equal_accuracy(card, 'real_gdp', 'ar').words}. A year is one "
        f"error; the record after the opening has {widest}." if widest else "",
        card.missing,
    ]  # fmt: skip
    return "\n".join(wrapped(text, indent=0) for text in words if text)


def _number(cells: Mapping[str, float], name: str) -> str:
    return f"{cells[name]:.2f}" if name in cells else NONE


def _percent(cells: Mapping[str, float], name: str) -> str:
    return f"{100 * cells[name]:.0f}" if name in cells else NONE
