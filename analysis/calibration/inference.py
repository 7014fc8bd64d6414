"""From the moments on record to a posterior of the parameters, and whether the way there can be trusted.

The likelihood is that of Christiano, Trabandt and Walentin (2010): the moments of the record are normal around those of
the model, with the covariance that a bootstrap of the record gives, to which the error of the emulator is added. The
posterior over the ranges of the priors is drawn by the affine-invariant ensemble of Goodman and Weare (2010).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.calibration.emulator import MomentEmulator, fit_emulator, parts_of, terms
from xinzhi.analysis.calibration.quarterly import QuarterlyRecord

if TYPE_CHECKING:
    from collections.abc import Callable

    from abm.arrays import FloatArray

__all__ = ["LEVELS", "Likelihood", "PosteriorDraws", "Recovery", "emulator_of", "posterior_of", "recovery_of", "sample"]

WALKERS = 200
STEPS = 3000
STEPS_OF_A_TRIAL = 1000
STEPS_TO_THE_TOP = 300
STRETCH = 1.5
STARTS = 20_000  # draws of the prior among which walkers begin
LEVELS = (0.5, 0.8, 0.9)
MEASURED = 40  # runs whose chance is measured
KEPT_PARTS = 20  # the chain is thinned to so many draws of each walker


class Likelihood:
    """The logarithm of the density of a record, without a constant: normal around the emulator's moments."""

    def __init__(self, emulator: MomentEmulator, observed: QuarterlyRecord):
        covariance = observed.covariance + emulator.error
        independent = np.linalg.inv(np.linalg.cholesky(covariance)).T  # makes differences so, with variance 1
        self._ranges = emulator.ranges
        self._coefficients = emulator.coefficients @ independent
        self._moments = observed.moments @ independent

    def __call__(self, parameters: FloatArray) -> FloatArray:
        """(points,) of (points, parameters)."""
        # einsum is faster here than a product by many threads, which wait for each other on a busy machine.
        differences = np.einsum("pt,tm->pm", terms(parts_of(parameters, self._ranges)), self._coefficients)
        return np.asarray(-0.5 * ((differences - self._moments) ** 2).sum(axis=1))


@dataclass(frozen=True)
class PosteriorDraws:
    """Draws (draws, parameters) in random order, and how well the chain has mixed (Gelman and Rubin's ratio).

    ``highest`` is the largest logarithm of the density that was met, ``misfit`` the factor by which variances were
    raised since the model cannot show all moments at once.
    """

    draws: FloatArray
    mixing: FloatArray
    accepted: float
    highest: float
    misfit: float = 1.0

    def interval(self, level: float) -> FloatArray:
        """(2, parameters) with equal tails."""
        return np.quantile(self.draws, [0.5 - level / 2, 0.5 + level / 2], axis=0)


class Recovery(NamedTuple):
    """Trials in which a run at known parameters took the place of the record.

    covered  {level: share of parameters and trials in which the interval held the truth}
    shrunk   (parameters,) mean standard deviation of the posteriors over that of the prior
    trials   how many there were
    """

    covered: dict[float, float]
    shrunk: FloatArray
    trials: int


def posterior_of(
    emulator: MomentEmulator, observed: QuarterlyRecord, steps: int = STEPS, seed: int = 1
) -> PosteriorDraws:
    """The posterior of a record.

    Where the model misses the moments by more than their errors wherever its parameters are, their variances are raised
    until they explain the distance of the nearest (Birge 1932), so that the intervals hold what the model lacks too.
    """
    likelihood = Likelihood(emulator, observed)
    first = sample(likelihood, emulator.ranges, STEPS_TO_THE_TOP, seed)
    misfit = max(1.0, -2.0 * first.highest / len(observed.moments))
    found = sample(lambda parameters: likelihood(parameters) / misfit, emulator.ranges, steps, seed)
    return replace(found, misfit=misfit)


