"""Assumptions about the capability of AI as named sets of parameters: ``ai: acemoglu`` in a scenario.

A preset is an assumption, not a forecast. ``source`` is the study, ``taken`` what was read from it, ``matched`` what
was chosen so that ``targets`` are met; `xinzhi presets` measures the targets afresh. All figures of the studies are
from memory and were not checked against the papers. China's adoption path is a scenario in every one of them.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from abm.scenarios.mechanisms import MECHANISMS

__all__ = ["CENTRAL", "PRESETS", "Preset"]

CENTRAL = "central"


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
            "acemoglu",
            "Small gains (Acemoglu)",
            "AI reduces cost only on the few tasks where it is profitable within ten years.",
            "Acemoglu 2025, The Simple Macroeconomics of AI (from memory)",
            (
                "task_capital",
                "augmentation",
                "new_tasks",
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
                "office_ai.automation": 3.0,
                "artificial_intelligence.task_services": 0.73,
                "artificial_intelligence.task_services_elasticity": 0.0,
            },
            taken="27 % saved on a task, now and later; tasks are the only channel: no new tasks, no gain of capital, "
            "energy, materials, quality, forecasts, research or trade; augmentation is part of the saving on tasks, "
            "since the study counts both together",
            matched="how many exposed tasks are automated at full use, and how ready firms are to adopt: 19.9 % "
            "exposed × 23 % worth it are 4.6 % of tasks after ten years, which here is on the path and no limit, so "
            "both were chosen to give productivity about +.66 % after ten years",
            targets={"tfp_ten_years": (0.004, 0.009), "gdp_ten_years": (None, 0.016)},
        ),
        Preset(
            CENTRAL,
            "Central",
            "Default parameters: labour, process, data and research gains; adoption between the EU and US curves.",
            "docs/model; each parameter names its own",
            (),
            {},
            taken="see the parameters",
            matched="see the parameters marked tuned",
            targets={},
        ),
        Preset(
            "goldman",
            "Large gains (Goldman Sachs)",
            "AI diffuses within ten years and raises productivity as electricity and computers did.",
            "Briggs and Kodnani 2023, Goldman Sachs (from memory)",
            (),
            {
                "office_ai.automation": 4.0,
                "office_ai.augmentation": 4.0,
                "adoption.office_constant": -1.0,
                "artificial_intelligence.algorithm_speed": 0.08,
            },
            taken="more tasks automated than in the central case, most other work complemented; fast adoption",
            matched="how many exposed tasks are automated, and the speed of adoption, algorithms and costs, for 1 to "
            "1.5 percentage points a year at the peak; the study's 1.5 is for the United States, with less for China",
            targets={"peak_growth": (0.010, 0.015)},
        ),
        Preset(
            "transformative",
            "Transformative AI",
            "AI performs most exposed tasks, accelerates research in all sectors and improves itself rapidly.",
            "Davidson 2021; Erdil and Besiroglu 2023; far below their explosive growth (from memory)",
            (),
            {
                "office_ai.automation": 8.0,
                "artificial_intelligence.task_services": 0.2,
                "artificial_intelligence.reinstatement": 1.0,
                "office_ai.augmentation": 8.0,
                "adoption.office_constant": 0.0,
                "artificial_intelligence.algorithm_speed": 0.10,
                "artificial_intelligence.compute_growth": 0.10,
                "artificial_intelligence.cost_fall": 0.05,
                "research.cycle_quarters_ai": 2.0,
                "research.cycle_quarters_ai_elsewhere": 3.0,
            },
            taken="research itself is automated, so that growth speeds up in all sectors",
            matched="nothing: values at which the model still runs, chosen by reasoning",
            targets={"peak_growth": (0.020, None)},
        ),
    )
}
