"""Loops over workers: ageing, death, estates and entrants, quits, retraining."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import kernel, parallel_kernel
from abm.kernels.draws import normal, stream_key, uniform

__all__ = [
    "admit_entrants", "age_workers", "count_eligible", "list_absent", "order_staff", "pass_on_estates", "quit_jobs",
    "retrain_workers",
]  # fmt: skip

EMPLOYED, UNEMPLOYED, TRAINING, INACTIVE, RETIRED, ABSENT = range(6)
CANDIDATES = 8  # adults among whom an heir is found


@kernel
def _pick(cumulated, luck):
    """First position whose cumulated share exceeds the luck."""
    for position in range(cumulated.size - 1):
        if luck < cumulated[position]:
            return position
    return cumulated.size - 1


@parallel_kernel
def age_workers(
    chunks, seed, quarter, stream, age, status, employer, efficiency, jobless_quarters, training_left, retirement_age,
    death_rate, forgetting,
):  # fmt: skip
    """A quarter older: some die, and who reaches the retirement age leaves work.

    ``death_rate`` (81,) is the risk of death within a year by age from 20. By turns each adult meets it once in four
    quarters, which saves three draws in four. The dead leave their row absent, with all they own still in it.
    """
    rows = age.size
    key = stream_key(seed, quarter, stream)
    turn = np.uint64(quarter)
    kept = np.float32(1.0 - forgetting)
    oldest = death_rate.size - 1
    for chunk in prange(chunks):
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            now = status[row]
            if now == ABSENT:
                continue
            age[row] += np.float32(0.25)
            if (row + turn) % np.uint64(4) == 0 and uniform(key, row) < death_rate[min(int(age[row]) - 20, oldest)]:
                status[row] = ABSENT
                employer[row] = -1
                training_left[row] = 0
            elif now == EMPLOYED:
                if age[row] >= retirement_age:
                    employer[row] = -1
                    status[row] = RETIRED
            elif now != RETIRED:
                jobless_quarters[row] = min(jobless_quarters[row] + 1, 1000)
                if now == UNEMPLOYED and jobless_quarters[row] > 1:
                    efficiency[row] *= kept
                if age[row] >= retirement_age:
                    status[row] = RETIRED
                    training_left[row] = 0


@kernel
def list_absent(status, absent):
    """Rows without a person into ``absent``, in their order; returns their number."""
    found = 0
    for row in range(status.size):
        if status[row] == ABSENT:
            absent[found] = row
            found += 1
    return found


@kernel
def pass_on_estates(
    seed, quarter, stream, generation, absent, count, status, age, standing, deposits, dwellings, equity_weight,
    participates, jobless_quarters, wage, reference_wage, property_income, disposable_income, permanent_income,
    consumption, housing_outlay,
):  # fmt: skip
    """What the dead owned goes undivided to one heir each: nothing is lost and nothing left in an absent row.

    Of CANDIDATES adults drawn by lot the heir is who is nearest to a ``generation`` younger and to the same standing:
    ten years weigh as much as a third of the ranks. Wealth of parents and children goes together (Charles and Hurst
    2003, from memory). Neither depends on the policy, and rows are met in their order, so threads change nothing. An
    absent row is emptied of all that could be counted; its age of 0 says that this was done.
    """
    key = stream_key(seed, quarter, stream)
    rows = status.size
    for place in range(count):
        row = absent[place]
        if age[row] == 0.0:
            continue
        heir = -1
        nearest = np.inf
        for candidate in range(CANDIDATES):
            other = int(uniform(key, row * CANDIDATES + candidate) * rows)
            if status[other] == ABSENT:
                continue
            distance = abs(age[row] - age[other] - generation) / 10.0 + 3.0 * abs(standing[row] - standing[other])
            if distance < nearest:
                nearest = distance
                heir = other
        other = row
        while heir < 0:  # nobody alive was drawn: the next one in the order of rows
            other = (other + 1) % rows
            if status[other] != ABSENT:
                heir = other
        deposits[heir] += deposits[row]
        dwellings[heir] += dwellings[row]
        equity_weight[heir] += equity_weight[row]
        age[row] = 0.0
        participates[row] = 0
        jobless_quarters[row] = 0
        for column in (
            deposits, dwellings, equity_weight, permanent_income, wage, reference_wage, property_income,
            disposable_income, consumption, housing_outlay,
        ):  # fmt: skip
            column[row] = 0.0


@kernel
def admit_entrants(
    seed, quarter, streams, absent, count, entrants, age, participates, group, standing, leisure, insured, occupation,
    literate, status, efficiency, jobless_quarters, reference_wage, permanent_income, participation, protected_share,
    deviation, entrant_efficiency, occupation_shares, literacy, education, mean_wage, occupation_premium, start_income,
    formal, insured_from, insured_luck,
):  # fmt: skip
    """Persons who turn 20 take the first absent rows, unemployed or inactive; returns how many found one.

    ``streams`` (7,): efficiency, participation, occupation, literacy, group, standing, insurance. Of entrants by
    occupation are ``occupation_shares`` (22,), cumulated, ``literacy`` and ``formal`` (22,). A negative
    ``start_income`` leaves the permanent income of the row.
    """
    efficiency_key = stream_key(seed, quarter, streams[0])
    participation_key = stream_key(seed, quarter, streams[1])
    occupation_key = stream_key(seed, quarter, streams[2])
    literacy_key = stream_key(seed, quarter, streams[3])
    group_key = stream_key(seed, quarter, streams[4])
    standing_key = stream_key(seed, quarter, streams[5])
    insured_key = stream_key(seed, quarter, streams[6])
    admitted = min(count, entrants)
    for place in range(admitted):
        row = absent[place]
        age[row] = 20.0
        luck = normal(efficiency_key, row)
        able = deviation * luck - 0.5 * deviation * deviation
        efficiency[row] = np.exp(able) * entrant_efficiency
        group[row] = uniform(group_key, row) < protected_share
        standing[row] = uniform(standing_key, row)
        leisure[row] = uniform(participation_key, row)
        work = leisure[row] < participation
        participates[row] = work
        status[row] = UNEMPLOYED if work else INACTIVE
        jobless_quarters[row] = 0
        occupation[row] = _pick(occupation_shares, uniform(occupation_key, row))
        literate[row] = uniform(literacy_key, row) < min(1.0, literacy[occupation[row]] * education)
        pay = formal[occupation[row]] + able
        insured[row] = pay + insured_luck * normal(insured_key, row) > insured_from
        reference_wage[row] = 0.7 * mean_wage * min(occupation_premium[occupation[row]], 1.5)
        if start_income >= 0.0:
            permanent_income[row] = start_income
    return admitted


@parallel_kernel
def quit_jobs(chunks, seed, quarter, stream, status, employer, jobless_quarters, rate):
    """Quits and other separations apart from layoffs."""
    rows = status.size
    key = stream_key(seed, quarter, stream)
    for chunk in prange(chunks):
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            if status[row] == EMPLOYED and uniform(key, row) < rate:
                employer[row] = -1
                status[row] = UNEMPLOYED
                jobless_quarters[row] = 0


@kernel
def order_staff(employer, start, staff):
    """Workers in the order of their employers: ``staff[start[i]:start[i + 1]]`` are the rows of firm i's staff.

    Counting sort; ``start`` (firms + 1,) int64, ``staff`` (workers,) int32 of which the first employed are filled.
    """
    for i in range(start.size):
        start[i] = 0
    for row in range(employer.size):
        firm = employer[row]
        if firm >= 0:
            start[np.uint32(firm) + np.uint32(1)] += 1
    for i in range(1, start.size):
        start[i] += start[i - 1]
    for row in range(employer.size):
        firm = employer[row]
        if firm >= 0:
            place = start[np.uint32(firm)]
            staff[place] = row
            start[np.uint32(firm)] = place + 1
    for i in range(start.size - 1, 0, -1):
        start[i] = start[i - 1]
    start[0] = 0


@kernel
def count_eligible(status, jobless_quarters, occupation, slack, eligible):
    """Unemployed for two quarters or more in occupations with slack (22,) bool, counted into ``eligible`` (22,)."""
    eligible[:] = 0.0
    for row in range(status.size):
        if status[row] == UNEMPLOYED and jobless_quarters[row] >= 2 and slack[occupation[row]]:
            eligible[occupation[row]] += 1.0


@kernel
def retrain_workers(
    seed, quarter, streams, status, jobless_quarters, occupation, literate, efficiency, match_quality, training_left,
    slack, enrolment, length, success, literacy, where,
):  # fmt: skip
    """Trainees come to the end of their course, others enrol; returns those in training now.

    ``enrolment`` (22,) is the probability of a place for those eligible, ``where`` (22, 22) cumulated shares of the new
    occupation. Who finishes searches in this quarter already. ``streams``: enrolment, completion, occupation, literacy.
    """
    enrolment_key = stream_key(seed, quarter, streams[0])
    completion_key = stream_key(seed, quarter, streams[1])
    occupation_key = stream_key(seed, quarter, streams[2])
    literacy_key = stream_key(seed, quarter, streams[3])
    trainees = 0
    for row in range(status.size):
        now = status[row]
        if now == TRAINING:
            training_left[row] -= 1
            if training_left[row] == 0:
                status[row] = UNEMPLOYED
                if uniform(completion_key, row) < success:
                    occupation[row] = _pick(where[occupation[row]], uniform(occupation_key, row))
                    efficiency[row] *= np.float32(1.02)
                    if uniform(literacy_key, row) < literacy:
                        literate[row] = 1
        elif now == UNEMPLOYED and jobless_quarters[row] >= 2 and slack[occupation[row]]:  # noqa: SIM102
            if uniform(enrolment_key, row) < enrolment[occupation[row]]:
                status[row] = TRAINING
                training_left[row] = length
        if status[row] == TRAINING:
            trainees += 1
    return trainees
