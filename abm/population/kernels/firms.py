"""Loops that fill the arrays of the opening economy."""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.codes import Status
from abm.compiling.kernels import kernel, parallel_kernel, worker_chunks
from abm.kernels.adoption import assistance_of
from abm.kernels.departments import department_count, drawn_number
from abm.kernels.draws import STREAMS, normal, stream_key, uniform
from abm.kernels.production import labour_needed
from abm.kernels.technology import capability

__all__ = [
    "draw_departments", "draw_normals", "draw_occupations", "draw_uniforms", "fill_assistance", "fill_capabilities",
    "fill_jobless", "fill_labour_factors", "fill_reference_wages",
    "pay_first_wages", "place_staff", "place_values", "share_out", "tally_staff", "tally_units",
]  # fmt: skip

DEPARTMENTS = STREAMS["departments"]


@kernel
def draw_uniforms(seed, stream, first, out):
    """Numbers in [0, 1) for the ids from ``first`` on into ``out``, as of quarter 0."""
    key = stream_key(seed, 0, stream)
    for row in range(out.size):
        out[row] = uniform(key, first + row)


@kernel
def draw_normals(seed, stream, first, out):
    """Standard normal numbers for the ids from ``first`` on into ``out``, as of quarter 0."""
    key = stream_key(seed, 0, stream)
    for row in range(out.size):
        out[row] = normal(key, first + row)


@kernel
def place_staff(firms, workers, sector):
    """Employer and region of everybody employed, who lie in the order of the firms; ``sector`` (employed,) too."""
    headcount, firm_region, firm_sector = firms.headcount, firms.region, firms.sector
    employer, region = workers.employer, workers.region
    row = 0
    for firm in range(headcount.size):
        for _ in range(headcount[firm]):
            employer[row] = firm
            region[row] = firm_region[firm]
            sector[row] = firm_sector[firm]
            row += 1


@kernel
def draw_occupations(seed, stream, sector, cumulated, workers):
    """Occupations of the employed, drawn from ``cumulated`` (sectors, occupations), the staffing added up."""
    occupation = workers.occupation
    key = stream_key(seed, 0, stream)
    last = cumulated.shape[1] - 1
    for row in range(sector.size):
        drawn = uniform(key, row)
        shares = cumulated[sector[row]]
        found = 0
        for place in range(last):  # counted, not searched: which one it is, no branch could foresee
            found += shares[place] <= drawn
        occupation[row] = found


@parallel_kernel
def place_values(order, values, out):
    """``out[order] = values``: the values in the order of the rows that ``order`` (rows,) lists."""
    rows = order.size
    chunks = worker_chunks(rows)
    for chunk in prange(chunks):
        for place in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            out[order[place]] = values[place]


@kernel
def fill_jobless(employed, donor, spell, mean_spell, workers):
    """Adults without a job, from row ``employed`` on: a past like that of a random employed donor.

    ``donor`` and ``spell`` (adults without a job,) are uniform numbers, ``mean_spell`` is in quarters. Who lost the job
    in the quarter that ends has been without one for 0 quarters.
    """
    occupation, status, jobless_quarters = workers.occupation, workers.status, workers.jobless_quarters
    for place in range(donor.size):
        row = employed + place
        occupation[row] = occupation[int(donor[place] * employed)]
        if status[row] == Status.UNEMPLOYED:
            jobless_quarters[row] = int(-np.log(1.0 - spell[place]) * mean_spell)


@kernel
def pay_first_wages(sector, mean_wage, bill, tenure_pay, workers, structure):
    """Wages of the employed; the premium of a sector is what its ``bill`` (sectors,) leaves for who works there."""
    occupation, efficiency, match_quality = workers.occupation, workers.efficiency, workers.match_quality
    wage, premium, occupation_premium = workers.wage, structure.wage_premium, structure.occupation_premium
    unsettled = workers.unsettled
    for number in range(bill.size):
        premium[number] = 0.0
    for row in range(sector.size):
        pay = mean_wage * occupation_premium[occupation[row]] * efficiency[row] * match_quality[row]
        pay *= 1.0 - tenure_pay * np.float64(unsettled[row])
        wage[row] = pay
        premium[sector[row]] += pay
    for number in range(bill.size):
        premium[number] = bill[number] / premium[number]
    for row in range(sector.size):
        wage[row] *= premium[sector[row]]


@kernel
def fill_reference_wages(employed, donor, workers):
    """The wage to which everybody is used: the own one, without a job the donor's, of whom ``donor`` is uniform."""
    wage, reference_wage = workers.wage, workers.reference_wage
    for row in range(employed):
        reference_wage[row] = wage[row]
    for place in range(donor.size):
        reference_wage[employed + place] = wage[int(donor[place] * employed)]


