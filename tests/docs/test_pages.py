"""What is done to pages before Sphinx reads them; and every page has a place in the side bar."""

import json
from pathlib import Path

import pytest
from site_pages.contents import CONTENTS
from site_pages.hooks import as_fields, page_of

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[2]


def test_every_page_of_the_documents_has_a_place_in_the_side_bar():
    listed = {entry for tables in CONTENTS.values() for _, entries in tables for entry in entries}
    pages = {path.relative_to(ROOT).with_suffix("").as_posix() for path in (ROOT / "docs").rglob("*.md")}
    assert {page for page in pages - listed if not page.startswith("docs/decisions/0")} == set()
    for entry in listed:
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
