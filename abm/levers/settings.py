"""What a scenario sets of its levers, as the instruments in force in each quarter.

A bare number sets the first parameter from FIRST_QUARTER on, which is 2027Q1 for an economy that opens in 2024; a time
path sets it by years, each value from the first quarter of its year; a mapping of names sets several (time_paths.py).
Before a lever is in force the baseline holds.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from abm.accounting import FLOWS
from abm.levers.declaration import Lever
from abm.levers.finding import lever_named, shipped_levers
from abm.levers.instruments import Instruments
from abm.levers.time_paths import FIRST_QUARTER, laid_over, read_setting

__all__ = ["FIRST_QUARTER", "Levers", "resolve"]

OPENING_YEAR = 2024

Steps = tuple[tuple[int, dict[str, float]], ...]  # (first quarter, parameters that change in it)


@dataclass(frozen=True)
class Levers:
    """The levers of a scenario, ready to be asked for the instruments of any quarter.

    ``external`` are those of them that come from files outside the package, ``allowance_price`` is the carbon price
    of the economy without a lever.
    """

    steps: tuple[tuple[str, Steps], ...] = ()
    external: tuple[Lever, ...] = ()
    allowance_price: float = Instruments().carbon_price

    def policy(self, quarter: int) -> Instruments:
        """The instruments in force in a quarter (0 is 2024Q1)."""
        instruments = Instruments(carbon_price=self.allowance_price)
        for name, changes in self.steps:
            values: dict[str, float] = {}
            for start, changed in changes:
                if quarter >= start:
                    values = values | changed
            if values:
                self._known[name].apply(instruments, values)
        return instruments

    def changes_in_force(self, quarter: int) -> int:
        """How many changes of parameters have begun; the instruments are the same for as long as this number is."""
        return bisect_right(self._starts, quarter)

    @property
    def first_quarter(self) -> int:
        """The first quarter in which a lever is in force; there must be one."""
        return self._starts[0]

    @cached_property
    def _starts(self) -> list[int]:
        return sorted(start for _, changes in self.steps for start, _ in changes)

    @cached_property
    def costs(self) -> tuple[str, ...]:
        """The flows that policies pay, in the order of the ledger: what any lever here or in the package declares.

        They are asked for whether or not the lever is in force: whoever sets the instrument, its payment is a cost.
        """
        return self._booked("costs")

    @cached_property
    def revenue(self) -> tuple[str, ...]:
        """The flows that policies raise, in the order of the ledger."""
        return self._booked("revenue")

    @cached_property
    def _known(self) -> dict[str, Lever]:
        return {**shipped_levers(), **{lever.name: lever for lever in self.external}}

    def _booked(self, side: str) -> tuple[str, ...]:
        declared = {name for lever in self._known.values() for name in getattr(lever, side)}
        return tuple(flow.name for flow in FLOWS if flow.name in declared)


def resolve(
    settings: Mapping[str, Any], opening_year: int = OPENING_YEAR, allowance_price: float | None = None
) -> Levers:
    """The levers behind {lever: number, time path or {parameter: number or path}}. Raises UserError in one line.

    ``opening_year`` is the calendar year of quarter 0, ``allowance_price`` the economy's own.
    """
    steps, external = [], []
    for name, value in sorted(settings.items()):  # so that sums over levers do not depend on the order of the file
        lever = lever_named(name)
        whole = laid_over(lever, None, read_setting(lever, value), opening_year + FIRST_QUARTER // 4)
        changes: list[tuple[int, dict[str, float]]] = []
        for key, path in read_setting(lever, whole).paths.items():
            changes += [(start, {key: float(number)}) for start, number in path.changes(opening_year)]
        steps.append((name, tuple(sorted(changes, key=lambda change: change[0]))))
        external += [lever] if lever.file else []
    price = Instruments().carbon_price if allowance_price is None else allowance_price
    return Levers(tuple(steps), tuple(external), price)
