"""What a scenario sets of a lever, year by year: what a planner reads beside the few years that a file names."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from abm.arguments import check_kind
from abm.levers import LeverParameter, lever_in, lever_named
from abm.levers.time_paths import FIRST_QUARTER, read_setting
from abm.scenarios.scenario import Scenario

__all__ = ["ResolvedPath", "amounts_text", "paths_text", "resolved_path"]


class ResolvedPath(NamedTuple):
    """One parameter of a lever over time.

    key        the parameter as ``lever.parameter``
    parameter  its declaration
    values     {year: value} from the first year in force; the last value goes on
    acting     {year: the part of the value that acts} where the neutral value is not zero: what lies above it for a
               price of which the neutral part is free, else the difference from it; empty where it is zero
    dated      whether the scenario names the years, as against a bare number
    """

    key: str
    parameter: LeverParameter
    values: Mapping[int, float]
    acting: Mapping[int, float]
    dated: bool


def resolved_path(scenario: Scenario, lever: str) -> tuple[ResolvedPath, ...]:
    """What the scenario sets of a lever, a table for each of its parameters that is set; none if it is not pulled.

    Raises UserError for an unknown lever.
    """
    check_kind("scenario", scenario, Scenario, "what abm.load_scenario returns")
    known = lever_named(lever)
    if lever not in scenario.levers:
        return ()
    paths = []
    for name, path in read_setting(known, scenario.levers[lever]).paths.items():
        parameter = lever_in(known, scenario.tables, scenario.opening_year).parameter(name)
        if parameter is None:  # read_setting has refused such a name
            continue
        dated = path.number is None
        years = range(min(path.years), max(path.years) + 1) if dated else [scenario.opening_year + FIRST_QUARTER // 4]
        in_force = ((year, path.in_year(year) if dated else path.number) for year in years)
        values = {year: float(value) for year, value in in_force if value is not None}
        acting = {year: _acting(parameter, value) for year, value in values.items()} if parameter.neutral else {}
        paths.append(ResolvedPath(f"{lever}.{name}", parameter, values, acting, dated))
    return tuple(paths)


def _acting(parameter: LeverParameter, value: float) -> float:
    beyond = value - parameter.neutral
    return max(beyond, 0.0) if parameter.acting else beyond


def paths_text(scenario: Scenario) -> str:
    """Every time path of the scenario as a table, years of one value in one row; empty where there is none."""
    paths = [one for lever in scenario.levers for one in resolved_path(scenario, lever) if one.dated]
    return "\n\n".join("\n".join(_lines(one)) for one in paths)


def amounts_text(scenario: Scenario) -> str:
    """A line for every single number that a lever is set to: what it is, its usual range, and whether it is in it."""
    numbers = [one for lever in scenario.levers for one in resolved_path(scenario, lever) if not one.dated]
    return "\n".join(map(_amount, numbers))


def _amount(one: ResolvedPath) -> str:
    parameter = one.parameter
    value = next(iter(one.values.values()))
    low, high = parameter.usual
    factor = parameter.display.factor
    usual = f"usual {_number(factor * low)} to {_number(factor * high)}"
    outside = "" if low <= value <= high or value == parameter.neutral else "; this is outside the usual range"
    return f"{one.key} is {parameter.shown(value)}; {usual}{outside}"


def _lines(one: ResolvedPath) -> Iterator[str]:
    from abm.text_tables import aligned

    parameter = one.parameter
    word = f"of this {parameter.acting}" if parameter.acting else "beyond the neutral value"
    yield f"{one.key}, {parameter.unit}; before, the neutral value holds: {parameter.neutral:g}"
    rows = [("years", "value", *([word] if one.acting else []))]
    for first, last in _spans(one.values):
        end = " and after" if last == max(one.values) else f" to {last}" if last > first else ""
        start = f"{first} to {last}" if end == " and after" and last > first else str(first)
        acting = [_number(one.acting[first])] if one.acting else []
        rows.append((f"{start}{end}", _number(one.values[first]), *acting))
    yield from (f"  {line}" for line in aligned(rows, right=(1, 2) if one.acting else (1,)).splitlines())


def _spans(values: Mapping[int, float]) -> Iterator[tuple[int, int]]:
    """(first, last) of the years in a row that have one value."""
    years = list(values)
    start = years[0]
    for year, following in zip(years, [*years[1:], None], strict=True):
        if following is None or values[following] != values[year]:
            yield start, year
            if following is not None:
                start = following


def _number(value: float) -> str:
    return f"{float(f'{value:.6g}'):g}"
