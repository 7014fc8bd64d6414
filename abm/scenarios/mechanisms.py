"""The mechanisms by which AI acts on the economy, each as data: what it is, and which parameters switch it off.

A scenario says ``mechanisms: {augmentation: off}``; the names of a family and ``all`` stand for all their members. No
phase knows a mechanism: switching one off is setting parameters, after everything else that a scenario assumes. The
families are few so that what each contributes can be shared out by Shapley values, 2**6 runs a seed.

To add one, add a row to MECHANISMS. ``off`` maps a dotted parameter to a value, or to the name of another parameter
whose value it takes. The contract in tests/invariants/test_mechanisms.py finds the row by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

__all__ = ["ABSENT", "FAMILIES", "MECHANISMS", "Mechanism", "members", "switched_off"]

ALL = "all"
# AI whose every mechanism is off does nothing. Nobody buys what does nothing, so it is as if it did not exist.
ABSENT = {"artificial_intelligence.enabled": False}

FAMILIES = {
    "labour": "what AI does to tasks, to those who do them and to their pay",
    "process": "what AI does to machines, materials, products and their markets",
    "data": "what a firm's AI is made of: shared data and cheaper computing",
    "research": "how AI changes research, and research changes AI",
    "risks": "what may go wrong with AI, and the distrust of it",
    "energy": "the energy that AI burns and saves",
}


class Mechanism(NamedTuple):
    """One mechanism; ``meaning`` is a sentence for a planner, ``off`` the parameters without it."""

    name: str
    family: str
    meaning: str
    off: Mapping[str, Any]


MECHANISMS: dict[str, Mechanism] = {
    one.name: one
    for one in (
        Mechanism(
            "automation", "labour", "AI takes over a part of the tasks that people did.",
            {"artificial_intelligence.automation": 0.0},
        ),
        Mechanism(
            "augmentation", "labour", "People who can work with AI get more done.",
            {"artificial_intelligence.augmentation": 0.0},
        ),
        Mechanism(
            "skill_premium", "labour", "People who get more done with AI are paid more for it.",
            {"artificial_intelligence.rent_share": 0.0},
        ),
        Mechanism(
            "task_capital", "labour", "Machines that do automated tasks have to be bought and earn their return.",
            {"artificial_intelligence.task_capital": 0.0},
        ),
        Mechanism(
            "new_tasks", "labour", "New tasks for people arise with the use of AI, and are worth more than they cost.",
            {"artificial_intelligence.reinstatement": 0.0},
        ),
        Mechanism(
            "learning_on_the_job", "labour", "Staff of firms that use AI learn to work with it.",
            {"artificial_intelligence.learning_on_the_job": 0.0},
        ),
        Mechanism(
            "capital_efficiency", "process", "Machines under AI control turn out more.",
            {"artificial_intelligence.capital_gain": 0.0},
        ),
        Mechanism(
            "yield", "process", "Process plants under AI control waste less material.",
            {"artificial_intelligence.yield_gain": 0.0},
        ),
        Mechanism(
            "quality", "process", "Better products and services win customers for firms that use AI.",
            {"firms.quality_gain": 0.0},
        ),
        Mechanism(
            "forecasts", "process", "Firms that use AI foresee their sales better and hold less stock.",
            {"artificial_intelligence.forecast_gain": 0.0},
        ),
        Mechanism(
            "world_demand", "process", "The world uses AI too, gets richer by it and buys more of what China exports.",
            {"trade.world_adoption": 0.0},
        ),
        Mechanism(
            "data_pool", "data", "Firms use data that others of their sector share.",
            {"artificial_intelligence.data_pool": 0.0},
        ),
        Mechanism(
            "cheaper_compute", "data", "Computing power gets cheaper, so the same money buys more of it.",
            {"artificial_intelligence.compute_growth": 0.0},
        ),
        Mechanism(
            "research_acceleration", "research", "Research projects take fewer months with AI.",
            {
                "research.cycle_quarters_ai": "research.cycle_quarters",
                "research.cycle_quarters_ai_elsewhere": "research.cycle_quarters",
            },
        ),
        Mechanism(
            "algorithm_progress", "research", "Algorithms get better from year to year.",
            {"artificial_intelligence.algorithm_speed": 0.0},
        ),
        Mechanism(
            "algorithm_feedback", "research", "Algorithms get better faster where research and the use of AI grow.",
            {"artificial_intelligence.algorithm_research": 0.0, "artificial_intelligence.algorithm_adoption": 0.0},
        ),
        Mechanism(
            "breaches", "risks", "Data leak, which costs fines and the trust of customers.",
            {"artificial_intelligence.breach_rate": 0.0},
        ),
        Mechanism(
            "screening_bias", "risks", "Automatic screening of applicants rejects members of one group more often.",
            {"artificial_intelligence.screening_bias": 0.0},
        ),
        Mechanism(
            "black_box", "risks", "Industry that needs certainty hesitates to use what it cannot see through.",
            {"artificial_intelligence.adoption_black_box": 0.0},
        ),
        Mechanism(
            "energy_saving", "energy", "Process plants under AI control need less energy.",
            {"artificial_intelligence.energy_saving": 0.0},
        ),
        Mechanism(
            "ai_electricity", "energy", "Data centres burn electricity for AI, and its services cost the more for it.",
            {"energy.ai_electricity_factor": 0.0},
        ),
    )
}  # fmt: skip


def members(name: str) -> tuple[str, ...]:
    """The mechanisms that a name stands for: itself, those of a family, or all; none for an unknown name."""
    if name in MECHANISMS:
        return (name,)
    return tuple(one.name for one in MECHANISMS.values() if name in (one.family, ALL))


def switched_off(names: Iterable[str], assumptions: Mapping[str, Any]) -> dict[str, Any]:
    """The parameters that switch mechanisms off, given what else is assumed; with all of them off AI does not exist."""
    from abm.parameters import describe_parameters

    names = set(names)
    if names == set(MECHANISMS):
        return dict(ABSENT)
    known = {one.key: one.default for one in describe_parameters()} | dict(assumptions)
    off = {key: value for name in sorted(names) for key, value in MECHANISMS[name].off.items()}
    return {key: known[value] if isinstance(value, str) else value for key, value in off.items()}
