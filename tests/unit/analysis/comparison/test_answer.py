"""The answer of a comparison: what it costs and who pays, jobs beside unemployment, what is left out."""

from __future__ import annotations

from types import SimpleNamespace

import numpy as np
import pytest

from abm import UserError
from xinzhi import analysis
from xinzhi.analysis.comparison.answer import answer_sentences
from xinzhi.analysis.comparison.costs import cost_of, cost_sentence, payer_sentence
from xinzhi.analysis.comparison.sentences import settling_sentence
from xinzhi.analysis.reading.closure_ranges import ClosureRange

pytestmark = pytest.mark.unit

SEEDS = (1, 2, 3)


def scenario(name, **levers):
    return SimpleNamespace(name=name, opening_year=2024, levers=levers)


@pytest.fixture
def run(results_of, quarterly):
    """``run(name, cost=..., jobs=..., ...)``: three years of an economy; cost in billion a year in 2025 and 2026."""

    def make(name, cost=0.0, unemployment=0.05, employment=700.0, trainees=3.0, income=1.0, **levers):
        wobble = np.array([[0.0], [1.0], [-1.0]]) * np.ones((3, 3))
        acting = np.array([[0.0, 1.0, 1.0]])
        arrays = {
            "real_gdp": 30.0 + 0 * wobble,
            "unemployment_rate": unemployment + 1e-4 * wobble,
            "employment": employment + 0.1 * wobble,
            "trainees": trainees + 0.01 * wobble,
            "policy_cost": cost / 4_000 * acting * (1 + 0.1 * wobble),
            "policy_cost_ratio": cost / 4_000 / 30.0 * acting + 0 * wobble,
        }
        tenths = {f"decile_{at}": quarterly((10.0 + at) * (1 + income * at / 100) + 0 * wobble) for at in range(1, 11)}
        groups = {"deciles": {"income_mean": tenths}}
        found = results_of({key: quarterly(values) for key, values in arrays.items()}, name, SEEDS, groups)
        found.scenario = scenario(name, **levers)
        return found

    return make


def compared(*runs):
    return analysis.compare(*runs)


def test_the_cost_is_in_billions_a_year_while_it_lasts(run):
    both = compared(run("baseline"), run("subsidy", cost=75.0, adoption_subsidy=0.3))
    found = cost_of(both, 1)
    assert (found.billion, found.first, found.last) == (pytest.approx(75.0), 2025, 2026)
    assert found.per_cent_of_gdp == pytest.approx(100 * 75 / 120_000)
    assert cost_sentence(both, 1) == (
        "Cost, subsidy: the policies cost the budget 75 billion CNY a year (0.06 per cent of GDP), "
        "mean from 2025 to 2026, current prices."
    )


def test_revenue_is_not_a_cost_and_small_sums_keep_a_decimal(run):
    both = compared(run("baseline"), run("levy", cost=-7.25, carbon_price=200))
    assert cost_of(both, 1).billion == pytest.approx(-7.25)
    assert "Revenue, levy: the policies bring the budget 7.2 billion CNY a year" in cost_sentence(both, 1)


def test_a_policy_that_costs_nothing_says_so_and_no_policy_says_nothing(run):
    assert cost_sentence(compared(run("baseline"), run("rules", data_security=0.5)), 1) == (
        "Cost, rules: the policies neither cost the budget nor bring revenue."
    )
    assert cost_sentence(compared(run("baseline"), run("twin")), 1) == ""


@pytest.mark.parametrize(
    ("levers", "words"),
    [
        ({}, ""),
        ({"budget_rule": {"surcharge": 1.0}}, ""),
        ({"carbon_price": 200}, "Who pays: nobody at once; the net cost of the policies adds to public debt"),
        ({"carbon_price": 200, "budget_rule": {"surcharge": 1.0}}, "Who pays: the income tax rises by the net cost"),
        ({"carbon_price": 200, "budget_rule": {"spending_cut": 1.0}}, "Who pays: public consumption falls"),
    ],
)
def test_who_pays_is_said_in_one_line(levers, words):
    told = payer_sentence(scenario("tax", **levers))
    assert told.startswith(words) and bool(told) == bool(words)


