"""What can be chosen and what can be shown, as ``/api/catalogue`` sends it: all of it from the declarations.

Nothing is described here: titles, sentences, bounds and units are those of the levers, parameters, presets, closures,
mechanisms and outcomes themselves, in English or as abm.languages has them, in the words of the economy asked for.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from hashlib import sha256
from typing import Any, NamedTuple

import abm
from abm.data import DEFAULT_ECONOMY, find_economy, offered_economies
from abm.languages import ENGLISH, LANGUAGES, counted_in, sections
from abm.levers import Lever, LeverParameter, Strategy, shipped_levers
from abm.parameters import ParameterInformation
from abm.parameters.declaration import STATUSES
from abm.results.currency import DECLARED, in_currency
from abm.results.outcome_declaration import ORIGINS, Display
from abm.scenarios.closures import CENTRAL, Closure
from abm.scenarios.economies import settable
from abm.scenarios.opening_year import OPENING_YEAR_KEY
from abm.text_tables import title_of_key
from xinzhi.analysis.attribution.words import FAMILY_TITLES
from xinzhi.analysis.reading.changes import GROUP_MEASURES, IN_PEOPLE, difference_unit, is_amount
from xinzhi.analysis.reading.display import group_title
from xinzhi.analysis.reading.text import scenario_label
from xinzhi.app.asking import HEADLINE
from xinzhi.app.economies import EconomyWords, lever_parameter_in, offered, parameters_in, shipped

__all__ = ["PARTS", "PRECISIONS", "REFERENCES", "Precision", "catalogue", "catalogue_body"]

REFERENCES = ("baseline", "no_ai")  # what a mix can stand on and be compared with
STRINGS = ("page", "words")  # headings of the table whose texts the page itself looks up


class Precision(NamedTuple):
    """How exactly an answer is wanted: workers of an economy, pairs of seeds, and what a planner should know of it."""

    title: str
    workers: int
    seeds: int
    note: str


PRECISIONS = {
    "quick": Precision("Quick", 10_000, 8, "For trying policies."),
    "good": Precision("Good", 10_000, 32, "For a draft."),
    "best": Precision("Best", 50_000, 16, "For a report; takes minutes."),
    "classroom": Precision("Classroom", 2_000, 8, "Coarse: for lessons on slow machines, not for policy."),
}


@cache
def catalogue_body(language: str, economy: str = DEFAULT_ECONOMY) -> tuple[bytes, str]:
    """The catalogue as JSON, and its entity tag."""
    content = catalogue(language, economy)
    body = json.dumps(content, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode()
    return body, f'"{sha256(body).hexdigest()[:32]}"'


def catalogue(language: str, economy: str = DEFAULT_ECONOMY) -> dict[str, Any]:
    """Everything that the page offers and shows of an economy, in one language."""
    say = EconomyWords(language, economy)
    content: dict[str, Any] = {"version": abm.__version__, "language": language, "languages": list(LANGUAGES)}
    content |= {"economy": economy, "economies": _economies(language)}
    for part in PARTS.values():
        content |= part(say)
    return {**content, "counting": _counting(say), "strings": _strings(say)}


def _economies(language: str) -> list[dict[str, str]]:
    return [{"key": name, "title": find_economy(name).offered_as[language]} for name in offered_economies()]


def _strings(say: EconomyWords) -> dict[str, str]:
    """The page's own texts that are others than their English in the default economy."""
    if (say.language, say.economy) == (ENGLISH, DEFAULT_ECONOMY):
        return {}  # without a look at the tables of other languages, which takes a while
    everything = dict.fromkeys(text for one in LANGUAGES for name in STRINGS for text in sections(one).get(name, {}))
    shown = {text: say(text) for text in everything}
    return {text: other for text, other in shown.items() if say.language != ENGLISH or other != text}


def _display(one: abm.Outcome, economy: str) -> Display:
    """How an outcome is shown, by year and in the currency of the economy."""
    display = abm.of_a_year(one.display, one.unit, shipped()["baseline"].opening_year)
    return replace(display, unit=in_currency(display.unit, economy))


