"""Which jobs are on offer, and who takes which."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import AiStage, Status
from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel
from abm.kernels.draws import HIGHEST_NORMAL, STREAMS, normal, pick, stream_key, uniform

__all__ = ["list_vacancies", "match_searchers", "pass_over_chance"]

REACH, SEARCH_ORDER = STREAMS["reach"], STREAMS["search_order"]
LISTING, OTHER_LIST, OTHER_OCCUPATION = STREAMS["listing"], STREAMS["other_list"], STREAMS["other_occupation"]
MOVE, SCREENING, MATCH_QUALITY = STREAMS["move"], STREAMS["screening"], STREAMS["match_quality"]
PREFERRED = STREAMS["preferred"]
NOVICE, SECOND_NOVICE = STREAMS["novice"], STREAMS["second_novice"]
SECOND_TRY, SECOND_LIST = STREAMS["second_try"], STREAMS["second_list"]


@parallel_kernel
def list_vacancies(firms, plans, reachable_vacancy_share, seed, quarter):
    """The vacancies that can be filled this quarter as one list of firms for each occupation: (start, listed).

    ``listed[start[o]:start[o + 1]]`` are the firms that offer a job in occupation o, in their order. How many of a
    firm's openings are within reach is drawn.
    """
    vacancies, openings = firms.vacancies, plans.openings.reshape(-1)
    rows, groups = plans.openings.shape
    chunks = firm_chunks(rows)
    key = stream_key(seed, quarter, REACH)
    # Where a firm has openings in an occupation: at most as many places as vacancies, one more to write ahead.
    begin = np.empty(chunks + 1, np.int64)
    begin[0] = 0
    for chunk in range(chunks):
        room = 1
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            room += vacancies[i]
        begin[chunk + 1] = begin[chunk] + room
    places, reached = np.empty(begin[chunks], np.int64), np.empty(begin[chunks], np.int64)
    found = np.empty(chunks, np.int64)
    spots = np.empty((chunks, groups), np.int64)
    for chunk in prange(chunks):
        number = begin[chunk]
        for i in range(rows * chunk // chunks, rows * (chunk + 1) // chunks):
            if vacancies[i] > 0:
                for place in range(np.uint64(i * groups), np.uint64((i + 1) * groups)):
                    places[number] = place
                    number += openings[place] > 0
        found[chunk] = number
        jobs = spots[chunk]
        jobs[:] = 0
        for spot in range(begin[chunk], number):
            place = places[spot]
            reached[spot] = int(reachable_vacancy_share * openings[place] + uniform(key, place))
            jobs[place % groups] += reached[spot]
    start = np.empty(groups + 1, np.int64)
    together = 0
    for o in range(groups):
        start[o] = together
        for chunk in range(chunks):
            jobs_here = spots[chunk, o]
            spots[chunk, o] = together
            together += jobs_here
    start[groups] = together
    listed = np.empty(together, np.int32)
    for chunk in prange(chunks):
        here = spots[chunk]
        for spot in range(begin[chunk], found[chunk]):
            place = places[spot]
            for _ in range(reached[spot]):
                listed[here[place % groups]] = place // groups
                here[place % groups] += 1
    return start, listed


@kernel
def _shuffle(searchers, key):
    """Fisher-Yates: every order has the same chance."""
    for place in range(searchers.size - 1, 0, -1):
        other = int(uniform(key, place) * (place + 1))
        kept = searchers[place]
        searchers[place] = searchers[other]
        searchers[other] = kept


@kernel
def _prefer_long_term(searchers, jobless_quarters, long_term, chance, key):
    """Those without a job for ``long_term`` quarters change places with who is first, with this chance."""
    first = 0
    for place in range(searchers.size):
        row = searchers[place]
        if jobless_quarters[row] >= long_term and uniform(key, row) < chance:
            searchers[place] = searchers[first]
            searchers[first] = row
            first += 1


@kernel
def pass_over_chance(labour, exposure, age):
    """The chance that a firm that uses AI passes over an applicant, since AI does what beginners do.

    novice × automation exposure of the job × exp(−(age − novice_age) / novice_years); at or above 1 it is certain.
    See equations/labour_market.md, eq. 12b.
    """
    return labour.novice * exposure * np.exp((labour.novice_age - age) / labour.novice_years)


@kernel
def match_searchers(
    firms, workers, structure, labour, instruments, policy_effects, rejection, searchers, start, listed, seed, quarter
):  # fmt: skip
    """Searchers in random order each try one vacancy of their occupation, or of a similar one where there is none.

    Searchers who are at work stay in their occupation, and change if the job pays better: sector premium × quality of
    the match × what tenure pays, which begins anew. Firms that use AI pass over some of the young, who if jobless try a
    second vacancy, some of them in a similar occupation. A job in another region is taken by those willing to move;
    firms that screen automatically reject the protected group with probability ``rejection``. With a hiring subsidy
    some of those who have been jobless for long come first, and the state pays for those of them who are hired, by the
    wage they had. ``start`` and ``listed`` are those of list_vacancies. Returns the jobs filled.
    See equations/labour_market.md, eq. 12, 12b and 12c.
    """
    status, employer, occupation = workers.status, workers.employer, workers.occupation
    region, group, match_quality = workers.region, workers.protected_group, workers.match_quality
    jobless_quarters, reference_wage = workers.jobless_quarters, workers.reference_wage
    age, unsettled, exposure = workers.age, workers.unsettled, structure.automation_exposure
    departments, pilots, scaled = firms.departments, firms.office_pilots, firms.office_scaled
    sector, sector_premium, tenure_pay = firms.sector, structure.wage_premium, labour.tenure_pay
    firm_region, stage, subsidy = firms.region, firms.ai_stage, firms.hiring_subsidy
    mobility, long_term = structure.mobility, policy_effects.long_term_quarters
    relocation_willingness, occupation_switch_willingness = (
        labour.relocation_willingness,
        labour.occupation_switch_willingness,
    )
    deviation, mismatch, subsidised = (
        labour.match_deviation,
        labour.occupation_switch_quality,
        instruments.hiring_subsidy > 0.0,
    )
    list_key, other_list_key = stream_key(seed, quarter, LISTING), stream_key(seed, quarter, OTHER_LIST)
    occupation_key, move_key = stream_key(seed, quarter, OTHER_OCCUPATION), stream_key(seed, quarter, MOVE)
    screening_key, match_key = stream_key(seed, quarter, SCREENING), stream_key(seed, quarter, MATCH_QUALITY)
    novice_key, second_novice_key = stream_key(seed, quarter, NOVICE), stream_key(seed, quarter, SECOND_NOVICE)
    second_key, second_list_key = stream_key(seed, quarter, SECOND_TRY), stream_key(seed, quarter, SECOND_LIST)
    _shuffle(searchers, stream_key(seed, quarter, SEARCH_ORDER))
    subsidy[:] = 0.0
    if subsidised:
        chance = min(1.0, labour.hiring_response * instruments.hiring_subsidy)
        _prefer_long_term(searchers, jobless_quarters, long_term, chance, stream_key(seed, quarter, PREFERRED))
    best = np.exp(HIGHEST_NORMAL * deviation) * (1.0 - tenure_pay)  # pay of the best match that is drawn
    groups = mobility.shape[0]
    remaining = np.empty(groups, np.int64)
    for o in range(groups):
        remaining[o] = start[o + 1] - start[o]
    filled = 0
    for place in range(searchers.size):
        row = np.uint64(searchers[place])
        o = np.int64(occupation[row])
        draw = uniform(list_key, row)
        quality = 1.0
        looks = status[row] == Status.EMPLOYED
        if remaining[o] == 0:
            other = uniform(occupation_key, row)
            if looks or other >= occupation_switch_willingness:
                continue
            o = pick(mobility[o], other / occupation_switch_willingness)
            if remaining[o] == 0:
                continue
            draw = uniform(other_list_key, row)
            quality = mismatch
        position = start[o] + int(draw * remaining[o])
        firm = listed[position]
        held = 0.0
        if looks:
            old = employer[row]
            held = sector_premium[sector[old]] * match_quality[row] * (1.0 - tenure_pay * unsettled[row])
            if firm == old or sector_premium[sector[firm]] * best <= held:
                continue
        users = (pilots[firm] + scaled[firm]) / departments[firm]
        if users > 0.0 and uniform(novice_key, row) < users * pass_over_chance(labour, exposure[o], age[row]):
            if looks:
                continue
            second = uniform(second_key, row)
            if second < occupation_switch_willingness:
                similar = pick(mobility[o], second / occupation_switch_willingness)
                if remaining[similar] > 0:
                    o = similar
                    quality = 1.0 if o == occupation[row] else mismatch
            position = start[o] + int(uniform(second_list_key, row) * remaining[o])
            firm = listed[position]
            users = (pilots[firm] + scaled[firm]) / departments[firm]
            chance = users * pass_over_chance(labour, exposure[o], age[row])
            if users > 0.0 and uniform(second_novice_key, row) < chance:
                continue
        if firm_region[firm] != region[row] and uniform(move_key, row) >= relocation_willingness:
            continue
        if group[row] == 1 and stage[firm] >= AiStage.SCALED and uniform(screening_key, row) < rejection:
            continue
        quality *= np.exp(deviation * normal(match_key, row))
        if looks and sector_premium[sector[firm]] * quality * (1.0 - tenure_pay) <= held:
            continue
        remaining[o] -= 1
        listed[position] = listed[start[o] + remaining[o]]
        if subsidised and jobless_quarters[row] >= long_term:
            subsidy[firm] += reference_wage[row]
        employer[row] = firm
        status[row] = Status.EMPLOYED
        occupation[row] = o
        region[row] = firm_region[firm]
        jobless_quarters[row] = 0
        match_quality[row] = quality
        unsettled[row] = 1.0
        filled += 1
    if subsidised:
        for i in range(subsidy.size):
            subsidy[i] *= instruments.hiring_subsidy * policy_effects.subsidised_quarters
    return filled
