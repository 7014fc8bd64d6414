"""Measurements on recorded outcomes: what AI adds to the whole economy, and the first years beside their record.

``year`` and ``years`` are calendar years; None where a run does not hold them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.evidence.panel import RunPanel

__all__ = [
    "added", "added_by_ai", "change_in_sum", "growth", "growth_of_income", "growth_of_prices", "helped_part", "mean_of",
    "process_part", "real_growth", "spending_on_ai", "yearly_gain",
]  # fmt: skip


def mean_of(panel: RunPanel, name: str, year: int) -> float | None:
    """Mean of an outcome over a year, in the quarters in which it is defined."""
    rows = panel.rows(year)
    values = np.zeros(0) if rows is None else panel.series(name)[rows]
    values = values[np.isfinite(values)]
    return float(values.mean()) if values.size else None


def growth(panel: RunPanel, name: str, year: int) -> float | None:
    """Growth of a yearly sum over the year before."""
    before, now = panel.rows(year - 1), panel.rows(year)
    if before is None or now is None:
        return None
    series = panel.series(name)
    return float(series[now].sum() / series[before].sum() - 1)


def real_growth(panel: RunPanel, year: int) -> float | None:
    """Growth of real GDP."""
    return growth(panel, "real_gdp", year)


def growth_of_prices(panel: RunPanel, year: int) -> float | None:
    """Growth of the GDP deflator."""
    nominal, real = growth(panel, "nominal_gdp", year), growth(panel, "real_gdp", year)
    return None if nominal is None or real is None else (1 + nominal) / (1 + real) - 1


def growth_of_income(panel: RunPanel, year: int) -> float | None:
    """Growth of real disposable income of an adult."""
    before, now = panel.rows(year - 1), panel.rows(year)
    if before is None or now is None:
        return None
    return float(panel.totals.income[now].sum() / panel.totals.income[before].sum() - 1)


def spending_on_ai(panel: RunPanel, year: int) -> float | None:
    """AI services and integration over GDP, mean of a year; the opening, in which nothing is ordered yet, apart."""
    rows = panel.rows(year)
    if rows is None:
        return None
    return float(panel.totals.spending[max(rows.start, 1) : rows.stop].mean())


def process_part(panel: RunPanel, year: int) -> float | None:
    """Part of process AI in what AI saves, mean of a year."""
    return _mean_of_year(panel, panel.totals.process_part, year)


def helped_part(panel: RunPanel, year: int) -> float | None:
    """Part of the labour that AI saves which helps staff, mean of a year."""
    return _mean_of_year(panel, panel.totals.helped, year)


def _mean_of_year(panel: RunPanel, series: FloatArray, year: int) -> float | None:
    rows = panel.rows(year)
    found = np.zeros(0) if rows is None else series[rows]
    return float(found.mean()) if found.size and np.isfinite(found).all() else None


def change_in_sum(panel: RunPanel, name: str, first: int, last: int) -> float | None:
    """The sum of an outcome over the last year less that over the first."""
    before, now = panel.rows(first), panel.rows(last)
    if before is None or now is None:
        return None
    series = panel.series(name)
    return float(series[now].sum() - series[before].sum())


def added(panel: RunPanel, name: str, year: int) -> float | None:
    """Mean of an outcome over a year less its level at the opening."""
    found = mean_of(panel, name, year)
    return None if found is None else found - float(panel.series(name)[0])


def added_by_ai(
    panel: RunPanel, without: RunPanel, name: str, year: int, since: int | None = None, relative: bool = True
) -> float | None:
    """What AI adds to an outcome of a year, in parts of it or as a difference; ``since`` takes that of a year away."""
    found = []
    for one in (year, *([since] if since else [])):
        levels = [mean_of(which, name, one) for which in (panel, without)]
        if levels[0] is None or levels[1] is None:
            return None
        found.append(levels[0] / levels[1] - 1 if relative else levels[0] - levels[1])
    if not since:
        return found[0]
    return (1 + found[0]) / (1 + found[1]) - 1 if relative else found[0] - found[1]


def yearly_gain(panel: RunPanel, without: RunPanel, name: str, year: int) -> float | None:
    """What AI adds to the growth of an outcome a year, from the opening to a year."""
    total = added_by_ai(panel, without, name, year)
    years = year - panel.opening
    return None if total is None or years <= 0 else float((1 + total) ** (1 / years) - 1)
