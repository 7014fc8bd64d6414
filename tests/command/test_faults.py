"""What went wrong elsewhere: one folder for one question, closed streams, misleading surroundings, idle inputs."""

import errno
import json
import os
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import abm
from abm import memory
from abm.errors import UserError
from abm.files import hold_lock, release_locks

pytestmark = pytest.mark.command

PROGRAM = [sys.executable, "-m", "abm"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1])}
SMALL = ("--workers", "2000", "--quarters", "3")
SECONDS_TO_THE_FIRST_LINE = 2.0  # half a second on an idle machine, and here it is never idle


@pytest.fixture
def xinzhi(command_in, tmp_path):
    """A command in this process."""
    return lambda *words: command_in(tmp_path, *words)


def program(folder, *words, **environment):
    return subprocess.run(
        [*PROGRAM, *words], cwd=folder, env=ENVIRONMENT | environment, capture_output=True, text=True, timeout=120
    )


def refused(done, words):
    assert done.returncode == 2 and words in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1 and "Traceback" not in done.stderr


def digest(folder):
    return json.loads((folder / "provenance.json").read_text())["scenario"]["digest"]


def test_two_files_of_one_name_have_a_folder_each(xinzhi, tmp_path):
    """Also the same file with another setting; and each question finds its own folder again."""
    for name, price in (("a", 90), ("b", 400)):
        (tmp_path / name).mkdir()
        (tmp_path / name / "mine.yaml").write_text(f"extends: baseline\nlevers: {{carbon_price: {price}}}\n")
    assert xinzhi("run", "a/mine.yaml", *SMALL).returncode == 0
    first = digest(tmp_path / "results" / "mine")
    second = xinzhi("run", "b/mine.yaml", *SMALL)
    assert second.returncode == 0 and "results/mine holds the answer to another question" in second.stderr
    assert "this goes to results/mine-2" in second.stderr and "results/mine-2" in second.stdout
    third = xinzhi("run", "a/mine.yaml", *SMALL, "--set", "levers.carbon_price=120")
    assert "results/mine-3" in third.stdout
    assert digest(tmp_path / "results" / "mine") == first != digest(tmp_path / "results" / "mine-2")
    for words, folder in ((("a/mine.yaml",), "results/mine\n"), (("b/mine.yaml",), "results/mine-2\n")):
        assert folder in xinzhi("run", *words, *SMALL).stdout
    assert sorted(path.name for path in (tmp_path / "results").iterdir()) == ["mine", "mine-2", "mine-3"]


def test_a_named_folder_is_refused_to_another_question_unless_overwritten(xinzhi, tmp_path):
    first = ("run", "baseline", *SMALL, "--out", "out")
    assert xinzhi(*first).returncode == 0
    assert xinzhi(*first).returncode == 0, "the same question replaces its files"
    refused(xinzhi(*first, "--seeds", "2"), "--out out: holds the answer to another question (other seeds)")
    refused(xinzhi("compare", "baseline", "no_ai", *SMALL[:2], "--quarters", "3", "--out", "out"), "--overwrite")
    assert xinzhi(*first, "--seeds", "2", "--overwrite").returncode == 0
    assert pd.read_csv(tmp_path / "out" / "series.csv")["seed"].nunique() == 2


def test_results_of_another_program_are_known_by_their_provenance(xinzhi, tmp_path):
    abm.run("baseline", 2000, 1, 3).write(tmp_path / "results" / "baseline")
    assert "results/baseline\n" in xinzhi("run", "baseline", *SMALL).stdout
    abm.run("baseline", 2000, 2, 3).write(tmp_path / "results" / "baseline")
    assert "results/baseline-2" in xinzhi("run", "baseline", *SMALL).stdout


def test_the_command_in_the_provenance_names_the_file_as_it_was_given(xinzhi, tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "mine.yaml").write_text("extends: baseline\n")
    for words, folders in ((("run", "sub/mine.yaml"), ("",)), (("compare", "sub/mine", "no_ai"), ("mine", "no_ai"))):
        assert xinzhi(*words, *SMALL[:2], "--quarters", "3", "--seeds", "1", "--out", words[0]).returncode == 0
        told = json.loads((tmp_path / words[0] / folders[0] / "provenance.json").read_text())
        assert told["command"].startswith(f"xinzhi run {words[1]} ")
        assert str(tmp_path) not in json.dumps(told)


def test_an_output_on_a_full_disk_is_one_line(tmp_path):
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            [*PROGRAM, "list"], cwd=tmp_path, env=ENVIRONMENT, stdout=full, stderr=subprocess.PIPE, text=True
        )
    refused(done, "No space left on device")


def test_an_interrupted_search_for_strengths_is_written(xinzhi, tmp_path, monkeypatch):
    from abm.experiments.effects import equal_budgets
    from abm.experiments.effects.equal_budgets import EqualBudgets, Found

    found = {"carbon_price": Found("price", "CNY", 120.0, 0.005, 3, True, False)}
    monkeypatch.setattr(
        equal_budgets, "find_strengths", lambda *_: EqualBudgets(budget=0.005, found=found, interrupted=True)
    )
    done = xinzhi("effects", "--budget", "0.5%gdp", "--lever", "carbon_price", "--workers", "2000", "--out", "out")
    assert done.returncode == 130
    assert "the strengths of 1 lever are written to out/strengths.csv" in done.stderr.splitlines()[-1]
    assert pd.read_csv(tmp_path / "out" / "strengths.csv")["lever"].tolist() == ["carbon_price"]


