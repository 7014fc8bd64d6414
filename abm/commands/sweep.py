"""xinzhi sweep: all runs of a design of uncertainties, policies and seeds; an interrupted sweep resumes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.options import (
    EconomyName,
    Posterior,
    folder_in,
    note_conversions,
    note_fixed_parameters,
    note_idle_policies,
)

if TYPE_CHECKING:
    from abm.experiments.sweeps.sweep import Sweep


def sweep(
    design: Annotated[str, typer.Argument(metavar="DESIGN", help="Path of a design (YAML) or name of a shipped one.")],
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/DESIGN.")] = None,
    shard: Annotated[str, typer.Option(metavar="I/N", help="Every N-th run from the I-th, for a job array.")] = "1/1",
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Address of the scheduler of a Dask cluster.")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Processes on this machine; default: one per core.")
    ] = None,
    posterior: Posterior = None,
    economy: EconomyName = None,
    retry: Annotated[bool, typer.Option("--retry", help="Repeat failed runs.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Print the planned runs and exit.")] = False,
) -> None:
    """Run a design of uncertainties, policies and seeds.

    Runs that the folder already holds are skipped. An interrupted sweep resumes with the same command; no run is lost
    or repeated. Evaluate it with `xinzhi robust FOLDER` or `xinzhi sensitivity FOLDER`.
    """
    import abm.experiments.sweeps.sweep as experiments
    from abm.errors import UserError
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.sweeps.design import load_design, opened_in, with_draws

    first, slash, last = shard.partition("/")
    if not (slash and first.isdecimal() and last.isdecimal()):
        raise UserError(f"--shard {shard}: write --shard I/N, for instance --shard 1/8")
    chosen = with_draws(opened_in(load_design(design), economy), posterior)
    if economy is not None and out is None:
        out = Path("results") / folder_in(chosen.name, chosen.scenario.tables)
    typer.echo(chosen.in_words())
    note_idle_policies(chosen)
    note_conversions([chosen.scenario])
    note_fixed_parameters([chosen.scenario])
    if dry_run:
        return
    progress = terminal_progress(f"sweep {chosen.name}")
    done = experiments.sweep(chosen, out, (int(first), int(last)), dask, retry, processes, progress)
    typer.echo(_in_words(done))
    if done.interrupted:
        raise KeyboardInterrupt


def _in_words(done: Sweep) -> str:
    speed = f", {done.done / done.seconds:.1f} a second with all that belongs to it" if done.done else ""
    lines = [f"{done.done:,} runs in {done.seconds:,.0f} s{speed}"]
    if len(done.failures):
        first = done.failures.iloc[0]
        lines.append(
            f"{len(done.failures):,} runs failed and are left out (failures.jsonl; --retry tries them again); the "
            f"first, point {first.point} with seed {first.seed}: {str(first.error).splitlines()[-1]}"
        )
    left = done.missing()
    lines.append(f"{left:,} runs are still missing" if left else f"The sweep in {done.folder} is complete")
    return "\n".join(lines)
