"""xinzhi describe: the model as the code has it."""

from __future__ import annotations

from typing import Annotated

import typer


def describe(
    parameters: Annotated[bool, typer.Option("--parameters", help="Every parameter, its bounds and source.")] = False,
    state: Annotated[bool, typer.Option("--state", help="Every column of the economy.")] = False,
    flows: Annotated[bool, typer.Option("--flows", help="Every payment: who pays whom.")] = False,
    outcomes: Annotated[bool, typer.Option("--outcomes", help="Every recorded variable.")] = False,
    mechanisms: Annotated[bool, typer.Option("--mechanisms", help="What AI does, switch by switch.")] = False,
    closures: Annotated[bool, typer.Option("--closures", help="The assumptions that no data settle.")] = False,
    presets: Annotated[bool, typer.Option("--presets", help="What AI may become, and after whom.")] = False,
) -> None:
    """Print the schedule with what each phase reads and writes, the levers and instruments; or the tables asked for."""
    from abm.reference.describe import describe as described

    text = described(
        parameters=parameters, state=state, flows=flows, outcomes=outcomes, mechanisms=mechanisms, closures=closures,
        presets=presets,
    )  # fmt: skip
    typer.echo(text)
