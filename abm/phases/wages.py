"""Wages by occupation, and what every worker is paid."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.wages import add_up_staff, pay_wages, set_wages
from abm.phase import phase


@phase
def occupations_set_wages(economy: Economy) -> None:
    """Wage growth follows expected prices and productivity, more where labour is scarce (a Phillips curve, eq. 13).

    The level follows broad slack, trainees included, so that retraining does not make policy tighten; relative wages
    follow relative slack, taken off its mean: else the noise of small occupations would raise wages everywhere.
    """
    workers, occupations, macro = economy.workers, economy.occupations, economy.macro
    economy.plans.wage_growth = set_wages[economy.threads](
        workers.view, occupations.view, economy.structure.view, macro.view, economy.parameters.labour.view
    )


@phase
def firms_pay_wages(economy: Economy) -> None:
    """What every worker earns and every firm's staff adds up to; learning on the job (eq. 14-15)."""
    firms, workers, occupations, macro = economy.firms, economy.workers, economy.occupations, economy.macro
    p, scratch = economy.parameters, economy.scratch
    courses = p.policy_effects.learning_from_courses * economy.instruments.ai_literacy
    pay_wages[economy.threads](
        firms.view, workers.view, occupations.view, economy.structure.view, p.labour.view,
        p.artificial_intelligence.view, p.artificial_intelligence.learning_on_the_job * (1 + courses),
        scratch.staff_sums, scratch.occupation_pay, economy.seed, economy.quarter,
    )  # fmt: skip
    add_up_staff[economy.threads](
        firms.view, occupations.view, macro.view, economy.state.staff.view, scratch.staff_sums, scratch.occupation_pay
    )
