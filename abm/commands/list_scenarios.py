"""xinzhi list: the shipped scenarios."""

from __future__ import annotations

import typer


def list_() -> None:
    """List the shipped scenarios with their questions."""
    from abm.scenario import list_scenarios, load_scenario

    names = list_scenarios()
    width = max(map(len, names), default=0)
    for name in names:
        typer.echo(f"{name:{width}}  {load_scenario(name).question}")
