"""All that `xinzhi sensitivity` leaves: the ten assumptions that matter most in words, tables and the tornado."""

from __future__ import annotations

import math
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.figures.findings import write_findings
from xinzhi.analysis.figures.wording import seeds_text
from xinzhi.analysis.reading.sweeps import Measure, uncertainty_words
from xinzhi.analysis.reading.text import aligned, format_number, listed, within_sentence
from xinzhi.analysis.sensitivity.figures import tornado_figure
from xinzhi.analysis.sensitivity.sensitivity import Sensitivity, share_sentences

if TYPE_CHECKING:
    import pandas as pd

    from abm.parameters import ParameterInformation

__all__ = ["range_table", "sensitivity_sentences", "sensitivity_text", "write_sensitivity"]

MOST_IN_A_TABLE = 10
STEADY = 0.5  # of the size of an effect that its mean must have for its direction to be stated
LEAST_CORRELATION = 0.1  # for a direction to be stated


def sensitivity_sentences(found: Sensitivity) -> list[str]:
    """The design, the variance due to random draws, and the most important assumptions, in the economy's words."""
    from abm import speaking_of, spoken

    with speaking_of(found.values.economy):
        return [spoken(sentence) for sentence in _sentences(found)]


def _sentences(found: Sensitivity) -> list[str]:
    design, values = found.values.design, found.values
    parts = f"{found.parts} {'trajectories' if found.method == 'morris' else 'base samples'}"
    assumptions = found.table["key"].nunique()
    sentences = [
        f"{found.method.capitalize()}: {assumptions} assumptions, {parts}, {seeds_text(values.seeds)} at every point, "
        f"{design['workers']:,} workers, {values.first_year} to {values.year}, policy '{found.policy}'."
    ]
    if values.payer and design.get("policies", {}).get(found.policy):
        sentences.append(values.payer)
    if found.left_out:
        sentences.append(f"{found.left_out[:1].upper()}{found.left_out[1:]}.")
    sentences += [_noise_sentence(found, measure) for measure in found.measures]
    sentences += share_sentences(found)
    ranked = found.most_important()
    if not ranked:
        return [*sentences, "No assumption is distinguishable from chance; use more seeds or a larger design."]
    sentences.append(f"The {_count(ranked)} with the largest effects (share of all indices, mean over the outcomes):")
    sentences += [f"{place}. {_assumption_sentence(found, key)}" for place, key in enumerate(ranked, 1)]
    unclear = [key for key in found.table["key"].unique() if not _rows(found, key)["above_noise"].any()]
    if unclear:
        sentences.append(f"Not distinguishable from chance in any outcome: {listed(unclear)}.")
    return sentences


def _count(ranked: list[str]) -> str:
    words = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
    return f"{words[len(ranked) - 1]} assumption{'s' if len(ranked) > 1 else ''}"


def _noise_sentence(found: Sensitivity, measure: Measure) -> str:
    noise = found.noise[measure.name]
    if math.isnan(noise.deviation):
        return f"{measure.title}: one seed cannot distinguish effects from chance; use --seeds 2 or more."
    deviation, spread = (format_number(one, measure.decimals + 1) for one in (noise.deviation, noise.spread))
    share = format_number(100 * noise.share, 1)
    return (
        f"{measure.title}: the means of the points spread by {spread} {measure.unit} (standard deviation); random "
        f"draws alone give {deviation}, {share} % of the variance."
    )


def _rows(found: Sensitivity, key: str) -> pd.DataFrame:
    return found.table[found.table["key"] == key]


def _assumption_sentence(found: Sensitivity, key: str) -> str:
    clear, unclear = [], []
    for measure in found.measures:
        row = found.table[(found.table["key"] == key) & (found.table["outcome"] == measure.name)].iloc[0]
        title = within_sentence(measure.title)
        if not row["above_noise"]:
            unclear.append(title)
        elif found.method == "morris":
            clear.append(f"{title} {_effect_words(row, measure)}")
        else:
            clear.append(f"{title} {format_number(100 * row['total'], 0)} % of the variance{_way_words(row['way'])}")
    words = uncertainty_words(key)
    rest = f"; not distinguishable from chance: {listed(unclear)}" if unclear else ""
    return f"{words[:1].upper()}{words[1:]}: {'; '.join(clear)}{rest}."


def _effect_words(row: pd.Series, measure: Measure) -> str:
    size = format_number(row["effect_size"], measure.decimals)
    if abs(row["effect"]) < STEADY * row["effect_size"]:
        return f"{size} {measure.unit} up or down, depending on the other assumptions"
    return f"{'+' if row['effect'] > 0 else '-'}{size} {measure.unit} from low to high"


def _way_words(way: float) -> str:
    if not abs(way) >= LEAST_CORRELATION:
        return ""
    return f" ({'rises' if way > 0 else 'falls'} with it)"


def sensitivity_text(found: Sensitivity) -> str:
    """A table for each outcome, the most important assumptions first, for the terminal."""
    blocks = []
    for measure in found.measures:
        rows = [[f"{measure.title}, {_index_words(found, measure)}"]]
        for row in found.ranked(measure.name).head(MOST_IN_A_TABLE).itertuples():
            index = getattr(row, found.index)
            factor, decimals = (1.0, measure.decimals + 1) if found.method == "morris" else (100.0, 0)
            low, high = (format_number(factor * end, decimals) for end in (row.low, row.high))
            interval = f"({low} to {high})"
            mark = "" if row.above_noise else "not distinguishable from chance"
            rows.append([f"  {row.key}", format_number(factor * index, decimals), interval, mark])
        blocks.append(aligned(rows, right=(1,)))
    return "\n\n".join(blocks)


def _index_words(found: Sensitivity, measure: Measure) -> str:
    if found.method == "morris":
        return f"mean absolute change from low to high in {measure.unit}, 95 % confidence interval"
    return "per cent of the variance with all interactions, 95 % confidence interval"


def range_table(ranges: Mapping[str, tuple[ParameterInformation, float, float]]) -> pd.DataFrame:
    """Which assumptions a standard design moves: default, low and high end, unit, status, source and meaning."""
    import pandas as pd

    rows = [
        (key, one.default, low, high, one.unit, one.status, one.source, one.meaning)
        for key, (one, low, high) in ranges.items()
    ]
    return pd.DataFrame(rows, columns=["key", "default", "low", "high", "unit", "status", "source", "meaning"])


def write_sensitivity(found: Sensitivity, folder: str | Path, ranges: pd.DataFrame | None = None) -> None:
    """Write sensitivity.csv, ranges.csv if there are any, tornado.png and sensitivity.json. Raises UserError."""
    from abm import speaking_of

    tables = {"sensitivity": found.table} | ({} if ranges is None else {"ranges": ranges})
    with speaking_of(found.values.economy):
        write_findings(folder, tables, {"tornado": tornado_figure(found)}, {"sensitivity": _described(found)})


def _described(found: Sensitivity) -> dict[str, Any]:
    import abm

    rows = found.table.replace({np.nan: None}).to_dict("records")
    return {
        "xinzhi": abm.__version__,
        "design_digest": found.values.design.get("digest", ""),
        "method": found.method,
        "policy": found.policy,
        "year": found.values.year,
        "seeds": list(found.values.seeds),
        "parts": found.parts,
        "left_out": found.left_out,
        "noise": {
            name: {key: None if math.isnan(value) else value for key, value in one._asdict().items()}
            for name, one in found.noise.items()
        },
        "most_important": found.most_important(),
        "indices": rows,
        "sentences": sensitivity_sentences(found),
    }
