"""Where compiled code is kept: never stale, never in the way, and the same bits with and without threads."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import abm.compiling
from abm.compiling.kernels import CHUNKS, ROWS_WORTH_CHUNKS, chunks_for, parallel_kernel
from abm.population.kernels.firms import draw_uniforms

pytestmark = pytest.mark.kernels

HELPER = """
from tiny.compiling.kernels import kernel

@kernel
def factor():
    return {factor}
"""
CALLER = """
from tiny.compiling.kernels import kernel
from tiny.kernels.helper import factor

@kernel
def scaled(value):
    return factor() * value
"""
PROBE = """
import json
from tiny.kernels.caller import scaled
value = scaled(2.0)
print(json.dumps({"value": value, "loaded": sum(scaled.stats.cache_hits.values())}))
"""


@pytest.fixture
def tiny(tmp_path):
    """A package with the project's decorator and two kernels, one of which calls the other."""
    folder, compiling = tmp_path / "tiny" / "kernels", tmp_path / "tiny" / "compiling"
    for made in (folder, compiling):
        made.mkdir(parents=True)
        (made / "__init__.py").touch()
    (folder.parent / "__init__.py").touch()
    shutil.copy(Path(abm.compiling.__file__).with_name("kernels.py"), compiling)
    (folder / "caller.py").write_text(CALLER)
    (folder / "helper.py").write_text(HELPER.format(factor=3.0))
    return folder


def probe(tiny, tmp_path, **changes):
    left_out = {"XINZHI_CACHE_DIR", "NUMBA_CACHE_DIR"}
    environment = {name: value for name, value in os.environ.items() if name not in left_out}
    environment |= {"PYTHONPATH": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")} | changes
    finished = subprocess.run(
        [sys.executable, "-W", "error", "-c", PROBE], env=environment, capture_output=True, text=True, timeout=120
    )
    assert finished.returncode == 0, finished.stderr
    return json.loads(finished.stdout)


def caches(folder):
    """Folders of compiled code below a folder."""
    return {path.parent for path in folder.rglob("*.nbi")} if folder.is_dir() else set()


def test_compiled_code_is_found_again(tiny, tmp_path):
    assert probe(tiny, tmp_path) == {"value": 6.0, "loaded": 0}
    assert probe(tiny, tmp_path) == {"value": 6.0, "loaded": 1}
    assert caches(tmp_path / "cache") and not caches(tiny)


def test_a_changed_helper_is_never_stale(tiny, tmp_path):
    """numba itself looks at the file of the caller only."""
    probe(tiny, tmp_path)
    before = caches(tmp_path / "cache")
    (tiny / "helper.py").write_text(HELPER.format(factor=5.0))
    assert probe(tiny, tmp_path) == {"value": 10.0, "loaded": 0}
    assert len(caches(tmp_path / "cache")) > len(before)


def test_changed_options_are_never_stale(tiny, tmp_path):
    probe(tiny, tmp_path)
    compiling = tiny.parent / "compiling" / "kernels.py"
    source = compiling.read_text()
    assert '"fastmath": False' in source
    compiling.write_text(source.replace('"fastmath": False', '"fastmath": True'))
    assert probe(tiny, tmp_path) == {"value": 6.0, "loaded": 0}


def test_the_folder_can_be_chosen(tiny, tmp_path):
    chosen = tmp_path / "chosen"
    probe(tiny, tmp_path, XINZHI_CACHE_DIR=str(chosen))
    assert caches(chosen) and not caches(tmp_path / "cache")


def test_without_a_folder_of_the_user_a_temporary_one_serves(tiny, tmp_path):
    file = tmp_path / "file"
    file.touch()
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    changes = {"XDG_CACHE_HOME": str(file), "TMPDIR": str(temporary)}
    assert probe(tiny, tmp_path, **changes) == {"value": 6.0, "loaded": 0}
    assert probe(tiny, tmp_path, **changes) == {"value": 6.0, "loaded": 1}
    assert caches(temporary)


def test_without_any_folder_it_compiles_each_time(tiny, tmp_path):
    file = tmp_path / "file"
    file.touch()
    for _ in range(2):
        assert probe(tiny, tmp_path, XINZHI_CACHE_DIR=str(file / "below")) == {"value": 6.0, "loaded": 0}
    assert not caches(tmp_path)


def test_pieces_depend_on_the_rows_alone():
    assert chunks_for(ROWS_WORTH_CHUNKS - 1) == 1
    assert chunks_for(ROWS_WORTH_CHUNKS) == chunks_for(10**7) == CHUNKS > 1


def test_one_source_gives_the_same_bits_serial_and_with_threads():
    import numba

    @parallel_kernel
    def sum_up(chunks, values, totals):
        rows = values.size
        for chunk in numba.prange(chunks):
            total = 0.0
            for row in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
                total += np.exp(values[row])
                values[row] = total
            totals[chunk] = total

    start = np.empty(10_007)
    draw_uniforms(1, 1, 0, start)
    found = []
    for run in (sum_up[1], sum_up[2], sum_up, sum_up.serial, sum_up.threaded):
        values, totals = start.copy(), np.zeros(CHUNKS)
        run(CHUNKS, values, totals)
        found.append((values.tobytes(), totals.tobytes()))
    assert len(set(found)) == 1
    assert sum_up.__name__ == "sum_up" and sum_up.py_func is sum_up.__wrapped__


def test_kernels_survive_pickling_by_name():
    import pickle

    from abm.kernels.demography import age_workers
    from abm.kernels.matching import match_searchers

    for one in (age_workers, match_searchers):
        assert pickle.loads(pickle.dumps(one)).py_func is one.py_func


def test_variants_with_threads_are_not_taken_for_serial_ones():
    from abm.kernels.employment import quit_jobs

    assert quit_jobs.serial.stats.cache_path != quit_jobs.threaded.stats.cache_path
