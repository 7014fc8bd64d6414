"""The standard design of `xinzhi sensitivity`: which assumptions it moves, and how far.

Each of them is assumed or tuned, none is measured; together they are the chains by which AI, growth, work, incomes and
carbon hang together. Every range is a quarter of the value in use to either side, which is the default or what the
scenario or its economy has in its place, cut at the bounds of the parameter: a common width makes them comparable, it
is not what is known of each.
"""

from __future__ import annotations

from operator import attrgetter
from typing import Any

from abm.errors import UserError
from abm.parameters import ParameterInformation, parameter_named
from abm.scenarios.resolution import parameters_of
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["METHODS", "STANDARD", "WIDTH", "ranges_of", "standard_design"]

WIDTH = 0.25  # of the value in use, to either side
METHODS = {"morris": "trajectories", "sobol": "samples"}
MORRIS_LEVELS = 4

STANDARD = (
    "growth.trend_opening",
    "growth.trend_long_run",
    "labour.search_share",
    "labour.separation_rate",
    "labour.efficiency_deviation",
    "labour.wage_response",
    "firms.ai_saving_retained",
    "firms.selection",
    "investment.required_return",
    "households.wealth_effect",
    "trade.world_gain",
    "research.imitation",
    "office_ai.automation",
    "office_ai.augmentation",
    "artificial_intelligence.reinstatement",
    "adoption.office_constant",
    "process_ai.gain",
    "artificial_intelligence.compute_growth",
    "energy.electricity_trend_long_run",
    "energy.grid_half_life",
)


def ranges_of(
    keys: tuple[str, ...] = STANDARD, scenario: str | Scenario = "baseline"
) -> dict[str, tuple[ParameterInformation, float, float]]:
    """{parameter: (what is known of it, with its value in use, low end, high end)}. Raises UserError for no range."""
    ranges, used = {}, parameters_of(load_scenario(scenario))
    for key in keys:
        information = parameter_named(key)
        information = information._replace(default=attrgetter(information.key)(used))
        if information.lower is None or information.upper is None or not information.default:
            raise UserError(f"{key} is a switch or zero, so that a quarter of it is no range; put it in a design")
        ends = sorted(information.default * (1 + side * WIDTH) for side in (-1, 1))
        ranges[key] = (information, max(ends[0], information.lower), min(ends[1], information.upper))
    return ranges


def standard_design(
    method: str, samples: int, seeds: int, workers: int, quarters: int | None, scenario: str | Scenario = "baseline"
) -> dict[str, Any]:
    """The design as `abm.sweep` takes it: ``samples`` trajectories of Morris or base samples of Sobol.

    Of a Scenario the design has the name; ``load_design`` of it is to be given the scenario itself.
    """
    sampling: dict[str, Any] = {"method": method, "samples": samples, "seed": 1}
    if method == "morris":
        sampling["levels"] = MORRIS_LEVELS
    design = {
        "question": "Which assumptions move growth, inequality and emissions most?",
        "scenario": scenario if isinstance(scenario, str) else scenario.name,
        "sampling": sampling,
        "seeds": seeds,
        "workers": workers,
        "uncertainties": {
            key: {"low": low, "high": high} for key, (_, low, high) in ranges_of(scenario=scenario).items()
        },
    }
    return design | ({"quarters": quarters} if quarters else {})
