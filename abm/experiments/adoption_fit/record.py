"""Surveys of firms on record, and the mix of firms that each of them asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np

import abm.data
from abm.arrays import Floats
from abm.data.reading import number, read_rows
from abm.economics.adoption import AdoptionRules, firms_using

__all__ = ["ALL", "EU", "US", "SurveyDesign", "Figure", "designs", "heads_between", "record"]

EU, US = "EU27", "USA"
FOLDER = Path(abm.data.__file__).parent
SIZE_EXPONENT = 1.06  # of the Pareto law of firm sizes (Axtell 2001)
POINTS = 8  # sizes that stand for a class
TEXTS = ("economy", "kind", "code", "use", "source", "status")  # columns of the record that are no numbers
ALL = "all"
WHOLE = {ALL, "all_10_plus"}  # names of a design's total


class Figure(NamedTuple):
    """A figure on record; ``time`` is the year and quarter as 2025.25, ``use`` whether it is fitted or predicted."""

    economy: str
    time: float
    kind: str  # of the code: size, activity, process_share, spending
    code: str
    value: float
    use: str
    source: str
    status: str


@dataclass(frozen=True, eq=False)
class SurveyDesign:
    """The firms that a survey stands for; one mix of activities for all sizes, since none by size was at hand."""

    economy: str
    groups: Mapping[str, Mapping[str, float]]  # of the survey, with shares of firms by activity of the model
    sizes: Mapping[str, tuple[float, Floats]]  # share of firms, and sizes that stand for the class

    def weights(self, rows: Mapping[str, int], group: str | None = None) -> Floats:
        """Share of firms by sector, of a group or of all; sums to one."""
        weights = np.zeros(max(rows.values()) + 1)
        for name, activities in self.groups.items():
            if group in (None, name):
                for activity, share in activities.items():
                    weights[rows[activity]] += share
        return weights / weights.sum()

    def answers(self, adoption: AdoptionRules, departments: Floats) -> dict[str, Floats]:
        """Share of firms that use AI by sector, of each size and of all, from shares of departments by sector."""
        found = {
            name: firms_using(adoption, heads, departments[:, None]).mean(axis=1)
            for name, (_, heads) in self.sizes.items()
        }
        weights = np.array([weight for weight, _ in self.sizes.values()])
        return found | {ALL: weights @ np.stack(list(found.values())) / weights.sum()}

    def share(self, answers: Mapping[str, Floats], rows: Mapping[str, int], kind: str, code: str) -> float:
        """What the survey says of a size, of an activity or of all, from its answers by size and sector."""
        size, group = (ALL, code) if kind == "activity" else (code, None)
        return float(self.weights(rows, group) @ answers[ALL if size in WHOLE else size])


def heads_between(low: float, high: float, points: int = POINTS) -> Floats:
    """Sizes of firms at even quantiles of a Pareto law from ``low`` to ``high`` heads, both included."""
    quantile = (np.arange(points) + 0.5) / points
    cut = 1 - (low / (high + 1)) ** SIZE_EXPONENT
    return low * (1 - quantile * cut) ** (-1 / SIZE_EXPONENT)


@cache
def designs() -> Mapping[str, SurveyDesign]:
    """The designs of the surveys, from adoption_designs.csv."""
    rows = read_rows(FOLDER / "adoption_designs.csv")
    found = {}
    for economy in dict.fromkeys(row["economy"] for row in rows):
        groups: dict[str, dict[str, float]] = {}
        sizes = {}
        for row in (row for row in rows if row["economy"] == economy):
            if row["kind"] == "activity":
                groups.setdefault(row["group"], {})[row["code"]] = number(row, "share")
            else:
                sizes[row["code"]] = (number(row, "share"), heads_between(number(row, "low"), number(row, "high")))
        found[economy] = SurveyDesign(economy, groups, sizes)
    return found


@cache
def record() -> tuple[Figure, ...]:
    """The figures of adoption_record.csv."""
    return tuple(
        Figure(value=number(row, "value"), time=number(row, "year"), **{name: row[name] for name in TEXTS})
        for row in read_rows(FOLDER / "adoption_record.csv")
    )
