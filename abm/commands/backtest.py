"""xinzhi backtest: the economy opened in an earlier year, and its predictions against the record."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from abm.commands.options import (
    EconomyName,
    FirstSeed,
    Overwrite,
    Posterior,
    Seeds,
    Settings,
    Workers,
    finish,
    folder_for,
    note_fixed_parameters,
    note_older_tables,
    with_posterior,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from abm.experiments.validation.backtest import Backtest
    from abm.scenarios.scenario import Scenario


def backtest(
    opening: Annotated[
        int | None, typer.Option(help="Opening year: 2012, 2015 or 2018, of usa 2017 or 2019; default: the first.")
    ] = None,
    until: Annotated[int, typer.Option(help="Last year predicted; a series is scored to its own last year.")] = 2025,
    workers: Workers = 10_000,
    seeds: Seeds = 64,
    first_seed: FirstSeed = 1,
    economy: EconomyName = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/backtest_YEAR.")] = None,
    settings: Settings = None,
    fixed: Annotated[bool, typer.Option("--fixed", help="Same trends in every seed, not a draw of them each.")] = False,
    posterior: Posterior = None,
    overwrite: Overwrite = False,
) -> None:
    """Compare out-of-sample predictions with naive forecasts.

    Opens the model in 2012, 2015 or 2018 with the data of that year, or with --economy usa in 2017 or 2019, predicts to
    the last year and prints errors, CRPS and the coverage of intervals, beside those of rules, a VAR and a Bayesian
    VAR. With --posterior every seed is run a second time, with a draw of estimated parameters, and the coverage of both
    is printed.
    Writes errors.csv, errors_summary.csv, judges.csv, judges_summary.csv, the figures backtest.png and judges.png and
    the tables of the run; with --posterior coverage.csv too.
    """
    from abm.data import find_economy
    from abm.experiments.validation.backtest import backtest_scenario, first_backtest
    from abm.scenarios.scenario import parse_settings
    from xinzhi.analysis.backtest.cases import case_of

    opening = first_backtest(economy or "") if opening is None else opening
    chosen = with_posterior(parse_settings(settings or []), posterior)
    drawn_from = str(chosen.pop("posterior", "") or "")
    scenario = backtest_scenario(opening, until, chosen, drawn_from, economy or "")
    case_of(find_economy(scenario.tables).name)
    note_older_tables([scenario])
    note_fixed_parameters([scenario])
    question = {
        "command": "backtest", "opening": opening, "until": until, "workers": workers, "seeds": [first_seed, seeds],
        "settings": settings, "fixed": fixed,
    }  # fmt: skip
    question |= ({"scenario": scenario.digest()} if drawn_from else {}) | ({"economy": economy} if economy else {})
    folder = folder_for(out, scenario.name, question, overwrite)
    span = range(first_seed, first_seed + seeds)
    without = _run(scenario, until, workers, span, chosen, not fixed, "") if drawn_from else None
    if without is not None:
        finish(without.results)
    run = _run(scenario, until, workers, span, chosen, not fixed, drawn_from)
    run.results.write(folder)
    finish(run.results, written=f"{len(run.results.seeds)} of {seeds} seeds are written to {folder}")
    _report(run, without, folder)


def _report(run: Backtest, without: Backtest | None, folder: Path) -> None:
    """Score, write and print; ``without`` is the run of the same seeds without the posterior."""
    from abm.files import writing
    from abm.scenarios.posteriors import find_posterior
    from xinzhi.analysis.backtest.coverage import coverage_table, coverage_text
    from xinzhi.analysis.backtest.figures import write_backtest
    from xinzhi.analysis.backtest.scores import score_backtest
    from xinzhi.analysis.backtest.text import backtest_text

    card = score_backtest(run)
    with writing(folder, "the errors", "give another --out"):
        write_backtest(card, folder)
    typer.echo(backtest_text(card))
    if without is not None:
        known = str(find_posterior(run.posterior).about.get("data", ""))
        table = coverage_table(card, score_backtest(without))
        with writing(folder, "the coverage", "give another --out"):
            table.to_csv(folder / "coverage.csv", index=False, lineterminator="\n")
        typer.echo(f"\n{coverage_text(table, run.opening, run.posterior, known)}")
    typer.echo(f"\nErrors, figure and tables are in {folder}")


def _run(
    scenario: Scenario, until: int, workers: int, seeds: range, settings: Mapping[str, Any], trends: bool,
    posterior: str,
) -> Backtest:  # fmt: skip
    """One of the two runs, with a line of progress of its own."""
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.validation.backtest import run_backtest

    name = scenario.name.replace("_", " ")
    progress = terminal_progress(f"{name} with {posterior}" if posterior else name)
    opening = scenario.opening_year
    return run_backtest(opening, until, workers, seeds, progress, settings, trends, posterior, scenario.economy)
