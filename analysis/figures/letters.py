"""The letters of figures: the fonts of a language, and lines of text of a given width.

Widths are in letters of the Latin alphabet; a Chinese character is as wide as almost two.
"""

from __future__ import annotations

import logging
import re
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from abm import ENGLISH

__all__ = ["letters_of", "lines_of", "use_letters", "width_of"]

# Fonts with Chinese letters on Linux, Windows and macOS; those that a machine lacks are passed over.
CHINESE_FONTS = (
    "Noto Sans CJK SC", "Noto Sans CJK JP", "WenQuanYi Micro Hei", "Microsoft YaHei", "PingFang SC", "SimHei",
)  # fmt: skip
CHINESE_FILES = ("cjk", "wqy", "msyh", "pingfang", "simhei")  # of which their names have one

WIDE = re.compile(r"[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]")
WIDE_AS = 1.75  # letters
NOT_LAST = "（［《“"  # of a line
NOT_FIRST = "，。；：、！？）］」》%"  # of a line
PIECES = re.compile(r"\s*[\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]|\s*[^\s\u2e80-\u9fff\uff00-\uffef\u3000-\u303f]+")


@contextmanager
def letters_of(language: str) -> Iterator[None]:
    """Letters for figures in the language, while they are drawn and written; in English they stay as they are."""
    if language == ENGLISH:
        yield
        return
    from matplotlib import rc_context

    complaints = logging.getLogger("matplotlib.font_manager")  # some of these fonts have no bold letters
    level = complaints.level
    complaints.setLevel(logging.ERROR)
    try:
        with rc_context({"font.family": [*_chinese_fonts(), "DejaVu Sans"]}):
            yield
    finally:
        complaints.setLevel(level)


def use_letters(language: str) -> None:
    """Letters for all further figures of this program or notebook, also for texts that it adds to them itself."""
    import matplotlib as mpl

    if language == ENGLISH:
        return
    logging.getLogger("matplotlib.font_manager").setLevel(logging.ERROR)  # some of these fonts have no bold letters
    mpl.rcParams["font.family"] = [*_chinese_fonts(), "DejaVu Sans"]


@cache
def _chinese_fonts() -> tuple[str, ...]:
    """Those of CHINESE_FONTS that the machine has, one installed since matplotlib listed its fonts included."""
    from matplotlib.font_manager import findSystemFonts, fontManager

    if not {font.name for font in fontManager.ttflist}.intersection(CHINESE_FONTS):
        for path in findSystemFonts():
            if any(part in path.lower() for part in CHINESE_FILES):
                fontManager.addfont(path)
    known = {font.name for font in fontManager.ttflist}
    return tuple(name for name in CHINESE_FONTS if name in known)


def width_of(text: str) -> int:
    """The width of a text in Latin letters."""
    wide = len(WIDE.findall(text))
    return len(text) - wide + round(WIDE_AS * wide)


def lines_of(text: str, width: int) -> list[str]:
    """The text in lines; Chinese breaks between any two characters but before a sign and behind a bracket."""
    if not WIDE.search(text):
        return textwrap.wrap(text, width)
    lines = [""]
    for piece in PIECES.findall(text):
        if width_of(lines[-1] + piece) > width and piece.strip()[0] not in NOT_FIRST:
            opened = lines[-1][len(lines[-1].rstrip(NOT_LAST)) :]
            lines[-1] = lines[-1].removesuffix(opened)
            lines.append(opened + piece.lstrip())
        else:
            lines[-1] += piece
    return lines
