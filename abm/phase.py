"""What marks a function as a phase of the quarter."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from abm.economy import Economy

__all__ = ["Phase", "phase"]

Phase: TypeAlias = "Callable[[Economy], None]"


def phase(function: Phase) -> Phase:
    """Mark a phase. What it reads and writes is derived from its code and that of its kernels (abm.couplings)."""
    function.is_phase = True  # type: ignore[attr-defined]
    return function
