"""xinzhi backtest: what it prints and writes, and what it says to a year that it does not have."""

import numpy as np
import pandas as pd
import pytest

pytestmark = pytest.mark.command


@pytest.fixture
def backtest(command_in, tmp_path):
    return lambda *words: command_in(tmp_path, "backtest", *words)


def test_a_short_backtest_prints_and_writes_its_errors(backtest, tmp_path):
    done = backtest("--opening", 2015, "--until", 2016, "--workers", 2000, "--seeds", 2, "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "Opened in 2015, predicted to 2016, 2 seeds" in done.stdout
    for words in (
        "Growth of real GDP",
        "Employment by sector",
        "Electricity",
        "CO2 by sector",
        "model/drift",
        "in band",
    ):
        assert words in done.stdout
    errors = pd.read_csv(tmp_path / "out" / "errors.csv")
    assert set(errors["year"]) == {2016} and np.isfinite(errors["error"]).all()
    assert (errors["p10"] <= errors["predicted"]).all() and (errors["predicted"] <= errors["p90"]).all()
    series = pd.read_csv(tmp_path / "out" / "series.csv")
    assert set(series["quarter"]) == set(range(8))
    assert (series[series["variable"] == "ai_adoption_share"]["value"] == 0).all()
    assert series[series["variable"] == "real_gdp"]["unit"].unique().tolist() == ["trn CNY of 2015Q1"]
    for figure in ("backtest.png", "judges.png"):
        assert (tmp_path / "out" / figure).stat().st_size > 10_000
    for words in ("model/AR(p)", "model/BVAR", "CRPS", "Every seed takes a draw", "Diebold-Mariano"):
        assert words in done.stdout
    judged = pd.read_csv(tmp_path / "out" / "judges.csv")
    assert set(judged["forecaster"]) == {"model", "no_change", "drift", "trend", "ar", "var", "bvar"}
    assert (judged["width_50"] <= judged["width_80"]).all() and (judged["width_80"] <= judged["width_90"]).all()
    assert (pd.read_csv(tmp_path / "out" / "judges_summary.csv")["crps"] >= 0).all()


def test_fixed_trends_are_the_same_in_every_seed(backtest, tmp_path):
    done = backtest("--opening", 2015, "--until", 2016, "--workers", 2000, "--seeds", 2, "--fixed", "--out", "fixed")
    assert done.returncode == 0, done.stderr
    assert "Every seed takes a draw" not in done.stdout and "random draws only" in done.stdout


def test_a_posterior_prints_coverage_without_and_with_its_draws(backtest, tmp_path):
    few = ("--opening", 2015, "--until", 2016, "--workers", 2000, "--seeds", 2)
    done = backtest(*few, "--posterior", "china", "--out", "drawn")
    assert done.returncode == 0, done.stderr
    for words in ("draw of the parameters of the posterior china", "Observations inside, without and with draws"):
        assert words in done.stdout.replace("\n", " ")
    assert "2001Q1 to 2019Q4" in done.stdout and "each seed takes one of 200 draws" in done.stderr
    table = pd.read_csv(tmp_path / "drawn" / "coverage.csv")
    assert {"inside_80_without", "inside_80_with", "width_80_without", "width_80_with"} <= set(table.columns)
    assert (table["width_80_with"] != table["width_80_without"]).any()
    plain = backtest(*few, "--out", "plain")
    without = pd.read_csv(tmp_path / "plain" / "judges.csv")
    mine = without[(without["forecaster"] == "model") & (without["target"] == "real_gdp")]["width_80"].mean()
    assert table.set_index("target")["width_80_without"]["real_gdp"] == mine and plain.returncode == 0


def test_a_backtest_opens_in_2018_with_what_is_on_record(backtest, tmp_path):
    done = backtest("--opening", 2018, "--until", 2020, "--workers", 2000, "--seeds", 2, "--out", "late")
    assert done.returncode == 0, done.stderr
    assert "4 targets against three" in done.stdout.replace("\n", " ") and "2020-22 apart" in done.stdout
    errors = pd.read_csv(tmp_path / "late" / "errors.csv")
    assert {"real_gdp", "electricity_use", "co2_emissions", "co2_by_sector"} <= set(errors["target"])
    assert "employment_share" not in set(errors["target"])


def test_the_united_states_are_held_against_their_own_record(backtest, tmp_path):
    few = ("--economy", "usa", "--opening", 2019, "--until", 2021, "--workers", 2000, "--seeds", 2)
    done = backtest(*few, "--out", "usa")
    assert done.returncode == 0, done.stderr
    assert "GDP deflator" in done.stdout and "2020-21 apart" in done.stdout and "Consumer prices" not in done.stdout
    series = pd.read_csv(tmp_path / "usa" / "series.csv")
    assert series[series["variable"] == "real_gdp"]["unit"].unique().tolist() == ["trn USD of 2019Q1"]
    wrong = backtest("--economy", "usa", "--opening", 2018)
    assert wrong.returncode == 2 and "should be one of 2017, 2019, the earlier years of usa" in wrong.stderr


def test_bad_years_are_refused_in_one_line(backtest):
    for arguments, words in (
        (("--opening", 2013), "--opening 2013: should be one of 2012, 2015, 2018"),
        (("--until", 2012), "--until 2012: should lie between 2013 and 2025"),
    ):
        ended = backtest(*arguments)
        assert ended.returncode == 2 and words in ended.stderr and len(ended.stderr.splitlines()) == 1
