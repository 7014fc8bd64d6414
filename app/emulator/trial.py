"""Fitting the emulator and trying it on policy mixes that the fit has not seen."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.reading.paired import interval_of
from xinzhi.app.emulator.design import Dimension, dimensions, drawn_mixes, settings_of
from xinzhi.app.emulator.regression import Regression, fitted
from xinzhi.app.emulator.runs import ESTIMATED, Job, changes, run_jobs

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.running.progress import Silent

__all__ = ["Emulator", "TrialSize", "fit_emulator", "fit_to", "scaled"]

LEARNING_DRAW, TRIAL_DRAW = 1, 2  # of the random mixes
PAIRS_OF_AN_ANSWER = 8  # the page's quick answer, which the estimate is held against


@dataclass(frozen=True)
class TrialSize:
    """``points`` mixes to learn from, a run each, on ``seeds`` seeds in turn; ``trials`` others, each on all seeds."""

    workers: int = 10_000
    points: int = 512
    trials: int = 24
    seeds: int = 16
    until: int = 2050


@dataclass(frozen=True)
class Emulator:
    """A fitted emulator with what is known of its errors.

    estimates, truths, half_widths  (trials, outcomes, years): what it estimates for the mixes of the trial, the mean of
    their runs, and the 90 % half width that PAIRS_OF_AN_ANSWER pairs would have
    """

    size: TrialSize
    axes: tuple[Dimension, ...]
    years: range
    regression: Regression
    estimates: FloatArray
    truths: FloatArray
    half_widths: FloatArray

    def error(self) -> FloatArray:
        """(outcomes, years) root mean squared error over the mixes of the trial, the noise of their runs included."""
        return np.sqrt(((self.estimates - self.truths) ** 2).mean(axis=0))

    def half_width(self) -> FloatArray:
        """(outcomes, years) mean half width of the interval of a quick answer."""
        return self.half_widths.mean(axis=0)

    def right_signs(self) -> FloatArray:
        """(outcomes, years) share of the mixes with a clear change whose sign the estimate has; NaN without any."""
        clear = np.abs(self.truths) > self.half_widths
        right = clear & (np.sign(self.estimates) == np.sign(self.truths))
        with np.errstate(invalid="ignore"):
            return right.sum(axis=0) / np.where(clear.any(axis=0), clear.sum(axis=0), np.nan)

    def as_json(self) -> dict[str, Any]:
        """All that the page needs, see static/js/estimate.js."""
        return {
            "workers": self.size.workers,
            "points": self.size.points,
            "trials": self.size.trials,
            "years": list(self.years),
            "outcomes": list(ESTIMATED),
            "levers": [
                {"key": axis.lever, "parameter": axis.parameter, "neutral": axis.neutral, "low": axis.low,
                 "high": axis.high, "span": axis.span}
                for axis in self.axes
            ],
            "error": [[round(float(value), 5) for value in row] for row in self.error()],
            **self.regression.as_json(),
        }  # fmt: skip


def scaled(axes: tuple[Dimension, ...], mixes: FloatArray) -> FloatArray:
    """(mixes, axes) from -1 to 1: how far each parameter is from its neutral value."""
    return (mixes - np.array([axis.neutral for axis in axes])) / np.array([axis.span for axis in axes])


def fit_emulator(size: TrialSize, processes: int, progress: Silent) -> Emulator:
    """Run the mixes, fit the regression and try it on mixes of another draw. Raises UserError where a process dies."""
    axes = dimensions()
    learnt = drawn_mixes(axes, size.points, LEARNING_DRAW)
    tried = drawn_mixes(axes, size.trials, TRIAL_DRAW)
    seeds = range(1, size.seeds + 1)
    runs: list[tuple[dict[str, Any], int]] = [({}, seed) for seed in seeds]
    runs += [(settings_of(axes, mix), seeds[at % size.seeds]) for at, mix in enumerate(learnt)]
    runs += [(settings_of(axes, mix), seed) for mix in tried for seed in seeds]
    jobs = [Job(place, settings, seed) for place, (settings, seed) in enumerate(runs)]
    found = run_jobs(jobs, size.workers, size.until, processes, progress)
    return fit_to(size, axes, learnt, tried, found)


def fit_to(
    size: TrialSize, axes: tuple[Dimension, ...], learnt: FloatArray, tried: FloatArray, found: FloatArray
) -> Emulator:
    """The emulator of runs (seeds + points + trials x seeds, outcomes, years) in the order of ``fit_emulator``."""
    reference, mean = found[: size.seeds], found[: size.seeds].mean(axis=0)
    ends = size.seeds + size.points
    targets = changes(found[size.seeds : ends], reference[np.arange(size.points) % size.seeds], mean)
    shape = targets.shape[1:]
    flat = targets.reshape(len(targets), -1)
    spread = np.repeat(targets.std(axis=(0, 2)), shape[1])
    regression = fitted(scaled(axes, learnt), flat, np.where(spread > 0.0, spread, 1.0))
    estimates = regression.estimate(scaled(axes, tried)).reshape(len(tried), *shape)
    pairs = changes(found[ends:].reshape(len(tried), size.seeds, *shape), reference, mean)
    widths = [(high - low) / 2 for _, low, high in map(interval_of, pairs)]
    quick = np.stack(widths) * math.sqrt(size.seeds / PAIRS_OF_AN_ANSWER)
    opening = size.until - shape[1] + 1
    years = range(opening, size.until + 1)
    return Emulator(size, axes, years, regression, estimates, pairs.mean(axis=1), quick)
