"""The xinzhi command: one thin file for each command, and the only place that joins abm and analysis.

A command imports what it needs when it runs, so that the help appears at once.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer
from typer.core import TyperGroup

from abm.commands import (
    backtest,
    check,
    check_lever,
    closures,
    compare,
    countries,
    describe,
    duel,
    effects,
    emulator,
    evidence,
    explain,
    facts,
    fit,
    headline,
    list_scenarios,
    nowcast,
    opening,
    page,
    plant_year,
    presets,
    rerun,
    responses,
    robust,
    run,
    schema,
    screen,
    sector,
    sensitivity,
    sweep,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

    from typer._click import Context, HelpFormatter

__all__ = ["app"]


class GroupedCommands(TyperGroup):
    """The list of commands under a heading for each kind of use, in plain text."""

    def format_commands(self, ctx: Context, formatter: HelpFormatter) -> None:
        """Write the headings in the order of their first commands; all first columns are equally wide."""
        limit = formatter.width - 6 - max(len(name) for name in self.commands)
        sections: dict[str, list[tuple[str, str]]] = {}
        for name, command in self.commands.items():
            heading = getattr(command, "rich_help_panel", None) or "Commands"
            sections.setdefault(heading, []).append((name, command.get_short_help_str(limit)))
        widest = max(len(name) for name in self.commands)
        for heading, rows in sections.items():
            with formatter.section(heading):
                formatter.write_dl([(name.ljust(widest), text) for name, text in rows])


# Plain help and plain errors: rich would double the time to the first line.
app = typer.Typer(
    name="xinzhi",
    cls=GroupedCommands,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@app.callback(invoke_without_command=True)
def xinzhi(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version and exit.")] = False,
) -> None:
    """A policy laboratory for the AI economy: growth, inequality and emissions of China or the United States.

    Start with `xinzhi list`, then `xinzhi run baseline`. Exit codes: 0 done, 1 the accounts of the model did not
    close, 2 invalid input, 130 interrupted.
    """
    if version:
        import abm

        typer.echo(f"xinzhi {abm.__version__}")
        raise typer.Exit()
    if context.invoked_subcommand is None:
        typer.echo(context.get_help())
        raise typer.Exit()


GROUPS: dict[str, dict[str, Callable[..., Any]]] = {
    "Run": {"run": run.run, "headline": headline.headline, "rerun": rerun.rerun},
    "Open in a browser": {"app": page.app, "emulator": emulator.emulator},
    "Compare": {
        "compare": compare.compare,
        "countries": countries.countries,
        "effects": effects.effects,
        "explain": explain.explain,
    },
    "Explore uncertainty": {
        "closures": closures.closures,
        "presets": presets.presets,
        "screen": screen.screen,
        "sensitivity": sensitivity.sensitivity,
        "sweep": sweep.sweep,
        "robust": robust.robust,
    },
    "Validate": {
        "opening": opening.opening,
        "facts": facts.facts,
        "backtest": backtest.backtest,
        "nowcast": nowcast.nowcast,
        "duel": duel.duel,
        "responses": responses.responses,
        "evidence": evidence.evidence,
        "fit": fit.fit,
        "plant-year": plant_year.plant_year,
    },
    "Inspect": {
        "list": list_scenarios.list_,
        "describe": describe.describe,
        "sector": sector.sector,
        "check": check.check,
        "check-lever": check_lever.check_lever,
        "schema": schema.schema,
    },
}
for _heading, _commands in GROUPS.items():
    for _name, _command in _commands.items():
        app.command(_name, rich_help_panel=_heading)(_command)
