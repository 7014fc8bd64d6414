"""The economies of 2012, 2015 and 2018: their tables add up, nothing later is read, and they open as they should."""

import csv
import math
from importlib.resources import files

import numpy as np
import pytest

from abm.data import (
    DEFAULT_YEAR,
    economy_for,
    figures,
    find_economy,
    load_assumptions,
    load_observed,
    load_tables,
    plausible,
)
from abm.data import tables as reader
from abm.errors import UserError
from abm.levers import resolve
from abm.parameters import Parameters, with_overrides
from abm.population import populate
from abm.population.targets import open_economy
from abm.reference.opening_report import measure_opening
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.resolution import parameters_of
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

ECONOMY = files("abm.data") / "economies" / economy_for(2012)
EARLIER = tuple(year for year in find_economy(economy_for(2012)).openings if year != DEFAULT_YEAR)
PER_YEAR = ("assumptions", "input_coefficients", "macro", "sectors")
STATUSES = {"read", "derived", "assumed", "tuned"}
YEARS_OF_ENERGY = 7
STRUCTURE_OF_DEFAULT = 2018  # year of the sector tables that the economy of 2024 scales to its levels


NAMES = sorted(
    f"{year}/{item.name}" for year in EARLIER for item in (ECONOMY / str(year)).iterdir() if item.name.endswith(".csv")
)


def rows_of(name):
    return list(csv.DictReader(ECONOMY.joinpath(name).read_text(encoding="utf-8").splitlines()))


def opened_in(year, **assumptions):
    """The parameters of a baseline that opens in a year; names have a double underscore for the dot."""
    settings = {f"assumptions.{key.replace('__', '.')}": value for key, value in assumptions.items()}
    return parameters_of(load_scenario("baseline", {f"assumptions.{OPENING_YEAR_KEY}": year, **settings}))


def series(variable, group="economy"):
    return {one.year: one.value for one in load_observed() if (one.variable, one.group) == (variable, group)}


@pytest.fixture(scope="module", params=EARLIER)
def year(request):
    return request.param


@pytest.fixture(scope="module")
def tables(year):
    return load_tables(year)


@pytest.fixture(scope="module")
def opening(year):
    return open_economy(opened_in(year))


def test_every_year_has_its_tables():
    assert sorted(f"{year}/{name}.csv" for name in PER_YEAR for year in EARLIER) == NAMES


