"""xinzhi plant-year: one plant and one research project, computed with the equations of the model."""

from __future__ import annotations

import typer


def plant_year() -> None:
    """Simulate one process plant and one research project.

    Prints the plant's first year with AI and the duration of the project, from the equations of the model.
    """
    from abm.experiments.validation.plant_year import plant_year as experiment

    typer.echo(experiment())
