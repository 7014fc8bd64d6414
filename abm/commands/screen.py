"""xinzhi screen: which of all assumed and tuned numbers move the headlines, and what their sources are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.options import EconomyName, Quarters, Until, folder_in, usual_economy, with_economy

if TYPE_CHECKING:
    import pandas as pd

    from abm.experiments.sweeps.design import Design
    from abm.experiments.sweeps.screening_design import ScreenedNumber
    from abm.experiments.sweeps.sweep import Sweep
    from xinzhi.analysis.sensitivity.screening import Screening

PAIR = ("baseline", "no_ai")
MOST = 40


def screen(
    worlds: Annotated[int, typer.Option(min=2, help="Worlds, each on a seed of its own; more than numbers.")] = 1_000,
    workers: Annotated[int, typer.Option(min=2_000, help="Simulated adults.")] = 3_000,
    until: Until = None,
    quarters: Quarters = None,
    width: Annotated[
        float, typer.Option(min=0.01, max=0.9, help="Range where the source names none, to each side of the value.")
    ] = 0.3,
    most: Annotated[int, typer.Option(min=1, help="Numbers that are printed.")] = MOST,
    processes: Annotated[int | None, typer.Option(min=1, help="Processes; default: one per core.")] = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/screen.")] = None,
    economy: EconomyName = None,
    shipped: Annotated[bool, typer.Option("--shipped", help="Print the one that came with this version.")] = False,
) -> None:
    """Find the assumed numbers that move the headlines most.

    Prints them with the kind of source that each has, and counts these kinds. The same worlds and seeds are run with
    and without AI. An interrupted screening resumes with the same command.
    """
    if shipped:
        if economy is not None:
            from abm.errors import UserError

            raise UserError("--economy: the screening that came with this version is China's; leave --shipped out")
        _print_shipped(most)
        return
    from abm.comparing import quarters_until
    from abm.experiments.sweeps.screening_design import screened, screening_designs
    from abm.scenarios.scenario import load_scenario
    from xinzhi.analysis.sensitivity.screening import screening_of

    with_ai, without_ai = (load_scenario(name, with_economy({}, economy)) for name in PAIR)
    numbers = screened(with_ai, width)
    length = None if until is None and quarters is None else quarters_until(with_ai, until, quarters)
    designs = screening_designs(numbers, (with_ai, without_ai), worlds, workers, length)
    folder = out or Path("results") / folder_in("screen", usual_economy(economy))
    runs_with, runs_without = (
        _run(design, folder / name, processes) for name, design in zip(("with_ai", "without_ai"), designs, strict=True)
    )
    found = screening_of(runs_with, runs_without, {one.key: one.scale for one in numbers})
    _report(found, numbers, folder, most, f"{worlds:,} worlds of {workers:,} adults, each on a seed of its own")


def _run(design: Design, folder: Path, processes: int | None) -> Sweep:
    from abm.experiments.running.progress import terminal_progress
    from abm.experiments.sweeps.sweep import sweep

    typer.echo(design.in_words())
    done = sweep(design, folder, processes=processes, progress=terminal_progress(design.name))
    if done.interrupted:
        raise KeyboardInterrupt
    return done


def _report(found: Screening, numbers: tuple[ScreenedNumber, ...], folder: Path, most: int, run: str) -> None:
    """The table on file and the first of its rows on the screen, with the kinds of sources counted."""
    from abm.reference.source_tables import kinds_now
    from xinzhi.analysis.figures.findings import write_findings
    from xinzhi.analysis.sensitivity.screening_report import screening_text, with_sources

    kinds = kinds_now()
    ranges = {one.key: (*one.ends, one.declared, one.information.source) for one in numbers}
    table = with_sources(found, kinds, ranges)
    write_findings(folder, {"screening": table}, {}, {"floor": found.floor, "explained": found.explained})
    _keep(found, table, kinds, folder / "kept.csv", run)
    typer.echo(screening_text(found, table, most, kinds))
    typer.echo(f"The table of all {len(table)} numbers is in {folder}")


def _keep(found: Screening, table: pd.DataFrame, kinds: dict[str, str], path: Path, run: str) -> None:
    """The form in which abm/data keeps a screening, ready to be copied there."""
    from abm import __version__
    from abm.data.screening import KeptRow, write_kept

    rows = [
        KeptRow(
            row["key"], row["weight"], row["above_noise"], row["low"], row["high"], kinds[row["key"]],
            {name: row[name] for name in found.floor},
        )
        for row in table.to_dict("records")
    ]  # fmt: skip
    about = {
        "run": f"Run on version {__version__}: {run}, with and without AI.", "worlds": found.worlds,
        "lost": found.lost, "floor": found.floor, "explained": found.explained, "sources_before": kinds,
    }  # fmt: skip
    write_kept(rows, about, path)


def _print_shipped(most: int) -> None:
    """The screening that is kept, with the sources as they are now and as they were before they were looked for."""
    from abm.data.screening import kept_screening, screening_about
    from abm.parameters import describe_parameters
    from abm.reference.source_tables import kinds_now
    from xinzhi.analysis.reading.text import wrapped
    from xinzhi.analysis.sensitivity.screening import kept
    from xinzhi.analysis.sensitivity.screening_report import screening_text, with_sources

    sources, about, kinds = {one.key: one.source for one in describe_parameters()}, screening_about(), kinds_now()
    rows = [one for one in kept_screening() if one.parameter in sources]
    ranges = {one.parameter: (one.low, one.high, True, sources[one.parameter]) for one in rows}
    found = kept([one._asdict() for one in rows], about)
    before = {**about["sources_before"], **{one.parameter: one.source_before for one in rows}}
    typer.echo(screening_text(found, with_sources(found, kinds, ranges), most, kinds, before))
    typer.echo(wrapped(about["run"], 2))
