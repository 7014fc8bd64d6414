"""What every lever changes, against the baseline on the same seeds, and what it costs."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from xinzhi.analysis.comparison.sentences import CLOSURE_SUBJECTS
from xinzhi.analysis.reading.closure_ranges import load_ranges
from xinzhi.analysis.reading.paired import Difference, Pair, mean_of_pairs
from xinzhi.analysis.reading.panel import OPENING_YEAR, Panel
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import format_number, words_of, wrapped

if TYPE_CHECKING:
    from abm import Results

__all__ = [
    "EFFECTS",
    "closure_note",
    "PER_YUAN",
    "effects_details",
    "effects_table",
    "lever_title",
    "notes",
    "payer_sentence",
    "setting_words",
]

BASELINE = "baseline"
START = 2027  # the first year in which the levers are in force
YEARS = (5, 10, 25)  # in force
LEAST_COST = 1e-6  # of GDP: less brings no meaningful ratio
SMALL_COST = 1e-4  # of GDP: smaller costs have one more decimal
FOR_LEVERS = (
    "Running more seeds does not narrow this range. It refers to AI in the baseline; none has been computed for the "
    "levers. Effects on these three that are smaller than it may depend on these assumptions (xinzhi closures)."
)
NO_RANGE = (
    "Results on jobs, inequality and the labour share also depend on unresolved assumptions; no range is known for "
    "these years (xinzhi closures)."
)


PER_YUAN = (
    "gain in real GDP divided by the cost of the lever, both summed while it is in force; the cost of using AI is "
    "hardly identified by data, so that returns may be overstated"
)


class Effect(NamedTuple):
    """One measured effect: its words, its unit, whether it is relative to the baseline, and the factor to the unit."""

    title: str
    unit: str
    relative: bool
    factor: float


EFFECTS = {
    "real_gdp": Effect("real GDP", "%", True, 100.0),
    "unemployment_rate": Effect("unemployment", "points", False, 100.0),
    "gini_disposable_income": Effect("Gini of disposable income", "Gini points", False, 100.0),
    "labour_share": Effect("labour share", "points", False, 100.0),
    "co2_emissions": Effect("CO2 emissions", "%", True, 100.0),
    "public_debt_ratio": Effect("public debt", "points of GDP", False, 100.0),
    "ai_adoption_share": Effect("firms that use AI", "points", False, 100.0),
    "ai_adoption_share_small": Effect("small firms (10-49) that use AI", "points", False, 100.0),
    "ai_adoption_share_medium": Effect("medium firms (50-249) that use AI", "points", False, 100.0),
    "ai_adoption_share_large": Effect("large firms (250+) that use AI", "points", False, 100.0),
}


def effects_table(
    results: Mapping[str, Results], strengths: Mapping[str, Mapping[str, float]], budget: float | None = None
) -> pd.DataFrame:
    """A row for each lever, number of years in force and effect.

    Columns: lever, strength, strength_words (the same for readers), years, variable, unit, effect, low, high (90 %
    confidence interval of the mean over pairs), clear, cost (of the lever, a fraction of GDP, mean while in force),
    benefit_per_yuan (real GDP gained over the cost, both summed while in force; empty where the lever costs nothing),
    benefit_low, benefit_high (its 90 % confidence interval), closure_lowest, closure_highest (range over the closures
    of the effect of AI itself, same unit, where one is shipped), budget (what every lever was to cost, a fraction of
    GDP; empty at documented strengths). An effect is that in the calendar year with which ``years`` in force end.
    ``results`` must hold the baseline.
    """
    baseline = Panel(results[BASELINE])
    rows = []
    for lever, one in results.items():
        if lever == BASELINE:
            continue
        pair = Pair(Panel(one), baseline)
        setting = ", ".join(f"{name} {value:g}" for name, value in strengths[lever].items())
        words = setting_words(lever, strengths[lever])
        for years, last in _horizons(baseline.opening_year, pair.last):
            cost, benefit = _cost(pair, last)
            for variable, effect in EFFECTS.items():
                found = _effect(pair, variable, effect, last)
                if found is not None:
                    rows.append((lever, setting, words, years, variable, effect.unit, found.mean, found.low, found.high,
                                 found.clear, cost, benefit.mean, benefit.low, benefit.high,
                                 *_closure_range(variable, last), budget))  # fmt: skip
    columns = ["lever", "strength", "strength_words", "years", "variable", "unit", "effect", "low", "high", "clear",
               "cost", "benefit_per_yuan", "benefit_low", "benefit_high", "closure_lowest", "closure_highest",
               "budget"]  # fmt: skip
    return pd.DataFrame(rows, columns=columns)


def _horizons(opening: int, last: int) -> list[tuple[int, int]]:
    """[(years in force, column of the last of them)] that the runs reach; the last year where they reach none."""
    first = START - opening
    reached = [(years, first + years - 1) for years in YEARS if first + years - 1 <= last]
    return reached or [(max(0, last - first + 1), last)]


def _effect(pair: Pair, variable: str, effect: Effect, last: int) -> Difference | None:
    gaps = pair.relative_gaps(variable) if effect.relative else pair.gaps(variable)
    return mean_of_pairs(effect.factor * gaps[:, last]) if gaps.size else None


def _cost(pair: Pair, last: int) -> tuple[float, Difference]:
    """Cost over GDP, and real GDP gained per yuan spent, both at the prices of the time's GDP.

    The latter is a ratio of means over the pairs; its interval is that of the ratio made linear (Cochran 1977,
    chapter 6, from memory).
    """
    span = slice(START - pair.subject.opening_year, last + 1)
    share = pair.subject.values("policy_cost_ratio")[:, span]
    gained = pair.gaps("real_gdp")[:, span].sum(axis=1)
    spent = (share * pair.subject.values("real_gdp")[:, span]).sum(axis=1)
    mean = float(share.mean()) if share.size else 0.0
    if mean <= LEAST_COST:
        return mean, Difference(math.nan, math.nan, math.nan, len(gained))
    ratio = float(gained.mean() / spent.mean())
    error = mean_of_pairs((gained - ratio * spent) / spent.mean())
    if error is None:  # real GDP is defined in no pair
        return mean, Difference(math.nan, math.nan, math.nan, 0)
    return mean, Difference(ratio, ratio + error.low, ratio + error.high, error.pairs)


def _closure_range(variable: str, last: int) -> tuple[float, float]:
    """The shipped range of AI's effect over the closures, in the unit of the effect, which is that of a year."""
    year = _last_range(variable, OPENING_YEAR + last)
    if variable not in CLOSURE_SUBJECTS or year is None:
        return math.nan, math.nan
    _, found = load_ranges()[0][variable, year, "effect"]
    return found.lowest, found.highest


