"""xinzhi run: one scenario over several seeds, written as tables and figures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import (
    FirstSeed,
    Out,
    Quarters,
    ScenarioArgument,
    Seeds,
    Settings,
    Threads,
    Workers,
    finish,
    report,
)


def run(
    scenario: ScenarioArgument,
    workers: Workers = 10_000,
    seeds: Seeds = 1,
    first_seed: FirstSeed = 1,
    quarters: Quarters = None,
    threads: Threads = 1,
    out: Out = None,
    settings: Settings = None,
    figures: Annotated[bool, typer.Option(help="Also draw figures, which takes some seconds.")] = False,
) -> None:
    """Run one scenario and write its tables.

    Writes series.csv, tables by group, summary.json and provenance.json; with --figures also figures. Ctrl-C ends the
    run and writes the seeds that are finished.
    """
    from abm.experiments.ensembles.ensemble import run_ensemble
    from abm.experiments.running.progress import terminal_progress
    from abm.results.results import prepare_folder
    from abm.scenarios.scenario import checked_quarters, load_scenario, parse_settings

    chosen = load_scenario(scenario, parse_settings(settings or []))
    checked_quarters(quarters or chosen.quarters)
    folder = prepare_folder(out or Path("results") / chosen.name)
    span = range(first_seed, first_seed + seeds)
    results = run_ensemble(chosen, workers, span, quarters, threads, terminal_progress(chosen.name))
    results.write(folder)
    typer.echo(f"{len(results.seeds)} of {seeds} seeds, quarters 0 to {results.quarters}, written to {folder}")
    finish(results)
    report([results], folder, figures)
