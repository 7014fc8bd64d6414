"""xinzhi fit: estimate parameters by the method of simulated moments."""

from __future__ import annotations

import json
import shlex
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.fit_posterior import PosteriorPlan, fit_posterior
from abm.commands.options import Quarters, Until, finish, period, say
from abm.values import LARGEST_SEED

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Drawn

    from abm.experiments.calibration.design import FitDesign
    from abm.experiments.calibration.fit import Fit
    from abm.experiments.calibration.storage import Trial
    from xinzhi.analysis.calibration.fit import Objective

DesignFile = Annotated[
    Path | None, typer.Argument(metavar="[FIT.yaml]", help="File with parameter ranges, targets, seeds, trials.")
]
Fitted = Annotated[
    list[str] | None,
    typer.Option(
        "--fit", metavar="KEY[=LOW:HIGH]", help="Parameter to estimate; repeatable; default: about eight tuned ones."
    ),
]
Targets = Annotated[
    list[str] | None,
    typer.Option(metavar="NAME[=WEIGHT]", help="Fact to match; repeatable; default: all with a band."),
]
Posterior = Annotated[
    bool, typer.Option("--posterior", help="Draw a posterior from the quarterly record; FIT is a table of priors then.")
]
Trials = Annotated[
    int | None, typer.Option(min=2, help="Total number of trials; default: 150, or 1,500 runs for a posterior.")
]
Remark = Annotated[str, typer.Option(help="What is said of a posterior wherever it is used.")]
Adoption = Annotated[bool, typer.Option("--adoption", help="Fit the adoption of AI to surveys of firms; no run.")]


def fit(
    design: DesignFile = None,
    parameters: Fitted = None,
    target: Targets = None,
    adoption: Adoption = False,
    posterior: Posterior = False,
    scenario: Annotated[str | None, typer.Option(help="Scenario whose parameters are estimated.")] = None,
    workers: Annotated[int | None, typer.Option(min=2_000, help="Simulated adults; default: 10,000.")] = None,
    seeds: Annotated[int | None, typer.Option(min=1, help="Seeds per trial; default: 4.")] = None,
    first_seed: Annotated[int | None, typer.Option(min=0, max=LARGEST_SEED, help="First seed.")] = None,
    until: Until = None,
    quarters: Quarters = None,
    trials: Trials = None,
    remark: Remark = "",
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/fit.")] = None,
) -> None:
    """Estimate parameters by the method of simulated moments.

    Every trial runs the same seeds. An interrupted search resumes with the same command; finished trials are kept.
    Writes the scenario file fitted.yaml, tables and figures. With --adoption no economy is run: four numbers are fitted
    to Europe's surveys to 2024 and scored on 2025. With --posterior the parameters of a table of priors are estimated
    on the quarterly record to 2019, and draws of them are written, for `xinzhi run --posterior FILE`.
    """
    from abm.errors import UserError
    from abm.experiments.calibration.design import FitDesign, read_design
    from abm.experiments.calibration.fit import run_fit
    from abm.experiments.calibration.storage import check_packages
    from abm.experiments.running.progress import terminal_progress
    from xinzhi.analysis.calibration.fit import moment_objective

    if adoption:
        if any((design, parameters, target, scenario, workers, seeds, first_seed, until, quarters, trials)):
            raise UserError("--adoption runs no economy and has its own parameters and targets; leave the others away")
        _fit_adoption(out or Path("results") / "adoption")
        return
    if posterior:
        if any((parameters, target, seeds, first_seed, until, quarters)):
            raise UserError("--posterior takes --scenario, --trials, --workers, --remark and --out only")
        fit_posterior(PosteriorPlan(design).with_options(scenario, trials, workers, remark, out))
        return
    check_packages()
    plan = _with_options(read_design(design) if design else FitDesign(), parameters, target, scenario)
    aims = moment_objective(plan.weights)
    plan = plan if until is None and quarters is None else replace(plan, until=until, quarters=quarters)
    plan = _with_effort(plan, workers, seeds, first_seed, trials).checked()
    folder = _folder(out, plan, aims)
    found = run_fit(plan, aims, folder, terminal_progress(f"fit of {len(plan.ranges)} parameters"))
    if found.best is not None:
        _write(found, found.best, aims, folder)
    finish(found, written=f"the best of the finished trials is written to {folder}" if found.best else "")


