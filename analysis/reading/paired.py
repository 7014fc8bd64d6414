"""Paired differences: the same seed with and without a change shares every draw, so that chance cancels."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from typing import TYPE_CHECKING

import numpy as np

from abm import said
from xinzhi.analysis.reading.display import headline_of
from xinzhi.analysis.reading.panel import QuarterPanel
from xinzhi.analysis.statistics.measures import student_t_quantile
from xinzhi.analysis.statistics.reading_many import discoveries, pairs_for

if TYPE_CHECKING:
    from abm import Results
    from abm.arrays import FloatArray

__all__ = [
    "MOST_PAIRS", "Difference", "Pair", "interval_of", "mean_of_pairs", "means_of_pairs", "paired_difference",
    "read_together", "reference_of", "variance_ratio",
]  # fmt: skip

CONFIDENCE = 0.90
FALSE_AMONG_FOUND = 0.10  # of the effects that are called clear in a list, as of the intervals that miss
POWER = 0.80  # with which the pairs needed make an effect clear
MOST_PAIRS = 500  # an effect that needs more is too small to settle
NO_EFFECT = "policy_cost"  # of the headline: it follows from the policy, so that nothing is found out
FEWEST_PAIRS = 3  # from which a variance is worth telling


@dataclass(frozen=True, repr=False)
class Difference:
    """The mean of paired differences with its 90 % confidence interval (not a number for a single pair).

    ``likely``: the interval leaves out zero, yet among all those read together it may be one that does so by chance.
    """

    mean: float
    low: float
    high: float
    pairs: int
    likely: bool = False

    def __repr__(self) -> str:
        between = f" [{self.low:+.4g} to {self.high:+.4g}]" if self.pairs > 1 else ""
        return f"{self.mean:+.4g}{between}, {self.pairs} {'pairs' if self.pairs > 1 else 'pair'}"

    @property
    def same(self) -> bool:
        """Whether every pair agrees exactly."""
        return self.mean == 0.0 and (self.pairs == 1 or self.low == self.high == 0.0)

    @property
    def clear(self) -> bool:
        """Whether the interval lies on one side of zero; never with a single pair."""
        return self.low > 0.0 or self.high < 0.0

    @property
    def sure(self) -> bool:
        """Whether it is clear also among all differences that are read together."""
        return self.clear and not self.likely

    @property
    def statistic(self) -> float:
        """Student's t of the mean; infinite where the pairs do not vary."""
        reach = (self.high - self.low) / 2
        return _quantile(self.pairs - 1) * self.mean / reach if reach > 0.0 else math.copysign(math.inf, self.mean)

    @property
    def pairs_needed(self) -> int | None:
        """How many pairs of seeds in all would make a difference of this size clear, in four of five repeats.

        As many as there are where it is clear or the same. None where it takes more than MOST_PAIRS, and with fewer
        than three pairs, whose variance says little.
        """
        if self.same or self.clear:
            return self.pairs
        if self.pairs < FEWEST_PAIRS:
            return None
        ratio = abs(self.statistic) / math.sqrt(self.pairs)
        return pairs_for(ratio, self.pairs + 1, max(MOST_PAIRS, self.pairs + 1), CONFIDENCE, POWER)

    @property
    def settling(self) -> str:
        """What more pairs would do for an unclear difference, in words; empty where nothing is open or known."""
        if self.same or self.clear or self.pairs < FEWEST_PAIRS:
            return ""
        needed = self.pairs_needed
        if needed is None:
            return said("too small to settle with {most} pairs", most=MOST_PAIRS)
        more = needed - self.pairs
        if more == 1:
            return said("1 more pair would settle it")
        return said("{more} more pairs would settle it", more=more)


def read_together(found: Mapping[str, Difference]) -> dict[str, Difference]:
    """Differences of one list, with ``likely`` set where one is clear alone but not among so many."""
    tested = [name for name, one in found.items() if one.pairs > 1 and not one.same]
    sure = discoveries(
        [found[name].statistic for name in tested], [found[name].pairs - 1 for name in tested], FALSE_AMONG_FOUND
    )
    doubtful = {name for name, passed in zip(tested, sure, strict=True) if found[name].clear and not passed}
    return {name: replace(one, likely=name in doubtful) for name, one in found.items()}


def paired_difference(one: FloatArray, other: FloatArray) -> Difference | None:
    """``one`` less ``other``, both (pairs,) with NaN where undefined; None when no pair is complete.

    The interval is that of the mean, from Student's t: it says how well the seeds determine the difference, not how
    much the difference varies from seed to seed.
    """
    return mean_of_pairs(np.asarray(one, dtype=float) - np.asarray(other, dtype=float))


def mean_of_pairs(gaps: FloatArray) -> Difference | None:
    """The mean of differences (pairs,) with its interval; NaN is left out, None when nothing is left."""
    gaps = gaps[np.isfinite(gaps)]
    if not gaps.size:
        return None
    mean = float(gaps.mean())
    if gaps.size == 1:
        return Difference(mean, math.nan, math.nan, 1)
    error = float(gaps.std(ddof=1)) / math.sqrt(gaps.size)
    reach = _quantile(gaps.size - 1) * error
    return Difference(mean, mean - reach, mean + reach, int(gaps.size))


