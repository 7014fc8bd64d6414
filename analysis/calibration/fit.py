"""Aims of a fit: facts as targets, and how far a run is from them.

A band with two ends has a centre, and a run's distance from it is counted in halves of the band: 1 is its edge. The
square of that counts. A band with one end has no centre; it counts with the share of seeds outside, so that it is
never approached for its own sake and costs as much as the edge when every seed is outside. The distance of a run is the
mean over the facts, by their weights.
"""

from __future__ import annotations

import difflib
import json
import math
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.moments.table import moments_table
from xinzhi.analysis.moments.targets import AGENTS, Fact, load_targets

if TYPE_CHECKING:
    import pandas as pd

    from abm import Results

__all__ = ["OUTSIDE", "Objective", "left_out_of", "moment_objective", "two_sided"]

OUTSIDE = "outside:"  # begins the name of a fact's share of seeds outside its band, among what is measured


class Objective:
    """The facts aimed at with their weights, and the moments of a run that they need.

    ``table`` gives the moments of a Results, a row for each seed and a column for each moment.
    """

    def __init__(self, facts: Sequence[Fact], weights: Mapping[str, float], table: Callable[[Results], pd.DataFrame]):
        self.facts = tuple(facts)
        self.weights = {fact.name: float(weights[fact.name]) for fact in self.facts}
        self._table = table

    @property
    def description(self) -> str:
        """What is aimed at, as a text that changes with it."""
        rows = [[fact.name, list(fact.moments), fact.band, self.weights[fact.name]] for fact in self.facts]
        return json.dumps(rows, sort_keys=True)

    def measure(self, results: Results) -> dict[str, float]:
        """{moment: mean over the seeds} (NaN unless every seed has it), and the share outside of every fact."""
        table = self._table(results)
        names = dict.fromkeys(name for fact in self.facts for name in fact.moments)
        measured = {name: float(table[name].to_numpy().mean()) for name in names}
        for fact in self.facts:
            outside = 1.0 - float(fact.inside(table[list(fact.moments)].to_numpy()).mean())
            measured[OUTSIDE + fact.name] = outside if self._defined(fact, measured) else math.nan
        return measured

    def distance(self, measured: Mapping[str, float]) -> float:
        """The weighted mean of the facts' distances; NaN where none is defined."""
        parts = {name: part for name, part in self.distances(measured).items() if math.isfinite(part)}
        whole = sum(self.weights[name] for name in parts)
        return sum(self.weights[name] * part for name, part in parts.items()) / whole if whole else math.nan

    def distances(self, measured: Mapping[str, float]) -> dict[str, float]:
        """{fact: squared distance from the centre in halves of the band, or share outside}; NaN where not defined."""
        return {fact.name: self._distance(fact, measured) for fact in self.facts}

    def _distance(self, fact: Fact, measured: Mapping[str, float]) -> float:
        if not self._defined(fact, measured):
            return math.nan
        if not two_sided(fact):
            return measured[OUTSIDE + fact.name]
        return float(np.mean([scaled(fact, measured[name]) ** 2 for name in fact.moments]))

    @staticmethod
    def _defined(fact: Fact, measured: Mapping[str, float]) -> bool:
        return all(math.isfinite(measured.get(name, math.nan)) for name in fact.moments)


def two_sided(fact: Fact) -> bool:
    """Whether the band has a centre."""
    return bool({"at_least", "above"} & set(fact.band)) and bool({"at_most", "below"} & set(fact.band))


def scaled(fact: Fact, value: float) -> float:
    """The distance from the centre of a band with two ends, in halves of the band; signed."""
    low, high = ends(fact)
    return (value - 0.5 * (low + high)) / (0.5 * (high - low))


def ends(fact: Fact) -> tuple[float, float]:
    """The two ends of a band that has them."""
    band = fact.band
    low = band["at_least"] if "at_least" in band else band["above"]
    return low, band["at_most"] if "at_most" in band else band["below"]


def moment_objective(weights: Mapping[str, float] | None = None) -> Objective:
    """The facts of targets.yaml that are named with their weights; all that can be fitted, alike, if None.

    Raises UserError for a name that is no fact, or one that cannot be fitted.
    """
    from abm import UserError

    known = {fact.name: fact for fact in load_targets()}
    for name in weights or ():
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f"; did you mean '{near[0]}'?" if near else "; `xinzhi facts` lists them"
            raise UserError(f"unknown target '{name}'{hint}")
        if reason := why_not(known[name]):
            raise UserError(f"target '{name}' cannot be fitted: {reason}")
    chosen = [fact for fact in known.values() if (fact.name in weights if weights else not why_not(fact))]
    return Objective(chosen, weights or {fact.name: 1.0 for fact in chosen}, moments_table)


def why_not(fact: Fact) -> str:
    """Why a fact is not fitted; empty where it can be."""
    if not fact.band:
        return "no band is asked of it"
    if fact.measured == AGENTS:
        return "it needs a look at firms and persons, which a fit does not take"
    return "it must hold whatever the parameters are" if fact.origin == "identity" else ""


def left_out_of(objective: Objective, measured: Mapping[str, float]) -> dict[str, str]:
    """{fact of targets.yaml: why it is not fitted}, those that this run cannot measure among them."""
    chosen = {fact.name for fact in objective.facts}
    reasons = {}
    for fact in load_targets():
        if fact.name not in chosen:
            reasons[fact.name] = why_not(fact) or "not asked for"
        elif not math.isfinite(objective.distances(measured)[fact.name]):
            reasons[fact.name] = "not defined in a run of this length"
    return reasons
