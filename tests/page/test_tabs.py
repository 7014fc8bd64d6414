"""Who gains, compare and why in a browser, with answers made here: what they say of them and what they ask for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any

import pytest
from page.static_page import ADDRESS, empty_page, stream

pytestmark = pytest.mark.page

YEARS = list(range(2024, 2051))
SHOW = """async ([catalogue, state, file, name]) => {
  const load = (path) => import("/js/" + path + ".js");
  const [all, kept, tab] = await Promise.all([load("catalogue"), load("state"), load(file)]);
  const { h, render } = await import("/vendor/preact.js");
  all.catalogue.value = catalogue;
  kept.set(state);
  render(h(tab[name], {}), document.getElementById("here"));
}"""
SUBSIDY = {"levers.adoption_subsidy": 0.3}
CARBON = {"levers.carbon_price": {"path": {"2027": 100, "2035": 400}, "shape": "linear"}}
PIN = {"title": "Carbon", "base": "baseline", "policies": CARBON, "assumptions": {"closures.pass_through": "full"}}


@pytest.fixture(scope="module")
def catalogue() -> Any:
    from xinzhi.app.catalogue import catalogue

    return catalogue("en")


class Tab:
    """A page with one tab, and what it asked for."""

    def __init__(self, page: Any, catalogue: Any, file: str, name: str):
        self.page, self.catalogue, self.file, self.name = page, catalogue, file, name
        self.asked: list[tuple[str, Any]] = []

    def show(self, **state: Any) -> None:
        """Draw the tab under a state of the page."""
        self.page.evaluate(SHOW, [self.catalogue, state, f"tabs/{self.file}", self.name])


@pytest.fixture
def opened(browser: Any, catalogue: Any) -> Iterator[Callable[..., Tab]]:
    contexts = []

    def opening(file: str, name: str, answers: Mapping[str, Callable[[Any], str]], width: int = 1000) -> Tab:
        tab: Tab

        def noted(path: str, answer: Callable[[Any], str]) -> Callable[[Any], str]:
            def reply(body: Any) -> str:
                tab.asked.append((path, body))
                return answer(body)

            return reply

        context = empty_page(browser, width, {path: noted(path, one) for path, one in answers.items()})
        tab = Tab(context.__enter__(), catalogue, file, name)
        contexts.append(context)
        return tab

    yield opening
    for context in contexts:
        context.__exit__(None, None, None)


def change(mean: float) -> dict[str, Any]:
    """A difference that is the same in all years, half a unit sure."""

    def line(value: float) -> list[float]:
        return [value] * len(YEARS)

    ends = {"low": mean - 0.5, "high": mean + 0.5, "p10": mean - 1, "p90": mean + 1}
    lines: dict[str, Any] = {name: line(value) for name, value in {"mean": mean, **ends}.items()}
    return {**lines, "likely": [False] * len(YEARS), "unit": "per cent", "decimals": 1}


def row(group: str, mean: float, reach: float = 0.5, small: bool = False) -> dict[str, Any]:
    """One group."""
    low, high = mean - reach, mean + reach
    word = "higher" if low > 0 else "lower" if high < 0 else "unclear"
    return {"group": group, "mean": mean, "low": low, "high": high, "word": word, "likely": False, "small": small}


def answers_with(groups: Mapping[str, Any] | None = None) -> Callable[[Any], str]:
    """Answers to /api/stream: the n-th scenario beside the reference raises everything by n per cent."""

    def answer(body: Any) -> str:
        count = len(body["scenarios"])
        scenarios = [{**one, "title": one["title"] or "Baseline", "digest": ""} for one in body["scenarios"]]
        start = {
            "scenarios": scenarios,
            "reference": 0, "years": YEARS, "workers": 10_000, "seeds": 8, "financing": "", "cautions": [], "idle": [],
            "idle_levers": {}, "command": "", "kept": 8,
        }  # fmt: skip
        update = {
            "pairs": 8, "of": 8, "seconds": 1.0, "sides": [{"level": {}, "low": {}, "high": {}}] * count,
            "changes": [None, *(dict.fromkeys(("real_gdp", "co2_emissions"), change(at)) for at in range(1, count))],
            "verdicts": [None, *[{}] * (count - 1)], "groups": [None, *[groups] * (count - 1)],
        }  # fmt: skip
        return stream(("start", start), ("update", update), ("done", {"pairs": 8, "seconds": 1.0, "from_store": True}))

    return answer


TENTHS = [f"decile_{at}" for at in range(1, 11)]
GAIN = {"deciles.income_mean": [row(group, 4.0 - 0.3 * at) for at, group in enumerate(TENTHS)]}
MIXED = {
    "occupations.wage_mean": [
        row("management", 3.0), row("office", -2.0), row("production", 0.2), row("science", 50.0, small=True),
        row("sales", 1.0),
    ],
    "occupations.unemployment_rate": [row("management", -3.0), row("office", 1.2)],
    "firm_sizes.firms": [row("micro_1_9", 0.1), row("small_10_49", -0.1)],
}  # fmt: skip


def test_the_title_says_who_gains(opened: Callable[..., Tab]) -> None:
    tab = opened("who", "Who", {"/api/stream": answers_with(GAIN)})
    tab.show(tab="who", policies=SUBSIDY)
    title = tab.page.locator(".groups .chart-title")
    title.wait_for()
    assert title.inner_text() == "All ten tenths gain income, the poorest tenth most (+4.0\u00a0%)"
    assert "about one can be expected to miss it by chance" in tab.page.locator(".groups .note").inner_text()
    assert tab.asked[0][1]["group_year"] == 2035


@pytest.mark.parametrize(
    ("measure", "message"),
    [
        (
            "occupations.wage_mean",
            "Two of four occupations that can be read gain pay, managers most (+3.0\u00a0%); "
            "one loses: office clerks (−2.0\u00a0%)",
        ),
        (
            "occupations.unemployment_rate",
            "One of two occupations has more unemployment: office clerks (+1.2\u00a0pp); "
            "one has less: managers (−3.0\u00a0pp)",
        ),
        ("firm_sizes.firms", "No clear difference in firms for any of two sizes"),
    ],
)  # fmt: skip
def test_titles_name_only_what_is_clear(opened: Callable[..., Tab], measure: str, message: str) -> None:
    tab = opened("who", "Who", {"/api/stream": answers_with(MIXED)})
    tab.show(tab="who", policies=SUBSIDY, measure=measure)
    tab.page.locator(".groups .chart-title").wait_for()
    assert tab.page.locator(".groups .chart-title").inner_text() == message


def test_groups_are_sorted_with_those_too_small_last(opened: Callable[..., Tab]) -> None:
    tab = opened("who", "Who", {"/api/stream": answers_with(MIXED)})
    tab.show(tab="who", policies=SUBSIDY, measure="occupations.wage_mean")
    names = tab.page.locator(".chart-name")
    names.first.wait_for()
    assert [one.strip() for one in names.all_text_contents()] == [
        "Managers", "Sales staff", "Factory workers", "Office clerks", "Scientists",
    ]  # fmt: skip
    tab.page.get_by_label("In order").check()
    assert names.nth(1).text_content().strip() == "Office clerks"
    assert "order=own" in tab.page.url


def test_without_a_policy_nobody_gains(opened: Callable[..., Tab]) -> None:
    tab = opened("who", "Who", {"/api/stream": answers_with(GAIN)})
    tab.show(tab="who")
    assert "once a policy is moved" in tab.page.locator("main").inner_text()


def test_pins_are_kept_renamed_and_removed(opened: Callable[..., Tab]) -> None:
    tab = opened("compare", "Compare", {"/api/stream": answers_with()})
    tab.show(tab="compare", policies=SUBSIDY)
    page = tab.page
    page.get_by_role("button", name="Pin this mix").click()
    name = page.get_by_role("textbox", name="Name of scenario B")
    assert name.input_value() == "Adoption subsidy"
    assert page.get_by_role("button", name="Pin this mix").is_disabled(), "the same mix is pinned once"
    name.fill("Cheap machines")
    name.press("Enter")
    tab.show(policies=CARBON)
    page.get_by_role("button", name="Pin this mix").click()
    assert page.get_by_role("textbox").count() == 2
    page.locator(".compared .chart").first.wait_for()
    pinned = [body for _, body in tab.asked if len(body["scenarios"]) == 3][-1]
    assert [one["settings"] for one in pinned["scenarios"]] == [{}, SUBSIDY, CARBON]
    page.get_by_role("button", name="Open Cheap machines").click()
    assert page.locator(".pin-name").first.inner_text() == "Cheap machines"
    page.get_by_role("button", name="Remove Cheap machines").click()
    assert page.get_by_role("textbox").count() == 1


def test_a_name_that_is_being_typed_survives_an_answer(opened: Callable[..., Tab]) -> None:
    tab = opened("compare", "Compare", {"/api/stream": answers_with()})
    tab.show(tab="compare", policies=SUBSIDY, pins=[PIN])
    page = tab.page
    name = page.get_by_role("textbox", name="Name of scenario B")
    name.fill("Half typed")
    asked = len(tab.asked)
    tab.show(policies=CARBON)
    page.wait_for_function("document.querySelector('.pin.tone-0 .pin-name').innerText === 'Carbon price'")
    page.locator(".compared .chart").first.wait_for()
    assert len(tab.asked) > asked, "the cards were drawn again"
    assert name.input_value() == "Half typed"
    name.press("Enter")
    page.get_by_role("button", name="Open Half typed").wait_for()
    name.fill("  ")
    name.press("Enter")
    assert name.input_value() == "Half typed", "an empty name changes nothing"


def test_scenarios_share_axes_and_a_table(opened: Callable[..., Tab]) -> None:
    tab = opened("compare", "Compare", {"/api/stream": answers_with()})
    tab.show(tab="compare", policies=SUBSIDY, pins=[PIN])
    page = tab.page
    page.locator(".compared .chart").nth(1).wait_for()
    page.locator(".numbers strong").nth(7).wait_for()
    assert page.locator(".compared .chart").first.locator("path.line").count() == 2
    box = page.locator(".compared .chart-box").first
    box.focus()
    box.press("End")
    box.press("Enter")
    assert "year=2050" in page.url, "Enter chooses the year that is read"
    tab.show(year=2035)
    first = page.locator(".figures").first.locator("tbody").first
    assert first.locator("tr").count() == 3, "2030, 2035 and 2050"
    cells = first.locator("tr").first.locator("td")
    assert cells.nth(0).inner_text().split() == ["+1.0", "+0.5", "to", "+1.5"]
    differing = page.locator(".figures").last.inner_text()
    assert "Carbon price" in differing
    assert "100 in 2027 and 400 in 2035" in differing
    assert "30" in differing
    assert page.locator("tr.assumption").count() == 1
    assert "Other assumptions than the baseline: B" in page.locator("main").inner_text()


def why_answer(body: Any) -> str:
    """Two parts that add up, and one that is unclear."""
    parts = [
        {
            "key": "adoption_subsidy",
            "title": "Adoption subsidy",
            "mean": 1.5,
            "low": 1.0,
            "high": 2.0,
            "word": "higher",
        },
        {"key": "carbon_price", "title": "Carbon price", "mean": -0.5, "low": -0.8, "high": -0.2, "word": "lower"},
        {"key": "retraining", "title": "Retraining", "mean": 0.1, "low": -0.2, "high": 0.4, "word": "unclear"},
    ]
    total = {"mean": 1.1, "low": 0.6, "high": 1.6, "word": "higher"}
    account = {"unit": "per cent", "decimals": 1, "total": total, "parts": parts}
    outcomes = {"real_gdp": account, "unemployment_rate": {**account, "unit": "percentage points"}}
    progress = {"done": 8, "of": 64, "seconds_left": 12.0}
    return stream(
        ("start", {}), ("progress", progress), ("update", {"pairs": 8, "of": 8, "outcomes": outcomes}), ("done", {})
    )


def test_why_by_lever_begins_by_itself_and_adds_up(opened: Callable[..., Tab]) -> None:
    tab = opened("why", "Why", {"/api/stream": answers_with(), "/api/why": why_answer})
    tab.show(tab="why", policies={**SUBSIDY, **CARBON})
    title = tab.page.locator(".parts .chart-title")
    title.wait_for()
    assert title.inner_text() == (
        "Real GDP in 2035: +1.1\u00a0%, most of it from adoption subsidy (+1.5\u00a0%); "
        "against it carbon price (−0.5\u00a0%)"
    )
    assert tab.page.locator(".block").count() == 4
    assert tab.page.locator(".block.pale").count() == 1
    tab.page.get_by_label("Outcome").select_option("unemployment_rate")
    assert title.inner_text().startswith("Unemployment in 2035: +1.1\u00a0pp")
    asked = next(body for path, body in tab.asked if path == "/api/why")
    assert asked["by"] == "levers"
    assert asked["mix"]["settings"].keys() == {*SUBSIDY, *CARBON}


def test_why_by_mechanism_waits_to_be_asked_and_gets_old(opened: Callable[..., Tab]) -> None:
    tab = opened("why", "Why", {"/api/stream": answers_with(), "/api/why": why_answer})
    tab.show(tab="why", by="mechanisms", policies=SUBSIDY)
    tab.page.get_by_role("button", name="Work it out").click()
    tab.page.locator(".parts .chart-title").wait_for()
    tab.show(tab="what")
    tab.show(tab="why")
    assert tab.page.locator(".parts:not(.stale)").count() == 1, "other tabs do not change the question"
    tab.show(year=2040)
    assert "The question has changed" in tab.page.locator(".job").inner_text()
    assert "stale" in str(tab.page.locator(".parts").get_attribute("class"))
    assert tab.page.url.startswith(ADDRESS)


@pytest.mark.parametrize(("file", "name"), [("who", "Who"), ("compare", "Compare"), ("why", "Why")])
def test_tabs_fit_a_narrow_screen(opened: Callable[..., Tab], file: str, name: str) -> None:
    tab = opened(file, name, {"/api/stream": answers_with(GAIN), "/api/why": why_answer}, 320)
    pins = [{"title": "A carbon price of some hundred yuan", "base": "baseline", "policies": CARBON, "assumptions": {}}]
    tab.show(tab=file, policies=SUBSIDY, pins=pins)
    tab.page.locator(".chart").first.wait_for()
    assert tab.page.evaluate("document.documentElement.scrollWidth") <= 320
