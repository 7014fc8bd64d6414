"""Assumptions about the capability of AI as named sets of parameters: ``ai: acemoglu`` in a scenario.

A preset is an assumption, not a forecast. ``source`` is the study, ``taken`` what was read from it, ``matched`` what
was chosen so that ``targets`` are met; `xinzhi presets` measures the targets afresh. All figures of the studies are
from memory and were not checked against the papers. China's adoption path is a scenario in every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, NamedTuple

from abm.scenarios.mechanisms import MECHANISMS

__all__ = ["CENTRAL", "PRESETS", "Preset"]

CENTRAL = "central"

# Adoption that is faster than on record from 2025 on; the opening stays that of the central case. The studies know no
# lack of staff that integrates AI.
NO_QUEUE = ("talent_queue",)
SPREADS: Mapping[str, float] = MappingProxyType({
    "adoption.holds_from": 2025.0,
    "adoption.evaluation": 0.15,
    "adoption.pilot_failure": 0.25,
    "adoption.abandonment": 0.005,
})  # fmt: skip


class Preset(NamedTuple):
    """One named assumption about AI: ``values`` of parameters, and the mechanisms that it does ``without``.

    ``targets`` maps a measure of `xinzhi presets` to its lowest and highest value, None where there is none.
    """

    name: str
    title: str
    meaning: str
    source: str
    without: tuple[str, ...]
    values: Mapping[str, Any]
    taken: str
    matched: str
    targets: Mapping[str, tuple[float | None, float | None]]


PRESETS: dict[str, Preset] = {
    one.name: one
    for one in (
        Preset(
            "none",
            "No AI",
            "AI does not exist; everything else, including all random draws, is the same.",
            "own; the reference run without AI",
            tuple(MECHANISMS),
            {},
            taken="nothing",
            matched="nothing",
            targets={"tfp_ten_years": (0.0, 0.0), "gdp_ten_years": (0.0, 0.0), "peak_growth": (0.0, 0.0)},
        ),
        Preset(
            CENTRAL,
            "Central",
            "Default parameters: AI saves what applications on record save, and spreads as surveys of firms have it.",
            "docs/model; each parameter names its own",
            (),
            {},
            taken="the sum of the applications, whatever it gives",
            matched="adoption, to surveys of firms; see the parameters marked tuned. No gain is matched",
            targets={},
        ),
        Preset(
            "acemoglu",
            "Small gains (Acemoglu)",
            "AI reduces cost only on the few tasks where it is profitable within ten years.",
            "Acemoglu 2025, The Simple Macroeconomics of AI (from memory)",
            (
                "task_capital",
                "augmentation",
                "new_tasks",
                "own_integration",
                "talent_queue",
                "downtime",
                "autonomy",
                "yield",
                "energy_saving",
                "quality",
                "forecasts",
                "research_acceleration",
                "algorithm_feedback",
                "world_demand",
            ),
            {
                "office_ai.automated_part": 1.0,
                "office_ai.automation": 2.6,
                "office_ai.running": 0.005,
                "artificial_intelligence.task_services": 0.73,
                "artificial_intelligence.task_services_elasticity": 0.0,
            },
            taken="27 % saved on a task, now and later; tasks are the only channel: no new tasks, no gain of capital, "
            "energy, materials, quality, forecasts, research or trade; augmentation is part of the saving on tasks, "
            "since the study counts both together; the saving is net, so that services besides are few",
            matched="how many tasks AI does at full use: 19.9 % exposed × 23 % worth it are 4.6 % of tasks after ten "
            "years, which here is on the path and no limit, for productivity about +.66 % after ten years",
            targets={"tfp_ten_years": (0.004, 0.009), "gdp_ten_years": (None, 0.016)},
        ),
        Preset(
            "exposed",
            "All exposed tasks",
            "Office AI saves time on all exposed tasks, not only in the applications on record; adoption is central.",
            "own; exposed work times the saving found on it is about twice the sum of the applications",
            (),
            {"office_ai.automation": 2.0, "office_ai.augmentation": 2.0},
            taken="the high case of what AI can do today",
            matched="nothing",
            targets={},
        ),
        Preset(
            "oecd",
            "Upper path (OECD)",
            "AI spreads to most departments in ten years and helps with most of their work.",
            "Filippucci, Gal and Schief 2024, OECD: .25 to .6 points of productivity a year (from memory)",
            NO_QUEUE,
            dict(SPREADS)
            | {
                "office_ai.automation": 2.0,
                "office_ai.augmentation": 6.0,
                "artificial_intelligence.algorithm_speed": 0.08,
                "artificial_intelligence.learning_on_the_job": 0.02,
            },
            taken="the upper end of the study: wide exposure, high adoption, growing abilities of AI",
            matched="augmentation, learning and the speeds of adoption and of algorithms, for productivity about +6 % "
            "after ten years; no single one of them is identified by it",
            targets={"tfp_ten_years": (0.05, 0.07)},
        ),
        Preset(
            "goldman",
            "Large gains (Goldman Sachs)",
            "AI diffuses within ten years and raises productivity as electricity and computers did.",
            "Briggs and Kodnani 2023, Goldman Sachs (from memory)",
            NO_QUEUE,
            dict(SPREADS)
            | {
                "office_ai.automation": 3.0,
                "office_ai.augmentation": 7.0,
                "artificial_intelligence.algorithm_speed": 0.08,
                "artificial_intelligence.learning_on_the_job": 0.02,
            },
            taken="more tasks automated than on the upper path of the OECD, most other work complemented; GDP about "
            "7 % higher after ten years",
            matched="automation and augmentation, for 1 to 1.5 percentage points of labour productivity a year at the "
            "peak; the study's 1.5 is for the United States, with less for China",
            targets={"peak_growth": (0.010, 0.015)},
        ),
        Preset(
            "transformative",
            "Transformative AI",
            "AI performs most exposed tasks, accelerates research in all sectors and improves itself rapidly.",
            "Davidson 2021; Erdil and Besiroglu 2023; far below their explosive growth (from memory)",
            NO_QUEUE,
            dict(SPREADS)
            | {
                "adoption.office_constant": 1.0,
                "adoption.evaluation": 0.3,
                "office_ai.automation": 6.0,
                "office_ai.augmentation": 12.0,
                "artificial_intelligence.task_services": 0.2,
                "artificial_intelligence.reinstatement": 1.0,
                "artificial_intelligence.algorithm_speed": 0.15,
                "artificial_intelligence.learning_on_the_job": 0.02,
                "research.cycle_quarters_ai": 2.0,
                "research.cycle_quarters_ai_elsewhere": 3.0,
            },
            taken="research itself is automated, so that growth speeds up in all sectors",
            matched="nothing: values at which the model still runs, chosen by reasoning",
            targets={"peak_growth": (0.020, None)},
        ),
    )
}
