"""Both versions as processes: a change planted in a copy of the model is found where it was planted."""

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from versions.__main__ import main
from versions.compare import LABELS, Size, compare
from versions.page import page
from versions.parting import BITS
from versions.trees import OldCommitError, Tree, unpacked, working_tree
from versions.verdict import sentence, text_for_the_note
from versions.version import Version, VersionError

pytestmark = pytest.mark.unit

ROOT = Path(__file__).resolve().parents[2]
SMALL = Size(workers=2_000, seeds=2, quarters=6)
# In place of the package of kernels: it is read where it is, so that the compiled ones are found.
# What is compiled is shared with the checkout, so that it is compiled once.
SHARED = ("compiling", "kernels", "population/kernels")


@pytest.fixture
def copied(tmp_path):
    """``copied(name, file=(before, after), ...)``: a tree of the model as it is, with a text replaced in some files."""

    def copy(name, planted):
        tree = tmp_path / name
        shutil.copytree(
            ROOT / "abm", tree / "abm", ignore=shutil.ignore_patterns("compiling", "kernels", "__pycache__")
        )
        for folder in SHARED:
            (tree / "abm" / folder).mkdir()
            init = (ROOT / "abm" / folder / "__init__.py").read_text(encoding="utf-8")
            docstring, _, rest = init.partition("\n")
            text = f"{docstring}\n__path__ = [{str(ROOT / 'abm' / folder)!r}]\n{rest}"
            (tree / "abm" / folder / "__init__.py").write_text(text)
        for folder in ("analysis", "xinzhi"):
            shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns("__pycache__"))
        shutil.copytree(ROOT / "scenarios", tree / "scenarios")
        for file, (before, after) in planted.items():
            text = (tree / file).read_text(encoding="utf-8")
            assert text.count(before) == 1, f"{file} has changed; plant something else"
            (tree / file).write_text(text.replace(before, after), encoding="utf-8")
        return Tree(tree, name, "a copy")

    return copy


@pytest.fixture
def compared(copied, tmp_path):
    """``compared(names, planted)``: the model as it is, and with texts replaced, {file: (before, after)}."""

    def run(only, planted):
        return compare(copied("old", {}), copied("new", planted), tmp_path / "work", SMALL, only, lambda _: None)

    return run


def test_two_copies_are_identical(compared):
    comparison = compared(["ai_tax"], {})
    assert [row.run.title for row in comparison.rows] == [
        "scenario baseline", "lever ai_tax, neutral", "lever ai_tax, half way", "lever ai_tax, documented strength"
    ]  # fmt: skip
    for row in comparison.rows:
        assert row.identical and row.parting.quarters == SMALL.quarters and not row.untraced and row.printed is None
    assert sentence(comparison).startswith("Identical bit for bit: every number that is written, and the state")
    assert text_for_the_note(comparison).startswith("Results change: no.")
    assert comparison.nulls == 1 and not comparison.broken_nulls
    assert not comparison.notes
    assert "identical bit for bit" in page(comparison)


@pytest.fixture
def in_one_process(monkeypatch):
    """The command is not started as a process of its own too, which the test of two copies sees."""
    monkeypatch.setattr("versions.compare._unlike_itself", lambda *_: "")


@pytest.mark.usefixtures("in_one_process")
def test_a_planted_line_is_found_with_its_phase_and_a_null_policy_that_acts(compared):
    planted = {
        "abm/levers/ai_tax.py": (".ai_tax = rate\n", ".ai_tax = 1.1 * rate\n"),
        "abm/levers/basic_income.py": (".basic_income = share\n", ".basic_income = share + 0.001\n"),
    }
    comparison = compared(["ai_tax", "basic_income"], planted)
    rows = {row.run.title: row for row in comparison.rows}
    assert rows["scenario baseline"].identical and rows["lever ai_tax, neutral"].identical
    found = (
        ("ai_tax", "firms_organise_tasks", "firms.ai_unit_spending"),
        ("basic_income", "households_plan_spending", "workers.disposable_income"),
    )
    for name, phase, column in found:
        row = rows[f"lever {name}, half way"]
        onset = row.parting.lasting[BITS]
        assert not row.identical and row.changes.largest and row.greatest is not None
        assert (onset.quarter, onset.phase) == (4, phase)  # 2025, from which the lever holds
        assert column in onset.columns
    assert next(iter(rows)).startswith("lever basic_income")  # the greatest change comes first
    assert [row.run.name for row in comparison.broken_nulls] == ["basic_income"]
    assert comparison.broken_nulls[0].null == {LABELS[0]: True, LABELS[1]: False}


