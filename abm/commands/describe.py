"""xinzhi describe: the model as the code has it."""

from __future__ import annotations

from typing import Annotated

import typer


def describe(
    parameters: Annotated[bool, typer.Option("--parameters", help="Every parameter, its bounds and source.")] = False,
    state: Annotated[bool, typer.Option("--state", help="Every column of the economy.")] = False,
    flows: Annotated[bool, typer.Option("--flows", help="Every payment: who pays whom.")] = False,
    outcomes: Annotated[bool, typer.Option("--outcomes", help="Every recorded variable.")] = False,
) -> None:
    """Print the schedule with what each phase reads and writes, the levers and instruments; or the tables asked for."""
    from abm.describe import describe as described

    typer.echo(described(parameters, state, flows, outcomes))
