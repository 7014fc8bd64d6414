"""Deliberation: a class or a citizens' panel proposes policy mixes, weighs goals and votes, from links of its own.

A round has a question and three stages: proposals, votes, closed. A participant is known by a random text that the
browser makes; only a hash of it is kept, so that nobody is counted twice and nothing exported names anybody. The
facilitator's key opens the stages. Rounds live in memory and end with the server.

Votes are approvals (Brams and Fishburn, Approval Voting, 2007): any number of proposals that a participant could live
with. Weights are those of the goals, which the page turns into a ranking by swing weighting (von Winterfeldt and
Edwards, Decision Analysis and Behavioral Research, 1986, chapter 8).
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
import statistics
import threading
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from abm.data import DEFAULT_ECONOMY
from abm.errors import UserError, control_character, refusal

__all__ = ["GOALS", "STAGES", "Deliberation", "Round"]

# {goal: the outcome that measures it and the sign of an improvement}
GOALS: dict[str, tuple[str, int]] = {
    "growth": ("real_gdp", 1),
    "jobs": ("unemployment_rate", -1),
    "equality": ("gini_disposable_income", -1),
    "emissions": ("co2_emissions", -1),
    "debt": ("public_debt_ratio", -1),
}
STAGES = ("proposals", "votes", "closed")
MOST_ROUNDS, MOST_PROPOSALS, MOST_PARTICIPANTS = 20, 60, 500
PROPOSALS_EACH = 3
LONGEST_TITLE, LONGEST_QUESTION = 60, 300
LARGEST_WEIGHT = 10
FEWEST_SHOWN = 3  # votes; with fewer, a spread would show what one participant gave


@dataclass(frozen=True)
class Proposal:
    """A policy mix as it was proposed, numbered from 1; ``mix`` is what the page sends."""

    number: int
    title: str
    mix: Mapping[str, Any]


@dataclass
class Round:
    """One deliberation, on one economy. ``key`` is the facilitator's; participants are kept as hashes."""

    name: str
    key: str
    question: str
    economy: str = DEFAULT_ECONOMY
    stage: str = STAGES[0]
    proposals: list[Proposal] = field(default_factory=list)
    proposed: dict[str, int] = field(default_factory=dict)  # {participant: number of proposals}
    approvals: dict[str, tuple[int, ...]] = field(default_factory=dict)
    weights: dict[str, dict[str, float]] = field(default_factory=dict)

    def public(self) -> dict[str, Any]:
        """What every participant may see; votes only as a count until the round is closed."""
        shown: dict[str, Any] = {
            "round": self.name,
            "question": self.question,
            "economy": self.economy,
            "stage": self.stage,
            "goals": list(GOALS),
            "proposals": [{"number": one.number, "title": one.title, "mix": one.mix} for one in self.proposals],
            "participants": len(self.proposed.keys() | self.approvals.keys() | self.weights.keys()),
            "votes": len(self.approvals),
        }
        return shown | ({"results": self.results()} if self.stage == "closed" else {})

    def results(self) -> dict[str, Any]:
        """Approvals of each proposal and the spread of each weight; neither where so few voted that it names them."""
        enough = len(self.approvals) >= FEWEST_SHOWN
        approved = [number for numbers in self.approvals.values() for number in numbers]
        order = sorted(self.proposals, key=lambda one: (-approved.count(one.number), one.number))
        return {
            "votes": len(self.approvals),
            "approvals": [
                {"number": one.number, "title": one.title, "approvals": approved.count(one.number)}
                for one in (order if enough else ())
            ],
            "weights": {goal: _spread([given[goal] for given in self.weights.values()]) for goal in GOALS},
            "given": self._given(),
        }

    def _given(self) -> list[dict[str, float]]:
        """The weights of all, sorted, so that no order says whose they are; none where few have voted."""
        given = sorted(tuple(one[goal] for goal in GOALS) for one in self.weights.values())
        return [dict(zip(GOALS, one, strict=True)) for one in given] if len(given) >= FEWEST_SHOWN else []


