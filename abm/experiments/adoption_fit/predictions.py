"""How the fit answers for what it has not seen, beside curves that know nothing of firms."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from abm.arrays import Floats
from abm.data import load_tables
from abm.economics.adoption import AdoptionRules, Uses, department_path, quarter_of
from abm.experiments.adoption_fit.estimate import AT_ONCE, AdoptionFit, estimate, expected, log_odds
from abm.experiments.adoption_fit.record import ALL, EU, US, Figure, designs, record
from abm.experiments.adoption_fit.search import least_squares
from abm.experiments.adoption_fit.uses import ECONOMY

__all__ = [
    "AdoptionScores", "adoption_scores", "american_elasticity", "american_ranks", "bass_curve", "last_step",
    "logit_line", "own_terms", "rank_correlation", "variants",
]  # fmt: skip

UNSEEN = 2025.0
BASS_YEAR = 2008.0  # in which a Bass curve begins from nothing
OWN_DEVIATION = 0.8  # log odds by which sectors are thought to differ for reasons of their own; own
ERROR_DEVIATION = 0.5  # of the figure for a sector; own: a gap counts by seven tenths
AHEAD = (UNSEEN, 2027.0, 2030.0)
VARIANTS: dict[str, dict[str, float]] = {
    "as fitted": {},
    "arrival over half a year": {"arrival_years": 0.5},
    "arrival over nine months": {"arrival_years": 0.75},
    "arrival over one year": {"arrival_years": 1.0},
    "frontier half as fast": {"frontier_speed": 0.016},
    "frontier twice as fast": {"frontier_speed": 0.064},
    "a quarter of pilots fail": {"pilot_failure": 0.25},
    "60 % of pilots fail": {"pilot_failure": 0.6},
    "given up at .005 a quarter": {"abandonment": 0.005},
    "given up at .03 a quarter": {"abandonment": 0.03},
    "considered half as often": {"evaluation": 0.05},
    "considered twice as often": {"evaluation": 0.2},
}


class AdoptionScores(NamedTuple):
    """``known`` and ``unseen`` are figures with what the fit says; ``curves`` say what simple curves expect in 2025.

    ``sectors`` and ``american`` are rank correlations with Eurostat's seven activities and America's sectors.
    """

    known: tuple[tuple[Figure, float], ...]
    unseen: tuple[tuple[Figure, float], ...]
    curves: Mapping[str, float]
    sectors: float
    american: float


def adoption_scores(found: AdoptionFit, uses: Uses, own: Floats | float = 0.0) -> AdoptionScores:
    """The scores of a fit; nothing here enters its loss."""
    surveys = tuple(one for one in record() if one.kind != "spending")
    predicted = dict(zip(surveys, map(float, expected(found.adoption, uses, surveys, own)), strict=True))
    unseen = tuple(one for one in surveys if one not in found.figures)
    activities = [one for one in surveys if one.kind == "activity"]
    return AdoptionScores(
        known=tuple((one, predicted[one]) for one in found.figures),
        unseen=tuple((one, predicted[one]) for one in unseen),
        curves=_curves(),
        sectors=rank_correlation([one.value for one in activities], [predicted[one] for one in activities]),
        american=american_ranks(found.adoption, uses, own),
    )


def _curves() -> dict[str, float]:
    """What curves through the totals up to 2024 say of 2025."""
    totals = sorted((one.time, one.value) for one in record() if (one.economy, one.code) == (EU, "all_10_plus"))
    times, shares = (np.array(values) for values in zip(*(one for one in totals if one[0] < UNSEEN), strict=True))
    return {
        "bass": bass_curve(times, shares, UNSEEN),
        "logit_line": logit_line(times, shares, UNSEEN),
        "last_step": last_step(times, shares, UNSEEN),
    }


def logit_line(times: Floats, shares: Floats, at: float) -> float:
    """A straight line through log odds, by least squares."""
    level = np.polyfit(times - at, log_odds(shares), 1)[1]
    return float(1 / (1 + np.exp(-level)))


def last_step(times: Floats, shares: Floats, at: float) -> float:
    """The last change of log odds carried on at its pace."""
    odds = log_odds(shares)
    ahead = odds[-1] + (odds[-1] - odds[-2]) / (times[-1] - times[-2]) * (at - times[-1])
    return float(1 / (1 + np.exp(-ahead)))


def bass_curve(times: Floats, shares: Floats, at: float) -> float:
    """The curve of Bass (1969) to saturation at one, innovation and imitation by least squares of log odds."""

    def curve(values: Floats, when: Floats) -> Floats:
        innovation, imitation = np.exp(values)
        decay = np.exp(-(innovation + imitation) * (when - BASS_YEAR))
        return (1 - decay) / (1 + imitation / innovation * decay)

    def errors(values: Floats) -> Floats:
        return log_odds(curve(values, times)) - log_odds(shares)

    best = least_squares(errors, np.log([0.005, 0.1]), np.array([0.5, 0.5]))
    return float(curve(best, np.array([at]))[0])


def rank_correlation(one: Sequence[float], other: Sequence[float]) -> float:
    """Spearman's, ties at their mean rank."""
    return float(np.corrcoef(_ranks(np.array(one)), _ranks(np.array(other)))[0, 1])


