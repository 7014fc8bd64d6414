"""What the evidence leaves in a folder: the table, the values by seed, a page, a figure, and how to repeat it."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from abm import ENGLISH
from xinzhi.analysis.evidence.figures import evidence_figure
from xinzhi.analysis.evidence.numbers import country_of_run, evidence_table
from xinzhi.analysis.evidence.survey_figure import has_surveys, survey_figure
from xinzhi.analysis.evidence.text import evidence_page, evidence_text
from xinzhi.analysis.figures.letters import letters_of
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
    return {
        "command": command, "country": country_of_run(evidence), "figures": rows, "provenance": evidence.provenance,
    }  # fmt: skip


def write_evidence(
    evidence: Evidence, directory: str | Path, command: str = "", language: str = ENGLISH
) -> list[Path]:  # fmt: skip
    """evidence.csv, evidence_by_seed.csv, evidence.txt, evidence.md, evidence.png and last evidence.json.

    Where the surveys of the country itself are on record, survey.png shows them. Texts and figures are in the language.

    Each file appears whole or not at all. Raises UserError when the folder cannot be written.
    """
    from abm import whole_file, write_json, write_table, writing

    folder = Path(directory)
    tables = {"evidence": evidence_table(evidence), "evidence_by_seed": seeds_table(evidence)}
    texts = {"evidence.txt": evidence_text(evidence, language), "evidence.md": evidence_page(evidence, language)}
    figures = {"evidence.png": evidence_figure}
    if has_surveys(evidence):
        figures["survey.png"] = survey_figure
    with writing(folder, "the evidence", "free space or give --out"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RECORD).unlink(missing_ok=True)
        for name, table in tables.items():
            write_table(folder / f"{name}.csv", table)
        (folder / "survey.png").unlink(missing_ok=True)
        for name, draw in figures.items():
            with letters_of(language):
                save_figure(draw(evidence, language), folder / name)
        for name, text in texts.items():
            with whole_file(folder / name) as part:
                part.write_text(text + "\n", encoding="utf-8")
        write_json(folder / RECORD, evidence_record(evidence, command))
    return [folder / name for name in (*(f"{name}.csv" for name in tables), *figures, *texts, RECORD)]
