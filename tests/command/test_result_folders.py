"""Folders of results: one for each question, never one with files of another origin, and one writer at a time."""

import json
import os
import subprocess
import sys
from fnmatch import fnmatch
from pathlib import Path

import pandas as pd
import pytest

import abm
from abm.errors import UserError
from abm.files import hold_lock, release_locks
from abm.results.folders import ANSWERS, claim_folder

pytestmark = pytest.mark.command

SMALL = ("--workers", "2000", "--quarters", "3")
PROGRAM = [sys.executable, "-m", "abm"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1])}


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
    other = "holds the answer to another question (the choice of seeds differs)"
    refused(xinzhi(*first, "--seeds", "2"), f"--out out: {other}")
    compared = xinzhi("compare", "baseline", "no_ai", *SMALL[:2], "--quarters", "3", "--out", "out")
    refused(compared, "another question (that of `xinzhi run`); give another folder, or --overwrite to replace it")
    refused(xinzhi(*first, "--set", "levers.carbon_price=9"), "the scenario differs)")
    assert xinzhi(*first, "--seeds", "2", "--overwrite").returncode == 0
    assert pd.read_csv(tmp_path / "out" / "series.csv")["seed"].nunique() == 2


@pytest.mark.parametrize(
    ("words", "own"),
    [
        (("run", "baseline", *SMALL), "series.csv"),
        (("run", "baseline", *SMALL), "growth.png"),
        (("compare", "baseline", "no_ai", *SMALL, "--seeds", "1"), "headline.csv"),
        (("compare", "baseline", "no_ai", *SMALL, "--seeds", "1"), "no_ai/series.csv"),
        (("explain", "no_ai", "baseline", "--year", "2024", "--workers", "2000"), "why_real_gdp.png"),
        (("effects", "--workers", "2000"), "effects.csv"),
    ],
)
def test_files_that_are_not_of_xinzhi_are_refused_before_anything_is_written(xinzhi, tmp_path, words, own):
    path = tmp_path / "out" / own
    path.parent.mkdir(parents=True)
    path.write_text("mine\n")
    refused(xinzhi(*words, "--out", "out"), f"--out out: holds {own} of another origin, which would be replaced")
    assert path.read_text() == "mine\n" and [one.name for one in path.parent.iterdir()] == [path.name]


def test_files_of_another_origin_go_only_where_the_user_says_so_and_others_are_left(xinzhi, tmp_path):
    words = ("run", "baseline", *SMALL)
    for folder in ("out", "results/baseline"):
        (tmp_path / folder).mkdir(parents=True)
        for name in ("series.csv", "data.csv", "notes.txt"):
            (tmp_path / folder / name).write_text("mine\n")
    usual = xinzhi(*words)
    assert usual.returncode == 0 and "results/baseline holds series.csv of another origin" in usual.stderr
    assert "written to results/baseline-2" in usual.stdout
    assert (tmp_path / "results" / "baseline" / "series.csv").read_text() == "mine\n"
    assert xinzhi(*words, "--out", "out", "--overwrite").returncode == 0
    assert (tmp_path / "out" / "series.csv").read_text() != "mine\n"
    assert xinzhi(*words, "--out", "out").returncode == 0, "from now on the folder is ours"
    for name in ("data.csv", "notes.txt"):
        assert (tmp_path / "out" / name).read_text() == "mine\n"
    (tmp_path / "out" / "series.csv").unlink()
    (tmp_path / "out" / ".question.json").unlink()
    (tmp_path / "out" / "provenance.json").unlink()
    for path in (tmp_path / "out").glob("*.csv"):
        path.rename(path.with_name(f"old_{path.name}"))
    for name in ("summary.json", "datapackage.json"):
        (tmp_path / "out" / name).unlink()
    assert xinzhi(*words, "--out", "out").returncode == 0, "nothing is in the way"


def test_every_file_of_an_answer_is_known_to_be_one(xinzhi, tmp_path):
    """Else a file of the user's own with its name would be replaced."""
    commands = {
        "run": ("run", "baseline", "--quarters", "7", "--figures"),
        "compare": ("headline", "--seeds", "2", "--quarters", "7"),
        "explain": ("explain", "no_ai", "baseline", "--seeds", "1", "--year", "2025", "--family", "labour"),
        "responses": (
            "responses",
            "--seeds",
            "1",
            "--year",
            "2025",
            "--after",
            "1",
            "--shock",
            "policy_rate",
            "--calm",
        ),
        "effects": (
            "effects",
            "--seeds",
            "2",
            "--quarters",
            "19",
            "--lever",
            "adoption_subsidy",
            "--budget",
            "0.2%gdp",
        ),
        "evidence": ("evidence", "--seeds", "1", "--until", "2025"),
        "nowcast": ("nowcast", "--seeds", "1"),
        "duel": ("duel", "--seeds", "1", "--since", "2025"),
        "backtest": ("backtest", "--seeds", "2", "--opening", "2015", "--until", "2016", "--posterior", "china"),
        "sector": ("sector", "MET"),
    }
    for folder, words in commands.items():
        size = () if folder == "sector" else ("--workers", "2000")
        done = xinzhi(*words, *size, "--out", folder)
        assert done.returncode == 0, done.stderr
        names = [path.name for path in (tmp_path / folder).rglob("*") if path.is_file() and path.name[0] != "."]
        unknown = [name for name in names if not any(fnmatch(name, pattern) for pattern in ANSWERS)]
        assert names and not unknown, "add them to ANSWERS in abm/results/folders.py"


@pytest.mark.parametrize("words", [("--out", ""), ("--out=",), ("--out", " ")])
@pytest.mark.parametrize("command", ["run", "sweep", "fit", "schema"])
def test_an_empty_name_of_a_folder_is_not_the_current_one(xinzhi, tmp_path, command, words):
    refused(xinzhi(command, "baseline", *words), "--out is empty; give a folder, --out . for the current one")
    with pytest.raises(UserError, match="is empty; give a folder"):
        claim_folder(words[-1].partition("=")[2].strip(), tmp_path, {})
    assert list(tmp_path.iterdir()) == []


def test_results_of_another_program_are_known_by_their_provenance(xinzhi, tmp_path):
    abm.run("baseline", 2000, 1, 3).write(tmp_path / "results" / "baseline")
    assert "results/baseline\n" in xinzhi("run", "baseline", *SMALL).stdout
    abm.run("baseline", 2000, 2, 3).write(tmp_path / "results" / "baseline")
    assert "results/baseline-2" in xinzhi("run", "baseline", *SMALL).stdout


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


def test_a_folder_where_a_file_is_to_be_written_is_refused_at_once(xinzhi, tmp_path):
    (tmp_path / "out" / "series.csv").mkdir(parents=True)
    for more in ((), ("--overwrite",)):
        refused(xinzhi("run", "baseline", *SMALL, "--out", "out", *more), "--out out: holds a folder named series.csv")
