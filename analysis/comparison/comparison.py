"""Two to four scenarios compared on the same random draws, and what can be done with that: ``abm.compare`` makes it."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from abm import DISCOUNT_RATE, speaking_of, spoken
from xinzhi.analysis.comparison.tables import differences_table, headline_table, levels_table, winners_table
from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.figures.messages import course_message, pair_message, several_message
from xinzhi.analysis.reading.changes import (
    Change,
    GroupMeasure,
    change_in_levels,
    change_of,
    group_changes,
)
from xinzhi.analysis.reading.display import display_of
from xinzhi.analysis.reading.group_sizes import small_groups
from xinzhi.analysis.reading.paired import Pair, reference_of
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.summary import shown_years
from xinzhi.analysis.reading.text import scenario_labels

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from abm import Results
    from abm.arrays import FloatArray
    from xinzhi.analysis.reading.closure_ranges import ClosureRange

__all__ = ["MOST_SCENARIOS", "Comparison", "checked_count", "checked_years", "compare"]

MAIN = (
    "real_gdp", "real_consumption", "unemployment_rate", "real_wage_mean", "gini_disposable_income", "co2_emissions",
    "public_debt_ratio",
)  # fmt: skip
IN_TITLE = 3  # measures: production, consumption, and a third
MOST_SCENARIOS = 4  # more cannot be distinguished in a figure


def compare(
    *results: Results, years: Sequence[int] | None = None, discount_rate: float = DISCOUNT_RATE
) -> Comparison:  # fmt: skip
    """Compare two to four Results: differences are taken seed by seed from the economy without AI, else the first.

    ``years`` are those of the headline, 2030, 2035, 2050 and the last whole year by default, as far as the runs reach.
    ``discount_rate``, a year, is that of sums over the years. Who pays is as the Results were run;
    ``abm.compare`` runs scenarios with one rule for it. Raises UserError for another number of results, a year outside
    the runs, or no seed in common.
    """
    for one in results:
        if isinstance(one, str):
            from abm import UserError

            names = ", ".join(f'"{name}"' for name in map(str, results))
            raise UserError(f"analysis.compare takes Results; abm.compare({names}) runs scenarios by name")
    from abm import discount_rate_of

    return Comparison(results, years, discount_rate_of(discount_rate))


def checked_count(scenarios: int) -> None:
    """Raise UserError unless there are two to four scenarios."""
    from abm import UserError

    if not 2 <= scenarios <= MOST_SCENARIOS:
        raise UserError(f"compare needs 2 to {MOST_SCENARIOS} scenarios, not {scenarios}")


def checked_years(years: Sequence[int] | None, opening: int, last: int) -> None:
    """Raise UserError for a year that runs up to quarter ``last`` do not have whole."""
    from abm import UserError, whole_years

    whole = whole_years(opening, last)
    if not whole:
        raise UserError(f"no whole year is simulated in {last} quarters after {opening}Q1; simulate at least 3")
    for year in years or ():
        if year not in whole:
            raise UserError(f"--year {year}: the runs have the whole years {whole[0]} to {whole[-1]}")


class Comparison:
    """Scenarios on the same seeds.

    results     the Results, in the order given
    panels      their whole years as arrays
    labels      their names for readers, all different
    base        the place of the reference
    pairs       {place: Pair with the reference} of all others
    years       the years of the headline
    ranges      {(variable, year, "effect"): ClosureRange} where they were computed for this comparison
    discount_rate  a year, of sums over the years
    language    of the report, the figures and the workbook
    trimmed     what of the runs is left out because not all have it, in a sentence; empty if nothing is
    """

    def __init__(
        self, results: Sequence[Results], years: Sequence[int] | None = None, discount_rate: float = DISCOUNT_RATE
    ):  # fmt: skip
        from abm import UserError

        checked_count(len(results))
        self.results = list(results)
        self.drawing = Drawing(self.results)
        self.panels: list[Panel] = self.drawing.panels
        self.labels = scenario_labels(self.results)
        self.base = reference_of(self.results)
        others = [at for at in range(len(self.results)) if at != self.base]
        self.pairs = {at: Pair(self.panels[at], self.panels[self.base]) for at in others}
        for at, pair in self.pairs.items():
            if not pair.seeds:
                what = f"{self.labels[at]} and {self.labels[self.base]}"
                raise UserError(f"{what} share no seed at the same number of workers; run them with the same seeds")
        self.opening_year = self.panels[0].opening_year
        if any(panel.opening_year != self.opening_year for panel in self.panels):
            raise UserError("the scenarios open in different years; compare those that open in the same")
        economies = {getattr(one.scenario, "tables", "") for one in self.results} - {""}
        if len(economies) > 1:
            raise UserError(
                f"the scenarios are of different economies ({', '.join(sorted(economies))}), which share no random "
                "draws; compare each with its own twin: xinzhi countries"
            )
        self.last = min(panel.last for panel in self.panels)
        self._last_quarter = min(panel.last_quarter for panel in self.panels)
        checked_years(years, self.opening_year, self._last_quarter)
        self.years = shown_years(self.panels, years)
        self.ranges: dict[tuple[str, int, str], ClosureRange] = {}
        self.discount_rate = discount_rate
        self.language = self.drawing.language
        self.trimmed = self._trimmed()

    def _trimmed(self) -> str:
        from abm import said

        phrases = []
        longest = max(panel.last for panel in self.panels)
        if longest > self.last:
            phrases.append(said("years after {year}", year=self.last_year))
        every = set.union(*(set(panel.seeds) for panel in self.panels))
        if len(every) > len(self.seeds):
            phrases.append(said("{count} of {total} seeds", count=len(every) - len(self.seeds), total=len(every)))
        return said("Left out because not all scenarios have them: {what}.", what=phrases) if phrases else ""

    def in_language(self, language: str) -> Comparison:
        """The same comparison, whose report, figures and workbook are in a language; CSV files stay in English.

        Raises UserError for a language that there is no table of texts for.
        """
        from abm import LANGUAGES, UserError

        if language not in LANGUAGES:
            raise UserError(f"no language '{language}'; give one of {', '.join(LANGUAGES)}")
        other = copy(self)
        other.drawing = copy(self.drawing)
        other.language = other.drawing.language = language
        return other

    def __repr__(self) -> str:
        from xinzhi.analysis.comparison.notebook import as_text

        return as_text(self)

    def _repr_html_(self) -> str:
        from xinzhi.analysis.comparison.notebook import as_html

        return as_html(self)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """One outcome by whole years: the mean of every scenario and the differences; ``name`` as in Results."""
        from xinzhi.analysis.comparison.notebook import outcome_table

        return outcome_table(self, self._recorded(name))

    def difference(self, name: str, year: int | None = None, scenario: str | None = None) -> Change:
        """What changes in one outcome and year, amounts in per cent; it prints with its unit, interval and verdict.

        ``year`` is the last of the headline by default. Of more than two scenarios, ``scenario`` says which one is
        compared with the reference. Raises UserError.
        """
        from abm import UserError
        from xinzhi.analysis.comparison.notebook import place_of

        checked_years([year] if year is not None else None, self.opening_year, self._last_quarter)
        found = self.change(place_of(self, scenario), self._recorded(name), self.end if year is None else year)
        if found is None:
            raise UserError(f"the results have no pair of values of '{name}' in {year or self.end}")
        return found

    def _recorded(self, name: str) -> str:
        """The recorded name behind any that an outcome may be asked for by."""
        from abm import outcome_named

        return name if self.drawing.has(name) else outcome_named(name).name

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds that all scenarios share."""
        shared = set.intersection(*(set(panel.seeds) for panel in self.panels))
        return tuple(sorted(shared))

    @property
    def end(self) -> int:
        """The last year of the headline."""
        return self.years[-1]

    @property
    def last_year(self) -> int:
        """The last whole year that all runs have."""
        return self.opening_year + self.last

    def level(self, at: int, variable: str, year: int) -> FloatArray:
        """(shared seeds,) of a variable in a scenario, in the units of a year."""
        panel = self.panels[at]
        rows = np.searchsorted(panel.seeds, self.seeds).astype(int)
        return panel.values(variable)[rows, panel.column(year)] * display_of(panel, variable).factor

    def change(self, at: int, variable: str, year: int) -> Change | None:
        """What a scenario changes: amounts in per cent of the reference, rates in points; None where it is unknown."""
        return change_of(self.pairs[at], variable, year - self.opening_year)

    def change_in_levels(self, at: int, variable: str, year: int) -> Change | None:
        """The same in the unit of the level."""
        return change_in_levels(self.pairs[at], variable, year - self.opening_year)

    def groups(self, at: int, measure: GroupMeasure, year: int | None = None) -> dict[str, Change]:
        """{group: what a scenario changes for it} in a year, by default the last of the headline."""
        return group_changes(self.pairs[at], measure, (year or self.end) - self.opening_year)

    def small(self, measure: GroupMeasure, year: int | None = None) -> frozenset[str]:
        """The groups that are too small to read in any scenario, see reading/group_sizes.py."""
        return small_groups(self.panels, measure, (year or self.end) - self.opening_year)

    def message(self, variables: Sequence[str] = MAIN) -> str:
        """What the comparison says by the last year of the headline, in one line: the title of figures and report."""
        from abm import said
        from xinzhi.analysis.comparison.leading import led

        column, variables = self.end - self.opening_year, led(self, variables)
        if len(self.pairs) > 1:
            return several_message(self.labels, self.base, self.pairs, variables, column)
        from xinzhi.analysis.comparison.ranges import across_zero

        at, pair = next(iter(self.pairs.items()))
        found = pair_message(self.labels[at], pair, variables, column, across_zero(self, at), IN_TITLE)
        return found or course_message(self.panels[at], variables) or self.drawing.title(said("China's economy"))

    def table(self) -> pd.DataFrame:
        """The headline variables in the chosen years with their differences, a row for each scenario and year."""
        return headline_table(self)

    def levels(self) -> pd.DataFrame:
        """Mean, 10th and 90th percentile of every variable and whole year."""
        return levels_table(self)

    def differences(self) -> pd.DataFrame:
        """The paired difference of every variable and whole year with its 90 % confidence interval."""
        return differences_table(self)

    def winners(self) -> pd.DataFrame:
        """The difference of every tenth of incomes, occupation, sector, size of firm and region, chosen years."""
        return winners_table(self)

    def payers(self) -> pd.DataFrame:
        """What policies raise and spend, who meets the net, and what becomes of the public balance, by whole years."""
        from xinzhi.analysis.comparison.payers import payers_table

        return payers_table(self)

    def present_values(self) -> pd.DataFrame:
        """The differences in GDP, household consumption, net product and cost, summed at ``discount_rate``."""
        from xinzhi.analysis.comparison.present import present_table

        return present_table(self)

    def plot(self, variable: str = "real_gdp") -> Figure:
        """A figure of one variable: what becomes of it in every scenario, and the paired differences beside it.

        Raises UserError for a variable that is not in the results.
        """
        from xinzhi.analysis.comparison.figures import variable_figure
        from xinzhi.analysis.figures.letters import letters_of

        with letters_of(self.language), speaking_of(self.economy):
            return variable_figure(self, variable)

    def answer(self) -> list[str]:
        """The answer in a few sentences: what changes, what it costs, who pays, who gains and who loses."""
        from xinzhi.analysis.comparison.answer import answer_sentences

        return answer_sentences(self)

    def summary(self) -> list[str]:
        """What changes by the last chosen year, in sentences made from the numbers."""
        from xinzhi.analysis.comparison.sentences import summary_sentences

        return summary_sentences(self)

    @property
    def economy(self) -> str:
        """The tables that the scenarios open with, by whose currency and country texts are written."""
        return self.panels[self.base].economy

    def html(self, command: str = "") -> str:
        """The report as one self-contained page; ``command`` is the command line that repeats all of it."""
        from xinzhi.analysis.comparison.report import report_page

        with speaking_of(self.economy):
            return spoken(report_page(self, command), self.language)

    def write(self, directory: str | Path, command: str = "", figures: bool = True) -> list[Path]:
        """Write tables (CSV and, with xlsxwriter, one XLSX), figures (PNG) and report.html; return their paths.

        CSV and PNG come first. Without ``figures`` only one figure is written beside the report, which has them all.
        Raises UserError when the folder cannot be written.
        """
        from xinzhi.analysis.comparison.files import write_comparison

        with speaking_of(self.economy):
            return write_comparison(self, directory, command, figures)
