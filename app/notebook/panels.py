"""A comparison as the panels of the planner's page, which one reads year by year in a notebook."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abm import UserError, outcome_named
from abm.languages import LANGUAGES, counted_in, sections, translated
from xinzhi.analysis.reading.display import display_of
from xinzhi.app.answers import changes_of, levels_of, shown_of, verdicts_of
from xinzhi.app.asking import HEADLINE

if TYPE_CHECKING:
    from anywidget import AnyWidget

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["content_of", "panels", "script"]

APP = Path(__file__).parents[1]
ENTRY = "notebook/panels.js"
STYLES = ("static/app.css", "static/charts.css")
KINDS = {"mean": "level", "low": "low", "high": "high"}
IMPORTED = re.compile(r'from ?"(\.[^"]+)"')


def panels(comparison: Comparison, outcomes: Sequence[str] = HEADLINE, language: str | None = None) -> AnyWidget:
    """The panels as a widget, which a notebook shows where it is the last line of a cell.

    ``outcomes`` are asked for by any of their names, those of the page by default; ``language`` is that of the
    comparison. Raises UserError for an outcome or a language that there is not, and where anywidget is missing.
    """
    try:
        from anywidget import AnyWidget
        from traitlets import Dict
    except ModuleNotFoundError:
        raise UserError("panels() needs anywidget; install it with: pip install 'xinzhi[notebook]'") from None

    class Panels(AnyWidget):
        _esm = script()
        content = Dict().tag(sync=True)

    return Panels(content=content_of(comparison, outcomes, language))


def content_of(
    comparison: Comparison, outcomes: Sequence[str] = HEADLINE, language: str | None = None
) -> dict[str, Any]:  # fmt: skip
    """What the panels show, as JSON has it: words, years, and of each outcome its levels and differences."""
    spoken = comparison.language if language is None else language
    if spoken not in LANGUAGES:
        raise UserError(f"no language '{spoken}'; give one of {', '.join(LANGUAGES)}")
    names = [name if comparison.drawing.has(name) else outcome_named(name).name for name in outcomes]
    strings = {text: other for one in ("page", "words") for text, other in sections(spoken).get(one, {}).items()}
    years = list(range(comparison.opening_year, comparison.last_year + 1))
    return {
        "language": spoken, "strings": strings, "years": years, "year": comparison.end, "reference": comparison.base,
        "outcomes": [_outcome(comparison, name, spoken, years) for name in names],
    }  # fmt: skip


def _outcome(comparison: Comparison, name: str, language: str, years: Sequence[int]) -> dict[str, Any]:
    display = display_of(comparison.panels[comparison.base], name)
    factor, unit = counted_in(language, display.unit)
    decimals = max(0, display.decimals - round(math.log10(factor)))
    labels = [translated(label, language) for label in comparison.labels]
    levels = [levels_of(panel, comparison.last, (name,)) for panel in comparison.panels]
    return {
        "key": name, "title": translated(display.title, language), "unit": unit, "decimals": decimals,
        "from_zero": display.from_zero,
        "levels": [
            {"label": label, **{kind: _times(factor, one[of][name]) for kind, of in KINDS.items()}}
            for label, one in zip(labels, levels, strict=True)
        ],
        "differences": [
            {"label": labels[at], **_difference(comparison, at, name, language, years)} for at in comparison.pairs
        ],
    }  # fmt: skip


def _difference(comparison: Comparison, at: int, name: str, language: str, years: Sequence[int]) -> dict[str, Any]:
    pair = comparison.pairs[at]
    shown = shown_of(pair, comparison.last, (name,), language)
    return {"change": changes_of(pair, shown)[name], "verdicts": verdicts_of(pair, shown, years)[name]}


def _times(factor: float, values: Sequence[float | None]) -> list[float | None]:
    return [None if value is None else factor * value for value in values]


@cache
def script() -> str:
    """The module that a notebook runs: the loader with the page's own modules and styles in it as text."""
    modules = {path: (APP / path).read_text(encoding="utf-8") for path in _modules()}
    styles = "\n".join((APP / path).read_text(encoding="utf-8") for path in STYLES)
    text = (APP / "notebook/loader.js").read_text(encoding="utf-8")
    text = text.replace("/* modules */ {}", json.dumps(modules, ensure_ascii=False))
    return text.replace('/* styles */ ""', json.dumps(styles, ensure_ascii=False))


def _modules() -> Iterator[str]:
    """The entry and what it imports, and so on, as paths from the folder of the page."""
    found, left = set(), [ENTRY]
    while left:
        path = left.pop()
        if path not in found:
            found.add(path)
            yield path
            folder = (APP / path).parent
            text = (APP / path).read_text(encoding="utf-8")
            left += [str((folder / name).resolve().relative_to(APP.resolve())) for name in IMPORTED.findall(text)]
