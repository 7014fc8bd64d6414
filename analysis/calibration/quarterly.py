"""The quarterly record of China to 2019 and its moments, which a run is measured by in the same way.

quarterly.csv holds rates of change over four quarters as the National Bureau of Statistics and the customs publish
them, in per cent, and the interbank rate for a month in per cent a year. Exports are those in dollars at the rate of
the quarter; two quarters of retail sales that have no comparable rate are interpolated.

The window is 2001Q1 to 2019Q4. Left out: what is before, since retail sales have no rate of change there and prices
were freed in the 1990s; what is after, since the pandemic is no shock of the model's kind and 2023 to 2025 are what
forecasts are scored on. Unemployment and employment are left out too: the surveyed rate begins in 2018, and there is no
quarterly count of the employed.

A trend that drifts, of a growth rate that fell from 14 to 6 per cent, is no business of these parameters: every series
is taken over four quarters and filtered by Hodrick and Prescott (1997), in data and model alike and over as many
quarters, so that the filter does the same to both at the ends.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.statistics.measures import hp_filter

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray

__all__ = [
    "BURN_IN", "MOMENT_NAMES", "OUTCOMES", "QUARTERS", "SERIES", "WINDOW", "QuarterlyRecord", "growth_rates",
    "moments_of", "record", "shown",
]  # fmt: skip

TABLE = Path(__file__).with_name("quarterly.csv")
WINDOW = "2001Q1 to 2019Q4"
BURN_IN = 8  # quarters of a run in which the economy of the opening settles
YEAR = 4
LAG = 2  # quarters by which prices and interest follow output in the moments
BLOCK = 12  # quarters of a block of the bootstrap, three years
RESAMPLES = 500
SHRINKAGE = 0.2  # of the correlations of moments towards zero, since they are of 76 quarters
LEAST = 1e-9


class RecordedSeries(NamedTuple):
    """A series of the record, the outcome that stands for it, and how far the two are the same.

    over     the outcome that it is divided by, if any
    growth   whether the change over four quarters is taken of the outcome, or it is a rate already
    doubt    factor on the standard errors of its moments: 1 where the two are the same thing
    """

    name: str
    outcome: str
    over: str = ""
    growth: bool = True
    doubt: float = 1.0


SERIES = (
    RecordedSeries("gdp", "real_gdp"),
    RecordedSeries("consumption", "real_consumption", doubt=1.5),  # retail sales leave out most services
    RecordedSeries("investment", "investment", doubt=2.0),  # fixed assets bought, with land and used ones
    RecordedSeries("exports", "exports"),
    RecordedSeries("cpi", "inflation_annual", growth=False),
    RecordedSeries("deflator", "nominal_gdp", over="real_gdp"),
    RecordedSeries("interest_rate", "policy_rate", growth=False, doubt=1.5),  # the model's central bank has one rate
)
NAMES = tuple(one.name for one in SERIES)
OUTCOMES = tuple(dict.fromkeys(name for one in SERIES for name in (one.outcome, one.over) if name))
FOLLOWING = ("cpi", "deflator", "interest_rate")
SLOW = ("gdp", "cpi")  # whose correlation over a year is a moment too
MOMENT_NAMES = (
    *(f"{name}: standard deviation" for name in NAMES),
    *(f"{name}: autocorrelation" for name in NAMES),
    *(f"{name}: autocorrelation over a year" for name in SLOW),
    *(f"{name} with gdp" for name in NAMES[1:]),
    *(f"{name} with gdp {LAG} quarters before" for name in FOLLOWING),
)
DOUBT = np.array([
    next(one.doubt for one in SERIES if one.name == name.partition(" ")[0].rstrip(":")) for name in MOMENT_NAMES
])  # fmt: skip


def moments_of(rates: FloatArray) -> FloatArray:
    """(moments,) of (quarters, series): logarithms of standard deviations, and correlations as Fisher's z.

    In these forms chance is nearly normal and a standard deviation cannot come out negative.
    """
    return _moments(hp_filter(rates)[1])


def _moments(cycles: FloatArray) -> FloatArray:
    column = {name: cycles[:, at] for at, name in enumerate(NAMES)}
    gdp = column["gdp"]
    correlations = [
        *(_correlation(one[1:], one[:-1]) for one in column.values()),
        *(_correlation(column[name][YEAR:], column[name][:-YEAR]) for name in SLOW),
        *(_correlation(column[name], gdp) for name in NAMES[1:]),
        *(_correlation(column[name][LAG:], gdp[:-LAG]) for name in FOLLOWING),
    ]
    return np.concatenate([np.log(np.maximum(cycles.std(axis=0), LEAST)), np.arctanh(correlations)])


def _correlation(one: FloatArray, other: FloatArray) -> float:
    one, other = one - one.mean(), other - other.mean()
    size = float(np.sqrt((one @ one) * (other @ other)))
    return min(max(float(one @ other) / size, -0.999), 0.999) if size > 0.0 else 0.0


def shown(moments: FloatArray) -> FloatArray:
    """(..., moments) as standard deviations in per cent and correlations, to be read."""
    read = np.tanh(moments)
    read[..., : len(NAMES)] = np.exp(moments[..., : len(NAMES)])
    return read


@dataclass(frozen=True)
class QuarterlyRecord:
    """Rates of change (quarters, series) in logarithmic per cent, and what is measured of them."""

    rates: FloatArray

    @cached_property
    def moments(self) -> FloatArray:
        """The moments of the whole window."""
        return moments_of(self.rates)

    @cached_property
    def sampled(self) -> FloatArray:
        """Covariance of the moments over repetitions of the window, by a bootstrap of blocks of three years.

        Künsch 1989; blocks begin anywhere and go on at the beginning where the window ends.
        """
        cycles = hp_filter(self.rates)[1]
        length, generator = len(cycles), np.random.default_rng(1)
        blocks = -(-length // BLOCK)
        starts = generator.integers(length, size=(RESAMPLES, blocks))
        rows = ((starts[:, :, None] + np.arange(BLOCK)) % length).reshape(RESAMPLES, -1)[:, :length]
        return np.asarray(np.cov(np.array([_moments(cycles[row]) for row in rows]), rowvar=False))

    @cached_property
    def covariance(self) -> FloatArray:
        """The same with correlations of moments shrunk and standard errors raised by the doubt of their series."""
        error = np.sqrt(np.diag(self.sampled))
        correlation = (1.0 - SHRINKAGE) * self.sampled / np.outer(error, error) + SHRINKAGE * np.eye(len(error))
        return correlation * np.outer(error * DOUBT, error * DOUBT)


@cache
def record() -> QuarterlyRecord:
    """The record on file."""
    with TABLE.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    rates = np.array([[float(row[name]) if row[name] else np.nan for name in NAMES] for row in rows])
    for column in rates.T:
        known = np.isfinite(column)
        column[~known] = np.interp(np.flatnonzero(~known), np.flatnonzero(known), column[known])
    changes = [at for at, one in enumerate(SERIES) if one.name != "interest_rate"]
    rates[:, changes] = 100.0 * np.log1p(rates[:, changes] / 100.0)
    return QuarterlyRecord(rates)


QUARTERS = BURN_IN + YEAR + 76  # of a run: as many rates as the record has


def growth_rates(outcomes: pd.DataFrame) -> FloatArray | None:
    """(quarters, series) of one run, in the order of its quarters, after the burn-in; None where one is not defined."""
    columns = []
    for one in SERIES:
        level = outcomes[one.outcome].to_numpy(dtype=float)
        if one.over:
            level = level / outcomes[one.over].to_numpy(dtype=float)
        if one.growth:
            with np.errstate(invalid="ignore", divide="ignore"):
                level = np.concatenate([np.full(YEAR, np.nan), np.log(level[YEAR:] / level[:-YEAR])])
        elif one.name == "cpi":
            level = np.log1p(level)
        columns.append(100.0 * level[BURN_IN + YEAR + 1 :])
    rates = np.column_stack(columns)
    return rates if np.isfinite(rates).all() else None
