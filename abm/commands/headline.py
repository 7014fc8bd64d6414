"""xinzhi headline: the economy with and without artificial intelligence on the same random draws."""

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
    out: Annotated[Path, typer.Option(help="Output folder.")] = Path("results/headline"),
) -> None:
    """Compare the economy with and without AI (the main result).

    Runs both on paired seeds, writes tables and figures and prints the comparison.
    """
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
