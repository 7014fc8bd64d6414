"""xinzhi closures: how jobs, inequality and the labour share depend on assumptions that data do not identify."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import FirstSeed, Quarters, Seeds, Workers, finish


def closures(
    workers: Workers = 10_000,
    seeds: Seeds = 4,
    first_seed: FirstSeed = 1,
    quarters: Quarters = None,
    out: Annotated[Path, typer.Option(help="Output folder.")] = Path("results/closures"),
    save: Annotated[bool, typer.Option("--save", help="Update the ranges that other commands print.")] = False,
) -> None:
    """Show how results depend on four unidentified assumptions.

    Runs the economy with and without AI at every combination of the ends of the four closures, on paired seeds, and
    prints the range of each result. Ctrl-C keeps the combinations that are finished.
    """
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.validation.closure_grid import run_closure_grid
    from abm.files import writing
    from abm.results.results import prepare_folder
    from xinzhi.analysis.assumptions.closure_figures import closures_figure
    from xinzhi.analysis.reading.closure_ranges import Size, closure_effects, closures_text, save_ranges

    folder = prepare_folder(out)
    span = range(first_seed, first_seed + seeds)
    grid = run_closure_grid(workers, span, quarters, terminal_progress("closures"))
    effects = closure_effects(grid.table)
    with writing(folder, "the results", "give another --out"):
        grid.table.to_csv(folder / "closures.csv", index=False, lineterminator="\n")
        effects.to_csv(folder / "closure_effects.csv", index=False, lineterminator="\n")
        closures_figure(effects, workers, tuple(span)).savefig(folder / "closures.png", metadata={"Software": "xinzhi"})
    typer.echo(closures_text(effects, seeds))
    typer.echo(f"The table and the figure are in {folder}")
    finish(grid)
    if save:
        length = f" --quarters {quarters}" if quarters else ""
        command = f"xinzhi closures --workers {workers} --seeds {seeds} --first-seed {first_seed}{length} --save"
        typer.echo(f"The ranges are saved in {save_ranges(effects, Size(workers, first_seed, seeds), command)}")
