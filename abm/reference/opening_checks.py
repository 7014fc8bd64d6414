"""The opening economy held against its targets.

What was opened is added up from the agents, never read from the targets: value added and emissions from firms' output,
employment from their staff, wages from payrolls, consumption from households. Integration of AI that is done in the
opening quarter is no state of an agent and is read.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from abm.economics.integration import integrators
from abm.model import Model
from abm.results.national_accounts import compute_bought

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = [
    "AGGREGATE_TOLERANCE", "FULL_SIZE", "SECTOR_TOLERANCE", "Check", "aggregate_checks", "sector_checks",
    "sum_by_sector",
]  # fmt: skip

SECTOR_TOLERANCE, AGGREGATE_TOLERANCE = 0.01, 0.02
FULL_SIZE = 1_000_000  # from here on a worker more or less does not excuse a sector's employment


@dataclass(frozen=True)
class Check:
    """One target: ``tolerance`` is the largest relative difference allowed, None where the value is only shown."""

    measure: str
    group: str
    unit: str
    target: float
    opened: float
    tolerance: float | None

    @property
    def difference(self) -> float:
        """Relative difference of what was opened from its target."""
        return self.opened / self.target - 1 if self.target else (0.0 if self.opened == self.target else np.inf)

    @property
    def passed(self) -> bool:
        """Whether the difference lies within the tolerance; rounding of the last bits is allowed."""
        return self.tolerance is None or abs(self.difference) <= self.tolerance + 1e-12


def sum_by_sector(model: Model, values: np.ndarray) -> FloatArray:
    """(sectors,) sums of values of the firms."""
    sums = np.bincount(model.state.firms.sector, weights=values, minlength=len(model.economy.opening.codes))
    return np.asarray(sums, dtype=np.float64)


def _sector_values(model: Model) -> dict[str, FloatArray]:
    """Sums over the agents by sector: billion of the currency a quarter, million persons, Mt a quarter, shares."""
    firms, structure, opening = model.state.firms, model.economy.structure, model.economy.opening
    scale = structure.money_scale
    output = sum_by_sector(model, firms.output)
    added = output * (1 - _inputs(model).sum(axis=0)) + opening.in_use.own * scale
    mixed = sum_by_sector(model, np.where(structure.own_account[firms.sector], firms.dividends, 0.0))
    labour = sum_by_sector(model, firms.payroll) * (1 + structure.employer_rate) + mixed
    tonnes = (structure.fuel_intensity + structure.process_intensity) * output
    burnt = float((structure.electricity_intensity * output).sum())
    burnt += structure.household_electricity_intensity * float(model.state.workers.consumption.sum())
    burnt += model.state.macro.ai_electricity
    tonnes[opening.rows.energy_power] += model.state.macro.grid_factor * burnt
    return {
        "value added": added / scale,
        "employment": sum_by_sector(model, firms.headcount) * structure.persons_per_worker * 1e-6,
        "labour share": labour / added,
        "CO2": tonnes / scale,
        "electricity": np.array([burnt / scale]),
    }


def _inputs(model: Model) -> FloatArray:
    """(supplying, using) inputs of a unit of output, with the AI services that firms buy."""
    structure, firms = model.economy.structure, model.state.firms
    inputs = structure.input_coefficients.copy()
    services = sum_by_sector(model, firms.ai_unit_spending * firms.output)
    inputs[structure.rows.ai_services] += services / sum_by_sector(model, firms.output)
    return inputs


def sector_checks(model: Model) -> tuple[Check, ...]:
    """Value added, employment, labour share and CO2 of every sector."""
    opening = model.economy.opening
    opened = _sector_values(model)
    targets = {
        "value added": (f"bn {opening.tables.economy.currency['code']} a quarter", opening.value_added),
        "employment": ("million persons", opening.employment),
        "labour share": ("share", (opening.wages + opening.mixed_income) / opening.value_added),
        "CO2": ("Mt a quarter", opening.co2),
    }
    one = model.economy.structure.persons_per_worker * 1e-6
    checks = []
    for measure, (unit, target) in targets.items():
        for place, code in enumerate(opening.codes):
            tolerance = SECTOR_TOLERANCE
            if measure == "employment" and model.state.workers.rows < FULL_SIZE:
                tolerance = max(tolerance, one / target[place])
            checks.append(Check(measure, code, unit, float(target[place]), float(opened[measure][place]), tolerance))
    return tuple(checks)


def _final_uses(model: Model) -> FloatArray:
    """(sectors,) final uses at home by product, thousand yuan in memory, added up from agents and budgets."""
    workers, firms, structure, macro = (
        model.state.workers,
        model.state.firms,
        model.economy.structure,
        model.state.macro,
    )
    dwellings = float(workers.housing_outlay.sum()) * (1 - structure.land_fee_share)
    opening, computers, compute = model.economy.opening, structure.rows.computers, compute_bought(model.economy)
    integration = integrators(structure, model.economy.parameters.integration) * structure.money_scale
    planned_on = macro.nominal_gdp / (1 + macro.nominal_growth)  # the government plans on the GDP of the quarter before
    return (
        workers.consumption.sum() * structure.consumption_basket
        + dwellings * structure.dwelling_basket
        + structure.government_share * planned_on * structure.government_basket
        + structure.public_investment_share * planned_on * structure.public_basket
        + (firms.investment.sum() - compute) * structure.capital_basket
        + compute * (np.arange(structure.capital_basket.size) == computers)
        + opening.in_use.paid.sum() * integration
    )


def aggregate_checks(model: Model) -> tuple[Check, ...]:
    """The economy as a whole; GDP is measured by production and by expenditure."""
    firms, structure, opening = model.state.firms, model.economy.structure, model.economy.opening
    recorded = opening.tables.macro
    scale = structure.money_scale
    sectors = _sector_values(model)
    gdp = float(sectors["value added"].sum())
    final = _final_uses(model)
    inputs = _inputs(model) * structure.input_import_share
    imported = float((inputs @ sum_by_sector(model, firms.output)).sum() + (structure.final_import_share * final).sum())
    imports = imported / scale
    exports = float(structure.exports.sum()) / scale
    stocks = float((firms.output - firms.sales_quantity).sum()) / scale
    expenditure = float(final.sum()) / scale + opening.in_use.own.sum() + stocks + exports - imports
    first = dict(zip(model.recorder.names, model.recorder.values[0].tolist(), strict=True))
    total, debt = opening.gdp, model.state.macro.bonds / scale / (4 * gdp)
    labour = (opening.wages + opening.mixed_income).sum() / total
    earned = float((sectors["labour share"] * sectors["value added"]).sum()) / gdp
    households = structure.household_fuel_intensity * float(model.state.workers.consumption.sum()) / scale
    co2, wide = float(sectors["CO2"].sum()) + households, AGGREGATE_TOLERANCE
    money = f"bn {opening.tables.economy.currency['code']} a quarter"
    rows = (
        ("GDP by production", money, total, gdp, wide),
        ("GDP by expenditure", money, total, expenditure, wide),
        ("employment", "million persons", recorded["employment_million"], float(sectors["employment"].sum()), wide),
        ("unemployment", "share", recorded["unemployment_rate"], first["unemployment_rate"], wide),
        ("labour share", "share", labour, earned, wide),
        ("Gini of income", "index 0-1", recorded["gini_disposable_income"], first["gini_disposable_income"], wide),
        ("public debt", "years of GDP", recorded["public_debt_ratio"], debt, wide),
        ("exports", "share of GDP", opening.exports.sum() / total, exports / gdp, wide),
        ("imports", "share of GDP", opening.imports.sum() / total, imports / gdp, wide),
        ("CO2, households in", "Mt a quarter", recorded["co2_total_mt"] / 4, co2, wide),
        ("electricity", "TWh a quarter", recorded["electricity_twh"] / 4, float(sectors["electricity"][0]), wide),
    )
    return tuple(
        Check(name, "economy", unit, float(goal), float(value), most) for name, unit, goal, value, most in rows
    )
