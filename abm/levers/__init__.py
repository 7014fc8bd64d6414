"""Policy levers, one file each, complete in itself and found by folder: the file's name is the scenario's key.

A lever file declares (types in declaration.py): ``TITLE``, the ``STRATEGY`` it belongs to, ``SUMMARY``,
``PARAMETERS``, ``DOCUMENTED_STRENGTH``, whether it ``SPENDS``, where it has any the flows that it books as ``COSTS``
or ``REVENUE``, how far its strength is ``UNCERTAIN``, what it needs ``BESIDE`` it, and
``set_instruments(instruments, **values)``. Nothing else is edited to add one. A file outside the package is
the same and is read by ``load_lever(path)``.
"""

from __future__ import annotations

from abm.levers.abroad import is_money, lever_in, levers_in, neutral_in, parameter_in
from abm.levers.declaration import Lever, LeverParameter, Spending, Strategy
from abm.levers.finding import lever_named, load_lever, load_levers, shipped_levers
from abm.levers.settings import FIRST_QUARTER, Levers, resolve

__all__ = [
    "FIRST_QUARTER",
    "Lever",
    "LeverParameter",
    "Levers",
    "Spending",
    "Strategy",
    "is_money",
    "lever_in",
    "lever_named",
    "levers_in",
    "load_lever",
    "load_levers",
    "neutral_in",
    "parameter_in",
    "resolve",
    "shipped_levers",
]
