"""Finished seeds: read again bit for bit, never under a key that is not theirs, and never a reason to fail."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

import loky
import numpy as np
import pytest

import abm
import abm.experiments.ensembles.ensemble as ensemble
from abm.errors import NoteWarning
from abm.experiments.ensembles import seed_store
from abm.experiments.ensembles.recording import Recording
from abm.experiments.ensembles.seed_store import UNRELATED, SeedStore, fingerprint, is_unrelated, open_store, seed_key
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

WORKERS, QUARTERS = 2_000, 3
PACKAGE = Path(abm.__file__).parent


@pytest.fixture
def kept(tmp_path, monkeypatch):
    """The folder of a store of its own."""
    monkeypatch.setenv("XINZHI_SEEDS", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.fixture
def counted(monkeypatch):
    """The seeds that are really run, one after the other in this process."""
    monkeypatch.setattr(loky, "cpu_count", lambda: 1)
    seeds, simulate = [], ensemble._simulate

    def count(task, position):
        seeds.append(task.seeds[position])
        return simulate(task, position)

    monkeypatch.setattr(ensemble, "_simulate", count)
    return seeds


def run(seeds, scenario="baseline", workers=WORKERS, quarters=QUARTERS, **details):
    return ensemble.run_ensemble(scenario, workers, seeds, quarters, **details)


def recording(seed=3, rows=4):
    rng = np.random.default_rng(seed)
    values = rng.normal(size=(rows, 2)) * 10.0 ** rng.integers(-300, 300, (rows, 2))
    values[1, 1] = np.nan
    return Recording(seed, ("real_gdp", "employment"), values, {"sectors": rng.normal(size=(rows, 20, 3))})


def bits(results):
    tables = [results.series, *results.groups.values()]
    return [table["value"].to_numpy().tobytes() for table in tables]


def test_a_recording_comes_back_bit_for_bit(tmp_path):
    store, one = SeedStore(tmp_path), recording()
    store.write("key", one)
    again = store.read("key")
    assert (again.seed, again.names, list(again.groups)) == (one.seed, one.names, ["sectors"])
    assert again.values.tobytes() == one.values.tobytes() and again.values.dtype == np.float64
    assert again.groups["sectors"].tobytes() == one.groups["sectors"].tobytes()
    assert store.read("another") is None


def test_a_seed_that_was_run_before_is_not_run_again(kept, counted):
    first = run([1, 2])
    assert counted == [1, 2] and len(list(kept.glob("*.npz"))) == 2
    second = run([1, 2, 3])
    assert counted == [1, 2, 3] and second.seeds == (1, 2, 3)
    assert second.provenance["seeds"] == [1, 2, 3]
    assert bits(run([1, 2])) == bits(first)


def test_the_same_economy_is_found_by_whatever_way_it_was_named(kept, counted):
    run([4], load_scenario("baseline", {"levers.carbon_price": 200}))
    run([4], load_scenario("baseline", {"levers": {"carbon_price": 200.0}}))
    assert counted == [4]


def test_fresh_runs_anew_and_keeps_what_it_finds(kept, counted):
    run([1])
    run([1], fresh=True)
    assert counted == [1, 1]
    run([1])
    assert counted == [1, 1]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"no archive"])
def test_a_file_that_cannot_be_read_is_run_again_and_replaced(kept, counted, content):
    expected = bits(run([1]))
    (path,) = kept.glob("*.npz")
    path.write_bytes(content)
    assert bits(run([1])) == expected and counted == [1, 1]
    assert path.stat().st_size > 1_000


@pytest.mark.parametrize("damage", ["cut", "flip"])
def test_a_cut_or_changed_file_is_run_again(kept, counted, damage):
    expected = bits(run([1]))
    (path,) = kept.glob("*.npz")
    whole = bytearray(path.read_bytes())
    if damage == "flip":
        whole[len(whole) // 2] ^= 0xFF
    path.write_bytes(whole if damage == "flip" else whole[: len(whole) // 2])
    assert bits(run([1])) == expected and counted == [1, 1]


def test_a_damaged_file_is_removed_even_where_it_is_not_run_again(tmp_path):
    store = SeedStore(tmp_path)
    (tmp_path / "key.npz").write_bytes(b"half of it")
    assert store.read("key") is None and not list(tmp_path.iterdir())
    store.write("key", recording())
    with np.load(tmp_path / "key.npz") as file:
        parts = {name: file[name] for name in file.files if name != "values"}
    np.savez(tmp_path / "key.npz", **parts)  # an archive that lacks a part
    assert store.read("key") is None and not list(tmp_path.iterdir())


def test_the_store_stays_within_its_limit_and_what_was_read_longest_ago_goes(tmp_path):
    SeedStore(tmp_path).write("size", recording())
    size = (tmp_path / "size.npz").stat().st_size
    (tmp_path / "size.npz").unlink()
    store = SeedStore(tmp_path, limit=2 * size + size // 2)
    for order, key in enumerate("abcd"):
        store.write(key, recording())
        os.utime(tmp_path / f"{key}.npz", (1_000 + order, 1_000 + order))
    assert store.read("a") is not None, "read just now, it is the newest"
    store.trim()
    assert {path.stem for path in tmp_path.glob("*.npz")} == {"a", "d"}
    store.trim()
    assert {path.stem for path in tmp_path.glob("*.npz")} == {"a", "d"}


def test_every_setting_has_a_key_of_its_own():
    base = load_scenario("baseline")
    keys = [
        seed_key(base, 2_000, 1, 8),
        seed_key(base, 3_000, 1, 8),
        seed_key(base, 2_000, 2, 8),
        seed_key(base, 2_000, 1, 9),
        seed_key(load_scenario("baseline", {"levers.carbon_price": 200}), 2_000, 1, 8),
        seed_key(load_scenario("baseline", {"levers.carbon_price": {2035: 200}}), 2_000, 1, 8),
        seed_key(load_scenario("baseline", {"assumptions.firms.selection": 0.31}), 2_000, 1, 8),
        seed_key(load_scenario("no_ai"), 2_000, 1, 8),
    ]
    assert keys[0] == seed_key(load_scenario("baseline"), 2_000, 1, 8)
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("part", ["package", "numpy", "numba", "mesa", "python", "machine"])
def test_another_version_of_anything_below_misses(monkeypatch, part):
    before = seed_key(load_scenario("baseline"), 2_000, 1, 8)
    if part == "package":
        monkeypatch.setattr(seed_store, "_package", lambda: "other")
    elif part in ("mesa", "numba"):
        monkeypatch.setattr(seed_store, "version", lambda name: "9.9" if name == part else version(name))
    elif part == "python":
        monkeypatch.setattr(seed_store.sys, "version", "9.9")
    elif part == "machine":
        monkeypatch.setattr(seed_store.platform, "machine", lambda: "abacus")
    else:
        monkeypatch.setattr(seed_store.np, "__version__", "9.9")
    assert seed_key(load_scenario("baseline"), 2_000, 1, 8) != before


@pytest.fixture
def copied(tmp_path):
    """A copy of some folders of the package."""
    for name in ("data", "phases", "kernels"):
        shutil.copytree(PACKAGE / name, tmp_path / "abm" / name, ignore=shutil.ignore_patterns("__pycache__"))
    return tmp_path / "abm"


@pytest.mark.parametrize("pattern", ["data/**/*.csv", "phases/**/*.py", "kernels/**/*.py"])
def test_a_changed_table_phase_or_kernel_changes_the_fingerprint(copied, pattern):
    before = fingerprint(copied)
    assert fingerprint(copied) == before
    path = sorted(copied.glob(pattern))[-1]
    text = path.read_text(encoding="utf-8")
    path.write_text(text + " ", encoding="utf-8")
    assert fingerprint(copied) != before
    path.write_text(text, encoding="utf-8")
    assert fingerprint(copied) == before
    path.rename(path.with_name(f"renamed_{path.name}"))
    assert fingerprint(copied) != before


def test_what_only_reads_results_or_chooses_runs_does_not_count(tmp_path):
    shutil.copytree(PACKAGE, tmp_path / "abm", ignore=shutil.ignore_patterns("__pycache__"))
    before = fingerprint(tmp_path / "abm")
    assert before == fingerprint(PACKAGE)
    for name in ("commands/run.py", "reference/tables.py", "results/exports/iamc.py", "experiments/sweeps/sweep.py"):
        (tmp_path / "abm" / name).write_text("# changed\n")
        assert fingerprint(tmp_path / "abm") == before, name
    (tmp_path / "abm" / "results" / "recorder.py").write_text("# changed\n")
    assert fingerprint(tmp_path / "abm") != before


def test_what_does_not_count_is_there():
    """A name of a file that has moved would leave its successor to count, or hide another file later."""
    for name in set(UNRELATED) - {"scenario_library"}:  # which only a wheel has in the package
        assert (PACKAGE / name).exists(), name


def test_nothing_that_an_economy_imports_is_left_out():
    """Neither at once nor later, in a function: all that can be reached from the model and every lever."""
    reached, waiting = set(), [PACKAGE / "model.py", *(PACKAGE / "levers").glob("*.py")]
    while waiting:
        path = waiting.pop()
        if path not in reached:
            reached.add(path)
            waiting += imported_by(path)
    assert len(reached) > 100
    assert not [path for path in reached if is_unrelated(path.relative_to(PACKAGE).as_posix())]


def imported_by(path):
    """The files of the package that a file imports anywhere but for type checkers."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    typing = [
        one for one in ast.walk(tree) if isinstance(one, ast.If) and getattr(one.test, "id", "") == "TYPE_CHECKING"
    ]
    skipped = {id(inner) for one in typing for inner in ast.walk(one)}
    names = []
    for one in ast.walk(tree):
        if id(one) not in skipped and isinstance(one, ast.ImportFrom) and one.module:
            names += [one.module, *(f"{one.module}.{alias.name}" for alias in one.names)]
        elif id(one) not in skipped and isinstance(one, ast.Import):
            names += [alias.name for alias in one.names]
    places = [PACKAGE.parent.joinpath(*name.split(".")) for name in names if name.split(".")[0] == "abm"]
    files = [file for place in places for file in (place.with_suffix(".py"), place / "__init__.py")]
    return [file for file in files if file.is_file()]


