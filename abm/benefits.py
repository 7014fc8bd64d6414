"""The rules of unemployment benefits, which decide what the jobless receive and how hard they search."""

from __future__ import annotations

from abm.levers.instruments import Instruments
from abm.parameters import Parameters

__all__ = ["benefit_rules"]


def benefit_rules(parameters: Parameters, policy: Instruments) -> tuple[float, float, float, float]:
    """(benefit over the last wage, share of the insured who draw it, years for a quarter of benefit, longest quarters).

    The law as the parameters have it, times what the policy in force makes of it.
    """
    h = parameters.households
    take_up = min(1.0, h.benefit_take_up * policy.benefit_coverage)
    return (
        h.benefit_rate * policy.benefit_rate, take_up, h.benefit_years / policy.benefit_duration,
        h.benefit_longest * policy.benefit_duration,
    )  # fmt: skip
