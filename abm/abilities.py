"""What AI can do this quarter where it is in full use, as part of the state."""

from __future__ import annotations

import numpy as np

from abm.arrays import Cube, Floats, Matrix
from abm.columns import column
from abm.compiling.tables import Viewed, fields_of

__all__ = ["Abilities"]


class Abilities(Viewed):
    """What AI can do this quarter where it is in full use; office AI in row 0, process AI in row 1.

    It follows from the applications that exist and from how reliable AI is (abm.economics.abilities).
    """

    automated: Cube = column("share", "labour that AI does alone, by kind, sector and occupation")
    augmented: Matrix = column("share", "labour that office AI adds to literate staff, by sector and occupation")
    materials: Matrix = column("share", "materials saved, by kind and sector")
    energy: Matrix = column("share", "energy saved, by kind and sector")
    capacity: Matrix = column("share", "output that a unit of capital makes beyond the usual, by kind and sector")
    inventory: Matrix = column("share", "inventory saved, by kind and sector")
    quality: Matrix = column("log points", "worth of better products to customers, by kind and sector")
    research: Matrix = column("share", "part of the help to research projects that works, by kind and sector")
    office_value: Floats = column("share of pay", "worth of the office applications of a sector")
    plant: Floats = column("share", "plant that process AI can run")

    def __init__(self, sectors: int, occupations: int):
        declared: type = type(self)
        for name, kind in fields_of(declared).items():
            shape = {"Cube": (2, sectors, occupations), "Matrix": (2, sectors), "Floats": (sectors,)}[kind]
            setattr(self, name, np.zeros((sectors, occupations) if name == "augmented" else shape))
