"""The page shows the numbers that ``abm.compare`` gives, and its scenario is the one that was run."""

import pytest
from page.browsing import HEADLINE, MIX, PAIRS, number_in, state

import abm

pytestmark = pytest.mark.page

YEARS = (2029, 2035)  # one with a verdict of the server, one that the page words itself
CLOSURE = {"closures.pass_through": "half"}


def compared(**assumptions):
    """The same two sides, by the public function."""
    sides = {f"B:{key}": value for key, value in MIX.items()}
    settings = {**assumptions, **sides}
    return abm.compare("baseline", "baseline", workers=2_000, seeds=PAIRS, overrides=settings, progress=False)


def set_year(visit, year):
    visit.page.locator(".year input").evaluate(
        "(slider, year) => { slider.value = year; slider.dispatchEvent(new Event('input', { bubbles: true })); }", year
    )
    visit.page.wait_for_timeout(100)


@pytest.mark.parametrize("assumptions", [{}, CLOSURE], ids=["central", "other world"])
def test_the_panels_show_what_compare_gives(visit, assumptions):
    visit.open(state(policies=MIX, assumptions=assumptions)).settle()
    known = compared(**assumptions)
    for year in YEARS:
        set_year(visit, year)
        for name, text in zip(HEADLINE, visit.amounts):
            mean = known.change(1, name, year).difference.mean
            decimals = len(text.partition(".")[2].split("\u00a0")[0])
            assert abs(number_in(text) - mean) <= 0.5001 * 10**-decimals, (name, year, text, mean)


def test_the_words_follow_the_intervals(visit):
    visit.open(state(policies=MIX)).settle()
    known = compared()
    for name, text in zip(HEADLINE, visit.page.locator(".panel .chart-sentence").all_inner_texts()):
        found = known.change(1, name, 2035).difference
        word = "No clear difference" if not found.clear else "Higher" if found.mean > 0 else "Lower"
        word = f"Likely {word.lower()}" if found.likely else word
        assert text.startswith(word), (name, text, found)


def test_the_scenario_saved_is_the_scenario_run(visit, tmp_path):
    visit.open(state(tab="scenario", policies=MIX, assumptions=CLOSURE, title="A mix")).settle()
    with visit.page.expect_download() as saved:
        visit.page.get_by_role("button", name="Save YAML").click()
    path = tmp_path / "mix.yaml"
    saved.value.save_as(path)
    digest = abm.load_scenario(path).digest()
    assert digest[:12] in visit.page.locator(".citation").inner_text()
    visit.page.get_by_role("button", name="Reset").first.click()
    visit.page.wait_for_selector(f".citation:not(:has-text('{digest[:12]}'))")
    visit.page.locator("input[type=file]").set_input_files(path)
    visit.page.wait_for_selector(f".citation:has-text('{digest[:12]}')")
    assert visit.page.locator("#adoption_subsidy-share").input_value() == "30"


def test_a_file_at_fault_is_named_by_its_line(visit, tmp_path):
    visit.open(state(tab="scenario")).settle()
    path = tmp_path / "wrong.yaml"
    path.write_text("extends: baseline\nlevers:\n  carbon_prise: 200\n", encoding="utf-8")
    visit.page.locator("input[type=file]").set_input_files(path)
    said = visit.page.locator(".scenario .fault").inner_text()
    assert "carbon_price" in said and "3" in said
    visit.faults.clear()  # the browser reports the refusal


def test_the_report_and_the_table_are_of_what_is_shown(visit):
    visit.open(state(tab="scenario", policies=MIX, title="A mix")).settle()
    with visit.page.expect_download() as saved:
        visit.page.get_by_role("button", name="Whole report").click()
    text = saved.value.path().read_text(encoding="utf-8")
    assert "A mix" in text and "<svg" in text and saved.value.suggested_filename.endswith(".html")
    with visit.page.expect_download() as saved:
        visit.page.get_by_role("button", name="Table (CSV)").click()
    assert saved.value.path().stat().st_size > 1_000
