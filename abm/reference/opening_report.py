"""The opening economy held against its targets, and its first two years: what ``xinzhi opening`` prints.

What was opened is added up from the agents, never read from the targets: value added and emissions from firms' output,
employment from their staff, wages from payrolls, consumption from households.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from abm.data import DEFAULT_YEAR, load_tables
from abm.model import Model
from abm.scenarios.opening_year import OPENING_YEAR_KEY

if TYPE_CHECKING:
    from abm.arrays import FloatArray

__all__ = ["Check", "OpeningReport", "StartReport", "measure_opening", "measure_start", "opening_report"]

SECTOR_TOLERANCE, AGGREGATE_TOLERANCE = 0.01, 0.02
FULL_SIZE = 1_000_000  # from here on a worker more or less does not excuse a sector's employment
SMALL = 100_000  # below, some sectors have few workers
FEW_WORKERS, FEWEST_SHOWN = 100, 4
START_QUARTERS, START_WORKERS, START_SEEDS = 8, 10_000, range(1, 33)
GROWTH_TOLERANCE, UNEMPLOYMENT_TOLERANCE = 0.005, 0.01
WITHOUT_SHOCKS = {
    f"assumptions.shocks.{name}_deviation": 0.0 for name in ("export", "consumption", "investment", "productivity")
}


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


@dataclass(frozen=True)
class StartReport:
    """The first quarters without shocks, means over the seeds.

    growth        (quarters,) real GDP growth over four quarters, NaN in the first three
    trend         (quarters,) over the same four quarters the exogenous drift, the growth of the labour force, and what
                  the move off the land adds
    unemployment  (quarters + 1,) from the opening on
    """

    seeds: int
    workers: int
    growth: FloatArray
    trend: FloatArray
    unemployment: FloatArray

    @property
    def growth_gap(self) -> float:
        """Distance of mean annual growth over all whole years from trend, as a fraction."""
        return float(abs(np.mean((self.growth - self.trend)[3::4])))

    @property
    def growth_swing(self) -> float:
        """Largest distance of growth over a year from trend, as a fraction; reported, no limit is set."""
        return float(np.nanmax(np.abs(self.growth - self.trend)))

    @property
    def unemployment_gap(self) -> float:
        """Largest distance of unemployment from its start, as a fraction."""
        return float(np.abs(self.unemployment - self.unemployment[0]).max())

    @property
    def passed(self) -> bool:
        """Whether both stay within the limits of a stationary start."""
        return self.growth_gap <= GROWTH_TOLERANCE and self.unemployment_gap <= UNEMPLOYMENT_TOLERANCE


@dataclass(frozen=True)
class OpeningReport:
    """Every target of the opening and its value; ``few_workers`` are sectors too small to be read on their own."""

    workers: int
    seed: int
    sectors: tuple[Check, ...]
    aggregates: tuple[Check, ...]
    few_workers: tuple[tuple[str, int], ...]

    @property
    def passed(self) -> bool:
        """Whether every target is met."""
        return all(check.passed for check in self.sectors + self.aggregates)


def measure_opening(workers: int, seed: int, year: int = DEFAULT_YEAR) -> OpeningReport:
    """Open the economy of a year and compare it with its targets."""
    model = Model(workers=workers, rng=seed, overrides=_opening_in(year))
    staff = _by_sector(model, model.state.firms.headcount)
    codes = model.economy.opening.codes
    small = [(code, int(count)) for count, code in sorted(zip(staff, codes, strict=True)) if count < FEW_WORKERS]
    few = tuple(small[:FEWEST_SHOWN])
    return OpeningReport(workers, seed, sector_checks(model), aggregate_checks(model), few)


def _by_sector(model: Model, values: np.ndarray) -> FloatArray:
    sums = np.bincount(model.state.firms.sector, weights=values, minlength=len(model.economy.opening.codes))
    return np.asarray(sums, dtype=np.float64)


def _sector_values(model: Model) -> dict[str, FloatArray]:
    """Sums over the agents by sector: billion yuan a quarter, million persons, Mt a quarter, shares."""
    firms, structure, opening = model.state.firms, model.economy.structure, model.economy.opening
    scale = structure.money_scale
    output = _by_sector(model, firms.output)
    added = output * (1 - structure.input_coefficients.sum(axis=0))
    mixed = _by_sector(model, np.where(structure.own_account[firms.sector], firms.dividends, 0.0))
    labour = _by_sector(model, firms.payroll) * (1 + structure.employer_rate) + mixed
    tonnes = (structure.fuel_intensity + structure.process_intensity) * output
    burnt = float((structure.electricity_intensity * output).sum())
    burnt += structure.household_electricity_intensity * float(model.state.workers.consumption.sum())
    burnt += model.state.macro.ai_electricity
    tonnes[opening.codes.index("UTL")] += model.state.macro.grid_factor * burnt
    return {
        "value added": added / scale,
        "employment": _by_sector(model, firms.headcount) * structure.persons_per_worker * 1e-6,
        "labour share": labour / added,
        "CO2": tonnes / scale,
        "electricity": np.array([burnt / scale]),
    }


def sector_checks(model: Model) -> tuple[Check, ...]:
    """Value added, employment, labour share and CO2 of every sector."""
    opening = model.economy.opening
    opened = _sector_values(model)
    targets = {
        "value added": ("bn CNY a quarter", opening.value_added),
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
    """(20,) final uses at home by product, thousand yuan in memory, added up from agents and budgets."""
    workers, firms, structure, a = model.state.workers, model.state.firms, model.economy.structure, model.state.macro
    dwellings = float(workers.housing_outlay.sum()) * (1 - structure.land_fee_share)
    planned_on = a.nominal_gdp / (1 + a.nominal_growth)  # the government plans on the GDP of the quarter before
    return (
        workers.consumption.sum() * structure.consumption_basket
        + dwellings * structure.dwelling_basket
        + structure.government_share * planned_on * structure.government_basket
        + structure.public_investment_share * planned_on * structure.public_basket
        + firms.investment.sum() * structure.capital_basket
    )


def aggregate_checks(model: Model) -> tuple[Check, ...]:
    """The economy as a whole; GDP is measured by production and by expenditure."""
    firms, structure, opening, a = model.state.firms, model.economy.structure, model.economy.opening, model.state.macro
    macro = load_tables(model.economy.parameters.growth.opening_year).macro
    scale = structure.money_scale
    sectors = _sector_values(model)
    gdp = float(sectors["value added"].sum())
    final = _final_uses(model)
    inputs = structure.input_coefficients * structure.input_import_share
    imports = (
        float((inputs @ _by_sector(model, firms.output)).sum() + (structure.final_import_share * final).sum()) / scale
    )
    exports = float(structure.exports.sum()) / scale
    stocks = float((firms.output - firms.sales_quantity).sum()) / scale
    expenditure = float(final.sum()) / scale + stocks + exports - imports
    first = dict(zip(model.recorder.names, model.recorder.values[0].tolist(), strict=True))
    total = opening.gdp
    labour = (opening.wages + opening.mixed_income).sum() / total
    earned = float((sectors["labour share"] * sectors["value added"]).sum()) / gdp
    households = structure.household_fuel_intensity * float(model.state.workers.consumption.sum()) / scale
    co2, wide = float(sectors["CO2"].sum()) + households, AGGREGATE_TOLERANCE
    rows = (
        ("GDP by production", "bn CNY a quarter", total, gdp, wide),
        ("GDP by expenditure", "bn CNY a quarter", total, expenditure, wide),
        ("employment", "million persons", macro["employment_million"], float(sectors["employment"].sum()), wide),
        ("unemployment", "share", macro["unemployment_rate"], first["unemployment_rate"], wide),
        ("labour share", "share", labour, earned, wide),
        ("Gini of income", "index 0-1", macro["gini_disposable_income"], first["gini_disposable_income"], wide),
        ("public debt", "years of GDP", macro["public_debt_ratio"], a.bonds / scale / (4 * gdp), wide),
        ("exports", "share of GDP", opening.exports.sum() / total, exports / gdp, wide),
        ("imports", "share of GDP", opening.imports.sum() / total, imports / gdp, wide),
        ("CO2, households in", "Mt a quarter", macro["co2_total_mt"] / 4, co2, wide),
        ("electricity", "TWh a quarter", macro["electricity_twh"] / 4, float(sectors["electricity"][0]), wide),
    )
    return tuple(
        Check(name, "economy", unit, float(goal), float(value), most) for name, unit, goal, value, most in rows
    )


def _opening_in(year: int) -> dict[str, int]:
    return {f"assumptions.{OPENING_YEAR_KEY}": year}


def measure_start(
    workers: int = START_WORKERS,
    seeds: Iterable[int] = START_SEEDS,
    quarters: int = START_QUARTERS,
    year: int = DEFAULT_YEAR,
) -> StartReport:
    """Run the first quarters without macroeconomic shocks: how far the opening is from a steady path."""
    gdp, unemployment, farming, drifts = [], [], [], []
    for seed in seeds:
        model = Model(workers=workers, rng=seed, overrides=WITHOUT_SHOCKS | _opening_in(year))
        drift = []
        force = model.state.macro.labour_force
        for _ in range(quarters):
            model.step()
            drift.append((1 + model.state.macro.frontier_growth) * model.state.macro.labour_force / force - 1)
            force = model.state.macro.labour_force
        drifts.append(drift)
        gdp.append(model.recorder.series("real_gdp"))
        unemployment.append(model.recorder.series("unemployment_rate"))
        farming.append(model.recorder.series("agricultural_employment_share"))
    levels, path = np.array(gdp), np.concatenate([[1.0], np.cumprod(1 + np.array(drifts).mean(axis=0))])
    growth, trend = np.full(quarters, np.nan), np.full(quarters, np.nan)
    growth[3:] = (levels[:, 4:] / levels[:, :-4] - 1).mean(axis=0)
    land = np.array(farming).mean(axis=0)
    trend[3:] = path[4:] / path[:-4] - 1 + productivity_gap(model) * (land[:-4] - land[4:])
    return StartReport(len(gdp), workers, growth, trend, np.array(unemployment).mean(axis=0))


def productivity_gap(model: Model) -> float:
    """Value added per worker elsewhere less that in agriculture, over the mean, at the opening.

    Times the share of workers who change over, the part of growth that is structural change (McMillan and Rodrik 2011).
    """
    opening, farms = model.economy.opening, model.economy.structure.own_account
    added, people = opening.value_added / opening.gdp, opening.employment / opening.employment.sum()
    here, land = float(added[farms].sum()), float(people[farms].sum())
    return (1 - here) / (1 - land) - here / land


def opening_report(workers: int, seed: int, year: int = DEFAULT_YEAR) -> str:
    """The text of ``xinzhi opening``: every target, every value, pass or fail, and the first eight quarters."""
    report = measure_opening(workers, seed, year)
    return "\n".join(
        [
            f"The opening economy, {year}Q1: {workers:,} workers, seed {seed}",
            "",
            *_sector_lines(report),
            "",
            *_aggregate_lines(report),
            "",
            *_notes(report, year),
            "",
            *_start_lines(measure_start(year=year)),
        ]
    )


def _verdict(passed: bool) -> str:
    return "pass" if passed else "FAIL"


def _sector_lines(report: OpeningReport) -> list[str]:
    measures = tuple(dict.fromkeys(check.measure for check in report.sectors))
    units = {check.measure: check.unit for check in report.sectors}
    by_sector: dict[str, list[Check]] = {}
    for check in report.sectors:
        by_sector.setdefault(check.group, []).append(check)
    lines = [
        "Sector" + "".join(f"{f'{name} ({units[name]})':^32}" for name in measures),
        "      " + "".join(f"{'target':>11}{'opened':>11}{'%':>8}  " for _ in measures),
    ]
    for code, checks in by_sector.items():
        cells = "".join(f"{one.target:>11.4g}{one.opened:>11.4g}{100 * one.difference:>+8.2f}  " for one in checks)
        lines.append(f"{code:6}{cells}{_verdict(all(one.passed for one in checks))}")
    few = "" if report.workers >= FULL_SIZE else "; employment within one worker where that is more"
    return [*lines, f"Tolerance {100 * SECTOR_TOLERANCE:g} %{few}."]


def _aggregate_lines(report: OpeningReport) -> list[str]:
    lines = [f"{'Economy':22}{'unit':20}{'target':>12}{'opened':>12}{'%':>8}"]
    lines += [
        f"{one.measure:22}{one.unit:20}{one.target:>12.5g}{one.opened:>12.5g}{100 * one.difference:>+8.2f}  "
        + _verdict(one.passed)
        for one in report.aggregates
    ]
    return [*lines, f"Tolerance {100 * AGGREGATE_TOLERANCE:g} %."]


def _notes(report: OpeningReport, year: int) -> list[str]:
    notes = []
    if report.workers < SMALL:
        few = ", ".join(f"{code} {count}" for code, count in report.few_workers) or f"none below {FEW_WORKERS}"
        notes.append(
            f"Below {SMALL:,} workers small sectors rest on few people (fewest: {few}): "
            "read PET together with CHM, and NMM with MET."
        )
    if year != DEFAULT_YEAR:
        notes.append(f"Structure and levels are those of {year}, for the back-test: no artificial intelligence.")
        return notes
    notes.append("Structure is that of 2018, levels are those of 2024. The Gini is that of disposable income, NBS.")
    notes.append(
        "China's rate of AI adoption is a scenario: no representative official figure exists. The path lies between "
        "the European and the American curves."
    )
    return notes


def _start_lines(start: StartReport) -> list[str]:
    lines = [
        f"First {start.growth.size} quarters without macroeconomic shocks, mean of {start.seeds} seeds "
        f"at {start.workers:,} workers, per cent",
        f"{'quarter':22}" + "".join(f"{quarter:>8}" for quarter in range(start.unemployment.size)),
        f"{'growth over a year':22}{'':8}" + "".join(_per_cent(value) for value in start.growth),
        f"{'trend and move':22}{'':8}" + "".join(_per_cent(value) for value in start.trend),
        f"{'unemployment':22}" + "".join(_per_cent(value) for value in start.unemployment),
    ]
    growth = (
        f"mean growth within {100 * GROWTH_TOLERANCE:g} points of trend: distance {100 * start.growth_gap:.2f} "
        f"(single years up to {100 * start.growth_swing:.2f})"
    )
    jobs = (
        f"unemployment within {100 * UNEMPLOYMENT_TOLERANCE:g} point of its start: "
        f"largest distance {100 * start.unemployment_gap:.2f}"
    )
    lines.append(f"{growth}  {_verdict(start.growth_gap <= GROWTH_TOLERANCE)}")
    lines.append(f"{jobs}  {_verdict(start.unemployment_gap <= UNEMPLOYMENT_TOLERANCE)}")
    return lines


def _per_cent(value: float) -> str:
    return f"{100 * value:>8.2f}" if np.isfinite(value) else f"{'·':>8}"
