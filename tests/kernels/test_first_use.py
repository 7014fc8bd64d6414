"""Kernels compiled at first use by several processes: found again by the next, and no worse off where that fails."""

import contextlib
import json
import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import abm.compiling
import abm.interrupts
from abm.compiling import first_use
from abm.compiling.first_use import SIGNATURES, known_signatures

pytestmark = pytest.mark.kernels

SHARED = "from tiny.compiling.kernels import kernel\n\n\n@kernel\ndef scaled(value):\n    return 3.0 * value\n"
KERNELS = 4
WORTH = "WORTH_HELPERS = 8"
CALLER = (
    "from tiny.compiling.kernels import kernel\nfrom tiny.kernels.shared import scaled\n"
    "\n\n@kernel\ndef scale_{0}(values):\n"
    "    for row in range(values.size):\n        values[row] = scaled(values[row]) + {0}\n"
)
PROBE = f"""
import importlib, json, sys
import numpy as np
from tiny.compiling import first_use

processes, executable = int(sys.argv[1]), sys.argv[2]
sys.executable = executable or sys.executable
begun = []
first_use.compile_kernels(lambda *told: begun.append(told), processes)
found = []
for number in range({KERNELS}):
    kernel = getattr(importlib.import_module(f"tiny.kernels.caller_{{number}}"), f"scale_{{number}}")
    here = len(kernel.signatures)
    values = np.array([1.0, 2.0])
    kernel(values)
    hits, misses = (sum(counts.values()) for counts in (kernel.stats.cache_hits, kernel.stats.cache_misses))
    found.append([values.tolist(), here, hits, misses])
print(json.dumps([begun, found]))
"""


@pytest.fixture
def tiny(tmp_path):
    """A package with the project's way of compiling and four kernels that share a helper, worth a second process."""
    folder, compiling = tmp_path / "tiny" / "kernels", tmp_path / "tiny" / "compiling"
    for made in (folder, compiling):
        made.mkdir(parents=True)
        (made / "__init__.py").touch()
    (folder.parent / "__init__.py").touch()
    (folder.parent / "languages").mkdir()
    for name in ("interrupts.py", "errors.py", "files.py", "languages/__init__.py"):
        text = (Path(abm.interrupts.__file__).parent / name).read_text(encoding="utf-8")
        (folder.parent / name).write_text(text.replace("from abm.", "from tiny."), encoding="utf-8")
    for name in ("kernels.py", "first_use.py", "tables.py", "views.py"):
        text = Path(abm.compiling.__file__).with_name(name).read_text(encoding="utf-8")
        assert name != "first_use.py" or WORTH in text
        text = text.replace("from abm.", "from tiny.").replace(WORTH, "WORTH_HELPERS = 3")
        (compiling / name).write_text(text, encoding="utf-8")
    (folder / "shared.py").write_text(SHARED)
    for number in range(KERNELS):
        (folder / f"caller_{number}.py").write_text(CALLER.format(number))
    lines = "".join(f"kernels.caller_{number}.scale_{number}\n  f8[::1]\n" for number in range(KERNELS))
    (compiling / "signatures.txt").write_text("# the list\n" + lines)
    return folder


