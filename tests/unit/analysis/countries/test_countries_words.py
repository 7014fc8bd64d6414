"""The gap between two economies in words."""

import zipfile

import pandas as pd
import pytest

from abm import compare
from xinzhi.analysis.comparison.files import can_write_workbook, tables_of
from xinzhi.analysis.comparison.workbook import write_workbook
from xinzhi.analysis.countries.effects import closed_share, is_sharp
from xinzhi.analysis.countries.figures import countries_figure
from xinzhi.analysis.countries.text import countries_text, page_text

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
        ("co2_emissions", "energy", 15.2, 0.95), ("co2_emissions", "ages", -0.2, -0.0125),
        ("real_gdp", "energy", 0.1, float("nan")),
    )
])  # fmt: skip


def test_the_text_says_what_differs_and_what_closes_it():
    text = " ".join(countries_text(EFFECTS, EXCHANGED, FACTS, NAMES, BLOCKS, {"carbon": "Carbon price"}).split())
    assert "-33.0 [-33.3 to -32.7] in China" in text and "the two differ clearly" in text
    assert "With one block of the United States in China, this part of the difference closes: energy (95 %)" in text
    assert "ages (" not in text and "No clear difference between the two in real gdp" in text


def test_the_page_has_the_same_and_what_is_left_out():
    page = page_text(EFFECTS, EXCHANGED, FACTS, NAMES, BLOCKS, {"carbon": "Carbon price"}, ["Ages do not fit."])
    assert "| China | energy | 95 |" in page and "Ages do not fit." in page and "| CO2 per GDP" in page
    assert "| the United States | energy" not in page


def test_a_gap_is_taken_apart_only_where_it_is_known_well():
    assert is_sharp(pd.Series(row("a", "gap", 3.0, 1.0))) and not is_sharp(pd.Series(row("a", "gap", 3.0, 1.1)))
    assert closed_share(1.0, 2.0, True) == 0.5 and closed_share(1.0, 2.0, False) != closed_share(1.0, 2.0, False)
    assert closed_share(-1.0, -2.0, True) == pytest.approx(0.5)


def test_the_figure_has_a_dot_for_each_economy():
    figure = countries_figure(EFFECTS, NAMES, {"carbon": "Carbon price"}, 2000)
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
