"""A round from its question to its result; nothing names anybody, and nobody counts twice."""

import csv
import io
import json

import pytest

from abm import UserError
from xinzhi.app.deliberation import GOALS, MOST_ROUNDS, PROPOSALS_EACH, Deliberation
from xinzhi.app.rounds import as_csv

pytestmark = pytest.mark.page

WEIGHTS = dict.fromkeys(GOALS, 5)
MIX = {"base": "baseline", "settings": {"levers.carbon_price": {"price": 300}}}


def person(number):
    return f"participant-{number}"


@pytest.fixture
def rounds():
    return Deliberation()


@pytest.fixture
def voting(rounds):
    one = rounds.open("What should we do about jobs?")
    for number in range(3):
        rounds.propose(one.name, person(number), f"Mix {number}", MIX)
    rounds.advance(one.name, one.key, "votes")
    return one


def test_a_round_goes_from_question_to_result(rounds, voting):
    rounds.vote(voting.name, person(0), [1, 2], WEIGHTS)
    rounds.vote(voting.name, person(1), [2], WEIGHTS | {"growth": 10})
    rounds.vote(voting.name, person(2), [2, 3], WEIGHTS | {"growth": 0})
    assert "results" not in voting.public() and voting.public()["votes"] == 3
    rounds.advance(voting.name, voting.key, "closed")
    results = voting.public()["results"]
    assert [(one["number"], one["approvals"]) for one in results["approvals"]] == [(2, 3), (1, 1), (3, 1)]
    assert results["weights"]["growth"] == {"low": 0.0, "median": 5.0, "high": 10.0}
    assert [given["growth"] for given in results["given"]] == [0.0, 5.0, 10.0]  # sorted, not as they came


def test_nothing_that_is_sent_names_a_participant_or_the_key(rounds, voting):
    rounds.vote(voting.name, person(1), [1], WEIGHTS)
    rounds.advance(voting.name, voting.key, "closed")
    sent = json.dumps(voting.public())
    assert "participant-" not in sent and voting.key not in sent
    assert not any(who in sent for who in voting.approvals)


def test_who_votes_again_counts_once(rounds, voting):
    rounds.vote(voting.name, person(1), [1], WEIGHTS)
    rounds.vote(voting.name, person(1), [3, 3], WEIGHTS)
    assert voting.results()["votes"] == 1
    for number in (2, 3):
        rounds.vote(voting.name, person(number), [], WEIGHTS)
    assert {one["number"]: one["approvals"] for one in voting.results()["approvals"]} == {3: 1, 1: 0, 2: 0}


def test_few_votes_show_neither_approvals_nor_weights(rounds, voting):
    rounds.vote(voting.name, person(1), [1], WEIGHTS)
    assert set(voting.results()["weights"].values()) == {None} and voting.results()["given"] == []
    assert voting.results()["approvals"] == []


@pytest.mark.parametrize(
    "approvals, weights",
    [([4], WEIGHTS), ("1", WEIGHTS), ([True], WEIGHTS), ([1.0], WEIGHTS), (None, WEIGHTS), ([1], {}), ([1], None),
     ([1], WEIGHTS | {"growth": 11}), ([1], WEIGHTS | {"growth": float("nan")}), ([1], WEIGHTS | {"growth": "5"}),
     ([1], WEIGHTS | {"more": 1})],
)  # fmt: skip
def test_a_vote_that_is_none_is_refused(rounds, voting, approvals, weights):
    with pytest.raises(UserError):
        rounds.vote(voting.name, person(1), approvals, weights)
    assert not voting.approvals


def test_each_stage_takes_what_belongs_to_it(rounds):
    one = rounds.open("What should we do?")
    with pytest.raises(UserError, match="stage"):
        rounds.vote(one.name, person(1), [], WEIGHTS)
    with pytest.raises(UserError, match="facilitator"):
        rounds.advance(one.name, "no key", "votes")
    rounds.advance(one.name, one.key, "votes")
    with pytest.raises(UserError, match="stage"):
        rounds.propose(one.name, person(1), "Late", MIX)
    with pytest.raises(UserError, match="no such round"):
        rounds.find("none")


@pytest.mark.parametrize("participant", ["", "short", None, 5, "x" * 101])
def test_a_participant_is_a_random_text(rounds, participant):
    one = rounds.open("What should we do?")
    with pytest.raises(UserError, match="participant"):
        rounds.propose(one.name, participant, "Mix", MIX)


@pytest.mark.parametrize("question", ["", "   ", None, 5, "x" * 301])
def test_a_question_is_a_text(rounds, question):
    with pytest.raises(UserError, match="question"):
        rounds.open(question)


def test_nobody_fills_the_server(rounds):
    one = rounds.open("What should we do?")
    for number in range(PROPOSALS_EACH):
        rounds.propose(one.name, person(1), f"Mix {number}", MIX)
    with pytest.raises(UserError, match="each participant"):
        rounds.propose(one.name, person(1), "One more", MIX)
    for _ in range(MOST_ROUNDS - 1):
        rounds.open("Another question?")
    with pytest.raises(UserError, match="rounds already"):
        rounds.open("One too many?")


def test_a_text_for_a_terminal_is_refused(rounds):
    for text in ("\x1b[31mred", "\x00", "\u202eeslaf"):
        with pytest.raises(UserError, match="control character"):
            rounds.open(text)
        with pytest.raises(UserError, match="control character"):
            rounds.propose(rounds.open("Why?").name, person(1), text, MIX)


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", '＝HYPERLINK("x")'])
def test_no_text_of_a_round_is_a_formula_in_a_spreadsheet(rounds, text):
    one = rounds.open(text)
    rounds.propose(one.name, person(1), text, MIX)
    rounds.advance(one.name, one.key, "votes")
    for number in range(3):
        rounds.vote(one.name, person(number), [1], WEIGHTS)
    rounds.advance(one.name, one.key, "closed")
    cells = [
        row["name"] for row in csv.DictReader(io.StringIO(as_csv(one))) if row["what"] in ("question", "approvals")
    ]
    assert cells == [f"'{text}"] * 2
