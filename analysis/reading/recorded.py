"""Recordings of finished seeds as plain arrays, for a Panel that is made without the tables of Results.

Making the tables of sixteen seeds and reading them again takes forty times as long as this, and gives the same numbers.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np

if TYPE_CHECKING:
    from abm import Scenario
    from abm.arrays import FloatArray

__all__ = ["RecordedSeeds"]


class FinishedSeed(Protocol):
    """What a finished seed leaves: ``values`` (quarters + 1, names), ``groups`` {table: (quarters + 1, ...)}."""

    @property
    def names(self) -> Sequence[str]: ...

    @property
    def values(self) -> FloatArray: ...

    @property
    def groups(self) -> Mapping[str, FloatArray]: ...


@dataclass
class RecordedSeeds:
    """What Panel reads of Results, from the recordings of some seeds, ascending.

    arrays  {variable: (seeds, quarters + 1)} of all that have a value
    units   {variable: recorded unit} of those
    """

    scenario: Scenario
    seeds: tuple[int, ...]
    recordings: Sequence[FinishedSeed]
    provenance: dict[str, Any]
    arrays: dict[str, FloatArray] = field(default_factory=dict)
    units: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        from abm import OUTCOMES

        names = list(self.recordings[0].names)
        stacked = np.ascontiguousarray(np.stack([one.values for one in self.recordings]).transpose(2, 0, 1))
        named = zip(names, stacked, strict=True)
        self.arrays = {name: values for name, values in named if np.isfinite(values).any()}
        units = {one.name: self._in_prices(one.unit) for one in OUTCOMES}
        self.units = {name: units[name] for name in self.arrays}

    @property
    def last(self) -> int:
        """The last quarter."""
        return len(self.recordings[0].values) - 1

    def groups(self, table: str, variable: str) -> dict[str, FloatArray]:
        """{group: (seeds, quarters + 1)} of those that have a value, in the order of the table."""
        from abm import GROUP_OUTCOMES, group_labels

        names = [one.name for one in GROUP_OUTCOMES.get(table, ())]
        if variable not in names:
            return {}
        column = names.index(variable)
        stacked = np.stack([one.groups[table][:, :, column] for one in self.recordings]).transpose(2, 0, 1)
        stacked = np.ascontiguousarray(stacked)
        labels = zip(group_labels(self.scenario.tables)[table], stacked, strict=True)
        return {str(group): values for group, values in labels if np.isfinite(values).any()}

    def _in_prices(self, unit: str) -> str:
        return unit.replace("2024Q1", f"{self.scenario.opening_year}Q1")
