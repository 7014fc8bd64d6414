"""Figures that show themselves in a notebook, without pyplot and without anything set for the whole program."""

from __future__ import annotations

import io
import zlib

from matplotlib.figure import Figure

from xinzhi.analysis.figures.svg import inline_svg

__all__ = ["ShownFigure"]


class ShownFigure(Figure):
    """A matplotlib Figure that is its own picture as the last line of a cell; ``language`` is that of its words."""

    language: str = "en"

    def _repr_html_(self) -> str:
        """The accessible picture that the report has too; the names within it follow from all its words."""
        written = [*self.texts, *(text for axes in self.axes for text in axes.texts)]
        everything = [text.get_text() for text in written]  # the numbers of axes are there once it is drawn only
        key = f"figure-{zlib.crc32(' '.join(everything).encode()):08x}"
        bold = [text for text in self.texts if text.get_fontweight() == "bold"]
        title = " ".join(text.get_text() for text in bold) or "Figure"
        rest = " ".join(text.get_text() for text in self.texts if text not in bold)
        width = f"max-width: {self.get_figwidth():.1f}in"
        return f'<div style="{width}; background: white">{inline_svg(self, key, title, rest)}</div>'

    def _repr_png_(self) -> bytes:
        """For notebooks and consoles that show no HTML."""
        drawn = io.BytesIO()
        self.savefig(drawn, format="png")
        return drawn.getvalue()
