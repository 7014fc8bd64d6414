"""The indices themselves: a design's parts, Morris' effects, Sobol's shares, and the noise of the random draws."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from xinzhi.analysis.reading.sweeps import Measure, SweepValues

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray

__all__ = ["Noise", "SampledDesign", "noise_of", "morris_indices", "sobol_indices"]

CONFIDENCE = 0.95
RESAMPLES = 500  # of the bootstrap
RESAMPLING_SEED = 1
ONE_SIDED = 1.645  # standard errors within which 95 % of what noise alone gives lie below


class Noise(NamedTuple):
    """The part of an outcome that the random draws make, in shown units.

    deviation  of a point's mean over the seeds, what all points share taken away; NaN with one seed
    spread     standard deviation of the means over all points
    """

    deviation: float
    spread: float

    @property
    def share(self) -> float:
        """Of the variance between points that is noise."""
        return (self.deviation / self.spread) ** 2 if self.spread > 0.0 else math.nan


class SampledDesign:
    """Worlds in the order in which they were drawn, in parts: trajectories of Morris, blocks of Sobol.

    A part in which a world is missing does not count.
    """

    def __init__(self, design: dict[str, Any], values: SweepValues):
        from abm import UserError

        self.problem, self.sampling = design["problem"], design["sampling"]
        self.keys = list(self.problem["names"])
        self.width = len(self.keys) + (1 if self.sampling["method"] == "morris" else 2)
        self.name = "trajectories" if self.sampling["method"] == "morris" else "blocks"
        parts = int(self.sampling["samples"])
        there = set(values.worlds)
        self.kept = [part for part in range(parts) if there.issuperset(self._worlds(part))]
        if len(self.kept) < 2:
            raise UserError(f"{values.folder}: fewer than two whole {self.name} of the design; {values.missing}")
        place = {world: row for row, world in enumerate(values.worlds)}
        self.rows = np.array([place[world] for part in self.kept for world in self._worlds(part)])
        lost = parts - len(self.kept)
        words = f"{lost} of {parts} {self.name} of the design do not count; {values.missing}"
        self.left_out_words = words if lost else ""
        self.uncertainties = values.uncertainties.iloc[self.rows]

    def _worlds(self, part: int) -> range:
        return range(part * self.width, (part + 1) * self.width)

    def shown(self, recorded: FloatArray, measure: Measure) -> FloatArray:
        """(points, seeds) in the units of shown differences: amounts in per cent of the mean of the design."""
        kept = recorded[self.rows]
        return measure.factor * (kept / kept.mean() if measure.relative else kept)

    def drawn(self) -> FloatArray:
        """(points, assumptions) of Morris as they were drawn, before whole numbers were rounded."""
        from SALib.sample import morris

        from abm import UserError

        sampling = self.sampling
        drawn = morris.sample(
            dict(self.problem), sampling["samples"], num_levels=sampling["levels"], seed=sampling["seed"]
        )  # fmt: skip
        rows = [world for part in self.kept for world in self._worlds(part)]
        used = self.uncertainties[self.keys].to_numpy(dtype=float)
        reach = np.ptp(np.array(self.problem["bounds"]), axis=1)
        # Half a unit is what rounding to whole numbers can do.
        allowed = np.where(np.equal(used, np.round(used)).all(axis=0), 0.5, 1e-9 * reach)
        if not (np.abs(drawn[rows] - used) <= allowed).all():
            raise UserError("the worlds are not those that SALib draws here; analyse with the version that drew them")
        return drawn[rows]


def noise_of(shown: FloatArray) -> Noise:
    """Of (points, seeds): what the seeds do not have in common over all points, and the points' spread."""
    points, seeds = shown.shape
    spread = float(shown.mean(axis=1).std(ddof=1))
    if seeds < 2:
        return Noise(math.nan, spread)
    own = shown - shown.mean(axis=1, keepdims=True) - shown.mean(axis=0, keepdims=True) + shown.mean()
    variance = float((own**2).sum()) / ((points - 1) * (seeds - 1))
    return Noise(math.sqrt(variance / seeds), spread)


