"""xinzhi duel: growth, prices and unemployment forecast from every quarter with tables, beside rules and systems."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.options import (
    FirstSeed,
    Overwrite,
    Seeds,
    Workers,
    finish,
    folder_for,
    refuse_what_does_not_fit,
    say,
)

if TYPE_CHECKING:
    from abm.experiments.validation.quarterly_duel import QuarterlyDuel

NO_POSTERIOR, AT_HOME = "none", "china"


def duel(
    economy: Annotated[
        str, typer.Option("--economy", metavar="NAME", help="Economy with a record of quarters: china or usa.")
    ] = "china",
    workers: Workers = 10_000,
    seeds: Seeds = 16,
    first_seed: FirstSeed = 1,
    since: Annotated[int, typer.Option(min=2012, max=2025, help="Year of the first origin.")] = 2012,
    posterior: Annotated[
        str | None,
        typer.Option(
            metavar="NAME|FILE|none",
            help="Posterior of which each seed takes a draw; none for none; default: china for china, none for usa.",
        ),
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/duel, or duel_ECONOMY.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Forecast growth and prices from every quarter since 2012.

    Opens the model in every quarter with the latest tables before it, what was published then and the trend expected
    then, and scores 1, 2, 4 and 8 quarters ahead beside no change, means, autoregressions, VARs and a Bayesian VAR with
    parameters from data to 2019. For usa it is real GDP, its deflator and unemployment, to 12 quarters ahead, from the
    first year with tables, beside the errors published of US_BeforeIT.
    Writes duel.csv, a row for each forecast, and duel_scores.csv. Ctrl-C keeps the origins that are finished.
    """
    from abm.errors import UserError
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.validation.quarterly_duel import duel_form, run_quarterly_duel
    from abm.scenarios.posteriors import find_posterior

    form = duel_form(economy)
    name = form.posterior if posterior is None else "" if posterior == NO_POSTERIOR else posterior
    question = {
        "command": "duel", "workers": workers, "seeds": [first_seed, seeds], "since": since,
        "draws": find_posterior(name).sha256 if name else "",
    }  # fmt: skip
    refuse_what_does_not_fit(workers, seeds, form.steps, first_seed)
    many = len(form.origins(since))
    if not many:
        raise UserError(f"--since {since}: no quarter after it is on record; give an earlier year")
    abroad = economy != AT_HOME
    question |= {"economy": economy} if abroad else {}
    folder = folder_for(out, f"duel_{economy}" if abroad else "duel", question, overwrite)
    say(f"{many} origins, {seeds:,} seeds, {workers:,} workers, {form.steps} quarters each")
    span = range(first_seed, first_seed + seeds)
    found = run_quarterly_duel(workers, span, name, since, terminal_progress("duel"), economy)
    typer.echo(_written(found, folder, many))
    typer.echo(f"\nAll forecasts and their scores are in {folder}")
    finish(found)


def _written(found: QuarterlyDuel, folder: Path, many: int) -> str:
    """Write the forecasts and their scores; what is printed of them."""
    from abm.files import writing
    from abm.interrupts import KEPT
    from abm.results.results import write_table
    from xinzhi.analysis.nowcast.origin_forms import FORMS
    from xinzhi.analysis.nowcast.origins import origin_scores, origin_table
    from xinzhi.analysis.nowcast.origins_text import origins_text

    table = origin_table(found)
    with writing(folder, "the duel", "give another --out"):
        folder.mkdir(parents=True, exist_ok=True)
        write_table(folder / "duel.csv", table)
        write_table(folder / "duel_scores.csv", origin_scores(table, FORMS[found.economy]))
    KEPT.written.append(f"{len(found.runs)} of {many} origins are written to {folder}")
    return origins_text(found, table)
