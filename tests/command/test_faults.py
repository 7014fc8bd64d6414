"""What went wrong elsewhere: one folder for one question, closed streams, misleading surroundings, idle inputs."""

import errno
import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pandas as pd
import pytest

import abm
from abm import memory
from abm.errors import UserError
from abm.experiments.ensembles.idle import idle_policies
from abm.scenarios.scenario import load_scenario

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


@pytest.mark.usefixtures("undrawn")
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


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("words", [("run", "carbon_price"), ("compare", "baseline", "carbon_price")])
def test_a_lever_that_begins_after_the_end_is_said_to_do_nothing(xinzhi, words):
    done = xinzhi(*words, "--workers", "2000", "--quarters", "7", "--out", "out")
    assert done.returncode == 0, done.stderr
    said = "the lever carbon_price begins in 2027, after the last quarter of 2025; it does nothing"
    assert done.stderr.count(said) == 1


@pytest.mark.parametrize(
    "words",
    [
        ("check", "carbon_price", "--set", "quarters=7"),
        ("explain", "baseline", "carbon_price", "--seeds", "1", "--year", "2025", "--family", "labour", "--out", "out"),
        ("sweep", "design.yaml", "--dry-run"),
    ],
)
def test_every_other_command_says_the_same_of_it(xinzhi, tmp_path, words):
    design = "scenario: baseline\nquarters: 7\nseeds: 2\npolicies: {none: {}, late: {carbon_price: {2027: 100}}}\n"
    (tmp_path / "design.yaml").write_text(design)
    done = xinzhi(*words, *([] if words[0] == "sweep" else ["--workers", "2000"]))
    assert done.returncode == 0, done.stderr
    said = "the lever carbon_price begins in 2027, after the last quarter of 2025; it does nothing"
    assert done.stderr.count(said) == 1 and said not in done.stdout
    assert ("note: late: " if words[0] == "sweep" else "note: carbon_price: ") in done.stderr


def test_what_the_scenario_of_a_sweep_has_is_not_said_again_of_its_policies():
    base = load_scenario("carbon_price")
    said = idle_policies(base, {"none": {}, "more": {"ai_tax": {2026: 0.01}}}, 7)
    assert [len(sentences) for sentences in said.values()] == [1, 0, 1]
    assert "ai_tax begins in 2026" in said["more"][0]


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
        ("closures", "--workers", "2147483647", "--seeds", "2"),
    ],
)
def test_more_than_fits_into_memory_is_refused_before_anything_is_said_or_made(xinzhi, tmp_path, words):
    refused(xinzhi(*words), "of memory and this machine has")
    assert list(tmp_path.iterdir()) == []


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


def test_the_program_without_a_word_shows_its_help(xinzhi):
    assert xinzhi().returncode == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("closures", "--quarters", "2"), "--quarters 2: no whole year; give at least"),
        (("effects", "--quarters", "999"), "--quarters 999: should be a whole number from 1 to 307"),
        (("run", "baseline", "--first-seed", str(2**62), "--seeds", "2"), "the last seed would be above"),
        (("compare", "baseline", "no_ai", "--first-seed", str(2**62), "--seeds", "2"), "the last seed would be above"),
        (("sensitivity", "--samples", "2", "--outcome", "nothing"), "nothing"),
        (
            ("effects", "--lever", "carbon_prise"),
            "it is no lever; nearest valid: carbon_price; see `xinzhi list levers`",
        ),
        (("schema", "--out", "."), "--out .: cannot write the schema (Is a directory)"),
        (("check-lever", ""), "'': a lever is a Python file"),
    ],
)
def test_what_can_be_refused_is_refused_before_work_is_announced(xinzhi, tmp_path, words, said):
    refused(xinzhi(*words), said)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ('DOCUMENTED_STRENGTH = {"price": "x"}', "price should be a number, not 'x'"),
        ("import sys; sys.exit(4)", "the file cannot be run (SystemExit: 4)"),
    ],
)
def test_a_file_of_a_lever_that_ends_the_program_or_holds_texts_is_one_line(xinzhi, tmp_path, more, said):
    text = (Path(abm.__file__).parent / "levers" / "carbon_price.py").read_text(encoding="utf-8")
    (tmp_path / "mine.py").write_text(f"{text}\n{more}\n")
    refused(xinzhi("check-lever", "mine.py"), said)


def test_an_interrupted_command_says_what_it_has_written(xinzhi, tmp_path, monkeypatch):
    from abm.experiments.validation import backtest, closure_grid

    grid, past = closure_grid.run_closure_grid, backtest.run_backtest

    def half_a_past(*given):
        run = past(*given)
        run.results.interrupted = True
        return run

    monkeypatch.setattr(
        closure_grid, "run_closure_grid", lambda *given, **named: replace(grid(*given, **named), interrupted=True)
    )
    monkeypatch.setattr(backtest, "run_backtest", half_a_past)
    small = ("--workers", "2000", "--seeds", "1", "--out")
    done = xinzhi("closures", "--quarters", "4", *small, "corners")
    assert done.returncode == 130
    assert "interrupted; the finished combinations are written to corners" in done.stderr.splitlines()[-1]
    done = xinzhi("backtest", "--until", "2013", *small, "past")
    assert done.returncode == 130 and (tmp_path / "past" / "series.csv").is_file()
    assert "interrupted; 1 of 1 seeds are written to past" in done.stderr.splitlines()[-1]
