"""Comparisons in Python: their tables, sentences and figures hold what the results hold."""

from __future__ import annotations

import numpy as np
import pytest

from abm import UserError, load_scenario
from xinzhi import analysis
from xinzhi.analysis.comparison.figures import changes_figure, group_tables, measures_of, winners_figure
from xinzhi.analysis.comparison.sentences import (
    budget_sentence,
    caution_sentences,
    closure_sentences,
    group_sentence,
    pairing_sentence,
)

pytestmark = pytest.mark.unit


def texts_of(figure):
    import matplotlib.text

    return [text.get_text() for text in figure.findobj(matplotlib.text.Text)]


@pytest.fixture(scope="module")
def pair(invent):
    return analysis.compare(invent(seeds=4), invent("no_ai", seeds=4))


def test_the_headline_has_the_years_asked_for_and_the_last(invent, pair):
    assert list(dict.fromkeys(pair.table()["period"])) == ["2030", "2035", "2050"]
    short = analysis.compare(invent(seeds=2, quarters=7), invent("no_ai", seeds=2, quarters=7))
    assert set(short.table()["period"]) == {"2025Q4"}
    chosen = analysis.compare(invent(seeds=2, quarters=30), invent("no_ai", seeds=2, quarters=30), years=[2027])
    assert [chosen.period(quarter) for quarter in chosen.quarters] == ["2027", "2031Q3"]
    with pytest.raises(UserError, match="--year 2040: the runs go from 2024 to 2031"):
        analysis.compare(invent(seeds=2, quarters=30), invent("no_ai", seeds=2, quarters=30), years=[2040])


def test_the_tables_are_the_results_own_numbers(pair):
    levels = pair.levels().set_index(["scenario", "quarter", "variable"])
    values = pair.panels[0].values("real_gdp")[:, 44]
    row = levels.loc[("With AI", 44, "real_gdp")]
    assert row["median"] == pytest.approx(np.median(values)) and row["p90"] == pytest.approx(np.quantile(values, 0.9))
    differences = pair.differences().set_index(["quarter", "variable"])
    gaps = values - pair.panels[1].values("real_gdp")[:, 44]
    row = differences.loc[(44, "real_gdp")]
    assert row["mean"] == pytest.approx(gaps.mean()) and row["pairs"] == 4
    assert row["low"] < row["mean"] < row["high"] and row["finding"] == "higher"
    relative = gaps / pair.panels[1].values("real_gdp")[:, 44]
    assert row["relative_mean"] == pytest.approx(relative.mean())


def test_winners_name_every_group_and_whether_it_gains(pair):
    winners = pair.winners()
    chosen = winners[(winners["table"] == "occupations") & (winners["period"] == "2050")]
    assert len(chosen) == 22 and set(chosen["finding"]) <= {"gains", "loses", "no clear difference"}
    worse = chosen[chosen["finding"] == "loses"]
    assert (worse["low"] > 0).all(), "more unemployment is a loss"


def test_sentences_say_what_is_clear_and_what_is_not(results_of):
    seeds = (1, 2, 3)
    base = {"real_gdp": np.full((3, 1), 100.0), "unemployment_rate": np.full((3, 1), 0.05)}
    policy = {"real_gdp": np.array([[102.0], [102.1], [101.9]]), "unemployment_rate": base["unemployment_rate"] + 0}
    policy["unemployment_rate"] = np.array([[0.06], [0.04], [0.051]])
    found = analysis.compare(results_of(base, "baseline", seeds), results_of(policy, "tax", seeds)).summary()
    assert (
        found[0]
        == "Real GDP in 2024: 2.0 per cent higher in Tax than in Baseline (90 % confidence interval 1.8 to 2.2)."
    )
    assert found[1].startswith("No clear difference in Tax against baseline in 2024: unemployment (")
    assert len(found) == 2
    same = analysis.compare(results_of(base, "baseline", seeds), results_of(base, "tax", seeds)).summary()
    assert same[0] == "Real GDP in 2024: exactly the same in Tax and in Baseline."
    alone = analysis.compare(
        results_of({"real_gdp": np.array([[100.0]])}), results_of({"real_gdp": np.array([[99.0]])}, "tax")
    )
    assert alone.summary() == [
        "Real GDP in 2024: 1.0 per cent lower in Tax than in Baseline in one pair of seeds; one pair cannot "
        "distinguish an effect from chance."
    ]
    assert "run more seeds" in caution_sentences(alone)[1]


