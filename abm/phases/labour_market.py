"""The labour market: how work is organised, whom firms need, who leaves, retrains and finds a job."""

from __future__ import annotations

from abm.economics.income_tax import wage_taxes
from abm.economics.public_compute import compute_is_given
from abm.economics.tasks import organise
from abm.economy import Economy
from abm.kernels.employment import adjust_staff, measure_staff, order_staff, plan_firms, quit_jobs
from abm.kernels.matching import list_vacancies, match_searchers
from abm.kernels.migration import leave_farms, return_to_farms
from abm.kernels.retraining import retrain_workers
from abm.kernels.search import gather_lookers, gather_searchers
from abm.phase import phase


@phase
def firms_organise_tasks(economy: Economy) -> None:
    """Assign tasks to labour or capital; compute capital, materials and energy per unit of output (eq. 4-6)."""
    compute_is_given(economy)
    organise(
        economy.state, economy.structure, economy.parameters, economy.instruments, economy.threads,
        float(economy.plans.public_compute[0]),
    )  # fmt: skip


@phase
def firms_plan_output_and_staff(economy: Economy) -> None:
    """Firms forecast demand and plan output and staff (eq. 7, 7a)."""
    parameters = economy.parameters
    plan_firms[economy.threads](
        economy.firms.view, economy.sectors.view, economy.structure.view, economy.state.abilities.view,
        parameters.firms.view,
    )  # fmt: skip


@phase
def workers_quit(economy: Economy) -> None:
    """Workers quit or separate for reasons unrelated to the firm's plans (eq. 8)."""
    rate = economy.parameters.labour.separation_rate
    quit_jobs[economy.threads](economy.workers.view, rate, economy.seed, economy.quarter)


@phase
def firms_adjust_staff(economy: Economy) -> None:
    """Firms dismiss part of excess staff or post vacancies, by the cost-minimising occupation mix (eq. 6, 9, 10)."""
    firms, workers, structure, parameters = economy.firms, economy.workers, economy.structure, economy.parameters
    work = economy.scratch.work
    measure_staff[economy.threads](firms.view, workers.view, structure.view, economy.state.abilities.view, work)
    offered = adjust_staff[economy.threads](
        firms.view, economy.sectors.view, workers.view, economy.occupations.view, structure.view,
        economy.state.abilities.view, economy.plans.view, parameters.labour.view, economy.state.staff.view, work,
        economy.seed, economy.quarter,
    )  # fmt: skip
    economy.plans.vacancies_offered = float(offered)


@phase
def farmers_leave(economy: Economy) -> None:
    """Farmers leave at a rate that rises with expected pay elsewhere and falls with age (eq. 8a).

    What they expect is what others earn times the chance of having a job: Harris and Todaro 1970. What they give up is
    the income of their farm as far as their hands are needed there: Lewis 1954. They look for work in an occupation
    like theirs and with jobs to offer.
    """
    rules, macro = economy.parameters.structural_change, economy.macro
    if rules.migration:
        leavers = leave_farms[economy.threads](
            economy.firms.view, economy.workers.view, economy.occupations.view, economy.structure.view, macro.view,
            rules.view, economy.state.staff.view, economy.seed, economy.quarter,
        )  # fmt: skip
        macro.migrants = float(leavers)


@phase
def jobless_return_to_farms(economy: Economy) -> None:
    """Some of the unemployed who have a claim to village land go back to it when search has failed (eq. 8b).

    Land in the village insures them where the social insurance does not: Giles, Park and Cai 2006. They share the
    income of the farm and leave it again by the rule of farmers_leave.
    """
    rules, macro = economy.parameters.structural_change, economy.macro
    if rules.migration:
        returners = return_to_farms[economy.threads](
            economy.firms.view, economy.workers.view, economy.structure.view, rules.view, economy.seed, economy.quarter
        )
        macro.returners = float(returners)


@phase
def workers_retrain(economy: Economy) -> None:
    """Unemployed workers of slack occupations retrain for occupations with vacancies (eq. 11)."""
    macro = economy.macro
    trainees = retrain_workers[economy.threads](
        economy.workers.view, economy.occupations.view, economy.structure.view, macro.view, economy.instruments.view,
        economy.parameters.labour.view, economy.scratch.rows, economy.seed, economy.quarter,
    )  # fmt: skip
    macro.trainees = float(trainees)


@phase
def labour_market_clears(economy: Economy) -> None:
    """Unemployed workers are matched to vacancies in their own or a similar occupation, in random order (eq. 12).

    Who searches depends on what there would be to live on without a job, against the wage after taxes (eq. 12a). Some
    of those at work search too and change for better pay (eq. 12c). Firms that use AI pass over some of the young
    (eq. 12b).
    """
    firms, workers, macro, staff = economy.firms, economy.workers, economy.macro, economy.state.staff
    instruments, parameters, plans = economy.instruments, economy.parameters, economy.plans
    rows, lookers = economy.scratch.rows, economy.scratch.lookers
    found, _ = gather_searchers[economy.threads](
        workers.view, macro.view, instruments.view, parameters.labour.view, parameters.households.view,
        wage_taxes(economy).view, rows, economy.seed, economy.quarter,
    )  # fmt: skip
    looking = gather_lookers[economy.threads](
        firms.view, workers.view, economy.structure.view, parameters.labour.job_search, lookers, economy.seed,
        economy.quarter,
    )  # fmt: skip
    rows[found : found + looking] = lookers[:looking]
    start, listed = list_vacancies[economy.threads](
        firms.view, plans.view, parameters.labour.reachable_vacancy_share, economy.seed, economy.quarter
    )
    rejection = parameters.artificial_intelligence.screening_bias * (1 - instruments.fairness_enforcement)
    filled = match_searchers(
        firms.view, workers.view, economy.structure.view, parameters.labour.view, instruments.view,
        parameters.policy_effects.view, rejection, rows[: found + looking], start, listed, economy.seed,
        economy.quarter,
    )  # fmt: skip
    order_staff[economy.threads](workers.view, staff.view)
    plans.hires = float(filled)
    macro.employed = float(staff.start[-1])
    unfilled = plans.vacancies_offered - plans.hires
    macro.vacancy_rate = unfilled / (macro.employed + unfilled)
