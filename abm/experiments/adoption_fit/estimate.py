"""Three numbers of adoption fitted to surveys of firms by size, and what the surveys say of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from abm.arrays import Floats, Matrix
from abm.economics.adoption import AdoptionRules, Uses, department_path, quarter_of
from abm.experiments.adoption_fit.record import EU, Figure, designs, record
from abm.experiments.adoption_fit.search import SMALL_STEP, least_squares, slopes
from abm.experiments.adoption_fit.uses import EUROPE, assumptions

__all__ = ["AT_ONCE", "FREE", "STARTS", "AdoptionFit", "estimate", "expected", "log_odds"]

FREE = {"office_constant": 0.5, "departments_elasticity": 0.05, "arrival": 0.5}  # and steps
STARTS = (1.0, 2.5)  # of the arrival: its loss can have two minima
# What is held fixed where 2025 is to be predicted: nothing chosen for it.
AT_ONCE = assumptions(None, arrival_years=0.0, **EUROPE)
WEIGHTS = {"read": 1.0, "derived": 0.5, "assumed": 0.25}


@dataclass(frozen=True, eq=False)
class AdoptionFit:
    """What was found: ``error`` is the root of the mean squared log odds, ``deviations`` a standard error of each.

    ``alike`` is the correlation of the estimates: near 1 or -1 the surveys do not tell two of them apart.
    """

    adoption: AdoptionRules
    figures: tuple[Figure, ...]
    error: float
    deviations: Mapping[str, float]
    alike: Matrix


def log_odds(share: Floats | float) -> Floats:
    """Log odds of shares."""
    share = np.clip(share, 1e-9, 1 - 1e-9)
    return np.log(share / (1 - share))


def expected(adoption: AdoptionRules, uses: Uses, figures: tuple[Figure, ...], own: Floats | float = 0.0) -> Floats:
    """What the surveys would find: share of firms, or of the users of a group those that use process AI."""
    path = department_path(adoption, uses, max(figure.time for figure in figures), own)
    asked = dict.fromkeys((one.economy, quarter_of(one.time)) for one in figures)
    either = {(name, row): designs()[name].answers(adoption, path.either[row]) for name, row in asked}
    shares = []
    for one in figures:
        design, row = designs()[one.economy], quarter_of(one.time)
        kind = "activity" if one.kind == "process_share" else one.kind
        share = design.share(either[one.economy, row], uses.activities, kind, one.code)
        if one.kind == "process_share":
            process = design.answers(adoption, path.process[row])
            share = design.share(process, uses.activities, kind, one.code) / max(share, 1e-9)
        shares.append(share)
    return np.array(shares)


def estimate(
    uses: Uses,
    fixed: AdoptionRules | None = None,
    last: float = 2024.0,
    free: Mapping[str, float] | None = None,
    own: Floats | float = 0.0,
) -> AdoptionFit:
    """The fit to Europe's surveys up to a year, by size; ``fixed`` holds what is not fitted."""
    fixed, free = fixed or AT_ONCE, free or FREE
    figures = tuple(one for one in record() if one.economy == EU and one.time <= last and one.kind == "size")
    on_record = log_odds(np.array([figure.value for figure in figures]))
    weight = np.sqrt([WEIGHTS[figure.status] for figure in figures])
    step = np.array(list(free.values()))

    def errors(values: Floats) -> Floats:
        tried = replace(fixed, **dict(zip(free, map(float, values), strict=True)))
        return weight * (log_odds(expected(tried, uses, figures, own)) - on_record)

    def loss(values: Floats) -> float:
        return float(np.sum(errors(values) ** 2))

    starts = [replace(fixed, arrival=arrival) for arrival in STARTS] if "arrival" in free else [fixed]
    found = [least_squares(errors, np.array([getattr(start, name) for name in free]), step) for start in starts]
    best = min(found, key=loss)
    variance = loss(best) / max(len(figures) - len(free), 1)
    matrix = slopes(errors, best, SMALL_STEP * step)
    spread = variance * np.linalg.pinv(matrix.T @ matrix)
    deviations = np.sqrt(np.diag(spread))
    return AdoptionFit(
        adoption=replace(fixed, **dict(zip(free, map(float, best), strict=True))),
        figures=figures,
        error=float(np.sqrt(loss(best) / (weight**2).sum())),
        deviations=dict(zip(free, map(float, deviations), strict=True)),
        alike=spread / np.outer(deviations, deviations),
    )