@kernel
def tally_staff(firms, workers):
    """Literate share and payroll of every firm; the staff lies in the order of the firms."""
    headcount, literate_share, payroll = firms.headcount, firms.literate_share, firms.payroll
    literate, wage = workers.ai_literate, workers.wage
    row = 0
    for firm in range(headcount.size):
        able = 0.0
        paid = 0.0
        for _ in range(headcount[firm]):
            able += literate[row]
            paid += wage[row]
            row += 1
        literate_share[firm] = able / headcount[firm]
        payroll[firm] = paid


@kernel
def tally_units(firms, workers, structure, abilities):
    """Efficiency units of every firm, augmentation by AI included; the staff lies in the order of the firms."""
    headcount, assistance, efficiency_units = firms.headcount, firms.assistance, firms.efficiency_units
    occupation, efficiency, literate = workers.occupation, workers.efficiency, workers.ai_literate
    sector, help_of_ai, premium = firms.sector, abilities.augmented, structure.occupation_premium
    row = 0
    for firm in range(headcount.size):
        units = 0.0
        for _ in range(headcount[firm]):
            lift = assistance[firm] * help_of_ai[sector[firm], occupation[row]] * literate[row]
            units += premium[occupation[row]] * efficiency[row] * (1.0 + lift)
            row += 1
        efficiency_units[firm] = units


@kernel
def fill_capabilities(data, compute, algorithm, literate_share, artificial_intelligence, out):
    """Capability of every firm into ``out``; data, compute and literate share are (firms,)."""
    for i in range(out.size):
        out[i] = capability(data[i], compute[i], algorithm, literate_share[i], artificial_intelligence)


@kernel
def fill_assistance(use, cover, literate_share, out):
    """Use of office AI by the literate staff of every firm into ``out``; all are (firms,)."""
    for i in range(out.size):
        out[i] = assistance_of(use[i], cover[i], literate_share[i])


@kernel
def draw_departments(firms, seed, lots, office_pilots, office_scaled, process_pilots, process_scaled, adoption):
    """Departments of every firm and how many of them use AI, from the expected parts by sector.

    ``lots`` (4, firms) are numbers in [0, 1).
    """
    sector, headcount, departments = firms.sector, firms.headcount, firms.departments
    key = stream_key(seed, 0, DEPARTMENTS)
    for i in range(sector.size):
        s = sector[i]
        parts = department_count(headcount[i], uniform(key, i), adoption)
        departments[i] = parts
        scaled = drawn_number(parts, office_scaled[s], lots[0, i])
        firms.office_scaled[i] = scaled
        firms.office_pilots[i] = drawn_number(parts - scaled, office_pilots[s] / (1.0 - office_scaled[s]), lots[1, i])
        scaled = drawn_number(parts, process_scaled[s], lots[2, i])
        firms.process_scaled[i] = scaled
        firms.process_pilots[i] = drawn_number(
            parts - scaled, process_pilots[s] / (1.0 - process_scaled[s]), lots[3, i]
        )


@kernel
def scale_to_total(weights, total, least, most):
    """The scale at which the weights, each kept between ``least`` and ``most``, add up to ``total``."""
    smallest = weights[0]
    together = 0.0
    for weight in weights:
        smallest = min(smallest, weight)
        together += weight
    low = 0.0
    high = max(2.0 * total / smallest, 2.0 * total / together)
    scale = total / together
    for _ in range(80):
        parts = 0.0
        for weight in weights:
            parts += min(max(scale * weight, least), most)
        if abs(parts - total) <= 1e-9 * total:
            break
        if parts < total:
            low = scale
        else:
            high = scale
        scale = 0.5 * (low + high)
    return scale


@kernel
def share_out(weights, total, least, most, parts, shortfall):
    """Whole ``parts`` (rows,) int64 of ``total`` in proportion to the weights, rounded down; returns what is left over.

    ``shortfall`` (rows,) is the part of its claim that each did not get, as a negative number; one for those who can
    have no more.
    """
    scale = scale_to_total(weights, total, least, most)
    missing = total
    for row in range(weights.size):
        claim = min(max(scale * weights[row], least), most)
        parts[row] = int(np.floor(claim))
        shortfall[row] = parts[row] - claim if parts[row] < most else 1.0
        missing -= parts[row]
    return missing


@kernel
def fill_labour_factors(firms, structure, capital, substitution):
    """Labour per unit of output of every firm against that with the usual capital, of which it has ``capital``."""
    sector, labour_factor, capital_share = firms.sector, firms.labour_factor, structure.capital_share
    for i in range(sector.size):
        labour_factor[i] = labour_needed(capital[i], capital_share[sector[i]], substitution)
