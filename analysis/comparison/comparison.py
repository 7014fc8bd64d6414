"""Two to four scenarios compared on the same random draws: ``analysis.compare(a, b)`` and what can be done with it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from xinzhi.analysis.comparison.tables import differences_table, headline_table, levels_table, winners_table
from xinzhi.analysis.figures.drawing import Drawing
from xinzhi.analysis.reading.paired import Pair, reference_of
from xinzhi.analysis.reading.panel import Panel
from xinzhi.analysis.reading.text import quarter_label, scenario_labels, year_label

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from abm import Results

__all__ = ["MOST_SCENARIOS", "YEARS", "Comparison", "checked_count", "checked_years", "compare"]

YEARS = (2030, 2035, 2050)
MOST_SCENARIOS = 4  # more cannot be told apart in a figure


def compare(*results: Results, years: Sequence[int] | None = None) -> Comparison:
    """Compare two to four Results: differences are taken seed by seed from the economy without AI, else the first.

    ``years`` are those of the headline, 2030, 2035 and 2050 by default as far as the runs reach; the last quarter is
    always there. Raises UserError for another number of results, a year outside the runs, or no seed in common.
    """
    return Comparison(results, years)


def checked_count(scenarios: int) -> None:
    """Raise UserError unless there are two to four scenarios."""
    from abm import UserError

    if not 2 <= scenarios <= MOST_SCENARIOS:
        raise UserError(f"compare needs 2 to {MOST_SCENARIOS} scenarios, not {scenarios}")


def checked_years(years: Sequence[int] | None, opening: int, last: int) -> None:
    """Raise UserError for a year of which the runs, ``last`` quarters long, do not reach the first quarter."""
    from abm import UserError

    for year in years or ():
        if not 0 <= (year - opening) * 4 <= last:
            raise UserError(f"--year {year}: the runs go from {opening} to {opening + last // 4}")


class Comparison:
    """Scenarios on the same seeds.

    results     the Results, in the order given
    panels      their series as arrays
    labels      their names for readers, all different
    base        the place of the reference
    pairs       {place: Pair with the reference} of all others
    quarters    the quarters of the headline
    """

    def __init__(self, results: Sequence[Results], years: Sequence[int] | None = None):
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
        self.last = min(panel.last for panel in self.panels)
        opening = self.panels[0].opening_year
        if any(panel.opening_year != opening for panel in self.panels):
            raise UserError("the scenarios open in different years; compare those that open in the same")
        checked_years(years, opening, self.last)
        wanted = [(int(year) - opening) * 4 for year in (years or YEARS)]
        self.quarters = sorted({quarter for quarter in wanted if 0 <= quarter <= self.last} | {self.last})

    def __repr__(self) -> str:
        return f"Comparison({', '.join(self.labels)}; {len(self.seeds)} pairs, quarters 0 to {self.last})"

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seeds that all scenarios share."""
        shared = set.intersection(*(set(panel.seeds) for panel in self.panels))
        return tuple(sorted(shared))

    @property
    def end(self) -> int:
        """The last quarter of the headline."""
        return self.quarters[-1]

    def quarter_name(self, quarter: int) -> str:
        """``2030Q1``."""
        return quarter_label(quarter, self.panels[0].opening_year)

    def period(self, quarter: int) -> str:
        """The year of a first quarter, the quarter's own name otherwise."""
        return year_label(quarter, self.panels[0].opening_year)

    def table(self) -> pd.DataFrame:
        """The headline variables in the chosen years with their differences, a row for each scenario and year."""
        return headline_table(self)

    def levels(self) -> pd.DataFrame:
        """Median, 10th and 90th percentile of every variable and quarter."""
        return levels_table(self)

    def differences(self) -> pd.DataFrame:
        """The paired difference of every variable and quarter with its 90 % interval."""
        return differences_table(self)

    def winners(self) -> pd.DataFrame:
        """The difference of every tenth of incomes, occupation, sector, size of firm and region, chosen years."""
        return winners_table(self)

    def plot(self, variable: str = "real_gdp") -> Figure:
        """A figure of one variable: what becomes of it in every scenario, and the paired differences below.

        Title, unit, seeds and caution stand on it. Raises UserError for a variable that is not in the results.
        """
        from xinzhi.analysis.comparison.figures import variable_figure

        return variable_figure(self, variable)

    def summary(self) -> list[str]:
        """What changes by the last chosen year, in sentences made from the numbers."""
        from xinzhi.analysis.comparison.sentences import summary_sentences

        return summary_sentences(self)

    def html(self, command: str = "") -> str:
        """The report as one self-contained page; ``command`` is the command line that repeats all of it."""
        from xinzhi.analysis.comparison.report import report_page

        return report_page(self, command)

    def write(self, directory: str | Path, command: str = "") -> list[Path]:
        """Write tables (CSV and, with xlsxwriter, one XLSX), figures (PNG) and report.html; return their paths.

        CSV and PNG come first. Raises UserError when the folder cannot be written.
        """
        from xinzhi.analysis.comparison.files import write_comparison

        return write_comparison(self, directory, command)
