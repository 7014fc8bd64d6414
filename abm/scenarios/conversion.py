"""Amounts of money of a scenario that moves into an economy with another currency, and its texts that state them.

An amount is in the currency of the economy that the file names which wrote it, itself or through what it extends, and
that of China where none is named. Where a file above, or a setting, names an economy with another currency, what is
inherited is converted at the exchange rate; what stands beside that name is in the new currency already.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, NamedTuple

from abm.data import DECLARED, find_economy, load_tables
from abm.languages import ENGLISH, Translatable, said, translated
from abm.levers.abroad import is_money, rate_between
from abm.levers.finding import lever_named

if TYPE_CHECKING:
    from abm.levers.time_paths import Setting
    from abm.scenarios.scenario import Scenario

__all__ = [
    "Conversion", "conversion_notes", "conversions_to", "in_words_after", "other_currency", "priced_levers",
    "set_anew",
]  # fmt: skip

CARBON = "carbon_price"  # the instrument whose neutral value is the price of allowances of the economy
TEXTS = ("title", "question")
LISTS = ("expected_channels", "leaves_out")
DIGITS = 3  # of an amount in a text
# What an amount that stays in yuan is called in the texts of an economy where the word yuan stands for its own money.
KEPT = {"en": "renminbi", "zh": "RMB"}


class Conversion(NamedTuple):
    """A lever's setting in the currency of one economy and in that of another.

    ``rate`` is what one unit of the currency of ``economy`` is worth in that of ``origin``, in ``year``.
    """

    lever: str
    before: Any
    after: Any
    origin: str
    economy: str
    rate: float
    year: int


class _Converted(Translatable):
    """A text with its amounts converted, in every language in which the text itself has a translation."""

    declared: str
    move: tuple[str, str, tuple[Conversion, ...]]  # from which economy to which, and what was converted

    def in_language(self, language: str) -> str:
        return _exchanged(translated(self.declared, language), *self.move, language)

    def __reduce__(self) -> tuple[Any, ...]:
        return _converted, (self.declared, *self.move)


def priced_levers(levers: Mapping[str, Any]) -> dict[str, list[str]]:
    """{lever: parameters in money} of the levers that are set."""
    found = {name: [one.name for one in lever_named(name).parameters if is_money(one)] for name in levers}
    return {name: parameters for name, parameters in found.items() if parameters}


def set_anew(levers: Mapping[str, Setting]) -> set[str]:
    """The levers of a layer that leave nothing of an amount of money below them."""
    return {
        name
        for name, parameters in priced_levers(levers).items()
        if levers[name].replaces
        or any(
            (path := levers[name].paths.get(one)) and (path.number is not None or path.replaces) for one in parameters
        )
    }


def other_currency(origin: str, economy: str) -> bool:
    """Whether two economies have different currencies."""
    return find_economy(origin).currency["code"] != find_economy(economy).currency["code"]


def conversions_to(
    levers: Mapping[str, Any], origin: str, economy: str, year: int, purchasing_power: bool = False
) -> tuple[Conversion, ...]:
    """What the levers that are set in money come to in another economy, at the exchange rate of the opening year.

    With ``purchasing_power`` so that it buys as much there over all of GDP. A carbon price counts from what allowances
    cost already: what is converted is the excess over that price. Raises UserError without the rates.
    """
    made = []
    for name, parameters in priced_levers(levers).items():
        rate, in_year = rate_between(origin, economy, year, purchasing_power)
        lever = lever_named(name)
        carbon = any(one.rests_at == CARBON for one in lever.parameters)
        bases = [_allowances(one, year) if carbon else 0.0 for one in (origin, economy)]
        after = _moved(levers[name], set(parameters), lever.parameters[0].name, rate, bases)
        made.append(Conversion(name, levers[name], after, origin, economy, 1.0 / rate, in_year))
    return tuple(made)


def _allowances(economy: str, year: int) -> float:
    openings = find_economy(economy).openings
    return load_tables(year if year in openings else max(openings), economy).allowance_price


def _moved(value: Any, parameters: set[str], at: str, rate: float, bases: list[float]) -> Any:
    """A setting of a lever with its amounts of money converted: a number, a path over years, or several parameters.

    ``at`` is the parameter that the value is of.
    """
    if isinstance(value, Mapping):
        return {key: _moved(one, parameters, key if _is_name(key) else at, rate, bases) for key, one in value.items()}
    if at not in parameters or isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    return round(bases[1] + (float(value) - bases[0]) * rate, 6)


def _is_name(key: Any) -> bool:
    """Whether a key is the name of a parameter, and no year and no word of a time path."""
    return isinstance(key, str) and not key.isdigit() and key != "path"


def conversion_notes(scenario: Scenario) -> list[str]:
    """A sentence for each lever whose amounts were converted."""
    return [_note(one) for one in scenario.converted]


def _note(one: Conversion) -> str:
    """A sentence on one lever; of a carbon price what counts is its excess over the price of allowances."""
    carbon = any(parameter.rests_at == CARBON for parameter in lever_named(one.lever).parameters)
    note = _amount(one)
    return said("{note}; what lies above the price of allowances is converted", note=note) if carbon else note


def _amount(one: Conversion) -> str:
    code, there = (find_economy(name).currency["code"] for name in (one.origin, one.economy))
    rate = one.rate if one.rate >= 1.0 else 1.0 / one.rate
    of, to = (code, there) if one.rate >= 1.0 else (there, code)
    return said(
        "{lever} is given for the economy {origin}: {before} {code} there are {after} {there} in {economy}, at the "
        "exchange rate of {year}, {rate} {of} per {to}",
        lever=one.lever, origin=find_economy(one.origin).label, before=_written(one.before), code=code,
        after=_written(one.after), there=there, economy=find_economy(one.economy).label, year=one.year,
        rate=f"{rate:.4g}", of=of, to=to,
    )  # fmt: skip


def _written(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_written(one)}" for key, one in value.items()) + "}"
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def in_words_after(scenario: Scenario, moved: Scenario) -> dict[str, Any]:
    """The texts of a scenario by field, as they are once it has moved into an economy with another currency.

    The amount of a lever that has a single one is exchanged wherever a text states it; any other stays as it was
    written, in a currency that nobody takes for that of the economy.
    """
    origin, economy = scenario.tables, moved.tables
    if not other_currency(origin, economy):
        return {}
    changed: dict[str, Any] = {
        name: _converted(getattr(scenario, name), origin, economy, moved.converted) for name in TEXTS
    }
    return changed | {
        name: tuple(_converted(one, origin, economy, moved.converted) for one in getattr(scenario, name))
        for name in LISTS
    }


def _converted(text: str, origin: str, economy: str, conversions: tuple[Conversion, ...]) -> str:
    exchanged = _exchanged(text, origin, economy, conversions, ENGLISH)
    if exchanged == text:
        return text
    made = _Converted(exchanged)
    made.declared, made.move = text, (origin, economy, conversions)
    return made


def _exchanged(text: str, origin: str, economy: str, conversions: tuple[Conversion, ...], language: str) -> str:
    """A text with its amounts in the currency of another economy, or in one that stays what it is."""
    there, here = (find_economy(name).currency for name in (origin, economy))
    amounts = {
        before: after
        for one in conversions
        if len(set(pairs := _amounts(one.before, one.after))) == 1
        for before, after in pairs
    }
    yuan = there["code"] == DECLARED

    def exchanged(found: re.Match[str]) -> str:
        amount = float(found["amount"].replace(",", ""))
        if amount in amounts:
            return f"{float(f'{amounts[amount]:.{DIGITS}g}'):g}{found['space']}{here[language]}"
        kept = KEPT[language] if yuan else there[language]
        return f"{found['amount']}{found['space'] or ' ' * yuan}{kept}"

    return re.sub(rf"(?P<amount>\d[\d,]*(?:\.\d+)?)(?P<space>\s*){re.escape(there[language])}", exchanged, text)


def _amounts(before: Any, after: Any) -> list[tuple[float, float]]:
    """(before, after) of the numbers of a setting that were converted."""
    if isinstance(before, Mapping):
        return [pair for key in before for pair in _amounts(before[key], after[key])]
    number = isinstance(before, (int, float)) and not isinstance(before, bool)
    return [(float(before), float(after))] if number and before != after else []
