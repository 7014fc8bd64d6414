"""What those without work receive, and how it moves their search and the wish to work at all."""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel
from abm.kernels.draws import stream_key, uniform
from abm.kernels.workers import EMPLOYED, INACTIVE, TRAINING, UNEMPLOYED

__all__ = ["benefit_of", "fill_benefits", "gather_searchers", "review_participation", "search_chance"]

REVIEW_QUARTERS = 16  # each adult reconsiders every four years, by turns
LEAST_REPLACEMENT = 1e-3
LEAST_REFERENCE = 0.25  # of the mean wage, below which a wage no longer makes work less attractive
BEFORE_ALL = 1024  # quarters, so that spells which began before the opening have a number too
SPELLS = np.uint64(4096)  # quarters in which a spell may have begun


@kernel
def benefit_of(
    stream, quarter, row, insured, jobless_quarters, age, reference_wage, rate, take_up, years_per_quarter, longest
):  # fmt: skip
    """Unemployment benefit of this quarter, 0 if none is drawn.

    The insured may draw a quarter of benefit for every ``years_per_quarter`` since the age of 20, at most ``longest``;
    whether they do is the luck of the spell.
    """
    if insured == 0 or jobless_quarters >= min((age - 20.0) / years_per_quarter, longest):
        return 0.0
    spell = np.uint64(row) * SPELLS + np.uint64(quarter + BEFORE_ALL - jobless_quarters) % SPELLS
    return rate * reference_wage if uniform(stream_key(0, 0, stream), spell) < take_up else 0.0


@kernel
def fill_benefits(
    stream, status, insured, jobless_quarters, age, reference_wage, rate, take_up, years_per_quarter, longest, out
):  # fmt: skip
    """Benefits of all unemployed at the opening into ``out`` (rows,)."""
    for row in range(status.size):
        out[row] = 0.0
        if status[row] == UNEMPLOYED:
            out[row] = benefit_of(
                stream, 0, row, insured[row], np.int64(jobless_quarters[row]), age[row], reference_wage[row], rate,
                take_up, years_per_quarter, longest,
            )  # fmt: skip


@kernel
def search_chance(received, reference_wage, search_share, norm, elasticity):
    """The chance that somebody unemployed searches effectively in a quarter.

    search_share × (norm / replacement)^elasticity, at most 1, where replacement is what there is without work over the
    last wage. An elasticity of the hazard is one of the duration with the sign changed (Chetty 2008; Schmieder and von
    Wachter 2016).
    """
    replacement = max(received / max(reference_wage, 1e-9), LEAST_REPLACEMENT)
    return min(1.0, search_share * (norm / replacement) ** elasticity)


@kernel
def gather_searchers(
    seed, quarter, search_stream, coverage_stream, status, insured, jobless_quarters, age, reference_wage, rate,
    take_up, years_per_quarter, longest, assistance, windfall, search_share, norm, elasticity, searchers,
):  # fmt: skip
    """Rows of the unemployed who search this quarter; returns their number and the chances of all unemployed together.

    Without work there is the benefit or assistance, and ``windfall``, the part of a basic income that acts like it.
    """
    key = stream_key(seed, quarter, search_stream)
    found = 0
    together = 0.0
    for row in range(status.size):
        if status[row] == UNEMPLOYED:
            benefit = benefit_of(
                coverage_stream, quarter, row, insured[row], np.int64(jobless_quarters[row]), age[row],
                reference_wage[row], rate, take_up, years_per_quarter, longest,
            )  # fmt: skip
            received = max(benefit, assistance) + windfall
            chance = search_chance(received, reference_wage[row], search_share, norm, elasticity)
            together += chance
            if uniform(key, row) < chance:
                searchers[found] = row
                found += 1
    return found, together


@kernel
def review_participation(
    quarter, status, employer, participates, age, leisure, jobless_quarters, training_left, reference_wage,
    participation, mean_wage, basic_income, income_effect, older_from, pension_factor, pension_response,
):  # fmt: skip
    """Those whose turn it is leave the labour force or come back; returns how many left less how many came.

    The wish to take part is participation − income_effect × basic income / wage, since a yuan of unearned income lowers
    earnings by that much (Imbens, Rubin and Sacerdote 2001; Cesarini et al. 2017), and for those of ``older_from``
    years less ``pension_response`` × (pension_factor − 1). Who has more taste for leisure than that stays at home. The
    taste is for life, so that nothing changes as long as the wish does not.
    """
    left = 0
    for row in range((REVIEW_QUARTERS - quarter % REVIEW_QUARTERS) % REVIEW_QUARTERS, status.size, REVIEW_QUARTERS):
        now = status[row]
        if now != EMPLOYED and now != UNEMPLOYED and now != TRAINING and now != INACTIVE:
            continue
        wish = participation
        if basic_income > 0.0:
            wish -= income_effect * basic_income / max(reference_wage[row], LEAST_REFERENCE * mean_wage)
        if age[row] >= older_from:
            wish -= pension_response * (pension_factor - 1.0)
        work = leisure[row] < wish
        if now == INACTIVE and work:
            status[row] = UNEMPLOYED
            participates[row] = 1
            jobless_quarters[row] = 0
            left -= 1
        elif now != INACTIVE and not work:
            status[row] = INACTIVE
            participates[row] = 0
            employer[row] = -1
            training_left[row] = 0
            jobless_quarters[row] = 0
            left += 1
    return left
