"""Results: recorders become tidy tables, a summary, and files that are whole or absent; provenance tells no tales."""

import errno
import json
import os
import pickle
import platform
import shlex
import subprocess
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

import abm
from abm.data import load_assumptions
from abm.errors import AccountingError, UserError
from abm.results import provenance
from abm.results.folders import prepare_folder
from abm.results.groups import GROUP_LABELS
from abm.results.outcome_names import outcome_named
from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES
from abm.results.provenance import command_to_repeat, describe_run
from abm.results.results import GROUP_TABLES, Results
from abm.results.years import yearly_name
from abm.scenarios.scenario import Scenario, load_scenario

pytestmark = pytest.mark.unit

SEEDS = (3, 4, 7)
QUARTERS = 21
NAMES = [outcome.name for outcome in OUTCOMES]
DESCRIPTIONS = {"summary.json", "datapackage.json", "provenance.json"}
FILES = {"series.csv", "years.csv", "iamc.csv", *DESCRIPTIONS, *(f"{table}.csv" for table in GROUP_TABLES)}


def recorder(seed):
    """A recording in which every number says where it belongs: seed, quarter, group and variable."""
    quarters = np.arange(QUARTERS + 1.0)
    values = 1e6 * seed + 1e3 * quarters[:, None] + np.arange(len(NAMES))
    groups = {}
    for table, outcomes in GROUP_OUTCOMES.items():
        shape = (1, len(GROUP_LABELS[table]), len(outcomes))
        groups[table] = 1e6 * seed + 1e3 * quarters[:, None, None] + np.arange(shape[1] * shape[2]).reshape(shape)
    return SimpleNamespace(names=tuple(NAMES), values=values, groups=groups)


@pytest.fixture
def recorders():
    return [recorder(seed) for seed in SEEDS]


def results_of(recorders, scenario=None, **details):
    return Results.from_recorders(scenario or Scenario("trial"), SEEDS, recorders, **details)


def described(scenario, seeds=SEEDS):
    started = datetime.now(UTC) - timedelta(seconds=2)
    return describe_run(scenario, seeds, SEEDS, 2_000, QUARTERS, threads=1, processes=2, started=started)


def test_every_value_stands_in_the_row_that_it_belongs_to(recorders):
    results = results_of(recorders)
    assert list(results.series.columns) == ["scenario", "seed", "quarter", "variable", "value", "unit"]
    assert len(results.series) == len(SEEDS) * (QUARTERS + 1) * len(NAMES)
    numbers = results.series["variable"].astype(str).map(NAMES.index)
    expected = 1e6 * results.series["seed"] + 1e3 * results.series["quarter"] + numbers
    assert (results.series["value"] == expected).all()
    units = {outcome.name: outcome.unit for outcome in OUTCOMES}
    assert (results.series["unit"].astype(str) == results.series["variable"].astype(str).map(units)).all()
    assert set(results.series["scenario"]) == {"trial"}
    assert pd.api.types.is_integer_dtype(results.series["quarter"])
    assert results.quarters == QUARTERS


@pytest.mark.parametrize("table", GROUP_TABLES)
def test_every_group_value_stands_in_the_row_that_it_belongs_to(recorders, table):
    frame = results_of(recorders).groups[table]
    assert list(frame.columns) == ["scenario", "seed", "quarter", "group", "variable", "value", "unit"]
    names = [outcome.name for outcome in GROUP_OUTCOMES[table]]
    assert len(frame) == len(SEEDS) * (QUARTERS + 1) * len(names) * len(GROUP_LABELS[table])
    group = frame["group"].astype(str).map(list(GROUP_LABELS[table]).index)
    variable = frame["variable"].astype(str).map(names.index)
    expected = 1e6 * frame["seed"] + 1e3 * frame["quarter"] + group * len(names) + variable
    assert (frame["value"] == expected).all()


def test_an_undefined_value_has_no_row(recorders):
    recorders[1].values[0, 2] = np.nan
    recorders[2].values[:, 1] = np.nan
    recorders[0].groups["sectors"][5, 0, :] = np.nan
    results = results_of(recorders)
    assert len(results.series) == len(SEEDS) * (QUARTERS + 1) * len(NAMES) - 1 - (QUARTERS + 1)
    gone = results.series.query("seed == 4 and quarter == 0")
    assert NAMES[2] not in set(gone["variable"]) and len(gone) == len(NAMES) - 1
    sectors = results.groups["sectors"].query("seed == 3 and quarter == 5")
    assert GROUP_LABELS["sectors"][0] not in set(sectors["group"])
    for frame in (results.series, *results.groups.values()):
        assert not frame.isna().any().any()


