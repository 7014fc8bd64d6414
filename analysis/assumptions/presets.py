"""What each preset of AI does to productivity, GDP, consumption and net product, beside what its source has."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.reading.paired import Pair
from xinzhi.analysis.reading.panel import QuarterPanel
from xinzhi.analysis.reading.text import aligned, format_number

if TYPE_CHECKING:
    from abm import Results

__all__ = ["PRESET_MEASURES", "preset_measures", "presets_table"]

DECADE, YEAR = 40, 4  # quarters
WINDOW = 12  # quarters over which growth is measured, so that the cycle does not make the peak

# Measure -> its title and the factor from the measure to what is shown.
PRESET_MEASURES = {
    "tfp_ten_years": ("Productivity after ten years, %", 100.0),
    "gdp_ten_years": ("GDP after ten years, %", 100.0),
    "consumption_ten_years": ("Consumption after ten years, %", 100.0),
    "ndp_ten_years": ("Net product after ten years, %", 100.0),
    "peak_growth": ("Labour productivity at the peak, points a year", 100.0),
}
AMOUNTS = {
    "gdp_ten_years": "real_gdp", "consumption_ten_years": "real_consumption", "ndp_ten_years": "real_ndp",
}  # fmt: skip

Limits = tuple[float | None, float | None]


def preset_measures(subject: Results, without: Results) -> dict[str, float]:
    """The measures of one preset against the economy without AI on the same seeds; NaN where the run is too short.

    tfp_ten_years  Hulten's sum in quarter 40, a fraction of GDP, mean over the seeds
    gdp_ten_years  real GDP over that without AI, mean of the year up to quarter 40; likewise consumption_ten_years of
                   real household consumption, ndp_ten_years of real net domestic product
    peak_growth    the fastest rise of labour productivity against that without AI over any three years, per year
    """
    pair = Pair(QuarterPanel(subject), QuarterPanel(without))
    tfp = pair.subject.values("tfp_ai_contribution").mean(axis=0)
    gaps = {key: pair.relative_gaps(name).mean(axis=0) for key, name in AMOUNTS.items()}
    productivity = np.log1p(pair.relative_gaps("labour_productivity")).mean(axis=0)
    rises = (productivity[WINDOW:] - productivity[:-WINDOW]) * YEAR / WINDOW
    whole = pair.last >= DECADE
    return {
        "tfp_ten_years": float(tfp[DECADE]) if whole else np.nan,
        **{key: float(gap[DECADE - YEAR + 1 : DECADE + 1].mean()) if whole else np.nan for key, gap in gaps.items()},
        "peak_growth": float(rises.max()) if rises.size else np.nan,
    }


def presets_table(results: Mapping[str, Results], targets: Mapping[str, Mapping[str, Limits]]) -> str:
    """Every preset's measures, each beside its target and whether it is met. ``results`` must hold ``none``."""
    rows = [["", *(title for title, _ in PRESET_MEASURES.values())]]
    for name, one in results.items():
        found = preset_measures(one, results["none"])
        rows.append([name, *(_cell(key, found[key], targets.get(name, {}).get(key)) for key in PRESET_MEASURES)])
    from abm import country_of

    without = QuarterPanel(results["none"])
    seeds, country = len(without.seeds), country_of(without.economy)
    notes = [
        f"{country[:1].upper()}{country[1:]}, against no AI, mean of {seeds} paired seeds; the peak is the best "
        "three years. In brackets:",
        "the target after the preset's source and whether it is met. What was taken and what was matched: "
        "xinzhi describe --presets.",
    ]
    return "\n".join([aligned(rows), "", *notes])


def _cell(key: str, value: float, limits: Limits | None) -> str:
    factor = PRESET_MEASURES[key][1]
    text = format_number(factor * value, 2)
    if limits is None or not np.isfinite(value):
        return text
    low, high = limits
    met = (low is None or value >= low) and (high is None or value <= high)
    return f"{text} [{_wanted(factor, low, high)}: {'met' if met else 'missed'}]"


def _wanted(factor: float, low: float | None, high: float | None) -> str:
    if low is None:
        return "anything" if high is None else f"at most {factor * high:g}"
    if high is None:
        return f"at least {factor * low:g}"
    return f"{factor * low:g} to {factor * high:g}" if low != high else f"{factor * low:g}"