def test_no_economy_loads_what_is_left_out():
    """In a fresh process, with every lever in force."""
    code = """
import sys
from pathlib import Path
import abm
from abm.levers import load_levers
from abm.model import Model

strengths = {name: lever.documented_strength for name, lever in load_levers().items() if lever.documented_strength}
model = Model(2_000, rng=1, overrides={f"levers.{name}": dict(of) for name, of in strengths.items()})
for _ in range(14):
    model.step()
package = Path(abm.__file__).parent
files = [one.__file__ for name, one in list(sys.modules.items()) if name.split(".")[0] == "abm" and one.__file__]
print(*sorted(Path(file).relative_to(package).as_posix() for file in files))
"""
    environment = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, timeout=300)
    loaded = done.stdout.split()
    assert "model.py" in loaded, done.stderr
    assert not [name for name in loaded if is_unrelated(name)]


def test_an_added_or_removed_file_changes_the_fingerprint_and_compiled_files_do_not(copied):
    before = fingerprint(copied)
    (copied / "phases" / "__pycache__").mkdir()
    (copied / "phases" / "__pycache__" / "wages.cpython-311.pyc").write_bytes(b"x")
    assert fingerprint(copied) == before
    (copied / "phases" / "another.py").write_text("")
    assert fingerprint(copied) != before
    (copied / "phases" / "another.py").unlink()
    next(iter(sorted((copied / "kernels").glob("*.py")))).unlink()
    assert fingerprint(copied) != before


