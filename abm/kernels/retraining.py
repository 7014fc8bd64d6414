"""Courses for those without a job: who gets a place, and what is learned."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Status
from abm.compiling.kernels import kernel, parallel_kernel, worker_chunks
from abm.kernels.draws import STREAMS, pick, stream_key, uniform

__all__ = ["chances_of_places", "course_quarters", "learned", "retrain_workers", "way_out"]

ENROLMENT, COMPLETION = STREAMS["enrolment"], STREAMS["completion"]
RETRAINED_OCCUPATION, RETRAINED_LITERACY = STREAMS["retrained_occupation"], STREAMS["retrained_literacy"]
LEAST_PLACE = 1e-6  # of a place, below which none is left to give


@kernel
def course_quarters(labour, instruments):
    """Quarters that a course takes under the policy in force."""
    return max(1, round(labour.training_quarters * instruments.retraining_length))


@kernel
def learned(share, length):
    """Share of trainees who have learned something in a course of ``length`` times the usual one, with falling gains.

    As if each part of the course were a chance of its own.
    """
    return share if length == 1.0 else 1.0 - (1.0 - share) ** length


@kernel
def way_out(origin, draw, structure, occupations):
    """The occupation that somebody of occupation ``origin`` turns to, by a number in [0, 1).

    Gravity × √(vacancies / unemployed), with one added to both.
    """
    mobility, vacancies, unemployment = structure.mobility, occupations.vacancies, occupations.unemployment
    groups = vacancies.size
    pull = np.empty(groups)
    before = 0.0
    together = 0.0
    for o in range(groups):
        similarity = mobility[origin, o] - before
        before = mobility[origin, o]
        together += similarity * np.sqrt((vacancies[o] + 1.0) / (unemployment[o] + 1.0))
        pull[o] = together
    return pick(pull, draw * together)


@kernel
def chances_of_places(eligible, exposure, places, targeting):
    """Probability of a place for those eligible, by occupation; with targeting it grows with what AI can do of it.

    What is left where everybody has a place goes to the others: no place stays empty while somebody waits for one.
    """
    groups = eligible.size
    weight, chance = np.empty(groups), np.empty(groups)
    mean = 0.0
    for o in range(groups):
        mean += exposure[o]
    mean /= groups
    weighted = 0.0
    for o in range(groups):
        weight[o] = 1.0 + targeting * (exposure[o] / mean - 1.0)
        weighted += eligible[o] * weight[o]
    for o in range(groups):
        chance[o] = min(1.0, places * weight[o] / max(weighted, 1.0))
    for _ in range(groups):  # each round fills an occupation or ends
        left = places
        waiting = 0.0
        weighted = 0.0
        for o in range(groups):
            without = eligible[o] * (1.0 - chance[o])
            left -= eligible[o] * chance[o]
            waiting += without
            weighted += without * weight[o]
        if left <= LEAST_PLACE or waiting <= LEAST_PLACE:
            break
        for o in range(groups):
            rank = weight[o] / weighted if weighted > 0.0 else 1.0 / waiting
            chance[o] += (1.0 - chance[o]) * min(1.0, left * rank)
    return chance


@parallel_kernel
def retrain_workers(workers, occupations, structure, macro, instruments, labour, jobless, seed, quarter):
    """Trainees come to the end of their course, others enrol; returns those in training now.

    Places are for those without a job for ``training_wait`` quarters in occupations with slack. Who completes the
    course searches in this quarter already, in an occupation that is drawn (way_out), and may be literate.
    ``jobless`` (workers,) int32 is room for a list. See equations/labour_market.md, eq. 11.
    """
    status, occupation, literate = workers.status, workers.occupation, workers.ai_literate
    jobless_quarters, training_left, efficiency = workers.jobless_quarters, workers.training_left, workers.efficiency
    wait, length = labour.training_wait, course_quarters(labour, instruments)
    success = learned(labour.training_success, length / labour.training_quarters)
    literacy = learned(labour.training_literacy, length / labour.training_quarters)
    gain = np.float32(1.0 + labour.training_gain)
    rows, groups = status.size, occupations.employment.size
    chunks = worker_chunks(rows)
    has_slack = np.empty(groups, np.bool_)
    for o in range(groups):
        has_slack[o] = occupations.smooth_unemployment[o] > labour.training_slack * macro[0].unemployment_rate
    found = np.empty(chunks, np.int64)
    waiting = np.empty((chunks, groups), np.int64)
    for chunk in prange(chunks):
        begin = rows * chunk // chunks
        number = begin
        for row in range(np.uint64(begin), np.uint64(rows * (chunk + 1) // chunks)):
            jobless[number] = row
            number += (status[row] == Status.UNEMPLOYED) | (status[row] == Status.TRAINING)
        found[chunk] = number
        here = waiting[chunk]
        here[:] = 0
        for place in range(begin, number):
            row = np.uint64(jobless[place])
            o = occupation[row]
            here[o] += (status[row] == Status.UNEMPLOYED) & (jobless_quarters[row] >= wait) & has_slack[o]
    eligible = np.empty(groups)
    for o in range(groups):
        heads = 0
        for chunk in range(chunks):
            heads += waiting[chunk, o]
        eligible[o] = heads
    places = instruments.retraining_capacity * macro[0].labour_force
    enrolment = chances_of_places(eligible, structure.automation_exposure, places, instruments.retraining_targeting)
    enrolment_key, completion_key = stream_key(seed, quarter, ENROLMENT), stream_key(seed, quarter, COMPLETION)
    occupation_key = stream_key(seed, quarter, RETRAINED_OCCUPATION)
    literacy_key = stream_key(seed, quarter, RETRAINED_LITERACY)
    for chunk in prange(chunks):
        begin = rows * chunk // chunks
        trainees = 0
        for place in range(begin, found[chunk]):
            row = np.uint64(jobless[place])
            o = occupation[row]
            if status[row] == Status.TRAINING:
                training_left[row] -= 1
                if training_left[row] == 0:
                    status[row] = Status.UNEMPLOYED
                    if uniform(completion_key, row) < success:
                        occupation[row] = way_out(o, uniform(occupation_key, row), structure, occupations)
                        efficiency[row] *= gain
                        literate[row] |= uniform(literacy_key, row) < literacy
            elif jobless_quarters[row] >= wait and has_slack[o] and uniform(enrolment_key, row) < enrolment[o]:
                status[row] = Status.TRAINING
                training_left[row] = length
            trainees += status[row] == Status.TRAINING
        found[chunk] = trainees
    trainees = 0
    for chunk in range(chunks):
        trainees += found[chunk]
    return trainees
