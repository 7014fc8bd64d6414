"""Controls of others on chips: imported compute improves more slowly. It costs the state nothing by itself."""

from __future__ import annotations

from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "Part of foreign progress in compute is withheld; compute gets cheaper more slowly."
PARAMETERS = (
    LeverParameter(
        name="strictness",
        neutral=0.0,
        lower=0.0,
        upper=1.0,
        unit="0 to 1",
        meaning="part of the foreign progress in compute that is withheld beyond today's controls",
        source="scenario; a risk and not a choice of the planner",
    ),
)


def set_instruments(policy: Policy, strictness: float) -> None:
    """Set the strictness."""
    policy.export_controls = strictness
