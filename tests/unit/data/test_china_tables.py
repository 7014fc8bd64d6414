"""China in 24 sectors: identities of the tables, and that they are what their inputs yield."""

import csv

import numpy as np
import pytest

from abm import Model
from abm.codes import Owner
from abm.data import load_tables
from abm.reference.china_input_drift import YEARS, recorded_drift
from abm.reference.china_people import OWN, POSTS, WEIGHTS, mother_rows
from abm.reference.china_tables import FOLDER, INCOMES, balanced, coefficients, figures, read, tables
from abm.reference.opening_checks import aggregate_checks, sector_checks
from abm.sectors import having

pytestmark = pytest.mark.unit

CODES = (
    "AGR MIN FOD LGX PET CHM NMM MET MEQ TRE ELE UTL CON TRD TRN HOS ICT FIN RES BUS EDU HEA GOV OTH".split()
)  # fmt: skip
STATUSES = {"read", "derived", "assumed"}
SHIPPED = sorted(path.name for path in FOLDER.glob("*.csv"))


@pytest.fixture(scope="module")
def china():
    return load_tables(2024, "china")


@pytest.fixture(scope="module")
def mother():
    return load_tables(2024, "china_20")


@pytest.fixture(scope="module")
def mothers():
    return [row["mother"] for row in read("inputs/attributes.csv")]


@pytest.fixture(scope="module")
def made():
    return tables()


def row_of(table, code):
    return table[CODES.index(code)]


@pytest.mark.parametrize(
    "name", ["sectors", "input_coefficients", "input_drift", "staffing", "occupations", "ages", "births"]
)
def test_shipped_table_is_what_the_inputs_yield(name, made):
    for shipped, worked_out in zip(read(f"{name}.csv"), made[f"{name}.csv"], strict=True):
        assert shipped.keys() == worked_out.keys()
        for column, cell in worked_out.items():
            try:
                assert float(shipped[column]) == pytest.approx(float(cell), rel=1e-6, abs=2e-8), (shipped, column)
            except ValueError:
                assert shipped[column] == cell


@pytest.mark.parametrize("name", SHIPPED)
def test_table_has_a_full_section_in_sources(name):
    text = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0].strip("` "): part for part in text.split("\n## ")[1:]}
    for heading in ("Source", "Year", "Licence", "Treatment", "Confidence"):
        assert f"**{heading}**" in sections[name], f"{name} lacks {heading}"


@pytest.mark.parametrize("name", ["sectors.csv", "occupations.csv"])
def test_every_column_is_explained_in_sources(name):
    text = (FOLDER / "SOURCES.md").read_text(encoding="utf-8")
    for column in read(name)[0]:
        assert f"`{column}`" in text, column


def test_drift_is_the_slope_of_the_logs_and_scatter_pulls_it_to_its_row():
    years, steady = np.array(YEARS), np.array([[0.02, -0.01], [0.0, 0.0]])
    shares = 0.3 * np.exp((years[:, None, None] - 2012) * steady)
    assert recorded_drift(shares) == pytest.approx(steady, abs=1e-9), "what scatters nothing is kept"
    noisy = shares * np.exp(0.3 * np.array([1, -1, 1, -1, 1]))[:, None, None]
    slopes = np.polyfit(years, np.log(noisy).reshape(5, 4), 1)[0].reshape(2, 2)
    pulled = recorded_drift(noisy)
    spread = np.abs(pulled - pulled.mean(axis=1, keepdims=True))
    assert (spread[0] < np.abs(slopes[0] - slopes[0].mean())).all()


def test_drift_has_a_row_for_all_but_energy(china):
    energy = [china.rows.energy_power, china.rows.energy_fuel, CODES.index("MIN")]
    assert not china.input_drift[energy].any() and (china.input_drift != 0).sum() > 400
    row = {code: china.input_drift[CODES.index(code)] for code in CODES}
    assert np.median(row["ICT"]) > 0.03 > 0 > np.median(row["MET"])


def test_sources_name_offices_and_no_address():
    text = "".join(path.read_text(encoding="utf-8") for path in [FOLDER / "SOURCES.md", *FOLDER.rglob("*.csv")])
    for word in ("http", "www.", ".com", "github"):
        assert word not in text.lower()


