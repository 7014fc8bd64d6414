"""The applications of AI, their families and what they act on, as tables of docs/reference/."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from abm.data import CHANNELS, load_applications, load_families
from abm.reference.tables import ReferenceTable
from abm.sectors import ACTIVITIES

__all__ = ["application_tables"]


def application_tables() -> dict[str, ReferenceTable]:
    """Every table of applications, by the name in its marker."""
    return {"applications": _applications(), "families": _families(), "channels": _channels()}


def _applications() -> ReferenceTable:
    """The applications of AI: where they are found, what they act on, how large they are and where that comes from."""
    rows = tuple(
        (
            one.kind, one.code, one.label, one.family, _some(one.activities, ACTIVITIES), one.channel,
            f"{one.touched:g}", f"{one.saving:g}", f"{one.low:g} to {one.high:g}", f"{one.floor:g}", f"{one.arrives:g}",
            one.weak_point, one.source, one.status,
        )
        for one in load_applications()
    )  # fmt: skip
    columns = (
        "kind", "application", "what it is", "family", "found in", "acts on", "touched", "saving", "range", "floor",
        "arrives", "weak point", "source", "status",
    )  # fmt: skip
    return ReferenceTable("Applications of AI", columns, rows)


def _some(found: Collection[str], known: Sequence[str]) -> str:
    return "all" if len(found) == len(known) else ", ".join(one for one in known if one in found)


def _families() -> ReferenceTable:
    """The families of AI, by which applications reach their reliability."""
    rows = tuple(
        (
            one.code, f"{one.lead:g}", f"{one.low:g} to {one.high:g}", f"{one.arrives:g}", f"{one.before:g}",
            one.source, one.status,
        )
        for one in load_families()
    )  # fmt: skip
    columns = ("family", "leads the frontier by", "range", "arrives", "behind before", "source", "status")
    return ReferenceTable("Families of AI", columns, rows)


def _channels() -> ReferenceTable:
    """What applications of AI act on."""
    rows = tuple((name, base, "yes" if acts else "no, recorded only") for name, (base, acts) in CHANNELS.items())
    return ReferenceTable("Channels of applications", ("channel", "base", "account in the model"), rows)
