"""How well each parameter is known: the kind of source that it has, and the range within which it may well lie.

Bounds say what an input can be at all; a plausible range says where the number may well lie, given what is known of
it. It is named in the text of the source (".4 to .7"), else in ``abm/data/parameter_ranges.csv`` with the reason. No
run reads it: screenings do, and whoever asks how sure a number is.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from pathlib import Path
from typing import NamedTuple

from abm.data.reading import number, once, read_rows, text
from abm.parameters import ParameterInformation, describe_parameters

__all__ = ["KINDS", "RANGES", "PlausibleRange", "declared_range", "plausible_range", "range_table", "source_kind", "kinds_of_all"]

RANGES = Path(__file__).parents[1] / "data" / "parameter_ranges.csv"
# From the best founded on; the last two are no guesses.
KINDS = (
    "estimate", "read or derived", "from memory", "own with a range", "own without a range", "rule of the state",
    "switch",
)  # fmt: skip
NUMBER = r"(-?(?:\d{1,3}(?: \d{3})+|\d*\.?\d+))"
RANGE = re.compile(rf"(?:^|; |, |range (?:of )?){NUMBER} to {NUMBER}(?=$|[;:,]| must| common| \()")
OWN = re.compile(r"own\b|guard|assume|assumption|tuned|makes |fitted|so that|as above|the same", re.IGNORECASE)
# A source is somebody's: a year, an office, an abbreviation. "5 % a year" or "theory" is a choice of the model's.
SOMEBODY = re.compile(r"\b(?:19|20)\d\d\b|\b(?!CGE|GDP|AI|CNY|CO2|FIN|RD)[A-Z]{2,}\b|\b(?:Ni|Ember|Eurostat|Ministry|Bank|Census|Penn World Table)\b")


class PlausibleRange(NamedTuple):
    """Where a number may well lie, and why; ``reason`` is empty where the source says it."""

    low: float
    high: float
    reason: str = ""


@cache
def range_table() -> dict[str, PlausibleRange]:
    """{parameter: range} of those whose source names none. Raises UserError."""
    rows = read_rows(RANGES)
    once(rows, "parameter")
    return {
        text(row, "parameter"): PlausibleRange(number(row, "low"), number(row, "high"), text(row, "reason"))
        for row in rows
    }


def declared_range(information: ParameterInformation) -> tuple[float, float] | None:
    """The widest range around the default that the source names, if it names one."""
    if isinstance(information.default, bool):
        return None
    found = [sorted((_number(one), _number(other))) for one, other in RANGE.findall(information.source)]
    around = [(low, high) for low, high in found if low <= float(information.default) <= high and low < high]
    return max(around, key=lambda one: one[1] - one[0]) if around else None


def _number(words: str) -> float:
    return float(words.replace(" ", ""))


def plausible_range(information: ParameterInformation) -> PlausibleRange | None:
    """Where the number may well lie: as its source says, else as the table of ranges does; None where neither does."""
    named = declared_range(information)
    return PlausibleRange(*named) if named else range_table().get(information.key)


def source_kind(information: ParameterInformation, estimated: Collection[str] = ()) -> str:
    """What kind of source a parameter has, one of KINDS; ``estimated`` are those of the posteriors."""
    source = information.source
    if information.key in estimated:
        return "estimate"
    if isinstance(information.default, bool):
        return "switch"
    own = bool(OWN.match(source)) or not SOMEBODY.search(source) or information.status == "tuned"
    if information.status == "policy" and not OWN.match(source):
        return "rule of the state"
    if source.startswith("derived") or information.status == "empirical":
        own = False
    if "from memory" in source:
        return "from memory"
    if not own:
        return "read or derived"
    return "own with a range" if plausible_range(information) else "own without a range"


def kinds_of_all(estimated: Collection[str] = ()) -> dict[str, str]:
    """{parameter: kind of its source}."""
    return {one.key: source_kind(one, estimated) for one in describe_parameters()}
