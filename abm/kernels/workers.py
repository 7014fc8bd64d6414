"""Loops over workers: ageing, retirement and heirs, quits, retraining."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import kernel, parallel_kernel
from abm.kernels.draws import normal, stream_key, uniform

__all__ = ["age_workers", "count_eligible", "order_staff", "quit_jobs", "retrain_workers"]

EMPLOYED, UNEMPLOYED, TRAINING, INACTIVE, RETIRED = range(5)


@kernel
def _pick(cumulated, luck):
    """First position whose cumulated share exceeds the luck."""
    for position in range(cumulated.size - 1):
        if luck < cumulated[position]:
            return position
    return cumulated.size - 1


@parallel_kernel
def age_workers(
    chunks, seed, quarter, streams,
    age, participates, group, occupation, literate, status, employer, efficiency, jobless_quarters, training_left,
    reference_wage, retirement_age, death_rate, participation, protected_share, deviation, entrant_efficiency,
    forgetting,
    occupation_shares, literacy, education, mean_wage, occupation_premium,
):  # fmt: skip
    """A quarter older: who reaches the retirement age leaves work, who dies is followed by an heir aged 20.

    Heirs keep what they own and enter unemployed or inactive. ``streams`` (6,): death, efficiency, participation,
    occupation, literacy, group. ``occupation_shares`` (22,) cumulated, ``literacy`` (22,) of heirs.
    """
    rows = age.size
    death_key = stream_key(seed, quarter, streams[0])
    efficiency_key = stream_key(seed, quarter, streams[1])
    participation_key = stream_key(seed, quarter, streams[2])
    occupation_key = stream_key(seed, quarter, streams[3])
    literacy_key = stream_key(seed, quarter, streams[4])
    group_key = stream_key(seed, quarter, streams[5])
    kept = np.float32(1.0 - forgetting)
    for chunk in prange(chunks):
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            age[row] += np.float32(0.25)
            now = status[row]
            if now == EMPLOYED:
                if age[row] >= retirement_age:
                    employer[row] = -1
                    status[row] = RETIRED
            elif now == RETIRED:
                if uniform(death_key, row) < death_rate:
                    age[row] = 20.0
                    luck = normal(efficiency_key, row)
                    efficiency[row] = np.exp(deviation * luck - 0.5 * deviation * deviation) * entrant_efficiency
                    group[row] = uniform(group_key, row) < protected_share
                    work = uniform(participation_key, row) < participation
                    participates[row] = work
                    status[row] = UNEMPLOYED if work else INACTIVE
                    jobless_quarters[row] = 0
                    occupation[row] = _pick(occupation_shares, uniform(occupation_key, row))
                    literate[row] = uniform(literacy_key, row) < min(1.0, literacy[occupation[row]] * education)
                    reference_wage[row] = 0.7 * mean_wage * min(occupation_premium[occupation[row]], 1.5)
            else:
                jobless_quarters[row] = min(jobless_quarters[row] + 1, 1000)
                if now == UNEMPLOYED and jobless_quarters[row] > 1:
                    efficiency[row] *= kept
                if age[row] >= retirement_age:
                    status[row] = RETIRED
                    training_left[row] = 0


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
def count_eligible(status, jobless_quarters, occupation, slack):
    """Unemployed for two quarters or more in an occupation with slack (22,) bool."""
    found = 0
    for row in range(status.size):
        if status[row] == UNEMPLOYED and jobless_quarters[row] >= 2 and slack[occupation[row]]:
            found += 1
    return found


@kernel
def retrain_workers(
    seed, quarter, streams, status, jobless_quarters, occupation, literate, efficiency, match_quality, training_left,
    slack, enrolment, length, success, literacy, where,
):  # fmt: skip
    """Trainees come to the end of their course, others enrol; returns those in training now.

    ``enrolment`` is the probability of a place for those eligible, ``where`` (22, 22) cumulated shares of the new
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
            if uniform(enrolment_key, row) < enrolment:
                status[row] = TRAINING
                training_left[row] = length
        if status[row] == TRAINING:
            trainees += 1
    return trainees
