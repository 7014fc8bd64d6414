"""Ageing, retirement, death, estates, those who come of age, and who wants to work: loops over adults."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Status
from abm.compiling.kernels import kernel, parallel_kernel, worker_chunks
from abm.kernels.draws import STREAMS, draw_rows, normal, pick, stream_key, uniform
from abm.kernels.net_wages import relative_net_wage
from abm.kernels.ordering import BLOCK, list_status

__all__ = [
    "admit_entrants",
    "age_workers",
    "count_younger",
    "list_absent",
    "pass_on",
    "pass_on_estates",
    "review_participation",
]


DEATH, ESTATE, HEIR_EFFICIENCY = STREAMS["death"], STREAMS["estate"], STREAMS["heir_efficiency"]
HEIR_PARTICIPATION, HEIR_OCCUPATION = STREAMS["heir_participation"], STREAMS["heir_occupation"]
HEIR_LITERACY, HEIR_GROUP = STREAMS["heir_literacy"], STREAMS["heir_group"]
HEIR_STANDING, HEIR_INSURED = STREAMS["heir_standing"], STREAMS["heir_insured"]
QUARTER_OF_A_YEAR = np.float32(0.25)
FIRST_AGE = 20
LONGEST = 1000  # quarters without a job that are counted
FEW = 64  # rows counted at a time, where most of them hold nobody who is looked for


@parallel_kernel
def age_workers(workers, retirement_age, death_rate, forgetting, seed, quarter):
    """A quarter older: some die, and who reaches the retirement age leaves work.

    ``death_rate`` (81,) is the risk of death within a year by age from 20. By turns each adult meets it once in four
    quarters, which saves three draws in four. The dead leave their row absent, with all they own still in it. Who has
    been unemployed for over a quarter loses ``forgetting`` of the efficiency. See equations/people.md, eq. 3.
    """
    age, status, employer, efficiency = workers.age, workers.status, workers.employer, workers.efficiency
    jobless_quarters, training_left = workers.jobless_quarters, workers.training_left
    rows = age.size
    chunks = worker_chunks(rows)
    key = stream_key(seed, quarter, DEATH)
    kept, all_of_it, nothing = np.float32(1.0 - forgetting), np.float32(1.0), np.float32(0.0)
    oldest = death_rate.size - 1
    for chunk in prange(chunks):
        listed, draws = np.empty(BLOCK, np.int64), np.empty(BLOCK)
        last = rows * (chunk + 1) // chunks
        for first in range(rows * chunk // chunks, last, BLOCK):
            end = min(first + BLOCK, last)
            for row in range(np.uint64(first), np.uint64(end)):
                age[row] += QUARTER_OF_A_YEAR if status[row] != Status.ABSENT else nothing
            begin = first + (-first - quarter) % 4
            turns = (end - begin + 3) // 4
            draw_rows(key, begin, 4, draws[:turns])
            found = 0
            for turn in range(np.uint64(turns)):
                row = np.uint64(begin) + np.uint64(4) * turn
                year = np.uint64(min(max(int(age[row]) - FIRST_AGE, 0), oldest))
                listed[found] = row
                found += (draws[turn] < death_rate[year]) & (status[row] != Status.ABSENT)
            for place in range(found):
                row = np.uint64(listed[place])
                status[row] = Status.ABSENT
                employer[row] = -1
                training_left[row] = 0
            for row in range(np.uint64(first), np.uint64(end)):
                code = status[row]
                without = (code == Status.UNEMPLOYED) | (code == Status.TRAINING) | (code == Status.INACTIVE)
                jobless_quarters[row] += without & (jobless_quarters[row] < LONGEST)
            for row in range(np.uint64(first), np.uint64(end)):
                forgets = (status[row] == Status.UNEMPLOYED) & (jobless_quarters[row] > 1)
                efficiency[row] *= kept if forgets else all_of_it
            found = 0
            for part in range(first, end, FEW):
                old = 0
                for row in range(np.uint64(part), np.uint64(min(part + FEW, end))):
                    old += (status[row] < Status.RETIRED) & (np.float64(age[row]) >= retirement_age)
                for row in range(np.uint64(part), np.uint64(min(part + FEW, end) if old > 0 else part)):
                    listed[found] = row
                    found += (status[row] < Status.RETIRED) & (np.float64(age[row]) >= retirement_age)
            for place in range(found):
                row = np.uint64(listed[place])
                status[row] = Status.RETIRED
                employer[row] = -1
                training_left[row] = 0


@kernel
def list_absent(workers, absent):
    """Rows without a person into ``absent`` (workers,) int32, in their order; returns their number.

    Most of the few stand together at the end, so that parts of the rows are counted before any is listed.
    """
    status = workers.status
    found = 0
    for first in range(0, status.size, FEW):
        end = min(first + FEW, status.size)
        here = 0
        for row in range(np.uint64(first), np.uint64(end)):
            here += status[row] == Status.ABSENT
        if here > 0:
            found += list_status(status, Status.ABSENT, first, end, absent[found:])
    return found


@kernel
def count_younger(workers, age):
    """Persons below an age in years."""
    years, status, limit = workers.age, workers.status, np.float32(age)
    found = 0
    for row in range(years.size):
        found += (years[row] < limit) & (status[row] != Status.ABSENT)
    return found


@kernel
def pass_on(workers, row, heir):
    """One estate goes to an heir; the row is emptied of all that could be counted, and its age of 0 says so."""
    for column in (workers.deposits, workers.dwellings, workers.equity_weight):
        column[heir] += column[row]
        column[row] = 0.0
    for column in (
        workers.wage, workers.reference_wage, workers.property_income, workers.disposable_income,
        workers.permanent_income, workers.consumption, workers.housing_outlay,
    ):  # fmt: skip
        column[row] = 0.0
    workers.age[row] = 0.0
    workers.participates[row] = 0
    workers.jobless_quarters[row] = 0


@parallel_kernel
def pass_on_estates(workers, demography, absent, seed, quarter):
    """What the dead owned goes undivided to one heir each: nothing is lost and nothing left in an absent row.

    Of the adults drawn by lot the heir is who is nearest to a ``generation`` younger and to the same standing. Neither
    depends on the policy, and estates are passed on in the order of ``absent``, so threads change nothing. A row whose
    age is 0 has been emptied before. See equations/people.md, eq. 3.
    """
    status, age, standing = workers.status, workers.age, workers.inheritance_rank
    candidates, weight = demography.heirs_considered, demography.standing_in_years / 10.0
    generation = demography.generation
    rows, count = status.size, absent.size
    chunks = worker_chunks(rows)
    key = stream_key(seed, quarter, ESTATE)
    heirs = np.empty(count, np.int64)
    for chunk in prange(chunks):
        for place in range(count * chunk // chunks, count * (chunk + 1) // chunks):
            row = absent[place]
            heir = -1
            nearest = np.inf
            for candidate in range(candidates if age[row] > 0.0 else 0):
                other = int(uniform(key, row * candidates + candidate) * rows)
                if status[other] == Status.ABSENT:
                    continue
                years = abs(np.float64(age[row] - age[other]) - generation)
                distance = years / 10.0 + weight * np.float64(abs(standing[row] - standing[other]))
                if distance < nearest:
                    nearest = distance
                    heir = other
            heirs[place] = heir
    for place in range(count):
        row = absent[place]
        if age[row] == 0.0:
            continue
        heir = heirs[place]
        other = row
        while heir < 0:  # nobody alive was drawn: the next one in the order of rows
            other = (other + 1) % rows
            if status[other] != Status.ABSENT:
                heir = other
        pass_on(workers, row, heir)


@kernel
def admit_entrants(
    workers, occupations, structure, macro, instruments, labour, insured_deviation, literacy, start_income, absent,
    seed, quarter,
):  # fmt: skip
    """Persons who turn 20 in the rows of ``absent``, unemployed or inactive.

    They learn today's occupations, those that education prepares for the more the better it is. ``literacy`` is theirs
    against the workers of the opening; a negative ``start_income`` leaves the permanent income of the row.
    See equations/people.md, eq. 3.
    """
    groups = occupations.employment.size
    shares = np.empty(groups)
    together = 0.0
    for o in range(groups):
        shares[o] = occupations.employment[o] * (instruments.education if structure.taught[o] else 1.0)
        together += shares[o]
    below = 0.0
    for o in range(groups):
        below += shares[o] / together
        shares[o] = below
    deviation = labour.efficiency_deviation
    efficiency_key, group_key = stream_key(seed, quarter, HEIR_EFFICIENCY), stream_key(seed, quarter, HEIR_GROUP)
    participation_key = stream_key(seed, quarter, HEIR_PARTICIPATION)
    occupation_key, literacy_key = stream_key(seed, quarter, HEIR_OCCUPATION), stream_key(seed, quarter, HEIR_LITERACY)
    standing_key, insured_key = stream_key(seed, quarter, HEIR_STANDING), stream_key(seed, quarter, HEIR_INSURED)
    for place in range(absent.size):
        row = absent[place]
        workers.age[row] = FIRST_AGE
        able = deviation * normal(efficiency_key, row) - 0.5 * deviation * deviation
        workers.efficiency[row] = np.exp(able) * structure.entrant_efficiency
        workers.protected_group[row] = uniform(group_key, row) < labour.protected_group_share
        workers.inheritance_rank[row] = uniform(standing_key, row)
        workers.leisure[row] = uniform(participation_key, row)
        work = np.float64(workers.leisure[row]) < labour.participation
        workers.participates[row] = work
        workers.status[row] = Status.UNEMPLOYED if work else Status.INACTIVE
        workers.jobless_quarters[row] = 0
        o = pick(shares, uniform(occupation_key, row))
        workers.occupation[row] = o
        able_to_work_with_ai = min(1.0, structure.opening_literacy[o] * literacy * instruments.education)
        workers.ai_literate[row] = uniform(literacy_key, row) < able_to_work_with_ai
        pay = structure.insurance_score[o] + able + insured_deviation * normal(insured_key, row)
        workers.insured[row] = pay > structure.insured_from
        premium = min(structure.occupation_premium[o], labour.entrant_premium)
        workers.reference_wage[row] = labour.entrant_wage * macro[0].mean_wage * premium
        if start_income >= 0.0:
            workers.permanent_income[row] = start_income


@kernel
def review_participation(workers, macro, instruments, labour, wage_taxes, retirement_age, quarter):
    """Those whose turn it is leave the labour force or come back; returns how many left less how many came.

    The wish to take part is participation − income_effect × basic income / wage, since a yuan of unearned income lowers
    earnings by that much (Imbens, Rubin and Sacerdote 2001; Cesarini et al. 2017), plus net_wage_response × ln of what
    the taxes on wages leave of the last one over what those of the opening would leave (Chetty et al. 2013), and for
    those in the last ``pension_years`` before ``retirement_age`` less pension_response × (pension factor − 1). Who has
    more taste for leisure than that stays at home. The taste is for life, so that nothing changes as long as the wish
    does not. See equations/people.md, eq. 3a.
    """
    status, employer, participates, age = workers.status, workers.employer, workers.participates, workers.age
    leisure, jobless_quarters = workers.leisure, workers.jobless_quarters
    training_left, reference_wage = workers.training_left, workers.reference_wage
    participation, turns = labour.participation, labour.review_quarters
    given_up = labour.income_effect * (instruments.basic_income * macro[0].mean_wage)
    least_wage, older_from = labour.least_reference_wage * macro[0].mean_wage, retirement_age - labour.pension_years
    less_for_older = labour.pension_response * (macro[0].pension_factor - 1.0)
    net_wage_response = labour.net_wage_response
    begin, end = -quarter % turns, status.size
    others = np.empty((end - begin + turns - 1) // turns, np.int64)  # those of another mind than before
    found = 0
    for row in range(begin, end, turns):
        wish = participation
        if given_up > 0.0:  # the same for all rows: without a basic income no wage is looked up
            wish -= given_up / max(reference_wage[row], least_wage)
        wish -= less_for_older if np.float64(age[row]) >= older_from else 0.0
        if net_wage_response > 0.0:
            wish += net_wage_response * np.log(relative_net_wage(reference_wage[row], wage_taxes))
        inactive = status[row] == Status.INACTIVE
        others[found] = row
        found += (status[row] < Status.RETIRED) & (inactive == (np.float64(leisure[row]) < wish))
    left = 0
    for place in range(found):
        row = others[place]
        come = status[row] == Status.INACTIVE
        status[row] = Status.UNEMPLOYED if come else Status.INACTIVE
        participates[row] = come
        employer[row] = -1
        training_left[row] = 0
        jobless_quarters[row] = 0
        left += -1 if come else 1
    return left
