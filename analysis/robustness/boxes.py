"""When a policy fails: boxes in the space of the uncertainties that hold failures and little else.

The boxes are found by PRIM, the patient rule induction method of Friedman and Fisher (1999), as Bryant and Lempert
(2010) use it for scenario discovery, in the library ema_workbench. A limit that chance alone could set is removed.
"""

from __future__ import annotations

import math
import warnings
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.reading.sweeps import uncertainty_words
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd
    from ema_workbench.analysis.prim import PrimBox

    from abm.arrays import BoolArray

__all__ = ["FEWEST", "Box", "Limit", "can_find_boxes", "failure_box"]

FEWEST = 5  # failures, and worlds without failure, below which no box is looked for
SMALLEST = 0.1  # share of the worlds that a box holds at least
BY_CHANCE = 0.1  # quasi-probability above which a limit is taken away


class Limit(NamedTuple):
    """What a box asks of one uncertainty: a range, None at an end that it leaves open, or the levels it holds."""

    key: str
    low: float | None
    high: float | None
    levels: tuple[str, ...] = ()

    @property
    def words(self) -> str:
        """The limit as a part of a sentence."""
        name = uncertainty_words(self.key)
        if self.levels:
            return f"{name} is {' or '.join(self.levels)}"
        if self.low is not None and self.high is not None:
            return f"{name} is between {_short(self.low)} and {_short(self.high)}"
        if self.low is not None:
            return f"{name} is above {_short(self.low)}"
        return f"{name} is below {_short(math.inf if self.high is None else self.high)}"


class Box(NamedTuple):
    """Where a policy fails.

    coverage  share of all failures that are inside
    density   share of the worlds inside that are failures
    worlds    how many worlds are inside
    """

    limits: tuple[Limit, ...]
    coverage: float
    density: float
    worlds: int


def can_find_boxes() -> bool:
    """Whether ema_workbench is there."""
    return _prim() is not None


def failure_box(uncertainties: pd.DataFrame, failed: BoolArray) -> Box | None:
    """The box that catches most failures with least else, by the harmonic mean of coverage and density.

    ``uncertainties`` is (worlds, uncertainties), ``failed`` (worlds,) true where the policy fails. None where there are
    too few of either, or where no limit is better than chance. Raises UserError without ema_workbench.
    """
    from abm import UserError

    prim = _prim()
    if prim is None:
        raise UserError("conditions of failure need ema_workbench; install it with pip install 'xinzhi[explore]'")
    if min(failed.sum(), (~failed).sum()) < FEWEST:
        return None
    cases = _cases(uncertainties)
    if not len(cases.columns):
        return None
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        box = prim.Prim(cases, failed, threshold=float(failed.mean()), mass_min=SMALLEST).find_box()
        _choose(box)
        _drop_chance_limits(box)
    limits = _limits(box, cases)
    return Box(limits, float(box.coverage), float(box.density), len(box.yi)) if limits else None


def _prim() -> ModuleType | None:
    """The module of PRIM; importing it complains about what we do not use."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from ema_workbench.analysis import prim
    except ImportError:
        return None
    return prim


def _cases(uncertainties: pd.DataFrame) -> pd.DataFrame:
    """Numbers as floats, all else as text; what never varies is left out."""
    import pandas as pd

    varying = {key: column for key, column in uncertainties.items() if column.nunique() > 1}
    numbers = {key: pd.api.types.is_numeric_dtype(column) and column.dtype != bool for key, column in varying.items()}
    return pd.DataFrame({
        key: column.to_numpy(dtype=float) if numbers[key] else column.astype(str).to_numpy(dtype=object)
        for key, column in varying.items()
    })  # fmt: skip


def _choose(box: PrimBox) -> None:
    path = box.peeling_trajectory
    both = (path["coverage"] * path["density"] / (path["coverage"] + path["density"])).to_numpy()
    box.select(int(np.argmax(both)))


def _drop_chance_limits(box: PrimBox) -> None:
    """Take away, one after the other, the ends of limits that chance could have set; the weakest first."""
    while True:
        chances = box.qp[box._cur_box]  # of each limit's two ends; an open end has -1, levels have one chance for both
        ends = {(key, end): chance for key, both in chances.items() for end, chance in enumerate(both)}
        weakest = max(ends, key=ends.__getitem__, default=None)
        if weakest is None or ends[weakest] <= BY_CHANCE:
            return
        _open(box, *weakest)


def _open(box: PrimBox, key: str, end: int) -> None:
    """Open one end of a limit, or all levels, and let the box be what it is then."""
    wider, initial = box.box_lim.copy(), box.box_lims[0]
    cases = box.prim.x
    if cases[key].dtype == "category":
        wider[key] = initial[key]
    else:
        wider.loc[end, key] = initial.loc[end, key]
    inside = np.ones(len(cases), dtype=bool)
    for name, column in cases.items():
        first, last = wider[name]
        inside &= column.isin(first) if column.dtype == "category" else (column >= first) & (column <= last)
    box.update(wider, cases.index.to_numpy()[inside])


def _limits(box: PrimBox, cases: pd.DataFrame) -> tuple[Limit, ...]:
    initial, chosen = box.box_lims[0], box.box_lim
    limits = []
    for key in cases:
        if cases[key].dtype != float:
            if chosen[key][0] != initial[key][0]:
                limits.append(Limit(key, None, None, tuple(sorted(chosen[key][0]))))
            continue
        (low, high), (lowest, highest) = chosen[key], initial[key]
        if low > lowest or high < highest:
            limits.append(Limit(key, float(low) if low > lowest else None, float(high) if high < highest else None))
    return tuple(limits)


def _short(value: float) -> str:
    """Three significant digits, without an exponent for what is read as a number."""
    if value == 0.0:
        return "0"
    return format_number(value, max(0, 2 - int(np.floor(np.log10(abs(value))))))
