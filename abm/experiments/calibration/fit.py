"""The method of simulated moments: parameters are sought with which the economy shows the moments on record.

Every trial runs the same seeds, so that two trials differ by their parameters only. The search is
CMA-ES (Hansen and Ostermeier 2001) from the values in use. What a moment is and how far a run is from the record is
said by an ``Aims``, which the command brings along.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, Protocol

from abm.errors import AccountingError, UserError
from abm.experiments.calibration.design import FitDesign
from abm.experiments.calibration.storage import Measured, Trial, TrialStore
from abm.experiments.ensembles.ensemble import run_ensemble
from abm.experiments.running.progress import PartProgress, Silent
from abm.results.results import Results
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["STORE", "Aims", "Fit", "Slope", "run_fit"]

STORE = "trials.sqlite3"
STEP = 0.1  # of a parameter's range, to each side, for a slope: wide enough that chance does not hide it

SMALLEST = 2_000  # workers, to see whether an economy can be opened at all


class Aims(Protocol):
    """What a fit aims at."""

    @property
    def description(self) -> str:
        """A text that changes with what is aimed at."""

    def measure(self, results: Results) -> Measured:
        """{name: number} of a run; NaN where a moment is not defined."""

    def distance(self, measured: Measured) -> float:
        """How far that is from the record; not finite where it is not known."""


class Slope(NamedTuple):
    """What was measured with one parameter a step below and above the best values, and these two values."""

    low: float
    high: float
    below: Measured
    above: Measured


@dataclass
class Fit:
    """What became of a fit.

    trials       every trial that ended, in order; the first is at the start
    before       measured with the scenario as it is
    slopes       {key: Slope} at the best values
    fresh        measured on seeds that no trial has seen, by "before" and "after"
    interrupted  whether something is missing because it was stopped
    """

    design: FitDesign
    trials: list[Trial]
    before: Measured = field(default_factory=dict)
    slopes: dict[str, Slope] = field(default_factory=dict)
    fresh: dict[str, Measured] = field(default_factory=dict)
    interrupted: bool = False
    failures: dict[str, Exception] = field(default_factory=dict)  # for ``finish``: failed trials are no fault

    @property
    def best(self) -> Trial | None:
        """The trial with the least distance, the first of several; None before any is finished."""
        finished = [trial for trial in self.trials if math.isfinite(trial.distance)]
        return min(finished, key=lambda trial: trial.distance) if finished else None


def run_fit(design: FitDesign, aims: Aims, folder: Path, progress: Silent | None = None) -> Fit:
    """Make the trials that are still missing in the folder, then the slopes and the check on fresh seeds.

    Ctrl-C keeps what is done, and the same call resumes there. A trial whose books do not close, or whose moments
    are not defined, is recorded as failed. Raises UserError for a bad design, for a folder that holds another fit, and
    whatever is no matter of the parameters: what ends the very first run, a want of memory, a process that died.
    """
    design = design.checked()
    with TrialStore(folder / STORE, design.ranges, design.start(), design.fingerprint(aims.description)) as store:
        fit = Fit(design, store.trials())
        work = _Work(fit, aims, store, progress or Silent())
        try:
            with work.progress:
                work.go()
        except KeyboardInterrupt:
            fit.interrupted = True
    return fit


class _Work:
    """One call of ``run_fit``: what is to be done, and how far it is."""

    def __init__(self, fit: Fit, aims: Aims, store: TrialStore, progress: Silent):
        self.fit, self.design, self.aims, self.store, self.progress = fit, fit.design, aims, store, progress
        self.each = self.design.length * self.design.seeds
        # Each slope takes two runs, the scenario as it is one, the fresh seeds two.
        extra = 2 * len(self.design.ranges) + 3
        self.total = self.each * (max(self.design.trials - len(fit.trials), 0) + extra)
        self.done = 0

    def go(self) -> None:
        self.fit.before = self.measure({}, self.design.span, "before", "the scenario as it is")
        while len(self.fit.trials) < self.design.trials:
            self.fit.trials.append(self.trial())
        best = self.fit.best
        if best is None:
            return
        for one in self.design.ranges:
            step = STEP * (one.high - one.low)
            low, high = max(best.values[one.key] - step, one.low), min(best.values[one.key] + step, one.high)
            name, label = f"slope:{best.number}:{one.key}", f"slope of {one.key}"
            below = self.attempt({**best.values, one.key: low}, self.design.span, f"{name}:below", label)
            above = self.attempt({**best.values, one.key: high}, self.design.span, f"{name}:above", label)
            self.fit.slopes[one.key] = Slope(low, high, below, above)
        for name, values in (("before", {}), ("after", best.values)):
            label = f"fresh:{'before' if name == 'before' else best.number}"
            self.fit.fresh[name] = self.attempt(values, self.design.fresh_span, label, "fresh seeds")

    def trial(self) -> Trial:
        """The next trial, recorded whatever comes of it."""
        number = len(self.fit.trials)
        handle, values = self.store.propose()
        best = self.fit.best
        label = f"trial {number + 1} of {self.design.trials}" + (f", best {best.distance:.3g}" if best else "")
        measured: Measured = {}
        distance, reason = math.nan, ""
        try:
            measured = self.run(values, self.design.span, label)
            distance = self.aims.distance(measured)
            lost = sorted(name for name in measured if math.isnan(measured[name]) and defined(self.fit.before, name))
            if lost or not math.isfinite(distance):
                distance, reason = math.nan, f"not defined: {', '.join(lost) or 'the distance'}"
        except (AccountingError, UserError, RuntimeError) as error:
            if number == 0 or not self.blames(values, error):
                raise
            reason = " ".join(str(error).split())
        trial = Trial(handle.number, values, measured, distance, reason)
        self.store.record(handle, trial)
        return trial

    def blames(self, values: dict[str, float], error: Exception) -> bool:
        """Whether a run ended for its parameters; a want of memory, or a process that died, says nothing of them."""
        from abm.model import Model

        if not isinstance(error, UserError):
            return True
        try:
            Model(SMALLEST, rng=self.design.first_seed, policy=self.scenario(values))
        except UserError:
            return True
        return False

    def attempt(self, values: dict[str, float], seeds: Iterable[int], name: str, label: str) -> Measured:
        """The same as ``measure``; nothing where the run fails for its parameters."""
        try:
            return self.measure(values, seeds, name, label)
        except (AccountingError, UserError, RuntimeError) as error:
            if not self.blames(values, error):
                raise
        self.store.keep(name, {})
        return {}

    def measure(self, values: dict[str, float], seeds: Iterable[int], name: str, label: str) -> Measured:
        """What was kept under the name, or what a run gives."""
        kept = self.store.kept(name)
        if kept is not None:
            self.done += self.each
            return kept
        measured = self.run(values, seeds, label)
        self.store.keep(name, measured)
        return measured

    def scenario(self, values: dict[str, float]) -> Scenario:
        """The scenario with its settings and these values."""
        return load_scenario(self.design.loaded, {f"assumptions.{key}": value for key, value in values.items()})

    def run(self, values: dict[str, float], seeds: Iterable[int], label: str) -> Measured:
        scenario = self.scenario(values)
        part = PartProgress(self.progress, label, self.done, self.total)
        results = run_ensemble(scenario, self.design.workers, seeds, self.design.quarters, progress=part)
        if results.interrupted:
            raise KeyboardInterrupt
        self.done += self.each
        for error in results.failures.values():
            raise error
        return self.aims.measure(results)


def defined(measured: Measured, name: str) -> bool:
    return name in measured and not math.isnan(measured[name])
