"""Words and plain-text tables: what scenarios, variables and groups are called, and how numbers are written."""

from __future__ import annotations

import math
import textwrap
from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol

from abm import aligned, called, joined, said

if TYPE_CHECKING:
    from abm import Scenario

__all__ = [
    "OPENING_YEAR",
    "aligned",
    "format_number",
    "listed",
    "quarter_label",
    "scenario_label",
    "scenario_labels",
    "within_sentence",
    "words_of",
    "wrapped",
]

OPENING_YEAR = 2024  # quarter 0 is its first quarter, unless a scenario opens in another year
SCENARIO_LABELS = {"baseline": "Baseline", "no_ai": "Without AI"}
LONGEST_LABEL, LONGEST_TITLE = 26, 40  # letters that a figure has room for; a title was chosen to be read
TEXT_WIDTH = 118


class HasScenario(Protocol):
    """Whatever belongs to one scenario, as Results do."""

    @property
    def scenario(self) -> Scenario: ...


def scenario_label(results: HasScenario) -> str:
    """The name of a scenario for readers."""
    title = "" if isinstance(results.scenario, str) else str(getattr(results.scenario, "title", ""))
    name = str(getattr(results.scenario, "name", results.scenario))
    if title:
        return called(_cut(title, LONGEST_TITLE), title)
    return SCENARIO_LABELS.get(name) or words_of(name)


def scenario_labels(results_list: Sequence[HasScenario]) -> tuple[str, ...]:
    """One label for each Results, all different; beside its twin without AI the baseline is the economy with AI."""
    labels = [scenario_label(results) for results in results_list]
    if SCENARIO_LABELS["no_ai"] in labels:
        labels = [said("With AI") if label == SCENARIO_LABELS["baseline"] else label for label in labels]
    seen: dict[str, int] = {}
    for at, label in enumerate(labels):
        seen[label] = seen.get(label, 0) + 1
        labels[at] = label if seen[label] == 1 else said("{name} ({count})", name=label, count=seen[label])
    return tuple(labels)


def within_sentence(label: str) -> str:
    """A label inside a sentence: ``With AI`` becomes ``with AI``, while ``CO2`` stays."""
    return label if label[1:2].isupper() else called(label[:1].lower() + label[1:], label)


def words_of(key: str) -> str:
    """A key as words: ``carbon_price`` becomes ``Carbon price``; long ones are cut."""
    words = key.replace("_", " ").strip()
    return _cut(words[:1].upper() + words[1:], LONGEST_LABEL)


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 3].rstrip() + "..."


def quarter_label(quarter: int, opening_year: int = OPENING_YEAR) -> str:
    """Quarter 0 is 2024Q1, unless the economy opens in another year."""
    return f"{opening_year + quarter // 4}Q{quarter % 4 + 1}"


def wrapped(text: str, indent: int) -> str:
    """A paragraph of at most TEXT_WIDTH columns, its further lines indented, in the words of the economy spoken of."""
    from abm import spoken

    return textwrap.fill(spoken(text), TEXT_WIDTH, subsequent_indent=" " * indent, break_long_words=False)


def format_number(value: float, decimals: int, signed: bool = False) -> str:
    """A number with thousands separated and no negative zero; a dash when it is undefined."""
    if not math.isfinite(value):
        return "-"
    rounded = round(value, decimals) + 0.0
    return f"{rounded:+,.{decimals}f}" if signed and rounded else f"{rounded:,.{decimals}f}"


def listed(words: Sequence[str], last: str = "and") -> str:
    """``a, b and c``."""
    return joined(words, last)
