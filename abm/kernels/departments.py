"""Departments of firms decide on artificial intelligence: how many there are, what they weigh, how they move on."""

from __future__ import annotations

import numpy as np

from abm.compiling.kernels import kernel
from abm.kernels.draws import uniform

__all__ = ["chance_of_start", "department_count", "draw_moves", "drawn_number", "may_begin", "move_on"]

MOST_DEPARTMENTS = 250.0  # a column of bytes holds them
LEAST_ODDS, MOST_ODDS = -30.0, 30.0


@kernel
def department_count(headcount, draw, adoption):
    """Departments of a firm: one up to ``departments_from`` persons, then rising by an elasticity.

    A whole number whose mean over the ``draw`` in [0, 1), which each firm keeps, is the rule's.
    """
    size = max(headcount / adoption.departments_from, 1.0)
    number = size**adoption.departments_elasticity if size > 1.0 else 1.0  # most are small: a power takes long
    return min(MOST_DEPARTMENTS, np.floor(number + draw))


@kernel
def chance_of_start(evaluation, log_odds):
    """Probability that a department without AI begins a pilot this quarter: it must consider AI, and then say yes."""
    return evaluation / (1.0 + np.exp(-min(MOST_ODDS, max(LEAST_ODDS, log_odds))))


@kernel
def may_begin(departments, evaluation, draw):
    """Whether any of so many departments could begin at all: at most the part ``evaluation`` of them considers AI.

    Most firms cannot, and what speaks for AI need not be worked out for them.
    """
    none = 1.0
    for _ in range(int(departments)):
        none *= 1.0 - evaluation
    return departments > 0.0 and draw >= none


@kernel
def draw_moves(key, first, pilots, scaled, draws):
    """The numbers in [0, 1) that ``move_on`` reads; those that decide about nobody are not drawn."""
    draws[0] = uniform(key, first)
    if pilots > 0:
        draws[1] = uniform(key, first + 1)
        draws[2] = uniform(key, first + 2)
    if scaled > 0:
        draws[3] = uniform(key, first + 3)


@kernel
def drawn_number(trials, chance, draw):
    """How many of ``trials`` succeed, each with probability ``chance``: a binomial number by one draw in [0, 1)."""
    if trials <= 0.0 or chance <= 0.0:
        return 0.0
    if chance >= 1.0:
        return trials
    if trials == 1.0:
        return 1.0 if draw >= 1.0 - chance else 0.0
    odds = chance / (1.0 - chance)
    probability = (1.0 - chance) ** trials
    reached = probability
    number = 0.0
    while draw >= reached and number < trials:
        probability *= odds * (trials - number) / (number + 1.0)
        reached += probability
        number += 1.0
    return number


@kernel
def move_on(departments, pilots, scaled, chance, adoption, draws, moves, served=1.0):
    """The departments of a firm a quarter later, by one kind of AI, into ``moves``: pilots, scaled, begun, scaled now.

    Pilots last ``pilot_quarters`` on average and fail with ``pilot_failure``; scaled use is given up with
    ``abandonment``. ``draws`` are four numbers in [0, 1). The part ``served`` of what begins and of the pilots that end
    finds staff for the work; the rest waits.
    """
    begun = drawn_number(departments - pilots - scaled, served * chance, draws[0])
    ended = drawn_number(pilots, served / adoption.pilot_quarters, draws[1])
    failed = drawn_number(ended, adoption.pilot_failure, draws[2])
    left = drawn_number(scaled, adoption.abandonment, draws[3])
    moves[0] = pilots + begun - ended
    moves[1] = scaled + ended - failed - left
    moves[2] = begun
    moves[3] = ended - failed
