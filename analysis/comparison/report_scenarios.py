"""The scenarios of a report in words: what policy does, what is assumed, and what is left out."""

from __future__ import annotations

import io
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from xinzhi.analysis.comparison.report_tables import ReportTable

if TYPE_CHECKING:
    from abm import Results, Scenario

__all__ = ["LEFT_OUT", "ScenarioPage", "defaults_sentence", "scenario_page"]

YEARS_AHEAD = 3  # a bare number holds from the first quarter of the fourth year on, 2027 after an opening in 2024

# What no scenario says because it holds for all of them; docs/model/limits.md is longer.
LEFT_OUT = (
    "Growth without AI is imposed as a declining trend; AI, demand, selection and the cycle change it.",
    "China's adoption of AI is a scenario: no representative official rate exists.",
    "Most parameters of behaviour are assumed or tuned by hand; none of them is estimated within the model.",
    "The tasks of occupations and their exposure to AI are measured for the United States and applied to China.",
    "There is one bank and no credit crisis.",
    "The rest of the world is represented by demand and prices; its use of AI is an assumption.",
    "Regions are four labour markets, identical at the start; they are not provinces.",
    "Damage from climate change, health, security and politics are not in the model.",
    "Below 100,000 simulated workers, results for small sectors, rare occupations and large firms rest on few agents.",
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
        _table(f"Policies of {label}", ["Policy", "Setting", "What it does"], policies),
        _table(f"Assumptions of {label}", ["Assumption", "Setting", "Meaning"], assumptions),
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
    phrases = ", ".join(f"{count} {status}" for status, count in counts.most_common())
    return (
        f"All else is at its default: {sum(counts.values())} parameters, of which {phrases}. "
        "`xinzhi describe --parameters` lists each with its source and bounds."
    )


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
        settings = [
            ("" if key == first and len(named) == 1 else f"{_words(key)}: ")
            + _path(path, lever.parameter(key), opening)
            for key, path in named.items()
        ]
        yield [lever.title, "; ".join(settings), lever.summary]


def _has_names(value: Any) -> bool:
    return isinstance(value, Mapping) and "path" not in value and not all(isinstance(key, int) for key in value)


def _path(value: Any, parameter: Any, opening: int) -> str:
    if isinstance(value, Mapping) and "path" in value:
        years = ", ".join(f"{parameter.shown(number)} in {year}" for year, number in value["path"].items())
        return f"{years}, evenly from year to year"
    if isinstance(value, Mapping):
        if list(value) == [opening]:  # such as the rule that waits for a policy to pay for
            return f"{parameter.shown(value[opening])} from the beginning"
        return ", ".join(f"{parameter.shown(number)} from {year}" for year, number in value.items())
    return f"{parameter.shown(value)} from {opening + YEARS_AHEAD}"


def _assumptions(scenario: Scenario) -> Iterator[list[str]]:
    from abm import CLOSURES, MECHANISMS, PRESETS, describe_parameters

    yield ["What AI becomes", scenario.ai.replace("_", " "), PRESETS[scenario.ai].meaning]
    for name, level in scenario.closures.items():
        yield [_words(name), level.replace("_", " "), CLOSURES[name].meaning]
    for name, on in scenario.mechanisms.items():
        yield [_words(name), "on" if on else "switched off", MECHANISMS[name].meaning]
    known = {one.key: one for one in describe_parameters()}
    for key, value in scenario.assumptions.items():
        yield [key, f"{value} {known[key].unit} (default {known[key].default})", known[key].meaning]


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
