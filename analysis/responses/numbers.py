"""The responses as tables: what changes by quarters after the shock, with 90 % intervals, and how it compares."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from xinzhi.analysis.reading.paired import mean_of_pairs, means_of_pairs
from xinzhi.analysis.responses.bands import NO_BAND, Band, bands_of
from xinzhi.analysis.responses.outcomes import OUTCOMES, RATIOS, SPENT, ratios_of, shown_outcomes

if TYPE_CHECKING:
    from abm import Responses
    from abm.arrays import FloatArray

__all__ = [
    "Response",
    "bands_for",
    "calm_range",
    "calm_table",
    "gaps",
    "ratio_by_seed",
    "response_of",
    "response_table",
    "verdict_table",
]

CALM_EVERY = 10  # quarters


class Response(NamedTuple):
    """A response by quarter after the shock: mean over the pairs and its 90 % interval."""

    mean: FloatArray
    low: FloatArray
    high: FloatArray


def gaps(responses: Responses, shock: str, outcome: str) -> FloatArray:
    """(seeds, quarters) with the shock less without, in the unit of the outcome."""
    shocked, without = responses.values(shock, outcome), responses.values(None, outcome)
    if OUTCOMES[outcome].relative:
        return 100 * (shocked / without - 1)
    return 100 * (shocked - without)


def response_of(responses: Responses, shock: str, outcome: str) -> Response:
    """The response by quarter after the shock."""
    return Response(*means_of_pairs(gaps(responses, shock, outcome).T))


def response_table(responses: Responses) -> pd.DataFrame:
    """Tidy: a row for each shock, outcome and quarter after it."""
    rows = []
    for shock, declared in responses.shocks.items():
        for outcome, about in OUTCOMES.items():
            found = response_of(responses, shock, outcome)
            rows += [
                (shock, declared.size, outcome, about.title, quarter, mean, low, high, about.unit, len(responses.seeds))
                for quarter, (mean, low, high) in enumerate(zip(*found, strict=True))
            ]
    names = ["shock", "size", "outcome", "title", "quarters_after", "response", "low", "high", "unit", "pairs"]
    return pd.DataFrame(rows, columns=names)


def ratio_by_seed(responses: Responses, shock: str, name: str) -> FloatArray:
    """(seeds,) what one unit of the shock brings, in volumes summed from the quarter of the shock on; NaN if too short.

    The spending is what is spent in the end, its later response to the business cycle included.
    """
    ratio = RATIOS[name]
    if responses.after + 1 < ratio.quarters:
        return np.full(len(responses.seeds), np.nan)

    def change(outcome: str) -> FloatArray:
        difference = responses.values(shock, outcome) - responses.values(None, outcome)
        return np.asarray(difference[:, : ratio.quarters].sum(axis=1))

    spent = change(SPENT[shock])
    return np.divide(change(ratio.of), spent, out=np.full(spent.shape, np.nan), where=spent != 0.0)


def bands_for(responses: Responses, shock: str, name: str) -> list[Band]:
    """The bands of the country within the quarters that were run, for the size of the shock; none where it is 0."""
    from abm import country_of, shocks_in

    scenario = responses.scenario
    factor = responses.shocks[shock].size / shocks_in(scenario.tables, scenario.opening_year)[shock].size
    found = bands_of(shock, name, country_of(scenario.tables))
    bands = [band for band in found if band.last <= responses.after]
    return [band.scaled(factor) for band in bands] if factor else []


def verdict_table(responses: Responses) -> pd.DataFrame:
    """A row for each band, and for each ratio or outcome of the short table that has none."""
    rows = []
    for shock in responses.shocks:
        for name in (*ratios_of(shock), *shown_outcomes(shock)):
            found = bands_for(responses, shock, name)
            rows += [_verdict(responses, shock, name, band) for band in found or (None,)]
    names = ["shock", "outcome", "title", "unit", "quarters", "response", "low", "high"]
    return pd.DataFrame(
        rows, columns=[*names, "band_low", "band_high", "verdict", "interval_reaches", "source", "status"]
    )


def _verdict(responses: Responses, shock: str, name: str, band: Band | None) -> tuple[object, ...]:
    about = RATIOS[name] if name in RATIOS else OUTCOMES[name]
    mean, low, high = _measured(responses, shock, name, band)
    start = (shock, name, about.title, about.unit)
    if band is None:
        return (*start, "", mean, low, high, np.nan, np.nan, NO_BAND, "", "", "")
    reaches = bool(band.reaches(low, high)) if np.isfinite(low) else ""
    quarters = "" if name in RATIOS else band.when
    against = (band.low, band.high, band.verdict(mean), reaches, band.source, band.status)
    return (*start, quarters, mean, low, high, *against)


def _measured(responses: Responses, shock: str, name: str, band: Band | None) -> tuple[float, float, float]:
    """What is held against the band: a ratio, or the response in its quarters; in the last quarter without a band."""
    if name in RATIOS:
        found = mean_of_pairs(ratio_by_seed(responses, shock, name))
        return (found.mean, found.low, found.high) if found else (np.nan,) * 3
    if band is not None and band.reading == "mean":
        found = mean_of_pairs(gaps(responses, shock, name)[:, band.first : band.last + 1].mean(axis=1))
        return (found.mean, found.low, found.high) if found else (np.nan,) * 3
    response = response_of(responses, shock, name)
    if band is None:
        return response.mean[-1], response.low[-1], response.high[-1]
    span = response.mean[band.first : band.last + 1]
    at = band.first + int(np.argmin(span) if band.reading == "lowest" else np.argmax(span))
    return response.mean[at], response.low[at], response.high[at]


def calm_range(responses: Responses) -> tuple[float, float] | None:
    """Lowest and highest yearly mean of that unemployment over the seeds, in per cent."""
    if responses.calm is None:
        return None
    path = 100 * responses.calm[:, 1:, responses.names.index("unemployment_rate")].mean(axis=0)
    years = path[: path.size // 4 * 4].reshape(-1, 4).mean(axis=1)
    return float(years.min()), float(years.max())


def calm_table(responses: Responses) -> pd.DataFrame | None:
    """Unemployment of the economy without any disturbance, in per cent, every ten quarters and at the end."""
    if responses.calm is None:
        return None
    values = 100 * responses.calm[:, :, responses.names.index("unemployment_rate")]
    last = values.shape[1] - 1
    chosen = sorted({*range(0, last + 1, CALM_EVERY), last})
    mean, low, high = means_of_pairs(values[:, chosen].T)
    rows = zip(chosen, mean, low, high, strict=True)
    return pd.DataFrame(rows, columns=["quarter", "unemployment_per_cent", "low", "high"])
