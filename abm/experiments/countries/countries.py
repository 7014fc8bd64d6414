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
from abm.experiments.countries.blocks import ALL, BLOCKS, REST
from abm.experiments.countries.mixing import mixed
from abm.experiments.countries.opening import made_to_open
from abm.experiments.countries.structure import StructuralFact, facts_of
from abm.experiments.ensembles.ensemble import run_ensemble
from abm.experiments.ensembles.funding import paid_for
from abm.experiments.running.progress import PartProgress, Silent, usual_progress
from abm.interrupts import KEPT
from abm.results.results import Results
from abm.scenarios.scenario import Scenario, checked_quarters, load_scenario, twin_of

__all__ = ["AI", "EXCHANGES", "Countries", "TwinPair", "questions_of", "run_countries"]

MOST_ECONOMIES = 2
AI, WITHOUT_AI = "baseline", "no_ai"  # either of the two asks what AI does
EXCHANGES: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in BLOCKS if name != REST},
    ALL: tuple(name for name in BLOCKS if name != REST),
    REST: (REST,),
}


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
    fitted      {(economy, block): what low incomes consume, lowered so that such an economy opens}
    facts       what the economies are at the opening
    interrupted whether the user ended it before all was run; what is finished is there
    """

    economies: tuple[str, str]
    questions: dict[str, dict[str, TwinPair]]
    pairs: dict[tuple[str, str], tuple[Results, Results]] = field(default_factory=dict)
    exchanged: dict[tuple[str, str, str], tuple[Results, Results]] = field(default_factory=dict)
    left_out: dict[tuple[str, str], str] = field(default_factory=dict)
    fitted: dict[tuple[str, str], float] = field(default_factory=dict)
    facts: list[StructuralFact] = field(default_factory=list)
    interrupted: bool = False
    failures: dict[str, Exception] = field(default_factory=dict)

    @property
    def finished(self) -> list[str]:
        """The questions that are run in both economies."""
        return [name for name in self.questions if all((name, one) in self.pairs for one in self.economies)]

    @property
    def year(self) -> int:
        """The opening year."""
        return next(iter(next(iter(self.questions.values())).values())).subject.opening_year


def questions_of(
    scenarios: Sequence[str], economies: Sequence[str], on_debt: bool = False, purchasing_power: bool = False
) -> Countries:
    """The scenarios and their twins in every economy, not yet run; without scenarios AI against no AI.

    Amounts of money are converted at the exchange rate, or so that they buy as much. Raises UserError.
    """
    if len(economies) != MOST_ECONOMIES or economies[0] == economies[1]:
        raise UserError(f"give {MOST_ECONOMIES} different economies, not {', '.join(economies) or 'none'}")
    for economy in economies:
        find_economy(economy)
    questions: dict[str, dict[str, TwinPair]] = {}
    for one in [AI if name == WITHOUT_AI else name for name in scenarios] or [AI]:
        own = load_scenario(one)
        twin = twin_of(own)
        pair = (twin if twin.tables == own.tables else load_scenario(twin, {"economy": own.tables}), own)
        if own.name in questions:
            raise UserError(f"{own.name} is given twice; give each scenario once")
        questions[own.name] = {
            economy: TwinPair(*(there if on_debt else paid_for(there) for there in abroad))
            for economy in economies
            if (abroad := [in_economy(side, economy, purchasing_power) for side in pair])
        }
    first, second = economies
    return Countries((first, second), questions)


def run_countries(
    countries: Countries, workers: int, seeds: Sequence[int], quarters: int, exchange: bool = False,
    progress: Silent | bool | None = None,
) -> Countries:  # fmt: skip
    """Run every pair, and with ``exchange`` also with each block, and with all, as the other economy has it.

    Ctrl-C keeps what is finished in both economies; with less than that the interrupt is raised.
    """
    checked_quarters(quarters)
    jobs: list[tuple[str, str, str | None]] = [
        (name, economy, None) for name in countries.questions for economy in countries.economies
    ]
    jobs += [
        (name, economy, block)
        for economy in countries.economies for block in (EXCHANGES if exchange else ()) for name in countries.questions
    ]  # fmt: skip
    KEPT.plan(2 * len(seeds) * len(jobs))
    size = 2 * len(seeds) * quarters
    with usual_progress("countries", progress) as shown, tempfile.TemporaryDirectory() as folder:
        makers = _Makers(countries, workers, seeds, Path(folder))
        try:
            for at, (name, economy, block) in enumerate(jobs):
                part = PartProgress(shown, f"{at + 1} of {len(jobs)}", at * size, size * len(jobs))
                _run_job(makers, (name, economy, block), workers, seeds, quarters, part)
        except KeyboardInterrupt:
            if not countries.finished:
                raise
            countries.interrupted = True
    countries.facts = facts_of(countries.economies, countries.year)
    return countries


class _Makers:
    """Makes the economies with exchanged blocks, each once."""

    def __init__(self, countries: Countries, workers: int, seeds: Sequence[int], folder: Path) -> None:
        self.countries, self.workers, self.seeds, self.folder = countries, workers, seeds, folder
        self.made: dict[tuple[str, str], str] = {}

    def economy(self, economy: str, block: str) -> str:
        """The folder of an economy with a block of the other. Raises UserError where it does not open."""
        if (economy, block) not in self.made:
            done = self.countries
            donor = next(one for one in done.economies if one != economy)
            place = self.folder / f"{done.economies.index(economy)}_{block}"
            made = self.made[economy, block] = mixed(economy, donor, EXCHANGES[block], done.year, place)
            sides = [side for pairs in done.questions.values() for side in pairs[economy]]
            fitted = made_to_open(made, done.year, sides, self.workers, self.seeds)
            if fitted is not None:
                done.fitted[economy, block] = fitted
        return self.made[economy, block]


def _run_job(
    makers: _Makers, job: tuple[str, str, str | None], workers: int, seeds: Sequence[int], quarters: int,
    progress: PartProgress,
) -> None:  # fmt: skip
    """Run a pair, as it is or with a block of the other economy."""
    countries, (name, economy, block) = makers.countries, job
    question = countries.questions[name][economy]
    if block is None:
        countries.pairs[name, economy] = _both(question, workers, seeds, quarters, progress)
    elif (economy, block) not in countries.left_out:
        try:
            made = makers.economy(economy, block)
            there = TwinPair(*(load_scenario(side, {"economy": made}) for side in question))
            countries.exchanged[name, economy, block] = _both(there, workers, seeds, quarters, progress)
        except UserError as error:  # such an economy does not exist: its accounts do not close
            countries.left_out[economy, block] = str(error)


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
