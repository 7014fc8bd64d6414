"""What ``xinzhi opening`` prints: the opening economy held against its targets, and its first two years."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from abm.data import DEFAULT_YEAR, Manifest, find_economy, latest_year
from abm.model import Model
from abm.reference.opening_checks import (
    AGGREGATE_TOLERANCE,
    FULL_SIZE,
    SECTOR_TOLERANCE,
    Check,
    aggregate_checks,
    sector_checks,
    sum_by_sector,
)
from abm.reference.opening_start import (
    GROWTH_TOLERANCE,
    UNEMPLOYMENT_TOLERANCE,
    StartReport,
    measure_start,
    opening_overrides,
)

__all__ = ["OpeningReport", "measure_opening", "opening_report"]

SMALL = 100_000  # below, some sectors have few workers
FEW_WORKERS, FEWEST_SHOWN = 100, 4
MOST_NAMED = 6


@dataclass(frozen=True)
class OpeningReport:
    """Every target of the opening and its value; ``few_workers`` are sectors too small to be read on their own."""

    economy: Manifest
    year: int
    workers: int
    seed: int
    sectors: tuple[Check, ...]
    aggregates: tuple[Check, ...]
    few_workers: tuple[tuple[str, int], ...]

    @property
    def passed(self) -> bool:
        """Whether every target is met."""
        return all(check.passed for check in self.sectors + self.aggregates)


def measure_opening(workers: int, seed: int, year: int = DEFAULT_YEAR, economy: str | None = None) -> OpeningReport:
    """Open an economy in a year and compare it with its targets; without ``economy`` the first that opens then."""
    model = Model(workers=workers, rng=seed, overrides=opening_overrides(year, economy))
    staff = sum_by_sector(model, model.state.firms.headcount)
    opening = model.economy.opening
    small = [
        (code, int(count)) for count, code in sorted(zip(staff, opening.codes, strict=True)) if count < FEW_WORKERS
    ]
    few, manifest = tuple(small[:FEWEST_SHOWN]), opening.tables.economy
    return OpeningReport(manifest, year, workers, seed, sector_checks(model), aggregate_checks(model), few)


def opening_report(workers: int, seed: int, year: int | None = None, economy: str | None = None) -> str:
    """The text of ``xinzhi opening``: every target, every value, pass or fail, and the first eight quarters.

    Without ``year`` it is the latest in which the economy opens. Raises UserError for an unknown economy or year.
    """
    if economy is not None:
        economy = str(find_economy(economy).folder)
    if year is None:
        year = DEFAULT_YEAR if economy is None else latest_year(find_economy(economy))
    report = measure_opening(workers, seed, year, economy)
    notes = _notes(report)
    return "\n".join(
        [
            f"The opening economy, {report.economy.title['en']}, {year}Q1: {workers:,} workers, seed {seed}",
            "",
            *_sector_lines(report),
            "",
            *_aggregate_lines(report),
            "",
            *notes,
            *([""] if notes else []),
            *_start_lines(start := measure_start(year=year, economy=economy)),
            "",
            _summary(report, start),
        ]
    )


def _summary(report: OpeningReport, start: StartReport) -> str:
    """How many targets are missed, in a sentence, and which."""
    checks = (*report.sectors, *report.aggregates)
    missed = [f"{one.measure} of {one.group}" for one in report.sectors if not one.passed]
    missed += [one.measure for one in report.aggregates if not one.passed]
    first = [
        (start.growth_gap, GROWTH_TOLERANCE, "growth"),
        (start.unemployment_gap, UNEMPLOYMENT_TOLERANCE, "unemployment"),
    ]
    missed += [f"{name} of the first quarters" for gap, most, name in first if gap > most]
    count = len(checks) + len(first)
    if not missed:
        return f"All {count} targets are met."
    more = f" and {len(missed) - MOST_NAMED} more" if len(missed) > MOST_NAMED else ""
    verb, named = "fails" if len(missed) == 1 else "fail", ", ".join(missed[:MOST_NAMED])
    return (
        f"{len(missed)} of {count} targets {verb}: {named}{more}; "
        "do not rest results on this opening before the tables behind them are correct."
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


def _notes(report: OpeningReport) -> list[str]:
    """What the size of the run means for small sectors, and what the economy says of its tables."""
    notes = []
    if report.workers < SMALL:
        few = ", ".join(f"{code} {count}" for code, count in report.few_workers) or f"none below {FEW_WORKERS}"
        notes.append(f"Below {SMALL:,} workers small sectors rest on few people (fewest: {few}).")
    return notes + report.economy.notes_of(report.year)


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
