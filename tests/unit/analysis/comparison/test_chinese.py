"""The report in Chinese: no English word in it but names, the same numbers, letters in every figure."""

import html
import re
import warnings
import zipfile
from itertools import combinations

import pytest

import abm
from abm import UserError, translated
from xinzhi.analysis.comparison.comparison import Comparison
from xinzhi.analysis.comparison.figures import changes_figure
from xinzhi.analysis.comparison.files import can_write_workbook, tables_of, write_pdf
from xinzhi.analysis.comparison.report_tables import glance_table, headline_rows
from xinzhi.analysis.comparison.workbook import _sheets, write_workbook
from xinzhi.analysis.figures.letters import _chinese_fonts, letters_of
from xinzhi.analysis.reading.closure_ranges import ClosureRange

pytestmark = pytest.mark.unit

NUMBER = re.compile(r"\d[\d,]*\.?\d*")
HAN = re.compile(r"[\u4e00-\u9fff]")
# Names that stay: of the program, its files and keys; units and sources that Chinese writes in Latin letters, too.
NAMES = {
    "COMMAND", "Xinzhi", "xinzhi", "GDP", "CO2", "CSV", "Hulten", "Benjamini", "Hochberg", "Python", "Mesa", "numpy",
    "numba",
}  # fmt: skip
COMMANDS = re.compile(r"`[^`]*`")
KEYS = re.compile(r"[a-z]\w*(?:\.\w+)+|[a-z]+(?:_[a-z0-9]+)+")
YEARS = [2028, 2030]


@pytest.fixture(scope="module")
def results():
    """The economy of today, one with a carbon price, and one with a subsidy and courses."""
    names = ("baseline", "carbon_price", "subsidy_with_retraining")
    return abm.compare(*names, workers=2_000, seeds=3, until=2030, progress=False).results


@pytest.fixture(scope="module")
def several(results):
    return Comparison(results, YEARS).in_language("zh")


@pytest.fixture(scope="module", params=["carbon_price", "subsidy_with_retraining", "ranges"])
def pair(request, results):
    """The economy of today and one other, of which the last knows ranges across assumptions."""
    chosen = [one for one in results if one.scenario.name in ("baseline", request.param)]
    made = Comparison(chosen if len(chosen) > 1 else results[:2], YEARS)
    if request.param == "ranges":
        for name, low, high in (
            ("real_gdp", -1.2, -0.1),
            ("unemployment_rate", -0.3, 0.8),
            ("labour_share", -1.0, 2.0),
        ):
            for year, measure in ((2028, "effect"), (2030, "effect"), (2030, "relative")):
                made.ranges[name, year, measure] = ClosureRange(low, (low + high) / 2, high)
    return made.in_language("zh")


def foreign(texts):
    """The English words in texts, names apart."""
    kept = [KEYS.sub("", COMMANDS.sub("", one)) for one in texts]
    return {word for one in kept for word in re.findall(r"[A-Za-z]{2,}\d?", one.replace("CO₂", "CO2"))} - NAMES


def visible(page):
    """What a reader reads, figures included; the files, digests and the citation are the same in every language."""
    body = re.sub(
        r"<style>.*?</style>|<pre>.*?</pre>|<code>.*?</code>|<blockquote>.*?</blockquote>", "", page, flags=re.S
    )
    body = re.sub(
        r'<span class="name">.*?</span>|<dt>(?:模型|代码版本|运行时间)</dt><dd>.*?</dd>', "", body, flags=re.S
    )
    return [html.unescape(one) for one in re.split(r"<[^>]*>", body) if one.strip()]


def attributes(page):
    return [html.unescape(one) for one in re.findall(r'aria-label="([^"]*)"', page)]


def test_a_report_of_a_pair_has_no_english(pair):
    page = pair.html("COMMAND")
    assert '<html lang="zh-Hans">' in page and "{" not in "".join(visible(page))
    assert not foreign([*visible(page), *attributes(page)])


def test_a_report_of_several_has_no_english(several):
    page = several.html("COMMAND")
    assert not foreign([*visible(page), *attributes(page)])


def test_a_report_of_one_pair_of_seeds_has_no_english():
    one = abm.compare("baseline", "no_ai", workers=2_000, seeds=1, until=2026, progress=False).in_language("zh")
    assert not foreign(visible(one.html("COMMAND")))


def test_what_is_left_out_is_said_in_chinese(results):
    longer = abm.compare("baseline", "carbon_price", workers=2_000, seeds=2, until=2031, progress=False).results[1]
    mixed = Comparison([results[0], longer])
    assert "years after 2030" in mixed.trimmed and not foreign([translated(mixed.trimmed, "zh")])


def test_english_stays_as_it_is(pair):
    """A language is of one comparison; that which it was made of keeps its own."""
    english = pair.in_language("en")
    page = english.html("COMMAND")
    assert '<html lang="en-GB">' in page and not HAN.search(page)
    assert english.drawing.language == "en" and pair.drawing.language == "zh"


