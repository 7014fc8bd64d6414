"""Ageing, retirement, death, estates and those who come of age."""

from __future__ import annotations

import numpy as np

from abm.economy import Economy, streams
from abm.kernels.draws import STREAMS
from abm.kernels.support import review_participation
from abm.kernels.workers import admit_entrants, age_workers, list_absent, pass_on_estates
from abm.phase import phase
from abm.structure import INSURED_LUCK

LUCK = (
    "heir_efficiency", "heir_participation", "heir_occupation", "heir_literacy", "heir_group", "heir_standing",
    "heir_insured",
)  # fmt: skip
OLDER = 10.0  # years before retirement in which pensions matter for work
LITERACY_OF_HEIRS, LITERACY_TREND = 1.3, 0.02  # against today's workers, and its rise per quarter
JOINT_COURSES = 0.5  # rise of the literacy of entrants at full ai_literacy
TAUGHT = ("computer", "engineering", "science", "education", "health_practitioners", "arts", "business_financial")


@phase
def workers_age_and_retire(economy: Economy) -> None:
    """A quarter older: some retire, some die, and what these owned goes to their heirs (eq. 3)."""
    w, generations, p = economy.state.workers, economy.structure.generations, economy.parameters
    age_workers[economy.threads](
        economy.scratch.worker_chunks, economy.seed, economy.quarter, STREAMS["death"], w.age, w.status, w.employer,
        w.efficiency, w.jobless_quarters, w.training_left,
        generations.retirement_age(economy.quarter) + economy.instruments.later_retirement,
        generations.death_rates(economy.quarter), p.labour.forgetting,
    )  # fmt: skip
    economy.plans.absent = list_absent(w.status, economy.scratch.absent)
    if not generations.stationary:
        pass_on_estates(
            economy.seed, economy.quarter, STREAMS["estate"], p.demography.generation, economy.scratch.absent,
            economy.plans.absent, w.status, w.age, w.standing, w.deposits, w.dwellings, w.equity_weight, w.participates,
            w.jobless_quarters, w.wage, w.reference_wage, w.property_income, w.disposable_income,
            w.permanent_income, w.consumption, w.housing_outlay,
        )  # fmt: skip


@phase
def young_come_of_age(economy: Economy) -> None:
    """Those born twenty years ago look for work in today's occupations, in rows that stand empty (eq. 3)."""
    w, structure, p, a = economy.state.workers, economy.structure, economy.parameters, economy.state.macro
    labour, generations, absent = p.labour, structure.generations, economy.plans.absent
    education = economy.instruments.education
    shares = economy.state.occupations.employment.copy()
    if education != 1.0:
        shares[taught_occupations()] *= education
    literacy = structure.opening_literacy * (LITERACY_OF_HEIRS + LITERACY_TREND * economy.quarter)
    literacy = literacy * (1 + JOINT_COURSES * economy.instruments.ai_literacy)
    # In a stationary population the heir takes over the row with all that is in it.
    entrants = absent if generations.stationary else generations.coming_of_age(economy.quarter)
    income = -1.0 if generations.stationary else p.households.assistance * a.mean_wage
    admitted = admit_entrants(
        economy.seed, economy.quarter, streams(*LUCK), economy.scratch.absent, absent, entrants, w.age, w.participates,
        w.group, w.standing, w.leisure, w.insured, w.occupation, w.literate, w.status, w.efficiency, w.jobless_quarters,
        w.reference_wage, w.permanent_income, labour.participation, labour.protected_share, labour.efficiency_deviation,
        structure.entrant_efficiency, np.cumsum(shares / shares.sum()), literacy, education, a.mean_wage,
        structure.occupation_premium, income, structure.formal, structure.insured_from, INSURED_LUCK,
    )  # fmt: skip
    a.adults = float(w.rows - absent + admitted)


@phase
def adults_reconsider_work(economy: Economy) -> None:
    """By turns adults decide anew whether to work, less so with a basic income or better pensions (eq. 3a)."""
    w, a, labour = economy.state.workers, economy.state.macro, economy.parameters.labour
    retirement = economy.structure.generations.retirement_age(economy.quarter) + economy.instruments.later_retirement
    review_participation(
        economy.quarter, w.status, w.employer, w.participates, w.age, w.leisure, w.jobless_quarters, w.training_left,
        w.reference_wage, labour.participation, a.mean_wage, economy.instruments.basic_income * a.mean_wage,
        labour.income_effect, retirement - OLDER, a.pension_factor, labour.pension_response,
    )  # fmt: skip


def taught_occupations() -> np.ndarray:
    """Rows of the occupations that education prepares for."""
    from abm.data import load_tables

    return np.array([load_tables().occupation_names.index(name) for name in TAUGHT])
