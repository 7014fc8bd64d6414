"""What Results show of themselves in Python: a line, and a small table with units."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from abm.results.judged import FIRST_SEEN
from abm.results.years import whole_years

if TYPE_CHECKING:
    from abm.results.results import Results

__all__ = ["as_html", "as_text"]

YEARS = (2030, 2035, 2050)


def as_text(results: Results) -> str:
    """``Results of baseline: 8 seeds, 2024 to 2050``, and what is missing of them."""
    count = len(results.seeds)
    years = whole_years(results.scenario.opening_year, results.quarters)
    span = f"{years[0]} to {years[-1]}" if years else f"{results.quarters} quarters, no whole year"
    text = f"Results of {results.scenario.name}: {count} {'seed' if count == 1 else 'seeds'}, {span}"
    if results.interrupted:
        text += "; interrupted, seeds are missing"
    return f"{text}; failed: {', '.join(map(str, results.failures))}" if results.failures else text


def as_html(results: Results) -> str:
    """The mean over the seeds of the headline outcomes in a few years."""
    whole = whole_years(results.scenario.opening_year, results.quarters)
    years = sorted({year for year in (*whole[:1], *YEARS, *whole[-1:]) if year in whole})
    rows = []
    for name in FIRST_SEEN if years else ():
        table = results[name]
        means = table.mean(axis=1)
        if means[years].notna().any():
            cells = [f"{means[year]:,.{table.attrs['decimals']}f}" for year in years]
            title = f"{table.attrs['title']}, {table.attrs['unit']}"
            rows.append(_row("td", [title, *cells]))
    heads = _row("th", ["mean over the seeds", *map(str, years)])
    return f"<p>{escape(as_text(results))}</p><table><thead>{heads}</thead><tbody>{''.join(rows)}</tbody></table>"


def _row(tag: str, cells: list[str]) -> str:
    first, *rest = [escape(cell) for cell in cells]
    return (
        f'<tr><{tag} style="text-align: left">{first}</{tag}>{"".join(f"<{tag}>{cell}</{tag}>" for cell in rest)}</tr>'
    )