def test_pairing_is_measured_by_the_variance_it_saves(results_of):
    luck = np.array([[-1.0], [0.0], [1.0]])
    apart = np.array([[0.1], [-0.2], [0.1]])
    one = results_of({"real_gdp": 100 + luck}, seeds=(1, 2, 3))
    other = results_of({"real_gdp": 110 + luck + apart}, "tax", seeds=(1, 2, 3))
    ratio = (np.var(luck, ddof=1) + np.var(luck + apart, ddof=1)) / np.var(apart, ddof=1)
    words = pairing_sentence(analysis.compare(one, other))
    assert f"in 2024): real GDP {ratio:.1f}." in words


def test_groups_are_counted_and_the_most_are_named(pair):
    measure = next(one for one in measures_of(pair, "occupations") if one.variable == "unemployment_rate")
    words = group_sentence(pair, 0, measure)
    assert words.startswith("Unemployment by occupation in 2050, with AI against without AI: ")
    assert "of 22 with more unemployment (most: " in words


def test_policies_are_said_to_be_unbalanced_unless_a_rule_pays(invent):
    def scenario(name, **levers):
        found = invent(seeds=2, quarters=4)
        found.scenario = load_scenario(name)
        object.__setattr__(found.scenario, "levers", levers)
        return found

    def words(**levers):
        return budget_sentence(analysis.compare(scenario("baseline"), scenario("carbon_price", **levers)))

    assert words() == "The scenarios have the same policies, so no policy needs financing."
    assert words(carbon_price=200).startswith("The policies do not have equal budgets")
    assert words(carbon_price=200, budget_rule=1).startswith("Every policy has a budget rule (budget_rule)")


def test_the_range_over_closures_is_not_lent_to_other_scenarios(invent, pair):
    assert "None has been computed" in closure_sentences(pair)[-1], "the invented runs have no provenance"
    shipped = [invent(seeds=2), invent("no_ai", seeds=2)]
    for results in shipped:
        results.provenance["scenario"] = {"reference": results.scenario, "overrides": {}}
    assert closure_sentences(analysis.compare(*shipped))[-1] == "Running more seeds does not narrow this range."


def test_too_few_too_many_and_unpaired_are_one_clear_line(invent):
    one = invent(seeds=1, quarters=4)
    with pytest.raises(UserError, match="2 to 4 scenarios, not 1"):
        analysis.compare(one)
    with pytest.raises(UserError, match="2 to 4 scenarios, not 5"):
        analysis.compare(*[one] * 5)
    with pytest.raises(UserError, match="share no seed at the same number of workers"):
        analysis.compare(one, invent("no_ai", seeds=1, quarters=4, workers=20_000))


def test_a_plot_explains_itself(pair):
    texts = texts_of(pair.plot("gini_disposable_income"))
    assert "Inequality of disposable income" in texts
    assert "Gini coefficient, 0 all equal, 1 one has all" in texts
    assert any("4 seeds (1 to 4), 10,000 workers" in text for text in texts)
    with pytest.raises(UserError, match="no variable 'gini_disposable'.*did you mean 'gini_disposable_income'"):
        pair.plot("gini_disposable")


def test_figures_show_every_scenario_and_every_group(invent):
    three = analysis.compare(*(invent(name, seeds=2, quarters=12) for name in ("baseline", "no_ai", "tax")))
    texts = texts_of(changes_figure(three))
    assert any(text.startswith("Tax ") for text in texts) and any(text.startswith("With AI ") for text in texts)
    assert group_tables(three) == ["occupations", "sectors", "firm_sizes"]
    figure = winners_figure(three, measures_of(three, "occupations"))
    assert len(figure.axes[0].get_yticklabels()) == 22
    last = three.winners().query("table == 'occupations'")
    unclear = (last["finding"] == "no clear difference").sum()
    dots = [line for line in figure.axes[0].lines if line.get_marker() == "o"]
    assert len(dots) == len(last) == 44
    assert 0 < sum(dot.get_fillstyle() == "none" for dot in dots) == unclear