def test_two_commands_never_write_into_one_folder(tmp_path):
    (tmp_path / "out").mkdir()
    assert hold_lock(tmp_path / "out" / ".lock")
    try:
        done = program(tmp_path, "run", "baseline", *SMALL, "--out", "out")
    finally:
        release_locks()
    refused(done, "out: another xinzhi is writing there; wait until it has ended, or give another --out")
    assert list((tmp_path / "out").iterdir()) == []


def test_a_lock_left_by_a_killed_process_holds_nobody(xinzhi, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / ".lock").touch()
    assert xinzhi("run", "baseline", *SMALL, "--out", "out").returncode == 0
    assert not (tmp_path / "out" / ".lock").exists()


def test_a_name_that_is_not_utf8_is_found_out_at_once(tmp_path):
    name = b"caf\xe9.yaml"
    (tmp_path / os.fsdecode(name)).write_text("extends: baseline\n")
    done = subprocess.run(
        [*PROGRAM, "run", name, *SMALL], cwd=tmp_path, env=ENVIRONMENT, capture_output=True, text=True
    )
    refused(done, "not UTF-8")
    assert not (tmp_path / "results").exists()


@pytest.mark.parametrize("value", ["0", "-1", "two", ""])
def test_threads_that_numba_refuses_are_one_line(tmp_path, value):
    refused(program(tmp_path, "run", "baseline", *SMALL, NUMBA_NUM_THREADS=value), f"NUMBA_NUM_THREADS={value}:")


def test_figures_are_drawn_whatever_backend_the_shell_names(tmp_path):
    backend = {"MPLBACKEND": "module://a_backend_that_is_not_there"}
    done = program(tmp_path, "run", "baseline", "--workers", "2000", "--until", "2025", "--figures", **backend)
    assert done.returncode == 0, done.stderr
    assert list((tmp_path / "results" / "baseline").glob("*.png"))


@pytest.mark.parametrize("redirection", ["| true", "| head -1", ">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
def test_a_stream_that_nobody_reads_ends_no_run(tmp_path, redirection):
    words = " ".join([*PROGRAM, "run", "baseline", *SMALL, "--out", "out"])
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {words} {redirection}"], cwd=tmp_path, env=ENVIRONMENT, capture_output=True,
        text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr
    assert (tmp_path / "out" / "provenance.json").is_file()


def test_check_into_a_closed_pipe_is_done(tmp_path):
    words = " ".join([*PROGRAM, "check", "baseline", "--workers", "2000"])
    done = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {words} | true"],
        cwd=tmp_path,
        env=ENVIRONMENT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0 and done.stderr == ""


@pytest.mark.parametrize("words", [("run", "carbon_price"), ("compare", "baseline", "carbon_price")])
def test_a_lever_that_begins_after_the_end_is_said_to_do_nothing(xinzhi, words):
    done = xinzhi(*words, "--workers", "2000", "--quarters", "7", "--out", "out")
    assert done.returncode == 0, done.stderr
    said = "the lever carbon_price begins in 2027, after the last quarter of 2025; it does nothing"
    assert done.stderr.count(said) == 1


def test_the_first_line_comes_at_once_and_says_what_is_done(tmp_path):
    words = [*PROGRAM, "compare", "baseline", "no_ai", "--workers", "2000", "--quarters", "7", "--out", "out"]
    begun = time.monotonic()
    with subprocess.Popen(
        words, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    ) as process:
        line = process.stderr.readline()
        took = time.monotonic() - begun
        rest = process.stderr.read()
    assert line == "xinzhi: 2 scenarios, 8 seeds, 2,000 workers, to 2025\n" and took < SECONDS_TO_THE_FIRST_LINE
    assert "writing tables" in rest and "drawing figures" in rest


@pytest.mark.parametrize(
    "words",
    [
        ("run", "baseline", "--workers", "2147483647"),
        ("check", "baseline", "--workers", "2147483647"),
        ("run", "baseline", "--workers", "2000", "--seeds", "1000000"),
        ("compare", "baseline", "no_ai", "--workers", "2147483647", "--seeds", "2"),
        ("explain", "no_ai", "baseline", "--workers", "2147483647", "--seeds", "1"),
        ("effects", "--workers", "2147483647", "--seeds", "2"),
    ],
)
def test_more_than_fits_into_memory_is_refused_before_it_is_taken(xinzhi, words):
    done = xinzhi(*words)
    last = done.stderr.strip().splitlines()[-1]
    assert done.returncode == 2 and "of memory and this machine has" in last, done.stderr


def test_fewer_processes_run_where_all_do_not_fit(monkeypatch):
    monkeypatch.setattr(memory, "machine_memory", lambda: 1_000_000_000)
    assert memory.processes_that_fit(10_000, 8) == 3
    with pytest.raises(UserError, match="take at most 4,200,000"):
        memory.processes_that_fit(10_000_000, 8)
    monkeypatch.setattr(memory, "machine_memory", lambda: None)
    assert memory.processes_that_fit(10_000_000, 8) == 8


def test_a_full_disk_loses_no_seed(xinzhi, tmp_path, monkeypatch):
    """The seeds are in the store, so that the same command with another folder runs none again."""
    from abm.experiments.ensembles import ensemble
    from abm.results import results

    monkeypatch.setenv("XINZHI_SEEDS", str(tmp_path / "seeds"))

    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as disk:
        disk.setattr(results, "write_table", full)
        done = xinzhi("run", "baseline", *SMALL, "--seeds", "2", "--out", "out")
        assert done.returncode == 2 and "free space or give --out" in done.stderr
    monkeypatch.setattr(ensemble, "_simulate", full)
    assert xinzhi("run", "baseline", *SMALL, "--seeds", "2", "--out", "other").returncode == 0
