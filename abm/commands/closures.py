"""xinzhi closures: how jobs, inequality and the labour share depend on assumptions that data do not identify."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.options import (
    EconomyName,
    FirstSeed,
    Overwrite,
    Quarters,
    Seeds,
    Workers,
    announce,
    finish,
    folder_for,
    folder_in,
    period,
    refuse_what_does_not_fit,
    say,
    usual_economy,
)

if TYPE_CHECKING:
    import pandas as pd

    from xinzhi.analysis.reading.closure_ranges import Size


def closures(
    workers: Workers = 10_000,
    seeds: Seeds = 4,
    first_seed: FirstSeed = 1,
    quarters: Quarters = None,
    economy: EconomyName = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/closures.")] = None,
    overwrite: Overwrite = False,
    save: Annotated[bool, typer.Option("--save", help="Update the ranges that other commands print.")] = False,
) -> None:
    """Show how results depend on six unidentified assumptions.

    Runs the economy with and without AI at every combination of the ends of the six closures in the grid, on paired
    seeds, and prints the range of each result. Ctrl-C keeps the combinations that are finished.
    """
    from abm.experiments.validation.closure_grid import checked_whole_year
    from abm.scenarios.economies import identity
    from abm.scenarios.scenario import checked_quarters, load_scenario

    tables = usual_economy(economy)
    base = load_scenario("baseline", {} if economy is None else {"economy": economy})
    _check_saving(save, tables)
    length = checked_quarters(quarters or base.quarters)
    checked_whole_year(length)
    named = {} if tables == usual_economy(None) else {"economy": identity(tables)}
    question = {"command": "closures", "workers": workers, "seeds": [first_seed, seeds], "quarters": length, **named}
    refuse_what_does_not_fit(workers, seeds, length, first_seed)
    folder = folder_for(out, folder_in("closures", tables), question, overwrite)
    announce(1, seeds, workers, period(2024, length))

    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.validation.closure_grid import run_closure_grid
    from abm.results.currency import speaking_of
    from xinzhi.analysis.assumptions.closure_figures import closures_figure
    from xinzhi.analysis.figures.findings import write_findings
    from xinzhi.analysis.reading.closure_ranges import Size as RunSize
    from xinzhi.analysis.reading.closure_ranges import closure_effects, closures_text

    span = range(first_seed, first_seed + seeds)
    grid = run_closure_grid(workers, span, quarters, terminal_progress("closures"), economy=base.tables)
    effects = closure_effects(grid.table)
    say("writing tables and the figure")
    with speaking_of(base.tables):
        found = {"closures": grid.table, "closure_effects": effects}
        write_findings(folder, found, {"closures": closures_figure(effects, workers, tuple(span))}, {})
        typer.echo(closures_text(effects, seeds))
    typer.echo(f"The table and the figure are in {folder}")
    finish(grid, written=f"the finished combinations are written to {folder}")
    if save:
        _save(effects, RunSize(workers, first_seed, seeds), quarters)


def _check_saving(save: bool, tables: str) -> None:
    """Raise UserError where the ranges of another economy would be saved."""
    from abm.errors import UserError

    usual = usual_economy(None)
    if save and tables != usual:
        raise UserError(f"--save: the ranges that other commands print are those of {usual}; leave it out")


def _save(effects: pd.DataFrame, size: Size, quarters: int | None) -> None:
    """Keep the ranges that other commands print, with the command that made them."""
    from xinzhi.analysis.reading.closure_ranges import save_ranges

    words = f" --quarters {quarters}" if quarters else ""
    asked = f"--workers {size.workers} --seeds {size.seeds} --first-seed {size.first_seed}"
    typer.echo(f"The ranges are saved in {save_ranges(effects, size, f'xinzhi closures {asked}{words} --save')}")
