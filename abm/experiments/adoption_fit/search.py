"""Least squares by the method of Levenberg and Marquardt, so that the fit needs no further package."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from abm.arrays import Floats, Matrix

__all__ = ["least_squares", "slopes"]

DAMPING = (1e-2, 1e-9, 1e9)  # at the start, least and most: beyond it no step makes the errors smaller
SMALL_STEP = 0.02  # of the step of a parameter, for slopes


def least_squares(
    errors: Callable[[Floats], Floats], start: Floats, step: Floats, tolerance: float = 1e-8, most: int = 60
) -> Floats:
    """The point near a start at which the squared errors add up to least; ``step`` is the scale of each parameter."""
    at, here = start, errors(start)
    damping, least, largest = DAMPING
    for _ in range(most):
        slope = slopes(errors, at, SMALL_STEP * step) * step
        curvature = slope.T @ slope
        while damping < largest:
            move = np.linalg.solve(curvature + damping * np.eye(step.size), -slope.T @ here)
            tried = at + step * move
            there = errors(tried)
            if there @ there < here @ here:
                break
            damping *= 4
        else:
            return at
        gained = 1 - (there @ there) / (here @ here)
        at, here, damping = tried, there, max(damping / 8, least)
        if gained < tolerance:
            return at
    return at


def slopes(errors: Callable[[Floats], Floats], at: Floats, step: Floats) -> Matrix:
    """(errors, parameters) how errors change with each parameter, by central differences."""
    return np.stack([(errors(at + shift) - errors(at - shift)) / (2 * shift.sum()) for shift in np.diag(step)], axis=1)
