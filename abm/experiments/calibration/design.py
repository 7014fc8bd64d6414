"""What is fitted: the parameters with their ranges, the seeds and the effort, from the command line or a small file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

from abm.errors import UserError, placed
from abm.experiments.calibration.design_checks import EFFORT, checked_file
from abm.parameters import parameter_named
from abm.results.years import last_quarter
from abm.scenarios.places import Place
from abm.scenarios.resolution import parameters_of
from abm.scenarios.scenario import Scenario, checked_quarters, load_scenario, reference_from
from abm.values import Ends, Number

__all__ = ["DEFAULT_RANGES", "FitDesign", "SearchRange", "read_design", "read_range"]

# The tuned parameters that move the facts most, and how far they may go. Bounds are the project's own: about half to
# double the value in use where nothing better is known, and the range of the literature where it is.
DEFAULT_RANGES: dict[str, tuple[float, float]] = {
    "growth.trend_opening": (0.007, 0.0115),  # 2.8 to 4.7 % a year: growth of the first years
    "shocks.export_deviation": (0.01, 0.06),  # deviation of growth
    "shocks.investment_deviation": (0.02, 0.09),  # deviation of growth and of investment
    "labour.efficiency_deviation": (0.25, 0.46),  # Gini of incomes
    "firms.demand_gain": (0.4, 1.0),  # Assenza et al. 2015 have .4 to .5: Okun's law
    "shocks.harvest_deviation": (0.03, 0.1),  # deviation of inflation
    "adoption.office_constant": (-3.0, 0.0),  # use of AI in 2050
    "structural_change.migration_response": (0.05, 0.3),  # the move off the land
}
WEIGHT = Number()
PLAIN = ("workers", "seeds", "first_seed", "until", "quarters", "trials")  # keys of a file that are fields as well


@dataclass(frozen=True)
class SearchRange:
    """A parameter by its dotted key, and the bounds within which it is sought."""

    key: str
    low: float
    high: float


@dataclass(frozen=True)
class FitDesign:
    """Everything that a fit depends on.

    ``ranges`` may be empty, which means DEFAULT_RANGES. ``weights`` maps a target to its weight; None means every
    target that can be fitted, with weight 1. ``settings`` are overrides of the scenario, alike in every trial.
    """

    scenario: str = "baseline"
    ranges: tuple[SearchRange, ...] = ()
    weights: Mapping[str, float] | None = None
    workers: int = 10_000
    seeds: int = 4
    first_seed: int = 1
    until: int | None = None
    quarters: int | None = None
    trials: int = 150
    settings: Mapping[str, Any] = field(default_factory=dict)

    def checked(self) -> FitDesign:
        """The design complete, if it makes sense; else UserError in one line."""
        for name, kind in EFFORT.items():
            with placed(f"{name} {getattr(self, name)}"):
                kind.checked(getattr(self, name), name)
        ranges = self.ranges or tuple(SearchRange(key, *bounds) for key, bounds in DEFAULT_RANGES.items())
        keys = [one.key for one in ranges]
        for key in keys:
            if keys.count(key) > 1:
                raise UserError(f"--fit {key}: given twice; keep one of them")
        if self.until is not None and self.quarters is not None:
            raise UserError("until and quarters are both set; remove one of them")
        if self.until is not None and self.until < self.loaded.opening_year:
            raise UserError(f"until {self.until}: {self.loaded.name} opens in {self.loaded.opening_year}")
        quarters = checked_quarters(self.length)
        return replace(self, ranges=ranges, quarters=quarters, until=None)

    @cached_property
    def loaded(self) -> Scenario:
        """The scenario with its settings, read once. Raises UserError."""
        return load_scenario(self.scenario, dict(self.settings))

    @property
    def length(self) -> int:
        """The quarters of a run: to the end of the year given, those given, else the scenario's own."""
        if self.until is not None:
            return last_quarter(self.loaded.opening_year, self.until)
        return self.loaded.quarters if self.quarters is None else self.quarters

    @property
    def span(self) -> range:
        """The seeds, the same in every trial."""
        return range(self.first_seed, self.first_seed + self.seeds)

    @property
    def fresh_span(self) -> range:
        """As many seeds again, which no trial has seen."""
        return range(self.first_seed + self.seeds, self.first_seed + 2 * self.seeds)

    def current(self) -> dict[str, float]:
        """{key: value} that the fitted parameters have in the scenario as it is."""
        parameters = parameters_of(self.loaded)
        found = {}
        for one in self.ranges:
            group, _, name = one.key.partition(".")
            found[one.key] = float(getattr(getattr(parameters, group), name))
        return found

    def start(self) -> dict[str, float]:
        """The values in use, or the nearest ones within the ranges."""
        now = self.current()
        return {one.key: min(max(now[one.key], one.low), one.high) for one in self.ranges}

    def fingerprint(self, aims: str) -> str:
        """A text that differs between fits whose trials must not be mixed; more ``trials`` are no difference."""
        from abm import __version__

        content = {
            "version": __version__,
            "scenario": self.loaded.digest(),
            "ranges": [[one.key, one.low, one.high] for one in self.ranges],
            "workers": self.workers,
            "seeds": [self.first_seed, self.seeds],
            "quarters": self.quarters,
            "aims": aims,
        }
        return json.dumps(content, sort_keys=True)