@pytest.mark.parametrize("make", [glance_table, headline_rows])
def test_both_languages_have_the_same_numbers(pair, make):
    """But those of people, emissions, electricity and money, which Chinese counts in other powers of ten."""
    table, compared = make(pair), 0
    for group, rows in table.groups:
        for row in rows:
            other = re.search("people|CNY a year; |billion|tonnes|terawatt", " ".join([str(group), *row]))
            for cell in row[1:] if other is None else ():
                assert NUMBER.findall(translated(cell, "zh")) == NUMBER.findall(cell), (group, row)
                compared += bool(NUMBER.search(cell))
    assert compared > 5


def test_people_and_money_are_counted_as_chinese_statistics_do(pair):
    rows = {str(group): of for group, of in headline_rows(pair).groups}
    titles = {translated(group, "zh"): of for group, of in headline_rows(pair).groups}
    english, chinese = rows["Employment, million people"][0][1], titles["就业人数，万人"][0][1]
    levels = [float(NUMBER.findall(one)[0].replace(",", "")) for one in (english, translated(chinese, "zh"))]
    assert levels[1] == pytest.approx(100 * levels[0], abs=5.0)
    assert "二氧化碳排放量，亿吨/年" in titles and "用电量，亿千瓦时/年" in titles
    assert any(title.startswith("政策成本，亿元/年") for title in titles)


def test_files_for_programs_stay_in_english(pair):
    english = tables_of(pair.in_language("en"))
    for name, table in tables_of(pair).items():
        assert table.to_csv() == english[name].to_csv() and not HAN.search(table.to_csv()), name


@pytest.mark.skipif(not can_write_workbook(), reason="XlsxWriter is not there")
def test_the_workbook_has_no_english(pair, tmp_path):
    """Names in files and the citation apart; numbers are in the unit that stands beside them."""
    path = write_workbook(pair, tables_of(pair), tmp_path / "book.xlsx", "COMMAND")
    with zipfile.ZipFile(path) as book:
        sheets = re.findall(r'<sheet name="([^"]*)"', book.read("xl/workbook.xml").decode())
        texts = [
            html.unescape(re.sub(r"<[^>]*>", "", text))
            for name in book.namelist()
            if name.startswith("xl/worksheets/")
            for text in re.findall(r"<is>(.*?)</is>", book.read(name).decode(), flags=re.S)
        ]
    assert sheets[:2] == ["说明", "主要指标"] and "万人" in texts and "million people" not in texts
    files = {
        *tables_of(pair)["winners"]["table"],
        *tables_of(pair)["winners"]["group"],
        "output",
        "employment",
        "firms",
    }
    kept = [text for text in texts if text not in files and "Version" not in text]
    assert not foreign([text for text in kept if HAN.search(text) or " " in text])


def test_every_letter_of_a_figure_is_in_a_font(pair):
    if not _chinese_fonts():
        pytest.skip("the machine has no font with Chinese letters")
    with letters_of("zh"), warnings.catch_warnings(record=True) as seen:
        warnings.simplefilter("always")
        changes_figure(pair).canvas.draw()
    assert not [one for one in seen if "Glyph" in str(one.message)]


def test_names_at_the_ends_of_lines_do_not_overlap_panels(several):
    """A Chinese letter is wider; the room beside the panels is for the longest name."""
    with letters_of("zh"):
        figure = changes_figure(several)
        figure.canvas.draw()
        boxes = [axes.get_window_extent() for axes in figure.axes]
    assert all(not one.overlaps(other) for one, other in combinations(boxes, 2))


def test_the_pdf_has_chinese_letters(pair, tmp_path):
    try:
        import weasyprint  # noqa: F401
    except (ImportError, OSError) as missing:
        pytest.skip(f"WeasyPrint or Pango is not there: {missing}")
    if not _chinese_fonts():
        pytest.skip("the machine has no font with Chinese letters")
    import zlib

    content = write_pdf(
        "<html lang='zh-Hans'><body><p>就业人数，万人</p></body></html>", tmp_path / "a.pdf"
    ).read_bytes()
    unpacked = b""
    for stream in re.findall(rb"stream\r?\n(.*?)\r?\nendstream", content, flags=re.S):
        try:
            unpacked += zlib.decompress(stream)
        except zlib.error:
            continue
    letters = {int(code, 16) for code in re.findall(rb"<([0-9a-fA-F]{4})>", unpacked)}
    assert set(map(ord, "就业人数，万")) <= letters, "the table of letters of the font that was put in"


def test_an_unknown_language_is_refused(pair):
    with pytest.raises(UserError, match="no language 'fr'"):
        pair.in_language("fr")


def test_small_amounts_of_the_workbook_are_not_in_trillions(pair):
    """The numbers of a sheet times its unit are those of the file."""
    (sheet,) = [one for one in _sheets(pair, tables_of(pair)) if one.name == "Differences"]
    table, file = sheet.table, tables_of(pair)["differences"]
    file = file[file["year"].isin(YEARS)].reset_index(drop=True)
    times = {"trillion CNY a year": 1.0, "billion CNY a year": 1e-4, "trillion CNY": 1.0, "billion CNY": 1e-4}
    checked = 0
    for row in range(len(file)):
        unit = table["Unit of difference"].iloc[row]
        if unit in times:
            assert times[unit] * table["Difference, mean"].iloc[row] == pytest.approx(file["difference"][row])
            assert unit.startswith("billion") or file[["difference", "low", "high"]].loc[row].abs().max() >= 1.0
            checked += 1
    assert checked > 10
