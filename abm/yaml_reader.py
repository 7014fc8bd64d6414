"""YAML as plain Python values with the line of every key; whatever a scenario has no use for is refused.

Tags, anchors, aliases and merge keys are refused because a small file can grow without bound through them, or call for
objects; so are several documents in one file and nesting deeper than any scenario needs.
"""

from __future__ import annotations

import copy
import datetime
import functools
import re
from pathlib import Path
from typing import Any, NamedTuple, TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import YAMLError
from ruamel.yaml.events import AliasEvent, CollectionEndEvent, CollectionStartEvent, DocumentStartEvent, ScalarEvent

from abm.errors import UserError, line_of, located, refusal

__all__ = ["Document", "read_mapping", "read_text", "read_value"]

MANY_DIGITS = re.compile("[0-9_]{1000}")  # Python itself reads and writes some thousands only
LARGEST_FILE = 1_000_000  # bytes; the shipped scenarios have about a thousand
DEEPEST_NESTING = 10

KeyPath: TypeAlias = tuple[str | int, ...]  # the keys that lead to a value, from the top of the file


class Document(NamedTuple):
    """A mapping read from a file: plain values, and the line (from 1) of each key by its path from the top."""

    data: dict[Any, Any]
    lines: dict[KeyPath, int]


def read_mapping(path: str | Path, label: str) -> Document:
    """The mapping that a YAML file holds; ``label`` names the file in errors.

    Raises UserError for a file that cannot be read, is empty or binary, or is not a plain YAML mapping.
    """
    return copy.deepcopy(_parsed(_read_text(path, label), label))


def read_text(text: str, label: str) -> Document:
    """The same of a text that came some other way than as a file."""
    if len(text) > LARGEST_FILE or "\0" in text:
        raise UserError(located(label, refusal("not the text of a scenario file")))
    return copy.deepcopy(_parsed(text, label))


@functools.lru_cache(maxsize=32)
def _parsed(text: str, label: str) -> Document:
    """The mapping in a text, remembered, since parsing it takes as long as making a small economy."""
    lines: dict[KeyPath, int] = {}
    data = _load(text, label, lines)
    if data is None:
        raise UserError(located(label, refusal("the file is empty; write at least a `question:` line")))
    if not isinstance(data, dict):
        raise UserError(
            refusal("{label}, line 1: expected `key: value` lines, not {data}", label=label, data=_short(data))
        )
    return Document(data, lines)


def read_value(text: str, label: str) -> Any:
    """One YAML value as given on the command line, such as ``0.2``, ``false`` or ``{2027: 100, 2035: 200}``."""
    return _load(text, label, {})


def _read_text(path: str | Path, label: str) -> str:
    try:
        if Path(path).stat().st_size > LARGEST_FILE:
            raise UserError(
                located(
                    label,
                    refusal(
                        "larger than {largest_file} bytes, so it is no scenario file", largest_file=f"{LARGEST_FILE:,}"
                    ),
                )
            )
        content = Path(path).read_bytes()
    except OSError as error:
        raise UserError(located(label, refusal("cannot be read ({strerror})", strerror=error.strerror))) from None
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise UserError(located(label, refusal("not a text file; save the scenario as YAML in UTF-8")))
    return text


def _load(text: str, label: str, lines: dict[KeyPath, int]) -> Any:
    try:
        _refuse_endless_numbers(text, label)
        _refuse_what_is_not_plain(text, label)
        data = YAML(typ="rt", pure=True).load(text)
    except UserError:
        raise
    except (YAMLError, ValueError, ArithmeticError, AttributeError, TypeError) as error:
        # ruamel lets a few of Python's own errors through, for instance for a number of five thousand digits.
        problem = getattr(error, "problem", None) or str(error).splitlines()[0] or type(error).__name__
        marks = [getattr(error, "problem_mark", None), getattr(error, "context_mark", None)]
        if "stream" in problem:  # something is not closed: where it was opened helps more than where the file ends
            marks.reverse()
        mark = marks[0] or marks[1]
        place = line_of(label, mark.line + 1) if mark else label
        raise UserError(
            located(
                place, refusal("not valid YAML, {problem}; check the colons and the indentation there", problem=problem)
            )
        ) from None
    return _plain(data, (), label, lines)


