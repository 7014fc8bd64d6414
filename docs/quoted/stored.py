"""The stored values, and the documents that quote them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from quoted.commands import COMMANDS, ROOT
from quoted.quotes import CLAIMS, QUOTES, Quote

__all__ = ["STORE", "filled", "missing", "place_of", "read", "renew_documents", "write"]

STORE = ROOT / "docs" / "generated" / "numbers.yaml"
HEAD = """# Written by make numbers: every value that README and the site quote, with the command that gives it.
# A test compares the texts with this file, and repeats the commands that take seconds.
"""
Values = dict[str, dict[str, str]]


def read(path: Path = STORE) -> Values:
    """The values by command and name, as text."""
    from ruamel.yaml import YAML

    stored = YAML(typ="safe").load(path.read_text(encoding="utf-8")) or {}
    return {name: dict(one["values"]) for name, one in stored.items()}


def write(values: Values, path: Path = STORE) -> None:
    """Keep the values beside the commands that give them, in the order of the commands."""
    lines = [HEAD.rstrip()]
    for name, command in COMMANDS.items():
        if name in values:
            lines += [f"{name}:", f"  command: {command.line}", "  values:"]
            lines += [f"    {key}: {_quoted(value)}" for key, value in values[name].items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _quoted(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def filled(quote: Quote, values: Mapping[str, Mapping[str, str]]) -> str:
    """The sentence with its values. KeyError for a value that is not stored."""
    return re.sub(r"\{(\w+)\.(\w+)\}", lambda found: values[found[1]][found[2]], quote.text)


def place_of(sentence: str, text: str) -> re.Match[str] | None:
    """Where the sentence stands in the text, whatever its line breaks."""
    return re.search(r"\s+".join(map(re.escape, sentence.split())), text)


def missing(values: Values, root: Path = ROOT) -> list[str]:
    """What the documents should quote and do not, and what they say that is no longer so, one line each."""
    untrue = [
        f"the documents say: {words}; {name}.{key} is {values[name][key]!r}"
        for (name, key), (wanted, words) in CLAIMS.items()
        if values[name][key] != wanted
    ]
    return untrue + [
        f"{name}: {filled(quote, values)}"
        for quote in QUOTES
        for name in quote.files
        if place_of(filled(quote, values), (root / name).read_text(encoding="utf-8")) is None
    ]


def renew_documents(old: Values, new: Values, root: Path = ROOT) -> list[str]:
    """Put the new values where the old ones stand. Returns the sentences that were not found, to be written by hand."""
    lost = []
    # A value that is quoted for the first time stands there already.
    before = {name: one | old.get(name, {}) for name, one in new.items()}
    for quote in QUOTES:
        for name in quote.files:
            path = root / name
            text = path.read_text(encoding="utf-8")
            found = place_of(filled(quote, before), text)
            if found is None:
                lost.append(f"{name}: {filled(quote, new)}")
                continue
            path.write_text(
                text[: found.start()] + _laid_out(found[0], filled(quote, new)) + text[found.end() :], "utf-8"
            )
    return lost


def _laid_out(before: str, sentence: str) -> str:
    """The sentence with the blanks and line breaks that it had; without them where its words are no longer as many."""
    blanks, words = re.findall(r"\s+", before), sentence.split()
    if len(blanks) != len(words) - 1:
        return sentence
    return "".join(word + blank for word, blank in zip(words, [*blanks, ""], strict=True))
