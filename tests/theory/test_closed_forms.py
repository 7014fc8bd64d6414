"""Closed forms: what the equations imply on paper, the model must show."""

import math

import numpy as np
import pytest

from abm import Model
from abm.data import load_tables
from abm.experiments.validation.plant_year import measure_capability, measure_plant
from abm.kernels.technology import research_cycle
from abm.levers import load_levers
from abm.parameters import Parameters
from abm.scenarios.economies import settable
from abm.scenarios.resolution import CALM
from abm.sectors import having
from abm.state import Status

pytestmark = pytest.mark.theory

TOLERANCE = 0.15
WITHOUT = {"assumptions.artificial_intelligence.enabled": False}
# Shares are stationary at constant growth only: falling growth lowers investment and shifts income to work.
CONSTANT = {"assumptions.growth.trend_long_run": Parameters().growth.trend_opening}
# And only while nobody moves off the land, which adds to growth besides.
SETTLED = {f"assumptions.structural_change.{name}": False for name in ("engel_curves", "sector_trends", "migration")}
SETTLED["assumptions.growth.expected_growth_above_frontier"] = 0.0

STATIONARY = {"assumptions.demography.stationary": True}


@pytest.fixture(scope="module")
def calm():
    """Forty quarters of 5,000 stationary workers at constant growth, without luck, AI and structural change."""
    model = Model(5_000, rng=1, overrides=CALM | WITHOUT | CONSTANT | STATIONARY | SETTLED)
    flows = []
    for _ in range(40):
        before = model.state.workers.status.copy()
        model.step()
        after = model.state.workers.status
        at_work, jobless = before == Status.EMPLOYED, before == Status.UNEMPLOYED
        flows.append(((at_work & (after == Status.UNEMPLOYED)).sum() / at_work.sum(),
                      (jobless & (after == Status.EMPLOYED)).sum() / jobless.sum()))  # fmt: skip
    return model, np.array(flows)


def series(model, name):
    return model.recorder.series(name)


def test_without_shocks_and_artificial_intelligence_unemployment_stays_in_a_band(calm):
    rate = series(calm[0], "unemployment_rate")
    assert rate.size == 41
    assert rate.min() > 0.02 and rate.max() < 0.10
    assert rate[-20:].mean() == pytest.approx(calm[0].economy.parameters.labour.natural_unemployment, abs=0.03)
    assert np.abs(np.diff(rate)).max() < 0.02  # of 5,000 workers, some of it the luck of the draw


def test_without_shocks_and_artificial_intelligence_shares_are_stationary(calm):
    model, _ = calm
    for name, band in (("labour_share", 0.03), ("government_balance_ratio", 0.05), ("policy_rate", 0.03)):
        values = series(model, name)
        assert np.abs(values[1:] - values[1]).max() < band, name
    for use in ("consumption", "investment", "government_consumption", "exports", "imports"):
        shares = series(model, use) / series(model, "nominal_gdp")
        assert np.abs(shares / shares[0] - 1).max() < 0.25, use


def test_steady_unemployment_is_inflow_over_turnover(calm):
    """u = s / (s + f), of which quits and layoffs are s and hires of the unemployed f."""
    model, flows = calm
    inflow, outflow = flows[20:].mean(axis=0)
    # Heirs enter unemployed: they belong to the inflow.
    working_life = (model.economy.parameters.labour.retirement_age - 20) * 4
    entering = model.economy.parameters.labour.participation / working_life
    expected = (inflow + entering) / (inflow + entering + outflow)
    jobless = np.mean(series(model, "unemployment_rate")[20:])
    assert jobless == pytest.approx(expected, abs=0.02)


def test_growth_without_artificial_intelligence_is_the_exogenous_drift(calm):
    model, _ = calm
    growth = model.economy.parameters.growth
    drift = [
        growth.trend_long_run + (growth.trend_opening - growth.trend_long_run) * 0.5 ** (quarter / growth.half_life)
        for quarter in range(1, 41)
    ]
    productivity = series(model, "labour_productivity")
    assert math.log(productivity[-1] / productivity[0]) == pytest.approx(sum(drift), abs=0.06)


def test_a_process_plant_comes_under_ai_with_a_lag_and_saves_what_the_park_measured():
    """At full use 6.7 % less energy and .9 % more yield (Ni, figure 3), a part of it in the first year."""
    year, rules = measure_plant(), Parameters().process_ai
    covers = [1 - (1 - rules.cover_pilot) * (1 - rules.cover_speed) ** quarter for quarter in range(9)]
    strength = year.quarters[0].use / rules.cover_pilot
    for quarter, cover in zip(year.quarters, covers, strict=True):
        use = min(1.0, cover * strength)
        assert quarter.use == pytest.approx(use, rel=1e-9)
        assert quarter.energy_change == pytest.approx((1 - 0.067 * use) / (1 - 0.067 * year.quarters[0].use) - 1)
        assert quarter.yield_change == pytest.approx((1 - 0.009 * year.quarters[0].use) / (1 - 0.009 * use) - 1)
    assert year.settled.energy_change == pytest.approx(-0.067, rel=TOLERANCE)
    assert year.settled.yield_change == pytest.approx(0.009, rel=TOLERANCE)
    assert -0.067 < year.after_a_year.energy_change < -0.03
    # A plant that runs on its own saves more, and no more than the source's upper bounds.
    assert -0.19 < year.autonomous.energy_change == pytest.approx(-0.067 * (1 + rules.autonomy_gain))
    assert year.settled.capital_change <= year.autonomous.capital_change < 0.2


