"""Settings of a scenario that cannot act in a run, which is to be said rather than found out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from abm.languages import said
from abm.levers.settings import resolve
from abm.scenarios.lever_paths import ResolvedPath, resolved_path
from abm.scenarios.scenario import Scenario, with_settings

__all__ = ["idle_by_lever", "idle_levers", "idle_policies"]


def idle_levers(scenario: Scenario, quarters: int) -> list[str]:
    """A sentence for each lever that does nothing: it begins after the run, or sets what holds without it."""
    return list(idle_by_lever(scenario, quarters).values())


def idle_by_lever(scenario: Scenario, quarters: int) -> dict[str, str]:
    """The sentences of idle_levers by the name of the lever."""
    opening = scenario.opening_year
    last = opening + quarters // 4
    sentences: dict[str, str] = {}
    for name, changes in resolve(scenario.levers, opening).steps:
        if changes and changes[0][0] > quarters:
            begins = opening + changes[0][0] // 4
            sentences[name] = _idle(name, begins, last)
        elif changes and (sentence := _neutral(scenario, name)):
            sentences[name] = sentence
    return sentences


def _neutral(scenario: Scenario, name: str) -> str:
    """What to say of a lever that sets its parameters to what they are without it; empty for one that acts."""
    paths = resolved_path(scenario, name)
    if paths and all(value == one.parameter.neutral for one in paths for value in one.values.values()):
        one = paths[0]
        return said(
            "the lever {name} sets {parameter} to {value}, as it is without the lever; it does nothing",
            name=name, parameter=one.parameter.name, value=_shown(one),
        )  # fmt: skip
    priced = [one for one in paths if one.parameter.acting]
    if priced and all(value <= one.parameter.neutral for one in priced for value in one.values.values()):
        one = priced[0]
        return said(
            "the lever {name} sets {parameter} to {value}, which is not above the {neutral} that are free of charge; "
            "it does nothing",
            name=name, parameter=one.parameter.name, value=_shown(one),
            neutral=one.parameter.shown(one.parameter.neutral),
        )  # fmt: skip
    return ""


def _shown(path: ResolvedPath) -> str:
    """The highest value of a path as a planner reads it."""
    return path.parameter.shown(max(path.values.values()))


def _idle(name: str, begins: int, last: int) -> str:
    return said(
        "the lever {name} begins in {begins}, after the last quarter of {last}; it does nothing",
        name=name,
        begins=begins,
        last=last,
    )


def idle_policies(base: Scenario, policies: Mapping[str, Mapping[str, Any]], quarters: int) -> dict[str, list[str]]:
    """{name: what idle_levers says} of a scenario and of each set of levers that is laid over it.

    What is said of the scenario is not said again of what lies over it.
    """
    found = {base.name: idle_levers(base, quarters)}
    for name, levers in policies.items():
        pulled = with_settings(base, {f"levers.{lever}": setting for lever, setting in levers.items()})
        found[name] = [one for one in idle_levers(pulled, quarters) if one not in found[base.name]]
    return found
