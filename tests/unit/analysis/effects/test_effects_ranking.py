"""The ranking of levers at equal budgets and the figure of their effects, on a table whose content is known."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

from xinzhi.analysis.effects.effects import EFFECTS, PER_YUAN
from xinzhi.analysis.effects.figures import BETTER, PANELS, UNCLEAR, WORSE, effects_figure
from xinzhi.analysis.effects.ranking import last_year, ranking_text

pytestmark = pytest.mark.unit

BUDGET = 0.005
# lever: effects on real GDP, unemployment, Gini, CO2; cost; GDP per yuan. The intervals reach .5 to either side.
LEVERS = {
    "ai_tax": ((-2.0, 1.0, 0.1, -3.0), 0.005, -4.0),
    "research_grants": ((3.0, 0.2, 0.8, 2.0), 0.005, 6.0),
    "basic_income": ((-0.1, -0.9, -1.5, 0.1), 0.002, 0.2),
    "education": ((1.0, -2.0, -0.2, 0.4), 0.0051, 2.0),
}


@pytest.fixture
def table():
    rows = []
    for years in (5, 10):
        for lever, (effects, cost, benefit) in LEVERS.items():
            for panel, effect in zip(PANELS, effects):
                effect = effect if years == 10 else 100.0
                low, high = effect - 0.5, effect + 0.5
                closures = (-1.2, 2.4) if panel.variable == "unemployment_rate" else (np.nan, np.nan)
                rows.append((lever, "share 0.3", "30 % of it", years, panel.variable, EFFECTS[panel.variable].unit,
                             effect, low, high,
                             low > 0 or high < 0, cost, benefit, benefit - 0.5, benefit + 0.5,
                             *closures, BUDGET))  # fmt: skip
    columns = "lever strength strength_words years variable unit effect low high clear cost benefit_per_yuan"
    more = "benefit_low benefit_high closure_lowest closure_highest budget"
    return pd.DataFrame(rows, columns=[*columns.split(), *more.split()])


def dots(axes):
    """{row: (colour, value)} of the dots in a panel."""
    marks = [line for line in axes.get_lines() if line.get_marker() == "o"]
    return {int(line.get_ydata()[0]): (to_hex(line.get_color()).upper(), line.get_xdata()[0]) for line in marks}


def test_levers_are_ranked_by_what_they_do_after_the_longest_time(table):
    assert set(last_year(table)["years"]) == {10}
    text = ranking_text(table, BUDGET, {"carbon_price": "a tax"})
    paragraphs = [" ".join(part.split()) for part in text.split("\n\n")]
    assert paragraphs[0] == "Effects of spending 0.5 % of GDP a year after 10 years in force"
    assert paragraphs[1] == (
        f"Real GDP gained per yuan spent ({PER_YUAN}): "
        "gains research grants +6.0 [+5.5 to +6.5], education +2.0 [+1.5 to +2.5]; "
        "loses AI tax -4.0 [-4.5 to -3.5]; no clear difference with basic income."
    )
    assert paragraphs[2].startswith(
        "Unemployment, points: lowered by education -2.00 [-2.50 to -1.50], basic income (for 0.20 % of GDP) -0.90"
    )
    assert "raised by AI tax +1.00" in paragraphs[2] and "no clear difference with research grants" in paragraphs[2]
    assert paragraphs[4].startswith("CO2 emissions, %: lowered by AI tax") and "raised by research" in paragraphs[4]
    assert "at its bound: basic income 0.20 % (30 % of it)" in paragraphs[5]
    assert paragraphs[6] == "Omitted because they spend nothing: carbon price (a tax)."


def test_a_lever_without_gain_per_yuan_is_not_ranked_by_it(table):
    table.loc[table["lever"] == "education", ["benefit_per_yuan", "benefit_low", "benefit_high"]] = np.nan
    first = ranking_text(table, BUDGET, {}).split("\n\n")[1]
    assert "education" not in first and "Left out" not in ranking_text(table, BUDGET, {})


def test_at_documented_strengths_each_lever_stands_with_its_cost(table):
    paragraphs = [" ".join(part.split()) for part in ranking_text(table, None, {}).split("\n\n")]
    assert paragraphs[0] == "Effects of each policy after 10 years in force, each at its documented strength"
    assert paragraphs[1].startswith("Real GDP, %: raised by research grants (for 0.50 % of GDP) +3.00 [+2.50 to +3.50]")
    assert paragraphs[-1] == (
        "Cost, % of GDP a year: education 0.51 (30 % of it); AI tax 0.50 (30 % of it); "
        "research grants 0.50 (30 % of it); basic income 0.20 (30 % of it)."
    )


def test_the_figure_has_a_dot_for_each_lever_in_the_order_of_output(table, tmp_path):
    figure = effects_figure(table, (1, 2, 3), 10_000, paid_for=True)
    names, *panels = figure.axes
    assert (
        figure.texts[0].get_text()
        == "Real GDP rises most with research grants (+3.0\u00a0%) and education (+1.0\u00a0%)"
    )
    words = [text.get_text() for text in names.texts]
    ranked = ["Research grants", "Education", "Basic income", "AI tax"]
    assert [word for word in words if word in ranked] == ranked and "0.20" in words
    per_yuan = [word for word in words if word in ("+6.0", "-4.0", "unclear", "+2.0")]
    assert per_yuan == ["+6.0", "+2.0", "unclear", "-4.0"]
    assert "GDP per\nyuan; may be\ntoo high" in words
    output, unemployment, _, emissions = map(dots, panels)
    assert [output[row][1] for row in range(4)] == [3.0, 1.0, -0.1, -2.0]
    assert [output[row][0] for row in range(4)] == [BETTER, BETTER, UNCLEAR, WORSE]
    assert [unemployment[row][0] for row in range(4)] == [UNCLEAR, BETTER, BETTER, WORSE]  # fewer jobless is better
    assert [emissions[row][0] for row in range(4)] == [WORSE, UNCLEAR, UNCLEAR, BETTER]
    told = " ".join(text.get_text() for text in figure.texts).replace("\u00a0", " ")
    assert "Effects of spending 0.5 % of GDP a year after 10 years" in told and "3 pairs of runs" in told
    assert "the effect of AI in the baseline in 2035 ranges as follows: unemployment -1.20 to +2.40 points (" in told
    figure.savefig(tmp_path / "effects.png")
    assert (tmp_path / "effects.png").stat().st_size > 10_000


def test_at_documented_strengths_and_with_one_seed_the_figure_says_so(table):
    table = table.assign(budget=None, low=np.nan, high=np.nan, clear=False)
    figure = effects_figure(table, (1,), 10_000, paid_for=False)
    told = " ".join(text.get_text() for text in figure.texts).replace("\u00a0", " ")
    assert "Effects of each policy after 10 years" in told and "effects cannot be distinguished from chance" in told
    assert "financed by debt" in told
    assert "No policy has a clear effect on real GDP" in told
    assert {colour for colour, _ in dots(figure.axes[1]).values()} == {UNCLEAR}
