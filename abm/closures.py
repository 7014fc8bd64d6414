"""Four assumptions that no data settle and on which jobs, inequality and the labour share hang, with named levels.

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

    ``without_ai`` says whether it acts in the economy without AI too; if not, that twin need not be run again.
    """

    name: str
    meaning: str
    source: str
    levels: Mapping[str, Mapping[str, Any]]
    ends: tuple[str, str]
    without_ai: bool


CLOSURES: dict[str, Closure] = {
    one.name: one
    for one in (
        Closure(
            "pass_through",
            "How much of what AI saves reaches the customers in lower prices; the rest is profit.",
            "own; a wide range, since no study covers AI",
            {"full": {"firms.saving_retained": 0.0}, CENTRAL: {}, "half": {"firms.saving_retained": 0.5}},
            ("full", "half"),
            without_ai=False,
        ),
        Closure(
            "world_adoption",
            "Whether the rest of the world uses AI too: then home prices fall no faster than foreign ones, and AI "
            "wins no customers abroad.",
            "own; at the same pace, trade does not respond to relative prices",
            {
                "none": {"trade.export_elasticity": 1.2, "trade.import_elasticity": 0.8},
                CENTRAL: {},
                "same_pace": {"trade.export_elasticity": 0.0, "trade.import_elasticity": 0.0},
            },
            ("none", "same_pace"),
            without_ai=True,
        ),
        Closure(
            "reinstatement",
            "How many new tasks for people appear where AI has taken over old ones.",
            "Acemoglu and Restrepo 2019; the ends are own",
            {
                "none": {"artificial_intelligence.new_tasks": 0.0},
                CENTRAL: {},
                "strong": {"artificial_intelligence.new_tasks": 0.8},
            },
            ("none", "strong"),
            without_ai=False,
        ),
        Closure(
            "fiscal_rule",
            "Whether the government leans against unemployment or only keeps its debt in bounds.",
            "own; the two extremes",
            {
                "debt_rule_only": {"government.stabilisation": 0.0},
                CENTRAL: {},
                "stabilising": {"government.stabilisation": 1.0},
            },
            ("debt_rule_only", "stabilising"),
            without_ai=True,
        ),
    )
}


def closure_values(levels: Mapping[str, str]) -> dict[str, Any]:
    """The parameters that the chosen levels set."""
    return {key: value for name, level in levels.items() for key, value in CLOSURES[name].levels[level].items()}
