"""The one place where what a scenario assumes becomes parameters.

Four keys of a scenario set parameters. Where they meet, the more specific intention wins, wherever it was written:

    default < the economy and its opening year < ``ai`` (a preset) < ``closures`` (named levels) < ``assumptions``
    (single parameters) < ``mechanisms``

A posterior gives each seed its values of those parameters that none of these sets. An economy brings what is its own,
an opening year before 2024 what was known then. A preset is a bundle, a closure a smaller one, and a parameter set by
name is meant exactly. A mechanism that is off is off whatever the others say: else an experiment that takes mechanisms
away would give another answer for each preset. ``on`` takes back an ``off`` further below, it forces nothing.
Applications of AI are no parameters: those that are off are left out of what the economy opens with.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from abm.parameters import Parameters, describe_parameters, with_overrides
from abm.scenarios.closures import closure_values
from abm.scenarios.mechanisms import switched_off
from abm.scenarios.opening_year import vintage_assumptions
from abm.scenarios.posteriors import drawn_by
from abm.scenarios.presets import PRESETS

if TYPE_CHECKING:
    from abm.scenarios.scenario import Scenario

__all__ = ["CALM", "parameters_of", "settled", "settled_assumptions", "without_applications"]

# Overrides of a scenario without macroeconomic shocks, for comparisons with what follows on paper.
CALM: dict[str, float] = {
    f"assumptions.{one.key}": 0.0
    for one in describe_parameters()
    if one.key.startswith("shocks.") and one.key.endswith("_deviation")
}


def settled_assumptions(scenario: Scenario) -> dict[str, Any]:
    """{dotted parameter: value} of everything that a scenario sets, whichever of its keys set it."""
    preset = PRESETS[scenario.ai]
    settled = {**vintage_assumptions(scenario.assumptions, scenario.tables), **preset.values}
    settled |= switched_off(preset.without, scenario.assumptions)
    settled |= closure_values(scenario.closures)
    settled |= scenario.assumptions
    off = [name for name, on in scenario.mechanisms.items() if not on]
    return settled | switched_off(off, settled)


def without_applications(scenario: Scenario) -> tuple[str, ...]:
    """The applications of AI that a scenario switches off, in alphabetical order."""
    return tuple(sorted(name for name, on in scenario.applications.items() if not on))


def settled(scenario: Scenario) -> dict[str, Any]:
    """What presets, closures, assumptions and switches of a scenario come to, however they are written."""
    off = without_applications(scenario)
    return {"assumptions": settled_assumptions(scenario), **({"without_applications": list(off)} if off else {})}


def parameters_of(scenario: Scenario, seed: int | None = None) -> Parameters:
    """The parameters of a run of the scenario with a seed, or without one those that no draw of a posterior changes.

    Raises UserError in one line.
    """
    drawn = {} if seed is None else drawn_by(scenario, seed)
    return with_overrides(Parameters(), {**drawn, **settled_assumptions(scenario)})
