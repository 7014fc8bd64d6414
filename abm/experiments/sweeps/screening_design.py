"""The design of `xinzhi screen`: which of all numbers move the headlines, each over what is known of its range.

Every number that is assumed or tuned is moved, in trajectories of Morris (1991) where one goes from one level to
another at a time; the same worlds and seeds are run with and without AI. The range is the one that the source of a
number names (".4 to .7"), else so many per cent of the value in use to either side, within the bounds of the
parameter. In the latter a number goes a third of the way only, and its effect is scaled up: with hundreds of numbers
three tenths off at once, two in five economies could not be opened.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass
from operator import attrgetter
from typing import TYPE_CHECKING

from abm.errors import UserError
from abm.experiments.sweeps.axes import UncertaintyRange
from abm.experiments.sweeps.design import Design
from abm.experiments.sweeps.sampling import Sampling, draw_worlds
from abm.parameters import ParameterInformation, describe_parameters, parameter_named
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.resolution import parameters_of
from abm.scenarios.scenario import Scenario, load_scenario

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ["WIDTH", "ScreenedNumber", "declared_range", "screened", "screening_designs", "source_kind"]

WIDTH = 0.3  # of the value in use, to either side, where no range is declared
PART = 3.0  # of such a range, as far as a number goes in a run
LEVELS = 4
MOVED = ("assumed", "tuned")
RANGE = re.compile(r"(?:^|; |, |range (?:of )?)(-?\d*\.?\d+) to (-?\d*\.?\d+)(?=$|[;:,]| must| common)")
OWN = re.compile(r"own\b|guard|assume|assumption|tuned|makes |fitted|so that|as above|the same", re.IGNORECASE)


@dataclass(frozen=True)
class ScreenedNumber:
    """A number that is moved: what is known of it, how far it goes, and whether its source names these ends.

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


def declared_range(information: ParameterInformation) -> tuple[float, float] | None:
    """The widest range around the default that the source names, if it names one."""
    found = [(float(low), float(high)) for low, high in RANGE.findall(information.source)]
    around = [one for one in found if one[0] <= float(information.default) <= one[1] and one[0] < one[1]]
    return max(around, key=lambda one: one[1] - one[0]) if around else None


def source_kind(information: ParameterInformation, estimated: Collection[str] = ()) -> str:
    """What kind of source a parameter has."""
    source = information.source
    if information.key in estimated:
        return "estimate"
    if information.status == "policy":
        return "rule of the state"
    if "from memory" in source:
        return "from memory"
    if declared_range(information):
        return "own with a range" if OWN.match(source) or not re.search(r"[A-Za-z]", source) else "read or derived"
    return "own without a range" if OWN.match(source) or information.status == "tuned" else "read or derived"


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
        known = information._replace(default=value)
        named, whole = declared_range(known), isinstance(value, int)
        part = width if whole else width / PART
        low, high = named or sorted((value * (1.0 - part), value * (1.0 + part)))
        low, high = max(low, information.lower), min(high, information.upper)
        if whole:
            low, high = float(round(low)), float(round(high))
        if low < high:
            found.append(ScreenedNumber(known, low, high, named is not None, 1.0 if named or whole else PART))
    return tuple(found)


def screening_designs(
    numbers: Iterable[ScreenedNumber], scenarios: tuple[str, str], trajectories: int, seeds: int, workers: int,
    quarters: int | None,
) -> tuple[Design, Design]:  # fmt: skip
    """The same worlds and seeds over each of two scenarios, with AI and without."""
    axes = tuple(
        UncertaintyRange(one.key, one.low, one.high, whole=isinstance(one.information.default, int)) for one in numbers
    )
    for axis in axes:
        parameter_named(axis.key)
    if not axes:
        raise UserError("no number is assumed or tuned; there is nothing to screen")
    sampling = Sampling("morris", trajectories, 1, LEVELS)
    worlds, problem = draw_worlds(sampling, axes, ())
    first, second = (
        Design(
            f"screen_{name}", "Which numbers move the headlines?", loaded := load_scenario(name), axes, sampling,
            worlds, {"none": {}}, tuple(range(1, seeds + 1)), workers, quarters or loaded.quarters, "years", problem,
        )
        for name in scenarios
    )  # fmt: skip
    return first, second
