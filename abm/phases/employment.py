"""What firms expect to sell and plan to make, whom they need for it, and who leaves or is dismissed."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.employment import adjust_staff, measure_staff, plan_firms, quit_jobs
from abm.phase import phase


@phase
def firms_plan_output_and_staff(economy: Economy) -> None:
    """Expected demand, planned output and labour wanted (eq. 7)."""
    p = economy.parameters
    plan_firms[economy.threads](
        economy.firms.view, economy.sectors.view, economy.structure.view, p.firms.view,
        p.artificial_intelligence.forecast_gain,
    )  # fmt: skip


@phase
def workers_quit(economy: Economy) -> None:
    """Quits and other separations that have nothing to do with the firm's plans (eq. 8)."""
    rate = economy.parameters.labour.separation_rate
    quit_jobs[economy.threads](economy.workers.view, rate, economy.seed, economy.quarter)


@phase
def firms_adjust_staff(economy: Economy) -> None:
    """Firms dismiss part of an excess or offer jobs, by occupation at the cost-minimising mix (eq. 6, 9, 10)."""
    firms, workers, structure, p = economy.firms, economy.workers, economy.structure, economy.parameters
    work = economy.scratch.work
    measure_staff[economy.threads](
        firms.view, workers.view, structure.view, p.artificial_intelligence.augmentation, work
    )
    offered = adjust_staff[economy.threads](
        firms.view, economy.sectors.view, workers.view, economy.occupations.view, structure.view, economy.plans.view,
        p.labour.view, p.artificial_intelligence.view, economy.state.staff.view, work, economy.seed, economy.quarter,
    )  # fmt: skip
    economy.plans.vacancies_offered = float(offered)
