"""Coverage of the model's intervals in two runs of a back-test: with fixed parameters, and with draws of a posterior.

The second holds what the posterior leaves unknown of its parameters. Both runs have the same seeds, so that they differ
by the parameters alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from xinzhi.analysis.backtest.judges import MODEL
from xinzhi.analysis.forecasting.scores import LEVELS
from xinzhi.analysis.reading.text import aligned, wrapped

if TYPE_CHECKING:
    import pandas as pd

    from xinzhi.analysis.backtest.scores import Scorecard

__all__ = ["coverage_table", "coverage_text"]

WITHOUT, WITH = "without", "with"
MEASURES = (*(f"inside_{100 * level:.0f}" for level in LEVELS), "width_80", "crps")


def coverage_table(drawn: Scorecard, fixed: Scorecard) -> pd.DataFrame:
    """One row for each target: observations, and coverage, width and CRPS without and with the posterior."""
    import pandas as pd

    rows = []
    for target in drawn.case.targets:
        row: dict[str, object] = {"target": target.name, "label": target.label, "unit": target.unit}
        for words, card in ((WITHOUT, fixed), (WITH, drawn)):
            judged = card.judged
            mine = judged[(judged["target"] == target.name) & (judged["forecaster"] == MODEL)]
            row["scored"] = len(mine)
            row |= {f"{name}_{words}": float(mine[name].mean()) for name in MEASURES}
        if row["scored"]:
            rows.append(row)
    return pd.DataFrame(rows)


def coverage_text(table: pd.DataFrame, opening: int, posterior: str, data: str = "") -> str:
    """The table, the means over the targets, and what the posterior knew; ``data`` says on what it was estimated."""
    levels = [f"{100 * level:.0f} %" for level in LEVELS]
    head = ["Observations inside, without and with draws", "", "scored"]
    head += [f"{level} {words}" for level in levels for words in (WITHOUT, WITH)]
    rows = [head + [f"width 80 % {words}" for words in (WITHOUT, WITH)]]
    for row in table.to_dict("records"):
        cells = [f"{100 * row[f'{name}_{words}']:.0f}" for name in MEASURES[:3] for words in (WITHOUT, WITH)]
        cells += [f"{row[f'width_80_{words}']:.2f}" for words in (WITHOUT, WITH)]
        rows.append([str(row["label"]), str(row["unit"]), str(row["scored"]), *cells])
    means = [
        f"{100 * float(table[f'{name}_{words}'].mean()):.0f}" for name in MEASURES[:3] for words in (WITHOUT, WITH)
    ]
    rows.append(["Mean over targets", "per cent", str(int(table["scored"].sum())), *means, "", ""])
    return "\n".join([aligned(rows, right=tuple(range(2, len(head) + 2))), _note(opening, posterior, data)])


def _note(opening: int, posterior: str, data: str) -> str:
    known = f" Its data: {data}." if data else ""
    return wrapped(
        f"With: every seed takes a draw of the posterior {posterior}.{known} Where they reach beyond {opening}, the "
        "parameters of the cycle know part of what is scored; the trends do not.",
        indent=0,
    )
