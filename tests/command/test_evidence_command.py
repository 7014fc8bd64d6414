"""xinzhi evidence as a user runs it."""

import json

import pandas as pd
import pytest

pytestmark = pytest.mark.command

SMALL = ("--workers", 2000, "--seeds", 2, "--until", 2025)


def test_it_prints_and_writes_the_table(tmp_path, command_in):
    done = command_in(tmp_path, "evidence", *SMALL)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    folder = tmp_path / "results" / "evidence_baseline"
    table = pd.read_csv(folder / "evidence.csv")
    assert len(table) >= 25 and table["verdict"].iloc[0] == "miss" and table["own"].iloc[0] == "yes"
    record = json.loads((folder / "evidence.json").read_text())
    words = "--workers 2000 --seeds 2 --first-seed 1 --until 2025"
    assert record["command"] == f"xinzhi evidence --scenario baseline {words}"
    assert done.stdout.index("MISSES") < done.stdout.index("THE MODEL CANNOT SAY")
    assert (folder / "evidence.png").stat().st_size > 10_000


def test_it_prints_json(tmp_path, command_in):
    done = command_in(tmp_path, "evidence", *SMALL, "--json", "--out", "here")
    assert done.returncode == 0, done.stderr
    assert (
        json.loads(done.stdout)["figures"] == json.loads((tmp_path / "here" / "evidence.json").read_text())["figures"]
    )


def test_the_united_states_have_their_own_rows_first(tmp_path, command_in):
    done = command_in(tmp_path, "evidence", *SMALL, "--economy", "usa", "--language", "zh")
    assert done.returncode == 0, done.stderr
    folder = tmp_path / "results" / "evidence_baseline_usa"
    record = json.loads((folder / "evidence.json").read_text())
    assert record["country"] == "the United States" and record["figures"][0]["economy"].startswith("USA")
    assert record["command"].endswith("--set economy=usa --until 2025 --language zh")
    assert (folder / "survey.png").stat().st_size > 10_000 and "美国：未命中" in done.stdout


@pytest.mark.parametrize(
    "words, told",
    [
        (("--language", "xx"), "--language xx"),
        (("--economy", "usa", "--set", "economy=usa"), "both given"),
        (("--economy", "nowhere"), "nowhere"),
        (("--until", 2024), "until=2024"),
        (("--until", 3000), "until=3000"),
        (("--scenario", "nowhere"), "nowhere"),
        (("--set", "ai=sometimes"), "sometimes"),
    ],
)
def test_bad_input_ends_in_one_line(tmp_path, command_in, words, told):
    done = command_in(tmp_path, "evidence", *words)
    assert done.returncode == 2 and told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
