"""Who pays: what is raised and spent, who meets the net, the response of the public balance, and the tenths."""

from __future__ import annotations

import re
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from abm import compare
from xinzhi import analysis
from xinzhi.analysis.comparison.cautions import policy_cautions
from xinzhi.analysis.comparison.payers import acting_years, policy_lines, purse_lines, tenths_of, with_policies
from xinzhi.analysis.comparison.payers_report import TITLE, payers_sections, payers_text
from xinzhi.analysis.comparison.sentences import caution_sentences

pytestmark = pytest.mark.unit

SEEDS = (1, 2, 3)
GDP, WOBBLE = 30.0, np.array([[0.0], [1.0], [-1.0]]) * np.ones((3, 3))  # trillions a quarter; seeds and years
NIL = (
    "carbon_price_revenue", "ai_tax_revenue", "carbon_dividends", "basic_income_paid", "subsidies_to_firms",
    "policy_programmes", "forgone_taxes", "policy_support", "policy_income_tax", "policy_saving",
)  # fmt: skip


@pytest.fixture
def run(results_of, quarterly):
    """``run(name, carbon_dividends=..., ...)``: three years, policies in billions a year in 2025 and 2026."""

    def make(name, debt=0.8, interest=4000.0, balance=-5000.0, transfers=3.0, **billions):
        acting = np.array([[0.0, 1.0, 1.0]]) * np.ones((3, 1))
        levers = billions.pop("levers", {})
        flows = {one: billions.get(one, 0.0) / 4000 * acting for one in NIL}
        raised = flows["carbon_price_revenue"] + flows["ai_tax_revenue"] + billions.get("other", 0.0) / 4000 * acting
        spent = sum((flows[one] for one in NIL[2:8]), np.zeros((3, 3)))
        arrays = flows | {
            "policy_revenue": raised, "policy_spending": spent, "policy_cost": spent - raised,
            "policy_cost_ratio": (spent - raised) / GDP, "nominal_gdp": GDP + 0 * WOBBLE, "real_gdp": GDP + 0 * WOBBLE,
            "public_debt_ratio": debt + 0.001 * WOBBLE * acting, "public_interest": interest / 4000 + 0.001 * WOBBLE,
            "government_balance": balance / 4000 + 0.001 * WOBBLE,
        }  # fmt: skip
        tenth = {f"decile_{at}": 10.0 * at + 0.01 * WOBBLE for at in range(1, 11)}
        groups = {
            "deciles": {
                "income_mean": {one: quarterly(values + transfers) for one, values in tenth.items()},
                "taxes_mean": {one: quarterly(0.1 * values) for one, values in tenth.items()},
                "transfers_mean": {one: quarterly(transfers + 0 * values) for one, values in tenth.items()},
            },
            "sectors": {
                "policy_taxes": {"UTL": quarterly(0.75 * raised), "MET": quarterly(0.25 * raised)},
                "value_added": {"UTL": quarterly(1.0 + 0 * WOBBLE), "MET": quarterly(2.0 + 0 * WOBBLE)},
            },
        }
        found = results_of({key: quarterly(values) for key, values in arrays.items()}, name, SEEDS, groups)
        found.scenario = SimpleNamespace(name=name, opening_year=2024, levers=levers)
        return found

    return make


CARBON = {"carbon_price_revenue": 1400.0, "carbon_dividends": 600.0, "policy_income_tax": -700.0}


def test_a_scenario_without_policies_has_no_section(run):
    both = analysis.compare(run("baseline"), run("twin"))
    assert with_policies(both) == [] and payers_sections(both) == [] and payers_text(both) == ""
    assert both.payers().empty and policy_cautions(both) == []


def test_lines_add_up_and_nil_lines_are_left_out(run):
    both = analysis.compare(run("baseline"), run("carbon", **CARBON))
    assert with_policies(both) == [1] and acting_years(both, 1) == [2025, 2026]
    lines = {line.name: line for line in policy_lines(both, 1)}
    assert set(lines) == {
        "carbon_price_revenue", "carbon_dividends", "policy_revenue", "policy_spending", "policy_cost",
        "policy_income_tax", "policy_debt",
    }  # fmt: skip
    means = {name: line.billion[:, 2].mean() for name, line in lines.items()}
    assert means["policy_spending"] - means["policy_revenue"] == pytest.approx(means["policy_cost"]) == -800.0
    assert means["policy_income_tax"] + means["policy_debt"] == pytest.approx(means["policy_cost"])
    assert lines["policy_cost"].share[0, 2] == pytest.approx(-100 * 800 / (4000 * GDP))
    assert (lines["policy_revenue"].billion[:, 0] == 0).all()


