"""The summary table and the words in it."""

from __future__ import annotations

import numpy as np
import pytest

from xinzhi.analysis import summary_table
from xinzhi.analysis.reading.display import display_of, group_title
from xinzhi.analysis.reading.panel import Panel, QuarterPanel
from xinzhi.analysis.reading.text import (
    aligned,
    format_number,
    quarter_label,
    scenario_label,
    scenario_labels,
    words_of,
)

pytestmark = pytest.mark.unit


def lines_under(text, heading):
    """The lines below a heading up to the next one that is not indented."""
    lines = text.splitlines()
    start = next(at for at, line in enumerate(lines) if line.startswith(heading)) + 1
    end = next(at for at in range(start, len(lines)) if not lines[at].startswith(" "))
    return lines[start:end]


def years_of(results_list, years=None):
    return [int(year) for year in summary_table(results_list, years).splitlines()[0].split()]


def test_table_has_the_milestones_in_range_and_the_last_whole_year(invent):
    assert years_of([invent(seeds=2)]) == [2024, 2030, 2035, 2050]
    assert years_of([invent(seeds=2, quarters=104)]) == [2024, 2030, 2035, 2049], "2050 has one quarter only"
    assert years_of([invent(seeds=2, quarters=22)]) == [2024, 2028]
    assert years_of([invent(seeds=1, quarters=3)]) == [2024]
    assert years_of([invent(seeds=2, quarters=47), invent("no_ai", 2, 47)]) == [2030, 2035]


def test_the_years_asked_for_are_shown_and_no_others(invent):
    assert years_of([invent(seeds=2)], [2027, 2031]) == [2024, 2027, 2031]
    assert years_of([invent(seeds=2), invent("no_ai", 2)], [2031, 2027]) == [2027, 2031]


def test_without_a_whole_year_there_is_no_table(invent):
    assert summary_table([invent(seeds=1, quarters=2)]).startswith("No whole year was simulated")


def test_levels_are_in_readable_units_with_their_spread(results_of):
    rate = np.array([0.04, 0.05, 0.09])[:, None] * np.ones((3, 8))
    gdp = 33.7 * np.ones((3, 8))
    table = summary_table([results_of({"unemployment_rate": rate, "real_gdp": gdp}, seeds=(1, 2, 3))])
    assert (
        lines_under(table, "Unemployment, per cent")[0].split("  ")[-1].strip() == "6.0 [4.2 to 8.2]"
    )  # mean, not middle
    assert "Real GDP, trillion CNY a year, prices of 2024" in table
    assert lines_under(table, "Real GDP")[0].split() == ["Baseline", "134.8", "134.8"]  # no spread, no brackets
    assert "Gini" not in table  # nothing is invented for what is not there
    assert "Mean of 3 seeds [10th to 90th percentile]" in table


def test_differences_are_paired_with_interval_or_said_to_be_unclear(results_of):
    noise = np.array([0.003, -0.002, 0.004, -0.003])[:, None] * np.ones((4, 4))
    raised = np.array([0.009, 0.010, 0.011, 0.010])[:, None] * np.ones((4, 4))
    seeds = (1, 2, 3, 4)
    rate, share, debt = 0.05 + noise, 0.5 + noise, 0.84 + noise
    one = {"unemployment_rate": rate + raised, "labour_share": share + noise, "public_debt_ratio": debt}
    other = {"unemployment_rate": rate, "labour_share": share, "public_debt_ratio": debt}
    table = summary_table([results_of(one, "baseline", seeds), results_of(other, "no_ai", seeds)])
    unemployment = lines_under(table, "Unemployment")
    assert [line.split()[0] for line in unemployment] == ["With", "Without", "Difference"]
    assert unemployment[2].endswith("+1.00 [+0.90 to +1.10]"), "a clear one has no mark"
    assert lines_under(table, "Labour share")[2].endswith("] unclear"), "the verdict is in the cell of its number"
    assert "the same" in lines_under(table, "Public debt")[2]
    assert "with AI less without AI, mean over 4 paired seeds" in " ".join(table.split())


def test_a_cost_or_a_course_that_nobody_has_is_left_out(results_of):
    arrays = {"real_gdp": np.ones((1, 4)), "policy_cost": np.zeros((1, 4)), "trainees": np.zeros((1, 4))}
    assert "Cost of policies" not in (table := summary_table([results_of(arrays)])) and "retraining" not in table
    arrays |= {"policy_cost": np.full((1, 4), 0.02)}
    assert lines_under(summary_table([results_of(arrays)]), "Cost of policies")[0].split() == ["Baseline", "80"]


def test_the_sign_is_with_less_without_whatever_the_order(invent):
    pair = [invent(seeds=3), invent("no_ai", seeds=3)]
    for results_list in (pair, pair[::-1]):
        adoption = lines_under(summary_table(results_list), "Firms that use AI")
        assert adoption[-1].split("  ")[-1].strip().startswith("+94.9 [")


def test_one_seed_has_no_spread_and_no_interval(invent):
    table = summary_table([invent(seeds=1, quarters=7), invent("no_ai", seeds=1, quarters=7)])
    assert "[" not in table
    assert "unclear" not in table.split("Means of the four")[0]
    assert "One seed: no range is known." in summary_table([invent(seeds=1, quarters=7)])
    assert "one pair gives no interval" in table


def test_three_scenarios_say_what_is_compared(invent):
    table = summary_table([invent("baseline", 2, 7), invent("carbon_price", 2, 7), invent("retraining", 2, 7)])
    labels = [line.split("  ")[1] for line in lines_under(table, "CO2 emissions")]
    assert labels[:3] == ["Baseline", "Carbon price", "Retraining"]
    assert "Carbon price less baseline" in labels
    assert "Retraining less baseline" in labels


def test_scenarios_of_other_sizes_are_shown_but_not_subtracted(invent):
    table = summary_table([invent(seeds=2, quarters=7), invent("no_ai", 2, 7, workers=40_000)])
    assert "Difference" not in table
    assert "are not compared" in table


def test_table_always_says_that_adoption_is_a_scenario(invent):
    assert "not a forecast" in summary_table([invent(seeds=1, quarters=3)])


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
    Scenario.title = "A levy of 200 yuan"
    assert scenario_label(results) == "A levy of 200 yuan"
    Scenario.title = "x" * 60
    assert len(scenario_label(results)) == 40


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
    assert (quarter_label(0), quarter_label(104), quarter_label(6)) == ("2024Q1", "2050Q1", "2025Q3")
    assert group_title("NMM") == "Cement and glass"
    assert group_title("health_support") == "Care assistants"
    assert group_title("region_0") == "Region 0"


def test_recorded_units_are_put_in_words(results_of):
    results = results_of({name: np.ones((1, 4)) for name in ("co2_emissions", "electricity_use", "odd_one")})
    panel = Panel(results)
    assert display_of(panel, "co2_emissions").unit == "million tonnes a year"
    assert display_of(panel, "electricity_use").unit == "terawatt hours a year"
    assert display_of(QuarterPanel(results), "electricity_use").unit == "terawatt hours a quarter"
    assert display_of(panel, "odd_one").title == "Odd one"


def test_columns_line_up():
    assert (
        aligned([["a", "1"], ["heading that is long"], ["bbb", "22"]], right=(1,))
        == "a     1\nheading that is long\nbbb  22"
    )
