"""Comparisons in Python: their tables, sentences and figures hold what the results hold."""

from __future__ import annotations

import numpy as np
import pytest

from abm import UserError
from xinzhi import analysis
from xinzhi.analysis.comparison.closures_words import closure_sentences
from xinzhi.analysis.comparison.figures import changes_figure, first_figure
from xinzhi.analysis.comparison.sentences import (
    caution_sentences,
    group_sentence,
    pairing_sentence,
)
from xinzhi.analysis.comparison.winners import measures_of
from xinzhi.analysis.reading.closure_ranges import ClosureRange, load_ranges

pytestmark = pytest.mark.unit


def texts_of(figure):
    import matplotlib.text

    return [text.get_text().replace("\u00a0", " ") for text in figure.findobj(matplotlib.text.Text)]


@pytest.fixture(scope="module")
def pair(invent):
    return analysis.compare(invent(seeds=4), invent("no_ai", seeds=4))


def test_the_headline_has_the_years_asked_for_else_the_milestones_and_the_last(invent, pair):
    def years(quarters, years=None):
        runs = [invent(seeds=2, quarters=quarters), invent("no_ai", seeds=2, quarters=quarters)]
        found = analysis.compare(*runs, years=years)
        assert list(dict.fromkeys(found.table()["year"])) == found.years
        return found.years

    assert pair.years == list(dict.fromkeys(pair.table()["year"])) == [2030, 2035, 2050]
    assert years(7) == [2025]
    assert years(30) == [2030], "2031 has three quarters"
    assert years(31) == [2030, 2031]
    assert years(31, [2029, 2027]) == [2027, 2029]
    with pytest.raises(UserError, match="--year 2040: the runs have the whole years 2024 to 2030"):
        years(30, [2040])
    with pytest.raises(UserError, match="--year 2031: the runs have the whole years 2024 to 2030"):
        years(30, [2031])
    with pytest.raises(UserError, match="no whole year is simulated in 2 quarters after 2024Q1"):
        years(2)


def test_the_year_asked_for_is_that_of_the_sentences_and_the_figures(invent):
    runs = [invent(seeds=4), invent("no_ai", seeds=4)]
    early, late = analysis.compare(*runs, years=[2035]), analysis.compare(*runs)
    assert early.end == 2035 and "in 2035" in early.answer()[0] and early.message().endswith("by 2035")
    assert late.end == 2050 and "in 2050" in late.answer()[0]
    assert all("2050" not in sentence for sentence in [*early.answer(), *early.summary()])
    assert set(early.winners()["year"]) == {2035}


def test_the_tables_are_the_results_own_numbers(pair):
    whole = pair.results[0].series.query("variable == 'real_gdp' and 44 <= quarter <= 47")
    values = whole.groupby("seed")["value"].sum().to_numpy()  # a flow: the sum of the year's quarters
    whole = pair.results[1].series.query("variable == 'real_gdp' and 44 <= quarter <= 47")
    base = whole.groupby("seed")["value"].sum().to_numpy()
    levels = pair.levels().set_index(["scenario", "year", "variable"])
    row = levels.loc[("With AI", 2035, "real_gdp_per_year")]
    assert row["level"] == pytest.approx(values.mean()) and row["p90"] == pytest.approx(np.quantile(values, 0.9))
    assert row["unit"] == "trillion CNY a year, prices of 2024" and row["seeds"] == 4
    differences = pair.differences().set_index(["year", "variable"])
    row = differences.loc[(2035, "real_gdp_per_year")]
    assert row["difference"] == pytest.approx((values - base).mean()) and row["pairs"] == 4
    assert row["low"] < row["difference"] < row["high"] and row["finding"] == "higher"
    assert row["relative"] == pytest.approx(100 * (values - base).mean() / base.mean())
    assert (row["relative_low"] > 0) == (row["low"] > 0)


def test_winners_name_every_group_and_whether_it_gains(pair):
    winners = pair.winners()
    chosen = winners[(winners["table"] == "occupations") & (winners["year"] == 2050)]
    assert len(chosen) == 22 and set(chosen["finding"]) <= {"gains", "loses", "no clear difference"}
    worse = chosen[chosen["finding"] == "loses"]
    assert (worse["low"] > 0).all(), "more unemployment is a loss"


def test_sentences_say_what_is_clear_and_what_is_not(results_of):
    seeds = (1, 2, 3)
    base = {"real_gdp": np.full((3, 4), 100.0), "unemployment_rate": np.full((3, 4), 0.05)}
    policy = {
        "real_gdp": np.array([[102.0], [102.1], [101.9]]) * np.ones((1, 4)),
        "unemployment_rate": np.array([[0.06], [0.04], [0.051]]) * np.ones((1, 4)),
    }
    found = analysis.compare(results_of(base, "baseline", seeds), results_of(policy, "tax", seeds)).summary()
    assert found[0] == (
        "Real GDP in 2024: 2.0 per cent higher under tax than in the baseline (90 % confidence interval 1.8 to 2.2)."
    )
    assert found[1].startswith("No clear difference under tax against baseline in 2024: unemployment (")
    assert len(found) == 2
    same = analysis.compare(results_of(base, "baseline", seeds), results_of(base, "tax", seeds)).summary()
    assert same[0] == "Real GDP in 2024: exactly the same under tax and in the baseline."
    alone = analysis.compare(
        results_of({"real_gdp": np.full((1, 4), 100.0)}), results_of({"real_gdp": np.full((1, 4), 99.0)}, "tax")
    )
    assert alone.summary() == [
        "Real GDP in 2024: 1.0 per cent lower under tax than in the baseline in one pair of seeds; one pair cannot "
        "distinguish an effect from chance."
    ]
    assert "run more seeds" in caution_sentences(alone)[1]


