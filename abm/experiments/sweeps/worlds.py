"""Whether every key of a world matters: none is set twice, set by a policy too, or decided by something else."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from abm.errors import UserError
from abm.experiments.sweeps.axes import Axis
from abm.experiments.sweeps.world_keys import lever_of, scenario_key, world_key
from abm.levers import resolve
from abm.scenarios.places import Place
from abm.scenarios.plain_values import canonical
from abm.scenarios.scenario import Scenario, with_settings

__all__ = ["check_axes", "check_points"]

Policies = Mapping[str, Mapping[str, Any]]


def check_axes(axes: Sequence[Axis], policies: Policies, base: Scenario, quarters: int, place: Place) -> None:
    """Refuse an uncertainty that cannot matter. Raises UserError with its line."""
    _refuse_repetition([axis.key for axis in axes], lambda key: place.of("uncertainties", key))
    for axis in axes:
        here = place.of("uncertainties", axis.key)
        _refuse_overlap(axis.key, "is an uncertainty", policies, here)
        late = [_too_late(axis.key, value, base, quarters) for value in axis.tried()]
        if all(late):
            raise UserError(f"{here}: {late[0]}")
        if len(axis.tried()) > 1 and _is_idle(axis, axes, base):
            raise UserError(
                f"{here}: {axis.key} changes nothing, whatever its value: the scenario or another key of the design "
                "decides what it would set; remove one of them"
            )


def check_points(
    points: Sequence[Mapping[Any, Any]], policies: Policies, base: Scenario, quarters: int, place: Place
) -> None:
    """Refuse a point with a value that is not valid or cannot matter. Raises UserError with its line."""
    seen: list[Any] = []
    for number, point in enumerate(points):
        settings: dict[str, Any] = {}
        for key, value in point.items():
            here = place.of("points", number, key)
            dotted = world_key(key, here)
            if dotted in settings:
                raise UserError(f"{here}: {dotted} is in the point twice, under two names; remove one")
            settings[dotted] = value
            with_settings(base, {dotted: value}, here)
            _refuse_overlap(str(key), "stands in the points", policies, here)
            late = _too_late(str(key), value, base, quarters)
            if late:
                raise UserError(f"{here}: {late}")
        if canonical(settings) in seen:
            raise UserError(f"{place.of('points', number)}: the point is there twice; remove one")
        seen.append(canonical(settings))


def _refuse_repetition(keys: Iterable[str], place_of: Any) -> None:
    seen: set[str] = set()
    for key in keys:
        dotted = scenario_key(key)
        if dotted in seen:
            raise UserError(f"{place_of(key)}: {dotted} is an uncertainty twice, under two names; remove one")
        seen.add(dotted)


def _refuse_overlap(key: str, what: str, policies: Policies, here: str) -> None:
    """A lever cannot be an uncertainty and a policy at once: one of the two would be without effect."""
    lever = lever_of(key)
    for name, levers in policies.items():
        if lever in levers:
            raise UserError(f"{here}: {key} {what} and is also set by the policy '{name}'; remove one of them")


def _too_late(key: str, value: Any, base: Scenario, quarters: int) -> str:
    """What to say where a lever comes into force after the last quarter; empty where it does not."""
    lever = lever_of(key)
    if lever is None:
        return ""
    setting = with_settings(base, {key: value}).levers[lever]
    begins = resolve({lever: setting}, base.opening_year).first_quarter
    if begins <= quarters:
        return ""
    year, last = base.opening_year + begins // 4, f"{base.opening_year + quarters // 4}Q{quarters % 4 + 1}"
    return f"{key} begins in {year}, after the last quarter of the runs, {last}; let it begin earlier or run longer"


def _is_idle(axis: Axis, axes: Sequence[Axis], base: Scenario) -> bool:
    """Whether the same is run for all values of an axis that are tried, whatever the others are."""
    return all(_is_idle_beside(axis, others, base) for others in _surroundings(axis, axes))


def _is_idle_beside(axis: Axis, others: Mapping[str, Any], base: Scenario) -> bool:
    key = scenario_key(axis.key)
    tried = iter(axis.tried())
    first = with_settings(base, {key: next(tried), **others}).digest()
    return all(with_settings(base, {key: value, **others}).digest() == first for value in tried)


def _surroundings(axis: Axis, axes: Sequence[Axis]) -> Iterator[dict[str, Any]]:
    """Values of the other axes: all their first ones, then each of their values beside these."""
    others = {scenario_key(one.key): one.tried() for one in axes if one is not axis}
    first = {key: values[0] for key, values in others.items()}
    yield first
    for key, values in others.items():
        for value in itertools.islice(values, 1, None):
            yield {**first, key: value}
