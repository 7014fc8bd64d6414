"""Loops that fill the arrays of the opening economy."""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel
from abm.kernels.draws import normal, stream_key, uniform
from abm.kernels.technology import capability

__all__ = [
    "draw_normals", "draw_uniforms", "fill_adults", "fill_capabilities", "scale_to_total", "settle_households",
]  # fmt: skip


@kernel
def draw_uniforms(seed, stream, out):
    """Numbers in [0, 1) for ids 0 ... into ``out``, as of quarter 0."""
    key = stream_key(seed, 0, stream)
    for row in range(out.size):
        out[row] = uniform(key, row)


@kernel
def draw_normals(seed, stream, out):
    """Standard normal numbers for ids 0 ... into ``out``, as of quarter 0."""
    key = stream_key(seed, 0, stream)
    for row in range(out.size):
        out[row] = normal(key, row)


@kernel
def fill_adults(first, donors, occupation, reference_wage, wage, status, jobless, donor, spell):
    """Adults without a job, from row ``first`` on: a past like that of a random employed donor.

    ``donor`` and ``spell`` (rows,) are uniform numbers. Status code 1 is unemployed.
    """
    for row in range(first, occupation.size):
        other = int(donor[row] * donors)
        occupation[row] = occupation[other]
        reference_wage[row] = wage[other]
        if status[row] == 1:
            jobless[row] = 1 + int(-np.log(1.0 - spell[row]) * 2.3)


@kernel
def settle_households(
    fixed_income, wages, equity_weight, own_account, income, deposits, saving,
    shareholder_income, rents, deposit_rate, tax_needed, threshold, upper, low, high, scale, needed, deposits_total,
    growth, wealth_effect, wealth_effect_rich, wealth_scale, rounds,
):  # fmt: skip
    """Every household's stationary income, deposits and saving, by damped iteration.

    ``fixed_income`` (rows,) is wages after contributions and transfers. ``income``, ``deposits`` and ``saving`` (rows,)
    are written; ``saving`` is (1 − propensity) × income. Deposits are those that saving, less what goes into dwellings,
    keeps growing with consumption out of them. ``needed`` is spending on dwellings. Returns the level of the propensity
    that lets total saving pay for both, and the tax rate that raises ``tax_needed``.
    """
    rows = income.size
    level = 1.0
    tax_rate = 0.0
    total_saving = float(rows)
    drain = np.empty(rows)
    shape = np.empty(rows)
    part = np.empty(rows)
    for row in range(rows):
        deposits[row] = deposits_total / rows
        saving[row] = 1.0
    # Sums have loops of their own: what stands beside them is then worked on for several households at once.
    for round in range(rounds):
        for row in range(rows):
            property = (
                deposit_rate * deposits[row] + shareholder_income * equity_weight[row]
                + own_account[row] + rents * saving[row] / total_saving
            )  # fmt: skip
            taxable = wages[row] + property
            income[row] = fixed_income[row] + property
            part[row] = max(0.0, taxable - threshold) + 0.6 * max(0.0, taxable - upper)
        base = 0.0
        for row in range(rows):
            base += part[row]
        tax_rate = tax_needed / base
        for row in range(rows):
            taxable = wages[row] + income[row] - fixed_income[row]
            income[row] -= tax_rate * (max(0.0, taxable - threshold) + 0.6 * max(0.0, taxable - upper))
        total = 0.0
        for row in range(rows):
            total += income[row]
        mean = total / rows
        for row in range(rows):
            shape[row] = high + (low - high) / (1.0 + income[row] / (scale * mean))
            drain[row] = growth + wealth_effect * (
                wealth_effect_rich + (1.0 - wealth_effect_rich) / (1.0 + deposits[row] / (wealth_scale * mean))
            ) / (1.0 + growth)
        shaped = 0.0
        kept_up = 0.0  # what keeps deposits growing and replaces what is consumed out of them
        for row in range(rows):
            shaped += shape[row] * income[row]
            kept_up += drain[row] * deposits[row]
        level = (total - needed - kept_up) / shaped
        for row in range(rows):
            saving[row] = (1.0 - level * shape[row]) * income[row]
            part[row] = saving[row] / drain[row]
        total_saving = 0.0
        wanted = 0.0
        for row in range(rows):
            total_saving += saving[row]
            wanted += part[row]
        step = 0.7 if round < rounds - 1 else 1.0
        for row in range(rows):
            deposits[row] += step * (part[row] / wanted * deposits_total - deposits[row])
    return level, tax_rate


@kernel
def fill_capabilities(data, compute, algorithm, literate_share, artificial_intelligence, out):
    """Capability of every firm into ``out``; data, compute and literate share are (firms,)."""
    for i in range(out.size):
        out[i] = capability(data[i], compute[i], algorithm, literate_share[i], artificial_intelligence)


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
