"""The back-test as text: a summary, possible reasons for lost comparisons, and the last year line by line."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xinzhi.analysis.backtest.judges_text import judges_text
from xinzhi.analysis.backtest.scores import COUNTED_UNTIL, Scorecard, TargetScore
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
POOLS = {"HH": "Households", "TRD+HOS": "Trade, hotels", "ICT+FIN+RES+BUS+PUB": "Other services", "economy": "Economy"}

# Possible reasons for an error upwards (True) or downwards (False), by the sign of the error of the leading group.
# They are judgement: nothing here is computed from the run.
REASONS: dict[str, dict[bool, str]] = {
    "real_gdp": {
        True: "The trend is the mean of ten years of fast growth; it may decline too slowly in the model.",
        False: "The trend may decline faster in the model than in China, or demand may fall short of capacity.",
    },
    "employment_share": {
        True: "Fewer people may leave agriculture in the model than in China, and fewer may find work in services.",
        False: "More people may leave agriculture in the model than in China.",
    },
    "value_added_share": {
        True: "Demand may have moved from agriculture to services faster than in the model. Shares are at current "
        "prices, and the prices of coal, oil and steel came from world markets, which the model lacks.",
        False: "The share of agriculture may fall faster in the model. Shares are at current prices, and the prices of "
        "coal, oil and steel came from world markets, which the model lacks.",
    },
    "investment_share": {
        True: "Firms in the model may invest for a higher growth trend than China had by then.",
        False: "Investment falls with growth in the model; in China public investment may have supported it.",
    },
    "labour_share_non_agriculture": {
        True: "Wages may rise more relative to profits in the model than in China.",
        False: "Real wages follow productivity in the model and mark-ups return to their norm; in China labour may "
        "have become scarce, so that wages outgrew productivity.",
    },
    "electricity_use": {
        True: "The model extends the trend before the opening and may miss the shift away from heavy industry.",
        False: "The model extends the trend before the opening, which may have been steeper than later.",
    },
    "co2_emissions": {
        True: "The model extends the trend before the opening and may miss the shift from coal and heavy industry.",
        False: "The model extends the trend before the opening, which may have been steeper than later.",
    },
    "co2_by_sector": {
        True: "As for total CO2: fuel per unit of output may not have followed the earlier trend in every branch.",
        False: "As for total CO2: fuel per unit of output may not have followed the earlier trend in every branch.",
    },
}
REASONS |= {
    "consumer_prices": {
        True: "People in the model expect the target of 2 per cent; producer prices fell in China from 2012 to 2016.",
        False: "Food and energy prices, which the model lacks, may have risen.",
    },
    "unemployment_rate": {
        True: "The model's rate moves with demand; the rate on record, an estimate, hardly moves.",
        False: "The model's rate moves with demand; the rate on record, an estimate, hardly moves.",
    },
    "gini": {
        True: "Rural incomes, pensions and transfers rose faster in China than in the model.",
        False: "Wages may be more equal in the model than in China.",
    },
    "co2_global": REASONS["co2_emissions"],
}
LEADING_GROUP = {"employment_share": "AGR", "value_added_share": "AGR"}
PER_OUTPUT = {
    "electricity_use": "electricity",
    "co2_emissions": "CO2",
    "co2_global": "CO2",
}  # errors that split into growth and intensity
# Faults of the record itself, printed where the year lies between the opening and the last year predicted.
BREAKS = {
    "employment_share": (2013, "Part of the fall on record is a break in the count of 2013."),
    "value_added_share": (2017, "Tables of other years differ in method, in finance most."),
    "labour_share_non_agriculture": (2017, "Part of the rise on record is method (finance, between 2015 and 2017)."),
}


def backtest_text(card: Scorecard) -> str:
    """Everything that the command prints."""
    parts = [
        _head(card), _summary_table(card), _notes(card), judges_text(card), _reasons(card), _last_year(card)
    ]  # fmt: skip
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


def _summary_table(card: Scorecard) -> str:
    ratios = [f"model/{name}" for name in NAIVE]
    head = ["Mean absolute error", "", "scored", "model", *NAIVE, *ratios, "in band", "bias"]
    rows = [head]
    for one in card.summaries:
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
    shorter = f"; in {before} of {then} with the years to {COUNTED_UNTIL} alone" if then else ""
    words = (
        f"The model is more accurate in {won} of {compared} comparisons (ratio below one), {counted} targets against "
        f"three forecasts{shorter}.",
        "Persistence: shares stay, the economy's levels grow as in the last year. Drift: a random walk with the mean "
        "change of the ten years before the opening, or of as many as there are. Trend: the line through them.",
        "In band: observations between the 10th and 90th percentile of the seeds. " + _spread_words(card),
        "Points are percentage points. Observed electricity use is recalled, not checked against its source.",
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
    year, warning = BREAKS.get(one.target.name, (0, ""))
    return " ".join([*words, warning] if card.opening < year <= card.until else words)


def _cause(one: TargetScore, card: Scorecard, last: pd.DataFrame) -> str:
    name = one.target.name
    leader = last[last["group"] == LEADING_GROUP.get(name)]["error"]
    size = float(leader.iloc[0]) if len(leader) else one.mean_error
    if name not in PER_OUTPUT:
        return REASONS[name][size > 0]
    year = int(last["year"].iloc[0])
    of_gdp = card.rows[(card.rows["target"] == "real_gdp") & (card.rows["year"] == year)]
    whole, growth = (float(rows["predicted"].iloc[0] / rows["observed"].iloc[0]) for rows in (last, of_gdp))
    intensity = 100 * (whole / growth - 1)
    split = f"GDP is {100 * (growth - 1):+.1f} per cent off, {PER_OUTPUT[name]} per unit of it {intensity:+.1f}."
    return f"{split} {REASONS[name][intensity > 0]}"


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
