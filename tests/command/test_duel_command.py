"""xinzhi duel as a user runs it."""

import pandas as pd
import pytest

pytestmark = pytest.mark.command

SMALL = ("--workers", 2000, "--seeds", 2, "--since", 2025)


def test_it_prints_and_writes_every_forecast(tmp_path, command_in):
    done = command_in(tmp_path, "duel", *SMALL)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    printed = done.stdout.replace("\n", " ")
    assert "3 origins from 2025Q1 to 2025Q3, tables of 2024" in printed and "posterior china" in printed
    table = pd.read_csv(tmp_path / "results" / "duel" / "duel.csv")
    assert set(table["rule"]) >= {"model", "no_change", "mean8", "ar2", "var", "var_money", "bvar"}
    assert len(table[table["rule"] == "model"]) == 10
    scores = pd.read_csv(tmp_path / "results" / "duel" / "duel_scores.csv")
    assert (scores["rmse"] >= 0).all() and set(scores["period"]) == {"2023-25"}


def test_it_runs_without_a_posterior_and_refuses_an_unknown_one(tmp_path, command_in):
    done = command_in(tmp_path, "duel", *SMALL, "--posterior", "none", "--out", "plain")
    assert done.returncode == 0 and "parameters as they are" in done.stdout
    ended = command_in(tmp_path, "duel", *SMALL, "--posterior", "chnia")
    assert ended.returncode == 2 and "no posterior" in ended.stderr and len(ended.stderr.splitlines()) == 1


def test_it_forecasts_the_united_states_beside_published_errors(tmp_path, command_in):
    done = command_in(tmp_path, "duel", *SMALL, "--economy", "usa")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    assert "US_BeforeIT, accounts of 2024" in done.stdout and "China" not in done.stdout
    table = pd.read_csv(tmp_path / "results" / "duel_usa" / "duel.csv")
    assert set(table["variable"]) == {"real_gdp_growth", "gdp_deflator_growth", "unemployment_rate"}
    ended = command_in(tmp_path, "duel", *SMALL, "--economy", "china_20")
    assert ended.returncode == 2 and "no record of quarters" in ended.stderr and len(ended.stderr.splitlines()) == 1
