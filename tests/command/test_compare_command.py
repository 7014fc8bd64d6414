"""xinzhi compare as a user runs it: what it writes, and what it says to bad input."""

import json
import re
import zipfile

import pandas as pd
import pytest

pytestmark = pytest.mark.command


@pytest.fixture(scope="module")
def compare(command_in, tmp_path_factory):
    folder = tmp_path_factory.mktemp("compare")

    def command(*arguments):
        return command_in(folder, "compare", *arguments)

    command.folder = folder
    return command


@pytest.fixture(scope="module")
def done(compare):
    """Two scenarios, two seeds, three years, of which one is asked for."""
    words = ("baseline", "no_ai", "--workers", 2000, "--seeds", 2, "--until", 2026, "--year", 2025, "--figures",
             "--brief", "zh", "--brief", "en", "--out", "out")  # fmt: skip
    finished = compare(*words)
    assert finished.returncode == 0, finished.stderr
    assert "Traceback" not in finished.stderr and "Warning" not in finished.stderr
    return finished.stdout


def test_it_writes_tables_figures_and_a_report(compare, done):
    out = compare.folder / "out"
    assert {path.name for path in out.iterdir() if path.is_dir()} == {"baseline", "no_ai"}
    assert {path.stem for path in out.glob("*.csv")} == {
        "headline",
        "levels",
        "differences",
        "winners",
        "present_values",
        "iamc",
    }
    assert {"changes.png", "headline.png", "winners_deciles.png", "winners_sectors.png"} <= {
        path.name for path in out.glob("*.png")
    }
    page = (out / "report.html").read_text(encoding="utf-8")
    assert page.rstrip().endswith("</html>") and page.count("<svg") >= 10
    command = "xinzhi compare baseline no_ai --workers 2000 --seeds 2 --first-seed 1 --until 2026 --year 2025"
    assert command in page
    assert set(pd.read_csv(out / "winners.csv")["table"]) == {
        "deciles", "occupations", "sectors", "firm_sizes", "regions", "screened",
    }  # fmt: skip
    assert set(pd.read_csv(out / "headline.csv")["year"]) == {2025}, "the year asked for and no other"
    assert not (out / "winners_regions.png").exists(), "regions are alike but for random draws"


def test_a_brief_is_written_in_each_language_asked_for(compare, done):
    english, chinese = ((compare.folder / "out" / f"brief_{one}.html").read_text("utf-8") for one in ("en", "zh"))
    assert '<html lang="en-GB">' in english and "compared with the economy without AI" in english
    assert '<html lang="zh-Hans">' in chinese and "置信区间" in chinese
    assert english.count("<svg") == chinese.count("<svg") == 2


def test_the_report_is_written_in_the_language_asked_for(compare, done):
    """The terminal and the files for programs stay in English."""
    words = ("baseline", "no_ai", "--workers", 2000, "--seeds", 2, "--until", 2026, "--year", 2025, "--language", "zh")
    finished = compare(*words, "--out", "chinese")
    assert finished.returncode == 0 and finished.stdout.replace("are in chinese", "are in out") == done
    english, chinese = compare.folder / "out", compare.folder / "chinese"
    page = (chinese / "report.html").read_text(encoding="utf-8")
    assert '<html lang="zh-Hans">' in page and "--year 2025 --language zh" in page and "置信区间" in page
    for path in chinese.glob("*.csv"):
        assert path.read_bytes() == (english / path.name).read_bytes(), path.name


def test_the_folder_describes_itself(compare, done):
    package = json.loads((compare.folder / "out" / "datapackage.json").read_text(encoding="utf-8"))
    for resource in package["resources"]:
        table = pd.read_csv(compare.folder / "out" / resource["path"])
        assert list(table.columns) == [field["name"] for field in resource["schema"]["fields"]]
        assert not table.duplicated(resource["schema"]["primaryKey"]).any()
        assert all(field["description"] != field["name"] for field in resource["schema"]["fields"])


def test_it_says_what_changes_in_words(done):
    assert "no clear difference" in done.lower()
    assert done.startswith("With AI in 2025, against without AI: ") and "Jobs in 2025, with AI: " in done
    assert " 2025\n" in done and "2026" not in done
    assert "Tables and report.html are in out" in done


