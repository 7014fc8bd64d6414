"""What is measured with the published figures and has none of its own: shown with its interval, and not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from abm import ENGLISH, filled, said, translated
from xinzhi.analysis.evidence.numbers import country_of_run
from xinzhi.analysis.reading.paired import mean_of_pairs
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from abm import Evidence

__all__ = ["REPORTED", "Reported", "reported_lines"]


class Reported(NamedTuple):
    """A measurement in words; ``factor`` turns it into the unit. ``country`` is the only one it is of, if any."""

    measured_by: str
    words: str
    unit: str
    factor: float
    country: str = ""


USA = "the United States"
REPORTED = (
    Reported(
        "order_of_means", said("Order of the seven activities by means over the seeds, rank correlation"), "", 1.0
    ),
    Reported(
        "place_of_information", said("Place of information and communication among the seven activities"), "", 1.0
    ),
    Reported("consumption_ten_years", said("Real consumption because of AI, 2034"), " %", 100.0),
    Reported("co2_ten_years", said("Carbon dioxide because of AI, 2034"), " %", 100.0),
    Reported("process_part_ten_years", said("Part of process AI in what AI saves, 2034"), " %", 100.0),
    *(
        Reported(f"heads_{name}_two_years", said("Firms of {size} persons that use AI, 2024 to 2025", size=size), " %",
                 100.0, USA)
        for name, size in (
            ("1_4", "1-4"), ("5_9", "5-9"), ("10_19", "10-19"), ("20_49", "20-49"), ("50_99", "50-99"),
            ("100_249", "100-249"), ("250", "250+"),
        )
    ),
)  # fmt: skip


def reported_lines(evidence: Evidence, language: str = ENGLISH) -> tuple[str, ...]:
    """``Real consumption because of AI, 2034: -0.21 [-0.32 to -0.10] %``; what a run cannot say is left out."""
    lines, country = [], country_of_run(evidence)
    for one in REPORTED:
        found = mean_of_pairs(evidence.values[one.measured_by] * one.factor)
        if found and one.country in ("", country):
            interval = f" [{_between(found.low, found.high, language)}]" if found.pairs > 1 else ""
            colon = ": " if language == ENGLISH else "："
            lines.append(f"{translated(one.words, language)}{colon}{format_number(found.mean, 2)}{interval}{one.unit}")
    return tuple(lines)


def _between(low: float, high: float, language: str) -> str:
    return filled("{low} to {high}", language, low=format_number(low, 2), high=format_number(high, 2))
