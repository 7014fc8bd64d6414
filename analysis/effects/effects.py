"""What every lever changes, against the baseline on the same seeds, and what it costs."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from abm import DISCOUNT_RATE, speaking_of
from xinzhi.analysis.comparison.closures_words import CLOSURE_SUBJECTS
from xinzhi.analysis.effects.cost_of_funds import cost_note
from xinzhi.analysis.effects.measured import EFFECTS, GAINS, LEAST_COST, Effect, Gain, gains_per_yuan
from xinzhi.analysis.reading.closure_ranges import ranges_in
from xinzhi.analysis.reading.paired import Difference, Pair, mean_of_pairs
from xinzhi.analysis.reading.panel import OPENING_YEAR, Panel
from xinzhi.analysis.reading.present_value import rate_words
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number, words_of, wrapped

if TYPE_CHECKING:
    from abm import Results

__all__ = [
    "LEAST_SHOWN",
    "closure_note",
    "economy_of",
    "effects_details",
    "effects_table",
    "lever_title",
    "notes",
    "payer_sentence",
    "setting_words",
    "span_words",
]

BASELINE = "baseline"
DEFAULT_ECONOMY = "china"  # of tables that do not name one
START = 2027  # the first year in which the levers are in force
YEARS = (5, 10, 25)  # in force
SMALL_COST = 0.01  # per cent of GDP: smaller costs have one more decimal
LEAST_SHOWN = 0.005  # per cent of GDP: a cost below it is shown as nothing
FOR_LEVERS = (
    "Running more seeds does not narrow this range. It refers to AI in the baseline; none has been computed for the "
    "levers. Effects on these three that are smaller than it may depend on these assumptions (xinzhi closures)."
)
NO_RANGE = (
    "Results on jobs, inequality and the labour share also depend on unresolved assumptions; no range is known for "
    "these years (xinzhi closures)."
)


def effects_table(
    results: Mapping[str, Results], strengths: Mapping[str, Mapping[str, float]], budget: float | None = None,
    rate: float = DISCOUNT_RATE,
) -> pd.DataFrame:  # fmt: skip
    """A row for each lever, number of years in force and effect.

    Columns: economy (the tables that the runs opened with), lever, strength, strength_words (the same for readers),
    at_bound (whether it is the bound of a parameter), years, first_year and last_year (of those in force),
    variable (the name of its years), unit, effect, low, high (90 %
    confidence interval of the mean over pairs), clear, cost_per_cent (of the lever, of GDP, mean while in force),
    consumption_per_yuan, ndp_per_yuan and gdp_per_yuan (real household consumption, net domestic product and GDP
    gained over the cost, summed while in force and discounted to the first of these years at ``rate``; empty where the
    lever costs nothing), each with _low and _high (its 90 % confidence interval), discount_rate_per_cent (that rate, a
    year), closure_lowest, closure_highest (range over the closures of the effect of AI itself, same unit, where one is
    shipped), uncertain_low, uncertain_high (the effect at the ends of what is uncertain about the lever, the smaller
    first, the central run included; empty where nothing is), per_yuan_uncertain_low, per_yuan_uncertain_high
    (consumption per yuan there), budget_per_cent (what every lever was to cost, of GDP; empty at documented
    strengths). An effect is that in ``last_year``. ``results`` must hold the baseline.
    """
    baseline = Panel(results[BASELINE])
    rows = []
    economy = baseline.economy
    for lever, one in results.items():
        if lever not in strengths:
            continue
        pair = Pair(Panel(one), baseline)
        ends = _at_ends(results, lever, budget is not None, economy)
        ends = [pair, *ends] if ends else []
        setting = ", ".join(f"{name} {value:g}" for name, value in strengths[lever].items())
        about = (economy, lever, setting, setting_words(lever, strengths[lever], economy),
                 _at_bound(lever, strengths[lever], economy))  # fmt: skip
        for years, last in _horizons(baseline.opening_year, pair.last):
            cost, gains = gains_per_yuan(pair, START - baseline.opening_year, last, rate)
            per_yuan = [end for one in gains for end in (one.mean, one.low, one.high)]
            year = baseline.opening_year + last
            ranged = _ends([gains_per_yuan(end, START - baseline.opening_year, last, rate)[1][0] for end in ends])
            for variable, effect in EFFECTS.items():
                found = _effect(pair, effect, last)
                if found is not None:
                    rows.append((*about, years, year - years + 1, year, variable, effect.unit, found.mean, found.low,
                                 found.high, found.clear, 100 * cost, *per_yuan, 100 * rate,
                                 *_closure_range(effect.recorded, last, economy),
                                 *_ends([_effect(end, effect, last) for end in ends]), *ranged,
                                 None if budget is None else 100 * budget))  # fmt: skip
    columns = ["economy", "lever", "strength", "strength_words", "at_bound", "years", "first_year", "last_year",
               "variable", "unit", "effect", "low", "high", "clear", "cost_per_cent",
               *(name for gain in GAINS for name in gain.columns), "discount_rate_per_cent",
               "closure_lowest", "closure_highest", "uncertain_low", "uncertain_high",
               "per_yuan_uncertain_low", "per_yuan_uncertain_high", "budget_per_cent"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _at_ends(results: Mapping[str, Results], lever: str, budget: bool, economy: str) -> list[Pair]:
    """The runs at the ends of what is uncertain about a lever, each with its baseline; none where nothing is."""
    from abm import uncertain_ends

    ends = [one for one in uncertain_ends(lever, budget, economy) if one.name in results and one.baseline in results]
    return [Pair(Panel(results[one.name]), Panel(results[one.baseline])) for one in ends]


def _ends(found: Sequence[Difference | None]) -> tuple[float, float]:
    """The smaller and the larger mean; NaN where there are none."""
    means = [one.mean for one in found if one is not None and math.isfinite(one.mean)]
    return (min(means), max(means)) if means else (math.nan, math.nan)


def _at_bound(lever: str, setting: Mapping[str, float], economy: str) -> bool:
    """Whether a parameter is as far from its neutral value as the lever allows."""
    from abm import levers_in

    known = levers_in(economy).get(lever)
    parameters = [(known.parameter(name), value) for name, value in setting.items()] if known else []
    return any(one and value in (one.lower, one.upper) and value != one.neutral for one, value in parameters)


def _horizons(opening: int, last: int) -> list[tuple[int, int]]:
    """[(years in force, column of the last of them)] that the runs reach, the last year of the runs among them."""
    first = START - opening
    reached = [(years, first + years - 1) for years in YEARS if first + years - 1 < last]
    return [*reached, (max(0, last - first + 1), last)]


def _effect(pair: Pair, effect: Effect, last: int) -> Difference | None:
    gaps = pair.relative_gaps(effect.recorded) if effect.relative else pair.gaps(effect.recorded)
    return mean_of_pairs(effect.factor * gaps[:, last]) if gaps.size else None


def _closure_range(variable: str, last: int, economy: str) -> tuple[float, float]:
    """The shipped range of AI's effect over the closures, in the unit of the effect, which is that of a year."""
    year = _last_range(variable, OPENING_YEAR + last, economy)
    if variable not in CLOSURE_SUBJECTS or year is None:
        return math.nan, math.nan
    _, found = ranges_in(economy)[0][variable, year, "effect"]
    return found.lowest, found.highest


