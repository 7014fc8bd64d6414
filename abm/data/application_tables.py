"""The uses of AI and the families of AI that serve them, read from ``applications.csv`` and ``families.csv``.

Both tables are of all economies: a use is found in activities, and an economy's ``sectors.csv`` says which of them each
sector does. What a use does to a sector is worked out in abm/applications.py. A use has these columns:

* ``kind``: ``office`` or ``process``, which of the two adoptions brings it.
* ``family``: the AI that it needs, a row of ``families.csv``.
* ``activities``, ``occupations``: where it is found, or ``all``; occupations count for the channel ``tasks`` alone.
* ``channel``: what it acts on, one of CHANNELS, which says the base of each.
* ``touched``: the part of the base in reach of the use, ``saving`` what it saves of that part at full use, from ``low``
  to ``high``.
* ``floor``: the reliability at which half of the use works, ``safety`` how much harm a fault does, 0 to 3.
* ``arrives``: the year from which it can be bought.
* ``weak_point``: what speaks against the size, ``source``, its own ``address`` if it has one, ``status``.

A family is ahead of the frontier of algorithms by ``lead`` in log odds, from ``low`` to ``high``; ``before`` is what it
was behind before it arrived, over ``years`` from ``arrives`` on.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import NamedTuple

from abm.data.names import known_occupations
from abm.data.reading import Row, number, number_within, once, read_rows, some_words, text, word
from abm.errors import UserError, nearest, refusal
from abm.sectors import ACTIVITIES

__all__ = [
    "CHANNELS", "KINDS", "STATUSES", "Application", "Family", "application_named", "load_applications", "load_families",
    "read_applications", "read_families",
]  # fmt: skip

FOLDER = Path(__file__).parent
KINDS = ("office", "process")
STATUSES = ("read", "read (secondary)", "assumed")
ALL = "all"
# The base of each channel and whether it has an account in the model; without one a use acts on nothing.
CHANNELS: dict[str, tuple[str, bool]] = {
    "tasks": ("pay of the occupations that do the tasks", True),
    "materials": ("purchases of everything but energy", True),
    "energy": ("purchases of fuel and electricity", True),
    "downtime": ("capacity of the plant, worth its gross surplus", True),
    "stock": ("inventories, worth what it costs to carry them", True),
    "demand": ("value added in sales; most of what one firm gains is lost by its rivals", True),
    "quality": ("value added in sales", True),
    "research": ("business research and development", True),
    "losses": ("sales; touched is the part that is lost by default or fraud", True),
    "time": ("time of travellers", False),
    "water": ("water of farms", False),
    "learning": ("learning of pupils, in standard deviations", False),
    "match": ("how well those who are hired suit the job", False),
}


class Family(NamedTuple):
    """One family of AI; the log odds of its reliability are those of the frontier and ``lead``."""

    code: str
    label: str
    name_zh: str
    lead: float
    low: float
    high: float
    arrives: float
    before: float
    years: float  # over which it arrives, evenly; 0 is at once
    source: str
    status: str


class Application(NamedTuple):
    """One use of AI, see the top of the module."""

    code: str
    label: str
    name_zh: str
    kind: str
    family: str
    activities: frozenset[str]
    occupations: frozenset[str]
    channel: str
    touched: float
    saving: float
    low: float
    high: float
    floor: float
    safety: int
    arrives: float
    weak_point: str
    source: str
    address: str
    status: str

    @property
    def acts(self) -> bool:
        """Whether what it acts on has an account in the model."""
        return CHANNELS[self.channel][1]


@cache
def load_families() -> tuple[Family, ...]:
    """The families in the order of their table."""
    return read_families(FOLDER / "families.csv")


@cache
def load_applications() -> tuple[Application, ...]:
    """The applications in the order of their table."""
    return read_applications(FOLDER / "applications.csv", load_families())


def application_named(code: object) -> Application:
    """The application of a code. Raises UserError with the nearest code."""
    known = {one.code: one for one in load_applications()}
    if not isinstance(code, str) or code not in known:
        raise UserError(refusal("unknown application '{code}'{nearest}", code=code, nearest=nearest(code, known)))
    return known[code]


def read_families(path: Path) -> tuple[Family, ...]:
    """The families in a table. Raises UserError with file, line and remedy."""
    rows = read_rows(path)
    once(rows, "code")
    return tuple(_family(row) for row in rows)


def read_applications(path: Path, families: tuple[Family, ...]) -> tuple[Application, ...]:
    """The applications in a table. Raises UserError with file, line and remedy."""
    rows = read_rows(path)
    once(rows, "code")
    return tuple(_application(row, [one.code for one in families]) for row in rows)


def _family(row: Row) -> Family:
    low, high = number(row, "low"), number(row, "high")
    return Family(
        code=text(row, "code"), label=text(row, "name"), name_zh=text(row, "name_zh"),
        lead=number_within(row, "lead", low, high), low=low, high=high, arrives=number(row, "arrives"),
        before=number_within(row, "before", 0, 20), years=number_within(row, "years", 0, 20),
        source=text(row, "source"), status=word(row, "status", STATUSES),
    )  # fmt: skip


def _application(row: Row, families: list[str]) -> Application:
    low, high = number_within(row, "low", -1, 1), number_within(row, "high", -1, 1)
    return Application(
        code=text(row, "code"), label=text(row, "name"), name_zh=text(row, "name_zh"), kind=word(row, "kind", KINDS),
        family=word(row, "family", families),
        activities=_all_or_some(row, "activities", ACTIVITIES),
        occupations=_all_or_some(row, "occupations", [one.code for one in known_occupations()]),
        channel=word(row, "channel", CHANNELS), touched=number_within(row, "touched", 0, 1),
        saving=number_within(row, "saving", low, high), low=low, high=high, floor=number_within(row, "floor", 0.01, 1),
        safety=int(number_within(row, "safety", 0, 3)), arrives=number_within(row, "arrives", 1950, 2100),
        weak_point=row["weak_point"], source=text(row, "source"), address=row["address"],
        status=word(row, "status", STATUSES),
    )  # fmt: skip


def _all_or_some(row: Row, name: str, known: tuple[str, ...] | list[str]) -> frozenset[str]:
    return frozenset(known) if text(row, name) == ALL else some_words(row, name, known)
