"""The summary table and the words in it."""

from __future__ import annotations

import numpy as np
import pytest

from xinzhi.analysis import summary_table
from xinzhi.analysis.reading.display import display_of, group_title
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.text import aligned, format_number, scenario_label, scenario_labels, words_of, year_label

pytestmark = pytest.mark.unit


def lines_under(text, heading):
    """The lines below a heading up to the next one that is not indented."""
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(heading)) + 1
    end = next(at for at in range(start, len(lines)) if not lines[at].startswith(" "))
    return lines[start:end]


def test_table_has_the_milestones_in_range_and_the_end(invent):
    assert summary_table([invent(seeds=2)]).splitlines()[0].split() == ["2024", "2029", "2035", "2050"]
    assert summary_table([invent(seeds=2, quarters=22)]).splitlines()[0].split() == ["2024", "2029", "2029Q3"]
    assert summary_table([invent(seeds=1, quarters=1)]).splitlines()[0].split() == ["2024", "2024Q2"]


def test_levels_are_in_readable_units_with_their_spread(results_of):
    rate = np.array([0.04, 0.05, 0.06])[:, None] * np.ones((3, 2))
    gdp = 33.7 * np.ones((3, 2))
    table = summary_table([results_of({"unemployment_rate": rate, "real_gdp": gdp}, seeds=(1, 2, 3))])
    assert lines_under(table, "Unemployment, per cent")[0].split("  ")[-1].strip() == "5.0 [4.2 to 5.8]"
    assert "Real GDP, trillion CNY a quarter, prices of 2024" in table
    assert lines_under(table, "Real GDP")[0].split() == ["Baseline", "33.7", "33.7"]  # no spread, no brackets
    assert "Gini" not in table  # nothing is invented for what is not there
    assert "Median of 3 seeds" in table


def test_differences_are_paired_with_interval_or_said_to_be_unclear(results_of):
    noise = np.array([0.003, -0.002, 0.004, -0.003])[:, None] * np.ones((4, 2))
    raised = np.array([0.009, 0.010, 0.011, 0.010])[:, None] * np.ones((4, 2))
    seeds = (1, 2, 3, 4)
    rate, share, debt = 0.05 + noise, 0.5 + noise, 0.84 + noise
    one = {"unemployment_rate": rate + raised, "labour_share": share + noise, "public_debt_ratio": debt}
    other = {"unemployment_rate": rate, "labour_share": share, "public_debt_ratio": debt}
    table = summary_table([results_of(one, "baseline", seeds), results_of(other, "no_ai", seeds)])
    unemployment = lines_under(table, "Unemployment")
    assert [line.split()[0] for line in unemployment] == ["With", "Without", "Difference"]
    assert "+1.00 [+0.90 to +1.10]" in unemployment[2]
    share_lines = lines_under(table, "Labour share")
    assert share_lines[3].split("  ")[-1].strip() == "no clear difference"
    assert "the same" in lines_under(table, "Public debt")[2]
    assert "with AI less without AI, mean over 4 paired seeds" in table


def test_the_sign_is_with_less_without_whatever_the_order(invent):
    pair = [invent(seeds=3), invent("no_ai", seeds=3)]
    for results_list in (pair, pair[::-1]):
        adoption = lines_under(summary_table(results_list), "Firms that use AI")
        assert adoption[-1].split("  ")[-1].strip().startswith("+87")


def test_one_seed_has_no_spread_and_no_interval(invent):
    table = summary_table([invent(seeds=1, quarters=4), invent("no_ai", seeds=1, quarters=4)])
    assert "[" not in table
    assert "One seed: no spread is known." in table
    assert "one pair gives no interval" in table


def test_three_scenarios_say_what_is_compared(invent):
    table = summary_table([invent("baseline", 2, 4), invent("carbon_price", 2, 4), invent("retraining", 2, 4)])
    labels = [line.split("  ")[1] for line in lines_under(table, "CO2 emissions")]
    assert labels[:3] == ["Baseline", "Carbon price", "Retraining"]
    assert "Carbon price less baseline" in labels
    assert "Retraining less baseline" in labels


def test_scenarios_of_other_sizes_are_shown_but_not_subtracted(invent):
    table = summary_table([invent(seeds=2, quarters=4), invent("no_ai", 2, 4, workers=40_000)])
    assert "Difference" not in table
    assert "are not compared" in table


def test_table_always_says_that_adoption_is_a_scenario(invent):
    assert "not a forecast" in summary_table([invent(seeds=1, quarters=2)])


def test_labels_differ_and_depend_on_the_company(results_of):
    def named(*names):
        return [results_of({"x": np.ones((1, 2))}, name) for name in names]

    assert scenario_labels(named("baseline")) == ("Baseline",)
    assert scenario_labels(named("baseline", "no_ai")) == ("With AI", "Without AI")
    assert scenario_labels(named("baseline", "carbon_price")) == ("Baseline", "Carbon price")
    assert scenario_labels(named("tax", "tax")) == ("Tax", "Tax (2)")
    assert len(words_of("a_very_long_name_of_a_scenario_file")) == 26


def test_scenario_objects_are_known_by_their_name(results_of):
    class Scenario:
        name = "carbon_price"

    results = results_of({"x": np.ones((1, 2))})
    results.scenario = Scenario()
    assert scenario_label(results) == "Carbon price"


@pytest.mark.parametrize(
    ("value", "decimals", "signed", "expected"),
    [
        (1234.56, 1, False, "1,234.6"),
        (-0.004, 2, True, "0.00"),
        (0.5, 1, True, "+0.5"),
        (-2.0, 0, False, "-2"),
        (float("nan"), 1, False, "-"),
    ],
)
def test_numbers_read_well(value, decimals, signed, expected):
    assert format_number(value, decimals, signed) == expected


def test_quarters_and_groups_in_words():
    assert (year_label(0), year_label(104), year_label(6)) == ("2024", "2050", "2025Q3")
    assert group_title("NMM") == "Cement and glass"
    assert group_title("health_support") == "Care assistants"
    assert group_title("region_0") == "Region 0"


def test_recorded_units_are_put_in_words(results_of):
    results = results_of({name: np.ones((1, 2)) for name in ("co2_emissions", "electricity_use", "odd_one")})
    panel = Panel(results)
    assert display_of(panel, "co2_emissions").unit == "million tonnes a quarter"
    assert display_of(panel, "electricity_use").unit == "terawatt hours a quarter"
    assert display_of(panel, "odd_one").title == "Odd one"


def test_columns_line_up():
    assert (
        aligned([["a", "1"], ["heading that is long"], ["bbb", "22"]], right=(1,))
        == "a     1\nheading that is long\nbbb  22"
    )
