"""What cannot be, or does not add up, in the tables of an economy is refused in one line before anything opens."""

import csv
import shutil

import numpy as np
import pytest

import abm
from abm.data import find_economy, load_tables, shipped_economies
from abm.data.currencies import contradiction
from abm.data.manifest import ECONOMIES
from abm.data.plausible import COLUMNS, EITHER_SIGN, FIGURES, range_of
from abm.errors import UserError
from abm.population.draws import order_of

pytestmark = pytest.mark.unit


@pytest.fixture
def mine(tmp_path):
    """A copy of the tables of the USA that opens in 2024."""
    shutil.copytree(ECONOMIES / "usa", tmp_path / "mine", ignore=shutil.ignore_patterns("inputs"))
    return tmp_path / "mine"


def changed(name, key, column, value):
    """Another value in a cell: a text, or what a function makes of the number there; ``key`` is how the row begins."""

    def change(folder):
        with (folder / name).open(encoding="utf-8", newline="") as file:
            header, *rows = csv.reader(file)
        at, (row,) = header.index(column), [row for row in rows if row[: len(key)] == list(key)]
        row[at] = value if isinstance(value, str) else repr(value(float(row[at])))
        with (folder / name).open("w", encoding="utf-8", newline="") as file:
            csv.writer(file, lineterminator="\n").writerows([header, *rows])

    return change


def sector(code, column, factor):
    return changed("sectors.csv", (code,), column, lambda value: factor * value)


def figure(name, value):
    return changed("macro.csv", (name,), "value", value)


def words(old, new):
    def change(folder):
        text = (folder / "manifest.yaml").read_text(encoding="utf-8")
        assert old in text
        (folder / "manifest.yaml").write_text(text.replace(old, new, 1), encoding="utf-8")

    return change


