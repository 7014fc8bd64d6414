"""xinzhi plant-year: one plant and one research project through the model's own equations."""

from __future__ import annotations

import typer


def plant_year() -> None:
    """Print a process plant's year with AI and the length of a research project, from the model's own equations."""
    from abm.experiments.validation.plant_year import plant_year as experiment

    typer.echo(experiment())
