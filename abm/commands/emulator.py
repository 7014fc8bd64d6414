"""xinzhi emulator: fit what the page estimates while a slider moves, and measure its error."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import Workers, folder_for, say


def emulator(
    workers: Workers = 10_000,
    points: Annotated[int, typer.Option(min=16, max=100_000, help="Random policy mixes to learn from.")] = 512,
    trials: Annotated[int, typer.Option(min=2, max=1_000, help="Further mixes that the fit is tried on.")] = 24,
    out: Annotated[Path | None, typer.Option(help="Folder of the figure and table; default: results/emulator.")] = None,
) -> None:
    """Fit the page's quick estimate and print its error.

    Runs random mixes of policies, fits a regression to what they change, and compares it with mixes that the fit has
    not seen. The page draws its estimate dashed until four pairs of runs are there.
    """
    from loky import cpu_count

    from abm.experiments.running.progress import terminal_progress
    from abm.files import writing
    from abm.memory import processes_that_fit
    from xinzhi.app.emulator.errors import error_figure, error_table, error_text
    from xinzhi.app.emulator.store import keep_emulator
    from xinzhi.app.emulator.trial import TrialSize, fit_emulator

    size = TrialSize(workers, points, trials)
    folder = folder_for(out, "emulator", {"command": "emulator", "size": list(vars(size).values())}, True)
    say(f"running {size.seeds + points + trials * size.seeds:,} economies of {workers:,} workers to {size.until}")
    found = fit_emulator(size, processes_that_fit(workers, cpu_count()), terminal_progress("emulator"))
    with writing(folder, "the results", "give another --out"):
        error_table(found).to_csv(folder / "emulator_errors.csv", index=False, lineterminator="\n")
        error_figure(found).savefig(folder / "emulator_errors.png", metadata={"Software": "xinzhi"})
    typer.echo(error_text(found))
    typer.echo(f"The table and the figure are in {folder}; `xinzhi app` uses the estimate: {keep_emulator(found)}")
