"""The options that several commands share, and what they do alike at their end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

if TYPE_CHECKING:
    from abm.results.results import Results

MOST_WORKERS = 2**31 - 1  # rows are 32-bit numbers
LARGEST_SEED = 2**62

ScenarioArgument = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="A shipped name (see `xinzhi list`) or the path of a YAML file.")
]
Workers = Annotated[
    int, typer.Option(min=2_000, max=MOST_WORKERS, help="Simulated adults; each stands for many persons.")
]
Seeds = Annotated[int, typer.Option(min=1, max=1_000_000, help="How many seeds, counted up from the first.")]
FirstSeed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="The first seed.")]
Seed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="The seed.")]
Quarters = Annotated[
    int | None, typer.Option(min=1, help="Quarters after 2024Q1, at most to 2100Q4; the scenario's own by default.")
]
Threads = Annotated[
    int, typer.Option(min=1, max=1024, help="Threads of a single seed; several seeds use one process each instead.")
]
Out = Annotated[Path | None, typer.Option(help="The folder to write to; results/SCENARIO by default.")]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set a scenario key, e.g. levers.carbon_price=200; repeatable."),
]


class Ended(Protocol):
    """What became of some work: what failed, by seed or by name, and whether the user ended it."""

    @property
    def failures(self) -> Mapping[Any, Exception]:
        """What failed, with its error."""
        ...

    @property
    def interrupted(self) -> bool:
        """Whether the user ended the work."""
        ...


def report(many: Sequence[Results], folder: Path, figures: bool = True) -> None:
    """Print the summary table of the results; then draw their figures into the folder, or take away those of before."""
    from xinzhi.analysis.figures.run_figures import remove_figures, write_figures
    from xinzhi.analysis.reading.summary import summary_table

    typer.echo(summary_table(many))
    if figures:
        write_figures(many, folder)
    else:
        remove_figures(folder)
        typer.echo("No figures were drawn; --figures draws them.")


def finish(*many: Ended) -> None:
    """Say what is missing and end as it deserves: a failed seed with its error, an interrupted run with 130."""
    for results in many:
        for error in results.failures.values():
            raise error
    if any(results.interrupted for results in many):
        raise KeyboardInterrupt
