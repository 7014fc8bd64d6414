"""xinzhi sweep as a user runs it: killed without warning, with dead processes, and on a real Dask cluster."""

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import abm

pytestmark = pytest.mark.command

# The program as it is but for parts of four runs, so that a fast computer has not finished before it is killed.
SMALL_PARTS = (
    "import abm.experiments.sweeps.sweep as sweep; sweep.RUNS_IN_A_PART = 4; import abm.__main__ as it; it.program()"
)
PROGRAM = [sys.executable, "-c", SMALL_PARTS]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1])}
PATIENCE = 300.0
DESIGN = """\
question: Does a sweep survive what happens to computers?
seeds: 2
workers: 4000
quarters: 8
sampling: {method: latin_hypercube, samples: 20}
uncertainties:
  labour.separation_rate: {low: 0.02, high: 0.05}
  closures.pass_through: [full, central, half]
policies:
  none: {}
  green: {carbon_price: {2025: 300}}
"""
RUNS = 80


@pytest.fixture(scope="module")
def design(tmp_path_factory):
    path = tmp_path_factory.mktemp("design") / "survive.yaml"
    path.write_text(DESIGN)
    return path


@pytest.fixture(scope="module")
def unbroken(design, tmp_path_factory):
    """The sweep in one go, in this process."""
    return abm.sweep(design, tmp_path_factory.mktemp("unbroken") / "sweep", processes=1).outcomes


def begin(design, folder, *options):
    command = [*PROGRAM, "sweep", str(design), "--out", str(folder), *options]
    kept = [folder.with_suffix(suffix) for suffix in (".out", ".err")]
    with kept[0].open("w") as out, kept[1].open("w") as err:
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=out, stderr=err, start_new_session=True)
    process.said = lambda: [path.read_text() for path in kept]
    return process


def finish(process):
    """Exit code, output and errors once it has ended."""
    try:
        process.wait(PATIENCE)
    finally:
        end(process)
    return process.returncode, *process.said()


def end(process):
    """Leave nothing of the process and its children behind."""
    with contextlib.suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


def wait_for(what, process):
    deadline = time.monotonic() + PATIENCE
    while not what():
        assert process.poll() is None, process.args
        assert time.monotonic() < deadline
        time.sleep(0.02)


def parts(folder):
    return len(list((folder / "parts").glob("part-*"))) if (folder / "parts").is_dir() else 0


def test_killed_three_times_it_ends_with_every_run_once_and_the_same_numbers(design, unbroken, tmp_path):
    folder, luck = tmp_path / "sweep", random.Random(1)
    for _ in range(3):
        before = parts(folder)
        process = begin(design, folder)
        wait_for(lambda before=before: parts(folder) > before, process)
        time.sleep(luck.uniform(0.0, 0.05))
        assert process.poll() is None
        end(process)
    code, text, error = finish(begin(design, folder))
    assert code == 0, error
    assert "is complete" in text and f"{RUNS} runs: 20 worlds x 2 policies x 2 seeds" in text
    found = abm.read_sweep(folder)
    pd.testing.assert_frame_equal(found.outcomes, unbroken, check_exact=True)
    assert len(found.outcomes[["point", "seed"]].drop_duplicates()) == RUNS and found.failures.empty
    assert len(found.outcomes) == 2 * RUNS


def test_a_process_killed_in_the_middle_costs_no_run(design, unbroken, tmp_path):
    process = begin(design, tmp_path / "sweep")
    wait_for(lambda: parts(tmp_path / "sweep") > 0, process)
    os.kill(random.Random(2).choice(children(process.pid)), signal.SIGKILL)
    code, _, error = finish(process)
    assert code == 0 and "Traceback" not in error, error
    pd.testing.assert_frame_equal(abm.read_sweep(tmp_path / "sweep").outcomes, unbroken, check_exact=True)


