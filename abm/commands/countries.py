"""xinzhi countries: the same policies in two economies, and what explains that they do something else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from abm.commands.options import (
    FirstSeed,
    OnDebt,
    Overwrite,
    Seeds,
    Workers,
    announce,
    finish,
    folder_for,
    period,
    refuse_what_does_not_fit,
    say,
)

if TYPE_CHECKING:
    import pandas as pd

    from abm.experiments.countries.countries import Countries
    from xinzhi.analysis.countries.text import CountryFindings

SCENARIOS = "Policies, shipped names or paths, each in the currency of its own economy; without any AI against no AI."
USUAL_ECONOMIES, USUAL_YEAR = ("china", "usa"), 2035


def countries(
    scenarios: Annotated[list[str] | None, typer.Argument(metavar="[SCENARIO...]", help=SCENARIOS)] = None,
    economy: Annotated[
        list[str] | None,
        typer.Option("--economy", metavar="NAME", help="One of the two economies; give it twice; default: china, usa."),
    ] = None,
    exchange: Annotated[
        bool, typer.Option("--exchange", help="Exchange blocks of the two, one at a time; takes ten times as long.")
    ] = False,
    purchasing_power: Annotated[
        bool, typer.Option("--purchasing-power", help="Convert money at purchasing power, not the exchange rate.")
    ] = False,
    workers: Workers = 10_000,
    seeds: Seeds = 8,
    first_seed: FirstSeed = 1,
    year: Annotated[
        int, typer.Option("--year", "--until", help="Year of the effects, with which the runs end.")
    ] = USUAL_YEAR,
    on_debt: OnDebt = False,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/countries.")] = None,
    language: Annotated[str, typer.Option("--language", help="Language of the text and the figure: en or zh.")] = "en",
    overwrite: Overwrite = False,
) -> None:
    """Compare what policies, or AI, do in two economies.

    Each scenario runs in both, against its own twin there on the same random draws. Amounts of money in it are
    converted at the exchange rate; a carbon price counts from the price of allowances. Without a scenario, AI is
    compared with no AI. --exchange says how much of a difference closes when one block of the other economy takes
    the place of the own: sectors, staffing, ages, benefits, energy, use of AI, trends of growth, all else. Ctrl-C
    keeps what is finished. `xinzhi compare china usa SCENARIO...` is the same without --exchange.
    """
    countries_into(
        scenarios or [], economy or USUAL_ECONOMIES, exchange, purchasing_power, workers, seeds, first_seed, year,
        on_debt, out, language, overwrite,
    )  # fmt: skip


def named_economies(arguments: Sequence[str]) -> Sequence[str]:
    """The first two arguments if either is an economy, a shipped one or a folder of tables; else none."""
    from abm.data import shipped_economies
    from abm.data.manifest import MANIFEST

    known = shipped_economies()
    first = arguments[:2]
    return first if any(one in known or Path(one, MANIFEST).is_file() for one in first) else ()


def compare_economies(
    economies: Sequence[str], scenarios: Sequence[str], workers: int, seeds: int, first_seed: int,
    years: Sequence[int], on_debt: bool, out: Path | None, language: str, overwrite: bool, others: Sequence[str],
) -> None:  # fmt: skip
    """What `compare` does with two economies. Raises UserError for ``others``, options that it has for scenarios."""
    from abm.errors import UserError

    if others or len(set(years)) > 1:
        what = ", ".join(others) or "--year"
        remedy = "leave it out" if others else "give one year"
        raise UserError(f"{what}: not for two economies, {' and '.join(economies)}; {remedy}")
    year = years[0] if years else USUAL_YEAR
    countries_into(
        scenarios, economies, False, False, workers, seeds, first_seed, year, on_debt, out, language, overwrite
    )


def countries_into(
    scenarios: Sequence[str], economies: Sequence[str], exchange: bool, purchasing_power: bool, workers: int,
    seeds: int, first_seed: int, year: int, on_debt: bool, out: Path | None, language: str, overwrite: bool,
) -> None:  # fmt: skip
    """What `countries`, and `compare` with two economies, do."""
    from abm.comparing import quarters_until
    from abm.errors import UserError
    from abm.experiments.countries.countries import questions_of, run_countries
    from abm.experiments.running.progress import terminal_progress
    from abm.interrupts import KEPT
    from abm.languages import LANGUAGES
    from abm.scenarios.economies import identity
    from xinzhi.analysis.comparison.comparison import checked_years

    if language not in LANGUAGES:
        raise UserError(f"--language {language}: give one of {', '.join(LANGUAGES)}")
    asked = questions_of(scenarios, economies, on_debt, purchasing_power)
    one = next(iter(next(iter(asked.questions.values())).values())).subject
    quarters = quarters_until(one, year, None)
    checked_years([year], one.opening_year, quarters)
    refuse_what_does_not_fit(workers, seeds, quarters, first_seed)
    digests = [side.digest() for pairs in asked.questions.values() for pair in pairs.values() for side in pair]
    question = {
        "command": "countries", "economies": [identity(name) for name in asked.economies], "scenarios": digests,
        "workers": workers, "seeds": [first_seed, seeds], "year": year, "exchange": exchange,
        "purchasing_power": purchasing_power,
    }  # fmt: skip
    folder = folder_for(out, "countries", question, overwrite)
    announce(len(digests), seeds, workers, period(one.opening_year, quarters))
    for name in asked.questions:
        for note in _conversions(asked, name):
            say(f"note: {note}")
    span = range(first_seed, first_seed + seeds)
    done = run_countries(asked, workers, span, quarters, exchange, terminal_progress("countries"))
    found = _findings(done, year, purchasing_power, language)
    _write(found, folder, workers)
    again = [] if exchange else ["xinzhi countries", *scenarios, "--exchange"]
    if again and tuple(economies) != USUAL_ECONOMIES:
        again += [f"--economy {one}" for one in economies]
    _print(found, folder, " ".join(again))
    if done.interrupted:
        many = f"{len(done.finished)} of {len(done.questions)} scenarios and {len(done.exchanged)} exchanged pairs"
        KEPT.written.append(f"{many} are written to {folder}")
    finish(done)


def _conversions(asked: Countries, name: str) -> list[str]:
    """What a policy in money is in each economy."""
    from abm.experiments.countries.abroad import priced_levers
    from abm.results.currency import in_currency

    return [
        f"{name} in {economy}: {lever} {pair.subject.levers[lever]} {in_currency('CNY', economy)}"
        for economy, pair in asked.questions[name].items()
        for lever in priced_levers(pair.subject)
    ]


def _findings(done: Countries, year: int, purchasing_power: bool, language: str) -> CountryFindings:
    """What is to be said of the pairs that are finished."""
    import pandas as pd

    from abm import said
    from abm.data import load_tables
    from abm.experiments.countries.blocks import ALL, ALL_TITLE, BLOCKS
    from abm.experiments.countries.countries import AI
    from abm.results.currency import country_of
    from xinzhi.analysis.countries.effects import effects_table, emission_parts, exchange_table
    from xinzhi.analysis.countries.text import CountryFindings
    from xinzhi.analysis.reading.text import scenario_label

    pairs = {key: runs for key, runs in done.pairs.items() if key[0] in done.finished}
    exchanged = {key: runs for key, runs in done.exchanged.items() if key[0] in done.finished}
    tables = {one: load_tables(done.year, one) for one in done.economies}
    facts = pd.DataFrame(
        {"title": one.title, "unit": one.unit, "decimals": one.decimals,
         **dict(zip(done.economies, one.values, strict=True))} for one in done.facts
    )  # fmt: skip
    labels = {
        name: said("AI against no AI") if name == AI else scenario_label(pairs[name, done.economies[0]][1])
        for name in done.finished
    }
    names = {economy: country_of(economy, language) for economy in done.economies}
    blocks = {name: block.title for name, block in BLOCKS.items()} | {ALL: ALL_TITLE}
    power = {name: one.codes[one.rows.energy_power] for name, one in tables.items()}
    return CountryFindings(
        effects_table(pairs, year), exchange_table(pairs, exchanged, year), facts, names, blocks, labels,
        emission_parts(pairs, year, power), _notes(done, names, blocks, purchasing_power), language,
    )  # fmt: skip


def _notes(done: Countries, names: Mapping[str, str], blocks: Mapping[str, str], purchasing_power: bool) -> list[str]:
    """Sentences on money, and on economies that do not open or only with other saving."""
    from abm import said
    from abm.experiments.countries.abroad import exchange_rate, priced_levers
    from abm.results.currency import in_currency
    from xinzhi.analysis.countries.text import money_note
    from xinzhi.analysis.reading.text import format_number

    first, second = done.economies
    notes = []
    if any(priced_levers(pair.subject) for pairs in done.questions.values() for pair in pairs.values()):
        rate = exchange_rate(second, first, done.year, purchasing_power)
        notes.append(money_note(rate, [in_currency("CNY", one) for one in (first, second)], purchasing_power))
    for (economy, block), value in done.fitted.items():
        notes.append(said(
            "With the block \"{block}\" of the other economy, the poorest in {name} would owe money at the opening; "
            "there the propensity to consume at low incomes is lowered to {value}.",
            block=blocks[block], name=names[economy], value=format_number(value, 2),
        ))  # fmt: skip
    for (economy, block), reason in done.left_out.items():
        notes.append(said("With the block \"{block}\" of the other economy, {name} cannot open: {reason}.",
                          block=blocks[block], name=names[economy], reason=reason))  # fmt: skip
    return notes


def _write(found: CountryFindings, folder: Path, workers: int) -> None:
    """The tables, the page and the figure."""
    from abm.files import whole_file, writing
    from xinzhi.analysis.countries.figures import countries_figure
    from xinzhi.analysis.countries.text import page_text
    from xinzhi.analysis.figures.findings import write_findings
    from xinzhi.analysis.figures.letters import letters_of

    tables: dict[str, pd.DataFrame] = {"countries": found.effects, "facts": found.facts}
    tables |= {name: one for name, one in (("exchange", found.exchanged), ("emissions", found.parts))
               if one is not None and len(one)}  # fmt: skip
    with letters_of(found.language):
        write_findings(folder, tables, {"countries": countries_figure(found, workers)}, {})
    with writing(folder, "the text", "give another --out"), whole_file(folder / "countries.md") as part:
        part.write_text(page_text(found) + "\n", encoding="utf-8")


def _print(found: CountryFindings, folder: Path, explaining: str) -> None:
    """The text, and the command that ``explaining`` names."""
    from abm import said
    from xinzhi.analysis.countries.text import countries_text

    typer.echo(countries_text(found))
    if explaining:
        typer.echo(f"\n{found.say(said('What explains the differences: {command}', command=explaining))}")
    typer.echo(f"\nTables, the figure and the page are in {folder}")