def _ranks(values: Floats) -> Floats:
    return np.array([((values < one).sum() + (values <= one).sum()) / 2 for one in values])


def american_ranks(adoption: AdoptionRules, uses: Uses, own: Floats | float = 0.0) -> float:
    """Rank correlation with the sectors of the American survey of 2021; neighbours with one figure count once."""
    relative = load_tables(economy=ECONOMY).relative_adoption
    path = department_path(adoption, uses, 2021.0, own)
    shares = designs()[US].answers(adoption, path.either[quarter_of(2021.0)])[ALL]
    values = sorted(set(relative))
    return rank_correlation(values, [float(shares[relative == value].mean()) for value in values])


def american_elasticity(found: AdoptionFit, uses: Uses) -> float:
    """The elasticity of departments that America's survey of 2021 by size asks for, with its own constant."""
    sizes = tuple(one for one in record() if (one.economy, one.kind, one.time) == (US, "size", 2021.0))
    on_record = log_odds(np.array([one.value for one in sizes]))

    def errors(values: Floats) -> Floats:
        tried = replace(found.adoption, departments_elasticity=float(values[0]), office_constant=float(values[1]))
        return log_odds(expected(tried, uses, sizes)) - on_record

    start = np.array([found.adoption.departments_elasticity, found.adoption.office_constant])
    return float(least_squares(errors, start, np.array([0.05, 0.5]))[0])


def own_terms(found: AdoptionFit, uses: Uses) -> tuple[Floats, AdoptionFit]:
    """(sectors,) log odds imposed to meet what is on record of activities, shrunk, and the fit beside them.

    Uses Europe's activities of 2025: no test of anything, but what to run where sectors matter.
    """
    own, activities = np.zeros(uses.weight.size), [one for one in record() if one.kind == "activity"]
    for _ in range(4):
        predicted = expected(found.adoption, uses, tuple(activities), own)
        # What all have too little is the constant's matter, not a sector's.
        gaps = log_odds(np.array([one.value for one in activities])) - log_odds(predicted)
        gaps -= gaps.mean()
        kept = OWN_DEVIATION**2 / (OWN_DEVIATION**2 + ERROR_DEVIATION**2)
        for one, gap in zip(activities, gaps, strict=True):
            rows = [uses.activities[name] for name in designs()[EU].groups[one.code]]
            own[rows] = kept * (own[rows] + gap)
        found = estimate(uses, found.adoption, last=UNSEEN, own=own)
    return own, found


def variants(uses: Uses) -> dict[str, tuple[AdoptionFit, dict[float, float]]]:
    """The fit with one assumption changed at a time: what it expects of Europe's firms in 2025, 2027 and 2030."""
    design, found = designs()[EU], {}
    for name, changes in VARIANTS.items():
        fit = estimate(uses, replace(AT_ONCE, **changes))
        path = department_path(fit.adoption, uses, max(AHEAD))
        found[name] = (
            fit,
            {
                year: design.share(answers, uses.activities, "size", ALL)
                for year, answers in (
                    (year, design.answers(fit.adoption, path.either[quarter_of(year)])) for year in AHEAD
                )
            },
        )
    return found
