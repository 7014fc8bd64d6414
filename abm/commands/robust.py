"""xinzhi robust: which policy does well whatever the world turns out to be, and where each fails."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SweepArgument = Annotated[str, typer.Argument(metavar="SWEEP", help="The folder that `xinzhi sweep` has filled.")]
Goals = Annotated[
    list[str] | None,
    typer.Option(
        "--goal", metavar="NAME=up|down",
        help="An outcome that should be high or low; repeatable; GDP up, inequality and CO2 down by default. "
        "mean_growth is the mean growth of GDP.",
    ),
]  # fmt: skip
Needs = Annotated[
    list[str] | None,
    typer.Option(
        "--need", metavar="NAME<NUMBER",
        help='A threshold, e.g. "gini_disposable_income<0.47", in recorded units; repeatable; by default what the '
        "reference policy reaches in its median world.",
    ),
]  # fmt: skip


def robust(
    sweep: SweepArgument,
    goal: Goals = None,
    need: Needs = None,
    year: Annotated[int | None, typer.Option(help="The year that counts; the last by default.")] = None,
    reference: Annotated[
        str | None, typer.Option(help="The policy from which changes are counted; the first by default.")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="The folder to write to; SWEEP/robust by default.")] = None,
) -> None:
    """Compare the policies of a sweep over all its worlds: regret, needs met, the front of growth, equality and
    climate, and the conditions under which each policy fails.

    Policies meet the same worlds and the same luck; a world in which a run failed is named and left out.
    """
    from abm.experiments.sweeps.sweep import read_sweep
    from xinzhi.analysis.reading.sweeps import paragraphs
    from xinzhi.analysis.robustness.regret import GOALS
    from xinzhi.analysis.robustness.robustness import robustness

    found = robustness(read_sweep(sweep), goal or GOALS, need or (), year, reference)
    folder = out or Path(sweep) / "robust"
    found.write(folder)
    typer.echo(paragraphs(found.sentences))
    typer.echo(f"Tables and figures are in {folder}")
