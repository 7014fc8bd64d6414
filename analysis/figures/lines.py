"""Lines of text of a given width, in letters of the Latin alphabet; a Chinese character is as wide as almost two."""

from __future__ import annotations

import re
import textwrap

__all__ = ["lines_of", "width_of"]

WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")
WIDE_AS = 1.75  # letters
NOT_FIRST = "，。；：、！？）］」》%"  # of a line
PIECES = re.compile(r"\s*[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]|\s*[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+")


def width_of(text: str) -> int:
    """The width of a text in Latin letters."""
    wide = len(WIDE.findall(text))
    return len(text) - wide + round(WIDE_AS * wide)


def lines_of(text: str, width: int) -> list[str]:
    """The text in lines; Chinese breaks between any two characters but before a sign."""
    if not WIDE.search(text):
        return textwrap.wrap(text, width)
    lines = [""]
    for piece in PIECES.findall(text):
        if width_of(lines[-1] + piece) > width and piece.strip()[0] not in NOT_FIRST:
            lines.append(piece.lstrip())
        else:
            lines[-1] += piece
    return lines
