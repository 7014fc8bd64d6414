"""The economies that the page lets planners choose, and its texts, controls and scenarios in the terms of one of them.

An economy is offered if its manifest says what it is ``offered_as``. Texts are written for the default one, in its
currency and of its country; in another economy their words are exchanged, as in reports (abm.results.currency).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

import abm
from abm.data import DEFAULT_ECONOMY, DEFAULT_YEAR, find_economy, load_assumptions, load_tables
from abm.data.reading import read_rows
from abm.errors import UserError, template
from abm.languages import ENGLISH, filled, translated
from abm.levers import LeverParameter, load_levers
from abm.parameters import ParameterInformation
from abm.results.currency import DECLARED
from abm.scenarios.scenario import Scenario, list_scenarios, load_scenario

__all__ = ["EconomyWords", "in_words", "lever_parameter_in", "offered", "parameters_in", "runnable", "shipped"]

COUNTRY = {"en": re.compile(r"(^|[.?!] )?\bChina('s|&#39;s)?\b"), "zh": re.compile("(人民币)|中国")}
# What tells that a source is one on the country of the default economy.
ITS_OWN = re.compile(r"\b(China|Chinese|NBS|NEA|CNY|[Yy]uan|ICAP)\b")
CONVERTED = template("range for China above the price of allowances, at the exchange rate of the tables")


@cache
def shipped() -> dict[str, Scenario]:
    """The shipped scenarios by name, each read once."""
    return {name: load_scenario(name) for name in list_scenarios()}


@cache
def runnable(economy: str = DEFAULT_ECONOMY) -> tuple[str, ...]:
    """The shipped scenarios that can be run in an economy: those that name no other one and need nothing it lacks."""
    return tuple(name for name, one in shipped().items() if _runs(one, economy))


def _runs(scenario: Scenario, economy: str) -> bool:
    if scenario.economy or economy == DEFAULT_ECONOMY:
        return (scenario.economy or DEFAULT_ECONOMY) == economy
    try:
        load_scenario(scenario, {"economy": economy})
    except UserError:
        return False
    return True


@cache
def offered(economy: str = DEFAULT_ECONOMY) -> tuple[str, ...]:
    """The shipped scenarios that the page offers in an economy.

    In another than the default one these are its own and those that are about no single economy: they set no amount of
    money, which would be in another currency, and no parameter that the economy has in another way.
    """
    names = [name for name in runnable(economy) if not _is_of_another(shipped()[name], economy)]
    return tuple(sorted(names, key=lambda name: shipped()[name].economy != economy))


def _is_of_another(scenario: Scenario, economy: str) -> bool:
    if economy in (DEFAULT_ECONOMY, scenario.economy):
        return False
    of_its_own = load_assumptions(DEFAULT_YEAR, economy).keys() & scenario.assumptions.keys()
    return bool(of_its_own) or any(_sets_money(name, setting) for name, setting in scenario.levers.items())


def _sets_money(lever: str, setting: object) -> bool:
    """Whether the setting of a lever has an amount of money; a bare value is that of the first parameter."""
    first, *_ = parameters = load_levers()[lever].parameters
    named = [one for one in parameters if isinstance(setting, Mapping) and one.name in setting]
    return any(DECLARED in one.unit for one in named or [first])


def in_words(text: str, language: str, economy: str) -> str:
    """A text of the model, in a language and in the words of an economy: its currency, and its country for China."""
    shown = translated(text, language)
    if economy == DEFAULT_ECONOMY:
        return shown
    manifest = find_economy(economy)
    country, money = manifest.country[language], manifest.currency[language]

    def named(found: re.Match[str]) -> str:
        if language != ENGLISH:
            return money if found[1] else country
        before, owner = found[1], found[2]
        name = country if before is None else country[:1].upper() + country[1:]
        possessive = owner.removesuffix("s") if owner and name.endswith("s") else owner or ""
        return f"{before or ''}{name}{possessive}"

    return COUNTRY[language].sub(named, abm.in_words_of(shown, economy, language))


class EconomyWords:
    """Texts in a language and in the words of an economy."""

    def __init__(self, language: str = ENGLISH, economy: str = DEFAULT_ECONOMY):
        self.language, self.economy = language, economy

    def __call__(self, text: str) -> str:
        """A text that speaks of the economy."""
        return in_words(text, self.language, self.economy)

    def source(self, text: str) -> str:
        """Where a number is from: as it is, with a word in front where it is about China and serves another economy."""
        if self.economy == DEFAULT_ECONOMY or text == CONVERTED or not ITS_OWN.search(text):
            return translated(text, self.language)
        return filled("Taken over from China: {source}", self.language, source=text)


@cache
def parameters_in(economy: str) -> tuple[ParameterInformation, ...]:
    """Every behavioural parameter with the value, source and status that it has in an economy."""
    path = find_economy(economy).folder / "assumptions.csv"
    rows = {row["parameter"]: row for row in read_rows(path)} if path.is_file() else {}
    values = load_assumptions(DEFAULT_YEAR, economy)
    return tuple(
        one if one.key not in rows else one._replace(
            default=type(one.default)(values[one.key]), source=rows[one.key]["source"], status=rows[one.key]["status"])
        for one in abm.describe_parameters()
    )  # fmt: skip


def lever_parameter_in(one: LeverParameter, economy: str) -> LeverParameter:
    """A parameter of a lever with its bounds, ranges and step in the currency of an economy, to one figure.

    As in comparisons of countries, what lies above the price of allowances is converted at the exchange rate.
    """
    if economy == DEFAULT_ECONOMY or DECLARED not in one.unit:
        return one
    from abm.experiments.countries.abroad import exchange_rate

    rate = exchange_rate(DEFAULT_ECONOMY, economy, DEFAULT_YEAR)
    neutral = load_tables(DEFAULT_YEAR, economy).allowance_price

    def converted(value: float) -> float:
        return max(0.0, neutral + _rounded(rate * (value - one.neutral)))

    low, high = (converted(value) for value in one.usual)
    return one._replace(
        neutral=neutral, lower=converted(one.lower), upper=converted(one.upper), usual=(low, high),
        step=_rounded(rate * one.step), source=CONVERTED,
    )  # fmt: skip


def _rounded(value: float) -> float:
    return float(f"{value:.1g}")
