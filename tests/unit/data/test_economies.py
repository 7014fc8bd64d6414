"""An economy is a folder of tables: one with another sector opens and runs, and what is wrong with one is said."""

import csv
import re
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import abm
from abm.data import DEFAULT_ECONOMY, digest_of, economy_for, find_economy, load_tables, shipped_economies
from abm.data.manifest import ECONOMIES
from abm.errors import UserError
from abm.languages import translated
from abm.results.groups import group_labels, sectors_with
from abm.scenarios.scenario import load_scenario
from abm.sectors import BRANCHES, OCCUPATION_ROLES, OWNERS, ROLES

pytestmark = pytest.mark.unit

SOURCE = "china_20"
ALONE = {role for role, (_, alone) in ROLES.items() if alone}
IN_PROPORTION = (
    "gross_output value_added compensation net_production_tax depreciation operating_surplus household_consumption "
    "household_consumption_rural household_consumption_urban government_consumption fixed_investment inventory_change "
    "exports final_consumption_domestic fixed_investment_domestic final_imports employment_thousand co2_mt energy_pj"
).split()
PARTS = (0.6, 0.4)


def table(path):
    return list(csv.DictReader(path.read_text(encoding="utf-8").splitlines()))


def write(path, rows):
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, rows[0], lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)


def split(folder, old, new):
    """A part of a sector becomes a sector of its own: its rows and columns by shares, without roles of one sector."""
    sectors = []
    for row in table(folder / "sectors.csv"):
        for code, part in zip((old, new), PARTS) if row["code"] == old else ((row["code"], 1.0),):
            one = row | {"code": code} | {name: repr(float(row[name]) * part) for name in IN_PROPORTION}
            if code == new:
                one["roles"] = ";".join(role for role in row["roles"].split(";") if role not in ALONE) or "none"
            sectors.append(one)
    write(folder / "sectors.csv", sectors)
    parts = {old: tuple(zip((old, new), PARTS))}
    write(folder / "input_coefficients.csv", [
        row | {"supplying": supplying, "using": using}
        | {name: repr(float(row[name]) * part) for name in ("domestic", "imported")}
        for row in table(folder / "input_coefficients.csv")
        for supplying, part in parts.get(row["supplying"], ((row["supplying"], 1.0),))
        for using, _ in parts.get(row["using"], ((row["using"], 1.0),))
    ])  # fmt: skip
    write(folder / "staffing.csv", [
        row | {"sector": code} for row in table(folder / "staffing.csv")
        for code in ((old, new) if row["sector"] == old else (row["sector"],))
    ])  # fmt: skip


@pytest.fixture
def mine(tmp_path):
    """A copy of the tables that a user has brought, which opens in 2024 only."""
    folder = tmp_path / "mine"
    shutil.copytree(ECONOMIES / SOURCE, folder)
    manifest = (folder / "manifest.yaml").read_text(encoding="utf-8")
    (folder / "manifest.yaml").write_text(re.sub(r"(?m)^  201\d:.*\n", "", manifest), encoding="utf-8")
    return folder


@pytest.mark.parametrize("code", ["TRD", "AGR", "PUB"])
def test_another_sector_needs_no_change_of_code(mine, code):
    """Books close in every quarter, or the run ends with an AccountingError."""
    split(mine, code, "NEW")
    overrides = {"economy": str(mine)}
    model, whole = abm.Model(5_000, rng=1, overrides=overrides), abm.Model(5_000, rng=1, overrides={"economy": SOURCE})
    codes = model.economy.opening.codes
    assert len(codes) == len(load_tables(economy=SOURCE).codes) + 1 and codes.index("NEW") == codes.index(code) + 1
    assert model.outcome("real_gdp", 0) == pytest.approx(whole.outcome("real_gdp", 0))
    for _ in range(8):
        model.step()
        whole.step()
    assert model.outcome("real_gdp") == pytest.approx(whole.outcome("real_gdp"), rel=0.02)
    assert model.recorder.groups["sectors"].shape[1] == len(codes)
    added = model.recorder.groups["sectors"][-1, [codes.index(code), codes.index("NEW")]]
    assert np.isfinite(added[:, 0]).all()


def test_results_have_the_groups_of_their_economy(mine):
    split(mine, "TRD", "NEW")
    result = abm.run("baseline", workers=2_000, seeds=1, overrides={"economy": str(mine), "quarters": 4})
    assert "NEW" in set(result.groups["sectors"]["group"])
    assert result.provenance["tables"] == {"economy": SOURCE, "sha256": digest_of(find_economy(str(mine)))}


