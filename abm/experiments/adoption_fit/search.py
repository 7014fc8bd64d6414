"""A minimum by the simplex of Nelder and Mead (1965), so that the fit needs no further package."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from abm.arrays import Floats, Matrix

__all__ = ["minimum", "slopes"]


def minimum(
    loss: Callable[[Floats], float], start: Floats, step: Floats, tolerance: float = 1e-7, most: int = 800
) -> Floats:
    """The point at which a loss is least, near a start."""
    points = [start, *(start + shift for shift in np.diag(step))]
    values = [loss(point) for point in points]
    for _ in range(most):
        order = np.argsort(values)
        points, values = [points[i] for i in order], [values[i] for i in order]
        if values[-1] - values[0] <= tolerance * (1 + abs(values[0])):
            break
        middle = np.mean(points[:-1], axis=0)
        away = middle - points[-1]
        new, value = middle + away, loss(middle + away)
        if value < values[0]:
            further = loss(middle + 2 * away)
            new, value = (middle + 2 * away, further) if further < value else (new, value)
        elif value >= values[-2]:
            near = middle + (0.5 if value < values[-1] else -0.5) * away
            new, value = near, loss(near)
            if value >= values[-1]:
                points = [points[0], *(points[0] + 0.5 * (point - points[0]) for point in points[1:])]
                values = [values[0], *(loss(point) for point in points[1:])]
                continue
        points[-1], values[-1] = new, value
    return points[int(np.argmin(values))]


def slopes(errors: Callable[[Floats], Floats], at: Floats, step: Floats) -> Matrix:
    """(errors, parameters) how errors change with each parameter, by central differences."""
    return np.stack([(errors(at + shift) - errors(at - shift)) / (2 * shift.sum()) for shift in np.diag(step)], axis=1)
