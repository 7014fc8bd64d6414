"""What the back-test of one economy is held against: its targets, its judges, its figures and its words.

How a forecast is scored is the same for all; what is on record, which years a shock from outside masks, and what may
explain an error are not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from xinzhi.analysis.backtest.targets import Target

__all__ = ["BacktestPanel", "Case", "JudgesPanel"]


@dataclass(frozen=True)
class BacktestPanel:
    """One panel: the groups of a target that are added up; ``index`` shows the opening year as 100."""

    target: str
    groups: Sequence[str]
    title: str
    unit: str
    factor: float = 100.0
    decimals: int = 1
    index: bool = False
    growing: bool = False
    span: float = 4.0


@dataclass(frozen=True)
class JudgesPanel:
    """One panel of the figure of the judges; without ``factor`` it is an index of the opening year."""

    title: str
    unit: str
    factor: float | None
    decimals: int
    span: float


@dataclass(frozen=True)
class Case:
    """The back-test of one economy.

    targets        what is scored, in the order of the tables
    masked         years of a shock from outside that no forecaster could know; tables give them apart
    masked_words   those years in words
    counted_until  a count of comparisons to that year stands beside that of all; None: a count without masked years
    masked_table   whether the table of errors is printed without the masked years too
    systems        {target: targets that a VAR and a Bayesian VAR forecast it together with}
    reasons        {target: {an error upwards: a possible reason}}; judgement, not computed
    leading        {target: the group whose error says which of the two reasons applies}
    breaks         {target: (year, a fault of the record)}, named where the year lies between opening and end
    remark         on the record, under the tables and in the figure; may be empty
    """

    targets: tuple[Target, ...]
    masked: tuple[int, ...]
    masked_words: str
    counted_until: int | None
    systems: Mapping[str, tuple[str, ...]]
    reasons: Mapping[str, Mapping[bool, str]]
    panels: tuple[BacktestPanel, ...]
    judge_panels: Mapping[str, JudgesPanel]
    leading: Mapping[str, str] = field(default_factory=dict)
    breaks: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    masked_table: bool = False
    remark: str = ""
    figure_remark: str = ""

    def target(self, name: str) -> Target:
        """The target of that name."""
        return next(target for target in self.targets if target.name == name)

    @property
    def counted(self) -> tuple[str, ...]:
        """The names of the targets of the count against naive forecasts."""
        return tuple(target.name for target in self.targets if target.counted)

    @property
    def periods(self) -> tuple[str, str, str]:
        """All years, those without the masked ones, and the masked ones, in words."""
        return "all years", f"without {self.masked_words}", self.masked_words
