"""Compute of those who sell AI services: its orders, its stock, its wear, and what the opening has of it."""

from __future__ import annotations

import numpy as np
import pytest

import abm
from abm.data import load_tables
from abm.economics.compute import compute_ordered, wear_with_compute
from abm.parameters import Compute
from abm.results.national_accounts import capital_consumption, compute_bought, integration_done

pytestmark = pytest.mark.unit
RULES = Compute()
OFF = {"assumptions.artificial_intelligence.enabled": False}


def model_of(seed=3, workers=4_000, **overrides):
    return abm.Model(workers, rng=seed, overrides=overrides)


def sellers(model):
    structure = model.economy.structure
    row = structure.rows.ai_services
    return row, slice(structure.sector_start[row], structure.sector_start[row + 1])


@pytest.fixture(scope="module")
def model():
    one = model_of()
    for _ in range(4):
        one.step()
    return one


def test_sellers_replace_grow_and_close_part_of_the_gap():
    wanted = 4 * RULES.of_services * 10.0
    assert compute_ordered(wanted, 10.0, 0.01, 1e9, RULES) == pytest.approx((RULES.depreciation + 0.01) * wanted)
    short = compute_ordered(0.5 * wanted, 10.0, 0.01, 1e9, RULES)
    assert short == pytest.approx((RULES.depreciation + 0.01 + RULES.speed) * 0.5 * wanted)
    assert compute_ordered(10 * wanted, 10.0, 0.0, 1e9, RULES) == 0.0
    assert compute_ordered(wanted, 10.0, 0.01, 1.0, RULES) == 1.0, "no more than they invest"


def test_more_services_need_more_compute_and_the_stock_settles_at_the_ratio():
    held = 0.0
    for _ in range(200):
        held += compute_ordered(held, 10.0, 0.0, 1e9, RULES) - RULES.depreciation * held
    assert held == pytest.approx(40 * RULES.of_services)


def test_wear_is_the_mean_of_both_kinds_of_capital():
    assert wear_with_compute(0.0125, 30.0, 100.0, RULES) == pytest.approx(0.7 * 0.0125 + 0.3 * RULES.depreciation)
    assert wear_with_compute(0.0125, 0.0, 100.0, RULES) == 0.0125
    assert wear_with_compute(0.0125, 200.0, 100.0, RULES) == pytest.approx(RULES.depreciation)


def test_a_quarter_orders_buys_and_wears_out(model):
    economy, macro = model.economy, model.state.macro
    structure, (row, here) = economy.structure, sellers(model)
    held, services = macro.compute_capital, macro.services_used
    capital, wear = economy.firms.capital[here].copy(), economy.sectors.wear[row]
    model.step()
    plans = economy.plans
    assert plans.compute > 0 and macro.compute_capital > 0
    realised = plans.investment_realised
    assert macro.compute_capital == pytest.approx((1 - RULES.depreciation) * held + realised * plans.compute)
    low, high = (compute_ordered(held, services, trend, 1e9, RULES) for trend in (-0.01, 0.03))
    assert low < plans.compute < high
    grown = (1 - wear) * capital + economy.firms.investment[here]
    np.testing.assert_allclose(economy.firms.capital[here], grown, rtol=1e-12)
    share = macro.compute_capital / economy.firms.capital[here].sum()
    assert economy.sectors.wear[row] == pytest.approx(
        structure.depreciation + (RULES.depreciation - structure.depreciation) * share
    )
    others = np.arange(economy.sectors.rows) != row
    assert (economy.sectors.wear[others] == structure.depreciation).all()
    assert compute_bought(economy) == plans.compute * realised
    goods = plans.capital - (plans.capital.sum() - plans.compute) * structure.capital_basket
    assert goods[structure.rows.computers] == pytest.approx(plans.compute)
    assert max(model.ledger.residual, model.ledger.gdp_residual) < 1e-12