def test_net_revenue_is_shown_as_what_others_have(run):
    both = analysis.compare(run("baseline"), run("carbon", **CARBON))
    (section,) = payers_sections(both)
    rows = {row[0]: row[1:] for _, rows in section.budget.groups for row in rows}
    assert section.budget.columns == ["Flow", "Mean 2025 to 2026", "2026"]
    assert rows["Carbon price, paid by firms"] == ["1,400 (1.17)"] * 2
    assert rows["Net revenue: raised less spent"] == ["800 (0.67)"] * 2
    assert rows["Households: lower income tax"] == ["700 (0.58)"] * 2
    assert rows["The state: lower public debt"] == ["100 (0.08)"] * 2
    words = " ".join(section.sentences)
    assert "policies raise 1,400 billion CNY a year, 1.17 per cent of GDP (carbon price, paid by firms 1,400)" in words
    assert "spend 600 billion CNY a year, 0.50 per cent of GDP (carbon dividend, to all adults 600)" in words
    assert (
        "goes to households through a lower income tax (88 per cent) and the state through lower public debt" in words
    )
    assert "power, gas, water 75 per cent and metals 25 per cent" in words


def test_the_answer_says_what_is_raised_what_is_paid_out_and_by_whom(run):
    """The net of a carbon price with a dividend is small and hides both sums."""
    told = analysis.compare(run("baseline"), run("carbon", levers={"carbon_price": 200}, **CARBON)).answer()
    assert (
        "Revenue, carbon: the policies raise 1,400 billion CNY a year (1.17 per cent of GDP; carbon price, paid by "
        "firms) and spend 600 billion CNY a year (0.50 per cent of GDP; carbon dividend, to all adults); on balance "
        "they bring the budget 800 billion CNY a year (0.67 per cent of GDP), mean from 2025 to 2026, current prices."
    ) in told
    assert (
        "Who pays: firms through the carbon price (in 2026, per cent of all: power, gas, water 75, metals 25); "
        "their net revenue lowers public debt."
    ) in told
    costly = run("mix", levers={"carbon_price": 200}, carbon_price_revenue=100.0, basic_income_paid=900.0, other=50.0)
    (payer,) = [one for one in analysis.compare(run("baseline"), costly).answer() if one.startswith("Who pays")]
    assert payer.startswith("Who pays: firms through the carbon price (in 2026")
    assert payer.endswith(
        "and those whom the other taxes of the policies charge; the net cost of the policies adds to public debt."
    )


def test_the_answer_says_what_the_richest_pay_where_the_income_tax_follows(run):
    def told(taxes, **levers):
        wages = run("wages", basic_income_paid=900.0, levers={"basic_income": 0.03, **levers})
        richest = wages.groups["deciles"]
        there = (richest["variable"] == "taxes_mean") & (richest["group"] == "decile_10")
        richest.loc[there, "value"] += taxes / 4000
        both = analysis.compare(run("baseline"), wages)
        return next(one for one in both.answer() if one.startswith("Who pays"))

    rule = {"budget_rule": {"surcharge": 1.0}}
    assert told(500.0, **rule).endswith(
        " Taxes and contributions of the richest tenth are 500 CNY of 2024 per adult higher in 2026 [500 to 500]."
    )
    assert "500 CNY of 2024 per adult lower" in told(-500.0, **rule)
    assert "richest" not in told(0.0, **rule) and "richest" not in told(500.0)


def test_a_net_cost_is_met_by_somebody(run):
    costly = run("wages", basic_income_paid=900.0, policy_income_tax=600.0, policy_saving=200.0)
    (section,) = payers_sections(analysis.compare(run("baseline"), costly))
    rows = {row[0]: row[1] for _, rows in section.budget.groups for row in rows}
    assert rows["Nothing"] == "0 (0.00)" and rows["Net cost: spent less raised"] == "900 (0.75)"
    assert rows["Users of public services: lower public consumption"] == "200 (0.17)"
    assert rows["The state: higher public debt"] == "100 (0.08)"
    words = " ".join(section.sentences)
    assert "policies raise nothing and spend 900 billion" in words
    assert "households through a higher income tax (67 per cent)" in words and "Firms hand over" not in words


def test_several_scenarios_are_short_in_the_terminal(run):
    one, other = run("carbon", **CARBON), run("wages", basic_income_paid=900.0)
    alone, three = analysis.compare(run("baseline"), one), analysis.compare(run("baseline"), one, other)
    assert payers_text(three).count(TITLE) == 2 and "Firms hand over" in payers_text(alone)
    assert "Firms hand over" not in payers_text(three) and "policies raise 1,400 billion" in payers_text(three)


def test_taxes_of_other_levers_are_a_line_of_their_own(run):
    lines = policy_lines(analysis.compare(run("baseline"), run("levy", other=50.0)), 1)
    assert [line.title for line in lines if line.part == "raised"] == ["Other taxes of policies", "Raised together"]


