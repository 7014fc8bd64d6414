"""Wages by occupation, and what every worker is paid."""

from __future__ import annotations

import numpy as np

from abm.economy import Economy
from abm.kernels.draws import STREAMS
from abm.kernels.labour import add_up_staff, pay_wages
from abm.kernels.statistics import count_by_occupation
from abm.phase import phase
from abm.state import Status

LEARNING_STOPS = 45.0  # years of age
SMOOTHING = 0.3
LOWEST_UNEMPLOYMENT = 0.005
JOINT_COURSES = 2.0  # rise of learning on the job at full ai_literacy


@phase
def occupations_set_wages(economy: Economy) -> None:
    """Wage growth follows expected prices and productivity, more where labour is scarce (a Phillips curve, eq. 13).

    The level follows broad slack, trainees included, so that retraining does not make policy tighten; relative wages
    follow relative slack, taken off its mean: else the noise of small occupations would raise wages everywhere.
    """
    state, labour, structure = economy.state, economy.parameters.labour, economy.structure
    o, a = state.occupations, state.macro
    counts = np.zeros((o.rows, len(Status)), dtype=np.int64)
    count_by_occupation(state.workers.occupation, state.workers.status, counts)
    o.employment[:] = counts[:, Status.EMPLOYED]
    o.unemployment[:] = counts[:, Status.UNEMPLOYED] + counts[:, Status.TRAINING]
    a.trainees = float(counts[:, Status.TRAINING].sum())
    jobless = float(o.unemployment.sum())
    a.labour_force = a.employed + jobless
    a.unemployment_rate = (jobless - a.trainees) / a.labour_force
    a.broad_slack = jobless / a.labour_force - structure.neutral_trainees
    rate = o.unemployment / np.maximum(o.unemployment + o.employment, 1.0) - structure.neutral_trainees
    o.smooth_unemployment += SMOOTHING * (rate - o.smooth_unemployment)
    slack = max(a.broad_slack, LOWEST_UNEMPLOYMENT)
    relative = -np.log(np.maximum(o.smooth_unemployment, LOWEST_UNEMPLOYMENT) / slack)
    relative -= (o.employment * relative).sum() / o.employment.sum()
    tightness = np.log(labour.natural_unemployment / slack) + labour.own_occupation_weight * relative
    wanted = a.expected_inflation + a.expected_growth + labour.wage_response * tightness
    growth = 1 + np.clip(wanted, labour.lowest_wage_growth, labour.highest_wage_growth)
    economy.plans.wage_growth = float(
        (o.employment * o.wage_index * growth).sum() / (o.employment * o.wage_index).sum()
    )
    o.wage_index *= growth


@phase
def firms_pay_wages(economy: Economy) -> None:
    """What every worker earns and every firm's staff adds up to; learning on the job (eq. 14-15)."""
    state, structure, labour, scratch = economy.state, economy.structure, economy.parameters.labour, economy.scratch
    w, f, o, ai = state.workers, state.firms, state.occupations, economy.parameters.artificial_intelligence
    pay_wages[economy.threads](
        scratch.worker_chunks, economy.seed, economy.quarter, STREAMS["literacy"], w.employer,
        w.occupation, w.literate, w.efficiency, w.match_quality, w.age, w.wage, w.reference_wage, f.sector, f.ai_use,
        f.ai_stage, o.wage_index, structure.occupation_premium, structure.augmentation_exposure, structure.wage_premium,
        ai.augmentation, ai.rent_share, labour.learning,
        ai.learning_on_the_job * (1 + JOINT_COURSES * economy.instruments.ai_literacy), LEARNING_STOPS,
        scratch.staff_sums, scratch.occupation_pay,
    )  # fmt: skip
    add_up_staff[economy.threads](
        scratch.firm_chunks, state.staff_start, scratch.staff_sums, f.headcount, f.efficiency_units, f.payroll,
        f.literate_share,
    )  # fmt: skip
    pay = scratch.occupation_pay.sum(axis=0)
    np.divide(pay, o.employment, out=o.wage_mean, where=o.employment > 0)
    state.macro.mean_wage = float(pay.sum()) / state.macro.employed
