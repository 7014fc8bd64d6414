"""The shipped tables add up, are complete, and each has its section in SOURCES.md."""

import csv
import pickle
from importlib.resources import files

import numpy as np
import pytest

from abm.data import load_tables

pytestmark = pytest.mark.unit

ECONOMY = "china_20"
DIRECTORY = files("abm.data") / "economies" / ECONOMY
TABLE_NAMES = sorted(item.name for item in DIRECTORY.iterdir() if item.name.endswith(".csv"))
SECTOR_ORDER = "AGR MIN LGT PET CHM NMM MET MEQ TRE ELE UTL CON TRD TRN HOS ICT FIN RES BUS PUB".split()
STATUSES = {"read", "derived", "assumed"}


@pytest.fixture(scope="module")
def tables():
    return load_tables(economy=ECONOMY)


def cells(name):
    return list(csv.reader(DIRECTORY.joinpath(name).read_text(encoding="utf-8").splitlines()))


def arrays(tables):
    return {name: value for name, value in vars(tables).items() if isinstance(value, np.ndarray)}


def test_thirteen_tables_are_shipped():
    assert TABLE_NAMES == [
        "ages.csv",
        "births.csv",
        "growth_added.csv",
        "growth_autocovariances.csv",
        "growth_record.csv",
        "input_coefficients.csv",
        "macro.csv",
        "observed.csv",
        "occupations.csv",
        "sectors.csv",
        "similarity.csv",
        "staffing.csv",
    ]


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_table_is_rectangular_without_blank_or_undefined_cells(name):
    header, *rows = cells(name)
    assert len(set(header)) == len(header)
    assert rows
    for row in rows:
        assert len(row) == len(header)
        assert all(cell.strip() for cell in row)
        found = {cell.strip().lower() for column, cell in zip(header, row, strict=True) if column != "roles"}
        assert not found & {"nan", "na", "inf", "-inf", "none"}


@pytest.mark.parametrize("name", TABLE_NAMES)
def test_table_has_a_full_section_in_sources(name):
    text = DIRECTORY.joinpath("SOURCES.md").read_text(encoding="utf-8")
    sections = {part.split("\n", 1)[0].strip("` "): part for part in text.split("\n## ")[1:]}
    assert name in sections
    for heading in ("Source", "Year", "Licence", "Treatment", "Confidence"):
        assert f"**{heading}**" in sections[name], f"{name} lacks {heading}"


def test_every_sector_column_is_explained_in_sources():
    text = DIRECTORY.joinpath("SOURCES.md").read_text(encoding="utf-8")
    for name in ("sectors.csv", "occupations.csv"):
        for column in cells(name)[0]:
            assert f"`{column}`" in text, f"{column} of {name}"


def test_sector_order_and_shapes(tables):
    assert list(tables.codes) == SECTOR_ORDER
    sectors, occupations = len(tables.codes), len(tables.occupation_names)
    assert tables.domestic.shape == tables.imported.shape == (sectors, sectors)
    assert tables.staffing.shape == (sectors, occupations)
    assert tables.similarity.shape == (occupations, occupations)
    assert len(tables.occupation_codes) == len(set(tables.occupation_names)) == occupations


def test_matrices_keep_the_direction_of_the_long_table(tables):
    position = {code: i for i, code in enumerate(SECTOR_ORDER)}
    header, *rows = cells("input_coefficients.csv")
    assert header == ["supplying", "using", "domestic", "imported"]
    assert len(rows) == len(SECTOR_ORDER) ** 2
    for supplying, using, domestic, imported in rows:
        place = position[supplying], position[using]
        assert tables.domestic[place] == float(domestic)
        assert tables.imported[place] == float(imported)
    # Food takes far more from farms than farms take from food.
    assert tables.domestic[position["AGR"], position["LGT"]] > 0.1
    assert tables.domestic[position["AGR"], position["LGT"]] > tables.domestic[position["LGT"], position["AGR"]]


def test_arrays_are_finite_float_and_read_only(tables):
    found = arrays(tables)
    assert len(found) > 30
    for name, array in found.items():
        assert array.dtype == (np.int64 if name in {"branch", "owner", "electricity_group"} else np.float64), name
        assert np.isfinite(array).all(), name
        with pytest.raises(ValueError):
            array[0] = 1.0


