"""Which assumptions matter: Morris' screening and Sobol's indices of a sweep, beside the level of chance.

Morris (1991), with the mean absolute effect of Campolongo et al. (2007): how much an outcome changes when one
assumption goes from the low to the high end of its range, wherever the others are. Sobol (2001), estimated as in
Saltelli et al. (2010): the share of the variance over the whole design that an assumption brings, alone (first) and
with all that it interacts in (total). Both by SALib, with 95 % confidence intervals over the design.

Every point has the same seeds. What an assumption without any effect would seem to have, since runs with the same seed
drift apart as soon as anything differs, is measured by how unlike the seeds are; an index that such noise could give is
called not distinguishable from it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from xinzhi.analysis.reading.sweeps import MEAN_GROWTH_SHORT, Measure, SweepValues, measure_of
from xinzhi.analysis.reading.text import OPENING_YEAR
from xinzhi.analysis.sensitivity.indices import Noise, SampledDesign, morris_indices, noise_of, sobol_indices

if TYPE_CHECKING:
    from types import ModuleType

    import pandas as pd

    from abm import Sweep

__all__ = ["OUTCOMES", "Sensitivity", "sensitivity_of", "share_sentences"]

OUTCOMES = (MEAN_GROWTH_SHORT, "gini", "co2")
INDICES = {"morris": morris_indices, "sobol": sobol_indices}
MOST_NAMED = 10
MOST = 1.005  # that shares can add up to, rounded as they are shown


@dataclass(frozen=True)
class Sensitivity:
    """The indices of a sweep.

    table     a row for each outcome and assumption, see ``sensitivity_of``
    noise     {outcome: Noise}
    left_out  which parts of the design do not count, in words
    """

    method: str
    table: pd.DataFrame
    noise: dict[str, Noise]
    measures: tuple[Measure, ...]
    values: SweepValues
    policy: str
    parts: int
    left_out: str

    def __repr__(self) -> str:
        return f"Sensitivity({self.method}, {self.table['key'].nunique()} assumptions)"

    @property
    def index(self) -> str:
        """The column by which assumptions are ranked."""
        return "effect_size" if self.method == "morris" else "total"

    def ranked(self, outcome: str) -> pd.DataFrame:
        """The assumptions of one outcome, the most important first."""
        rows = self.table[self.table["outcome"] == outcome]
        return rows.sort_values(self.index, ascending=False, kind="stable")

    def most_important(self, most: int = MOST_NAMED) -> list[str]:
        """The assumptions that matter most: by their part of all indices of an outcome, mean over the outcomes.

        An effect not distinguishable from chance counts as zero.
        """
        table = self.table.assign(weight=np.where(self.table["above_noise"], self.table[self.index], 0.0))
        total = table.groupby("outcome")["weight"].transform("sum")
        table["weight"] = np.where(total > 0.0, table["weight"] / total.where(total > 0.0, 1.0), 0.0)
        weights = table.groupby("key", sort=False)["weight"].mean().sort_values(ascending=False, kind="stable")
        return [key for key, weight in weights.items() if weight > 0.0][:most]


def sensitivity_of(
    sweep: Sweep, outcomes: Sequence[str] = OUTCOMES, year: int | None = None, policy: str | None = None
) -> Sensitivity:
    """The indices of a sweep whose design was sampled by Morris or Sobol, under one policy (the first by default).

    The table's columns: outcome, key, then for Morris ``effect`` (mean change from the low to the high end), its size
    ``effect_size`` (mean of the absolute changes) with ``low`` and ``high``, and ``spread`` (standard deviation of the
    changes); for Sobol ``first`` and ``total`` with their intervals, and ``way`` (rank correlation). ``noise`` is what
    the effect of an assumption that does nothing stays below in 95 of 100 designs of Morris, and the share of noise in
    the variance for Sobol; ``above_noise`` whether the effect, or the lower end of the total, is above it.
    Raises UserError for other designs, and without SALib.
    """
    from abm import UserError

    method = sweep.design.get("sampling", {}).get("method", "grid")
    if method not in INDICES:
        raise UserError(
            f"{getattr(sweep, 'folder', 'the sweep')}: its worlds were drawn by {method}; indices need "
            "`sampling: morris` or `sampling: sobol` in the design"
        )
    _salib()
    measures = tuple(measure_of(name, int(sweep.design.get("first_year", OPENING_YEAR))) for name in outcomes)
    values = _one_policy(sweep, outcomes, year, policy)
    design = SampledDesign(sweep.design, values)
    tables, noise = [], {}
    for measure in measures:
        shown = design.shown(values.values(measure.name)[:, 0, :], measure)
        noise[measure.name] = noise_of(shown)
        found = INDICES[method](design, shown, noise[measure.name])
        found.insert(0, "outcome", measure.name)
        tables.append(found.assign(unit=measure.unit if method == "morris" else "share of variance"))
    import pandas as pd

    table = pd.concat(tables, ignore_index=True)
    return Sensitivity(
        method, table, noise, measures, values, values.policies[0], len(design.kept), design.left_out_words
    )  # fmt: skip


def _salib() -> ModuleType:
    from abm import UserError

    try:
        import SALib.analyze
    except ImportError:
        raise UserError("indices need SALib; install it with pip install 'xinzhi[sweep]'") from None
    return SALib.analyze


def _one_policy(sweep: Sweep, outcomes: Sequence[str], year: int | None, policy: str | None) -> SweepValues:
    """The sweep under one policy only."""
    from abm import UserError

    names = list(dict.fromkeys(sweep.points["policy"]))
    chosen = names[0] if policy is None else policy
    if chosen not in names:
        raise UserError(f"--policy {policy}: the sweep has {', '.join(names)}")
    points = sweep.points[sweep.points["policy"] == chosen]
    failures = sweep.failures[sweep.failures["point"].isin(points["point"])]
    outcomes_there = sweep.outcomes[sweep.outcomes["point"].isin(points["point"])]
    parts = {"points": points, "outcomes": outcomes_there, "failures": failures}
    one = sweep._replace(**parts) if hasattr(sweep, "_replace") else replace(sweep, **parts)
    return SweepValues(one, outcomes, year)


def share_sentences(found: Sensitivity) -> list[str]:
    """For each outcome whose Sobol shares add up to more than the whole variance: why, and whether that is an error.

    Shares without interactions cannot exceed the whole, and no share alone can. Those with interactions can, since an
    interaction counts in the share of each assumption; unless their intervals reach down to the whole.
    """
    if found.method != "sobol":
        return []
    sentences = []
    for measure in found.measures:
        rows = found.ranked(measure.name)
        alone, whole = float(rows["first"].sum()), float(rows["total"].sum())
        reach = float(np.sqrt(((rows["high"] - rows["total"]) ** 2).sum()))  # of a sum of independent errors
        if alone <= MOST and whole <= MOST:
            continue
        if alone > MOST or rows["total"].max() > MOST or whole - reach <= 1.0:
            worst = max(alone, whole)
            why = f"too few samples, since the shares add up to {100 * worst:.0f} % of the variance; take more samples"
        else:
            why = f"the shares add up to {100 * whole:.0f} %, since an interaction counts in that of each assumption"
        sentences.append(f"{measure.title}: {why}.")
    return sentences
