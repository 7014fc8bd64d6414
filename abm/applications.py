"""What each use of AI does in the sectors of an economy: shares and values at full use, from the table of applications.

A sector has an application if it does any of its activities. Every share is of the base of the application's channel,
every value a share of the sector's annual pay at the opening (mixed income included). Bases, all of a year:

* ``tasks``: pay of the occupations of the application, by staffing and relative wages.
* ``materials``, ``energy``: what the sector buys from sectors that sell no energy, and from those that do.
* ``downtime``: capacity; a part more of it is worth that part of gross surplus (surplus and depreciation).
* ``stock``: inventories, STOCK of a year's sales of storable goods; a part less saves CARRYING_COST of it a year.
* ``demand``: value added in sales. What a firm gains its rivals lose: a tenth, NOT_FROM_RIVALS, counts as value, all of
  it in the decision of a firm.
* ``quality``: value added in sales, all of it value to the buyers.
* ``research``: business research and development.
* ``losses``: sales; ``touched`` is the part of them that is lost by default or fraud.

Time of travellers, water, learning and the match of people and jobs have no account in the model: such applications
are read and recorded, their shares and values are 0.

The reliability of a family of AI moves with the frontier of algorithms, which it leads in log odds. The part of an
application that works rises evenly from 0 to 1 while reliability passes its floor, since the tasks within one use
differ in what they need: half of them work at the floor. Where a fault does harm (``safety`` HARMFUL or more) no task
needs less than ``spread`` below the floor; elsewhere a few tasks need next to nothing, and the first work at
reliability 0. So before language models arrived a small part of office work could be supported, never none of it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from abm.arrays import Cube, Flags, Floats, Integers, Matrix
from abm.data import Application, Family, Tables, load_applications, load_families
from abm.sectors import having

__all__ = [
    "CARRYING_COST", "HARMFUL", "NOT_FROM_RIVALS", "SPREAD", "STOCK", "Applied", "Bases", "apply", "bases_of", "passed",
    "reliability",
]  # fmt: skip

SPREAD = 0.15  # own
STOCK = 0.3 / 4  # of a year's sales, the parameters of the opening: .86 of .35 quarters
CARRYING_COST = 0.05  # own; interest on inventories and room for them, a year; the loss of value would add much
HARMFUL = 2  # of 3, safety of applications whose faults hurt people or plant
NOT_FROM_RIVALS = 0.1  # own; part of additional sales that no rival in the country loses
SHARES = ("materials", "energy", "downtime", "stock", "demand", "quality", "research", "losses")
PLANT = ("materials", "energy", "downtime")  # channels by which process applications control plant


@dataclass(frozen=True, eq=False)
class Bases:
    """(sectors,) what the channels act on over a year, in units of the table; ``occupations`` are shares of pay."""

    pay: Floats
    occupations: Matrix  # (sectors, occupations)
    materials: Floats
    energy: Floats
    downtime: Floats
    stock: Floats  # what it costs to carry it
    demand: Floats
    quality: Floats
    research: Floats
    losses: Floats


@dataclass(frozen=True, eq=False)
class Applied:
    """The applications in force in the sectors of an economy; A applications, S sectors, O occupations, F families.

    The (A, S) arrays of channels hold touched times saving where an application acts, ``tasks`` (A, S, O) the same by
    occupation. ``value`` is what an application is worth at full use and full reliability as a share of annual pay,
    ``decision`` the same to the firm that decides, which counts what it takes from rivals. ``plant`` is the part of a
    sector's plant that process applications can control.
    """

    applications: tuple[Application, ...]
    families: tuple[Family, ...]
    family: Integers  # (A,) rows of families
    floor: Floats  # (A,)
    arrives: Floats  # (A,) years
    harmful: Flags  # (A,) bool: faults do harm
    office: Flags  # (A,) bool; the others are process applications
    present: Flags  # (A, S) bool
    tasks: Cube
    materials: Matrix
    energy: Matrix
    downtime: Matrix
    stock: Matrix
    demand: Matrix
    quality: Matrix
    research: Matrix
    losses: Matrix
    value: Matrix
    decision: Matrix
    plant: Floats  # (S,)

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the applications."""
        return tuple(one.code for one in self.applications)

    def reliability(self, frontier: float, year: float) -> Floats:
        """(F,) reliability of the families."""
        return reliability(self.families, frontier, year)

    def passed(self, frontier: float, year: float, spread: float = SPREAD) -> Floats:
        """(A,) part of each application that works."""
        start = self.start(spread)
        ready = passed(self.reliability(frontier, year)[self.family], self.floor, start)
        return np.where(year < self.arrives, 0.0, ready)

    def start(self, spread: float = SPREAD) -> Floats:
        """(A,) reliability at which the first task of each application works."""
        return np.where(self.harmful, np.maximum(self.floor - spread, 0.0), 0.0)


