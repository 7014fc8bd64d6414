"""What is measured with the published figures and has none of its own: shown with its interval, and not judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from xinzhi.analysis.reading.paired import mean_of_pairs
from xinzhi.analysis.reading.text import format_number

if TYPE_CHECKING:
    from abm import Evidence

__all__ = ["REPORTED", "Reported", "reported_lines"]


class Reported(NamedTuple):
    """A measurement in words; ``factor`` turns it into the unit."""

    measured_by: str
    words: str
    unit: str
    factor: float


REPORTED = (
    Reported("order_of_means", "Order of the seven activities by means over the seeds, rank correlation", "", 1.0),
    Reported("place_of_information", "Place of information and communication among the seven activities", "", 1.0),
    Reported("consumption_ten_years", "Real consumption because of AI, 2034", " %", 100.0),
    Reported("co2_ten_years", "Carbon dioxide because of AI, 2034", " %", 100.0),
    Reported("process_part_ten_years", "Part of process AI in what AI saves, 2034", " %", 100.0),
)


def reported_lines(evidence: Evidence) -> tuple[str, ...]:
    """``Real consumption because of AI, 2034: -0.21 [-0.32 to -0.10] %``; what a run cannot say is left out."""
    lines = []
    for one in REPORTED:
        found = mean_of_pairs(evidence.values[one.measured_by] * one.factor)
        if found:
            interval = f" [{format_number(found.low, 2)} to {format_number(found.high, 2)}]" if found.pairs > 1 else ""
            lines.append(f"{one.words}: {format_number(found.mean, 2)}{interval}{one.unit}")
    return tuple(lines)
