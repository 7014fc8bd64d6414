"""xinzhi compare: two to four scenarios on the same random draws, as tables, figures and a report."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.options import FirstSeed, Quarters, Seeds, Settings, Threads, Workers, finish

if TYPE_CHECKING:
    from abm.results.results import Results
    from abm.scenarios.scenario import Scenario
    from xinzhi.analysis.comparison.comparison import Comparison

ScenarioArguments = Annotated[
    list[str], typer.Argument(metavar="A B [C D]", help="Two to four scenarios: shipped names or paths of YAML files.")
]
Years = Annotated[
    list[int] | None,
    typer.Option("--year", help="Year shown in the headline table; repeatable; default: 2030, 2035 and 2050."),
]


def compare(
    scenarios: ScenarioArguments,
    workers: Workers = 10_000,
    seeds: Seeds = 8,
    first_seed: FirstSeed = 1,
    quarters: Quarters = None,
    threads: Threads = 1,
    year: Years = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/A_B.")] = None,
    settings: Settings = None,
    on_debt: Annotated[bool, typer.Option("--on-debt", help="Finance policies by debt, not the income tax.")] = False,
    pdf: Annotated[bool, typer.Option("--pdf", help="Also write the report as PDF (extra `pdf`).")] = False,
) -> None:
    """Compare two to four scenarios on the same random draws.

    Writes tables, figures and report.html, which names the clear differences and the groups that gain or lose.
    A policy without a budget rule is financed by the income tax, so that its effect does not include that of a deficit.
    The reference is the economy without AI if it is among the scenarios, otherwise the first scenario. --set applies
    to all scenarios. Each scenario has a folder with the same tables as `xinzhi run`.
    """
    from abm.experiments.ensembles.ensemble import run_ensemble
    from abm.experiments.ensembles.funding import paid_for
    from abm.experiments.running.progress import terminal_progress
    from abm.results.provenance import command_line
    from abm.results.results import prepare_folder
    from abm.scenarios.scenario import checked_quarters, load_scenario, parse_settings
    from xinzhi.analysis.comparison.comparison import checked_count, checked_years, compare

    overrides = parse_settings(settings or [])
    asked = [load_scenario(name, overrides) for name in scenarios]
    chosen = asked if on_debt else [paid_for(one) for one in asked]
    checked_count(len(chosen))
    lengths = [checked_quarters(quarters or one.quarters) for one in chosen]
    checked_years(year, chosen[0].opening_year, min(lengths))
    folder = prepare_folder(out or Path("results") / "_".join(one.name for one in chosen))
    many: list[Results] = []
    for name, scenario in zip(_folders(chosen), chosen, strict=True):
        progress = terminal_progress(f"{len(many) + 1} of {len(chosen)}, {name}")
        span = range(first_seed, first_seed + seeds)
        results = run_ensemble(scenario, workers, span, quarters, threads, progress)
        results.write(folder / name)
        many.append(results)
        if results.interrupted:
            finish(results)
    comparison = compare(*many, years=year)
    words = command_line("compare", asked, workers, range(first_seed, first_seed + seeds), quarters, year or [])
    _finish_report(comparison, folder, f"{words} --on-debt" if on_debt else words, pdf)
    finish(*many)


def _folders(chosen: Sequence[Scenario]) -> list[str]:
    """A folder for each scenario: its name, with a number where a name comes again."""
    names = [one.name for one in chosen]
    return [name if name not in names[:at] else f"{name}_{at + 1}" for at, name in enumerate(names)]


def _finish_report(comparison: Comparison, folder: Path, command: str, pdf: bool) -> None:
    """Write all files, print the differences, then write the PDF if requested; a failed PDF loses nothing else."""
    from xinzhi.analysis.comparison.files import can_write_workbook, write_pdf
    from xinzhi.analysis.comparison.sentences import budget_sentence, caution_sentences
    from xinzhi.analysis.reading.summary import summary_table
    from xinzhi.analysis.reading.text import wrapped

    comparison.write(folder, command)
    typer.echo(summary_table(comparison.results))
    sentences = [*comparison.summary(), budget_sentence(comparison), *caution_sentences(comparison)[1:]]
    typer.echo("\n".join(["", *(wrapped(sentence, indent=2) for sentence in sentences)]))
    if not can_write_workbook():
        typer.echo("No XLSX: install it with pip install 'xinzhi[report]'.")
    typer.echo(f"Tables, figures and report.html are in {folder}")
    if pdf:
        write_pdf((folder / "report.html").read_text(encoding="utf-8"), folder / "report.pdf")
