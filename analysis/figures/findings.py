"""Tables, contents and figures of an analysis, written to one folder."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xinzhi.analysis.figures.run_figures import save_figure

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

__all__ = ["write_findings"]


def write_findings(
    folder: str | os.PathLike[str],
    tables: Mapping[str, pd.DataFrame],
    figures: Mapping[str, Figure | None],
    contents: Mapping[str, Any],
) -> None:
    """Write tables as CSV, contents as JSON and figures as PNG, each under its name. Raises UserError.

    Texts are in the words of the economy that is spoken of.
    """
    from abm import spoken_contents, spoken_table, write_json, write_table, writing

    here = Path(folder)
    with writing(here, "there", "give another --out"):
        here.mkdir(parents=True, exist_ok=True)
        for name, table in tables.items():
            write_table(here / f"{name}.csv", spoken_table(table))
        for name, one in contents.items():
            write_json(here / f"{name}.json", spoken_contents(one))
        for name, figure in figures.items():
            if figure is not None:
                save_figure(figure, here / f"{name}.png")
