"""The charts of the page in a browser: what they draw, what they say to who cannot see them, and on a narrow screen."""

from __future__ import annotations

from typing import Any

import pytest
from page.static_page import drawn, empty_page

pytestmark = pytest.mark.page

YEARS = list(range(2024, 2051))
RISING = [round(0.1 * at, 6) for at in range(len(YEARS))]
SERIES = {
    "key": "gdp", "values": RISING, "low": [v - 0.5 for v in RISING], "high": [v + 0.5 for v in RISING],
    "outerLow": [v - 1 for v in RISING], "outerHigh": [v + 1 for v in RISING],
}  # fmt: skip
LINES = {
    "title": "Real GDP", "sentence": "Higher.", "years": YEARS, "series": [SERIES], "unit": "per cent", "decimals": 1,
    "zero": True, "mark": 2035,
}  # fmt: skip
ROWS = [
    {"key": "a", "label": "Poorest tenth", "mean": 2.0, "low": 1.0, "high": 3.0, "word": "higher"},
    {"key": "b", "label": "Managers, a very long name", "mean": -1.0, "low": -1.5, "high": -0.5, "word": "lower"},
    {"key": "c", "label": "Cleaners", "mean": 0.4, "low": -30.0, "high": 30.8, "word": "unclear"},
    {"key": "d", "label": "Scientists", "mean": 90.0, "low": 60.0, "high": 120.0, "word": "higher", "small": True},
]  # fmt: skip
BARS = {"title": "All gain", "sentence": "Income", "rows": ROWS, "unit": "per cent", "decimals": 1, "better": 1}
PARTS = [
    {"label": row["label"], "mean": mean, "low": mean - 0.4, "high": mean + 0.4, "word": word}
    for row, mean, word in zip(ROWS, (1.25, 0.5, -0.25, 0.1), ("higher", "higher", "unclear", "higher"), strict=True)
]
FALL = {
    "title": "Why", "sentence": "Parts", "parts": PARTS, "total": {"mean": 1.6, "low": 1.0, "high": 2.2},
    "unit": "per cent", "decimals": 2,
}  # fmt: skip
SPREAD = {**BARS, "rows": [{**row, "p10": row["mean"] - 3, "p90": row["mean"] + 3} for row in ROWS[:3]]}
CHARTS = [
    ("lines", "Lines", LINES), ("bars", "Bars", BARS), ("waterfall", "Waterfall", FALL), ("spread", "Spread", SPREAD),
]  # fmt: skip
OUTSIDE = """() => {
  const wide = document.querySelector("svg").getBoundingClientRect();
  return [...document.querySelectorAll("svg text")].filter((text) => {
    const box = text.getBoundingClientRect();
    return box.width && (box.left < wide.left - 1.5 || box.right > wide.right + 1.5 || box.bottom > wide.bottom + 1.5);
  }).map((text) => text.textContent.trim());
}"""


def of_scale(browser: Any, call: str) -> Any:
    """What an expression with the functions of scale.js gives."""
    with empty_page(browser) as page:
        return page.evaluate(f"async () => {{ const s = await import('/js/charts/scale.js'); return {call}; }}")


def test_numbers_of_axes_are_round(browser: Any) -> None:
    assert of_scale(browser, "s.ticks(-0.3, 1.1, 4)") == {"values": [0, 0.5, 1], "step": 0.5, "decimals": 1}
    assert of_scale(browser, "s.ticks(0, 340, 4).values") == [0, 100, 200, 300]
    assert of_scale(browser, "[0.1, 0.25, 2, 1000].map(s.decimalsOf)") == [1, 2, 0, 0]


def test_an_axis_holds_its_values_and_zero_and_is_no_magnifying_glass(browser: Any) -> None:
    low, high, _ = of_scale(browser, "s.limits([0.4, null, 2.3], {zero: true})")
    assert low == 0
    assert high >= 2.3
    low, high, _ = of_scale(browser, "s.limits([-0.001, 0.002], {zero: true, least: 0.4})")
    assert high - low >= 0.4
    assert of_scale(browser, "s.limits([NaN, null], {})")[:2] == [0, 1]


def test_labels_keep_apart_and_stay_inside(browser: Any) -> None:
    places = of_scale(browser, "s.spreadOut([50, 51, 49, 200], 14, 10, 190)")
    assert places[2] < places[0] < places[1] < places[3]
    gaps = [b - a for a, b in zip(sorted(places), sorted(places)[1:], strict=False)]
    assert min(gaps) >= 14 - 1e-6
    assert min(places) >= 10
    assert max(places) <= 190


def test_bands_have_a_gap_where_nothing_is_known(browser: Any) -> None:
    path = of_scale(browser, "s.bandPath([0, 1, 2, 3, 4], [0, 0, null, 0, 0], [1, 1, 1, 1, 1])")
    assert path.count("M") == path.count("Z") == 2
    assert of_scale(browser, "s.linePath([0, 1, 2], [5, null, 6])").count("M") == 2


def test_years_below_have_room(browser: Any) -> None:
    assert of_scale(browser, "s.yearTicks(2024, 2050, 300)") == [2025, 2030, 2035, 2040, 2045, 2050]
    assert of_scale(browser, "s.yearTicks(2024, 2050, 90)") == [2024, 2050]
    assert of_scale(browser, "s.yearTicks(2024, 2024, 90)") == [2024]


