"""How the outcomes of a run are kept: a row of numbers a quarter, grown in blocks; and Mesa's own collector of them."""

from __future__ import annotations

from functools import partial

import mesa
import numpy as np

from abm.errors import UserError
from abm.outcomes import GROUP_LABELS, GROUP_OUTCOMES, OUTCOMES, Measures
from abm.scenario_checks import nearest

__all__ = ["Collector", "Recorder"]

REMEMBERED = ("real_gdp", "consumer_price")  # aggregates whose change over a year is an outcome


class Recorder:
    """``values[q]``: outcomes of quarter q in the order of ``names``; ``groups[table][q]``: (groups, outcomes).

    Whoever has no use for the tables of groups sets ``with_groups`` to False and saves their time; they stay NaN then.
    """

    names = tuple(outcome.name for outcome in OUTCOMES)

    def __init__(self, quarters: int):
        self.with_groups = True
        self._rows = 0
        self._values = np.full((quarters + 1, len(OUTCOMES)), np.nan)
        self._groups = {
            table: np.full((quarters + 1, len(GROUP_LABELS[table]), len(outcomes)), np.nan)
            for table, outcomes in GROUP_OUTCOMES.items()
        }
        self._history: dict[str, list[float]] = {name: [] for name in REMEMBERED}

    @property
    def values(self) -> np.ndarray:
        """(quarters recorded, outcomes); NaN where not defined."""
        return self._values[: self._rows]

    def series(self, name: str) -> np.ndarray:
        """(quarters recorded,) one outcome by its name; NaN where not defined. Raises UserError for an unknown name."""
        if name not in self.names:
            raise UserError(f"no outcome '{name}'{nearest(name, self.names)}; see `xinzhi describe --outcomes`")
        return self.values[:, self.names.index(name)]

    @property
    def groups(self) -> dict[str, np.ndarray]:
        """{table: (quarters recorded, groups, outcomes)}."""
        return {table: values[: self._rows] for table, values in self._groups.items()}

    def record(self, economy) -> None:
        """Measure every outcome of the quarter."""
        row = self._rows
        if row == len(self._values):
            self._values = _doubled(self._values)
            self._groups = {table: _doubled(values) for table, values in self._groups.items()}
        measures = Measures(economy, self._history)
        self._values[row] = [outcome.measure(measures) for outcome in OUTCOMES]
        for table, outcomes in GROUP_OUTCOMES.items() if self.with_groups else ():
            for column, outcome in enumerate(outcomes):
                self._groups[table][row, :, column] = outcome.measure(measures)
        for name, values in self._history.items():
            values.append(getattr(economy.state.macro, name))
            del values[:-4]
        self._rows += 1


def _doubled(values: np.ndarray) -> np.ndarray:
    return np.concatenate([values, np.full_like(values, np.nan)])


def _last(column: int, model) -> float:
    """One outcome of the last quarter recorded; a plain function, so that a collector of it can be pickled."""
    return float(model.recorder.values[-1, column])


def _first(model) -> float:
    """The first outcome; some versions of Mesa accept no partial function as a reporter they are to call."""
    return _last(0, model)


class Collector(mesa.DataCollector):
    """Mesa's data collector over the outcomes; your own reporters can be added to ``model_reporters``."""

    def __init__(self, recorder: Recorder):
        reporters = {name: partial(_last, column) for column, name in enumerate(recorder.names)}
        super().__init__(model_reporters=reporters | {recorder.names[0]: _first})
        self._outcomes = dict(self.model_reporters)

    def collect(self, model) -> None:
        """Append the last quarter; the outcomes are copied from the record in one go, other reporters are called."""
        reporters = self.model_reporters
        own = self._outcomes
        values = dict(zip(model.recorder.names, model.recorder.values[-1].tolist(), strict=True))
        copied = [name for name, one in own.items() if reporters.get(name) is one][1:]
        for name in copied:
            self.model_vars[name].append(values[name])
        # The first is left to Mesa, which notes the quarter for batch_run only where it has a reporter to call.
        self.model_reporters = {name: one for name, one in reporters.items() if name not in copied}
        try:
            super().collect(model)
        finally:
            self.model_reporters = reporters
