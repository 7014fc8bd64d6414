"""What is read off a running model beyond its outcomes: every firm, the energy used, and the sources of incomes.

Looking changes nothing: a watched model has the same bits as one that nobody looks at.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.experiments.attribution.incomes import gini_by_source, incomes_by_source
from abm.model import Model
from abm.phases.consumption import households_plan_spending
from abm.phases.firm_settlement import firms_settle
from abm.results.scales import MWH_TO_TWH, PERSONS_TO_MILLION, THOUSAND_TO_TRILLION, TONNES_TO_MT

if TYPE_CHECKING:
    from abm.economy import Economy
    from abm.phase import Phase

__all__ = ["EnergyYear", "FirmYear", "RunObservation", "WatchedModel", "observe"]

FIRST = 1  # the quarter from which the growth of productivity is counted, the first that is simulated


@dataclass(frozen=True)
class FirmYear:
    """Every firm in the first quarter and in those of a year, both inclusive: row 0 is the first quarter.

    sector       (firms,) row of the sector
    value_added  (1 + quarters, firms) output less materials, energy and AI services bought, thousand yuan of 2024Q1 of
                 the economy in memory; their sum is real GDP
    staff        (1 + quarters, firms) workers
    replaced     (1 + quarters, firms) whether another firm has taken over the place since the first quarter
    """

    sector: np.ndarray
    value_added: np.ndarray
    staff: np.ndarray
    replaced: np.ndarray


@dataclass(frozen=True)
class EnergyYear:
    """What carbon dioxide comes from in the quarters of a year; national, per quarter.

    adults, employed            (quarters,) million
    gdp                         (quarters,) trillion yuan of 2024Q1
    output                      (quarters, sectors) trillion yuan of 2024Q1
    fuel, process               (quarters, sectors) million tonnes, the power sector's own fuel for the grid apart
    electricity                 (quarters, sectors) terawatt hours
    household_fuel              (quarters,) million tonnes
    household_electricity, ai_electricity  (quarters,) terawatt hours
    grid                        (quarters,) million tonnes per terawatt hour
    """

    adults: np.ndarray
    employed: np.ndarray
    gdp: np.ndarray
    output: np.ndarray
    fuel: np.ndarray
    process: np.ndarray
    electricity: np.ndarray
    household_fuel: np.ndarray
    household_electricity: np.ndarray
    ai_electricity: np.ndarray
    grid: np.ndarray


@dataclass(frozen=True)
class RunObservation:
    """All that was looked at in one run; ``gini_parts`` (quarters, sources) sum to the Gini of disposable incomes."""

    firms: FirmYear
    energy: EnergyYear
    gini_parts: np.ndarray


class WatchedModel(Model):
    """A model with looks: functions of the economy that are called right after a phase and must change nothing."""

    def __init__(self, looks: Mapping[Phase, Phase], **arguments: Any):
        super().__init__(**arguments)
        self._looks = looks

    def phases(self) -> Iterator[Phase]:
        """The schedule with the looks between."""
        for phase in super().phases():
            yield phase
            if phase in self._looks:
                yield self._looks[phase]


class _Notes:
    """What the looks of a run have seen so far."""

    def __init__(self, year: range):
        self.year = year
        self.firms: list[tuple[np.ndarray, ...]] = []
        self.energy: list[dict[str, Any]] = []
        self.gini_parts: list[np.ndarray] = []
        self.sector, self._replaced = np.zeros(0, dtype=np.uint8), np.zeros(0, dtype=bool)

    def at_spending(self, economy: Economy) -> None:
        """After households have planned their spending."""
        if economy.quarter in self.year:
            self.gini_parts.append(gini_by_source(*incomes_by_source(economy)))

    def at_settlement(self, economy: Economy) -> None:
        """After firms have settled; ``entrant`` still marks the firms that came at the end of the quarter before."""
        firms = economy.state.firms
        if economy.quarter == FIRST:
            self.sector, self._replaced = firms.sector.copy(), np.zeros(firms.rows, dtype=bool)
        else:
            self._replaced |= firms.entrant > 0
        if economy.quarter == FIRST or economy.quarter in self.year:
            self.firms.append((_value_added(economy), firms.headcount.astype(float), self._replaced.copy()))
        if economy.quarter in self.year:
            self.energy.append(_energy(economy, float(self.firms[-1][0].sum())))

    def observation(self) -> RunObservation:
        firms = self.firms if FIRST not in self.year else [self.firms[0], *self.firms]
        value_added, staff, replaced = (np.stack(column) for column in zip(*firms, strict=True))
        energy = {name: np.array([quarter[name] for quarter in self.energy]) for name in self.energy[0]}
        firm_year = FirmYear(self.sector, value_added, staff, replaced)
        return RunObservation(firm_year, EnergyYear(**energy), np.stack(self.gini_parts))


def observe(year: range, after: Callable[[], None] | None = None, **arguments: Any) -> tuple[Model, RunObservation]:
    """Run a model to the last quarter of ``year`` and look at it; ``arguments`` are those of Model.

    ``after`` is called with every quarter that is done, and may end the run by raising.
    """
    notes = _Notes(year)
    model = WatchedModel({households_plan_spending: notes.at_spending, firms_settle: notes.at_settlement}, **arguments)
    for _ in range(year[-1]):
        model.step()
        if after is not None:
            after()
    return model, notes.observation()


def _value_added(economy: Economy) -> np.ndarray:
    """(firms,) at base prices: what a firm makes, integration of AI too, less what it uses up, AI services too."""
    firms, now, structure = economy.state.firms, economy.plans, economy.structure
    energy_rows, sector = structure.energy_rows, firms.sector
    materials = now.coefficients[~energy_rows].sum(axis=0)[sector] * firms.materials_per_unit
    energy = now.coefficients[energy_rows].sum(axis=0)[sector] * firms.energy_per_unit
    services = firms.ai_unit_spending * firms.output_with_inputs_ordered / now.services_price
    own_work = firms.integrating * firms.payroll * (1 + structure.employer_rate) / economy.macro.intangible_price
    return firms.output + own_work - firms.output_with_inputs_ordered * (materials + energy) - services


def _energy(economy: Economy, gdp: float) -> dict[str, Any]:
    """A quarter of EnergyYear; ``gdp`` is real GDP in memory."""
    sectors, macro, now, structure = economy.state.sectors, economy.state.macro, economy.plans, economy.structure
    output = np.add.reduceat(economy.state.firms.output_with_inputs_ordered, structure.sector_start[:-1])
    burnt = float(sectors.electricity.sum()) + macro.household_electricity + macro.ai_electricity
    row = structure.rows.energy_power
    others = np.arange(output.size) != row
    of_opening = float(structure.process_intensity[others].sum())  # all sectors have moved by one factor since
    moved = float(now.co2_power[others].sum()) / of_opening if of_opening > 0.0 else 1.0
    process = structure.process_intensity * moved
    for_grid = float((now.co2_power - process)[row] * output[row])
    people, money = (
        structure.persons_per_worker * PERSONS_TO_MILLION,
        structure.persons_per_worker * THOUSAND_TO_TRILLION,
    )
    tonnes, power = structure.persons_per_worker * TONNES_TO_MT, structure.persons_per_worker * MWH_TO_TWH
    return {
        "adults": people * macro.adults, "employed": people * macro.employed, "gdp": money * gdp,
        "output": money * output,
        "fuel": tonnes * now.co2_direct * now.energy_scale, "process": tonnes * process * output,
        "electricity": power * sectors.electricity, "household_fuel": tonnes * macro.household_co2,
        "household_electricity": power * macro.household_electricity, "ai_electricity": power * macro.ai_electricity,
        "grid": for_grid / burnt * TONNES_TO_MT / MWH_TO_TWH,
    }  # fmt: skip
