"""xinzhi robust: the robustness of policies over the worlds of a sweep, and the conditions of failure."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

SweepArgument = Annotated[str, typer.Argument(metavar="SWEEP", help="Folder written by `xinzhi sweep`.")]
Goals = Annotated[
    list[str] | None,
    typer.Option(
        "--goal", metavar="NAME=up|down",
        help="Outcome to maximise (up) or minimise (down); repeatable; default: GDP and household "
        "consumption up, inequality and CO2 down. mean_growth is the mean growth rate of GDP.",
    ),
]  # fmt: skip
Needs = Annotated[
    list[str] | None,
    typer.Option(
        "--need", metavar="NAME<NUMBER",
        help='Requirement, e.g. "gini<47" or "gdp>=240", in units of a calendar year (per cent, Gini 0 to '
        "100); repeatable; default: the value that the reference policy reaches in its median world.",
    ),
]  # fmt: skip


def robust(
    sweep: SweepArgument,
    goal: Goals = None,
    need: Needs = None,
    year: Annotated[int | None, typer.Option(help="Year of evaluation; default: the last.")] = None,
    reference: Annotated[str | None, typer.Option(help="Reference policy for differences; default: the first.")] = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: SWEEP/robust.")] = None,
) -> None:
    """Rank policies by regret and find where they fail.

    Prints regret, the requirements met, the Pareto front of growth, equality and climate, and the conditions under
    which each policy fails. All policies are run in the same worlds with the same random draws; a world with a failed
    run is named and left out.
    """
    from abm.experiments.sweeps.sweep import read_sweep
    from abm.results.folders import claim_folder
    from xinzhi.analysis.reading.sweeps import paragraphs
    from xinzhi.analysis.robustness.regret import GOALS
    from xinzhi.analysis.robustness.robustness import robustness

    swept = read_sweep(sweep)
    found = robustness(swept, goal or GOALS, need or (), year, reference)
    question = {"command": "robust", "design": swept.design["digest"]}
    folder, _ = claim_folder(out, Path(sweep) / "robust", question, replaceable=False)
    found.write(folder)
    typer.echo(paragraphs(found.sentences))
    typer.echo(f"Tables and figures are in {folder}")