def test_the_wear_of_compute_lowers_profit_and_net_product():
    """A quarter in which the same capital holds more compute: its wear is capital consumption."""
    found = []
    for share in (0.0, 0.2):
        one = model_of()
        one.step()
        row, here = sellers(one)
        economy = one.economy
        economy.sectors.wear[row] += share * (RULES.depreciation - economy.structure.depreciation)
        capital = float(economy.firms.capital[here].sum())
        one.step()
        found.append((economy.plans.firm_totals.depreciation, capital_consumption(economy), one.state.macro, capital))
    more = (found[1][0] - found[0][0]) / found[0][2].capital_price
    assert more == pytest.approx(0.2 * (RULES.depreciation - 0.0125) * found[0][3], rel=0.05)
    assert found[1][1] - found[0][1] == pytest.approx(more, rel=0.05)


def test_what_ai_needs_of_compute_raises_its_sellers_price():
    prices = []
    for share in (0.0, 0.3):
        one = model_of()
        row, _ = sellers(one)
        one.economy.sectors.wear[row] += share * (RULES.depreciation - one.economy.structure.depreciation)
        one.step()
        prices.append(one.state.sectors.posted_price[row])
    assert prices[1] > prices[0] * 1.005


def test_without_ai_no_capital_is_compute():
    one = model_of(**OFF)
    for _ in range(3):
        one.step()
    assert one.state.macro.compute_capital == 0.0 and one.economy.plans.compute == 0.0
    assert (one.state.sectors.wear == one.economy.structure.depreciation).all()
    assert (one.economy.structure.usual_wear == one.economy.structure.depreciation).all()


@pytest.mark.parametrize("economy", ["china", "china_20"])
def test_one_sector_makes_computers(economy):
    tables = load_tables(economy=economy)
    assert tables.codes[tables.rows.computers] == "ELE"


def test_the_opening_has_compute_for_its_services_and_it_lies_in_the_sellers_capital():
    one = model_of()
    opening, rules = one.economy.opening, one.economy.parameters.compute
    row, here = sellers(one)
    assert opening.compute == pytest.approx(4 * rules.of_services * opening.in_use.services.sum())
    held = one.state.macro.compute_capital
    assert 0 < held < 0.1 * one.state.firms.capital[here].sum()
    mean = wear_with_compute(one.economy.structure.depreciation, opening.compute, opening.capital[row], rules)
    assert one.state.sectors.wear[row] == mean == one.economy.structure.usual_wear[row]


def test_the_opening_has_integration_under_way_that_goes_on_in_the_first_quarters():
    """Bought and own integration over GDP at the opening, and in the first three quarters, means of eight seeds."""
    opened, later = [], []
    for seed in range(1, 9):
        one = model_of(seed, 10_000)
        use, gdp = one.economy.opening.in_use, one.economy.opening.gdp
        opened.append((use.spent.sum() / gdp, one.state.macro.fixed_investment / one.state.macro.nominal_gdp))
        assert one.state.firms.integration_due.sum() == pytest.approx(
            use.due.sum() * one.economy.structure.money_scale, rel=1e-9
        )
        assert (one.state.firms.integrating < 0.5 + 1e-12).all() and one.state.firms.intangible.sum() > 0
        for _ in range(3):
            one.step()
            spent = integration_done(one.economy) / one.state.macro.nominal_gdp
            later.append((spent, one.state.macro.fixed_investment / one.state.macro.nominal_gdp))
    spent, invested = np.array(opened).mean(axis=0), np.array(later).mean(axis=0)
    assert 0.003 < spent[0] < 0.007 and 1.0 < invested[0] / spent[0] < 1.6
    assert invested[1] == pytest.approx(spent[1], abs=0.004)


def test_own_integration_is_part_of_gdp_and_bought_integration_of_the_tables_investment():
    with_ai, without = (model_of(**overrides).economy.opening for overrides in ({}, OFF))
    use = with_ai.in_use
    assert with_ai.value_added.sum() == pytest.approx(without.value_added.sum(), rel=1e-12)
    assert with_ai.output.sum() < without.output.sum()
    np.testing.assert_array_equal(with_ai.wages, without.wages)
    uses = sum(
        getattr(with_ai, name).sum()
        for name in (
            "consumption", "government_consumption", "residential_investment", "public_investment",
            "fixed_investment", "inventory_change", "exports",
        )
    )  # fmt: skip
    assert uses - with_ai.imports.sum() + use.own.sum() == pytest.approx(with_ai.gdp, rel=1e-9)
    assert with_ai.capital.sum() < without.capital.sum()
    assert use.paid.sum() > 0