def read_range(text: str) -> SearchRange:
    """The range behind ``--fit key`` or ``--fit key=low:high``; without bounds those of DEFAULT_RANGES, else its own.

    Raises UserError.
    """
    key, equals, bounds = text.partition("=")
    if not equals:
        return checked_range(key.strip(), None, f"--fit {text}")
    low, colon, high = bounds.partition(":")
    try:
        pair = (float(low), float(high)) if colon else None
    except ValueError:
        pair = None
    if pair is None:
        raise UserError(f"--fit {text}: write --fit KEY=LOW:HIGH, for instance --fit firms.demand_gain=0.4:1")
    return checked_range(key.strip(), pair, f"--fit {text}")


def checked_range(key: str, bounds: Sequence[float] | None, place: str) -> SearchRange:
    """The range of a parameter if it can be sought in it; ``place`` begins the message if not."""
    with placed(place):
        found = parameter_named(key, place)
        kind = found.kind
        if not isinstance(kind, Number) or kind.whole or kind.lower is None or kind.upper is None:
            raise UserError(f"{key} is a switch or a whole number; only numbers with a fraction can be fitted")
        usual = bounds or DEFAULT_RANGES.get(found.key) or (kind.lower, kind.upper)
        low, high = Ends(kind).checked(usual, found.key)
    return SearchRange(found.key, float(low), float(high))


def read_design(path: str | Path) -> FitDesign:
    """The design in a YAML file; every key is optional:

    ``scenario`` a name or a path, looked up beside the file; ``parameters`` {key: [low, high]} or a list of keys;
    ``targets`` {target: weight} or a list of names; ``workers``, ``seeds``, ``first_seed``, ``quarters``, ``trials``
    whole numbers. Raises UserError.
    """
    from abm.yaml_reader import read_mapping

    document = read_mapping(path, str(path))
    place = Place(str(path), document.lines)
    file = checked_file(document.data, place)
    fields: dict[str, Any] = {name: value for name in PLAIN if (value := getattr(file, name)) is not None}
    if file.scenario is not None:
        with placed(place.of("scenario")):
            fields["scenario"] = reference_from(file.scenario, Path(path).parent)
    if file.parameters is not None:
        fields["ranges"] = tuple(_ranges(file.parameters, place))
    if file.targets is not None:
        fields["weights"] = _weights(file.targets, place)
    return FitDesign(**fields)


def _ranges(given: dict[Any, Any] | list[str], place: Place) -> Iterable[SearchRange]:
    for position, key in enumerate(given):
        bounds = given[key] if isinstance(given, dict) else None
        here = place.of("parameters", key if isinstance(given, dict) else position)
        yield checked_range(str(key), bounds, here)


def _weights(given: dict[Any, Any] | list[str], place: Place) -> dict[str, float]:
    weights = {}
    for position, name in enumerate(given):
        here = place.of("targets", name if isinstance(given, dict) else position)
        weight = given[name] if isinstance(given, dict) else 1.0
        if str(name) in weights:
            raise UserError(f"{here}: the target {name} is there twice; remove one")
        with placed(here):
            weights[str(name)] = float(WEIGHT.checked(weight, f"the weight of {name}"))
        if weights[str(name)] <= 0:
            raise UserError(f"{here}: the weight of {name} should be a number above 0, not '{weight}'")
    return weights
