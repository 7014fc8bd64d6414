"""Signals end a command as one wish, at any moment: what its last line says is kept is there, and nothing else is left.

The programs are real ones, in a session of their own, and the signal goes to all of it as from a terminal.
"""

import json
import os
import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import abm

pytestmark = [pytest.mark.command, pytest.mark.usefixtures("interruptible")]

PROGRAM = [sys.executable, "-m", "abm"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1])}
WORKERS = ("--workers", "2000")
DESIGN = "scenario: baseline\nworkers: 2000\nquarters: 12\nseeds: 40\npolicies: {none: {}}\n"
COMMANDS = {
    "run": ("run", "baseline", *WORKERS, "--seeds", "60", "--quarters", "15", "--out", "out"),
    "compare": ("compare", "baseline", "no_ai", *WORKERS, "--seeds", "12", "--quarters", "15", "--out", "out"),
    "effects": ("effects", *WORKERS, "--seeds", "4", "--quarters", "19", "--lever", "carbon_price", "--out", "out"),
    "explain": ("explain", "no_ai", "baseline", *WORKERS, "--seeds", "8", "--year", "2026", "--family", "labour",
                "--out", "out"),
    "responses": ("responses", *WORKERS, "--seeds", "8", "--year", "2026", "--after", "4", "--out", "out"),
    "evidence": ("evidence", *WORKERS, "--seeds", "12", "--until", "2027", "--out", "out"),
    "nowcast": ("nowcast", *WORKERS, "--seeds", "12", "--out", "out"),
    "headline": ("headline", *WORKERS, "--seeds", "6", "--quarters", "15", "--out", "out"),
    "sweep": ("sweep", "design.yaml", "--out", "out"),
}  # fmt: skip
SEED_OF_THE_MOMENTS = 20_261_128
SIGNALS = (("INT", "INT"), ("TERM",), ("HUP",), ("INT",), ("TERM", "INT"))


def begin(words, folder, **environment):
    """A program in its own session, with temporary folders and a store of seeds of its own."""
    for name in ("temporary", "seeds"):
        (folder / name).mkdir(exist_ok=True)
    (folder / "design.yaml").write_text(DESIGN, encoding="utf-8")
    places = {"TMPDIR": str(folder / "temporary"), "XINZHI_SEEDS": str(folder / "seeds")}
    return subprocess.Popen(
        [*PROGRAM, *words], cwd=folder, env={**ENVIRONMENT, **places, **environment}, stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip


def ended(process, folder):
    """(code, output, errors) of a program; nothing of it may be left."""
    try:
        out, err = process.communicate(timeout=120)
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline and alive(process.pid):
        time.sleep(0.05)
    assert not alive(process.pid), "processes are left"
    left = [path for path in (folder / "temporary").iterdir() if path.name.startswith("xinzhi-")]
    assert not left, "temporary folders are left"
    assert not list(folder.rglob("*.part")) and not list(folder.rglob(".lock"))
    assert "Traceback" not in err, err
    return process.returncode, out, err


def alive(session):
    return subprocess.run(["ps", "-o", "stat=", "-s", str(session)], capture_output=True, text=True).stdout.replace(
        "Z", ""
    ).strip(" \n+sl<N")  # fmt: skip


def check_what_is_kept(words, folder, last):
    """The numbers of the last line against the files."""
    for done, total in re.findall(r"(\d+) of (\d+) runs are kept in the store", last):
        assert int(done) <= len(list((folder / "seeds").glob("*.npz"))) and int(done) <= int(total)
    written = re.search(r"(\d+) of (\d+) seeds are written to out", last)
    if written and words[0] == "run":
        seeds = json.loads((folder / "out" / "provenance.json").read_text())["seeds"]
        assert len(seeds) == int(written[1]) == pd.read_csv(folder / "out" / "series.csv")["seed"].nunique()
    if written and words[0] in ("evidence", "explain", "nowcast", "responses"):
        assert (folder / "out" / f"{words[0]}.json").is_file()
    kept = re.search(r"(\d+) of (\d+) runs are kept in out", last)
    if kept:
        runs = abm.read_sweep(folder / "out").outcomes[["point", "seed"]].drop_duplicates()
        assert len(runs) == int(kept[1])
    assert written or "are kept in" in last or "nothing is" in last, last


@pytest.mark.parametrize("names", [("INT", "INT"), ("TERM",), ("HUP",)], ids="-".join)
def test_signals_keep_the_finished_seeds_and_the_same_command_goes_on(names, tmp_path):
    process = begin(COMMANDS["run"], tmp_path)
    while len(list((tmp_path / "seeds").glob("*.npz"))) < 3:
        assert process.poll() is None
        time.sleep(0.02)
    for name in names:
        os.killpg(process.pid, getattr(signal, f"SIG{name}"))
        time.sleep(0.1)
    code, _, err = ended(process, tmp_path)
    last = err.splitlines()[-1]
    assert code == 130 and last.startswith("xinzhi: interrupted; ") and "of 60 runs are kept" in last
    check_what_is_kept(COMMANDS["run"], tmp_path, last)
    shorter = [word if word != "60" else "2" for word in COMMANDS["run"]]
    code, out, _ = ended(begin([*shorter, "--overwrite"], tmp_path), tmp_path)
    assert code == 0 and "2 of 2 seeds" in out


def test_a_sweep_interrupted_before_its_first_run_ends_as_interrupted(tmp_path):
    process = begin(COMMANDS["sweep"], tmp_path)
    while not (tmp_path / "out" / "design.json").exists():
        assert process.poll() is None
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)
    code, _, err = ended(process, tmp_path)
    assert code == 130
    check_what_is_kept(COMMANDS["sweep"], tmp_path, err.splitlines()[-1])


@pytest.mark.slow
def test_thirty_random_interruptions(tmp_path):
    moments = random.Random(SEED_OF_THE_MOMENTS)
    for number in range(30):
        name = list(COMMANDS)[number % len(COMMANDS)]
        folder = tmp_path / f"{number}-{name}"
        folder.mkdir()
        process = begin(COMMANDS[name], folder)
        time.sleep(moments.uniform(0.9, 11.0))
        names = SIGNALS[moments.randrange(len(SIGNALS))]
        for one in names:
            if process.poll() is None:
                os.killpg(process.pid, getattr(signal, f"SIG{one}"))
            time.sleep(moments.uniform(0.0, 0.5))
        code, out, err = ended(process, folder)
        last = err.splitlines()[-1] if err else ""
        print(f"{number}: {name} {names}: {code} {last}")
        assert code in (0, 130), (name, names, code, err, out)
        if code == 130:
            assert last.startswith("xinzhi: interrupted; "), (name, err)
            check_what_is_kept(COMMANDS[name], folder, last)
