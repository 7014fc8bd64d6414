"""xinzhi compare: two to four scenarios on the same random draws, as tables, figures and a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from abm.arguments import discount_rate_of
from abm.commands.countries import compare_economies, named_economies
from abm.commands.options import (
    USUAL_RATE,
    DiscountRate,
    EconomyName,
    FirstSeed,
    Fresh,
    OnDebt,
    Overwrite,
    Posterior,
    Quarters,
    Seeds,
    SettingsOfSides,
    Until,
    Workers,
    announce,
    as_given,
    folder_for,
    given_settings,
    note_idle_levers,
    period,
    refuse_what_does_not_fit,
    say,
)

if TYPE_CHECKING:
    from abm.scenarios.scenario import Scenario
    from xinzhi.analysis.comparison.comparison import Comparison

ScenarioArguments = Annotated[
    list[str], typer.Argument(metavar="A [B C D]", help="Two to four scenarios, names or paths; or one, with its twin.")
]
Years = Annotated[
    list[int] | None,
    typer.Option("--year", help="Year shown; repeatable; default: 2030, 2035, 2050 and the last."),
]
Figures = Annotated[bool, typer.Option("--figures", help="Also write every figure of the report as PNG.")]
Pdf = Annotated[bool, typer.Option("--pdf", help="Also write the report as PDF (extra `pdf`).")]
Brief = Annotated[
    list[str] | None,
    typer.Option("--brief", metavar="LANGUAGE", help="Also write a brief of one page, in en or zh; repeatable."),
]
Language = Annotated[
    str, typer.Option("--language", help="Language of the report, the figures and the workbook: en or zh.")
]


def compare(
    scenarios: ScenarioArguments,
    workers: Workers = 10_000,
    seeds: Seeds = 8,
    first_seed: FirstSeed = 1,
    until: Until = None,
    quarters: Quarters = None,
    year: Years = None,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/A_B.")] = None,
    settings: SettingsOfSides = None,
    economy: EconomyName = None,
    posterior: Posterior = None,
    on_debt: OnDebt = False,
    fresh: Fresh = False,
    closures: Annotated[
        bool, typer.Option("--closures", help="Compute the range over six assumptions that no data settle.")
    ] = False,
    figures: Figures = False,
    pdf: Pdf = False,
    brief: Brief = None,
    discount_rate: DiscountRate = USUAL_RATE,
    language: Language = "en",
    overwrite: Overwrite = False,
) -> None:
    """Compare scenarios on the same draws, or one with its twin.

    Two economies as the first names, as in `xinzhi compare china usa carbon_price`, compare what policies do in both.
    The twin of a scenario is what its file names under `against`, else the baseline.

    Prints the answer, then the table, and writes tables and report.html, which names the clear differences and the
    groups that gain or lose. A policy without a budget rule is financed by the income tax, so that its effect does
    not include that of a deficit. The reference is the economy without AI if it is among the scenarios, otherwise the
    first scenario. Each scenario has a folder with the same tables as `xinzhi run`.
    """
    if economies := named_economies(scenarios):
        own = {
            "--set": settings, "--economy": economy, "--posterior": posterior, "--closures": closures,
            "--quarters": quarters, "--fresh": fresh, "--pdf": pdf, "--brief": brief, "--figures": figures,
        }  # fmt: skip
        compare_economies(
            economies, scenarios[2:], workers, seeds, first_seed, [*(year or ()), *([until] if until else ())],
            on_debt, out, language, overwrite, [name for name, value in own.items() if value],
        )  # fmt: skip
        return
    compare_into(
        None, scenarios, workers, seeds, first_seed, until, quarters, year, out, settings, on_debt, fresh, closures,
        figures, pdf, overwrite, brief, discount_rate, language, posterior, economy,
    )  # fmt: skip


def compare_into(
    usual: str | None, scenarios: Sequence[str], workers: int, seeds: int, first_seed: int, until: int | None,
    quarters: int | None, year: Sequence[int] | None, out: Path | None, settings: list[str] | None = None,
    on_debt: bool = False, fresh: bool = False, closures: bool = False, figures: bool = False, pdf: bool = False,
    overwrite: bool = False, brief: Sequence[str] | None = None, discount_rate: str = USUAL_RATE, language: str = "en",
    posterior: str | None = None, economy: str | None = None,
) -> None:  # fmt: skip
    """What `compare` does; ``usual`` is the folder in results/ where that is not of the names of the scenarios."""
    from abm.comparing import compare as run
    from abm.comparing import quarters_until, ranges_across_closures, sides_of
    from abm.scenarios.scenario import load_scenario
    from xinzhi.analysis.comparison.comparison import checked_count, checked_years

    alone = len(scenarios) == 1
    checked_count(len(scenarios := said_twin(scenarios)))
    languages, rate = _checked_languages("--brief", brief or ()), discount_rate_of(discount_rate)
    _checked_languages("--language", [language])
    loaded = [as_given(one, load_scenario(one)) for one in scenarios]
    overrides = _of_twin(loaded, alone) | given_settings(settings, posterior, economy)
    sides = sides_of(loaded, overrides)
    lengths = [quarters_until(one, until, quarters) for one in sides]
    checked_years(year, sides[0].opening_year, min(lengths))
    question = {
        "command": "compare", "scenarios": [one.digest() for one in sides], "workers": workers,
        "seeds": [first_seed, seeds], "quarters": lengths, "years": year, "on_debt": on_debt, "closures": closures,
        "discount_rate": rate,
    }  # fmt: skip
    refuse_what_does_not_fit(workers, seeds, max(lengths), first_seed)
    names = [one.name for one in sides]
    folder = folder_for(out, usual or "_".join(names), question, overwrite, names)
    announce(len(sides), seeds, workers, period(sides[0].opening_year, min(lengths)))
    note_idle_levers(sides, min(lengths))

    from abm.experiments.running.progress import terminal_progress
    from abm.results.provenance import comparison_command

    span = range(first_seed, first_seed + seeds)

    def compared(more: Mapping[str, Any]) -> Comparison:
        return run(
            *loaded, workers=workers, seeds=span, until=until, years=year, overrides={**more, **overrides},
            on_debt=on_debt, fresh=fresh, quarters=quarters, progress=terminal_progress("compare"), discount_rate=rate,
        )  # fmt: skip

    comparison = compared({})
    comparison.ranges = ranges_across_closures(comparison, compared) if closures else comparison.ranges
    words = comparison_command(scenarios, workers, span, until, quarters, year or [], overrides, on_debt, rate)
    words += (" --closures" if closures else "") + (f" --language {language}" if language != "en" else "")
    write_and_print(comparison.in_language(language), folder, words, figures, pdf)
    _write_briefs(comparison, folder, words, languages, pdf)


def _of_twin(loaded: Sequence[Scenario], alone: bool) -> dict[str, Any]:
    """What brings the twin of one scenario alone into the economy of that scenario."""
    needed = alone and loaded[1].economy and not loaded[0].economy
    return {"A:economy": loaded[1].economy} if needed else {}


def said_twin(scenarios: Sequence[str]) -> Sequence[str]:
    """One scenario alone behind the one that its file says it is against, else the baseline; several as they are."""
    from abm.scenarios.scenario import load_scenario, twin_of

    if len(scenarios) != 1:
        return scenarios
    own = load_scenario(scenarios[0])
    twin = twin_of(own)
    say(f"note: {own.name} is compared with {twin.name}")
    return [own.against or twin.name, *scenarios]


def write_and_print(comparison: Comparison, folder: Path, command: str, figures: bool, pdf: bool) -> None:
    """Print the answer and the table, write all files, then the PDF if requested; a failed PDF loses nothing else."""
    from abm.results.currency import speaking_of
    from xinzhi.analysis.comparison.files import can_write_workbook, write_pdf

    with speaking_of(comparison.economy):
        _print(comparison)
    say("writing tables")
    for name, results in zip(_folders(comparison), comparison.results, strict=True):
        results.write(folder / name)
    say("drawing figures and writing the report")
    comparison.write(folder, command, figures)
    if not can_write_workbook():
        typer.echo("No XLSX: install it with pip install 'xinzhi[report]'.")
    typer.echo(f"Tables and report.html are in {folder}")
    if pdf:
        write_pdf((folder / "report.html").read_text(encoding="utf-8"), folder / "report.pdf")


def _print(comparison: Comparison) -> None:
    """The answer, the table, sums over the years, who pays, and cautions."""
    from abm.results.currency import spoken
    from xinzhi.analysis.comparison.payers_report import payers_text
    from xinzhi.analysis.comparison.present import present_text
    from xinzhi.analysis.comparison.sentences import caution_sentences
    from xinzhi.analysis.reading.summary import summary_table
    from xinzhi.analysis.reading.text import wrapped

    def tell(text: str) -> None:
        typer.echo(spoken(text))

    tell("\n".join(wrapped(sentence, indent=2) for sentence in comparison.answer()) + "\n")
    tell(str(summary_table(comparison.results, comparison.years, comparison.ranges)))
    tell(str(present_text(comparison)))
    tell(str(payers_text(comparison)))
    cautions = [*caution_sentences(comparison)[1:], *filter(None, [comparison.trimmed])]
    tell("\n".join(wrapped(sentence, indent=2) for sentence in cautions) + "\n")


def _checked_languages(option: str, chosen: Sequence[str]) -> list[str]:
    """The languages of an option, each once. Raises UserError for one that there is no table for."""
    from abm.errors import UserError
    from abm.languages import LANGUAGES

    for language in chosen:
        if language not in LANGUAGES:
            raise UserError(f"{option} {language}: give one of {', '.join(LANGUAGES)}")
    return list(dict.fromkeys(chosen))


def _write_briefs(comparison: Comparison, folder: Path, command: str, languages: Sequence[str], pdf: bool) -> None:
    from abm.files import whole_file, writing
    from abm.results.currency import speaking_of, spoken
    from xinzhi.analysis.brief.page import brief_page
    from xinzhi.analysis.comparison.files import write_pdf

    for language in languages:
        with speaking_of(comparison.economy):
            page = spoken(brief_page(comparison, language, command), language)
        with (
            writing(folder, "the brief", "free space or give --out"),
            whole_file(folder / f"brief_{language}.html") as part,
        ):
            part.write_text(page, encoding="utf-8")
        if pdf:
            write_pdf(page, folder / f"brief_{language}.pdf")


def _folders(comparison: Comparison) -> Sequence[str]:
    """A folder for each scenario: its name, with a number where a name comes again."""
    names = [results.scenario.name for results in comparison.results]
    return [name if name not in names[:at] else f"{name}_{at + 1}" for at, name in enumerate(names)]
