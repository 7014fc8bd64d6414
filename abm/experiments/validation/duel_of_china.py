"""The quarterly duel of China: growth of real GDP and consumer prices on the same quarter of the year before.

An origin is carried forward to what was published: the rate of consumer prices of its quarter, and the trend that the
rule of growth per worker gives with the record to the year before. The model counts growth and not levels, so that no
other level has to be carried. The year before the origin is made as in the nowcast: from the growth published for the
origin's quarter and the course of the year before without season.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.data.growth_record import load_growth_added, load_growth_autocovariances, load_growth_record
from abm.economics.convergence import GrowthPath, fitted_convergence, growth_path
from abm.experiments.validation.duel_form import Carried, DuelForm
from abm.experiments.validation.published_variables import PUBLISHED_VARIABLES, Paths
from abm.experiments.validation.quarterly_record import LEVELS, QUARTERS, load_quarters

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.results.results import Results

__all__ = ["CHINA", "growth_known", "origin_settings"]

FIRST_GROWTH, YEARS_OF_FRONTIER = 1979, 20
STREAM = 20_261  # of the draws of the trend, beside the seed


def growth_known(place: int) -> GrowthPath:
    """What the rule of growth per worker expects from an origin on, given the record to the year before."""
    china, frontier = load_growth_record("CHN"), load_growth_record("USA")
    last = min(place // QUARTERS - 1, max(china))
    usual = float(np.mean([frontier[year] for year in range(last + 1 - YEARS_OF_FRONTIER, last + 1)]))
    known = np.array([china[year] for year in range(FIRST_GROWTH, last + 1)])
    path = growth_path(known, usual, fitted_convergence(load_growth_autocovariances()))
    years = place / QUARTERS - (last + 1)
    return replace(path, first=path.long_run + (path.first - path.long_run) * path.persistence**years)


def origin_settings(place: int, seeds: Iterable[int]) -> dict[int, dict[str, Any]]:
    """{seed: {scenario key: value}}: a draw of the trend that was uncertain at the origin."""
    path, added = growth_known(place), load_growth_added()[CHINA.tables_of(place)]
    middle = np.array([path.first - added.per_worker_early, path.long_run - added.per_worker_late])
    root = np.linalg.cholesky(np.array(path.covariance))
    found = {}
    for seed in seeds:
        drawn = middle + root @ np.random.default_rng((STREAM, place, seed)).standard_normal(2)
        first, last = (drawn / QUARTERS).tolist()
        found[seed] = {
            "assumptions.growth.trend_opening": min(max(first, 0.0), 0.03),
            "assumptions.growth.trend_long_run": min(max(last, -0.005), 0.03),
        }
    return found


def growth_on_the_year_before(results: Results, place: int) -> dict[str, FloatArray]:
    """Growth on the year before, in per cent, for each step ahead."""
    paths, record = Paths(results), load_quarters()
    found = {}
    for name, level in LEVELS.items():
        ahead = PUBLISHED_VARIABLES[name].values(paths)
        course = np.array([record[level][place - QUARTERS + step] for step in range(QUARTERS)])
        before = ahead[:, :1] / (1.0 + record[name][place] / 100.0) * course / course[0]
        levels = np.concatenate([before, ahead], axis=1)
        found[name] = np.asarray(100.0 * (levels[:, QUARTERS + 1 :] / levels[:, 1:-QUARTERS] - 1.0))
    return found


CHINA = DuelForm(
    "china", ("china", "china_20"), 8, {"consumer_price_inflation": Carried("consumer_prices")}, origin_settings,
    growth_on_the_year_before, "china",
)  # fmt: skip
