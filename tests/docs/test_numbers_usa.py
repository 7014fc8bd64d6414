"""What the generated pages of the United States are made of, and the sorting of an economy's own parameters."""

import pytest
from quoted.commands import COMMANDS, Run
from quoted.kinds import KINDS, OWN, kind_of
from quoted.own_parameters import PAGE, evidence_on, facts_on, page_text, renew_own_parameters, responses_on
from quoted.pages import GENERATED
from quoted.quotes_usa import LIMITS_USA, SENTENCES_USA
from quoted.values_usa import READERS, duel_errors

from abm.data import load_sourced_assumptions
from abm.reference.tables import parameters_in

pytestmark = pytest.mark.unit


def test_each_parameter_of_an_economy_of_its_own_is_sorted_once():
    sorted_ones = [key for names in OWN.values() for key in names]
    assert sorted(sorted_ones) == sorted(load_sourced_assumptions(2024, "usa"))


def test_every_parameter_has_a_kind_and_trends_are_told_from_reactions_to_them():
    assert {kind_of(one.key, one.status) for one in parameters_in()} == set(KINDS)
    assert kind_of("trade.world_growth", "assumed") == "trends"
    assert kind_of("firms.trend_gain", "assumed") == "behaviour"
    assert kind_of("money.rate_smoothing", "policy") == "laws"
    assert kind_of("adoption.office_constant", "assumed") == "behaviour"


def test_the_page_of_own_parameters_is_what_the_other_pages_and_the_tables_say(tmp_path):
    text = (GENERATED / f"{PAGE}.md").read_text(encoding="utf-8")
    assert page_text() in text, "run make numbers"
    (tmp_path / f"{PAGE}.md").write_text("no marks\n")
    with pytest.raises(ValueError, match="marks"):
        renew_own_parameters(tmp_path)


def test_verdicts_are_read_off_the_pages():
    rows = ["| a | 1 | 0 to 2 | 100 % | pass | |", "| b | 1 | 0 to 2 | 10 % | FAIL | |", "| c | 1 | 0 | 9 % | pass | |"]
    facts = "\n".join(["## Emergent: x", "", *rows[:2], "", "## Imposed", "", rows[2], ""])
    assert facts_on(facts) == {"a": True, "b": False}
    printed = (
        "CARBON PRICE +15.4 DOLLARS A TONNE FOR EVER\n"
        "  CO2 emissions, quarter 40  -6.40 [-6.69, -6.11]  band -16.00 to -4.00  inside  (read)\n"
        "  GDP, mean  +0.51 [+0.40, +0.62]  band 0.60 to 1.50  below, interval reaches it  (read)\n"
    )
    assert responses_on(printed) == {"Carbon price: CO2 emissions, quarter 40": True, "Carbon price: GDP, mean": False}
    figures = [
        "| a, 2025 | 1 | 2 | hit | no | s |",
        "| b (2025) | 1 | 2 | miss | no | s |",
        "| c | 1 | 2 | hit | yes | s |",
    ]
    assert evidence_on("\n".join(figures)) == {"a, 2025": True, "b, 2025": False}


def test_errors_beside_the_published_ones_are_those_without_the_masked_years():
    head = "GDP: on the forecasts that were published too  all +1  without 2020-21 +1"
    block = "\n".join([head, "model  7.1  6.1  5.1  4.1  3.1  2.3  1.9  1.8  1.7  1.6"])
    assert duel_errors(f"first\n\n{block}\n\nlast") == {"GDP": {"model": ["2.3", "1.9", "1.8", "1.7", "1.6"]}}


def test_every_american_command_is_read_and_quoted():
    assert set(READERS) == {name for name in COMMANDS if "_usa" in name}
    assert all(any(f"{{{name}." in text for text in (*SENTENCES_USA, *LIMITS_USA)) for name in READERS)


def test_a_command_that_printed_no_count_is_told(tmp_path):
    with pytest.raises(ValueError, match="no count"):
        READERS["responses_usa"](Run(COMMANDS["responses_usa"], "nothing", tmp_path))
