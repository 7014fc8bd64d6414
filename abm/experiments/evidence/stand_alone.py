"""What is measured without a run: single plants and projects, the table of applications, and the fit of adoption."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from abm.experiments.validation.plant_year import measure_plant, measure_research

__all__ = [
    "adoption_fit_value", "adoption_fit_values", "application_saving", "fit_name", "plant_energy", "plant_yield",
    "research_months",
]  # fmt: skip

MONTHS = 3  # of a quarter
TABLE = "applications.csv"


@cache
def adoption_fit_values() -> Mapping[str, float]:
    """{measurement: value} of the fit of adoption to the European record, which needs no run of the economy.

    The names are those of ``fit_name`` and ``eu_order`` and ``us_order``, rank correlations with Eurostat's activities
    and with American sectors. Four numbers are fitted to Europe's surveys to 2024; every other figure is predicted, and
    no sector has a term of its own.
    """
    from abm.experiments.adoption_fit.estimate import estimate
    from abm.experiments.adoption_fit.predictions import adoption_scores
    from abm.experiments.adoption_fit.uses import opening_uses

    uses = opening_uses()
    scores = adoption_scores(estimate(uses), uses)
    surveys = (*scores.known, *scores.unseen)
    values = {fit_name(one.economy, one.time, one.code): predicted for one, predicted in surveys}
    return values | {"eu_order": scores.sectors, "us_order": scores.american}


def fit_name(economy: str, year: float, code: str) -> str:
    """The measurement of a figure on adoption: ``eu_small_2025`` for the small firms of EU27 in the first of 2025."""
    return f"{economy[:2].lower()}_{code.removesuffix('_10_plus')}_{int(year)}"


def adoption_fit_value(name: str) -> float | None:
    """One of ``adoption_fit_values``, None where the fit does not have it."""
    return adoption_fit_values().get(name)


def application_saving(code: str) -> float | None:
    """What an application saves of the work that it touches; None without a table or a row of applications."""
    table = files("abm.data").joinpath(TABLE)
    if not table.is_file():
        return None
    rows = {row["code"]: row for row in csv.DictReader(table.read_text(encoding="utf-8").splitlines())}
    return float(rows[code]["saving"]) if code in rows else None


def plant_yield() -> float:
    """Yield of a process plant a year after it scales up, against its pilot."""
    return measure_plant().after_a_year.yield_change


def plant_energy() -> float:
    """Energy per unit of the same plant."""
    return measure_plant().after_a_year.energy_change


def research_months(use: float) -> float:
    """Months of a project on new materials at a use of AI."""
    return MONTHS * measure_research(use)[0]
