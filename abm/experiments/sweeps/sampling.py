"""How a design draws its worlds: a grid, a list, or the designs of SALib (Latin hypercube, Sobol, Morris)."""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from abm.errors import UserError, placed
from abm.experiments.sweeps.axes import Axis, Levels, UncertaintyRange
from abm.scenarios.places import Place
from abm.values import Choice, Number

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["METHODS", "Sampling", "draw_worlds", "read_sampling"]

# Method -> the settings it takes beside its name.
METHODS: dict[str, tuple[str, ...]] = {
    "grid": (),
    "list": (),
    "latin_hypercube": ("samples", "seed"),
    "sobol": ("samples", "seed"),
    "morris": ("samples", "seed", "levels"),
}
METHOD = Choice(tuple(METHODS), "unknown sampling {value}")
SETTINGS = {
    "samples": Number(1, whole=True),
    "seed": Number(0, 2**32 - 1, whole=True),
    "levels": Number(2, whole=True),
}


@dataclass(frozen=True)
class Sampling:
    """A method and its settings.

    ``samples`` counts worlds for a Latin hypercube, base samples for Sobol (each has axes + 2 worlds) and trajectories
    for Morris (each has axes + 1). ``levels`` is the grid of Morris, an even number; ``seed`` that of the design.
    """

    method: str = "grid"
    samples: int = 64
    seed: int = 1
    levels: int = 4

    def described(self) -> dict[str, Any]:
        """The settings that the method uses."""
        return {"method": self.method, **{name: getattr(self, name) for name in METHODS[self.method]}}

    def count(self, axes: Sequence[Axis], points: Sequence[dict[str, Any]]) -> int:
        """How many worlds there will be, known before any is drawn."""
        if self.method == "list":
            return len(points)
        if self.method == "grid":
            return math.prod(axis.steps if isinstance(axis, UncertaintyRange) else len(axis.values) for axis in axes)
        extra = {"latin_hypercube": 0, "sobol": len(axes) + 2, "morris": len(axes) + 1}[self.method]
        return self.samples * max(extra, 1)


def read_sampling(value: Any, axes: Sequence[Axis], points: Sequence[dict[str, Any]], place: Place) -> Sampling:
    """The sampling of a design file. Raises UserError where it does not fit the axes."""
    here = place.of("sampling")
    usual = "list" if points else "grid"
    given: dict[str, Any] = dict(value) if isinstance(value, dict) else {"method": value or usual}
    with placed(here):
        method = METHOD.checked(given.pop("method", usual), "sampling")
    for name, number in given.items():
        if name not in METHODS[method]:
            known = ", ".join(METHODS[method]) or "nothing"
            raise UserError(f"{place.of('sampling', name)}: {method} takes {known}, not '{name}'")
        with placed(place.of("sampling", name)):
            given[name] = SETTINGS[name].checked(number, f"sampling.{name}")
    if (method == "list") != bool(points):
        text = "`points` belong to sampling: list" if points else "sampling: list needs `points`, a list of worlds"
        raise UserError(f"{place.of('points') if points else here}: {text}")
    if method not in ("grid", "list") and not axes:
        raise UserError(f"{here}: {method} needs uncertainties to draw")
    if method == "morris" and any(isinstance(axis, Levels) for axis in axes):
        name = next(axis.key for axis in axes if isinstance(axis, Levels))
        raise UserError(f"{place.of('uncertainties', name)}: morris moves along ranges; give {{low, high}} for {name}")
    sampling = Sampling(method, **given)
    if method == "morris" and sampling.levels % 2:
        raise UserError(f"{here}: levels of morris should be an even number")
    if method == "sobol" and sampling.samples & (sampling.samples - 1):
        raise UserError(f"{here}: samples of sobol should be a power of two, such as 32 or 64")
    return sampling


def draw_worlds(
    sampling: Sampling, axes: Sequence[Axis], points: Sequence[dict[str, Any]]
) -> tuple[tuple[dict[str, Any], ...], dict[str, Any]]:
    """The worlds, and the problem as SALib describes it (empty for a grid or a list)."""
    if sampling.method == "list":
        return tuple(dict(point) for point in points), {}
    keys = [axis.key for axis in axes]
    if sampling.method == "grid":
        crossed = itertools.product(*(axis.levels() for axis in axes))
        return tuple(dict(zip(keys, values, strict=True)) for values in crossed), {}
    # Morris steps on a grid that includes both ends; the others draw from intervals of equal chance.
    bounds = [list(axis.ends if sampling.method == "morris" else axis.bounds) for axis in axes]
    problem = {"num_vars": len(axes), "names": keys, "bounds": bounds}
    drawn = _drawn(sampling, problem)
    worlds = tuple({axis.key: axis.value(x) for axis, x in zip(axes, row, strict=True)} for row in drawn.tolist())
    return worlds, problem


def _drawn(sampling: Sampling, problem: dict[str, Any]) -> FloatArray:
    """(worlds, axes) numbers within the bounds."""
    try:
        from SALib.sample import latin, morris, sobol
    except ImportError:
        raise UserError(
            f"sampling {sampling.method} needs SALib; install it with pip install 'xinzhi[sweep]'"
        ) from None
    if sampling.method == "morris":
        return morris.sample(problem, sampling.samples, num_levels=sampling.levels, seed=sampling.seed)
    if sampling.method == "sobol":
        return sobol.sample(problem, sampling.samples, calc_second_order=False, seed=sampling.seed)
    return latin.sample(problem, sampling.samples, seed=sampling.seed)