def test_data_compute_and_algorithm_are_complements():
    """The weighted harmonic mean of the three saturations: the weakest leg limits, whatever the others are."""
    ai = Parameters().artificial_intelligence
    legs = 30.0 / (30.0 + ai.data_half), 0.01 / (0.01 + ai.compute_half)
    able = (1.0 - ai.algorithm_unabsorbed) * 0.3 / (0.3 + ai.algorithm_absorption)
    algorithm = ai.algorithm_unabsorbed + able
    weights = ai.data_weight, ai.compute_weight, ai.algorithm_weight
    expected = 1.0 / sum(weight / leg for weight, leg in zip(weights, (*legs, algorithm), strict=True))
    assert measure_capability(30.0, 0.01, 0.3) == pytest.approx(expected)
    assert measure_capability(30.0, 0.01, 0.3, algorithm=1.0) == measure_capability(30.0, 0.01, 0.3)
    assert measure_capability(30.0, 0.01, 0.3, algorithm=0.5) < measure_capability(30.0, 0.01, 0.3)
    assert measure_capability(1e9, 0.01, 0.3) < 1.1 * measure_capability(30.0, 0.01, 0.3)
    assert measure_capability(0.0, 1.0, 1.0) == 0.0


def test_research_on_new_materials_takes_a_year_instead_of_three():
    research = Parameters().research
    rules = research.cycle_quarters, research.cycle_quarters_ai, research.cycle_response
    assert research_cycle(0.0, *rules) == pytest.approx(12.0)
    assert research_cycle(1.0, *rules) == pytest.approx(4.0)
    full = Model(2_000, rng=1).economy.structure.research_cycle_ai
    materials = np.flatnonzero(having(load_tables().roles, "new_materials"))
    assert (full[materials] == research.cycle_quarters_ai).all()
    assert (np.delete(full, materials) > research.cycle_quarters_ai).all()


@pytest.mark.parametrize("quarters", [0, 12])
def test_without_artificial_intelligence_there_is_none_anywhere(grown, quarters):
    model = grown(quarters, policy="no_ai")
    f, a = model.state.firms, model.state.macro
    for name in ("ai_stage", "office_use", "process_use", "assistance", "office_cover", "process_cover",
                 "office_pilots", "office_scaled", "process_pilots", "process_scaled", "integrating", "ai_capability",
                 "ai_spending", "ai_unit_spending", "integration_due",
                 "adoption_subsidy_due", "displaced_share", "new_task_share", "extra_capital",
                 "breached", "fine"):  # fmt: skip
        assert not getattr(f, name).any(), name
    for name in ("labour_per_unit", "materials_per_unit", "energy_per_unit"):
        assert (getattr(f, name) == 1).all(), name
    assert a.world_gain == 0.0
    assert a.ai_electricity == a.ai_services == 0.0
    assert not model.state.sectors.adoption.any()
    for name in ("ai_adoption_share", "ai_use_intensity", "ai_electricity", "tfp_ai_contribution"):
        assert not series(model, name).any(), name
    if quarters:
        for flow in ("ai_tax", "fines", "adoption_subsidies", "compute_vouchers"):
            assert model.ledger.amounts[flow] == 0.0


def test_levers_on_artificial_intelligence_do_nothing_where_there_is_none(grown, assert_same_bits):
    about_it = {
        "adoption_subsidy", "small_firm_subsidy", "compute_voucher", "ai_tax", "regulatory_clarity", "data_openness",
        "data_market", "demonstration_zone", "ai_mechanism_programme", "export_controls", "international_cooperation",
    }  # fmt: skip
    assert about_it <= load_levers().keys()
    for name in about_it:  # the money for programmes apart, which is spent all the same
        setting = {one.name: {2024: 0.0 if one.name == "cost" else one.upper} for one in settable(load_levers()[name])}
        assert_same_bits(grown(8, policy="no_ai", **{f"levers.{name}": setting}), grown(8, policy="no_ai"))


@pytest.mark.parametrize("trend", [0.0, 0.0012, 0.0025])
def test_low_growth_opens_and_runs(trend):
    """Growth of 0 to 1 % a year: capital wears faster, and a creditor with a surplus gains foreign assets.

    Their share of GDP would stay only at a yield below growth by the surplus; the yield is not below nothing.
    """
    model = Model(2_000, rng=1, policy="no_ai", overrides=CALM | SETTLED | {
        "assumptions.growth.trend_opening": trend, "assumptions.growth.trend_long_run": trend,
        "assumptions.trade.world_growth": trend, "assumptions.trade.world_growth_long_run": trend,
        "assumptions.households.dwelling_starts": 1.0,
    })  # fmt: skip
    structure, a = model.economy.structure, model.state.macro
    assert structure.depreciation > model.economy.parameters.investment.depreciation
    target, income = (load_tables().macro[f"foreign_{name}_ratio"] for name in ("position", "income"))
    assert a.foreign_assets / (4 * a.nominal_gdp) == pytest.approx(target, rel=1e-9)
    for _ in range(24):
        model.step()
        steady = (1 + structure.foreign_rate) / (1 + trend) / (1 + model.economy.parameters.growth.inflation_target)
        target = steady * target + (structure.trade_balance - income) / 4
    assert a.foreign_assets / (4 * a.nominal_gdp) == pytest.approx(target, abs=0.03)
    growth = (series(model, "real_gdp")[-1] / series(model, "real_gdp")[4]) ** (1 / 5) - 1
    assert growth == pytest.approx(4 * trend, abs=0.015)
    assert 0.01 < a.unemployment_rate < 0.10