def test_an_infinite_value_is_a_fault_of_the_model(recorders):
    recorders[1].values[6, 3] = -np.inf
    with pytest.raises(AccountingError, match=f"seed 4: {NAMES[3]} is infinite") as raised:
        results_of(recorders)
    assert raised.value.quarter == 6


def of_year(name, year, seed):
    """What the recorder's numbers make of a calendar year, in the units of a year."""
    outcome = outcome_named(name)
    quarters = [
        1e6 * seed + 1e3 * quarter + NAMES.index(name) for quarter in range(4 * (year - 2024), 4 * (year - 2023))
    ]
    display = outcome.display
    return display.factor * (quarters[-1] if display.stock else sum(quarters) if display.flow else np.mean(quarters))


def test_the_summary_has_the_mean_and_the_tails_over_the_seeds(recorders):
    recorders[0].values[1, NAMES.index("employment")] = np.nan
    for one in recorders:
        one.values[:, NAMES.index("exports")] = np.nan
    summary = results_of(recorders).summary()
    assert summary["years"] == [2024, 2028], "2029 has two quarters, and 2030 is beyond the run"
    for name in ("real_gdp", "public_debt_ratio", "unemployment_rate"):
        found = summary["variables"][yearly_name(name, outcome_named(name).display)]
        for year in (2024, 2028):
            values = [of_year(name, year, seed) for seed in SEEDS]
            expected = dict(zip(("p10", "p90"), np.quantile(values, [0.1, 0.9]), strict=True))
            assert found["years"][str(year)] == pytest.approx({"mean": np.mean(values), **expected})
    assert summary["variables"]["real_gdp_per_year"]["unit"] == "trillion CNY a year, prices of 2024"
    two_seeds = [of_year("employment", 2024, seed) for seed in SEEDS[1:]]
    assert summary["variables"]["employment"]["years"]["2024"]["mean"] == pytest.approx(np.mean(two_seeds))
    assert "exports_per_year" not in summary["variables"]


def test_what_is_written_reads_back_the_same(recorders, tmp_path):
    recorders[0].values[3, 0] = 0.1 + 0.2  # a number that needs all seventeen digits
    recorders[0].values[4, 1] = np.nan
    scenario = load_scenario("no_ai", {"levers.carbon_price": {2027: 10, 2035: 20}, "quarters": QUARTERS})
    results = results_of(recorders, scenario, provenance=described(scenario))
    folder = results.write(tmp_path / "new" / "folder")
    assert {path.name for path in folder.iterdir()} == FILES
    again = Results.read(folder)
    assert again.seeds == SEEDS and again.scenario == scenario
    assert again.provenance == json.loads(json.dumps(results.provenance))
    assert again.summary() == results.summary()
    for name in GROUP_TABLES:
        assert_same_table(again.groups[name], results.groups[name])
    assert_same_table(again.series, results.series)


def assert_same_table(one, other):
    as_text = {"scenario": str, "variable": str, "unit": str, **({"group": str} if "group" in one else {})}
    pd.testing.assert_frame_equal(one.astype(as_text), other.astype(as_text), check_exact=True)


def test_the_files_are_plain_csv(recorders, tmp_path):
    results_of(recorders).write(tmp_path)
    lines = (tmp_path / "series.csv").read_bytes().decode().split("\n")
    assert lines[0] == "scenario,seed,quarter,variable,value,unit"
    assert lines[1] == f"trial,3,0,{NAMES[0]},3000000.0,{OUTCOMES[0].unit}"
    assert lines[-1] == "" and len(lines) == 2 + len(SEEDS) * (QUARTERS + 1) * len(NAMES)


def test_a_full_disk_leaves_whole_files_only(recorders, tmp_path, monkeypatch):
    results_of(recorders).write(tmp_path)
    before = (tmp_path / "sectors.csv").read_bytes()
    write_csv = pd.DataFrame.to_csv

    def full(frame, file, **options):
        if "sectors" in file.name:
            file.write("half a row")
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return write_csv(frame, file, **options)

    monkeypatch.setattr(pd.DataFrame, "to_csv", full)
    recorders[0].values[0, 0] = 123.0
    with pytest.raises(UserError, match="No space left on device"):
        results_of(recorders).write(tmp_path)
    assert ",123.0," in (tmp_path / "series.csv").read_text(), "what was complete before is kept"
    assert (tmp_path / "sectors.csv").read_bytes() == before
    assert {path.name for path in tmp_path.iterdir()} == FILES - {"provenance.json"}
    with pytest.raises(UserError, match="no complete results there"):
        Results.read(tmp_path)


