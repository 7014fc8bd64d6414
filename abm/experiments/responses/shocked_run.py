"""One run with a shock in it, and what is read off it beyond its outcomes: volumes, prices, and the dismissed."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.codes import Status, Use
from abm.experiments.responses.shocks import drawn_for_dismissal
from abm.model import Model
from abm.phases.labour_market import firms_adjust_staff

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.economy import Economy
    from abm.experiments.responses.declaration import Shock
    from abm.phase import Phase
    from abm.scenarios.scenario import Scenario

__all__ = ["FOLLOWED", "VOLUMES", "Followed", "ShockedModel", "ShockedRun", "shocked"]

FOLLOWED = "earnings_of_dismissed"

# Read off the economy at the end of a quarter; thousand yuan of 2024Q1 of the economy in memory, prices 2024Q1 = 1.
VOLUMES: dict[str, Callable[[Economy], float]] = {
    "volume_gdp": lambda economy: economy.macro.real_gdp,
    "volume_consumption": lambda economy: economy.plans.paid[Use.CONSUMPTION, 2],
    "volume_investment": lambda economy: economy.plans.paid[[Use.CAPITAL, Use.DWELLINGS, Use.PUBLIC], 2].sum(),
    "volume_firms_investment": lambda economy: economy.plans.paid[Use.CAPITAL, 2],
    "volume_dwellings": lambda economy: economy.plans.paid[Use.DWELLINGS, 2],
    "volume_public_consumption": lambda economy: economy.plans.paid[Use.GOVERNMENT, 2],
    "volume_exports": lambda economy: economy.plans.exports.sum(),
    "volume_imports": lambda economy: economy.sectors.imports.sum(),
    "volume_transfers": lambda economy: economy.ledger.amounts["basic_income"] / economy.macro.consumer_price,
    "consumer_price": lambda economy: economy.macro.consumer_price,
    "exchange_rate": lambda economy: economy.macro.exchange_rate,
}


class Followed:
    """The workers who are drawn for dismissal, whether the run dismisses them or not, and what they earn later."""

    def __init__(self, share: float, start: int):
        self._share, self._start = share, start
        self._rows, self._ages = np.zeros(0, dtype=np.int64), np.zeros(0)

    def look(self, economy: Economy) -> None:
        """Note who is drawn, in the quarter of the shock."""
        if economy.quarter == self._start:
            self._rows = np.flatnonzero(drawn_for_dismissal(economy, self._share))
            self._ages = economy.workers.age[self._rows].astype(float)

    def earnings(self, economy: Economy) -> float:
        """Mean real wage of those who are still alive and not retired, 0 for those without a job; else NaN."""
        if economy.quarter < self._start or not self._rows.size:
            return math.nan
        workers, years = economy.workers, (economy.quarter - self._start) / 4
        status, age = workers.status[self._rows], workers.age[self._rows]
        there = np.abs(age - self._ages - years) < 1.0  # a row whose person died is another person's
        there &= (status != Status.RETIRED) & (status != Status.ABSENT)
        wages = np.where(status == Status.EMPLOYED, workers.wage[self._rows], 0.0)[there]
        return float(wages.mean() / economy.macro.consumer_price) if wages.size else math.nan


class ShockedModel(Model):
    """A model into which a shock is put from the quarter ``start`` on; without one, or of size 0, it is the model."""

    def __init__(self, shock: Shock | None, start: int, followed: Followed, **arguments: Any):
        super().__init__(**arguments)
        self._shock, self._start, self._followed = shock, start, followed

    def phases(self) -> Iterator[Phase]:
        """The schedule, with the change before its phase."""
        shock, begun = self._shock, self.quarter >= self._start
        for phase in super().phases():
            if phase is firms_adjust_staff:
                yield self._followed.look
            if begun and shock is not None and phase is shock.before:
                yield partial(self._change, shock)
            yield phase

    def _change(self, shock: Shock, economy: Economy) -> None:
        shock.change(economy, shock.size, economy.quarter - self._start)


@dataclass(frozen=True)
class ShockedRun:
    """One run: ``shock`` is None in that without a shock; ``share`` are the dismissed who are followed in each."""

    name: str
    scenario: Scenario
    shock: Shock | None
    start: int
    quarters: int
    share: float
    seed: int
    workers: int


def shocked(run: ShockedRun, after: Callable[[], None] | None = None) -> tuple[tuple[str, ...], FloatArray]:
    """The names and the values (quarters + 1, names) of a run; ``after`` is called with every quarter that is done."""
    followed = Followed(run.share, run.start)
    scenario = replace(run.scenario, quarters=run.quarters)
    model = ShockedModel(run.shock, run.start, followed, workers=run.workers, rng=run.seed, policy=scenario)
    volumes = np.full((run.quarters + 1, len(VOLUMES) + 1), np.nan)
    for quarter in range(1, run.quarters + 1):
        model.step()
        volumes[quarter] = [*(read(model.economy) for read in VOLUMES.values()), followed.earnings(model.economy)]
        if after is not None:
            after()
    recorded = np.asarray(model.recorder.values[: run.quarters + 1], dtype=float)
    return (*model.recorder.names, *VOLUMES, FOLLOWED), np.hstack([recorded, volumes])
