"""xinzhi explain: an additive decomposition of the difference between two scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from abm.commands.options import (
    EconomyName,
    FirstSeed,
    OnDebt,
    Overwrite,
    Seeds,
    Settings,
    Workers,
    announce,
    as_given,
    finish,
    folder_for,
    folder_in,
    given_settings,
    note_idle_levers,
    refuse_what_does_not_fit,
    say,
)

if TYPE_CHECKING:
    from abm.scenarios.scenario import Scenario
    from xinzhi.analysis.attribution.attribution import Attribution

Families = Annotated[list[str] | None, typer.Option(help="Family of mechanisms; repeatable; default: all families.")]


def explain(
    reference: Annotated[str, typer.Argument(metavar="A", help="Reference: shipped name or path of a YAML file.")],
    subject: Annotated[
        str | None, typer.Argument(metavar="[B]", help="Scenario compared with A; without it A, with its twin.")
    ] = None,
    workers: Workers = 10_000,
    seeds: Seeds = 4,
    first_seed: FirstSeed = 1,
    year: Annotated[
        int, typer.Option("--year", "--until", help="Year explained, with which the runs end; both names are the same.")
    ] = 2050,
    family: Families = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/why_A_B.")] = None,
    economy: EconomyName = None,
    settings: Settings = None,
    on_debt: OnDebt = False,
    overwrite: Overwrite = False,
) -> None:
    """Decompose the difference between two scenarios.

    The parts are mechanisms of AI (Shapley values), firms, energy and sources of income; they add up to the difference.
    Every combination of the families of mechanisms is run on the same seeds: 64 runs per seed for each scenario with
    AI. As in `xinzhi compare`, the income tax finances a policy that has no budget rule. Ctrl-C keeps the seeds that
    are finished. --set and --economy apply to both scenarios; amounts of money that a scenario has
    in another currency are converted at the exchange rate.
    """
    pair = _pair(reference, subject, given_settings(settings, None, economy))
    question = {
        "command": "explain", "scenarios": [one.digest() for one in pair], "workers": workers,
        "seeds": [first_seed, seeds], "year": year, "families": family, "on_debt": on_debt,
    }  # fmt: skip
    refuse_what_does_not_fit(workers, seeds, 1, first_seed)
    folder = folder_for(out, folder_in(f"why_{pair[0].name}_{pair[1].name}", pair[0].tables), question, overwrite)

    from abm.experiments.attribution.explain import explain as run
    from abm.experiments.running.progress import terminal_progress
    from abm.results.provenance import command_line
    from xinzhi.analysis.attribution.attribution import attribute

    span = range(first_seed, first_seed + seeds)
    shown = terminal_progress("explain", first=partial(_announced, pair, workers, seeds, year))
    explanation = run(pair[0], pair[1], workers, span, year, family, progress=shown, on_debt=on_debt)
    attribution = attribute(explanation)
    words = [command_line("explain", pair, workers, span, None, [year]), *(f"--family {name}" for name in family or [])]
    _write(attribution, folder, " ".join([*words, *(["--on-debt"] if on_debt else [])]), seeds)
    _print(attribution)
    typer.echo(f"\nTables, figures and explain.json are in {folder}")
    finish(explanation)


def _pair(reference: str, subject: str | None, settings: Mapping[str, Any]) -> tuple[Scenario, Scenario]:
    """The two scenarios in one economy; without the second the first behind its twin. Raises UserError."""
    from abm.commands.compare import said_twin
    from abm.comparing import refuse_different_economies
    from abm.scenarios.scenario import load_scenario

    names = said_twin([reference] if subject is None else [reference, subject])
    first, second = (as_given(one, load_scenario(one, dict(settings))) for one in names)
    if subject is None and first.tables != second.tables:
        first = load_scenario(first, {"economy": second.tables})
    refuse_different_economies([first, second])
    return first, second


def _announced(pair: Sequence[Scenario], workers: int, seeds: int, year: int) -> None:
    from abm.results.years import last_quarter

    announce(2, seeds, workers, str(year))
    note_idle_levers(pair, last_quarter(pair[0].opening_year, year))


def _write(attribution: Attribution, folder: Path, command: str, seeds: int) -> None:
    """All files, and for an interrupt how many of the seeds are in them."""
    from abm.interrupts import KEPT, shielded

    say("writing tables and figures")
    with shielded():
        attribution.write(folder, command)
        KEPT.written.append(f"{len(attribution.seeds)} of {seeds} seeds are written to {folder}")


def _print(attribution: Attribution) -> None:
    """The parts of the difference, and who pays in each scenario."""
    from xinzhi.analysis.attribution.text import attribution_text
    from xinzhi.analysis.comparison.costs import payer_sentence
    from xinzhi.analysis.reading.text import wrapped

    typer.echo(attribution_text(attribution))
    for label, scenario in zip(attribution.labels, attribution.explanation.scenarios, strict=True):
        if payer := payer_sentence(scenario):
            typer.echo(wrapped(f"{label}. {payer}", indent=2))