def morris_indices(design: SampledDesign, shown: FloatArray, noise: Noise) -> pd.DataFrame:
    """Effects, their sizes with intervals, and what the size of an effect of nothing stays below."""
    import pandas as pd
    from SALib.analyze import morris

    drawn = design.drawn()
    means = shown.mean(axis=1)
    found = morris.analyze(
        dict(design.problem), drawn, means, num_resamples=RESAMPLES, conf_level=CONFIDENCE,
        num_levels=design.sampling["levels"], seed=RESAMPLING_SEED,
    )  # fmt: skip
    size, reach = np.asarray(found["mu_star"], dtype=float), np.asarray(found["mu_star_conf"], dtype=float)
    floor = _floor_of_effects(drawn, shown, design)
    return pd.DataFrame({
        "key": design.keys, "effect": np.asarray(found["mu"], dtype=float), "effect_size": size,
        "low": np.maximum(size - reach, 0.0), "high": size + reach, "spread": np.asarray(found["sigma"], dtype=float),
        "noise": floor, "above_noise": ~(size <= floor),
    })  # fmt: skip


def _floor_of_effects(drawn: FloatArray, shown: FloatArray, design: SampledDesign) -> FloatArray:
    """(assumptions,) what the mean absolute effect of an assumption that does nothing stays below in 95 of 100 designs.

    The change of each step differs from seed to seed; of normal noise with standard error e the absolute value has the
    mean e sqrt(2 / pi) and the standard deviation e sqrt(1 - 2 / pi). NaN with one seed.
    """
    seeds = shown.shape[1]
    if seeds < 2:
        return np.full(len(design.keys), np.nan)
    levels = design.sampling["levels"]
    delta = levels / (2 * (levels - 1))
    steps = np.diff(shown.reshape(len(design.kept), design.width, seeds), axis=1) / delta
    moved = np.diff(drawn.reshape(len(design.kept), design.width, -1), axis=1) != 0.0
    error = np.sqrt(steps.var(axis=2, ddof=1) / seeds)  # (trajectories, steps)
    # Where few seeds say little of one step, all steps of the assumption together say more; and since runs drift apart
    # whatever moves, no assumption is taken for less noisy than the median of all.
    own = np.sqrt(np.einsum("ts,tsk->k", error**2, moved) / moved.sum(axis=(0, 1)))
    own = np.maximum(own, np.median(own))
    mean, deviation = own * math.sqrt(2 / math.pi), own * math.sqrt((1 - 2 / math.pi) / len(design.kept))
    return mean + ONE_SIDED * deviation


def sobol_indices(design: SampledDesign, shown: FloatArray, noise: Noise) -> pd.DataFrame:
    """Indices, their intervals, and the share of the variance that is noise: the total of what does nothing."""
    import pandas as pd
    from SALib.analyze import sobol

    means = shown.mean(axis=1)
    if means.std() == 0.0:
        indices = dict.fromkeys(("S1", "S1_conf", "ST", "ST_conf"), np.zeros(len(design.keys)))
    else:
        indices = sobol.analyze(
            dict(design.problem), means, calc_second_order=False, num_resamples=RESAMPLES, conf_level=CONFIDENCE,
            seed=RESAMPLING_SEED,
        )  # fmt: skip
    first, total = np.asarray(indices["S1"]), np.asarray(indices["ST"])
    first_reach, total_reach = np.asarray(indices["S1_conf"]), np.asarray(indices["ST_conf"])
    low = np.maximum(total - total_reach, 0.0)
    floor = np.full(len(first), noise.share)
    return pd.DataFrame({
        "key": design.keys, "way": [_rank_correlation(design.uncertainties[key], means) for key in design.keys],
        "first": first, "first_low": first - first_reach, "first_high": first + first_reach,
        "total": total, "low": low, "high": total + total_reach, "noise": floor,
        "above_noise": ~(low <= floor),
    })  # fmt: skip


def _rank_correlation(column: pd.Series, means: FloatArray) -> float:
    """Spearman's rank correlation; NaN for named levels and for what never varies."""
    import pandas as pd

    if not pd.api.types.is_numeric_dtype(column) or column.nunique() < 2 or np.ptp(means) == 0.0:
        return math.nan
    ranks = column.astype(float).rank().to_numpy(), pd.Series(means).rank().to_numpy()
    return float(np.corrcoef(*ranks)[0, 1])
