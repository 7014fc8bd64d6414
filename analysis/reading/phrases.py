"""What a difference does, in the words of a sentence: higher or lower, by how much, and how sure that is."""

from __future__ import annotations

from abm import called, said
from xinzhi.analysis.reading.changes import Change, interval_text, size_text

__all__ = ["effect_text", "in_brackets", "of_people", "sized", "way_text"]


def way_text(change: Change, size: str = "") -> str:
    """``2.3 per cent higher``, ``likely 2.3 per cent higher``."""
    size = size or size_text(change)
    words = said("{size} higher", size=size) if change.difference.mean > 0 else said("{size} lower", size=size)
    return said("likely {finding}", finding=words) if change.difference.likely else words


def effect_text(outcome: str, change: Change, size: str = "", behind: str = "") -> str:
    """``real GDP 2.3 per cent higher [2.0 to 2.6]``; ``behind`` is what stands after it."""
    return said("{outcome} {change}{behind}", outcome=outcome, change=way_text(change, size), behind=behind)


def in_brackets(change: Change) -> str:
    """The interval behind the words that have its sign, `` [2.0 to 2.6]``; empty for a single pair."""
    text = interval_text(change, signed=False)
    return said(" [{interval}]", interval=text) if text else ""


def of_people(change: Change) -> Change:
    """A change whose people are ``million`` in a sentence that names them."""
    return change._replace(unit=called("million", change.unit)) if change.unit == "million people" else change


def sized(name: str, size: object) -> str:
    """A name with its number: ``metals 30``."""
    return said("{name} {size}", name=name, size=size)