def test_a_scenario_names_its_economy_beside_its_file(mine, tmp_path):
    (tmp_path / "ours.yaml").write_text("extends: baseline\neconomy: mine\n", encoding="utf-8")
    scenario = load_scenario(tmp_path / "ours.yaml")
    assert Path(scenario.tables) == mine and scenario.resolved()["economy"] == str(mine)
    before = scenario.digest()
    assert before != load_scenario("baseline").digest()
    write(mine / "ages.csv", [row | {"death_rate": "0.001"} for row in table(mine / "ages.csv")])
    assert scenario.digest() != before, "a changed table is another scenario"
    assert (load_tables(economy=str(mine)).age_death_rate == 0.001).all()


def test_an_earlier_year_opens_with_the_economy_that_has_it():
    scenario = load_scenario("baseline", {"assumptions.growth.opening_year": 2012})
    assert scenario.tables == economy_for(2012) and 2012 in find_economy(scenario.tables).openings
    assert load_scenario("baseline").tables == DEFAULT_ECONOMY == shipped_economies()[0]


def test_assumptions_of_an_economy_replace_the_defaults(mine):
    write(mine / "assumptions.csv", [{"parameter": "structural_change.farm_wages", "value": "0.5", "source": "own"}])
    model = abm.Model(2_000, rng=1, overrides={"economy": str(mine)})
    assert model.economy.parameters.structural_change.farm_wages == 0.5


def test_without_land_fees_the_income_tax_closes_the_budget():
    usual = abm.Model(2_000, rng=1).economy.structure
    other = abm.Model(2_000, rng=1, overrides={"assumptions.government.land_fees": False}).economy.structure
    assert usual.land_fee_share > 0.0 == other.land_fee_share and other.income_tax_rate > usual.income_tax_rate


def changed(name, old, new):
    def change(folder):
        text = (folder / name).read_text(encoding="utf-8")
        assert re.search(old, text)
        (folder / name).write_text(re.sub(old, new, text, count=1), encoding="utf-8")

    return change


def doubled(name, code, column):
    """Twice the number of one sector in one column."""

    def change(folder):
        header, *lines = (folder / name).read_text(encoding="utf-8").splitlines()
        at = header.split(",").index(column) - len(header.split(","))  # from the end, since a name may hold a comma
        for number, line in enumerate(lines):
            cells = line.split(",")
            if cells[0] == code:
                cells[at] = str(2 * float(cells[at]))
                lines[number] = ",".join(cells)
        (folder / name).write_text("\n".join([header, *lines]) + "\n", encoding="utf-8")

    return change


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (changed("sectors.csv", "energy_fuel", "energy_fule"), r"line 5: unknown roles .*energy_fuel"),
        (changed("sectors.csv", "energy_fuel", "none"), r"0 sectors have the role energy_fuel; give it to exactly one"),
        (changed("sectors.csv", "shareholders", "state_"), r"line 3: unknown owner .*nearest valid: state"),
        (changed("sectors.csv", ",agriculture,workers", ",agriculture,state"), "belong to their workers"),
        (changed("sectors.csv", "y,mining", "y,minning"), r"line 3: unknown activities 'minning'; .*mining"),
        (changed("sectors.csv", "y,mining", "y,"), "line 3: activities is empty; write at least one of agricult"),
        (changed("sectors.csv", "activities,", "activity,"), "no column activities"),
        (changed("sectors.csv", "5723.38", "many"), r"line 3: gross_output should be a number, not"),
        (changed("sectors.csv", "gross_output", "output"), "there is no column gross_output"),
        (doubled("sectors.csv", "MIN", "value_added"), "line 3: value_added should be the sum of compensation"),
        (changed("macro.csv", r"(?m)^unemployment_rate,.*\n", ""), "mine/macro.csv: there is no row unemployment_rate"),
        (changed("staffing.csv", r"(?m)^MIN,.*\n", ""), "mine/staffing.csv: there is no row MIN; add one"),
        (changed("input_coefficients.csv", r"(?m)^AGR,MIN,.*\n", ""), "the pair AGR, MIN is missing"),
        (changed("ages.csv", "(?m)^20,.*$", "20,1"), "mine/ages.csv, line 2: wrong number of cells"),
        (changed("manifest.yaml", "currency:", "money:"), "mine/manifest.yaml, line 5: unknown key 'money'"),
        (changed("manifest.yaml", "  zh: 元\n", ""), "currency should have a text `zh:`"),
        (changed("manifest.yaml", r"2024: \.", "2024: elsewhere"), "should be `year: folder`, an existing one"),
        (changed("manifest.yaml", "  firms: .*\n", "  firm: none\n"), "unknown figures 'firm'; nearest valid: firms"),
        (changed("manifest.yaml", "status: assumed", "status: seen"), "accounts should be `{year: 2018, status:"),
        (changed("manifest.yaml", "years: .2024.", "years: 2024"), "years should be a list of opening years, not"),
        (changed("manifest.yaml", "    zh: 结构为.*\n", ""), "each of notes should have a text `zh:`"),
        (lambda folder: (folder / "manifest.yaml").unlink(), "the folder has no manifest.yaml"),
        (lambda folder: (folder / "births.csv").unlink(), "mine/births.csv: cannot be read"),
    ],
)  # fmt: skip
def test_what_is_wrong_with_a_folder_is_one_line_with_the_place(mine, change, told):
    change(mine)
    with pytest.raises(UserError, match=told):
        abm.Model(2_000, rng=1, overrides={"economy": str(mine)})


