"""The trials of a fit and the proposals of CMA-ES, in a file that survives whatever ends the program.

Optuna keeps the trials in SQLite, where a write happens wholly or not at all. A proposal depends on the trials that
have ended and on nothing else: a fit that was broken off makes the same proposals as an unbroken one. A trial that was
under way is run again with its own values.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from abm.errors import UserError
from abm.experiments.calibration.design import SearchRange

if TYPE_CHECKING:
    from optuna.trial import FrozenTrial
    from optuna.trial import Trial as Handle

    from abm.arrays import FloatArray

__all__ = ["Measured", "Search", "Trial", "TrialStore", "check_packages"]

STUDY = "fit"
SEED = 20_240_101  # of the proposals; the seeds of the economy have nothing to do with it
FIRST_REACH = 0.2  # deviation of the first proposals from the start, as a part of the ranges
DIGITS = 6  # of a proposed value, so that the file which is written at the end has the very same
WAIT_SECONDS = 60.0  # for another process that writes

Measured: TypeAlias = Mapping[str, float]


@dataclass(frozen=True)
class Trial:
    """One trial: its values, what was measured and its distance, or why it failed (``distance`` is then NaN)."""

    number: int
    values: dict[str, float]
    measured: Measured
    distance: float
    failure: str = ""


def check_packages() -> None:
    """Raise UserError where the packages of the extra ``fit`` are missing."""
    try:
        import cmaes  # noqa: F401
        import optuna  # noqa: F401
    except ImportError:
        raise UserError("fitting needs optuna and cmaes; install them with: pip install 'xinzhi[fit]'") from None


class Search:
    """CMA-ES over the ranges as parts of one: ``propose`` values, ``learn`` from each trial in order.

    The first proposal is the start. A failed trial teaches nothing, another takes its place in the generation.
    """

    def __init__(self, ranges: tuple[SearchRange, ...], start: Mapping[str, float]):
        from cmaes import CMA

        self._ranges, self._start = ranges, dict(start)
        unit = np.tile([0.0, 1.0], (len(ranges), 1))
        self._strategy = CMA(self._parts(self._start), FIRST_REACH, bounds=unit, seed=SEED)
        self._generation: list[tuple[FloatArray, float]] = []
        self._learnt = 0

    def propose(self) -> dict[str, float]:
        """The next values; to be called once for each trial."""
        if self._learnt == 0:
            return self._start
        parts = self._strategy.ask()
        return {
            one.key: _rounded(one.low + float(part) * (one.high - one.low), one)
            for one, part in zip(self._ranges, parts, strict=True)
        }

    def learn(self, trial: Trial) -> None:
        """Take in what came of the values proposed last."""
        self._learnt += 1
        if self._learnt == 1 or not math.isfinite(trial.distance):
            return
        self._generation.append((self._parts(trial.values), trial.distance))
        if len(self._generation) == self._strategy.population_size:
            self._strategy.tell(self._generation)
            self._generation = []

    def _parts(self, values: Mapping[str, float]) -> FloatArray:
        return np.array([(values[one.key] - one.low) / (one.high - one.low) for one in self._ranges])


class TrialStore:
    """The file behind a fit: ``propose`` a trial, then ``record`` it; ``keep`` other measurements."""

    def __init__(self, path: Path, ranges: tuple[SearchRange, ...], start: Mapping[str, float], fingerprint: str):
        check_packages()
        import optuna

        optuna.logging.set_verbosity(optuna.logging.ERROR)
        self._path, self._ranges = path, ranges
        with self._faults():
            # Braces would be read as places to fill in.
            address = f"sqlite:///{path}".replace("{", "{{").replace("}", "}}")
            engine = {"connect_args": {"timeout": WAIT_SECONDS}}
            self._storage = optuna.storages.RDBStorage(address, engine_kwargs=engine)
            sampler = optuna.samplers.RandomSampler(seed=SEED)  # never asked: every value is enqueued
            self._study = optuna.create_study(
                storage=self._storage, study_name=STUDY, sampler=sampler, load_if_exists=True
            )
            self._check(fingerprint)
        self._search = Search(ranges, start)
        for trial in self.trials():
            self._search.propose()
            self._search.learn(trial)

    def __enter__(self) -> TrialStore:
        return self

    def __exit__(self, *exception: object) -> None:
        self._storage.remove_session()
        self._storage.engine.dispose()

    @contextmanager
    def _faults(self) -> Iterator[None]:
        """Say in one line what is wrong with the file: no store, a full disk, another process that works on it."""
        from optuna.exceptions import OptunaError
        from sqlalchemy.exc import SQLAlchemyError

        try:
            yield
        except (SQLAlchemyError, OptunaError, OSError, ValueError) as error:
            raise UserError(f"{self._path}: cannot be used ({_reason(error)}); what it holds is kept") from None

    def _check(self, fingerprint: str) -> None:
        known = self._study.user_attrs.get("fingerprint")
        if known is None:
            self._study.set_user_attr("fingerprint", fingerprint)
        elif known != fingerprint:
            raise UserError(f"{self._path}: holds another fit; give another --out, or remove the file to begin anew")

    def trials(self) -> list[Trial]:
        """Every trial that has ended, in order."""
        return [_trial(one) for one in self._study.get_trials(deepcopy=False) if one.state.is_finished()]

    def propose(self) -> tuple[Handle, dict[str, float]]:
        """The next trial and its values: those of the trial under way when the program ended, if there was one."""
        import optuna

        states = optuna.trial.TrialState
        # Asked for even if it is not used, so that the search is where it would be in an unbroken fit.
        values = self._search.propose()
        with self._faults():
            running = self._study.get_trials(deepcopy=False, states=(states.RUNNING,))
            if running:
                handle = optuna.trial.Trial(self._study, running[0]._trial_id)
            else:
                if not self._study.get_trials(deepcopy=False, states=(states.WAITING,)):
                    self._study.enqueue_trial(values)
                handle = self._study.ask()
            return handle, {one.key: handle.suggest_float(one.key, one.low, one.high) for one in self._ranges}

    def record(self, handle: Handle, trial: Trial) -> None:
        """Write what came of a trial, and let the search learn from it."""
        import optuna

        with self._faults():
            handle.set_user_attr("measured", json.dumps(dict(trial.measured)))
            if trial.failure:
                handle.set_user_attr("failure", trial.failure)
                self._study.tell(handle, state=optuna.trial.TrialState.FAIL)
            else:
                self._study.tell(handle, trial.distance)
        self._search.learn(trial)

    def keep(self, name: str, measured: Measured) -> None:
        """Keep a measurement that is no trial."""
        with self._faults():
            self._study.set_user_attr(f"kept:{name}", json.dumps(dict(measured)))

    def kept(self, name: str) -> Measured | None:
        """What was kept under the name, None where there is nothing."""
        text = self._study.user_attrs.get(f"kept:{name}")
        return None if text is None else json.loads(text)


def _trial(one: FrozenTrial) -> Trial:
    measured = json.loads(one.user_attrs.get("measured", "{}"))
    distance = math.nan if one.value is None else float(one.value)
    return Trial(one.number, dict(one.params), measured, distance, one.user_attrs.get("failure", ""))


def _rounded(value: float, bounds: SearchRange) -> float:
    return min(max(float(f"{value:.{DIGITS}g}"), bounds.low), bounds.high)


def _reason(error: Exception) -> str:
    origin = getattr(error, "orig", None) or getattr(error.__cause__, "orig", None) or error
    return " ".join(str(origin).split()) or type(error).__name__
