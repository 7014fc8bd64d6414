"""Every lever at a documented strength against the baseline on the same seeds, each paid for by the income tax."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from abm.arguments import truth
from abm.errors import UserError, nearest
from abm.levers import load_levers

if TYPE_CHECKING:
    from abm.experiments.ensembles.variants import Variants
    from abm.experiments.running.progress import Silent

__all__ = [
    "BASELINE", "LAST_YEAR", "QUARTERS", "checked_levers", "documented_strengths", "end_named", "overrides_of",
    "run_effects",
]  # fmt: skip

BASELINE = "baseline"
LAST_YEAR = 2051  # the twenty-fifth with the levers in force, from 2027Q1 on
QUARTERS = 111  # to its end

PAID_FOR = {"levers.budget_rule": {"surcharge": 1.0}}


def documented_strengths() -> dict[str, Mapping[str, float]]:
    """{lever: {parameter: value}}: what a government might do, of every lever that does something by itself."""
    return {name: lever.documented_strength for name, lever in load_levers().items() if lever.documented_strength}


def checked_levers(names: Iterable[str] | None) -> tuple[str, ...]:
    """The levers named, by default all that have a documented strength. Raises UserError for one that has none."""
    known, strengths = load_levers(), documented_strengths()
    chosen = tuple(names or strengths)
    for name in chosen:
        if name not in strengths:
            reason = (known[name].spending.reason or "has no documented strength") if name in known else "is no lever"
            raise UserError(f"--lever {name}: it {reason}{nearest(name, strengths)}; see `xinzhi list levers`")
    return chosen


def overrides_of(name: str, strength: Mapping[str, float], paid_for: bool) -> dict[str, Any]:
    """The keys that put one lever into force, and with ``paid_for`` the income tax that pays for it."""
    return {f"levers.{name}": dict(strength)} | (PAID_FOR if paid_for else {})


def end_named(lever: str, end: int) -> str:
    """What the variant of a lever at the low (0) or high (1) end of its uncertainty is called."""
    return f"{lever}, {('low', 'high')[end]} end"


def at_end(name: str, strength: Mapping[str, float], end: int, paid_for: bool) -> dict[str, Any]:
    """The keys that put a lever into force with everything that is uncertain about it at its low or high end."""
    ends = {key: values[end] for key, values in load_levers()[name].uncertain.items()}
    own = {key: value for key, value in ends.items() if "." not in key}
    beyond = {f"assumptions.{key}": value for key, value in ends.items() if "." in key}
    return overrides_of(name, {**strength, **own}, paid_for) | beyond


def run_effects(
    workers: int,
    seeds: Iterable[int],
    quarters: int = QUARTERS,
    levers: Iterable[str] | None = None,
    paid_for: bool = True,
    progress: Silent | None = None,
    strengths: Mapping[str, Mapping[str, float]] | None = None,
) -> Variants:
    """The baseline and one variant for each lever, all or those named, at its documented strength or the one given.

    A lever of uncertain strength has two more variants, see ``end_named``, unless strengths are given.

    With ``paid_for`` the cost of a lever is raised by the income tax a quarter later, and what it brings lowers the
    tax: else the effect of the lever and that of a deficit would be one. Raises UserError for an unknown lever.
    """
    from abm.experiments.ensembles.variants import run_variants

    paid_for = truth("paid_for", paid_for)
    with_ends = strengths is None
    if strengths is None:
        documented = documented_strengths()
        strengths = {name: documented[name] for name in checked_levers(levers)}
    variants: dict[str, dict[str, Any]] = {BASELINE: {}}
    for name, strength in strengths.items():
        variants[name] = overrides_of(name, strength, paid_for)
        if with_ends and load_levers()[name].uncertain:
            variants |= {end_named(name, end): at_end(name, strength, end, paid_for) for end in (0, 1)}
    return run_variants(BASELINE, variants, workers, seeds, quarters, progress)
