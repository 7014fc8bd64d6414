"""xinzhi opening: the published targets of the opening economy beside what was opened."""

from __future__ import annotations

from typing import Annotated

import typer

from abm.commands.options import Seed, Workers


def opening(
    workers: Workers = 100_000,
    seed: Seed = 1,
    year: Annotated[int, typer.Option("--opening", help="The year to open in: 2024, 2015 or 2012.")] = 2024,
) -> None:
    """Print each target of the opening economy, 2024Q1, beside its value in the economy opened from it."""
    from abm.reference.opening_report import opening_report

    typer.echo(opening_report(workers, seed, year))
