"""xinzhi opening: the opening economy against its published targets."""

from __future__ import annotations

from typing import Annotated

import typer

from abm.commands.options import Seed, Workers


def opening(
    workers: Workers = 100_000,
    seed: Seed = 1,
    year: Annotated[int, typer.Option("--opening", help="Opening year: 2024, 2015 or 2012.")] = 2024,
) -> None:
    """Compare the opening economy with published statistics.

    Prints each target of the first quarter (2024Q1 by default) beside its value in the model.
    """
    from abm.reference.opening_report import opening_report

    typer.echo(opening_report(workers, seed, year))