def test_with_the_cost_known_it_is_said_which_way_the_money_goes(run):
    rule = {"budget_rule": {"surcharge": 1.0}}

    def payer(cost, **levers):
        (told,) = [one for one in compared(run("baseline"), run("tax", cost, **levers)).answer() if "Who pays" in one]
        return told

    assert payer(75.0, adoption_subsidy=1, **rule) == (
        "Who pays: the income tax rises by the net cost of the policies, a quarter later; "
        "the remainder changes public debt."
    )
    assert payer(-75.0, carbon_price=200, **rule).startswith(
        "Who pays: those whom the policies charge; the income tax falls by the net revenue of the policies"
    )
    assert payer(75.0, adoption_subsidy=1).endswith("the net cost of the policies adds to public debt.")
    cut = {"budget_rule": {"spending_cut": 1.0}}
    assert payer(75.0, adoption_subsidy=1, **cut).startswith("Who pays: public consumption falls by the net cost")
    assert payer(-75.0, carbon_price=200, **cut).endswith("charge; their net revenue lowers public debt.")
    assert payer(-75.0, carbon_price=200).endswith("charge; their net revenue lowers public debt.")


def test_employment_and_trainees_stand_beside_unemployment(run):
    """A fall in unemployment that is people in courses must not read as jobs."""
    both = compared(run("baseline"), run("courses", 75.0, 0.044, 700.0, 8.3, retraining=0.6))
    jobs = next(sentence for sentence in both.answer() if sentence.startswith("Jobs in 2026, courses"))
    assert "unemployment 0.60 percentage points lower [0.60 to 0.60]" in jobs
    assert "employment the same" in jobs and "people in retraining 5.30 million higher" in jobs


def test_the_answer_to_one_question_has_effects_jobs_cost_payer_and_tenths(run):
    told = answer_sentences(compared(run("baseline", income=0.0), run("subsidy", 75.0, income=2.0, adoption_subsidy=1)))
    assert [sentence.split(",")[0].split(":")[0].split(" in ")[0] for sentence in told] == [
        "Subsidy", "Jobs", "Cost", "Who pays", "Real disposable income by tenth of incomes",
    ]  # fmt: skip
    assert "10 of 10 with more income (most: richest tenth +20.0 per cent" in told[-1]


def test_incomes_that_gain_while_less_is_produced_are_explained(results_of, quarterly, run):
    """Ten tenths that gain of a smaller economy are no free lunch: the answer names fortunes and public debt."""
    wobble = np.array([[0.0], [1.0], [-1.0]]) * np.ones((3, 3))

    def economy(name, gdp, equity, debt, income):
        arrays = {
            "real_gdp": gdp + 0 * wobble,
            "equity_value": equity + 0 * wobble,
            "public_debt_ratio": debt + 0 * wobble,
        }
        tenths = {f"decile_{at}": quarterly(income * (10.0 + at) + 0 * wobble) for at in range(1, 11)}
        groups = {"deciles": {"income_mean": tenths}}
        found = results_of({key: quarterly(values) for key, values in arrays.items()}, name, SEEDS, groups)
        found.scenario = scenario(name)
        return found

    def told(*of):
        sentences = compared(economy("baseline", 30.0, 400.0, 0.8, 1.0), economy("tax", *of)).answer()
        return [one for one in sentences if one.startswith("Incomes gain")]

    assert told(29.0, 380.0, 0.82, 1.1) == [
        "Incomes gain although real GDP is lower; not counted in them, in 2026: market value of equity 5.0 per cent "
        "lower [5.0 to 5.0]; public debt 2.0 percentage points higher [2.0 to 2.0]."
    ]
    assert told(31.0, 380.0, 0.82, 1.1) == [] and told(29.0, 380.0, 0.82, 0.9) == []
    assert told(29.0, 420.0, 0.78, 1.1) == []


