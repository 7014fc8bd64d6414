"""A figure as SVG that can stand in a page: accessible, without addresses, and with names of its own."""

from __future__ import annotations

import io
import re
import warnings
from html import escape
from typing import TYPE_CHECKING

from abm import ENGLISH, translated

if TYPE_CHECKING:
    from matplotlib.figure import Figure

__all__ = ["inline_svg"]

NO_METADATA = dict.fromkeys(("Date", "Creator", "Format", "Type"))
SALT = "xinzhi"  # else matplotlib names clips at random, and no two reports of one comparison are alike
TOO_MANY_DIGITS = re.compile(r"(\d+\.\d\d)\d+")


def inline_svg(figure: Figure, key: str, title: str, description: str) -> str:
    """The <svg> element of a figure with its title and description; ``key`` begins every name within it.

    Text stays text, so that it can be read aloud, searched and copied. It has no size of its own: the page sets it.
    """
    from matplotlib import rc_context

    buffer = io.StringIO()
    with rc_context({"svg.fonttype": "none", "svg.hashsalt": SALT}), warnings.catch_warnings():
        # A scenario may be named in letters that the font does not have; the reader's own has them.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        figure.savefig(buffer, format="svg", metadata=NO_METADATA)
    text = buffer.getvalue()
    text = text[text.index("<svg") :]
    for unwanted in (r"<metadata>.*?</metadata>", r"<style[^>]*>.*?</style>", r"<!--.*?-->"):
        text = re.sub(unwanted, "", text, flags=re.DOTALL)
    text = text.replace("xlink:href", "href")
    text = re.sub(r'\bid="', f'id="{key}-', text)
    text = re.sub(r'href="#', f'href="#{key}-', text)
    text = re.sub(r"url\(#", f"url(#{key}-", text)
    text = re.sub(r'( d="[^"]*")', lambda found: TOO_MANY_DIGITS.sub(r"\1", found[0]), text)
    view = re.findall(r'viewBox="[^"]*"', text)[0]
    names = f"{key}-title {key}-description"
    opening = f'<svg {view} role="img" aria-labelledby="{names}">'
    language = str(getattr(figure, "language", ENGLISH))
    title, description = translated(title, language), translated(description, language)
    words = f'<title id="{key}-title">{escape(title)}</title><desc id="{key}-description">{escape(description)}</desc>'
    return opening + words + text[text.index(">") + 1 :]
