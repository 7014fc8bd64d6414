"""The ranking of levers at equal budgets and the figure of their effects, on a table whose content is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from xinzhi.analysis.effects.figures import BETTER, PANELS, UNCLEAR, WORSE, effects_figure
from xinzhi.analysis.effects.measured import EFFECTS, GAINS, TOO_HIGH, per_yuan_words
from xinzhi.analysis.effects.ranking import ranking_text
from xinzhi.analysis.effects.standing import last_year, standing_of

pytestmark = pytest.mark.unit

BUDGET = 0.5  # per cent of GDP
# lever: effects on consumption, GDP, unemployment, Gini, CO2; cost; consumption per yuan, whose intervals reach .5 to
# either side. Net domestic product per yuan is 1 more, GDP per yuan 2 more.
LEVERS = {
    "retraining": ((-2.0, -1.8, 1.0, 0.1, -3.0), 0.5, -4.0),
    "research_grants": ((1.0, 1.1, 0.2, 0.8, 2.0), 0.5, 6.0),
    "basic_income": ((4.0, 3.9, -0.9, -1.5, 0.1), 0.2, 8.2),
    "education": ((3.0, 3.1, -2.0, -0.2, 0.4), 0.51, 2.0),
    "ai_tax": ((-1.0, -0.9, 0.1, 0.1, -0.1), -0.3, np.nan),
    "pensions": ((0.1, 0.1, 0.1, 0.1, 0.1), 0.0, np.nan),
}

BENEFIT_AT_FIRST = {"research_grants": 0.1}  # over the first five years


@pytest.fixture
def table():
    rows = []
    for years in (5, 10):
        for lever, (effects, cost, benefit) in LEVERS.items():
            for panel, effect in zip(PANELS, effects):
                effect = effect if years == 10 else 100.0
                low, high = effect - 0.5, effect + 0.5
                closures = (-1.2, 2.4) if panel.variable == "unemployment_rate_per_cent" else (np.nan, np.nan)
                benefit = BENEFIT_AT_FIRST.get(lever, benefit) if years == 5 else benefit
                rows.append((lever, "share 0.3", "30 % of it", True, years, 2027, 2026 + years, panel.variable,
                             EFFECTS[panel.variable].unit, effect, low, high,
                             low > 0 or high < 0, cost,
                             *(benefit + more + end for more in range(len(GAINS)) for end in (0.0, -0.5, 0.5)), 5.0,
                             *closures, BUDGET))  # fmt: skip
    columns = "lever strength strength_words at_bound years first_year last_year variable unit effect low high clear"
    per_yuan = [name for gain in GAINS for name in gain.columns]
    more = "discount_rate_per_cent closure_lowest closure_highest budget_per_cent"
    return pd.DataFrame(rows, columns=[*columns.split(), "cost_per_cent", *per_yuan, *more.split()])


def dots(axes):
    """{row: (colour, value)} of the dots in a panel."""
    marks = [line for line in axes.get_lines() if line.get_marker() == "o"]
    return {int(line.get_ydata()[0]): (to_hex(line.get_color()).upper(), line.get_xdata()[0]) for line in marks}


def paragraphs_of(table, left_out=None):
    return [" ".join(part.split()) for part in ranking_text(table, left_out or {}).split("\n\n")]


def test_levers_that_spend_the_same_are_ranked_by_consumption_per_yuan_and_others_stand_apart(table):
    rows = last_year(table)
    assert set(rows["years"]) == {10}
    stands = standing_of(rows)
    assert stands.ranked == ("research_grants", "education", "retraining")
    assert (stands.other, stands.revenue, stands.free) == (("basic_income",), ("ai_tax",), ("pensions",))
    first, ranking, net, gross, spans, other, revenue, free, *_ = paragraphs_of(table)
    assert first == (
        "Spending 0.5 % of GDP a year on each policy, 2027 to 2036 (10 years in force): ranked by household "
        "consumption gained per yuan, discounted at 5 % a year"
    )
    assert f"({per_yuan_words(0.05)}; {TOO_HIGH})" in ranking, "the caution and its reasons stand beside the number"
    assert ranking.split(f"{TOO_HIGH}): ")[1] == (
        "1. research grants +6.0 [+5.5 to +6.5] (+1.00 [+0.50 to +1.50] per cent); "
        "2. education +2.0 [+1.5 to +2.5] (+3.00 [+2.50 to +3.50] per cent); "
        "loses: retraining -4.0 [-4.5 to -3.5] (-2.00 [-2.50 to -1.50] per cent). "
        "Ranks of levers whose intervals overlap are uncertain."
    )
    assert net == (
        "Net domestic product gained per yuan spent, discounted at 5 % a year: research grants +7.0 [+6.5 to +7.5]; "
        "education +3.0 [+2.5 to +3.5]; retraining -3.0 [-3.5 to -2.5]."
    )
    assert gross.startswith("GDP gained per yuan spent, discounted at 5 % a year: research grants +8.0 [")
    assert spans == (
        "The order depends on the time in force. First in household consumption gained per yuan: 2027 to 2031 (5 "
        "years in force) education +2.0; 2027 to 2036 (10 years in force) research grants +6.0, education +2.0."
    )
    assert other == (
        "Not ranked, since they cannot spend 0.5 % of GDP: basic income 0.20 % (30 % of it, its bound), household "
        "consumption per yuan +8.2 [+7.7 to +8.7]."
    )
    assert revenue == (
        "Not ranked, since they raise money (per cent of GDP a year); effects in 2036: AI tax 0.30 (30 % of it), "
        "household consumption -1.00 [-1.50 to -0.50] per cent."
    )
    assert free.endswith(
        "cost the budget nothing, though firms, workers or contributors may pay; effects in 2036: pensions (30 % of "
        "it), no clear difference in household consumption."
    )


def test_other_outcomes_name_those_that_spend_another_sum_last(table):
    jobless, gini, carbon, left_out = paragraphs_of(table, {"carbon_price": "a tax"})[8:]
    assert jobless == (
        "Unemployment in 2036, percentage points: lowered by education -2.00 [-2.50 to -1.50]; raised by retraining "
        "+1.00 [+0.50 to +1.50]; no clear difference with research grants; not ranked: basic income (for 0.20 % of "
        "GDP) -0.90 [-1.40 to -0.40]."
    )
    assert gini.startswith("Gini of disposable income in 2036, Gini points: raised by research grants")
    assert carbon.startswith("CO2 emissions in 2036, per cent: lowered by retraining -3.00")
    assert left_out == "Omitted because they spend nothing: carbon price (a tax)."


def test_a_lever_whose_strength_was_not_found_spends_another_sum(table):
    text = " ".join(paragraphs_of(table.assign(at_bound=False)))
    assert "Not ranked, since they spend another sum than 0.5 % of GDP: basic income 0.20 % (30 % of it)," in text


def test_a_lever_without_gain_per_yuan_is_last_and_not_named_as_a_gain(table):
    table.loc[table["lever"] == "education", [name for gain in GAINS for name in gain.columns]] = np.nan
    assert "no clear gain or loss with education" in paragraphs_of(table)[1]


def test_at_documented_strengths_each_lever_stands_with_its_cost(table):
    paragraphs = paragraphs_of(table.assign(budget_per_cent=None))
    assert paragraphs[0].startswith("Each policy at its documented strength, 2027 to 2036 (10 years in force): ranked")
    assert "1. basic income +8.2 [+7.7 to +8.7]" in paragraphs[1]
    assert paragraphs[1].endswith("The sums differ; --budget compares equal ones.")
    assert "lowered by education (for 0.51 % of GDP) -2.00" in paragraphs[7]
    assert paragraphs[-1] == (
        "Cost, % of GDP a year: education 0.51 (30 % of it); research grants 0.50 (30 % of it); "
        "retraining 0.50 (30 % of it); basic income 0.20 (30 % of it)."
    )


def test_the_title_and_the_rows_of_the_figure_have_the_criterion_of_the_text(table, tmp_path):
    figure = effects_figure(table, (1, 2, 3), 10_000, paid_for=True)
    names, *panels = figure.axes
    words = [text.get_text() for text in names.texts]
    rows = ["Research grants", "Education", "Retraining", "Not ranked: spend another sum", "Basic income",
            "Not ranked: raise money", "AI tax", "Not ranked: cost the budget nothing", "Pensions"]  # fmt: skip
    assert [word for word in words if word in rows] == rows and "0.20" in words
    per_yuan = [word for word in words if "[" in word or word == "-"]
    assert per_yuan == ["+6.0 [+5.5, +6.5]", "+2.0 [+1.5, +2.5]", "-4.0 [-4.5, -3.5]", "+8.2 [+7.7, +8.7]", "-", "-"]
    assert "consumption\nper yuan, 90 %;\nmay be too high" in words
    eaten, _, unemployment, _, emissions = map(dots, panels)
    assert {row: value for row, (_, value) in eaten.items()} == {0: 1.0, 1: 3.0, 2: -2.0, 4: 4.0, 6: -1.0, 8: 0.1}
    assert [eaten[row][0] for row in (0, 1, 2, 8)] == [BETTER, BETTER, WORSE, UNCLEAR]
    assert [unemployment[row][0] for row in (0, 1, 2)] == [UNCLEAR, BETTER, WORSE]  # fewer jobless is better
    assert [emissions[row][0] for row in (0, 1, 2)] == [WORSE, UNCLEAR, BETTER]
    told = " ".join(text.get_text() for text in figure.texts).replace("\u00a0", " ")
    told = " ".join(told.split())
    assert told.startswith(
        "Per yuan spent, household consumption gains most from research grants (+6.0 yuan) and education (+2.0 "
        "yuan), of policies that can spend 0.5 % of GDP"
    )
    assert "Spending 0.5 % of GDP a year on each policy, 2027 to 2036 (10 years in force)" in told
    assert "3 pairs of runs" in told
    assert "the effect of AI in the baseline in 2035 ranges as follows: unemployment -1.20 to +2.40 percentage" in told
    figure.savefig(tmp_path / "effects.png")
    assert (tmp_path / "effects.png").stat().st_size > 10_000


def test_at_documented_strengths_and_with_one_seed_the_figure_says_so(table):
    unknown = dict.fromkeys(["low", "high", *(name for gain in GAINS for name in gain.columns[1:])], np.nan)
    figure = effects_figure(table.assign(budget_per_cent=None, clear=False, **unknown), (1,), 10_000, paid_for=False)
    told = " ".join(text.get_text() for text in figure.texts).replace("\u00a0", " ")
    assert "Each policy at its documented strength" in told and "effects cannot be distinguished from chance" in told
    assert "financed by debt" in told
    assert "No policy has a clear gain in household consumption per yuan spent" in told
    assert {colour for colour, _ in dots(figure.axes[1]).values()} == {UNCLEAR}
