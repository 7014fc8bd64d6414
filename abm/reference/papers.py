"""The statements of the two source papers and where each is in the model: docs/papers.csv, as tables of docs/papers.md.

A row names what holds its statement as ``kind:name`` (``where``) and what it does as ``kind:name outcome sign`` with or
without a year, the last of the model by default (``effect``); an outcome of a group is ``table.name.label``.
docs/papers_effects.csv holds these effects as they were measured (papers_effects.py).
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from math import floor, log10
from pathlib import Path
from typing import NamedTuple

from abm.reference.tables import ReferenceTable

__all__ = [
    "CLAIMS", "EFFECTS", "KINDS", "PAPERS", "PARTS", "VERDICTS", "Claim", "Claimed", "Measured", "Thing", "command_of",
    "load_claims", "load_effects", "paper_tables",
]  # fmt: skip

FOLDER = Path(__file__).resolve().parents[2] / "docs"
CLAIMS, EFFECTS = FOLDER / "papers.csv", FOLDER / "papers_effects.csv"
VERDICTS = {"full": "full 充分", "thin": "thin 单薄", "left out": "left out 未纳入"}
PAPERS = {"W": "Wen 2024", "N": "Ni"}
PARTS = {
    "nature": "what new quality productivity is", "applications": "applications", "challenges": "challenges",
    "interaction": "interaction", "strategies": "six strategies", "methods": "methods",
    "foundations": "foundations", "paths": "three paths", "park": "the park", "obstacles": "obstacles and measures",
    "outlook": "outlook",
}  # fmt: skip
KINDS = ("lever", "mechanism", "application", "scenario", "outcome", "parameter", "preset", "command")
YEAR = 2050  # to which the five years of an effect go unless the row says another


class Thing(NamedTuple):
    """Something in the model that a statement names."""

    kind: str
    name: str


class Claimed(NamedTuple):
    """What something does to an outcome, 1 for more and -1 for less: with it against without it."""

    of: Thing
    outcome: str
    sign: int
    year: int

    @property
    def key(self) -> tuple[Thing, str, int]:
        """By which it is found among those measured."""
        return self.of, self.outcome, self.year


class Measured(NamedTuple):
    """An effect as measured: means of five years, and the half interval of 90 per cent of the difference."""

    without: float
    within: float
    interval: float

    @property
    def difference(self) -> float:
        """What it adds to the outcome."""
        return self.within - self.without

    @property
    def clear(self) -> bool:
        """Whether the interval of the difference leaves zero out."""
        return abs(self.difference) > self.interval


@dataclass(frozen=True)
class Claim:
    """A statement of a paper in our words, what the review of November 2026 found, and what holds it now."""

    code: str
    part: str
    section: str
    statement: str
    before: str
    verdict: str
    where: tuple[Thing, ...]
    effects: tuple[Claimed, ...]
    command: str
    reason: str


@cache
def load_claims() -> tuple[Claim, ...]:
    """Every statement, in the order of the papers. ValueError for a cell that cannot be read."""
    with CLAIMS.open(encoding="utf-8", newline="") as file:
        return tuple(_claim(row) for row in csv.DictReader(file))


def _claim(row: dict[str, str]) -> Claim:
    if not {row["before"], row["verdict"]} <= VERDICTS.keys() or row["part"] not in PARTS:
        raise ValueError(f"{CLAIMS.name}: {row['id']}: no such verdict or part")
    return Claim(
        row["id"], row["part"], row["section"], row["statement"], row["before"], row["verdict"],
        tuple(_named(word) for word in row["where"].split()),
        tuple(_effect(words) for words in row["effect"].split(";") if words.strip()),
        row["command"], row["reason"],
    )  # fmt: skip


def _named(word: str) -> Thing:
    kind, _, name = word.partition(":")
    if kind not in KINDS or not name:
        raise ValueError(f"{CLAIMS.name}: {word!r} should be a kind and a name, such as lever:carbon_price")
    return Thing(kind, name)


def _effect(words: str) -> Claimed:
    of, outcome, sign, *year = words.split()
    return Claimed(_named(of), outcome, {"+": 1, "-": -1}[sign], int(year[0]) if year else YEAR)


@cache
def load_effects() -> dict[tuple[Thing, str, int], Measured]:
    """The measured effects by what acts, the outcome and the year to which the five years go."""
    with EFFECTS.open(encoding="utf-8", newline="") as file:
        return {
            (Thing(row["kind"], row["name"]), row["outcome"], int(row["year"])): Measured(
                float(row["without"]), float(row["with"]), float(row["interval"])
            )
            for row in csv.DictReader(file)
        }


def command_of(claim: Claim) -> str:
    """The command that shows the statement: its own, else that of the first effect, else none."""
    if claim.command or not claim.effects:
        return claim.command
    kind, name = claim.effects[0].of
    if kind == "scenario":
        return f"xinzhi compare {name}"
    if kind == "lever":
        return f"xinzhi effects --lever {name}"
    return f"xinzhi run baseline --set {kind}s.{name}=off"


def paper_tables() -> dict[str, ReferenceTable]:
    """The tables of docs/papers.md by the name in their markers: the count, and one for each part of a paper."""
    claims = load_claims()
    parts = {
        f"papers_{part}": ReferenceTable(title, COLUMNS, tuple(_row(one) for one in claims if one.part == part))
        for part, title in PARTS.items()
    }
    return {"papers_count": _count(claims), **parts}


COLUMNS = ("row", "section", "statement", "before", "now", "in the model", "what it does", "command", "limits")


def _row(claim: Claim) -> tuple[str, ...]:
    return (
        claim.code, claim.section, claim.statement, claim.before, VERDICTS[claim.verdict], _where(claim.where),
        "; ".join(_shown(one) for one in claim.effects), f"`{command}`" if (command := command_of(claim)) else "",
        claim.reason,
    )  # fmt: skip


def _where(where: Iterable[Thing]) -> str:
    """The names by kind: lever `a`, `b`; outcome `c`."""
    kinds: dict[str, list[str]] = {}
    for kind, name in where:
        kinds.setdefault(kind, []).append(f"`{name}`")
    return "; ".join(f"{kind} {', '.join(names)}" for kind, names in kinds.items())


def _shown(effect: Claimed) -> str:
    found = load_effects()[effect.key]
    digits = max(0, -floor(log10(found.interval))) if found.interval > 0 else 3
    numbers = f"{found.without:.{digits}f} to {found.within:.{digits}f} (± {found.interval:.{digits}f})"
    verdict = "" if found.difference * effect.sign > 0 else ", against the paper"
    until = "" if effect.year == YEAR else f" by {effect.year}"
    return f"`{effect.of.name}`: `{effect.outcome}`{until} {numbers}{verdict if found.clear else ', not clear'}"


def _count(claims: Iterable[Claim]) -> ReferenceTable:
    """How many statements of each paper are of each verdict, in the review and now."""
    rows = []
    for paper, title in (*PAPERS.items(), ("", "both")):
        ours = [one for one in claims if one.code.startswith(paper)]
        for verdict, label in VERDICTS.items():
            before, now = (sum(found == verdict for found in states) for states in zip(*_states(ours), strict=True))
            rows.append((title, label, str(before), str(now)))
    return ReferenceTable("Statements by verdict", ("paper", "verdict", "review of November 2026", "now"), tuple(rows))


def _states(claims: Iterable[Claim]) -> list[tuple[str, str]]:
    return [(one.before, one.verdict) for one in claims]
