"""The moments of a run: one number for each seed, from the tidy tables alone.

Second moments leave out the first two years, while the economy settles. Rates are fractions, growth is per year and
trends are least-squares slopes of logarithms turned into a rate per year.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xinzhi.analysis.moments import cycles, macro, outlooks, structure
from xinzhi.analysis.moments.trajectory import MOMENTS, Moment, Trajectory
from xinzhi.analysis.reading.panel import QuarterPanel

if TYPE_CHECKING:
    import pandas as pd

    from abm import Results

__all__ = ["MOMENTS", "Moment", "Trajectory", "moments_table"]

# The modules enter their moments into MOMENTS when they are imported.
DEFINED_IN = (macro, structure, cycles, outlooks)


def moments_table(results: Results) -> pd.DataFrame:
    """Every moment of every seed: the index is the seed, the columns are the names in MOMENTS; NaN is undefined."""
    import pandas as pd

    panel = QuarterPanel(results)
    rows = [[moment.compute(Trajectory(panel, row)) for moment in MOMENTS.values()] for row in range(len(panel.seeds))]
    return pd.DataFrame(rows, index=pd.Index(panel.seeds, name="seed"), columns=list(MOMENTS), dtype=float)
