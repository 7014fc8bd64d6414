"""The figures of a run: PNG files for people who will not read a table."""

from __future__ import annotations

import io
import warnings
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from abm import ENGLISH, said, speaking_of
from xinzhi.analysis.figures.drawing import Drawing, adoption_by_size, scenario_panel, tells
from xinzhi.analysis.figures.groups import sectors_figure
from xinzhi.analysis.figures.letters import letters_of
from xinzhi.analysis.figures.occupations import occupations_figure
from xinzhi.analysis.figures.structure import structure_figure
from xinzhi.analysis.figures.style import Room, new_figure
from xinzhi.analysis.reading.display import display_of

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = [
    "ADOPTION", "FIGURE_NAMES", "GRIDS", "Grid", "grid_figure", "outcome_figure", "remove_figures", "save_figure",
    "write_figures",
]  # fmt: skip

PANEL_SIZE = (3.1, 2.0)
ADOPTION = "adoption by size"  # stands for the panel of the three size classes


@dataclass(frozen=True)
class Grid:
    """A figure of line panels: its subject, what it asks in plain words, its columns, and a variable for each panel.

    ``first`` are the variables that its title is made of, by default its panels in their order.
    """

    subject: str
    question: str
    columns: int
    variables: tuple[str, ...]
    first: tuple[str, ...] = ()

    @property
    def message(self) -> tuple[str, ...]:
        """The variables of the title."""
        return self.first or tuple(name for name in self.variables if name != ADOPTION)


GRIDS: dict[str, Grid] = {
    "headline": Grid(
        said("China's economy"),
        said("production, jobs, inequality, the share of work, emissions, and which firms use AI"),
        3,
        (
            "real_gdp",
            "unemployment_rate",
            "gini_disposable_income",
            "labour_share",
            "co2_emissions",
            ADOPTION,
        ),
    ),
    "growth": Grid(
        said("Growth"),
        said("how much the economy produces and what for; its first waves come from the model's opening"),
        3,
        (
            "real_gdp",
            "gdp_growth_annual",
            "labour_productivity",
            "inflation_annual",
            "consumption_ratio",
            "investment_ratio",
        ),
    ),
    "inequality": Grid(
        said("Inequality"),
        said("how evenly income, wages and wealth are spread; higher is less equal"),
        3,
        (
            "gini_disposable_income",
            "gini_wage",
            "gini_wealth",
            "palma_ratio",
            "top10_income_share",
            "labour_share",
        ),
    ),
    "emissions": Grid(
        said("Emissions and electricity"),
        said("what the economy emits and uses; CO2 per GDP falls along its trend on record also without AI"),
        3,
        (
            "co2_emissions",
            "carbon_dioxide_per_gdp",
            "electricity_use",
            "electricity_per_gdp",
            "ai_electricity",
            "ai_electricity_share",
        ),
    ),
    "adoption": Grid(
        said("Use of AI by firms"),
        said("which firms use AI, how deeply, and what it adds to productivity"),
        3,
        (
            ADOPTION,
            "ai_use_intensity",
            "tfp_ai_contribution",
        ),
        ("ai_adoption_share", "ai_adoption_share_small", "ai_use_intensity", "tfp_ai_contribution"),
    ),
    "labour": Grid(
        said("Work"),
        said("jobs, vacancies, retraining and pay"),
        3,
        (
            "unemployment_rate",
            "vacancy_rate",
            "employment",
            "trainees",
            "real_wage_mean",
            "labour_share",
        ),
    ),
    "public_finances": Grid(
        said("Public finances"),
        said("public debt, budget balance, government consumption and the policy rate"),
        2,
        (
            "public_debt_ratio",
            "government_balance_ratio",
            "government_consumption_ratio",
            "policy_rate",
        ),
    ),
}
OTHERS: dict[str, Callable[[Drawing], Figure | None]] = {
    "structure": structure_figure,
    "sectors": sectors_figure,
    "occupations": occupations_figure,
}
FIGURE_NAMES = (*GRIDS, *OTHERS)


def write_figures(results_list: Sequence[Any], directory: str | Path, language: str = ENGLISH) -> list[Path]:
    """Draw one or more Results into PNG files in a folder, made if it is not there, and return their paths.

    Each figure shows all scenarios; with exactly two that share seeds also their paired difference. A figure whose
    variables are not in the results is left out, and an older file of its name is removed. Raises UserError when the
    folder cannot be written.
    """
    drawing = Drawing(results_list)
    drawing.language = language
    folder = Path(directory)
    written = []
    with _writing_figures(folder), letters_of(language), speaking_of(drawing.panels[0].economy):
        folder.mkdir(parents=True, exist_ok=True)
        for name in FIGURE_NAMES:
            path = folder / f"{name}.png"
            figure = grid_figure(drawing, GRIDS[name]) if name in GRIDS else OTHERS[name](drawing)
            if figure is None:
                path.unlink(missing_ok=True)
            else:
                save_figure(figure, path)
                written.append(path)
    return written


