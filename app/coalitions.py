"""The coalitions of a question why by lever: what is run for each, and the part of each player in the effect.

Shapley values where every combination is run, up to six players. With more, each alone and all but each: the part is
the mean of both, and what the parts leave of the effect is a part of its own.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from abm.errors import UserError, refusal
from abm.languages import said
from abm.levers import load_levers
from xinzhi.analysis.statistics.shapley import shapley_values
from xinzhi.app.asking import Mix
from xinzhi.app.runs import Runs, Side, side_of

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["Coalitions", "coalitions_of"]

EXACT = 6  # players of which every combination is run
MOST_PLAYERS = 12
WORLD, WORLD_TITLE = "assumptions", said("How the world works")
JOINT, JOINT_TITLE = "joint", said("Joint effects")


@dataclass(frozen=True)
class Coalitions:
    """The players and what is run for each coalition; coalition i has the players whose bit is set in i."""

    players: tuple[tuple[str, str], ...]  # key and title
    sides: Mapping[int, Side]

    @property
    def all(self) -> int:
        """The coalition of all players."""
        return 2 ** len(self.players) - 1

    @property
    def exact(self) -> bool:
        """Whether every coalition is run."""
        return len(self.players) <= EXACT

    def parts(self, worth: Mapping[int, FloatArray]) -> list[tuple[str, str, FloatArray]]:
        """(key, title, values) of every player from the worth of each coalition that was run; they sum to the whole."""
        whole, none = worth[self.all], worth[0]
        if self.exact:
            values = shapley_values(np.stack([worth[at] for at in range(self.all + 1)]))
            return [(*player, one) for player, one in zip(self.players, values, strict=True)]
        bits = [1 << at for at in range(len(self.players))]
        ends = [(worth[bit] - none + whole - worth[self.all - bit]) / 2 for bit in bits]
        parts = [(*player, one) for player, one in zip(self.players, ends, strict=True)]
        return [*parts, (JOINT, JOINT_TITLE, whole - none - sum(ends))]


def coalitions_of(runs: Runs) -> Coalitions:
    """The levers in which the sides differ, and how the world works where that differs too. Raises UserError."""
    reference, subject = (side.scenario for side in runs.sides)
    titles = {name: lever.title for name, lever in load_levers().items()}
    names = [name for name in dict.fromkeys([*subject.levers, *reference.levers])
             if subject.levers.get(name) != reference.levers.get(name)]  # fmt: skip
    players = [(name, titles.get(name, name)) for name in names]
    if replace(subject, levers=reference.levers).digest() != reference.digest():
        players.append((WORLD, WORLD_TITLE))
    if len(players) > MOST_PLAYERS:
        raise UserError(
            refusal(
                "mix: at most {most_players} levers can be told apart, not {count}",
                most_players=MOST_PLAYERS,
                count=len(players),
            )
        )
    every, bits = 2 ** len(players) - 1, [1 << at for at in range(len(players))]
    numbers: Iterable[int] = range(every + 1)
    if len(players) > EXACT:
        numbers = [0, every, *bits, *(every - bit for bit in bits)]
    sides = {at: _coalition(runs, players, at) for at in numbers}
    return Coalitions(tuple(players), sides)


def _coalition(runs: Runs, players: Sequence[tuple[str, str]], number: int) -> Side:
    """What is run for a coalition: the reference with the levers, or the world, of the subject that are in it."""
    reference, subject = (side.scenario for side in runs.sides)
    names = [key for key, _ in players]
    inside = {key for at, key in enumerate(names) if number >> at & 1}
    world = subject if WORLD in inside or WORLD not in names else reference
    levers = {name: setting for name, setting in subject.levers.items() if name in inside or name not in names}
    levers |= {name: setting for name, setting in reference.levers.items() if name in names and name not in inside}
    scenario = replace(world, levers=levers)
    return side_of(Mix(), scenario, runs.question)
