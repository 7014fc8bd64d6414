"""Compute: the part of the capital of those who sell AI services that wears out fast."""

from __future__ import annotations

from abm.parameters import Compute

__all__ = ["compute_ordered", "wear_with_compute"]


def compute_ordered(held: float, services: float, trend: float, invested: float, rules: Compute) -> float:
    """Compute that the sellers order in a quarter, at most what they ``invest`` in all.

    It is what wears out, what grows with the ``trend`` of their sales, and part of what the AI ``services`` of a
    quarter need beyond what is ``held``.
    """
    wanted = (rules.depreciation + trend) * held + rules.speed * (4 * rules.of_services * services - held)
    return min(invested, max(0.0, wanted))


def wear_with_compute(wear: float, compute: float, capital: float, rules: Compute) -> float:
    """Wear of capital in a quarter, where ``compute`` is part of it and the rest wears out as all other capital."""
    if compute <= 0 or capital <= 0:
        return wear
    return wear + (rules.depreciation - wear) * min(1.0, compute / capital)
