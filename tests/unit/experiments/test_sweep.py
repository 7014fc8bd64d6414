"""Sweeps on this machine: parts, resuming, shards, failures, a full disk, and the same numbers as single runs."""

import os

import numpy as np
import pandas as pd
import pytest

import abm
from abm.errors import AccountingError, UserError
from abm.experiments.sweeps import one_run, part_files, sweep_folder
from abm.experiments.sweeps import sweep as sweeps
from abm.experiments.sweeps.design import load_design

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
    series = abm.run("baseline", workers=2000, seeds=[2], quarters=8, overrides=overrides).series
    for name in ("real_gdp", "gini_disposable_income", "co2_emissions"):
        single = series[series["variable"] == name].set_index("quarter")["value"]
        row = whole.outcomes.query("point == 3 and seed == 2 and year == 2025")
        assert row[name].item() == np.mean(single.loc[4:7].to_numpy())


def test_quarters_can_be_kept_instead_of_years(tmp_path):
    kept = abm.sweep(DESIGN | {"detail": "quarters", "seeds": 1, "policies": {}}, tmp_path / "sweep", processes=1)
    assert kept.outcomes["quarter"].tolist() == [*range(9)] * 2


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


def test_a_folder_that_cannot_be_written_is_named_before_anything_runs(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setattr(sweeps, "simulate", lambda work: pytest.fail("something ran"))
    with pytest.raises(UserError, match=r"cannot write there.*--out"):
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