@pytest.mark.parametrize(
    ("overrides", "told"),
    [
        ({"economy": "chnia_20"}, r"override economy=chnia_20: no economy 'chnia_20': .*nearest valid: china_20"),
        (
            {"economy": SOURCE, "assumptions.growth.opening_year": 2013},
            r"2013: the economy china_20 can open in 2012, 2015, 2018, 2024; no other year has tables",
        ),
        ({"economy": 3}, "economy should be the name of a shipped economy or the path of a folder"),
    ],
)
def test_an_economy_that_is_not_there_is_refused(overrides, told):
    with pytest.raises(UserError, match=told):
        load_scenario("baseline", overrides)


def test_a_year_or_a_sector_that_the_economy_lacks_is_refused(mine):
    with pytest.raises(UserError, match="does not open in 2012, only in 2024; write economy: china_20"):
        load_scenario("baseline", {"economy": str(mine), "assumptions.growth.opening_year": 2012})
    for name in ("sectors.csv", "input_coefficients.csv", "staffing.csv"):
        text = (mine / name).read_text(encoding="utf-8")
        (mine / name).write_text(re.sub(r"\bTRN\b", "MOV", text), encoding="utf-8")
    with pytest.raises(UserError, match="adoption_subsidy is set for TRN, which .*mine has not"):
        load_scenario("baseline", {"economy": str(mine), "levers.adoption_subsidy": {"TRN": 0.3}})


def test_the_command_ends_with_two_for_a_folder_that_is_no_economy(tmp_path):
    (tmp_path / "ours.yaml").write_text("extends: baseline\neconomy: .\n", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "abm", "check", "ours.yaml"], cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert done.returncode == 2 and "ours.yaml, line 2: .: no economy" in done.stderr


@pytest.mark.parametrize("name", shipped_economies())
def test_a_shipped_economy_has_names_in_both_languages_and_a_full_record_of_sources(name):
    economy = find_economy(name)
    tables = load_tables(max(economy.openings), name)
    for one in (*tables.sectors, *tables.occupations, *economy.regions):
        assert one.label and one.name_zh and translated(one.label, "zh") == one.name_zh
    assert economy.name == name and (economy.folder / "SOURCES.md").is_file()
    assert {role for roles in tables.roles for role in roles} == set(ROLES)
    assert {role for roles in tables.occupation_roles for role in roles} == set(OCCUPATION_ROLES)
    assert {BRANCHES[at] for at in tables.branch} == set(BRANCHES) and {OWNERS[at] for at in tables.owner} == set(
        OWNERS
    )
    assert sectors_with("farming", name) == sectors_with("workers", name) == sectors_with("agriculture", name)
    assert set(group_labels(name)) == set(group_labels())


def test_no_code_in_the_model_names_a_sector_or_an_occupation():
    """Kernels, phases, levers and the opening know roles and branches only."""
    names = {code for name in shipped_economies() for code in load_tables(economy=name).codes}
    names |= {one for name in shipped_economies() for one in load_tables(economy=name).occupation_names}
    plain = {"education", "construction", "transport", "food", "farming"}  # words of their own
    folder = Path(abm.__file__).parent
    places = [
        path for part in ("kernels", "phases", "levers", "economics", "population", "results", "parameters")
        for path in (folder / part).rglob("*.py")
    ]  # fmt: skip
    places += [folder / "structure.py", folder / "economy.py", folder / "plans.py", folder / "sectors.py"]
    for path in places:
        text = path.read_text(encoding="utf-8")
        quoted = set(re.findall(r"[\"'](\w+)[\"']", text)) & (names - plain)
        assert not quoted, f"{path.name} names {quoted}"
        assert not re.search(r"\(\s*2[02]\s*,|\b(20|22|twenty) (sectors|occupations)", text), f"{path.name} counts"
