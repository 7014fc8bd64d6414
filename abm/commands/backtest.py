"""xinzhi backtest: the economy opened in an earlier year, and its predictions against the record."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import FirstSeed, Overwrite, Seeds, Settings, Workers, finish, folder_for, note_older_tables


def backtest(
    opening: Annotated[int, typer.Option(help="Opening year: 2012 or 2015.")] = 2012,
    until: Annotated[int, typer.Option(help="Last year predicted; a series is scored to its own last year.")] = 2025,
    workers: Workers = 10_000,
    seeds: Seeds = 64,
    first_seed: FirstSeed = 1,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/backtest_YEAR.")] = None,
    settings: Settings = None,
    fixed: Annotated[bool, typer.Option("--fixed", help="Same trends in every seed, not a draw of them each.")] = False,
    overwrite: Overwrite = False,
) -> None:
    """Compare out-of-sample predictions with naive forecasts.

    Opens the model in 2012 or 2015 with the data of that year, predicts to the last year and prints errors, CRPS and
    the coverage of intervals, beside those of rules, a VAR and a Bayesian VAR.
    Writes errors.csv, errors_summary.csv, judges.csv, judges_summary.csv, the figures backtest.png and judges.png and
    the tables of the run.
    """
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.validation.backtest import run_backtest
    from abm.files import writing
    from abm.scenarios.scenario import parse_settings
    from xinzhi.analysis.backtest.figures import write_backtest
    from xinzhi.analysis.backtest.scores import score_backtest
    from xinzhi.analysis.backtest.text import backtest_text

    question = {
        "command": "backtest", "opening": opening, "until": until, "workers": workers, "seeds": [first_seed, seeds],
        "settings": settings, "fixed": fixed,
    }  # fmt: skip
    folder = folder_for(out, f"backtest_{opening}", question, overwrite)
    span = range(first_seed, first_seed + seeds)
    progress = terminal_progress(f"backtest {opening}")
    run = run_backtest(opening, until, workers, span, progress, parse_settings(settings or []), not fixed)
    note_older_tables([run.results.scenario])
    run.results.write(folder)
    finish(run.results, written=f"{len(run.results.seeds)} of {seeds} seeds are written to {folder}")
    card = score_backtest(run)
    with writing(folder, "the errors", "give another --out"):
        write_backtest(card, folder)
    typer.echo(backtest_text(card))
    typer.echo(f"\nErrors, figure and tables are in {folder}")
