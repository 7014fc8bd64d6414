"""Amounts of money of a scenario that opens in an economy with another currency: converted once, and said."""

import pickle
from textwrap import dedent

import pytest

from abm import UserError, load_scenario, translated
from abm.experiments.countries.abroad import in_economy
from abm.experiments.sweeps.design import load_design, opened_in
from abm.scenarios.conversion import conversion_notes
from abm.scenarios.scenario import list_scenarios

pytestmark = pytest.mark.unit

ABROAD = {"economy": "usa"}
DOLLARS = pytest.approx((200 - 90) / 7.12, abs=1e-5)


@pytest.fixture
def file(tmp_path):
    """Writes a scenario file and gives its path."""

    def write(text, name="mine"):
        path = tmp_path / f"{name}.yaml"
        path.write_text(dedent(text), encoding="utf-8")
        return str(path)

    return write


def test_an_inherited_amount_is_converted_as_between_two_countries(file):
    mine = load_scenario(file("extends: carbon_price\neconomy: usa\n"))
    assert mine.levers["carbon_price"] == DOLLARS
    for other in (load_scenario("carbon_price", ABROAD), in_economy(load_scenario("carbon_price"), "usa")):
        assert other.digest() == mine.digest()
    assert mine.digest() != load_scenario("baseline", ABROAD | {"levers.carbon_price": 200}).digest()
    (note,) = conversion_notes(mine)
    assert "200 CNY" in note and "15.45 USD" in note and "2024" in note and "7.12 CNY per USD" in note
    assert "15.45 USD" in translated(note, "zh") and translated(note, "zh") != note


def test_a_path_is_converted_year_by_year_and_shares_stay():
    price = load_scenario("pledges", ABROAD).levers["carbon_price"]
    assert price["price"]["path"][2026] == 0.0 and price["price"]["path"][2050] == pytest.approx(710 / 7.12, abs=1e-5)
    assert price["dividend"] == 0.5 and price["price"]["shape"] == "linear"


def test_amounts_beside_the_economy_are_in_its_currency(file):
    over = load_scenario(file("extends: carbon_price\neconomy: usa\nlevers: {carbon_price: 60}\n"))
    assert over.levers["carbon_price"] == 60 and not over.converted
    with_dividend = load_scenario(file("extends: carbon_price\neconomy: usa\nlevers: {carbon_price: {dividend: 1}}\n"))
    assert with_dividend.levers["carbon_price"] == {"price": DOLLARS, "dividend": 1} and with_dividend.converted
    for settings in ({"levers.carbon_price": 60, **ABROAD}, {**ABROAD, "levers.carbon_price": 60}):
        assert load_scenario("carbon_price", settings).levers["carbon_price"] == 60


def test_a_chain_is_converted_where_the_economy_changes(file):
    file("extends: carbon_price\neconomy: usa\n", "below")
    above = load_scenario(file("extends: below\nlevers: {retraining: 0.004}\n", "above"))
    assert above.levers["carbon_price"] == DOLLARS and len(above.converted) == 1
    back = load_scenario(file("extends: below\neconomy: china\n", "back"))
    assert back.levers["carbon_price"] == pytest.approx(200, abs=1e-4)


@pytest.mark.parametrize("name", list_scenarios())
def test_shipped_scenarios_have_the_amounts_of_their_files(name):
    scenario = load_scenario(name)
    assert bool(scenario.converted) is False or name == "usa_human_centred_industry"
    assert load_scenario("usa_carbon_price").levers == {"carbon_price": 50}
    assert load_scenario("usa_human_centred_industry").levers["carbon_price"] == 30


def test_texts_state_the_converted_amount_and_no_other_as_dollars():
    moved = pickle.loads(pickle.dumps(load_scenario("carbon_price", ABROAD)))
    assert moved.question.startswith("How does a carbon price of 15.4 dollars a tonne")
    assert "15.4美元" in translated(moved.question, "zh")
    path = load_scenario("stated_policies", ABROAD)
    assert not [text for text in path.expected_channels if "yuan" in text or "dollars" in text]
    own = load_scenario("carbon_price", ABROAD | {"levers.carbon_price": 50})
    assert "200 renminbi" in own.question
    assert load_scenario("carbon_price").question.count("200 yuan") == 1
    assert "446 yuan" in load_scenario("usa_carbon_price", {"economy": "china"}).question


def test_bounds_and_units_are_those_of_the_economy_with_the_line_of_the_amount(file):
    for value, words in (("5000", "should lie between 0 and 700, not 5000"), ("50 USD", "should be a number")):
        with pytest.raises(UserError, match=words) as refused:
            load_scenario(file(f"extends: baseline\neconomy: usa\nlevers:\n  carbon_price: {value}\n"))
        text = str(refused.value)
        assert "line 4" in text and "USD of 2024Q1 per tonne" in text and "CNY" not in text
        assert text.count("levers.carbon_price") == 1


def test_the_policies_of_a_sweep_are_converted():
    policies = {"shipped": "carbon_price", "own": {"carbon_price": 200}}
    common = {"policies": policies, "until": 2030, "seeds": 2, "workers": 2_000}
    abroad = opened_in(load_design({**common, "uncertainties": {"ai": ["central", "acemoglu"]}}), "usa")
    assert abroad.scenario.tables == "usa"
    assert [one["carbon_price"] for one in abroad.policies.values()] == [DOLLARS] * 2
    priced = load_design({**common, "policies": {}, "uncertainties": {"levers.carbon_price": [100, 200]}})
    with pytest.raises(UserError, match="ranges of carbon_price in the currency of china"):
        opened_in(priced, "usa")


def test_opening_years_are_those_of_the_economy():
    year = "assumptions.growth.opening_year"
    with pytest.raises(UserError, match="the economy usa can open in 2017, 2019, 2024;"):
        load_scenario("baseline", {year: 2013, **ABROAD})
    with pytest.raises(UserError, match="the economy china can open in 2012, 2015, 2018, 2024;"):
        load_scenario("baseline", {year: 2013})
    with pytest.raises(UserError, match="china does not open in 2019, only in 2012, 2015, 2018, 2024; take one of"):
        load_scenario("baseline", {year: 2019})
    assert load_scenario("carbon_price", {year: 2019, **ABROAD}).levers["carbon_price"] == DOLLARS
