"""The brief says in two languages what the comparison says in numbers."""

import re

import pytest

import abm
from abm import UserError
from xinzhi.analysis.brief.page import brief_page
from xinzhi.analysis.brief.sentences import ANSWERED, answer, cost, tenths, title
from xinzhi.analysis.brief.words import words_in
from xinzhi.analysis.comparison.sentences import headline_change
from xinzhi.analysis.reading.changes import cell_text

pytestmark = pytest.mark.unit

NUMBER = re.compile(r"[-+]?\d[\d,]*\.?\d*")


@pytest.fixture(scope="module")
def compared():
    return abm.compare(
        "baseline", "carbon_price", workers=2_000, seeds=10, until=2031, years=[2029, 2031], progress=False
    )


def text_of(page):
    body = re.sub(r"<style>.*?</style>|<svg.*?</svg>", "", page, flags=re.DOTALL)
    return re.sub(r"<[^>]+>", " ", body)


def test_its_table_has_the_numbers_of_the_comparison(compared):
    at = next(iter(compared.pairs))
    page = text_of(brief_page(compared, "en"))
    for name in ANSWERED:
        for year in compared.years:
            found = headline_change(compared, at, name, year)
            assert cell_text(found).split(" unclear")[0].split(" likely")[0] in page, (name, year)


def test_it_states_question_cost_payer_and_how_sure(compared):
    page = " ".join(text_of(brief_page(compared, "en", "xinzhi compare baseline carbon_price")).split())
    assert compared.results[1].scenario.question in page.replace("&#39;", "'")
    assert "bring the budget" in page and "the income tax falls by as much" in page
    assert "10 pairs of runs" in page and "xinzhi compare baseline carbon_price" in page
    assert page.count("{") == 0


def test_both_languages_have_the_same_numbers(compared):
    """But where Chinese counts people and money in other powers of ten."""
    at = next(iter(compared.pairs))
    skip = ("employment",)
    english, chinese = (words_in(language) for language in ("en", "zh"))
    for name in ANSWERED:
        change = headline_change(compared, at, name)
        if name in skip:
            assert chinese.unit(change.unit) == (100.0, "万人")
            continue
        sizes = [words.counted(change, signed=True) for words in (english, chinese)]
        assert NUMBER.findall(sizes[0].size) == NUMBER.findall(sizes[1].size)
        assert NUMBER.findall(sizes[0].interval) == NUMBER.findall(sizes[1].interval)


def test_chinese_counts_people_in_ten_thousands(compared):
    at = next(iter(compared.pairs))
    change = headline_change(compared, at, "employment")
    english, chinese = (words_in(language).counted(change, signed=True, bare=True).size for language in ("en", "zh"))
    assert float(chinese) == pytest.approx(100 * float(english), abs=5.0)  # the English one is rounded to a tenth
    assert f"<td>{chinese} [" in brief_page(compared, "zh")


def test_a_brief_in_chinese_has_no_english(compared):
    page = text_of(brief_page(compared, "zh", "COMMAND"))
    words = set(re.findall(r"[A-Za-z]{2,}", page)) - {"COMMAND", "Xinzhi", "GDP", "CO", "xinzhi", "compare", "closures"}
    assert not words


def test_no_policy_has_no_cost(compared):
    words = words_in("en")
    assert cost(compared, compared.base, words) == ""


def test_an_answer_has_three_sentences_and_a_title_with_effects(compared):
    at, words = next(iter(compared.pairs)), words_in("en")
    assert len(answer(compared, at, words)) == 3 and tenths(compared, at, words)
    assert title(compared, words).startswith("Carbon price in 2031: ") and "CO2 emissions" in title(compared, words)


def test_an_unknown_language_is_refused(compared):
    with pytest.raises(UserError, match="no language 'fr'"):
        brief_page(compared, "fr")
