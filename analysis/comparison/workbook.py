"""The workbook of a comparison: first how to read it, then the tables with names in words; CSV files have the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from xinzhi.analysis.comparison.payers import COLUMNS_OF_LINES
from xinzhi.analysis.comparison.tables import COLUMNS
from xinzhi.analysis.reading.citation import citation
from xinzhi.analysis.reading.display import DISPLAYS, HEADLINE, display_of, group_title

if TYPE_CHECKING:
    import pandas as pd

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["write_workbook"]

TEXT_WIDTH, NUMBER_WIDTH, NOTE_WIDTH = 30, 13, 110  # letters
HEADS = {
    "measure": "Measure", "title": "Name", "year": "Year", "scenario": "Scenario", "reference": "Compared with",
    "level": "Level, mean", "p10": "Level, 10th percentile", "p90": "Level, 90th percentile", "unit": "Unit of level",
    "difference": "Difference, mean", "low": "Difference, low", "high": "Difference, high",
    "difference_unit": "Unit of difference", "relative": "In per cent, mean", "relative_low": "In per cent, low",
    "relative_high": "In per cent, high", "finding": "Finding", "pairs": "Pairs of seeds",
    "pairs_needed": "Pairs needed", "settling": "More pairs", "seeds": "Seeds", "small": "Too small to read",
    "part": "Part", "billion": "Billion CNY a year", "billion_low": "Billion, low", "billion_high": "Billion, high",
    "per_cent_of_gdp": "Per cent of GDP", "per_cent_low": "Per cent of GDP, low",
    "per_cent_high": "Per cent of GDP, high", "line": "Line in files", "table": "Kind of group",
    "group": "Group in files", "variable": "Name in files",
}  # fmt: skip
FIRST = ("measure", "title", "year", "scenario", "reference")
LAST = ("table", "group", "variable", "line")


class Sheet(NamedTuple):
    """A table of the workbook and what it holds."""

    name: str
    about: str
    table: pd.DataFrame


def write_workbook(comparison: Comparison, tables: Mapping[str, pd.DataFrame], path: Path, command: str = "") -> Path:
    """The sheet ``Notes``, then one for each table; the first row is frozen and filters.

    The levels and differences of all years and variables, and the tables of other programs, are in the CSV files only.
    """
    import xlsxwriter

    # A name that begins with = is a name, not a formula; rows go to the disk as they come.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "constant_memory": True}
    with xlsxwriter.Workbook(path, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        formats = {places: book.add_format({"num_format": f"#,##0.{'0' * places}"}) for places in (1, 2, 4)}
        sheets = list(_sheets(comparison, tables))
        notes = book.add_worksheet("Notes")
        notes.set_column(0, 0, TEXT_WIDTH)
        notes.set_column(1, 1, NOTE_WIDTH)
        for row, (term, text) in enumerate(_notes(comparison, sheets, command)):
            notes.write_string(row, 0, term, bold)
            notes.write_string(row, 1, text, wrapped)
        for sheet in sheets:
            _write_table(book.add_worksheet(sheet.name), sheet.table, bold, formats)
    return path


def _sheets(comparison: Comparison, tables: Mapping[str, pd.DataFrame]) -> Iterator[Sheet]:
    yield Sheet("Headline", "headline measures in the chosen years, all scenarios", _named(tables["headline"]))
    differences = tables["differences"]
    titles = {name: one.title for name, one in DISPLAYS.items()} | _titles(comparison)
    every = differences.assign(measure=[titles.get(name, group_title(name)) for name in differences["variable"]])
    chosen = every[every["year"].isin(comparison.years)].drop(columns="variance_ratio")
    if len(chosen):
        yield Sheet("Differences", "every recorded variable in the chosen years", _named(chosen))
    payers = tables.get("payers")
    if payers is not None:
        chosen = payers[payers["year"].isin(comparison.years)]
        yield Sheet("Who pays", "what policies raise and spend and who meets the net, chosen years", _named(chosen))
    if len(tables["winners"]):
        yield Sheet("Groups", "groups of people and firms, chosen years", _named(tables["winners"]))


def _titles(comparison: Comparison) -> dict[str, str]:
    """{name of a year: title} of all that is recorded."""
    from xinzhi.analysis.comparison.tables import yearly_name_of

    panel = comparison.panels[0]
    return {yearly_name_of(name): display_of(panel, name).title for name in (*panel.recorded, *HEADLINE)}


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """Columns in the order of reading under their names in words, what files call them at the end."""
    middle = [name for name in table.columns if name not in (*FIRST, *LAST)]
    order = [name for name in (*FIRST, *middle, *LAST) if name in table.columns]
    return table[order].rename(columns=HEADS)


def _write_table(sheet: Any, table: pd.DataFrame, bold: Any, formats: Mapping[int, Any]) -> None:
    for column, name in enumerate(table.columns):
        texts = table[name].dtype == object
        sheet.set_column(column, column, TEXT_WIDTH if texts else NUMBER_WIDTH)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, name, bold)
    for row, values in enumerate(table.astype(object).itertuples(index=False), start=1):
        for column, value in enumerate(values):
            _write_cell(sheet, row, column, value, formats)


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: Mapping[int, Any]) -> None:
    """Text, numbers and yes or no; what is not known stays empty. Digits shown follow the size; all are kept."""
    if isinstance(value, str):
        sheet.write_string(row, column, value)
    elif isinstance(value, bool):
        sheet.write_string(row, column, "yes" if value else "no")
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    elif isinstance(value, float) and isfinite(value):
        sheet.write_number(row, column, value, formats[1 if abs(value) >= 100 else 2 if abs(value) >= 1 else 4])


def _notes(comparison: Comparison, sheets: Sequence[Sheet], command: str) -> Iterator[tuple[str, str]]:
    """What was compared, how to read it, what the columns and measures mean, and how to repeat and cite it."""
    from abm import OUTCOMES
    from xinzhi.analysis.comparison.closures_words import closure_sentences
    from xinzhi.analysis.comparison.sentences import caution_sentences

    yield comparison.message(), ""
    for at, sentence in enumerate(comparison.answer()):
        yield "" if at else "The answer", sentence
    for at, sentence in enumerate([*caution_sentences(comparison), *closure_sentences(comparison)]):
        yield "" if at else "How to read it", sentence
    for at, sheet in enumerate(sheets):
        yield "" if at else "Sheets", f"{sheet.name}: {sheet.about}"
    yield "", "All years and variables: levels.csv, differences.csv; for other programs: iamc.csv, datapackage.json"
    for key, head in HEADS.items():
        if any(head in sheet.table.columns for sheet in sheets):
            yield f"Column: {head}", (ABOUT | COLUMNS_OF_LINES | COLUMNS)[key]
    known = {one.name: one for one in OUTCOMES}
    for name in HEADLINE:
        if name in known and comparison.drawing.has(name):
            display = display_of(comparison.panels[0], name)
            yield f"Measure: {display.title}", f"{display.unit}. {known[name].definition} ({known[name].origin})"
    provenance = comparison.panels[0].provenance
    yield "Command", command or "made in Python"
    yield "Version", f"Xinzhi {provenance.get('xinzhi', '')}, {provenance.get('workers', '')} simulated adults"
    digests = [one.scenario.digest() for one in comparison.results if hasattr(one.scenario, "digest")]
    yield "Please cite as", citation(digests)


ABOUT = {
    "unit": "in what the level is counted",
    "group": "what the group is called in the CSV files",
    "variable": "what the variable is called in the CSV files",
}
