"""What work pays on farms and elsewhere, who leaves the farm, and who goes back to it."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Owner, Status
from abm.compiling.kernels import firm_chunks, kernel, parallel_kernel, worker_chunks
from abm.kernels.draws import STREAMS, stream_key, uniform
from abm.kernels.ordering import BLOCK, list_status
from abm.kernels.retraining import way_out

__all__ = [
    "claim_land", "earnings_outside", "farm_incomes", "farms", "hands_needed", "leave_farms", "occupation_of_farmers",
    "return_to_farms",
]  # fmt: skip

MIGRATION, MIGRANT_OCCUPATION = STREAMS["migration"], STREAMS["migrant_occupation"]
LAND, FARM_RETURN, RETURN_FARM = STREAMS["land"], STREAMS["farm_return"], STREAMS["return_farm"]


@kernel
def farms(structure):
    """Rows of the firms that belong to their own workers: the first, and the one after the last.

    Their sectors follow each other, as the tables have to have it.
    """
    sector = 0
    while structure.owner[sector] != Owner.OWN_WORKERS:
        sector += 1
    last = sector
    while last < structure.owner.size and structure.owner[last] == Owner.OWN_WORKERS:
        last += 1
    return structure.sector_start[sector], structure.sector_start[last]


@kernel
def occupation_of_farmers(structure):
    """The occupation of most of them."""
    sector = 0
    while structure.owner[sector] != Owner.OWN_WORKERS:
        sector += 1
    most = 0
    for o in range(structure.staffing.shape[1]):
        if structure.staffing[sector, o] > structure.staffing[sector, most]:
            most = o
    return most


@kernel
def earnings_outside(firms, structure):
    """Mean wage outside agriculture less contributions, thousand yuan a quarter."""
    first, last = farms(structure)
    payroll = 0.0
    heads = 0
    for i in range(firms.payroll.size):
        if i < first or i >= last:
            payroll += firms.payroll[i]
            heads += firms.headcount[i]
    return (1.0 - structure.employee_rate) * payroll / heads


@kernel
def farm_incomes(firms, structure):
    """(farms,) wage less contributions and mixed income per head, thousand yuan a quarter; 0 where nobody works."""
    first, last = farms(structure)
    incomes = np.empty(last - first)
    for i in range(first, last):
        earned = (1.0 - structure.employee_rate) * firms.payroll[i] + firms.dividends[i]
        incomes[i - first] = earned / firms.headcount[i] if firms.headcount[i] > 0 else 0.0
    return incomes


@kernel
def hands_needed(firms, i):
    """Part of a farm's labour that it has work for, at most 1; 1 where nobody works."""
    units = firms.efficiency_units[i]
    return min(firms.labour_demand[i] / units, 1.0) if units > 0.0 else 1.0


@parallel_kernel
def leave_farms(firms, workers, occupations, structure, macro, structural_change, staff, seed, quarter):
    """Farmers leave with the hazard of their farm, lower the older they are; returns how many.

    The hazard at age 20 is migration_response × what the expected log gain exceeds migration_cost by. Expected are
    earnings outside times the chance of a job, given up is the income of the farm as far as it has work. Who leaves and
    was a farm worker looks for work in an occupation that is drawn (way_out), and all of them keep their claim to land.
    See equations/labour_market.md, eq. 8a.
    """
    employer, status, occupation, age = workers.employer, workers.status, workers.occupation, workers.age
    land_claim = workers.land_claim
    order, start, ageing = staff.order, staff.start, structural_change.migration_ageing
    first, last = farms(structure)
    farming = occupation_of_farmers(structure)
    given_up = farm_incomes(firms, structure)
    mean = 0.0
    for place in range(given_up.size):
        given_up[place] *= hands_needed(firms, first + place)
        mean += given_up[place]
    mean /= given_up.size
    expected = (1.0 - macro[0].unemployment_rate) * earnings_outside(firms, structure)
    leaving_key, occupation_key = stream_key(seed, quarter, MIGRATION), stream_key(seed, quarter, MIGRANT_OCCUPATION)
    rows = last - first
    chunks = firm_chunks(rows)
    left = np.empty(chunks, np.int64)
    for chunk in prange(chunks):
        gone = 0
        begin, end = first + rows * chunk // chunks, first + rows * (chunk + 1) // chunks
        draws = np.empty(start[end] - start[begin])
        for place in range(draws.size):
            draws[place] = uniform(leaving_key, order[start[begin] + place])
        for i in range(begin, end):
            gain = np.log(expected / max(given_up[i - first], structural_change.least_farm_income * mean))
            hazard = structural_change.migration_response * max(0.0, gain - structural_change.migration_cost)
            for place in range(start[i], start[i + 1]):
                row = np.uint64(order[place])
                draw = draws[place - start[begin]]
                # The exponential lowers the hazard, so few have to be asked for their age.
                if draw < hazard and employer[row] == i:
                    years = np.float64(age[row]) - 20.0
                    if draw < hazard * np.exp(-ageing * years):
                        employer[row] = -1
                        status[row] = Status.UNEMPLOYED
                        land_claim[row] = 1
                        if occupation[row] == farming:
                            occupation[row] = way_out(farming, uniform(occupation_key, row), structure, occupations)
                        gone += 1
        left[chunk] = gone
    gone = 0
    for chunk in range(chunks):
        gone += left[chunk]
    return gone


