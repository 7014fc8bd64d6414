"""Files whose keys are declared: scenarios, designs of sweeps and of fits are read and checked by the same function.

A file is a frozen dataclass; each of its fields is an ``entry``: a kind of value, what to write for it in words, and
what holds where the key is absent or has nothing after the colon (a text that has to be filled is refused then).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import field, fields
from typing import Any, NamedTuple, TypeVar

from abm.errors import AsIs, UserError, located, nearest, refusal, shown
from abm.languages import said
from abm.scenarios.places import Place
from abm.values import Misfit, ValueKind

__all__ = ["FileEntry", "entries_of", "entry", "read_entries"]

File = TypeVar("File")


class FileEntry(NamedTuple):
    """What is known of one key of a file; ``expected`` says what to write for it."""

    kind: ValueKind
    expected: str


def entry(kind: ValueKind, expected: str, default: Any = None) -> Any:
    """The field of one key; its name is the key."""
    about = {"entry": FileEntry(kind, expected)}
    if isinstance(default, (dict, list)):
        return field(default_factory=default.copy, metadata=about)
    return field(default=default, metadata=about)


def entries_of(file: type) -> dict[str, FileEntry]:
    """{key: what is known of it} of a file."""
    return {one.name: one.metadata["entry"] for one in fields(file)}


def read_entries(
    file: type[File],
    data: Mapping[Any, Any],
    place: Place,
    dotted_keys: Callable[[], Iterable[str]] | None = None,
) -> File:
    """The file's content if its keys and their kinds are right, else UserError with the place and the remedy.

    With ``dotted_keys`` an unknown key of a mapping is looked for among them together with the first key below it.
    """
    known = entries_of(file)
    content = {}
    for key, value in data.items():
        if key not in known:
            raise _unknown(key, value, place, known, dotted_keys)
        if value is None and not getattr(known[key].kind, "filled", False):
            continue
        try:
            content[key] = known[key].kind.checked(value, key)
        except Misfit as fault:
            if value is None or (isinstance(value, str) and not value):
                raise UserError(
                    located(
                        place.of(key),
                        said(
                            "{key} is empty; write {expected}, or no {key}",
                            key=AsIs(key),
                            expected=known[key].expected,
                        ),
                    )
                ) from None
            text = said(
                "{key} should be {expected}, not {value}",
                key=AsIs(key), expected=known[key].expected, value=AsIs(shown(value)),
            )  # fmt: skip
            raise UserError(located(place.of(key, *fault.path), text)) from None
    return file(**content)


def _unknown(
    key: Any,
    value: Any,
    place: Place,
    known: Mapping[str, FileEntry],
    dotted_keys: Callable[[], Iterable[str]] | None,
) -> UserError:
    if dotted_keys is None:
        return UserError(
            located(place.of(key), refusal("unknown key '{key}'{nearest}", key=key, nearest=nearest(key, known)))
        )
    dotted = f"{key}.{next(iter(value))}" if isinstance(value, dict) and value else key
    return UserError(
        located(
            place.of(key),
            refusal("unknown key '{dotted}'{nearest}", dotted=dotted, nearest=nearest(dotted, dotted_keys())),
        )
    )
