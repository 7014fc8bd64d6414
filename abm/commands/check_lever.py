"""xinzhi check-lever: test a lever from a file against the contract of the shipped levers."""

from __future__ import annotations

from typing import Annotated

import typer


def check_lever(
    path: Annotated[str, typer.Argument(metavar="PATH", help="Python file that defines the lever.")],
) -> None:
    """Test a lever of your own against the lever contract.

    Reads the lever from a Python file and prints one line for each clause of the contract.
    """
    from abm.errors import UserError
    from abm.experiments.effects.lever_contract import findings
    from abm.levers import load_lever

    lever = load_lever(path)
    typer.echo(f"{lever.name}: {lever.title} ({lever.strategy.value}). {lever.summary}")
    missed = 0
    for finding in findings(lever):
        typer.echo(str(finding))
        missed += not finding.met
    if missed:
        raise UserError(f"{path}: {missed} of the clauses above not met; correct the file and run the command again")
    typer.echo(f"The lever can be used: `levers_from: {path}` in a scenario, or --set levers_from={path}")
