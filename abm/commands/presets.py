"""xinzhi presets: the productivity gain under each preset of AI, beside that of its source."""

from __future__ import annotations

import typer

from abm.commands.options import EconomyName, FirstSeed, Quarters, Seeds, Workers, finish, usual_economy


def presets(
    workers: Workers = 10_000,
    seeds: Seeds = 4,
    first_seed: FirstSeed = 1,
    quarters: Quarters = None,
    economy: EconomyName = None,
) -> None:
    """Compare the presets of AI with the studies behind them.

    Runs every preset on paired seeds and prints the gains in productivity, GDP, household consumption and net
    domestic product beside the targets of the study, which are the same for every economy.
    """
    from abm.experiments.ensembles.variants import run_variants
    from abm.experiments.running.progress import terminal_progress
    from abm.scenarios.presets import PRESETS
    from abm.scenarios.scenario import baseline_in
    from xinzhi.analysis.assumptions.presets import presets_table

    span = range(first_seed, first_seed + seeds)
    variants = {name: {"ai": name} for name in PRESETS}
    base = baseline_in(usual_economy(economy))
    done = run_variants(base, variants, workers, span, quarters, terminal_progress("presets"))
    if "none" in done.results:
        typer.echo(presets_table(done.results, {name: one.targets for name, one in PRESETS.items()}))
    finish(done)
