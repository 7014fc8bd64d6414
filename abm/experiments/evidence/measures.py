"""Every measurement by its name: of two runs of a seed, with AI and without it, or of what needs no run.

A measurement is None where the model cannot say; shares are fractions, as everywhere.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from abm.experiments.evidence import firm_measures as firm
from abm.experiments.evidence import path_measures as path
from abm.experiments.evidence import people_measures as people
from abm.experiments.evidence import stand_alone
from abm.experiments.evidence import survey_measures as survey

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.evidence.panel import RunPanel

__all__ = ["ACROSS_SEEDS", "MEASUREMENTS", "OF_RUNS", "WITHOUT_RUNS", "measured_in", "measured_without_runs"]

OfRuns: TypeAlias = "Callable[[RunPanel, RunPanel], float | None]"


def _users_of_size(size: str, year: int, panel: RunPanel, _without: RunPanel) -> float | None:
    return firm.users_of_size(panel, size, year)


def _users_in_activity(activity: str, first: int, last: int, panel: RunPanel, _without: RunPanel) -> float | None:
    return firm.adoption_by_activity(panel, first, last).get(activity)


def _order_of_means(values: Mapping[str, FloatArray]) -> float:
    """Rank correlation of the activities by the means over all seeds of their use, 2025 to 2029."""
    means = {name: float(values[f"{name}_five_years"].mean()) for name in firm.ORDER}
    return firm.order_of(means) if np.isfinite(list(means.values())).all() else np.nan


def _of_panel(measure: Callable[..., float | None], *asked: object) -> OfRuns:
    """A measurement of the run with AI alone."""
    return lambda a, _: measure(a, *asked)


def _order_of_sizes(year: int, values: Mapping[str, FloatArray]) -> float:
    """Rank correlation of use by size, means over the seeds that have firms of a size, with a survey of the year."""
    named = {name: values[f"heads_{name}_two_years"] for name in survey.AMERICAN_ORDER[year]}
    means = {name: float(many[np.isfinite(many)].mean()) for name, many in named.items() if np.isfinite(many).any()}
    found = survey.order_of_american_sizes(means, year)
    return np.nan if found is None else found


QUARTERS = ((2024, 1), (2024, 4), (2025, 1), (2025, 2), (2025, 3), (2025, 4))  # in which surveys asked
# As American surveys ask.
OF_SURVEYS: dict[str, OfRuns] = {
    "use_2023q3": lambda a, _: a.used_before if a.opening == 2024 else None,
    **{f"use_{year}q{quarter}": _of_panel(survey.use_by_heads, "all", year, quarter) for year, quarter in QUARTERS},
    "growth_of_use_2025q2": _of_panel(survey.growth_of_use, 2025, 2),
    "jobs_with_users_2025q4": _of_panel(survey.jobs_with_users, 2025, 4),
    **{f"use_{size}_2025q3": _of_panel(survey.use_by_heads, size, 2025, 3) for size in ("1_4", "250")},
    **{f"department_{size}_2025q3": _of_panel(survey.use_by_department, size, 2025, 3) for size in ("1_4", "250")},
    **{
        f"{activity}_over_all_2024q1": _of_panel(survey.use_in_activity, activity, 2024, 1)
        for activity in ("information", "business_services", "construction", "hospitality")
    },
    **{
        f"heads_{size}_two_years": _of_panel(survey.use_of_heads, size, 2024, 2025)
        for size in survey.AMERICAN_SIZES if size != "all"
    },
    "helped_2025": _of_panel(path.helped_part, 2025),
    "young_in_exposed_change": _of_panel(people.change_in_exposed, 22, 25, False),
    "young_beside_others_change": _of_panel(people.change_in_exposed, 22, 26),
    "middle_aged_beside_others_change": _of_panel(people.change_in_exposed, 35, 50),
}  # fmt: skip
# Two runs of a seed: with AI (a), and without (n).
OF_RUNS: dict[str, OfRuns] = {
    **OF_SURVEYS,
    "large_manufacturers_2026": lambda a, _: firm.large_manufacturers(a, 2026),
    "order_of_activities": lambda a, _: firm.order_of_activities(a, 2025, 2029),
    "information_over_all": lambda a, _: firm.information_over_all(a, 2025, 2029),
    "place_of_information": lambda a, _: firm.place_of_information(a, 2025, 2029),
    "medium_over_small_2025": lambda a, _: firm.ratio_of_sizes(a, 2025),
    **{
        f"run_{size}_{year}": partial(_users_of_size, size, year) for size in firm.SIZE_CLASSES for year in (2024, 2025)
    },
    **{f"run_{activity}_2025": partial(_users_in_activity, activity, 2025, 2025) for activity in firm.ORDER},
    **{f"{activity}_five_years": partial(_users_in_activity, activity, 2025, 2029) for activity in firm.ORDER},
    "jobs_over_firms_2025": lambda a, _: firm.users_by_jobs(a, 2025),
    "users_in_processes_2025": lambda a, _: firm.users_in_processes(a, 2025),
    "fewer_jobs": lambda a, n: firm.beyond_selection(a, n, partial(firm.jobs_changed, sign=-1)),
    "more_jobs": lambda a, n: firm.beyond_selection(a, n, partial(firm.jobs_changed, sign=1)),
    "first_years_productivity": lambda a, n: firm.beyond_selection(a, n, firm.first_years_productivity),
    "time_saved_2024": lambda a, _: firm.time_saved(a, 2024),
    "young_beside_others": lambda a, n: people.employment_in_exposed(a, n, 22, 26),
    "young_in_exposed": lambda a, n: people.employment_in_exposed(a, n, 22, 25, against_rest=False),
    "middle_aged_beside_others": lambda a, n: people.employment_in_exposed(a, n, 35, 50),
    "pay_of_exposed": people.pay_of_exposed,
    "earnings_of_staff": lambda a, n: firm.beyond_selection(a, n, people.earnings_of_staff),
    "share_in_pay": lambda a, _: firm.share_in_pay(a, 2024),
    "productivity_three_years": lambda a, n: path.added_by_ai(a, n, "labour_productivity", 2026),
    "productivity_next_three_years": lambda a, n: path.added_by_ai(a, n, "labour_productivity", 2029, 2026),
    "employment_next_three_years": lambda a, n: path.added_by_ai(a, n, "employment", 2029, 2026),
    "tfp_ten_years": lambda a, _: path.added(a, "tfp_ai_contribution", 2034),
    "process_part_ten_years": lambda a, _: path.process_part(a, 2034),
    "gdp_ten_years": lambda a, n: path.added_by_ai(a, n, "real_gdp", 2034),
    "consumption_ten_years": lambda a, n: path.added_by_ai(a, n, "real_consumption", 2034),
    "co2_ten_years": lambda a, n: path.added_by_ai(a, n, "co2_emissions", 2034),
    "productivity_a_year": lambda a, n: path.yearly_gain(a, n, "labour_productivity", 2034),
    "labour_share_ten_years": lambda a, n: path.added_by_ai(a, n, "labour_share", 2034, relative=False),
    "spending_2025": lambda a, _: path.spending_on_ai(a, 2025),
    "ai_electricity_2024_to_2030": lambda a, _: path.change_in_sum(a, "ai_electricity", 2024, 2030),
    "real_gdp_2025": lambda a, _: path.real_growth(a, 2025),
    "nominal_gdp_2025": lambda a, _: path.growth(a, "nominal_gdp", 2025),
    "deflator_2025": lambda a, _: path.growth_of_prices(a, 2025),
    "consumer_prices_2025": lambda a, _: path.mean_of(a, "inflation_annual", 2025),
    "unemployment_2024": lambda a, _: path.mean_of(a, "unemployment_rate", 2024),
    "unemployment_2025": lambda a, _: path.mean_of(a, "unemployment_rate", 2025),
    "electricity_2025": lambda a, _: path.growth(a, "electricity_use", 2025),
    "co2_2025": lambda a, _: path.growth(a, "co2_emissions", 2025),
    "income_2025": lambda a, _: path.growth_of_income(a, 2025),
}
_FITTED = (
    *(f"eu_{size}_{year}" for size in firm.SIZE_CLASSES for year in (2023, 2024, 2025)),
    *(f"eu_{activity}_2025" for activity in firm.ORDER),
    "us_all_2025", "eu_order", "us_order",
)  # fmt: skip
WITHOUT_RUNS: dict[str, Callable[[], float | None]] = {
    "plant_yield": stand_alone.plant_yield,
    "plant_energy": stand_alone.plant_energy,
    "research_months_without": lambda: stand_alone.research_months(0.0),
    "research_months_with": lambda: stand_alone.research_months(1.0),
    "saving_customer_service": lambda: stand_alone.application_saving("customer_service"),
    "saving_writing": lambda: stand_alone.application_saving("writing"),
    "saving_programming": lambda: stand_alone.application_saving("programming"),
    **{name: partial(stand_alone.adoption_fit_value, name) for name in _FITTED},
}
# One value from those of all seeds.
ACROSS_SEEDS: dict[str, Callable[[Mapping[str, FloatArray]], float]] = {
    "order_of_means": _order_of_means,
    **{f"order_of_sizes_{year}": partial(_order_of_sizes, year) for year in survey.AMERICAN_ORDER},
}
MEASUREMENTS = (*OF_RUNS, *WITHOUT_RUNS, *ACROSS_SEEDS)


def measured_in(panel: RunPanel, without: RunPanel) -> dict[str, float]:
    """Every measurement of two runs; NaN where they cannot say."""
    found = {name: measure(panel, without) for name, measure in OF_RUNS.items()}
    return {name: np.nan if value is None else float(value) for name, value in found.items()}


def measured_without_runs() -> dict[str, float]:
    """Every measurement that needs no run; NaN where the model cannot say."""
    found = {name: measure() for name, measure in WITHOUT_RUNS.items()}
    return {name: np.nan if value is None else float(value) for name, value in found.items()}
