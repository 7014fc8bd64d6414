"""What the evidence leaves in a folder: the table, the values by seed, a page, a figure, and how to repeat it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from xinzhi.analysis.evidence.figures import evidence_figure
from xinzhi.analysis.evidence.numbers import evidence_table
from xinzhi.analysis.evidence.text import evidence_page, evidence_text
from xinzhi.analysis.figures.run_figures import save_figure

if TYPE_CHECKING:
    from abm import Evidence

__all__ = ["evidence_record", "seeds_table", "write_evidence"]

RECORD = "evidence.json"


def seeds_table(evidence: Evidence) -> pd.DataFrame:
    """Tidy: a row for each measurement of the runs and seed, as fractions."""
    rows = [
        (name, seed, value)
        for name, values in evidence.values.items()
        if len(values) == len(evidence.seeds)
        for seed, value in zip(evidence.seeds, values, strict=True)
    ]
    return pd.DataFrame(rows, columns=["measurement", "seed", "value"])


def evidence_record(evidence: Evidence, command: str = "") -> dict[str, Any]:
    """The whole table as plain values for JSON; what is not a number is null."""
    table = evidence_table(evidence).astype(object)
    rows = table.where(table.notna(), None).to_dict("records")
    return {"command": command, "figures": rows, "provenance": evidence.provenance}


def write_evidence(evidence: Evidence, directory: str | Path, command: str = "") -> list[Path]:
    """evidence.csv, evidence_by_seed.csv, evidence.txt, evidence.md, evidence.png and last evidence.json.

    Each file appears whole or not at all. Raises UserError when the folder cannot be written.
    """
    from abm import whole_file, write_json, write_table, writing

    folder = Path(directory)
    tables = {"evidence": evidence_table(evidence), "evidence_by_seed": seeds_table(evidence)}
    texts = {"evidence.txt": evidence_text(evidence), "evidence.md": evidence_page(evidence)}
    with writing(folder, "the evidence", "free space or give --out"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RECORD).unlink(missing_ok=True)
        for name, table in tables.items():
            write_table(folder / f"{name}.csv", table)
        save_figure(evidence_figure(evidence), folder / "evidence.png")
        for name, text in texts.items():
            with whole_file(folder / name) as part:
                part.write_text(text + "\n", encoding="utf-8")
        write_json(folder / RECORD, evidence_record(evidence, command))
    return [folder / name for name in (*(f"{name}.csv" for name in tables), "evidence.png", *texts, RECORD)]
