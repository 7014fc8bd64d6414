"""A screening in words: the numbers that move the headlines most, and how many have what kind of source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING

from xinzhi.analysis.reading.text import aligned, wrapped
from xinzhi.analysis.sensitivity.screening import Screening

if TYPE_CHECKING:
    import pandas as pd

__all__ = ["screening_text", "with_sources"]


def with_sources(
    found: Screening, kinds: Mapping[str, str], ranges: Mapping[str, tuple[float, float, bool, str]]
) -> pd.DataFrame:
    """The table of a screening with the kind of source, the range, whether the source names it, and the source."""
    table = found.table.copy()
    keys = list(table["key"])
    table.insert(2, "source_kind", [kinds[key] for key in keys])
    for at, name in enumerate(("low", "high", "range_declared", "source")):
        table.insert(3 + at, name, [ranges[key][at] for key in keys])
    return table


def screening_text(
    found: Screening, table: pd.DataFrame, most: int, kinds: Mapping[str, str], before: Mapping[str, str] | None = None
) -> str:
    """The first rows and the counts of kinds of sources, and the counts before the sources were looked for."""
    first = table.head(most)
    rows = [["", "number", "source", "range", "share", "headlines above chance", "largest effect"]]
    for row in first.to_dict("records"):
        ends = f"{row['low']:.4g} to {row['high']:.4g}{'' if row['range_declared'] else ' (own width)'}"
        largest = max(found.floor, key=lambda name: abs(row[name]) / max(found.floor[name], 1e-12))
        rows.append([
            str(row["rank"]), row["key"], row["source_kind"], ends, f"{row['weight']:.1%}", str(row["above_noise"]),
            f"{row[largest]:+.2g}: {largest}",
        ])  # fmt: skip
    lost = f"; {found.lost:,} of {found.worlds:,} worlds could not be opened or left the model's ground"
    sentences = [
        f"The {len(first)} of {len(table)} numbers that move the headlines most (share: of all effects that are above "
        f"chance, mean over {len(found.floor)} headlines; an effect is that of the whole range"
        f"{lost if found.lost else ''}).",
        f"Sources of these {len(first)}: {_counts(list(first['source_kind']))}.",
    ]
    if before:
        sentences.append(f"Before: {_counts([before[key] for key in first['key'] if key in before])}.")
    sentences.append(f"Sources of all {len(kinds)} parameters: {_counts(list(kinds.values()))}.")
    if before:
        sentences.append(f"Before: {_counts(list(before.values()))}.")
    parts = ", ".join(f"{name} {part:.0%}" for name, part in found.explained.items())
    sentences.append(f"Part of the differences between worlds that all numbers explain together: {parts}.")
    return "\n\n".join([wrapped(sentences[0], 2), aligned(rows), "\n".join(wrapped(one, 2) for one in sentences[1:])])


def _counts(kinds: list[str]) -> str:
    """How often each kind is there, the most frequent first."""
    return ", ".join(f"{count} {kind}" for kind, count in Counter(kinds).most_common())
