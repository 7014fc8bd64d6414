"""The table: published figures with the model's value, its interval over the seeds, and hit or miss; the own first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from abm import ENGLISH, said
from xinzhi.analysis.evidence.published import Published, figures_for
from xinzhi.analysis.reading.paired import mean_of_pairs
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from abm import Evidence

__all__ = ["CANNOT_SAY", "HIT", "MISS", "NOT_IN_THIS_RUN", "country_of_run", "evidence_table"]

MISS, HIT, CANNOT_SAY = "miss", "hit", "cannot say"
ORDER = (MISS, HIT, CANNOT_SAY)
NOT_IN_THIS_RUN = said("not in these runs, or without an account in the model")


def evidence_table(evidence: Evidence) -> pd.DataFrame:
    """A row for each figure, those of the economy's own country before those of others.

    Of both misses come first, those that are not imposed before the others, the widest miss on top.
    ``range_low`` and ``range_high`` are what counts as a hit; ``off_by`` is how far the value lies outside in widths of
    that range; ``interval_reaches`` says whether the 90 % interval of the mean has a part in common with it.
    """
    country = country_of_run(evidence)
    table = pd.DataFrame(
        [_row(evidence, one) | {"own": "yes" if one.is_of(country) else "no"} for one in figures_for(country)]
    )
    keys = table.assign(
        own=table["own"].map({"yes": 0, "no": 1}),
        first=table["verdict"].map({name: place for place, name in enumerate(ORDER)}),
        second=table["imposed"].map({"no": 0, "form": 1, "yes": 2}),
        third=-table["off_by"].fillna(0.0),
    )
    order = keys.sort_values(["own", "first", "second", "third"], kind="stable").index
    return table.loc[order].reset_index(drop=True)


def country_of_run(evidence: Evidence, language: str = ENGLISH) -> str:
    """The country whose economy was run, as it is called within a sentence."""
    from abm import country_of

    return country_of(evidence.scenario.tables, language)


def _row(evidence: Evidence, one: Published) -> dict[str, object]:
    values = evidence.values[one.measured_by] * one.factor if one.measured_by else np.zeros(0)
    found = mean_of_pairs(values)
    ends = one.ends
    mean, low, high = (found.mean, found.low, found.high) if found else (np.nan,) * 3
    row: dict[str, object] = {
        "code": one.code, "figure": one.figure, "unit": one.unit, "published": one.value, "model": mean,
        "model_low": low, "model_high": high, "seeds": found.pairs if found else 0,
    }  # fmt: skip
    verdict, off, reaches = CANNOT_SAY, np.nan, ""
    if found and ends:
        off = max(ends[0] - mean, mean - ends[1], 0.0) / (ends[1] - ends[0])
        verdict = MISS if off > 0.0 else HIT
        reaches = ("yes" if low <= ends[1] and high >= ends[0] else "no") if np.isfinite(low) else ""
    # Why nothing is said of a figure that other runs measure comes before the note on how.
    note = one.note if found or not one.measured_by else "; ".join(filter(None, (NOT_IN_THIS_RUN, one.note)))
    return row | {
        "verdict": verdict, "imposed": one.imposed, "range_low": ends[0] if ends else np.nan,
        "range_high": ends[1] if ends else np.nan, "off_by": off, "interval_reaches": reaches,
        "range_is": "published" if one.low is not None else "chosen here" if ends else "", "economy": one.economy,
        "period": one.period, "source": one.source, "status": one.status, "measured_by": one.measured_by,
        "beside": _beside(evidence, one), "note": note,
    }  # fmt: skip


def _beside(evidence: Evidence, one: Published) -> str:
    """What the runs give beside it, in words, such as ``the run gives 8.1``."""
    found = mean_of_pairs(evidence.values[one.beside] * one.factor) if one.beside else None
    return said("the run of the economy gives {value}", value=format_number(found.mean, 1)) if found else ""
