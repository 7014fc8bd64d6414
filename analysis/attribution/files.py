"""What an attribution leaves in a folder: tables, waterfalls, and explain.json with how to repeat it."""

from __future__ import annotations

import math
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.attribution.text import attribution_text
from xinzhi.analysis.figures.run_figures import save_figure

if TYPE_CHECKING:
    from xinzhi.analysis.attribution.attribution import Account, Attribution
    from xinzhi.analysis.reading.paired import Difference

__all__ = ["attribution_record", "write_attribution"]

RECORD = "explain.json"


def write_attribution(attribution: Attribution, directory: str | Path, command: str = "") -> list[Path]:
    """parts.csv, parts_by_seed.csv, combinations.csv, a PNG for each account, explain.txt and last explain.json.

    Each file appears whole or not at all. Raises UserError when the folder cannot be written.
    """
    from abm import whole_file, write_json, write_table, writing

    folder = Path(directory)
    tables = {
        "parts": attribution.table(),
        "parts_by_seed": attribution.by_seed(),
        "combinations": attribution.combinations(),
    }
    written = []
    with writing(folder, "the explanation", "free space or give --out"):
        folder.mkdir(parents=True, exist_ok=True)
        (folder / RECORD).unlink(missing_ok=True)
        for name, table in tables.items():
            write_table(folder / f"{name}.csv", table)
            written.append(folder / f"{name}.csv")
        for key in attribution.accounts:
            save_figure(attribution.plot(key), folder / f"why_{key}.png")
            written.append(folder / f"why_{key}.png")
        with whole_file(folder / "explain.txt") as part:
            part.write_text(attribution_text(attribution) + "\n", encoding="utf-8")
        write_json(folder / RECORD, attribution_record(attribution, command))
    return [*written, folder / "explain.txt", folder / RECORD]


def attribution_record(attribution: Attribution, command: str = "") -> dict[str, Any]:
    """All of it as plain values for JSON, with the provenance of both scenarios; None where nothing is known."""
    source = attribution.explanation
    return {
        "reference": attribution.labels[0],
        "subject": attribution.labels[1],
        "year": attribution.year,
        "seeds": list(attribution.seeds),
        "workers": source.workers,
        "families": list(source.families),
        "confidence": 0.90,
        "accounts": {key: _account(one) for key, one in attribution.accounts.items()},
        "distance_of_gini_to_recorded": _distance(attribution),
        "interrupted": source.interrupted,
        "seeds_that_failed": {str(seed): str(error) for seed, error in source.failures.items()},
        "command": command,
        "provenance": source.provenance,
    }


def _account(account: Account) -> dict[str, Any]:
    return {
        "title": account.shown.title,
        "unit": account.shown.unit,
        "method": account.method,
        "level_a": float(account.before.mean()),
        "level_b": float(account.after.mean()),
        "difference": _numbers(account.difference),
        "parts": {part.key: {"title": part.title, **_numbers(part.difference)} for part in account.parts},
        "largest_residual": account.residual,
    }


def _numbers(found: Difference) -> dict[str, Any]:
    low, high = (end if math.isfinite(end) else None for end in (found.low, found.high))
    return {"mean": found.mean, "low": low, "high": high, "clear": found.clear}


def _distance(attribution: Attribution) -> float | None:
    """The largest distance between the Gini of the account by source and the recorded one, which counts in bins."""
    recorded, counted = (attribution.accounts.get(key) for key in ("gini_disposable_income", "gini_by_source"))
    if recorded is None or counted is None:
        return None
    gaps = (recorded.before - counted.before, recorded.after - counted.after)
    return float(np.abs(np.concatenate(gaps)).max()) / recorded.shown.factor