class Deliberation:
    """The rounds of a server; safe to be used from several threads."""

    def __init__(self) -> None:
        self._rounds: dict[str, Round] = {}
        self._lock = threading.Lock()

    def open(self, question: Any, economy: str = DEFAULT_ECONOMY) -> Round:
        """Begin a round on an economy. Raises UserError for a question that is none, and for too many rounds."""
        text = _text(question, refusal("question"), LONGEST_QUESTION)
        with self._lock:
            if len(self._rounds) >= MOST_ROUNDS:
                raise UserError(
                    refusal(
                        "there are {most_rounds} rounds already; restart the server to begin anew",
                        most_rounds=MOST_ROUNDS,
                    )
                )
            one = Round(secrets.token_urlsafe(6), secrets.token_urlsafe(16), text, economy)
            self._rounds[one.name] = one
            return one

    def find(self, name: str) -> Round:
        """The round of that name. Raises UserError."""
        if name not in self._rounds:
            raise UserError(refusal("no such round; ask the facilitator for the link again"))
        return self._rounds[name]

    def advance(self, name: str, key: Any, stage: Any) -> Round:
        """Open another stage, which only the facilitator may. Raises UserError."""
        one = self.find(name)
        if not hmac.compare_digest(str(key).encode(), one.key.encode()):
            raise UserError(refusal("only the facilitator opens the next stage"))
        if stage not in STAGES:
            raise UserError(refusal("stage should be one of {names}", names=", ".join(STAGES)))
        with self._lock:
            one.stage = str(stage)
        return one

    def propose(self, name: str, participant: Any, title: Any, mix: Mapping[str, Any]) -> Proposal:
        """Add a policy mix, which the caller has checked. Raises UserError."""
        one, who = self._in_stage(name, "proposals"), _hashed(name, participant)
        if mix.get("economy", DEFAULT_ECONOMY) != one.economy:
            raise UserError(refusal("the round is on another country than this mix; choose that country and try again"))
        text = _text(title, refusal("title"), LONGEST_TITLE)
        with self._lock:
            _admit(one, who)
            if one.proposed.get(who, 0) >= PROPOSALS_EACH:
                raise UserError(
                    refusal("each participant may propose {proposals_each} mixes", proposals_each=PROPOSALS_EACH)
                )
            if len(one.proposals) >= MOST_PROPOSALS:
                raise UserError(refusal("there are {most_proposals} proposals already", most_proposals=MOST_PROPOSALS))
            one.proposed[who] = one.proposed.get(who, 0) + 1
            one.proposals.append(Proposal(len(one.proposals) + 1, text, dict(mix)))
            return one.proposals[-1]

    def vote(self, name: str, participant: Any, approvals: Any, weights: Any) -> None:
        """Take the approvals and weights of a participant, in place of earlier ones. Raises UserError."""
        one, who = self._in_stage(name, "votes"), _hashed(name, participant)
        known = {proposal.number for proposal in one.proposals}
        if not isinstance(approvals, list) or not all(type(number) is int and number in known for number in approvals):
            raise UserError(refusal("approvals should be a list of numbers of proposals"))
        given = _weights(weights)
        with self._lock:
            _admit(one, who)
            one.approvals[who] = tuple(sorted(set(approvals)))
            one.weights[who] = given

    def _in_stage(self, name: str, stage: str) -> Round:
        one = self.find(name)
        if one.stage != stage:
            raise UserError(
                refusal("the round is at the stage '{stage}', not '{stage_2}'", stage=one.stage, stage_2=stage)
            )
        return one


def _admit(one: Round, who: str) -> None:
    known = one.proposed.keys() | one.approvals.keys()
    if who not in known and len(known) >= MOST_PARTICIPANTS:
        raise UserError(
            refusal("a round has at most {most_participants} participants", most_participants=MOST_PARTICIPANTS)
        )


def _hashed(name: str, participant: Any) -> str:
    if not isinstance(participant, str) or not 8 <= len(participant) <= 100:
        raise UserError(refusal("participant should be a random text of 8 to 100 characters"))
    return hashlib.sha256(f"{name}/{participant}".encode()).hexdigest()


def _text(value: Any, what: str, longest: int) -> str:
    text = " ".join(value.split()) if isinstance(value, str) else ""
    if not 1 <= len(text) <= longest:
        raise UserError(refusal("{what} should be a text of 1 to {longest} characters", what=what, longest=longest))
    if odd := control_character(text):
        raise UserError(refusal("{what} has the control character {odd}; remove it", what=what, odd=odd))
    return text


def _weights(value: Any) -> dict[str, float]:
    if not isinstance(value, Mapping) or set(value) != set(GOALS):
        raise UserError(refusal("weights should name the goals {names}", names=", ".join(GOALS)))
    found = {}
    for goal, weight in value.items():
        if isinstance(weight, bool) or not isinstance(weight, (int, float)) or not 0 <= weight <= LARGEST_WEIGHT:
            raise UserError(
                refusal(
                    "the weight of {goal} should be a number from 0 to {largest_weight}",
                    goal=goal,
                    largest_weight=LARGEST_WEIGHT,
                )
            )
        found[goal] = float(weight)
    return found


def _spread(values: list[float]) -> dict[str, float] | None:
    """Lowest, median and highest; None where few have voted."""
    if len(values) < FEWEST_SHOWN:
        return None
    return {"low": min(values), "median": statistics.median(values), "high": max(values)}
