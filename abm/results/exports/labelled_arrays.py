"""Results as labelled arrays of xarray: variables over seeds and quarters, and over groups where there are any."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from abm.errors import UserError
from abm.results.currency import in_currency, in_words_of

if TYPE_CHECKING:
    from xarray import Dataset

    from abm.arrays import FloatArray, IntArray
    from abm.results.outcomes import GroupOutcome, Outcome
    from abm.results.results import Results

__all__ = ["labelled_arrays"]


def labelled_arrays(results: Results) -> Dataset:
    """An xarray.Dataset of every variable (seed, quarter), and of group variables (seed, quarter, table).

    A group variable is called after its table: ``sectors_employment``. Each has its unit and definition as attributes;
    what is not defined is NaN. Raises UserError where xarray is not installed.
    """
    try:
        import xarray
    except ImportError:
        raise UserError("to_xarray() needs xarray; install it with: pip install 'xinzhi[arrays]'") from None
    from abm.results.groups import group_labels
    from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES

    economy = results.scenario.tables
    seeds, quarters = list(results.seeds), np.arange(results.quarters + 1)
    coordinates: dict[str, list[int] | list[str] | IntArray] = {"seed": seeds, "quarter": quarters}
    variables: dict[str, tuple[tuple[str, ...], FloatArray, dict[str, str]]] = {
        outcome.name: (
            ("seed", "quarter"),
            _array(results.series, outcome.name, seeds, quarters),
            _about(outcome, economy),
        )
        for outcome in OUTCOMES
    }
    known = group_labels(results.scenario.tables)
    for table, frame in results.groups.items():
        labels = list(known[table])
        coordinates[table] = labels
        for outcome in GROUP_OUTCOMES[table]:
            values = _array(frame, outcome.name, seeds, quarters, labels)
            variables[f"{table}_{outcome.name}"] = (("seed", "quarter", table), values, _about(outcome, economy))
    about = {"scenario": results.scenario.name, "provenance": json.dumps(results.provenance, ensure_ascii=False)}
    return xarray.Dataset(variables, coordinates, about)


def _about(outcome: Outcome | GroupOutcome, economy: str) -> dict[str, str]:
    return {
        "units": in_currency(outcome.unit, economy),
        "long_name": in_words_of(outcome.definition, economy),
        "origin": outcome.origin,
    }


def _array(
    frame: pd.DataFrame, variable: str, seeds: list[int], quarters: IntArray, labels: list[str] | None = None
) -> FloatArray:
    chosen = frame[frame["variable"] == variable]
    places = [np.searchsorted(seeds, chosen["seed"]), chosen["quarter"].to_numpy()]
    shape = [len(seeds), len(quarters)]
    if labels is not None:
        places.append(pd.Index(labels).get_indexer(chosen["group"].astype(str)))
        shape.append(len(labels))
    array = np.full(shape, np.nan)
    array[tuple(places)] = chosen["value"].to_numpy()
    return array
