"""Plain words: what a user reads uses the field's terms and British spelling; the glossary is docs/glossary.md."""

import re
from pathlib import Path

import pytest

from abm import OUTCOMES, describe_parameters
from abm.levers import shipped_levers
from abm.model import SCHEDULE

pytestmark = pytest.mark.unit
ROOT = Path(__file__).resolve().parents[3]

# What is not written, and what is written instead. Records of decisions and of changes are left as they were.
BETTER = {
    r"\bluck\b": "random draws",
    r"\bis told\b|\bare told\b": "is reported, is shown",
    r"\bhangs? on\b": "depends on",
    r"\bput in by\b|\bis put in\b|\bare put in\b": "is imposed",
    r"\bleast greatest regret\b": "smallest maximum regret",
    r"\bforsaken\b": "firms that have lost their market",
    r"(?<!Bureau of )(?<!Department of )\blabor\b": "labour",
    r"\bbehavior": "behaviour",
    r"\bcolor\b|\bcolors\b": "colour",
    r"\banalyz": "analyse",
    r"\borganiz": "organise",
    r"\bcenter\b": "centre",
}
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
LEFT_OUT = ("docs/decisions/",)
CODE = re.compile(r"```.*?```|`[^`]*`|<[^>]*>|\]\([^)]*\)", re.DOTALL)


def offences(text):
    return [f"'{found[0]}': write {word}" for one, word in BETTER.items() for found in re.finditer(one, text, re.I)]


def documents():
    return [one for one in DOCUMENTS if not one.relative_to(ROOT).as_posix().startswith(LEFT_OUT)]


@pytest.mark.parametrize("path", documents(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_use_plain_words(path):
    found = offences(CODE.sub(" ", path.read_text(encoding="utf-8")))
    assert not found, "; ".join(found)


def texts():
    """What commands, reports and tables print of the declarations."""
    yield from ((f"outcome {one.name}", one.definition) for one in OUTCOMES)
    yield from ((f"parameter {one.key}", one.meaning) for one in describe_parameters())
    yield from ((f"phase {phase.__name__}", phase.__doc__ or "") for phase in SCHEDULE)
    for name, lever in shipped_levers().items():
        yield f"lever {name}", f"{lever.title} {lever.summary}"


def test_declarations_use_plain_words():
    found = {name: offences(text) for name, text in texts()}
    assert not {name: one for name, one in found.items() if one}


def test_help_uses_plain_words(command_in, tmp_path):
    listed = command_in(tmp_path, "--help").stdout
    names = re.findall(r"^\W*([a-z][a-z-]+)\s{2,}", listed, re.MULTILINE)
    assert {"run", "compare", "sweep"} <= set(names)
    for name in names:
        assert not (found := offences(command_in(tmp_path, name, "--help").stdout)), f"{name}: {found}"


@pytest.mark.parametrize(
    ("text", "found"),
    [("all on the same luck", 1), ("labour and behaviour", 0), ("LABOR", 1), ("Department of Labor", 0)],
)
def test_an_offence_is_found(text, found):
    assert len(offences(text)) == found
