"""The diffusion of AI on the record of other economies: which run is held against which figures, and what is fitted.

The European survey of 2021 is quarter 0 and that of 2023 quarter 8: levels by size at the opening, and two years of
growth. The American survey covers 2016 to 2018 in one figure for each size: the run opens in 2016 with half of the use
found, which is an assumption, and is held against the survey at the end of 2018, quarter 12. Everything else is
China's economy of 2024, frontier included: the constant of the logit takes up what differs.

What these figures cannot tell: two years of growth give the constant or the weight of the benefit, which move the same
moments (cosine .99), so Europe leaves the weight as it is; America's single year gives no pace apart from the assumed
opening; the weight of peers shows only when use has risen much further.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from abm.data import AdoptionRow, load_tables
from abm.errors import UserError
from abm.experiments.calibration.design import FitDesign, SearchRange

__all__ = ["DIFFUSIONS", "Diffusion", "diffusion_design", "recorded"]

GROUP = "artificial_intelligence"


@dataclass(frozen=True)
class Diffusion:
    """One economy's record: ``quarters`` maps a survey's year to the quarter of the run it is held against."""

    name: str
    title: str
    economy: str
    quarters: Mapping[int, int]
    ranges: tuple[SearchRange, ...]
    fixed: Mapping[str, Any]
    question: str
    channels: tuple[str, ...]
    leaves_out: tuple[str, ...]


LEAVES_OUT = (
    "China's rate of adoption is a scenario; no representative official figure exists, and a foreign one is another's.",
    "Sectors, staff, firm sizes and the frontier of AI are China's of 2024; the constant takes up the rest.",
    "Firms do not give up AI once they use it, unless they leave the market.",
)
DIFFUSIONS = {
    "eu": Diffusion(
        "eu",
        "European Union, 2021 and 2023 (Eurostat)",
        "EU27",
        {2021: 0, 2023: 8},
        (
            SearchRange(f"{GROUP}.adopters_opening", 0.01, 0.1),
            SearchRange(f"{GROUP}.adopters_noise", 0.3, 6.0),
            SearchRange(f"{GROUP}.adoption_constant", -9.0, 0.0),
        ),
        {},
        "What if China's firms take up AI by size and at the pace of those in the European Union from 2021 to 2023?",
        (
            "Use at the opening follows the European survey of 2021, by size of firm; the pace that of 2021 to 2023.",
            "The pace was slow before text generation; cheaper integration, peers and the frontier raise it later.",
        ),
        (*LEAVES_OUT, "The jump of the European figures after 2023 is kept back and not fitted."),
    ),
    "us": Diffusion(
        "us",
        "United States, 2016-18 (Annual Business Survey)",
        "USA",
        {2018: 12},
        (
            SearchRange(f"{GROUP}.adopters_noise", 0.3, 6.0),
            SearchRange(f"{GROUP}.adoption_constant", -9.0, 0.0),
            SearchRange(f"{GROUP}.adoption_benefit", 0.0, 4.0),
        ),
        {f"assumptions.{GROUP}.adopters_opening": 0.015},
        "What if China's firms take up AI by size and at the pace of American firms from 2016 to 2018?",
        (
            "Use opens at half of what the American survey of 2016-18 found and reaches its level in three years.",
            "The pace was slow before text generation; cheaper integration, peers and the frontier raise it later.",
        ),
        (*LEAVES_OUT, "The American survey has one figure for three years; half of it at the opening is assumed."),
    ),
}  # fmt: skip


def diffusion_design(name: str) -> tuple[Diffusion, FitDesign]:
    """The record by its name and the design that fits it. Raises UserError."""
    if name not in DIFFUSIONS:
        raise UserError(f"--diffusion {name}: should be one of {', '.join(DIFFUSIONS)}")
    chosen = DIFFUSIONS[name]
    # The largest size class is 1 in 300 firms: many firms are needed, few quarters.
    design = FitDesign(
        ranges=chosen.ranges, workers=40_000, seeds=16, quarters=max(chosen.quarters.values()), trials=150,
        settings=dict(chosen.fixed),
    )  # fmt: skip
    return chosen, design


def recorded(diffusion: Diffusion) -> list[tuple[AdoptionRow, int]]:
    """The figures of the economy by size with the quarter that each is held against."""
    classes = {"micro", "small", "medium", "large", "all", "all_10_plus"}
    return [
        (row, diffusion.quarters[row.year])
        for row in load_tables().adoption
        if row.economy == diffusion.economy and row.size_class in classes and row.year in diffusion.quarters
    ]
