"""Weights that rank the scenarios, and a whole round of three participants, as they see it in their browsers."""

import csv
import io
import json
from contextlib import ExitStack

import httpx
import pytest
from page.browsing import MIX, PIN, state, visiting
from page.serving import page

pytestmark = pytest.mark.page

WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
QUESTION = "What should be done about jobs until 2035?"
GREEN = {"title": "Green", "base": "baseline", "policies": {"levers.carbon_price": 400}, "assumptions": {}}
MIXES = {"Retrain": {"levers.retraining": 0.006}, "Subsidise": {"levers.adoption_subsidy": 0.3}}
EQUALITY = [9, 5, 1]  # the weights that the participants give to it


def goals(visit, **fields):
    visit.open(state(tab="compare", policies=MIX, pins=[PIN, GREEN], **fields))
    visit.page.locator(".goals .ranking li").first.wait_for()
    visit.settle()
    return visit.page.locator(".goals")


def weigh(panel, **weights):
    """Move the sliders of these goals; the others to nothing."""
    titles = {"growth": "Growth", "jobs": "Jobs", "equality": "Equality", "emissions": "Lower emissions"}
    for goal, title in {**titles, "debt": "Lower public debt"}.items():
        panel.get_by_label(title, exact=True).fill(str(weights.get(goal, 0)))


def first_of(panel):
    return panel.locator(".rank-name").first.inner_text()


def broken_rules(visit):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    found = axe.run(visit.page, options={"runOnly": WCAG}).response["violations"]
    return [(one["id"], one["nodes"][0]["html"]) for one in found]


def test_weights_rank_the_scenarios(visit):
    panel = goals(visit)
    assert panel.locator(".ranking li").count() == 4, "three scenarios and no policy"
    weigh(panel, emissions=10)
    assert first_of(panel) == "C Green"
    assert panel.locator(".rank-score").first.inner_text() == "100"
    weigh(panel, jobs=10)
    assert first_of(panel) != "C Green"
    assert panel.locator(".rank-score").last.inner_text() == "0"


def test_weights_are_in_the_link(browser, served, visit):
    panel = goals(visit)
    weigh(panel, emissions=10)
    names = panel.locator(".rank-name").all_inner_texts()
    visit.page.reload()
    visit.page.locator(".goals .ranking li").first.wait_for()
    assert visit.page.locator(".goals .rank-name").all_inner_texts() == names
    assert visit.page.get_by_label("Lower emissions", exact=True).input_value() == "10"


@pytest.mark.parametrize("language", ["en", "zh"])
def test_goals_and_rounds_can_be_used_on_a_telephone_by_everybody(browser, served, language):
    with visiting(browser, served, viewport={"width": 390, "height": 844}) as visit:
        goals(visit, language=language)
        assert visit.page.evaluate("() => document.documentElement.scrollWidth") == 390
        assert not broken_rules(visit)
        visit.page.locator(".goals button").click()
        visit.page.locator(".opening-round input").fill(QUESTION)
        visit.page.locator(".opening-round button.main").click()
        visit.page.locator(".facilitator").wait_for()
        assert visit.page.evaluate("() => document.documentElement.scrollWidth") == 390
        assert not broken_rules(visit)


def open_round(visit):
    """A round opened by a facilitator, and the link that it has for participants."""
    visit.open(state(tab="round", policies={"levers.carbon_price": 200}))
    visit.page.get_by_label("Question").fill(QUESTION)
    visit.page.get_by_role("button", name="Open a round").click()
    visit.page.locator(".facilitator").wait_for()
    visit.page.get_by_role("button", name="Copy the link for participants").click()
    return visit.page.evaluate("() => navigator.clipboard.readText()")


def join(visit, link, **policies):
    """Open the link, with a mix set if there is one."""
    visit.page.goto("about:blank")
    fields = [link, *(["policies=" + json.dumps(policies)] if policies else []), "precision=classroom"]
    visit.page.goto("&".join(fields))
    visit.page.locator(".round h2", has_text=QUESTION).wait_for()
    assert not visit.page.locator(".facilitator").count(), "that is for the facilitator"


def propose(visit, title):
    visit.page.get_by_label("Name of your mix").fill(title)
    visit.page.get_by_role("button", name="Propose", exact=True).click()
    visit.page.get_by_text("Your mix is proposed.").wait_for()


def vote(visit, approved, equality):
    form = visit.page.locator("form.vote")
    form.wait_for()
    for title in approved:
        visit.page.get_by_label(title, exact=True).check()
    weigh(form, equality=equality, jobs=5)
    form.get_by_role("button", name="Send the vote").click()
    visit.page.get_by_text("Your vote is in").wait_for()


