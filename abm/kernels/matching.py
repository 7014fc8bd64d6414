"""Who searches for work, which jobs are on offer, and who takes which."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import AiStage, Owner, Status
from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel, worker_chunks
from abm.kernels.benefits import benefit_of, benefit_rules
from abm.kernels.draws import STREAMS, normal, pick, stream_key, uniform
from abm.kernels.net_wages import relative_net_wage
from abm.kernels.ordering import BLOCK, join_lists, list_status

__all__ = [
    "change_jobs", "gather_lookers", "gather_searchers", "list_vacancies", "match_searchers", "pass_over_chance",
    "search_chance",
]  # fmt: skip

SEARCH, REACH, SEARCH_ORDER = STREAMS["search"], STREAMS["reach"], STREAMS["search_order"]
LISTING, OTHER_LIST, OTHER_OCCUPATION = STREAMS["listing"], STREAMS["other_list"], STREAMS["other_occupation"]
MOVE, SCREENING, MATCH_QUALITY = STREAMS["move"], STREAMS["screening"], STREAMS["match_quality"]
PREFERRED = STREAMS["preferred"]
NOVICE, SECOND_NOVICE = STREAMS["novice"], STREAMS["second_novice"]
SECOND_TRY, SECOND_LIST = STREAMS["second_try"], STREAMS["second_list"]
JOB_SEARCH, JOB_ORDER, JOB_LIST = STREAMS["job_search"], STREAMS["job_order"], STREAMS["job_list"]
JOB_MOVE, JOB_NOVICE, JOB_QUALITY = STREAMS["job_move"], STREAMS["job_novice"], STREAMS["job_quality"]
LEAST_REPLACEMENT = 1e-3


@kernel
def search_chance(received, reference_wage, search_share, norm, elasticity):
    """The chance that somebody unemployed searches effectively in a quarter.

    search_share × (norm / replacement)^elasticity, at most 1, where replacement is what there is without work over the
    last wage. An elasticity of the hazard is one of the duration with the sign changed (Chetty 2008; Schmieder and von
    Wachter 2016).
    """
    replacement = max(received / max(reference_wage, 1e-9), LEAST_REPLACEMENT)
    return min(1.0, search_share * (norm / replacement) ** elasticity)


@parallel_kernel
def gather_searchers(workers, macro, instruments, labour, household_rules, wage_taxes, searchers, seed, quarter):
    """Rows of the unemployed who search this quarter into ``searchers`` (workers,), in their order.

    Without work there is the benefit or assistance, and the part of a basic income that acts like it; with work there
    is the last wage, which ``search_net_wage`` corrects for what its taxes leave against those of the opening. Returns
    their number and the chances of all unemployed together. See equations/labour_market.md, eq. 12a.
    """
    status, insured, age, jobless = workers.status, workers.insured, workers.age, workers.jobless_quarters
    reference_wage = workers.reference_wage
    share, norm, elasticity = labour.search_share, labour.search_norm, labour.search_elasticity
    net_wage = labour.search_net_wage
    rate, take_up, years, longest = benefit_rules(household_rules, instruments)
    assistance = household_rules.assistance * macro[0].mean_wage
    windfall = labour.liquidity_effect * instruments.basic_income * macro[0].mean_wage
    rows = status.size
    chunks = worker_chunks(rows)
    key = stream_key(seed, quarter, SEARCH)
    found = np.empty(chunks, np.int64)
    chances = np.empty(chunks)
    for chunk in prange(chunks):
        unemployed = np.empty(BLOCK, np.int64)
        begin = rows * chunk // chunks
        last = rows * (chunk + 1) // chunks
        number = 0
        together = 0.0
        for first in range(begin, last, BLOCK):
            for place in range(list_status(status, Status.UNEMPLOYED, first, min(first + BLOCK, last), unemployed)):
                row = np.uint64(unemployed[place])
                benefit = benefit_of(
                    quarter, row, insured[row], np.int64(jobless[row]), age[row], reference_wage[row], rate, take_up,
                    years, longest,
                )  # fmt: skip
                received = max(benefit, assistance) + windfall
                left = 1.0 + net_wage * (relative_net_wage(reference_wage[row], wage_taxes) - 1.0)
                chance = search_chance(received, left * reference_wage[row], share, norm, elasticity)
                together += chance
                searchers[begin + number] = row
                number += uniform(key, row) < chance
        found[chunk] = number
        chances[chunk] = together
    together = 0.0
    for chunk in range(chunks):
        together += chances[chunk]
    return join_lists(searchers, found), together


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
    """The chance that a firm that uses AI passes over an applicant, for whom AI does what novices do.

    novice × automation exposure of the job × exp(−(age − novice_age) / novice_years); at or above 1 it is certain.
    See equations/labour_market.md, eq. 12b.
    """
    return labour.novice * exposure * np.exp((labour.novice_age - age) / labour.novice_years)


@kernel
def match_searchers(
    firms, workers, structure, labour, instruments, policy_effects, rejection, searchers, start, listed, seed, quarter
):  # fmt: skip
    """Searchers in random order each try one vacancy of their occupation, or of a similar one where there is none.

    Firms that use AI pass over some of the young, who try a second vacancy, of a similar occupation if they are willing
    to change. A job in another region is taken by those willing to move; firms that screen automatically reject the
    protected group with probability ``rejection``. With a hiring subsidy some of those who have been jobless for long
    come first, and the state pays for those of them who are hired, by the wage they had. ``start`` and ``listed`` are
    those of list_vacancies. Returns the jobs filled and those left by occupation, which stand first in each list.
    See equations/labour_market.md, eq. 12 and 12b.
    """
    status, employer, occupation = workers.status, workers.employer, workers.occupation
    region, group, match_quality = workers.region, workers.protected_group, workers.match_quality
    jobless_quarters, reference_wage = workers.jobless_quarters, workers.reference_wage
    age, unsettled, ai_use, exposure = workers.age, workers.unsettled, firms.ai_use, structure.automation_exposure
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
        if remaining[o] == 0:
            other = uniform(occupation_key, row)
            if other >= occupation_switch_willingness:
                continue
            o = pick(mobility[o], other / occupation_switch_willingness)
            if remaining[o] == 0:
                continue
            draw = uniform(other_list_key, row)
            quality = mismatch
        position = start[o] + int(draw * remaining[o])
        firm = listed[position]
        if ai_use[firm] > 0.0 and uniform(novice_key, row) < pass_over_chance(labour, exposure[o], age[row]):
            second = uniform(second_key, row)
            if second < occupation_switch_willingness:
                similar = pick(mobility[o], second / occupation_switch_willingness)
                if remaining[similar] > 0:
                    o = similar
                    quality = 1.0 if o == occupation[row] else mismatch
            position = start[o] + int(uniform(second_list_key, row) * remaining[o])
            firm = listed[position]
            if ai_use[firm] > 0.0 and uniform(second_novice_key, row) < pass_over_chance(labour, exposure[o], age[row]):
                continue
        if firm_region[firm] != region[row] and uniform(move_key, row) >= relocation_willingness:
            continue
        if group[row] == 1 and stage[firm] >= AiStage.SCALED and uniform(screening_key, row) < rejection:
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
        match_quality[row] = np.exp(deviation * normal(match_key, row)) * quality
        unsettled[row] = 1.0
        filled += 1
    if subsidised:
        for i in range(subsidy.size):
            subsidy[i] *= instruments.hiring_subsidy * policy_effects.subsidised_quarters
    return filled, remaining


@parallel_kernel
def gather_lookers(workers, job_search, lookers, seed, quarter):
    """Rows of those at work who look for another job into ``lookers`` (workers,), in their order; returns their number.

    Who has been hired this quarter has had no wage yet and does not look.
    """
    status, wage = workers.status, workers.wage
    rows = status.size
    chunks = worker_chunks(rows)
    key = stream_key(seed, quarter, JOB_SEARCH)
    found = np.empty(chunks, np.int64)
    for chunk in prange(chunks):
        begin = np.uint64(rows * chunk // chunks)
        number = begin
        for row in range(begin, np.uint64(rows * (chunk + 1) // chunks)):
            if uniform(key, row) < job_search and status[row] == Status.EMPLOYED and wage[row] > 0.0:
                lookers[number] = row
                number += np.uint64(1)
        found[chunk] = number - begin
    return join_lists(lookers, found)


@kernel
def change_jobs(firms, workers, structure, labour, lookers, start, listed, remaining, seed, quarter):
    """Those who look in random order each try a vacancy of their occupation that no searcher took; returns the moves.

    They change if it pays better: sector premium × quality of the match × what tenure pays, which begins anew. Nobody
    leaves a sector of own-account work so. The rules on regions and on novices are those for searchers. See
    equations/labour_market.md, eq. 12c.
    """
    employer, occupation, region, age = workers.employer, workers.occupation, workers.region, workers.age
    match_quality, unsettled = workers.match_quality, workers.unsettled
    sector, firm_region, ai_use = firms.sector, firms.region, firms.ai_use
    premium, owner, exposure = structure.wage_premium, structure.owner, structure.automation_exposure
    deviation, tenure_pay = labour.match_deviation, labour.tenure_pay
    list_key, move_key = stream_key(seed, quarter, JOB_LIST), stream_key(seed, quarter, JOB_MOVE)
    novice_key, quality_key = stream_key(seed, quarter, JOB_NOVICE), stream_key(seed, quarter, JOB_QUALITY)
    _shuffle(lookers, stream_key(seed, quarter, JOB_ORDER))
    moves = 0
    for place in range(lookers.size):
        row = np.uint64(lookers[place])
        o = np.int64(occupation[row])
        old = employer[row]
        if remaining[o] == 0 or owner[sector[old]] == Owner.OWN_WORKERS:
            continue
        position = start[o] + int(uniform(list_key, row) * remaining[o])
        firm = listed[position]
        if firm == old or (firm_region[firm] != region[row] and uniform(move_key, row) >= labour.relocation_willingness):
            continue
        if ai_use[firm] > 0.0 and uniform(novice_key, row) < pass_over_chance(labour, exposure[o], age[row]):
            continue
        quality = np.exp(deviation * normal(quality_key, row))
        paid = premium[sector[old]] * match_quality[row] * (1.0 - tenure_pay * unsettled[row])
        if premium[sector[firm]] * quality * (1.0 - tenure_pay) <= paid:
            continue
        remaining[o] -= 1
        listed[position] = listed[start[o] + remaining[o]]
        employer[row] = firm
        region[row] = firm_region[firm]
        match_quality[row] = quality
        unsettled[row] = 1.0
        moves += 1
    return moves
