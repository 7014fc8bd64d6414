"""The source paper's two experiments through the model's own equations: a process plant's year, and a research project.

A chemical plant whose process AI is in the pilot stage scales it up; everything else is held as it was in 2024, so that
only the stage changes. What the source reports is put beside it. What process AI saves at full use is the park's figure
in the table of applications, so agreement with it is no evidence. What follows from the mechanism: how much of it a
plant reaches after a year, and what plants save that run on their own.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from abm.abilities import Abilities
from abm.arguments import check_kind, finite
from abm.arrays import Integers
from abm.data import load_tables
from abm.economics.abilities import REFERENCE, fill_abilities
from abm.kernels.technology import capability, research_cycle
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.population.fixed_structure import fixed_structure
from abm.population.targets import open_economy
from abm.sectors import having
from abm.structure import Structure

__all__ = [
    "Plant", "PlantQuarter", "PlantYear", "measure_capability", "measure_plant", "measure_research", "plant_year",
]  # fmt: skip

QUARTERS, YEAR = 8, 4
SETTLED = 400  # quarters after which the use of AI has settled
RELIABLE = 1.0 - 1e-9  # frontier of algorithms at which everything that AI may once do works
PILOT, SCALED, AUTONOMOUS = 1, 2, 3
MONTHS = 3
PROCESS = 1  # row of process AI in the abilities
REPORTED_YIELD, REPORTED_ENERGY = 0.009, -0.067
BOUND_ENERGY, BOUND_EFFICIENCY = -0.19, "15-20"
REPORTED_MONTHS = (36, 12)


@dataclass(frozen=True)
class Plant:
    """The plant: data in mean firms, and the part of its staff that can work with AI."""

    data: float = 30.0
    literate_share: float = 0.30


@dataclass(frozen=True)
class PlantQuarter:
    """A quarter of the plant; yield, energy and capital are changes against the plant in its pilot stage."""

    stage: int
    capability: float
    use: float
    yield_change: float
    energy_change: float
    capital_change: float


@dataclass(frozen=True)
class PlantYear:
    """``quarters`` from the pilot (the first) to eight quarters after scaling up; then the level at which scaled AI
    settles, and the limit of a plant that runs on its own at full use of AI, both against the same plant without any.
    """

    plant: Plant
    quarters: tuple[PlantQuarter, ...]
    settled: PlantQuarter
    autonomous: PlantQuarter

    @property
    def after_a_year(self) -> PlantQuarter:
        """Four quarters after scaling up."""
        return self.quarters[YEAR]


class _Machine:
    """One plant and its equations; it belongs to one sector, and has one line under process AI."""

    def __init__(self, plant: Plant, parameters: Parameters, place: int):
        self.plant, self.parameters, self.place = plant, parameters, place
        self.opening = open_economy(parameters)
        self.structure = structure = _structure(parameters)
        # Capability that counts as usual is that of a mean firm, the same data as its whole sector's.
        ai = parameters.artificial_intelligence
        literate = float(structure.pay_by_occupation @ structure.opening_literacy)
        data = 1.0 + Instruments().data_openness * ai.data_pool
        self.usual = self._triad(data, literate)
        self.strength = self._triad(plant.data, plant.literate_share) / self.usual

    def _triad(self, data: float, literate_share: float) -> float:
        """Capability at the compute that goes with the running services of staff under AI."""
        ai = self.parameters.artificial_intelligence
        return float(capability(data, self.parameters.office_ai.running, 1.0, literate_share, ai.view))

    def cover(self, stage: int, cover: float, quarters: int = 1) -> float:
        """The part of the plant under AI some quarters later."""
        rules = self.parameters.process_ai
        aim = rules.cover_pilot if stage == PILOT else rules.cover_scaled
        for _ in range(quarters):
            cover += rules.cover_speed * (aim - cover)
        return cover

    def use(self, cover: float) -> float:
        """Use of process AI by the plant."""
        return min(1.0, cover * self.strength)

    def quarter(self, stage: int, use: float, reference: float, frontier: float = REFERENCE[0]) -> PlantQuarter:
        """Yield, energy and capital per unit at a use of AI against those at a reference use."""
        able = Abilities(*self.structure.staffing.shape)
        fill_abilities(able, self.structure, self.opening.applied, self.parameters, frontier, REFERENCE[1])
        materials, energy, capacity = (
            float(saved[PROCESS, self.place]) for saved in (able.materials, able.energy, able.capacity)
        )
        return PlantQuarter(
            stage=stage,
            capability=self.strength * self.usual,
            use=use,
            yield_change=(1 - materials * reference) / (1 - materials * use) - 1,
            energy_change=(1 - energy * use) / (1 - energy * reference) - 1,
            capital_change=(1 + capacity * use) / (1 + capacity * reference) - 1,
        )


def _structure(parameters: Parameters) -> Structure:
    return fixed_structure(open_economy(parameters), load_tables(), parameters, employed=1_000)


def _new_materials() -> Integers:
    """Rows of the sectors of new materials; the plant is one of the first of them."""
    return np.flatnonzero(having(load_tables().roles, "new_materials"))


def _parameters(given: Parameters | None) -> Parameters:
    if given is None:
        return Parameters()
    check_kind("parameters", given, Parameters, "an abm.parameters.Parameters")
    return given


def measure_plant(plant: Plant | None = None, parameters: Parameters | None = None) -> PlantYear:
    """The plant's quarters, and its levels at autonomous and at full use of AI."""
    plant, parameters = Plant() if plant is None else plant, _parameters(parameters)
    check_kind("plant", plant, Plant, "an abm.Plant")
    data, literate_share = finite("data", plant.data), finite("literate_share", plant.literate_share)
    plant = Plant(data, literate_share)
    machine = _Machine(plant, parameters, int(_new_materials()[0]))
    cover = machine.cover(PILOT, 0.0, SETTLED)
    pilot = machine.use(cover)
    quarters = [machine.quarter(PILOT, pilot, pilot)]
    for _ in range(QUARTERS):
        cover = machine.cover(SCALED, cover)
        quarters.append(machine.quarter(SCALED, machine.use(cover), pilot))
    settled = machine.use(machine.cover(SCALED, cover, SETTLED))
    return PlantYear(
        plant, tuple(quarters), machine.quarter(SCALED, settled, 0.0),
        machine.quarter(AUTONOMOUS, 1.0, 0.0, RELIABLE),
    )  # fmt: skip


