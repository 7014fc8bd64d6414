"""Sweeps on this machine: parts, resuming, shards, failures, a full disk, and the same numbers as single runs."""

import json
import os
import subprocess
import sys

import numpy as np
import pandas as pd
import pytest

import abm
from abm.errors import AccountingError, UserError
from abm.experiments.sweeps import one_run, part_files, sweep_folder
from abm.experiments.sweeps import sweep as sweeps
from abm.experiments.sweeps.design import load_design
from abm.files import release_locks
from abm.results.folders import claim_folder

pytestmark = pytest.mark.unit

DESIGN = {
    "seeds": 2,
    "workers": 2000,
    "quarters": 8,
    "uncertainties": {"labour.separation_rate": [0.02, 0.04]},
    "policies": {"none": {}, "green": {"carbon_price": {2025: 300}}},
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The design run without a break, in this process."""
    return abm.sweep(DESIGN, tmp_path_factory.mktemp("whole") / "sweep", processes=1)


@pytest.fixture
def failing(monkeypatch):
    """Make every run of one seed fail."""

    def fail(seed, error):
        real = one_run._values

        def values(work):
            if work.seed == seed:
                raise error
            return real(work)

        monkeypatch.setattr(one_run, "_values", values)

    return fail


def test_it_has_every_run_once_in_order(whole):
    keys = whole.outcomes[["point", "seed", "year"]]
    assert keys.to_numpy().tolist() == [[p, s, y] for p in range(4) for s in (1, 2) for y in (2024, 2025)]
    assert whole.points.to_dict("list") == {
        "point": [0, 1, 2, 3], "world": [0, 0, 1, 1], "policy": ["none", "green"] * 2,
        "labour.separation_rate": [0.02, 0.02, 0.04, 0.04],
    }  # fmt: skip
    assert whole.missing() == 0 and whole.failures.empty and whole.done == 8


def test_its_numbers_are_those_of_single_runs(whole):
    overrides = {"assumptions.labour.separation_rate": 0.04, "levers.carbon_price": {2025: 300}}
    overrides |= {"levers.budget_rule": {"surcharge": {2024: 1.0}}}
    single = abm.run("baseline", workers=2000, seeds=[2], quarters=8, overrides=overrides).years
    single = single[(single["table"] == "economy") & (single["year"] == 2025)].set_index("variable")["value"]
    row = whole.outcomes.query("point == 3 and seed == 2 and year == 2025").iloc[0]
    assert {"real_gdp_per_year", "gini_disposable_income_of_100", "gdp_growth_annual_per_cent"} <= set(single.index)
    assert {name: row[name] for name in single.index} == single.to_dict()  # to the last bit, in the units of a year


def test_a_year_sums_flows_ends_with_stocks_and_grows_over_the_year_before(tmp_path, whole):
    kept = abm.sweep(DESIGN | {"detail": "quarters"}, tmp_path / "sweep", processes=1)
    pd.testing.assert_frame_equal(kept.years, whole.outcomes, check_exact=True)
    quarters = kept.outcomes.query("point == 0 and seed == 1").set_index("quarter")
    first, second = whole.outcomes.query("point == 0 and seed == 1").to_dict("records")
    assert first["co2_emissions_per_year"] == pytest.approx(quarters["co2_emissions"].loc[:3].sum())
    assert second["public_debt_ratio_per_cent"] == pytest.approx(100 * quarters["public_debt_ratio"].loc[7])
    assert second["unemployment_rate_per_cent"] == pytest.approx(100 * quarters["unemployment_rate"].loc[4:7].mean())
    growth = 100 * (second["real_gdp_per_year"] / first["real_gdp_per_year"] - 1)
    assert second["gdp_growth_annual_per_cent"] == pytest.approx(growth) and np.isnan(
        first["gdp_growth_annual_per_cent"]
    )


def test_quarters_can_be_kept_instead_of_years(tmp_path):
    kept = abm.sweep(DESIGN | {"detail": "quarters", "seeds": 1, "policies": {}}, tmp_path / "sweep", processes=1)
    assert kept.outcomes["quarter"].tolist() == [*range(9)] * 2 and "real_gdp" in kept.outcomes


def test_without_duckdb_the_table_is_csv_with_the_same_bits(whole, tmp_path, monkeypatch):
    monkeypatch.setattr(part_files, "can_write_parquet", lambda: False)
    plain = abm.sweep(DESIGN, tmp_path / "sweep", processes=1)
    assert (tmp_path / "sweep" / "outcomes.csv").exists()
    pd.testing.assert_frame_equal(plain.outcomes, whole.outcomes, check_exact=True)


def test_a_second_call_does_nothing(whole):
    again = abm.sweep(DESIGN, whole.folder)
    assert again.done == 0
    pd.testing.assert_frame_equal(again.outcomes, whole.outcomes, check_exact=True)


def test_an_interrupt_keeps_what_is_finished_and_the_next_call_does_the_rest(whole, tmp_path, monkeypatch):
    real, calls = one_run._values, []

    def values(work):
        calls.append((work.point, work.seed))
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(work)

    monkeypatch.setattr(one_run, "_values", values)
    broken = abm.sweep(DESIGN, tmp_path / "sweep", processes=1)
    assert broken.interrupted and broken.missing() == 5 and broken.done == 3
    done = abm.sweep(DESIGN, tmp_path / "sweep", processes=1)
    assert done.done == 5 and len(calls) == 4 + 5 and not (tmp_path / "sweep" / ".reserve").exists()
    pd.testing.assert_frame_equal(done.outcomes, whole.outcomes, check_exact=True)


def test_shards_share_the_work_and_the_folder(whole, tmp_path):
    first = abm.sweep(DESIGN, tmp_path / "sweep", shard=(1, 3), processes=1)
    assert first.done == 3 and first.missing() == 5
    abm.sweep(DESIGN, tmp_path / "sweep", shard=(3, 3), processes=1)
    last = abm.sweep(DESIGN, tmp_path / "sweep", shard=(2, 3), processes=1)
    assert last.missing() == 0
    pd.testing.assert_frame_equal(last.outcomes, whole.outcomes, check_exact=True)
    with pytest.raises(UserError, match="--shard 4/3"):
        abm.sweep(DESIGN, tmp_path / "sweep", shard=(4, 3))


def test_the_same_shard_twice_at_a_time_is_refused(tmp_path):
    folder = sweep_folder.SweepFolder(tmp_path / "sweep")
    folder.open(load_design(DESIGN))
    with folder.locked("1-of-1"), pytest.raises(UserError, match="another process is at work"):
        abm.sweep(DESIGN, tmp_path / "sweep", processes=1)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (AccountingError("money vanished", "firms", 3), "the accounts do not close: money vanished"),
        (MemoryError(), "not enough memory for 2,000 workers"),
        (ZeroDivisionError("by nought"), "ZeroDivisionError: by nought"),
    ],
)
def test_a_run_that_fails_is_noted_skipped_and_tried_again_when_asked(tmp_path, failing, monkeypatch, error, said):
    failing(2, error)
    done = abm.sweep(DESIGN, tmp_path / "sweep", processes=1)
    assert len(done.failures) == 4 and set(done.failures["seed"]) == {2}
    assert said in done.failures["error"].iloc[0]
    assert set(done.outcomes["seed"]) == {1} and done.missing() == 0
    assert abm.sweep(DESIGN, tmp_path / "sweep", processes=1).done == 0
    monkeypatch.undo()
    assert abm.sweep(DESIGN, tmp_path / "sweep", retry=True, processes=1).missing() == 0


def test_infinite_outcomes_are_failures(tmp_path, monkeypatch):
    from abm.model import Model

    step = Model.step

    def spoilt(self):
        step(self)
        self.recorder.values[-1, 0] = np.inf

    monkeypatch.setattr(Model, "step", spoilt)
    with pytest.raises(UserError, match="every run failed, the first: the accounts do not close: infinite"):
        abm.sweep(DESIGN | {"seeds": 1, "policies": {}}, tmp_path / "sweep", processes=1)
    failures = sweep_folder.SweepFolder(tmp_path / "sweep").failures()
    assert failures["error"].str.contains("infinite: real_gdp").all()


def test_a_full_disk_ends_the_work_and_loses_no_run(whole, tmp_path, monkeypatch):
    folder = tmp_path / "sweep"
    write, calls = sweep_folder.SweepFolder._write, []

    def full(self, stem, table):
        calls.append(stem.name)
        if len(calls) >= 2 and (folder / ".reserve").exists():
            raise OSError(28, "No space left on device")
        write(self, stem, table)

    monkeypatch.setattr(sweep_folder.SweepFolder, "_write", full)
    monkeypatch.setattr(sweeps, "RUNS_IN_A_PART", 2)
    with pytest.raises(UserError, match="No space left on device; every finished run is kept"):
        abm.sweep(DESIGN, folder, processes=1)
    monkeypatch.undo()
    rest = abm.sweep(DESIGN, folder, processes=1)
    assert rest.done == 4
    pd.testing.assert_frame_equal(rest.outcomes, whole.outcomes, check_exact=True)


def test_a_disk_that_stays_full_loses_only_what_was_not_written(tmp_path, monkeypatch):
    def full(self, stem, table):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(sweep_folder.SweepFolder, "_write", full)
    with pytest.raises(UserError, match="what was written before is kept"):
        abm.sweep(DESIGN, tmp_path / "sweep", processes=1)


def test_a_folder_takes_one_design_and_one_version(whole, monkeypatch):
    with pytest.raises(UserError, match="holds another design"):
        abm.sweep(DESIGN | {"seeds": 3}, whole.folder)
    monkeypatch.setattr(abm, "__version__", "99.0")
    with pytest.raises(UserError, match="another version of xinzhi"):
        abm.sweep(DESIGN, whole.folder)


def test_a_sweep_and_a_run_keep_out_of_each_others_folder(whole, tmp_path):
    asked = {"command": "run", "scenarios": ["x"], "workers": 2000, "seeds": [1, 1], "quarters": 3}
    with pytest.raises(UserError, match="another question .that of `xinzhi sweep`.; give another folder$"):
        claim_folder(whole.folder, whole.folder, asked)
    (whole.folder / ".question.json").unlink()  # as version 0.1 leaves a sweep
    with pytest.raises(UserError, match="another question .that of `xinzhi sweep`.; give another folder$"):
        claim_folder(whole.folder, whole.folder, asked)
    release_locks()
    abm.sweep(DESIGN, whole.folder)
    abm.run("baseline", workers=2000, quarters=3).write(tmp_path / "written")
    claim_folder(tmp_path / "claimed", tmp_path, asked)
    (tmp_path / "claimed" / "years.csv").write_text("")
    release_locks()
    for name in ("written", "claimed"):
        with pytest.raises(UserError, match="another question .that of `xinzhi run`.; give another folder$"):
            abm.sweep(DESIGN, tmp_path / name)


def test_a_folder_in_which_another_command_writes_is_refused_and_shards_share_it(tmp_path):
    folder = sweep_folder.SweepFolder(tmp_path / "sweep")
    folder.open(load_design(DESIGN))
    code = (
        "import sys; from abm.files import hold_lock; "
        f"print(hold_lock({str(folder.path / '.lock')!r}, shared=sys.argv[1] == 'shared'))"
    )

    def asked(way):
        words = [sys.executable, "-c", code, way]
        return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()

    assert asked("alone") == "False" and asked("shared") == "True"
    folder.close()
    assert not (folder.path / ".lock").exists() and asked("alone") == "True"


def test_a_sweep_of_other_units_is_neither_read_nor_continued(tmp_path):
    abm.sweep(DESIGN | {"seeds": 1, "policies": {}}, tmp_path / "sweep", processes=1)
    path = tmp_path / "sweep" / "design.json"
    old = json.loads(path.read_text())
    del old["units"]
    path.write_text(json.dumps(old))
    for act in (abm.read_sweep, lambda folder: abm.sweep(DESIGN | {"seeds": 1, "policies": {}}, folder)):
        with pytest.raises(UserError, match="a sweep of an earlier version, in other units; run its design into"):
            act(tmp_path / "sweep")


def test_a_folder_that_cannot_be_written_is_named_before_anything_runs(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(sweeps, "simulate", lambda work: pytest.fail("something ran"))
    with pytest.raises(UserError, match="--out .*cannot write there"):
        abm.sweep(DESIGN, tmp_path / "file" / "sweep", processes=1)


def test_a_line_torn_by_a_kill_is_no_failure(whole):
    path = whole.folder / "failures.jsonl"
    path.write_text('{"point": 0, "seed": 1, "err')
    try:
        assert abm.read_sweep(whole.folder).failures.empty
    finally:
        path.unlink()


def test_a_folder_without_a_sweep_is_named(tmp_path):
    with pytest.raises(UserError, match="no sweep there"):
        abm.read_sweep(tmp_path)


def poison(work):
    """Ends its process for one run, as the kernel does to one that needs too much memory."""
    if (work.point, work.seed) == (2, 1):
        os._exit(9)
    return sweeps.FinishedRun(work.point, work.seed, np.full((2, len(abm.OUTCOMES)), float(work.point)))


def test_a_run_that_always_kills_its_process_is_recorded_and_the_others_are_there(tmp_path, monkeypatch):
    monkeypatch.setattr(sweeps, "simulate", poison)
    done = abm.sweep(DESIGN, tmp_path / "sweep", processes=2)
    assert done.failures[["point", "seed"]].to_numpy().tolist() == [[2, 1]]
    assert "ended abruptly" in done.failures["error"].item()
    assert len(done.outcomes) == 2 * 7 and done.missing() == 0
