"""An estimate from a sweep over the priors: the posterior, its checks, and what is written and said of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.calibration.emulator import MomentEmulator
from xinzhi.analysis.calibration.inference import (
    LEVELS,
    PosteriorDraws,
    Recovery,
    emulator_of,
    posterior_of,
    recovery_of,
)
from xinzhi.analysis.calibration.quarterly import MOMENT_NAMES, WINDOW, growth_rates, record, shown
from xinzhi.analysis.figures.style import GRID, INK, SCENARIO_COLOURS, Room, dress, new_figure
from xinzhi.analysis.reading.text import aligned, wrapped

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from abm import Sweep
    from abm.arrays import FloatArray

__all__ = ["PosteriorEstimate", "estimate_from", "posterior_text", "posterior_writing"]

BAND = 0.9  # of the runs, for the check by prediction
INFORMED = 0.8  # standard deviation over that of the prior, below which the record says something of a parameter
MIXED = 1.1  # Gelman and Rubin's ratio up to which the chain is taken to have converged


@dataclass
class PosteriorEstimate:
    """What a record says of parameters.

    predicted  {"before": moments of runs of the model as it is, "after": of draws}, (runs, moments) each
    """

    keys: Sequence[str]
    emulator: MomentEmulator
    posterior: PosteriorDraws
    recovery: Recovery
    runs: int
    failed: int
    first_seed: int
    predicted: dict[str, FloatArray] = field(default_factory=dict)

    def predict(self, name: str, runs: Sweep) -> None:
        """Take in the moments of runs under a name."""
        from xinzhi.analysis.calibration.quarterly import moments_of

        self.predicted[name] = np.array([moments_of(one) for one in _rates(runs)[1]])

    @property
    def shrunk(self) -> FloatArray:
        """(parameters,) standard deviation over that of the prior."""
        low, high = self.emulator.ranges.T
        return np.asarray(self.posterior.draws.std(axis=0) / ((high - low) / np.sqrt(12.0)))

    def inside(self, name: str) -> FloatArray:
        """(moments,) whether the record lies within the band of the runs of that name."""
        low, high = np.quantile(self.predicted[name], [0.5 - BAND / 2, 0.5 + BAND / 2], axis=0)
        moments = record().moments
        return np.asarray((low <= moments) & (moments <= high))


def estimate_from(keys: Sequence[str], ranges: FloatArray, runs: Sweep, trials: int) -> PosteriorEstimate:
    """The estimate from a sweep over the priors, with as many trials of recovery."""
    points, rates = _rates(runs)
    parameters = runs.points.set_index("point").loc[points, list(keys)].to_numpy(dtype=float)
    emulator = emulator_of(parameters, rates, ranges)
    found = posterior_of(emulator, record())
    recovery = recovery_of(parameters, rates, ranges, trials)
    failed = int(runs.design["runs"]) - len(rates)
    return PosteriorEstimate(keys, emulator, found, recovery, len(rates), failed, int(runs.design["seeds"][0]))


def _rates(runs: Sweep) -> tuple[list[int], list[FloatArray]]:
    """The points whose runs have every rate, and these rates."""
    points, rates = [], []
    for point, rows in runs.outcomes.sort_values(["point", "quarter"], kind="stable").groupby("point"):
        found = growth_rates(rows)
        if found is not None:
            points.append(int(point))
            rates.append(found)
    return points, rates


def posterior_writing(
    found: PosteriorEstimate, sources: Mapping[str, str]
) -> tuple[dict[str, pd.DataFrame], dict[str, Figure | None]]:
    """The tables and the figure: parameters, moments, and trials of recovery."""
    import pandas as pd

    low, high = found.emulator.ranges.T
    draws = found.posterior.draws
    parameters = pd.DataFrame({
        "parameter": list(found.keys), "prior_low": low, "prior_high": high, "mean": draws.mean(axis=0),
        "median": np.median(draws, axis=0), "low_90": found.posterior.interval(0.9)[0],
        "high_90": found.posterior.interval(0.9)[1], "deviation_over_prior": found.shrunk,
        "mixing": found.posterior.mixing, "deviation_over_prior_in_recovery": found.recovery.shrunk,
        "source_of_the_prior": [sources[key] for key in found.keys],
    })  # fmt: skip
    recovery = pd.DataFrame({"interval": list(found.recovery.covered), "covered": found.recovery.covered.values()})
    tables = {"parameters": parameters, "moments": moments_table(found), "recovery": recovery}
    return tables, {"posterior": posterior_figure(found)}


def moments_table(found: PosteriorEstimate) -> pd.DataFrame:
    """A row for each moment: on record with its standard error, and with the model as it is and with the draws."""
    import pandas as pd

    observed = record()
    error = np.sqrt(np.diag(observed.covariance))
    table = pd.DataFrame({"moment": list(MOMENT_NAMES), "on_record": shown(observed.moments)})
    table["low_on_record"], table["high_on_record"] = (
        shown(observed.moments + side * 1.645 * error) for side in (-1, 1)
    )
    for name, runs in found.predicted.items():
        table[name] = shown(np.median(runs, axis=0))
        table[f"{name}_low"], table[f"{name}_high"] = shown(np.quantile(runs, [0.5 - BAND / 2, 0.5 + BAND / 2], axis=0))
        table[f"{name}_inside"] = found.inside(name)
    table["explained_by_the_emulator"] = found.emulator.explained
    return table


def posterior_text(found: PosteriorEstimate) -> str:
    """What was found, in tables and sentences."""
    rows = [["parameter", "prior", "mean", "90 % interval", "s.d. over prior"]]
    interval = found.posterior.interval(0.9)
    for at, key in enumerate(found.keys):
        low, high = found.emulator.ranges[at]
        rows.append([
            key, f"{low:g} to {high:g}", f"{found.posterior.draws[:, at].mean():.3g}",
            f"{interval[0][at]:.3g} to {interval[1][at]:.3g}", f"{found.shrunk[at]:.2f}",
        ])  # fmt: skip
    table = moments_table(found)
    moments = [["moment", "on record", "before", "after", "inside"]]
    for row in table.itertuples():
        inside = "yes" if row.after_inside else "no"
        moments.append([row.moment, f"{row.on_record:.2f}", f"{row.before:.2f}", f"{row.after:.2f}", inside])
    words = "\n".join(wrapped(sentence, 2) for sentence in _sentences(found))
    return "\n\n".join([aligned(rows, right=(2, 3, 4)), aligned(moments, right=(1, 2, 3)), words])


def _sentences(found: PosteriorEstimate) -> list[str]:
    informed = sum(found.shrunk < INFORMED)
    covered = ", ".join(f"{level:.0%} intervals {found.recovery.covered[level]:.0%}" for level in LEVELS)
    sentences = [
        f"Record {WINDOW}; {found.runs:,} runs over the priors, {found.failed} more failed or left out; the emulator "
        f"explains {np.median(found.emulator.explained):.0%} of a moment's variance over the prior (median).",
        f"The record says something of {informed} of {len(found.keys)} parameters "
        f"(standard deviation below {INFORMED:g} of "
        "the prior's); of the others the posterior is the prior.",
        f"Recovery, {found.recovery.trials} runs in place of the record: {covered} of the true values.",
        f"Within the {BAND:.0%} band of runs lie {found.inside('before').sum()} of {len(MOMENT_NAMES)} moments of the "
        f"record with the model as it is and {found.inside('after').sum()} with draws of the posterior.",
    ]
    if found.posterior.misfit > 1.0:
        sentences.append(
            f"The model shows the moments at no parameters: their variances are raised by "
            f"{found.posterior.misfit:.1f}, so that the intervals hold what it lacks."
        )
    if (worst := float(found.posterior.mixing.max())) > MIXED:
        sentences.append(f"The chain has not mixed (ratio {worst:.2f}); do not use the draws.")
    return sentences


def posterior_figure(found: PosteriorEstimate) -> Figure:
    """Each parameter's 90 and 50 % interval within its prior."""
    footer = [f"Bars: 90 % and 50 % intervals as parts of the prior's range, dot: median. Record of {WINDOW}."]
    title = f"{found.runs:,} runs of the model over the priors"
    figure, axes = new_figure(
        1, 1, (6.4, 0.3 * len(found.keys) + 1.0), "What the record leaves of the priors", title, footer, Room(2.4, 0.5)
    )
    low, high = found.emulator.ranges.T
    parts = (found.posterior.draws - low) / (high - low)
    place = np.arange(len(found.keys))[::-1]
    for level, width in ((0.9, 3.0), (0.5, 7.0)):
        ends = np.quantile(parts, [0.5 - level / 2, 0.5 + level / 2], axis=0)
        axes[0].hlines(place, *ends, color=SCENARIO_COLOURS[0], linewidth=width)
    axes[0].plot(np.median(parts, axis=0), place, "o", color=INK, markersize=4)
    axes[0].set_yticks(place, list(found.keys))
    axes[0].set_xlim(0, 1)
    axes[0].set_xticks([0, 1], ["low end", "high end"])
    axes[0].grid(axis="x", color=GRID)
    dress(axes[0], "", "part of the range of the prior")
    return figure
