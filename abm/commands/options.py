"""Options that several commands share, and the steps with which they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from abm.values import LARGEST_SEED, MOST_SEEDS, MOST_WORKERS

if TYPE_CHECKING:
    from abm.results.results import Results

ScenarioArgument = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="Shipped name (see `xinzhi list`) or path of a YAML file.")
]
Workers = Annotated[
    int, typer.Option(min=2_000, max=MOST_WORKERS, help="Simulated adults; each represents many persons.")
]
Seeds = Annotated[int, typer.Option(min=1, max=MOST_SEEDS, help="Number of seeds, counted from the first.")]
FirstSeed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="First seed.")]
Seed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="Seed of the random draws.")]
Quarters = Annotated[
    int | None, typer.Option(min=1, help="Quarters after 2024Q1 instead of a last year; for short trials.")
]
Until = Annotated[
    int | None, typer.Option(metavar="YEAR", help="Last year, up to 2100; default: that of the scenario, 2050.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Run all seeds anew, also those that were run before.")]
OnDebt = Annotated[bool, typer.Option("--on-debt", help="Finance policies by debt, not the income tax.")]
Threads = Annotated[
    int, typer.Option(min=1, max=1024, help="Threads for a single seed; several seeds use one process each.")
]
Out = Annotated[Path | None, typer.Option(help="Output folder; default: results/SCENARIO.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set a scenario key, e.g. levers.carbon_price=200; repeatable."),
]
SettingsOfSides = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="[B:]KEY=VALUE",
        help="Set a scenario key for all, or with A: to D: for one of them, e.g. B:levers.carbon_price=200.",
    ),
]


class Ended(Protocol):
    """The status of finished work: failures by seed or name, and whether the user interrupted it."""

    @property
    def failures(self) -> Mapping[Any, Exception]:
        """What failed, with its error."""
        ...

    @property
    def interrupted(self) -> bool:
        """Whether the user ended the work."""
        ...


def report(many: Sequence[Results], folder: Path, figures: bool = True) -> None:
    """Print the summary table; then draw the figures into the folder, or delete those of an earlier run."""
    from xinzhi.analysis.figures.run_figures import remove_figures, write_figures
    from xinzhi.analysis.reading.summary import summary_table

    typer.echo(summary_table(many))
    if figures:
        write_figures(many, folder)
    else:
        remove_figures(folder)
        typer.echo("No figures were drawn; --figures draws them.")


def last_period(results: Results) -> str:
    """``2050``, or ``2024Q3`` where the last year is not whole."""
    year, quarter = divmod(results.quarters, 4)
    return f"{results.scenario.opening_year + year}{'' if quarter == 3 else f'Q{quarter + 1}'}"


def finish(*many: Ended) -> None:
    """Report missing seeds and exit with the matching status: 130 for an interrupted run."""
    for results in many:
        for error in results.failures.values():
            raise error
    if any(results.interrupted for results in many):
        raise KeyboardInterrupt
