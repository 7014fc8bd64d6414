"""What a comparison leaves in a folder: tables, figures, the report, and a description of them all."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from xinzhi.analysis.comparison.figures import changes_figure
from xinzhi.analysis.comparison.payers import COLUMNS_OF_LINES
from xinzhi.analysis.comparison.present import COLUMNS_OF_SUMS
from xinzhi.analysis.comparison.tables import COLUMNS
from xinzhi.analysis.comparison.winners import group_tables, measures_of, winners_figure
from xinzhi.analysis.comparison.workbook import write_workbook
from xinzhi.analysis.figures.letters import letters_of
from xinzhi.analysis.figures.run_figures import remove_figures, save_figure, write_figures

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["WORKBOOK", "can_write_workbook", "tables_of", "write_comparison", "write_pdf"]

WORKBOOK = "comparison.xlsx"
ABOUT = {
    "headline": "headline measures in the chosen years, with their paired differences, as shown to readers",
    "levels": "mean, 10th and 90th percentile of every variable in every whole year",
    "differences": "paired difference of every variable in every whole year, with its 90 % confidence interval",
    "winners": "paired differences by tenth of incomes, occupation, sector, size of firms and region, chosen years",
    "present_values": "differences summed over the years at a social discount rate, and what a yuan of cost brings",
    "payers": "what policies raise and spend, who meets the net, and what becomes of the public balance, whole years",
    "iamc": "full years of all scenarios in the format of the Integrated Assessment Modelling Consortium",
}
KEYS = {
    "headline": ("variable", "year", "scenario"),
    "levels": ("scenario", "year", "variable"),
    "differences": ("scenario", "reference", "year", "variable"),
    "winners": ("scenario", "reference", "year", "table", "group", "variable"),
    "present_values": ("scenario", "reference", "variable"),
    "payers": ("scenario", "year", "line"),
}


def write_comparison(
    comparison: Comparison, directory: str | Path, command: str = "", figures: bool = True
) -> list[Path]:
    """Write CSV, datapackage.json, PNG, report.html and, where xlsxwriter is there, an XLSX; return their paths."""
    from abm import whole_file, writing

    folder = Path(directory)
    with writing(folder, "the comparison", "free space or give --out"):
        folder.mkdir(parents=True, exist_ok=True)
        tables = tables_of(comparison)
        written = [*_write_tables(comparison, folder, tables), *_write_figures(comparison, folder, figures)]
        with whole_file(folder / "report.html") as part:
            part.write_text(comparison.html(command), encoding="utf-8")
        written.append(folder / "report.html")
        if can_write_workbook():
            with whole_file(folder / WORKBOOK) as part:
                write_workbook(comparison, tables, part, command)
            written.append(folder / WORKBOOK)
    return written


Content = TypeVar("Content")


def can_write_workbook() -> bool:
    """Whether the optional library for XLSX is installed."""
    return find_spec("xlsxwriter") is not None


def write_pdf(html: str, path: Path) -> Path:
    """Print the report with WeasyPrint. Raises UserError where it or what it stands on is missing."""
    from abm import UserError

    try:
        from weasyprint import HTML
    except (ImportError, OSError):  # OSError: Pango is not on the machine
        raise UserError("--pdf needs WeasyPrint and Pango: pip install 'xinzhi[pdf]'; report.html is written") from None
    HTML(string=html).write_pdf(path, pdf_tags=True)  # for readers who hear the page
    return path


def _write_tables(comparison: Comparison, folder: Path, tables: Mapping[str, pd.DataFrame]) -> Iterator[Path]:
    from abm import Resource, describe_package, write_json, write_table

    resources = []
    for name, table in tables.items():
        yield _remembered(write_table, folder / f"{name}.csv", table)
        key = KEYS.get(name, ("model", "scenario", "region", "variable"))
        resources.append(Resource(f"{name}.csv", table, ABOUT[name], key))
    title = f"Comparison of {', '.join(comparison.labels)}"
    package = describe_package(
        "-".join(comparison.labels),
        comparison.message(),
        title,
        resources,
        COLUMNS | COLUMNS_OF_LINES | COLUMNS_OF_SUMS,
    )
    yield _remembered(write_json, folder / "datapackage.json", package)


def _remembered(write: Callable[[Path, Content], None], path: Path, content: Content) -> Path:
    write(path, content)
    return path


def tables_of(comparison: Comparison) -> dict[str, pd.DataFrame]:
    """{name: table} of all that is written as CSV; the workbook is made of them."""
    import pandas as pd

    from abm import spoken_table

    tables = {
        "headline": comparison.table(),
        "levels": comparison.levels(),
        "differences": comparison.differences(),
        "winners": comparison.winners(),
    }
    sums = comparison.present_values()
    tables |= {"present_values": sums} if len(sums) else {}
    payers = comparison.payers()
    tables |= {"payers": payers} if len(payers) else {}
    wide = [results.to_iamc() for results in comparison.results if hasattr(results, "to_iamc")]
    wide = [table.assign(scenario=label) for table, label in zip(wide, comparison.labels, strict=False) if len(table)]
    tables = {name: spoken_table(table) for name, table in tables.items()}
    return tables | ({"iamc": pd.concat(wide, ignore_index=True)} if wide else {})


def _write_figures(comparison: Comparison, folder: Path, every: bool) -> Iterator[Path]:
    """PNG files: what changes, and with ``every`` all figures of the report; those of an earlier run are removed."""
    remove_figures(folder)
    if every:
        yield from write_figures(comparison.results, folder, comparison.language)
    with letters_of(comparison.language):
        for name, figure in _figures(comparison, every):
            save_figure(figure, folder / f"{name}.png")
            yield folder / f"{name}.png"


def _figures(comparison: Comparison, every: bool) -> Iterator[tuple[str, Figure]]:
    figure = changes_figure(comparison, columns=3)
    if figure is not None:
        yield "changes", figure
    for table in group_tables(comparison) if every else ():
        yield f"winners_{table}", winners_figure(comparison, measures_of(comparison, table))
