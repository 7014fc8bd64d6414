"""xinzhi run: one scenario over several seeds, written as tables and figures."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

import typer

from abm.commands.options import (
    EconomyName,
    FirstSeed,
    Fresh,
    Out,
    Overwrite,
    Posterior,
    Quarters,
    ScenarioArgument,
    Seeds,
    Settings,
    Threads,
    Until,
    Workers,
    announce,
    as_given,
    finish,
    folder_for,
    given_settings,
    last_period,
    note_idle_levers,
    period,
    refuse_what_does_not_fit,
    report,
    say,
)


def run(
    scenario: ScenarioArgument,
    workers: Workers = 10_000,
    seeds: Seeds = 1,
    first_seed: FirstSeed = 1,
    until: Until = None,
    quarters: Quarters = None,
    threads: Threads = 1,
    out: Out = None,
    settings: Settings = None,
    economy: EconomyName = None,
    posterior: Posterior = None,
    fresh: Fresh = False,
    overwrite: Overwrite = False,
    figures: Annotated[bool, typer.Option(help="Also draw figures, which takes some seconds.")] = False,
) -> None:
    """Run one scenario and write its tables.

    Writes years.csv, series.csv by quarter, tables by group, summary.json and provenance.json; with --figures also
    figures. Seeds that were run before are read again. Ctrl-C ends the run and writes the seeds that are finished.
    """
    from abm.comparing import quarters_until
    from abm.scenarios.scenario import load_scenario
    from xinzhi.analysis.comparison.costs import payer_sentence
    from xinzhi.analysis.reading.text import wrapped

    chosen = as_given(scenario, load_scenario(scenario, given_settings(settings, posterior, economy)))
    length = quarters_until(chosen, until, quarters)
    digest, of_seeds = replace(chosen, quarters=length).digest(), [first_seed, seeds]
    question = {"command": "run", "scenarios": [digest], "workers": workers, "seeds": of_seeds, "quarters": length}
    refuse_what_does_not_fit(workers, seeds, length, first_seed)
    folder = folder_for(out, chosen.name, question, overwrite)
    announce(1, seeds, workers, period(chosen.opening_year, length))
    note_idle_levers([chosen], length)

    from abm.experiments.ensembles.ensemble import run_ensemble
    from abm.experiments.running.progress import terminal_progress
    from abm.interrupts import KEPT

    span = range(first_seed, first_seed + seeds)
    results = run_ensemble(chosen, workers, span, length, threads, terminal_progress(chosen.name), fresh)
    say("writing tables")
    results.write(folder)
    KEPT.written.append(f"{len(results.seeds)} of {seeds} seeds are written to {folder}")
    typer.echo(f"{len(results.seeds)} of {seeds} seeds to {last_period(results)}, written to {folder}")
    finish(results)
    report([results], folder, figures)
    if payer := payer_sentence(chosen):
        typer.echo(wrapped(payer, indent=2))
