"""Why two scenarios differ: the difference shared out so that the parts add up, in what readers are shown.

Four accounts of it: the families of mechanisms of AI (Shapley values), productivity by firms, carbon dioxide by factor,
and inequality by source of income. The first says what causes the difference in the model, the others where it shows.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from xinzhi.analysis.attribution.words import (
    CO2_TITLES,
    FAMILY_TITLES,
    METHODS,
    OPENING,
    POLICY,
    PRODUCTIVITY_TITLES,
    SOURCE_TITLES,
    AccountDisplay,
    shown_outcome,
)
from xinzhi.analysis.reading.paired import Difference, mean_of_pairs
from xinzhi.analysis.reading.text import scenario_labels
from xinzhi.analysis.statistics.decompositions import PRODUCTIVITY_PARTS, log_mean_parts, productivity_parts
from xinzhi.analysis.statistics.shapley import shapley_values

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from abm import Explanation, Scenario
    from abm.arrays import FloatArray
    from abm.experiments.attribution.observation import EnergyYear, FirmYear

__all__ = ["Account", "Attribution", "Contribution", "attribute"]

POWER_FACTORS = ("population", "employment", "productivity", "sector_mix", "energy_intensity", "household_energy",
                 "ai_electricity", "carbon_intensity")  # fmt: skip
PRODUCTIVITY, CO2, GINI = "productivity_by_firms", "co2_by_factor", "gini_by_source"
YEARLY = 4.0  # quarters


class _Side(NamedTuple):
    """One of the two that differ, as what has a label."""

    scenario: Scenario


class Contribution(NamedTuple):
    """One part of a difference: ``values`` (seeds,) in shown units."""

    key: str
    title: str
    values: FloatArray

    @property
    def difference(self) -> Difference:
        """The mean over seeds with its 90 % confidence interval."""
        return _mean(self.values)


@dataclass(frozen=True)
class Account:
    """A difference and its parts in shown units; ``before`` and ``after`` (seeds,) are the levels of A and B."""

    key: str
    shown: AccountDisplay
    method: str
    before: FloatArray
    after: FloatArray
    parts: tuple[Contribution, ...]

    @property
    def difference(self) -> Difference:
        """B less A: the mean over seeds with its 90 % confidence interval."""
        return _mean(self.after - self.before)

    @property
    def residual(self) -> float:
        """What the parts leave of the difference, the largest of all seeds: rounding only."""
        return float(np.abs(sum(part.values for part in self.parts) - (self.after - self.before)).max())


class Attribution:
    """The accounts of one explanation (see abm.explain): ``accounts`` by key, tables, sentences and figures."""

    def __init__(self, explanation: Explanation):
        self.explanation = explanation
        self.labels = scenario_labels([_Side(one) for one in explanation.scenarios])
        self.year = explanation.year
        self.seeds = explanation.seeds

    def __repr__(self) -> str:
        return f"Attribution({self.labels[1]!r} less {self.labels[0]!r}, {self.year}, {len(self.seeds)} seeds)"

    @property
    def economy(self) -> str:
        """The tables that the scenarios open with, by whose currency and country texts are written."""
        return self.explanation.scenarios[0].tables

    @cached_property
    def accounts(self) -> dict[str, Account]:
        """The outcomes by families of mechanisms, then the three accounts of where the difference shows."""
        found = [account(self.explanation) for account in (_by_firms, _by_factor, _by_source)]
        return self.by_family | {account.key: account for account in found}

    @cached_property
    def by_family(self) -> dict[str, Account]:
        """The outcomes by families of mechanisms."""
        found = [_by_family(self.explanation, at) for at in range(len(self.explanation.outcomes))]
        return {account.key: account for account in found}

    def table(self) -> pd.DataFrame:
        """A row for each part, and for both levels and their difference.

        Columns: account, part, title, unit, mean, low, high (90 % confidence interval of the mean over pairs
        of seeds), clear.
        """
        import pandas as pd

        rows = []
        for one in self.accounts.values():
            lines = [("level_a", self.labels[0], _mean(one.before))]
            lines += [(part.key, part.title, part.difference) for part in one.parts]
            lines += [("level_b", self.labels[1], _mean(one.after)), ("total", "Difference", one.difference)]
            for key, title, found in lines:
                rows.append((one.key, key, title, one.shown.unit, found.mean, found.low, found.high, found.clear))
        return pd.DataFrame(rows, columns=["account", "part", "title", "unit", "mean", "low", "high", "clear"])

    def by_seed(self) -> pd.DataFrame:
        """A row for each seed and part, both levels included: account, part, seed, value, unit."""
        import pandas as pd

        rows = []
        for one in self.accounts.values():
            levels = (Contribution("level_a", "", one.before), *one.parts, Contribution("level_b", "", one.after))
            for part in levels:
                values = part.values.tolist()
                rows += [(one.key, part.key, seed, value, one.shown.unit)
                         for seed, value in zip(self.seeds, values, strict=True)]  # fmt: skip
        return pd.DataFrame(rows, columns=["account", "part", "seed", "value", "unit"])

    def combinations(self) -> pd.DataFrame:
        """What every run gave: scenario, families on, seed, variable and its mean over the year in recorded units."""
        import pandas as pd

        rows, source = [], self.explanation
        for side, label in enumerate(self.labels):
            for at, levels in enumerate(source.levels[side]):
                on = " ".join(name for bit, name in enumerate(source.families) if at >> bit & 1) or "none"
                for seed, of_seed in zip(self.seeds, levels, strict=True):
                    rows += [(label, on, seed, name, value)
                             for name, value in zip(source.outcomes, of_seed.tolist(), strict=True)]  # fmt: skip
        return pd.DataFrame(rows, columns=["scenario", "families_on", "seed", "variable", "value"])

    def summary(self) -> list[str]:
        """What makes the difference, in sentences."""
        from abm import speaking_of, spoken
        from xinzhi.analysis.attribution.text import summary_sentences

        with speaking_of(self.economy):
            return [spoken(sentence) for sentence in summary_sentences(self)]

    def plot(self, key: str = "real_gdp") -> Figure:
        """The waterfall of one account: from the level of A to that of B."""
        from abm import UserError, speaking_of
        from xinzhi.analysis.attribution.figures import waterfall_figure

        if key not in self.accounts:
            raise UserError(f"no account '{key}'; give one of {', '.join(self.accounts)}")
        with speaking_of(self.economy):
            return waterfall_figure(self, self.accounts[key])

    def write(self, directory: str | Path, command: str = "") -> list[Path]:
        """Tables as CSV, the figures as PNG and explain.json into a folder; returns their paths."""
        from xinzhi.analysis.attribution.files import write_attribution

        return write_attribution(self, directory, command)


def attribute(explanation: Explanation) -> Attribution:
    """The accounts of what ``abm.explain`` ran."""
    return Attribution(explanation)


def _mean(values: FloatArray) -> Difference:
    """The mean over seeds with its interval; not a number where no seed has a value."""
    return mean_of_pairs(values) or Difference(np.nan, np.nan, np.nan, 0)


def _by_family(explanation: Explanation, at: int) -> Account:
    """Shapley values of the families, and what is left of the difference with all of them off."""
    name = explanation.outcomes[at]
    scenario = explanation.scenarios[0]
    shown = shown_outcome(name, scenario.opening_year, scenario.tables)
    before, after = (shown.factor * explanation.levels[side, ..., at] for side in (0, 1))
    worth = after - before
    values = shapley_values(worth)
    parts = [Contribution(key, FAMILY_TITLES[key], one) for key, one in zip(explanation.families, values, strict=True)]
    if (worth[0] != 0.0).any() or not explanation.all_families:
        parts.append(Contribution("policy", POLICY[explanation.all_families], worth[0]))
    return Account(name, shown, METHODS["family"], before[-1], after[-1], tuple(parts))


def _by_firms(explanation: Explanation) -> Account:
    """Growth of productivity in B less that in A, part by part, and what there was already in the first quarter."""
    sides = [np.stack([_productivity(one.firms) for one in many]) for many in explanation.observations]
    gaps = YEARLY * (sides[1] - sides[0])
    titles = [*PRODUCTIVITY_TITLES.values(), OPENING]
    parts = [Contribution(key, title, gap) for key, title, gap in
             zip((*PRODUCTIVITY_PARTS, "opening"), titles, gaps.T, strict=True)]  # fmt: skip
    before, after = (YEARLY * side.sum(axis=1) for side in sides)
    from abm import in_currency

    scenario = explanation.scenarios[0]
    unit = f"thousand CNY a year per person employed, prices of {scenario.opening_year}"
    shown = AccountDisplay("Labour productivity by firms", in_currency(unit, scenario.tables), 2)
    return Account(PRODUCTIVITY, shown, METHODS[PRODUCTIVITY], before, after, tuple(parts))


def _productivity(firms: FirmYear) -> FloatArray:
    """(6,) parts of the growth since the first quarter, mean over the quarters of the year, and the first level."""
    made, staff = firms.value_added, firms.staff
    quarters = range(1, len(made))
    grown = [productivity_parts(firms.sector, (made[0], made[at]), (staff[0], staff[at]), firms.replaced[at])
             for at in quarters]  # fmt: skip
    return np.append(np.mean(grown, axis=0), made[0].sum() / staff[0].sum())


def _by_factor(explanation: Explanation) -> Account:
    """An extended Kaya identity of carbon dioxide, quarter by quarter, summed over the year."""
    before: list[float] = []
    after: list[float] = []
    parts = []
    for one, other in zip(*explanation.observations, strict=True):
        tables = [_kaya(side.energy) for side in (one, other)]
        parts.append(sum(log_mean_parts(first, second) for first, second in zip(*tables, strict=True)))
        for levels, quarters in zip((before, after), tables, strict=True):
            levels.append(sum(float(quarter.prod(axis=1).sum()) for quarter in quarters))
    named = [
        Contribution(key, CO2_TITLES[key], values) for key, values in zip(POWER_FACTORS, np.array(parts).T, strict=True)
    ]
    shown = AccountDisplay("CO2 emissions by factor", "million tonnes a year", 0)
    return Account(CO2, shown, METHODS[CO2], np.array(before), np.array(after), tuple(named))


def _kaya(energy: EnergyYear) -> list[FloatArray]:
    """For each quarter (sources of emissions, POWER_FACTORS), whose products are million tonnes.

    Adults x employed per adult x GDP per employed x output of a sector over GDP x fuel or power over output x carbon of
    a kilowatt hour. Households and AI have no output: theirs is over GDP. Fuel is counted in the carbon it holds.
    """
    quarters = []
    for at in range(len(energy.gdp)):
        gdp, output = energy.gdp[at], energy.output[at]
        common = (energy.adults[at], energy.employed[at] / energy.adults[at], gdp / energy.employed[at])
        mix = output / gdp
        rows = []
        grid = energy.grid[at]
        for used, carbon in ((energy.fuel[at], 1.0), (energy.process[at], 1.0), (energy.electricity[at], grid)):
            per_output = np.divide(used, output, out=np.zeros_like(used), where=output > 0)
            rows += [(*common, share, each, 1.0, 1.0, carbon) for share, each in zip(mix, per_output, strict=True)]
        rows.append((*common, 1.0, 1.0, energy.household_fuel[at] / gdp, 1.0, 1.0))
        rows.append((*common, 1.0, 1.0, energy.household_electricity[at] / gdp, 1.0, grid))
        rows.append((*common, 1.0, 1.0, 1.0, energy.ai_electricity[at] / gdp, grid))
        quarters.append(np.array(rows))
    return quarters


def _by_source(explanation: Explanation) -> Account:
    """What each source of income adds to the Gini of disposable incomes, mean over the quarters of the year."""
    sides = [100.0 * np.stack([one.gini_parts.mean(axis=0) for one in many]) for many in explanation.observations]
    parts = [Contribution(key, title, gap) for (key, title), gap in
             zip(SOURCE_TITLES.items(), (sides[1] - sides[0]).T, strict=True)]  # fmt: skip
    shown = AccountDisplay("Inequality by source of income", "Gini index, 0 all equal, 100 one has all", 2)
    before, after = (side.sum(axis=1) for side in sides)
    return Account(GINI, shown, METHODS[GINI], before, after, tuple(parts))
