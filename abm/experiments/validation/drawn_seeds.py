"""An ensemble in which every seed has settings of its own, so that its spread holds uncertain parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from abm.errors import UserError
from abm.experiments.ensembles.ensemble import run_ensemble
from abm.experiments.ensembles.seed_numbers import checked_seeds
from abm.experiments.running.progress import PartProgress, Silent, checked_progress
from abm.results.results import Results
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["run_drawn_seeds"]


def run_drawn_seeds(
    scenario: Scenario,
    draws: Mapping[int, Mapping[str, Any]],
    workers: int,
    seeds: Iterable[int],
    progress: Silent | None = None,
) -> Results:
    """Run every seed with its own settings laid over the scenario, one after the other.

    A seed whose draw leaves no economy that closes is noted in ``failures``. Ctrl-C keeps the seeds that are finished.
    Raises UserError where none could be run.
    """
    seeds, progress = checked_seeds(seeds), checked_progress(progress)
    each, total = scenario.quarters, scenario.quarters * len(seeds)
    done: list[Results] = []
    failures: dict[int, Exception] = {}
    interrupted = False
    with progress:
        for number, seed in enumerate(seeds):
            part = PartProgress(progress, f"{number + 1} of {len(seeds)} seeds", number * each, total)
            try:
                found = run_ensemble(load_scenario(scenario, dict(draws[seed])), workers, (seed,), progress=part)
            except KeyboardInterrupt:
                interrupted = True
                break
            except UserError as error:
                failures[seed] = error
                continue
            done.append(found)
            failures |= found.failures
    if not done:
        raise next(iter(failures.values())) if failures else KeyboardInterrupt
    return _joined(scenario, done, draws, interrupted, failures)


def _joined(
    scenario: Scenario,
    done: list[Results],
    draws: Mapping[int, Mapping[str, Any]],
    interrupted: bool,
    failures: Mapping[int, Exception],
) -> Results:
    """One Results of several, whose scenario is the one without draws."""
    kept = [seed for one in done for seed in one.seeds]
    series = pd.concat([one.series for one in done], ignore_index=True)
    groups = {
        name: pd.concat([one.groups[name] for one in done], ignore_index=True) for name in done[0].groups
    }  # fmt: skip
    provenance = {
        **done[0].provenance, "seeds": kept, "drawn_settings": {str(seed): dict(draws[seed]) for seed in kept},
    }  # fmt: skip
    return Results(scenario, kept, series, groups, provenance, interrupted, failures)
