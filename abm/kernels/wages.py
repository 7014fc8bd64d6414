"""Wages by occupation, and what every worker is paid."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Status
from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel, worker_chunks
from abm.kernels.draws import STREAMS, draw_rows, normal, stream_key
from abm.kernels.ordering import BLOCK, list_at_work

__all__ = ["add_up_staff", "pay_wages", "set_wages"]

LITERACY, REVIEW = STREAMS["literacy"], STREAMS["review"]
STATUSES = len(Status)
YEAR = 4  # quarters from one review of pay to the next


@parallel_kernel
def set_wages(workers, occupations, structure, macro, labour, talent_pull=0.0):
    """Counts the labour force and sets the wage of each occupation; returns the growth of mean wages, a factor.

    Growth follows expected prices and productivity, more where labour is scarce. Its level follows broad slack, in
    which trainees beyond their neutral share count; relative wages follow relative slack, less its mean weighted by
    employment, and in part what AI has changed of the occupation's own revenue productivity, less the mean of that.
    Where staff for the integration of AI is missing, ``talent_pull`` adds to the scarcity of the technical occupations.
    See equations/wages_and_prices.md, eq. 13.
    """
    status, occupation = workers.status, workers.occupation
    employment, unemployment, wage_index = occupations.employment, occupations.unemployment, occupations.wage_index
    smooth_unemployment, neutral = occupations.smooth_unemployment, structure.neutral_trainees
    ai_productivity, ai_productivity_paid = occupations.ai_productivity, occupations.ai_productivity_paid
    rows, groups = status.size, employment.size
    chunks = worker_chunks(rows)
    counts = np.empty((chunks, groups, STATUSES), np.int64)
    for chunk in prange(chunks):
        count = counts[chunk]
        count[:] = 0
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            count[np.uint32(occupation[row]), np.uint32(status[row])] += 1
    trainees = 0
    jobless = 0
    for o in range(groups):
        working = 0
        searching = 0
        learning = 0
        for chunk in range(chunks):
            working += counts[chunk, o, Status.EMPLOYED]
            searching += counts[chunk, o, Status.UNEMPLOYED]
            learning += counts[chunk, o, Status.TRAINING]
        employment[o] = working
        unemployment[o] = searching + learning
        trainees += learning
        jobless += searching + learning
    force = macro[0].employed + jobless
    macro[0].trainees = trainees
    macro[0].labour_force = force
    macro[0].unemployment_rate = (jobless - trainees) / force
    macro[0].broad_unemployment = jobless / force - neutral
    slack = max(macro[0].broad_unemployment, labour.lowest_unemployment)
    relative = np.empty(groups)
    heads = 0.0
    weighted = 0.0
    gained = 0.0
    for o in range(groups):
        rate = unemployment[o] / max(unemployment[o] + employment[o], 1.0) - neutral
        smooth_unemployment[o] += labour.unemployment_smoothing * (rate - smooth_unemployment[o])
        relative[o] = -np.log(max(smooth_unemployment[o], labour.lowest_unemployment) / slack)
        if talent_pull > 0.0 and structure.technical[o]:
            relative[o] += talent_pull
        heads += employment[o]
        weighted += employment[o] * relative[o]
        gained += employment[o] * (ai_productivity[o] - ai_productivity_paid[o])
    expected = macro[0].expected_inflation + macro[0].expected_growth
    before = 0.0
    after = 0.0
    for o in range(groups):
        scarcity = labour.own_occupation_weight * (relative[o] - weighted / heads)
        tightness = np.log(labour.natural_unemployment / slack) + scarcity
        wanted = expected + labour.wage_response * tightness
        wanted += labour.own_productivity_weight * (ai_productivity[o] - ai_productivity_paid[o] - gained / heads)
        ai_productivity_paid[o] = ai_productivity[o]
        growth = 1.0 + min(max(wanted, labour.lowest_wage_growth), labour.highest_wage_growth)
        before += employment[o] * wage_index[o]
        after += employment[o] * wage_index[o] * growth
        wage_index[o] *= growth
    return after / before


@kernel
def review_pay(employer, unsettled, match_quality, labour, key, quarter, first, end):
    """Once a year the quality of a match is looked at anew, of those who did not begin this quarter.

    Its log is an AR(1) whose variance is that of new matches, so that mean and dispersion of pay stay. Which rows are
    reviewed goes by row and quarter. See equations/wages_and_prices.md, eq. 14a.
    """
    return_to_mean = 1.0 - labour.review_persistence
    deviation = labour.match_deviation * np.sqrt(1.0 - labour.review_persistence**2)
    for row in range(np.uint64(first + (first + quarter) * (YEAR - 1) % YEAR), np.uint64(end), np.uint64(YEAR)):
        if employer[row] >= 0 and unsettled[row] < np.float32(1.0):
            quality = np.float64(match_quality[row])
            match_quality[row] = quality * np.exp(deviation * normal(key, row) - return_to_mean * np.log(quality))


@parallel_kernel
def pay_wages(
    firms, workers, occupations, structure, abilities, labour, rent_share, job_literacy, staff_sums, occupation_sums,
    seed, quarter,
):  # fmt: skip
    """Wages of every worker and what each firm's staff adds up to; learning on the job.

    A wage is the occupation's index × efficiency units × sector premium × match quality × what tenure pays; of what AI
    adds to a literate worker's efficiency the worker keeps ``rent_share``. Pay is reviewed once a year. Who is not
    literate becomes so with probability ``job_literacy`` × stage of the employer. Workers are met in the order of their
    rows, since eight columns read in order cost less than a firm's staff looked up one by one. Writes ``staff_sums``
    (chunks, firms, 3), efficiency units, pay and literate heads, and ``occupation_sums`` (chunks, occupations, 3), pay,
    and heads of what AI does alone and of what it helps with. See wages_and_prices.md, eq. 14, 14a and 15.
    """
    employer, occupation, literate, age = workers.employer, workers.occupation, workers.ai_literate, workers.age
    efficiency, match_quality, wage = workers.efficiency, workers.match_quality, workers.wage
    unsettled, tenure_pay = workers.unsettled, labour.tenure_pay
    reference_wage, wage_index = workers.reference_wage, occupations.wage_index
    sector, assistance, stage = firms.sector, firms.assistance, firms.ai_stage
    office_use, process_use, automated = firms.office_use, firms.process_use, abilities.automated
    premium, help_of_ai = structure.occupation_premium, abilities.augmented
    sector_premium, learning_stops = structure.wage_premium, labour.learning_stops
    rows = employer.size
    chunks = worker_chunks(rows)
    key, review_key = stream_key(seed, quarter, LITERACY), stream_key(seed, quarter, REVIEW)
    growth, no_growth = np.float32(1.0 + labour.learning), np.float32(1.0)
    settles = np.float32(1.0 - labour.settling)
    for chunk in prange(chunks):
        at_work, draws = np.empty(BLOCK, np.int64), np.empty(BLOCK)
        sums = staff_sums[chunk]
        paid = occupation_sums[chunk]
        sums[:] = 0.0
        paid[:] = 0.0
        last = rows * (chunk + 1) // chunks
        for first in range(rows * chunk // chunks, last, BLOCK):
            end = min(first + BLOCK, last)
            review_pay(employer, unsettled, match_quality, labour, review_key, quarter, first, end)
            draw_rows(key, first, 1, draws[: end - first])
            for place in range(list_at_work(employer, first, end, at_work)):
                row = np.uint64(at_work[place])
                firm = np.uint32(employer[row])
                o = np.uint32(occupation[row])
                able = literate[row]
                efficiency[row] *= growth if np.float64(age[row]) < learning_stops else no_growth
                plain = premium[o] * efficiency[row]
                s = sector[firm]
                extra = plain * assistance[firm] * help_of_ai[s, o] * able
                literate[row] = able | (draws[at_work[place] - first] < job_literacy * stage[firm])
                earned = wage_index[o] * (plain + rent_share * extra) * sector_premium[s] * match_quality[row]
                earned *= 1.0 - tenure_pay * np.float64(unsettled[row])
                unsettled[row] *= settles
                wage[row] = earned
                reference_wage[row] = earned
                sums[firm, 0] += plain + extra
                sums[firm, 1] += earned
                sums[firm, 2] += able
                paid[o, 0] += earned
                paid[o, 1] += office_use[firm] * automated[0, s, o] + process_use[firm] * automated[1, s, o]
                paid[o, 2] += assistance[firm] * help_of_ai[s, o] * able


@parallel_kernel
def add_up_staff(firms, occupations, macro, highest_automation, staff, staff_sums, occupation_sums):
    """Adds up in their order what the chunks of workers gave each firm and each occupation.

    Writes the mean wages, and by occupation what AI makes of revenue productivity, from the mean of its staff.
    """
    headcount, efficiency_units, payroll = firms.headcount, firms.efficiency_units, firms.payroll
    literate_share, start = firms.literate_share, staff.start
    employment, wage_mean, ai_productivity = occupations.employment, occupations.wage_mean, occupations.ai_productivity
    rows, parts = headcount.size, staff_sums.shape[0]
    chunks = firm_chunks(rows)
    for chunk in prange(chunks):
        for i in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            units = 0.0
            pay = 0.0
            able = 0.0
            for part in range(parts):
                units += staff_sums[part, i, 0]
                pay += staff_sums[part, i, 1]
                able += staff_sums[part, i, 2]
            heads = start[i + np.uint64(1)] - start[i]
            headcount[i] = heads
            efficiency_units[i] = units
            payroll[i] = pay
            literate_share[i] = able / heads if heads > 0 else 0.0
    wages = 0.0
    for o in range(employment.size):
        pay = 0.0
        automated = 0.0
        augmented = 0.0
        for part in range(parts):
            pay += occupation_sums[part, o, 0]
            automated += occupation_sums[part, o, 1]
            augmented += occupation_sums[part, o, 2]
        if employment[o] > 0.0:
            wage_mean[o] = pay / employment[o]
            displaced = min(highest_automation, automated / employment[o])
            ai_productivity[o] = np.log(1.0 - displaced) + np.log(1.0 + augmented / employment[o])
        wages += pay
    macro[0].mean_wage = wages / macro[0].employed