def test_long_names_are_wrapped_in_both_scripts(browser: Any) -> None:
    english = of_scale(browser, "s.wrapped('Business and finance specialists of every kind', 12, 120, 2)")
    chinese = of_scale(browser, "s.wrapped('经济和金融专业人员以及其他人员', 12, 70, 2)")
    assert len(english) == len(chinese) == 2
    assert english[1].endswith("…")
    assert chinese[1].endswith("…")
    assert of_scale(browser, "s.wrapped('Short', 12, 120, 2)") == ["Short"]


@pytest.mark.parametrize(("file", "name", "props"), CHARTS)
def test_every_chart_is_described_and_has_its_numbers(
    browser: Any, file: str, name: str, props: dict[str, Any]
) -> None:
    with empty_page(browser) as page:
        drawn(page, file, name, props)
        picture = page.get_by_role("img", name=props["title"])
        assert picture.count() == 1
        described = picture.get_attribute("aria-describedby")
        assert page.locator(f'[id="{described}"]').text_content()
        assert page.locator("figcaption").inner_text().startswith(props["title"])
        page.locator("summary").click()
        rows = page.locator("details tbody tr")
        assert rows.count() == (len(YEARS) if file == "lines" else len(props.get("rows") or [*PARTS, "total"]))
        assert "NaN" not in page.locator("figure").inner_html()
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((one) => one.id)")
        assert len(ids) == len(set(ids))


@pytest.mark.parametrize(("file", "name", "props"), CHARTS)
@pytest.mark.parametrize("width", [320, 390, 1280])
def test_nothing_is_cut_off(browser: Any, file: str, name: str, props: dict[str, Any], width: int) -> None:
    with empty_page(browser, width) as page:
        drawn(page, file, name, props)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.evaluate(OUTSIDE) == []


def test_keys_read_year_by_year(browser: Any) -> None:
    with empty_page(browser) as page:
        drawn(page, "lines", "Lines", LINES)
        live = page.locator(".chart-live").first
        assert live.text_content() == ""
        page.locator(".chart-box").focus()
        page.keyboard.press("ArrowRight")
        assert live.text_content() == "2035: +1.1, 90 % interval +0.6 to +1.6 (per cent)"
        page.keyboard.press("ArrowRight")
        assert str(live.text_content()).startswith("2036: +1.2")
        page.keyboard.press("End")
        assert str(live.text_content()).startswith("2050: +2.6")
        page.keyboard.press("Escape")
        assert live.text_content() == ""


def test_keys_read_row_by_row(browser: Any) -> None:
    with empty_page(browser) as page:
        drawn(page, "bars", "Bars", BARS)
        page.locator(".chart-box").focus()
        read = []
        for _ in ROWS:
            page.keyboard.press("ArrowDown")
            read.append(page.locator(".chart-live").first.text_content())
        assert read[0] == "Poorest tenth: +2.0, 90 % interval +1.0 to +3.0, higher"
        assert read[3] == "Scientists: too few at this precision"


def test_unclear_is_hollow_and_too_few_is_said(browser: Any) -> None:
    with empty_page(browser) as page:
        drawn(page, "bars", "Bars", BARS)
        assert page.locator("circle.dot").count() == 3
        assert page.locator("circle.hollow").count() == 1
        assert page.locator(".chart-note").text_content() == "too few at this precision"
        assert page.locator(".cut").count() == 2, "an interval far beyond all means is cut on both sides"
        drawn(page, "lines", "Lines", {**LINES, "series": [{**SERIES, "low": [-1.0] * len(YEARS)}]})
        assert page.locator("circle.hollow").count() == 1


def test_parts_of_a_waterfall_meet_and_pale_ones_may_be_chance(browser: Any) -> None:
    with empty_page(browser) as page:
        drawn(page, "waterfall", "Waterfall", FALL)
        boxes = page.evaluate(
            "[...document.querySelectorAll('.block')].map((one) => [one.x.baseVal.value, one.width.baseVal.value])"
        )
        edges = [x for x, _ in boxes]
        assert edges[1] == pytest.approx(edges[0] + boxes[0][1], abs=0.1)
        last = boxes[3][0] + boxes[3][1]
        assert boxes[4][0] + boxes[4][1] == pytest.approx(last, abs=0.1), "the total ends where the last part ends"
        assert page.locator(".block.pale").count() == 1


def test_levels_have_no_signs(browser: Any) -> None:
    with empty_page(browser) as page:
        drawn(page, "lines", "Lines", {**LINES, "zero": False, "fromZero": True})
        assert "+" not in str(page.locator("svg").text_content())
        page.locator("summary").click()
        assert "+" not in page.locator("table").inner_text()


def test_one_pair_and_missing_values_are_drawn(browser: Any) -> None:
    bare = {"key": "gdp", "values": [None, *RISING[1:]], "low": None, "high": None}
    with empty_page(browser) as page:
        drawn(page, "lines", "Lines", {**LINES, "series": [bare]})
        assert page.locator("circle.hollow").count() == 1, "without an interval nothing is clear"
        page.locator("summary").click()
        assert page.locator("details tbody td").first.inner_text() == "–"
        drawn(page, "path_preview", "PathPreview", {"years": YEARS, "values": RISING, "unit": "CNY"})
        assert page.get_by_role("img", name="From 0.0 in 2024 to 2.6 in 2050, CNY").count() == 1
