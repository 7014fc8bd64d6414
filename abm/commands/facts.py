"""xinzhi facts: the stylised facts of a new ensemble against their acceptance bands."""

from __future__ import annotations

import typer

from abm.commands.headline import SCENARIOS
from abm.commands.options import EconomyName, FirstSeed, Seeds, Workers, finish


def facts(seeds: Seeds = 10, first_seed: FirstSeed = 1, workers: Workers = 10_000, economy: EconomyName = None) -> None:
    """Test the model against stylised facts.

    Runs the baseline with and without AI, looks at firms and persons, and prints each fact with its band, its source
    and pass or fail. An economy with facts of its own, as usa, is held against those.
    """
    from abm.data import find_economy
    from abm.experiments.ensembles.ensemble import run_ensemble
    from abm.experiments.observation.observation import observe
    from abm.experiments.running.progress import terminal_progress
    from abm.scenarios.scenario import load_scenario
    from xinzhi.analysis.moments.facts import facts_table

    named = "" if economy is None else find_economy(economy).name  # a folder has the facts that its manifest names

    span = range(first_seed, first_seed + seeds)
    chosen = {name: load_scenario(name, {} if economy is None else {"economy": economy}) for name in SCENARIOS}
    both = []
    for name, scenario in chosen.items():
        both.append(run_ensemble(scenario, workers, span, progress=terminal_progress(name)))
        if both[-1].interrupted:
            break
    seen = None
    if not both[-1].interrupted:
        seen = observe(chosen[SCENARIOS[0]], workers, span, terminal_progress("firms and persons"))
    typer.echo(str(facts_table(both[0], both[1] if len(both) > 1 else None, seen, named)))
    finish(*both, *([] if seen is None else [seen]))
