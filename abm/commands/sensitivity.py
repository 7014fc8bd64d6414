"""xinzhi sensitivity: global sensitivity of growth, inequality and emissions to assumptions, beside sampling noise."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.options import (
    EconomyName,
    Quarters,
    Seeds,
    Until,
    Workers,
    folder_in,
    note_conversions,
    note_idle_policies,
    with_economy,
)

if TYPE_CHECKING:
    from abm.experiments.sweeps.sweep import Sweep
    from abm.scenarios.scenario import Scenario

SAMPLES = {"morris": 8, "sobol": 32}

Samples = Annotated[
    int | None,
    typer.Option(
        "--samples", "--trajectories", min=2,
        help="Morris trajectories (default: 8) or Sobol base samples, a power of two (default: 32).",
    ),
]  # fmt: skip


Outcomes = Annotated[
    list[str] | None, typer.Option(help="Outcome; repeatable; default: mean_growth, inequality and CO2.")
]
SweepFolder = Annotated[
    str | None,
    typer.Argument(metavar="[SWEEP]", help="Folder of a sweep with sampling: morris or sobol; without it one is run."),
]


def sensitivity(
    sweep: SweepFolder = None,
    method: Annotated[
        str, typer.Option(help="morris (screening with few runs) or sobol (variance decomposition).")
    ] = "morris",
    samples: Samples = None,
    seeds: Seeds = 4,
    workers: Workers = 10_000,
    until: Until = None,
    quarters: Quarters = None,
    scenario: Annotated[str, typer.Option(help="Scenario whose assumptions are varied.")] = "baseline",
    economy: EconomyName = None,
    outcome: Outcomes = None,
    year: Annotated[int | None, typer.Option(help="Year of evaluation; default: the last.")] = None,
    policy: Annotated[str | None, typer.Option(help="Policy of the sweep; default: the first.")] = None,
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; default: one per core.")] = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/sensitivity_METHOD.")] = None,
) -> None:
    """Rank assumptions by their effect on the results.

    Prints Morris or Sobol indices for growth, inequality and CO2 with their intervals, beside the noise of the seeds.
    Without SWEEP twenty assumptions vary by a quarter around their values (ranges.csv). An interrupted analysis
    resumes with the same command.
    """
    from abm.experiments.sweeps.sensitivity_design import ranges_of
    from abm.experiments.sweeps.sweep import read_sweep
    from abm.results.folders import claim_folder
    from abm.scenarios.scenario import load_scenario
    from xinzhi.analysis.reading.sweeps import measure_of, paragraphs
    from xinzhi.analysis.sensitivity import report
    from xinzhi.analysis.sensitivity.sensitivity import OUTCOMES, sensitivity_of

    _checked_method(method, sweep)
    ranges = None
    for name in outcome or OUTCOMES:
        measure_of(name)  # before anything is run for it
    if sweep is None:
        chosen = load_scenario(scenario, with_economy({}, economy))
        note_conversions([chosen])
        done = _run(method, samples, seeds, workers, until, quarters, chosen, processes, out)
        ranges = report.range_table(ranges_of(scenario=chosen))
        folder = Path(done.folder)
    else:
        done = read_sweep(sweep)
        question = {"command": "sensitivity", "design": done.design["digest"]}
        folder, _ = claim_folder(out, Path(sweep) / "sensitivity", question, replaceable=False)
    found = sensitivity_of(done, outcome or OUTCOMES, year, policy)
    report.write_sensitivity(found, folder, ranges)
    typer.echo(f"{report.sensitivity_text(found)}\n\n{paragraphs(report.sensitivity_sentences(found))}")
    typer.echo(f"The tables and tornado.png are in {folder}")


def _checked_method(method: str, sweep: str | None) -> None:
    from abm.errors import UserError

    if sweep is None and method not in SAMPLES:
        raise UserError(f"--method {method}: should be morris or sobol")


def _run(
    method: str, samples: int | None, seeds: int, workers: int, until: int | None, quarters: int | None,
    scenario: Scenario, processes: int | None, out: Path | None,
) -> Sweep:  # fmt: skip
    """Run the standard design, or the runs missing from the folder. Ctrl-C keeps finished runs."""
    from abm.comparing import quarters_until
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.sweeps.design import load_design
    from abm.experiments.sweeps.sensitivity_design import standard_design
    from abm.experiments.sweeps.sweep import sweep

    length = None if until is None else quarters_until(scenario, until, quarters)
    wanted = standard_design(method, samples or SAMPLES[method], seeds, workers, length or quarters, scenario)
    design = replace(load_design(wanted), scenario=scenario)
    typer.echo(design.in_words())
    note_idle_policies(design)
    folder = out or Path("results") / folder_in(f"sensitivity_{method}", scenario.tables)
    done = sweep(design, folder, processes=processes, progress=terminal_progress(f"sensitivity, {method}"))
    if done.interrupted:
        raise KeyboardInterrupt
    return done
