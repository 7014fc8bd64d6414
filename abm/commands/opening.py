"""xinzhi opening: the opening economy against its published targets."""

from __future__ import annotations

from typing import Annotated

import typer

from abm.commands.options import EconomyName, Seed, Workers


def opening(
    workers: Workers = 100_000,
    seed: Seed = 1,
    economy: EconomyName = None,
    year: Annotated[
        int | None, typer.Option("--opening", help="Opening year; default: the latest of the economy's tables.")
    ] = None,
) -> None:
    """Compare the opening economy with published statistics.

    Prints each target of the first quarter (2024Q1 by default) beside its value in the model, of the
    usual economy or of another one, and on the last line how many of them fail; the exit code is 0 either way.
    """
    from abm.reference.opening_report import opening_report

    typer.echo(opening_report(workers, seed, year, economy))
