"""xinzhi headline: the main job, the economy with and without artificial intelligence on the same luck."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import FirstSeed, Quarters, Seeds, Workers, finish, report

SCENARIOS = ("baseline", "no_ai")


def headline(
    workers: Workers = 10_000,
    seeds: Seeds = 8,
    first_seed: FirstSeed = 1,
    quarters: Quarters = None,
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("results/headline"),
) -> None:
    """Run the baseline and its twin without AI on paired seeds; write tables and figures and print the comparison."""
    from abm.experiments.ensembles.ensemble import run_ensemble
    from abm.experiments.running.progress import terminal_progress
    from abm.results.results import prepare_folder

    folder = prepare_folder(out)
    span = range(first_seed, first_seed + seeds)
    both = []
    for name in SCENARIOS:
        results = run_ensemble(name, workers, span, quarters, progress=terminal_progress(name))
        results.write(folder / name)
        both.append(results)
        finish(results)
    report(both, folder)
    typer.echo(f"Tables and figures are in {folder}")
