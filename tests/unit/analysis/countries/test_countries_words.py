"""The gap between two economies in words."""

import re
import zipfile

import pandas as pd
import pytest

from abm import compare
from abm.experiments.countries.blocks import BLOCKS as COUNTRY_BLOCKS
from xinzhi.analysis.comparison.files import can_write_workbook, tables_of
from xinzhi.analysis.comparison.workbook import write_workbook
from xinzhi.analysis.countries.effects import clear_decimals, closed_share, is_sharp
from xinzhi.analysis.countries.figures import countries_figure
from xinzhi.analysis.countries.text import CountryFindings, countries_text, money_note, page_text

NAMES = {"china": "China", "usa": "the United States"}
BLOCKS = {"energy": "energy", "ages": "ages"}
FACTS = pd.DataFrame(
    {"title": ["CO2 per GDP"], "unit": ["kg per dollar"], "decimals": [2], "china": [0.63], "usa": [0.17]}
)


def row(variable, economy, effect, half):
    clear = abs(effect) > half
    return {
        "scenario": "carbon", "variable": variable, "title": variable.replace("_", " "), "economy": economy,
        "year": 2035, "unit": "per cent", "effect": effect, "low": effect - half, "high": effect + half,
        "clear": clear, "pairs": 8,
    }  # fmt: skip


EFFECTS = pd.DataFrame([
    row("co2_emissions", "china", -33.0, 0.3), row("co2_emissions", "usa", -17.0, 0.3),
    row("co2_emissions", "gap", 16.0, 0.4), row("real_gdp", "china", -0.1, 0.2), row("real_gdp", "usa", 0.0, 0.2),
    row("real_gdp", "gap", 0.1, 0.3),
])  # fmt: skip
EXCHANGED = pd.DataFrame([
    {"scenario": "carbon", "variable": variable, "title": variable, "economy": "china", "block": block, "year": 2035,
     "effect": 0.0, "moved": moved, "low": moved, "high": moved, "clear": True, "gap": 16.0, "closed": closed}
    for variable, block, moved, closed in (
        ("co2_emissions", "energy", 15.2, 0.95), ("co2_emissions", "ages", -4.0, -0.25),
        ("real_gdp", "energy", 0.1, float("nan")),
    )
])  # fmt: skip


def findings(**others):
    given = {"names": NAMES, "blocks": BLOCKS, "labels": {"carbon": "Carbon price"}, **others}
    return CountryFindings(EFFECTS, EXCHANGED, FACTS, **given)


def test_the_text_says_what_differs_and_what_closes_it():
    text = " ".join(countries_text(findings()).split())
    assert "33.0 per cent lower in China [32.7 to 33.3]" in text and "difference +16.0 [+15.6 to +16.4]" in text
    assert "If China had one block of the United States, so much of the difference would close: energy 95 %." in text
    assert "It would widen with ages 25 %." in text
    assert "No clear difference between the two economies in real gdp" in text


def test_the_page_has_the_same_and_what_is_noted():
    page = page_text(findings(notes=["Ages do not fit.", money_note(7.12, ["CNY", "USD"], False)]))
    assert "| China | energy | 95 |" in page and "Ages do not fit." in page and "| CO2 per GDP" in page
    assert "| the United States | energy" not in page and "exchange rate, 7.12 CNY for one USD" in page


def test_purchasing_power_is_said():
    assert "purchasing power over all of GDP, 3.60 CNY" in page_text(
        findings(notes=[money_note(3.6, ["CNY", "USD"], True)])
    )


def test_a_large_effect_has_one_decimal():
    assert clear_decimals(pd.Series(row("a", "gap", 29.0, 1.0) | {"unit": "points"})) == 1


def test_in_chinese_no_english_remains():
    measured = EFFECTS.assign(title=EFFECTS["variable"].map({"co2_emissions": "CO2 emissions", "real_gdp": "Real GDP"}))
    found = CountryFindings(
        measured, EXCHANGED.assign(title="CO2 emissions"), FACTS, {"china": "中国", "usa": "美国"},
        {name: block.title for name, block in (("energy", COUNTRY_BLOCKS["energy"]), ("ages", COUNTRY_BLOCKS["ages"]))},
        {"carbon": "AI against no AI"}, notes=[money_note(7.12, ["CNY", "USD"], power) for power in (True, False)],
        language="zh",
    )  # fmt: skip
    for text in (countries_text(found), page_text(found)):
        words = set(re.findall(r"[A-Za-z]{2,}", text)) - {"GDP", "CO", "CNY", "USD"}
        assert not words, words


def test_a_gap_is_taken_apart_only_where_it_is_known_well():
    assert is_sharp(pd.Series(row("a", "gap", 3.0, 1.0))) and not is_sharp(pd.Series(row("a", "gap", 3.0, 1.1)))
    assert closed_share(1.0, 2.0, True) == 0.5 and closed_share(1.0, 2.0, False) != closed_share(1.0, 2.0, False)
    assert closed_share(-1.0, -2.0, True) == pytest.approx(0.5)


def test_the_figure_has_a_dot_for_each_economy():
    figure = countries_figure(findings(), 2000)
    dots = [line for axes in figure.axes for line in axes.lines if line.get_marker() == "o"]
    assert len(dots) == 4


@pytest.mark.skipif(not can_write_workbook(), reason="XlsxWriter is not there")
@pytest.mark.parametrize("language", ["en", "zh"])
def test_the_workbook_names_the_currency_of_the_economy(tmp_path, language):
    compared = compare("usa_carbon_price", workers=2000, seeds=2, quarters=16).in_language(language)
    path = write_workbook(compared, tables_of(compared), tmp_path / "book.xlsx", "COMMAND")
    with zipfile.ZipFile(path) as book:
        text = "".join(book.read(name).decode() for name in book.namelist() if name.startswith("xl/worksheets"))
    assert {"en": "USD", "zh": "美元"}[language] in text
    assert "CNY" not in text and "人民币" not in text
