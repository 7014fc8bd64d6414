"""Four unresolved assumptions that drive results on jobs, inequality and the labour share, with named levels.

A scenario says ``closures: {pass_through: half}``. A level is a setting of parameters; ``central`` sets nothing, so it
is whatever the parameters and the preset say. `xinzhi closures` runs every corner of their two ``ends``, and the
range over the corners stands beside the headline results.

To change what a closure sets, change its row in CLOSURES and renew the shipped ranges: ``xinzhi closures --save``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["CENTRAL", "CLOSURES", "Closure", "closure_values"]

CENTRAL = "central"


class Closure(NamedTuple):
    """One assumption: ``levels`` maps a name to {parameter: value}, ``ends`` names the two of the grid.

    ``level_titles`` has the levels in words, in the same order; the central one is what is assumed without a choice.

    ``without_ai`` says whether it acts in the economy without AI too; if not, that twin need not be run again.
    """

    name: str
    title: str
    meaning: str
    source: str
    levels: Mapping[str, Mapping[str, Any]]
    level_titles: tuple[str, ...]
    ends: tuple[str, str]
    without_ai: bool


CLOSURES: dict[str, Closure] = {
    one.name: one
    for one in (
        Closure(
            "pass_through",
            "Cost savings passed on",
            "Share of the cost saving from AI that is passed on in lower prices; the rest is profit.",
            "own; a wide range, since no study covers AI",
            {"full": {"firms.ai_saving_retained": 0.0}, CENTRAL: {}, "half": {"firms.ai_saving_retained": 0.5}},
            ("All passed on", "Central", "Half passed on"),
            ("full", "half"),
            without_ai=False,
        ),
        Closure(
            "world_adoption",
            "AI in the rest of the world",
            "Whether the rest of the world also adopts AI and buys more of China's exports.",
            "an assumption; no data on the future of others",
            {"none": {"trade.world_adoption": 0.0}, CENTRAL: {}, "same_pace": {"trade.world_adoption": 1.0}},
            ("No adoption abroad", "Central", "As fast as in China"),
            ("none", "same_pace"),
            without_ai=False,
        ),
        Closure(
            "reinstatement",
            "New tasks for workers",
            "Rate at which new tasks for workers arise with the use of AI, beside the automated ones.",
            "Acemoglu and Restrepo 2019: half to all of displacement",
            {
                "none": {"artificial_intelligence.reinstatement": 0.0},
                CENTRAL: {},
                "strong": {"artificial_intelligence.reinstatement": 1.0},
            },
            ("No new tasks", "Central", "As many as displaced"),
            ("none", "strong"),
            without_ai=False,
        ),
        Closure(
            "fiscal_rule",
            "Fiscal rule",
            "Whether the government stabilises unemployment or follows the debt rule only.",
            "own; the two extremes",
            {
                "debt_rule_only": {"government.stabilisation": 0.0},
                CENTRAL: {},
                "stabilising": {"government.stabilisation": 1.0},
            },
            ("Debt rule only", "Central", "Stabilises unemployment"),
            ("debt_rule_only", "stabilising"),
            without_ai=True,
        ),
    )
}


def closure_values(levels: Mapping[str, str]) -> dict[str, Any]:
    """The parameters that the chosen levels set."""
    return {key: value for name, level in levels.items() for key, value in CLOSURES[name].levels[level].items()}
