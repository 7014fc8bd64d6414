"""What the policies cost and who pays, jobs, and small firms, as the page shows them."""

import statistics

import httpx
import pytest
from page.browsing import HEADLINE, MIX, number_in, state
from page.serving import events

pytestmark = pytest.mark.page

AT = 2035 - 2024


def levels_of(address, policies, first=1, seeds=8):
    """The levels in 2035 that the server sends, of the mix."""
    mixes = [{"base": "baseline", "settings": settings, "title": ""} for settings in ({}, policies)]
    asked = {
        "page": "budget-of-a-test", "scenarios": mixes, "reference": 0, "workers": 2000, "seeds": seeds,
        "first_seed": first, "until": 2050, "on_debt": False, "group_year": None, "language": "en", "outcomes": "all",
    }  # fmt: skip
    with httpx.stream("POST", f"{address}/api/stream", json=asked, timeout=300) as answer:
        last = [content for name, content in events(answer) if name == "update"][-1]
    return {name: values[AT] for name, values in last["sides"][1]["level"].items()}


def interval_of(address, policies):
    """The 90 % interval of the cost in 2035, from the numbers of single seeds."""
    runs = [levels_of(address, policies, first, 1)["policy_cost"] for first in range(1, 9)]
    reach = 1.894579 * statistics.stdev(runs) / len(runs) ** 0.5  # Student, seven degrees of freedom, 0.95
    return statistics.mean(runs) - reach, statistics.mean(runs) + reach


def rows_of(visit):
    rows = visit.page.locator(".budget tbody tr").all()
    return {row.locator("th").inner_text(): row.locator("td").first.inner_text() for row in rows}


def test_the_cost_is_that_of_the_runs_and_is_met(visit, served):
    visit.open(state(policies=MIX)).settle()
    level = levels_of(served, MIX)
    said = visit.page.locator(".answer .cost").inner_text()
    assert f"cost the budget {1000 * level['policy_cost']:,.0f} billion CNY" in said
    assert f"({level['policy_cost_ratio']:.2f}\u00a0% of GDP), met by households through a higher income tax." in said
    rows = rows_of(visit)
    assert number_in(rows["Net cost, below zero net revenue"]) == round(1000 * level["policy_cost"])
    assert number_in(rows["Subsidies, to firms"]) == round(1000 * level["subsidies_to_firms"])
    jobs = visit.page.locator(".beneath .facts").inner_text()
    assert "Employment" in jobs and f"{level['trainees']:.1f} million people" in jobs


def test_chinese_counts_in_its_own_powers_of_ten(visit, served):
    visit.open(state(policies=MIX, language="zh")).settle()
    level = levels_of(served, MIX)
    said = visit.page.locator(".answer .cost").inner_text()
    assert f"财政净成本为{10_000 * level['policy_cost']:,.0f}亿元" in said
    assert f"{100 * level['trainees']:,.0f}万人" in visit.page.locator(".beneath .facts").inner_text()
    assert "per cent" not in visit.page.locator(".beneath").inner_text()


def test_the_cost_has_its_interval(visit, served):
    """That of the mean over pairs, which is a Student interval of the seeds."""
    visit.open(state(policies=MIX)).settle()
    low, high = (round(1000 * end) for end in interval_of(served, MIX))
    said = visit.page.locator(".answer .cost").inner_text()
    assert f"90 % interval of the cost: {low:,} to {high:,} billion CNY." in said
    assert rows_of(visit)["Net cost, below zero net revenue"].endswith(f"{low:,} to {high:,}")


def test_levels_are_counted_as_the_language_counts(visit):
    visit.open(state(policies=MIX, show="levels", language="zh")).settle()
    carbon = HEADLINE.index("co2_emissions")
    chinese = number_in(visit.amounts[carbon])
    assert "亿吨/年" in visit.page.locator(".panels").inner_text()
    visit.page.get_by_label("语言").select_option("en")
    visit.settle()
    assert abs(number_in(visit.amounts[carbon]) / 100 - chinese) <= 0.005 + 1e-9


def test_debt_pays_where_it_is_chosen(visit):
    visit.open(state(policies=MIX, onDebt=True)).settle()
    assert "met by higher public debt." in visit.page.locator(".answer .cost").inner_text()


def test_a_policy_that_raises_more_than_it_spends_brings_revenue(visit):
    visit.open(state(policies={"levers.carbon_price": 300})).settle()
    assert "bring the budget" in visit.page.locator(".answer .cost").inner_text()
    assert number_in(rows_of(visit)["Net cost, below zero net revenue"]) < 0


def test_small_firms_are_one_click_away(visit):
    visit.open(state(tab="who", policies=MIX)).settle()
    visit.page.get_by_label("By size of firm").check()
    visit.page.locator(".groups").get_by_text("10 to 49 persons").first.wait_for()
    assert visit.page.get_by_label("Measure").input_value() == "firm_sizes.ai_adoption_share"


def test_a_mix_is_pinned_where_it_is_made(visit):
    visit.open(state(policies=MIX)).settle()
    visit.page.get_by_role("button", name="Pin this mix").click()
    assert visit.page.get_by_role("button", name="Pinned", exact=True).is_disabled()
    visit.page.get_by_role("button", name="Compare with what is pinned (1)").click()
    assert visit.page.locator("#tab-compare").get_attribute("aria-selected") == "true"


def test_policies_are_found_by_what_they_are_for(visit):
    visit.open(state())
    search = visit.page.get_by_label("Search policies")
    for words, found in {"CO2": "Carbon price", "emissions": "Grid decarbonisation", "jobs": "Hiring subsidy"}.items():
        search.fill(words)
        assert visit.page.get_by_label(found, exact=True).first.is_visible()
    visit.page.locator(".commands label:not(.country) select").select_option("zh")
    visit.page.locator("html[lang=zh-CN]").wait_for()
    assert visit.page.locator(".search input").first.input_value() == "", "English words find nothing in Chinese"


def test_a_lever_that_begins_too_late_is_named_alone(visit):
    late = {"levers.carbon_price": {"path": {"2051": 300}, "shape": "step"}, "levers.retraining": 0.006}
    visit.open(state(policies=late)).settle()
    assert visit.page.locator(".idle").count() == 1
    assert visit.page.locator(".lever", has=visit.page.locator(".idle")).locator("#carbon_price-price").count() == 1
