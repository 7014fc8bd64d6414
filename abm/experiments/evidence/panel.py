"""What is kept of one run: firms and persons by quarter, in the columns that every version of the model has.

Looking changes nothing: a run that is looked at has the same bits as one that nobody looks at.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Sequence
from dataclasses import dataclass, fields, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.model import Model
from abm.population.adoption import path_to_opening

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.economy import Economy
    from abm.scenarios.scenario import Scenario
    from abm.state import Firms

__all__ = ["PERSON_QUARTERS", "FirmPanel", "PersonPanel", "RunPanel", "Totals", "activities", "panel_of"]

PERSON_QUARTERS = 20  # quarters in which persons are kept, beside the opening: they are many
ACTIVITIES = Path(__file__).with_name("activities.csv")
PROCESS_COLUMNS = ("process_pilots", "process_scaled")  # of a model with two kinds of AI


@dataclass(frozen=True)
class FirmPanel:
    """(quarters + 1, firms) each; row 0 is the opening.

    stage      0 none to 3 autonomous
    process    whether process AI is used; all NaN where the model has one kind of AI
    entered    whether another firm has taken over the row in the quarter
    heads      staff
    output     thousand yuan of 2024Q1 a quarter
    revenue    thousand yuan a quarter
    saved      labour that AI saves per unit of output, as a share
    paid       what AI adds to the pay of the staff, as a share of it
    department whether a department of the firm, taken at random, uses AI: a chance
    """

    stage: np.ndarray
    process: np.ndarray
    entered: np.ndarray
    heads: np.ndarray
    output: np.ndarray
    revenue: np.ndarray
    saved: np.ndarray
    paid: np.ndarray
    department: np.ndarray


@dataclass(frozen=True)
class PersonPanel:
    """(PERSON_QUARTERS + 1, persons) at most; ``employer`` is -1 without a job, age 0 a row without a person."""

    age: np.ndarray
    employer: np.ndarray
    occupation: np.ndarray
    wage: np.ndarray


@dataclass(frozen=True)
class Totals:
    """(quarters + 1,) each.

    spending      AI services and integration over GDP
    income        real disposable income of an adult
    process_part  part of process AI in all that AI saves, before the services that AI takes; NaN without AI
    helped        part of the labour that AI saves which helps staff, and does no task alone; NaN without AI
    """

    spending: np.ndarray
    income: np.ndarray
    process_part: np.ndarray
    helped: np.ndarray


@dataclass(frozen=True)
class RunPanel:
    """One run. ``exposure`` of the occupations to AI, ``sector`` of the firms as rows of ``codes``.

    ``used_before`` is the share of the opening's firms that is expected to have used AI a quarter before the opening.
    """

    opening: int
    codes: tuple[str, ...]
    sector: np.ndarray
    exposure: np.ndarray
    names: tuple[str, ...]
    recorded: FloatArray
    firm: FirmPanel
    person: PersonPanel
    totals: Totals
    used_before: float

    @property
    def quarters(self) -> int:
        """How many quarters were simulated."""
        return len(self.recorded) - 1

    def rows(self, first: int, last: int | None = None) -> slice | None:
        """The quarters from the first of a year to the last of a year; None where the run does not hold them all."""
        start, end = 4 * (first - self.opening), 4 * ((last or first) - self.opening) + 4
        return slice(start, end) if start >= 0 and end <= self.quarters + 1 else None

    def row(self, year: int, quarter: int) -> int | None:
        """A quarter of a year, counted from 1; None where the run does not hold it."""
        row = 4 * (year - self.opening) + quarter - 1
        return row if 0 <= row <= self.quarters else None

    def series(self, name: str) -> FloatArray:
        """(quarters + 1,) of a recorded outcome."""
        return self.recorded[:, self.names.index(name)]


@cache
def activities() -> dict[str, tuple[str, ...]]:
    """{activity of Eurostat: codes of the model's sectors in it}."""
    with ACTIVITIES.open(encoding="utf-8", newline="") as rows:
        return {row["activity"]: tuple(row["codes"].split("|")) for row in csv.DictReader(rows)}


def panel_of(
    scenario: Scenario, workers: int, seed: int, quarters: int, after: Callable[[], None] | None = None
) -> RunPanel:
    """Run it; ``after`` is called with every quarter that is done."""
    from abm.results.groups import group_labels

    model = Model(workers=workers, rng=seed, policy=replace(scenario, quarters=quarters))
    economy = model.economy
    used_before = _used_before(economy)
    firms, persons, totals = [_firms_now(economy)], [_persons_now(economy)], [_totals_now(economy)]
    for quarter in range(1, quarters + 1):
        model.step()
        firms.append(_firms_now(economy))
        totals.append(_totals_now(economy))
        if quarter <= PERSON_QUARTERS:
            persons.append(_persons_now(economy))
        if after is not None:
            after()
    structure = economy.structure
    return RunPanel(
        scenario.opening_year,
        group_labels(scenario.tables)["sectors"],
        economy.firms.sector.copy(),
        structure.automation_exposure + structure.augmentation_exposure,
        tuple(model.recorder.names),
        np.asarray(model.recorder.values[: quarters + 1], dtype=float).copy(),
        FirmPanel(*_stacked(firms)),
        PersonPanel(*_stacked(persons)),
        Totals(*_stacked(totals)),
        used_before,
    )


def _stacked(rows: Sequence[Sequence[Any]]) -> list[np.ndarray]:
    return [np.array(column) for column in zip(*rows, strict=True)]


def _firms_now(economy: Economy) -> list[np.ndarray]:
    firms = economy.firms
    process = [getattr(firms, name) for name in PROCESS_COLUMNS if hasattr(firms, name)]
    kept = {
        "stage": firms.ai_stage.copy(),
        "process": np.sum(process, axis=0) > 0 if process else np.full(firms.rows, np.nan),
        "department": 1 - (1 - _part(firms, "office")) * (1 - _part(firms, "process")),
        "entered": firms.entrant > 0,
        "heads": firms.headcount.astype(float),
        "output": firms.output.copy(),
        "revenue": firms.output * firms.price,
        **_gains(economy),
    }
    return [np.asarray(kept[field.name]) for field in fields(FirmPanel)]


def _part(firms: Firms, kind: str) -> FloatArray:
    """(firms,) departments with a kind of AI over all; 0 where the model has no such kind."""
    columns = [getattr(firms, f"{kind}_{stage}", None) for stage in ("pilots", "scaled")]
    using = sum((one for one in columns if one is not None), np.zeros(firms.rows))
    return np.asarray(np.divide(using, firms.departments, dtype=float))


def _gains(economy: Economy) -> dict[str, FloatArray]:
    """Labour saved per unit, by tasks that AI does and by staff that does more with it; and what pay has of the latter.

    Staff that integrates AI for some quarters makes nothing; that is no time that a task takes, and is left out.
    The shares in pay count a job at the pay of its occupation's efficiency unit, as wages_and_prices.md, eq. 14, does.
    """
    firms, workers = economy.firms, economy.workers
    at_work = workers.employer >= 0
    plain = economy.structure.occupation_premium[workers.occupation] * workers.efficiency
    units = np.bincount(workers.employer[at_work], plain[at_work], firms.rows)
    lift = np.maximum(np.divide(firms.efficiency_units, units, out=np.ones(firms.rows), where=units > 0.0), 1.0)
    kept = _rent_share(economy) * (lift - 1)
    at_tasks = firms.labour_per_unit * (1 - firms.integrating)
    return {"saved": np.asarray(1 - at_tasks / lift), "paid": kept / (1 + kept)}


def _rent_share(economy: Economy) -> float:
    """The part of the gain that a worker keeps, in whatever group of parameters it stands."""
    parameters = economy.parameters
    groups = (getattr(parameters, field.name) for field in fields(parameters))
    return next((float(group.rent_share) for group in groups if hasattr(group, "rent_share")), 0.0)


def _persons_now(economy: Economy) -> list[np.ndarray]:
    workers = economy.workers
    return [getattr(workers, field.name).copy() for field in fields(PersonPanel)]


def _totals_now(economy: Economy) -> list[float]:
    macro, workers = economy.macro, economy.workers
    income = float(workers.disposable_income.sum()) / max(macro.adults, 1.0) / macro.consumer_price
    return [macro.ai_services / macro.real_gdp, income, _process_part(economy), _helped(economy)]


def _helped(economy: Economy) -> float:
    """Part of the labour that AI saves which helps literate staff; the rest are tasks that it does alone."""
    firms = economy.firms
    labour = firms.unit_wage / firms.productivity * firms.output
    assisted = float(
        (firms.assistance * economy.sectors.augmentation[firms.sector] * firms.literate_share * labour).sum()
    )
    alone = float((firms.displaced_share * labour).sum())
    return assisted / (assisted + alone) if assisted + alone > 0 else np.nan


def _used_before(economy: Economy) -> float:
    """Share of the opening's firms that are expected to have used AI a quarter before; 0 without AI."""
    parameters, firms = economy.parameters, economy.firms
    if not parameters.artificial_intelligence.enabled:
        return 0.0
    until = parameters.growth.opening_year - 0.25
    paths = path_to_opening(economy.structure, economy.opening, parameters, until)[:2]
    unused = np.prod([1 - one.pilots - one.scaled for one in paths], axis=0)
    return float(1 - (unused[firms.sector] ** firms.departments).mean())


def _process_part(economy: Economy) -> float:
    """What process AI saves on tasks, materials, energy and capital over what all AI saves: Hulten's sum taken apart.

    New tasks count in proportion to the tasks that each kind does.
    """
    firms, sectors, structure, can = economy.firms, economy.sectors, economy.structure, economy.state.abilities
    rules, s = economy.parameters.artificial_intelligence, firms.sector
    rental = structure.depreciation + economy.parameters.investment.required_return
    labour = firms.unit_wage * (1 + structure.employer_rate) / firms.productivity * firms.output
    kept = 1 - rental * rules.task_capital
    tasks = (kept * firms.displaced_share + rules.new_task_gain * firms.new_task_share) * labour
    assisted = firms.assistance * sectors.augmentation[s] * firms.literate_share * labour
    by_office, by_process = firms.office_use * sectors.automation[s], firms.process_use * sectors.process_automation[s]
    found = []
    for kind, (use, by) in enumerate(((firms.office_use, by_office), (firms.process_use, by_process))):
        goods = sectors.input_cost[s] * can.materials[kind, s] + sectors.energy_cost[s] * can.energy[kind, s]
        both = firms.office_use * can.capacity[0, s] + firms.process_use * can.capacity[1, s]
        capital = rental * economy.macro.capital_price * firms.capital / (1 + both) * use * can.capacity[kind, s]
        part = np.divide(by, by_office + by_process, out=np.zeros(s.size), where=by_office + by_process > 0)
        found.append(float((tasks * part + firms.output_with_inputs_ordered * use * goods + capital).sum()))
    office, process = found[0] + float(assisted.sum()), found[1]
    return process / (office + process) if office + process > 0 else np.nan