def _counting(say: EconomyWords) -> dict[str, Any]:
    """{unit of a level as it is sent: how the language counts it}; the numbers are the same in all languages."""
    units = dict.fromkeys(_display(one, say.economy).unit for one in abm.OUTCOMES)
    found = {unit: counted_in(say.language, unit) for unit in units}
    return {say(unit): {"unit": other, "factor": factor} for unit, (factor, other) in found.items() if factor != 1.0}


def _precisions(say: EconomyWords) -> dict[str, Any]:
    baseline = abm.load_scenario("baseline")
    years = abm.whole_years(baseline.opening_year, baseline.quarters)
    return {
        "opening_year": years[0],
        "last_year": years[-1],
        "precisions": [
            {"key": key, **one._asdict(), "title": say(one.title), "note": say(one.note)}
            for key, one in PRECISIONS.items()
        ],
    }


def _policies(say: EconomyWords) -> dict[str, Any]:
    return {
        "strategies": [{"key": one.name.lower(), "title": say(one.value)} for one in Strategy],
        "levers": [_lever(lever, say) for lever in shipped_levers().values()],
    }


def _lever(lever: Lever, say: EconomyWords) -> dict[str, Any]:
    return {
        "key": lever.name,
        "title": say(lever.title),
        "strategy": lever.strategy.name.lower(),
        "summary": say(lever.summary),
        "documentation": say(lever.documentation),
        "spends": lever.spending.spends,
        "not_spending": say(lever.spending.reason),
        "beside": dict(lever.beside),
        "parameters": [_lever_parameter(one, say) for one in settable(lever, say.economy)],
    }


def _lever_parameter(declared: LeverParameter, say: EconomyWords) -> dict[str, Any]:
    one = lever_parameter_in(declared, say.economy)
    return {
        "key": one.name,
        "title": say(abm.group_titles().get(one.name, one.title)),
        "neutral": one.neutral,
        "lower": one.lower,
        "upper": one.upper,
        "unit": say(one.unit),
        "meaning": say(one.meaning),
        "source": say.source(one.source),
        "usual": list(one.usual),
        "step": one.step,
        "display": {"text": say(one.display.text), "factor": one.display.factor},
        "acting": say(one.acting),
        "detail": one.detail,
        "money": DECLARED in one.unit,
    }


def _assumptions(say: EconomyWords) -> dict[str, Any]:
    """What is assumed about AI and the world, as bundles and by name."""
    return {
        "presets": [
            {"key": one.name, "title": say(one.title), "summary": say(one.meaning), "source": say.source(one.source)}
            for one in abm.PRESETS.values()
        ],
        "closures": [_closure(one, say) for one in abm.CLOSURES.values()],
        "families": [{"key": key, "title": say(title)} for key, title in FAMILY_TITLES.items()],
        "mechanisms": [
            {"key": one.name, "title": say(one.title), "family": one.family, "summary": say(one.meaning)}
            for one in abm.MECHANISMS.values()
        ],
    }


def _closure(one: Closure, say: EconomyWords) -> dict[str, Any]:
    known = {parameter.key: parameter.default for parameter in parameters_in(say.economy)}
    keys = {key for values in one.levels.values() for key in values}
    levels = []
    for (name, values), title in zip(one.levels.items(), one.level_titles, strict=True):
        numbers = [values.get(key, known[key]) for key in sorted(keys)]
        levels.append({"key": name, "title": say(title), "value": numbers[0] if len(numbers) == 1 else None})
    return {
        "key": one.name,
        "title": say(one.title),
        "question": say(one.meaning),
        "central": CENTRAL,
        "levels": levels,
        "source": say.source(one.source),
    }


def _parameters(say: EconomyWords) -> dict[str, Any]:
    """Every behavioural parameter but the opening year, since the years are the page's own."""
    parameters = [one for one in parameters_in(say.economy) if one.key != OPENING_YEAR_KEY]
    groups = dict.fromkeys(one.group for one in parameters)
    return {
        "parameter_groups": [{"key": name, "title": say(title_of_key(name))} for name in groups],
        "parameters": [_parameter(one, say) for one in parameters],
        "statuses": {status: say(status) for status in STATUSES},
    }


def _parameter(one: ParameterInformation, say: EconomyWords) -> dict[str, Any]:
    return {
        "key": one.key,
        "group": one.group,
        "title": say(one.title),
        "default": one.default,
        "lower": one.lower,
        "upper": one.upper,
        "unit": say(one.unit),
        "meaning": say(one.meaning),
        "source": say.source(one.source),
        "status": one.status,
    }


