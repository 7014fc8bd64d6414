"""A small economy stopped before one of its phases: what the phase reads can be changed, and what it wrote looked at.

Every name of the model that these tests of phases need stands here once, so that a renaming is one edit.
"""

from __future__ import annotations

import ast
import copy
import pickle
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cache
from typing import Any

import numpy as np

from abm.codes import Owner, Status

__all__ = ["BUSY", "SETTLED_AI", "Laboratory", "Owner", "Status", "before", "codes", "schedule"]

# An economy in which much happens: AI in use, data leaking, courses, firms that leave, taxes and supports.
BUSY = {
    "assumptions.adoption.office_constant": -0.5,
    "assumptions.adoption.process_constant": 0.0,
    "assumptions.artificial_intelligence.breach_rate": 0.1,
    "assumptions.firms.smallest_share": 0.2,
    "levers.retraining": {"capacity": {2024: 0.01}},
}
# Artificial intelligence that all have had for long: nothing about it changes, and it costs next to nothing.
SETTLED_AI = {
    f"assumptions.{name}": value
    for name, value in {
        "adoption.office_constant": 12.0, "adoption.process_constant": 12.0, "adoption.evaluation": 1.0,
        "adoption.pilot_quarters": 1.0, "adoption.pilot_failure": 0.0, "adoption.abandonment": 0.0,
        "office_ai.pilot_cost": 0.0, "office_ai.running": 0.001, "process_ai.running": 0.0,
        "artificial_intelligence.algorithm_speed": 0.0, "artificial_intelligence.compute_growth": 0.0,
        "artificial_intelligence.compute_half": 0.0001, "artificial_intelligence.data_by_use": 0.0,
        "artificial_intelligence.breach_rate": 0.0,
    }.items()
}  # fmt: skip
WORKERS, QUARTERS = 2_000, 6


class _Reached(Exception):
    """The phase that was asked for comes next."""


def schedule() -> dict[str, Callable[[Any], None]]:
    """{name: phase} in the order of the quarter."""
    from abm.model import SCHEDULE

    return {phase.__name__: phase for phase in SCHEDULE}


def codes() -> list[str]:
    """The codes of the sectors, in the order of the rows."""
    from abm.data import load_tables

    return list(load_tables().codes)


def occupations() -> list[str]:
    """The names of the occupations, in the order of the rows."""
    from abm.data import load_tables

    return list(load_tables().occupation_names)


def rows() -> Any:
    """The rows of the sectors with a role that one sector has."""
    from abm.data import load_tables

    return load_tables().rows