def test_sectors_of_2018_add_up_to_the_economy_in_20_sectors(mother, mothers):
    accounts = read("inputs/accounts_2018.csv")
    place = np.array([mother.codes.index(code) for code in mothers])
    for column in accounts[0].keys() - {"code"}:
        parts = figures(accounts, column)
        together = np.bincount(place, weights=parts, minlength=20)
        np.testing.assert_allclose(together, getattr(mother, column), atol=0.11, rtol=1e-5, err_msg=column)
    output = figures(accounts, "gross_output")
    for name in ("domestic", "imported"):
        flows = coefficients(read("inputs/input_coefficients_2018.csv"), CODES, name) * output
        summed = np.zeros((20, 20))
        np.add.at(summed, (place[:, None], place[None, :]), flows)
        share = summed / np.bincount(place, weights=output)
        np.testing.assert_allclose(share, getattr(mother, name), atol=2e-6)


def test_value_added_and_incomes_are_those_published(china):
    published = read("inputs/value_added_2023.csv")
    assert [row["code"] for row in published] == list(china.codes) == CODES
    for name in ("value_added", *INCOMES):
        np.testing.assert_allclose(getattr(china, name), figures(published, name), atol=1e-6)
    np.testing.assert_allclose(sum(getattr(china, name) for name in INCOMES), china.value_added, atol=0.05)
    assert china.value_added.sum() / 1000 == pytest.approx(china.macro["value_added_table_trn_cny"], abs=1e-4)
    assert china.compensation.sum() / china.value_added.sum() == pytest.approx(china.macro["labour_share"], abs=1e-4)
    assert china.net_production_tax.sum() / china.value_added.sum() == pytest.approx(0.082, abs=5e-4)


def test_columns_and_rows_of_the_fitted_table_close(china):
    inputs = (china.domestic + china.imported).sum(axis=0)
    np.testing.assert_allclose(inputs + china.value_added / china.gross_output, 1.0, atol=3e-7)
    assert max(abs(np.linalg.eigvals(china.domestic + china.imported))) < 0.7
    used = china.domestic @ china.gross_output + china.exports
    stocks = china.gross_output - used - china.final_consumption_domestic - china.fixed_investment_domestic
    bought = china.household_consumption + china.government_consumption + china.fixed_investment
    at_home = china.final_consumption_domestic + china.fixed_investment_domestic
    np.testing.assert_allclose(bought + china.inventory_change - at_home - stocks, china.final_imports, atol=0.02)


def test_expenditure_is_that_published_and_adds_up_to_value_added(china):
    gdp = china.value_added.sum()
    published = {row["use"]: float(row["share_of_gdp"]) for row in read("inputs/expenditure_2023.csv")}
    assert china.household_consumption.sum() / gdp == pytest.approx(published["household_consumption"], abs=1e-6)
    assert china.government_consumption.sum() / gdp == pytest.approx(published["government_consumption"], abs=1e-6)
    formed = china.fixed_investment.sum() + china.inventory_change.sum()
    assert formed / gdp == pytest.approx(published["capital_formation"], abs=1e-6)
    imports = china.final_imports.sum() + (china.imported @ china.gross_output).sum()
    # NBS has net exports of .0211 for 2023.
    assert (china.exports.sum() - imports) / gdp == pytest.approx(0.0211, abs=2e-4)
    parts = china.household_consumption_rural + china.household_consumption_urban
    np.testing.assert_allclose(parts, china.household_consumption, rtol=1e-6)


def test_every_cell_keeps_its_share_of_imports(china):
    table, rows = balanced(), read("inputs/input_coefficients_2018.csv")
    domestic, imported = (coefficients(rows, CODES, name) for name in ("domestic", "imported"))
    large = domestic + imported > 1e-3
    was = imported[large] / (domestic + imported)[large]
    now = china.imported[large] / (china.domestic + china.imported)[large]
    np.testing.assert_allclose(now, was, atol=2e-5)
    assert ((china.domestic + china.imported > 0) == (domestic + imported > 0)).mean() > 0.99
    assert (table.flows >= 0).all() and (table.uses >= 0).all()


def test_ratios_of_value_added_move_as_far_as_the_use_of_products():
    table, accounts = balanced(), read("inputs/accounts_2018.csv")
    was = figures(accounts, "value_added") / figures(accounts, "gross_output")
    moved = np.log((1 - table.inputs_share) / was)
    bought = table.old_coefficients @ table.output
    bought += table.old_uses @ (table.uses.sum(axis=0) / table.old_uses.sum(axis=0))
    used = np.log((table.flows.sum(axis=1) + table.uses.sum(axis=1)) / bought)
    np.testing.assert_allclose(moved, used, atol=5e-5)  # the accounts are rounded
    # Metals and cement earned more in 2018 than in 2012 (.185, .252) and 2015 (.153, .202).
    assert row_of(1 - table.inputs_share, "MET") == pytest.approx(0.202, abs=2e-3)
    assert row_of(1 - table.inputs_share, "NMM") == pytest.approx(0.242, abs=2e-3)
    change = np.abs(table.flows - table.old_coefficients * table.output).sum()
    assert change / (table.old_coefficients * table.output).sum() == pytest.approx(0.10, abs=5e-3)


