"""China's path, which no survey shows: scenarios of the fit over the opening economy's firms, and what they cost."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import NamedTuple

import numpy as np

from abm.arrays import Floats, Matrix
from abm.data import load_tables
from abm.economics.adoption import (
    FIRST_YEAR,
    AdoptionRules,
    Departments,
    Uses,
    department_path,
    firms_using,
    in_reach,
    quarter_of,
)
from abm.experiments.adoption_fit.record import heads_between, record
from abm.experiments.adoption_fit.uses import ECONOMY
from abm.parameters import ArtificialIntelligence, OfficeAi, Parameters, ProcessAi
from abm.population.targets import open_economy

__all__ = [
    "PLAN", "PROMPTED", "AdoptionSpending", "ChineseFirms", "chinese_firms", "chinese_share", "cost_level",
    "official_plan", "payback_years", "scenarios", "spending",
]  # fmt: skip

PROMPTED = 2025.5  # the quarter of the plan "AI plus", August 2025
PLAN = {2028.0: 0.7, 2030.75: 0.9}  # above 70 % by 2027 and 90 % by 2030, of terminals and agents: another concept
LARGEST = 20_000.0  # heads
OFFICE, PROCESS, COST_FALL = OfficeAi(), ProcessAi(), ArtificialIntelligence().cost_fall  # as the model has them


@dataclass(frozen=True, eq=False)
class ChineseFirms:
    """(sectors, sizes) ``heads`` that stand for a sector's firms, (sectors,) share of all firms."""

    heads: Matrix
    share: Floats


class AdoptionSpending(NamedTuple):
    """Shares of a year's GDP: integration of office AI at a pilot cost of one year's pay, its running, process AI."""

    integration: float
    running: float
    process: float

    def total(self, pilot_cost: float) -> float:
        """At a cost of a pilot in annual pay of the department."""
        return self.integration * pilot_cost + self.running + self.process


@cache
def chinese_firms() -> ChineseFirms:
    """The opening's law of firm sizes: one Pareto tail, least sizes in proportion to each sector's mean firm."""
    parameters, tables = Parameters(), load_tables(economy=ECONOMY)
    staff, relative = open_economy(parameters, tables).employment, tables.mean_firm_size
    least = np.maximum(parameters.firms.least_staff * relative * staff.sum() / (relative * staff).sum(), 1.0)
    heads = np.stack([heads_between(low, LARGEST, 400) for low in least])
    firms = staff / heads.mean(axis=1)
    return ChineseFirms(heads, firms / firms.sum())


def chinese_share(adoption: AdoptionRules, departments: Floats, least: float = 0.0) -> float:
    """Share of China's firms of at least so many heads that use AI, from the shares of departments by sector."""
    firms = chinese_firms()
    weight = (firms.heads >= least) * firms.share[:, None]
    return float((weight * firms_using(adoption, firms.heads, departments[:, None])).sum() / weight.sum())


def scenarios(fitted: AdoptionRules, uses: Uses, last: float = 2031.0) -> dict[str, tuple[AdoptionRules, Departments]]:
    """The assumptions of each scenario and its shares of departments."""
    settings = {
        "china": replace(fitted, departments_elasticity=0.35, process_constant=fitted.process_constant + 1),
        "diffusion_eu": fitted,
    }
    found = {name: (one, department_path(one, uses, last)) for name, one in settings.items()}
    prompted, path, _ = official_plan(settings["china"], uses, last)
    return found | {"official_plan": (prompted, path)}


def official_plan(china: AdoptionRules, uses: Uses, last: float = 2031.0) -> tuple[AdoptionRules, Departments, float]:
    """What it takes for firms of ten heads and more to use AI as the plan wants of terminals and agents.

    From the plan on departments consider AI three times as often, fail and give up less, and are keener by some log
    odds, which are found here. Returns the assumptions from then on, the path and the log odds.
    """
    before = department_path(china, uses, last)
    prompted = replace(china, evaluation=0.3, pilot_failure=0.25, abandonment=0.005)
    low, high = 0.0, 12.0
    for _ in range(30):
        middle = (low + high) / 2
        if _reached(prompted, _after(china, prompted, uses, before, middle, last)):
            high = middle
        else:
            low = middle
    return prompted, _after(china, prompted, uses, before, high, last), high


def _reached(adoption: AdoptionRules, path: Departments) -> bool:
    return all(
        chinese_share(adoption, path.either[quarter_of(time)], 10) >= share
        for time, share in PLAN.items()
        if quarter_of(time) < len(path.office)
    )


def _after(
    china: AdoptionRules,
    prompted: AdoptionRules,
    uses: Uses,
    before: Departments,
    keener: float,
    last: float,
) -> Departments:
    """The path that leaves another in the quarter of the plan."""
    return department_path(
        replace(prompted, office_constant=china.office_constant + keener), uses, last, begins=(before, PROMPTED)
    )


def spending(path: Departments, adoption: AdoptionRules, uses: Uses, year: int = 2025) -> AdoptionSpending:
    """What the departments of the opening economy spend in a year, at opening pay and GDP."""
    opening = open_economy(Parameters(), load_tables(economy=ECONOMY))
    pay, plant = opening.wages + opening.mixed_income, uses.plant * opening.capital  # a quarter's pay
    times = FIRST_YEAR + np.arange(len(path.office)) / 4
    price = (1 - COST_FALL) ** (4 * (times - 2024))
    kept = (1 - adoption.pilot_failure) / adoption.pilot_quarters
    scaled = kept * np.vstack([np.zeros(pay.size), path.office_pilot[:-1]])
    plants = kept * np.vstack([np.zeros(pay.size), path.process_pilot[:-1]])
    part = PROCESS.pilot_part
    integration = price * ((path.office_starts + OFFICE.scaling_cost * scaled) @ (4 * pay))
    process = ((part * path.process_starts + (1 - part) * plants) @ plant) * adoption.plant_cost
    running = OFFICE.running * (_cover(path) @ pay)
    within = (times >= year) & (times < year + 1)
    return AdoptionSpending(
        *(float(flow[within].sum() / (4 * opening.gdp)) for flow in (integration, running, process))
    )


def _cover(path: Departments) -> Matrix:
    """(quarters, sectors) part of the staff whose work is under AI."""
    cover, now = np.zeros_like(path.office), np.zeros(path.office.shape[1])
    for quarter, wanted in enumerate(OFFICE.cover_pilot * path.office_pilot + OFFICE.cover_scaled * path.office_scaled):
        now = now + OFFICE.cover_speed * (wanted - now)
        cover[quarter] = now
    return cover


def cost_level(spent: AdoptionSpending) -> dict[str, float]:
    """The cost of a pilot, in annual pay of the department, that spending on record asks for; and of .005 of GDP."""
    wanted = {one.code: one.value for one in record() if one.kind == "spending"} | {"middle": 0.005}
    return {name: (share - spent.running - spent.process) / spent.integration for name, share in wanted.items()}


def payback_years(adoption: AdoptionRules, uses: Uses, pilot_cost: float, year: float) -> float:
    """Years in which a department brought to scale earns what pilot and scaling cost, at the reliability of a year."""
    saved = float(in_reach(adoption, uses.office, np.array([year]))[0] @ uses.weight)
    return (1 + OFFICE.scaling_cost) * pilot_cost / (OFFICE.cover_scaled * (saved - OFFICE.running))
