"""What is done to pages before Sphinx reads them; and every page has a place in the side bar."""

import json
from pathlib import Path

import pytest
from site_pages.contents import placed
from site_pages.hooks import as_fields, formula, page_of, unplaced, without_breaks

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]


def test_a_page_that_nobody_placed_is_on_the_site_all_the_same(tmp_path):
    for name in ("new_page", "glossary", "teaching/lesson_01", "decisions/0001-one"):
        (tmp_path / "docs" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "docs" / f"{name}.md").write_text("# Page\n")
    assert unplaced(tmp_path) == ["docs/new_page"]


def test_what_the_side_bar_names_exists():
    for entry in placed():
        assert "*" in entry or any(
            (ROOT / entry).with_name(Path(entry).name + end).exists() for end in (".md", ".ipynb")
        )


def test_a_page_gets_its_table_of_contents_and_keeps_its_text():
    text = page_of("notebooks/README", "# Lessons\n")
    assert text.startswith("# Lessons\n") and "```{toctree}" in text and "/notebooks/0*" in text
    assert page_of("docs/glossary", "# Glossary\n") == "# Glossary\n"


def test_a_record_is_left_out_of_the_side_bar():
    assert page_of("docs/decisions/0001-one", "# 0001. One\n").startswith("---\norphan: true\n---\n")


def test_a_lesson_says_how_it_was_run_and_drops_its_slider():
    cells = [
        {"cell_type": "markdown", "metadata": {}, "source": "# Title"},
        {"cell_type": "code", "metadata": {"tags": ["slider"]}, "source": "1", "outputs": []},
    ]
    made = json.loads(page_of("notebooks/01_first_run", json.dumps({"cells": cells})))["cells"]
    assert [cell["cell_type"] for cell in made] == ["markdown", "markdown", "code", "markdown"]
    assert "FAST=1" in made[1]["source"] and "remove-output" in made[2]["metadata"]["tags"]


def test_aligned_lists_of_a_docstring_become_fields():
    lines = ["What it has.", "", "folder    where it is", "design    the design", "          as resolved", "", "End."]
    assert as_fields(lines) == [
        "What it has.", "", "", ":folder: where it is", ":design: the design", "   as resolved", "", "End.",
    ]  # fmt: skip


def test_chinese_lines_are_joined_without_a_blank_and_others_are_left():
    assert without_breaks("增长、\n  不平等\n\n* 排放\nGDP\n") == "增长、不平等\n\n* 排放\nGDP\n"


def test_a_formula_becomes_mathml():
    pytest.importorskip("docutils")
    made = formula(r"\frac{s}{\sqrt{n}}", block=True)
    assert made.startswith("<math") and "<mfrac>" in made and "<msqrt>" in made
