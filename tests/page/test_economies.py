"""The page in another economy: what it offers, in which words, and that nothing of one passes for the other."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from page.test_server import asked

import abm
from abm import UserError
from abm.data import find_economy, offered_economies
from abm.languages import LANGUAGES
from xinzhi.app.asking import Limits, Mix, Question, scenario_of
from xinzhi.app.catalogue import catalogue_body
from xinzhi.app.check import file_of, opened
from xinzhi.app.deliberation import Deliberation
from xinzhi.app.economies import in_words, offered, parameters_in
from xinzhi.app.runs import prepared

pytestmark = pytest.mark.page

CHINA = {
    "en": re.compile(r"\b(China|Chinese|yuan)\b|CNY"),
    "zh": re.compile("中国|人民币|CNY|(?<![多单美])元(?![素件])|美美"),
}
USA = Mix(settings={"levers.carbon_price": 50}, economy="usa")


def none(_: str) -> None:
    """A page without a library."""


def texts(value: Any, key: str = "") -> list[str]:
    """All texts in a catalogue but keys, the list of countries, sources, and the English that is looked up."""
    if isinstance(value, dict):
        return [text for name, one in value.items() if name not in ("economies", "source") for text in texts(one, name)]
    if isinstance(value, list):
        return [text for one in value for text in texts(one, key)]
    return [value] if isinstance(value, str) else []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_of_china_is_said_of_the_united_states(language: str) -> None:
    """Units, titles, questions and strings have the words of the other economy; sources quote what was published."""
    content = json.loads(catalogue_body(language, "usa")[0])
    assert not [text for text in texts(content) if CHINA[language].search(text)]
    assert [one["key"] for one in content["economies"]] == list(offered_economies()) == ["china", "usa"]


def test_scenarios_of_no_single_economy_are_offered_in_both() -> None:
    """One that sets money or a number that the country has for itself is of the economy that it was written for."""
    assert {"baseline", "no_ai", "subsidy_with_retraining", "usa_carbon_price"} <= set(offered("usa"))
    assert not {"carbon_price", "green_ai", "fast_ai", "official_plan", "pledges"} & set(offered("usa"))
    for entry in json.loads(catalogue_body("en", "usa")[0])["library"]:
        mix = Mix(entry["base"], entry["settings"], economy="usa")
        own = abm.load_scenario(entry["name"], {"economy": "usa"})
        assert scenario_of(mix, none).digest() == own.digest(), entry["name"]


def test_money_of_levers_follows_the_currency_and_numbers_the_country() -> None:
    """The slider begins at the price of allowances of the country, and a default is what a run has."""
    content = json.loads(catalogue_body("en", "usa")[0])
    price = next(one for one in content["levers"] if one["key"] == "carbon_price")["parameters"][0]
    assert (price["neutral"], price["usual"], price["upper"]) == (0.0, [0.0, 70.0], 700.0)
    assert price["money"] and price["display"]["text"] == "USD per tonne"
    known = {one.key: one.default for one in parameters_in("usa")}
    assert known["households.benefit_rate"] == 0.40 and known["structural_change.migration"] is False
    assert in_words("China's growth", "en", "usa") == "The United States' growth"


def test_a_file_keeps_its_economy() -> None:
    """What is saved on the page of one country opens there again."""
    text = file_of(USA, none)
    assert "economy: usa" in text and opened(text, none) == USA
    assert opened("extends: usa_carbon_price", none).economy == "usa"
    with pytest.raises(UserError, match="line 1: the page runs the economies china, usa"):
        opened("economy: china_20", none)


def test_two_economies_are_no_pair() -> None:
    """They share no random draws."""
    question = Question.read({"page": "x", "scenarios": [{}, USA.plain()]}, Limits())
    with pytest.raises(UserError, match="different economies"):
        prepared(question, none)
    with pytest.raises(UserError):
        scenario_of(Mix("usa_carbon_price"), none)
    assert prepared(Question.read({"page": "x", "scenarios": [USA.plain()]}, Limits()), none).economy == "usa"


def test_a_round_is_on_one_country() -> None:
    """A mix of another one is refused."""
    rounds = Deliberation()
    one = rounds.open("What should be done?", "usa")
    with pytest.raises(UserError, match="another country"):
        rounds.propose(one.name, "participant", "Mine", Mix().plain())
    assert rounds.propose(one.name, "participant", "Mine", USA.plain()).number == 1


def test_the_server_knows_which_economies_it_offers() -> None:
    """A variant for back-tests is none of them."""
    assert not find_economy("china_20").offered_as
    answer = asked("GET", "/api/catalogue?economy=china_20")
    assert answer.status_code == 422 and answer.json()["key"] == "economy"
    said = asked("POST", "/api/check", json={"mix": USA.plain(), "reference": {"economy": "usa"}}).json()
    assert "--set economy=usa" in said["command"] and not CHINA["en"].search(" ".join(said["cautions"]))
