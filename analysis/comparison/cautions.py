"""Cautions that belong to the policies compared: what the answer to a carbon price, a dividend or a tax rests on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from abm import said

if TYPE_CHECKING:
    from xinzhi.analysis.comparison.comparison import Comparison

__all__ = ["policy_cautions"]

CARBON = said(
    "Carbon price: the responses of energy use and of the carbon in electricity are assumed, not estimated for the "
    "country. Other ways to allot allowances, border adjustment, plants written off early and damage from climate "
    "change are not in the model, and fuel that households burn in homes and cars pays no carbon price."
)
DIVIDEND = said(
    "Equal payments: the dividend and basic income go to adults, each alike, and to no children; tenths are of adults, "
    "not of households, so that income shared within a family is not seen."
)
AI_TAX = said(
    "AI tax: how much less AI firms buy when it is dearer is assumed; services bought abroad are taxed alike."
)
RETURNED = said(
    "Income tax: a minority of adults pay most of it, so that revenue returned through it, and cost met by it, fall on "
    "the upper tenths."
)


def policy_cautions(comparison: Comparison) -> list[str]:
    """One sentence or two for each kind of policy that the scenarios set."""
    settings = [getattr(results.scenario, "levers", None) or {} for results in comparison.results]
    names = {name for levers in settings for name in levers}
    carbon = [levers["carbon_price"] for levers in settings if "carbon_price" in levers]
    alike = "basic_income" in names or any(
        isinstance(one, Mapping) and _above_zero(one.get("dividend")) for one in carbon
    )
    found = (
        (CARBON, bool(carbon)),
        (DIVIDEND, alike),
        (AI_TAX, "ai_tax" in names),
        (RETURNED, any(_by_income_tax(levers) for levers in settings)),
    )
    return [sentence for sentence, applies in found if applies]


def _by_income_tax(levers: Mapping[str, Any]) -> bool:
    """Whether the income tax meets the cost of policies or returns their revenue."""
    rule = levers.get("budget_rule")
    return len(levers) > 1 and isinstance(rule, Mapping) and _above_zero(rule.get("surcharge"))


def _above_zero(value: Any) -> bool:
    """Whether a number, or any of a path by year, is above zero."""
    if isinstance(value, Mapping):
        path = value.get("path", value)
        return any(_above_zero(one) for one in path.values()) if isinstance(path, Mapping) else False
    return isinstance(value, (int, float)) and value > 0
