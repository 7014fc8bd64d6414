"""xinzhi effects: the effects and the cost of every lever, on paired seeds."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NamedTuple

import typer

from abm.arguments import discount_rate_of
from abm.commands.options import (
    USUAL_RATE,
    DiscountRate,
    EconomyName,
    FirstSeed,
    OnDebt,
    Overwrite,
    Seeds,
    Workers,
    announce,
    finish,
    folder_for,
    folder_in,
    period,
    refuse_what_does_not_fit,
    usual_economy,
)

if TYPE_CHECKING:
    import pandas as pd

    from abm.experiments.effects.equal_budgets import EqualBudgets
    from abm.results.results import Results

STRENGTH_COLUMNS = [
    "lever", "parameter", "unit", "strength", "cost_per_cent", "trials", "met", "at_bound", "left_out",
]  # fmt: skip


LastYear = Annotated[
    int | None, typer.Option(metavar="YEAR", help="Last year, up to 2100; levers act from 2027; default: 2051.")
]
Length = Annotated[
    int | None, typer.Option(min=16, help="Quarters after 2024Q1 instead of a last year; for short trials.")
]
Budget = Annotated[
    str | None, typer.Option(metavar="SHARE", help="Spend this share of GDP a year on each lever: 0.5%gdp or 0.005.")
]

CostOnly = Annotated[
    bool, typer.Option("--cost-of-funds", help="Estimate only what a unit of income tax costs beyond its revenue.")
]


def effects(
    workers: Workers = 10_000,
    seeds: Seeds = 32,
    first_seed: FirstSeed = 1,
    until: LastYear = None,
    quarters: Length = None,
    lever: Annotated[list[str] | None, typer.Option(help="Estimate only this lever; repeatable.")] = None,
    economy: EconomyName = None,
    on_debt: OnDebt = False,
    budget: Budget = None,
    cost_of_funds: CostOnly = False,
    discount_rate: DiscountRate = USUAL_RATE,
    out: Annotated[Path | None, typer.Option(help="Output folder; default: results/effects.")] = None,
    overwrite: Overwrite = False,
) -> None:
    """Estimate the effects and the cost of every policy lever.

    Runs each lever against the baseline on paired seeds and ranks them by household consumption gained over
    its cost, discounted, with net domestic product and GDP beside it. The strength is the documented one or, with
    --budget, the one whose cost is within 5 per cent of the budget; levers that cannot spend so much even at
    their bound stand
    apart, and those that do not spend are left out. The income tax finances each lever, so that its effect does not
    include that of a deficit. Another --economy has the same policies, with amounts of money at the exchange rate.
    Finished runs are kept: an interrupted search goes on with the same command.
    """
    span = range(first_seed, first_seed + seeds)
    if cost_of_funds:
        _cost_of_funds(workers, span, usual_economy(economy))
    else:
        rate = discount_rate_of(discount_rate)
        asked = EffectsAsked(usual_economy(economy), lever, on_debt, budget, rate)
        _rank(workers, span, _length(until, quarters), asked, out, overwrite)


class EffectsAsked(NamedTuple):
    """What is ranked: the economy, the levers if not all, who pays, the budget if any and the discount rate."""

    economy: str
    levers: list[str] | None
    on_debt: bool
    budget: str | None
    rate: float

    def question(self) -> dict[str, Any]:
        """What the answer in a folder depends on."""
        from abm.experiments.effects.budget_search import parse_budget
        from abm.scenarios.economies import identity

        named = {} if self.economy == usual_economy(None) else {"economy": identity(self.economy)}
        return {
            "levers": sorted(self.levers or []), "on_debt": self.on_debt, "discount_rate": self.rate,
            "budget": None if self.budget is None else parse_budget(self.budget), **named,
        }  # fmt: skip


def _rank(workers: int, span: range, length: int, asked: EffectsAsked, out: Path | None, overwrite: bool) -> None:
    """Run the levers and print and write their ranking."""
    from abm.experiments.effects.effects import (
        BASELINE,
        checked_levers,
        documented_strengths,
        run_effects,
    )
    from abm.scenarios.scenario import baseline_in

    baseline_in(asked.economy)  # before a folder is made for an economy that is not there
    span_asked = {"workers": workers, "seeds": [span.start, len(span)], "quarters": length}
    question = {"command": "effects", **span_asked, **asked.question()}
    checked_levers(asked.levers)
    refuse_what_does_not_fit(workers, len(span), length, span.start)
    folder = folder_for(out, folder_in("effects", asked.economy), question, overwrite)
    _announce(asked, len(span), workers, length)

    from abm.experiments.running.progress import terminal_progress

    equal, strengths = None, documented_strengths(asked.economy)
    if asked.budget is not None:
        equal = _search(asked, workers, span, length, folder)
        strengths = equal.strengths
    done = run_effects(
        workers, span, length, asked.levers, not asked.on_debt, terminal_progress("effects"),
        strengths if equal else None, asked.economy,
    )  # fmt: skip
    if len(done.results) > 1 and BASELINE in done.results:
        _print_and_write(done.results, strengths, equal, folder, span, workers, asked)
    finish(done, *([equal] if equal else []))


def _announce(asked: EffectsAsked, seeds: int, workers: int, length: int) -> None:
    """Say how many runs there will be, unless the search for strengths is to refuse what is asked."""
    from abm.experiments.effects.effects import checked_levers, documented_strengths, effects_variants
    from abm.levers import load_levers

    known, strengths = load_levers(), documented_strengths(asked.economy)
    spending = {
        name: strengths[name]
        for name in checked_levers(asked.levers)
        if asked.budget is None or known[name].spending.spends
    }
    if spending:
        runs = effects_variants(spending, not asked.on_debt, asked.budget is not None, asked.economy)
        announce(len(runs), seeds, workers, period(2024, length))


def _cost_of_funds(workers: int, seeds: range, economy: str) -> None:
    """Print the marginal cost of funds; the other options of the command have no part in it."""
    from abm.experiments.effects.cost_of_funds import cost_of_funds
    from abm.experiments.running.progress import terminal_progress
    from abm.results.currency import speaking_of
    from xinzhi.analysis.effects.cost_of_funds import cost_of_funds_text

    announce(8, len(seeds), workers, "2036")
    found = cost_of_funds(workers, seeds, progress=terminal_progress("cost of funds"), economy=economy)
    if found.revenue:
        with speaking_of(economy):
            typer.echo(cost_of_funds_text(found))
    finish(found.done)


def _length(until: int | None, quarters: int | None) -> int:
    """The quarters of every run, by default to the twenty-fifth year with the levers in force."""
    from abm.comparing import quarters_until
    from abm.errors import UserError
    from abm.experiments.effects.effects import LAST_YEAR
    from abm.levers import FIRST_QUARTER
    from abm.scenarios.scenario import load_scenario

    if until is None and quarters is None:
        until = LAST_YEAR
    length = quarters_until(load_scenario("baseline"), until, quarters)
    if length <= FIRST_QUARTER:
        raise UserError(f"--until {until}: levers act from 2027; give that year or a later one")
    return length


def _print_and_write(
    results: Mapping[str, Results], strengths: Mapping[str, Mapping[str, float]], equal: EqualBudgets | None,
    folder: Path, span: range, workers: int, asked: EffectsAsked,
) -> None:  # fmt: skip
    """Write the table, the figure and the paragraphs by lever, and print the ranking."""
    from abm.results.currency import speaking_of, spoken_table
    from xinzhi.analysis.effects.effects import effects_details, effects_table
    from xinzhi.analysis.effects.ranking import effects_text

    paid_for = not asked.on_debt
    table = effects_table(results, strengths, equal.budget if equal else None, asked.rate)
    with speaking_of(asked.economy):
        _write_table(spoken_table(table), folder / "effects.csv")
    _draw(table, folder, span, workers, paid_for)
    _write(effects_details(table, len(span), paid_for), folder / "effects.txt")
    typer.echo(effects_text(table, len(span), paid_for, equal.left_out if equal else None))
    typer.echo(f"\nEvery lever in words: {folder / 'effects.txt'}; the tables and the figure are beside it")


def _search(asked: EffectsAsked, workers: int, span: range, quarters: int, folder: Path) -> EqualBudgets:
    """The strengths that cost the budget; they are also written to the folder, whatever ends the search."""
    import pandas as pd

    from abm.experiments.effects.budget_search import parse_budget
    from abm.experiments.effects.equal_budgets import find_strengths
    from abm.experiments.running.progress import terminal_progress
    from abm.interrupts import KEPT, shielded

    equal = find_strengths(
        parse_budget(str(asked.budget)), workers, span, quarters, asked.levers, not asked.on_debt,
        terminal_progress("strengths"), asked.economy,
    )  # fmt: skip
    if not equal.found:
        finish(equal)
    rows = [
        {"lever": name, "left_out": "", **one._asdict(), "cost_per_cent": 100 * one.cost}
        for name, one in equal.found.items()
    ]
    rows += [{"lever": name, "left_out": reason} for name, reason in equal.left_out.items()]
    table = pd.DataFrame(rows).astype({"trials": "Int64"})  # whole, also beside levers without trials
    count = f"{len(equal.found)} lever{'s' if len(equal.found) > 1 else ''}"
    with shielded():
        _write_table(table[STRENGTH_COLUMNS], folder / "strengths.csv")
        KEPT.written.append(f"the strengths of {count} are written to {folder / 'strengths.csv'}")
    if equal.interrupted:
        finish(equal)
    return equal


def _draw(table: pd.DataFrame, folder: Path, span: range, workers: int, paid_for: bool) -> None:
    from abm.files import writing
    from xinzhi.analysis.effects.figures import effects_figure
    from xinzhi.analysis.figures.run_figures import save_figure

    figure = effects_figure(table, tuple(span), workers, paid_for)
    with writing(folder, "the figure", "give another --out"):
        save_figure(figure, folder / "effects.png")


def _write(text: str, path: Path) -> None:
    from abm.files import whole_file, writing

    with writing(path.parent, "the text", "give another --out"), whole_file(path) as part:
        part.write_text(text + "\n", encoding="utf-8")


def _write_table(table: pd.DataFrame, path: Path) -> None:
    from abm.files import writing
    from abm.results.results import write_table

    with writing(path.parent, "the table", "give another --out"):
        write_table(path, table)
