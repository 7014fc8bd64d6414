"""The workbook of a comparison: first how to read it, then the tables with names in words; CSV files have the rest."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np

from abm import ENGLISH, counted_in, in_currency, in_words_of, said, translated
from xinzhi.analysis.comparison.payers import COLUMNS_OF_LINES
from xinzhi.analysis.comparison.present import COLUMNS_OF_SUMS
from xinzhi.analysis.comparison.tables import COLUMNS
from xinzhi.analysis.reading.citation import citation
from xinzhi.analysis.reading.display import DISPLAYS, display_of, group_title, headline_of
from xinzhi.analysis.reading.quantities import unit_of

if TYPE_CHECKING:
    import pandas as pd

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["write_workbook"]

TEXT_WIDTH, NUMBER_WIDTH, NOTE_WIDTH = 30, 13, 110  # letters
HEADS = {
    "measure": said("Measure"), "title": said("Name"), "year": said("Year"), "scenario": said("Scenario"),
    "reference": said("Compared with"), "level": said("Level, mean"), "p10": said("Level, 10th percentile"),
    "p90": said("Level, 90th percentile"), "unit": said("Unit of level"), "difference": said("Difference, mean"),
    "low": said("Difference, low"), "high": said("Difference, high"), "difference_unit": said("Unit of difference"),
    "relative": said("In per cent, mean"), "relative_low": said("In per cent, low"),
    "relative_high": said("In per cent, high"), "finding": said("Finding"), "pairs": said("Pairs of seeds"),
    "pairs_needed": said("Pairs needed"), "settling": said("More pairs"), "seeds": said("Seeds"),
    "small": said("Too small to read"), "part": said("Part"), "billion": said("Billion CNY a year"),
    "billion_low": said("Billion, low"), "billion_high": said("Billion, high"),
    "per_cent_of_gdp": said("Per cent of GDP"), "per_cent_low": said("Per cent of GDP, low"),
    "per_cent_high": said("Per cent of GDP, high"), "line": said("Line in files"), "table": said("Kind of group"),
    "first_year": said("First year"), "last_year": said("Last year"),
    "discount_rate_per_cent": said("Discount rate, per cent a year"),
    "present_value": said("Discounted sum, mean"), "unit_of_sum": said("Unit of sum"),
    "group": said("Group in files"), "variable": said("Name in files"),
}  # fmt: skip
# {column of units: columns of numbers in them}
COUNTED = {"unit": ("level", "p10", "p90"), "difference_unit": ("difference", "low", "high")}
BILLIONS = ("billion", "billion_low", "billion_high")
TRILLIONS = ("trillion CNY", "trillion CNY a year")  # of which amounts below one are counted in billions
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
        language, economy = comparison.language, comparison.results[0].scenario.tables
        notes = book.add_worksheet(translated(said("Notes"), language))
        notes.set_column(0, 0, TEXT_WIDTH)
        notes.set_column(1, 1, NOTE_WIDTH)
        for row, (term, text) in enumerate(_notes(comparison, sheets, command)):
            notes.write_string(row, 0, in_words_of(translated(term, language), economy, language), bold)
            notes.write_string(row, 1, in_words_of(translated(text, language), economy, language), wrapped)
        for sheet in sheets:
            made = book.add_worksheet(translated(sheet.name, language))
            heads = [in_words_of(translated(name, language), economy, language) for name in sheet.table.columns]
            _write_table(made, sheet.table, heads, bold, formats, language)
    return path


def _sheets(comparison: Comparison, tables: Mapping[str, pd.DataFrame]) -> Iterator[Sheet]:
    counted = partial(_named, language=comparison.language, economy=comparison.results[0].scenario.tables)
    about = said("headline measures in the chosen years, all scenarios")
    yield Sheet(said("Headline"), about, counted(tables["headline"]))
    differences = tables["differences"]
    titles = {name: one.title for name, one in DISPLAYS.items()} | _titles(comparison)
    every = differences.assign(measure=[titles.get(name, group_title(name)) for name in differences["variable"]])
    chosen = every[every["year"].isin(comparison.years)].drop(columns="variance_ratio")
    if len(chosen):
        yield Sheet(said("Differences"), said("every recorded variable in the chosen years"), counted(chosen))
    sums = tables.get("present_values")
    if sums is not None:
        about = said("differences summed over the years at a social discount rate")
        yield Sheet(said("Sums"), about, counted(sums))
    payers = tables.get("payers")
    if payers is not None:
        chosen = payers[payers["year"].isin(comparison.years)]
        about = said("what policies raise and spend and who meets the net, chosen years")
        yield Sheet(said("Who pays"), about, counted(chosen))
    if len(tables["winners"]):
        yield Sheet(said("Groups"), said("groups of people and firms, chosen years"), counted(tables["winners"]))


def _titles(comparison: Comparison) -> dict[str, str]:
    """{name of a year: title} of all that is recorded."""
    from xinzhi.analysis.comparison.tables import yearly_name_of

    panel = comparison.panels[0]
    return {yearly_name_of(name): display_of(panel, name).title for name in (*panel.recorded, *headline_of([panel]))}


def _named(table: pd.DataFrame, language: str, economy: str) -> pd.DataFrame:
    """Columns in the order of reading under their names in words, what files call them at the end."""
    from abm import speaking_of, spoken_table

    with speaking_of(economy):
        table = spoken_table(table)
    table = table if language == ENGLISH else _counted(table.copy(), language, economy)
    middle = [name for name in table.columns if name not in (*FIRST, *LAST)]
    order = [name for name in (*FIRST, *middle, *LAST) if name in table.columns]
    return table[order].rename(columns=HEADS)


def _counted(table: pd.DataFrame, language: str, economy: str) -> pd.DataFrame:
    """Numbers in the powers of ten that the language counts in; units are translated where they are written."""
    trillions = [in_currency(unit, economy) for unit in TRILLIONS]
    for unit, columns in COUNTED.items():
        if unit in table.columns:
            small = table[unit].isin(trillions) & (table[list(columns)].abs().max(axis=1) < 1.0)
            table[unit] = table[unit].where(~small, table[unit].str.replace("trillion", "billion"))
            factors = [counted_in(language, text)[0] for text in table[unit]]
            for column in columns:
                table[column] *= np.where(small, 1000.0, 1.0) * factors
    if "unit_of_sum" in table.columns:
        for column in ("present_value", "low", "high"):
            table[column] *= [counted_in(language, text)[0] for text in table["unit_of_sum"]]
    for column in BILLIONS if BILLIONS[0] in table.columns else ():
        table[column] *= counted_in(language, "billion CNY a year")[0]
    return table


def _write_table(
    sheet: Any, table: pd.DataFrame, heads: Sequence[str], bold: Any, formats: Mapping[int, Any], language: str
) -> None:
    for column, name in enumerate(table.columns):
        texts = table[name].dtype == object
        sheet.set_column(column, column, TEXT_WIDTH if texts else NUMBER_WIDTH)
    sheet.freeze_panes(1, 1)
    sheet.autofilter(0, 0, len(table), len(table.columns) - 1)
    for column, head in enumerate(heads):
        sheet.write_string(0, column, head, bold)
    words = [_translation(name, language) for name in table.columns]
    for row, values in enumerate(table.astype(object).itertuples(index=False), start=1):
        for column, value in enumerate(values):
            _write_cell(sheet, row, column, words[column](value), formats)


def _translation(head: str, language: str) -> Callable[[Any], Any]:
    """What becomes of the texts of a column: names in files stay, units are those that the language counts in."""
    if head in [HEADS[name] for name in LAST]:
        return lambda value: value
    if head in (HEADS["unit"], HEADS["difference_unit"], HEADS["unit_of_sum"]):
        return lambda value: counted_in(language, value)[1]
    words = {True: translated(said("yes"), language), False: translated(said("no"), language)}
    return lambda value: (
        translated(value, language) if isinstance(value, str) else words[value] if isinstance(value, bool) else value
    )


def _write_cell(sheet: Any, row: int, column: int, value: Any, formats: Mapping[int, Any]) -> None:
    """Texts and numbers; what is not known stays empty. Digits shown follow the size; all are kept."""
    if isinstance(value, str):
        sheet.write_string(row, column, value)
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
        yield "" if at else said("The answer"), sentence
    for at, sentence in enumerate([*caution_sentences(comparison), *closure_sentences(comparison)]):
        yield "" if at else said("How to read it"), sentence
    for at, sheet in enumerate(sheets):
        yield "" if at else said("Sheets"), said("{sheet}: {about}", sheet=sheet.name, about=sheet.about)
    yield (
        "",
        said("All years and variables: levels.csv, differences.csv; for other programs: iamc.csv, datapackage.json"),
    )
    for key, head in HEADS.items():
        if any(head in sheet.table.columns for sheet in sheets):
            yield said("Column: {head}", head=head), (ABOUT | COLUMNS_OF_LINES | COLUMNS_OF_SUMS | COLUMNS)[key]
    known = {one.name: one for one in OUTCOMES}
    for name in headline_of(comparison.panels):
        if name in known and comparison.drawing.has(name):
            display = display_of(comparison.panels[0], name)
            yield said("Measure: {outcome}", outcome=display.title), said(
                "{unit}. {definition} ({origin})", unit=unit_of(display.unit), definition=known[name].definition,
                origin=known[name].origin,
            )  # fmt: skip
    provenance = comparison.panels[0].provenance
    yield said("Command"), command or said("made in Python")
    yield said("Version"), said("Xinzhi {version}, {workers} simulated adults", version=provenance.get("xinzhi", ""),
                                workers=provenance.get("workers", ""))  # fmt: skip
    digests = [one.scenario.digest() for one in comparison.results if hasattr(one.scenario, "digest")]
    yield said("Please cite as"), citation(digests)


ABOUT = {
    "unit": said("in what the level is counted"),
    "group": said("what the group is called in the CSV files"),
    "variable": said("what the variable is called in the CSV files"),
}
