"""Numbers that know their unit: as English writes them, and as Chinese statistics count them."""

import pickle

import pytest

from abm import Display, translated
from xinzhi.analysis.reading.changes import Change, cell_text, change_text, interval_text, signed_size, size_text
from xinzhi.analysis.reading.paired import Difference
from xinzhi.analysis.reading.phrases import effect_text, of_people
from xinzhi.analysis.reading.quantities import between, decimals_in, display_in, quantity, titled, unit_of, years_text

pytestmark = pytest.mark.unit


@pytest.mark.parametrize("value, decimals, unit, english, chinese", [
    (7.123, 1, "million people", "7.1 million people", "712万人"),
    (1387.07, 0, "billion CNY a year", "1,387 billion CNY a year", "13,871亿元/年"),
    (11_593.0, 0, "million tonnes a year", "11,593 million tonnes a year", "115.93亿吨/年"),
    (13_784.9, 0, "terawatt hours a year", "13,785 terawatt hours a year", "137,849亿千瓦时/年"),
    (0.246, 2, "percentage points", "0.25 percentage points", "0.25个百分点"),
    (2.34, 1, "per cent", "2.3 per cent", "2.3%"),
    (182.6, 1, "trillion CNY a year", "182.6 trillion CNY a year", "182.6万亿元/年"),
    (12.0, 0, "", "12", "12"),
])  # fmt: skip
def test_a_number_is_counted_as_the_language_does(value, decimals, unit, english, chinese):
    made = quantity(value, decimals, unit)
    assert made == english and translated(made, "zh") == chinese
    assert translated(pickle.loads(pickle.dumps(made)), "zh") == chinese


def test_signs_and_intervals():
    assert quantity(0.004, 2, "per cent", signed=True, bare=True, sure=True) == "+0.00"
    assert quantity(-0.004, 2, "per cent", signed=True, bare=True) == "0.00"
    ends = between(-0.2, 1.25, 1, "million people", signed=True)
    assert ends == "-0.2 to +1.2" and translated(ends, "zh") == "-20至+125"
    assert translated(quantity(-0.3, 1, "per cent", signed=True), "zh") == "-0.3%"


def test_changes_in_words():
    clear = Change(Difference(-0.42, -0.61, -0.23, 8), "million people", 1)
    assert cell_text(clear) == "-0.4 [-0.6 to -0.2]" and translated(cell_text(clear), "zh") == "-42 [-61至-23]"
    assert translated(change_text(clear), "zh") == "-42万人 [-61至-23]，更低"
    assert translated(size_text(clear), "zh") == "42万人" and translated(signed_size(clear), "zh") == "-42万人"
    assert translated(interval_text(clear, signed=False), "zh") == "23至61"
    text = effect_text("employment", of_people(clear))
    assert text == "employment 0.4 million lower" and translated(text, "zh") == "就业人数低42万人"
    likely = Change(Difference(0.5, 0.1, 0.9, 8, likely=True), "percentage points", 2)
    assert cell_text(likely, with_unit=True) == "+0.50 percentage points [+0.10 to +0.90] likely"
    assert translated(cell_text(likely, with_unit=True), "zh") == "+0.50个百分点 [+0.10至+0.90] 很可能"
    tiny = Change(Difference(0.001, 0.0005, 0.002, 8), "per cent", 1)
    assert translated(signed_size(tiny), "zh") == "幅度不到0.01%"


def test_displays_and_titles():
    people = Display("Employment", "million people", decimals=1, span=2.0)
    shown = display_in(people, "zh")
    assert (shown.factor, shown.decimals, shown.span, shown.unit) == (100.0, 0, 200.0, "万人")
    assert display_in(people, "en") is people and translated(titled(people), "zh") == "就业人数，万人"
    assert titled(Display("Employment")) == "Employment" and translated(unit_of("million people"), "zh") == "万人"
    assert years_text(2024, 2030) == "2024 to 2030" and translated(years_text(2030, 2030), "zh") == "2030年"


@pytest.mark.parametrize(
    "decimals, factor, expected", [(1, 100.0, 0), (2, 10.0, 1), (0, 0.01, 2), (1, 0.01, 2), (1, 1.0, 1)]
)
def test_whole_units_stay_in_sight(decimals, factor, expected):
    assert decimals_in(decimals, factor) == expected
