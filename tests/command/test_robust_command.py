"""xinzhi robust and xinzhi sensitivity as a user runs them, on tiny sweeps."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

import abm

pytest.importorskip("SALib")
pytestmark = pytest.mark.command

PROGRAM = [sys.executable, "-W", "error", "-m", "abm"]
ENVIRONMENT = {**os.environ, "PYTHONPATH": str(Path(abm.__file__).resolve().parents[1])}
PATIENCE = 900.0
DESIGN = {
    "workers": 2000,
    "quarters": 7,
    "seeds": 2,
    "sampling": {"method": "morris", "samples": 2, "levels": 4},
    "uncertainties": {
        "labour.search_share": {"low": 0.5, "high": 0.95},
        "energy.fuel_trend": {"low": -0.03, "high": 0.0},
        "labour.natural_unemployment": {"low": 0.04, "high": 0.06},
    },
    "policies": {"no new policy": {}, "carbon price": {"carbon_price": {2024: 900}}},
}


def run(folder, *words):
    return subprocess.run(
        [*PROGRAM, *map(str, words)], cwd=folder, env=ENVIRONMENT, capture_output=True, text=True, timeout=PATIENCE
    )


@pytest.fixture(scope="module")
def swept(tmp_path_factory):
    folder = tmp_path_factory.mktemp("swept")
    abm.sweep(DESIGN, folder / "sweep", processes=1)
    return folder


def test_robust_prints_and_writes_what_policies_do(swept):
    done = run(swept, "robust", "sweep", "--need", "co2<11600", "--reference", "no new policy")
    assert done.returncode == 0, done.stderr
    said = " ".join(done.stdout.split())
    assert "Who pays: the income tax rises by the net cost of each policy" in said
    assert "8 worlds, 2025, means of 2 seeds (1 to 2)" in said
    assert "CO2 emissions (lowest is best): 'carbon price' has no regret: no policy is better in any world" in said
    assert "Requirements, as given: CO2 emissions below 11,600 million tonnes a year." in said
    kept = json.loads((swept / "sweep" / "robust" / "robust.json").read_text())
    assert kept["who_pays"] in said
    assert kept["policies"] == ["no new policy", "carbon price"]
    worlds = pd.read_csv(swept / "sweep" / "robust" / "worlds.csv")
    assert len(worlds) == 16
    assert worlds.loc[worlds["policy"] == "carbon price", "regret_co2_emissions_per_year"].max() == 0.0
    for name in ("front", "regret_of_policies", "needs_of_policies"):
        assert (swept / "sweep" / "robust" / f"{name}.png").exists()


def test_sensitivity_of_a_sweep_knows_what_moves_emissions(swept):
    done = run(swept, "sensitivity", "sweep", "--outcome", "co2_emissions", "--policy", "carbon price", "--out", "s")
    assert done.returncode == 0, done.stderr
    table = pd.read_csv(swept / "s" / "sensitivity.csv").set_index("key")
    assert table["effect_size"].idxmax() == "energy.fuel_trend"
    assert table.loc["energy.fuel_trend", "effect"] > 1.0  # per cent; fuel falls less
    assert table.loc["energy.fuel_trend", "above_noise"]
    assert "1. Trend of fuel per unit of output (energy.fuel_trend): CO2 emissions +" in " ".join(done.stdout.split())
    assert (swept / "s" / "tornado.png").exists()


def test_sensitivity_without_a_sweep_runs_the_standard_design(tmp_path):
    words = ("--trajectories", 2, "--seeds", 1, "--workers", 2000, "--quarters", 7, "--processes", 1, "--out", "out")
    done = run(tmp_path, "sensitivity", *words)
    assert done.returncode == 0, done.stderr
    ranges = pd.read_csv(tmp_path / "out" / "ranges.csv")
    assert len(ranges) == 20 and set(ranges["status"]) <= {"assumed", "tuned"}
    assert (ranges["low"] < ranges["high"]).all()
    assert len(pd.read_csv(tmp_path / "out" / "sensitivity.csv")) == 60
    assert "42 runs: 42 worlds x 1 policy x 1 seed" in done.stdout


def test_bad_words_end_in_one_line(swept, command_in):
    for words, said in (
        (("robust", "nowhere"), "no sweep there"),
        (("robust", "sweep", "--goal", "real_gpd=up"), "nearest valid: real_gdp"),
        (("robust", "sweep", "--need", "co2_emissions"), "write NAME<NUMBER"),
        (("robust", "sweep", "--need", "co2_emissions<2900"), '"co2_emissions_per_year<11600"'),
        (("robust", "sweep", "--out", "sweep"), "another question (that of `xinzhi sweep`)"),
        (("sensitivity", "--method", "guess"), "should be morris or sobol"),
        (("sensitivity", "sweep", "--year", 2050), "has the years 2024 to 2025"),
    ):
        done = command_in(swept, *words)
        assert done.returncode == 2, (words, done.stdout, done.stderr)
        assert said in done.stderr and len(done.stderr.strip().splitlines()) == 1