def sample(density: Callable[[FloatArray], FloatArray], ranges: FloatArray, steps: int, seed: int) -> PosteriorDraws:
    """Draws of a density (its logarithm) over a box, by walkers that stretch towards and away from each other.

    They begin where a sample of the prior, weighted by a flattened density, finds it worth while; the first half of
    the steps is not kept.
    """
    generator = np.random.default_rng(seed)
    low, high = ranges.T
    count = len(low)
    starts = generator.uniform(low, high, size=(STARTS, count))
    weights = density(starts)
    weights = np.exp((weights - weights.max()) / count)
    at = generator.choice(STARTS, WALKERS, replace=False, p=weights / weights.sum())
    walkers, height = starts[at], density(starts[at])
    chain, accepted, highest = [], 0, float(height.max())
    half = WALKERS // 2
    for step in range(steps):
        for own in (slice(0, half), slice(half, WALKERS)):
            other = walkers[half:] if own.start == 0 else walkers[:half]
            stretch = ((STRETCH - 1.0) * generator.uniform(size=half) + 1.0) ** 2 / STRETCH
            towards = other[generator.integers(half, size=half)]
            asked = towards + stretch[:, None] * (walkers[own] - towards)
            inside = ((asked >= low) & (asked <= high)).all(axis=1)
            found = np.where(inside, density(np.clip(asked, low, high)), -np.inf)
            taken = np.log(generator.uniform(size=half)) < (count - 1) * np.log(stretch) + found - height[own]
            walkers[own] = np.where(taken[:, None], asked, walkers[own])
            height[own] = np.where(taken, found, height[own])
            accepted += int(taken.sum())
        highest = max(highest, float(height.max()))
        if 2 * step >= steps:
            chain.append(walkers.copy())
    kept = np.array(chain)
    thin = max(len(kept) // KEPT_PARTS, 1)
    draws = kept[thin - 1 :: thin].reshape(-1, count)
    return PosteriorDraws(generator.permutation(draws), mixing_of(kept), accepted / (steps * WALKERS), highest)


def mixing_of(chain: FloatArray) -> FloatArray:
    """(parameters,) Gelman and Rubin's ratio of (steps, walkers, parameters), in groups of walkers and halves."""
    steps, walkers, count = chain.shape
    groups = chain[: steps // 2 * 2].reshape(2, steps // 2, 10, walkers // 10, count).transpose(0, 2, 1, 3, 4)
    groups = groups.reshape(20, -1, count)
    within = groups.var(axis=1, ddof=1).mean(axis=0)
    return np.asarray(np.sqrt(1.0 + groups.mean(axis=1).var(axis=0, ddof=1) / within))


def emulator_of(parameters: FloatArray, rates: Sequence[FloatArray], ranges: FloatArray) -> MomentEmulator:
    """The emulator of runs at (runs, parameters) with their rates, which knows how much of them is chance."""
    moments = np.array([QuarterlyRecord(one).moments for one in rates])
    some = rates[:: max(len(rates) // MEASURED, 1)]
    chance = np.mean([np.diag(QuarterlyRecord(one).sampled) for one in some], axis=0)
    return fit_emulator(parameters, moments, ranges, chance)


def recovery_of(parameters: FloatArray, rates: Sequence[FloatArray], ranges: FloatArray, trials: int) -> Recovery:
    """Take the last runs for records in turn, with an emulator of the others: is the truth where it should be?

    ``rates`` are those of each run, of which the moments and their bootstrap are taken as of the record.
    """
    trials = min(trials, len(rates) // 2)
    emulator = emulator_of(parameters[:-trials], rates[:-trials], ranges)
    held: dict[float, list[FloatArray]] = {level: [] for level in LEVELS}
    widths = []
    for trial in range(trials):
        truth = parameters[len(parameters) - 1 - trial]
        found = posterior_of(emulator, QuarterlyRecord(rates[len(rates) - 1 - trial]), STEPS_OF_A_TRIAL, seed=trial)
        for level in LEVELS:
            low, high = found.interval(level)
            held[level].append((low <= truth) & (truth <= high))
        widths.append(found.draws.std(axis=0))
    flat = (ranges[:, 1] - ranges[:, 0]) / np.sqrt(12.0)
    covered = {level: float(np.mean(rows)) for level, rows in held.items()}
    return Recovery(covered, np.mean(widths, axis=0) / flat, trials)
