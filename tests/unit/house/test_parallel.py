"""Several processes of tests: each begins with all that is compiled, and changes nothing of what others have."""

import os

import parallel
import pytest

pytestmark = pytest.mark.unit

INDEX, CODE = "kernels_1/prices.move-9.py311.nbi", "kernels_1/prices.move-9.py311.1.nbc"


@pytest.fixture
def compiled(tmp_path, monkeypatch):
    folder = tmp_path / "cache" / "digest"
    (folder / "kernels_1").mkdir(parents=True)
    for name in (INDEX, CODE):
        (folder / name).write_text("first")
    monkeypatch.setattr(parallel, "compiled_folder", lambda: folder)
    return folder


def test_a_process_has_all_that_was_compiled_and_keeps_what_it_adds_to_itself(compiled):
    own = compiled.parent / "tests" / "gw0" / "digest"
    assert parallel.own_folder("gw0") == str(own.parent)
    assert (own / INDEX).read_text() == (own / CODE).read_text() == "first" and (own / "complete").exists()
    (own / "new").write_text("own")
    (own / "new").replace(own / INDEX)  # as numba writes
    assert (compiled / INDEX).read_text() == "first"
    parallel.own_folder("gw0")
    assert (own / INDEX).read_text() == "own"


def test_what_is_compiled_anew_replaces_what_was(compiled):
    parallel.own_folder("gw0")
    for name in (INDEX, CODE):
        (compiled / "new").write_text("second")
        (compiled / "new").replace(compiled / name)
    later = (compiled / CODE).stat().st_mtime + 5
    os.utime(compiled / INDEX, (later, later))
    own = compiled.parent / "tests" / "gw0" / "digest"
    parallel.own_folder("gw0")
    assert (own / INDEX).read_text() == (own / CODE).read_text() == "second"


def test_without_a_folder_each_process_compiles_for_itself(monkeypatch):
    monkeypatch.setattr(parallel, "compiled_folder", lambda: None)
    assert parallel.own_folder("gw0") is None


@pytest.mark.parametrize(
    ("cores", "gigabytes", "processes"), [(1, 100, 1), (2, 100, 2), (64, 100, 8), (8, 7, 2), (2, 1, 1), (4, None, 4)]
)
def test_there_are_as_many_as_cores_and_memory_allow(monkeypatch, cores, gigabytes, processes):
    monkeypatch.setattr("loky.cpu_count", lambda: cores)
    monkeypatch.setattr("abm.memory.machine_memory", lambda: gigabytes and gigabytes * 10**9)
    assert parallel.number_of_processes() == processes
