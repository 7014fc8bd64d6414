"""The report: well-formed, accessible, without addresses outside, and safe with whatever a scenario is called."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

import abm
from abm.experiments.ensembles.funding import paid_for
from xinzhi import analysis
from xinzhi.analysis.comparison.report_scenarios import scenario_page
from xinzhi.analysis.reading.citation import AUTHORS, TITLE, citation

pytestmark = pytest.mark.unit

VOID = {"meta", "link", "br", "hr", "img", "input", "col", "wbr"}
OUTSIDE = re.compile(r"https?:|//|javascript:|data:", re.IGNORECASE)


class Page(HTMLParser):
    """Reads a page strictly: every element is closed in its turn, and every name is given once."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.open, self.elements, self.texts = [], [], []
        self.feed(text)
        self.close()
        assert not self.open, self.open

    def handle_starttag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), tuple(self.open)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attributes):
        self.elements.append((tag, dict(attributes), tuple(self.open)))

    def handle_endtag(self, tag):
        assert self.open and self.open.pop() == tag, f"</{tag}> closes nothing"

    def handle_data(self, data):
        self.texts.append((self.open[-1] if self.open else "", data))

    def of(self, tag):
        return [attributes for name, attributes, _ in self.elements if name == tag]

    def words(self, *tags):
        return " ".join(" ".join(data for tag, data in self.texts if not tags or tag in tags).split())


def described(invent, name, seeds=3, quarters=47, scenario=None):
    found = invent(name, seeds=seeds, quarters=quarters)
    found.scenario = scenario or abm.load_scenario(name)
    found.provenance |= {"xinzhi": abm.__version__, "command": f"xinzhi run {name}"}
    return found


@pytest.fixture(scope="module")
def text(invent):
    policy = abm.load_scenario("carbon_price", {"assumptions.growth.half_life": 20, "closures.pass_through": "half"})
    policy = replace(policy, name="<b>levy</b> & co", question="Does 1 < 2?")
    pair = [described(invent, "baseline"), described(invent, "carbon_price", scenario=policy)]
    return analysis.compare(*pair).html("xinzhi compare baseline 'a&b.yaml'")


@pytest.fixture(scope="module")
def page(text):
    return Page(text)


def test_every_element_is_closed_and_every_name_is_given_once(page, text):
    assert text.startswith("<!DOCTYPE html>")
    names = [attributes["id"] for _, attributes, _ in page.elements if "id" in attributes]
    assert len(set(names)) == len(names)
    assert page.of("html") == [{"lang": "en-GB"}]
    assert page.words("title").startswith("<b>levy</b> & co: ") or page.words("title").startswith("No")


def test_the_first_screen_has_the_answer_a_figure_and_the_table_at_a_glance(page, text):
    start = text.index("<body>")
    places = [
        text.index(mark, start) for mark in ("<h1>", 'class="answer"', 'class="first"', "<table>", "<nav", "<h3>")
    ]
    assert places == sorted(places)
    assert page.words("h1") == page.words("title").split("  ")[0].replace("\u00a0", " ") or page.words("h1")
    assert text.count("<h1>") == 1


def test_nothing_leads_out_of_the_page_and_nothing_runs(page, text):
    for tag, attributes, _ in page.elements:
        assert tag not in {"script", "link", "iframe", "object", "embed", "base"}
        for key, value in attributes.items():
            assert not OUTSIDE.search(value or ""), (tag, key, value[:80])
            assert not key.startswith("on")
    assert "@import" not in text and not re.search(r"url\((?!#)", text)
    names = {attributes.get("id") for _, attributes, _ in page.elements}
    links = [attributes["href"] for _, attributes, _ in page.elements if "href" in attributes]
    assert links and all(link.startswith("#") and link[1:] in names for link in links)
    clips = set(re.findall(r"url\(#([^)]+)\)", text))
    assert clips and clips <= names


def test_every_figure_has_words_and_a_data_table_behind_it(page):
    figures = page.of("svg")
    assert len(figures) >= 10
    assert not page.of("img")
    named = {attributes.get("id") for tag, attributes, _ in page.elements if tag in {"title", "desc"}}
    for attributes in figures:
        assert attributes["role"] == "img" and set(attributes["aria-labelledby"].split()) <= named
    sections = re.findall(r"The data behind th(?:is figure|ese figures): ", page.words("summary"))
    assert len(sections) == len([1 for tag, of, _ in page.elements if tag == "details" and of.get("class")]) - 1
    assert "Carbon price" not in page.words("desc") and "<b>levy</b> & co from" in page.words("desc")


def test_every_table_has_a_caption_and_every_head_a_scope(page):
    tables = page.of("table")
    assert len(tables) > 10 and len(page.of("caption")) == len(tables)
    assert all(attributes.get("scope") in {"col", "row", "rowgroup"} for attributes in page.of("th"))
    inside = [parents for tag, _, parents in page.elements if tag == "td"]
    assert inside and all("tbody" in parents for parents in inside)


def test_headings_go_down_by_single_steps(page):
    levels = [int(tag[1]) for tag, _, _ in page.elements if re.fullmatch("h[1-6]", tag)]
    assert levels[0] == 1 and levels.count(1) == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_a_user_wrote_is_shown_and_never_run(page, text):
    assert "<b>" not in text and "Does 1 &lt; 2?" in text
    assert "xinzhi compare baseline 'a&b.yaml'" in page.words("pre")


def test_the_reader_finds_assumptions_policies_limits_and_the_way_to_repeat_it(page):
    words = page.words()
    for wanted in (
        "China's AI adoption path is a scenario that builds on surveys of European firms, not a forecast.",
        "Who pays: firms through the carbon price",
        "`xinzhi compare --closures` computes it",
        "Free allocation of allowances, border adjustment",
        "Growth without AI is imposed",
        "None beyond today's.",
        "200 CNY per tonne from 2027",
        "growth.half_life 20 quarters (default 10.35)",
        "Pass through half",
        "xinzhi run carbon_price",
        f"Version {abm.__version__}",
    ):
        assert wanted in words, wanted
    policies, _, assumptions = words.partition("Assumptions of <b>levy</b> & co")
    assert "growth.half_life 20" not in policies and "200 CNY per tonne" not in assumptions


def test_the_same_comparison_gives_the_same_page(invent):
    pair = [described(invent, name, quarters=7) for name in ("baseline", "no_ai")]
    assert analysis.compare(*pair).html() == analysis.compare(*pair).html()


def test_a_time_path_and_named_parameters_are_told_with_their_years(invent):
    scenario = abm.load_scenario("carbon_price", {"levers.carbon_price": {2027: 100, 2035: 300}})
    (table,) = scenario_page("Levy", described(invent, "baseline", scenario=scenario)).policies.groups
    assert table[1][0][:2] == ["Carbon price", "100 CNY per tonne from 2027, 300 CNY per tonne from 2035"]
    paid = paid_for(scenario)
    (table,) = scenario_page("Levy", described(invent, "baseline", scenario=paid)).policies.groups
    assert table[1][1][:2] == ["Budget rule", "Surcharge: 100 % of the cost of policies from the beginning"]


def test_the_citation_is_that_of_the_citation_file():
    from pathlib import Path

    from ruamel.yaml import YAML

    cited = YAML(typ="safe").load(Path(analysis.__file__).parents[1].joinpath("CITATION.cff").read_text("utf-8"))
    assert (cited["title"], cited["authors"][0]["name"]) == (TITLE, AUTHORS)
    assert str(cited["version"]) in citation([])
