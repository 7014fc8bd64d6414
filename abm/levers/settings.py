"""What a scenario sets of its levers, as the instruments in force in each quarter.

A bare number sets the first parameter from 2027Q1 on; a time path {2027: 100, 2035: 200} sets it in steps, each value
from the first quarter of its year; a mapping of names sets several. Before a lever is in force the baseline holds.
"""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from abm.accounting import FLOWS
from abm.errors import UserError
from abm.levers.declaration import Lever, LeverParameter
from abm.levers.finding import load_levers, shipped_levers
from abm.levers.instruments import Instruments

__all__ = ["FIRST_QUARTER", "Levers", "resolve"]

OPENING_YEAR = 2024
FIRST_QUARTER = 12  # 2027Q1, from which a bare number holds

Steps = tuple[tuple[int, dict[str, float]], ...]  # (first quarter, parameters that change in it)


@dataclass(frozen=True)
class Levers:
    """The levers of a scenario, ready to be asked for the instruments of any quarter.

    ``external`` are those of them that come from files outside the package.
    """

    steps: tuple[tuple[str, Steps], ...] = ()
    external: tuple[Lever, ...] = ()

    def policy(self, quarter: int) -> Instruments:
        """The instruments in force in a quarter (0 is 2024Q1)."""
        instruments = Instruments()
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


def resolve(settings: Mapping[str, Any], opening_year: int = OPENING_YEAR) -> Levers:
    """The levers behind {lever: number, time path or {parameter: number or path}}. Raises UserError in one line.

    ``opening_year`` is the calendar year of quarter 0.
    """
    steps, external, known = [], [], load_levers()
    for name, value in sorted(settings.items()):  # so that sums over levers do not depend on the order of the file
        lever = known.get(name)
        if lever is None:
            raise UserError(f"unknown lever '{name}'; known: {', '.join(known)}")
        named = value if _has_names(value) else {lever.parameters[0].name: value}
        changes: list[tuple[int, dict[str, float]]] = []
        for key, path in named.items():
            parameter = lever.parameter(key)
            if parameter is None:
                raise UserError(f"levers.{name} has no parameter '{key}'")
            steps_of_path = _steps(f"levers.{name}", parameter, path, opening_year)
            changes += [(start, {key: number}) for start, number in steps_of_path]
        steps.append((name, tuple(sorted(changes, key=lambda change: change[0]))))
        external += [lever] if lever.file else []
    return Levers(tuple(steps), tuple(external))


def _has_names(value: Any) -> bool:
    return isinstance(value, Mapping) and not all(isinstance(key, int) for key in value)


def _steps(label: str, parameter: LeverParameter, path: Any, opening_year: int) -> list[tuple[int, float]]:
    if isinstance(path, Mapping):
        return [((int(year) - opening_year) * 4, _checked(label, parameter, item)) for year, item in path.items()]
    return [(FIRST_QUARTER, _checked(label, parameter, path))]


def _checked(label: str, parameter: LeverParameter, value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise UserError(f"{label} should be a number in {parameter.unit}, not {value!r}")
    if not parameter.lower <= value <= parameter.upper:
        limits = f"between {parameter.lower:g} and {parameter.upper:g} {parameter.unit}"
        raise UserError(f"{label} should lie {limits}, not {value:g}")
    return float(value)