def _last_range(variable: str, last: int, economy: str) -> int | None:
    """The last year up to ``last`` for which a range is shipped."""
    known = (year for name, year, measure in ranges_in(economy)[0] if (name, measure) == (variable, "effect"))
    return max((year for year in known if year <= last), default=None)


def lever_title(name: str) -> str:
    """A lever's name for readers, as its file declares it; the key in words where no such lever is known."""
    from abm import load_levers

    known = load_levers()
    return known[name].title if name in known else words_of(name)


def setting_words(name: str, setting: Mapping[str, float], economy: str = DEFAULT_ECONOMY) -> str:
    """What is set of a lever, for readers: ``30 % of the integration cost``, with the names of several parameters."""
    from abm import levers_in

    lever = levers_in(economy).get(name)
    phrases = []
    for key, value in setting.items():
        parameter = lever.parameter(key) if lever else None
        words = parameter.shown(value) if parameter else f"{value:g}"
        phrases.append(words if parameter and len(setting) == 1 else f"{key.replace('_', ' ')} {words}")
    return ", ".join(phrases)


def effects_details(table: pd.DataFrame, seeds: int, paid_for: bool) -> str:
    """For each number of years and lever a paragraph: what is clear, with its interval, and what is not."""
    lines = []
    with speaking_of(economy_of(table)):
        for _, rows in table.groupby("years"):
            lines += [f"{span_words(rows)}; effects in {rows['last_year'].iloc[0]}", ""]
            for lever, found in rows.groupby("lever", sort=False):
                lines += [wrapped(_sentence(lever, found), 2), ""]
        return "\n".join([*lines, *(wrapped(sentence, 2) for sentence in notes(table, seeds, paid_for))])


def economy_of(table: pd.DataFrame) -> str:
    """The economy whose effects are in an effects_table; the usual one where it does not say."""
    return str(table["economy"].iloc[0]) if "economy" in table and len(table) else DEFAULT_ECONOMY


def span_words(rows: pd.DataFrame) -> str:
    """``2027 to 2051 (25 years in force)``, of rows of one number of years."""
    first = rows.iloc[0]
    years = f"{first.years} year{'s' if first.years > 1 else ''} in force"
    return f"{first.first_year} to {first.last_year} ({years})" if first.years > 1 else f"{first.last_year} ({years})"


