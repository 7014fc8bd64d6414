"""What those without work receive by law."""

from __future__ import annotations

import numpy as np

from abm.codes import Status
from abm.compiling.kernels import kernel
from abm.kernels.draws import STREAMS, stream_key, uniform

__all__ = ["benefit_of", "benefit_rules", "benefits_beyond", "fill_benefits"]

COVERAGE = STREAMS["coverage"]
BEFORE_ALL = 1024  # quarters, so that spells which began before the opening have a number too
SPELLS = np.uint64(4096)  # quarters in which a spell may have begun


@kernel
def benefit_rules(household_rules, instruments):
    """(benefit over the last wage, share of the insured who draw it, years for a quarter of benefit, longest quarters).

    The law as the parameters have it, times what the policy in force makes of it.
    """
    take_up = min(1.0, household_rules.benefit_take_up * instruments.benefit_coverage)
    return (
        household_rules.benefit_rate * instruments.benefit_rate, take_up,
        household_rules.benefit_years / instruments.benefit_duration,
        household_rules.benefit_longest * instruments.benefit_duration,
    )  # fmt: skip


@kernel
def benefit_of(
    quarter, row, insured, jobless_quarters, age, reference_wage, rate, take_up, years_per_quarter, longest
):  # fmt: skip
    """Unemployment benefit of this quarter, 0 if none is drawn.

    The insured may draw a quarter of benefit for every ``years_per_quarter`` since the age of 20, at most ``longest``;
    whether they do is drawn once for the whole spell.
    """
    if insured == 0 or jobless_quarters >= min((np.float64(age) - 20.0) / years_per_quarter, longest):
        return 0.0
    spell = np.uint64(row) * SPELLS + np.uint64(quarter + BEFORE_ALL - jobless_quarters) % SPELLS
    return rate * reference_wage if uniform(stream_key(0, 0, COVERAGE), spell) < take_up else 0.0


@kernel
def fill_benefits(workers, household_rules, instruments, benefits):
    """Benefits of all unemployed at the opening into ``benefits`` (rows,)."""
    status, insured, age, jobless = workers.status, workers.insured, workers.age, workers.jobless_quarters
    reference_wage = workers.reference_wage
    rate, take_up, years, longest = benefit_rules(household_rules, instruments)
    for row in range(status.size):
        benefits[row] = 0.0
        if status[row] == Status.UNEMPLOYED:
            benefits[row] = benefit_of(
                0, row, insured[row], np.int64(jobless[row]), age[row], reference_wage[row], rate, take_up, years,
                longest,
            )  # fmt: skip


@kernel
def benefits_beyond(workers, macro, household_rules, instruments, neutral, quarter):
    """(what the unemployed are paid beyond the neutral rules of insurance, what trainees would have without a course).

    Both count what stands in the place of the other: who draws no benefit has social assistance, and nobody has less.
    Who has a wage in the quarter has lost the job since incomes were paid.
    """
    status, insured, age, jobless = workers.status, workers.insured, workers.age, workers.jobless_quarters
    reference_wage, wage = workers.reference_wage, workers.wage
    rate, take_up, years, longest = benefit_rules(household_rules, instruments)
    usual_rate, usual_take_up, usual_years, usual_longest = benefit_rules(household_rules, neutral)
    assistance = household_rules.assistance * macro[0].mean_wage
    beyond = without_courses = 0.0
    for row in range(status.size):
        training = status[row] == Status.TRAINING
        if not training and (status[row] != Status.UNEMPLOYED or wage[row] > 0.0):
            continue
        usual = max(assistance, benefit_of(
            quarter, row, insured[row], np.int64(jobless[row]), age[row], reference_wage[row], usual_rate,
            usual_take_up, usual_years, usual_longest,
        ))  # fmt: skip
        if training:
            without_courses += usual
            continue
        beyond -= usual
        beyond += max(assistance, benefit_of(
            quarter, row, insured[row], np.int64(jobless[row]), age[row], reference_wage[row], rate, take_up, years,
            longest,
        ))  # fmt: skip
    return beyond, without_courses
