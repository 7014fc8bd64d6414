"""What a comparison shows of itself in Python: a line, a small table, one outcome by years."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from abm import translated
from xinzhi.analysis.comparison.leading import label_in
from xinzhi.analysis.comparison.report_tables import glance_table
from xinzhi.analysis.reading.display import display_of

if TYPE_CHECKING:
    import pandas as pd

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["as_html", "as_text", "outcome_table", "place_of"]

CELL = '<td style="text-align: left">'


def as_text(comparison: Comparison) -> str:
    """The message, what was compared, and what was left out."""
    pairs = len(comparison.seeds)
    of_seeds = f"{pairs} pairs of seeds" if pairs > 1 else "1 pair of seeds"
    about = f"Comparison of {', '.join(comparison.labels)}: {of_seeds}, {comparison.drawing.span}"
    return "\n".join(filter(None, [about, comparison.message(), comparison.trimmed]))


def as_html(comparison: Comparison) -> str:
    """The message and the table at a glance, with units and words."""
    table = glance_table(comparison)

    def show(text: str) -> str:
        return escape(translated(text, comparison.language))

    heads = "".join(f"<th>{show(column)}</th>" for column in table.columns)
    rows = "".join(
        f"<tr>{''.join(f'{CELL}{show(cell)}</td>' for cell in row)}</tr>" for _, rows in table.groups for row in rows
    )
    trimmed = f"<p>{show(comparison.trimmed)}</p>" if comparison.trimmed else ""
    return (
        f"<p><strong>{show(comparison.message())}</strong></p><table><caption>{show(table.caption)}</caption>"
        f"<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>{trimmed}"
    )


def outcome_table(comparison: Comparison, variable: str) -> pd.DataFrame:
    """A row for each whole year: the mean of every scenario, then each difference with the ends of its interval."""
    import pandas as pd

    years = range(comparison.opening_year, comparison.last_year + 1)
    columns = {
        label: [float(comparison.level(at, variable, year).mean()) for year in years]
        for at, label in enumerate(comparison.labels)
    }
    base = label_in(comparison)
    for at in comparison.pairs:
        found = [comparison.change_in_levels(at, variable, year) for year in years]
        name = f"{comparison.labels[at]} less {base}"
        for key, end in ((name, "mean"), (f"{name}, low", "low"), (f"{name}, high", "high")):
            columns[key] = [getattr(one.difference, end) if one else float("nan") for one in found]
    table = pd.DataFrame(columns, index=pd.Index(years, name="year"))
    display = display_of(comparison.panels[0], variable)
    table.attrs = {"title": display.title, "unit": display.unit, "decimals": display.decimals}
    return table


def place_of(comparison: Comparison, scenario: str | None) -> int:
    """The place of a scenario by its name or label; without one, that of the only difference. Raises UserError."""
    from abm import UserError

    names = {panel.name: at for at, panel in enumerate(comparison.panels) if at in comparison.pairs}
    names |= {comparison.labels[at]: at for at in comparison.pairs}
    if scenario is None and len(comparison.pairs) == 1:
        return next(iter(comparison.pairs))
    if scenario not in names:
        asked = "several are compared" if scenario is None else f"no difference of '{scenario}'"
        raise UserError(f"{asked}; give scenario= one of {', '.join(names)}")
    return names[scenario]
