"""A planner chooses the United States: everything on the page follows, and undo leads back."""

import re

import pytest
from page.browsing import state

pytestmark = pytest.mark.page
CHINA = re.compile(r"\b(China|yuan)\b|CNY")


def told(visit):
    """The page's words without the list of countries."""
    return visit.page.inner_text("#controls") + visit.page.inner_text("#view")


def test_choosing_a_country_moves_everything(visit):
    mine = {"levers.carbon_price": 200, "levers.retraining": 0.006}
    page = visit.open(state(policies=mine)).settle().page
    assert "billion CNY" in told(visit)
    page.select_option(".country select", "usa")
    page.wait_for_selector(".notice")
    visit.settle()
    assert "Carbon price" in page.inner_text(".notices"), "an amount in another currency stays behind"
    assert "economy=usa" in page.url and "carbon_price" not in page.url and "retraining" in page.url
    assert "billion USD" in told(visit) and not CHINA.search(told(visit))
    page.get_by_role("button", name="Undo").click()
    visit.settle()
    assert "economy" not in page.url and "billion CNY" in told(visit)
    assert not visit.faults


def test_a_link_opens_in_its_country_with_its_pins_only(visit):
    pins = [
        {
            "title": "American",
            "base": "baseline",
            "policies": {"levers.retraining": 0.006},
            "assumptions": {},
            "economy": "usa",
        },
        {"title": "Of China", "base": "baseline", "policies": {"levers.retraining": 0.006}, "assumptions": {}},
    ]
    fields = state(economy="usa", policies={"levers.carbon_price": 50}, pins=pins, tab="compare")
    page = visit.open(fields).settle().page
    assert page.locator(".pins .pin").count() == 2 and page.locator("input.pin-name").input_value() == "American"
    page.get_by_role("tab", name="Scenario").click()
    page.wait_for_selector("text=economy: usa")
    with page.expect_download() as waited:
        page.get_by_role("button", name="Report of one page").click()
    text = waited.value.path().read_text(encoding="utf-8")
    assert "usa_" in waited.value.suggested_filename and "USD" in text and not CHINA.search(text)
    assert not visit.faults
