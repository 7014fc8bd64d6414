"""The United States in 24 sectors: identities of the tables, the opening, closed books and a sane long run."""

import csv
import shutil

import numpy as np
import pytest

from abm import Model
from abm.codes import Owner
from abm.data import find_economy, load_assumptions, load_tables
from abm.reference.opening_checks import aggregate_checks, sector_checks
from abm.reference.usa_tables import FOLDER, STATE, figures, read, tables
from xinzhi.analysis.moments.targets import load_targets

pytestmark = pytest.mark.unit

STATUSES = {"read", "derived", "assumed"}
QUARTERS, WORKERS = 104, 6_000


@pytest.fixture(scope="module")
def usa():
    return load_tables(2024, "usa")


@pytest.fixture(scope="module")
def china():
    return load_tables(2024, "china")


@pytest.fixture(scope="module")
def runs():
    models = [Model(workers=WORKERS, rng=seed, overrides={"economy": "usa"}) for seed in (1, 2, 3)]
    for model in models:
        for _ in range(QUARTERS):
            model.step()
    return models


@pytest.mark.parametrize("name", ["sectors", "input_coefficients", "births"])
def test_shipped_table_is_what_the_inputs_yield(name):
    for shipped, worked_out in zip(read(f"{name}.csv"), tables()[f"{name}.csv"], strict=True):
        assert shipped == worked_out


def test_columns_and_rows_close(usa):
    inputs = usa.domestic + usa.imported
    added = usa.gross_output * (1 - inputs.sum(axis=0))
    assert added == pytest.approx(usa.value_added, rel=2e-3)
    parts = usa.compensation + usa.net_production_tax + usa.depreciation + usa.operating_surplus
    assert parts == pytest.approx(usa.value_added, rel=1e-4, abs=2e-2)
    sold = usa.domestic @ usa.gross_output + usa.final_consumption_domestic + usa.fixed_investment_domestic
    rest = usa.gross_output - sold - usa.exports - usa.inventory_change
    assert np.abs(rest).max() < 0.006 * usa.gross_output.max()


def test_moving_public_services_keeps_the_totals(usa):
    published = read("inputs/accounts_2023.csv")
    for name in ("gross_output", "value_added", "compensation", "exports", "final_imports"):
        assert getattr(usa, name).sum() == pytest.approx(figures(published, name).sum(), rel=1e-6)
    state = next(row for row in published if row["code"] == STATE)
    assert usa.compensation[usa.codes.index(STATE)] < float(state["compensation"])
    both = usa.household_consumption + usa.government_consumption
    old = figures(published, "household_consumption") + figures(published, "government_consumption")
    assert both.sum() == pytest.approx(old.sum(), rel=1e-6)


def test_every_figure_has_a_source_and_a_status():
    for name in ("macro", "assumptions"):
        for row in csv.DictReader((FOLDER / f"{name}.csv").read_text(encoding="utf-8").splitlines()):
            assert row["source"].strip() and row["status"] in STATUSES, row
    for path in (FOLDER / "inputs").glob("*.csv"):
        assert (
            path.stem.rpartition("_")[0] in {"accounts", "flows", "counts", "sectors"}
            or path.stem == "attributes"
            or all(row["status"] in STATUSES | {"projection"} for row in read(f"inputs/{path.name}"))
        )


def test_it_has_the_sectors_and_occupations_of_china(usa, china):
    assert usa.codes == china.codes and usa.occupation_names == china.occupation_names
    assert usa.economy.currency["code"] == "USD"
    assert usa.owner[usa.codes.index("HEA")] == Owner.SHAREHOLDERS != china.owner[china.codes.index("HEA")]


def test_immigrants_are_among_those_who_turn_twenty(usa, china):
    assert (usa.immigrants > 0.5).all() and not china.immigrants.any()


def test_what_is_named_as_the_countrys_own_is_not_what_china_has():
    own, others = load_assumptions(2024, "usa"), load_assumptions(2024, "china")
    assert own["structural_change.migration"] is False and own["government.land_fees"] is False
    assert {key for key in own if own[key] == others.get(key)} == {"labour.employment_shrinkage"}


def test_the_opening_is_within_its_tolerances():
    model = Model(workers=10_000, rng=1, overrides={"economy": "usa"})
    failed = [check for check in sector_checks(model) + aggregate_checks(model) if not check.passed]
    assert not failed


def test_the_deficit_and_the_income_tax_of_the_opening_are_those_on_record(usa):
    model = Model(workers=10_000, rng=1, overrides={"economy": "usa"})
    macro = model.state.macro
    assert -macro.government_balance == pytest.approx(usa.macro["deficit_target_share"] * macro.nominal_gdp)
    model.step()
    paid = model.economy.ledger.amounts["income_tax"] / model.state.macro.nominal_gdp
    assert paid == pytest.approx(usa.macro["income_tax_share"], rel=0.05)


def test_without_a_target_debt_grows_with_gdp(china):
    macro = Model(workers=2_000, rng=1).state.macro
    assert "deficit_target_share" not in china.macro
    growth = (1 + macro.frontier_growth) * 1.005 - 1
    assert -macro.government_balance == pytest.approx(growth * macro.bonds)


def test_the_books_close_and_the_long_run_is_plausible(runs):
    for model in runs:
        recorded = model.recorder.series
        assert recorded("sfc_residual").max() < 1e-9 and recorded("gdp_identity_residual").max() < 1e-9
        assert 0.03 < recorded("unemployment_rate").mean() < 0.07
        assert 0.33 < recorded("gini_disposable_income").min() < recorded("gini_disposable_income").max() < 0.46
        gdp = recorded("real_gdp")
        assert 0.012 < np.log(gdp[-1] / gdp[0]) / (QUARTERS / 4) < 0.032


def test_use_of_ai_has_the_order_of_the_census_survey():
    model = Model(workers=40_000, rng=1, overrides={"economy": "usa"})
    use = dict(zip(model.economy.opening.codes, model.state.sectors.adoption.tolist(), strict=True))
    assert use["ICT"] > use["BUS"] > use["TRD"] > max(use["CON"], use["HOS"])
    assert 0.037 < float((model.state.firms.ai_stage > 0).mean()) < 0.075


def test_its_facts_have_bands_and_sources():
    facts = load_targets("usa")
    assert {fact.name for fact in facts} >= {"unemployment_mean", "gini_opening", "adoption_opening", "sfc_residual"}
    assert all(fact.band and fact.source for fact in facts)
    assert load_targets("china") == load_targets() != facts


def test_facts_are_found_by_the_name_in_a_manifest_and_never_by_a_path(tmp_path):
    shutil.copytree(find_economy("usa").folder, tmp_path / "eco" / "myland")
    assert load_targets(find_economy(str(tmp_path / "eco" / "myland")).name) == load_targets("usa")
    assert load_targets("eco/myland") == load_targets("../usa") == load_targets("myland") == load_targets()
