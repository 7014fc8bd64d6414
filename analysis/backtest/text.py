"""The back-test as text: a summary, possible reasons for lost comparisons, and the last year line by line."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from xinzhi.analysis.backtest.judges_text import judges_text
from xinzhi.analysis.backtest.scores import Scorecard, TargetScore
from xinzhi.analysis.backtest.targets import GROWTH, SHARE, Target, mean_growth
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.text import aligned, wrapped
from xinzhi.analysis.statistics.naive_forecasts import NAIVE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["backtest_text", "reason"]

DRAWN = "Every seed takes a draw of the trends that were uncertain then."
VARIED = (
    "The seeds vary random draws and the trends of growth, electricity and fuel, not the other assumptions, so fewer "
    "than 80 % may lie inside."
)
OF_POSTERIOR = "Every seed takes a draw of the parameters of the posterior {name}."
ALSO_POSTERIOR = (
    "The seeds vary random draws{trends} and the parameters of the posterior {name}, not the other assumptions."
)
SAME = "The seeds vary random draws only, not assumptions, so fewer than 80 % lie inside."
WORST_SHOWN, LEAST_MISS = 3, 0.5
NAIVE_WORDS = {"persistence": "persistence", "drift": "the drift", "trend": "the trend"}
POOLS = {
    "HH": "Households",
    "TRD+HOS": "Trade, hotels",
    "ICT+FIN+RES+BUS+PUB": "Other services",
    "economy": "Economy",
    "EDU+HEA+GOV": "Education, health, state",
}

PER_OUTPUT = {
    "electricity_use": "electricity",
    "co2_emissions": "CO2",
    "co2_global": "CO2",
}  # errors that split into growth and intensity


def backtest_text(card: Scorecard) -> str:
    """Everything that the command prints."""
    tables = [_summary_table(card.summaries)]
    if card.case.masked_table and len(card.unmasked) and any(card.rows["year"].isin(card.case.masked)):
        tables.append(_summary_table(card.unmasked, f", {card.case.periods[1]}"))
    parts = [_head(card), *tables, _notes(card), judges_text(card), _reasons(card), _last_year(card)]
    return "\n\n".join(part for part in parts if part)


def _head(card: Scorecard) -> str:
    seeds = f"{card.seeds} {'seed' if card.seeds == 1 else 'seeds'}"
    words = f"Opened in {card.opening}, predicted to {card.until}, {seeds}. Artificial intelligence is off."
    sentences = [words, DRAWN if card.drawn else "", OF_POSTERIOR.format(name=card.posterior) if card.posterior else ""]
    return wrapped(" ".join(one for one in sentences if one), indent=0)


def _spread_words(card: Scorecard) -> str:
    """What differs from seed to seed."""
    if not card.posterior:
        return VARIED if card.drawn else SAME
    trends = ", the trends of growth, electricity and fuel" if card.drawn else ""
    return ALSO_POSTERIOR.format(name=card.posterior, trends=trends)


def _summary_table(summaries: Iterable[TargetScore], years: str = "") -> str:
    ratios = [f"model/{name}" for name in NAIVE]
    head = [f"Mean absolute error{years}", "", "scored", "model", *NAIVE, *ratios, "in band", "bias"]
    rows = [head]
    for one in summaries:
        ratios = [f"{one.ratio(name):.2f}" for name in NAIVE]
        errors = [f"{value:.2f}" for value in (one.model, *one.naive.values())]
        inside = f"{100 * one.inside:.0f} %"
        rows.append(
            [one.target.label, one.target.unit, str(one.scored), *errors, *ratios, inside, f"{one.mean_error:+.2f}"]
        )
    return aligned(rows, right=tuple(range(2, len(head))))


def _notes(card: Scorecard) -> str:
    won, compared = card.won
    before, then = card.won_before
    counted = sum(one.target.counted for one in card.summaries)
    shorter = f"; in {before} of {then} with the years to {card.case.counted_until} alone" if then else ""
    if card.case.masked_table:
        without, of_them = card.won_unmasked
        shorter += f"; in {without} of {of_them} {card.case.periods[1]}" if of_them else ""
    words = (
        f"The model is more accurate in {won} of {compared} comparisons (ratio below one), {counted} targets against "
        f"three forecasts{shorter}.",
        "Persistence: shares stay, the economy's levels grow as in the last year. Drift: a random walk with the mean "
        "change of the ten years before the opening, or of as many as there are. Trend: the line through them.",
        "In band: observations between the 10th and 90th percentile of the seeds. " + _spread_words(card),
        f"Points are percentage points. {card.case.remark}".strip(),
    )
    return "\n".join(wrapped(text, indent=0) for text in words)


def _reasons(card: Scorecard) -> str:
    lost = [one for one in card.summaries if one.lost_to]
    if not lost:
        return ""
    lines = [wrapped(f"{one.target.label}: {reason(one, card)}", indent=2) for one in lost]
    return "\n".join(["Possible reasons (not computed)", *lines])


def reason(one: TargetScore, card: Scorecard) -> str:
    """The better forecasts, the largest errors of the last year scored, and a possible reason for the direction."""
    last = _last_rows(card, one.target.name)
    worst = last.reindex(last["error"].abs().sort_values(ascending=False).index)[:WORST_SHOWN]
    misses = [
        f"{group_words(group)} {error:+.1f}".removeprefix("Economy ")
        for group, error in zip(worst["group"], worst["error"], strict=True)
        if abs(error) >= LEAST_MISS
    ]
    better = [NAIVE_WORDS[name] for name in one.lost_to]
    names = " and ".join([", ".join(better[:-1]), better[-1]] if len(better) > 1 else better)
    figures = f" ({int(last['year'].iloc[0])}: {', '.join(misses)} {one.target.unit})" if misses else ""
    words = [f"less accurate than {names}{figures}.", _cause(one, card, last)]
    year, warning = card.case.breaks.get(one.target.name, (0, ""))
    return " ".join([*words, warning] if card.opening <= year <= card.until else words)


def _cause(one: TargetScore, card: Scorecard, last: pd.DataFrame) -> str:
    name = one.target.name
    leader = last[last["group"] == card.case.leading.get(name)]["error"]
    size = float(leader.iloc[0]) if len(leader) else one.mean_error
    if name not in PER_OUTPUT:
        return card.case.reasons[name][size > 0]
    year = int(last["year"].iloc[0])
    of_gdp = card.rows[(card.rows["target"] == "real_gdp") & (card.rows["year"] == year)]
    whole, growth = (float(rows["predicted"].iloc[0] / rows["observed"].iloc[0]) for rows in (last, of_gdp))
    intensity = 100 * (whole / growth - 1)
    split = f"GDP is {100 * (growth - 1):+.1f} per cent off, {PER_OUTPUT[name]} per unit of it {intensity:+.1f}."
    return f"{split} {card.case.reasons[name][intensity > 0]}"


def _last_rows(card: Scorecard, name: str) -> pd.DataFrame:
    mine = card.rows[card.rows["target"] == name]
    return mine[mine["year"] == mine["year"].max()]


def group_words(group: str) -> str:
    """A sector, a pool of sectors, the households or the economy in words."""
    return POOLS.get(group) or group_title(group)


def _last_year(card: Scorecard) -> str:
    """Every group in the last year it was observed."""
    head = ["Last year scored", "", "predicted", "10-90 %", "observed", "error", *NAIVE, ""]
    rows = [head]
    for one in card.summaries:
        last = _last_rows(card, one.target.name)
        year = int(last["year"].iloc[0])
        rows.append([f"{one.target.label}, {year}, {one.target.shown_in}; errors in {one.target.unit}"])
        for row in last.to_dict("records"):
            start = card.observed[row["target"], row["group"]][card.opening]
            middle, low, high, found = (
                _shown(one.target, row[name], start, year - card.opening)
                for name in ("predicted", "p10", "p90", "observed")
            )
            errors = [f"{row[name]:+.2f}" for name in ("error", *(f"error_{name}" for name in NAIVE))]
            inside = "inside" if row["inside"] else ""
            rows.append([f"  {group_words(row['group'])}", "", middle, f"{low} to {high}", found, *errors, inside])
    return aligned(rows, right=tuple(range(2, len(head) - 1)))


def _shown(target: Target, value: float, start: float, years: int) -> str:
    if target.kind == SHARE:
        return f"{100 * value:.1f}"
    if target.kind == GROWTH:
        return f"{100 * mean_growth(value, start, years):.2f}"
    return f"{value:,.0f}"
