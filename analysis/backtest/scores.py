"""The back-test scored: what the model predicted from an earlier opening, what happened, and what naive forecasts gave.

A year is the mean of its four quarters. The model's change since the opening year is added to what was observed then
(for levels its growth is applied to it), so that everybody starts from the same figure: what is scored is the dynamics,
not the opening. Errors are prediction less observation.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.reading.panel import QuarterPanel, quantiles
from xinzhi.analysis.statistics.naive_forecasts import NAIVE, past_of

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray
    from abm.data import Observation
    from abm.experiments.validation.backtest import Backtest

__all__ = ["TARGETS", "Scorecard", "TargetScore", "Target", "mean_growth", "score_backtest"]

AGRICULTURE, HOUSEHOLDS, ECONOMY = "AGR", "HH", "economy"
SHARE, LEVEL, GROWTH, PART = "share", "level", "growth", "part"
ROUNDING = 1e-9  # of an error, in its unit


@dataclass(frozen=True)
class Target:
    """One kind of thing predicted; ``unit`` is that of its errors, ``shown_in`` that of its values.

    kind  share: points; level: per cent; growth: points of mean growth a year since the opening; part: points of the
          sum of all groups in the opening year, so that small groups weigh little
    """

    name: str
    label: str
    kind: str
    unit: str
    shown_in: str = "per cent"

    @property
    def growing(self) -> bool:
        """Whether naive forecasts are made in logarithms."""
        return self.kind != SHARE

    @property
    def last_growth_persists(self) -> bool:
        """Whether persistence carries the last growth on rather than the last value."""
        return self.kind in (LEVEL, GROWTH)


TARGETS = (
    Target("real_gdp", "Growth of real GDP", GROWTH, "points a year", "per cent a year since the opening"),
    Target("employment_share", "Employment by sector", SHARE, "points of employment"),
    Target("value_added_share", "Value added by sector", SHARE, "points of value added"),
    Target("investment_share", "Investment share", SHARE, "points of GDP"),
    Target("labour_share_non_agriculture", "Labour share, farms apart", SHARE, "points of value added"),
    Target("electricity_use", "Electricity", LEVEL, "per cent", "terawatt hours"),
    Target("co2_emissions", "CO2", LEVEL, "per cent", "million tonnes"),
    Target("co2_by_sector", "CO2 by sector", PART, "points of all CO2", "million tonnes"),
)


@dataclass(frozen=True)
class TargetScore:
    """One target over all its groups and years: mean absolute errors, and the part of observations in the band."""

    target: Target
    scored: int
    mean_error: float
    model: float
    naive: dict[str, float]
    inside: float

    def ratio(self, name: str) -> float:
        """The model's mean absolute error over that of a naive forecast: below one the model is better."""
        if self.naive[name] > ROUNDING:
            return self.model / self.naive[name]
        return float("inf") if self.model > ROUNDING else 1.0

    @property
    def lost_to(self) -> tuple[str, ...]:
        """The naive forecasts that were better than the model."""
        return tuple(name for name, error in self.naive.items() if self.model > error + ROUNDING)


@dataclass(frozen=True)
class Scorecard:
    """Every prediction beside its observation.

    rows       a table: target, group, year, predicted (median), p10, p90, observed, error, error_persistence,
               error_drift, error_trend, inside
    summaries  one for each target that has a score
    paths      {(target, group): (seeds, years)} predicted, from the opening year on
    observed   {(target, group): {year: value}}, the past included
    """

    opening: int
    until: int
    seeds: int
    rows: pd.DataFrame
    summaries: tuple[TargetScore, ...]
    paths: dict[tuple[str, str], FloatArray]
    observed: dict[tuple[str, str], dict[int, float]]

    @property
    def won(self) -> tuple[int, int]:
        """In how many comparisons with a naive forecast the model is at least as accurate, and how many there are."""
        won = sum(len(one.naive) - len(one.lost_to) for one in self.summaries)
        return won, sum(len(one.naive) for one in self.summaries)

    def summary_frame(self) -> pd.DataFrame:
        """One row for each target: mean absolute errors, their ratios, coverage and bias."""
        import pandas as pd

        records = []
        for one in self.summaries:
            record = {"target": one.target.name, "unit": one.target.unit, "scored": one.scored, "model": one.model}
            record |= one.naive | {f"ratio_{name}": one.ratio(name) for name in one.naive}
            records.append(record | {"inside": one.inside, "bias": one.mean_error})
        return pd.DataFrame(records)


def score_backtest(backtest: Backtest) -> Scorecard:
    """Score a Backtest (opening, until, results, observed): every target, group and year with an observation."""
    import pandas as pd

    observed = _by_series(backtest.observed)
    panel = QuarterPanel(backtest.results)
    paths = {key: _from_opening(key[0], model, observed[key][backtest.opening])
             for key, model in _yearly_paths(panel).items() if key in observed}  # fmt: skip
    records = []
    for target in TARGETS:
        groups = {group: path for (name, group), path in paths.items() if name == target.name}
        whole = sum(observed[target.name, group][backtest.opening] for group in groups)
        for group, path in groups.items():
            series = observed[target.name, group]
            years = [year for year in sorted(series) if backtest.opening < year <= backtest.until]
            records += [_row(target, group, year, path, series, backtest.opening, whole) for year in years]
    rows = pd.DataFrame(records)
    summaries = tuple(_summary(target, rows) for target in TARGETS if (rows["target"] == target.name).any())
    return Scorecard(backtest.opening, backtest.until, len(panel.seeds), rows, summaries, paths, observed)


