"""The United States of 2017 and 2019: tables as their inputs yield them, trends of the years before, closed books."""

import csv
import math

import numpy as np
import pytest

from abm import Model, UserError
from abm.data import economy_for, find_economy, load_assumptions, load_observed, load_tables, openings_of
from abm.parameters import Parameters
from abm.reference.opening_checks import aggregate_checks, sector_checks
from abm.reference.usa_tables import FOLDER, VINTAGES, read, tables
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

STATUSES = {"read", "derived", "assumed", "tuned", "projection"}
YEARS_OF_ENERGY, QUARTERS = 7, 8
OPENING = f"assumptions.{OPENING_YEAR_KEY}"


@pytest.fixture(scope="module", params=VINTAGES)
def year(request):
    return request.param


@pytest.fixture(scope="module")
def vintage(year):
    return load_tables(year, "usa")


def opened(year, workers):
    return Model(workers=workers, rng=1, overrides={"economy": "usa", OPENING: year})


def series(name):
    return {one.year: one.value for one in load_observed("usa") if (one.variable, one.group) == (name, "economy")}


@pytest.mark.parametrize("name", ["sectors", "input_coefficients"])
def test_shipped_table_is_what_the_inputs_yield(name, year):
    assert read(f"{year}/{name}.csv") == tables()[f"{year}/{name}.csv"]


def test_every_figure_has_a_source_and_a_status_and_is_of_its_time(year):
    for name in ("macro", "assumptions", "births"):
        for row in csv.DictReader((FOLDER / f"{year}/{name}.csv").read_text(encoding="utf-8").splitlines()):
            assert row["status"] in STATUSES and row.get("source", "births").strip(), row
            assert name != "macro" or int(row["year"]) in (year - 1, year), row


def test_totals_of_the_table_are_those_of_its_macro_figures(vintage, year):
    macro = vintage.macro
    assert vintage.value_added.sum() == pytest.approx(1000 * macro["value_added_table_trn_cny"], rel=1e-4)
    assert vintage.employment_thousand.sum() == pytest.approx(1000 * macro["employment_million"], rel=1e-4)
    emitted = vintage.co2_mt.sum() + macro["co2_households_table_mt"]
    assert emitted == pytest.approx(macro["co2_table_total_mt"], abs=0.1)
    assert series("co2_emissions")[year] == macro["co2_total_mt"]
    uses = [macro[f"electricity_{name}_split_twh"] for name in ("primary", "secondary", "tertiary", "households")]
    assert sum(uses) == pytest.approx(macro["electricity_twh"])


def test_energy_trends_follow_from_the_seven_years_before(vintage, year):
    """The rule of the vintages of China: nothing is fitted to what the model then does."""
    gdp, given, energy = series("real_gdp"), load_assumptions(year, "usa"), Parameters().energy

    def trend(name):
        record = series(name)
        per_gdp = [record[at] / gdp[at] for at in (year - YEARS_OF_ENERGY, year)]
        return math.log(per_gdp[1] / per_gdp[0]) / (4 * YEARS_OF_ENERGY)

    total = vintage.macro["co2_total_mt"]
    grid = vintage.macro["electricity_twh"] * vintage.macro["grid_emission_factor_kg_per_kwh"] / total
    process = float((vintage.co2_mt * vintage.process_co2_share).sum()) / total
    other = grid * (trend("electricity_use") + given["energy.grid_trend"]) + process * given.get(
        "energy.process_trend", energy.process_trend
    )
    fuel = (trend("co2_emissions") - other) / (1 - grid - process)
    assert given["energy.fuel_trend"] == pytest.approx(fuel, abs=1e-4)
    saved = -fuel * (1 - grid - process) * total
    electrified = energy.electricity_for_fuel * energy.electrified_industry * saved / vintage.macro["electricity_twh"]
    for name in ("electricity_trend", "services_electricity_trend", "household_electricity_trend"):
        assert given[f"energy.{name}"] == pytest.approx(trend("electricity_use") - electrified, abs=1e-4)
    assert given["artificial_intelligence.enabled"] is False


def test_the_opening_is_within_its_tolerances(year):
    model = opened(year, 100_000)  # with fewer the Gini of 2019 depends on the seed
    assert not [check for check in sector_checks(model) + aggregate_checks(model) if not check.passed]


def test_the_books_close_for_two_years(year):
    model = opened(year, 2_000)
    for _ in range(QUARTERS):
        model.step()
    recorded = model.recorder.series
    assert recorded("sfc_residual").max() < 1e-9 and recorded("gdp_identity_residual").max() < 1e-9
    assert np.all(recorded("ai_adoption_share") == 0) and recorded("real_gdp").min() > 0


def test_a_year_of_another_country_is_refused_in_one_line():
    with pytest.raises(
        UserError,
        match="economy china does not open in 2019, only in 2012, 2015, 2018, 2024; take one .* write economy: usa",
    ) as refused:
        load_scenario("baseline", {OPENING: 2019})
    assert "\n" not in str(refused.value)
    with pytest.raises(UserError, match=r"no tables of china for 2017; it opens in 2012.* `economy: usa` has tables"):
        load_tables(2017)
    assert load_scenario("baseline", {OPENING: 2019, "economy": "usa"}).opening_year == 2019


def test_only_what_stands_in_for_an_economy_opens_in_its_place():
    assert find_economy("china_20").stands_in_for == "china" and not find_economy("usa").stands_in_for
    assert openings_of() == {2012: "china_20", 2015: "china_20", 2018: "china_20", 2024: "china"}
    assert set(openings_of("usa")) == {2017, 2019, 2024} and economy_for(2019) == "china"
