"""The scenarios of a report in words: what policy does, what is assumed, and what is left out."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from abm import called, joined, said
from xinzhi.analysis.comparison.report_tables import ReportTable

if TYPE_CHECKING:
    from abm import Results, Scenario

__all__ = ["LEFT_OUT", "ScenarioPage", "defaults_sentence", "scenario_page"]

YEARS_AHEAD = 3  # a bare number holds from the first quarter of the fourth year on, 2027 after an opening in 2024

# What no scenario says because it holds for all of them; docs/model/limits.md is longer.
LEFT_OUT = (
    said("Growth without AI is imposed as a declining trend; AI, demand, selection and the cycle change it."),
    said("China's adoption of AI is a scenario: no representative official rate exists."),
    said("Most parameters of behaviour are assumed or tuned by hand; none of them is estimated within the model."),
    said("The tasks of occupations and their exposure to AI are those measured for the United States."),
    said("There is one bank and no credit crisis."),
    said("The rest of the world is represented by demand and prices; its use of AI is an assumption."),
    said("Regions are four labour markets, identical at the start; they are not provinces."),
    said("Damage from climate change, health, security and politics are not in the model."),
    said(
        "Below 100,000 simulated workers, results for small sectors, rare occupations and large firms rest on few "
        "agents."
    ),
)


@dataclass
class ScenarioPage:
    """One scenario as the report shows it; the tables are None where there is nothing to list."""

    label: str
    name: str
    question: str
    policies: ReportTable | None
    assumptions: ReportTable | None
    expected: tuple[str, ...]
    left_out: tuple[str, ...]
    resolved: str
    digest: str
    command: str


def scenario_page(label: str, results: Results) -> ScenarioPage:
    """The page of one Results. Policies are set by a government; assumptions are uncertain."""
    scenario = results.scenario
    policies, assumptions = list(_policies(scenario)), list(_assumptions(scenario))
    return ScenarioPage(
        label,
        scenario.name,
        scenario.question,
        _table(said("Policies of {scenario}", scenario=label),
               [said("Policy"), said("Setting"), said("What it does")], policies),
        _table(said("Assumptions of {scenario}", scenario=label),
               [said("Assumption"), said("Setting"), said("Meaning")], assumptions),
        scenario.expected_channels,
        scenario.leaves_out,
        _as_yaml(scenario.resolved()),
        scenario.digest(),
        str(results.provenance.get("command", "")),
    )  # fmt: skip


def defaults_sentence() -> str:
    """How many parameters there are beside those named, and how well each is known."""
    from abm import describe_parameters

    counts = Counter(one.status for one in describe_parameters())
    each = [said("{count} {status}", count=count, status=status) for status, count in counts.most_common()]
    return said(
        "A policy is set by a government. An assumption is uncertain; another value may give another answer.\nAll else "
        "is at its default: {count} parameters, of which {each}. `xinzhi describe --parameters` lists each with its "
        "source and bounds.", count=sum(counts.values()), each=joined(each, ","),
    )  # fmt: skip


def _table(caption: str, columns: list[str], rows: list[list[str]]) -> ReportTable | None:
    return ReportTable(caption, columns, [("", rows)]) if rows else None


def _policies(scenario: Scenario) -> Iterator[list[str]]:
    from abm import load_levers

    known = load_levers()
    for name, value in scenario.levers.items():
        lever = known.get(name)
        if lever is None:  # of a file that has not been read here
            yield [_words(name), str(value), ""]
            continue
        first, opening = lever.parameters[0].name, scenario.opening_year
        named = value if _has_names(value) else {first: value}
        settings = []
        for key, path in named.items():
            parameter = lever.parameter(key)
            words = _path(path, parameter, opening)
            alone, title = key == first and len(named) == 1, getattr(parameter, "title", key)
            words = words if alone else said("{name}: {setting}", name=called(_words(key), title), setting=words)
            settings.append(words)
        yield [lever.title, joined(settings, ";"), lever.summary]


def _has_names(value: Any) -> bool:
    return isinstance(value, Mapping) and "path" not in value and not all(isinstance(key, int) for key in value)


def _path(value: Any, parameter: Any, opening: int) -> str:
    if isinstance(value, Mapping) and "path" in value:
        years = [
            said("{value} in {year}", value=_shown(parameter, one), year=year) for year, one in value["path"].items()
        ]
        return said("{years}, evenly from year to year", years=joined(years, ","))
    if isinstance(value, Mapping):
        if list(value) == [opening]:  # such as the rule that waits for a policy to pay for
            return said("{value} from the beginning", value=_shown(parameter, value[opening]))
        steps = [said("{value} from {year}", value=_shown(parameter, one), year=year) for year, one in value.items()]
        return joined(steps, ",")
    return said("{value} from {year}", value=_shown(parameter, value), year=opening + YEARS_AHEAD)


def _shown(parameter: Any, value: float) -> str:
    """The same as ``parameter.shown``, with a unit that can be translated."""
    number = parameter.shown(value).removesuffix(parameter.display.text).rstrip()
    return said("{number} {unit}", number=number, unit=parameter.display.text)


def _assumptions(scenario: Scenario) -> Iterator[list[str]]:
    from abm import CLOSURES, MECHANISMS, PRESETS, describe_parameters, load_applications

    yield [said("What AI becomes"), called(scenario.ai.replace("_", " "), PRESETS[scenario.ai].title),
           PRESETS[scenario.ai].meaning]  # fmt: skip
    for name, level in scenario.closures.items():
        closure = CLOSURES[name]
        words = called(level.replace("_", " "), dict(zip(closure.levels, closure.level_titles, strict=True))[level])
        yield [called(_words(name), closure.title), words, closure.meaning]
    for name, on in scenario.mechanisms.items():
        mechanism = MECHANISMS[name]
        words = said("on") if on else said("switched off")
        yield [called(_words(name), mechanism.title), words, mechanism.meaning]
    uses = {one.code: one for one in load_applications()}
    for name, on in scenario.applications.items():
        yield [called(_words(name), uses[name].label), said("on") if on else said("switched off"), uses[name].source]
    known = {one.key: one for one in describe_parameters()}
    for key, value in scenario.assumptions.items():
        one = known[key]
        yield [key, said("{value} {unit} (default {default})", value=value, unit=one.unit, default=one.default),
               one.meaning]  # fmt: skip


def _words(name: str) -> str:
    text = name.replace("_", " ")
    return text[:1].upper() + text[1:]


def _as_yaml(content: Mapping[str, Any]) -> str:
    from ruamel.yaml import YAML

    yaml, text = YAML(), io.StringIO()
    yaml.width = 110
    yaml.dump(_plain(content), text)
    return text.getvalue()


def _plain(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _plain(item) for key, item in value.items()}
    return [_plain(item) for item in value] if isinstance(value, (list, tuple)) else value
