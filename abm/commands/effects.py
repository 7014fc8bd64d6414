"""xinzhi effects: what every lever changes, on paired seeds, and what it costs."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from abm.commands.options import FirstSeed, Seeds, Workers, finish


def effects(
    workers: Workers = 10_000,
    seeds: Seeds = 32,
    first_seed: FirstSeed = 1,
    quarters: Annotated[int, typer.Option(min=16, help="Quarters after 2024Q1; levers act from the twelfth on.")] = 112,
    lever: Annotated[list[str] | None, typer.Option(help="Only this lever; repeatable.")] = None,
    on_debt: Annotated[bool, typer.Option("--on-debt", help="Let debt pay instead of the income tax.")] = False,
    out: Annotated[Path, typer.Option(help="The folder to write to.")] = Path("results/effects"),
) -> None:
    """Run every lever at a documented strength against the baseline on paired seeds; print what it changes and costs.

    The income tax pays for each, so that the effect of a lever is not that of a deficit. Ctrl-C keeps what is finished.
    """
    from abm.errors import UserError
    from abm.experiments.effects import BASELINE, STRENGTHS, run_effects
    from abm.experiments.progress import terminal_progress
    from abm.results import prepare_folder
    from analysis.effects import effects_table, effects_text

    folder = prepare_folder(out)
    span = range(first_seed, first_seed + seeds)
    done = run_effects(workers, span, quarters, lever, not on_debt, terminal_progress("effects"))
    if len(done.results) > 1 and BASELINE in done.results:
        table = effects_table(done.results, STRENGTHS)
        try:
            table.to_csv(folder / "effects.csv", index=False, lineterminator="\n")
        except OSError as error:
            raise UserError(f"{folder}: cannot write the table ({error.strerror}); give another --out") from None
        typer.echo(effects_text(table, seeds, not on_debt))
        typer.echo(f"The table is in {folder / 'effects.csv'}")
    finish(done)