def _last_range(variable: str, last: int) -> int | None:
    """The last year up to ``last`` for which a range is shipped."""
    known = (year for name, year, measure in load_ranges()[0] if (name, measure) == (variable, "effect"))
    return max((year for year in known if year <= last), default=None)


def lever_title(name: str) -> str:
    """A lever's name for readers, as its file declares it; the key in words where no such lever is known."""
    from abm import load_levers

    known = load_levers()
    return known[name].title if name in known else words_of(name)


def setting_words(name: str, setting: Mapping[str, float]) -> str:
    """What is set of a lever, for readers: ``30 % of the integration cost``, with the names of several parameters."""
    from abm import load_levers

    lever = load_levers().get(name)
    phrases = []
    for key, value in setting.items():
        parameter = lever.parameter(key) if lever else None
        words = parameter.shown(value) if parameter else f"{value:g}"
        phrases.append(words if parameter and len(setting) == 1 else f"{key.replace('_', ' ')} {words}")
    return ", ".join(phrases)


def effects_details(table: pd.DataFrame, seeds: int, paid_for: bool) -> str:
    """For each number of years and lever a paragraph: what is clear, with its interval, and what is not."""
    lines = []
    for years, rows in table.groupby("years"):
        lines += [f"After {years} years in force", ""]
        for lever, found in rows.groupby("lever", sort=False):
            lines += [wrapped(_sentence(lever, found), 2), ""]
    return "\n".join([*lines, *(wrapped(sentence, 2) for sentence in notes(table, seeds, paid_for))])


def notes(table: pd.DataFrame, seeds: int, paid_for: bool) -> list[str]:
    """Cautions for every number: sampling noise, financing and unresolved assumptions."""
    reading = (
        f"Effect: with the lever less the baseline, mean over {seeds} paired seeds in the last calendar year, with a "
        "90 % confidence interval; no clear difference where it includes zero. One interval in ten misses by chance."
    )
    return [f"{reading} {payer_sentence(paid_for)} {CAUTION}", closure_note(table)]


def payer_sentence(paid_for: bool) -> str:
    """How the levers are financed."""
    if paid_for:
        return "The income tax finances every lever a quarter later and falls by the revenue of a lever (budget_rule)."
    return "The levers are financed by debt: the cost or revenue of a lever changes public debt and with it demand."


def closure_note(table: pd.DataFrame) -> str:
    """The shipped range over the closures at the longest time in force, and what it means for the levers.

    In the units of the table: those of other reports differ for the Gini coefficient.
    """
    years = int(table["years"].max())
    known = table[(table["years"] == years) & table["closure_lowest"].notna()].drop_duplicates("variable")
    year = None if known.empty else _last_range(known["variable"].iloc[0], START + years - 1)
    if year is None:
        return NO_RANGE
    ranges = [
        f"{EFFECTS[row.variable].title} {format_number(row.closure_lowest, 2, True)} to "
        f"{format_number(row.closure_highest, 2, True)} {row.unit}"
        for row in known.itertuples()
    ]
    start = f"Across unresolved assumptions, the effect of AI in the baseline in {year} ranges as follows"
    return f"{start}: {'; '.join(ranges)} ({load_ranges()[1]}). {FOR_LEVERS}"


def _sentence(lever: str, rows: pd.DataFrame) -> str:
    clear = [
        f"{EFFECTS[row.variable].title} {row.effect:+.2f} {row.unit} [{row.low:+.2f} to {row.high:+.2f}]"
        for row in rows.itertuples()
        if row.clear
    ]
    unclear = [EFFECTS[row.variable].title for row in rows.itertuples() if not row.clear]
    first = rows.iloc[0]
    decimals = 2 if first.cost >= SMALL_COST else 3
    cost = f"costs {format_number(100 * first.cost, decimals)} % of GDP"
    if first.cost <= LEAST_COST:
        cost = "costs the budget nothing"
    if first.cost < -5e-5:
        cost = f"brings {format_number(-100 * first.cost, 2)} % of GDP"
    benefit = first.benefit_per_yuan
    between = f" [{first.benefit_low:+.1f} to {first.benefit_high:+.1f}]" if np.isfinite(first.benefit_low) else ""
    caution = ", returns may be overstated" if np.isfinite(benefit) else ""
    per_yuan = f", GDP per yuan {benefit:+.1f}{between}{caution}" if np.isfinite(benefit) else ""
    parts = [f"{lever_title(lever)} ({first.strength_words}; {cost}{per_yuan})"]
    if clear:
        parts.append("; ".join(clear))
    if unclear:
        parts.append(f"no clear difference: {', '.join(unclear)}")
    return ". ".join(parts) + "."
