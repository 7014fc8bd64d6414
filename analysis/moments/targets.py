"""The facts of ``targets.yaml``: what each is, its band, and which of them the shipped model is known to fail.

An economy that has facts of its own has them in a file beside, ``targets_usa.yaml`` for usa; the others are held
against those of China.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from xinzhi.analysis.moments.observed import OBSERVED
from xinzhi.analysis.moments.table import MOMENTS

if TYPE_CHECKING:
    from abm.arrays import BoolArray, FloatArray

__all__ = ["AGENTS", "Fact", "expected_to_fail", "load_targets", "targets_of"]

SEEDS_REQUIRED = 0.95
TARGETS = Path(__file__).with_name("targets.yaml")
KEYS = {"label", "moments", "measured", "of", "band", "seeds", "shown_as", "value", "source", "origin"}
AGENTS = "agents"
LIMITS = {
    "at_least": np.greater_equal,
    "above": np.greater,
    "at_most": np.less_equal,
    "below": np.less,
}
LIMIT_WORDS = {"at_least": "at least", "above": "above", "at_most": "at most", "below": "below"}


@dataclass(frozen=True)
class Fact:
    """One entry of targets.yaml; ``band`` is empty for a fact that is reported only.

    ``measured`` is "agents" where firms or persons have to be looked at during a run, else "outcomes".
    """

    name: str
    label: str
    moments: tuple[str, ...]
    shown_as: str
    origin: str
    band: dict[str, float] = field(default_factory=dict)
    measured: str = "outcomes"
    of: str = "scenario"
    seeds: float = SEEDS_REQUIRED
    value: float | None = None
    source: str = ""

    def inside(self, moments: FloatArray) -> BoolArray:
        """(seeds,): whether all ``moments`` (seeds, moments) lie within the band; an undefined one does not."""
        within = np.isfinite(moments)
        for limit, bound in self.band.items():
            within &= LIMITS[limit](moments, bound)
        return np.asarray(within.all(axis=1))

    def shown(self, value: float) -> str:
        """A value of this fact as a reader wants it."""
        if not np.isfinite(value):
            return "-"
        if self.shown_as == "per cent":
            return f"{100 * value:.2f} %"
        if self.shown_as == "exponent":
            return f"{value:.1e}"
        if self.shown_as == "yes":
            return "yes" if value >= 1 else "no"
        return f"{value:.3f}" if value % 1 else f"{value:.0f}"

    def limit_shown(self, bound: float) -> str:
        """A limit of the band, with no more places than it has."""
        if self.shown_as == "per cent":
            return f"{100 * bound:g} %"
        return f"{bound:g}"

    def band_shown(self) -> str:
        """The band in words."""
        if not self.band:
            return ""
        if self.shown_as == "yes":
            return "yes"
        if set(self.band) == {"at_least", "at_most"}:
            low, high = (self.limit_shown(self.band[limit]) for limit in ("at_least", "at_most"))
            return f"{low.removesuffix(' %')} to {high}"
        return " and ".join(f"{LIMIT_WORDS[limit]} {self.limit_shown(bound)}" for limit, bound in self.band.items())


def targets_of(economy: str) -> Path:
    """The file of the facts that an economy is held against, by the name in its manifest."""
    if not economy.isidentifier():
        return TARGETS
    own = TARGETS.with_name(f"{TARGETS.stem}_{economy}{TARGETS.suffix}")
    return own if own.is_file() else TARGETS


@cache
def _targets(path: Path) -> dict[str, Any]:
    from ruamel.yaml import YAML

    return dict(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))


def load_targets(economy: str = "") -> tuple[Fact, ...]:
    """The facts of an economy in the order of their file. Raises ValueError for an entry that does not make sense."""
    return _facts(targets_of(economy))


@cache
def _facts(path: Path) -> tuple[Fact, ...]:
    return tuple(_fact(name, entry) for name, entry in _targets(path)["facts"].items())


def expected_to_fail(economy: str = "") -> dict[str, str]:
    """{fact: why the shipped model is known to fail it}. Raises ValueError for a name that is no fact."""
    targets = _targets(targets_of(economy))
    known: dict[str, str] = dict(targets.get("expected_to_fail") or {})
    unknown = set(known) - set(targets["facts"])
    if unknown:
        raise ValueError(f"{targets_of(economy).name}: expected_to_fail: unknown {sorted(unknown)}")
    return known


def _fact(name: str, entry: dict[str, Any]) -> Fact:
    computed = set(OBSERVED) if entry.get("measured") == AGENTS else set(MOMENTS)
    unknown = (set(entry) - KEYS) | (set(entry["moments"]) - computed) | (set(entry.get("band", {})) - set(LIMITS))
    if unknown:
        raise ValueError(f"{TARGETS.name}: {name}: unknown {sorted(unknown)}")
    return Fact(name, **{**entry, "moments": tuple(entry["moments"])})
