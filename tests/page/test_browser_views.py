"""Every tab of the page in a browser: it opens, can be read and worked by everybody, and asks no other host."""

import pytest
from page.browsing import HEADLINE, MIX, PIN, TABS, state, visiting

pytestmark = pytest.mark.page

WORLD = {"closures.pass_through": "half"}
PATH = {"levers.carbon_price": {"path": {"2027": 100, "2035": 400}, "shape": "linear"}}
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("tab", TABS)
def test_a_tab_opens(visit, tab, language):
    visit.open(state(tab=tab, language=language, policies=MIX, pins=[PIN])).settle()
    page = visit.page
    assert page.locator("html").get_attribute("lang") == {"en": "en", "zh": "zh-CN"}[language]
    assert page.locator(f"#tab-{tab}").get_attribute("aria-selected") == "true"
    page.locator("#view figure, #view pre").first.wait_for()


@pytest.mark.parametrize("language", ["en", "zh"])
@pytest.mark.parametrize("width", [1280, 320])
def test_no_rule_of_accessibility_is_broken(browser, served, language, width):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    with visiting(browser, served, viewport={"width": width, "height": 900}) as visit:
        for tab in TABS:
            fields = {"policies": {**MIX, **PATH}, "assumptions": WORLD, "pins": [PIN]}
            visit.open(state(tab=tab, language=language, **fields)).settle()
            if tab == "scenario":
                visit.page.locator("button:enabled", has_text="YAML").first.wait_for()
            found = axe.run(visit.page, options={"runOnly": WCAG}).response["violations"]
            assert not found, [(tab, one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize("language", ["en", "zh"])
def test_windows_and_opened_controls_break_none_either(browser, served, language):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    tall = {"width": 1280, "height": 9000}  # nothing is scrolled out of sight
    with visiting(browser, served, viewport=tall) as visit:
        visit.open(state(language=language, policies=PATH)).settle()
        for selector in (".panel .source", "#carbon_price-price"):
            visit.page.locator(selector).first.click()
            visit.page.wait_for_selector("dialog[open]")
            found = axe.run(visit.page, options={"runOnly": WCAG}).response["violations"]
            assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]
            visit.press("Escape")
            assert visit.page.locator("dialog[open]").count() == 0
        for one in visit.page.locator(".controls details:not([open]) > summary").all():
            if one.is_visible():
                one.click()
        found = axe.run(visit.page, options={"runOnly": WCAG}).response["violations"]
        assert not found, [(one["id"], one["nodes"][0]["html"]) for one in found]


@pytest.mark.parametrize("tab", TABS)
def test_nothing_scrolls_sideways_on_a_narrow_screen(browser, served, tab):
    """320 pixels are also what a screen of 1,280 shows at 400 %."""
    for language in ("en", "zh"):
        with visiting(browser, served, viewport={"width": 320, "height": 700}) as visit:
            visit.open(state(tab=tab, language=language, policies=MIX, pins=[PIN])).settle()
            assert visit.page.evaluate("() => document.documentElement.scrollWidth") == 320
            visit.page.locator(".toggle").click()
            assert visit.page.evaluate("() => document.documentElement.scrollWidth") == 320


def test_the_keyboard_alone_is_enough(visit):
    visit.open(state()).settle()
    visit.press("Tab", "Enter")
    assert visit.page.evaluate("() => document.activeElement.id") == "view", "the skip link leads to the answer"
    visit.page.locator("#tab-what").focus()
    for tab in (*TABS[1:], TABS[0]):
        visit.press("ArrowRight")
        assert visit.page.locator(f"#tab-{tab}").get_attribute("aria-selected") == "true"
        assert visit.page.evaluate("() => document.activeElement.id") == f"tab-{tab}"
    for _ in range(60):
        visit.press("Tab")
        if visit.page.evaluate("() => document.activeElement.id") == "adoption_subsidy-share":
            break
    visit.press("ArrowRight", "ArrowRight")
    slider = visit.page.locator("#adoption_subsidy-share")
    assert slider.get_attribute("aria-valuetext") == "10\u00a0% of the integration cost"
    visit.settle()
    visit.page.locator(".chart-box").first.focus()
    visit.press("ArrowRight")
    assert visit.page.locator(".panel .chart-live").first.inner_text().startswith("2035")
    visit.page.locator("#tab-scenario").focus()
    visit.press("Enter")
    visit.page.locator("button:enabled", has_text="Save YAML").focus()
    with visit.page.expect_download() as saved:
        visit.press("Enter")
    assert "adoption_subsidy: 0.1" in saved.value.path().read_text(encoding="utf-8")


@pytest.mark.parametrize("media", [{"forced_colors": "active"}, {"reduced_motion": "reduce"}])
def test_it_works_with_the_colours_and_motion_of_the_user(browser, served, media):
    with visiting(browser, served, **media) as visit:
        visit.open(state(policies=MIX)).settle()
        assert len(visit.amounts) == len(HEADLINE)


def test_it_prints(visit):
    visit.open(state(policies=MIX)).settle()
    visit.page.emulate_media(media="print")
    assert not visit.page.locator(".controls").is_visible()
    assert visit.page.locator(".lead-sentence").is_visible()
    assert visit.page.pdf().startswith(b"%PDF")


def test_the_page_is_up_before_its_first_answer(visit):
    visit.open(state(policies={"levers.carbon_price": 140}))
    assert visit.page.locator(".policies .group").count() == 10
    assert visit.page.locator(".policies input[type=range]").count() >= 7
    assert visit.page.locator(".panel").count() == len(HEADLINE)
