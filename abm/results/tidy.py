"""Recorded arrays as tidy tables: one row for each defined value."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from abm.errors import AccountingError

if TYPE_CHECKING:
    from abm.arrays import FloatArray, IntArray

__all__ = ["GROUP_COLUMNS", "SERIES_COLUMNS", "tidy"]

SERIES_COLUMNS = ["scenario", "seed", "quarter", "variable", "value", "unit"]
GROUP_COLUMNS = ["scenario", "seed", "quarter", "group", "variable", "value", "unit"]


def tidy(
    scenario: str,
    seeds: Sequence[int],
    values: FloatArray,
    names: list[str],
    units: list[str],
    groups: list[str] | None,
) -> pd.DataFrame:
    """One row for each defined value of ``values`` (seeds, quarters, groups, variables), in that order."""
    if np.isinf(values).any():
        seed, quarter, _, variable = (int(index[0]) for index in np.nonzero(np.isinf(values)))
        raise AccountingError(f"seed {seeds[seed]}: {names[variable]} is infinite", quarter=quarter)
    defined = ~np.isnan(values)
    kinds = list(dict.fromkeys(units))

    def column(axis: int, codes: IntArray) -> IntArray:
        """Codes along one axis, for every defined value."""
        around = [1] * values.ndim
        around[axis] = codes.size
        return np.broadcast_to(codes.reshape(around), values.shape)[defined]

    unit_of_variable = np.array([kinds.index(unit) for unit in units], dtype=np.int16)
    columns = {
        "scenario": pd.Categorical.from_codes(np.zeros(np.count_nonzero(defined), dtype=np.int8), [scenario]),
        "seed": column(0, np.asarray(seeds, dtype=np.int64)),
        "quarter": column(1, np.arange(values.shape[1])),
        "variable": pd.Categorical.from_codes(column(3, np.arange(len(names), dtype=np.int16)), names),
        "value": values[defined],
        "unit": pd.Categorical.from_codes(column(3, unit_of_variable), kinds),
    }
    if groups is None:
        return pd.DataFrame(columns, columns=SERIES_COLUMNS)
    columns["group"] = pd.Categorical.from_codes(column(2, np.arange(len(groups), dtype=np.int16)), groups)
    return pd.DataFrame(columns, columns=GROUP_COLUMNS)
