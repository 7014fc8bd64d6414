"""Every lever at a documented strength against the baseline on the same seeds, each paid for by the income tax."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from abm.errors import UserError
from abm.experiments.progress import Silent
from abm.experiments.variants import Variants, run_variants
from abm.levers import load_levers

__all__ = ["BASELINE", "QUARTERS", "STRENGTHS", "checked_levers", "overrides_of", "run_effects"]

BASELINE = "baseline"
QUARTERS = 112  # 25 years from 2027Q1, when the levers come into force

# What a government might do, in the words of the levers; for levers that spend, mostly .1 to .5 % of GDP a year.
STRENGTHS: dict[str, Mapping[str, float]] = {
    "adoption_subsidy": {"share": 0.3},
    "small_firm_subsidy": {"share": 0.4},
    "compute_voucher": {"share": 0.3},
    "public_compute": {"spending": 0.001},
    "ai_procurement": {"spending": 0.001},
    "investment_tax_incentive": {"deduction": 0.2},
    "data_openness": {"openness": 0.5},
    "data_market": {"size": 0.5},
    "demonstration_zone": {"strength": 1.0},
    "ai_mechanism_programme": {"strength": 0.5},
    "regulatory_clarity": {"clarity": 1.0},
    "fairness_enforcement": {"strength": 0.8},
    "data_security": {"strength": 0.8},
    "ip_protection": {"strength": 0.5},
    "education": {"index": 1.2},
    "ai_literacy": {"strength": 0.5},
    "retraining": {"capacity": 0.006},
    "hiring_subsidy": {"share": 0.4},
    "unemployment_insurance": {"rate": 2.0, "coverage": 2.0, "duration": 2.0},
    "pensions": {"level": 1.1},
    "basic_income": {"share": 0.03},
    "income_tax_progressivity": {"step": 2.0},
    "research_grants": {"spending": 0.003},
    "rd_tax_credit": {"credit": 0.2},
    "international_cooperation": {"index": 1.5},
    "ai_tax": {"rate": 0.5},
    "carbon_price": {"price": 200.0},
    "grid_decarbonisation": {"spending": 0.003},
    "export_controls": {"strictness": 0.8},
}  # fmt: skip
PAID_FOR = {"levers.budget_rule": {"surcharge": 1.0}}


def checked_levers(names: Iterable[str] | None) -> tuple[str, ...]:
    """The levers named, all of STRENGTHS by default. Raises UserError for one that has no strength there."""
    chosen = tuple(names or STRENGTHS)
    for name in chosen:
        if name not in STRENGTHS:
            known = ", ".join(STRENGTHS)
            reason = "pays for the others" if name in load_levers() else "is no lever"
            raise UserError(f"--lever {name}: it {reason}; give one of {known}")
    return chosen


def overrides_of(name: str, strength: Mapping[str, float], paid_for: bool) -> dict[str, Any]:
    """The keys that put one lever into force, and with ``paid_for`` the income tax that pays for it."""
    return {f"levers.{name}": dict(strength)} | (PAID_FOR if paid_for else {})


def run_effects(
    workers: int,
    seeds: Iterable[int],
    quarters: int = QUARTERS,
    levers: Iterable[str] | None = None,
    paid_for: bool = True,
    progress: Silent | None = None,
    strengths: Mapping[str, Mapping[str, float]] | None = None,
) -> Variants:
    """The baseline and one variant for each lever, all of them or those named, at STRENGTHS or the strengths given.

    With ``paid_for`` the cost of a lever is raised by the income tax a quarter later, and what it brings lowers the
    tax: else the effect of the lever and that of a deficit would be one. Raises UserError for an unknown lever.
    """
    if strengths is None:
        strengths = {name: STRENGTHS[name] for name in checked_levers(levers)}
    variants: dict[str, dict[str, Any]] = {BASELINE: {}}
    for name, strength in strengths.items():
        variants[name] = overrides_of(name, strength, paid_for)
    return run_variants(BASELINE, variants, workers, seeds, quarters, progress)
