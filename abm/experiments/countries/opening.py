"""Whether an economy with exchanged blocks opens, and with which saving of low incomes it does."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from itertools import product
from pathlib import Path

from abm.data import load_assumptions
from abm.errors import UserError
from abm.model import Model
from abm.parameters import parameter_named
from abm.scenarios.scenario import Scenario, load_scenario

__all__ = ["LOW_INCOMES", "made_to_open"]

LOW_INCOMES, HIGH_INCOMES = "households.propensity_low_income", "households.propensity_high_income"
STEP = 0.95  # of what low incomes would consume beyond high ones, from one attempt to the next
ATTEMPTS = 60


def made_to_open(
    economy: str, year: int, scenarios: Sequence[Scenario], workers: int, seeds: Sequence[int]
) -> float | None:
    """Lower the propensity to consume of low incomes until the economy opens; the value, or None if it did before.

    Households consume by a schedule that fits the incomes of their own economy. With the incomes or the consumption of
    another one the poorest could live on debt for ever, which no opening allows; a flatter schedule, whose level is
    solved anew, does not. All scenarios are opened on all seeds, since some draws have poorer people; one step more
    than needed is taken.
    Raises UserError with the reason of the first attempt where no value helps.
    """
    found = _refusal(economy, scenarios, workers, seeds)
    if found is None:
        return None
    low, high = (_value(key, year, economy) for key in (LOW_INCOMES, HIGH_INCOMES))
    for attempt in range(1, ATTEMPTS + 1):
        _write_value(Path(economy) / "assumptions.csv", high + (low - high) * STEP**attempt)
        if _refusal(economy, scenarios, workers, seeds) is None:
            fitted = round(high + (low - high) * STEP ** (attempt + 1), 6)
            _write_value(Path(economy) / "assumptions.csv", fitted)
            return fitted
    raise found


def _refusal(economy: str, scenarios: Sequence[Scenario], workers: int, seeds: Sequence[int]) -> UserError | None:
    """Why the economy does not open under one of the scenarios or on one of the seeds; None if it does."""
    for scenario, seed in product((load_scenario(one, {"economy": economy}) for one in scenarios), seeds):
        try:
            Model(workers=workers, rng=seed, policy=scenario)
        except UserError as error:
            return error
    return None


def _value(key: str, year: int, economy: str) -> float:
    return float(load_assumptions(year, economy).get(key, parameter_named(key).default))


def _write_value(path: Path, value: float) -> None:
    """The propensity of low incomes in a table of assumptions."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        header, rows = list(reader.fieldnames or ()), [row for row in reader if row["parameter"] != LOW_INCOMES]
    text = "lowered so that nobody owes money at the opening"
    rows.append({"parameter": LOW_INCOMES, "value": f"{value:.8g}", "source": text, "status": "assumed"})
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, header, lineterminator="\n", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
