"""Results: what a run gives back, as tidy tables with their provenance, and how they are written and read.

Every table has one row per value. A value that is not defined (NaN in the recorder) has no row.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import pandas as pd

from abm.arguments import check_kind, check_place
from abm.errors import UserError
from abm.files import whole_file, writing
from abm.interrupts import shielded
from abm.results.currency import country_of, in_currency
from abm.results.exports.datapackage import Resource, describe_package
from abm.results.folders import forget_question, prepare_folder
from abm.results.provenance import recorded_scenario
from abm.results.shown import as_html, as_text
from abm.results.tidy import tidy
from abm.results.yearly_tables import ECONOMY, years_of, years_table
from abm.results.years import whole_years
from abm.scenarios.scenario import Scenario

if TYPE_CHECKING:
    from matplotlib.figure import Figure
    from xarray import Dataset

    from abm.arrays import FloatArray

__all__ = ["GROUP_TABLES", "Results", "write_json", "write_table"]

GROUP_TABLES = ("sectors", "occupations", "deciles", "firm_sizes", "regions", "screened")
SUMMARY_YEARS = (2030, 2035, 2050)
TEXT_COLUMNS = ("scenario", "group", "variable", "unit")


class Recorded(Protocol):
    """What a recorder leaves of one seed: ``values`` (quarters + 1, outcomes) in the order of ``abm.results.outcomes``.

    ``groups`` is {table: (quarters + 1, groups, group outcomes)}.
    """

    @property
    def names(self) -> Sequence[str]: ...

    @property
    def values(self) -> FloatArray: ...

    @property
    def groups(self) -> Mapping[str, FloatArray]: ...


class Results:
    """The outcome of one scenario over its seeds.

    scenario    the Scenario that ran
    seeds       the seeds that finished, ascending
    series      DataFrame of the economy's variables: scenario, seed, quarter (0 is 2024Q1), variable, value, unit
    groups      {table: DataFrame} with the group (a sector code, an occupation, ...) after the quarter
    provenance  what is needed to repeat the run
    interrupted whether seeds are missing because the run was stopped
    failures    {seed: exception} of the seeds that failed
    """

    def __init__(
        self,
        scenario: Scenario,
        seeds: Sequence[int],
        series: pd.DataFrame,
        groups: Mapping[str, pd.DataFrame],
        provenance: Mapping[str, Any] | None = None,
        interrupted: bool = False,
        failures: Mapping[int, Exception] | None = None,
    ):
        self.scenario = scenario
        self.seeds = tuple(int(seed) for seed in seeds)
        self.series = series
        self.groups = dict(groups)
        self.provenance = dict(provenance or {})
        self.interrupted = interrupted
        self.failures = dict(failures or {})

    def __repr__(self) -> str:
        return as_text(self)

    def _repr_html_(self) -> str:
        return as_html(self)

    @property
    def quarters(self) -> int:
        """The last quarter recorded."""
        return int(self.series["quarter"].max()) if len(self.series) else 0

    @classmethod
    def from_recorders(
        cls,
        scenario: Scenario,
        seeds: Sequence[int],
        recorders: Sequence[Recorded],
        provenance: Mapping[str, Any] | None = None,
        interrupted: bool = False,
        failures: Mapping[int, Exception] | None = None,
    ) -> Results:
        """Tidy tables from one recorder for each seed. Raises AccountingError where a value is infinite."""
        from abm.results.groups import group_labels
        from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES

        prices = f"{scenario.opening_year}Q1"  # of real flows

        def unit_here(declared: str) -> str:
            return in_currency(declared.replace("2024Q1", prices), scenario.tables)

        units = {outcome.name: unit_here(outcome.unit) for outcome in OUTCOMES}
        names = list(recorders[0].names)
        values = np.stack([recorder.values for recorder in recorders])
        series = tidy(scenario.name, seeds, values[:, :, None, :], names, [units[name] for name in names], None)
        groups, labels = {}, group_labels(scenario.tables)
        for table in GROUP_TABLES:
            outcomes = GROUP_OUTCOMES[table]
            values = np.stack([recorder.groups[table] for recorder in recorders])
            names = [item.name for item in outcomes]
            table_units = [unit_here(item.unit) for item in outcomes]
            groups[table] = tidy(scenario.name, seeds, values, names, table_units, list(labels[table]))
        return cls(scenario, seeds, series, groups, provenance, interrupted, failures)

    @property
    def years(self) -> pd.DataFrame:
        """The whole calendar years: scenario, seed, year, table, group, variable, value, unit.

        A flow is the sum of its quarters, a stock that of the last one, all else their mean, in the units and under the
        names of years.py. ``table`` is ``economy`` with an empty group, or one of GROUP_TABLES.
        """
        return years_table(self)

    def __getitem__(self, name: str) -> pd.DataFrame:
        """One outcome of the whole economy: a row for each whole year, a column for each seed.

        ``name`` is that of the quarters, of the years or a short one (gdp, unemployment, gini, co2, wages, debt); the
        unit, always that of a year, is in ``attrs["unit"]``. Raises UserError.
        """
        return years_of(self, name)

    def plot(self, name: str = "gdp") -> Figure:
        """A figure of one outcome over the whole years: the mean of the seeds and their 10th to 90th percentile."""
        from xinzhi.analysis.figures.run_figures import outcome_figure

        check_kind("name", name, str, "the name of an outcome, such as real_gdp")
        return outcome_figure(self, name)

    def summary(self) -> dict[str, Any]:
        """Mean, 10th and 90th percentile over the seeds of every variable in 2024, 2030, 2035 and 2050.

        Years beyond the run are left out; the last whole year is always there. A variable without a value in a year is
        left out of it. ``origin`` says whether the level is imposed, tuned or emergent.
        """
        from abm.results.outcome_names import outcome_named

        table = self.years
        table = table[table["table"] == ECONOMY]
        opening = self.scenario.opening_year
        whole = whole_years(opening, self.quarters)
        years = sorted({year for year in (opening, *SUMMARY_YEARS) if year in whole} | set(whole[-1:]))
        chosen = table[table["year"].isin(years)]
        units = chosen.drop_duplicates("variable").set_index("variable")["unit"]
        variables: dict[str, Any] = {
            name: {"unit": unit, "origin": outcome_named(name).origin, "years": {}} for name, unit in units.items()
        }
        for (name, year), values in chosen.groupby(["variable", "year"], sort=False)["value"]:
            low, high = np.quantile(values.to_numpy(), [0.1, 0.9]).tolist()
            variables[name]["years"][str(year)] = {"mean": float(values.to_numpy().mean()), "p10": low, "p90": high}
        return {"scenario": self.scenario.name, "seeds": len(self.seeds), "years": years, "variables": variables}

    def to_iamc(self) -> pd.DataFrame:
        """The wide table of the Integrated Assessment Modelling Consortium, see abm/results/exports/iamc.py."""
        from abm.results.exports.iamc import iamc_table

        return iamc_table(self)

    def to_xarray(self) -> Dataset:
        """Every variable as an array of an xarray.Dataset; raises UserError where xarray is not installed."""
        from abm.results.exports.labelled_arrays import labelled_arrays

        return labelled_arrays(self)

    def write(self, directory: str | os.PathLike[str]) -> Path:
        """Write the tables as CSV, summary.json, datapackage.json and last provenance.json into a folder.

        The folder is made if it is not there. years.csv and iamc.csv have the whole years and are left out of a shorter
        run. Each file
        appears whole or not at all, and an older one stays until its successor is complete. A folder without
        provenance.json was not finished. Raises UserError when the folder cannot be written.
        """
        folder = prepare_folder(directory)
        with shielded(), writing(folder, "the results", "free space or give --out"):
            forget_question(folder)
            (folder / "provenance.json").unlink(missing_ok=True)
            resources = self._resources()
            for name in {"iamc.csv", "years.csv"} - {resource.file for resource in resources}:
                (folder / name).unlink(missing_ok=True)
            for resource in resources:
                write_table(folder / resource.file, resource.table)
            write_json(folder / "summary.json", self.summary())
            write_json(folder / "datapackage.json", self._package(resources))
            write_json(folder / "provenance.json", self.provenance)
        return folder

    def _resources(self) -> list[Resource]:
        """Every table to be written, with what it is."""
        keys = ("seed", "quarter", "variable")
        resources = [Resource("series.csv", self.series, "the whole economy, a row for each value", keys)]
        for name, table in self.groups.items():
            about = f"{name.replace('_', ' ')}, a row for each value"
            resources.append(Resource(f"{name}.csv", table, about, (*keys, "group")))
        years = self.years
        if len(years):
            about = "whole calendar years of the economy and its groups, in units of a year; a row for each value"
            resources.append(Resource("years.csv", years, about, ("seed", "year", "table", "group", "variable")))
        wide = self.to_iamc()
        if len(wide):
            about = "full years in the format of the Integrated Assessment Modelling Consortium; median over the seeds"
            resources.append(Resource("iamc.csv", wide, about, ("model", "scenario", "region", "variable")))
        return resources

    def _package(self, resources: Sequence[Resource]) -> dict[str, Any]:
        title = f"Simulated economy of {country_of(self.scenario.tables)}: {self.scenario.name}"
        return describe_package(self.scenario.name, title, self.scenario.question or title, resources)

    @classmethod
    def read(cls, directory: str | os.PathLike[str]) -> Results:
        """The results that ``write`` left in a folder. Raises UserError when they are missing or incomplete."""
        check_place("directory", directory, "the folder of a run")
        folder = Path(directory)
        try:
            provenance = json.loads((folder / "provenance.json").read_text(encoding="utf-8"))
            tables = {name: _read_table(folder / f"{name}.csv") for name in ("series", *GROUP_TABLES)}
            scenario = recorded_scenario(provenance["scenario"])
            seeds, interrupted = tuple(provenance["seeds"]), provenance.get("interrupted", False)
        except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
            problem = getattr(error, "strerror", None) or str(error)
            raise UserError(f"{folder}: no complete results there ({problem}); run `xinzhi run` again") from None
        series = tables.pop("series")
        return cls(scenario, seeds, series, tables, provenance, interrupted)


def write_table(path: Path, table: pd.DataFrame) -> None:
    """Write a CSV file that appears whole or not at all."""
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        table.to_csv(file, index=False, lineterminator="\n", chunksize=200_000)


def write_json(path: Path, content: Mapping[str, Any]) -> None:
    """Write a JSON file that appears whole or not at all."""
    with whole_file(path) as part, part.open("w", encoding="utf-8", newline="") as file:
        json.dump(content, file, indent=2, ensure_ascii=False, allow_nan=False)
        file.write("\n")


def _read_table(path: Path) -> pd.DataFrame:
    # keep_default_na: a group or a scenario may be called "none", and every value is a number.
    table = pd.read_csv(path, dtype={**dict.fromkeys(TEXT_COLUMNS, "category"), "value": object}, keep_default_na=False)
    table["value"] = table["value"].to_numpy().astype(np.float64)  # to the last bit, unlike pandas' quick reading
    return table
