"""What simple rules forecast for the published figures, fitted to the past of each series.

The past ends with what was published for the opening quarter, which the model knows too. Quarters are fitted from 2000
on, as those of the benchmark of 2023-25 are; years from the first there is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.forecasting.rules import forecast

if TYPE_CHECKING:
    from abm import Nowcast
    from abm.arrays import FloatArray

__all__ = ["FIRST_QUARTERS", "LEAST_PAST", "RULES_OF_TABLE", "Series", "normal_of", "past_of"]

RULES_OF_TABLE = ("no_change", "trend", "ar1")
FIRST_QUARTERS = 2000  # year
LEAST_PAST = 6  # values, below which a rule has nothing to be fitted to


@dataclass(frozen=True)
class Series:
    """The past of a series without gaps; ``last`` counts quarters, or years, from the year nought."""

    values: FloatArray
    last: int


def past_of(nowcast: Nowcast, variable: str, quarterly: bool) -> Series | None:
    """The past of a variable by quarters or by years; None where it is too short.

    It is the last stretch without gaps that is long enough; figures with which the economy opens belong to it.
    """
    known = dict(nowcast.past.get(variable, {}))
    known |= {
        (one.year, one.quarter): one.value
        for one in nowcast.figures
        if one.variable == variable and one.used == "opening" and (one.year, one.quarter or 1) <= (nowcast.opening, 1)
    }
    found = {
        place_of(year, quarter): value
        for (year, quarter), value in known.items()
        if bool(quarter) == quarterly and (not quarterly or year >= FIRST_QUARTERS)
    }
    stretches: list[list[int]] = []
    for place in sorted(found):
        if stretches and stretches[-1][-1] == place - 1:
            stretches[-1].append(place)
        else:
            stretches.append([place])
    long = [stretch for stretch in stretches if len(stretch) >= LEAST_PAST]
    return Series(np.array([found[place] for place in long[-1]]), long[-1][-1]) if long else None


def place_of(year: int, quarter: int) -> int:
    """A quarter, or a year where the quarter is 0, counted from the year nought."""
    return 4 * year + quarter - 1 if quarter else year


def normal_of(past: Series, rule: str, place: int) -> tuple[float, float]:
    """Mean and standard deviation that a rule forecasts for a place after the past."""
    steps = place - past.last
    found = forecast(past.values, steps, rule)
    return float(found.mean[steps - 1]), float(found.deviation[steps - 1])
