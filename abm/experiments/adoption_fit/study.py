"""Everything that is asked of the fit of adoption, in one answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from abm.arrays import Floats
from abm.economics.adoption import AdoptionRules, Uses, department_path, quarter_of
from abm.experiments.adoption_fit.estimate import AdoptionFit, estimate
from abm.experiments.adoption_fit.predictions import (
    AdoptionScores,
    adoption_scores,
    american_elasticity,
    own_terms,
    variants,
)
from abm.experiments.adoption_fit.record import US, designs
from abm.experiments.adoption_fit.scenarios import (
    AdoptionSpending,
    chinese_share,
    cost_level,
    official_plan,
    payback_years,
    scenarios,
    spending,
)
from abm.experiments.adoption_fit.uses import EUROPE, assumptions, opening_uses

__all__ = ["AdoptionStudy", "ChinesePath", "study_adoption"]

YEARS = (2024.0, 2025.0, 2026.0, 2027.0, 2028.0, 2030.0, 2031.0)
SURVEY_OF_2025 = 2025.75  # America's, of all firms


class ChinesePath(NamedTuple):
    """A scenario: shares at the beginning of YEARS of firms, of those with ten heads and more, of departments."""

    adoption: AdoptionRules
    all_firms: Mapping[float, float]
    ten_and_more: Mapping[float, float]
    departments: Mapping[float, float]
    spent: AdoptionSpending  # in 2025


@dataclass(frozen=True, eq=False)
class AdoptionStudy:
    """``found`` is fitted to 2024 and scored on 2025; ``shipped`` to 2025 as well, and what the model runs on.

    ``own`` are log odds by activity that meet what is on record of activities, with the fit beside them. ``cost`` is
    what spending on record asks a pilot to cost, in annual pay of the department, ``payback`` the years in which a
    department earns it back at the reliability of a year. ``keener`` are the log odds that the official plan takes,
    ``american_elasticity`` is that of departments by America's sizes, ``by_employment`` use weighted by employment over
    use weighted by firms, in the American design.
    """

    found: AdoptionFit
    scores: AdoptionScores
    shipped: AdoptionFit
    shipped_scores: AdoptionScores
    own: Mapping[str, float]
    imposed: AdoptionFit
    imposed_scores: AdoptionScores
    variants: Mapping[str, tuple[AdoptionFit, Mapping[float, float]]]
    china: Mapping[str, ChinesePath]
    cost: Mapping[str, float]
    payback: Mapping[tuple[str, int], float]
    keener: float
    american_elasticity: float
    by_employment: float


def study_adoption() -> AdoptionStudy:
    """The fit, its scores, what is not identified, and China's scenarios; some seconds, no run."""
    uses = opening_uses()
    found, shipped = estimate(uses), estimate(uses, assumptions(None, **EUROPE), last=2025.0)
    own, imposed = own_terms(shipped, uses)
    china = _china(shipped.adoption, uses)
    cost = cost_level(china["china"].spent)
    return AdoptionStudy(
        found=found,
        scores=adoption_scores(found, uses),
        shipped=shipped,
        shipped_scores=adoption_scores(shipped, uses),
        own={name: float(own[row]) for name, row in uses.activities.items()},
        imposed=imposed,
        imposed_scores=adoption_scores(imposed, uses, own),
        variants=variants(uses),
        china=china,
        cost=cost,
        payback={
            (name, year): payback_years(shipped.adoption, uses, level, year)
            for name, level in cost.items()
            for year in (2025, 2034)
        },
        keener=official_plan(china["china"].adoption, uses)[2],
        american_elasticity=american_elasticity(shipped, uses),
        by_employment=by_employment(shipped.adoption, uses),
    )


def _china(fitted: AdoptionRules, uses: Uses) -> dict[str, ChinesePath]:
    found = {}
    for name, (adoption, path) in scenarios(fitted, uses).items():
        rows = {year: path.either[quarter_of(year)] for year in YEARS}
        found[name] = ChinesePath(
            adoption,
            {year: chinese_share(adoption, row) for year, row in rows.items()},
            {year: chinese_share(adoption, row, 10) for year, row in rows.items()},
            {year: float(row @ uses.weight) for year, row in rows.items()},
            spending(path, adoption, uses),
        )
    return found


def by_employment(adoption: AdoptionRules, uses: Uses) -> float:
    """Use weighted by employment over use weighted by firms: how much the largest firms are ahead."""
    design, weights = designs()[US], designs()[US].weights(uses.activities)
    departments = department_path(adoption, uses, SURVEY_OF_2025).either[quarter_of(SURVEY_OF_2025)]
    firms: Floats = np.array([share for share, _ in design.sizes.values()])
    heads = firms * [heads.mean() for _, heads in design.sizes.values()]
    answers = design.answers(adoption, departments)
    users = np.array([weights @ answers[name] for name in design.sizes])
    return float((heads @ users / heads.sum()) / (firms @ users / firms.sum()))
