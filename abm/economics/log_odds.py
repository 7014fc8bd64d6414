"""What speaks for AI in a sector before policy and the staff of a firm count."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from abm.abilities import Abilities
from abm.arrays import Floats
from abm.parameters import Parameters
from abm.structure import Structure

__all__ = ["as_decided_in", "office_log_odds", "process_log_odds"]

LEAST_VALUE = 1e-12
DECISIONS = ("evaluation", "office_constant", "process_constant", "pilot_failure", "abandonment")


def as_decided_in(year: float, parameters: Parameters) -> Parameters:
    """The parameters by which departments decide in a year: before ``adoption.holds_from`` those of the central case.

    With them goes the speed at which algorithms had come to where they are at the opening.
    """
    rules = parameters.adoption
    if year >= rules.holds_from:
        return parameters
    usual = Parameters()
    speed = usual.artificial_intelligence.algorithm_speed
    return replace(
        parameters,
        adoption=replace(rules, **{name: getattr(usual.adoption, name) for name in DECISIONS}),
        artificial_intelligence=replace(parameters.artificial_intelligence, algorithm_speed=speed),
    )


def office_log_odds(structure: Structure, abilities: Abilities, parameters: Parameters) -> Floats:
    """(sectors,) log odds with which a department that considers office AI begins a pilot, policy and staff apart."""
    rules = parameters.adoption
    worth = np.log(np.maximum(abilities.office_value, LEAST_VALUE) / structure.usual_office_value)
    return rules.office_constant + rules.benefit_weight * worth + rules.own_sector * structure.own_adoption


def process_log_odds(structure: Structure, parameters: Parameters, explanation: float = 0.0) -> Floats:
    """(sectors,) the same for process AI, but for the time in which it pays back.

    ``explanation`` is the part of the distrust of what cannot be explained that programmes take away.
    """
    rules = parameters.adoption
    distrust = structure.black_box * (1 - explanation) - structure.usual_black_box
    return rules.process_constant - rules.black_box * distrust + rules.own_sector * structure.own_adoption