def _refuse_endless_numbers(text: str, label: str) -> None:
    digits = MANY_DIGITS.search(text)
    if digits:
        line = text.count("\n", 0, digits.start()) + 1
        raise UserError(
            located(line_of(label, line), refusal("a number of a thousand digits or more; write a shorter one"))
        )


def _refuse_what_is_not_plain(text: str, label: str) -> None:
    depth = documents = 0
    for event in YAML(typ="rt", pure=True).parse(text):
        line = event.start_mark.line + 1
        if isinstance(event, DocumentStartEvent):
            documents += 1
        elif isinstance(event, CollectionStartEvent):
            depth += 1
        elif isinstance(event, CollectionEndEvent):
            depth -= 1
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise UserError(
                located(
                    line_of(label, line),
                    refusal("YAML anchors and aliases (& and *) are not allowed; repeat the value"),
                )
            )
        if getattr(event, "tag", None):
            raise UserError(
                located(line_of(label, line), refusal("YAML tags (!) are not allowed; write the plain value"))
            )
        if isinstance(event, ScalarEvent) and event.value == "<<" and event.style is None:
            raise UserError(
                located(line_of(label, line), refusal("YAML merge keys (<<) are not allowed; use `extends`"))
            )
        if depth > DEEPEST_NESTING:
            raise UserError(
                located(
                    line_of(label, line),
                    refusal(
                        "nested more than {deepest_nesting} deep; a scenario needs three levels",
                        deepest_nesting=DEEPEST_NESTING,
                    ),
                )
            )
        if documents > 1:
            raise UserError(
                located(line_of(label, line), refusal("a second document starts here; keep one scenario in a file"))
            )


def _plain(value: Any, path: KeyPath, label: str, lines: dict[KeyPath, int]) -> Any:
    """Plain Python for what ruamel built; the lines of the keys are collected on the way."""
    if isinstance(value, CommentedMap):
        return {_key(key, value, path, label, lines): _plain(value[key], (*path, key), label, lines) for key in value}
    if isinstance(value, CommentedSeq):
        for index in range(len(value)):
            lines[(*path, index)] = value.lc.item(index)[0] + 1
        return [_plain(item, (*path, index), label, lines) for index, item in enumerate(value)]
    if isinstance(value, bool) or value is None:
        return value
    for kind in (int, float, str):  # ruamel keeps the notation in subclasses of these
        if isinstance(value, kind):
            return kind(value)
    if isinstance(value, (datetime.date, datetime.datetime)):
        raise UserError(
            located(_place(label, lines, path), refusal("a date is not expected here; put it in quotes if it is text"))
        )
    raise UserError(
        located(
            _place(label, lines, path),
            refusal("expected a number, a text, a list or a mapping, not {value}", value=_short(value)),
        )
    )


def _key(key: Any, mapping: CommentedMap, path: KeyPath, label: str, lines: dict[KeyPath, int]) -> Any:
    line = mapping.lc.key(key)[0] + 1
    if isinstance(key, bool) or not isinstance(key, (int, str)):
        raise UserError(
            located(line_of(label, line), refusal("a key must be a word or a year, not {key}", key=_short(key)))
        )
    lines[(*path, key)] = line
    return int(key) if isinstance(key, int) else str(key)


def _place(label: str, lines: dict[KeyPath, int], path: KeyPath) -> str:
    return line_of(label, lines[path]) if path in lines else label


def _short(value: Any) -> str:
    text = " ".join(str(value).split())
    return f"'{text[:40]}…'" if len(text) > 40 else f"'{text}'"
