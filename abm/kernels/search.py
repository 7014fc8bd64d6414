"""Who searches for work: the unemployed, and those at work who look for another job."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Owner, Status
from abm.compiling.kernels import kernel, parallel_kernel, worker_chunks
from abm.kernels.benefits import benefit_of, benefit_rules
from abm.kernels.draws import STREAMS, draw_rows, stream_key, uniform
from abm.kernels.net_wages import relative_net_wage
from abm.kernels.ordering import BLOCK, join_lists, list_status

__all__ = ["gather_lookers", "gather_searchers", "search_chance"]

SEARCH, JOB_SEARCH = STREAMS["search"], STREAMS["job_search"]
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
def gather_lookers(firms, workers, structure, job_search, lookers, seed, quarter):
    """Rows of those at work who look for another job into ``lookers`` (workers,), in their order; returns their number.

    Nobody leaves a sector of own-account work in this way. See equations/labour_market.md, eq. 12c.
    """
    employer, sector, owner = workers.employer, firms.sector, structure.owner
    rows = employer.size
    chunks = worker_chunks(rows)
    key = stream_key(seed, quarter, JOB_SEARCH)
    found = np.empty(chunks, np.int64)
    for chunk in prange(chunks):
        draws = np.empty(BLOCK)
        begin = rows * chunk // chunks
        last = rows * (chunk + 1) // chunks
        number = begin
        for first in range(begin, last, BLOCK):
            end = min(first + BLOCK, last)
            draw_rows(key, first, 1, draws[: end - first])
            kept = number
            for row in range(first, end):  # no branch, since none could be foreseen
                lookers[number] = row
                number += draws[row - first] < job_search
            drawn = number
            number = kept
            for place in range(kept, drawn):
                row = lookers[place]
                lookers[number] = row
                number += employer[row] >= 0 and owner[sector[employer[row]]] != Owner.OWN_WORKERS
        found[chunk] = number - begin
    return join_lists(lookers, found)