def test_a_folder_that_cannot_be_written_is_said_at_once(tmp_path):
    (tmp_path / "file").write_text("")
    for folder in (tmp_path / "file", tmp_path / "file" / "below", tmp_path / "a\0b", Path("/proc/nowhere")):
        with pytest.raises(UserError, match=r"--out .* cannot write there"):
            prepare_folder(folder)
    assert prepare_folder(tmp_path / "fine") == tmp_path / "fine"
    assert list((tmp_path / "fine").iterdir()) == []


def test_provenance_holds_what_repeats_the_run_and_nothing_of_the_machine_s_user():
    scenario = load_scenario("no_ai", {"levers.carbon_price": 80})
    provenance = described(scenario, seeds=(3, 4))
    assert provenance["scenario"]["digest"] == scenario.digest()
    assert provenance["scenario"]["resolved"]["ai"] == "none"
    absent = {"artificial_intelligence.enabled": False}
    assert provenance["scenario"]["settled"] == load_assumptions(scenario.opening_year) | absent
    assert provenance["tables"]["economy"] == scenario.tables
    assert provenance["seeds"] == [3, 4] and provenance["seeds_requested"] == [3, 4, 7]
    assert provenance["xinzhi"] == abm.__version__ and provenance["numpy"] == np.__version__
    assert 2 <= provenance["seconds"] < 60
    assert any("European Union" in note for note in provenance["notes"])
    text = json.dumps(provenance)
    assert platform.node() not in text.replace(platform.machine(), "")
    assert str(Path.cwd()) not in text and str(Path.home()) not in text


def test_the_command_in_the_provenance_repeats_the_run(tmp_path, monkeypatch):
    overrides = {"levers.carbon_price": {2027: 10.0, 2035: 20.0}, "assumptions.artificial_intelligence.enabled": False}
    words = shlex.split(command_to_repeat(load_scenario("baseline", overrides), range(5, 8), 4_000, 12))
    start = ["xinzhi", "run", "baseline", "--workers", "4000", "--seeds", "3", "--first-seed", "5", "--quarters", "12"]
    assert words[: len(start)] == start
    settings = [word for word in words[len(start) :] if word != "--set"]
    assert abm.scenarios.scenario.parse_settings(settings) == overrides
    monkeypatch.chdir(tmp_path)
    Path("folder").mkdir()
    Path("folder/mine.yaml").write_text("quarters: 8\n")
    assert command_to_repeat(load_scenario("folder/mine"), [1], 4_000, 8).startswith("xinzhi run mine.yaml ")
    apart = command_to_repeat(load_scenario("baseline"), SEEDS, 4_000, 12)
    assert apart == "abm.run(abm.load_scenario('baseline', {}), workers=4000, seeds=[3, 4, 7], quarters=12)"


def test_errors_survive_the_way_between_processes():
    error = AccountingError("deposits below zero", sector="AGR", quarter=5, agent=17)
    again = pickle.loads(pickle.dumps(error))
    assert str(again) == str(error) == "deposits below zero (sector AGR, quarter 5, agent 17)"
    assert (again.sector, again.quarter, again.agent) == ("AGR", 5, 17)
    assert str(AccountingError("the books do not close")) == "the books do not close"
    assert str(pickle.loads(pickle.dumps(UserError("one line")))) == "one line"


def test_the_public_names_are_there_and_no_others():
    for name in abm.__all__:
        assert getattr(abm, name) is not None
        assert name in dir(abm)
    with pytest.raises(AttributeError, match="no attribute 'Modell'"):
        abm.Modell  # noqa: B018


def test_git_takes_no_lock_that_a_killed_run_would_leave_behind(monkeypatch):
    asked = []

    def asked_of_git(command, **options):
        asked.append(command)
        return subprocess.CompletedProcess(command, 0, stdout="abc\n")

    monkeypatch.setattr(provenance.subprocess, "run", asked_of_git)
    assert provenance._checkout() == {"git_commit": "abc", "git_uncommitted_changes": True}
    assert [command[:2] for command in asked] == [["git", "--no-optional-locks"]] * 2
