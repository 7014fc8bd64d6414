"""xinzhi sector: a sector in words, numbers and a figure; what is unknown is one line with the nearest valid."""

import shutil

import pandas as pd
import pytest

from abm.data.manifest import ECONOMIES

pytestmark = pytest.mark.command


@pytest.fixture
def xinzhi(command_in, tmp_path):
    """A command in this process."""
    return lambda *words: command_in(tmp_path, *words)


def refused(done, words):
    assert done.returncode == 2 and words in done.stderr, done.stderr
    assert len(done.stderr.strip().splitlines()) == 1


def test_a_sector_is_said_written_and_drawn(xinzhi, tmp_path):
    done = xinzhi("sector", "hea", "--economy", "china")
    assert done.returncode == 0, done.stderr
    first, second = done.stdout.splitlines()[:2]
    assert first == "Health (卫生和社会工作), HEA: health and social work" and second.startswith("China in 24 sectors")
    folder = tmp_path / "results" / "sector_HEA"
    assert f"are in {folder.relative_to(tmp_path)}" in done.stdout
    assert (folder / "sector.png").read_bytes()[:4] == b"\x89PNG"
    table = pd.read_csv(folder / "sector.csv")
    assert {"name", "value", "unit", "year", "source_year", "status"} <= set(table.columns)
    assert set(table["status"]) <= {"read", "derived", "assumed"} and table["value"].notna().all()


def test_a_folder_answers_for_one_sector(xinzhi):
    assert xinzhi("sector", "MET", "--out", "out").returncode == 0
    refused(xinzhi("sector", "CON", "--out", "out"), "the answer to another question (the sector differs)")
    assert xinzhi("sector", "CON", "--out", "out", "--overwrite").returncode == 0
    refused(xinzhi("sector", "CON", "--out", "out", "--economy", "china_20"), "(the economy differs)")


def test_without_a_code_the_sectors_are_listed_and_nothing_is_written(xinzhi, tmp_path):
    done = xinzhi("sector", "--economy", "china_20")
    assert (
        done.returncode == 0
        and done.stdout.count("\n") == 23
        and "`xinzhi sector CODE --economy china_20`" in done.stdout
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("XYZ",), "china has no sector 'XYZ'; sectors: AGR, MIN"),
        (("METT",), "china has no sector 'METT'; nearest valid: MET"),
        (("PUB",), "china has no sector 'PUB'; china_20 has it: --economy china_20"),
        (("MET", "--economy", "chnia"), "neither a folder nor a shipped name; nearest valid: china"),
        (("--economy", "nowhere"), "no economy 'nowhere'"),
    ],
)  # fmt: skip
def test_what_is_unknown_is_one_line(xinzhi, tmp_path, words, said):
    refused(xinzhi("sector", *words), said)
    assert list(tmp_path.iterdir()) == []


def test_a_folder_of_tables_is_described_and_opened_with_its_own_notes(xinzhi, tmp_path):
    shutil.copytree(ECONOMIES / "china", tmp_path / "mine")
    manifest = tmp_path / "mine" / "manifest.yaml"
    text = manifest.read_text(encoding="utf-8")
    head = text[: text.index("notes:")].replace("China in 24 sectors", "Elsewhere").replace("code: CNY", "code: XYZ")
    head = head.replace("  en: yuan", "  en: crowns").replace("  zh: 元", "  zh: 克朗")
    manifest.write_text(f"{head}notes:\n  - {{en: Nobody was counted., zh: 未统计。}}\n", encoding="utf-8")
    described = xinzhi("sector", "HEA", "--economy", "mine")
    assert described.returncode == 0, described.stderr
    assert "Elsewhere" in described.stdout and "bn XYZ" in described.stdout and "CNY" not in described.stdout
    assert "The manifest of the economy gives none" in described.stdout
    opened = xinzhi("opening", "--economy", "mine", "--workers", 2000)
    assert opened.returncode == 0, opened.stderr
    assert "The opening economy, Elsewhere, 2024Q1" in opened.stdout and "\nNobody was counted.\n" in opened.stdout
    assert "2018" not in opened.stdout and "CNY" not in opened.stdout
    refused(xinzhi("opening", "--economy", "mine", "--opening", 2015), "does not open in 2015, only in 2024")