@pytest.mark.usefixtures("in_one_process")
def test_a_command_that_fails_in_one_version_is_said(compared):
    comparison = compared(["baseline"], {"scenarios/baseline.yaml": ("question: ", "no_such_key: 1\nquestion: ")})
    assert set(comparison.rows[0].failed) == {LABELS[1]}
    assert "fails in the new version: xinzhi: baseline.yaml" in sentence(comparison)
    assert text_for_the_note(comparison).startswith("Results change: yes.")


def test_a_version_that_cannot_be_imported_is_said(copied, tmp_path):
    tree = copied("old", {"abm/levers/ai_tax.py": ("from __future__ import annotations\n", "import no_such_module\n")})
    version = Version(LABELS[0], tree, tmp_path / "work")
    try:
        with pytest.raises(VersionError, match=r"old version \(old\) cannot be imported .*no_such_module"):
            version.describe()
        shutil.rmtree(tree.folder)
        with pytest.raises(VersionError, match="the process of the old version ended"):
            version.process.kill()
            version.describe()
    finally:
        version.close()


@pytest.fixture
def repository(tmp_path):
    """``repository("one", "two")``: a repository with a commit for each content of its only file."""

    def make(*contents):
        folder = tmp_path / "repository"
        folder.mkdir()
        git = [
            "git",
            "-C",
            str(folder),
            "-c",
            "user.name=A",
            "-c",
            "user.email=a@example.org",
            "-c",
            "commit.gpgsign=false",
        ]
        subprocess.run([*git, "init", "--quiet"], check=True)
        for content in contents:
            (folder / "file").write_text(content)
            subprocess.run([*git, "add", "file"], check=True)
            subprocess.run([*git, "commit", "--quiet", "-m", f"Now {content}"], check=True)
        return folder

    return make


def test_an_old_commit_is_unpacked_and_the_repository_stays_as_it_is(repository, tmp_path):
    folder = repository("one", "two")
    before = sorted(str(path) for path in (folder / ".git").rglob("*") if path.name != "index")
    tree = unpacked(folder, "HEAD~1", tmp_path / "old")
    assert (tree.folder / "file").read_text() == "one"
    assert tree.about.endswith("Now one") and len(tree.name) == 9
    assert (working_tree(folder).name, working_tree(folder).about[-7:]) == (
        unpacked(folder, "HEAD", tmp_path / "b").name,
        "Now two",
    )
    (folder / "file").write_text("three")
    changed = working_tree(folder)
    assert changed.name.endswith("+") and changed.about.endswith("Now two, with 1 files changed or new since")
    assert sorted(str(path) for path in (folder / ".git").rglob("*") if path.name != "index") == before


@pytest.mark.parametrize("commit", ["nothing", "--all", "HEAD~7"])
def test_an_unknown_commit_is_refused(repository, tmp_path, commit):
    with pytest.raises(OldCommitError, match=f"OLD={commit}: git knows no such commit"):
        unpacked(repository("one"), commit, tmp_path / "old")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ([], "the following arguments are required: OLD"),
        (["HEAD", "--seeds", "33"], "give a whole number from 1 to 32"),
        (["HEAD", "--workers", "few"], "give a whole number from 2000"),
    ],
)
def test_bad_input_is_said_with_the_usage(arguments, message, capsys):
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert ended.value.code == 2
    said = capsys.readouterr().err
    assert message in said and "usage: make compare-versions OLD=<commit>" in said


@pytest.mark.skipif(not (ROOT / ".git").exists(), reason="this is no checkout")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_leaves_nothing_behind(number, tmp_path, interruptible):
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "tests"), "TMPDIR": str(tmp_path)}
    command = [sys.executable, "-m", "versions", "HEAD", "--only", "baseline", "--out", str(tmp_path / "out")]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE, "text": True, "env": environment}
    with subprocess.Popen(command, **pipes) as process:
        assert "runs in both versions" in process.stderr.readline()  # both are at work
        time.sleep(0.5)
        process.send_signal(number)
        _, said = process.communicate(timeout=60)
    assert process.returncode == 130 and "interrupted; nothing is kept" in said
    assert not list(tmp_path.iterdir())