@kernel
def claim_land(workers, structural_change, rows, seed, quarter):
    """Whether those in ``rows`` have a claim to farmland, by chance: more of those outside the employees' insurance.

    See equations/labour_market.md, eq. 8b.
    """
    insured, land_claim = workers.insured, workers.land_claim
    key = stream_key(seed, quarter, LAND)
    for place in range(rows.size):
        row = rows[place]
        chance = structural_change.land_of_insured if insured[row] else structural_change.land_of_others
        land_claim[row] = uniform(key, row) < chance


@parallel_kernel
def return_to_farms(firms, workers, structure, structural_change, seed, quarter):
    """The unemployed who go back to the land to which they have a claim; returns how many.

    Who has been without a job for ``return_wait`` quarters goes back with chance ``return_hazard``, to a farm drawn by
    the labour that farms have work for. The income of the farm is then shared among more heads.
    See equations/labour_market.md, eq. 8b.
    """
    status, employer, occupation, region = workers.status, workers.employer, workers.occupation, workers.region
    jobless_quarters, land_claim = workers.jobless_quarters, workers.land_claim
    match_quality, unsettled = workers.match_quality, workers.unsettled
    hazard, wait, firm_region = structural_change.return_hazard, structural_change.return_wait, firms.region
    first, last = farms(structure)
    farming = occupation_of_farmers(structure)
    work = np.cumsum(firms.labour_demand[first:last])
    hazard *= work[-1] > 0.0
    return_key, farm_key = stream_key(seed, quarter, FARM_RETURN), stream_key(seed, quarter, RETURN_FARM)
    rows = status.size
    chunks = worker_chunks(rows)
    came = np.empty(chunks, np.int64)
    for chunk in prange(chunks):
        unemployed = np.empty(BLOCK, np.int64)
        back = 0
        end = rows * (chunk + 1) // chunks
        for begin in range(rows * chunk // chunks, end, BLOCK):
            found = list_status(status, Status.UNEMPLOYED, begin, min(begin + BLOCK, end), unemployed)
            for place in range(found):
                row = np.uint64(unemployed[place])
                candidate = (land_claim[row] != 0) & (jobless_quarters[row] >= wait)
                if candidate and uniform(return_key, row) < hazard:
                    drawn = np.searchsorted(work, uniform(farm_key, row) * work[-1], side="right")
                    farm = first + min(drawn, last - first - 1)
                    employer[row] = farm
                    status[row] = Status.EMPLOYED
                    occupation[row] = farming
                    region[row] = firm_region[farm]
                    jobless_quarters[row] = 0
                    match_quality[row] = 1.0
                    unsettled[row] = 1.0
                    back += 1
        came[chunk] = back
    back = 0
    for chunk in range(chunks):
        back += came[chunk]
    return back
