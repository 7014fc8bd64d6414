"""xinzhi backtest: the economy opened in an earlier year, and what it predicted held against what happened."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import FirstSeed, Seeds, Settings, Workers, finish


def backtest(
    opening: Annotated[int, typer.Option(help="The year to open in: 2012 or 2015.")] = 2012,
    until: Annotated[int, typer.Option(help="The last year predicted; 2018 ends most of the record.")] = 2018,
    workers: Workers = 10_000,
    seeds: Seeds = 8,
    first_seed: FirstSeed = 1,
    out: Annotated[Path | None, typer.Option(help="The folder to write to; results/backtest_YEAR by default.")] = None,
    settings: Settings = None,
) -> None:
    """Open in 2012 or 2015 on what was known then, predict, and print errors beside those of naive forecasts.

    Writes errors.csv, errors_summary.csv, the figure backtest.png and the tables of the run.
    """
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.validation.backtest import run_backtest
    from abm.files import writing
    from abm.results.results import prepare_folder
    from abm.scenarios.scenario import parse_settings
    from xinzhi.analysis.backtest.figures import write_backtest
    from xinzhi.analysis.backtest.scores import score_backtest
    from xinzhi.analysis.backtest.text import backtest_text

    folder = prepare_folder(out or Path("results") / f"backtest_{opening}")
    span = range(first_seed, first_seed + seeds)
    progress = terminal_progress(f"backtest {opening}")
    run = run_backtest(opening, until, workers, span, progress, parse_settings(settings or []))
    run.results.write(folder)
    finish(run.results)
    card = score_backtest(run)
    with writing(folder, "the errors", "give another --out"):
        write_backtest(card, folder)
    typer.echo(backtest_text(card))
    typer.echo(f"\nErrors, figure and tables are in {folder}")