@pytest.mark.parametrize(
    ("levers", "first"),
    [
        ({"carbon_price": 200}, "CO2 emissions"),
        ({"carbon_price": 200, "budget_rule": {"surcharge": 1.0}}, "CO2 emissions"),
        ({"carbon_price": 200, "retraining": 0.5}, "real GDP"),
        ({"budget_rule": {"surcharge": 1.0}}, "real GDP"),
        ({}, "real GDP"),
    ],
)
def test_policies_of_the_environment_are_answered_by_emissions_first(results_of, quarterly, levers, first):
    flat = np.ones((3, 3))

    def economy(name, size, **levers):
        names = ("real_gdp", "real_wage_mean", "gini_disposable_income", "co2_emissions")
        found = results_of({one: quarterly(size * flat) for one in names}, name, SEEDS)
        found.scenario = scenario(name, **levers)
        return found

    both = compared(economy("baseline", 1.0), economy("policy", 0.9, **levers))
    assert both.answer()[0].startswith(f"Policy in 2026, against baseline: {first}")
    assert both.message().startswith(f"Policy: {first}")


def test_several_scenarios_have_a_sentence_each_and_who_pays_once(run):
    levers = {"adoption_subsidy": 1, "budget_rule": {"surcharge": 1.0}}
    three = compared(run("baseline", income=0.0), run("small", 75.0, income=2.0, **levers),
                     run("large", 940.0, 0.044, 699.0, income=-1.0, **levers))  # fmt: skip
    first, second, against, payer, note = three.answer()
    assert against.startswith("Large in 2026, against small: unemployment 0.60 percentage points lower")
    assert against.endswith("10 with less; costs 865 billion CNY a year (0.72 per cent of GDP) more.")
    assert first.startswith("Small in 2026, against baseline: no clear difference in production, wages")
    assert "costs 75 billion CNY a year (0.06 per cent of GDP)" in first and "10 of 10 tenths with more income" in first
    assert "unemployment 0.60 percentage points lower" in second and "employment 1.0 million lower" in second
    assert "none of 10 tenths with more income, 10 with less" in second
    others = compared(run("baseline"), run("small", 75.0, **levers), run("tax", -940.0, 0.044, carbon_price=200))
    assert not any("against small" in sentence for sentence in others.answer()), "the tax does not extend the subsidy"
    assert payer.startswith("Who pays: the income tax") and note.startswith("Named are clear differences only")


def test_the_answer_and_the_title_say_where_assumptions_change_the_sign(run):
    both = compared(run("baseline"), run("courses", 75.0, 0.044, 699.0))
    assert both.message().startswith("Courses: unemployment 0.60 points lower by 2026")
    both.ranges = {
        ("unemployment_rate", 2026, "effect"): ClosureRange(-0.9, -0.6, 0.3),
        ("employment", 2026, "effect"): ClosureRange(-1.5, -1.0, -0.2),
    }
    jobs = next(sentence for sentence in both.answer() if sentence.startswith("Jobs"))
    assert "[0.60 to 0.60] at the central assumptions, but -0.90 to +0.30 across assumptions" in jobs
    assert "employment 1.0 million lower [1.0 to 1.0] (0.2 to 1.5 across assumptions)" in jobs
    assert both.message().startswith("Courses: unemployment 0.60 points lower at central assumptions by 2026")


