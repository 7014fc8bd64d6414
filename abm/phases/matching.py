"""Who without a job finds one."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.employment import order_staff
from abm.kernels.matching import gather_searchers, list_vacancies, match_searchers
from abm.phase import phase


@phase
def labour_market_clears(economy: Economy) -> None:
    """The unemployed meet vacancies of their own occupation, or of one like it, in random order (eq. 12).

    Who searches depends on what there would be to live on without a job (eq. 12a).
    """
    firms, workers, macro, staff = economy.firms, economy.workers, economy.macro, economy.state.staff
    instruments, p, plans = economy.instruments, economy.parameters, economy.plans
    found, _ = gather_searchers[economy.threads](
        workers.view, macro.view, instruments.view, p.labour.view, p.households.view, economy.scratch.rows,
        economy.seed, economy.quarter,
    )  # fmt: skip
    start, listed = list_vacancies[economy.threads](
        firms.view, plans.view, p.labour.reach_share, economy.seed, economy.quarter
    )
    rejection = p.artificial_intelligence.screening_bias * (1 - instruments.fairness_enforcement)
    filled = match_searchers(
        firms.view, workers.view, economy.structure.view, p.labour.view, instruments.view, p.policy_effects.view,
        rejection, economy.scratch.rows[:found], start, listed, economy.seed, economy.quarter,
    )  # fmt: skip
    order_staff[economy.threads](workers.view, staff.view)
    plans.hires = float(filled)
    macro.employed = float(staff.start[-1])
    unfilled = plans.vacancies_offered - plans.hires
    macro.vacancy_rate = unfilled / (macro.employed + unfilled)
