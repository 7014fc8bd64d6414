"""What the use of AI takes at the opening: services, integration, what was integrated before, and compute."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from abm.arrays import Floats
from abm.economics.adoption import next_quarter
from abm.parameters import Parameters

__all__ = ["InUse", "Path", "Projects", "none_in_use"]


@dataclass
class Path:
    """Expected parts of a sector's departments with one kind of AI, and of its staff or plant; (sectors,).

    ``begun`` and ``succeeded`` are the pilots that began, and those that were scaled, in the last quarter.
    """

    pilots: Floats
    scaled: Floats
    cover: Floats
    begun: Floats
    succeeded: Floats

    @classmethod
    def none(cls, sectors: int) -> Path:
        """Before anybody has considered AI."""
        return cls(*(np.zeros(sectors) for _ in range(5)))

    def move(self, chance: Floats, parameters: Parameters, kind: str) -> None:
        """A quarter on, at the chances with which departments without AI begin."""
        cost = getattr(parameters, kind)
        desks = cost.cover_pilot * self.pilots + cost.cover_scaled * self.scaled
        self.cover = self.cover + cost.cover_speed * (desks - self.cover)
        self.begun, self.succeeded, self.pilots, self.scaled = next_quarter(
            parameters.adoption, chance, self.pilots, self.scaled
        )


@dataclass
class Projects:
    """Integration in the quarters before the opening; (sectors,).

    What own staff does counts in quarters of pay with contributions, what is bought for desks in quarters of pay, what
    is bought for plants in values of the plant. Each is given for the quarter, and as what is not worn out at its end.
    """

    busy: Floats  # share of the staff that integrates AI, at the quarter's end
    own: Floats
    desks: Floats  # ordered in the quarter and paid in the next one
    lines: Floats
    desks_paid: Floats
    lines_paid: Floats
    own_stock: Floats
    desks_stock: Floats
    lines_stock: Floats
    own_worn: Floats
    desks_worn: Floats
    lines_worn: Floats

    @classmethod
    def none(cls, sectors: int) -> Projects:
        """Before anybody has considered AI."""
        return cls(*(np.zeros(sectors) for _ in range(12)))

    def move(self, office: Path, process: Path, plant: Floats, price: float, parameters: Parameters) -> None:
        """A quarter on, as departments have moved; ``plant`` is the part that AI can run, ``price`` 1 at the opening.

        Stocks count against the pay and the plant of each quarter, which grow with the trend.
        """
        desk, line, wear = parameters.office_ai, parameters.process_ai, parameters.integration.depreciation
        growth = 1 + parameters.growth.trend_opening
        self.own = self.busy * (1 - 1 / desk.own_quarters)  # as the quarter begins, part of them is done
        self.desks_paid, self.lines_paid = self.desks / growth, self.lines / growth
        whole = 4 * desk.pilot_cost * price * (office.begun + desk.scaling_cost * office.succeeded)
        self.desks = (1 - desk.own_part) * whole
        parts = line.pilot_part * process.begun + (1 - line.pilot_part) * process.succeeded
        self.lines = line.plant_cost * price * plant * parts
        self.busy = self.own + desk.own_part * whole / desk.own_quarters
        self.own_worn, self.desks_worn, self.lines_worn = (
            wear * stock / growth for stock in (self.own_stock, self.desks_stock, self.lines_stock)
        )
        self.own_stock = self.own_stock / growth - self.own_worn + self.own
        self.desks_stock = self.desks_stock / growth - self.desks_worn + self.desks_paid
        self.lines_stock = self.lines_stock / growth - self.lines_worn + self.lines_paid


@dataclass(frozen=True, eq=False)
class InUse:
    """What firms spend on AI in the opening quarter, by the sector that uses it, billion yuan; (sectors,)."""

    office: Path
    process: Path
    services: Floats
    paid: Floats  # for integration that was bought
    due: Floats  # ordered for the next quarter
    own: Floats  # integration by own staff, at what it costs
    busy: Floats  # share of the staff, at the quarter's end
    worn: Floats  # of what was integrated before
    intangible: Floats  # what is not worn out at the quarter's end

    @property
    def spent(self) -> Floats:
        """Investment in the integration of AI."""
        return self.paid + self.own


def none_in_use(sectors: int) -> InUse:
    """Where there is no AI."""
    return InUse(Path.none(sectors), Path.none(sectors), *(np.zeros(sectors) for _ in range(7)))
