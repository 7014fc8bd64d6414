"""The targets of the opening economy: three accounts that close, and totals that are those of the published tables."""

import numpy as np
import pytest

from abm.data import load_tables
from abm.parameters import Parameters, with_overrides
from abm.population.targets import open_economy
from abm.sectors import having

pytestmark = pytest.mark.unit

FINAL_USES = (
    "consumption",
    "government_consumption",
    "residential_investment",
    "public_investment",
    "fixed_investment",
)
CHANGED = {
    "growth.trend_opening": 0.008,
    "investment.depreciation": 0.015,
    "firms.inventory_target": 0.5,
    "households.residential_investment": 0.08,
    "government.public_investment": 0.04,
}


@pytest.fixture(scope="module", params=["default", "changed"])
def parameters(request):
    return with_overrides(Parameters(), CHANGED if request.param == "changed" else {})


@pytest.fixture(scope="module")
def opening(parameters):
    return open_economy(parameters)


@pytest.fixture(scope="module")
def macro():
    return load_tables().macro


def final(opening):
    return sum(getattr(opening, use) for use in FINAL_USES)


def close(one, other, tolerance=1e-9):
    return np.allclose(one, other, rtol=tolerance, atol=tolerance * np.max(np.abs(other)))


def test_uses_of_every_product_are_its_sources(opening):
    inputs = opening.input_coefficients @ opening.output
    uses = inputs + final(opening) + opening.exports + opening.inventory_change
    assert close(uses, opening.output + opening.imports)


def test_domestic_uses_exports_and_inventories_are_the_output(opening):
    inputs = (opening.input_coefficients * (1 - opening.input_import_share)) @ opening.output
    uses = inputs + (1 - opening.final_import_share) * final(opening) + opening.exports + opening.inventory_change
    assert close(uses, opening.output)


def test_gdp_is_the_same_three_ways_and_that_of_the_year(opening, macro):
    expenditure = sum(map(np.sum, (final(opening), opening.inventory_change, opening.exports, -opening.imports)))
    income = opening.wages + opening.mixed_income + opening.production_taxes + opening.gross_surplus
    assert opening.gdp == pytest.approx(macro["nominal_gdp_trn_cny"] * 1000 / 4, rel=1e-12)
    for gdp in (opening.value_added.sum(), income.sum(), expenditure):
        assert gdp == pytest.approx(opening.gdp, rel=1e-9)
    assert close(income, opening.value_added)
    assert close(opening.output * (1 - opening.input_coefficients.sum(axis=0)), opening.value_added)


def test_employment_is_the_published_total(opening, macro):
    assert opening.employment.sum() == pytest.approx(macro["employment_million"], rel=1e-12)
    assert (opening.employment > 0).all()


def test_only_farmers_have_mixed_income(opening):
    (farming,) = np.flatnonzero(having(opening.tables.roles, "farming"))
    assert opening.mixed_income[farming] > 0
    assert np.count_nonzero(opening.mixed_income) == 1


def test_nothing_is_negative_that_must_not_be(opening):
    for name in (*FINAL_USES, "output", "value_added", "wages", "capital", "exports", "imports", "inventory_change",
                 "input_coefficients", "co2_fuel", "co2_process", "electricity"):  # fmt: skip
        assert (getattr(opening, name) >= 0).all(), name
    assert (opening.output > 0).all()
    assert (opening.capital > 0).all()
    assert (opening.input_coefficients.sum(axis=0) < 1).all()


def test_shares_of_imports_are_shares(opening):
    for shares in (opening.input_import_share, opening.final_import_share):
        assert ((shares >= 0) & (shares <= 1)).all()
    by_product = (opening.input_coefficients * opening.input_import_share) @ opening.output
    assert close(by_product + opening.final_import_share * final(opening), opening.imports)


def test_carbon_dioxide_adds_up_to_the_national_total(opening, macro):
    total = opening.co2.sum() + opening.co2_households
    rounded = 0.05 / macro["co2_ceads_total_mt"]  # the total of the table that sectors come from has one decimal
    assert total * 4 == pytest.approx(macro["co2_total_mt"], rel=rounded)
    grid = macro["electricity_twh"] / 4 * macro["grid_emission_factor_kg_per_kwh"]
    assert opening.co2_grid == pytest.approx(grid, rel=1e-9)
    power = opening.rows.energy_power
    assert opening.co2[power] == pytest.approx(opening.co2_fuel[power] + opening.co2_process[power] + grid, rel=1e-9)


def test_electricity_adds_up_to_the_national_total(opening, macro):
    total = opening.electricity.sum() + opening.electricity_households + opening.electricity_ai
    assert total * 4 == pytest.approx(macro["electricity_twh"], rel=1e-9)


def test_investment_keeps_capital_growing_at_the_trend(opening, parameters):
    """Capital is that of the quarter's end; investment replaces and enlarges what the quarter began with."""
    trend = parameters.growth.trend_opening
    began = opening.capital.sum() / (1 + trend)
    kept_up = (opening.depreciation + trend) * began
    assert opening.fixed_investment.sum() == pytest.approx(kept_up, rel=1e-9)


def test_capital_lies_where_it_earns(opening):
    outside = ~having(opening.tables.roles, "farming")
    capital, surplus = opening.capital[outside], opening.gross_surplus[outside]
    assert close(capital / capital.sum(), surplus / surplus.sum())


def test_only_goods_are_kept_in_stock_and_stocks_grow_at_the_trend(opening, parameters):
    held = opening.inventory_change / (parameters.growth.trend_opening * opening.output)  # quarters of output
    assert not held[~opening.storable].any()
    assert close(held[opening.storable], held[opening.storable][0])
    assert 0.5 * parameters.firms.inventory_target < held.max() <= parameters.firms.inventory_target


def test_dwellings_and_public_works_have_their_share_of_gdp(opening, parameters):
    dwellings = opening.residential_investment.sum() / opening.gdp
    assert dwellings == pytest.approx(parameters.households.residential_investment, rel=1e-9)
    works = opening.public_investment.sum() / opening.gdp
    assert works == pytest.approx(parameters.government.public_investment, rel=1e-9)


def test_the_opening_is_the_same_every_time(parameters, opening):
    again = open_economy(parameters, load_tables())
    for first, second in ((opening, again), (opening.applied, again.applied)):
        for name, value in vars(first).items():
            assert name in ("applied", "in_use") or np.array_equal(value, getattr(second, name)), name