def _by_series(observations: Iterable[Observation]) -> dict[tuple[str, str], dict[int, float]]:
    found: dict[tuple[str, str], dict[int, float]] = {}
    for one in observations:
        found.setdefault((one.variable, one.group), {})[one.year] = one.value
    return found


def _yearly(values: FloatArray) -> FloatArray:
    """(seeds, quarters) as means of whole years, (seeds, years)."""
    years = values.shape[1] // 4
    return values[:, : 4 * years].reshape(len(values), years, 4).mean(axis=2)


def _yearly_paths(panel: QuarterPanel) -> dict[tuple[str, str], FloatArray]:
    """What the model gives for every target and group, (seeds, years), in its own units."""
    whole = {name: _yearly(panel.values(name)) for name in ("real_gdp", "electricity_use", "co2_emissions")}
    sectors = {
        name: {code: _yearly(values) for code, values in panel.group_values("sectors", name).items()}
        for name in ("employment", "value_added", "labour_income", "co2_emissions")
    }
    paths = {(name, ECONOMY): values for name, values in whole.items()}
    for target, name in (("employment_share", "employment"), ("value_added_share", "value_added")):
        total = _sum(sectors[name])
        paths |= {(target, code): values / total for code, values in sectors[name].items()}
    gdp = _yearly(panel.values("nominal_gdp"))
    paths["investment_share", ECONOMY] = _yearly(panel.values("investment")) / gdp
    from abm import sectors_with

    farms = sectors_with("agriculture", panel.economy)
    outside = [{code: values for code, values in sectors[name].items() if code not in farms}
               for name in ("labour_income", "value_added")]  # fmt: skip
    paths["labour_share_non_agriculture", ECONOMY] = _sum(outside[0]) / _sum(outside[1])
    return paths | _carbon(sectors["co2_emissions"], whole["co2_emissions"])


def _carbon(sectors: Mapping[str, FloatArray], total: FloatArray) -> dict[tuple[str, str], FloatArray]:
    """Emissions by group: services are published in two pools, and what no sector emits is the households'."""
    pools = ("TRD+HOS", "ICT+FIN+RES+BUS+PUB")
    pooled = {pool: _sum({code: sectors[code] for code in pool.split("+")}) for pool in pools}
    inside = {code for pool in pools for code in pool.split("+")}
    groups = {code: values for code, values in sectors.items() if code not in inside} | pooled
    groups[HOUSEHOLDS] = total - _sum(sectors)
    return {("co2_by_sector", group): values for group, values in groups.items()}


def _sum(arrays: Mapping[str, FloatArray]) -> FloatArray:
    return np.sum(list(arrays.values()), axis=0)


def _from_opening(name: str, model: FloatArray, start: float) -> FloatArray:
    """The model's path laid on what was observed in the opening year."""
    growing = next(target for target in TARGETS if target.name == name).growing
    return start * model / model[:, :1] if growing else start + model - model[:, :1]


def _row(
    target: Target, group: str, year: int, path: FloatArray, series: Mapping[int, float], opening: int,
    whole: float,
) -> dict[str, str | int | float]:  # fmt: skip
    low, middle, high = quantiles(path[:, year - opening])
    past, found = past_of(series, opening), series[year]

    def error(predicted: float) -> float:
        return _error(target, predicted, found, (past[opening], year - opening), whole)

    naive = {name: forecast(past, year, target.growing) for name, forecast in NAIVE.items()}
    if not target.last_growth_persists:
        naive["persistence"] = past[opening]
    return {
        "target": target.name, "group": group, "year": year, "predicted": float(middle), "p10": float(low),
        "p90": float(high), "observed": found, "error": error(float(middle)),
        **{f"error_{name}": error(value) for name, value in naive.items()},
        "inside": bool(low <= found <= high), "unit_of_errors": target.unit,
    }  # fmt: skip


def _error(target: Target, predicted: float, found: float, opened: tuple[float, int], whole: float) -> float:
    """Prediction less observation in the unit of the target; ``opened`` is the value then, and the years since."""
    if target.kind == GROWTH:
        return 100 * (mean_growth(predicted, *opened) - mean_growth(found, *opened))
    scale = {SHARE: 1.0, LEVEL: found, PART: whole}[target.kind]
    return 100 * (predicted - found) / scale


def mean_growth(value: float, start: float, years: int) -> float:
    """Mean growth a year, a fraction, that leads from ``start`` to ``value``."""
    return (value / start) ** (1 / years) - 1


def _summary(target: Target, rows: pd.DataFrame) -> TargetScore:
    mine = rows[rows["target"] == target.name]
    naive = {name: float(mine[f"error_{name}"].abs().mean()) for name in NAIVE}
    errors = mine["error"]
    return TargetScore(
        target, len(mine), float(errors.mean()), float(errors.abs().mean()), naive, float(mine["inside"].mean())
    )
