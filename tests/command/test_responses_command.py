"""xinzhi responses as a user runs it."""

import json

import pandas as pd
import pytest

pytestmark = pytest.mark.command

SMALL = ("--workers", 2000, "--seeds", 1, "--year", 2025, "--after", 4)


def test_it_prints_and_writes_the_responses(tmp_path, command_in):
    done = command_in(tmp_path, "responses", *SMALL, "--shock", "policy_rate=0.005", "--shock", "transfers")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    folder = tmp_path / "results" / "responses_baseline"
    table = pd.read_csv(folder / "responses.csv")
    assert set(table["shock"]) == {"policy_rate", "transfers"} and table["quarters_after"].max() == 4
    record = json.loads((folder / "responses.json").read_text())
    words = "--workers 2000 --seeds 1 --first-seed 1 --year 2025 --after 4 --shock policy_rate=0.005"
    assert record["command"] == f"xinzhi responses --scenario baseline {words} --shock transfers=0.01"
    text = " ".join(done.stdout.split())
    assert "POLICY RATE +50 BASIS POINTS" in text and "One pair of runs" in text
    assert (folder / "response_policy_rate.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    "words, told",
    [
        (("--shock", "rate"), "unknown shock 'rate'"),
        (("--shock", "policy_rate=high"), "the size is no number"),
        (("--year", 2020), "year=2020"),
        (("--scenario", "nowhere"), "nowhere"),
    ],
)
def test_bad_input_ends_in_one_line(tmp_path, command_in, words, told):
    done = command_in(tmp_path, "responses", *words)
    assert done.returncode == 2 and told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