def measure_capability(
    data: float, compute: float, literate_share: float, algorithm: float | None = None,
    parameters: Parameters | None = None,
) -> float:  # fmt: skip
    """A firm's AI capability, 0 to 1, by the model's equation: the weakest of its three legs limits it.

    ``data`` in mean firms, ``compute`` as share of the payroll at the prices of 2024, ``literate_share`` the part of
    the staff that can work with AI, ``algorithm`` what there is of algorithms, 0 to 1, by default 1: in the economy
    how reliable they are decides what AI can do, not how well a firm does it.
    """
    ai = _parameters(parameters).artificial_intelligence
    frontier = 1.0 if algorithm is None else finite("algorithm", algorithm)
    data, compute = finite("data", data), finite("compute", compute)
    return float(capability(data, compute, frontier, finite("literate_share", literate_share), ai.view))


def measure_research(use: float, parameters: Parameters | None = None) -> tuple[float, float]:
    """Quarters of a research project at a use of AI: in the sectors of new materials, and elsewhere."""
    use, parameters = finite("use", use), _parameters(parameters)
    full, research, rows = _structure(parameters).research_cycle_ai, parameters.research, _new_materials()
    elsewhere = next(place for place in range(full.size) if place not in rows)
    materials = int(rows[0])
    at_materials, at_elsewhere = (
        float(research_cycle(use, research.cycle_quarters, full[place], research.cycle_response))
        for place in (materials, elsewhere)
    )
    return at_materials, at_elsewhere


def plant_year() -> str:
    """The text of ``xinzhi plant-year``."""
    year = measure_plant()
    return "\n".join([*_plant_lines(year), "", *_level_lines(year), "", *_research_lines(), "", *_notes()])


def _plant_lines(year: PlantYear) -> list[str]:
    plant, sector = year.plant, load_tables().sectors[_new_materials()[0]]
    lines = [
        f"A plant of {sector.code} ({sector.label.lower()}) goes from pilot to scaled AI",
        f"It has the data of {plant.data:g} mean firms and {100 * plant.literate_share:.0f} % of its staff can work "
        "with AI; algorithms and the price of compute are those of 2024.",
        "",
        f"{'quarter':>7}{'stage':>8}{'capability':>12}{'use of AI':>11}{'yield %':>9}{'unit energy %':>15}",
    ]
    for number, one in enumerate(year.quarters):
        stage = "pilot" if one.stage == PILOT else "scaled"
        lines.append(
            f"{number:>7}{stage:>8}{one.capability:>12.3f}{one.use:>11.3f}{100 * one.yield_change:>+9.2f}"
            f"{100 * one.energy_change:>+15.2f}"
        )
    after = year.after_a_year
    lines.append(
        f"After a year: yield {100 * after.yield_change:+.1f} %, energy per unit {100 * after.energy_change:+.1f} %; "
        f"the source: {100 * REPORTED_YIELD:+.1f} % and {100 * REPORTED_ENERGY:+.1f} %."
    )
    return lines


def _level_lines(year: PlantYear) -> list[str]:
    lines = [
        "Against the same plant without AI, %",
        f"{'':28}{'use':>6}{'yield':>8}{'energy':>9}{'capital productivity':>22}",
    ]
    for name, one in (("scaled, settled", year.settled), ("limit: autonomous", year.autonomous)):
        lines.append(
            f"{name:28}{one.use:>6.2f}{100 * one.yield_change:>+8.1f}{100 * one.energy_change:>+9.1f}"
            f"{100 * one.capital_change:>+22.1f}"
        )
    lines.append(f"{'the source: upper bounds':28}{'':6}{'':8}{100 * BOUND_ENERGY:>+9.0f}{'+' + BOUND_EFFICIENCY:>22}")
    return lines


def _research_lines() -> list[str]:
    materials = ", ".join(load_tables().codes[row] for row in _new_materials())
    lines = [
        "Length of a research project, quarters (months)",
        f"{'use of office AI in research':34}{'new materials':>18}{'elsewhere':>18}",
    ]
    uses = (("none", 0.0), ("a quarter", 0.25), ("half", 0.5), ("full", 1.0))
    for name, use in uses:
        cells = "".join(f"{f'{one:.1f} ({one * MONTHS:.0f})':>18}" for one in measure_research(use))
        lines.append(f"{f'{name} ({use:.2f})':34}{cells}")
    before, after = REPORTED_MONTHS
    lines.append(f"The source: {before} months by trial and error, {after} by computational design, in new materials.")
    lines.append(f"New materials are {materials}; elsewhere a smaller reduction is assumed.")
    return lines


def _notes() -> list[str]:
    return [
        "What process AI saves at full use is what one park measured before and after, without a control group. A",
        "plant saves less of it after a year: its pilot saves a part already, and the rest of the plant comes under AI",
        "with a lag. A plant with more data and skills than the mean firm reaches full use sooner. Plants that run on",
        "their own save more once control is reliable enough for it. The source's upper bounds contain that, and the",
        "model stays below them: AI alone does not make plant 15 to 20 % more productive here. The months are the",
        "source's.",
    ]
