"""The regression behind the estimate: ridge on the levers, their squares, roots and products, over components in time.

The differences by outcome and year are put into a few principal components; each is regressed by ridge with two
penalties, a stronger one for products of two levers, chosen by leaving out parts of the design (Hastie, Tibshirani and
Friedman, The Elements of Statistical Learning, 2009, sections 3.4 and 7.10). Nothing is estimated for no policy: the
features of the neutral mix are zero, and there is no constant.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["Regression", "features", "fitted"]

COMPONENTS = 16
PENALTIES = np.geomspace(0.1, 300.0, 10)
PRODUCT_PENALTIES = (3.0, 10.0, 30.0, 1e9)  # times that of the single terms; the last leaves products out
PARTS = 8


@dataclass(frozen=True)
class Regression:
    """Weights (features, components), components (components, outcomes x years), and the penalties chosen."""

    weights: FloatArray
    components: FloatArray
    penalty: float
    product_penalty: float

    def estimate(self, scaled: FloatArray) -> FloatArray:
        """(mixes, outcomes x years) for levers scaled to -1 ... 1, (mixes, levers)."""
        return features(scaled) @ self.weights @ self.components

    def as_json(self) -> dict[str, Any]:
        """What the page needs to estimate by itself, rounded to what matters."""
        rounded = [[float(f"{value:.3g}") for value in row] for row in self.weights]
        return {"weights": rounded, "components": [[round(float(v), 4) for v in row] for row in self.components]}


def features(scaled: FloatArray) -> FloatArray:
    """(mixes, features): the levers, their squares and signed roots, and products of two, in this order."""
    first, second = np.triu_indices(scaled.shape[1], 1)
    root = np.sign(scaled) * np.sqrt(np.abs(scaled))
    return np.concatenate([scaled, scaled**2, root, scaled[:, first] * scaled[:, second]], axis=1)


def fitted(scaled: FloatArray, targets: FloatArray, spread: FloatArray) -> Regression:
    """The regression of targets (mixes, outcomes x years) on scaled levers (mixes, levers).

    ``spread`` (outcomes x years) is what each target is measured in, so that per cent and points weigh alike.
    """
    standard = targets / spread
    _, _, axes = np.linalg.svd(standard, full_matrices=False)
    components = axes[:COMPONENTS]
    scores = standard @ components.T
    drawn, singles = features(scaled), 3 * scaled.shape[1]
    best = (np.inf, PENALTIES[0], PRODUCT_PENALTIES[0])
    for product in PRODUCT_PENALTIES:
        scale = np.where(np.arange(drawn.shape[1]) < singles, 1.0, product**-0.5)
        for penalty, error in zip(PENALTIES, _errors_left_out(drawn * scale, scores), strict=True):
            best = min(best, (error, float(penalty), product))
    _, penalty, product = best
    scale = np.where(np.arange(drawn.shape[1]) < singles, 1.0, product**-0.5)
    weights = scale[:, None] * _ridge(drawn * scale, scores, [penalty])[0]
    return Regression(weights, components * spread, penalty, product)


def _ridge(drawn: FloatArray, scores: FloatArray, penalties: Any) -> list[FloatArray]:
    left, sizes, right = np.linalg.svd(drawn, full_matrices=False)
    rotated = left.T @ scores
    return [right.T @ ((sizes / (sizes**2 + penalty))[:, None] * rotated) for penalty in penalties]


def _errors_left_out(drawn: FloatArray, scores: FloatArray) -> FloatArray:
    """The mean squared error of each penalty on parts of the design that were left out."""
    errors = np.zeros(len(PENALTIES))
    for part in range(PARTS):
        out = np.arange(len(drawn)) % PARTS == part
        for at, weights in enumerate(_ridge(drawn[~out], scores[~out], PENALTIES)):
            errors[at] += ((drawn[out] @ weights - scores[out]) ** 2).sum()
    return errors