class Laboratory:
    """An economy within a quarter, to be changed at will."""

    def __init__(self, economy: Any):
        self.economy = economy

    @property
    def workers(self) -> Any:
        return self.economy.state.workers

    @property
    def firms(self) -> Any:
        return self.economy.state.firms

    @property
    def sectors(self) -> Any:
        return self.economy.state.sectors

    @property
    def occupations(self) -> Any:
        return self.economy.state.occupations

    @property
    def macro(self) -> Any:
        """Single numbers of the whole economy."""
        return self.economy.state.macro

    @property
    def plans(self) -> Any:
        """What earlier phases of the quarter have left for later ones."""
        return self.economy.plans

    @property
    def policy(self) -> Any:
        """The instruments in force, which a test may set."""
        return self.economy.instruments

    @property
    def constants(self) -> Any:
        """What stays as the economy opened."""
        return self.economy.structure

    @property
    def parameters(self) -> Any:
        return self.economy.parameters

    @property
    def quarter(self) -> int:
        return self.economy.quarter

    @property
    def paid(self) -> dict[str, float]:
        """The payments of the quarter so far, by flow."""
        return self.economy.ledger.amounts

    @property
    def household_totals(self) -> dict[str, float]:
        """Sums over all adults once they have planned their spending, by name."""
        return _numbers(self.plans.household_totals)

    @property
    def firm_totals(self) -> dict[str, float]:
        """Sums over all firms once they have settled, by name."""
        return _numbers(self.plans.firm_totals)

    @property
    def abilities(self) -> Any:
        """What AI can do where it is in full use."""
        return self.economy.state.abilities

    def saved(self, name: str) -> np.ndarray:
        """(firms,) what both kinds of AI save or add, by how far the firm uses either; ``name`` of an ability."""
        f, able = self.firms, getattr(self.abilities, name)
        return f.office_use * able[0, f.sector] + f.process_use * able[1, f.sector]

    @property
    def openings(self) -> np.ndarray:
        """(firms, occupations) jobs offered."""
        return self.plans.openings

    @property
    def farms(self) -> tuple[int, int]:
        """Rows of the firms of the own-account sector: the first, and the one after the last."""
        rows = np.flatnonzero(self.constants.owner[self.firms.sector] == Owner.OWN_WORKERS)
        return int(rows[0]), int(rows[-1]) + 1

    @property
    def balance(self) -> dict[str, float]:
        """Stocks of the balance sheet when the books were last closed."""
        return self.economy.ledger.stocks

    @property
    def services_paid(self) -> tuple[float, float]:
        """Domestic goods and imports in a yuan of AI services ordered."""
        return self.plans.services_paid_domestic, self.plans.services_paid_imported

    @property
    def bought(self) -> dict[str, tuple[float, float, float]]:
        """{final use: domestic money, imported money, quantity} of what was delivered."""
        from abm.plans import Use

        return {use.name.lower(): tuple(self.plans.paid[use].tolist()) for use in Use}

    def deliver(self, use: str, home: float, abroad: float, quantity: float) -> None:
        """Change what was delivered for a final use."""
        from abm.plans import Use

        self.plans.paid[Use[use.upper()]] = home, abroad, quantity

    def set(self, group: str, **values: float) -> None:
        """Give parameters of a group other values."""
        from abm.parameters import with_overrides

        changes = {f"{group}.{name}": value for name, value in values.items()}
        self.economy.parameters = with_overrides(self.economy.parameters, changes)

    def copy(self) -> Laboratory:
        """The same economy once more, apart from this one."""
        return Laboratory(copy.deepcopy(self.economy))

    def do(self, *names: str) -> Laboratory:
        """Do phases by name; returns itself."""
        for name in names:
            schedule()[name](self.economy)
        return self

    def after(self, *names: str, **instruments: Any) -> Laboratory:
        """A copy in which the instruments are set and the phases done."""
        other = self.copy()
        for name, value in instruments.items():
            assert hasattr(other.policy, name), name
            setattr(other.policy, name, value)
        return other.do(*names)

    def real_rate_gap(self) -> float:
        """Real policy rate over its natural level by rule of thumb (docs/model/equations/production_and_demand.md)."""
        a, growth = self.macro, self.parameters.growth
        faster = a.long_run_growth - growth.trend_opening - growth.expected_growth_above_frontier
        natural = max(0.002, a.usual_real_rate + growth.inflation_target + 0.5 * faster)
        return a.policy_rate - natural - (a.expected_inflation - growth.inflation_target)

    def rates(self) -> tuple[float, float, float]:
        """Mean rates on loans, deposits and bonds."""
        return self.macro.loan_rate, self.macro.deposit_rate, self.macro.bond_rate

    def by_sector(self, values: np.ndarray) -> np.ndarray:
        """(sectors,) sums of a column of firms."""
        return np.bincount(self.firms.sector, weights=values, minlength=self.sectors.rows)

    def uniform(self, stream: str, identities: Iterable[int], seed: int | None = None) -> np.ndarray:
        """Random numbers of a stream between 0 and 1, of this quarter; of none with a ``seed`` of their own."""
        from abm.kernels.draws import uniform

        return self._drawn(uniform, stream, identities, seed)

    def normal(self, stream: str, identities: Iterable[int]) -> np.ndarray:
        """The random numbers of this quarter in a stream, of mean 0 and standard deviation 1."""
        from abm.kernels.draws import normal

        return self._drawn(normal, stream, identities)

    def _drawn(
        self, draw: Callable[[Any, int], float], stream: str, identities: Iterable[int], seed: int | None = None
    ) -> np.ndarray:
        from abm.kernels.draws import STREAMS, stream_key

        when = (self.economy.seed, self.economy.quarter) if seed is None else (seed, 0)
        key = np.uint64(stream_key(*when, STREAMS[stream]))
        return np.array([draw(key, int(one)) for one in identities])


def _numbers(record: Any) -> dict[str, float]:
    return {name: getattr(record, name) for name in type(record).declared}


def before(phase: str, quarters: int = QUARTERS, **overrides: Any) -> Laboratory:
    """The busy economy stopped before a phase of its next quarter; ``overrides`` as for Model, __ for the points."""
    return Laboratory(pickle.loads(_stopped(phase, quarters, repr(sorted(overrides.items())))))


@cache
def _stopped(phase: str, quarters: int, overrides: str) -> bytes:
    model = pickle.loads(_grown(quarters, overrides))
    assert phase in schedule(), phase

    def until() -> Iterator[Callable[[Any], None]]:
        for name, one in schedule().items():
            if name == phase:
                raise _Reached
            yield one

    model.phases = until
    with suppress(_Reached):
        model.step()
    return pickle.dumps(model.economy)


@cache
def _grown(quarters: int, overrides: str) -> bytes:
    from abm import Model

    changes = {name.replace("__", "."): value for name, value in ast.literal_eval(overrides)}
    model = Model(WORKERS, rng=1, overrides=BUSY | changes)
    for _ in range(quarters):
        model.step()
    return pickle.dumps(model)
