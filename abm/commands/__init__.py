"""The xinzhi command: one thin file for each of its commands, and the only place that joins abm and analysis.

A command imports what it needs when it runs, so that help comes at once.
"""

from __future__ import annotations

from typing import Annotated

import typer

from abm.commands import (
    backtest,
    check,
    check_lever,
    closures,
    compare,
    describe,
    effects,
    explain,
    facts,
    fit,
    headline,
    list_scenarios,
    opening,
    plant_year,
    presets,
    robust,
    run,
    schema,
    sensitivity,
    sweep,
)

__all__ = ["app"]

# Plain help and plain errors: rich would double the time to the first line.
app = typer.Typer(
    name="xinzhi",
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def xinzhi(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and end.")] = False,
) -> None:
    """A policy laboratory for the AI economy: growth, inequality and emissions of China to 2050.

    Start with `xinzhi list`, then `xinzhi run baseline`. Exit codes: 0 done, 2 bad input, 130 interrupted,
    1 the accounts of the model did not close.
    """
    if version:
        import abm

        typer.echo(f"xinzhi {abm.__version__}")
        raise typer.Exit()
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit()


app.command("run")(run.run)
app.command("compare")(compare.compare)
app.command("effects")(effects.effects)
app.command("sweep")(sweep.sweep)
app.command("explain")(explain.explain)
app.command("robust")(robust.robust)
app.command("sensitivity")(sensitivity.sensitivity)
app.command("headline")(headline.headline)
app.command("closures")(closures.closures)
app.command("presets")(presets.presets)
app.command("list")(list_scenarios.list_)
app.command("describe")(describe.describe)
app.command("check")(check.check)
app.command("schema")(schema.schema)
app.command("check-lever")(check_lever.check_lever)
app.command("opening")(opening.opening)
app.command("facts")(facts.facts)
app.command("fit")(fit.fit)
app.command("plant-year")(plant_year.plant_year)
app.command("backtest")(backtest.backtest)
