"""The runs behind a posterior: parameters drawn from their priors, each world on a seed of its own.

A prior is a range with a source; within it every value is as likely as another. The worlds are a Latin hypercube over
all of them, run as a sweep, so that they are kept, resumed and shared between processes as every sweep is.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from abm.errors import UserError, placed
from abm.experiments.calibration.design import SearchRange, checked_range
from abm.experiments.sweeps.axes import UncertaintyRange
from abm.experiments.sweeps.design import Design
from abm.experiments.sweeps.sampling import Sampling, draw_worlds
from abm.scenarios.scenario import load_scenario

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["ESTIMATED", "Prior", "draws_design", "prior_design", "read_priors"]

ESTIMATED = Path(__file__).with_name("estimated.csv")
COLUMNS = ["parameter", "low", "high", "source"]
FIRST_SEED = 100_001  # of the worlds, far from the seeds on which results are reported
LEAST = 2  # parameters
SEED = 1  # of the hypercube


@dataclass(frozen=True)
class Prior:
    """The range of a parameter before the data are seen, and where the range is from."""

    range: SearchRange
    source: str

    @property
    def key(self) -> str:
        """The dotted key of the parameter."""
        return self.range.key


def read_priors(path: str | Path = ESTIMATED) -> tuple[Prior, ...]:
    """The priors in a table with the columns parameter, low, high and source. Raises UserError."""
    label = Path(path).name
    try:
        with Path(path).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError) as error:
        raise UserError(f"{path}: cannot be read ({getattr(error, 'strerror', None) or 'no text'})") from None
    if len(rows) < LEAST or list(rows[0]) != COLUMNS:
        raise UserError(f"{label}: give a table with the columns {', '.join(COLUMNS)} and at least {LEAST} rows")
    priors = [_prior(row, f"{label}, line {number}") for number, row in enumerate(rows, start=2)]
    keys = [one.key for one in priors]
    for key in keys:
        if keys.count(key) > 1:
            raise UserError(f"{label}: {key} is there twice; remove one")
    return tuple(priors)


def _prior(row: dict[str, str], here: str) -> Prior:
    with placed(here):
        try:
            bounds = (float(row["low"]), float(row["high"]))
        except (TypeError, ValueError):
            raise UserError(f"{row['parameter']}: low and high should be numbers") from None
        if not (row["source"] or "").strip():
            raise UserError(f"{row['parameter']}: say in the column source where the range is from")
    return Prior(checked_range(str(row["parameter"]), bounds, here), row["source"].strip())


def prior_design(
    priors: Sequence[Prior], worlds: int, workers: int, quarters: int, scenario: str = "no_ai", seed: int = FIRST_SEED
) -> Design:
    """So many worlds over the priors, each on its own seed, all outcomes by quarter. Raises UserError."""
    axes = tuple(UncertaintyRange(one.key, one.range.low, one.range.high) for one in priors)
    sampling = Sampling("latin_hypercube", worlds, SEED)
    drawn, problem = draw_worlds(sampling, axes, ())
    rounded = tuple({key: _rounded(value) for key, value in world.items()} for world in drawn)
    return Design(
        "posterior", "Which parameters show the moments on record?", load_scenario(scenario), axes, sampling, rounded,
        {"none": {}}, (seed,), workers, quarters, "quarters", problem, own_seeds=True,
    )  # fmt: skip


def draws_design(
    name: str, keys: Sequence[str], draws: FloatArray, workers: int, quarters: int, scenario: str, seed: int
) -> Design:
    """The worlds of (draws, parameters), each on its own seed; without parameters, the scenario as it is."""
    worlds = tuple({key: float(value) for key, value in zip(keys, row, strict=True)} for row in draws)
    return Design(
        name, "What moments does the model show?", load_scenario(scenario), (), Sampling("list"), worlds, {"none": {}},
        (seed,), workers, quarters, "quarters", own_seeds=True,
    )  # fmt: skip


def _rounded(value: float) -> float:
    return float(f"{value:.6g}") if math.isfinite(value) else value
