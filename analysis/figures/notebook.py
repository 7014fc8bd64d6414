"""Figures that show themselves in a notebook, without pyplot and without anything set for the whole program."""

from __future__ import annotations

import io
import zlib

from matplotlib.figure import Figure
from matplotlib.text import Text

from xinzhi.analysis.figures.svg import inline_svg

__all__ = ["ShownFigure"]


class ShownFigure(Figure):
    """A matplotlib Figure that is its own picture as the last line of a cell."""

    def _texts(self) -> list[str]:
        return [text.get_text() for text in self.findobj(Text) if isinstance(text, Text) and text.get_text()]

    def _repr_html_(self) -> str:
        """The accessible picture that the report has too; its names follow from its words."""
        words = self._texts() or ["Figure"]
        key = f"figure-{zlib.crc32(' '.join(words).encode()):08x}"
        width = f"max-width: {self.get_figwidth():.1f}in"
        return f'<div style="{width}; background: white">{inline_svg(self, key, words[0], " ".join(words[1:3]))}</div>'

    def _repr_png_(self) -> bytes:
        """For notebooks and consoles that show no HTML."""
        drawn = io.BytesIO()
        self.savefig(drawn, format="png")
        return drawn.getvalue()