def test_tables_are_loaded_once_and_travel_between_processes(tables):
    assert load_tables(economy=ECONOMY) is tables
    copy = pickle.loads(pickle.dumps(tables))
    np.testing.assert_array_equal(copy.domestic, tables.domestic)
    assert copy.macro == tables.macro


def test_columns_of_the_input_output_table_close(tables):
    inputs = (tables.domestic + tables.imported).sum(axis=0)
    np.testing.assert_allclose(inputs + tables.value_added / tables.gross_output, 1.0, atol=1e-4)


def test_economy_is_productive(tables):
    assert (tables.domestic >= 0).all() and (tables.imported >= 0).all()
    assert max(abs(np.linalg.eigvals(tables.domestic + tables.imported))) < 0.7


def test_value_added_is_the_sum_of_incomes(tables):
    incomes = tables.compensation + tables.net_production_tax + tables.depreciation + tables.operating_surplus
    np.testing.assert_allclose(incomes, tables.value_added, atol=0.05)
    assert tables.value_added.sum() / 1000 == pytest.approx(tables.macro["value_added_table_trn_cny"], abs=0.001)


def inventory_of_domestic_goods(tables):
    used = tables.domestic @ tables.gross_output + tables.exports
    return tables.gross_output - used - tables.final_consumption_domestic - tables.fixed_investment_domestic


def test_supply_less_use_leaves_the_known_inventory_column(tables):
    residual = inventory_of_domestic_goods(tables)
    assert residual.min() > -57 and residual.max() < 217
    assert residual.sum() == pytest.approx(878, abs=1)
    services = [SECTOR_ORDER.index(code) for code in "CON HOS ICT FIN RES BUS PUB".split()]
    np.testing.assert_allclose(residual[services], 0.0, atol=0.1)


def test_final_uses_split_into_domestic_and_imported_goods(tables):
    all_goods = tables.household_consumption + tables.government_consumption + tables.fixed_investment
    domestic = tables.final_consumption_domestic + tables.fixed_investment_domestic
    imported = all_goods + tables.inventory_change - domestic - inventory_of_domestic_goods(tables)
    np.testing.assert_allclose(imported, tables.final_imports, atol=0.2)


def test_household_consumption_is_rural_and_urban(tables):
    parts = tables.household_consumption_rural + tables.household_consumption_urban
    np.testing.assert_allclose(parts, tables.household_consumption, atol=0.05)


def test_physical_totals(tables):
    macro = tables.macro
    assert tables.employment_thousand.sum() == pytest.approx(775_800, rel=1e-3)
    assert tables.co2_mt.sum() + macro["co2_households_table_mt"] == pytest.approx(macro["co2_ceads_total_mt"], abs=0.5)
    # 4.875 billion tonnes of coal equivalent at 29.3 GJ per tonne.
    assert tables.energy_pj.sum() + macro["energy_households_pj"] == pytest.approx(142_834, rel=1e-3)


def test_business_research_adds_up_to_the_survey_total(tables):
    spent = (tables.rd_intensity * tables.gross_output).sum()
    assert spent == pytest.approx(tables.macro["berd_bn_cny"], rel=5e-3)


def test_shares_and_switches_lie_in_their_range(tables):
    for name in ("black_box_weight", "process_co2_share", "rd_intensity"):
        assert (getattr(tables, name) >= 0).all() and (getattr(tables, name) <= 1).all(), name
    assert set(tables.tradable) == set(tables.storable) == {0.0, 1.0}
    assert (tables.storable <= tables.tradable).all()
    assert tables.relative_adoption.mean() == pytest.approx(1.0, abs=1e-3)
    assert (tables.mean_firm_size > 0).all()


def test_staffing_rows_are_shares_and_no_occupation_is_empty(tables):
    np.testing.assert_allclose(tables.staffing.sum(axis=1), 1.0, atol=1e-9)
    assert (tables.staffing >= 0).all()
    assert (tables.staffing.max(axis=0) > 0.001).all()
    farming = tables.occupation_names.index("farming")
    assert tables.staffing[0, farming] == pytest.approx(0.90)


