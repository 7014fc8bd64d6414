"""What is fitted: the parameters with their ranges, the seeds and the effort, from the command line or a small file."""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abm.errors import UserError
from abm.parameters import describe_parameters, with_overrides
from abm.scenarios.resolution import parameters_of
from abm.scenarios.scenario import checked_quarters, load_scenario

if TYPE_CHECKING:
    from abm.scenarios.yaml_reader import KeyPath

__all__ = ["DEFAULT_RANGES", "FitDesign", "Range", "read_design", "read_range"]

# The tuned parameters that move the facts most, and how far they may go. Bounds are the project's own: about half to
# double the value in use where nothing better is known, and the range of the literature where it is.
DEFAULT_RANGES: dict[str, tuple[float, float]] = {
    "growth.trend_opening": (0.007, 0.0115),  # 2.8 to 4.7 % a year: growth of the first years
    "shocks.export_deviation": (0.01, 0.06),  # deviation of growth
    "shocks.investment_deviation": (0.02, 0.09),  # deviation of growth and of investment
    "labour.efficiency_deviation": (0.25, 0.46),  # Gini of incomes
    "firms.demand_gain": (0.4, 1.0),  # Assenza et al. 2015 have .4 to .5: Okun's law
    "energy.fuel_trend": (-0.018, -0.009),  # 3.5 to 7 % a year: CO2 over GDP
    "artificial_intelligence.adoption_constant": (-4.5, -1.0),  # use of AI in 2050
    "structural_change.migration_response": (0.05, 0.3),  # the move off the land
}
MOST_TRIALS = 100_000
KEYS = ("scenario", "parameters", "targets", "workers", "seeds", "first_seed", "quarters", "trials")


@dataclass(frozen=True)
class Range:
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
    ranges: tuple[Range, ...] = ()
    weights: Mapping[str, float] | None = None
    workers: int = 10_000
    seeds: int = 4
    first_seed: int = 1
    quarters: int | None = None
    trials: int = 150
    settings: Mapping[str, Any] = field(default_factory=dict)

    def checked(self) -> FitDesign:
        """The design complete, if it makes sense; else UserError in one line."""
        for name, least, most in (("trials", 2, MOST_TRIALS), ("seeds", 1, 10_000), ("workers", 2_000, 2**31 - 1)):
            if not least <= getattr(self, name) <= most:
                raise UserError(f"{name} {getattr(self, name)}: should lie between {least:,} and {most:,}")
        ranges = self.ranges or tuple(Range(key, *bounds) for key, bounds in DEFAULT_RANGES.items())
        keys = [one.key for one in ranges]
        for key in keys:
            if keys.count(key) > 1:
                raise UserError(f"--fit {key}: given twice; keep one of them")
        scenario = load_scenario(self.scenario, dict(self.settings))
        quarters = checked_quarters(scenario.quarters if self.quarters is None else self.quarters)
        return replace(self, ranges=ranges, quarters=quarters)

    @property
    def length(self) -> int:
        """The quarters of a run: those given, else the scenario's own."""
        return load_scenario(self.scenario, dict(self.settings)).quarters if self.quarters is None else self.quarters

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
        parameters = parameters_of(load_scenario(self.scenario, dict(self.settings)))
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
            "scenario": load_scenario(self.scenario, dict(self.settings)).digest(),
            "ranges": [[one.key, one.low, one.high] for one in self.ranges],
            "workers": self.workers,
            "seeds": [self.first_seed, self.seeds],
            "quarters": self.quarters,
            "aims": aims,
        }
        return json.dumps(content, sort_keys=True)


def read_range(text: str) -> Range:
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


