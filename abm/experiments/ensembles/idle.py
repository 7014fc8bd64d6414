"""Settings of a scenario that cannot act in a run, which is to be said rather than found out."""

from __future__ import annotations

from abm.languages import said
from abm.levers.settings import resolve
from abm.scenarios.scenario import Scenario

__all__ = ["idle_levers"]


def idle_levers(scenario: Scenario, quarters: int) -> list[str]:
    """A sentence for each lever of which no change begins before the run has ended."""
    opening = scenario.opening_year
    last = opening + quarters // 4
    sentences: list[str] = []
    for name, changes in resolve(scenario.levers, opening).steps:
        if changes and changes[0][0] > quarters:
            begins = opening + changes[0][0] // 4
            sentences.append(_idle(name, begins, last))
    return sentences


def _idle(name: str, begins: int, last: int) -> str:
    return said(
        "the lever {name} begins in {begins}, after the last quarter of {last}; it does nothing",
        name=name,
        begins=begins,
        last=last,
    )
