"""xinzhi nowcast as a user runs it."""

import json

import pandas as pd
import pytest

pytestmark = pytest.mark.command

SMALL = ("--workers", 2000, "--seeds", 2)


def test_it_prints_and_writes_the_tables(tmp_path, command_in):
    done = command_in(tmp_path, "nowcast", *SMALL)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    folder = tmp_path / "results" / "nowcast_baseline"
    table = pd.read_csv(folder / "nowcast.csv")
    assert len(table) > 100 and table["counted"].sum() > 80
    record = json.loads((folder / "nowcast.json").read_text())
    assert record["command"] == "xinzhi nowcast --scenario baseline --workers 2000 --seeds 2 --first-seed 1"
    assert done.stdout.startswith("Of ") and "QUARTERLY FORECASTS" in done.stdout
    assert (folder / "nowcast.png").stat().st_size > 10_000


def test_it_prints_json_and_chinese(tmp_path, command_in):
    done = command_in(tmp_path, "nowcast", *SMALL, "--json", "--out", "here")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["duel"] == json.loads((tmp_path / "here" / "nowcast.json").read_text())["duel"]
    done = command_in(tmp_path, "nowcast", *SMALL, "--language", "zh", "--out", "there")
    assert done.returncode == 0 and "季度预测" in done.stdout


@pytest.mark.parametrize(
    "words, told",
    [
        (("--language", "fr"), "--language fr"),
        (("--scenario", "nowhere"), "nowhere"),
        (("--set", "economy=china_20"), "no published figures"),
        (("--economy", "china_20"), "no published figures"),
        (("--economy", "usa", "--set", "economy=usa"), "both given"),
        (("--set", "ai=sometimes"), "sometimes"),
    ],
)
def test_bad_input_ends_in_one_line(tmp_path, command_in, words, told):
    done = command_in(tmp_path, "nowcast", *words)
    assert done.returncode == 2 and told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_the_united_states_are_in_their_own_words(tmp_path, command_in):
    done = command_in(tmp_path, "nowcast", *SMALL, "--economy", "usa")
    assert done.returncode == 0, done.stderr
    assert "The figures are those of the United States." in done.stdout.replace("\n", " ")
    assert "China" not in done.stdout and "yuan" not in done.stdout
    assert (tmp_path / "results" / "nowcast_baseline_usa" / "nowcast.csv").is_file()
