"""The part of xinzhi fit that draws a posterior: runs over the priors, then what the record leaves of them."""

from __future__ import annotations

import shlex
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.calibration.posterior_design import Prior
    from abm.experiments.sweeps.design import Design
    from abm.experiments.sweeps.sweep import Sweep
    from xinzhi.analysis.calibration.posterior_report import PosteriorEstimate

__all__ = ["PosteriorPlan", "fit_posterior"]

WORLDS, WORKERS = 1_500, 10_000
PREDICTED = 64  # runs of the model as it is, and of the posterior
SHIPPED = 200  # draws in the table
FIRST_SEEDS = (200_001, 300_001)  # of these runs, apart from those of the worlds
RECOVERED = 20  # runs that take the place of the record in turn


@dataclass(frozen=True)
class PosteriorPlan:
    """What is asked for: a table of priors (None for the shipped one), the scenario, and the effort."""

    priors: Path | None = None
    scenario: str = "no_ai"
    worlds: int = WORLDS
    workers: int = WORKERS
    remark: str = ""
    out: Path = Path("results") / "posterior"

    def with_options(
        self, scenario: str | None, trials: int | None, workers: int | None, remark: str, out: Path | None
    ) -> PosteriorPlan:
        """The plan with what the command line says."""
        return PosteriorPlan(
            self.priors, scenario or self.scenario, trials or self.worlds, workers or self.workers, remark,
            out or self.out,
        )  # fmt: skip


def fit_posterior(plan: PosteriorPlan) -> None:
    """Run what is missing, estimate, check, write and print."""
    import numpy as np

    from abm.experiments.calibration.posterior_design import ESTIMATED, draws_design, prior_design, read_priors
    from xinzhi.analysis.calibration.posterior_report import estimate_from, posterior_text, posterior_writing
    from xinzhi.analysis.calibration.quarterly import QUARTERS
    from xinzhi.analysis.figures.findings import write_findings

    priors = read_priors(plan.priors or ESTIMATED)
    keys, ranges = [one.key for one in priors], np.array([[one.range.low, one.range.high] for one in priors])
    runs = _run(prior_design(priors, plan.worlds, plan.workers, QUARTERS, plan.scenario), plan.out / "runs")
    found = estimate_from(keys, ranges, runs, RECOVERED)
    no_draws = np.zeros((PREDICTED, 0))
    for name, columns, draws, seed in (
        ("before", (), no_draws, FIRST_SEEDS[0]),
        ("after", keys, _rounded(found.posterior.draws[:PREDICTED]), FIRST_SEEDS[1]),
    ):
        design = draws_design(name, columns, draws, plan.workers, QUARTERS, plan.scenario, seed)
        found.predict(name, _run(design, plan.out / name))
    sources = {one.key: one.source for one in priors}
    tables, figures = posterior_writing(found, sources)
    about = _about(plan, priors, found)
    write_findings(plan.out, tables, figures, {"posterior": about})
    _write_draws(plan.out / "posterior.csv", keys, _rounded(found.posterior.draws[:SHIPPED]))
    typer.echo(posterior_text(found))
    typer.echo(f"The draws are in {plan.out / 'posterior.csv'}; try them with --posterior {plan.out / 'posterior.csv'}")


def _run(design: Design, folder: Path) -> Sweep:
    from abm.errors import UserError
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.sweeps.sweep import sweep

    done = sweep(design, folder, progress=terminal_progress(f"posterior, {folder.name}"))
    if done.interrupted:
        raise KeyboardInterrupt
    if done.outcomes.empty:
        raise UserError(f"{folder}: no run ended well; the first error: {done.failures.error.iloc[0]}")
    return done


def _rounded(draws: FloatArray) -> FloatArray:
    import numpy as np

    return np.array([[float(f"{value:.5g}") for value in row] for row in draws])


def _write_draws(path: Path, keys: list[str], draws: FloatArray) -> None:
    import pandas as pd

    from abm.results.results import write_table

    write_table(path, pd.DataFrame(draws, columns=keys))


def _about(plan: PosteriorPlan, priors: tuple[Prior, ...], found: PosteriorEstimate) -> dict[str, object]:
    """What is written beside the draws, so that a reader knows what they rest on."""
    import abm
    from xinzhi.analysis.calibration.quarterly import MOMENT_NAMES, WINDOW

    return {
        "status": plan.remark,
        "xinzhi": abm.__version__,
        "command": _command(plan),
        "scenario": plan.scenario,
        "data": f"quarterly record of China, {WINDOW}, analysis/calibration/quarterly.csv",
        "method": "simulated moments with a Bayesian limited-information likelihood over a quadratic emulator",
        "runs": found.runs,
        "runs_that_failed": found.failed,
        "workers": plan.workers,
        "seeds": f"{found.first_seed} to {found.first_seed + plan.worlds - 1}, one for each world",
        "moments": list(MOMENT_NAMES),
        "priors": {one.key: [one.range.low, one.range.high] for one in priors},
        "misfit": round(found.posterior.misfit, 2),
        "draws": min(SHIPPED, len(found.posterior.draws)),
        "recovery": {f"{level:.0%}": round(share, 3) for level, share in found.recovery.covered.items()},
    }


def _command(plan: PosteriorPlan) -> str:
    """The command that gives the same, without the folders of a machine."""
    words = ["xinzhi", "fit", *([plan.priors.name] if plan.priors else []), "--posterior", "--scenario", plan.scenario]
    return shlex.join([*words, "--trials", str(plan.worlds), "--workers", str(plan.workers)])
