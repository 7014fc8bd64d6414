"""What is kept of one run: firms every quarter, persons for some years.

Looking changes nothing: a run that is looked at has the same bits as one that nobody looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from abm.economy import Economy
    from abm.scenarios.scenario import Scenario

__all__ = ["FIRST_OF_PERSONS", "LAST_OF_PERSONS", "FirmQuarters", "Look", "PersonQuarters", "look_at"]

FIRST_OF_PERSONS, LAST_OF_PERSONS = 8, 68  # quarters in which persons are kept, fifteen years: they are many
FARMING = 0  # of Structure.industry


@dataclass(frozen=True)
class FirmQuarters:
    """(quarters + 1, firms) each; row 0 is the opening.

    entered     whether another firm has taken over the row in the quarter
    heads       staff
    output      at prices of the opening
    investment  at prices of the opening
    capital     at the end of the quarter, at prices of the opening
    """

    entered: np.ndarray
    heads: np.ndarray
    output: np.ndarray
    investment: np.ndarray
    capital: np.ndarray
    productivity: np.ndarray


@dataclass(frozen=True)
class PersonQuarters:
    """(quarters kept, persons) each; ``employer`` is -1 without a job, age 0 a row without a person."""

    age: np.ndarray
    status: np.ndarray
    employer: np.ndarray
    occupation: np.ndarray
    wage: np.ndarray
    income: np.ndarray
    consumption: np.ndarray


@dataclass(frozen=True)
class Look:
    """One run. ``sector`` (firms,); ``farms`` (firms,) whether the firm works the land.

    series  {name: (quarters + 1,)}: real_gdp, mark_up (of prices charged on unit cost), capacity_use, stock_change,
            profit_ratio
    """

    sector: np.ndarray
    farms: np.ndarray
    firm: FirmQuarters
    person: PersonQuarters
    series: dict[str, np.ndarray]


def look_at(
    scenario: Scenario, workers: int, seed: int, quarters: int, after: Callable[[], None] | None = None
) -> Look:
    """Run it; ``after`` is called with every quarter that is done."""
    from abm.model import Model

    economy = (model := Model(workers=workers, rng=seed, policy=scenario)).economy
    firms, persons, totals = [_firms_now(economy)], [], [_totals_now(economy)]
    for quarter in range(1, quarters + 1):
        model.step()
        firms.append(_firms_now(economy))
        totals.append(_totals_now(economy))
        if FIRST_OF_PERSONS <= quarter <= LAST_OF_PERSONS:
            persons.append(_persons_now(economy))
        if after is not None:
            after()
    people = persons or [_persons_now(economy)]
    sector = economy.firms.sector.copy()
    farms = economy.structure.industry[sector] == FARMING
    return Look(
        sector, farms, FirmQuarters(*_stacked(firms)), PersonQuarters(*_stacked(people)), _series(np.array(totals))
    )


def _stacked(rows: Sequence[Sequence[Any]]) -> list[np.ndarray]:
    return [np.array(column) for column in zip(*rows, strict=True)]


def _firms_now(economy: Economy) -> list[np.ndarray]:
    firms = economy.firms
    kept = {"entered": firms.entrant > 0, "heads": firms.headcount}
    return [np.array(kept.get(field.name, getattr(firms, field.name, None))) for field in fields(FirmQuarters)]


def _persons_now(economy: Economy) -> list[np.ndarray]:
    workers = economy.workers
    kept = {"income": workers.disposable_income}
    return [np.array(kept.get(field.name, getattr(workers, field.name, None))) for field in fields(PersonQuarters)]


def _totals_now(economy: Economy) -> list[float]:
    firms, macro = economy.firms, economy.macro
    revenue = firms.price * firms.sales_quantity
    capacity = float((firms.capital * firms.capital_productivity).sum())
    return [
        macro.real_gdp, float(revenue.sum()) / max(float((firms.sales_quantity * firms.unit_cost).sum()), 1e-300) - 1,
        float(firms.output.sum()) / max(capacity, 1e-300), float(firms.inventory.sum()),
        float(firms.profit.sum()) / max(macro.nominal_gdp, 1e-300),
    ]  # fmt: skip


def _series(totals: np.ndarray) -> dict[str, np.ndarray]:
    real_gdp, mark_up, capacity_use, stocks, profit_ratio = totals.T
    change = np.concatenate(([np.nan], np.diff(stocks))) / real_gdp
    return {
        "real_gdp": real_gdp, "mark_up": mark_up, "capacity_use": capacity_use, "stock_change": change,
        "profit_ratio": profit_ratio,
    }  # fmt: skip
