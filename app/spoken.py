"""Answers in the language of the page: what is made in English is translated where it is sent."""

from __future__ import annotations

from typing import Any

from abm.languages import ENGLISH, translated

__all__ = ["spoken"]

# Keys of an answer that hold a text, or texts, for the reader. What a planner has written is none of them.
TEXTS = frozenset({"title", "unit", "financing", "message", "cautions", "idle", "parts", "scenarios"})
AS_WRITTEN = frozenset({"mix", "yaml", "command"})


def spoken(content: Any, language: str) -> Any:
    """The answer with its texts in that language; lists of numbers are not looked at."""
    if language == ENGLISH:
        return content
    if isinstance(content, dict):
        return {key: value if key in AS_WRITTEN else _of_key(key, value, language) for key, value in content.items()}
    if isinstance(content, list) and content and isinstance(content[0], (dict, type(None))):
        return [spoken(one, language) for one in content]
    return content


def _of_key(key: str, value: Any, language: str) -> Any:
    if key in TEXTS and isinstance(value, str):
        return translated(value, language)
    if key in TEXTS and isinstance(value, list) and all(isinstance(one, str) for one in value):
        return [translated(one, language) for one in value]
    return spoken(value, language)
