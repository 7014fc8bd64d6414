"""What levers change, measured on results whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from abm.experiments.effects.effects import documented_strengths, effects_variants, run_effects, uncertain_ends
from abm.levers import load_levers
from abm.parameters import describe_parameters
from abm.results.judged import JUDGED_BY
from xinzhi.analysis.effects.effects import effects_details, effects_table, lever_title, setting_words
from xinzhi.analysis.effects.measured import EFFECTS, GAINS
from xinzhi.analysis.effects.ranking import effects_text
from xinzhi.analysis.reading.closure_ranges import load_ranges

pytestmark = pytest.mark.unit

QUARTERS = 52
SEEDS = (1, 2, 3)
STRENGTH = {"lever": {"share": 0.3}}


def economy(results_of, name, growth=0.0, jobless=0.05, cost=0.0):
    """Seeds of different luck; from quarter 12 on GDP is ``growth`` higher and the lever costs ``cost`` of GDP."""
    luck = 1 + 0.01 * np.array(SEEDS)[:, None] * np.ones((3, QUARTERS + 1))
    on = (np.arange(QUARTERS + 1) >= 12)[None, :]
    wobble = 1e-4 * np.array(SEEDS)[:, None]
    arrays = {effect.recorded: 0.3 * np.ones_like(luck) for effect in EFFECTS.values()}
    arrays |= {
        "real_gdp": 100 * luck * (1 + growth * on),
        "real_consumption": 40 * luck * (1 + growth * on),
        "real_ndp": 80 * luck * (1 + growth * on),
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
    assert rows.loc["real_gdp_per_year", "effect"] == pytest.approx(2.0)
    assert rows.loc["unemployment_rate_per_cent", "effect"] == pytest.approx(1.02)
    assert rows.loc["unemployment_rate_per_cent", "low"] < 1.02 < rows.loc["unemployment_rate_per_cent", "high"]
    assert rows.loc["unemployment_rate_per_cent", "clear"] and not rows.loc["co2_emissions_per_year", "clear"]


def test_cost_and_what_a_yuan_brings(table):
    row = table.iloc[0]
    assert row["cost_per_cent"] == pytest.approx(1.0) and row["discount_rate_per_cent"] == pytest.approx(5.0)
    # 2 % of each gained a quarter for 1 % of a GDP that is 2 % larger, whatever the luck.
    for gain, size in zip(GAINS, (0.4, 0.8, 1.0), strict=True):
        mean, low, high = row[gain.columns]
        assert mean == pytest.approx(size * 0.02 / (0.01 * 1.02)) and low == pytest.approx(mean) == pytest.approx(high)


def test_what_comes_late_counts_less_and_the_title_names_the_rate(results_of):
    """Three years by hand: a cost of 1 in the first, and of nothing later; gains of 0, 1 and 2."""
    years = np.repeat([0.0, 0.0, 0.0, 0.0, 1.0, 2.0], 4)[None, :]  # 2024 to 2029; levers act from 2027
    paid = np.repeat([0.0, 0.0, 0.0, 1.0, 0.0, 0.0], 4)[None, :]
    arrays = {effect.recorded: 25.0 + 0 * years for effect in EFFECTS.values()} | {"policy_cost_ratio": 0 * years}
    lever = arrays | {"real_consumption": 25.0 + years / 4, "policy_cost_ratio": 0.01 * paid}
    many = {"baseline": results_of(arrays, "baseline", (1,)), "lever": results_of(lever, "lever", (1,))}
    for rate in (0.0, 0.05, 0.08):
        row = effects_table(many, STRENGTH, rate=rate).iloc[0]
        by_hand = (1 / (1 + rate) + 2 / (1 + rate) ** 2) / 1.0
        assert row["consumption_per_yuan"] == pytest.approx(by_hand) and row["gdp_per_yuan"] == 0.0
    text = effects_text(effects_table(many, STRENGTH, rate=0.08), 1, True)
    assert "gained per yuan, discounted at 8 % a year" in " ".join(text.split())
    assert "without discounting" in effects_text(effects_table(many, STRENGTH, rate=0.0), 1, True)


def test_effects_are_those_that_a_policy_is_judged_by():
    sizes = ("ai_adoption_share_small", "ai_adoption_share_medium", "ai_adoption_share_large")
    assert tuple(one.recorded for one in EFFECTS.values()) == (*JUDGED_BY[:-1], *sizes)
    assert JUDGED_BY[-1] == "policy_cost"  # a column of its own


def test_what_a_yuan_brings_has_the_interval_of_a_ratio(results_of):
    def output(gains):
        on = (np.arange(QUARTERS + 1) >= 12)[None, :]
        return 100 * np.array(gains)[:, None] * on

    baseline, lever = economy(results_of, "baseline"), economy(results_of, "lever", cost=0.01)
    gains = [0.01, 0.02, 0.04]
    for results, values in ((baseline, output([0, 0, 0])), (lever, output(gains))):
        rows = results.series["variable"] == "real_consumption"
        results.series.loc[rows, "value"] = values.ravel()
    row = effects_table({"baseline": baseline, "lever": lever}, STRENGTH).iloc[0]
    ratios = np.array([gain / (0.01 * (1 + 0.01 * seed)) for gain, seed in zip(gains, SEEDS)])
    assert row["consumption_per_yuan"] == pytest.approx(ratios.mean(), rel=0.01)
    # Where all spend about the same, the interval is nearly that of the mean of the ratios.
    by_hand = 2.92 * ratios.std(ddof=1) / np.sqrt(3)
    assert row["consumption_per_yuan_high"] - row["consumption_per_yuan"] == pytest.approx(by_hand, rel=0.03)


def test_jobs_inequality_and_the_labour_share_stand_beside_the_closures(table):
    assert table[table["years"] == 5]["closure_lowest"].isna().all()  # no range is shipped for 2032
    rows = table[table["years"] == 10].set_index("variable")
    ranges, _ = load_ranges()
    for variable in (
        "unemployment_rate_per_cent", "gini_disposable_income_of_100", "labour_share_per_cent"
    ):  # fmt: skip
        _, found = ranges[EFFECTS[variable].recorded, 2035, "effect"]
        assert rows.loc[variable, "closure_lowest"] == pytest.approx(found.lowest)
        assert rows.loc[variable, "closure_highest"] == pytest.approx(found.highest)
    assert np.isnan(rows.loc["co2_emissions_per_year", "closure_lowest"])
    text = " ".join(effects_text(table, 3, True).split())
    assert (
        "Across unresolved assumptions, the effect of AI in the baseline in 2035 ranges as follows: unemployment"
        in text
    )
    _, gini = ranges["gini_disposable_income", 2035, "effect"]
    assert f"Gini of disposable income {gini.lowest:+.2f} to {gini.highest:+.2f} Gini points" in text
    assert "Effects on these three that are smaller than it may depend on these assumptions" in text
    early = effects_text(table[table["years"] == 5], 3, True)
    assert "no range is known for these years" in " ".join(early.split())


def test_levers_have_titles_in_words():
    assert lever_title("ai_tax") == "AI tax" and lever_title("rd_tax_credit") == "Research tax credit"
    assert all(lever_title(name) == lever.title and "..." not in lever.title for name, lever in load_levers().items())
    assert lever_title("moon_base") == "Moon base"


def test_settings_are_told_as_a_planner_reads_them():
    assert setting_words("adoption_subsidy", {"share": 0.3}) == "30 % of the integration cost"
    told = setting_words("carbon_price", {"price": 200.0, "dividend": 0.5})
    assert told == "price 200 CNY per tonne, dividend 50 % of carbon revenue"
    assert setting_words("moon_base", {"size": 0.3}) == "size 0.3"


def test_a_lever_without_cost_has_no_benefit_per_yuan(results_of):
    results = {"baseline": economy(results_of, "baseline"), "lever": economy(results_of, "lever", 0.02)}
    found = effects_table(results, STRENGTH)
    assert found["consumption_per_yuan"].isna().all()
    assert "costs the budget nothing" in effects_details(found, 3, True)
    text = " ".join(effects_text(found, 3, True).split())
    assert "No lever is ranked by household consumption gained per yuan, since none spends money." in text
    assert "no lever remains" not in text and "First in" not in text
    assert (
        "though firms, workers or contributors may pay; effects in 2036: lever (share 0.3), household consumption +2.00"
        in text
    )


def test_the_text_says_what_is_clear_and_what_is_not(table):
    text = " ".join(effects_details(table, 3, True).split())
    assert (
        "2027 to 2036 (10 years in force); effects in 2036" in text and "Lever (share 0.3; costs 1.00 % of GDP" in text
    )
    assert "unemployment +1.02 percentage points" in text and "No clear difference:" in text and "CO2 emissions" in text
    assert "The income tax finances" in text
    assert "debt" in " ".join(effects_details(table, 3, False).split())


def test_the_command_prints_the_ranking_first_then_costs_then_how_to_read_it(table):
    paragraphs = [" ".join(part.split()) for part in effects_text(table, 3, True).split("\n\n")]
    assert paragraphs[0] == (
        "Each policy at its documented strength, 2027 to 2036 (10 years in force): ranked by household consumption "
        "gained per yuan, discounted at 5 % a year"
    )
    assert paragraphs[1].startswith(
        "Household consumption gained per yuan spent, with what the whole sum does to it in 2036"
    )
    assert "1. lever +0.8 [+0.8 to +0.8] (+2.00 [+1.97 to +2.03] per cent)" in paragraphs[1]
    assert "Cost, % of GDP a year: lever 1.00 (share 0.3)." in paragraphs
    assert paragraphs[-1].startswith("Effect: with the lever less the baseline, mean over 3 paired seeds")


def test_effects_have_the_names_of_years():
    from abm import outcome_named, yearly_name

    for name, effect in EFFECTS.items():
        assert name == yearly_name(effect.recorded, outcome_named(effect.recorded).display)


def test_the_paragraphs_by_lever_have_the_caution_beside_the_number_too(table):
    text = " ".join(effects_details(table, 3, True).split())
    assert "GDP +2.0 [+2.0 to +2.0], discounted at 5 % a year, which may be too high)" in text


def test_every_lever_is_measured_but_those_that_do_nothing_by_themselves():
    levers = load_levers()
    assert set(documented_strengths()) == {name for name, lever in levers.items() if not lever.beside}
    assert "budget_rule" not in documented_strengths()
    for name, setting in documented_strengths().items():
        assert setting == levers[name].documented_strength


@pytest.mark.parametrize("name", ["carbon_prize", "budget_rule"])
def test_an_unknown_lever_is_refused_in_one_line(name):
    from abm import UserError

    with pytest.raises(UserError, match=f"--lever {name}: it .*; see `xinzhi list levers`"):
        run_effects(2_000, (1,), 16, [name])


def test_levers_of_uncertain_strength_are_run_at_both_ends(monkeypatch):
    seen = {}

    def caught(base, variants, *rest):
        seen.update(variants)

    monkeypatch.setattr("abm.experiments.ensembles.variants.run_variants", caught)
    run_effects(2_000, [1], 20, ["regulatory_clarity", "ip_protection", "carbon_price"], paid_for=False)
    weight = [seen[f"regulatory_clarity, {end} end"]["levers.regulatory_clarity"] for end in ("low", "high")]
    assert weight == [{"clarity": 1.0, "weight": 0.05}, {"clarity": 1.0, "weight": 0.34}]
    low = seen["ip_protection, low end"]
    assert low["levers.ip_protection"] == {"strength": 0.5}
    assert low["assumptions.policy_effects.protection_on_imitation"] == 0.02
    assert not [name for name in seen if name.startswith("carbon_price,")]


def test_what_acts_in_the_baseline_too_has_a_baseline_of_its_own():
    variants = effects_variants({"compute_voucher": {"share": 0.2}, "public_compute": {"spending": 0.001}}, False, True)
    assert next(iter(variants)) == "baseline"
    for value in (0.5, 2.0):
        assumption = {"assumptions.office_ai.augmentation": value}
        assert variants[f"baseline, office_ai.augmentation {value:g}"] == assumption
        voucher = variants[f"compute_voucher, office_ai.augmentation {value:g}"]
        assert voucher == {"levers.compute_voucher": {"share": 0.2}} | assumption
    assert len([name for name in variants if name.startswith("baseline, office_ai.augmentation")]) == 2


def test_a_strength_that_costs_the_budget_stays_as_it_is():
    documented = [one.name for one in uncertain_ends("small_firm_subsidy")]
    assert "small_firm_subsidy, low end" in documented
    ends = uncertain_ends("small_firm_subsidy", budget=True)
    assert [one.name for one in ends] == documented[2:]
    assert not any("share" in one.values for one in ends)


def test_what_is_uncertain_stands_beside_the_effect(results_of):
    growths = {"regulatory_clarity": 0.02, "regulatory_clarity, low end": 0.001, "regulatory_clarity, high end": 0.03}
    results = {name: economy(results_of, "lever", growth, 0.06, 0.01) for name, growth in growths.items()}
    results["baseline"] = economy(results_of, "baseline")
    table = effects_table(results, {"regulatory_clarity": {"clarity": 1.0}})
    assert set(table["lever"]) == {"regulatory_clarity"}
    gdp = table[table["variable"] == "real_gdp_per_year"].iloc[-1]
    assert (gdp.uncertain_low, gdp.uncertain_high) == pytest.approx((0.1, 3.0))
    assert gdp.per_yuan_uncertain_low < gdp.consumption_per_yuan < gdp.per_yuan_uncertain_high
    assert "Where weight is 0.05 to 0.34, augmentation is 0.5 to 2: real GDP +0.10 to +3.00 per cent" in " ".join(
        effects_details(table, 3, True).split()
    )


def test_uncertain_assumptions_exist_and_lie_within_their_bounds():
    for name, lever in load_levers().items():
        for key, (low, high) in lever.uncertain.items():
            if "." in key:
                parameter = next(one for one in describe_parameters() if one.key == key)
                assert parameter.lower <= low < high <= parameter.upper, name
