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

from xinzhi.analysis.backtest.case import Case
from xinzhi.analysis.backtest.cases import case_of
from xinzhi.analysis.backtest.judges import MODEL, forecaster_rows, rule_draws, system_draws
from xinzhi.analysis.backtest.targets import ECONOMY, HOUSEHOLDS, Target, error_of
from xinzhi.analysis.reading.panel import QuarterPanel, quantiles
from xinzhi.analysis.statistics.naive_forecasts import NAIVE, past_of

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray
    from abm.data import Observation
    from abm.experiments.validation.backtest import Backtest

__all__ = ["Scorecard", "TargetScore", "score_backtest"]

ROUNDING = 1e-9  # of an error, in its unit

Record = Mapping[tuple[str, str], Mapping[int, float]]


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

    case       what the economy is held against
    rows       a table: target, group, year, predicted (median), p10, p90, observed, error, error_persistence,
               error_drift, error_trend, inside
    summaries  one for each target that has a score
    paths      {(target, group): (seeds, years)} predicted, from the opening year on
    observed   {(target, group): {year: value}}, the past included
    judged     a table: target, group, year, forecaster, predicted, observed, error, crps, and inside and width of the
               intervals of 50, 80 and 90 per cent
    judges     {(target, group): {forecaster: (draws, years)}}, from the year after the opening on
    missing    what could not be forecast, in words
    drawn      whether the seeds differ in the trends too
    posterior  name of the table of draws of which every seed takes one; empty for none
    """

    case: Case
    opening: int
    until: int
    seeds: int
    rows: pd.DataFrame
    summaries: tuple[TargetScore, ...]
    paths: dict[tuple[str, str], FloatArray]
    observed: dict[tuple[str, str], dict[int, float]]
    judged: pd.DataFrame
    judges: dict[tuple[str, str], dict[str, FloatArray]]
    missing: str = ""
    drawn: bool = False
    posterior: str = ""

    @property
    def won(self) -> tuple[int, int]:
        """In how many comparisons with a naive forecast the model is at least as accurate, and how many there are."""
        return _won(self.summaries)

    @property
    def won_before(self) -> tuple[int, int]:
        """The same of the years to which it was counted before the records were longer; (0, 0) without such a year."""
        until = self.case.counted_until
        return (0, 0) if until is None else _won(_summaries(self.case, self.rows[self.rows["year"] <= until]))

    @property
    def unmasked(self) -> tuple[TargetScore, ...]:
        """The summaries without the masked years."""
        return _summaries(self.case, self.rows[~self.rows["year"].isin(self.case.masked)])

    @property
    def won_unmasked(self) -> tuple[int, int]:
        """The count without the masked years."""
        return _won(self.unmasked)

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

    observed, case = _by_series(backtest.observed), case_of(backtest.economy)
    panel = QuarterPanel(backtest.results)
    steps = backtest.until - backtest.opening
    known = {target.name for target in case.targets}
    paths = {key: _from_opening(case.target(key[0]), model, observed[key][backtest.opening])
             for key, model in _yearly_paths(panel, observed).items()
             if key[0] in known and backtest.opening in observed.get(key, {})}  # fmt: skip
    systems, missing = system_draws(observed, backtest.opening, steps, case.systems)
    records, judged, judges = [], [], {}
    for target in case.targets:
        groups = {group: path for (name, group), path in paths.items() if name == target.name}
        whole = sum(observed[target.name, group][backtest.opening] for group in groups)
        for group, path in groups.items():
            series = observed[target.name, group]
            years = [year for year in sorted(series) if backtest.opening < year <= backtest.until]
            records += [_row(target, group, year, path, series, backtest.opening, whole) for year in years]
            draws = {MODEL: path[:, 1:], **rule_draws(target, series, backtest.opening, path.shape[1] - 1)}
            draws |= systems.get(target.name, {})
            judges[target.name, group] = draws
            judged += forecaster_rows(target, group, series, backtest.opening, years, draws, whole)
    rows = pd.DataFrame(records)
    return Scorecard(
        case, backtest.opening, backtest.until, len(panel.seeds), rows, _summaries(case, rows), paths, observed,
        pd.DataFrame(judged), judges, missing, backtest.drawn, backtest.posterior,
    )  # fmt: skip


def _summaries(case: Case, rows: pd.DataFrame) -> tuple[TargetScore, ...]:
    return tuple(_summary(target, rows) for target in case.targets if (rows["target"] == target.name).any())


def _won(summaries: Iterable[TargetScore]) -> tuple[int, int]:
    """Of the targets that are counted."""
    counted = [one for one in summaries if one.target.counted]
    won = sum(len(one.naive) - len(one.lost_to) for one in counted)
    return won, sum(len(one.naive) for one in counted)


def _by_series(observations: Iterable[Observation]) -> dict[tuple[str, str], dict[int, float]]:
    found: dict[tuple[str, str], dict[int, float]] = {}
    for one in observations:
        found.setdefault((one.variable, one.group), {})[one.year] = one.value
    return found


def _yearly(values: FloatArray) -> FloatArray:
    """(seeds, quarters) as means of whole years, (seeds, years)."""
    years = values.shape[1] // 4
    return values[:, : 4 * years].reshape(len(values), years, 4).mean(axis=2)


def _yearly_paths(panel: QuarterPanel, observed: Record) -> dict[tuple[str, str], FloatArray]:
    """What the model gives for every target and group, (seeds, years), in its own units.

    Sectors that are observed together, as ``TRD+HOS``, are added up.
    """
    whole = {name: _yearly(panel.values(name)) for name in ("real_gdp", "electricity_use", "co2_emissions")}
    sectors = {
        name: {code: _yearly(values) for code, values in panel.group_values("sectors", name).items()}
        for name in ("employment", "value_added", "labour_income", "co2_emissions")
    }
    paths = {(name, ECONOMY): values for name, values in whole.items()}
    for target, name in (("employment_share", "employment"), ("value_added_share", "value_added")):
        total = _sum(sectors[name])
        groups = _grouped(sectors[name], target, observed)
        paths |= {(target, group): values / total for group, values in groups.items()}
    gdp = _yearly(panel.values("nominal_gdp"))
    paths["investment_share", ECONOMY] = _yearly(panel.values("investment")) / gdp
    from abm import sectors_with

    farms = sectors_with("agriculture", panel.economy)
    outside = [{code: values for code, values in sectors[name].items() if code not in farms}
               for name in ("labour_income", "value_added")]  # fmt: skip
    paths["labour_share_non_agriculture", ECONOMY] = _sum(outside[0]) / _sum(outside[1])
    paths["consumer_prices", ECONOMY] = _index(_yearly(panel.values("inflation_annual")))
    paths["unemployment_rate", ECONOMY] = _yearly(panel.values("unemployment_rate"))
    paths["gini", ECONOMY] = _yearly(panel.values("gini_disposable_income"))
    paths["co2_global", ECONOMY] = whole["co2_emissions"]
    paths["gdp_deflator", ECONOMY] = gdp / whole["real_gdp"]
    if ("labour_share", ECONOMY) in observed:
        paths["labour_share", ECONOMY] = _yearly(panel.values("labour_share"))
    carbon = _grouped(sectors["co2_emissions"], "co2_by_sector", observed)
    carbon[HOUSEHOLDS] = whole["co2_emissions"] - _sum(sectors["co2_emissions"])
    return paths | {("co2_by_sector", group): values for group, values in carbon.items()}


def _index(inflation: FloatArray) -> FloatArray:
    """Prices of a year over those of the opening year, from the mean inflation of every year after it."""
    grown = np.cumprod(1 + inflation[:, 1:], axis=1)
    return np.hstack([np.ones((len(inflation), 1)), grown])


def _grouped(sectors: Mapping[str, FloatArray], target: str, observed: Record) -> dict[str, FloatArray]:
    """Values by group: single sectors, then those that are observed together, their codes joined by plus signs."""
    pools = [group for name, group in observed if name == target and "+" in group]
    inside = {code for pool in pools for code in pool.split("+")}
    alone = {code: values for code, values in sectors.items() if code not in inside}
    return alone | {pool: _sum({code: sectors[code] for code in pool.split("+")}) for pool in pools}


def _sum(arrays: Mapping[str, FloatArray]) -> FloatArray:
    return np.sum(list(arrays.values()), axis=0)


def _from_opening(target: Target, model: FloatArray, start: float) -> FloatArray:
    """The model's path laid on what was observed in the opening year."""
    return start * model / model[:, :1] if target.growing else start + model - model[:, :1]


