"""Scenarios in several economies, each against its twin there on the same draws, and with blocks exchanged."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from abm.data import find_economy
from abm.errors import UserError
from abm.experiments.countries.abroad import in_economy
from abm.experiments.countries.blocks import ALL, BLOCKS
from abm.experiments.countries.mixing import mixed
from abm.experiments.countries.structure import StructuralFact, facts_of
from abm.experiments.ensembles.ensemble import run_ensemble
from abm.experiments.ensembles.funding import paid_for
from abm.experiments.running.progress import PartProgress, Silent, usual_progress
from abm.results.results import Results
from abm.scenarios.scenario import Scenario, checked_quarters, load_scenario, twin_of

__all__ = ["Countries", "TwinPair", "questions_of", "run_countries"]

MOST_ECONOMIES = 2


class TwinPair(NamedTuple):
    """A scenario and the one that it is compared with, both in one economy."""

    twin: Scenario
    subject: Scenario


@dataclass
class Countries:
    """What was run.

    economies   the two economies, in the order given
    questions   {name of a scenario: {economy: the pair as it was run}}
    pairs       {(name, economy): (twin, subject)}
    exchanged   {(name, economy, block): (twin, subject)} with that block as in the other economy
    left_out    {(economy, block): why it cannot have that block of the other}
    facts       what the economies are at the opening
    """

    economies: tuple[str, str]
    questions: dict[str, dict[str, TwinPair]]
    pairs: dict[tuple[str, str], tuple[Results, Results]] = field(default_factory=dict)
    exchanged: dict[tuple[str, str, str], tuple[Results, Results]] = field(default_factory=dict)
    left_out: dict[tuple[str, str], str] = field(default_factory=dict)
    facts: list[StructuralFact] = field(default_factory=list)


def questions_of(scenarios: Sequence[str], economies: Sequence[str], on_debt: bool = False) -> Countries:
    """The scenarios and their twins in every economy, not yet run. Raises UserError."""
    if len(economies) != MOST_ECONOMIES or economies[0] == economies[1]:
        raise UserError(f"give {MOST_ECONOMIES} different economies, not {', '.join(economies) or 'none'}")
    for economy in economies:
        find_economy(economy)
    questions: dict[str, dict[str, TwinPair]] = {}
    for one in scenarios:
        own = load_scenario(one)
        twin = twin_of(own)
        pair = (twin if twin.tables == own.tables else load_scenario(twin, {"economy": own.tables}), own)
        if own.name in questions:
            raise UserError(f"{own.name} is given twice; give each scenario once")
        questions[own.name] = {
            economy: TwinPair(*(there if on_debt else paid_for(there) for there in abroad))
            for economy in economies
            if (abroad := [in_economy(side, economy) for side in pair])
        }
    first, second = economies
    return Countries((first, second), questions)


def run_countries(
    countries: Countries, workers: int, seeds: Sequence[int], quarters: int, exchange: bool = False,
    progress: Silent | bool | None = None,
) -> Countries:  # fmt: skip
    """Run every pair, and with ``exchange`` also with each block, and with all, as the other economy has it."""
    checked_quarters(quarters)
    jobs = [(name, economy, None) for name in countries.questions for economy in countries.economies]
    blocks = [*BLOCKS, ALL] if exchange else []
    more = [(name, economy, block) for economy in countries.economies for block in blocks
            for name in countries.questions]  # fmt: skip
    size = 2 * len(seeds) * quarters
    with usual_progress("countries", progress) as shown, tempfile.TemporaryDirectory() as folder:
        made: dict[str, str] = {}
        for at, (name, economy, block) in enumerate([*jobs, *more]):
            part = PartProgress(
                shown, f"{at + 1} of {len(jobs) + len(more)}", at * size, size * (len(jobs) + len(more))
            )
            question = countries.questions[name][economy]
            if block is None:
                countries.pairs[name, economy] = _both(question, workers, seeds, quarters, part)
                continue
            key = f"{countries.economies.index(economy)}_{block}"
            if key not in made:
                donor = next(one for one in countries.economies if one != economy)
                taken = list(BLOCKS) if block == ALL else [block]
                made[key] = mixed(economy, donor, taken, question.subject.opening_year, Path(folder) / key)
            there = TwinPair(*(load_scenario(side, {"economy": made[key]}) for side in question))
            try:
                countries.exchanged[name, economy, block] = _both(there, workers, seeds, quarters, part)
            except UserError as error:  # such an economy does not exist: its accounts do not close
                countries.left_out[economy, block] = str(error)
    year = next(iter(next(iter(countries.questions.values())).values())).subject.opening_year
    countries.facts = facts_of(countries.economies, year)
    return countries


def _both(
    question: TwinPair, workers: int, seeds: Sequence[int], quarters: int, progress: PartProgress
) -> tuple[Results, Results]:
    """The runs of a pair; raises what left a seed out."""
    found = []
    for side in question:
        results = run_ensemble(side, workers, seeds, quarters, progress=progress)
        for error in results.failures.values():
            raise error
        if results.interrupted:
            raise KeyboardInterrupt
        found.append(results)
    return found[0], found[1]
