"""xinzhi describe: the structure of the model, generated from its code."""

from __future__ import annotations

from typing import Annotated

import typer

from abm.commands.options import EconomyName, usual_economy


def describe(
    name: Annotated[
        str | None, typer.Argument(metavar="NAME", help="A lever, a parameter or an outcome, described alone.")
    ] = None,
    parameters: Annotated[bool, typer.Option("--parameters", help="Parameters with bounds and sources.")] = False,
    state: Annotated[bool, typer.Option("--state", help="State variables of the economy.")] = False,
    flows: Annotated[bool, typer.Option("--flows", help="Payments with payer and recipient.")] = False,
    outcomes: Annotated[bool, typer.Option("--outcomes", help="Recorded variables.")] = False,
    mechanisms: Annotated[bool, typer.Option("--mechanisms", help="Mechanisms of AI, each with its switch.")] = False,
    closures: Annotated[bool, typer.Option("--closures", help="Assumptions that data do not identify.")] = False,
    economy: EconomyName = None,
    presets: Annotated[bool, typer.Option("--presets", help="Presets of AI with their sources.")] = False,
) -> None:
    """Print the phases, levers and instruments of the model.

    Each phase is listed with the columns it reads and writes; options print other tables instead. With a NAME that item
    alone is printed, with an example for a scenario file. --economy gives values, amounts and units as in that economy.
    """
    from abm.reference.describe import describe as described
    from abm.reference.describe_one import describe_one

    if name is not None:
        typer.echo(describe_one(name, usual_economy(economy)))
        return
    text = described(
        parameters=parameters, state=state, flows=flows, outcomes=outcomes, mechanisms=mechanisms, closures=closures,
        presets=presets, economy=usual_economy(economy),
    )  # fmt: skip
    typer.echo(text)