def _fit_adoption(folder: Path) -> None:
    """The fit of adoption, printed; tables and figure in a folder."""
    from abm.experiments.adoption_fit.study import study_adoption
    from xinzhi.analysis.calibration.adoption import adoption_figure, adoption_tables, adoption_text
    from xinzhi.analysis.figures.findings import write_findings

    study = study_adoption()
    write_findings(folder, adoption_tables(study), {"adoption": adoption_figure(study)}, {})
    typer.echo(adoption_text(study))
    typer.echo(f"\nTables and figure are in {folder}")


def _folder(out: Path | None, plan: FitDesign, aims: Objective) -> Path:
    """The folder of the fit, which no other question and no other process has."""
    from abm.results.folders import claim_folder

    question = {"command": "fit", **json.loads(plan.fingerprint(aims.description))}
    folder, note = claim_folder(out, Path("results") / "fit", question, replaceable=False)
    if note:
        say(f"note: {note}")
    return folder


def _with_effort(
    plan: FitDesign, workers: int | None, seeds: int | None, first_seed: int | None, trials: int | None
) -> FitDesign:
    """The design with what the command line says of its size."""
    first = plan.first_seed if first_seed is None else first_seed
    return replace(
        plan, first_seed=first, workers=workers or plan.workers, seeds=seeds or plan.seeds,
        trials=trials or plan.trials,
    )  # fmt: skip


def _with_options(
    plan: FitDesign, parameters: list[str] | None, target: list[str] | None, scenario: str | None
) -> FitDesign:
    """The design, with values of the command line in place of those of the file."""
    from abm.errors import UserError
    from abm.experiments.calibration.design import read_range

    if parameters:
        plan = replace(plan, ranges=tuple(map(read_range, parameters)))
    weights = {}
    for text in target or ():
        name, equals, weight = text.partition("=")
        try:
            weights[name] = float(weight) if equals else 1.0
        except ValueError:
            weights[name] = 0.0
        if not 0 < weights[name] < float("inf"):
            raise UserError(f"--target {text}: the weight should be a number above 0")
    plan = replace(plan, weights=weights) if weights else plan
    return replace(plan, scenario=scenario) if scenario else plan


def _write(found: Fit, best: Trial, aims: Objective, folder: Path) -> None:
    """The scenario file, the tables, the figures and the text."""
    from xinzhi.analysis.calibration.figures import convergence_figure, identification_figure
    from xinzhi.analysis.calibration.report import fit_text, slopes_table, targets_table, trials_table
    from xinzhi.analysis.figures.findings import write_findings

    path = _write_scenario(found, best, aims, folder)
    drawn: dict[str, Drawn] = {"convergence": convergence_figure(found, aims)}
    tables = {"trials": trials_table(found), "targets": targets_table(found, aims)}
    if found.slopes:
        drawn["identification"] = identification_figure(found, aims)
        tables["slopes"] = slopes_table(found, aims).rename_axis("moment").reset_index()
    write_findings(folder, tables, drawn, {})
    typer.echo(fit_text(found, aims))
    typer.echo(f"\nThe parameters are in {path}, which a scenario can extend; trials, tables and figures beside it")


def _write_scenario(found: Fit, best: Trial, aims: Objective, folder: Path) -> Path:
    import abm
    from abm.experiments.calibration.fitted_scenario import write_scenario

    plan = found.design
    command = shlex.join(["xinzhi", *sys.argv[1:]])
    names = ", ".join(fact.name for fact in aims.facts)
    comments = [
        f"Fitted by xinzhi {abm.__version__} with: {command}",
        f"{len(found.trials)} trials, seeds {plan.span[0]} to {plan.span[-1]}, {plan.workers:,} workers, "
        f"to {period(plan.loaded.opening_year, plan.length)}; distance {aims.distance(found.before):.3f} before, "
        f"{best.distance:.3f} after.",
        f"Aimed at: {names}.",
    ]
    now = plan.current()
    remarks = {key: f"was {now[key]:g}" for key in best.values}
    fixed = {key.removeprefix("assumptions."): value for key, value in plan.settings.items()}
    return write_scenario(
        folder / "fitted.yaml", plan.scenario, assumptions={**fixed, **best.values}, comments=comments, remarks=remarks
    )
