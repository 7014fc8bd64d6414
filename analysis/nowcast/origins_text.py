"""The quarterly duel over many origins in words and tables."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xinzhi.analysis.forecasting.scores import LEVELS
from xinzhi.analysis.nowcast.duel import benchmark
from xinzhi.analysis.nowcast.origin_forms import CHINA, FORMS, MODEL, OriginForm
from xinzhi.analysis.nowcast.origins import equal_accuracy, of_period, origin_scores
from xinzhi.analysis.nowcast.published_errors import PUBLISHED_WORDS, has_published_errors, published_scores
from xinzhi.analysis.reading.text import aligned, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm import QuarterlyDuel

__all__ = ["origins_text"]

LEAST_TESTED = 20  # errors
OTHERS = (
    "US_BeforeIT had the accounts of one year at every origin, 2024 or 2017, and so at origins before that year "
    "accounts that were published later; it estimates its expectations anew at each origin, from series as they were "
    "revised later. Its table ends with the forecasts of 2025Q3, so that rows here hold the forecasts that both have. "
    "The rows of the model and of AR(1) above them are on the same forecasts."
)


def origins_text(duel: QuarterlyDuel, table: pd.DataFrame) -> str:
    """Everything that the command prints."""
    form = FORMS[duel.economy]
    scores = origin_scores(table, form)
    parts = [_head(duel, table)]
    for name in form.names:
        parts += [_errors(scores, name, form, duel.economy), _coverage(scores, name, form), _tests(table, name, form)]
        if has_published_errors(duel.economy):
            parts.append(_beside_published(published_scores(table, form, duel.economy), name, form))
    notes = form.notes + ((OTHERS,) if has_published_errors(duel.economy) else ())
    return "\n\n".join([*(part for part in parts if part), "\n".join(wrapped(note, indent=0) for note in notes)])


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


def _columns(form: OriginForm) -> list[str]:
    return [f"{period} +{ahead}" for period in form.periods for ahead in form.ahead]


def _errors(scores: pd.DataFrame, name: str, form: OriginForm, economy: str) -> str:
    """Root mean square errors, the number of forecasts above them, the benchmark's best below."""
    head = [f"{form.titles[name]}: root mean square error", *_columns(form)]
    rows, mine = [head], scores[scores["variable"] == name]
    for column, rules in (("forecasts", (MODEL,)), ("rmse", tuple(form.words))):
        for rule in rules:
            cells = _cells(mine[mine["rule"] == rule], column, form)
            shown = [("-" if cell is None else f"{cell:.0f}" if column == "forecasts" else f"{cell:.2f}")
                     for cell in cells]  # fmt: skip
            rows.append(["number of forecasts" if column == "forecasts" else form.words[rule], *shown])
    rows.append(["model, mean error", *_signed(_cells(mine[mine["rule"] == MODEL], "mean_error", form))])
    known = benchmark(economy)
    if name in set(known["variable"]) and not has_published_errors(economy):
        best = known.groupby(["variable", "quarters_ahead"])["root_mean_square_error"].min()
        empty = [""] * (len(form.ahead) * (len(form.periods) - 1))
        rows.append(["best of the benchmark", *empty, *(f"{float(best[name, ahead]):.2f}" for ahead in form.ahead)])
    return aligned(rows, right=tuple(range(1, len(head))))


def _beside_published(scores: pd.DataFrame, name: str, form: OriginForm) -> str:
    """Root mean square errors of the model and an AR(1), and of what was published, on the same forecasts."""
    head = [f"{form.titles[name]}: on the forecasts that were published too", *_columns(form)]
    rows, mine = [head], scores[scores["variable"] == name]
    if mine.empty:
        return ""
    counts = _cells(mine[mine["rule"] == MODEL], "forecasts", form)
    rows.append(["number of forecasts", *("-" if cell is None else f"{cell:.0f}" for cell in counts)])
    words = {MODEL: "model", "ar1": "AR(1)"} | {f"published_{one}": said for one, said in PUBLISHED_WORDS.items()}
    for rule, said in words.items():
        cells = _cells(mine[mine["rule"] == rule], "rmse", form)
        rows.append([said, *("-" if cell is None else f"{cell:.2f}" for cell in cells)])
    return aligned(rows, right=tuple(range(1, len(head))))


def _coverage(scores: pd.DataFrame, name: str, form: OriginForm) -> str:
    head = [f"{form.titles[name]}: inside the model's intervals, per cent", *_columns(form)]
    mine = scores[(scores["variable"] == name) & (scores["rule"] == MODEL)]
    rows = [head]
    for level in LEVELS:
        cells = _cells(mine, f"inside_{100 * level:.0f}", form)
        rows.append([f"{100 * level:.0f} %", *("-" if cell is None else f"{100 * cell:.0f}" for cell in cells)])
    for words, column in (("width of 80 %, points", "width_80"), ("CRPS, points", "crps")):
        cells = _cells(mine, column, form)
        rows.append([words, *("-" if cell is None else f"{cell:.2f}" for cell in cells)])
    return aligned(rows, right=tuple(range(1, len(head))))


def _tests(table: pd.DataFrame, name: str, form: OriginForm) -> str:
    """Diebold-Mariano against every rule, for the one period that has twenty errors."""
    head = [
        f"{form.titles[name]}, {form.tested}: Diebold-Mariano (probability)",
        *(f"+{ahead}" for ahead in form.ahead),
    ]
    rows = [head]
    here = of_period(table, form.tested, form)
    if here.empty or here.groupby(["variable", "rule", "quarters_ahead"]).size().max() < LEAST_TESTED:
        return ""
    for rule, words in form.words.items():
        if rule == MODEL:
            continue
        cells = []
        for ahead in form.ahead:
            found = equal_accuracy(table, name, form.tested, ahead, rule, form)
            known = found.statistic is not None
            cells.append(f"{found.statistic:+.2f} ({found.probability:.2f})" if known else "not tested")
        rows.append([words, *cells])
    note = "Positive: the rule is better. Tests need twenty errors"
    note += ", so that 2023-25, with twelve, has none." if form is CHINA else "."
    return "\n".join([aligned(rows, right=tuple(range(1, len(head)))), note])


def _cells(rows: pd.DataFrame, column: str, form: OriginForm) -> list[float | None]:
    found = rows.set_index(["period", "quarters_ahead"])[column]
    return [
        float(found[period, ahead]) if (period, ahead) in found.index else None
        for period in form.periods
        for ahead in form.ahead
    ]


def _signed(cells: list[float | None]) -> list[str]:
    return ["-" if cell is None else f"{cell:+.2f}" for cell in cells]
