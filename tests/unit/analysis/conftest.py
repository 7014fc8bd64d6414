"""Invented results with the shape of real ones: numbers that are known, drawn without the model."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache

import numpy as np
import pandas as pd
import pytest


@cache
def units():
    """{outcome: unit} as the outcomes declare them; a name of no outcome is a fraction."""
    from abm import OUTCOMES

    return {outcome.name: outcome.unit for outcome in OUTCOMES}


@dataclass
class FakeResults:
    """What analysis uses of a Results."""

    scenario: str
    series: pd.DataFrame
    groups: dict[str, pd.DataFrame]
    provenance: dict = field(default_factory=dict)
    failures: dict = field(default_factory=dict)


def tidy(scenario, arrays, seeds, key="variable", fixed=None):
    """A tidy table from {name: (seeds, quarters + 1)}; NaN has no row."""
    parts = []
    for name, array in arrays.items():
        row, quarter = np.nonzero(np.isfinite(array))
        part = pd.DataFrame(
            {"scenario": scenario, "seed": np.asarray(seeds)[row], "quarter": quarter, "value": array[row, quarter]}
        )
        part[key] = name
        if fixed:
            part["variable"] = fixed
        part["unit"] = units().get(part["variable"].iloc[0] if len(part) else name, "fraction")
        parts.append(part)
    return pd.concat(parts, ignore_index=True)


def build_results(arrays, scenario="baseline", seeds=(1,), groups=None, workers=10_000):
    """Results-like from {variable: (seeds, quarters + 1)} and {table: {variable: {group: the same}}}."""
    tables = {}
    for table, variables in (groups or {}).items():
        parts = [tidy(scenario, of_group, seeds, "group", variable) for variable, of_group in variables.items()]
        tables[table] = pd.concat(parts, ignore_index=True)
    provenance = {"seeds": list(seeds), "workers": workers}
    return FakeResults(scenario, tidy(scenario, arrays, seeds), tables, provenance)


def invented(scenario="baseline", seeds=8, quarters=107, workers=10_000, large=True):
    """A plausible economy; the same seed has the same luck with and without AI."""
    with_ai = scenario != "no_ai"
    seeds = tuple(range(1, seeds + 1))
    time = np.arange(quarters + 1) / 4
    # Shared luck, and a little that differs because the two economies drift apart.
    luck = np.stack([_cycle(seed, quarters) + 0.3 * with_ai * _cycle(1000 + seed, quarters) for seed in seeds])
    adoption = (0.05 + 0.85 / (1 + np.exp(-(time - 11) / 3)) - 0.85 / (1 + np.exp(11 / 3))) * with_ai
    gain = 0.16 * adoption * (time / 26)
    trend = np.exp(np.cumsum(np.concatenate(([0.0], (0.044 - 0.018 * time[1:] / 26) / 4))))
    gdp = 33.7 * trend * np.exp(0.9 * luck + gain)
    deflator = np.exp(0.02 * time + 0.1 * luck)
    unemployment = 0.051 - 0.45 * luck + 0.012 * adoption
    co2 = 3075 * (gdp / gdp[0, 0]) * np.exp(-0.04 * time) * np.exp(-0.03 * gain)
    electricity = 2460 * (gdp / gdp[0, 0]) * np.exp(0.012 * time)
    ai_electricity = 25 * np.exp(0.12 * np.minimum(time, 15) + 0.04 * np.maximum(time - 15, 0)) * with_ai + 0 * luck
    flat = 0 * luck
    arrays = {
        "real_gdp": gdp,
        "nominal_gdp": gdp * deflator,
        "gdp_growth_annual": _yearly(gdp),
        "inflation_annual": _yearly(deflator),
        "labour_productivity": 46 * trend * np.exp(gain) + flat,
        "tfp_ai_contribution": 0.4 * gain + flat,
        "unemployment_rate": unemployment,
        "vacancy_rate": 0.012 + 0.05 * luck,
        "employment": 734 * (1 - unemployment) / 0.949,
        "labour_share": 0.515 - 0.03 * adoption - 0.1 * luck,
        "real_wage_mean": 23 * trend * np.exp(0.7 * gain) + flat,
        "agricultural_employment_share": 0.222 * np.exp(-0.013 * time) + 0.1 * luck,
        "farm_income_gap": 1.7 - 0.014 * time + luck,
        "farm_leavers": 3.0 * np.exp(-0.03 * time) + flat,
        "farm_returners": 4.0 + flat,
        "food_share": 0.08 * np.exp(-0.03 * time) + flat,
        "services_share": 0.57 + 0.003 * time + flat,
        "gini_disposable_income": 0.465 + 0.012 * adoption - 0.1 * luck,
        "gini_wage": 0.41 + 0.016 * adoption - 0.1 * luck,
        "gini_wealth": 0.62 + 0.02 * adoption + 0.02 * luck,
        "palma_ratio": 2.2 + 0.1 * adoption - luck,
        "top10_income_share": 0.33 + 0.01 * adoption + flat,
        "co2_emissions": co2,
        "electricity_use": electricity + ai_electricity,
        "ai_electricity": ai_electricity,
        "ai_adoption_share": adoption + (0.075 + 0.2 * luck) * with_ai,
        "ai_spending_ratio": 0.08 * adoption + flat,
        "ai_adoption_share_small": 0.85 * adoption + flat,
        "ai_adoption_share_medium": np.minimum(1.3 * adoption, 0.95) + flat,
        "ai_adoption_share_large": (np.minimum(2.2 * adoption, 0.98) + flat) if large else flat + np.nan,
        "ai_use_intensity": 0.6 * adoption + flat,
        "trainees": 3 - 20 * luck,
        "public_debt_ratio": 0.84 + 0.004 * time - 0.5 * luck,
        "government_balance_ratio": -0.045 + 0.3 * luck,
        "policy_rate": 0.02 + 0.2 * luck,
        "consumption": 0.5 * gdp * deflator * np.exp(-0.3 * luck),
        "real_consumption": 0.5 * gdp * np.exp(-0.3 * luck),
        "exports": 0.20 * gdp * deflator * np.exp(2 * luck),
        "imports": 0.18 * gdp * deflator * np.exp(1.5 * luck),
        "investment": 0.41 * gdp * deflator * np.exp(2.5 * luck),
        "government_consumption": 0.16 * gdp * deflator * np.exp(-luck),
        "firm_exit_rate": 0.003 - 0.02 * luck,
        "sfc_residual": 2e-15 + flat,
        "gdp_identity_residual": 3e-15 + flat,
    }
    for name in units():  # an outcome of which nothing is asked here
        arrays.setdefault(name, 1.0 + luck)
    return build_results(arrays, scenario, seeds, _invented_groups(arrays, adoption, time, luck), workers)


def _invented_groups(arrays, adoption, time, luck):
    from abm import GROUP_LABELS

    codes, occupations = GROUP_LABELS["sectors"], GROUP_LABELS["occupations"]
    rng = np.random.default_rng(5)
    weights = rng.uniform(0.01, 0.12, len(codes))
    drift = rng.normal(0, 0.01, len(codes))
    speed = rng.uniform(0.5, 1.1, len(codes))
    exposure = rng.uniform(-0.01, 0.03, len(occupations))
    level = rng.uniform(0.03, 0.07, len(occupations))
    sectors = range(len(codes))
    return {
        "sectors": {
            "value_added": {
                codes[s]: weights[s] * np.exp(drift[s] * (time + 30 * adoption)) * arrays["nominal_gdp"]
                for s in sectors
            },
            "employment": {codes[s]: weights[s] * np.exp(drift[s] * time) * arrays["employment"] for s in sectors},
            "ai_adoption_share": {codes[s]: np.minimum(speed[s] * adoption, 1) + 0 * luck for s in sectors},
            "co2_emissions": {
                codes[s]: arrays["co2_emissions"] * (0.4 if codes[s] == "UTL" else 0.03) for s in sectors
            },
        },
        "firm_sizes": {
            "firms": {
                name: share + 0 * arrays["ai_adoption_share"]
                for name, share in (("micro_1_9", 0.8), ("small_10_49", 0.15), ("medium_50_249", 0.05))
            },
            "ai_adoption_share": {
                "micro_1_9": 0.8 * arrays["ai_adoption_share"],
                "small_10_49": arrays["ai_adoption_share_small"],
                "medium_50_249": arrays["ai_adoption_share_medium"],
            },
        },
        "occupations": {
            "unemployment_rate": {
                name: level[o] + exposure[o] * adoption - 0.4 * luck for o, name in enumerate(occupations)
            }
        },
    }


def _cycle(seed, quarters):
    """A mean-reverting cycle that starts at zero."""
    shocks = np.random.default_rng(seed).normal(0, 0.005, quarters)
    cycle = np.zeros(quarters + 1)
    for quarter in range(quarters):
        cycle[quarter + 1] = 0.88 * cycle[quarter] + shocks[quarter]
    return cycle


def _yearly(level):
    change = np.full_like(level, np.nan)
    change[:, 4:] = level[:, 4:] / level[:, :-4] - 1
    return change


def each_quarter(values):
    """(seeds, quarters + 1) that have these values (seeds, years) in every quarter of a year."""
    return np.repeat(np.asarray(values, dtype=float), 4, axis=1)


@pytest.fixture(scope="session")
def quarterly():
    """The function each_quarter."""
    return each_quarter


@pytest.fixture(scope="session")
def results_of():
    """The function build_results."""
    return build_results


@pytest.fixture(scope="session")
def invent():
    """The function invented."""
    return invented
