"""The use of AI by size of firm on the record of another economy, as the aims of a fit."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from xinzhi.analysis.calibration.fit import Objective
from xinzhi.analysis.moments.facts import Fact
from xinzhi.analysis.reading.panel import QuarterPanel
from xinzhi.analysis.reading.text import within_sentence

if TYPE_CHECKING:
    from abm import Results
    from abm.data import AdoptionRow

__all__ = ["CLASS_TITLES", "Figure", "diffusion_objective", "figures_of"]

CLASSES = {"micro": "micro_1_9", "small": "small_10_49", "medium": "medium_50_249", "large": "large_250_plus"}
WHOLES = {"all": tuple(CLASSES.values()), "all_10_plus": tuple(CLASSES.values())[1:]}
CLASS_TITLES = {
    "micro": "1-9 persons", "small": "10-49 persons", "medium": "50-249 persons", "large": "250 persons and more",
    "all": "All firms", "all_10_plus": "10 persons and more",
}  # fmt: skip
# Half of the band around a figure, as a part of it. The surveys are large; what is not read may be remembered wrongly.
READ_BAND, ASSUMED_BAND = 0.1, 0.2
CHANGE_BAND = 0.5  # around the change of a total from one survey to the next: it is small


class Figure(NamedTuple):
    """A figure on record and the quarter of the run it is held against; ``status`` as in adoption.csv."""

    size: str
    year: int
    quarter: int
    value: float
    status: str

    @property
    def name(self) -> str:
        """The moment that answers to it."""
        return f"{self.size}_{self.year}"


def figures_of(rows: Sequence[tuple[AdoptionRow, int]]) -> list[Figure]:
    """The figures behind pairs of a row of adoption.csv and the quarter it is held against."""
    return [Figure(row.size_class, row.year, quarter, row.value, row.status) for row, quarter in rows]


def diffusion_objective(figures: Sequence[Figure], source: str) -> Objective:
    """The aims: every figure, and the change of the total where there are two surveys; all weigh the same."""
    facts = [
        _fact(
            figure.name,
            f"Firms that use AI, {within_sentence(CLASS_TITLES[figure.size])}, {figure.year}",
            figure.value,
            (ASSUMED_BAND if figure.status == "assumed" else READ_BAND) * figure.value,
            f"{source}, {figure.status}",
        )
        for figure in figures
    ]
    totals = sorted((figure for figure in figures if figure.size in WHOLES), key=lambda figure: figure.year)
    if len(totals) > 1:
        change = totals[-1].value - totals[0].value
        size = within_sentence(CLASS_TITLES[totals[0].size])
        label = f"Firms that use AI, {size}, change from {totals[0].year} to {totals[-1].year}"
        facts.append(_fact("change", label, change, CHANGE_BAND * abs(change), source))

    def table(results: Results) -> pd.DataFrame:
        return shares_table(results, figures)

    return Objective(facts, {fact.name: 1.0 for fact in facts}, table)


def _fact(name: str, label: str, value: float, half: float, source: str) -> Fact:
    band = {"at_least": round(value - half, 5), "at_most": round(value + half, 5)}
    return Fact(name, label, (name,), "per cent", "tuned", band, value=value, source=source)


def shares_table(results: Results, figures: Sequence[Figure]) -> pd.DataFrame:
    """One row: the share of firms that use AI for each figure, the firms of all seeds pooled, and the change.

    Single seeds have a handful of large firms: their mean is not that of the firms.
    """
    panel = QuarterPanel(results)
    row = {figure.name: pooled_share(panel, figure.size, figure.quarter) for figure in figures}
    totals = [figure for figure in sorted(figures, key=lambda figure: figure.year) if figure.size in WHOLES]
    if len(totals) > 1:
        row["change"] = row[totals[-1].name] - row[totals[0].name]
    return pd.DataFrame([row])


def pooled_share(panel: QuarterPanel, size: str, quarter: int) -> float:
    """Share of the firms of a size class, or of all from a size on, that use AI; NaN where there are none."""
    adopters = firms = 0.0
    shares, used = (panel.group_values("firm_sizes", name) for name in ("firms", "ai_adoption_share"))
    for name in WHOLES.get(size, (CLASSES.get(size),)):
        if name and name in shares and name in used and quarter <= panel.last:
            share, adopted = shares[name][:, quarter], used[name][:, quarter]
            firms += float(np.nansum(share))
            adopters += float(np.nansum(share * adopted))
    return adopters / firms if firms else math.nan