@pytest.mark.parametrize("name", [*NAMES, "observed.csv"])
def test_table_is_rectangular_and_known_to_sources(name):
    header, *rows = csv.reader(ECONOMY.joinpath(name).read_text(encoding="utf-8").splitlines())
    assert rows and all(len(row) == len(header) and all(cell.strip() for cell in row) for row in rows)
    if "status" in header:
        assert {row[header.index("status")] for row in rows} <= STATUSES
    text = ECONOMY.joinpath("SOURCES.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0].strip("` "): part for part in text.split("\n## ")[1:]}
    for heading in ("Source", "Year", "Licence", "Treatment", "Confidence"):
        assert f"**{heading}**" in sections[name], f"{name} lacks {heading}"


def test_columns_and_incomes_of_the_table_close(tables):
    inputs = (tables.domestic + tables.imported).sum(axis=0)
    np.testing.assert_allclose(inputs + tables.value_added / tables.gross_output, 1.0, atol=1e-4)
    incomes = tables.compensation + tables.net_production_tax + tables.depreciation + tables.operating_surplus
    np.testing.assert_allclose(incomes, tables.value_added, atol=0.05)
    assert max(abs(np.linalg.eigvals(tables.domestic + tables.imported))) < 0.7


def test_rows_of_the_table_close_with_the_discrepancy_in_inventories(tables):
    supply = tables.gross_output + tables.imported @ tables.gross_output + tables.final_imports
    final = tables.household_consumption + tables.government_consumption + tables.fixed_investment
    inputs = (tables.domestic + tables.imported) @ tables.gross_output
    np.testing.assert_allclose(inputs + final + tables.inventory_change + tables.exports, supply, atol=0.1)


def test_totals_of_the_table_are_those_of_its_macro_figures(tables, year):
    macro = tables.macro
    assert tables.value_added.sum() == pytest.approx(1000 * macro["value_added_table_trn_cny"], rel=1e-5)
    assert tables.employment_thousand.sum() == pytest.approx(1000 * macro["employment_million"], rel=1e-6)
    assert tables.co2_mt.sum() + macro["co2_households_table_mt"] == pytest.approx(macro["co2_total_mt"], abs=0.1)
    uses = [macro[f"electricity_{name}_split_twh"] for name in ("primary", "secondary", "tertiary", "households")]
    assert sum(uses) == pytest.approx(macro["electricity_split_twh"]) == macro["electricity_twh"]
    assert series("co2_emissions")[year] == macro["co2_total_mt"]


def test_observed_shares_add_up():
    for variable in ("employment_share", "value_added_share"):
        years = {one.year for one in load_observed() if one.variable == variable and one.group == "MIN"}
        for year in years:
            parts = [one.value for one in load_observed() if one.variable == variable and one.year == year]
            assert len(parts) == len(load_tables(2012).codes), (variable, year)
            assert sum(parts) == pytest.approx(1.0, abs=2e-5), (variable, year)
    for year in range(2010, 2020):
        parts = [one.value for one in load_observed() if one.variable == "co2_by_sector" and one.year == year]
        assert len(parts) == 16 and sum(parts) == pytest.approx(series("co2_emissions")[year], abs=0.1)


def test_nothing_is_dated_after_the_opening(year):
    years = {int(row["year"]) for row in rows_of(f"{year}/macro.csv")}
    assert years <= {year - 1, year} and year in years, "inflation is that of the quarter before"


def read_by(function, monkeypatch):
    """All tables of an economy are read by the function."""
    for module in (reader, plausible, figures):
        monkeypatch.setattr(module, "read_rows", function)


def test_opening_reads_its_own_tables_and_never_the_targets(year, monkeypatch):
    read = []
    original = reader.read_rows

    def noted(path):
        read.append(f"{path.parent.name}/{path.name}")
        return original(path)

    read_by(noted, monkeypatch)
    reader._tables.cache_clear()
    populate(opened_in(year), 2_000, 1)
    reader._tables.cache_clear()
    own = {f"{year}/{name}.csv" for name in PER_YEAR}
    assert own <= set(read)
    assert {name for name in read if name[:4].isdigit()} == own
    assert not any("observed" in name for name in read)


def test_later_figures_change_nothing(year, monkeypatch):
    """Whatever the default tables say of 2018 and 2024, the economy of the earlier year is the same to the bit."""

    def opened():
        reader._tables.cache_clear()
        state, structure, _ = populate(opened_in(year), 2_000, 1)
        parts = (state.workers, state.firms, state.sectors, structure)
        return [value.tobytes() for part in parts for value in vars(part).values() if isinstance(value, np.ndarray)]

    before, original, changed = opened(), reader.read_rows, set()
    later = {"macro.csv": ("value",), "input_coefficients.csv": ("domestic", "imported")}
    later["sectors.csv"] = tuple(set(rows_of(f"{year}/sectors.csv")[0]) - {"code"})

    def doubled(path):
        columns = later.get(path.name, ()) if path.parent.name == ECONOMY.name else ()
        kept = figures.LASTING  # the price of the scheme today and hours of work hold whenever the economy opens
        changed.update({path.name} if columns else {})
        return [
            row if row.get("name") in kept else row | {key: str(2 * float(row[key])) for key in columns}
            for row in original(path)
        ]

    read_by(doubled, monkeypatch)
    after = opened()
    assert changed == {"macro.csv", "sectors.csv"}  # the figures were changed indeed; later inputs are not even read
    reader._tables.cache_clear()
    assert after == before


def test_an_earlier_year_takes_nothing_from_the_default_but_what_was_never_measured(year):
    tables, default = load_tables(year), load_tables(economy=ECONOMY.name)
    own = set(rows_of(f"{year}/sectors.csv")[0]) - {"code"}
    for name, value in vars(tables).items():
        if isinstance(value, np.ndarray) and name in own | {"domestic", "imported"}:
            assert np.array_equal(value, getattr(default, name)) == (year == STRUCTURE_OF_DEFAULT), name
    kept = {"energy_pj", "rd_intensity", "mean_firm_size", "relative_adoption", "staffing"}
    for name in kept:
        np.testing.assert_array_equal(getattr(tables, name), getattr(default, name))
    assert not set(tables.macro) - set(default.macro)


def test_trends_follow_from_the_years_before(year, tables):
    gdp, electricity, co2 = (series(name) for name in ("real_gdp", "electricity_use", "co2_emissions"))
    given = load_assumptions(year)

    def trend(values):
        return math.log(values[year] / values[year - YEARS_OF_ENERGY]) / (4 * YEARS_OF_ENERGY)

    macro, energy = tables.macro, Parameters().energy
    grid = macro["electricity_twh"] * macro["grid_emission_factor_kg_per_kwh"] / macro["co2_total_mt"]
    process = float((tables.co2_mt * tables.process_co2_share).sum()) / macro["co2_total_mt"]
    use = trend(electricity) - trend(gdp)
    other = grid * (use + given["energy.grid_trend"]) + process * given["energy.process_trend"]
    fuel = (trend(co2) - trend(gdp) - other) / (1 - grid - process)
    assert given["energy.fuel_trend"] == pytest.approx(fuel, abs=1e-4)
    saved = -fuel * (1 - grid - process) * macro["co2_total_mt"]
    electrified = energy.electricity_for_fuel * energy.electrified_industry * saved / macro["electricity_twh"]
    assert given["energy.electrified_services"] == energy.electrified_industry
    for name in ("electricity_trend", "services_electricity_trend", "household_electricity_trend"):
        assert given[f"energy.{name}"] == pytest.approx(use - electrified, abs=5e-5)
    assert given["energy.grid_trend_long_run"] == given["energy.grid_trend"]
    assert given["artificial_intelligence.enabled"] is False


def test_accounts_of_the_opening_close(opening):
    uses = (
        opening.consumption + opening.government_consumption + opening.residential_investment
        + opening.public_investment + opening.fixed_investment
    )  # fmt: skip
    inputs = opening.input_coefficients @ opening.output
    total = inputs + uses + opening.exports + opening.inventory_change
    np.testing.assert_allclose(total, opening.output + opening.imports, atol=1e-6)
    gdp = (uses + opening.inventory_change + opening.exports - opening.imports).sum()
    assert gdp == pytest.approx(opening.gdp, rel=1e-9) and opening.value_added.sum() == pytest.approx(opening.gdp)
    for name in ("consumption", "exports", "imports", "residential_investment", "fixed_investment", "co2_fuel"):
        assert (getattr(opening, name) >= 0).all(), name
    assert ((opening.final_import_share >= 0) & (opening.final_import_share <= 1 + 1e-9)).all()


def test_opening_meets_its_targets(year):
    report = measure_opening(20_000, 1, year)
    missed = [check for check in report.sectors + report.aggregates if not check.passed]
    assert not missed


def test_default_year_has_the_assumptions_of_its_economy_alone():
    assert load_assumptions(DEFAULT_YEAR, ECONOMY.name) == {}
    assert opened_in(DEFAULT_YEAR) == with_overrides(Parameters(), load_assumptions(DEFAULT_YEAR))


def test_a_scenario_may_change_what_the_year_brings():
    parameters = opened_in(2012, growth__trend_opening=0.02)
    assert parameters.growth.trend_opening == 0.02 and parameters.growth.opening_year == 2012
    assert parameters.labour.natural_unemployment == load_assumptions(2012)["labour.natural_unemployment"]


def test_a_year_without_tables_is_refused():
    with pytest.raises(UserError, match="2013: the economy china can open in 2012, 2015, 2018, 2024"):
        opened_in(2013)
    with pytest.raises(UserError, match="no tables of china_20 for 2013; it opens in 2012, 2015, 2018, 2024"):
        load_tables(2013, ECONOMY.name)


def test_calendar_follows_the_opening_year():
    assert load_scenario("baseline", {f"assumptions.{OPENING_YEAR_KEY}": 2012}).opening_year == 2012
    assert load_scenario("baseline").opening_year == DEFAULT_YEAR
    levers = resolve({"carbon_price": {2015: 200}}, 2012)
    prices = [levers.policy(quarter).carbon_price for quarter in (11, 12)]
    assert prices[0] != 200 and prices[1] == 200
