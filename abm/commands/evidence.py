"""xinzhi evidence: published figures on AI beside what the model gives."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.options import (
    EconomyName,
    FirstSeed,
    Overwrite,
    Seeds,
    Settings,
    Workers,
    as_given,
    finish,
    folder_for,
    refuse_what_does_not_fit,
    say,
    with_economy,
)

if TYPE_CHECKING:
    from abm.experiments.evidence.evidence import Evidence


def evidence(
    scenario: Annotated[str, typer.Option(help="Economy with AI: shipped name or path of a YAML file.")] = "baseline",
    workers: Workers = 10_000,
    seeds: Seeds = 16,
    first_seed: FirstSeed = 1,
    until: Annotated[int, typer.Option(metavar="YEAR", help="Last year; figures of later years are left open.")] = 2034,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/evidence_SCENARIO.")] = None,
    economy: EconomyName = None,
    language: Annotated[str, typer.Option("--language", help="Language of the text and the figures: en or zh.")] = "en",
    as_json: Annotated[bool, typer.Option("--json", help="Print the table as JSON instead of text.")] = False,
    settings: Settings = None,
    overwrite: Overwrite = False,
) -> None:
    """Compare the model with published figures on AI.

    Adoption, jobs, pay, productivity, spending, electricity and the first years of the economy: each with the model's
    value and its 90 % interval over the seeds, whether it is hit, and whether the model was set to it; misses first.
    Figures of the economy's own country come first, then those of others that test a mechanism; for usa they are
    the surveys and payroll data of the United States. Every seed is run with AI and without it. Ctrl-C keeps the seeds
    that are finished.
    """
    from abm.data import find_economy
    from abm.experiments.evidence.evidence import evidence as run
    from abm.experiments.evidence.evidence import evidence_plan
    from abm.scenarios.scenario import load_scenario, parse_settings

    _check(language)
    chosen = as_given(scenario, load_scenario(scenario, with_economy(parse_settings(settings or []), economy)))
    span = range(first_seed, first_seed + seeds)
    plan = evidence_plan(chosen, workers, span, until, None)
    refuse_what_does_not_fit(workers, seeds, plan.tasks[0].quarters, first_seed)
    question = {
        "command": "evidence", "scenarios": [chosen.digest()], "workers": workers, "seeds": [first_seed, seeds],
        "until": until, "language": language,
    }  # fmt: skip
    usual = f"evidence_{chosen.name}" + (f"_{find_economy(economy).name}" if economy else "")
    folder = folder_for(out, usual, question, overwrite)

    from abm.experiments.running.progress import terminal_progress

    say(f"{seeds:,} pair{'s' if seeds > 1 else ''} of runs, {workers:,} workers, to {until}")
    found = run(chosen, workers, span, until, None, terminal_progress("evidence"))
    _write(found, folder, seeds, language)
    _print(found, folder, as_json, language)
    finish(found)


def _check(language: str) -> None:
    """Refuse a language without texts before anything is run."""
    from abm.errors import UserError
    from abm.languages import LANGUAGES

    if language not in LANGUAGES:
        raise UserError(f"--language {language}: give one of {', '.join(LANGUAGES)}")


def _command(found: Evidence, language: str) -> str:
    from abm.results.provenance import command_line

    line = command_line("evidence", [found.scenario], found.workers, found.seeds, None)
    line = f"{line.replace('evidence ', 'evidence --scenario ', 1)} --until {found.until}"
    return f"{line} --language {language}" if language != "en" else line


def _write(found: Evidence, folder: Path, seeds: int, language: str) -> None:
    """All files, and for an interrupt how many of the seeds are in them."""
    from abm.interrupts import KEPT, shielded
    from xinzhi.analysis.evidence.files import write_evidence

    say("writing tables and figures")
    with shielded():
        write_evidence(found, folder, _command(found, language), language)
        KEPT.written.append(f"{len(found.seeds)} of {seeds} seeds are written to {folder}")


def _print(found: Evidence, folder: Path, as_json: bool, language: str) -> None:
    from xinzhi.analysis.evidence.files import evidence_record
    from xinzhi.analysis.evidence.text import evidence_text

    if as_json:
        typer.echo(json.dumps(evidence_record(found, _command(found, language)), ensure_ascii=False, allow_nan=False))
        return
    typer.echo(evidence_text(found, language))
    typer.echo(f"\nThe table, a page, figures and evidence.json are in {folder}")
