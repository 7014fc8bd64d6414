"""The opening held against its targets says at its end how many are missed, and which."""

from dataclasses import replace

import numpy as np
import pytest

from abm.data import find_economy
from abm.reference.opening_checks import Check
from abm.reference.opening_report import OpeningReport, _summary
from abm.reference.opening_start import StartReport

pytestmark = pytest.mark.unit

STEADY = np.full(8, 0.03)


def report(*aggregates):
    sectors = (Check("CO2", "AGR", "Mt", 1.0, 1.0, 0.01), Check("CO2", "MIN", "Mt", 1.0, 1.2, 0.01))
    return OpeningReport(find_economy("usa"), 2024, 2_000, 1, sectors[: 2 if aggregates else 1], aggregates, ())


def test_the_last_line_counts_the_targets_that_fail():
    start = StartReport(2, 2_000, STEADY, STEADY, np.full(9, 0.05))
    assert _summary(report(), start) == "All 3 targets are met."
    gini = Check("Gini of income", "economy", "index 0-1", 0.3, 0.4, 0.02)
    told = _summary(report(gini), start)
    assert told.startswith("2 of 5 targets fail: CO2 of MIN, Gini of income; do not rest results on this opening")
    moving = replace(start, unemployment=np.linspace(0.05, 0.2, 9))
    assert _summary(report(), moving).startswith("1 of 3 targets fails: unemployment of the first quarters;")
    many = [Check(f"measure {number}", "economy", "", 1.0, 2.0, 0.02) for number in range(9)]
    assert "10 of 13 targets fail" in (told := _summary(report(*many), start)) and " and 4 more; " in told
