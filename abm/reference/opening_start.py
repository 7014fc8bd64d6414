"""The first two years after the opening, without macroeconomic shocks: how far they are from a steady path."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.data import DEFAULT_YEAR
from abm.model import Model
from abm.scenarios.opening_year import OPENING_YEAR_KEY

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["GROWTH_TOLERANCE", "UNEMPLOYMENT_TOLERANCE", "StartReport", "measure_start", "opening_overrides"]

START_QUARTERS, START_WORKERS, START_SEEDS = 8, 10_000, range(1, 33)
GROWTH_TOLERANCE, UNEMPLOYMENT_TOLERANCE = 0.005, 0.01
WITHOUT_SHOCKS = {
    f"assumptions.shocks.{name}_deviation": 0.0
    for name in ("export", "exchange", "consumption", "investment", "productivity")
}


@dataclass(frozen=True)
class StartReport:
    """The first quarters without shocks, means over the seeds.

    growth        (quarters,) real GDP growth over four quarters, NaN in the first three
    trend         (quarters,) over the same four quarters the exogenous drift, the growth of the labour force, and what
                  the move off the land adds
    unemployment  (quarters + 1,) from the opening on
    """

    seeds: int
    workers: int
    growth: FloatArray
    trend: FloatArray
    unemployment: FloatArray

    @property
    def growth_gap(self) -> float:
        """Distance of mean annual growth over all whole years from trend, as a fraction."""
        return float(abs(np.mean((self.growth - self.trend)[3::4])))

    @property
    def growth_swing(self) -> float:
        """Largest distance of growth over a year from trend, as a fraction; reported, no limit is set."""
        return float(np.nanmax(np.abs(self.growth - self.trend)))

    @property
    def unemployment_gap(self) -> float:
        """Largest distance of unemployment from its start, as a fraction."""
        return float(np.abs(self.unemployment - self.unemployment[0]).max())

    @property
    def passed(self) -> bool:
        """Whether both stay within the limits of a stationary start."""
        return self.growth_gap <= GROWTH_TOLERANCE and self.unemployment_gap <= UNEMPLOYMENT_TOLERANCE


def measure_start(
    workers: int = START_WORKERS,
    seeds: Iterable[int] = START_SEEDS,
    quarters: int = START_QUARTERS,
    year: int = DEFAULT_YEAR,
    economy: str | None = None,
) -> StartReport:
    """Run the first quarters without macroeconomic shocks: how far the opening is from a steady path."""
    gdp, unemployment, farming, drifts = [], [], [], []
    for seed in seeds:
        model = Model(workers=workers, rng=seed, overrides=WITHOUT_SHOCKS | opening_overrides(year, economy))
        drift = []
        force = model.state.macro.labour_force
        for _ in range(quarters):
            model.step()
            drift.append((1 + model.state.macro.frontier_growth) * model.state.macro.labour_force / force - 1)
            force = model.state.macro.labour_force
        drifts.append(drift)
        gdp.append(model.recorder.series("real_gdp"))
        unemployment.append(model.recorder.series("unemployment_rate"))
        farming.append(model.recorder.series("agricultural_employment_share"))
    levels, path = np.array(gdp), np.concatenate([[1.0], np.cumprod(1 + np.array(drifts).mean(axis=0))])
    growth, trend = np.full(quarters, np.nan), np.full(quarters, np.nan)
    growth[3:] = (levels[:, 4:] / levels[:, :-4] - 1).mean(axis=0)
    land = np.array(farming).mean(axis=0)
    trend[3:] = path[4:] / path[:-4] - 1 + productivity_gap(model) * (land[:-4] - land[4:])
    return StartReport(len(gdp), workers, growth, trend, np.array(unemployment).mean(axis=0))


def opening_overrides(year: int, economy: str | None) -> dict[str, Any]:
    """What a scenario needs to open an economy in a year; without ``economy`` the first that opens then."""
    named = {} if economy is None else {"economy": economy}
    return named | {f"assumptions.{OPENING_YEAR_KEY}": year}


def productivity_gap(model: Model) -> float:
    """Value added per worker elsewhere less that in agriculture, over the mean, at the opening.

    Times the share of workers who change over, the part of growth that is structural change (McMillan and Rodrik 2011).
    """
    opening, farms = model.economy.opening, model.economy.structure.own_account
    added, people = opening.value_added / opening.gdp, opening.employment / opening.employment.sum()
    here, land = float(added[farms].sum()), float(people[farms].sum())
    return (1 - here) / (1 - land) - here / land