def reliability(families: Collection[Family], frontier: float, year: float) -> Floats:
    """(F,) reliability of families at a frontier of algorithms, 0 to 1, in a year; 2023.25 is its second quarter."""
    lead = np.array([one.lead - one.before * _to_come(one, year) for one in families])
    odds = np.exp(lead) * frontier
    return odds / (odds + 1 - frontier)


def _to_come(family: Family, year: float) -> float:
    """Part of the arrival of a family that is still to come."""
    if year < family.arrives:
        return 1.0
    return max(0.0, 1 - (year - family.arrives) / family.years) if family.years else 0.0


def passed(reliable: Floats, floor: Floats, start: Floats) -> Floats:
    """The part of applications that works at the reliability of their families: 0 at the start, half at the floor."""
    return np.minimum(np.maximum((reliable - start) / (2 * (floor - start)), 0.0), 1.0)


def apply(tables: Tables, without: Collection[str] = (), stock: float = STOCK) -> Applied:
    """The applications that act in an economy at the opening, but for those of some codes.

    ``stock`` is the part of a year's sales that is held as inventories where goods can be stored.
    """
    chosen = tuple(one for one in load_applications() if one.code not in without)
    families, bases = load_families(), bases_of(tables, stock)
    names = [one.code for one in families]
    present = np.array(
        [[not one.activities.isdisjoint(done) for done in tables.activities] for one in chosen], dtype=bool
    ).reshape(len(chosen), len(tables.codes))
    shares = {channel: _shares(chosen, present, channel) for channel in SHARES}
    tasks = _tasks(chosen, present, tables.occupation_names)
    worth = {channel: share * getattr(bases, channel) / bases.pay for channel, share in shares.items()}
    gained = worth.pop("demand")
    value = np.einsum("aso,so->as", tasks, bases.occupations) + sum(worth.values())
    return Applied(
        applications=chosen, families=families, office=np.array([one.kind == "office" for one in chosen], dtype=bool),
        family=np.array([names.index(one.family) for one in chosen], dtype=np.int64),
        harmful=_column(chosen, "safety") >= HARMFUL, floor=_column(chosen, "floor"),
        arrives=_column(chosen, "arrives"), present=present, tasks=tasks,
        value=value + NOT_FROM_RIVALS * gained, decision=value + gained, plant=_plant(chosen, present), **shares,
    )  # fmt: skip


def bases_of(tables: Tables, stock: float = STOCK) -> Bases:
    """What the channels act on in each sector, see the top of the module."""
    energy = having(tables.roles, "energy_fuel", "energy_power")
    bought = (tables.domestic + tables.imported) * tables.gross_output
    mix = tables.staffing * tables.occupation_relative_wage
    return Bases(
        pay=tables.compensation,
        occupations=mix / mix.sum(axis=1, keepdims=True),
        materials=bought[~energy].sum(axis=0),
        energy=bought[energy].sum(axis=0),
        downtime=np.maximum(tables.operating_surplus + tables.depreciation, 0.0),
        stock=CARRYING_COST * stock * tables.gross_output * (tables.storable > 0),
        demand=tables.value_added,
        quality=tables.value_added,
        research=tables.rd_intensity * tables.gross_output,
        losses=tables.gross_output,
    )


def _column(chosen: tuple[Application, ...], name: str) -> Floats:
    return np.array([getattr(one, name) for one in chosen], dtype=np.float64)


def _shares(chosen: tuple[Application, ...], present: Flags, channel: str) -> Matrix:
    """(A, S) touched times saving of the applications of a channel."""
    size = np.array([one.touched * one.saving * (one.channel == channel) for one in chosen], dtype=np.float64)
    return size[:, None] * present


def _tasks(chosen: tuple[Application, ...], present: Flags, occupations: tuple[str, ...]) -> Cube:
    """(A, S, O) share of the labour of an occupation that an application saves."""
    does = np.array([[name in one.occupations for name in occupations] for one in chosen], dtype=bool)
    return _shares(chosen, present, "tasks")[:, :, None] * does.reshape(len(chosen), 1, len(occupations))


def _plant(chosen: tuple[Application, ...], present: Flags) -> Floats:
    """(S,) what no process application leaves uncontrolled, as if they touched plant independently."""
    touched = np.array([one.touched * (one.kind == "process" and one.channel in PLANT) for one in chosen])
    return 1 - np.prod(1 - touched.reshape(-1, 1) * present, axis=0)
