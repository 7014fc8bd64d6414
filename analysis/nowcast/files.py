"""What the nowcast leaves in a folder: tables, values by seed, text, a page, a figure, and how to repeat it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from abm import ENGLISH
from xinzhi.analysis.figures.letters import letters_of
from xinzhi.analysis.figures.run_figures import save_figure
from xinzhi.analysis.nowcast.duel import duel_scores, duel_table
from xinzhi.analysis.nowcast.figures import nowcast_figure
from xinzhi.analysis.nowcast.numbers import nowcast_table, scores_by_variable, scores_of_methods
from xinzhi.analysis.nowcast.text import nowcast_page, nowcast_text

if TYPE_CHECKING:
    from abm import Nowcast

__all__ = ["nowcast_record", "seeds_table", "write_nowcast"]

RECORD = "nowcast.json"


def seeds_table(nowcast: Nowcast) -> pd.DataFrame:
    """Tidy: a row for each published figure and seed; what the model cannot say has none."""
    rows = [
        (one.variable, one.period, seed, value)
        for one, values in zip(nowcast.figures, nowcast.values, strict=True)
        for seed, value in zip(nowcast.seeds, values, strict=True)
        if np.isfinite(value)
    ]
    return pd.DataFrame(rows, columns=["variable", "period", "seed", "value"])


def nowcast_record(nowcast: Nowcast, command: str = "") -> dict[str, Any]:
    """All tables as plain values for JSON; what is not a number is null."""
    duel = duel_table(nowcast)
    table = nowcast_table(nowcast)
    return {
        "command": command, "figures": _plain(table), "variables": _plain(scores_by_variable(table)),
        "forecasts": _plain(scores_of_methods(table)), "duel": _plain(duel), "duel_scores": _plain(duel_scores(duel)),
        "provenance": nowcast.provenance,
    }  # fmt: skip


def write_nowcast(nowcast: Nowcast, directory: str | Path, command: str = "", language: str = ENGLISH) -> list[Path]:
    """Tables as CSV, nowcast.txt, nowcast.md, nowcast.png and last nowcast.json.

    Each file appears whole or not at all. Raises UserError when the folder cannot be written.
    """
    from abm import whole_file, write_json, write_table, writing

    folder = Path(directory)
    table, duel = nowcast_table(nowcast), duel_table(nowcast)
    tables = {
        "nowcast": table, "nowcast_by_seed": seeds_table(nowcast), "nowcast_variables": scores_by_variable(table),
        "nowcast_forecasts": scores_of_methods(table), "nowcast_duel": duel,
    }  # fmt: skip
    texts = {"nowcast.txt": nowcast_text(nowcast, language), "nowcast.md": nowcast_page(nowcast, language)}
    with writing(folder, "the nowcast", "free space or give --out"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RECORD).unlink(missing_ok=True)
        for name, one in tables.items():
            write_table(folder / f"{name}.csv", one)
        with letters_of(language):
            save_figure(nowcast_figure(nowcast, language), folder / "nowcast.png")
        for name, text in texts.items():
            with whole_file(folder / name) as part:
                part.write_text(text + "\n", encoding="utf-8")
        write_json(folder / RECORD, nowcast_record(nowcast, command))
    return [folder / name for name in (*(f"{name}.csv" for name in tables), "nowcast.png", *texts, RECORD)]


def _plain(table: pd.DataFrame) -> list[dict[str, Any]]:
    plain = table.astype(object)
    return [
        {str(key): value for key, value in row.items()} for row in plain.where(plain.notna(), None).to_dict("records")
    ]
