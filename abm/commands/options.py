"""Options that several commands share, and the steps with which they end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Protocol

import typer

from abm.arguments import DISCOUNT_RATE
from abm.interrupts import KEPT
from abm.values import LARGEST_SEED, MOST_SEEDS, MOST_WORKERS

if TYPE_CHECKING:
    from abm.experiments.sweeps.design import Design
    from abm.results.results import Results
    from abm.scenarios.scenario import Scenario

ScenarioArgument = Annotated[
    str, typer.Argument(metavar="SCENARIO", help="Shipped name (see `xinzhi list`) or path of a YAML file.")
]
Workers = Annotated[
    int, typer.Option(min=2_000, max=MOST_WORKERS, help="Simulated adults; each represents many persons.")
]
Seeds = Annotated[int, typer.Option(min=1, max=MOST_SEEDS, help="Number of seeds, counted from the first.")]
FirstSeed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="First seed.")]
Seed = Annotated[int, typer.Option(min=0, max=LARGEST_SEED, help="Seed of the random draws.")]
Quarters = Annotated[
    int | None, typer.Option(min=1, help="Quarters after 2024Q1 instead of a last year; for short trials.")
]
Until = Annotated[
    int | None, typer.Option(metavar="YEAR", help="Last year, up to 2100; default: that of the scenario, 2050.")
]
Fresh = Annotated[bool, typer.Option("--fresh", help="Run all seeds anew, also those that were run before.")]
OnDebt = Annotated[bool, typer.Option("--on-debt", help="Finance policies by debt, not the income tax.")]
USUAL_RATE = f"{DISCOUNT_RATE:.0%}"
DiscountRate = Annotated[
    str, typer.Option(metavar="RATE", help="Social discount rate a year for sums over years: 5% or 0.05.")
]
Threads = Annotated[
    int, typer.Option(min=1, max=1024, help="Threads for a single seed; several seeds use one process each.")
]
Out = Annotated[Path | None, typer.Option(help="Output folder; default: results/SCENARIO.")]
EconomyName = Annotated[
    str | None,
    typer.Option(
        "--economy", metavar="NAME", help="Shipped name, china, china_20 or usa, or a folder; as --set economy=NAME."
    ),
]
Settings = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="KEY=VALUE", help="Set a scenario key, e.g. levers.carbon_price=200; repeatable."),
]
Posterior = Annotated[
    str | None,
    typer.Option(
        metavar="NAME|FILE",
        help="Draw parameters for each seed from a posterior: the shipped `china` or a table of draws.",
    ),
]
Overwrite = Annotated[
    bool, typer.Option("--overwrite", help="Replace what --out holds, also if it answers another question.")
]
SettingsOfSides = Annotated[
    list[str] | None,
    typer.Option(
        "--set",
        metavar="[B:]KEY=VALUE",
        help="Set a scenario key for all, or with A: to D: for one of them, e.g. B:levers.carbon_price=200.",
    ),
]


NoEconomy = Annotated[str | None, typer.Option("--economy", metavar="NAME", hidden=True)]  # refused with a remedy


class Ended(Protocol):
    """The status of finished work: failures by seed or name, and whether the user interrupted it."""

    @property
    def failures(self) -> Mapping[Any, Exception]:
        """What failed, with its error."""
        ...

    @property
    def interrupted(self) -> bool:
        """Whether the user ended the work."""
        ...


def report(many: Sequence[Results], folder: Path, figures: bool = True) -> None:
    """Print the summary table; then draw the figures into the folder, or delete those of an earlier run."""
    from abm.results.currency import speaking_of, spoken
    from xinzhi.analysis.figures.run_figures import remove_figures, write_figures
    from xinzhi.analysis.reading.summary import summary_table

    with speaking_of(many[0].scenario.tables):
        typer.echo(spoken(str(summary_table(many))))
    if figures:
        write_figures(many, folder)
    else:
        remove_figures(folder)
        typer.echo("No figures were drawn; --figures draws them.")


def folder_for(
    out: Path | None, usual: str, question: Mapping[str, Any], overwrite: bool, parts: Sequence[str] = ()
) -> Path:
    """The folder for the answer to a question, by default ``usual`` in results/; says so where it is another one.

    ``parts`` are the folders in it that the answer will have.
    """
    from abm.results.folders import claim_folder

    folder, note = claim_folder(out, Path("results") / usual, question, overwrite, parts=parts)
    if note:
        say(f"note: {note}")
    return folder


def usual_economy(name: str | None) -> str:
    """The economy that is named, else the usual one."""
    from abm.data import DEFAULT_ECONOMY

    return name or DEFAULT_ECONOMY


def folder_in(usual: str, economy: str) -> str:
    """The name of the folder of an answer, with that of the economy where it is not the usual one."""
    return usual if economy == usual_economy(None) else f"{usual}_{Path(economy).name}"


def refuse_what_does_not_fit(workers: int, seeds: int, quarters: int, first_seed: int = 1) -> None:
    """Raise UserError for more than there is memory for, before a folder is made and work announced.

    Also for more quarters than the model has, and for seeds beyond the largest.
    """
    from abm.errors import UserError
    from abm.memory import check_results_fit, processes_that_fit
    from abm.scenarios.scenario import checked_quarters

    checked_quarters(quarters)
    if first_seed + seeds - 1 > LARGEST_SEED:
        raise UserError(f"--first-seed {first_seed}: the last seed would be above {LARGEST_SEED:,}; give a lower one")
    processes_that_fit(workers, 1)
    check_results_fit(seeds, quarters)


def as_given(name: str, loaded: Scenario) -> Scenario:
    """The scenario with the relative path of its file as its reference, which the command to repeat it then names.

    The path from the root would name folders of one machine only, so the name of the file stands for it.
    Raises UserError for outcomes that it is to be measured by and that nobody records.
    """
    from abm.results.judged import checked_measures

    checked_measures(loaded)
    if ("/" not in name and "\\" not in name) or Path(name).is_absolute():
        return loaded
    return replace(loaded, reference=name)


def say(text: str) -> None:
    """A line about the work to the error stream, at once."""
    typer.echo(f"xinzhi: {text}", err=True)


def announce(scenarios: int, seeds: int, workers: int, until: str) -> None:
    """The line with which long work begins, before the libraries are loaded that take a second."""
    many = f"{scenarios} scenario{'s' if scenarios > 1 else ''}, {seeds:,} seed{'s' if seeds > 1 else ''}"
    say(f"{many}, {workers:,} workers, to {until}")


def note_idle_levers(scenarios: Sequence[Scenario], quarters: int) -> None:
    """Say of every lever that begins after the last quarter that it does nothing."""
    from abm.experiments.ensembles.idle import idle_levers

    for scenario in scenarios:
        for sentence in idle_levers(scenario, quarters):
            say(f"note: {scenario.name}: {sentence}")
    note_conversions(scenarios)
    note_older_tables(scenarios)
    note_fixed_parameters(scenarios)


def note_conversions(scenarios: Sequence[Scenario]) -> None:
    """Say which amounts of money a scenario had in another currency, and at which rate they are converted."""
    from abm.scenarios.conversion import conversion_notes

    for one in scenarios:
        for sentence in conversion_notes(one):
            say(f"note: {one.name}: {sentence}")


def with_posterior(overrides: Mapping[str, Any], posterior: str | None) -> dict[str, Any]:
    """The settings of the command line and of ``--posterior``. Raises UserError if it is set twice."""
    from abm.errors import UserError

    if posterior is None:
        return dict(overrides)
    if "posterior" in overrides:
        raise UserError("--posterior and --set posterior are both given; remove one of them")
    return {**overrides, "posterior": posterior}


def with_economy(overrides: Mapping[str, Any], economy: str | None) -> dict[str, Any]:
    """The settings of the command line and of ``--economy``. Raises UserError if it is set twice."""
    from abm.errors import UserError

    if economy is None:
        return dict(overrides)
    if "economy" in overrides:
        raise UserError("--economy and --set economy are both given; remove one of them")
    return {**overrides, "economy": economy}


def given_settings(settings: Sequence[str] | None, posterior: str | None, economy: str | None) -> dict[str, Any]:
    """The settings of ``--set``, ``--posterior`` and ``--economy`` together. Raises UserError if one is set twice."""
    from abm.scenarios.scenario import parse_settings

    return with_economy(with_posterior(parse_settings(list(settings or [])), posterior), economy)


def refuse_economy(economy: str | None, remedy: str) -> None:
    """Raise UserError where ``--economy`` is given to a command that has none, with what to do instead."""
    from abm.errors import UserError

    if economy is not None:
        raise UserError(f"--economy: {remedy}")


def note_fixed_parameters(scenarios: Sequence[Scenario]) -> None:
    """Say of each posterior what its draws are, and which parameters a scenario sets itself, so that none is drawn."""
    from abm.scenarios.posteriors import find_posterior, not_drawn
    from abm.scenarios.resolution import settled_assumptions

    for one in scenarios:
        if one.posterior:
            found = find_posterior(one.posterior)
            say(f"note: {one.name}: each seed takes one of {len(found.draws)} draws of the posterior {found.name}")
            if status := found.about.get("status"):
                say(f"note: {found.name}: {status}")
            if fixed := not_drawn(one, settled_assumptions(one)):
                say(f"note: {one.name}: sets {', '.join(fixed)} itself, so that the posterior does not act there")


def note_older_tables(scenarios: Sequence[Scenario]) -> None:
    """Say with which economy a scenario opens that names none and opens in a year without tables of the usual one."""
    from abm.data import DEFAULT_ECONOMY

    for one in scenarios:
        if not one.economy and one.tables != DEFAULT_ECONOMY:
            say(f"note: {one.name} opens in {one.opening_year} with {one.tables}; {DEFAULT_ECONOMY} has no such tables")


def note_idle_policies(design: Design) -> None:
    """The same of the scenario and the policies of a sweep; an uncertainty that does nothing is refused."""
    from abm.experiments.ensembles.idle import idle_policies

    for name, sentences in idle_policies(design.scenario, design.policies, design.quarters).items():
        for sentence in sentences:
            say(f"note: {name}: {sentence}")


def last_period(results: Results) -> str:
    """``2050``, or ``2024Q3`` where the last year is not whole."""
    return period(results.scenario.opening_year, results.quarters)


def period(opening_year: int, quarters: int) -> str:
    """The last year of so many quarters, with its quarter where the year is not whole."""
    year, quarter = divmod(quarters, 4)
    return f"{opening_year + year}{'' if quarter == 3 else f'Q{quarter + 1}'}"


def finish(*many: Ended, written: str = "") -> None:
    """Report missing seeds and exit with the matching status: 130 for an interrupted run.

    ``written`` says what of an interrupted run is in files already.
    """
    for results in many:
        for error in results.failures.values():
            raise error
    if any(results.interrupted for results in many):
        if written:
            KEPT.written.append(written)
        raise KeyboardInterrupt