def test_the_workbook_says_how_to_read_it_and_names_its_columns_in_words(compare, done):
    book = compare.folder / "out" / "comparison.xlsx"
    try:
        import xlsxwriter  # noqa: F401
    except ImportError:
        assert not book.exists() and "pip install 'xinzhi[report]'" in done
        return
    with zipfile.ZipFile(book) as archive:
        names = re.findall(r'sheet name="(\w+)"', archive.read("xl/workbook.xml").decode())
        notes, headline = (archive.read(f"xl/worksheets/sheet{number}.xml").decode() for number in (1, 2))
    assert names == ["Notes", "Headline", "Differences", "Sums", "Groups"], "no policy, so nobody pays"
    for words in (
        "The answer",
        "How to read it",
        "xinzhi compare",
        "Column: Difference, low",
        "Measure: Real GDP",
        "Column: Discounted sum, mean",
    ):
        assert words in notes
    assert "<autoFilter" in headline and ">Measure<" in headline and ">real_gdp_per_year<" in headline


@pytest.mark.usefixtures("undrawn")
@pytest.mark.parametrize("on_debt", [False, True])
def test_the_income_tax_pays_unless_debt_is_to(compare, on_debt):
    words = ("baseline", "adoption_subsidy", "--workers", 2000, "--seeds", 1, "--until", 2028)
    finished = compare(*words, "--out", f"paid_{on_debt}", *(["--on-debt"] if on_debt else []))
    assert finished.returncode == 0, finished.stderr
    out = compare.folder / f"paid_{on_debt}"
    recorded = json.loads((out / "adoption_subsidy" / "provenance.json").read_text(encoding="utf-8"))
    assert ("budget_rule" in recorded["scenario"]["resolved"]["levers"]) != on_debt
    assert ("levers.budget_rule" in recorded["command"]) != on_debt
    assert ("Who pays: the income tax rises by the net cost" in finished.stdout) != on_debt
    assert ("Who pays: nobody at once" in finished.stdout) == on_debt
    assert (" --on-debt" in (out / "report.html").read_text(encoding="utf-8")) == on_debt
    baseline = json.loads((out / "baseline" / "provenance.json").read_text(encoding="utf-8"))
    assert baseline["scenario"]["resolved"]["levers"] == {}


@pytest.mark.usefixtures("undrawn")
def test_one_scenario_is_compared_with_its_twin_and_shows_what_it_is_measured_by(compare):
    words = ("laissez_faire", "--workers", 2000, "--seeds", 2, "--until", 2025, "--out", "twin")
    finished = compare(*words)
    assert finished.returncode == 0, finished.stderr
    assert "xinzhi: note: laissez_faire is compared with fast_ai" in finished.stderr
    out = compare.folder / "twin"
    assert {path.name for path in out.iterdir() if path.is_dir()} == {"fast_ai", "laissez_faire"}
    for title in ("Data breaches", "Staff whose firm lost data", "Unemployment gap of the screened group"):
        assert title in finished.stdout and title in (out / "report.html").read_text(encoding="utf-8")
    assert "xinzhi compare fast_ai laissez_faire" in (out / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "arguments, words",
    [
        (("nonsuch",), "no scenario 'nonsuch'"),
        (("baseline",) * 5, "compare needs 2 to 4 scenarios, not 5"),
        (("baseline", "nonsuch"), "no scenario 'nonsuch'"),
        (
            ("baseline", "no_ai", "--quarters", 8, "--year", 2040),
            "--year 2040: the runs have the whole years 2024 to 2025",
        ),
        (("baseline", "no_ai", "--set", "levers.carbon_prize=2"), "carbon_price"),
        (("baseline", "no_ai", "--brief", "fr"), "--brief fr: give one of en, zh"),
        (("baseline", "no_ai", "--language", "fr"), "--language fr: give one of en, zh"),
    ],
)
def test_bad_input_is_one_clear_line_before_anything_runs(compare, arguments, words):
    finished = compare(*arguments, "--workers", 2000, "--out", "never")
    assert finished.returncode == 2 and words in finished.stderr
    assert len(finished.stderr.strip().splitlines()) == 1
    assert not (compare.folder / "never").exists()
