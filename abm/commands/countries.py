"""xinzhi countries: the same policies in two economies, and what explains that they do something else."""

from __future__ import annotations

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
    folder_for,
    period,
    refuse_what_does_not_fit,
    say,
)

if TYPE_CHECKING:
    from abm.experiments.countries.countries import Countries

SCENARIOS = "Policies, shipped names or paths; each in the currency of its own economy."


def countries(
    scenarios: Annotated[list[str], typer.Argument(metavar="SCENARIO...", help=SCENARIOS)],
    economy: Annotated[
        list[str] | None,
        typer.Option("--economy", metavar="NAME", help="One of the two economies; give it twice; default: china, usa."),
    ] = None,
    exchange: Annotated[
        bool, typer.Option("--exchange", help="Exchange blocks of the two, one at a time; takes eight times as long.")
    ] = False,
    workers: Workers = 10_000,
    seeds: Seeds = 8,
    first_seed: FirstSeed = 1,
    year: Annotated[
        int, typer.Option("--year", "--until", help="Year of the effects, with which the runs end.")
    ] = 2035,
    on_debt: OnDebt = False,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/countries.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Compare what the same policies do in two economies.

    Each scenario runs in both, against its own twin there on the same random draws. Amounts of money in it are
    converted at the exchange rate; a carbon price counts from the price of allowances. `xinzhi countries baseline`
    compares AI with no AI. --exchange says how much of a difference closes when one block of the other economy takes
    the place of the own: staffing, ages, benefits, energy, use of AI, trends of growth.
    """
    from abm.comparing import quarters_until
    from abm.experiments.countries.countries import questions_of, run_countries
    from abm.experiments.running.progress import terminal_progress
    from abm.scenarios.economies import identity
    from xinzhi.analysis.comparison.comparison import checked_years

    asked = questions_of(scenarios, economy or ["china", "usa"], on_debt)
    one = next(iter(next(iter(asked.questions.values())).values())).subject
    quarters = quarters_until(one, year, None)
    checked_years([year], one.opening_year, quarters)
    refuse_what_does_not_fit(workers, seeds, quarters, first_seed)
    digests = [side.digest() for pairs in asked.questions.values() for pair in pairs.values() for side in pair]
    question = {
        "command": "countries", "economies": [identity(name) for name in asked.economies], "scenarios": digests,
        "workers": workers, "seeds": [first_seed, seeds], "year": year, "exchange": exchange,
    }  # fmt: skip
    folder = folder_for(out, "countries", question, overwrite)
    announce(len(digests), seeds, workers, period(one.opening_year, quarters))
    for name in asked.questions:
        for note in _conversions(asked, name):
            say(f"note: {note}")
    span = range(first_seed, first_seed + seeds)
    done = run_countries(asked, workers, span, quarters, exchange, terminal_progress("countries"))
    _show(done, year, workers, folder)


def _conversions(asked: Countries, name: str) -> list[str]:
    """What a policy in money is in each economy."""
    from abm.experiments.countries.abroad import priced_levers
    from abm.results.currency import in_currency

    return [
        f"{name} in {economy}: {lever} {pair.subject.levers[lever]} {in_currency('CNY', economy)}"
        for economy, pair in asked.questions[name].items()
        for lever in priced_levers(pair.subject)
    ]


def _show(done: Countries, year: int, workers: int, folder: Path) -> None:
    """Print the words, and write the tables, the page and the figure."""
    import pandas as pd

    from abm.experiments.countries.blocks import ALL, BLOCKS
    from abm.files import whole_file, writing
    from abm.results.currency import country_of
    from xinzhi.analysis.countries.effects import effects_table, exchange_table
    from xinzhi.analysis.countries.figures import countries_figure
    from xinzhi.analysis.countries.text import countries_text, page_text
    from xinzhi.analysis.figures.findings import write_findings
    from xinzhi.analysis.reading.text import scenario_label

    names = {economy: country_of(economy) for economy in done.economies}
    blocks = {name: block.title for name, block in BLOCKS.items()} | {ALL: "all of these"}
    labels = {name: scenario_label(done.pairs[name, done.economies[0]][1]) for name in done.questions}
    effects, exchanged = effects_table(done.pairs, year), exchange_table(done.pairs, done.exchanged, year)
    facts = pd.DataFrame(
        {"title": one.title, "unit": one.unit, "decimals": one.decimals,
         **dict(zip(done.economies, one.values, strict=True))} for one in done.facts
    )  # fmt: skip
    tables = {"countries": effects, "facts": facts} | ({"exchange": exchanged} if len(exchanged) else {})
    write_findings(folder, tables, {"countries": countries_figure(effects, names, labels, workers)}, {})
    left_out = [
        f"{names[economy][:1].upper()}{names[economy][1:]} cannot open with {blocks[block]} of the other: {reason}."
        for (economy, block), reason in done.left_out.items()
    ]
    said = (effects, exchanged, facts, names, blocks, labels, left_out)
    with writing(folder, "the text", "give another --out"), whole_file(folder / "countries.md") as part:
        part.write_text(page_text(*said) + "\n", encoding="utf-8")
    typer.echo(countries_text(*said))
    typer.echo(f"\nTables, the figure and the page are in {folder}")
