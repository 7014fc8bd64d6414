"""What levers change, measured on results whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from abm.experiments.effects import STRENGTHS, run_effects
from abm.levers import load_levers
from analysis.effects import EFFECTS, effects_table, effects_text

pytestmark = pytest.mark.unit

QUARTERS = 52
SEEDS = (1, 2, 3)
STRENGTH = {"lever": {"share": 0.3}}


def economy(results_of, name, growth=0.0, jobless=0.05, cost=0.0):
    """Seeds of different luck; from quarter 12 on GDP is ``growth`` higher and the lever costs ``cost`` of GDP."""
    luck = 1 + 0.01 * np.array(SEEDS)[:, None] * np.ones((3, QUARTERS + 1))
    on = (np.arange(QUARTERS + 1) >= 12)[None, :]
    wobble = 1e-4 * np.array(SEEDS)[:, None]
    arrays = {variable: 0.3 * np.ones_like(luck) for variable in EFFECTS}
    arrays |= {
        "real_gdp": 100 * luck * (1 + growth * on),
        "unemployment_rate": jobless + wobble * (name == "lever") * on + 0 * luck,
        "policy_cost_ratio": cost * on + 0 * luck,
    }
    return results_of(arrays, name, SEEDS)


@pytest.fixture
def table(results_of):
    results = {"baseline": economy(results_of, "baseline"), "lever": economy(results_of, "lever", 0.02, 0.06, 0.01)}
    return effects_table(results, STRENGTH)


def test_effects_are_means_of_the_last_year(table):
    assert set(table["years"]) == {5, 10}
    rows = table[table["years"] == 10].set_index("variable")
    assert rows.loc["real_gdp", "effect"] == pytest.approx(2.0)
    assert rows.loc["unemployment_rate", "effect"] == pytest.approx(1.02)
    assert rows.loc["unemployment_rate", "low"] < 1.02 < rows.loc["unemployment_rate", "high"]
    assert rows.loc["unemployment_rate", "clear"] and not rows.loc["co2_emissions", "clear"]


def test_cost_and_what_a_yuan_brings(table):
    row = table.iloc[0]
    assert row["cost"] == pytest.approx(0.01)
    # 2 % of GDP gained a quarter for 1 % of a GDP that is 2 % larger.
    assert row["benefit_per_yuan"] == pytest.approx(0.02 / (0.01 * 1.02))


def test_a_lever_without_cost_has_no_benefit_per_yuan(results_of):
    results = {"baseline": economy(results_of, "baseline"), "lever": economy(results_of, "lever", 0.02)}
    found = effects_table(results, STRENGTH)
    assert found["benefit_per_yuan"].isna().all()
    assert "costs the budget nothing" in effects_text(found, 3, True)


def test_the_text_says_what_is_clear_and_what_is_not(table):
    text = " ".join(effects_text(table, 3, True).split())
    assert "After 10 years in force" in text and "lever (share 0.3; costs 1.00 % of GDP" in text
    assert "unemployment +1.02 points" in text and "no clear difference:" in text and "CO2 emissions" in text
    assert "The income tax pays" in text
    assert "debt" in " ".join(effects_text(table, 3, False).split())


def test_every_lever_but_the_payer_has_a_documented_strength():
    assert set(STRENGTHS) == set(load_levers()) - {"budget_rule"}
    for name, setting in STRENGTHS.items():
        known = {one.name: one for one in load_levers()[name].parameters}
        for parameter, value in setting.items():
            assert known[parameter].lower <= value <= known[parameter].upper
            assert value != known[parameter].neutral


@pytest.mark.parametrize("name", ["carbon_prize", "budget_rule"])
def test_an_unknown_lever_is_refused_in_one_line(name):
    from abm import UserError

    with pytest.raises(UserError, match=f"--lever {name}: it .*; give one of adoption_subsidy"):
        run_effects(2_000, (1,), 16, [name])
