"""What is declared of a shock."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, TypeAlias

from abm.values import Number

if TYPE_CHECKING:
    from abm.economy import Economy
    from abm.phase import Phase

__all__ = ["Change", "Shock"]

# What is done to the economy: it is given the economy, the size, and the quarters since the shock began.
Change: TypeAlias = "Callable[[Economy, float, int], None]"


@dataclass(frozen=True)
class Shock:
    """One shock, imposed on the economy at the start of a quarter or between two of its phases.

    title     what changes, with ``{size}`` where the size stands
    size      in ``unit``; of size 0 it changes nothing, to the last bit
    lower, upper  bounds of the size, the same unit
    shown     factor by which the size is multiplied where it is read
    entry     how the shock is imposed, one sentence
    before    the phase of the quarter before which ``change`` is called, in every quarter from the first on
    """

    name: str
    title: str
    size: float
    unit: str
    lower: float
    upper: float
    shown: float
    entry: str
    source: str
    before: Phase
    change: Change

    def of_size(self, size: float) -> Shock:
        """The shock with another size; raises UserError where that is out of bounds."""
        checked = Number(self.lower, self.upper, self.unit).checked(size, f"shocks.{self.name}")
        return replace(self, size=float(checked))

    @property
    def label(self) -> str:
        """The title with the size in it."""
        return self.title.format(size=self.shown * self.size)
