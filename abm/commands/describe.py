"""xinzhi describe: the quarter as the code has it."""

from __future__ import annotations

import typer


def describe() -> None:
    """Print the schedule of the quarter, with what each phase reads and writes."""
    from abm.describe import describe as described

    typer.echo(described())