def test_wide_tables_name_the_same_occupations_and_sectors(tables):
    assert tuple(cells("staffing.csv")[0][1:]) == tables.occupation_names
    assert tuple(cells("similarity.csv")[0][1:]) == tables.occupation_names
    assert tuple(row[0] for row in cells("similarity.csv")[1:]) == tables.occupation_names
    assert tuple(row[0] for row in cells("staffing.csv")[1:]) == tables.codes


def test_similarity_is_bounded_and_highest_near_home(tables):
    assert (tables.similarity >= 0).all() and (tables.similarity <= 1).all()
    assert tables.similarity.diagonal().mean() > 2 * tables.similarity.mean()


def test_wages_are_relative_to_the_employment_weighted_mean(tables):
    weights = tables.occupation_us_employment_share
    assert weights.sum() == pytest.approx(1.0, abs=1e-3)
    assert np.average(tables.occupation_relative_wage, weights=weights) == pytest.approx(1.0, abs=1e-3)


def chinese_mix(tables):
    mix = tables.employment_thousand @ tables.staffing
    mix[tables.occupation_names.index("farming")] = 0.0
    return mix


def test_exposures_follow_the_documented_formula(tables):
    other = np.array(tables.occupation_names) != "farming"
    preparation = tables.occupation_job_zone / 5
    automation = tables.occupation_gpt4_beta * (1 - preparation)
    augmentation = np.sqrt(tables.occupation_gpt4_beta * preparation)
    for exposure, pattern in (
        (tables.occupation_automation_exposure, automation),
        (tables.occupation_augmentation_exposure, augmentation),
    ):
        np.testing.assert_allclose(exposure[other] / pattern[other], exposure[0] / pattern[0], rtol=5e-3)
        assert (exposure > 0).all() and (exposure < 1).all()
    mix = chinese_mix(tables)
    assert np.average(tables.occupation_automation_exposure, weights=mix) == pytest.approx(0.219, abs=0.001)
    assert np.average(tables.occupation_augmentation_exposure, weights=mix) == pytest.approx(0.322, abs=0.001)


def test_exposures_keep_the_ranking_of_the_nine_occupations(tables):
    automation = dict(zip(tables.occupation_names, tables.occupation_automation_exposure, strict=True))
    assert automation["office"] > 0.5 > automation["production"] > automation["management"] > automation["farming"]
    augmentation = dict(zip(tables.occupation_names, tables.occupation_augmentation_exposure, strict=True))
    assert augmentation["computer"] > augmentation["office"] > augmentation["production"] > augmentation["cleaning"]


def test_new_task_weights_sum_to_one(tables):
    assert tables.occupation_new_task_weight.sum() == pytest.approx(1.0, abs=1e-9)
    assert (tables.occupation_new_task_weight >= 0).all()
    assert ((tables.occupation_literacy > 0) & (tables.occupation_literacy < 1)).all()


def test_macro_figures_have_unique_names_and_a_status():
    header, *rows = cells("macro.csv")
    assert header == ["name", "value", "unit", "year", "concept", "source", "status"]
    names = [row[0] for row in rows]
    assert len(set(names)) == len(names)
    assert {row[-1] for row in rows} == STATUSES
    for row in rows:
        if "memory" in row[5] or "own assumption" in row[5]:
            assert row[-1] == "assumed", row[0]


def test_macro_figures_agree_with_each_other(tables):
    macro = tables.macro
    parts = [macro[f"household_income_{name}_share"] for name in ("wage", "business", "property", "transfer")]
    assert sum(parts) == pytest.approx(1.0)
    uses = [macro[f"electricity_{name}_split_twh"] for name in ("primary", "secondary", "tertiary", "households")]
    assert sum(uses) == pytest.approx(macro["electricity_split_twh"])
    factor = macro["grid_emission_factor_kg_per_kwh"] / macro["grid_emission_factor_2021_kg_per_kwh"]
    assert factor**0.5 - 1 == pytest.approx(macro["grid_factor_trend"], abs=0.001)
    incomes = [macro[f"quintile_{i}_income_cny"] for i in range(1, 6)]
    assert incomes == sorted(incomes)
    # Quintiles count households, so their plain mean lies a little above income per head.
    assert np.mean(incomes) == pytest.approx(macro["mean_disposable_income_cny"], rel=0.07)
