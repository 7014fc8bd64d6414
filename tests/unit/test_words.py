"""Words of the documents and of what a user reads: British spelling and the standard terms of the field."""

import re
from pathlib import Path

import pytest
from typer.main import get_command

import abm
from abm.commands import app
from abm.parameters import describe_parameters

pytestmark = pytest.mark.unit

ROOT = Path(abm.__file__).parent.parent

# A pattern, whole words in any case -> the better words. A row is added once the texts no longer hold the phrase; those
# to come: luck (random draws), told (informed), hang on (depend on), put in (imposed), goes on where (resumes where).
BETTER = {
    r"colors?|colored|coloring": "colour",
    r"behaviors?|behavioral": "behaviour",
    r"labor": "labour",
    r"centers?|centered": "centre",
    r"analyz(e|es|ed|ing)": "analyse",
    r"favors?|favorable": "favour",
    r"neighbors?|neighboring": "neighbour",
    r"model(ed|ing)": "modelled, modelling",
    r"belongs? into": "belongs in",
    r"leave the others? away": "omit the others",
    r"least greatest regret": "smallest maximum regret",
    r"as it deserves": "with the matching status",
}


def offences(text: str) -> list[str]:
    """What in a text should be put otherwise; code between backticks is no prose."""
    prose = re.sub(r"```.*?```|`[^`]*`|https?://\S+", " ", text, flags=re.DOTALL)
    found = ((re.search(rf"\b(?:{phrase})\b", prose, re.IGNORECASE), better) for phrase, better in BETTER.items())
    return [f"{match.group()!r}: write {better!r}" for match, better in found if match]


DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")])


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_documents_use_the_words_of_the_house(path):
    assert not offences(path.read_text(encoding="utf-8"))


def test_the_help_of_every_command_uses_the_words_of_the_house():
    commands = get_command(app).commands
    texts = {
        name: [command.help, *(getattr(one, "help", "") for one in command.params)]
        for name, command in commands.items()
    }
    assert not {
        name: found for name, many in texts.items() if (found := offences(" ".join(text or "" for text in many)))
    }


def test_outcomes_levers_and_parameters_use_the_words_of_the_house():
    texts = {"outcomes": abm.OUTCOMES, "parameters": describe_parameters(), **abm.load_levers()}
    assert not {name: found for name, declared in texts.items() if (found := offences(str(declared)))}


def test_a_bad_word_is_found_with_a_better_one_and_code_is_left_alone():
    assert offences("The Labor market belongs into it.") == [
        "'Labor': write 'labour'",
        "'belongs into': write 'belongs in'",
    ]
    assert not offences("`color` and laboratory")