def _row(
    target: Target, group: str, year: int, path: FloatArray, series: Mapping[int, float], opening: int,
    whole: float,
) -> dict[str, str | int | float]:  # fmt: skip
    low, middle, high = quantiles(path[:, year - opening])
    past, found = past_of(series, opening), series[year]

    def error(predicted: float) -> float:
        return error_of(target, predicted, found, (past[opening], year - opening), whole)

    naive = {name: forecast(past, year, target.growing) for name, forecast in NAIVE.items()}
    if not target.last_growth_persists:
        naive["persistence"] = past[opening]
    return {
        "target": target.name, "group": group, "year": year, "predicted": float(middle), "p10": float(low),
        "p90": float(high), "observed": found, "error": error(float(middle)),
        **{f"error_{name}": error(value) for name, value in naive.items()},
        "inside": bool(low <= found <= high), "unit_of_errors": target.unit,
    }  # fmt: skip


def _summary(target: Target, rows: pd.DataFrame) -> TargetScore:
    mine = rows[rows["target"] == target.name]
    naive = {name: float(mine[f"error_{name}"].abs().mean()) for name in NAIVE}
    errors = mine["error"]
    return TargetScore(
        target, len(mine), float(errors.mean()), float(errors.abs().mean()), naive, float(mine["inside"].mean())
    )
