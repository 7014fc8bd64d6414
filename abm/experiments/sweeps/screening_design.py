"""The design of `xinzhi screen`: which of all numbers move the headlines, each over what is known of its range.

Every number that is assumed or tuned is moved at once, in a Latin hypercube; each world has a seed of its own, and the
same worlds are run with and without AI. The range is the plausible one of a number (abm.parameters.plausible) where
the value in use lies in it, else so many per cent of that value to either side, within the bounds of the parameter. A
number goes two thirds of the way only, and its effect is scaled up: with hundreds of numbers at the ends of their
ranges at once, three in ten economies could not be opened.

Trajectories of Morris (1991), where one number goes at a time, need ten times the runs: the draws of an economy of a
few thousand people change with anything, and what a step of one number does drowns in that. In a hypercube every run
says something about every number.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter

from abm.errors import UserError
from abm.experiments.sweeps.axes import UncertaintyRange
from abm.experiments.sweeps.design import Design
from abm.experiments.sweeps.sampling import Sampling, draw_worlds
from abm.parameters import ParameterInformation, describe_parameters, parameter_named
from abm.parameters.plausible import plausible_range
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.resolution import parameters_of
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["WIDTH", "ScreenedNumber", "screened", "screening_designs"]

WIDTH = 0.3  # of the value in use, to either side, where no range is known
PART = 1.5  # a number goes so many times less far in a run
FIRST_SEED = 200_001  # of the worlds, far from the seeds on which results are reported
MOVED = ("assumed", "tuned")


@dataclass(frozen=True)
class ScreenedNumber:
    """A number that is moved: what is known of it, how far it goes, and whether its range is the plausible one.

    ``scale`` leads from an effect between the ends to that over the range.
    """

    information: ParameterInformation
    low: float
    high: float
    declared: bool
    scale: float = 1.0

    @property
    def key(self) -> str:
        """The dotted key."""
        return self.information.key

    @property
    def ends(self) -> tuple[float, float]:
        """The range that its effect is of."""
        value, lower, upper = self.information.default, self.information.lower, self.information.upper
        low, high = value - self.scale * (value - self.low), value + self.scale * (self.high - value)
        return max(low, -math.inf if lower is None else lower), min(high, math.inf if upper is None else upper)


def screened(scenario: str | Scenario, width: float = WIDTH) -> tuple[ScreenedNumber, ...]:
    """Every number that is assumed or tuned and not zero, with its range in the scenario."""
    used = parameters_of(load_scenario(scenario))
    found = []
    for information in describe_parameters():
        value = attrgetter(information.key)(used)
        if information.status not in MOVED or isinstance(value, bool) or information.key == OPENING_YEAR_KEY:
            continue
        if information.lower is None or information.upper is None:
            continue
        known, whole = information._replace(default=value), isinstance(value, int)
        found.append(_screened(known, width, 1.0 if whole else PART))
    return tuple(one for one in found if one.low < one.high)


def _screened(known: ParameterInformation, width: float, scale: float) -> ScreenedNumber:
    """How far a number goes around the value in use; a whole number goes to the ends."""
    value, named = known.default, plausible_range(known)
    if named and named.low <= value <= named.high:
        low, high = named.low, named.high
    else:
        named, (low, high) = None, sorted((value * (1.0 - width), value * (1.0 + width)))
    low = low if known.lower is None else max(low, known.lower)
    high = high if known.upper is None else min(high, known.upper)
    low, high = value - (value - low) / scale, value + (high - value) / scale
    if isinstance(value, int):
        low, high = float(round(low)), float(round(high))
    return ScreenedNumber(known, low, high, named is not None, scale)


def screening_designs(
    numbers: Iterable[ScreenedNumber],
    scenarios: tuple[str | Scenario, str | Scenario],
    worlds: int,
    workers: int,
    quarters: int | None,
) -> tuple[Design, Design]:
    """The same worlds and seeds over each of two scenarios, with AI and without."""
    axes = tuple(
        UncertaintyRange(one.key, one.low, one.high, whole=isinstance(one.information.default, int)) for one in numbers
    )
    for axis in axes:
        parameter_named(axis.key)
    if not axes:
        raise UserError("no number is assumed or tuned; there is nothing to screen")
    sampling = Sampling("latin_hypercube", worlds, 1)
    drawn, problem = draw_worlds(sampling, axes, ())
    first, second = (
        Design(
            f"screen_{loaded.name}", "Which numbers move the headlines?", loaded, axes, sampling,
            drawn, {"none": {}}, (FIRST_SEED,), workers, quarters or loaded.quarters, "years", problem, own_seeds=True,
        )
        for loaded in map(load_scenario, scenarios)
    )  # fmt: skip
    return first, second