def remove_figures(directory: str | Path) -> None:
    """Take the figures of an earlier run out of a folder whose tables are new. Raises UserError where it cannot."""
    with _writing_figures(Path(directory)):
        for name in FIGURE_NAMES:
            (Path(directory) / f"{name}.png").unlink(missing_ok=True)


def _writing_figures(folder: Path) -> AbstractContextManager[None]:
    from abm import writing

    return writing(folder, "the figures", "the tables are complete; free space or give another folder")


def _speak(figure: Figure, language: str) -> None:
    """All texts of a figure in the words of the economy that is spoken of."""
    from matplotlib.text import Text

    from abm import DECLARED, spoken

    for text in figure.findobj(Text) if spoken(DECLARED) != DECLARED else ():
        words = spoken(text.get_text(), language)
        if words != text.get_text():
            text.set_text(words)


def save_figure(figure: Figure, path: Path) -> None:
    """Write a PNG file, which appears whole: an interrupted drawing leaves none.

    Its texts are in the words of the economy that is spoken of.
    """
    from abm import whole_file

    _speak(figure, getattr(figure, "language", ENGLISH))
    drawn = io.BytesIO()
    with warnings.catch_warnings():
        # A scenario may be named in letters that the font does not have; that is no reason to complain.
        warnings.filterwarnings("ignore", message="Glyph", category=UserWarning)
        figure.savefig(drawn, format="png", metadata={"Software": "xinzhi"}, pil_kwargs={"compress_level": 1})
    with whole_file(path) as part:
        part.write_bytes(drawn.getvalue())


def grid_figure(drawing: Drawing, grid: Grid) -> Figure | None:
    """The panels of a grid that have something to show, or None."""
    painters: list[Callable[[Axes], None]] = []
    for variable in grid.variables:
        painters += _size_painters(drawing) if variable == ADOPTION else _line_painters(drawing, variable)
    if not painters:
        return None
    columns = min(grid.columns, len(painters))
    rows = -(-len(painters) // columns)
    title = drawing.message(grid.message)
    subtitle = said(
        "{subject}, {years}: {question}", subject=grid.subject, years=drawing.span, question=grid.question
    )  # fmt: skip
    figure, axes = new_figure(
        rows,
        columns,
        PANEL_SIZE,
        title or drawing.title(grid.subject),
        subtitle if title else grid.question,
        drawing.footer(_reading(drawing, grid)),
        Room(drawing.room),
        language=drawing.language,
    )
    for painter, place in zip(painters, axes, strict=False):
        painter(place)
    for place in axes[len(painters) :]:
        place.remove()
    return figure


def outcome_figure(results: Any, name: str) -> Figure:
    """One outcome of a single run; ``name`` is any by which Results know it. Raises UserError."""
    from abm import UserError, outcome_named

    drawing = Drawing([results])
    variable = name if drawing.has(name) else outcome_named(name).name
    if not drawing.has(variable) or not len(drawing.panels[0].years):
        raise UserError(f"the results have no whole year of '{name}'")
    title = drawing.message([variable]) or drawing.title(display_of(drawing.panels[0], variable).title)
    figure, (axes,) = new_figure(
        1,
        1,
        (4.6, 2.6),
        title,
        "",
        drawing.footer(),
        Room(drawing.room),
    )
    scenario_panel(axes, drawing, variable)
    return figure


def _reading(drawing: Drawing, grid: Grid) -> str:
    """How to read a grid in which nothing is compared, because only one scenario has any of it; else empty."""
    compared = [name for name in grid.variables if all(tells(panel, name) for panel in drawing.panels)]
    if compared or len(drawing.panels) == 1:
        return ""
    several = max(len(panel.seeds) for panel in drawing.panels) > 1
    if not several:
        return said("Line: one run.")
    return said("Line: mean of the runs; band: their 10th to 90th percentile.")


def _line_painters(drawing: Drawing, variable: str) -> list[Callable[[Axes], None]]:
    if not drawing.has(variable):
        return []
    return [lambda axes: scenario_panel(axes, drawing, variable)]


def _size_painters(drawing: Drawing) -> list[Callable[[Axes], None]]:
    """One panel for the first scenario in which firms use AI."""
    for at, panel in enumerate(drawing.panels):
        if panel.has("ai_adoption_share") and panel.values("ai_adoption_share").max() > 0.0:
            return [partial(adoption_by_size, drawing=drawing, at=at)]
    return _line_painters(drawing, "ai_adoption_share")
