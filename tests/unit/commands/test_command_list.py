"""The list of commands in ``xinzhi --help``: grouped by use, every line whole in a narrow terminal."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from abm.commands import app

HEADINGS = ["Run", "Open in a browser", "Compare", "Explore uncertainty", "Validate", "Inspect"]
ROW = re.compile(r"^  ([a-z-]+)  +(.+)$", re.MULTILINE)


@pytest.fixture(scope="module")
def listing():
    """The sections of the list by heading, at 80 columns."""
    output = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "80"}, terminal_width=80).output
    sections = dict(re.findall(r"^([A-Z][a-z ]+):\n((?:  .*\n)+)", output, re.MULTILINE))
    return {heading: dict(ROW.findall(text)) for heading, text in sections.items() if heading != "Options"}


def test_commands_stand_under_their_headings(listing):
    assert list(listing) == HEADINGS
    named = [name for rows in listing.values() for name in rows]
    assert named == [command.name for command in app.registered_commands]


def test_every_first_sentence_fits_its_line(listing):
    for rows in listing.values():
        for name, text in rows.items():
            assert text.endswith(".") and "..." not in text, f"{name}: {text}"
