"""What one finished seed leaves."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["Recording"]


@dataclass(frozen=True)
class Recording:
    """What one finished seed leaves: plain arrays, cheap to send between processes (shapes as in Recorder)."""

    seed: int
    names: tuple[str, ...]
    values: FloatArray
    groups: dict[str, FloatArray]
