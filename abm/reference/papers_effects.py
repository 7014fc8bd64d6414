"""Measures what docs/papers.csv says that things do, into docs/papers_effects.csv.

``python -m abm.reference.papers_effects`` writes the table.

An effect is the mean of five years with something less that without it, on paired seeds: a mechanism or an application
against the baseline in which it is off, a lever at its documented strength against the baseline, a scenario against its
twin. The income tax pays for levers and scenarios that have no rule of their own, as in `xinzhi effects` and `compare`.
"""

from __future__ import annotations

import csv
import sys
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from abm.arrays import Floats
from abm.levers import shipped_levers
from abm.model import Model
from abm.reference.papers import EFFECTS, Claimed, Measured, Thing, load_claims
from abm.results.groups import group_labels
from abm.results.outcomes import GROUP_OUTCOMES
from abm.scenarios.scenario import load_scenario

__all__ = ["SEEDS", "QUARTERS", "WORKERS", "Pair", "found_in", "main", "measure", "pair_of", "run"]

WORKERS, QUARTERS, SEEDS = 10_000, 104, tuple(range(601, 613))
OPENING_YEAR, AVERAGED = 2024, 20  # quarters before the second quarter of the year
PAID_FOR = {"levers.budget_rule": {"surcharge": 1.0}}
STUDENT = 1.796  # 95 per cent of t with 11 degrees of freedom, for an interval of 90 per cent of 12 pairs

Pair = tuple[tuple[str, Mapping[str, Any]], tuple[str, Mapping[str, Any]]]  # (scenario, overrides) without and with


def pair_of(thing: Thing) -> Pair:
    """The two runs whose difference is what something does. ValueError for a kind that cannot be switched."""
    kind, name = thing
    if kind in ("mechanism", "application"):
        return ("baseline", {f"{kind}s.{name}": "off"}), ("baseline", {})
    if kind == "lever":
        strength = dict(shipped_levers()[name].documented_strength)
        return ("baseline", {}), ("baseline", ({f"levers.{name}": strength} if strength else {}) | PAID_FOR)
    if kind == "scenario":
        return _paid_for(load_scenario(name).against or "baseline"), _paid_for(name)
    if kind == "parameter":  # a switch
        return ("baseline", {f"assumptions.{name}": False}), ("baseline", {})
    raise ValueError(f"{kind} {name} cannot be switched")


def _paid_for(scenario: str) -> tuple[str, Mapping[str, Any]]:
    levers = load_scenario(scenario).levers
    return scenario, PAID_FOR if levers and "budget_rule" not in levers else {}


def run(scenario: str, overrides: Mapping[str, Any], seed: int, workers: int, quarters: int) -> Model:
    """A model after some quarters."""
    model = Model(workers, rng=seed, policy=scenario, overrides=dict(overrides) or None)
    for _ in range(quarters):
        model.step()
    return model


def found_in(model: Model, outcome: str) -> Floats:
    """(quarters + 1,) an outcome by its name, that of a group by table.name.label; (.., labels) by table.name."""
    if "." not in outcome:
        return np.asarray(model.recorder.series(outcome))
    table, name, *label = outcome.split(".")
    values = model.recorder.groups[table][..., [one.name for one in GROUP_OUTCOMES[table]].index(name)]
    return np.asarray(values[..., group_labels()[table].index(label[0])] if label else values)


def measure(effects: Sequence[Claimed]) -> dict[tuple[Thing, str, int], Measured]:
    """What each does to its outcome; every run is made once."""
    kept: dict[str, dict[tuple[str, int], Floats]] = {}
    wanted = {(one.outcome, one.year) for one in effects}

    def means(scenario: str, overrides: Mapping[str, Any]) -> dict[tuple[str, int], Floats]:
        key = f"{scenario} {overrides}"
        if key not in kept:
            models = [run(scenario, overrides, seed, WORKERS, QUARTERS) for seed in SEEDS]
            kept[key] = {one: np.array([_mean(model, *one) for model in models]) for one in wanted}
        return kept[key]

    measured = {}
    for effect in effects:
        without, within = (means(*side)[effect.outcome, effect.year] for side in pair_of(effect.of))
        error = float((within - without).std(ddof=1)) / np.sqrt(len(SEEDS))
        measured[effect.key] = Measured(float(without.mean()), float(within.mean()), float(STUDENT * error))
    return measured


def _mean(model: Model, outcome: str, year: int) -> float:
    """Mean of an outcome over five years that end with the first quarter of a year."""
    end = 4 * (year - OPENING_YEAR) + 1
    return float(np.nanmean(found_in(model, outcome)[end - AVERAGED : end]))


def main() -> int:
    """Write the table of effects."""
    effects = [one for claim in load_claims() for one in claim.effects]
    with EFFECTS.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("kind", "name", "outcome", "year", "without", "with", "interval"))
        for (thing, outcome, year), found in sorted(measure(effects).items()):
            writer.writerow((*thing, outcome, year, *(f"{number:.6g}" for number in found)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