FIRST = ("AGR", "AGR")
FAULTS = {
    "inputs above output": (
        changed("input_coefficients.csv", FIRST, "domestic", "0.9"),
        r"mine/sectors.csv, line 2: .* should add up to 1, not 1\.6",
    ),
    "a digit too many": (
        changed("input_coefficients.csv", FIRST, "imported", "9.5"),
        r"mine/input_coefficients.csv, line 2: imported should be 0 to 1, not 9\.5",
    ),
    "another output": (sector("MIN", "gross_output", 1.3), r"mine/sectors.csv, line 3: value_added over gross_output"),
    "another consumption": (
        sector("MIN", "household_consumption", 1.5),
        r"line 3: household_consumption should be the sum of household_consumption_rural and household_consumption_ur",
    ),
    "other exports": (sector("MIN", "exports", 1.5), r"line 3: output and imports of MIN, .* within 0\.5 per cent"),
    "other domestic parts": (
        sector("FOD", "final_consumption_domestic", 0.5),
        r"line 4: final_consumption_domestic, .* of its supply",
    ),
    "no output": (sector("AGR", "gross_output", 0.0), r"line 2: gross_output should be more than 0, not 0"),
    "staff beyond all": (
        changed("staffing.csv", ("AGR",), "management", "0.9"),
        r"mine/staffing.csv, line 2: staffing .* add up to 1",
    ),
    "rate in per cent": (
        figure("unemployment_rate", "4.03"),
        r"unemployment_rate should be 0 to 0\.5, not 4\.03; a sha",
    ),
    "index of a hundred": (
        figure("gini_disposable_income", "39.5"),
        r"macro.csv, line \d+: gini_disposable_income sho",
    ),
    "thousands": (figure("employment_million", "161350"), r"employment_million should be 0\.001 to 1000, not 161350"),
    "more employed than adults": (
        figure("employment_million", "300"),
        r"300 million employed .* 262\.03 million adults",
    ),
    "hardly anybody employed": (figure("employment_million", "16.135"), r"should be 0\.2 to 1 of the 262\.03 million"),
    "households that smoke": (
        figure("co2_households_mt", "13452"),
        r"co2_households_mt is 51\.34 tonnes for each adult",
    ),
    "other emissions": (
        figure("co2_households_table_mt", "2000"),
        r"co2_table_total_mt should be the sum of co2_mt of",
    ),
    "billions for trillions": (
        figure("nominal_gdp_trn", "29298"),
        r"nominal_gdp_trn is 29298, but value_added gives 27",
    ),
    "uses of electricity": (
        figure("electricity_tertiary_split_twh", "138"),
        r"electricity_split_twh should be the sum",
    ),
    "no exchange rate": (
        figure("currency_per_usd", "0"),
        r"currency_per_usd should be 1e-06 to 1e\+07, not 0; an exch",
    ),
    "a dollar of seven": (figure("currency_per_usd", "7.1"), r"should be 1 where the currency is USD, not 7\.1"),
    "hours of a year": (figure("hours_per_week", "1799"), r"hours_per_week should be 10 to 80, not 1799"),
    "negative deaths": (
        changed("ages.csv", ("20",), "death_rate", "-5"),
        r"mine/ages.csv, line 2: death_rate should be",
    ),
    "negative adults": (
        changed("ages.csv", ("25",), "adults_million", "-3"),
        r"ages.csv, line 3: adults_million should",
    ),
    "ages that fall": (
        changed("ages.csv", ("25",), "age", "65"),
        r"mine/ages.csv, line 4: age should be 20 in the fir",
    ),
    "born in thousands": (
        changed("births.csv", ("2004",), "births_million", "4015"),
        r"births.csv, line 2: births_million should be 0 to",
    ),
    "a year left out": (
        changed("births.csv", ("2006",), "year", "2016"),
        r"births.csv, line 4: year should be the one",
    ),
    "code of another currency": (words("code: USD", "code: CNY"), r"mine/manifest.yaml, line \d+: the code CNY is"),
    "words of another currency": (
        words("en: dollars", "en: yuan"),
        r"the code USD is that of dollar \(美元\), not of 'yu",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_is_refused_with_file_and_line(mine, fault):
    load_tables(economy=str(mine))
    change, told = FAULTS[fault]
    change(mine)
    with pytest.raises(UserError, match=told) as refused:
        abm.Model(2_000, rng=1, overrides={"economy": str(mine)})
    assert "\n" not in str(refused.value)


@pytest.mark.parametrize("name", shipped_economies())
def test_every_number_of_a_shipped_economy_has_a_range(name):
    folder = find_economy(name).folder
    for path in folder.rglob("macro.csv"):
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        assert [row["name"] for row in rows if range_of(row["name"]) is EITHER_SIGN] == []
    for table, ranges in COLUMNS.items():
        if (folder / table).is_file():
            with (folder / table).open(encoding="utf-8", newline="") as file:
                header = next(csv.reader(file))
            assert set(header) & set(ranges), table


def test_each_range_is_one_with_a_remedy():
    ranges = [*FIGURES.values(), *(one for columns in COLUMNS.values() for one in columns.values())]
    assert all(one.least < one.most and one.remedy for one in ranges)


@pytest.mark.parametrize(
    ("code", "english", "chinese", "fits"),
    [
        ("CNY", "yuan", "元", True), ("CNY", "dollars", "美元", False), ("CNY", "yuan", "美元", False),
        ("EUR", "euros", "欧元", True), ("EUR", "yuan", "元", False), ("CHF", "francs", "法郎", True),
        ("CHF", "yuan", "元", False), ("eur", "euros", "欧元", False), ("USD", "dollars", "美元", True),
    ],
)  # fmt: skip
def test_code_and_words_are_of_one_currency(code, english, chinese, fits):
    assert (contradiction({"code": code, "en": english, "zh": chinese}) == "") == fits


def test_an_order_of_what_is_no_number_is_refused_before_any_memory_is_written():
    with pytest.raises(UserError, match="cannot open"):
        order_of(np.array([1.0, np.nan, 2.0]))
    assert order_of(np.array([3.0, 1.0, 2.0])).tolist() == [1, 2, 0]


def test_without_wages_an_economy_does_not_open(mine):
    """Contributions of employers that are more than all that employees are paid."""
    figure("social_contributions_share", "0.99")(mine)
    overrides = {"economy": str(mine), "assumptions.government.employee_contribution_share": 0.0}
    with pytest.raises(UserError, match="mine/sectors.csv: compensation leaves no wages to pay"):
        abm.Model(2_000, rng=1, overrides=overrides)
