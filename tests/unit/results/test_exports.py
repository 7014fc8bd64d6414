"""Exports: full years in the words of others, tables that say what they hold, labelled arrays."""

import csv
import json
import re
import sys
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from abm.errors import UserError
from abm.results.exports.datapackage import Resource, describe_package
from abm.results.exports.iamc import INDEX
from abm.results.groups import GROUP_LABELS
from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES
from abm.results.results import Results
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

SEEDS, QUARTERS = (3, 4, 7), 9  # two full years and two quarters
NAMES = [outcome.name for outcome in OUTCOMES]


def recording(seed, quarters=QUARTERS):
    """Numbers that say where they belong: ten for each seed, one for each quarter, a tenth for each group."""
    count = np.arange(quarters + 1.0)
    values = 10.0 * seed + count[:, None] + np.zeros(len(NAMES))
    groups = {
        table: 10.0 * seed
        + count[:, None, None]
        + np.arange(len(GROUP_LABELS[table]))[None, :, None] / 10
        + np.zeros(len(outcomes))
        for table, outcomes in GROUP_OUTCOMES.items()
    }
    return SimpleNamespace(names=tuple(NAMES), values=values, groups=groups)


def results_of(seeds=SEEDS, quarters=QUARTERS):
    scenario = load_scenario("baseline", {"quarters": quarters})
    return Results.from_recorders(scenario, seeds, [recording(seed, quarters) for seed in seeds])


def value(table, variable, year):
    (row,) = table[table["variable"] == variable].to_dict("records")
    return row[year]


def test_flows_are_summed_and_all_else_is_averaged_over_full_years():
    table = results_of().to_iamc()
    assert list(table.columns) == [*INDEX, "2024", "2025"]
    first_year = np.array([4 * 10 * seed + 0 + 1 + 2 + 3 for seed in SEEDS], dtype=float)
    assert value(table, "GDP|Real", "2024") == pytest.approx(1e3 * np.median(first_year))
    assert value(table, "Electricity Use", "2024") == pytest.approx(3.6e-3 * np.median(first_year))
    assert value(table, "Unemployment|Rate", "2024") == pytest.approx(100 * np.median(first_year) / 4)
    assert value(table, "Employment", "2025") == pytest.approx(np.median(first_year) / 4 + 4)
    low = value(table, "GDP|Real|10.0th Percentile", "2024")
    assert low == pytest.approx(1e3 * np.quantile(first_year, 0.1))


def test_groups_have_their_names_and_units_follow_the_rules():
    table = results_of().to_iamc()
    assert set(table["region"]) == {"China"} and set(table["scenario"]) == {"baseline"}
    assert not table.duplicated(list(INDEX[:4])).any()
    units = dict(zip(table["variable"], table["unit"]))
    assert units["GDP|Real"] == "billion CNY_2024/yr"
    assert units["Emissions|CO2|Energy and Industrial Processes"] == "Mt CO2/yr"
    third = value(table, "Disposable Income|Real|Decile 3", "2024")
    assert third == pytest.approx(4 * (40 + 0.2) + 6)
    assert "Employment|Agriculture, forestry, fishing" in units
    assert all(re.fullmatch(r"[^|\s][^|]*(\|[^|\s][^|]*)*", name) for name in units)


def test_every_outcome_with_a_name_there_has_its_row():
    variables = set(results_of().to_iamc()["variable"])
    assert {one.iamc.name for one in OUTCOMES if one.iamc} <= variables
    count = {table: sum(one.iamc is not None for one in outcomes) for table, outcomes in GROUP_OUTCOMES.items()}
    rows = sum(1 for one in OUTCOMES if one.iamc) + sum(count[table] * len(GROUP_LABELS[table]) for table in count)
    assert len(variables) == 3 * rows  # the median and two percentiles


def test_one_seed_has_no_percentiles_and_a_short_run_no_table(tmp_path):
    assert not results_of(seeds=(3,)).to_iamc()["variable"].str.contains("Percentile").any()
    results_of(quarters=QUARTERS).write(tmp_path)
    assert (tmp_path / "iamc.csv").exists()
    results_of(quarters=2).write(tmp_path)
    assert not (tmp_path / "iamc.csv").exists()
    named = {one["path"] for one in json.loads((tmp_path / "datapackage.json").read_text())["resources"]}
    assert named == {path.name for path in tmp_path.glob("*.csv")}


PARSERS = {"integer": int, "number": float, "string": str, "boolean": {"True": True, "False": False}.__getitem__}


def assert_described(folder):
    """Every CSV of a folder is described, and every cell of it is what the description says."""
    package = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package" and re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert {one["path"] for one in package["resources"]} == {path.name for path in folder.glob("*.csv")}
    for resource in package["resources"]:
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        fields = resource["schema"]["fields"]
        with (folder / resource["path"]).open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert list(rows[0]) == [field["name"] for field in fields]
        for field in fields:
            assert field["description"] and field["type"] in PARSERS
            required = field.get("constraints", {}).get("required", False)
            for row in rows:
                cell = row[field["name"]]
                assert cell or not required, (resource["path"], field["name"])
                if cell:
                    PARSERS[field["type"]](cell)
        keys = [tuple(row[name] for name in resource["schema"]["primaryKey"]) for row in rows]
        assert len(set(keys)) == len(keys)
    return package


def test_what_is_written_is_what_is_described(tmp_path):
    package = assert_described(results_of().write(tmp_path))
    assert len(package["resources"]) == 9


def test_gaps_are_not_required_and_names_become_plain():
    table = pd.DataFrame({"seed": [1, 2], "value": [1.5, np.nan], "unit": ["a", ""], "sure": [True, False]})
    package = describe_package("Mine & <yours>", "t", "d", [Resource("a b.csv", table, "x")], {"sure": "whether"})
    assert package["name"] == "mine-yours" and package["resources"][0]["name"] == "a-b"
    fields = {one["name"]: one for one in package["resources"][0]["schema"]["fields"]}
    assert [one["type"] for one in fields.values()] == ["integer", "number", "string", "boolean"]
    assert [name for name, one in fields.items() if "constraints" in one] == ["seed", "sure"]
    assert fields["sure"]["description"] == "whether"


def test_labelled_arrays_hold_every_value_in_its_place():
    pytest.importorskip("xarray")
    arrays = results_of().to_xarray()
    assert arrays["real_gdp"].dims == ("seed", "quarter")
    assert float(arrays["real_gdp"].sel(seed=4, quarter=5)) == 45.0
    assert arrays["real_gdp"].attrs["units"] == OUTCOMES[0].unit
    found = arrays["deciles_income_share"].sel(seed=7, quarter=1, deciles="decile_10")
    assert float(found) == pytest.approx(71.9)
    assert set(arrays.data_vars) >= set(NAMES)


def test_labelled_arrays_want_their_library(monkeypatch):
    monkeypatch.setitem(sys.modules, "xarray", None)
    with pytest.raises(UserError, match=r"needs xarray; install it with: pip install 'xinzhi\[arrays\]'"):
        results_of().to_xarray()
