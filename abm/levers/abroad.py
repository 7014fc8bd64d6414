"""A lever in another economy: its amounts of money in the currency there, at the exchange rate.

Amounts of money in a lever's file are those of the economy that texts are written for; every other number is a share or
a count and holds anywhere. What a strength adds to the neutral value is converted, so that it is the same policy.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from abm.data import (
    DECLARED,
    DEFAULT_ECONOMY,
    elsewhere,
    exchange_rate,
    find_economy,
    in_currency,
    latest_year,
    load_tables,
)
from abm.levers.declaration import Lever, LeverParameter
from abm.levers.finding import load_levers
from abm.levers.instruments import Instruments

__all__ = ["is_money", "lever_in", "levers_in", "neutral_in", "parameter_in", "rate_between"]

DIGITS = 3  # of a strength that is converted
ROUGH = 1  # of a bound, a range or a step


def is_money(parameter: LeverParameter) -> bool:
    """Whether a parameter is an amount of money, by its unit."""
    return DECLARED in parameter.unit


def rate_between(origin: str, economy: str, year: int, purchasing_power: bool = False) -> tuple[float, int]:
    """How much of the currency of ``economy`` one unit of that of ``origin`` is, and the year of the rate.

    It is that of the opening year where both open then, else of the last year in which each of them does. Raises
    UserError where the tables of one have no rate.
    """
    shared = set(find_economy(origin).openings).intersection(find_economy(economy).openings)
    in_year = year if year in shared else max(shared, default=year)
    return exchange_rate(origin, economy, in_year, purchasing_power), in_year


def _year_in(economy: str, year: int | None) -> int:
    """The opening year, or the last of the economy where none is given or it does not open then."""
    manifest = find_economy(economy)
    return latest_year(manifest) if year is None or year not in manifest.openings else year


def neutral_in(parameter: LeverParameter, economy: str, year: int | None = None) -> float:
    """The neutral value of a parameter in an economy: its own where an instrument of it is at the economy's value."""
    if not parameter.rests_at:
        return parameter.neutral
    year = _year_in(economy, year)
    at_rest = Instruments(carbon_price=load_tables(year, economy).allowance_price)
    return float(getattr(at_rest, parameter.rests_at))


def lever_in(lever: Lever, economy: str = DEFAULT_ECONOMY, year: int | None = None) -> Lever:
    """The lever with bounds, usual ranges, steps, strength and units as they are in an economy.

    It is the lever itself where no parameter is money or the currency is that of its file. ``year`` is the opening
    year, the latest by default. Raises UserError where the economy's tables have no exchange rate.
    """
    if elsewhere(economy) is None or not any(map(is_money, lever.parameters)):
        return lever
    year = _year_in(economy, year)
    rate, _ = rate_between(DEFAULT_ECONOMY, economy, year)
    there = {one.name: parameter_in(one, economy, year) for one in lever.parameters if is_money(one)}
    strength = {
        name: _rounded(_value(value, lever.parameter(name), there[name], rate), DIGITS) if name in there else value
        for name, value in lever.documented_strength.items()
    }
    uncertain = dict(lever.uncertain)
    for name in uncertain.keys() & there.keys():
        low, high = (_rounded(_value(end, lever.parameter(name), there[name], rate), DIGITS) for end in uncertain[name])
        uncertain[name] = (low, high)
    parameters = tuple(there.get(one.name, one) for one in lever.parameters)
    return replace(lever, parameters=parameters, documented_strength=strength, uncertain=uncertain)


def levers_in(economy: str = DEFAULT_ECONOMY, year: int | None = None) -> Mapping[str, Lever]:
    """All levers as they are in an economy, by name."""
    return {name: lever_in(lever, economy, year) for name, lever in load_levers().items()}


def parameter_in(one: LeverParameter, economy: str = DEFAULT_ECONOMY, year: int | None = None) -> LeverParameter:
    """A parameter of a lever; if it is money, with its numbers in the currency of the economy.

    The lower bound is an amount of its own, such as nothing; what lies above the neutral value is added to that there.
    Raises UserError where the economy's tables have no exchange rate.
    """
    if elsewhere(economy) is None or not is_money(one):
        return one
    year = _year_in(economy, year)
    rate, year_of_rate = rate_between(DEFAULT_ECONOMY, economy, year)
    neutral = neutral_in(one, economy, year) if one.rests_at else rate * one.neutral
    moved = one._replace(neutral=neutral)
    upper = _rounded(_value(one.upper, one, moved, rate), ROUGH)
    lower = min(rate * one.lower, neutral)
    usual = [min(max(_rounded(_value(end, one, moved, rate), ROUGH), lower), upper) for end in one.usual]
    return moved._replace(
        lower=lower,
        upper=upper,
        usual=(usual[0], usual[1]),
        step=_rounded(rate * one.step, ROUGH),
        unit=in_currency(one.unit, economy),
        display=one.display._replace(text=in_currency(one.display.text, economy)),
        source=f"amounts in {DECLARED} at the exchange rate of {year_of_rate}, {rate:.3g}: {one.source}",
    )


def _value(value: float, one: LeverParameter | None, there: LeverParameter, rate: float) -> float:
    """What lies beyond the neutral value at the exchange rate, added to the neutral value there."""
    return there.neutral + (value - (one.neutral if one else 0.0)) * rate


def _rounded(value: float, digits: int) -> float:
    return float(f"{value:.{digits}g}")