def checked_range(key: str, bounds: Sequence[float] | None, place: str) -> Range:
    """The range of a parameter if it can be sought in it; ``place`` begins the message if not."""
    known = {information.key: information for information in describe_parameters()}
    if key not in known:
        near = difflib.get_close_matches(key, known, n=1)
        hint = f"; did you mean '{near[0]}'?" if near else "; `xinzhi describe --parameters` lists them"
        raise UserError(f"{place}: unknown parameter '{key}'{hint}")
    found = known[key]
    if isinstance(found.default, int) or found.lower is None or found.upper is None:  # a switch or a whole number
        raise UserError(f"{place}: {key} is a switch or a whole number; only numbers with a fraction can be fitted")
    low, high = bounds or DEFAULT_RANGES.get(key) or (found.lower, found.upper)
    if not (math.isfinite(low) and math.isfinite(high)):
        raise UserError(f"{place}: both bounds of {key} should be finite numbers")
    if low >= high:
        what = "is empty" if low == high else "runs downwards"
        raise UserError(f"{place}: the range {low:g} to {high:g} {what}; the first bound should be below the second")
    for bound in (low, high):
        try:
            with_overrides(parameters_of(load_scenario("baseline")), {key: bound})
        except UserError as error:
            raise UserError(f"{place}: {error}") from None
    return Range(key, float(low), float(high))


def read_design(path: str | Path) -> FitDesign:
    """The design in a YAML file; every key is optional:

    ``scenario`` a name or a path; ``parameters`` {key: [low, high]} or a list of keys; ``targets`` {target: weight} or
    a list of names; ``workers``, ``seeds``, ``first_seed``, ``quarters``, ``trials`` whole numbers. Raises UserError.
    """
    from abm.scenarios.yaml_reader import read_mapping

    label = str(path)
    document = read_mapping(path, label)
    lines = document.lines
    for key in document.data:
        if key not in KEYS:
            near = difflib.get_close_matches(str(key), KEYS, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else f"; known keys: {', '.join(KEYS)}"
            raise UserError(f"{label}, line {lines[(key,)]}: unknown key '{key}'{hint}")
    chosen = {key: value for key, value in document.data.items() if value is not None}
    fields: dict[str, Any] = {}
    for key in ("workers", "seeds", "first_seed", "quarters", "trials"):
        if key in chosen:
            if isinstance(chosen[key], bool) or not isinstance(chosen[key], int) or chosen[key] < 0:
                raise UserError(f"{label}, line {lines[(key,)]}: {key} should be a whole number, not '{chosen[key]}'")
            fields[key] = chosen[key]
    if "scenario" in chosen:
        fields["scenario"] = str(chosen["scenario"])
    if "parameters" in chosen:
        fields["ranges"] = tuple(_ranges(chosen["parameters"], label, lines))
    if "targets" in chosen:
        fields["weights"] = _weights(chosen["targets"], label, lines)
    return FitDesign(**fields)


def _ranges(given: Any, label: str, lines: dict[KeyPath, int]) -> Iterable[Range]:
    if not given or not isinstance(given, (dict, list)):
        raise UserError(f"{label}, line {lines[('parameters',)]}: write `parameters:` as `key: [low, high]` lines")
    for position, key in enumerate(given):
        bounds = given[key] if isinstance(given, dict) else None
        line = lines.get(("parameters", key if isinstance(given, dict) else position), lines[("parameters",)])
        place = f"{label}, line {line}"
        pair = isinstance(bounds, list) and len(bounds) == 2 and all(_is_number(one) for one in bounds)
        if bounds is not None and not pair:
            raise UserError(f"{place}: the range of {key} should be two numbers, [low, high]")
        yield checked_range(str(key), bounds, place)


def _weights(given: Any, label: str, lines: dict[KeyPath, int]) -> dict[str, float]:
    if not given or not isinstance(given, (dict, list)):
        raise UserError(f"{label}, line {lines[('targets',)]}: write `targets:` as `target: weight` lines")
    weights = given if isinstance(given, dict) else dict.fromkeys(map(str, given), 1.0)
    for name, weight in weights.items():
        if not _is_number(weight) or not 0 < weight < math.inf:
            line = lines.get(("targets", name), lines[("targets",)])
            raise UserError(f"{label}, line {line}: the weight of {name} should be a number above 0, not '{weight}'")
    return {str(name): float(weight) for name, weight in weights.items()}


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)
