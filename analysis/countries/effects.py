"""The effects of scenarios in two economies, the gap between them, and what exchanged blocks make of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import pandas as pd

from xinzhi.analysis.reading.changes import shown_gaps
from xinzhi.analysis.reading.paired import Difference, Pair, mean_of_pairs
from xinzhi.analysis.reading.panel import Panel

if TYPE_CHECKING:
    from abm import Results
    from abm.arrays import FloatArray

__all__ = [
    "MEASURES",
    "CountryPairs",
    "ExchangedPairs",
    "CountryMeasure",
    "closed_share",
    "effects_table",
    "exchange_table",
    "is_sharp",
]

CountryPairs = Mapping[tuple[str, str], tuple["Results", "Results"]]  # {(scenario, economy): (twin, subject)}
ExchangedPairs = Mapping[tuple[str, str, str], tuple["Results", "Results"]]

SHARP = 1 / 3  # of a gap: the half of its interval at most, where parts of it are shown


class CountryMeasure(NamedTuple):
    """A variable, its title, and whether more of it (1) or less (-1) is better."""

    variable: str
    title: str
    better: int


MEASURES = (
    CountryMeasure("real_gdp", "Real GDP", 1),
    CountryMeasure("real_consumption", "Household consumption", 1),
    CountryMeasure("unemployment_rate", "Unemployment", -1),
    CountryMeasure("real_wage_mean", "Real wage", 1),
    CountryMeasure("gini_disposable_income", "Inequality (Gini)", -1),
    CountryMeasure("co2_emissions", "CO2 emissions", -1),
    CountryMeasure("ai_adoption_share", "Firms that use AI", 1),
)


def effects_table(pairs: CountryPairs, year: int) -> pd.DataFrame:
    """A row for each scenario, measure and economy, and one for what the second has more than the first.

    ``economy`` of the latter is ``gap``: the mean over seeds of the difference between the effects.
    """
    names = list(dict.fromkeys(name for name, _ in pairs))
    economies = list(dict.fromkeys(economy for _, economy in pairs))
    rows = []
    for name in names:
        for measure in MEASURES:
            by_seed = {economy: _effects(pairs[name, economy], measure.variable, year) for economy in economies}
            shown = {economy: effects for economy, (effects, _) in by_seed.items()}
            shown["gap"] = shown[economies[1]] - shown[economies[0]]
            unit = by_seed[economies[0]][1]
            rows += [_row(name, measure, economy, mean_of_pairs(gaps), unit, year) for economy, gaps in shown.items()]
    return pd.DataFrame([row for row in rows if row])


def exchange_table(pairs: CountryPairs, exchanged: ExchangedPairs, year: int) -> pd.DataFrame:
    """What the effect in an economy is with a block of the other, and the part of the gap that this closes.

    ``closed`` is not a number where the gap itself is not sharp.
    """
    effects = effects_table(pairs, year).set_index(["scenario", "variable", "economy"])
    economies = list(dict.fromkeys(economy for _, economy in pairs))
    rows = []
    for (name, economy, block), runs in exchanged.items():
        for measure in MEASURES:
            key = (name, measure.variable)
            if (*key, "gap") not in effects.index:
                continue
            gaps, _ = _effects(runs, measure.variable, year)
            own, _ = _effects(pairs[name, economy], measure.variable, year)
            sign = 1.0 if economy == economies[0] else -1.0
            moved, gap = mean_of_pairs(gaps - own), effects.loc[(*key, "gap")]
            found = mean_of_pairs(gaps)
            if moved is None or found is None:
                continue
            rows.append({
                "scenario": name, "variable": measure.variable, "title": measure.title, "economy": economy,
                "block": block, "year": year, "effect": found.mean, "moved": moved.mean, "low": moved.low,
                "high": moved.high, "clear": moved.clear, "gap": sign * gap["effect"],
                "closed": closed_share(moved.mean, sign * float(gap["effect"]), is_sharp(gap)),
            })  # fmt: skip
    return pd.DataFrame(rows)


def is_sharp(gap: pd.Series) -> bool:
    """Whether a gap is known well enough to be taken apart: parts of what may be nothing say nothing."""
    return bool(gap["clear"]) and float(gap["high"] - gap["low"]) / 2 <= SHARP * abs(float(gap["effect"]))


def closed_share(moved: float, gap: float, sharp: bool) -> float:
    """The part of a gap that a block closes: 1 all of it, below 0 it widens the gap."""
    return moved / gap if sharp and gap else float("nan")


def _effects(runs: tuple[Results, Results], variable: str, year: int) -> tuple[FloatArray, str]:
    """The effect of every seed in a year, in shown units, and the unit."""
    twin, subject = (Panel(one) for one in runs)
    gaps, unit, _ = shown_gaps(Pair(subject, twin), variable)
    return gaps[:, year - subject.opening_year], unit


def _row(
    name: str, measure: CountryMeasure, economy: str, found: Difference | None, unit: str, year: int
) -> dict[str, object]:
    if found is None:
        return {}
    return {
        "scenario": name, "variable": measure.variable, "title": measure.title, "economy": economy, "year": year,
        "unit": unit, "effect": found.mean, "low": found.low, "high": found.high, "clear": found.clear,
        "pairs": found.pairs,
    }  # fmt: skip
