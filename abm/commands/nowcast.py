"""xinzhi nowcast: the economy opened in its first quarter against every figure published since."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.options import (
    EconomyName,
    FirstSeed,
    Overwrite,
    Posterior,
    Seeds,
    Settings,
    Workers,
    as_given,
    finish,
    folder_for,
    note_fixed_parameters,
    refuse_what_does_not_fit,
    say,
    with_economy,
    with_posterior,
)

if TYPE_CHECKING:
    from abm.experiments.validation.nowcast import Nowcast


def nowcast(
    scenario: Annotated[str, typer.Option(help="Scenario: shipped name or path of a YAML file.")] = "baseline",
    economy: EconomyName = None,
    workers: Workers = 10_000,
    seeds: Seeds = 64,
    first_seed: FirstSeed = 1,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/nowcast_SCENARIO.")] = None,
    language: Annotated[str, typer.Option("--language", help="Language of the text and the figure: en or zh.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print the tables as JSON instead of text.")] = False,
    settings: Settings = None,
    posterior: Posterior = None,
    overwrite: Overwrite = False,
) -> None:
    """Score the model on figures published since 2024Q1.

    Runs the economy to the last quarter published and holds growth, prices, jobs, energy, trade, incomes and debt
    against the record: the model with 80 and 90 % intervals over the seeds beside no change, trend and AR(1), and
    quarterly forecasts of growth and prices beside more rules. A new figure is one line of published.csv. Ctrl-C keeps
    the seeds that are finished.
    """
    from abm.data import find_economy
    from abm.experiments.validation.nowcast import nowcast as run
    from abm.experiments.validation.nowcast import nowcast_plan
    from abm.scenarios.scenario import load_scenario, parse_settings

    _check(language)
    overrides = with_economy(with_posterior(parse_settings(settings or []), posterior), economy)
    chosen = as_given(scenario, load_scenario(scenario, overrides))
    note_fixed_parameters([chosen])
    span = range(first_seed, first_seed + seeds)
    plan = nowcast_plan(chosen, workers, span)
    refuse_what_does_not_fit(workers, seeds, plan.quarters, first_seed)
    question = {
        "command": "nowcast", "scenarios": [chosen.digest()], "workers": workers, "seeds": [first_seed, seeds],
        "language": language,
    }  # fmt: skip
    usual = f"nowcast_{chosen.name}" + (f"_{find_economy(economy).name}" if economy else "")
    folder = folder_for(out, usual, question, overwrite)

    from abm.experiments.running.progress import terminal_progress

    many = f"{seeds:,} seed{'s' if seeds > 1 else ''}, {workers:,} workers"
    say(f"{many}, {plan.quarters} quarters, {len(plan.figures)} published figures")
    found = run(chosen, workers, span, progress=terminal_progress("nowcast"))
    _write(found, folder, seeds, language)
    _print(found, folder, as_json, language)
    finish(found)


def _check(language: str) -> None:
    """Refuse a language without texts, and a missing library, before anything is run."""
    from abm.errors import UserError
    from abm.languages import LANGUAGES

    if language not in LANGUAGES:
        raise UserError(f"--language {language}: give one of {', '.join(LANGUAGES)}")
    if find_spec("statsmodels") is None:
        raise UserError("the nowcast needs statsmodels; install it with pip install 'xinzhi[analysis]'")


def _command(found: Nowcast, language: str) -> str:
    from abm.results.provenance import command_line

    line = command_line("nowcast", [found.scenario], found.workers, found.seeds, None)
    line = line.replace("nowcast ", "nowcast --scenario ", 1)
    return f"{line} --language {language}" if language != "en" else line


def _write(found: Nowcast, folder: Path, seeds: int, language: str) -> None:
    """All files, and for an interrupt how many of the seeds are in them."""
    from abm.interrupts import KEPT, shielded
    from xinzhi.analysis.nowcast.files import write_nowcast

    say("writing tables and figures")
    with shielded():
        write_nowcast(found, folder, _command(found, language), language)
        KEPT.written.append(f"{len(found.seeds)} of {seeds} seeds are written to {folder}")


def _print(found: Nowcast, folder: Path, as_json: bool, language: str) -> None:
    from xinzhi.analysis.nowcast.files import nowcast_record
    from xinzhi.analysis.nowcast.text import nowcast_text

    if as_json:
        record = nowcast_record(found, _command(found, language))
        typer.echo(json.dumps(record, ensure_ascii=False, allow_nan=False))
        return
    typer.echo(nowcast_text(found, language))
    typer.echo(f"\nTables, a page, a figure and nowcast.json are in {folder}")
