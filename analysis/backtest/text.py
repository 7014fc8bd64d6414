"""The back-test as text: a summary, the last year line by line, and why the model loses where it loses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from xinzhi.analysis.backtest.scores import GROWTH, SHARE, Scorecard, Summary, Target, mean_growth
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.text import aligned, wrapped
from xinzhi.analysis.statistics.naive_forecasts import NAIVE

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["backtest_text", "reason"]

WORST_SHOWN, LEAST_MISS = 3, 0.5
NAIVE_WORDS = {"persistence": "persistence", "drift": "the drift", "trend": "the trend"}
POOLS = {"HH": "Households", "TRD+HOS": "Trade, hotels", "ICT+FIN+RES+BUS+PUB": "Other services", "economy": "Economy"}

# Why the model errs upwards (True) or downwards (False); where one group leads the errors of a target, by its error.
REASONS: dict[str, dict[bool, str]] = {
    "real_gdp": {
        True: "The trend is the mean of ten fast years, and the model lets it fade more slowly than it did in China.",
        False: "The model's trend fades faster than China's growth did, or demand falls short of what could be made.",
    },
    "employment_share": {
        True: "Fewer people leave the farms in the model than left in China, and fewer find work in services.",
        False: "More people leave the farms in the model than left in China.",
    },
    "value_added_share": {
        True: "Farming keeps more of value added than it did: demand moved to services faster than the model's "
        "households and firms do. Shares are at current prices, and those of coal, oil and steel came from world "
        "markets, which the model lacks.",
        False: "Farming loses more of value added in the model than it did. Shares are at current prices, and those of "
        "coal, oil and steel came from world markets, which the model lacks.",
    },
    "investment_share": {
        True: "Firms in the model go on investing for a trend that China's growth no longer had.",
        False: "Investment falls with growth in the model; in China the state kept it up.",
    },
    "labour_share_non_agriculture": {
        True: "Wages gain on profits in the model more than they did.",
        False: "Real wages follow productivity in the model and mark-ups return to their norm; in China labour became "
        "scarce and wages outran productivity.",
    },
    "electricity_use": {
        True: "The model carries on the trend before the opening and has no turn away from heavy industry.",
        False: "The model carries on the trend before the opening, which was faster than what followed.",
    },
    "co2_emissions": {
        True: "The model carries on the trend before the opening and has no turn away from coal and heavy industry.",
        False: "The model carries on the trend before the opening, which was faster than what followed.",
    },
    "co2_by_sector": {
        True: "As for all CO2: every branch keeps its fuel per unit of output on one trend, that of the years before.",
        False: "As for all CO2: every branch keeps its fuel per unit of output on one trend, that of the years before.",
    },
}
LEADING_GROUP = {"employment_share": "AGR", "value_added_share": "AGR"}
PER_OUTPUT = {"electricity_use": "electricity", "co2_emissions": "CO2"}  # errors that split into growth and intensity
# What is wrong with the record itself, told where the year lies between the opening and the last year predicted.
BREAKS = {
    "employment_share": (2013, "Part of the fall on record is a break in the count of 2013."),
    "value_added_share": (2017, "Tables of other years differ in method, in finance most."),
    "labour_share_non_agriculture": (2017, "Part of the rise on record is method (finance, between 2015 and 2017)."),
}


def backtest_text(card: Scorecard) -> str:
    """Everything that the command prints."""
    parts = [_head(card), _summary_table(card), _notes(card), _reasons(card), _last_year(card)]
    return "\n\n".join(part for part in parts if part)


def _head(card: Scorecard) -> str:
    seeds = f"{card.seeds} {'seed' if card.seeds == 1 else 'seeds'}"
    return f"Opened in {card.opening}, predicted to {card.until}, {seeds}. Artificial intelligence is off."


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
    won = sum(len(NAIVE) - len(one.lost_to) for one in card.summaries)
    words = (
        f"The model is better in {won} of {len(NAIVE) * len(card.summaries)} comparisons (ratio below one).",
        "Persistence: shares stay, the economy's levels grow as in the last year. Drift: a random walk with the mean "
        "change of the ten years before the opening, or of as many as there are. Trend: the line through them.",
        "In band: observations between the 10th and the 90th percentile of the seeds, which differ by luck only; the "
        "uncertainty of assumptions is not in it, so fewer than 80 % lie inside.",
        "Points are percentage points. Electricity on record is from memory.",
    )
    return "\n".join(wrapped(text, indent=0) for text in words)


def _reasons(card: Scorecard) -> str:
    lost = [one for one in card.summaries if one.lost_to]
    if not lost:
        return ""
    lines = [wrapped(f"{one.target.label}: {reason(one, card)}", indent=2) for one in lost]
    return "\n".join(["Why the model loses where it loses", *lines])


def reason(one: Summary, card: Scorecard) -> str:
    """Who was better, the largest misses of the last year scored, and the economics behind the direction."""
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
    words = [f"loses to {names}{figures}.", _cause(one, card, last)]
    year, warning = BREAKS.get(one.target.name, (0, ""))
    return " ".join([*words, warning] if card.opening < year <= card.until else words)


def _cause(one: Summary, card: Scorecard, last: pd.DataFrame) -> str:
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
