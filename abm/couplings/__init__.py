"""What every phase reads and writes, derived from its code and that of every kernel and rule it calls.

Nothing is declared by hand, so nothing can be declared wrongly: the syntax trees are followed with tables, records and
columns in the place of values. All branches count, whether a run takes them or not. A test lets every phase run on
copies in which all that is not read here is poisoned, and finds no difference.

``values`` are what a name may stand for; ``expressions`` gives them for every expression; ``statements`` walks through
a function.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from abm.couplings.statements import follow
from abm.couplings.values import TABLES, EconomyPart, Touched

__all__ = ["Couplings", "couplings_of"]


class Couplings(NamedTuple):
    """Names such as ``firms.price``, ``macro.inflation``, ``plans.exports`` or ``labour.separation_rate``, sorted."""

    reads: tuple[str, ...]
    writes: tuple[str, ...]
    parameters: tuple[str, ...]
    instruments: tuple[str, ...]
    flows: tuple[str, ...]


@cache
def couplings_of(phase: Callable[..., None]) -> Couplings:
    """What a phase touches, given an economy; see the module."""
    touched = Touched()
    follow(touched, phase, (frozenset({EconomyPart("economy")}),), {})
    parameters = {name.removeprefix("parameters.") for name in touched.reads if name.startswith("parameters.")}
    instruments = {name for name in touched.reads if name.startswith("instruments.")}
    state = {name for name in touched.reads if name.partition(".")[0] in {*TABLES, "macro", "plans", "state"}}
    return Couplings(
        *(tuple(sorted(names)) for names in (state, touched.writes, parameters, instruments, touched.flows))
    )
