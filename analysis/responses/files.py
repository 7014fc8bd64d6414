"""What the responses leave in a folder: tables, a figure for each shock and two for all, and how to repeat it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xinzhi.analysis.figures.run_figures import save_figure
from xinzhi.analysis.responses.figures import bands_figure, overview_figure, shock_figure
from xinzhi.analysis.responses.numbers import calm_table, response_table, verdict_table
from xinzhi.analysis.responses.text import responses_text

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.figure import Figure

    from abm import Responses

__all__ = ["write_responses"]

RECORD = "responses.json"


def write_responses(responses: Responses, directory: str | Path, command: str = "") -> list[Path]:
    """responses.csv, bands.csv, no_shock.csv if asked for, the figures, responses.txt and last responses.json.

    Each file appears whole or not at all. Raises UserError when the folder cannot be written.
    """
    from abm import whole_file, write_json, write_table, writing

    folder = Path(directory)
    tables = {"responses": response_table(responses), "bands": verdict_table(responses)}
    if (calm := calm_table(responses)) is not None:
        tables["no_shock"] = calm
    written = []
    with writing(folder, "the responses", "free space or give --out"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RECORD).unlink(missing_ok=True)
        for name, table in tables.items():
            write_table(folder / f"{name}.csv", table)
            written.append(folder / f"{name}.csv")
        for shock in responses.shocks:
            save_figure(shock_figure(responses, shock), folder / f"response_{shock}.png")
            written.append(folder / f"response_{shock}.png")
        for name, figure in (("overview", overview_figure(responses)), *_with_bands(responses, tables["bands"])):
            save_figure(figure, folder / f"response_{name}.png")
            written.append(folder / f"response_{name}.png")
        with whole_file(folder / "responses.txt") as part:
            part.write_text(responses_text(responses) + "\n", encoding="utf-8")
        write_json(folder / RECORD, {"command": command, "provenance": responses.provenance})
    return [*written, folder / "responses.txt", folder / RECORD]


def _with_bands(responses: Responses, verdicts: pd.DataFrame) -> list[tuple[str, Figure]]:
    """The figure of the bands, where there is one."""
    return [("bands", bands_figure(responses))] if (verdicts["source"] != "").any() else []
