"""Several variants of one scenario on the same seeds, one after the other; what is finished is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from abm.errors import AccountingError
from abm.experiments.ensembles.ensemble import run_ensemble
from abm.experiments.ensembles.seed_numbers import checked_seeds
from abm.experiments.running.progress import PartProgress, Silent, checked_progress
from abm.interrupts import KEPT
from abm.results.results import Results
from abm.scenarios.scenario import Scenario, checked_quarters, load_scenario

__all__ = ["Variants", "run_variants"]


@dataclass
class Variants:
    """What became of the variants: ``results`` of those finished by name, and why the others are not there."""

    results: dict[str, Results] = field(default_factory=dict)
    failures: dict[str, Exception] = field(default_factory=dict)
    interrupted: bool = False

    def __iter__(self) -> Iterator[Results]:
        return iter(self.results.values())


def run_variants(
    scenario: str | Scenario,
    variants: Mapping[str, Mapping[str, Any]],
    workers: int,
    seeds: Iterable[int],
    quarters: int | None = None,
    progress: Silent | None = None,
) -> Variants:
    """Run the scenario with the overrides of each variant, in their order.

    Ctrl-C ends the work; the variants of which every seed is finished are kept. A variant with a seed whose books do
    not close is left out and noted, and the others go on.
    """
    seeds, progress = checked_seeds(seeds), checked_progress(progress)
    base = load_scenario(scenario)
    chosen = {name: load_scenario(base, dict(overrides)) for name, overrides in variants.items()}
    length = checked_quarters(base.quarters if quarters is None else quarters)
    each = length * len(seeds)
    KEPT.plan(len(chosen) * len(seeds))
    done = Variants()
    with progress:
        for number, (name, one) in enumerate(chosen.items()):
            part = PartProgress(progress, f"{number + 1} of {len(chosen)}, {name}", number * each, len(chosen) * each)
            try:
                results = run_ensemble(one, workers, seeds, length, progress=part)
            except KeyboardInterrupt:
                done.interrupted = True
                break
            except AccountingError as error:
                done.failures[name] = error
                continue
            if results.interrupted:
                done.interrupted = True
                break
            if results.failures:
                done.failures[name] = next(iter(results.failures.values()))
            else:
                done.results[name] = results
    return done
