"""xinzhi sweep: every run of a design of uncertainties, policies and seeds; killed and started again, it goes on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from abm.experiments.sweeps.sweep import Sweep


def sweep(
    design: Annotated[
        str, typer.Argument(metavar="DESIGN", help="The path of a design (YAML), or a shipped one by name.")
    ],
    out: Annotated[Path | None, typer.Option(help="The folder to write to; results/DESIGN by default.")] = None,
    shard: Annotated[
        str, typer.Option(metavar="I/N", help="Every N-th run from the I-th on, for the jobs of an array.")
    ] = "1/1",
    dask: Annotated[
        str | None, typer.Option(metavar="ADDRESS", help="Run on the Dask cluster whose scheduler is there.")
    ] = None,
    processes: Annotated[
        int | None, typer.Option(min=1, help="Processes on this machine; one a core by default.")
    ] = None,
    retry: Annotated[bool, typer.Option("--retry", help="Try the runs that failed once more.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be run, and end.")] = False,
) -> None:
    """Run all that a design asks for and the folder does not have yet.

    Whatever ends the work, the same command goes on where it was: no run is lost or done twice. Then see
    `xinzhi robust FOLDER` and `xinzhi sensitivity FOLDER`.
    """
    import abm.experiments.sweeps.sweep as experiments
    from abm.errors import UserError
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.sweeps.design import load_design

    first, slash, last = shard.partition("/")
    if not (slash and first.isdecimal() and last.isdecimal()):
        raise UserError(f"--shard {shard}: write --shard I/N, for instance --shard 1/8")
    chosen = load_design(design)
    typer.echo(chosen.in_words())
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
