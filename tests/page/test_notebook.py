"""The panels in a notebook: a browser draws what the widget sends, without a server and without Jupyter."""

from __future__ import annotations

import json
import re
import sys
from typing import TYPE_CHECKING, Any

import pytest

import abm
from abm import UserError
from xinzhi.app.notebook.panels import APP, content_of, panels, script

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

    from xinzhi.analysis.comparison.comparison import Comparison

pytestmark = pytest.mark.page

ADDRESS = "http://notebook.test"
SHOWN = """<!doctype html><html lang="en"><head><title>waiting</title><link rel="icon" href="data:,"></head>
<body style="font-family: cursive"><div id="cell"></div><script type="module">
import widget from "./widget.js";
const content = await (await fetch("./content.json")).json();
await widget.render({ model: { get: () => content }, el: document.getElementById("cell") });
document.title = "ready";
</script></body></html>"""


@pytest.fixture(scope="module")
def both() -> Comparison:
    return abm.compare("no_ai", "baseline", workers=2_000, seeds=3, until=2026)


def shown(browser: Any, content: dict[str, Any], width: int = 1000) -> Page:
    page = browser.new_page(viewport={"width": width, "height": 900}, locale="en-GB")
    bodies = {
        "/": (SHOWN, "text/html"), "/widget.js": (script(), "text/javascript"),
        "/content.json": (json.dumps(content), "application/json"),
    }  # fmt: skip

    def answer(route: Route) -> None:
        body, kind = bodies[route.request.url.removeprefix(ADDRESS)]
        route.fulfill(body=body, content_type=f"{kind}; charset=utf-8")

    page.route(f"{ADDRESS}/**", answer)
    page.faults = []
    page.on("pageerror", lambda error: page.faults.append(str(error)))
    page.on("console", lambda said: page.faults.append(said.text) if said.type == "error" else None)
    page.goto(f"{ADDRESS}/")
    page.wait_for_function("document.title === 'ready'")
    page.wait_for_selector("#cell .panel")
    return page


def test_amounts_are_those_of_the_comparison(browser: Any, both: Comparison) -> None:
    page = shown(browser, content_of(both, ["gdp", "unemployment"]))
    amounts = page.locator("#cell .amount").all_inner_texts()
    for amount, name in zip(amounts, ("real_gdp", "unemployment_rate"), strict=True):
        number = float(re.sub(r"[^0-9.−]", "", amount).replace("−", "-"))
        assert number == pytest.approx(both.change(1, name, 2026).difference.mean, abs=0.06)
    assert not page.faults


def test_the_year_and_levels_are_chosen_and_keys_read_them(browser: Any, both: Comparison) -> None:
    page = shown(browser, content_of(both, ["gdp"]))
    page.locator("#cell input[type=range]").fill("2024")
    assert page.locator("#cell .year output").inner_text() == "2024"
    first = float(page.locator("#cell .amount").inner_text().split()[0].replace("−", "-").replace("+", ""))
    assert first == pytest.approx(both.change(1, "real_gdp", 2024).difference.mean, abs=0.06)
    page.locator("#cell input[name=show]").nth(1).check()
    assert page.locator("#cell .chart-end").count() == 2, "one line for each economy"
    page.locator("#cell .chart-box").focus()
    page.keyboard.press("Home")
    assert page.locator("#cell .chart-box + .chart-live").inner_text().startswith("2024: ")
    assert not page.faults


def test_it_speaks_chinese_and_fits_a_phone(browser: Any, both: Comparison) -> None:
    page = shown(browser, content_of(both, language="zh"), width=390)
    text = "".join(page.locator("#cell .bar, #cell .panels").all_inner_texts())
    assert "差异" in text
    assert "Difference" not in text
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert "cursive" not in page.locator("#cell .chart-title").first.evaluate("e => getComputedStyle(e).fontFamily")
    assert not page.faults


def test_several_scenarios_share_a_panel(browser: Any) -> None:
    three = abm.compare("no_ai", "baseline", "all_strategies", workers=2_000, seeds=2, until=2025)
    page = shown(browser, content_of(three, ["gdp"]))
    assert page.locator("#cell .chart-end").count() == 2, "two differences from the reference"
    assert not page.faults


def test_what_cannot_be_shown_is_refused(both: Comparison, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(UserError, match="no language 'fr'"):
        content_of(both, language="fr")
    with pytest.raises(UserError, match="gpd"):
        content_of(both, ["gpd"])
    monkeypatch.setitem(sys.modules, "anywidget", None)
    with pytest.raises(UserError, match=r"pip install 'xinzhi\[notebook\]'"):
        panels(both)


def test_every_module_is_checked_and_travels() -> None:
    for path in (APP / "notebook").glob("*.js"):
        assert path.read_text(encoding="utf-8").startswith("// @ts-check\n/** "), path.name
    assert "static/vendor/preact.js" in script()
    assert "static/js/state.js" not in script(), "it would write into the address of the notebook"
