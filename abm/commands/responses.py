"""xinzhi responses: what single shocks do to the economy, beside what the literature found."""

from __future__ import annotations

from functools import partial
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
    folder_in,
    note_conversions,
    refuse_what_does_not_fit,
    say,
    with_economy,
)

if TYPE_CHECKING:
    from abm.experiments.responses.responses import Responses

Shocks = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME[=SIZE]", help="Shock, if need be with another size; repeatable; default: all."),
]


def responses(
    scenario: Annotated[
        str, typer.Option(help="Scenario without the shock: shipped name or path; no_ai is that without AI.")
    ] = "baseline",
    economy: EconomyName = None,
    workers: Workers = 10_000,
    seeds: Seeds = 8,
    first_seed: FirstSeed = 1,
    shock: Shocks = None,
    year: Annotated[
        int | None, typer.Option(help="Year in whose first quarter the shock comes; default: after ten years, 2034.")
    ] = None,
    after: Annotated[int, typer.Option(metavar="QUARTERS", min=1, help="Quarters that follow the shock.")] = 40,
    calm: Annotated[
        bool, typer.Option("--calm", help="Add the path without shocks, AI and public demand that leans on the cycle.")
    ] = False,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/responses_SCENARIO.")] = None,
    settings: Settings = None,
    overwrite: Overwrite = False,
) -> None:
    """Show how the economy responds to eight shocks.

    Public demand, transfers, the policy rate, exports, world prices, productivity, the carbon price and layoffs: each
    is imposed on the same economy on the same seeds, and the difference is printed by quarters with its 90 % interval,
    beside the range that the literature found for the country or for several. A carbon price is in the currency of
    the economy. Debt pays for what the shocks cost. Ctrl-C keeps the seeds that are finished.
    """
    from abm.experiments.responses.responses import planned, split_sizes
    from abm.experiments.responses.responses import responses as run
    from abm.scenarios.scenario import load_scenario, parse_settings

    chosen = as_given(scenario, load_scenario(scenario, with_economy(parse_settings(settings or []), economy)))
    note_conversions([chosen])
    span = range(first_seed, first_seed + seeds)
    sizes = split_sizes(shock, chosen.tables, chosen.opening_year)
    plan = planned(chosen, workers, span, sizes, year, after, None, calm)
    refuse_what_does_not_fit(workers, seeds, plan.start + plan.after, first_seed)
    question = {
        "command": "responses", "scenarios": [chosen.digest()], "workers": workers, "seeds": [first_seed, seeds],
        "year": year, "after": after, "calm": calm, "shocks": {name: one.size for name, one in plan.shocks.items()},
    }  # fmt: skip
    folder = folder_for(out, folder_in(f"responses_{chosen.name}", chosen.tables), question, overwrite)

    from abm.experiments.running.progress import terminal_progress

    shown = terminal_progress("responses", first=partial(_announced, len(plan.shocks), seeds, workers))
    found = run(chosen, workers, span, sizes, year, after, None, calm, shown)
    _write(found, folder, seeds)
    _print(found, folder)
    finish(found)


def _announced(shocks: int, seeds: int, workers: int) -> None:
    say(f"{shocks} shock{'s' if shocks > 1 else ''}, {seeds:,} seed{'s' if seeds > 1 else ''}, {workers:,} workers")


def _write(found: Responses, folder: Path, seeds: int) -> None:
    """All files, and for an interrupt how many of the seeds are in them."""
    from abm.interrupts import KEPT, shielded
    from abm.results.provenance import command_line
    from xinzhi.analysis.responses.files import write_responses

    line = command_line("responses", [found.scenario], found.workers, found.seeds, None, [found.year])
    words = [line.replace("responses ", "responses --scenario ", 1), f"--after {found.after}"]
    words += [f"--shock {name}={one.size:g}" for name, one in found.shocks.items()]
    say("writing tables and figures")
    with shielded():
        write_responses(found, folder, " ".join([*words, *(["--calm"] if found.calm is not None else [])]))
        KEPT.written.append(f"{len(found.seeds)} of {seeds} seeds are written to {folder}")


def _print(found: Responses, folder: Path) -> None:
    from xinzhi.analysis.responses.text import responses_text

    typer.echo(responses_text(found))
    typer.echo(f"\nTables, figures and responses.json are in {folder}")