def notes(table: pd.DataFrame, seeds: int, paid_for: bool) -> list[str]:
    """Cautions for every number: sampling noise, financing and unresolved assumptions."""
    reading = (
        f"Effect: with the lever less the baseline, mean over {seeds} paired seeds in the last calendar year, with a "
        "90 % confidence interval; no clear difference where it includes zero. One interval in ten misses by chance."
    )
    cost = cost_note(paid_for, economy_of(table))
    return [f"{reading} {payer_sentence(paid_for)} {CAUTION}", cost, closure_note(table)]


def payer_sentence(paid_for: bool) -> str:
    """How the levers are financed."""
    if paid_for:
        return (
            "The income tax finances every lever a quarter later and falls by the revenue of a lever (budget_rule): "
            "gains in household consumption are net of that tax, those in GDP and net domestic product are not."
        )
    return (
        "The levers are financed by debt: the cost or revenue of a lever changes public debt and with it demand, and "
        "no gain is net of the cost."
    )


def closure_note(table: pd.DataFrame) -> str:
    """The shipped range over the closures at the longest time in force, and what it means for the levers.

    In the units of the table: those of other reports differ for the Gini coefficient.
    """
    years = int(table["years"].max())
    known = table[(table["years"] == years) & table["closure_lowest"].notna()].drop_duplicates("variable")
    recorded = None if known.empty else EFFECTS[known["variable"].iloc[0]].recorded
    economy = economy_of(table)
    year = None if recorded is None else _last_range(recorded, START + years - 1, economy)
    if year is None:
        return NO_RANGE
    ranges = [
        f"{EFFECTS[row.variable].title} {format_number(row.closure_lowest, 2, True)} to "
        f"{format_number(row.closure_highest, 2, True)} {row.unit}"
        for row in known.itertuples()
    ]
    start = f"Across unresolved assumptions, the effect of AI in the baseline in {year} ranges as follows"
    return f"{start}: {'; '.join(ranges)} ({ranges_in(economy)[1]}). {FOR_LEVERS}"


def _sentence(lever: str, rows: pd.DataFrame) -> str:
    clear = [
        f"{EFFECTS[row.variable].title} {row.effect:+.2f} {row.unit} [{row.low:+.2f} to {row.high:+.2f}]"
        for row in rows.itertuples()
        if row.clear
    ]
    unclear = [EFFECTS[row.variable].title for row in rows.itertuples() if not row.clear]
    first = rows.iloc[0]
    decimals = 2 if first.cost_per_cent >= SMALL_COST else 3
    cost = f"costs {format_number(first.cost_per_cent, decimals)} % of GDP"
    if first.cost_per_cent <= 100 * LEAST_COST:
        cost = "costs the budget nothing"
    if first.cost_per_cent < -LEAST_SHOWN:
        cost = f"brings {format_number(-first.cost_per_cent, 2)} % of GDP"
    phrases = [_per_yuan(gain, first) for gain in GAINS if np.isfinite(first[gain.column])]
    discounted = rate_words(first.discount_rate_per_cent / 100)
    per_yuan = f", per yuan {', '.join(phrases)}, {discounted}, which may be too high" if phrases else ""
    parts = [f"{lever_title(lever)} ({first.strength_words}; {cost}{per_yuan})"]
    if clear:
        text = "; ".join(clear)
        parts.append(text[:1].upper() + text[1:])
    if unclear:
        parts.append(f"No clear difference: {', '.join(unclear)}")
    if phrase := _uncertain(lever, rows):
        parts.append(phrase)
    return ". ".join(parts) + "."


def _uncertain(lever: str, rows: pd.DataFrame) -> str:
    """``Where weight is 0.05 to 0.34: GDP +0.1 to +0.9 per cent, per yuan household consumption +2.0 to +9.0``."""
    from abm import load_levers

    known, first = load_levers().get(lever), rows.iloc[0]
    if known is None or not np.isfinite(first.uncertain_low):
        return ""
    at_budget = first.budget_per_cent is not None and np.isfinite(first.budget_per_cent)
    named = {key.split(".")[-1].replace("_", " "): ends for key, ends in known.uncertain.items()
             if not (at_budget and key == known.parameters[0].name)}  # fmt: skip
    ends = [f"{name} is {low:g} to {high:g}" for name, (low, high) in named.items()]
    title = f"{EFFECTS[first.variable].title} {first.uncertain_low:+.2f} to {first.uncertain_high:+.2f} {first.unit}"
    low, high = first.per_yuan_uncertain_low, first.per_yuan_uncertain_high
    per_yuan = f", per yuan {GAINS[0].title} {low:+.1f} to {high:+.1f}" if np.isfinite(low) else ""
    return f"Where {', '.join(ends)}: {title}{per_yuan}"


def _per_yuan(gain: Gain, row: pd.Series) -> str:
    """``GDP +2.0 [+1.0 to +3.0]``."""
    mean, low, high = (row[name] for name in gain.columns)
    return f"{gain.title} {mean:+.1f}{f' [{low:+.1f} to {high:+.1f}]' if np.isfinite(low) else ''}"
