"""Why a mix does what it does: its effect shared out to the levers it pulls, or to what AI does in the economy.

By lever: Shapley values over all combinations of up to six levers, on the same seeds; with more of them each lever
alone and all but each, and what the two ways leave is a part of its own. By mechanism: what ``abm.explain`` runs.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from abm.errors import UserError, refusal
from abm.experiments.ensembles.one_seed import failure_of
from abm.experiments.running.progress import Rate
from abm.languages import translated
from xinzhi.analysis.attribution.words import FAMILY_TITLES
from xinzhi.analysis.reading.changes import Change, decimals_of, is_level, shown_gaps
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.paired import Difference, Pair, mean_of_pairs
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.recorded import RecordedSeeds
from xinzhi.app.answers import plain_difference, word_of
from xinzhi.app.asked import Asked
from xinzhi.app.asking import HEADLINE, Finder, Limits, Mix, Question, one_of, optional_year
from xinzhi.app.coalitions import Coalitions, coalitions_of
from xinzhi.app.runs import Runs, add_seed, cautions_of, prepared, sentence_of
from xinzhi.app.streams import event
from xinzhi.app.worker import AtWork, Stopped

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.attribution.explain import Plan
    from abm.experiments.attribution.explain_runs import Finished, MeasuredRun
    from abm.experiments.ensembles.recording import Recording
    from xinzhi.app.server import Service

__all__ = ["Why", "asked_why", "reasons", "run_measured"]

OUTCOMES = (*HEADLINE, "electricity_use", "policy_cost_ratio")
SECONDS_BETWEEN_SIGNS = 0.25
USUAL_YEAR = 2035


class Why(NamedTuple):
    """A question why: the two sides, the year, and how the effect is shared out."""

    runs: Runs
    year: int
    shares: Coalitions | Plan

    @property
    def by(self) -> str:
        """Levers or mechanisms."""
        return "levers" if isinstance(self.shares, Coalitions) else "mechanisms"


def asked_why(data: Any, limits: Limits, find: Finder) -> Why:
    """The question in the body of a request. Raises UserError."""
    if not isinstance(data, dict):
        raise UserError(refusal("the request: give an object with a mix"))
    given = dict(data)
    by = one_of(given, "by", ("levers", "mechanisms"))
    year = optional_year(given, "year") or USUAL_YEAR
    for key in ("by", "year"):
        given.pop(key, None)
    mix = given.pop("mix", None)
    alike = {"economy": mix["economy"]} if isinstance(mix, dict) and "economy" in mix else {}
    mixes = [given.pop("reference", None) or Mix().plain() | alike, mix]
    runs = prepared(Question.read({**given, "scenarios": mixes}, limits), find)
    panel_years = [side.runs.opening_year + (side.runs.quarters + 1) // 4 for side in runs.sides]
    if not runs.sides[0].runs.opening_year < year < min(panel_years):
        raise UserError(refusal("year: {year} is not among the years of the runs", year=year))
    if runs.sides[0].runs.digest() == runs.sides[1].runs.digest():
        raise UserError(refusal("mix: it is the same economy as the reference, so there is nothing to explain"))
    return Why(runs, year, coalitions_of(runs) if by == "levers" else plan_of(runs, year))


def reasons(service: Service, why: Why) -> AsyncGenerator[bytes, None]:
    """The events of the answer."""
    if isinstance(why.shares, Coalitions):
        return by_levers(service, why, why.shares)
    return by_mechanisms(service, why, why.shares)


async def by_levers(service: Service, why: Why, coalitions: Coalitions) -> AsyncGenerator[bytes, None]:
    """A start, progress, and an update with every seed of which all coalitions are finished."""
    runs = why.runs
    seeds, workers = runs.question.seeds, runs.question.workers
    keys = {(at, seed): side.key(workers, seed) for seed in seeds for at, side in coalitions.sides.items()}
    found = await service.seeds.find(keys.values())
    kept: dict[tuple[int, int], Recording] = {tag: found[key] for tag, key in keys.items() if key in found}
    progress = _Progress(len(keys), len(kept))
    yield event("start", _start(why, len(keys), [title for _, title in coalitions.players]))
    failed: set[int] = set()

    def complete() -> list[int]:
        return [seed for seed in seeds if all((at, seed) in kept for at in coalitions.sides)]

    shown = len(complete())
    if shown:
        yield event("update", _lever_update(why, coalitions, kept, complete()))
    async with Asked(service.scheduler, runs.question.page) as asked:
        for position, (at, seed) in enumerate(tag for tag in keys if tag not in kept):
            add_seed(asked, service.seeds, coalitions.sides[at], workers, seed, (at, seed), position // 2 + 1)
        while len(complete()) + len(failed) < len(seeds):
            outcome = await asked.next()
            at, seed = outcome.tag
            if outcome.error is not None:
                if seed not in failed:
                    failed.add(seed)
                    yield event(
                        "fault",
                        {"message": translated(sentence_of(outcome.error), why.runs.question.language), "seed": seed},
                    )
                continue
            kept[at, seed] = outcome.value
            if (said := progress.after_one()) is not None:
                yield event("progress", said)
            if len(complete()) > shown:
                shown = len(complete())
                yield event("update", _lever_update(why, coalitions, kept, complete()))
    yield event("done", {"pairs": shown, "seconds": progress.seconds, "from_store": len(found)})


def _lever_update(
    why: Why, coalitions: Coalitions, kept: Mapping[tuple[int, int], Recording], seeds: Sequence[int]
) -> dict[str, Any]:
    panels = {
        at: Panel(RecordedSeeds(side.runs, tuple(seeds), [kept[at, seed] for seed in seeds],
                                {"workers": why.runs.question.workers}))
        for at, side in coalitions.sides.items()
    }  # fmt: skip
    pair, column = Pair(panels[coalitions.all], panels[0]), panels[0].column(why.year)
    outcomes = {}
    for name in OUTCOMES:
        if not (panels[0].has(name) and panels[coalitions.all].has(name)):
            continue
        _, unit, decimals = shown_gaps(pair, name)
        display = display_of(pair.subject, name)
        base = float(panels[0].values(name)[:, column].mean())
        factor = 100.0 / base if is_level(pair.subject, name) and unit == "per cent" and base else display.factor
        worth = {at: factor * panel.values(name)[:, column] for at, panel in panels.items()}
        parts = coalitions.parts(worth)
        outcomes[name] = _account(why, unit, decimals, worth[coalitions.all] - worth[0], parts)
    return {"pairs": len(seeds), "of": len(why.runs.question.seeds), "outcomes": outcomes}


def run_measured(task: MeasuredRun, work: AtWork) -> Finished:
    """One run of an explanation, in a process of the page."""
    from abm.experiments.attribution.explain_runs import measured

    try:
        return measured(task, work.look)
    except (Stopped, EOFError, OSError):
        raise
    except Exception as error:
        raise failure_of(error, task.seed, task.workers) from None


async def by_mechanisms(service: Service, why: Why, plan: Plan) -> AsyncGenerator[bytes, None]:
    """The events of an explanation by families of mechanisms, with the runs of ``abm.explain``."""
    yield event("start", _start(why, len(plan.tasks), [FAMILY_TITLES[name] for name in plan.families]))
    progress, finished, failed, shown = _Progress(len(plan.tasks)), [], set(), 0
    async with Asked(service.scheduler, why.runs.question.page) as asked:
        for position, task in enumerate(plan.tasks):
            key = ("measured", task.name, task.seed, task.workers, task.year, task.outcomes, task.observed)
            asked.add(key, run_measured, task, task.seed, position // 2 + 1)
        for _ in plan.tasks:
            outcome = await asked.next()
            if outcome.error is not None:
                if outcome.tag not in failed:
                    failed.add(outcome.tag)
                    yield event(
                        "fault",
                        {
                            "message": translated(sentence_of(outcome.error), why.runs.question.language),
                            "seed": outcome.tag,
                        },
                    )
                continue
            finished.append(outcome.value)
            if (said := progress.after_one()) is not None:
                yield event("progress", said)
            complete = plan.complete(finished) if len(finished) >= len(plan.tasks) // len(plan.seeds) else ()
            if len(complete) > shown:
                shown = len(complete)
                yield event("update", _mechanism_update(why, plan, finished, complete))
    yield event("done", {"pairs": shown, "seconds": progress.seconds, "from_store": 0})


def plan_of(runs: Runs, year: int) -> Plan:
    """The runs of ``abm.explain`` for this question. Raises UserError."""
    from abm.experiments.attribution.explain import planned

    question, (reference, subject) = runs.question, (side.scenario for side in runs.sides)
    plan = planned(reference, subject, question.workers, question.seeds, year, on_debt=question.on_debt)
    return replace(plan, tasks=[replace(task, observed=False) for task in plan.tasks])


def _mechanism_update(why: Why, plan: Plan, finished: list[Finished], seeds: Sequence[int]) -> dict[str, Any]:
    from xinzhi.analysis.attribution.attribution import Attribution

    attribution = Attribution(plan.explanation(finished))
    outcomes = {}
    for name, account in attribution.by_family.items():
        base = float(account.before.mean())
        relative = name in RELATIVE and base != 0.0
        factor = 100.0 / base if relative else 1.0
        unit, decimals = ("per cent", 1) if relative else (_points(account.shown.unit), account.shown.decimals + 1)
        parts = [(part.key, part.title, factor * part.values) for part in account.parts]
        outcomes[name] = _account(why, unit, decimals, factor * (account.after - account.before), parts)
    return {"pairs": len(seeds), "of": len(why.runs.question.seeds), "outcomes": outcomes}


RELATIVE = (
    "real_gdp",
    "real_consumption",
    "real_ndp",
    "co2_emissions",
)  # of the outcomes explained, those that are amounts


def _points(unit: str) -> str:
    return "percentage points" if unit.startswith("per cent") else "points" if unit.startswith("Gini") else unit


def _account(
    why: Why, unit: str, decimals: int, total: FloatArray, parts: Sequence[tuple[str, str, FloatArray]]
) -> dict[str, Any]:
    def shown(values: FloatArray) -> dict[str, Any]:
        found = mean_of_pairs(values) or Difference(np.nan, np.nan, np.nan, 0)
        change = Change(found, unit, decimals)
        return {**plain_difference(found), "word": word_of(found), "decimals": decimals_of(change)}

    say = why.runs.words
    rows = [{"key": key, "title": say(title), **shown(values)} for key, title, values in parts]
    return {"unit": say(unit), "decimals": decimals, "total": shown(total), "parts": rows}


def _start(why: Why, runs: int, parts: list[str]) -> dict[str, Any]:
    return {"by": why.by, "year": why.year, "runs": runs, "scenarios": list(why.runs.titles),
            "parts": [why.runs.words(title) for title in parts],
            "workers": why.runs.question.workers, "seeds": len(why.runs.question.seeds),
            "cautions": cautions_of(why.runs)}  # fmt: skip


class _Progress:
    """How many of the runs are done and how long the rest takes; said at most four times a second."""

    def __init__(self, total: int, done: int = 0, clock: Callable[[], float] = time.monotonic):
        self.total, self.done, self.clock = total, done, clock
        self.began = self.said = clock()
        self.rate = Rate()

    @property
    def seconds(self) -> float:
        """Since the beginning."""
        return round(self.clock() - self.began, 3)

    def after_one(self) -> dict[str, Any] | None:
        """What to say after one more run, None if it was said a moment ago."""
        self.done += 1
        now = self.clock()
        self.rate.learn(now, self.done)
        if now - self.said < SECONDS_BETWEEN_SIGNS and self.done < self.total:
            return None
        self.said = now
        left = self.rate.seconds_left(self.done, self.total)
        return {"done": self.done, "of": self.total, "seconds_left": None if left is None else round(left, 1)}