def interval_of(values: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean over the seeds of ``values`` (seeds, years) and the ends of its 90 % confidence interval.

    NaN where a seed has no value; with one seed the ends are the value itself.
    """
    count = len(values)
    mean = values.mean(axis=0)
    if count == 1:
        return mean, mean, mean
    reach = _quantile(count - 1) * values.std(axis=0, ddof=1) / math.sqrt(count)
    return mean, mean - reach, mean + reach


def means_of_pairs(gaps: FloatArray) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Mean, low and high of ``mean_of_pairs`` for every column of ``gaps`` (..., columns, pairs), to the same bit."""
    gaps = np.ascontiguousarray(gaps)  # a sum over neighbours in memory is taken in the same order as that of one row
    count = gaps.shape[-1]
    mean = gaps.mean(axis=-1)
    if count == 1:
        unknown = np.full_like(mean, np.nan)
        return mean, unknown, unknown
    reach = _quantile(count - 1) * (gaps.std(axis=-1, ddof=1) / math.sqrt(count))
    low, high = mean - reach, mean + reach
    for at in zip(*np.nonzero(~np.isfinite(gaps).all(axis=-1)), strict=True):
        found = mean_of_pairs(gaps[at])
        mean[at], low[at], high[at] = (found.mean, found.low, found.high) if found else (np.nan,) * 3
    return mean, low, high


def variance_ratio(one: FloatArray, other: FloatArray) -> float:
    """How many times more independent runs would need: both (pairs,), NaN is left out.

    The variance of a difference between independent runs, var(one) + var(other), over that of the paired difference,
    var(one - other). NaN with fewer than FEWEST_PAIRS complete pairs, and where the paired difference never varies.
    """
    whole = np.isfinite(one) & np.isfinite(other)
    one, other = one[whole], other[whole]
    if one.size < FEWEST_PAIRS:
        return math.nan
    paired = float(np.var(one - other, ddof=1))
    return float(np.var(one, ddof=1) + np.var(other, ddof=1)) / paired if paired > 0.0 else math.nan


@cache
def _quantile(degrees: int) -> float:
    return student_t_quantile(0.5 + CONFIDENCE / 2, degrees)


class Pair:
    """Two panels on the seeds and columns that they share; without shared seeds ``seeds`` is empty."""

    def __init__(self, subject: QuarterPanel, reference: QuarterPanel):
        self.subject = subject
        self.reference = reference
        same_scale = subject.provenance.get("workers") == reference.provenance.get("workers")
        # With another number of workers the same seed is another draw, and nothing cancels.
        self.seeds = tuple(sorted(set(subject.seeds) & set(reference.seeds))) if same_scale else ()
        self.last = min(subject.last, reference.last)
        self._likely: dict[int, frozenset[str]] = {}

    def likely(self, column: int) -> frozenset[str]:
        """The headline variables that are clear alone in a column, but not among all of them."""
        if column not in self._likely:
            every = {name: self._difference(gaps, column) for name, gaps in self._headline_gaps.items()}
            known = read_together({name: one for name, one in every.items() if one is not None})
            self._likely[column] = frozenset(name for name, one in known.items() if one.likely)
        return self._likely[column]

    @cached_property
    def _headline_gaps(self) -> dict[str, FloatArray]:
        return {name: self.gaps(name) for name in headline_of((self.subject, self.reference)) if name != NO_EFFECT}

    def gaps(self, variable: str) -> FloatArray:
        """(shared seeds, shared columns): subject less reference."""
        one, other = (self._chosen(panel, variable) for panel in (self.subject, self.reference))
        return one - other

    def relative_gaps(self, variable: str) -> FloatArray:
        """(shared seeds, shared columns): subject less reference over the mean of the reference, NaN where that is 0.

        Over the mean, not seed by seed: the mean of the pairs is then the difference of the mean levels in per cent,
        and as clear as the difference itself.
        """
        one, other = (self._chosen(panel, variable) for panel in (self.subject, self.reference))
        return _over_mean(one - other, other)

    def variance_ratio(self, variable: str, column: int) -> float:
        """The variance that pairing saves in one year, see ``variance_ratio``."""
        one, other = (self._chosen(panel, variable)[:, column] for panel in (self.subject, self.reference))
        return variance_ratio(one, other)

    def group_gaps(self, table: str, variable: str, relative: bool = False) -> dict[str, FloatArray]:
        """{group: (shared seeds, shared columns)} of the groups that both have, over the reference if ``relative``."""
        ones, others = (panel.group_values(table, variable) for panel in (self.subject, self.reference))
        gaps = {}
        for group in [group for group in ones if group in others]:
            one, other = self._shared(self.subject, ones[group]), self._shared(self.reference, others[group])
            gaps[group] = _over_mean(one - other, other) if relative else one - other
        return gaps

    def difference(self, variable: str, column: int) -> Difference | None:
        """The paired difference in one column, None where there is none."""
        return self._difference(self.gaps(variable), column)

    def _difference(self, gaps: FloatArray, column: int) -> Difference | None:
        if not self.seeds or not 0 <= column <= self.last:
            return None
        return mean_of_pairs(gaps[:, column])

    def _chosen(self, panel: QuarterPanel, variable: str) -> FloatArray:
        return self._shared(panel, panel.values(variable))

    def _shared(self, panel: QuarterPanel, values: FloatArray) -> FloatArray:
        rows = np.searchsorted(panel.seeds, self.seeds)
        return values[rows.astype(int), : self.last + 1]


def _over_mean(gaps: FloatArray, base: FloatArray) -> FloatArray:
    """``gaps`` over the mean of ``base`` in the pairs that have a gap, both (pairs, columns)."""
    counted = np.isfinite(gaps)
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = np.where(counted, base, 0.0).sum(axis=0) / counted.sum(axis=0)
        return gaps / np.where(mean != 0.0, mean, np.nan)


def reference_of(results_list: Sequence[Results]) -> int:
    """Which of several Results the others are compared with: the economy without AI if it is there, else the first."""
    names = [str(getattr(results.scenario, "name", results.scenario)) for results in results_list]
    return names.index("no_ai") if "no_ai" in names else 0
