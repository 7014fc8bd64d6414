"""Every lever at a documented strength against the baseline on the same seeds, each paid for by the income tax."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from abm.arguments import truth
from abm.data import DEFAULT_ECONOMY
from abm.errors import UserError, nearest
from abm.levers import levers_in, load_levers

if TYPE_CHECKING:
    from abm.experiments.ensembles.variants import Variants
    from abm.experiments.running.progress import Silent

__all__ = [
    "BASELINE", "LAST_YEAR", "QUARTERS", "End", "checked_levers", "documented_strengths",
    "effects_variants", "overrides_of", "run_effects", "uncertain_ends",
]  # fmt: skip

BASELINE = "baseline"
LAST_YEAR = 2051  # the twenty-fifth with the levers in force, from 2027Q1 on
QUARTERS = 111  # to its end

PAID_FOR = {"levers.budget_rule": {"surcharge": 1.0}}
ONLY_WITH_LEVERS = "policy_effects."  # assumptions that do nothing in the baseline


class End(NamedTuple):
    """A run of a lever at one end of what is uncertain: its name, that of its baseline, and what is at this end."""

    name: str
    baseline: str
    values: Mapping[str, float]


def documented_strengths(economy: str = DEFAULT_ECONOMY) -> dict[str, Mapping[str, float]]:
    """{lever: {parameter: value}}: what a government might do, of every lever that does something by itself.

    The policy is the same in every economy: amounts of money are in the currency of ``economy``, see
    abm/levers/abroad.py.
    """
    return {name: one.documented_strength for name, one in levers_in(economy).items() if one.documented_strength}


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


def uncertain_ends(lever: str, budget: bool = False, economy: str = DEFAULT_ECONOMY) -> list[End]:
    """The runs that show how far the effect of a lever is uncertain, each against a baseline of the same assumptions.

    What is uncertain about the lever itself is at its low ends together, then at its high ones. An assumption that acts
    in the baseline too is moved alone. With ``budget`` the first parameter stays at what costs the budget.
    """
    known = levers_in(economy).get(lever)
    own: dict[str, tuple[float, float]] = {}
    ends = []
    for key, values in known.uncertain.items() if known else ():
        if "." in key and not key.startswith(ONLY_WITH_LEVERS):
            ends += [End(f"{lever}, {key} {one:g}", f"{BASELINE}, {key} {one:g}", {key: one}) for one in values]
        elif not (budget and known and key == known.parameters[0].name):
            own[key] = values
    if own:
        names = [f"{lever}, {side} end" for side in ("low", "high")]
        both = [{key: values[side] for key, values in own.items()} for side in range(len(names))]
        ends = [End(name, BASELINE, values) for name, values in zip(names, both, strict=True)] + ends
    return ends


def effects_variants(
    strengths: Mapping[str, Mapping[str, float]], paid_for: bool, budget: bool, economy: str = DEFAULT_ECONOMY
) -> dict[str, dict[str, Any]]:  # fmt: skip
    """{name: keys} of every run that the effects of these levers need; the baseline is the first."""
    variants: dict[str, dict[str, Any]] = {BASELINE: {}}
    for name, strength in strengths.items():
        variants[name] = overrides_of(name, strength, paid_for)
        for end in uncertain_ends(name, budget, economy):
            own = {key: value for key, value in end.values.items() if "." not in key}
            beyond = {f"assumptions.{key}": value for key, value in end.values.items() if "." in key}
            variants[end.name] = overrides_of(name, {**strength, **own}, paid_for) | beyond
            if end.baseline not in variants:
                variants[end.baseline] = beyond
    return variants


def run_effects(
    workers: int,
    seeds: Iterable[int],
    quarters: int = QUARTERS,
    levers: Iterable[str] | None = None,
    paid_for: bool = True,
    progress: Silent | None = None,
    strengths: Mapping[str, Mapping[str, float]] | None = None,
    economy: str = DEFAULT_ECONOMY,
) -> Variants:
    """The baseline and one variant for each lever, all or those named, at its documented strength or the one given.

    A lever of uncertain effect has more variants, see ``uncertain_ends``. Strengths that are given cost a budget, in
    the currency of ``economy``.

    With ``paid_for`` the cost of a lever is raised by the income tax a quarter later, and what it brings lowers the
    tax: else the effect of the lever and that of a deficit would be one. Raises UserError for an unknown lever.
    """
    from abm.experiments.ensembles.variants import run_variants
    from abm.scenarios.scenario import baseline_in

    paid_for = truth("paid_for", paid_for)
    budget = strengths is not None
    if strengths is None:
        documented = documented_strengths(economy)
        strengths = {name: documented[name] for name in checked_levers(levers)}
    variants = effects_variants(strengths, paid_for, budget, economy)
    return run_variants(baseline_in(economy), variants, workers, seeds, quarters, progress)
