"""How the outcomes of a run are kept: a row of numbers a quarter, grown in blocks; and Mesa's own collector of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from typing import TYPE_CHECKING, Any

import mesa
import numpy as np

from abm.errors import UserError, nearest, shown
from abm.results.measures import Measures
from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["Collector", "Recorder"]


class Recorder:
    """``values[q]``: outcomes of quarter q in the order of ``names``; ``groups[table][q]``: (groups, outcomes).

    ``labels`` are the groups of each table, see ``labels_of``.

    Whoever has no use for the tables of groups sets ``with_groups`` to False and saves their time; they stay NaN then.
    """

    names = tuple(outcome.name for outcome in OUTCOMES)

    def __init__(self, quarters: int, labels: Mapping[str, Sequence[str]]):
        self.with_groups = True
        self._rows = 0
        self._values = np.full((quarters + 1, len(OUTCOMES)), np.nan)
        self._groups = {
            table: np.full((quarters + 1, len(labels[table]), len(outcomes)), np.nan)
            for table, outcomes in GROUP_OUTCOMES.items()
        }
        self._measures: Measures | None = None

    @property
    def values(self) -> np.ndarray:
        """(quarters recorded, outcomes); NaN where not defined."""
        return self._values[: self._rows]

    def series(self, name: str) -> np.ndarray:
        """(quarters recorded,) one outcome by its name; NaN where not defined. Raises UserError for an unknown name."""
        if name not in self.names:
            raise UserError(f"no outcome {shown(name)}{nearest(name, self.names)}; see `xinzhi describe --outcomes`")
        return self.values[:, self.names.index(name)]

    @property
    def groups(self) -> dict[str, np.ndarray]:
        """{table: (quarters recorded, groups, outcomes)}."""
        return {table: values[: self._rows] for table, values in self._groups.items()}

    def record(self, economy: Economy) -> None:
        """Measure every outcome of the quarter."""
        row = self._rows
        if row == len(self._values):
            self._values = _doubled(self._values)
            self._groups = {table: _doubled(values) for table, values in self._groups.items()}
        measures = self._measures
        if measures is None or measures.economy is not economy:
            measures = self._measures = Measures(economy)
        measures.take()
        self._values[row] = [outcome.measure(measures) for outcome in OUTCOMES]
        for table, outcomes in GROUP_OUTCOMES.items() if self.with_groups else ():
            for column, outcome in enumerate(outcomes):
                self._groups[table][row, :, column] = outcome.measure(measures)
        measures.remember()
        self._rows += 1


def _doubled(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values, np.full_like(values, np.nan)])


def _last(column: int, model: Any) -> float:
    """One outcome of the last quarter recorded; a plain function, so that a collector of it can be pickled."""
    return float(model.recorder.values[-1, column])


def _first(model: Any) -> float:
    """The first outcome; some versions of Mesa accept no partial function as a reporter they are to call."""
    return _last(0, model)


class Collector(mesa.DataCollector):
    """Mesa's data collector over the outcomes; ``add`` takes reporters of your own.

    Outcomes are copied from the record when somebody looks at ``model_vars``; other reporters are called each quarter.
    """

    model_reporters: dict[str, Any]

    def __init__(self, recorder: Recorder):
        self._lists: dict[str, list[Any]] = {}
        self._waiting: list[tuple[int, tuple[str, ...]]] = []  # rows of the record, and the outcomes wanted of each
        self._collecting = False
        self._recorder = recorder
        reporters = {name: partial(_last, column) for column, name in enumerate(recorder.names)}
        super().__init__(model_reporters=reporters | {recorder.names[0]: _first})
        self._outcomes = dict(self.model_reporters)

    def add(self, name: str, reporter: Callable[[Any], Any]) -> None:
        """Add a reporter of your own, called with the model each quarter from now on; quarters before it are NaN.

        A function that is defined in a module or cell can be pickled with the model, a lambda cannot. Raises UserError
        for a name that is taken.
        """
        if name in self.model_reporters:
            raise UserError(f"the collector has a reporter '{name}' already; give another name")
        self._lists[name] = [math.nan] * len(self.model_vars[self._recorder.names[0]])
        self.model_reporters = {**self.model_reporters, name: reporter}

    @property
    def model_vars(self) -> dict[str, list[Any]]:
        """{name: values of the quarters collected}."""
        if not self._collecting:
            self._fill()
        return self._lists

    @model_vars.setter
    def model_vars(self, lists: dict[str, list[Any]]) -> None:
        self._lists = lists

    def _fill(self) -> None:
        waiting, self._waiting = self._waiting, []
        for row, names in waiting:
            values = dict(zip(self._recorder.names, self._recorder.values[row].tolist(), strict=True))
            for name in names:
                self._lists[name].append(values[name])

    def collect(self, model: Any) -> None:
        """Note that the last quarter is wanted; reporters other than the outcomes are called at once."""
        reporters, own = self.model_reporters, self._outcomes
        # The first is left to Mesa, which notes the quarter for batch_run only where it has a reporter to call.
        if reporters == own:  # nobody has added or replaced one
            copied = self._recorder.names[1:]
            self.model_reporters = {self._recorder.names[0]: reporters[self._recorder.names[0]]}
        else:
            copied = tuple(name for name, one in own.items() if reporters.get(name) is one)[1:]
            self.model_reporters = {name: one for name, one in reporters.items() if name not in copied}
        self._waiting.append((len(self._recorder.values) - 1, copied))
        self._collecting = True
        try:
            super().collect(model)
        finally:
            self.model_reporters, self._collecting = reporters, False
