"""What is said and drawn of a sector: numbers in words, in every sector of every shipped economy."""

import pytest

from abm.data import load_tables, shipped_economies
from abm.reference.sector_profile import profile_sector, profile_sectors
from xinzhi.analysis.sector.figures import figures_table, sector_figure
from xinzhi.analysis.sector.text import list_text, number, sector_text

pytestmark = pytest.mark.unit
HEADINGS = "Size Jobs Pay Inputs Buyers Occupations AI Energy Firms Sources".split()


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (12345.6, "12,346"),
        (174.4, "174"),
        (17.55, "17.6"),
        (2.494, "2.5"),
        (0.846, "0.85"),
        (0.004, "0"),
        (-2.0, "-2.0"),
    ],
)
def test_numbers_have_the_decimals_that_say_something(value, text):
    assert number(value) == text


@pytest.mark.parametrize("economy", shipped_economies())
def test_every_sector_can_be_said(economy):
    for code in load_tables(economy=economy).codes:
        lines = sector_text(profile_sector(code, economy)).splitlines()
        assert set(HEADINGS) <= {line.split("  ")[0] for line in lines}
        words = " ".join(lines).split()
        assert not {"nan", "inf", "-", "()"}.intersection(words) and "\u2060" not in "".join(words)
        assert max(map(len, lines)) <= 118


def test_the_text_names_what_a_minister_asks():
    text = " ".join(sector_text(profile_sector("HEA", "china")).split())
    for words in ("million people work in it", "chemicals and medicines 化工和医药制造业", "the government (57",
                  "doctors and nurses 卫生专业技术人员 (36.6 %)", "public (is ordered AI by the state)"):  # fmt: skip
        assert words in text


def test_the_text_says_what_ai_does_in_the_sector():
    text = " ".join(sector_text(profile_sector("HEA", "china")).split())
    for words in ("What AI does here: worth at full use", "records and coding 病历与编码 1.5 % (17 % of it works)",
                  "The model has no account of what these do: screening of applicants 应聘者筛选 (match)"):  # fmt: skip
        assert words in text
    assert "tutoring" not in text


def test_the_list_begins_with_the_largest():
    assert list_text(profile_sectors("china")).splitlines()[2].startswith("TRD")


def test_the_figure_has_its_message_and_every_share():
    profile = profile_sector("MET")
    figure = sector_figure(profile)
    texts = [one.get_text() for one in figure.texts]
    added = number(profile.value("value_added_share"))
    assert any(text.startswith(f"Metals: {added}\u00a0% of GDP") and "of jobs" in text for text in texts)
    assert len(figure.axes) == 5 and all(axes.patches for axes in figure.axes)
    assert len(figures_table(profile)) == len(profile.figures)
