"""The economies that have a back-test, each with what it is held against."""

from __future__ import annotations

from abm import UserError
from xinzhi.analysis.backtest.case import Case
from xinzhi.analysis.backtest.case_china import CHINA
from xinzhi.analysis.backtest.case_usa import USA

__all__ = ["CASES", "case_of"]

CASES: dict[str, Case] = {"china_20": CHINA, "usa": USA}


def case_of(economy: str) -> Case:
    """What the back-test of an economy, by the name in its manifest, is held against. Raises UserError."""
    if economy not in CASES:
        known = ", ".join(CASES)
        raise UserError(f"--economy {economy}: no record to hold a back-test against; there is one of {known}")
    return CASES[economy]
