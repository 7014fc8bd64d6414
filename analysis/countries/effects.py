"""The effects of scenarios in two economies, the gap between them, and what exchanged blocks make of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from abm import said
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
    "clear_decimals",
    "closed_share",
    "effects_table",
    "emission_parts",
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
    CountryMeasure("real_gdp", said("Real GDP"), 1),
    CountryMeasure("real_consumption", said("Household consumption"), 1),
    CountryMeasure("unemployment_rate", said("Unemployment"), -1),
    CountryMeasure("real_wage_mean", said("Real wage"), 1),
    CountryMeasure("gini_disposable_income", said("Inequality (Gini)"), -1),
    CountryMeasure("co2_emissions", said("CO2 emissions"), -1),
    CountryMeasure("ai_adoption_share", said("Firms that use AI"), 1),
)
MOST_DECIMALS = 4
LARGE = 10.0  # an effect of which one decimal is enough


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


def emission_parts(pairs: CountryPairs, year: int, power: Mapping[str, str]) -> pd.DataFrame:
    """Where emissions change, as parts of all emissions without the policy, in per cent of them.

    ``power`` is the code of the sector that generates electricity, of each economy. The rows of a part are those of
    ``effects_table``; only scenarios with a clear effect on emissions have any.
    """
    economies = list(dict.fromkeys(economy for _, economy in pairs))
    rows = []
    for name in dict.fromkeys(name for name, _ in pairs):
        changes = {economy: _emissions_by_part(pairs[name, economy], year, power[economy]) for economy in economies}
        total = mean_of_pairs(np.sum(list(changes[economies[0]].values()), axis=0))
        if total is None or not total.clear:
            continue
        for part, title in PARTS.items():
            shown = {economy: one[part] for economy, one in changes.items()}
            shown["gap"] = shown[economies[1]] - shown[economies[0]]
            measure = CountryMeasure(part, title, -1)
            rows += [_row(name, measure, economy, mean_of_pairs(gaps), "percentage points", year)
                     for economy, gaps in shown.items()]  # fmt: skip
    return pd.DataFrame([row for row in rows if row])


PARTS = {
    "power": said("power generation"), "sectors": said("other sectors: fuel and processes"),
    "households": said("households: heating and cars"),
}  # fmt: skip


def _emissions_by_part(runs: tuple[Results, Results], year: int, power: str) -> dict[str, FloatArray]:
    twin, subject = (Panel(one) for one in runs)
    pair, column = Pair(subject, twin), year - subject.opening_year
    everything = pair.gaps("co2_emissions")[:, column]
    sectors = {group: gaps[:, column] for group, gaps in pair.group_gaps("sectors", "co2_emissions").items()}
    scale = 100 / float(twin.values("co2_emissions")[:, column].mean())
    in_sectors = sum(sectors.values(), 0 * everything)
    return {
        "power": scale * sectors[power], "sectors": scale * (in_sectors - sectors[power]),
        "households": scale * (everything - in_sectors),
    }  # fmt: skip


def clear_decimals(row: pd.Series) -> int:
    """The decimals of an effect and its interval: as many as a clear one needs for no end to read as zero."""
    decimals = 1 if row["unit"] == "per cent" or abs(float(row["effect"])) >= LARGE else 2
    if not row["clear"]:
        return decimals
    ends = [abs(float(row[name])) for name in ("low", "high", "effect") if row[name] == row[name]]
    while decimals < MOST_DECIMALS and any(round(end, decimals) == 0 for end in ends):
        decimals += 1
    return decimals


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
