"""One mix checked: what it is called, its digest, its file, its command line, and what must be known about it.

A file that is opened is read by the reader of all scenario files, line by line, and becomes a mix.
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from abm.data import DEFAULT_ECONOMY, economy_for, offered_economies
from abm.errors import UserError, located, refusal
from abm.results.currency import in_currency
from abm.scenarios.checks import Layer, check, opening_year_in
from abm.scenarios.lever_files import KEY
from abm.scenarios.lever_paths import resolved_path
from abm.scenarios.places import Place
from abm.scenarios.plain_values import grouped, nested
from abm.scenarios.scenario import Scenario, list_scenarios
from abm.yaml_reader import read_text
from xinzhi.app.asking import Finder, Limits, Mix, Question, scenario_of
from xinzhi.app.economies import offered, runnable, shipped
from xinzhi.app.runs import Side, cautions_of, financing_of, idle_of, prepared

__all__ = ["checked", "file_of", "opened"]

FILE = refusal("the file")
LIKE_QUESTION = {"page": "check"}
WIDTH = 110


def checked(data: Any, limits: Limits, find: Finder) -> dict[str, Any]:
    """The answer to a check: of a ``mix``, or of the text of a file in ``yaml``. Raises UserError."""
    if not isinstance(data, dict):
        raise UserError(refusal("the request: give an object with a mix"))
    given = dict(data)
    mix, text = given.pop("mix", None), given.pop("yaml", None)
    if text is not None:
        mix = asdict(opened(text, find))
    reference = given.pop("reference", None)
    mixes = [*([reference] if reference is not None else []), mix]
    question = Question.read({**LIKE_QUESTION, **given, "scenarios": mixes}, limits)
    runs = prepared(question, find)
    side = runs.sides[-1]
    return {
        "title": side.scenario.title or runs.titles[-1],
        "digest": side.scenario.digest(),
        "mix": side.mix.plain(),
        "yaml": file_of(side.mix, find),
        "command": runs.command() if len(runs.sides) > 1 else _command(side, question),
        "financing": financing_of(question),
        "cautions": cautions_of(runs),
        "idle": idle_of(runs),
        "paths": _paths(side.scenario),
    }


def opened(text: Any, find: Finder) -> Mix:
    """The mix in the text of a scenario file. Raises UserError with the line at fault."""
    if not isinstance(text, str):
        raise UserError(refusal("yaml: give the text of a file"))
    document = read_text(text, FILE)
    place = Place(FILE, document.lines)
    if KEY in document.data:
        raise UserError(
            located(place.of(KEY), refusal("the page reads no levers from files; run this scenario by the command"))
        )
    opening = opening_year_in([document.data])
    layer = check(document.data, place, opening)
    base = layer.extends or "baseline"
    below = shipped().get(base) or find(base)
    named = "" if layer.economy == economy_for(opening) else layer.economy
    economy = named or (below.economy if below and not layer.economy else "") or DEFAULT_ECONOMY
    if economy not in offered_economies():
        names = ", ".join(offered_economies())
        text = refusal("the page runs the economies {names}; run this scenario by the command", names=names)
        raise UserError(located(place.of("economy"), text))
    mix = Mix(base, _settings(layer, document.data.get("levers", {})), layer.title, layer.question, economy)
    if mix.base not in runnable(economy) and below is None:
        names = ", ".join(offered(economy))
        raise UserError(
            located(
                place.of("extends"), refusal("the page opens what extends a shipped scenario: {names}", names=names)
            )
        )
    scenario_of(mix, find)
    return mix


def file_of(mix: Mix, find: Finder) -> str:
    """The mix as a scenario file: what it changes in a shipped scenario, else the whole of it."""
    scenario = scenario_of(mix, find)
    content: dict[str, Any] = {"extends": mix.base}
    content |= {} if mix.economy == DEFAULT_ECONOMY else {"economy": mix.economy}
    content |= {name: text for name, text in (("title", mix.title), ("question", mix.question)) if text.strip()}
    for key, value in mix.settings.items():
        _merge(content, nested(key, _with_years(value)))
    text = _as_yaml(content)
    if mix.base in list_scenarios() and _same(text, scenario, find):
        return text
    return _as_yaml(scenario.resolved())


def _same(text: str, scenario: Scenario, find: Finder) -> bool:
    try:
        return scenario_of(opened(text, find), find).digest() == scenario.digest()
    except UserError:
        return False


def _settings(layer: Layer, levers: Mapping[Any, Any]) -> dict[str, Any]:
    """Dotted settings: what the file says of levers, which is checked, and the rest as it was read."""
    settings: dict[str, Any] = {f"levers.{name}": value for name, value in levers.items()}
    settings |= {"ai": layer.ai} if layer.ai else {}
    settings |= {f"closures.{name}": value for name, value in layer.closures.items()}
    settings |= {f"mechanisms.{name}": "on" if on else "off" for name, on in layer.mechanisms.items()}
    settings |= {f"applications.{name}": "on" if on else "off" for name, on in layer.applications.items()}
    assumptions = (
        (group, name, value) for group, of in grouped(layer.assumptions).items() for name, value in of.items()
    )
    return settings | {f"assumptions.{group}.{name}": value for group, name, value in assumptions}


def _command(side: Side, question: Question) -> str:
    """The command line that runs one mix alone."""
    from abm.results.provenance import command_line

    return command_line("run", [side.scenario], question.workers, question.seeds, None)


def _paths(scenario: Scenario) -> dict[str, str]:
    """{lever: what it is set to year by year, in words}."""
    paths = {}
    for lever in scenario.levers:
        phrases = []
        for one in resolved_path(scenario, lever):
            years = list(one.values.items())
            ends = years if len(years) <= 2 else [years[0], years[-1]]
            numbers = ", ".join(f"{value:g} from {year}" for year, value in ends)
            unit = in_currency(one.parameter.unit, scenario.tables)
            phrases.append(f"{one.key.partition('.')[2]}: {numbers} ({unit})")
        paths[lever] = "; ".join(phrases)
    return paths


def _merge(into: dict[Any, Any], more: Mapping[Any, Any]) -> None:
    for key, value in more.items():
        below = into.get(key)
        if isinstance(below, dict) and isinstance(value, Mapping):
            _merge(below, value)
        else:
            into[key] = dict(value) if isinstance(value, Mapping) else value


def _with_years(value: Any) -> Any:
    """JSON has years as texts, a file as numbers."""
    if isinstance(value, Mapping):
        return {int(key) if isinstance(key, str) and key.isdecimal() and len(key) == 4 else key: _with_years(item)
                for key, item in value.items()}  # fmt: skip
    return value


def _as_yaml(content: Mapping[str, Any]) -> str:
    from ruamel.yaml import YAML

    yaml, text = YAML(), io.StringIO()
    yaml.width = WIDTH
    yaml.dump(content, text)
    return text.getvalue()
