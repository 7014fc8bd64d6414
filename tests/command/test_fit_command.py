"""xinzhi fit as a user runs it."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import abm
from abm.files import hold_lock, release_locks

pytestmark = pytest.mark.command
pytest.importorskip("optuna")
pytest.importorskip("cmaes")

PROGRAM = [sys.executable, "-m", "abm", "fit"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1])}
SMALL = ("--workers", 2000, "--seeds", 1, "--quarters", 12, "--fit", "labour.efficiency_deviation=0.3:0.45")
TARGETS = ("--target", "gini_opening", "--target", "unemployment_mean=2")


def run(folder, *words):
    return subprocess.run(
        [*PROGRAM, *map(str, words)], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=900
    )


def test_it_writes_a_scenario_that_loads_and_goes_on_with_more_trials(tmp_path):
    done = run(tmp_path, *SMALL, *TARGETS, "--trials", 4, "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    out = tmp_path / "out"
    trials = pd.read_csv(out / "trials.csv")
    best = trials.loc[trials["distance"].idxmin()]
    fitted = abm.load_scenario(out / "fitted.yaml")
    assert fitted.assumptions == {"labour.efficiency_deviation": best["labour.efficiency_deviation"]}
    assert fitted.extends == ("baseline",) and not fitted.levers
    text = (out / "fitted.yaml").read_text()
    assert text.startswith("# Fitted by xinzhi") and "gini_opening, unemployment_mean" not in text.splitlines()[0]
    assert {"targets.csv", "slopes.csv", "convergence.png", "identification.png"} <= {one.name for one in out.iterdir()}
    assert "Gini of disposable income, opening" in done.stdout and "Not fitted" in done.stdout
    more = run(tmp_path, *SMALL, *TARGETS, "--trials", 6, "--out", "out")
    assert more.returncode == 0, more.stderr
    pd.testing.assert_frame_equal(pd.read_csv(out / "trials.csv").head(4), trials)
    other = run(tmp_path, *SMALL, "--target", "gini_opening", "--trials", 2, "--out", "out")
    assert (
        other.returncode == 2 and "the answer to another question (aims differs); give another folder" in other.stderr
    )
    (out / ".lock").touch()
    assert hold_lock(out / ".lock")
    try:
        second = run(tmp_path, *SMALL, *TARGETS, "--trials", 6, "--out", "out")
    finally:
        release_locks()
    assert second.returncode == 2 and "another xinzhi is writing there" in second.stderr


def test_adoption_is_fitted_without_a_run(tmp_path):
    done = run(tmp_path, "--adoption", "--out", "out")
    assert done.returncode == 0, done.stderr
    figures = pd.read_csv(tmp_path / "out" / "adoption.csv")
    assert not figures.loc[figures["time"] == 2025, "to_2024_fitted"].any()
    for words in (
        "Bass curve",
        "last step carried on",
        "Rank correlation, EU activities",
        "No survey shows China's rate",
    ):
        assert words in done.stdout
    assert (tmp_path / "out" / "adoption.png").stat().st_size > 10_000


def test_bad_input_ends_in_one_line(tmp_path, command_in):
    (tmp_path / "fit.yaml").write_text("targets:\n  okun: 1\n")
    for words, complaint in (
        (("--fit", "firms.demand_gian"), "nearest valid: firms.demand_gain"),
        (("--fit", "firms.demand_gain=1:0.5"), "runs downwards"),
        (("--target", "okun"), "unknown target 'okun'"),
        (("--target", "okun_slope=-1"), "the weight should be a number above 0"),
        (("fit.yaml",), "unknown target 'okun'"),
        (("--adoption", "--target", "okun_slope"), "leave the others away"),
        (("--scenario", "nothing"), "no scenario 'nothing'"),
        (("--until", 2030, "--quarters", 8), "until and quarters are both set"),
        (("--until", 2010), "opens in 2024"),
    ):
        ended = command_in(tmp_path, "fit", *words)
        assert ended.returncode == 2 and complaint in ended.stderr, ended.stderr
        assert len(ended.stderr.strip().splitlines()) == 1


@pytest.mark.slow
@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_killed_at_any_moment_it_ends_with_the_trials_of_an_unbroken_fit(tmp_path):
    words = [*map(str, (*SMALL, *TARGETS, "--trials", 12))]
    assert run(tmp_path, *words, "--out", "whole").returncode == 0
    broken = [*PROGRAM, *words, "--out", "broken"]
    for seconds in (6.0, 8.0, 7.0):
        process = subprocess.Popen(
            broken, cwd=tmp_path, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        time.sleep(seconds)
        process.kill()
        process.wait()
    assert run(tmp_path, *words, "--out", "broken").returncode == 0
    tables = [pd.read_csv(tmp_path / name / "trials.csv") for name in ("whole", "broken")]
    pd.testing.assert_frame_equal(*tables)
    slopes = [(tmp_path / name / "slopes.csv").read_text() for name in ("whole", "broken")]
    assert slopes[0] == slopes[1]
