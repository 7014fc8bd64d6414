"""Moments of firms and persons that a look at them during a run gives, one number for each seed."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Protocol

import numpy as np

from xinzhi.analysis.moments.cycles import shifted_correlation
from xinzhi.analysis.moments.trajectory import SETTLED, log_cycle

if TYPE_CHECKING:
    import pandas as pd

    from abm.arrays import FloatArray

__all__ = ["CYCLES", "MICRO", "OBSERVED", "AgentsSeen", "observed_table"]

# Series of the whole economy that no outcome records, each correlated with the cycle of real GDP after two years.
CYCLES = {
    "mark_up_cycle": "mark_up",
    "capacity_cycle": "capacity_use",
    "inventories_cycle": "stock_change",
    "profits_cycle": "profit_ratio",
}
# Measured on the agents of each run by abm/experiments/observation.
MICRO = (
    "firm_growth_kurtosis", "firm_growth_shape", "firm_growth_variance", "investment_in_spikes", "investment_inaction",
    "investment_spikes", "productivity_persistence", "productivity_spread", "size_of_leavers",
    "age_earnings", "age_earnings_peak", "consumption_of_poorest_fifth", "consumption_of_richest_fifth",
    "duration_dependence", "gini_consumption", "job_finding", "reemployment_wage", "stayers_cuts", "stayers_deviation",
    "youth_unemployment", "spending_of_a_windfall", "windfall_by_income",
)  # fmt: skip
OBSERVED = (*MICRO, *CYCLES)


class AgentsSeen(Protocol):
    """What abm.experiments.observation gives."""

    @property
    def seeds(self) -> tuple[int, ...]:
        """Ascending."""
        ...

    @property
    def values(self) -> Mapping[str, FloatArray]:
        """{moment: (seeds,)}."""
        ...

    @property
    def series(self) -> Mapping[str, FloatArray]:
        """{name: (seeds, quarters + 1)}, real_gdp among them."""
        ...


def observed_table(observed: AgentsSeen) -> pd.DataFrame:
    """Every observed moment of every seed: the index is the seed, the columns are OBSERVED; NaN is undefined."""
    import pandas as pd

    columns = {name: np.asarray(observed.values[name], dtype=float) for name in MICRO}
    cycles = [log_cycle(gdp) for gdp in observed.series["real_gdp"]]
    for name, series in CYCLES.items():
        after = [one[SETTLED:] for one in observed.series[series]]
        columns[name] = np.array([shifted_correlation(*pair) for pair in zip(cycles, after, strict=True)])
    return pd.DataFrame(columns, index=pd.Index(observed.seeds, name="seed"))
