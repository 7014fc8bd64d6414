"""Who pays for the policies of a comparison: else the effect of a policy and that of a deficit would be one."""

from __future__ import annotations

from abm.languages import said
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["RULE", "paid_for", "payer_words"]

RULE = "budget_rule"  # the lever that says who pays for the others


def payer_words(on_debt: bool) -> str:
    """Who pays for a policy that does not say so itself."""
    if on_debt:
        return said("Who pays: public debt takes the net cost of each policy, unless the policy has a budget rule.")
    return said("Who pays: the income tax rises by the net cost of each policy, unless the policy has a budget rule.")


def paid_for(scenario: Scenario) -> Scenario:
    """The scenario with its policies paid for by the income tax, a quarter later, which falls where they bring revenue.

    A scenario that pulls no lever costs nothing, and one that says itself who pays is left as it is.
    """
    if not scenario.levers or RULE in scenario.levers:
        return scenario
    return load_scenario(scenario, {f"levers.{RULE}": {"surcharge": {scenario.opening_year: 1.0}}})
