"""Codes that columns hold, by name: what an adult does, who owns a firm, how far a firm has gone with AI."""

from __future__ import annotations

from enum import IntEnum

__all__ = ["AiStage", "Owner", "Status", "Use"]


class Status(IntEnum):
    """What an adult does this quarter."""

    EMPLOYED = 0
    UNEMPLOYED = 1
    TRAINING = 2
    INACTIVE = 3
    RETIRED = 4
    ABSENT = 5  # a row without a person, until somebody comes of age


class Owner(IntEnum):
    """Who receives the profit of a sector's firms."""

    SHAREHOLDERS = 0
    OWN_WORKERS = 1
    HOMEOWNERS = 2
    STATE = 3


class AiStage(IntEnum):
    """How far a firm has gone with artificial intelligence."""

    NONE = 0
    PILOT = 1
    SCALED = 2
    AUTONOMOUS = 3


class Use(IntEnum):
    """Rows of the final uses of goods."""

    CONSUMPTION = 0
    DWELLINGS = 1
    GOVERNMENT = 2
    PUBLIC = 3
    CAPITAL = 4
    INTEGRATION = 5  # of AI into firms
