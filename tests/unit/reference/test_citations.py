"""Sources cite a page of the equations and a number that the page has, never a section of an earlier document."""

import re
from pathlib import Path

import pytest

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[3]
EQUATIONS = ROOT / "docs" / "model" / "equations"
SOURCES = sorted(path for room in ("abm", "analysis", "app", "xinzhi") for path in (ROOT / room).rglob("*.py"))
GONE = re.compile(r"MODEL(?:\.md)?,? *(?:section|eq\.|§|\d)")
CITATION = re.compile(r"equations/(\w+)\.md(?:, eq\. (\d+)([a-z]?)(?:-(\d+))?)?")


def numbers(first, letter, last):
    """What such a citation means: ``8a``, or every number from the first to the last."""
    return {first + letter} if letter else {str(one) for one in range(int(first), int(last or first) + 1)}


def equations_of(page):
    """The numbers that a page has, outside its generated tables."""
    text = re.sub(r"<!-- table: \w+ -->.*?<!-- end -->", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
    listed = " ".join(re.findall(r"eq\. [^):\n`]*", text))
    return set().union(*(numbers(*one) for one in re.findall(r"(\d+)([a-z]?)(?:\s*[-–]\s*(\d+))?", listed)))


def test_no_source_cites_a_section_of_the_earlier_document():
    found = [
        f"{path.relative_to(ROOT)}: {one[0]}" for path in SOURCES for one in GONE.finditer(path.read_text("utf-8"))
    ]
    assert not found, "; ".join(found)


def test_cited_pages_have_the_cited_equations():
    wrong, cited = [], 0
    for path in SOURCES:
        for page, first, letter, last in CITATION.findall(path.read_text("utf-8")):
            cited += 1
            there = (EQUATIONS / f"{page}.md").exists()
            missing = (
                numbers(first, letter, last) - equations_of(EQUATIONS / f"{page}.md") if there and first else set()
            )
            if not there or missing:
                wrong.append(f"{path.relative_to(ROOT)}: {page}.md has no {', '.join(sorted(missing)) or 'text'}")
    assert not wrong, "; ".join(wrong)
    assert cited > 20


@pytest.mark.parametrize("text", ["MODEL.md section 7", "MODEL.md, section 9", "MODEL.md eq. 4", "MODEL 9.1"])
def test_the_rule_finds_what_breaks_it(text):
    assert GONE.search(text)
