"""xinzhi countries as a user runs it."""

import csv

import pytest

pytestmark = pytest.mark.command


def test_it_says_what_a_policy_does_in_both(tmp_path, command_in):
    words = ("usa_carbon_price", "--workers", 2000, "--seeds", 2, "--first-seed", 2, "--year", 2027)
    done = command_in(tmp_path, "countries", *words)
    assert done.returncode == 0, done.stderr
    assert "Traceback" not in done.stderr and "Warning" not in done.stderr
    assert "carbon_price 446.0 CNY" in done.stderr and "carbon_price 50 USD" in done.stderr
    assert "in China" in done.stdout and "the United States" in done.stdout
    folder = tmp_path / "results" / "countries"
    assert (folder / "countries.png").stat().st_size > 10_000 and "CO2 per GDP" in (folder / "countries.md").read_text()
    with (folder / "countries.csv").open() as file:
        assert {row["economy"] for row in csv.DictReader(file)} == {"china", "usa", "gap"}


@pytest.mark.parametrize(
    "words, told",
    [
        (("adoption_subsidy", "--economy", "china"), "2 different economies"),
        (("adoption_subsidy", "--economy", "china", "--economy", "mars"), "mars"),
        (("adoption_subsidy", "adoption_subsidy"), "given twice"),
        (("adoption_subsidy", "--year", 2020), "2020"),
    ],
)
def test_bad_input_ends_in_one_line(tmp_path, command_in, words, told):
    done = command_in(tmp_path, "countries", *words)
    assert done.returncode == 2 and told in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
