"""xinzhi plant-year: one plant and one research project, computed with the equations of the model."""

from __future__ import annotations

import typer

from abm.commands.options import NoEconomy, refuse_economy


def plant_year(economy: NoEconomy = None) -> None:
    """Simulate one process plant and one research project.

    Prints the plant's first year with AI and the duration of the project, from the equations of the model.
    """
    refuse_economy(economy, "plant-year computes one plant with equations that all economies share; leave it out")
    from abm.experiments.validation.plant_year import plant_year as experiment

    typer.echo(experiment())
