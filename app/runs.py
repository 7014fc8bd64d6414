"""From a question to its finished seeds: which are kept already, which are run, and which pairs are complete."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

from abm.comparing import quarters_until
from abm.data import DEFAULT_ECONOMY
from abm.errors import UserError, refusal
from abm.experiments.ensembles.funding import paid_for, payer_words
from abm.experiments.ensembles.idle import idle_by_lever, idle_levers
from abm.experiments.ensembles.recording import Recording
from abm.experiments.ensembles.seed_store import seed_key
from abm.languages import SEPARATORS, said, translated
from abm.levers import load_levers
from abm.results.provenance import comparison_command
from abm.scenarios.scenario import Scenario
from xinzhi.analysis.reading.recorded import RecordedSeeds
from xinzhi.analysis.reading.summary import CAUTION
from xinzhi.analysis.reading.text import scenario_labels
from xinzhi.app.asked import Answered, Asked
from xinzhi.app.asking import Finder, Mix, Question, scenario_of
from xinzhi.app.economies import EconomyWords
from xinzhi.app.seeds import Seeds
from xinzhi.app.worker import SeedTask, run_seed

__all__ = [
    "SeedFault",
    "Runs",
    "Side",
    "add_seed",
    "cautions_of",
    "idle_levers_of",
    "idle_of",
    "prepared",
    "sentence_of",
    "short_title",
    "side_of",
]

LONGEST_TITLE = 40
SIDES = "ABCD"
ASSUMED = said("Changed assumptions")
CHANGED = said("The assumptions are changed, so the baseline was run again under them.")


@dataclass(frozen=True)
class Side:
    """One scenario of a question: as it was asked for, and as it runs, with who pays and its length."""

    mix: Mix
    scenario: Scenario
    runs: Scenario
    keys: dict[tuple[int, int], str] = field(default_factory=dict, compare=False, repr=False)

    def key(self, workers: int, seed: int) -> str:
        """The name of one of its seeds in the store."""
        if (workers, seed) not in self.keys:
            self.keys[workers, seed] = seed_key(self.runs, workers, seed, self.runs.quarters)
        return self.keys[workers, seed]


@dataclass(frozen=True)
class SeedFault:
    """A seed that has no result, and why."""

    seed: int
    message: str


@dataclass
class Runs:
    """The sides of a question and the seeds that are finished: ``recordings[side][seed]``."""

    question: Question
    sides: tuple[Side, ...]
    recordings: list[dict[int, Recording]] = field(default_factory=list)
    from_store: int = 0
    faults: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.recordings = [{} for _ in self.sides]

    @property
    def pairs(self) -> tuple[int, ...]:
        """The seeds of which every side is finished."""
        return tuple(seed for seed in self.question.seeds if all(seed in kept for kept in self.recordings))

    @property
    def open(self) -> int:
        """How many pairs may still come."""
        return len(self.question.seeds) - len(self.pairs) - len(self.faults)

    @property
    def titles(self) -> tuple[str, ...]:
        """What the scenarios are called, all different."""
        return tuple(translated(label, self.question.language) for label in scenario_labels(self.sides))

    @property
    def words(self) -> EconomyWords:
        """Texts in the language of the question and the words of its economy."""
        return EconomyWords(self.question.language, self.economy)

    @property
    def economy(self) -> str:
        """The economy of all sides."""
        return self.sides[0].mix.economy

    async def find(self, seeds: Seeds) -> None:
        """Take in what is finished already."""
        keys = {side.key(self.question.workers, seed): None for seed in self.question.seeds for side in self.sides}
        found = await seeds.find(keys)
        for at, side in enumerate(self.sides):
            for seed in self.question.seeds:
                recording = found.get(side.key(self.question.workers, seed))
                if recording is not None:
                    self.recordings[at][seed] = recording
        self.from_store = len(found)

    async def run(self, asked: Asked, seeds: Seeds) -> AsyncIterator[SeedFault | None]:
        """Run what is missing, the first pair first; a turn for each seed that a side has finished, or that failed."""
        for rank, seed in enumerate(self.question.seeds):
            for at, side in self._in_order():
                if seed not in self.recordings[at]:
                    add_seed(asked, seeds, side, self.question.workers, seed, (at, seed), rank)
        while self.open:
            outcome = await asked.next()
            yield self._take(outcome)

    def _in_order(self) -> list[tuple[int, Side]]:
        first = self.question.reference
        return sorted(enumerate(self.sides), key=lambda one: one[0] != first)

    def _take(self, outcome: Answered) -> SeedFault | None:
        at, seed = outcome.tag
        if outcome.error is None:
            self.recordings[at][seed] = outcome.value
            return None
        if seed in self.faults:
            return None
        self.faults.add(seed)
        return SeedFault(seed, sentence_of(outcome.error))

    def recorded(self, at: int, pairs: Sequence[int]) -> RecordedSeeds:
        """The finished seeds of one side as arrays."""
        chosen = tuple(sorted(pairs))
        side, kept = self.sides[at], self.recordings[at]
        return RecordedSeeds(side.runs, chosen, [kept[seed] for seed in chosen], {"workers": self.question.workers})

    def command(self) -> str:
        """The command line that gives the same numbers."""
        order = [side for _, side in self._in_order()]
        settings: dict[str, Any] = {} if self.economy == DEFAULT_ECONOMY else {"economy": self.economy}
        for letter, side in zip(SIDES, order, strict=False):
            settings |= {f"{letter}:{key}": value for key, value in side.mix.settings.items()}
        question = self.question
        bases = [side.mix.base for side in order]
        return comparison_command(
            bases, question.workers, question.seeds, question.until, None, [], settings, question.on_debt
        )


def add_seed(asked: Asked, seeds: Seeds, side: Side, workers: int, seed: int, tag: Any, rank: int) -> None:
    """Ask for one seed of a scenario, which memory keeps when it is finished."""
    key = side.key(workers, seed)
    task = SeedTask(side.runs, workers, seed, side.runs.quarters, key)
    asked.add(key, run_seed, task, tag, rank, partial(seeds.keep, key))


def prepared(question: Question, find: Finder) -> Runs:
    """The scenarios of a question, read and checked. Raises UserError."""
    sides = tuple(_side(mix, question, find) for mix in question.mixes)
    if len({mix.economy for mix in question.mixes}) > 1:
        raise UserError(refusal("the scenarios are of different economies; compare those of one"))
    openings = {side.runs.opening_year for side in sides}
    if len(openings) > 1:
        raise UserError(refusal("the scenarios open in different years; compare those that open in the same"))
    if min(side.runs.quarters for side in sides) < 3:
        raise UserError(refusal("until: the runs have no whole year; give a later one"))
    return Runs(question, sides)


def _side(mix: Mix, question: Question, find: Finder) -> Side:
    scenario = scenario_of(mix, find)
    if not mix.title and (mix.settings or not scenario.title):
        scenario = replace(scenario, title=short_title(mix, scenario, question.language))
    return side_of(mix, scenario, question)


def side_of(mix: Mix, scenario: Scenario, question: Question) -> Side:
    """The scenario as it runs: who pays for its policies, and to which year."""
    paid = scenario if question.on_debt else paid_for(scenario)
    return Side(mix, scenario, replace(paid, quarters=quarters_until(paid, question.until, None)))


def short_title(mix: Mix, scenario: Scenario, language: str) -> str:
    """What a mix without a title is called: its levers, else that its assumptions are changed; empty for a base."""
    if not mix.settings:
        return ""
    known = load_levers()
    moved = [name for name in scenario.levers if any(key.split(".")[:2] == ["levers", name] for key in mix.settings)]
    titles = [translated(known[name].title, language) for name in moved]
    text = SEPARATORS[language][0].join(titles) if titles else translated(ASSUMED, language)
    return text if len(text) <= LONGEST_TITLE else f"{text[: LONGEST_TITLE - 3].rstrip(' ,、')}..."


def sentence_of(error: Exception) -> str:
    """What is said of a seed that failed; of a fault of the program its last line, not its traceback."""
    if isinstance(error, UserError):
        return error.text
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[-1] if isinstance(error, RuntimeError) else " ".join(lines)


def cautions_of(runs: Runs) -> list[str]:
    """What must be read beside every number of these scenarios."""
    changed = any(not key.startswith("levers.") for side in runs.sides for key in side.mix.settings)
    return [runs.words(text) for text in (CAUTION, *([CHANGED] if changed else []))]


def idle_of(runs: Runs) -> list[str]:
    """Settings that cannot act, in sentences."""
    sentences = dict.fromkeys(text for side in runs.sides for text in idle_levers(side.runs, side.runs.quarters))
    return [translated(text, runs.question.language) for text in sentences]


def idle_levers_of(runs: Runs) -> dict[str, str]:
    """{lever: why it cannot act} of the scenarios beside the reference."""
    others = (side for at, side in enumerate(runs.sides) if at != runs.question.reference)
    found = {name: text for side in others for name, text in idle_by_lever(side.runs, side.runs.quarters).items()}
    return {name: translated(text, runs.question.language) for name, text in found.items()}


def financing_of(question: Question) -> str:
    """Who pays, in a sentence."""
    return translated(payer_words(question.on_debt), question.language)
