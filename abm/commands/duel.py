"""xinzhi duel: growth and consumer prices forecast from every quarter since 2012, beside rules and systems."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import FirstSeed, Overwrite, Seeds, Workers, finish, folder_for, refuse_what_does_not_fit, say

NO_POSTERIOR = "none"


def duel(
    workers: Workers = 10_000,
    seeds: Seeds = 16,
    first_seed: FirstSeed = 1,
    since: Annotated[int, typer.Option(min=2012, max=2025, help="Year of the first origin.")] = 2012,
    posterior: Annotated[
        str, typer.Option(metavar="NAME|FILE|none", help="Posterior of which each seed takes a draw; none for none.")
    ] = "china",
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/duel.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Forecast growth and prices from every quarter since 2012.

    Opens the model in every quarter with the latest tables before it, the rate of consumer prices published then and
    the trend expected then, and scores 1, 2, 4 and 8 quarters ahead beside no change, means, autoregressions, VARs and
    a Bayesian VAR with parameters from data to 2019.
    Writes duel.csv, a row for each forecast, and duel_scores.csv. Ctrl-C keeps the origins that are finished.
    """
    from abm.errors import UserError
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.validation.quarterly_duel import STEPS, origins, run_quarterly_duel
    from abm.files import writing
    from abm.interrupts import KEPT
    from abm.results.results import write_table
    from abm.scenarios.posteriors import find_posterior
    from xinzhi.analysis.nowcast.origins import origin_scores, origin_table
    from xinzhi.analysis.nowcast.origins_text import origins_text

    name = "" if posterior == NO_POSTERIOR else posterior
    table_of_draws = find_posterior(name).sha256 if name else ""
    refuse_what_does_not_fit(workers, seeds, STEPS, first_seed)
    many = len(origins(since))
    if not many:
        raise UserError(f"--since {since}: no quarter after it is on record; give an earlier year")
    question = {
        "command": "duel", "workers": workers, "seeds": [first_seed, seeds], "since": since, "draws": table_of_draws,
    }  # fmt: skip
    folder = folder_for(out, "duel", question, overwrite)
    say(f"{many} origins, {seeds:,} seeds, {workers:,} workers, {STEPS} quarters each")
    span = range(first_seed, first_seed + seeds)
    found = run_quarterly_duel(workers, span, name, since, terminal_progress("duel"))
    table = origin_table(found)
    with writing(folder, "the duel", "give another --out"):
        folder.mkdir(parents=True, exist_ok=True)
        write_table(folder / "duel.csv", table)
        write_table(folder / "duel_scores.csv", origin_scores(table))
    KEPT.written.append(f"{len(found.runs)} of {many} origins are written to {folder}")
    typer.echo(origins_text(found, table))
    typer.echo(f"\nAll forecasts and their scores are in {folder}")
    finish(found)
