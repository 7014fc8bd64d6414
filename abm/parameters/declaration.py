"""How a parameter is declared: default, unit, bounds, source and status."""

from __future__ import annotations

from dataclasses import field
from typing import Any

__all__ = ["STATUSES", "parameter"]

STATUSES = ("empirical", "assumed", "tuned", "policy")


def parameter(
    default: Any, unit: str, lower: float | None, upper: float | None, source: str, meaning: str, status: str = "assumed"
) -> Any:
    """Declare one parameter with all that must be known of it."""
    return field(
        default=default,
        metadata={
            "unit": unit, "lower": lower, "upper": upper, "source": source, "status": status, "meaning": meaning
        },
    )  # fmt: skip