def test_the_response_of_the_balance_adds_up_and_says_why_debt_rises(run):
    worse = run("carbon", debt=0.82, interest=4300.0, balance=-5350.0, **CARBON)
    both = analysis.compare(run("baseline"), worse)
    purse = {line.name: line.billion[:, 2].mean() for line in purse_lines(both, 1)}
    assert purse["balance_of_policies"] == pytest.approx(100.0)  # 800 of revenue less 700 returned
    assert purse["balance_of_interest"] == pytest.approx(-300.0)
    assert purse["government_balance"] == pytest.approx(-350.0)
    parts = ("balance_of_policies", "balance_of_interest", "balance_of_response")
    assert sum(purse[name] for name in parts) == pytest.approx(purse["government_balance"])
    assert purse_lines(both, 0) == []
    (section,) = payers_sections(both)
    assert "Public debt in 2026 is 2.0 percentage points higher" in section.sentences[-1]
    assert "although the policies bring net revenue" in section.sentences[-1]
    (calm,) = payers_sections(analysis.compare(run("baseline"), run("carbon", **CARBON)))
    assert not any("Public debt in 2026" in sentence for sentence in calm.sentences)


def test_the_income_of_a_tenth_is_the_sum_of_its_parts(run):
    both = analysis.compare(run("baseline"), run("carbon", transfers=4.0, **CARBON))
    found = tenths_of(both, 1)
    assert list(found) == [f"decile_{at}" for at in range(1, 11)] and tenths_of(both, 0) == {}
    for income, market, taxes, transfers in found.values():
        assert income.difference.mean == pytest.approx(4000.0)  # a thousand a quarter
        together = sum(part.difference.mean for part in (market, taxes, transfers))
        assert together == pytest.approx(income.difference.mean)
        assert transfers.difference.mean == pytest.approx(4000.0)


@pytest.mark.parametrize(
    ("levers", "words"),
    [
        ({"carbon_price": 200}, ["Carbon price:"]),
        ({"carbon_price": {"price": 200, "dividend": {2027: 0.0, 2030: 0.5}}}, ["Carbon price:", "Equal payments:"]),
        ({"carbon_price": {"price": {"path": {2027: 100, 2035: 400}, "shape": "linear"}}}, ["Carbon price:"]),
        ({"ai_tax": 0.1, "budget_rule": {"surcharge": {2024: 1.0}}}, ["AI tax:", "Income tax:"]),
        ({"budget_rule": {"surcharge": 1.0}}, []),
        ({"data_security": 0.5}, []),
    ],
)
def test_cautions_are_about_the_policies_compared(run, levers, words):
    both = analysis.compare(run("baseline"), run("other", levers=levers))
    found = policy_cautions(both)
    assert [re.match(r"[^:]+:", sentence)[0] for sentence in found] == words
    assert caution_sentences(both)[len(caution_sentences(both)) - len(words) :] == found


@pytest.fixture(scope="module")
def real():
    levers = {"price": {2024: 200}, "dividend": {2024: 0.5}}
    overrides = {"B:levers.carbon_price": levers}
    return compare("baseline", "baseline", workers=2_000, seeds=2, until=2026, overrides=overrides, progress=False)


@pytest.mark.usefixtures("undrawn")
def test_report_and_files_have_the_same_numbers(real, tmp_path):
    real.write(tmp_path, figures=False)
    table, levels = pd.read_csv(tmp_path / "payers.csv"), pd.read_csv(tmp_path / "levels.csv")
    assert set(table["scenario"]) == {real.labels[1]} == {"Baseline, carbon price 200, dividend 0.5"}
    of_year = table[table["year"] == 2026].set_index("line")
    level = levels[(levels["year"] == 2026) & (levels["scenario"] == real.labels[1])].set_index("variable")["level"]
    for name in ("policy_revenue", "policy_spending", "policy_cost", "carbon_dividends", "policy_income_tax"):
        assert of_year.loc[name, "billion"] == pytest.approx(1000 * level[f"{name}_per_year"], rel=1e-9)
    net = of_year["billion"]
    assert net["policy_spending"] - net["policy_revenue"] == pytest.approx(net["policy_cost"], rel=1e-9)
    assert of_year.loc["policy_revenue", "per_cent_of_gdp"] == pytest.approx(
        100 * level["policy_revenue_per_year"] / level["nominal_gdp_per_year"], rel=1e-3
    )
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert f'<h2 id="payers-heading">{TITLE}</h2>' in page and "Carbon price: the responses" in page
    (section,) = payers_sections(real)
    cells = {row[0]: row[-1] for _, rows in section.budget.groups for row in rows}
    for title, name in (
        ("Carbon price, paid by firms", "carbon_price_revenue"),
        ("Carbon dividend, to all adults", "carbon_dividends"),
    ):
        shown = f"{of_year.loc[name, 'billion']:,.0f} ({of_year.loc[name, 'per_cent_of_gdp']:.2f})"
        assert cells[title] == shown and shown in page and shown in payers_text(real)


@pytest.mark.usefixtures("undrawn")
def test_a_report_without_policies_has_no_such_section(tmp_path):
    both = compare("baseline", "no_ai", workers=2_000, seeds=2, until=2025, progress=False)
    both.write(tmp_path, figures=False)
    assert not (tmp_path / "payers.csv").exists()
    assert TITLE not in (tmp_path / "report.html").read_text(encoding="utf-8")
