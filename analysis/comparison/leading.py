"""What a comparison names first, emissions where the policies compared are about them, and how it calls scenarios."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from xinzhi.analysis.reading.text import within_sentence

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["emissions_first", "label_in", "led"]

EMISSIONS = "co2_emissions"
ENVIRONMENT, FINANCE = "ENVIRONMENT", "PUBLIC_FINANCE"  # strategies of levers


def label_in(comparison: Comparison, at: int | None = None) -> str:
    """The label of a scenario within a sentence, of the reference by default."""
    return within_sentence(comparison.labels[comparison.base if at is None else at])


def led(comparison: Comparison, variables: Sequence[str]) -> tuple[str, ...]:
    """The measures in the order in which they are named."""
    if EMISSIONS not in variables or not emissions_first(comparison):
        return tuple(variables)
    return (EMISSIONS, *(name for name in variables if name != EMISSIONS))


def emissions_first(comparison: Comparison) -> bool:
    """Whether all that distinguishes the scenarios from the reference, its financing apart, is of the environment."""
    from abm import load_levers

    known = load_levers()
    base = _levers(comparison, comparison.base)
    changed = {
        name
        for at in comparison.pairs
        for name, setting in _levers(comparison, at).items()
        if base.get(name) != setting and name in known and known[name].strategy.name != FINANCE
    }
    return bool(changed) and all(known[name].strategy.name == ENVIRONMENT for name in changed)


def _levers(comparison: Comparison, at: int) -> Mapping[str, Any]:
    return getattr(comparison.results[at].scenario, "levers", None) or {}