def test_a_round_of_three_participants(browser, served):
    with ExitStack() as stack:
        clipboard = {"permissions": ["clipboard-read", "clipboard-write"]}
        facilitator = stack.enter_context(visiting(browser, served, **clipboard))
        others = [stack.enter_context(visiting(browser, served)) for _ in range(3)]
        link = open_round(facilitator)
        assert "policies" not in link, "nobody starts from the facilitator's mix"
        assert facilitator.page.get_by_role("button", name="open the votes").is_disabled(), (
            "there is nothing to vote on"
        )
        for other, (title, policies) in zip(others, MIXES.items(), strict=False):
            join(other, link, **policies)
            propose(other, title)
        join(others[2], link)
        assert others[2].page.get_by_role("button", name="Propose", exact=True).is_disabled(), "no policy is moved"
        facilitator.page.locator(".proposals li").nth(1).wait_for()
        facilitator.page.get_by_role("button", name="open the votes").click()
        for other, approved, equality in zip(
            others, (["Retrain"], ["Retrain", "Subsidise"], []), EQUALITY, strict=True
        ):
            vote(other, approved, equality)
            assert not broken_rules(other)
        facilitator.page.get_by_role("button", name="show the results").click()
        results(facilitator, others, link)


def results(facilitator, others, link):
    """All see the same, and nothing says who proposed or voted what."""
    for visit in (facilitator, others[2]):
        tables = visit.page.locator(".round table.numbers")
        tables.nth(1).wait_for()
        rows = tables.first.locator("tbody tr").all_inner_texts()
        assert [row.split("\t") for row in rows] == [["Retrain", "2"], ["Subsidise", "1"]]
        equality = tables.nth(1).locator("tbody tr").filter(has_text="Equality").inner_text()
        assert equality.split("\t") == ["Equality", "1", "5.0", "9"]
    assert not broken_rules(facilitator)
    page = facilitator.page
    page.get_by_role("button", name="Rank the mixes by everybody's weights").click()
    page.locator(".round .ranking li").nth(2).wait_for()
    firsts = page.locator(".round section li").filter(has_text="first for").all_inner_texts()
    assert sum(int(one.split("first for ")[1].split()[0]) for one in firsts) == 3
    with page.expect_download() as saved:
        page.get_by_role("button", name="Save the results").click()
    kept = saved.value.path().read_text(encoding="utf-8")
    secrets = [one.page.evaluate("() => localStorage.getItem('xinzhi.participant')") for one in others]
    assert all(secrets) and not any(secret in kept for secret in secrets) and "key" not in json.loads(kept)
    name = link.split("round=")[-1].split("&")[0]
    table = httpx.get(f"{facilitator.address}/api/rounds/{name}/results.csv").text
    rows = list(csv.reader(io.StringIO(table)))
    assert ["approvals", "Retrain", "2", "", ""] in rows and ["votes", "", "3", "", ""] in rows


def test_a_link_to_a_round_that_is_gone_says_so(visit):
    visit.open(state(tab="round", round="gone"))
    visit.page.get_by_text("no such round").wait_for()
    visit.page.get_by_role("button", name="Leave the round").click()
    visit.page.locator(".opening-round").wait_for()
    visit.faults.clear()  # the browser reports the answer 422


def test_only_the_facilitator_opens_a_round_where_others_reach_the_server(browser, tmp_path):
    """The link that is sent on opens none, neither by a request nor on the page; the one of the facilitator does."""
    with page(tmp_path, "--token", "x" * 20, warm=False) as one:
        own = one.process.stderr.readline().split()[-1]
        address, _, secrets = own.partition("/#")
        key, given = secrets.partition("&facilitator=")[2], {"X-Xinzhi-Token": "x" * 20}
        for extra, status in (
            ({}, 403),
            ({"X-Xinzhi-Facilitator": key[:-1]}, 403),
            ({"X-Xinzhi-Facilitator": key}, 200),
        ):
            asked = httpx.post(f"{address}/api/rounds", json={"question": QUESTION}, headers={**given, **extra})
            assert asked.status_code == status, asked.text
        with visiting(browser, address) as visit:
            visit.open(f"token={'x' * 20}&tab=round&language=en")
            visit.page.get_by_text("Only the facilitator opens a round; ask for its link.").wait_for()
            assert not visit.page.get_by_role("button", name="Open a round").count()
            assert not visit.page.get_by_label("Question").count()
        with visiting(browser, address) as visit:
            visit.open(secrets + "&tab=round&language=en")
            visit.page.get_by_label("Question").fill(QUESTION)
            visit.page.get_by_role("button", name="Open a round").click()
            visit.page.get_by_text("Show the votes").or_(visit.page.get_by_text("votes")).first.wait_for()
            assert "facilitator" not in visit.fragment, "the link that is sent on opens no round"
            visit.page.reload()
            visit.page.wait_for_selector(".tabs")
            assert visit.page.evaluate("() => sessionStorage.getItem('xinzhi.facilitator')") == key