def children(parent):
    """The processes at work for another one: those that have simulated for a while."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            fields = path.read_text().rpartition(")")[2].split()
            if int(fields[1]) == parent and int(fields[11]) > 50:  # hundredths of a second of work
                found.append(int(path.parent.name))
    assert found
    return found


def test_ctrl_c_keeps_what_is_finished(design, unbroken, tmp_path, interruptible):
    process = begin(design, tmp_path / "sweep")
    wait_for(lambda: parts(tmp_path / "sweep") > 0, process)
    os.killpg(process.pid, signal.SIGINT)
    code, text, error = finish(process)
    assert code == 130 and error.splitlines()[-1].startswith("xinzhi: interrupted") and "Traceback" not in error
    assert "still missing" in text
    found = abm.read_sweep(tmp_path / "sweep").outcomes
    known = unbroken.merge(found[["point", "seed", "year"]])
    pd.testing.assert_frame_equal(found, known, check_exact=True)


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["--shard", "half"], "--shard I/N"),
        (["--shard", "3/2"], "--shard 3/2"),
        (["--dask", "tcp://127.0.0.1:9"], "no scheduler answers there"),
    ],
)
def test_bad_input_is_one_line_and_leaves_nothing(design, tmp_path, command_in, monkeypatch, arguments, says):
    monkeypatch.setattr("abm.experiments.running.cluster.SECONDS_TO_CONNECT", 1)
    done = command_in(tmp_path, "sweep", design, "--out", "sweep", *arguments)
    assert done.returncode == 2 and says in done.stderr and len(done.stderr.strip().splitlines()) == 1
    assert not (tmp_path / "sweep").exists()


def test_a_run_and_a_sweep_refuse_each_others_folder(command_in, tmp_path):
    small = "workers: 2000\nseeds: 1\nuntil: 2024\nuncertainties:\n  labour.separation_rate: [0.02, 0.04]\n"
    (tmp_path / "small.yaml").write_text(small)
    a_run = ("run", "baseline", "--workers", 2000, "--until", 2024, "--out")
    a_sweep = ("sweep", "small.yaml", "--processes", 1, "--out")
    assert command_in(tmp_path, *a_run, "first").returncode == 0
    done = command_in(tmp_path, *a_sweep, "second")
    assert done.returncode == 0 and "2,000 workers each, 2024 to 2024" not in done.stdout, done.stderr
    assert "2 runs: 2 worlds x 1 policy x 1 seed, 2,000 workers each, 2024." in done.stdout
    for words, other in (((*a_sweep, "first"), "xinzhi run"), ((*a_run, "second"), "xinzhi sweep")):
        ended = command_in(tmp_path, *words)
        assert ended.returncode == 2
        assert f"holds the answer to another question (that of `{other}`)" in ended.stderr
    ended = command_in(tmp_path, *a_run, "second", "--overwrite")
    assert ended.returncode == 2 and ended.stderr.strip().endswith("`xinzhi sweep`); give another folder")
    assert command_in(tmp_path, *a_sweep, "second").returncode == 0, "the same sweep goes on"


@pytest.fixture
def cluster(tmp_path):
    """``cluster.address`` of a scheduler with two workers, in processes of their own that talk over TCP."""
    pytest.importorskip("distributed")
    contact = tmp_path / "scheduler.json"
    dask = [sys.executable, "-m", "dask"]
    shared = {"env": ENVIRONMENT, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, "cwd": tmp_path}
    scheduler = [*dask, "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
    worker = [*dask, "worker", "--nthreads", "1", "--no-nanny", "--no-dashboard", "--host", "127.0.0.1"]
    processes = [subprocess.Popen([*scheduler, "--scheduler-file", str(contact)], start_new_session=True, **shared)]
    try:
        wait_for(contact.exists, processes[0])
        for _ in range(2):
            command = [*worker, "--scheduler-file", str(contact)]
            processes.append(subprocess.Popen(command, start_new_session=True, **shared))
        yield address_in(contact), processes[1:]
    finally:
        for process in processes:
            end(process)


def address_in(contact):
    import json

    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        with contextlib.suppress(ValueError):
            return json.loads(contact.read_text())["address"]
        time.sleep(0.05)
    raise AssertionError("the scheduler wrote no address")


def test_on_a_cluster_with_a_worker_killed_the_numbers_are_the_same(design, unbroken, cluster, tmp_path):
    address, workers = cluster
    process = begin(design, tmp_path / "sweep", "--dask", address)
    wait_for(lambda: parts(tmp_path / "sweep") > 0, process)
    end(workers[0])
    code, text, error = finish(process)
    assert code == 0 and "is complete" in text, error
    assert "Traceback" not in error
    pd.testing.assert_frame_equal(abm.read_sweep(tmp_path / "sweep").outcomes, unbroken, check_exact=True)


def test_a_scheduler_that_vanishes_loses_nothing(design, unbroken, cluster, tmp_path):
    address, _ = cluster
    process = begin(design, tmp_path / "sweep", "--dask", address)
    wait_for(lambda: parts(tmp_path / "sweep") > 0, process)
    pid = subprocess.run(["pgrep", "-f", f"{tmp_path}/scheduler.json"], capture_output=True, text=True).stdout.split()
    for one in pid:
        os.kill(int(one), signal.SIGKILL)
    code, _, error = finish(process)
    assert code == 2 and "what is finished is kept" in error.splitlines()[-1], error
    code, text, error = finish(begin(design, tmp_path / "sweep"))
    assert code == 0 and "is complete" in text, error
    pd.testing.assert_frame_equal(abm.read_sweep(tmp_path / "sweep").outcomes, unbroken, check_exact=True)
