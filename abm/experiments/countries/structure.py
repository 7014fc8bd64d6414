"""What two economies are at the opening, in figures without a currency: what may explain that effects differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from abm.data import Tables, load_tables
from abm.experiments.countries.abroad import exchange_rate
from abm.languages import said
from abm.parameters import Parameters, with_overrides
from abm.scenarios.opening_year import vintage_assumptions
from abm.sectors import BRANCHES

__all__ = ["StructuralFact", "facts_of"]

OLD = 60  # years of age
DOLLARS = "usa"  # whose currency amounts are shown in


class StructuralFact(NamedTuple):
    """A figure of each economy; ``decimals`` are those worth showing."""

    title: str
    unit: str
    values: tuple[float, ...]
    decimals: int


def facts_of(economies: Sequence[str], year: int) -> list[StructuralFact]:
    """The facts of each economy in the order given."""
    found = [_facts(name, year) for name in economies]
    return [
        StructuralFact(title, unit, tuple(float(one[title][1]) for one in found), decimals)
        for title, (unit, _, decimals) in found[0].items()
    ]


def _facts(economy: str, year: int) -> dict[str, tuple[str, float, int]]:
    """{title: (unit, value, decimals)}."""
    tables = load_tables(year, economy)
    rules = with_overrides(Parameters(), vintage_assumptions({}, economy))
    macro, rate = tables.macro, exchange_rate(economy, DOLLARS, year)
    jobs = tables.employment_thousand / tables.employment_thousand.sum()
    work = jobs @ tables.staffing
    old = tables.age_adults[tables.age_group >= OLD].sum() / tables.age_adults.sum()
    gdp = macro["nominal_gdp_trn"] * 1000 * rate  # bn dollars
    facts: dict[str, tuple[str, float, int]] = {
        said("CO2 per GDP"): (said("kg per dollar"), macro["co2_total_mt"] / gdp, 2),
        said("electricity per GDP"): (said("kWh per dollar"), macro["electricity_twh"] / gdp, 2),
        said("CO2 of electricity"): (said("kg per kWh"), macro["grid_emission_factor_kg_per_kwh"], 2),
        said("power generation in all emissions"): (said("per cent"), 100 * _power_share(macro), 0),
        said("cheapest fuel"): (said("dollars per tonne of CO2"), rules.energy.coal_price * rate, 0),
        said("price of electricity"): (said("dollars per MWh"), rules.energy.power_price * rate, 0),
    }
    titles = (said("jobs in farming"), said("jobs in industry"), said("jobs in services"))
    for branch, title in zip(BRANCHES, titles, strict=True):
        share = jobs[tables.branch == BRANCHES.index(branch)].sum()
        facts[title] = (said("per cent"), 100 * float(share), 1)
    facts |= _people(tables, work, float(old))
    facts[said("unemployed with a benefit")] = (said("per cent"), 100 * rules.households.benefit_take_up, 0)
    facts[said("public debt")] = (said("per cent of GDP"), 100 * macro["public_debt_ratio"], 0)
    return facts


def _power_share(macro: Mapping[str, float]) -> float:
    """Emissions of the grid over all emissions of the opening year."""
    return macro["electricity_twh"] * macro["grid_emission_factor_kg_per_kwh"] / macro["co2_total_mt"]


def _people(tables: Tables, work: np.ndarray, old: float) -> dict[str, tuple[str, float, int]]:
    pay = tables.compensation.sum() / tables.value_added.sum()
    return {
        said("exposure of jobs to automation by AI"): (
            said("per cent of tasks"), 100 * float(work @ tables.occupation_automation_exposure), 1
        ),
        said("adults of 60 years and more"): (said("per cent"), 100 * old, 1),
        said("wages and salaries"): (said("per cent of value added"), 100 * float(pay), 1),
    }  # fmt: skip
