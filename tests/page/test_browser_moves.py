"""What a user does to the page, and that the page forgets nothing and mixes nothing up."""

import json
import time

import pytest
from page.browsing import HEADLINE, MIX, state, visiting

pytestmark = pytest.mark.page

SUBSIDY = "#adoption_subsidy-share"


def test_twenty_moves_are_undone_and_redone(visit):
    visit.open(state())
    slider = visit.page.locator(SUBSIDY)
    slider.focus()
    start, seen = visit.fragment, []
    for at in range(20):
        visit.press("ArrowLeft" if at >= 10 else "ArrowRight")
        seen.append(visit.fragment)
    assert len(set(seen)) == 11
    for fragment in [*reversed(seen[:-1]), start]:
        visit.press("Control+z")
        assert visit.fragment == fragment
    assert visit.page.get_by_role("button", name="Undo").is_disabled()
    for fragment in seen:
        visit.press("Control+Shift+z")
        assert visit.fragment == fragment
    assert visit.page.get_by_role("button", name="Redo").is_disabled()


def test_more_than_a_hundred_moves_are_kept(visit):
    visit.open(state())
    start = visit.fragment
    visit.page.locator(SUBSIDY).focus()
    visit.press(*["ArrowRight", "ArrowLeft"] * 60)
    visit.press(*["Control+z"] * 120)
    assert visit.fragment == start


def test_a_drag_is_one_step(visit):
    visit.open(state())
    start, box = visit.fragment, visit.page.locator(SUBSIDY).bounding_box()
    mouse = visit.page.mouse
    mouse.move(box["x"] + 8, box["y"] + box["height"] / 2)
    mouse.down()
    for part in range(1, 8):
        mouse.move(box["x"] + 8 + part * box["width"] / 10, box["y"] + box["height"] / 2)
    mouse.up()
    assert visit.fragment != start
    visit.press("Control+z")
    assert visit.fragment == start


def test_a_link_brings_everything_back(browser, served):
    fields = {
        "policies": {**MIX, "levers.carbon_price": {"path": {"2027": 100, "2035": 400}, "shape": "linear"}},
        "assumptions": {"closures.pass_through": "half", "mechanisms.augmentation": "off"}, "onDebt": True,
        "title": "A mix", "question": "Does it work?", "year": 2040, "show": "levels",
    }  # fmt: skip
    with visiting(browser, served) as first:
        first.open(state(**fields)).settle()
        link, amounts, sentence = first.page.url, first.amounts, first.page.locator(".lead-sentence").inner_text()
    with visiting(browser, served) as second:
        second.page.goto(link)
        second.page.wait_for_selector(".tabs")
        second.settle()
        page = second.page
        assert page.url == link and second.amounts == amounts
        assert page.locator(".lead-sentence").inner_text() == sentence
        assert page.locator(SUBSIDY).input_value() == "30"
        assert page.locator("#closure-pass_through").input_value() == "half"
        assert page.locator("#carbon_price-price").locator("svg").count() == 1
        page.locator("#tab-scenario").click()
        assert page.get_by_label("Title").input_value() == "A mix"
        assert page.get_by_label("Question").input_value() == "Does it work?"


def test_reloading_loses_nothing(visit):
    visit.open(state())
    visit.page.locator(SUBSIDY).focus()
    visit.press("ArrowRight", "ArrowRight")
    fragment = visit.fragment
    visit.page.reload()
    visit.page.wait_for_selector(".tabs")
    assert visit.fragment == fragment and visit.page.locator(SUBSIDY).input_value() == "10"
    visit.press("Control+z", "Control+z")
    assert visit.page.locator(SUBSIDY).input_value() == "0", "the steps of undo are there too"


def test_a_link_of_another_version_opens(visit):
    visit.open(state(policies={**MIX, "levers.sundial_subsidy": 1}, version="0.0.9")).settle()
    said = " ".join(visit.page.locator(".notice").all_inner_texts())
    assert "0.0.9" in said and "sundial_subsidy" in said
    assert visit.page.locator(SUBSIDY).input_value() == "30"
    assert "sundial" not in visit.fragment


def test_a_damaged_link_opens(visit):
    visit.open("policies={broken&year=[1]&tab=nowhere&precision=classroom&pins=7&show=%ZZ").settle()
    assert visit.page.locator(".panel").count() == len(HEADLINE)


def test_a_slow_answer_never_replaces_a_newer_one(visit):
    """The answer to the first move is held back until the second has been answered."""
    visit.open(state()).settle()
    held = []

    def hold(route):
        asked = route.request.post_data_json
        if asked["scenarios"][-1]["settings"].get("levers.adoption_subsidy") == 0.05:
            held.append(route)
        else:
            route.continue_()

    visit.page.route("**/api/stream", hold)
    visit.page.locator(SUBSIDY).focus()
    visit.press("ArrowRight")
    ends = time.monotonic() + 20
    while not held and time.monotonic() < ends:
        visit.page.wait_for_timeout(50)
    assert held, "the first move was asked for"
    visit.press("ArrowRight")
    visit.settle()
    amounts = visit.amounts
    held[0].continue_()
    visit.page.wait_for_timeout(3_000)
    assert visit.amounts == amounts and visit.page.locator(".status").get_attribute("data-stale") == "false"


