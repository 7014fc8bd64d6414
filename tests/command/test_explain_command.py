"""xinzhi explain as a user runs it."""

import json

import pytest

pytestmark = pytest.mark.command


def test_it_prints_and_writes_what_makes_the_difference(tmp_path, command_in):
    words = ("no_ai", "baseline", "--workers", 2000, "--seeds", 1, "--first-seed", 2, "--year", 2025)
    done = command_in(tmp_path, "explain", *words, "--family", "labour", "--family", "plant")
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    folder = tmp_path / "results" / "why_no_ai_baseline"
    record = json.loads((folder / "explain.json").read_text())
    for account in record["accounts"].values():
        total = sum(part["mean"] for part in account["parts"].values())
        assert total == pytest.approx(account["difference"]["mean"], abs=1e-9)
    assert record["seeds"] == [2] and record["provenance"]["runs"] == 5
    expected = "xinzhi explain no_ai baseline --workers 2000 --seeds 1 --first-seed 2 --year 2025"
    assert record["command"] == f"{expected} --family labour --family plant"
    assert record["provenance"]["subject"]["scenario"]["name"] == "baseline"
    text = " ".join(done.stdout.split())
    assert "Real GDP in 2025" in text and "One pair of seeds" in text and "results/why_no_ai_baseline" in text
    assert (folder / "why_real_gdp.png").stat().st_size > 10_000


@pytest.mark.parametrize(
    "words, told",
    [
        (("baseline", "baseline"), "same economy"),
        (("no_ai", "baseline", "--year", 2020), "--year 2020"),
        (("no_ai", "baseline", "--family", "labor"), "labor"),
        (("nowhere",), "no scenario 'nowhere'"),
    ],
)
def test_bad_input_ends_in_one_line(tmp_path, command_in, words, told):
    done = command_in(tmp_path, "explain", *words)
    assert done.returncode == 2 and told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
