"""xinzhi check: validate a scenario file and show the accounts of one quarter."""

from __future__ import annotations

from typing import Annotated

import typer

from abm.commands.options import (
    EconomyName,
    ScenarioArgument,
    Seed,
    Settings,
    Workers,
    note_idle_levers,
    with_economy,
)


def check(
    scenario: ScenarioArgument,
    workers: Workers = 10_000,
    seed: Seed = 1,
    quarters: Annotated[int, typer.Option(min=1, help="Quarter whose payments are shown.")] = 1,
    settings: Settings = None,
    economy: EconomyName = None,
) -> None:
    """Validate a scenario file and print a quarter's flow matrix.

    Prints every time path of a lever year by year, then runs the scenario to that quarter; every row and column of the
    matrix sums to zero.
    """
    from abm.accounting import matrix_text
    from abm.model import Model
    from abm.results.currency import in_words_of
    from abm.results.judged import checked_measures
    from abm.scenarios.lever_paths import amounts_text, paths_text
    from abm.scenarios.scenario import checked_quarters, load_scenario, parse_settings, twin_of

    chosen = load_scenario(scenario, with_economy(parse_settings(settings or []), economy))
    checked_measures(chosen)
    if chosen.against:
        twin_of(chosen)
    model = Model(workers=workers, rng=seed, policy=chosen)
    for _ in range(checked_quarters(quarters)):
        model.step()
    typer.echo(f"{chosen.name}: the file is valid; quarter {model.quarter} of seed {seed} at {workers:,} workers")
    if amounts := amounts_text(chosen):
        typer.echo(amounts)
    paths = paths_text(chosen)
    if paths:
        typer.echo(f"\n{paths}\n")
    note_idle_levers([chosen], chosen.quarters)
    typer.echo(in_words_of(matrix_text(model.ledger), chosen.tables))