def test_people_at_work_are_the_middle_of_the_censuses(china):
    rows, people = read("inputs/employment.csv"), china.employment_thousand
    assert people.sum() == pytest.approx(734_390, abs=15)
    assert people[0] == 162_980
    assert people.sum() / 1000 == pytest.approx(china.macro["employment_million"], rel=1e-4)
    assert people[0] / people.sum() == pytest.approx(china.macro["agriculture_employment_share"], abs=1e-4)
    middle = (figures(rows, "households_2023") + figures(rows, "units_2023")) / 2
    np.testing.assert_allclose(figures(rows, "middle_2023"), middle, atol=6e-3)
    ratio = people[1:] / figures(rows, "middle_2023")[1:]
    business = CODES.index("BUS") - 1
    np.testing.assert_allclose(np.delete(ratio, business), np.median(ratio), rtol=1e-3)
    assert ratio[business] > 1.3 * np.median(ratio)


def test_spread_of_pay_outside_farming_is_as_measured_without_shrinkage(china):
    pay = np.log(china.compensation / china.employment_thousand)[1:]
    assert pay.std() == pytest.approx(0.40, abs=0.02)


def test_staffing_of_the_new_sectors_adds_up_to_the_old_row(china, mother):
    new, old = china.staffing, mother.staffing
    np.testing.assert_allclose(new.sum(axis=1), 1.0, atol=1e-9)
    parts = sum(weight * row_of(new, code) for code, weight in WEIGHTS.items())
    np.testing.assert_allclose(parts, old[mother.codes.index("PUB")], atol=1e-5)
    people = china.employment_thousand
    light = row_of(people, "FOD") * row_of(new, "FOD") + row_of(people, "LGX") * row_of(new, "LGX")
    light /= row_of(people, "FOD") + row_of(people, "LGX")
    np.testing.assert_allclose(light, old[mother.codes.index("LGT")], atol=1e-5)
    for code, members in OWN.items():
        siblings = ("FOD", "LGX") if code in ("FOD", "LGX") else tuple(WEIGHTS)
        for name in members:
            column = china.occupation_names.index(name)
            assert row_of(new, code)[column] > 0.03
            assert all(row_of(new, other)[column] == 0 for other in siblings if other != code)
    for code in set(CODES) & set(mother.codes) - {"BUS"}:
        np.testing.assert_array_equal(row_of(new, code), old[mother.codes.index(code)])


def test_teachers_and_health_workers_are_as_many_as_china_has(china):
    jobs = dict(zip(china.occupation_names, china.employment_thousand @ china.staffing / 1000, strict=True))
    assert 16 < jobs["education"] < 21  # 18.9 million full-time teachers in 2023
    assert 12 < jobs["health_practitioners"] + jobs["health_support"] < 20


def test_business_services_have_the_posts_that_wages_point_to(china):
    row = dict(zip(china.occupation_names, row_of(china.staffing, "BUS"), strict=True))
    expected = {"managers": 0.053, "professional": 0.276, "clerical": 0.231, "services": 0.365, "production": 0.075}
    for post, share in expected.items():
        assert sum(row[name] for name in POSTS[post]) == pytest.approx(share, abs=2e-3)


def test_wages_move_with_the_chinese_posts(china):
    weights = china.occupation_us_employment_share
    assert np.average(china.occupation_relative_wage, weights=weights) == pytest.approx(1.0, abs=1e-3)
    factor = {row["name"]: float(row["wage_factor"]) for row in read("occupations.csv")}
    american = {row["name"]: float(row["us_relative_wage"]) for row in mother_rows("occupations.csv")}
    for name, wage in zip(china.occupation_names, china.occupation_relative_wage, strict=True):
        assert wage == pytest.approx(factor[name] * american[name], rel=1e-3)
    assert factor["office"] > 1.1 > factor["computer"] > 1 > factor["management"] > factor["production"] > 0.85


