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

from abm.text_tables import title_of_key

__all__ = ["ABSENT", "FAMILIES", "MECHANISMS", "Mechanism", "members", "switched_off"]

ALL = "all"
# AI whose every mechanism is off does nothing. Nobody buys what does nothing, so it is as if it did not exist.
ABSENT = {"artificial_intelligence.enabled": False}

FAMILIES = {
    "technology": "how good and how cheap AI and its inputs become",
    "labour": "effects of AI on tasks, workers and their pay",
    "plant": "effects of AI on materials, energy and capacity, and the energy that it uses",
    "products": "effects of AI on products, inventories and demand abroad",
    "research": "effects of AI on research",
    "risks": "risks of AI and distrust of it",
}


class Mechanism(NamedTuple):
    """One mechanism; ``meaning`` is a sentence for a planner, ``off`` the parameters without it."""

    name: str
    family: str
    meaning: str
    off: Mapping[str, Any]

    @property
    def title(self) -> str:
        """Its name in words."""
        return title_of_key(self.name)


MECHANISMS: dict[str, Mechanism] = {
    one.name: one
    for one in (
        Mechanism(
            "automation", "labour", "AI performs part of the tasks that workers performed.",
            {"office_ai.automation": 0.0, "process_ai.automation": 0.0},
        ),
        Mechanism(
            "augmentation", "labour", "Workers who can use AI are more productive.",
            {"office_ai.augmentation": 0.0},
        ),
        Mechanism(
            "skill_premium", "labour", "Workers who are more productive with AI earn more.",
            {"artificial_intelligence.rent_share": 0.0},
        ),
        Mechanism(
            "task_capital", "labour", "Automated tasks need capital, which must be bought and earns a return.",
            {"artificial_intelligence.task_capital": 0.0},
        ),
        Mechanism(
            "new_tasks", "labour", "The use of AI creates new tasks for workers, which add more value than they cost.",
            {"artificial_intelligence.reinstatement": 0.0},
        ),
        Mechanism(
            "learning_on_the_job", "labour", "Staff of firms that use AI learn to use it.",
            {"artificial_intelligence.learning_on_the_job": 0.0},
        ),
        Mechanism(
            "own_integration", "labour", "Staff that integrates AI makes nothing else in that time.",
            {"office_ai.own_part": 0.0},
        ),
        Mechanism(
            "occupational_wages", "labour",
            "Wages of an occupation follow in part what AI makes of its own productivity.",
            {"labour.own_productivity_weight": 0.0},
        ),
        Mechanism(
            "hiring_by_experience", "labour", "Firms that use AI hire fewer beginners in work that AI can do.",
            {"labour.novice": 0.0},
        ),
        Mechanism(
            "talent_queue", "labour", "Projects of AI wait, cost more and raise pay where technical staff is scarce.",
            {"integration.queue": False},
        ),
        Mechanism(
            "yield", "plant", "Plants under AI control use less material.",
            {"process_ai.materials_gain": 0.0},
        ),
        Mechanism(
            "energy_saving", "plant", "Plants under AI control need less energy.",
            {"process_ai.energy_gain": 0.0},
        ),
        Mechanism(
            "downtime", "plant", "Plants under AI control stand still less often.",
            {"process_ai.capacity_gain": 0.0},
        ),
        Mechanism(
            "autonomy", "plant", "Plants that run without people save more than others under AI control.",
            {"process_ai.autonomy_gain": 0.0},
        ),
        Mechanism(
            "ai_electricity", "plant", "Data centres use electricity for AI, which raises the price of AI services.",
            {"energy.ai_electricity_factor": 0.0},
        ),
        Mechanism(
            "quality", "products", "Firms that use AI gain customers by better products and services.",
            {"firms.quality_gain": 0.0},
        ),
        Mechanism(
            "forecasts", "products", "Firms that use AI forecast sales better and hold smaller inventories.",
            {"artificial_intelligence.forecast_gain": 0.0},
        ),
        Mechanism(
            "world_demand", "products",
            "The rest of the world adopts AI, grows faster and buys more of the country's exports.",
            {"trade.world_adoption": 0.0},
        ),
        Mechanism(
            "data_pool", "technology", "Firms use data shared by other firms of their sector.",
            {"artificial_intelligence.data_pool": 0.0},
        ),
        Mechanism(
            "cheaper_compute", "technology", "The price of computing power falls.",
            {"artificial_intelligence.compute_growth": 0.0},
        ),
        Mechanism(
            "cheaper_integration", "technology", "The cost of integrating AI falls.",
            {"artificial_intelligence.cost_fall": 0.0},
        ),
        Mechanism(
            "algorithm_progress", "technology", "Algorithms become more reliable every year.",
            {"artificial_intelligence.algorithm_speed": 0.0},
        ),
        Mechanism(
            "algorithm_feedback", "technology", "Algorithms improve faster when research and the use of AI grow.",
            {"artificial_intelligence.algorithm_research": 0.0, "artificial_intelligence.algorithm_adoption": 0.0},
        ),
        Mechanism(
            "research_acceleration", "research", "Research projects take fewer months with AI.",
            {
                "research.cycle_quarters_ai": "research.cycle_quarters",
                "research.cycle_quarters_ai_elsewhere": "research.cycle_quarters",
            },
        ),
        Mechanism(
            "breaches", "risks", "Data breaches cause fines and a loss of customers.",
            {"artificial_intelligence.breach_rate": 0.0},
        ),
        Mechanism(
            "screening_bias", "risks", "Automatic screening of applicants rejects members of one group more often.",
            {"artificial_intelligence.screening_bias": 0.0},
        ),
        Mechanism(
            "black_box", "risks", "Safety-critical industries hesitate to adopt models that cannot be explained.",
            {"adoption.black_box": 0.0},
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