def test_pairing_is_measured_by_the_variance_it_saves(results_of):
    luck = np.array([[-1.0], [0.0], [1.0]]) * np.ones((1, 4))
    apart = np.array([[0.1], [-0.2], [0.1]]) * np.ones((1, 4))
    one = results_of({"real_gdp": 100 + luck}, seeds=(1, 2, 3))
    other = results_of({"real_gdp": 110 + luck + apart}, "tax", seeds=(1, 2, 3))
    luck, apart = luck[:, 0], apart[:, 0]
    ratio = (np.var(luck, ddof=1) + np.var(luck + apart, ddof=1)) / np.var(apart, ddof=1)
    words = pairing_sentence(analysis.compare(one, other))
    assert words.endswith(f"in 2024: real GDP {ratio:.1f}.")


def test_groups_are_counted_and_the_most_are_named(pair):
    measure = next(one for one in measures_of(pair, "occupations") if one.variable == "unemployment_rate")
    words = group_sentence(pair, 0, measure)
    assert words.startswith("Unemployment by occupation in 2050, with AI against without AI: ")
    assert "of 22 with more unemployment (most: " in words


def test_the_range_over_closures_is_not_lent_to_other_scenarios(invent, pair):
    assert "It is the range of another question" in closure_sentences(pair)[-1], "the runs have no provenance"

    def shipped(seeds):
        runs = [invent(seeds=seeds), invent("no_ai", seeds=seeds)]
        for results in runs:
            results.provenance["scenario"] = {"reference": results.scenario, "overrides": {}}
        return closure_sentences(analysis.compare(*runs))[-1]

    size, _ = next(iter(load_ranges()[0].values()))
    assert shipped(size.seeds) == "Running more seeds does not narrow this range."
    assert "It is the range of another question" in shipped(size.seeds - 1)


def test_too_few_too_many_and_unpaired_are_one_clear_line(invent):
    one = invent(seeds=1, quarters=7)
    with pytest.raises(UserError, match="2 to 4 scenarios, not 1"):
        analysis.compare(one)
    with pytest.raises(UserError, match="2 to 4 scenarios, not 5"):
        analysis.compare(*[one] * 5)
    with pytest.raises(UserError, match="share no seed at the same number of workers"):
        analysis.compare(one, invent("no_ai", seeds=1, quarters=7, workers=20_000))


def test_a_plot_explains_itself(pair):
    texts = texts_of(pair.plot("gini_disposable_income"))
    assert any(text.startswith("Inequality of disposable income: difference from the economy") for text in texts)
    assert "Gini index, 0 all equal, 100 one has all" in texts
    assert any("4 runs of 10,000 simulated adults each" in text for text in texts)
    assert pair.plot("gini").axes[0].lines[0].get_ydata()[-1] == pytest.approx(pair["gini"]["With AI"].iloc[-1])
    with pytest.raises(UserError, match="no outcome 'gini_disposable'; nearest valid: gini_disposable_income"):
        pair.plot("gini_disposable")


def test_differences_have_the_band_that_decides_the_words(results_of, quarterly):
    base = {"real_gdp": quarterly(np.full((2, 3), 50.0)), "unemployment_rate": quarterly(np.full((2, 3), 0.05))}
    more = {
        "real_gdp": quarterly([[50.0, 55, 54], [50, 55, 66]]),
        "unemployment_rate": base["unemployment_rate"] + 0.01,
    }
    runs = [results_of(more, "baseline", (1, 2)), results_of(base, "no_ai", (1, 2))]
    figure = changes_figure(analysis.compare(*runs))
    assert figure.axes[0].lines[0].get_ydata() == pytest.approx([0.0, 10.0, 20.0])
    assert figure.axes[1].lines[0].get_ydata() == pytest.approx([1.0, 1.0, 1.0])
    change = analysis.compare(*runs).difference("gdp")
    band = figure.axes[0].collections[0].get_paths()[0].vertices[:, 1]
    assert (band.min(), band.max()) == pytest.approx((change.difference.low, change.difference.high))
    texts = texts_of(figure)
    assert "unclear" in texts and "+1.00" in texts, "the two lines end with their verdicts"
    assert "difference, percentage points" in texts


def test_figures_show_every_scenario_by_name(invent):
    three = analysis.compare(*(invent(name, seeds=2, quarters=15) for name in ("baseline", "no_ai", "tax")))
    for figure in (changes_figure(three), first_figure(three)):
        assert {"\u25cf With AI", "\u25cf Tax"} <= set(texts_of(figure))
    assert len(first_figure(three).axes) == 3


def test_ranges_computed_for_this_comparison_stand_everywhere(invent):
    both = analysis.compare(invent("baseline", seeds=2), invent("tax", seeds=2))
    both.ranges = {("unemployment_rate", 2050, "effect"): ClosureRange(-1.0, 0.1, 2.0)}
    told = closure_sentences(both)
    assert told[0] == (
        "Across unresolved assumptions, tax less baseline in 2050 ranges as follows: "
        "unemployment -1.00 to +2.00 percentage points."
    )
    assert "--closures" not in " ".join(told)
    table = analysis.summary_table(both.results, both.years, both.ranges)
    (row,) = [line for line in table.splitlines() if line.startswith("    across assumptions")]
    assert row.split()[-3:] == ["-1.00", "to", "+2.00"] and "--closures" not in table
