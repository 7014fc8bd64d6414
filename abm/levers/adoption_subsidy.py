"""A subsidy to every firm that integrates AI; paid with the integration work."""

from __future__ import annotations

from abm.data import load_tables
from abm.levers.declaration import LeverParameter
from abm.policy import Policy

SUMMARY = "The state pays part of what it costs to integrate AI; more firms adopt, and sooner."
PARAMETERS = (
    LeverParameter(
        name="share",
        neutral=0.0,
        lower=0.0,
        upper=0.9,
        unit="share of the integration cost",
        meaning="subsidy to every adopter",
        source="scenario; local programmes pay .1 to .5, from memory",
    ),
    LeverParameter(
        name="process_industries",
        neutral=0.0,
        lower=0.0,
        upper=0.9,
        unit="share of the integration cost",
        meaning="further subsidy in pure process industries, elsewhere by the part of processes",
        source="scenario",
    ),
    *(
        LeverParameter(
            name=code,
            neutral=0.0,
            lower=0.0,
            upper=0.9,
            unit="share of the integration cost",
            meaning=f"further subsidy in one sector: {title}",
            source="scenario",
        )
        for code, title in zip(load_tables().codes, load_tables().names, strict=True)
    ),
)


def set_instruments(policy: Policy, share: float, process_industries: float, **sectors: float) -> None:
    """Set the subsidies; together they pay at most nine tenths."""
    policy.adoption_subsidy = share
    policy.process_subsidy += process_industries
    policy.sector_subsidy = tuple(sectors.values())