def test_the_finished_seeds_of_an_interrupted_ensemble_are_found_again(kept, counted, monkeypatch):
    simulate = ensemble._simulate

    def stopped(task, position):
        if task.seeds[position] == 3:
            raise KeyboardInterrupt
        return simulate(task, position)

    with monkeypatch.context() as patch:
        patch.setattr(ensemble, "_simulate", stopped)
        first = run([1, 2, 3, 4])
    assert first.interrupted and first.seeds == (1, 2)
    counted.clear()
    again = run([1, 2, 3, 4])
    assert counted == [3, 4] and again.seeds == (1, 2, 3, 4) and not again.interrupted


def test_a_seed_that_fails_is_not_kept(kept, counted, monkeypatch):
    from abm.errors import AccountingError

    def broken(task, position):
        raise AccountingError("deposits below zero")

    with monkeypatch.context() as patch:
        patch.setattr(ensemble, "_simulate", broken)
        with pytest.raises(AccountingError):
            run([1])
    assert not list(kept.glob("*.npz"))
    assert run([1]).seeds == (1,)


def test_it_is_switched_off_by_name_and_where_nothing_can_be_written(monkeypatch, tmp_path, counted):
    monkeypatch.setenv("XINZHI_SEEDS", "OFF")
    assert open_store() is None
    (tmp_path / "file").write_text("")
    for place in (tmp_path / "file" / "below", tmp_path / "file", "a" * 300):
        monkeypatch.setenv("XINZHI_SEEDS", str(place))
        with pytest.warns(NoteWarning, match="XINZHI_SEEDS=.*: no folder that can be written"):
            assert open_store() is None
    with pytest.warns(NoteWarning):
        assert run([1]).seeds == run([1]).seeds == (1,) and counted == [1, 1]


def test_a_full_disk_loses_the_store_and_not_the_run(kept, counted, monkeypatch):
    def full(*_, **__):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(np, "savez", full)
    assert run([1]).seeds == (1,)
    assert not list(kept.iterdir())


def test_another_length_is_another_seed(kept, counted):
    run([1])
    run([1], quarters=QUARTERS + 1)
    assert counted == [1, 1] and len(list(kept.glob("*.npz"))) == 2