def test_what_more_pairs_would_settle_is_said_once(results_of, quarterly):
    rng = np.random.default_rng(4)
    base = {name: rng.uniform(0.3, 0.6, (6, 1)) for name in ("real_gdp", "unemployment_rate", "labour_share")}
    gaps = {"real_gdp": 0.1, "unemployment_rate": [0.02, -0.01, 0.015, 0.01, -0.01, 0.005], "labour_share": 0.0}
    more = {name: values + np.reshape(gaps[name], (-1, 1)) for name, values in base.items()}
    more["labour_share"] = base["labour_share"] + 1e-3 * np.array([[1.0], [-1.0], [1.0], [-1.0], [1.0], [-1.0]])
    both = compared(*(
        results_of({name: quarterly(values) for name, values in arrays.items()}, name, (1, 2, 3, 4, 5, 6))
        for name, arrays in (("baseline", base), ("tax", more))
    ))  # fmt: skip
    needed = both.difference("unemployment_rate").difference.pairs_needed
    assert settling_sentence(both, 1) == (
        f"Unclear with 6 pairs of runs: unemployment ({needed - 6} more pairs would settle it); "
        "too small to settle with 500 pairs: labour share."
    )
    assert settling_sentence(both, 1) in both.answer()
    assert settling_sentence(both, 1) not in answer_sentences(both, settling=False)
    rows = both.table().query("scenario == 'Tax' and year == 2024").set_index("variable")
    assert rows.loc["unemployment_rate_per_cent", "pairs_needed"] == needed
    assert rows.loc["labour_share_per_cent", "settling"] == "too small to settle with 500 pairs"
    assert repr(both.difference("unemployment_rate")).endswith(f"; {needed - 6} more pairs would settle it")


def test_seeds_and_years_that_not_all_have_are_said_to_be_left_out(invent):
    both = analysis.compare(invent(seeds=3, quarters=11), invent("no_ai", seeds=2, quarters=15))
    told = "Left out because not all scenarios have them: years after 2026 and 1 of 3 seeds."
    assert both.trimmed == told and told in repr(both) and told in both._repr_html_()
    assert (both.last_year, both.seeds) == (2026, (1, 2))
    whole = analysis.compare(invent(seeds=2, quarters=11), invent("no_ai", seeds=2, quarters=11))
    assert whole.trimmed == ""


def test_a_comparison_shows_itself(invent):
    both = analysis.compare(invent(seeds=3), invent("no_ai", seeds=3))
    first, second = repr(both).splitlines()
    assert first == "Comparison of With AI, Without AI: 3 pairs of seeds, 2024 to 2050"
    assert second == both.message()
    html = both._repr_html_()
    assert "<td" in html and "per cent [" in html and ", higher" in html


def test_one_difference_prints_with_unit_interval_and_verdict(invent):
    both = analysis.compare(invent(seeds=3), invent("no_ai", seeds=3))
    change = both.difference("unemployment", year=2035)
    assert change == both.change(0, "unemployment_rate", 2035)
    assert "percentage points" in repr(change) and "[" in repr(change)
    assert both.difference("Mean real wage") == both.change(0, "real_wage_mean", 2050)
    with pytest.raises(UserError, match="no outcome 'unemploiment'; nearest valid: unemployment"):
        both.difference("unemploiment")
    with pytest.raises(UserError, match="2060: the runs have the whole years 2024 to 2050"):
        both.difference("gdp", 2060)
    three = analysis.compare(*(invent(name, seeds=2, quarters=11) for name in ("baseline", "tax", "no_ai")))
    assert three.difference("gdp", scenario="tax") == three.difference("gdp", scenario="Tax")
    with pytest.raises(UserError, match="several are compared; give scenario= one of baseline, tax"):
        three.difference("gdp")


def test_an_outcome_is_a_table_of_years_with_its_differences(invent):
    both = analysis.compare(invent(seeds=3, quarters=11), invent("no_ai", seeds=3, quarters=11))
    table = both["gdp"]
    name = "With AI less without AI"
    assert list(table) == ["With AI", "Without AI", name, f"{name}, low", f"{name}, high"]
    assert (table["With AI"] - table["Without AI"]).to_numpy() == pytest.approx(table[name].to_numpy())
    assert table.attrs["unit"] == "trillion CNY a year, prices of 2024" and list(table.index) == [2024, 2025, 2026]


def test_names_instead_of_results_point_to_the_call_that_takes_them():
    with pytest.raises(UserError, match=r'analysis.compare takes Results; abm.compare\("no_ai", "baseline"\) runs'):
        analysis.compare("no_ai", "baseline")
