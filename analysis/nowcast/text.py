"""The nowcast in words and tables, for the terminal and as a page, in the language of the reader."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from abm import ENGLISH, country_of, filled, in_words_of, said, translated
from xinzhi.analysis.nowcast.columns import columns, markdown
from xinzhi.analysis.nowcast.duel import AHEAD, CHINA, DUELLED, benchmark, duel_scores, duel_table
from xinzhi.analysis.nowcast.numbers import YUAN, counted_rows, nowcast_table, scores_by_variable, scores_of_methods
from xinzhi.analysis.reading.text import format_number, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from abm import Nowcast

__all__ = ["headline", "missed_sentence", "nowcast_page", "nowcast_text", "rule_word"]

WORST = 5  # variables that are named as missed
GOALS = ("real_gdp_growth", "consumer_prices", "unemployment_rate", "electricity_growth", "co2_growth")
RULE_WORDS = {
    "model": said("the model"), "no_change": said("no change"), "drift": said("drift"), "trend": said("trend"),
    "mean": said("mean"), "mean8": said("mean of eight quarters"), "ar1": said("AR(1)"), "ar": said("AR(p)"),
    "var": said("VAR(1) of growth and prices"), "bvar": said("Bayesian VAR, Minnesota prior"),
}  # fmt: skip
USED_WORDS = {"no": "", "opening": said("known at the opening"), "tuned": said("used to tune")}
HOW_TO_READ = said(
    "Model: median over the seeds, in brackets its 80 % interval. Rules are fitted to the past of each series up to "
    "the opening and have normal intervals that hold no uncertainty of an autoregression's coefficients. CRPS, the "
    "continuous ranked probability score, is an error in points that a narrow interval in the wrong place does not "
    "lower. The ratio is the model's root mean square error over the rule's, geometric mean over variables with four "
    "figures or more; below 1 the model is better. Quarters of one variable, and its years, overlap: they are fewer "
    "than so many independent trials."
)
SPREAD = {
    False: said("The intervals hold the random draws of the model with its parameters fixed, not their uncertainty."),
    True: said("The intervals hold the random draws of the model and draws of its parameters."),
}


def headline(table: pd.DataFrame) -> str:
    """How many of the figures that count lie inside."""
    counted = counted_rows(table)
    return said(
        "Of {count} figures published since the opening and not used, {inside} lie inside the model's 80 % interval",
        count=len(counted), inside=int(counted["model_inside_80"].astype(bool).sum()),
    )  # fmt: skip


def missed_sentence(table: pd.DataFrame) -> str:
    """What is missed most, and by how much: variables of which more than half of the figures lie outside."""
    scores = scores_by_variable(table)
    missed = scores[2 * scores["inside_80"] < scores["figures"]]
    keys = missed.assign(outside=missed["inside_80"] - missed["figures"], error=-missed["mean_error"].abs())
    missed = missed.loc[keys.sort_values(["outside", "error"], kind="stable").index]
    if missed.empty:
        return said("Of no variable do most figures lie outside.")
    parts = [
        said(
            "{title} ({outside} of {count} outside, {error} points)", title=_title(one.variable),
            outside=one.figures - one.inside_80, count=one.figures,
            error=format_number(one.mean_error, 1, signed=True),
        )
        for one in missed.head(WORST).itertuples()
    ]  # fmt: skip
    return said(
        "Missed most, with the model's mean error: {parts}; {count} of {all} variables have most of their figures "
        "outside.",
        parts=tuple(parts), count=len(missed), all=len(scores),
    )  # fmt: skip


def goal_sentence(table: pd.DataFrame) -> str:
    """How many whole years of the five variables that matter most lie inside, without being imposed."""
    here = counted_rows(table)
    here = here[here["variable"].isin(GOALS) & ~here["period"].str.contains("Q")]
    return said(
        "Of the whole years of growth, consumer prices, unemployment, electricity and CO2, {inside} of {count} lie "
        "inside the 80 % interval.",
        inside=int(here["model_inside_80"].astype(bool).sum()), count=len(here),
    )  # fmt: skip


def rule_word(rule: str) -> str:
    """A rule, or the model, for readers."""
    return RULE_WORDS.get(rule, rule)


def nowcast_text(nowcast: Nowcast, language: str = ENGLISH) -> str:
    """All of it as it is printed; the quarters stand in nowcast.csv."""
    table = nowcast_table(nowcast)
    yearly = table[~table["period"].str.contains("Q")]
    parts = [
        *_words(nowcast, table, language),
        "", translated(said("BY VARIABLE"), language), columns(_variable_cells(table, language)),
        "", translated(said("FIGURES OF WHOLE YEARS"), language), columns(_figure_cells(yearly, language)),
        "", translated(said("MODEL AND RULES"), language), columns(_method_cells(table, language)),
        "", translated(said("QUARTERLY FORECASTS OF GROWTH AND PRICES"), language), *_duel_words(nowcast, language),
        "", _paragraph(HOW_TO_READ, language), _paragraph(SPREAD[nowcast.draws], language),
    ]  # fmt: skip
    return in_words_of("\n".join(parts), nowcast.scenario.tables, language)


def nowcast_page(nowcast: Nowcast, language: str = ENGLISH) -> str:
    """The tables as a Markdown page, every figure included."""
    table = nowcast_table(nowcast)
    lines = [line.replace("\n", " ") for line in _words(nowcast, table, language)]
    cells = (
        _variable_cells(table, language), _method_cells(table, language), _duel_cells(nowcast, language),
        _figure_cells(table, language, sources=True),
    )  # fmt: skip
    for one in cells:
        lines += ["", *markdown(one)]
    sentences = (translated(HOW_TO_READ, language), translated(SPREAD[nowcast.draws], language))
    return in_words_of("\n".join([*lines, "", " ".join(sentences)]), nowcast.scenario.tables, language)


def _words(nowcast: Nowcast, table: pd.DataFrame, language: str) -> list[str]:
    methods = scores_of_methods(table).set_index("method")
    model, rule, still = methods.loc["model"], methods.loc["ar1"], methods.loc["no_change"]
    first = said(
        "{first}, {inside} inside the 90 % interval ({share} and {more} per cent; {width} points wide on average).",
        first=headline(table), inside=int(model["inside_90"]), share=format_number(100 * model["coverage_80"], 0),
        more=format_number(100 * model["coverage_90"], 0), width=format_number(model["width_80"], 1),
    )  # fmt: skip
    second = said(
        "An AR(1) of each series has {inside} of {count} inside, {width} points wide. The model's root mean square "
        "error is {ratio} times that of the AR(1) and {still} times that of no change, its CRPS {crps} against {other} "
        "of the AR(1).",
        inside=int(rule["inside_80"]), count=int(rule["figures"]), width=format_number(rule["width_80"], 1),
        ratio=format_number(rule["ratio"], 2), still=format_number(still["ratio"], 2),
        crps=format_number(rule["model_crps"], 2), other=format_number(rule["crps"], 2),
    )  # fmt: skip
    third = said(
        "{scenario}, opened in {opening}, {seeds} seeds, {workers} simulated adults, to {last}.",
        scenario=nowcast.scenario.name, opening=f"{nowcast.opening}Q1", seeds=len(nowcast.seeds),
        workers=f"{nowcast.workers:,}", last=_last(nowcast),
    )  # fmt: skip
    sentences = [first, goal_sentence(table), missed_sentence(table), second, third, *_of_country(nowcast, language)]
    return [_paragraph(one, language) for one in sentences]


def _of_country(nowcast: Nowcast, language: str) -> list[str]:
    """Whose figures they are, where it is not China."""
    tables = nowcast.scenario.tables
    if in_words_of(YUAN, tables) == YUAN:
        return []
    return [said("The figures are those of {country}.", country=country_of(tables, language))]


def _duel_words(nowcast: Nowcast, language: str) -> list[str]:
    table = duel_table(nowcast)
    if table.empty:
        return [_paragraph(said("No quarter after the opening is published yet."), language)]
    count = int(duel_scores(table)["forecasts"].max())
    sentence = said(
        "Growth and consumer prices on the year before, absolute error in points so many quarters after {opening}. The "
        "model opens in one quarter here, so that these are {count} forecasts for each series, one for each quarter "
        "ahead, and no test of their difference is made; `xinzhi duel` has many origins. The last columns are root "
        "mean square errors of the rule over twelve origins in 2023-25 with parameters from 2000-2019.",
        opening=f"{nowcast.opening}Q1", count=count,
    )  # fmt: skip
    if benchmark(_economy(nowcast)).empty:
        sentence = said(
            "Growth and consumer prices on the year before, absolute error in points so many quarters after {opening}. "
            "The model opens in one quarter here, so that these are {count} forecasts for each series, one for each "
            "quarter ahead, and no test of their difference is made.",
            opening=f"{nowcast.opening}Q1", count=count,
        )  # fmt: skip
    lines, cells = [_paragraph(sentence, language)], _duel_cells(nowcast, language)
    for name in DUELLED:
        title = translated(_title(name), language)
        lines += [title, columns([row[1:] for row in cells if row is cells[0] or row[0] == title])]
    return lines


def _variable_cells(table: pd.DataFrame, language: str) -> list[list[str]]:
    heads = (
        said("variable"), said("figures"), said("in 80 %"), said("in 90 %"), said("mean error"), said("RMSE: model"),
        said("no change"), said("trend"), said("AR(1)"),
    )  # fmt: skip
    rows = [[translated(head, language) for head in heads]]
    for one in scores_by_variable(table).itertuples():
        numbers = (one.mean_error, one.model_rmse, one.no_change_rmse, one.trend_rmse, one.ar1_rmse)
        shown = [format_number(number, 2, signed=place == 0) for place, number in enumerate(numbers)]
        counts = [str(one.figures), str(one.inside_80), str(one.inside_90)]
        rows.append([translated(_title(one.variable), language), *counts, *shown])
    return rows


def _figure_cells(table: pd.DataFrame, language: str, sources: bool = False) -> list[list[str]]:
    heads = [
        said("figure"), said("period"), said("published"), said("model"), said("80 % interval"), said("AR(1)"),
        said("inside"), *([said("source")] if sources else []),
    ]  # fmt: skip
    rows = [[translated(head, language) for head in heads]]
    for one in table.itertuples():
        known = np.isfinite(one.model)
        used = translated(USED_WORDS[one.used], language) if one.used != "no" else ""
        verdict = used or translated(said("yes") if one.model_inside_80 else said("no"), language)
        cells = [
            translated(_title(one.variable), language), one.period, format_number(one.published, 1),
            format_number(one.model, 1), _range(one.model_low_80, one.model_high_80, language) if known else "-",
            format_number(one.ar1, 1), verdict,
        ]  # fmt: skip
        rows.append([*cells, one.source] if sources else cells)
    return rows


def _method_cells(table: pd.DataFrame, language: str) -> list[list[str]]:
    heads = (
        said("forecast"), said("figures"), said("80 % covers, %"), said("90 % covers, %"), said("width 80 %"),
        said("width 90 %"), said("CRPS"), said("model's CRPS"), said("model's RMSE / its"),
    )  # fmt: skip
    rows = [[translated(head, language) for head in heads]]
    for one in scores_of_methods(table).itertuples():
        shares = [format_number(100 * share, 0) for share in (one.coverage_80, one.coverage_90)]
        numbers = [format_number(number, 2) for number in (one.width_80, one.width_90, one.crps, one.model_crps)]
        rows.append(
            [translated(rule_word(one.method), language), str(one.figures), *shares, *numbers,
             format_number(one.ratio, 2)]
        )  # fmt: skip
    return rows


def _duel_cells(nowcast: Nowcast, language: str) -> list[list[str]]:
    heads: list[str] = [said("series"), said("forecast"), *[f"+{ahead}" for ahead in AHEAD], said("RMSE, all")]
    heads += [said("CRPS"), *[f"2023-25: +{ahead}" for ahead in AHEAD]]
    rows = [[translated(head, language) for head in heads]]
    for one in duel_scores(duel_table(nowcast)).itertuples():
        errors = [format_number(getattr(one, f"error_{ahead}"), 2) for ahead in AHEAD]
        scores = [format_number(one.rmse, 2), format_number(one.crps, 2)]
        rows.append(
            [translated(_title(one.variable), language), translated(rule_word(one.rule), language), *errors, *scores,
             *_benchmark_of(_economy(nowcast), one.variable, one.rule)]
        )  # fmt: skip
    table = benchmark(_economy(nowcast))
    if table.empty:
        return [row[: -len(AHEAD)] for row in rows]
    best = table.groupby(["variable", "quarters_ahead"])["root_mean_square_error"].min()
    for name in DUELLED:
        cells = [translated(_title(name), language), translated(said("best of the benchmark"), language)]
        numbers = [format_number(float(best[name, ahead]), 2) for ahead in AHEAD]
        rows.append([*cells, *["" for _ in AHEAD], "", "", *numbers])
    return rows


OF_BENCHMARK = {
    "no_change": "rw", "mean": "mean", "mean8": "mean8", "ar1": "AR(1)", "var": "VAR(1) gdp,cpi",
}  # fmt: skip


def _economy(nowcast: Nowcast) -> str:
    """The name of the tables that the runs opened with."""
    return str(nowcast.provenance.get("tables", {}).get("economy", CHINA))


def _benchmark_of(economy: str, variable: str, rule: str) -> list[str]:
    """The rule's root mean square error over the origins of 2023-25, where the benchmark has it."""
    table = benchmark(economy)
    here = table[(table["variable"] == variable) & (table["rule"] == OF_BENCHMARK.get(rule, ""))]
    found = here.set_index("quarters_ahead")["root_mean_square_error"]
    return [format_number(float(found[ahead]), 2) if ahead in found else "" for ahead in AHEAD]


def _title(variable: str) -> str:
    from abm import PUBLISHED_VARIABLES

    return PUBLISHED_VARIABLES[variable].title


def _last(nowcast: Nowcast) -> str:
    return f"{nowcast.opening + nowcast.quarters // 4}Q{nowcast.quarters % 4 + 1}"


def _range(low: float, high: float, language: str) -> str:
    return filled("{low} to {high}", language, low=format_number(low, 1), high=format_number(high, 1))


def _paragraph(text: str, language: str) -> str:
    shown = translated(text, language)
    return wrapped(shown, indent=0) if language == ENGLISH else shown
