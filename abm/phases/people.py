"""Ageing, retirement, death, estates and those who come of age; whether adults want to work at all."""

from __future__ import annotations

from abm.economics.income_tax import wage_taxes
from abm.economy import Economy
from abm.kernels.demography import (
    admit_entrants,
    age_workers,
    count_younger,
    list_absent,
    pass_on_estates,
    review_participation,
)
from abm.kernels.migration import claim_land
from abm.phase import phase


@phase
def workers_age_and_retire(economy: Economy) -> None:
    """Workers age, retire and die; heirs receive the wealth of the deceased (eq. 3)."""
    workers, parameters, scratch = economy.workers, economy.parameters, economy.scratch
    generations = economy.structure.generations
    age_workers[economy.threads](
        workers.view, generations.retirement_age(economy.quarter) + economy.instruments.later_retirement,
        generations.death_rates(economy.quarter), parameters.labour.forgetting, economy.seed, economy.quarter,
    )  # fmt: skip
    if not generations.stationary:
        dead = scratch.rows[: list_absent(workers.view, scratch.rows)]
        pass_on_estates[economy.threads](workers.view, parameters.demography.view, dead, economy.seed, economy.quarter)


@phase
def young_come_of_age(economy: Economy) -> None:
    """The cohort that turns twenty enters the labour market and chooses among current occupations (eq. 3)."""
    workers, macro, instruments, structure = economy.workers, economy.macro, economy.instruments, economy.structure
    parameters, generations, scratch = economy.parameters, structure.generations, economy.scratch
    absent = list_absent(workers.view, scratch.rows)
    # In a stationary population the heir takes over the row with all that is in it.
    entrants = absent if generations.stationary else min(absent, generations.coming_of_age(economy.quarter))
    income = -1.0 if generations.stationary else parameters.households.assistance * macro.mean_wage
    literacy = parameters.labour.entrant_literacy + parameters.labour.entrant_literacy_rise * economy.quarter
    literacy *= 1 + parameters.policy_effects.literacy_of_entrants_from_courses * instruments.ai_literacy
    admit_entrants(
        workers.view, economy.occupations.view, structure.view, macro.view, instruments.view, parameters.labour.view,
        parameters.households.insured_deviation, literacy, income, scratch.rows[:entrants], economy.seed,
        economy.quarter,
    )  # fmt: skip
    claim_land(workers.view, parameters.structural_change.view, scratch.rows[:entrants], economy.seed, economy.quarter)
    macro.adults = float(workers.rows - absent + entrants)
    # By the law's age, so that no policy moves it.
    macro.working_age = float(count_younger(workers.view, generations.retirement_age(economy.quarter)))


@phase
def adults_review_participation(economy: Economy) -> None:
    """A rotating group reviews its participation, which taxes, basic income and higher pensions reduce (eq. 3a)."""
    instruments, macro, labour = economy.instruments, economy.macro, economy.parameters.labour
    retirement = economy.structure.generations.retirement_age(economy.quarter) + instruments.later_retirement
    review_participation(
        economy.workers.view, macro.view, instruments.view, labour.view, wage_taxes(economy).view, retirement,
        economy.quarter,
    )  # fmt: skip
