"""The files of a sweep are verified when they are read: what is broken is set aside, named and run again."""

import pandas as pd
import pytest

import abm
from abm.errors import NoteWarning, UserError
from abm.experiments.sweeps import part_files
from abm.experiments.sweeps.sweep_folder import SweepFolder

pytestmark = pytest.mark.unit

DESIGN = {"scenario": "baseline", "workers": 2000, "quarters": 7, "seeds": 3, "policies": {"none": {}}}


def sweep(folder):
    return abm.sweep(DESIGN, folder, processes=1)


@pytest.fixture
def whole(tmp_path):
    return sweep(tmp_path / "whole").outcomes


@pytest.fixture(params=["parquet", "csv"])
def kind(request, monkeypatch):
    if request.param == "csv":
        monkeypatch.setattr(part_files, "can_write_parquet", lambda: False)
    return request.param


def cut_in_mid_row(path):
    path.write_bytes(path.read_bytes()[:-200])


def empty(path):
    path.write_bytes(b"")


def cut_at_a_row(path):
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))


def cut_in_the_last_number(path):
    path.write_bytes(path.read_bytes()[:-3])


@pytest.mark.parametrize("damage", [cut_in_mid_row, empty, cut_at_a_row, cut_in_the_last_number])
def test_a_broken_part_is_set_aside_with_a_line_and_its_runs_are_run_again(kind, whole, tmp_path, damage):
    folder = tmp_path / "sweep"
    sweep(folder)
    (folder / f"outcomes.{kind}").unlink()
    (part,) = (folder / "parts").glob("part-*")
    damage(part)
    with pytest.warns(NoteWarning, match=r"part-1-of-1\S* .*left out"):
        again = sweep(folder)
    pd.testing.assert_frame_equal(again.outcomes, whole)
    assert again.done == 3 and again.missing() == 0
    assert list((folder / "parts").glob("*.broken")) == [part.with_name(part.name + ".broken")]
    pd.testing.assert_frame_equal(abm.read_sweep(folder).outcomes, whole)


def test_a_broken_table_of_all_is_read_from_the_parts(kind, whole, tmp_path):
    folder = tmp_path / "sweep"
    sweep(folder)
    cut_in_mid_row(folder / f"outcomes.{kind}")
    with pytest.warns(NoteWarning, match="outcomes"):
        found = abm.read_sweep(folder)
    pd.testing.assert_frame_equal(found.outcomes, whole)


@pytest.mark.parametrize("names", [("g1", "g[1]"), ("ab", "a*"), ("ab", "a?"), ("it's", "it")])
def test_a_name_with_signs_of_patterns_is_that_folder_alone(tmp_path, names):
    for name, seeds in zip(names, (1, 2), strict=True):
        abm.sweep({**DESIGN, "seeds": seeds}, tmp_path / name, processes=1)
    for name, seeds in zip(names, (1, 2), strict=True):
        assert abm.read_sweep(tmp_path / name).outcomes["seed"].nunique() == seeds


def test_a_run_that_failed_once_and_was_finished_counts_once(whole, tmp_path):
    sweep(tmp_path / "sweep")
    SweepFolder(tmp_path / "sweep").note_failure(0, 1, "no memory")
    found = abm.read_sweep(tmp_path / "sweep")
    assert found.missing() == 0 and found.failures.empty


def test_with_nothing_finished_the_interrupt_is_raised(tmp_path, monkeypatch):
    def stop(*_):
        raise KeyboardInterrupt

    monkeypatch.setattr("abm.experiments.sweeps.sweep.simulate", stop)
    with pytest.raises(KeyboardInterrupt):
        sweep(tmp_path / "sweep")


@pytest.mark.parametrize("given", [{"design": 5}, {"design": b"x"}, {"design": None}, {"design": DESIGN, "out": 1.5}])
def test_arguments_are_checked_in_one_line(given):
    with pytest.raises(UserError, match=f"{list(given)[-1]}="):
        abm.sweep(**given)
