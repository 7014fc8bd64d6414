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
    assert "exchange rate, 7.12 CNY for one USD" in " ".join(done.stdout.split()) and "the United States" in done.stdout
    folder = tmp_path / "results" / "countries"
    assert (folder / "countries.png").stat().st_size > 10_000 and "CO2 per GDP" in (folder / "countries.md").read_text()
    with (folder / "countries.csv").open() as file:
        assert {row["economy"] for row in csv.DictReader(file)} == {"china", "usa", "gap"}


def test_compare_with_two_economies_is_the_same_question(tmp_path, command_in):
    size = ("--workers", 2000, "--seeds", 2, "--first-seed", 2, "--year", 2025, "--language", "zh")
    done = command_in(tmp_path, "compare", "china", "usa", "usa_carbon_price", *size, "--out", "compared")
    asked = command_in(tmp_path, "countries", "usa_carbon_price", *size, "--out", "asked")
    assert done.returncode == asked.returncode == 0, done.stderr + asked.stderr
    tables = [(tmp_path / folder / "countries.csv").read_bytes() for folder in ("compared", "asked")]
    assert tables[0] == tables[1] and "美国" in done.stdout


def test_compare_refuses_options_and_economies_that_it_does_not_know(tmp_path, command_in):
    for words, told in ((("usa", "mars"), "mars"), (("china", "usa", "no_ai", "--pdf"), "--pdf")):
        done = command_in(tmp_path, "compare", *words)
        assert done.returncode == 2 and told in done.stderr and len(done.stderr.strip().splitlines()) == 1


def test_purchasing_power_is_said(tmp_path, command_in):
    words = ("usa_carbon_price", "--purchasing-power", "--workers", 2000, "--seeds", 2, "--year", 2025)
    done = command_in(tmp_path, "countries", *words)
    assert done.returncode == 0 and "carbon_price 270.0 CNY" in done.stderr  # 90 and 50 times 3.6
    assert "purchasing power over all of GDP, 3.60 CNY" in " ".join(done.stdout.split())


def test_an_unknown_economy_is_named_with_those_that_exist(tmp_path, command_in):
    done = command_in(tmp_path, "countries", "no_ai", "--economy", "china", "--economy", "mars")
    assert all(name in done.stderr for name in ("mars", "china", "usa"))


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
