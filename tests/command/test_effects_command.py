"""xinzhi effects as a user runs it."""

import pandas as pd
import pytest

pytestmark = pytest.mark.command


def test_it_prints_and_writes_the_effects_of_the_levers_named(command_in, tmp_path):
    words = ("--workers", 2000, "--seeds", 2, "--quarters", 20, "--lever", "basic_income", "--lever", "carbon_price")
    done = command_in(tmp_path, "effects", *words, "--out", "out")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    table = pd.read_csv(tmp_path / "out" / "effects.csv")
    assert set(table["lever"]) == {"basic_income", "carbon_price"}
    basic = table[table["lever"] == "basic_income"].set_index("variable")
    assert basic["cost"].iloc[0] > 0.01
    assert basic.loc["gini_disposable_income", "effect"] < 0
    assert "basic_income (share 0.03; costs" in " ".join(done.stdout.split())


def test_an_unknown_lever_ends_in_one_line(command_in, tmp_path):
    done = command_in(tmp_path, "effects", "--lever", "carbon_prize")
    assert done.returncode == 2 and "carbon_prize" in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
