"""Unresolved assumptions that drive results on AI, jobs and inequality, with named levels.

A scenario says ``closures: {pass_through: half}``. A level is a setting of parameters; ``central`` sets nothing, so it
is whatever the parameters and the preset say. `xinzhi closures` runs every corner of the ``ends`` of those in GRID, 2
to the power of their number; the range over the corners stands beside the headline results. In the grid are the six
that move the headline results most, one at a time (record 0233); each more would double the runs.

To change what a closure sets, change its row in CLOSURES and renew the shipped ranges: ``xinzhi closures --save``.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

__all__ = ["CENTRAL", "CLOSURES", "GRID", "Closure", "closure_values"]

CENTRAL = "central"


class Closure(NamedTuple):
    """One assumption: ``levels`` maps a name to {parameter: value}, ``ends`` names the two that stand for its range.

    ``level_titles`` has the levels in words, in the same order; the central one is what is assumed without a choice,
    and lies between the ends. ``without_ai`` says whether it acts in the economy without AI too; if not, that twin need
    not be run again. ``in_grid`` says whether `xinzhi closures` runs its ends.
    """

    name: str
    title: str
    meaning: str
    source: str
    levels: Mapping[str, Mapping[str, Any]]
    level_titles: tuple[str, ...]
    ends: tuple[str, str]
    without_ai: bool
    in_grid: bool = True


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
            "Whether the rest of the world also adopts AI and buys more of the country's exports.",
            "an assumption; no data on the future of others",
            {
                "none": {"trade.world_adoption": 0.0},
                CENTRAL: {},
                "same_pace": {"trade.world_adoption": 1.0},
                "twice": {"trade.world_adoption": 2.0},
            },
            ("No adoption abroad", "Central", "As fast as at home", "Twice the gain of the pace at home"),
            ("none", "twice"),
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
            in_grid=False,
        ),
        Closure(
            "fiscal_rule",
            "Fiscal rule",
            "Whether the government stabilises unemployment or follows the debt rule only.",
            "own; the debt rule alone, and twice what is assumed",
            {
                "debt_rule_only": {"government.stabilisation": 0.0},
                CENTRAL: {},
                "stabilising": {"government.stabilisation": 1.0},
                "strongly": {"government.stabilisation": 2.0},
            },
            ("Debt rule only", "Central", "Stabilises unemployment", "Stabilises it twice as strongly"),
            ("debt_rule_only", "strongly"),
            without_ai=True,
        ),
        Closure(
            "process_gains",
            "What plants save with AI",
            "Materials, energy and capacity that plants save under AI control, against what one park measured.",
            "Ni, figure 3: one park, before and after; nothing to twice of it",
            {
                "none": {"process_ai.gain": 0.0},
                "half": {"process_ai.gain": 0.5},
                CENTRAL: {},
                "one_park": {"process_ai.gain": 1.0},
                "double": {"process_ai.gain": 2.0},
            },
            ("Nothing", "Half of what one park saved", "Central", "As one park", "Twice as much"),
            ("none", "double"),
            without_ai=False,
        ),
        Closure(
            "task_reach",
            "Work that AI can do",
            "Time that office AI saves at full use, against the sum of the applications on record.",
            "own; twice where all exposed tasks are counted, half where trials found more than ordinary work will",
            {
                "half": {"office_ai.automation": 0.5, "office_ai.augmentation": 0.5},
                CENTRAL: {},
                "exposed": {"office_ai.automation": 2.0, "office_ai.augmentation": 2.0},
            },
            ("Half of the applications", "Central", "All exposed tasks"),
            ("half", "exposed"),
            without_ai=False,
        ),
        Closure(
            "process_adoption",
            "Plants that adopt AI",
            "Readiness of plants to adopt AI control, in log odds beside the central case, at all times.",
            "own; no survey counts plants apart",
            {
                "as_in_europe": {"adoption.process_constant": -5.2},
                CENTRAL: {},
                "more": {"adoption.process_constant": -3.2},
            },
            ("As in Europe", "Central", "One log point more"),
            ("as_in_europe", "more"),
            without_ai=False,
            in_grid=False,
        ),
        Closure(
            "office_diffusion",
            "Spread of AI after 2025",
            "Whether AI spreads as before, or is given up more often, or spreads by the example of a sector's firms.",
            "xinzhi fit --adoption: the surveys to 2025 do not tell these apart",
            {
                "given_up": {
                    "adoption.holds_from": 2025.0,
                    "adoption.pilot_failure": 0.6,
                    "adoption.abandonment": 0.03,
                },
                CENTRAL: {},
                "peers": {"adoption.peers": 2.0},
                "strong_peers": {"adoption.peers": 5.0},
            },
            ("Given up more often", "Central", "By example", "Strongly by example"),
            ("given_up", "peers"),
            without_ai=False,
        ),
        Closure(
            "saving_returned",
            "Use of public savings",
            "Part of the public demand saved against trend GDP by which employees' contributions are lower.",
            "own; the two extremes",
            {
                "kept": {"government.saving_returned": 0.0},
                "half": {"government.saving_returned": 0.5},
                CENTRAL: {},
                "contributions": {"government.saving_returned": 1.0},
            },
            ("Kept by the state", "Half lowers contributions", "Central", "All lowers contributions"),
            ("kept", "contributions"),
            without_ai=True,
            in_grid=False,
        ),
    )
}

GRID = tuple(one.name for one in CLOSURES.values() if one.in_grid)


def closure_values(levels: Mapping[str, str]) -> dict[str, Any]:
    """The parameters that the chosen levels set."""
    return {key: value for name, level in levels.items() for key, value in CLOSURES[name].levels[level].items()}