def test_emissions_add_up_to_the_national_total(china):
    macro = china.macro
    assert china.co2_mt.sum() + macro["co2_households_table_mt"] == pytest.approx(macro["co2_ceads_total_mt"], abs=0.5)
    old = figures(read("inputs/co2_2018.csv"), "co2_mt")
    assert old.sum() + 436.724 == pytest.approx(9621.12, abs=0.01)
    growth = macro["co2_ceads_total_mt"] / 9621.12
    assert growth == pytest.approx(macro["co2_total_mt"] / 10332.99, rel=1e-4)
    assert row_of(china.co2_mt, "NMM") / row_of(old, "NMM") == pytest.approx(1.83 / 2.2, abs=1e-3)
    # Power for the grid leaves a positive rest for heat.
    power = macro["electricity_twh"] * macro["grid_emission_factor_kg_per_kwh"]
    assert row_of(china.co2_mt, "UTL") * macro["co2_total_mt"] / macro["co2_ceads_total_mt"] > power


def test_macro_figures_agree_with_each_other(china):
    macro = china.macro
    parts = [macro[f"household_income_{name}_share"] for name in ("wage", "business", "property", "transfer")]
    assert sum(parts) == pytest.approx(1.0, abs=1e-3)
    uses = [macro[f"electricity_{name}_split_twh"] for name in ("primary", "secondary", "tertiary", "households")]
    assert sum(uses) == pytest.approx(macro["electricity_split_twh"])
    assert macro["tax_revenue_ratio"] == pytest.approx(17_497.2 / macro["nominal_gdp_trn_cny"] / 1000, abs=1e-4)
    for name in ("macro.csv", "assumptions.csv"):
        assert {row["status"] for row in read(name)} <= STATUSES
    assert {row["name"] for row in read("macro.csv")} == {row["name"] for row in mother_rows("macro.csv")}
    for row in read("macro.csv"):
        if "memory" in row["source"] or "own assumption" in row["source"]:
            assert row["status"] == "assumed", row["name"]


def test_ages_are_those_of_the_united_nations_and_deaths_near_the_count(china):
    assert china.age_adults.sum() == pytest.approx(1106, abs=1)
    assert china.age_adults[8:].sum() == pytest.approx(290, abs=1)
    assert (np.diff(china.age_death_rate) > 0).all()
    assert 10.5 < china.age_adults @ china.age_death_rate < 11.6  # NBS: 11.1, 10.9, 11.3 million in 2023 to 2025
    births = {row["year"]: float(row["births_million"]) for row in read("births.csv")}
    assert (births["2004"], births["2024"], births["2025"]) == (16.46, 9.54, 7.92)
    assert list(births) == [str(year) for year in range(2004, 2031)]


def test_roles_of_the_new_sectors(china):
    assert [code for code, public in zip(CODES, having(china.roles, "public"), strict=True) if public] == [
        "EDU", "HEA", "GOV",
    ]  # fmt: skip
    assert CODES[china.rows.teaching] == "EDU"
    assert CODES[china.rows.administration] == "GOV"
    assert china.relative_adoption.mean() == pytest.approx(1.0, abs=1e-3)
    with (FOLDER / "inputs" / "attributes.csv").open(encoding="utf-8") as file:
        assert [row["code"] for row in csv.DictReader(file)] == CODES


def test_the_opening_meets_every_target_and_the_books_close(china):
    model = Model(workers=10_000, rng=1, overrides={"economy": "china"})
    assert [
        (check.group, check.measure) for check in sector_checks(model) + aggregate_checks(model) if not check.passed
    ] == []
    adults = 10_000 * model.economy.structure.persons_per_worker / 1e6
    assert adults == pytest.approx(china.age_adults.sum(), rel=5e-3)
    for _ in range(4):
        model.step()
    assert 0.03 < model.outcome("unemployment_rate") < 0.08


def test_equity_opens_at_its_book_value_and_land_fees_at_their_record():
    model = Model(workers=10_000, rng=1, overrides={"economy": "china"})
    state, structure = model.state, model.economy.structure
    firms, macro, owned = state.firms, state.macro, model.economy.parameters.government.state_ownership
    shares = structure.owner[firms.sector] == Owner.SHAREHOLDERS
    book = (firms.capital + firms.inventory_value + firms.deposits - firms.loans)[shares].sum() + macro.bank_equity
    at_home = 1 - model.economy.structure.foreign_ownership
    assert macro.equity_value == pytest.approx(at_home * (1 - owned) * book, rel=0.02)
    land = structure.land_fee_share * state.workers.housing_outlay.sum() / macro.nominal_gdp
    # Ministry of Finance: 5.80 trillion yuan in 2023 and 4.87 in 2024.
    assert land == pytest.approx((5.80 / 129.43 + 4.87 / 134.81) / 2, abs=2e-3)
    assert macro.bonds / (4 * macro.nominal_gdp) == pytest.approx(model.economy.parameters.government.debt_target)
