"""The quarterly duel over many origins in words and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xinzhi.analysis.forecasting.scores import LEVELS
from xinzhi.analysis.nowcast.duel import AHEAD, DUELLED, MODEL, benchmark
from xinzhi.analysis.nowcast.origins import PERIODS, RULE_WORDS, equal_accuracy, of_period, origin_scores
from xinzhi.analysis.reading.text import aligned, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm import QuarterlyDuel

__all__ = ["origins_text"]

TITLES = {"real_gdp_growth": "Growth of real GDP", "consumer_prices": "Consumer prices"}
COMPARED = tuple(PERIODS)
TESTED = "2012-19"
NOTES = (
    "Growth on the same quarter of the year before, errors in percentage points; the median of the seeds is the "
    "model's forecast. Periods are those of the quarter that is forecast.",
    "The model opens with the latest tables that are not later than the origin and is carried forward to what was "
    "published: the rate of consumer prices of the origin's quarter and the trend of growth per worker expected from "
    "the record to the year before, of which every seed takes a draw. Shares of sectors, jobs and debts stay those of "
    "the tables.",
    "The year before an origin takes its course from levels without season, adjusted with later figures too; growth is "
    "as revised in 2026. Rules know the growth of the origin's quarter and of all before; of growth the model knows "
    "the trend.",
    "Coefficients of rules come from quarters from 2000 to the origin, never beyond 2019; means go to the origin.",
)


def origins_text(duel: QuarterlyDuel, table: pd.DataFrame) -> str:
    """Everything that the command prints."""
    scores = origin_scores(table)
    parts = [_head(duel, table)]
    for name in DUELLED:
        parts += [_errors(scores, name), _coverage(scores, name), _tests(table, name)]
    return "\n\n".join([*(part for part in parts if part), "\n".join(wrapped(note, indent=0) for note in NOTES)])


def _head(duel: QuarterlyDuel, table: pd.DataFrame) -> str:
    tables = ", ".join(str(year) for year in sorted({run.tables for run in duel.runs}))
    many = len(table[table["rule"] == MODEL])
    drawn = f"parameters drawn from the posterior {duel.posterior}" if duel.posterior else "parameters as they are"
    text = (
        f"{len(duel.runs)} origins from {table['origin'].min()} to {table['origin'].max()}, tables of {tables}, "
        f"{len(duel.seeds)} seeds, {duel.workers:,} simulated adults, {drawn}: {many} forecasts of the model."
    )
    left_out = (
        f" Left out, since their draws leave no economy that closes: {'; '.join(duel.left_out)}."
        if duel.left_out else ""
    )  # fmt: skip
    return wrapped(text + left_out, indent=0)


def _errors(scores: pd.DataFrame, name: str) -> str:
    """Root mean square errors, the number of forecasts above them, the benchmark's best below."""
    head = [f"{TITLES[name]}: root mean square error"]
    head += [f"{period} +{ahead}" for period in COMPARED for ahead in AHEAD]
    rows, mine = [head], scores[scores["variable"] == name]
    for column, rules in (("forecasts", (MODEL,)), ("rmse", tuple(RULE_WORDS))):
        for rule in rules:
            cells = _cells(mine[mine["rule"] == rule], column)
            shown = [("-" if cell is None else f"{cell:.0f}" if column == "forecasts" else f"{cell:.2f}")
                     for cell in cells]  # fmt: skip
            rows.append(["number of forecasts" if column == "forecasts" else RULE_WORDS[rule], *shown])
    rows.append(["model, mean error", *_signed(_cells(mine[mine["rule"] == MODEL], "mean_error"))])
    best = benchmark().groupby(["variable", "quarters_ahead"])["root_mean_square_error"].min()
    empty = [""] * (len(AHEAD) * (len(COMPARED) - 1))
    rows.append(["best of the benchmark", *empty, *(f"{float(best[name, ahead]):.2f}" for ahead in AHEAD)])
    return aligned(rows, right=tuple(range(1, len(head))))


def _coverage(scores: pd.DataFrame, name: str) -> str:
    head = [f"{TITLES[name]}: inside the model's intervals, per cent"]
    head += [f"{period} +{ahead}" for period in COMPARED for ahead in AHEAD]
    mine = scores[(scores["variable"] == name) & (scores["rule"] == MODEL)]
    rows = [head]
    for level in LEVELS:
        cells = _cells(mine, f"inside_{100 * level:.0f}")
        rows.append([f"{100 * level:.0f} %", *("-" if cell is None else f"{100 * cell:.0f}" for cell in cells)])
    for words, column in (("width of 80 %, points", "width_80"), ("CRPS, points", "crps")):
        cells = _cells(mine, column)
        rows.append([words, *("-" if cell is None else f"{cell:.2f}" for cell in cells)])
    return aligned(rows, right=tuple(range(1, len(head))))


def _tests(table: pd.DataFrame, name: str) -> str:
    """Diebold-Mariano against every rule, for the one period that has twenty errors."""
    head = [f"{TITLES[name]}, {TESTED}: Diebold-Mariano (probability)", *(f"+{ahead}" for ahead in AHEAD)]
    rows = [head]
    if of_period(table, TESTED).empty:
        return ""
    for rule, words in RULE_WORDS.items():
        if rule == MODEL:
            continue
        cells = []
        for ahead in AHEAD:
            found = equal_accuracy(table, name, TESTED, ahead, rule)
            known = found.statistic is not None
            cells.append(f"{found.statistic:+.2f} ({found.probability:.2f})" if known else "not tested")
        rows.append([words, *cells])
    note = "Positive: the rule is better. Tests need twenty errors, so that 2023-25, with twelve, has none."
    return "\n".join([aligned(rows, right=tuple(range(1, len(head)))), note])


def _cells(rows: pd.DataFrame, column: str) -> list[float | None]:
    found = rows.set_index(["period", "quarters_ahead"])[column]
    return [
        float(found[period, ahead]) if (period, ahead) in found.index else None
        for period in COMPARED
        for ahead in AHEAD
    ]


def _signed(cells: list[float | None]) -> list[str]:
    return ["-" if cell is None else f"{cell:+.2f}" for cell in cells]