def probe(tmp_path, processes, executable="", cache="cache"):
    """What was told, and of every kernel (compiled here before its call, found in the cache, not found there)."""
    environment = {name: value for name, value in os.environ.items() if name != "NUMBA_CACHE_DIR"}
    environment |= {"PYTHONPATH": str(tmp_path), "XINZHI_CACHE_DIR": str(tmp_path / cache)}
    arguments = [sys.executable, "-W", "error", "-c", PROBE, str(processes), executable]
    done = subprocess.run(arguments, env=environment, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    begun, found = json.loads(done.stdout)
    assert [values for values, *_ in found] == [[3.0 + number, 6.0 + number] for number in range(KERNELS)]
    return begun, [tuple(counts) for _, *counts in found]


def test_what_one_or_two_processes_compiled_is_found_by_the_next(tiny, tmp_path):
    for processes in (1, 2):
        begun, found = probe(tmp_path, processes, cache=f"cache_{processes}")
        assert begun and begun[0][1] == KERNELS and begun[-1][0] <= KERNELS
        here = [counts for counts in found if counts[0]]
        assert len(here) == KERNELS if processes == 1 else len(here) < KERNELS, "the helper took none"
        assert all(hits == 1 and not misses for compiled, hits, misses in found if not compiled)
        assert not list((tmp_path / f"cache_{processes}").rglob("helper-*"))
        again, found = probe(tmp_path, processes, cache=f"cache_{processes}")
        assert again == [] and found == [(0, 1, 0)] * KERNELS


def test_no_helper_writes_what_another_process_may_write(tiny, tmp_path):
    """Variants of a shared function are numbered without a lock, so each process keeps its own."""
    probe(tmp_path, 3)
    (index,) = (tmp_path / "cache").rglob("shared.scaled-*.nbi")
    assert len(list(index.parent.glob("*.nbi"))) == KERNELS + 1


def test_a_helper_that_cannot_be_started_or_dies_costs_only_time(tiny, tmp_path):
    for number, executable in enumerate((str(tmp_path / "nothing"), shutil.which("false"))):
        _, found = probe(tmp_path, 2, executable, cache=f"cache_{number}")
        assert sum(compiled for compiled, *_ in found) >= KERNELS - 1
        assert probe(tmp_path, 2, cache=f"cache_{number}") == ([], [(0, 1, 0)] * KERNELS)


def test_without_a_folder_nothing_is_compiled_ahead(tiny, tmp_path):
    (tmp_path / "file").touch()
    begun, found = probe(tmp_path, 2, cache="file/below")
    assert begun == [] and {compiled for compiled, *_ in found} == {0}


def test_a_wrong_line_of_the_list_does_no_harm(tiny, tmp_path):
    text = (tiny.parent / "compiling" / "signatures.txt").read_text()
    wrong = text.replace("caller_0.scale_0\n", "caller_0.scale_0 f8\n").replace("caller_1.scale_1", "caller_1.gone")
    (tiny.parent / "compiling" / "signatures.txt").write_text(wrong)
    _, found = probe(tmp_path, 1)
    assert found[0][0] == found[1][0] == 0 and sum(compiled for compiled, *_ in found) == KERNELS - 2


def test_what_was_left_unfinished_is_taken_up_again(tiny, tmp_path):
    probe(tmp_path, 1)
    (complete,) = (tmp_path / "cache").rglob("complete")
    complete.unlink()
    for number in (2, 3):
        (index,) = (tmp_path / "cache").rglob(f"caller_{number}.*.nbi")
        index.unlink()
    begun, _ = probe(tmp_path, 2)
    assert begun == [[1, 2], [2, 2]]


def test_an_interrupt_while_compiling_acts_after_the_kernel(tmp_path, monkeypatch):
    """In the middle of it numba would swallow the exception, which no function in C lets through."""
    compiled = []

    def interrupted(name):
        with contextlib.suppress(BaseException):
            signal.raise_signal(signal.SIGTERM)
        compiled.append(name)

    monkeypatch.setattr(first_use, "cache_folder", lambda: str(tmp_path))
    monkeypatch.setattr(first_use, "known_signatures", lambda: {"kernels.one": (), "kernels.two": ()})
    monkeypatch.setattr(first_use, "_compiled", interrupted)
    with pytest.raises(KeyboardInterrupt), abm.interrupts.listening():
        first_use.compile_kernels(processes=1)
    assert compiled == ["kernels.one"] and not (tmp_path / first_use.COMPLETE).exists()


def test_the_list_is_that_of_the_model():
    command = [sys.executable, "-m", "abm.reference.signatures", "--check"]
    done = subprocess.run(command, cwd=SIGNATURES.parents[2], capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(known_signatures()) > 40
