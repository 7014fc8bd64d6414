"""Which runs are compared: every shipped scenario, and every lever at three strengths laid over the baseline."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

__all__ = ["BASELINE", "HALF", "NEUTRAL", "STRENGTHS", "PlanError", "Run", "listed", "notes_of", "runs_of"]

BASELINE = "baseline"
NEUTRAL, HALF, DOCUMENTED = STRENGTHS = ("neutral", "half way", "documented strength")
PART_OF_THE_WAY = {NEUTRAL: 0.0, HALF: 0.5, DOCUMENTED: 1.0}
FIRST_YEAR = 2025  # from which the levers are in force: a bare number would hold from 2027 on
MOST_NAMES = 12  # of one table that are written out
# A lever that no comparison of effects has a strength for, since it pays for others.
WITHOUT_STRENGTH = {"budget_rule": {"debt_brake": 2.0, "surcharge": 0.5, "spending_cut": 0.5}}

Description = Mapping[str, Any]


class PlanError(Exception):
    """Something that is asked for and not there."""


@dataclass(frozen=True)
class Run:
    """One line of the page: a scenario as it is shipped, or the baseline with a lever at a strength.

    ``settings`` are those of the old and of the new version: what is neutral is up to each.
    """

    kind: str  # scenario or lever
    name: str
    strength: str = ""
    settings: tuple[tuple[str, ...], tuple[str, ...]] = ((), ())

    @property
    def title(self) -> str:
        return f"{self.kind} {self.name}" + (f", {self.strength}" if self.strength else "")

    @property
    def key(self) -> str:
        """A name for files."""
        return "-".join(part.replace(" ", "_") for part in (self.kind, self.name, self.strength) if part)

    @property
    def scenario(self) -> str:
        return self.name if self.kind == "scenario" else BASELINE


def runs_of(old: Description, new: Description, only: Iterable[str] = ()) -> list[Run]:
    """The runs that both versions have, the baseline first; ``only`` names scenarios and levers. Raises PlanError."""
    scenarios = [name for name in new["scenarios"] if name in old["scenarios"]]
    levers = [name for name in new["levers"] if name in old["levers"]]
    wanted = set(only)
    unknown = sorted(wanted - {*scenarios, *levers, "scenarios", "levers"})
    if unknown:
        raise PlanError(f"ONLY={unknown[0]}: neither a scenario nor a lever of both versions")
    if BASELINE not in scenarios:
        raise PlanError("the two versions have no scenario 'baseline' in common")
    if wanted:
        scenarios = [name for name in scenarios if name in wanted or "scenarios" in wanted or name == BASELINE]
        levers = [name for name in levers if name in wanted or "levers" in wanted]
    scenarios.sort(key=lambda name: name != BASELINE)
    pulled = [_pulled(name, (old["levers"][name], new["levers"][name]), one) for name in levers for one in STRENGTHS]
    return [Run("scenario", name) for name in scenarios] + [run for run in pulled if run is not None]


def _pulled(name: str, lever: tuple[Description, Description], strength: str) -> Run | None:
    """The lever set from FIRST_YEAR on: all its parameters neutral, or those of its strength part of the way.

    None where no strength is documented. Away from neutral, what the lever needs beside it is there too.
    """
    if strength == NEUTRAL:
        before, after = (_setting(name, one["neutral"]) for one in lever)
        return Run("lever", name, strength, ((before,), (after,)))
    documented = lever[1]["documented"] or WITHOUT_STRENGTH.get(name)
    if documented is None:
        return None
    neutral, part = lever[1]["neutral"], PART_OF_THE_WAY[strength]
    values = {
        key: value if part == 1 else neutral[key] + part * (value - neutral[key]) for key, value in documented.items()
    }
    beside = tuple(f"levers.{other}={text}" for other, text in lever[1]["beside"].items())
    settings = (*beside, _setting(name, values))
    return Run("lever", name, strength, (settings, settings))


def _setting(name: str, values: Mapping[str, float]) -> str:
    paths = ", ".join(f"{key}: {{{FIRST_YEAR}: {float(value)!r}}}" for key, value in values.items())
    return f"levers.{name}={{{paths}}}"


def notes_of(old: Description, new: Description) -> list[str]:
    """What cannot be compared, or is compared at a strength that one version does not document; a line each."""
    notes = []
    for what in ("scenarios", "levers", "headline", "phases"):
        title = {"headline": "headline outcomes"}.get(what, what)
        for label, one, other in (("old", old, new), ("new", new, old)):
            alone = [name for name in one[what] if name not in other[what]]
            if alone:
                notes.append(f"{title} of the {label} version only: {', '.join(alone)}")
    without = [name for name, lever in new["levers"].items() if not (lever["documented"] or name in WITHOUT_STRENGTH)]
    if without:
        notes.append(f"levers without a documented strength, run neutral only: {', '.join(without)}")
    pairs = [(name, old["levers"][name], lever) for name, lever in new["levers"].items() if name in old["levers"]]
    other = [
        f"{name} {_words(before['documented'])}, now {_words(after['documented'])}"
        for name, before, after in pairs
        if before["documented"] and before["documented"] != after["documented"]
    ]
    if other:
        notes.append(f"documented strengths that changed, both versions are run at that of the new: {'; '.join(other)}")
    for label, one, another in (("old", 1, 2), ("new", 2, 1)):
        alone = [
            f"{pair[0]}.{key}" for pair in pairs for key in pair[one]["neutral"] if key not in pair[another]["neutral"]
        ]
        if alone:
            notes.append(f"parameters of levers of the {label} version only: {listed(alone)}")
    return notes


def _words(strength: Mapping[str, float] | None) -> str:
    return " and ".join(f"{key} {value:g}" for key, value in strength.items()) if strength else "none"


def listed(names: Iterable[str]) -> str:
    """The names in order; many of one table are counted."""
    tables: dict[str, list[str]] = {}
    for name in sorted(names):
        tables.setdefault(name.rpartition(".")[0], []).append(name)
    texts = [
        ", ".join(of) if len(of) <= MOST_NAMES or not table else f"{len(of)} of {table}" for table, of in tables.items()
    ]
    return ", ".join(texts)
