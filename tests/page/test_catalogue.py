"""The catalogue of the page: complete, plain JSON, and its library the shipped scenarios to the last number."""

from __future__ import annotations

import json
from typing import Any

import pytest

import abm
from abm.languages import ENGLISH, LANGUAGES
from xinzhi.app.asking import HEADLINE
from xinzhi.app.catalogue import PRECISIONS, catalogue_body
from xinzhi.app.economies import offered
from xinzhi.app.texts import texts

pytestmark = pytest.mark.page


@pytest.fixture(scope="module")
def english() -> dict[str, Any]:
    """The catalogue as the page gets it."""
    return dict(json.loads(catalogue_body("en")[0]))


@pytest.mark.parametrize("name", offered())
def test_an_entry_of_the_library_is_the_shipped_scenario(english: dict[str, Any], name: str) -> None:
    """Base and settings, through JSON, give the digest of the file."""
    entry = next(one for one in english["library"] if one["name"] == name)
    assert abm.load_scenario(entry["base"], entry["settings"]).digest() == abm.load_scenario(name).digest()
    assert all("." in key or key in ("ai", "quarters") for key in entry["settings"])


def test_scenarios_of_another_economy_are_not_offered(english: dict[str, Any]) -> None:
    """What is written for the United States would be run with China's tables."""
    listed = {one["name"] for one in english["library"]}
    assert listed == {name for name in abm.list_scenarios() if not name.startswith("usa_")}


def test_everything_declared_is_offered(english: dict[str, Any]) -> None:
    """Nothing is forgotten when a lever or an outcome is added."""
    assert {one["key"] for one in english["levers"]} == set(abm.load_levers())
    assert {one["key"] for one in english["outcomes"]} == {one.name for one in abm.OUTCOMES}
    assert len(english["parameters"]) == len(abm.describe_parameters()) - 1  # but for the opening year
    assert {one["strategy"] for one in english["levers"]} <= {one["key"] for one in english["strategies"]}
    assert {one["family"] for one in english["mechanisms"]} == {one["key"] for one in english["families"]}
    assert {one["group"] for one in english["parameters"]} == {one["key"] for one in english["parameter_groups"]}
    assert {one["table"] for one in english["measures"]} == set(english["group_titles"]) == set(abm.GROUP_LABELS)
    assert [one["key"] for one in english["outcomes"] if one["headline"]] == list(HEADLINE)
    assert [one["key"] for one in english["precisions"]] == list(PRECISIONS)
    assert (english["opening_year"], english["last_year"]) == (2024, 2050)


def test_titles_and_bounds_are_sensible(english: dict[str, Any]) -> None:
    """Each control has a title, and its usual range lies inside its bounds."""
    for kind in ("levers", "presets", "closures", "mechanisms", "parameters", "outcomes", "library", "measures"):
        assert all(one["title"] for one in english[kind]), kind
        assert len({one.get("key") or one["name"] for one in english[kind]}) == len(english[kind]), kind
    for lever in english["levers"]:
        for one in lever["parameters"]:
            low, high = one["usual"]
            assert one["lower"] <= low < high <= one["upper"] and one["step"] > 0, (lever["key"], one["key"])
    for closure in english["closures"]:
        values = [level["value"] for level in closure["levels"]]
        levels = list(abm.CLOSURES[closure["key"]].levels.values())
        assert levels[0] != levels[-1], closure["key"]
        if len({key for level in levels for key in level}) == 1:
            assert None not in values and values[0] != values[-1], closure["key"]
        else:  # several parameters have no number in common
            assert set(values) == {None}, closure["key"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_languages_differ_in_words_only(english: dict[str, Any], language: str) -> None:
    """Keys and numbers are the same in every language, and the entity tag follows the content."""

    def skeleton(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: skeleton(item) for key, item in value.items()}
        if isinstance(value, list):
            return [skeleton(item) for item in value]
        return "" if isinstance(value, str) else value

    other = json.loads(catalogue_body(language)[0])
    own = {"strings": 0, "counting": 0}
    assert skeleton({**other, **own}) == skeleton({**english, **own})
    lacking = [text for text in texts()["page"] if text not in other["strings"]]
    assert language == ENGLISH or not lacking, "the page gets only the headings words and page"
    assert len({catalogue_body(one)[1] for one in LANGUAGES}) == len(LANGUAGES)


def test_chinese_counts_levels_in_its_own_powers_of_ten(english: dict[str, Any]) -> None:
    """What is counted otherwise is named as the outcomes of that catalogue name it."""
    other = json.loads(catalogue_body("zh")[0])
    units = {one["key"]: one["unit"] for one in other["outcomes"]}
    assert english["counting"] == {}
    assert other["counting"][units["employment"]] == {"unit": "万人", "factor": 100.0}
    assert other["counting"][units["co2_emissions"]] == {"unit": "亿吨/年", "factor": 0.01}
    assert units["real_gdp"] not in other["counting"], "trillions of CNY are 万亿元"
    assert set(other["counting"]) <= set(units.values())
