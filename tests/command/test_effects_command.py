"""xinzhi effects as a user runs it."""

import pandas as pd
import pytest

pytestmark = pytest.mark.command


def test_it_prints_and_writes_the_effects_of_the_levers_named(command_in, tmp_path):
    words = ("--workers", 2000, "--seeds", 2, "--quarters", 19, "--lever", "basic_income", "--lever", "carbon_price")
    done = command_in(tmp_path, "effects", *words, "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    table = pd.read_csv(tmp_path / "out" / "effects.csv")
    assert set(table["lever"]) == {"basic_income", "carbon_price"}
    basic = table[table["lever"] == "basic_income"].set_index("variable")
    assert basic["cost_per_cent"].iloc[0] > 1.0
    assert basic.loc["gini_disposable_income_of_100", "effect"] < 0
    told = " ".join(done.stdout.split())
    assert told.startswith(
        "Each policy at its documented strength, 2027 to 2028 (2 years in force): ranked by household"
    )
    assert "(3 % of the mean wage)" in told and told.endswith("the tables and the figure are beside it")
    written = {path.name for path in (tmp_path / "out").iterdir() if not path.name.startswith(".")}
    assert written == {"effects.csv", "effects.png", "effects.txt"}
    by_lever = " ".join((tmp_path / "out" / "effects.txt").read_text(encoding="utf-8").split())
    assert "Basic income (3 % of the mean wage; costs" in by_lever
    assert table["budget_per_cent"].isna().all()


def test_with_a_budget_every_lever_that_can_spends_it(command_in, tmp_path):
    levers = "basic_income", "research_grants", "ai_literacy", "ai_tax"
    words = [word for lever in levers for word in ("--lever", lever)]
    short = ("--workers", 2000, "--seeds", 2, "--quarters", 19, "--out", "out")
    done = command_in(tmp_path, "effects", *short, *words, "--budget", "0.5%gdp")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    strengths = pd.read_csv(tmp_path / "out" / "strengths.csv").set_index("lever")
    table = pd.read_csv(tmp_path / "out" / "effects.csv").drop_duplicates("lever").set_index("lever")
    assert set(table.index) == {"basic_income", "research_grants", "ai_literacy"} and set(table["budget_per_cent"]) == {
        0.5
    }
    for lever in ("basic_income", "research_grants"):  # the runs have the seeds of the search
        assert table.loc[lever, "cost_per_cent"] == pytest.approx(0.5, rel=0.05)
        assert table.loc[lever, "cost_per_cent"] == pytest.approx(strengths.loc[lever, "cost_per_cent"], rel=1e-9)
        assert (
            f"{strengths.loc[lever, 'parameter']} {strengths.loc[lever, 'strength']:g}" in table.loc[lever, "strength"]
        )
    assert table.loc["ai_literacy", "cost_per_cent"] < 0.15 and strengths.loc["ai_literacy", "strength"] == 1.0
    assert strengths.loc["ai_tax", "left_out"] == "a tax"
    told = " ".join(done.stdout.split())
    assert (
        "Spending 0.5 % of GDP a year on each policy, 2027 to 2028 (2 years in force)" in told
        and "AI tax (a tax)" in told
    )
    assert "Not ranked, since they cannot spend 0.5 % of GDP: AI literacy 0." in told
    assert (tmp_path / "out" / "effects.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    "words", [("--budget", "half"), ("--budget", "0.5"), ("--budget", "0.5%gdp", "--lever", "ai_tax")]
)
def test_a_budget_that_makes_no_sense_ends_in_one_line(command_in, tmp_path, words):
    done = command_in(tmp_path, "effects", *words)
    assert done.returncode == 2 and "--budget" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_an_unknown_lever_ends_in_one_line(command_in, tmp_path):
    done = command_in(tmp_path, "effects", "--lever", "carbon_prize")
    assert done.returncode == 2 and "carbon_prize" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("--until", 2026), "levers act from 2027"),
        (("--until", 2200), "the model ends with 2100"),
        (("--until", 2040, "--quarters", 20), "--until or --quarters, not both"),
    ],
)
def test_a_last_year_without_levers_ends_in_one_line(command_in, tmp_path, words, said):
    done = command_in(tmp_path, "effects", *words)
    assert done.returncode == 2 and said in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_the_cost_of_funds_is_printed_alone(command_in, tmp_path):
    done = command_in(tmp_path, "effects", "--cost-of-funds", "--workers", 2000, "--seeds", 2)
    assert done.returncode == 0, done.stderr
    told = " ".join(done.stdout.split())
    assert told.startswith("Marginal cost of funds, 2027 to 2036") and "at the central 0.2" in told
    assert "Means over 2 paired seeds" in told and not list(tmp_path.iterdir())