def _outcomes(say: EconomyWords) -> dict[str, Any]:
    """Those of the panels first, in the order of the panels."""
    places = {name: place for place, name in enumerate(HEADLINE)}
    ordered = sorted(abm.OUTCOMES, key=lambda one: places.get(one.name, len(places)))
    return {
        "outcomes": [_outcome(one, say) for one in ordered],
        "origins": {key: {"title": say(key), "meaning": say(text)} for key, text in ORIGINS.items()},
    }


def _groups(say: EconomyWords) -> dict[str, Any]:
    return {
        "measures": [
            {
                "key": f"{one.table}.{one.variable}",
                "table": one.table,
                "title": say(one.title),
                "noun": say(one.noun),
                "relative": one.relative,
                "better": one.better,
            }
            for one in GROUP_MEASURES
        ],
        "group_titles": {
            table: {group: say(group_title(group)) for group in groups}
            for table, groups in abm.group_labels(say.economy).items()
        },
    }


def _outcome(one: abm.Outcome, say: EconomyWords) -> dict[str, Any]:
    display = _display(one, say.economy)
    relative = one.name not in IN_PEOPLE and is_amount(display, one.unit)
    return {
        "key": one.name,
        "title": say(display.title),
        "unit": say(display.unit),
        "decimals": display.decimals,
        "change_unit": say("per cent" if relative else difference_unit(display)),
        "change_decimals": 1 if relative else display.decimals + 1,
        "from_zero": display.from_zero,
        "better": display.better,
        "headline": one.name in HEADLINE,
        "origin": one.origin,
        "origin_note": say(one.because),
        "definition": say(one.definition),
    }


def _scenarios(say: EconomyWords) -> dict[str, Any]:
    entries = []
    for name, one in shipped().items():
        base = next((known for known in (name, *one.extends) if known in REFERENCES), "baseline")
        entries.append(
            {
                "name": name,
                "title": say(_label(one)),
                "question": say(one.question),
                "expected_channels": [say(text) for text in one.expected_channels],
                "leaves_out": [say(text) for text in one.leaves_out],
                "base": base,
                "settings": _settings(one, shipped()[base]),
                "both": _shares_its_world(one),
                "economy": say.economy,
            }
        )
    references = [{"key": name, "title": say(_label(shipped()[name]))} for name in REFERENCES]
    by_name = {one["name"]: one for one in entries}
    return {"references": references, "library": [by_name[name] for name in offered(say.economy)]}


def _shares_its_world(one: abm.Scenario) -> bool:
    """Whether the twin of a scenario has all of its assumptions: then they hold on both sides of the page too."""
    twin = shipped()[one.against or "baseline"]
    return all(getattr(one, key) == getattr(twin, key) for key in ("ai", "closures", "assumptions", "mechanisms"))


def _settings(one: abm.Scenario, base: abm.Scenario) -> dict[str, Any]:
    """The dotted settings that make ``one`` of its base; those that both have are left out."""
    settings: dict[str, Any] = {}
    for key in ("levers", "closures", "assumptions"):
        mine, below = getattr(one, key), getattr(base, key)
        settings |= {f"{key}.{name}": value for name, value in mine.items() if below.get(name) != value}
    for key in ("mechanisms", "applications"):
        mine, below = getattr(one, key), getattr(base, key)
        switched = {name: on for name, on in mine.items() if below.get(name, True) != on}
        settings |= {f"{key}.{name}": "on" if on else "off" for name, on in switched.items()}
    settings |= {key: getattr(one, key) for key in ("ai", "quarters") if getattr(one, key) != getattr(base, key)}
    return settings


class _Shipped(NamedTuple):
    """A scenario where a title is asked for that of its results."""

    scenario: abm.Scenario


def _label(one: abm.Scenario) -> str:
    return scenario_label(_Shipped(one))


# The parts of the catalogue by the headings that their texts have in the tables of abm.languages.
PARTS: dict[str, Callable[[EconomyWords], dict[str, Any]]] = {
    "page": _precisions,
    "groups": _groups,
    "levers": _policies,
    "assumptions": _assumptions,
    "outcomes": _outcomes,
    "scenarios": _scenarios,
    "parameters": _parameters,
}