def test_a_server_that_is_gone_is_asked_again(visit):
    visit.open(state(policies=MIX)).settle()
    visit.page.route("**/api/stream", lambda route: route.abort())
    visit.page.locator(SUBSIDY).focus()
    visit.press("ArrowRight")
    visit.page.wait_for_selector(".notice.gone")
    assert "Is `xinzhi app` still running?" in visit.page.locator(".notice.gone").inner_text()
    assert visit.page.locator(".panels.stale").count() == 1, "the last good answer stays and is marked"
    visit.page.unroute("**/api/stream")
    visit.settle()
    assert visit.page.locator(".notice.gone").count() == 0
    visit.faults.clear()  # the browser reports the requests that this test broke


def test_a_scenario_of_the_library_moves_the_controls(visit):
    visit.open(state()).settle()
    assert visit.page.locator(".examples button").count() == 3
    visit.page.locator(".examples button").first.click()
    assert visit.page.locator(SUBSIDY).input_value() == "30"
    assert visit.page.locator("#retraining-capacity").input_value() == "0.6"
    visit.press("Control+z")
    assert visit.page.locator(SUBSIDY).input_value() == "0", "one step"
    visit.page.locator("#tab-scenario").click()
    visit.page.locator(".library button").filter(has_text="Ageing workforce").click()
    assert "both=false" in visit.fragment
    assert "not an effect of policy alone" in visit.page.locator(".cautions").inner_text()


def test_an_assumption_moves_the_baseline_too(visit):
    visit.open(state(policies=MIX, show="levels")).settle()
    shown = visit.page.locator(".panel .chart-sentence").first
    before = shown.inner_text()
    visit.page.get_by_role("button", name="Assumptions", exact=True).click()
    visit.page.locator("#ai").select_option("transformative")
    visit.settle()
    assert shown.inner_text() != before
    assert "under the same assumptions" in visit.page.locator(".against").inner_text()


def test_a_path_is_edited_by_year(visit):
    visit.open(state())
    visit.page.locator("summary").filter(has_text="Environment").click()
    visit.page.get_by_role("button", name="Carbon price: path over time").click()
    window = visit.page.locator("dialog")
    window.get_by_label("Value in 2027").fill("120")
    window.get_by_label("Year 2").fill("2027")
    assert "only once" in window.locator("[role=alert]").inner_text()
    window.get_by_label("Year 2").fill("2034")
    window.get_by_label("Value in 2034").fill("500")
    window.get_by_role("radio", name="In steps").check()
    window.get_by_role("button", name="Use this path").click()
    policies = visit.page.evaluate("() => new URLSearchParams(location.hash.slice(1)).get('policies')")
    path = {"path": {"2027": 120, "2034": 500}, "shape": "step"}
    assert json.loads(policies) == {"levers.carbon_price": path}


def test_typing_outside_the_bounds_is_held_within_them(visit):
    visit.open(state())
    exact = visit.page.get_by_label("Adoption subsidy, exact value")
    exact.fill("70")
    exact.press("Enter")
    assert visit.page.locator(SUBSIDY).input_value() == "70", "beyond the usual range, within the bounds"
    exact.fill("700")
    exact.press("Enter")
    assert exact.input_value() == "90"


def test_an_assumption_alone_is_compared_with_the_baseline(visit):
    visit.open(state(assumptions={"ai": "transformative"})).settle()
    assert (
        visit.page.locator(".lead-sentence")
        .inner_text()
        .startswith("In 2035, this change of assumptions raises real GDP")
    )
    assert visit.page.locator(".of-assumptions .panel").count() == len(HEADLINE)
    assert "not an effect of policy alone" in visit.page.locator(".cautions").inner_text()


def test_scenarios_are_kept_in_the_folder(visit):
    visit.open(state(tab="scenario", policies=MIX, question="Is it kept?")).settle()
    visit.page.get_by_label("Keep this scenario as").fill("my_mix")
    visit.page.get_by_role("button", name="Keep", exact=True).click()
    visit.page.locator(".library button").filter(has_text="Is it kept?").wait_for()
    visit.page.get_by_role("button", name="Reset").first.click()
    assert visit.page.locator(SUBSIDY).input_value() == "0"
    visit.page.locator(".library button").filter(has_text="Is it kept?").click()
    assert visit.page.locator(SUBSIDY).input_value() == "30"
    assert visit.page.get_by_label("Question").input_value() == "Is it kept?"
