"""Xinzhi: a policy laboratory for the AI economy.

The public names are loaded when they are first used: ``import abm`` and ``xinzhi --help`` stay fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for type checkers and editors; loads nothing
    from abm.accounting import FLOWS
    from abm.arguments import DISCOUNT_RATE, discount_rate_of
    from abm.comparing import compare
    from abm.data import load_applications
    from abm.errors import AccountingError, UserError
    from abm.experiments.attribution.explain import Explanation, explain
    from abm.experiments.effects.cost_of_funds import CostOfFunds, cost_of_funds
    from abm.experiments.effects.effects import uncertain_ends
    from abm.experiments.effects.lever_contract import check_lever
    from abm.experiments.ensembles.ensemble import run, run_ensemble
    from abm.experiments.evidence.evidence import Evidence, evidence
    from abm.experiments.evidence.measures import MEASUREMENTS
    from abm.experiments.responses.declaration import Shock
    from abm.experiments.responses.responses import Responses, responses
    from abm.experiments.responses.shocks import SHOCKS, shocks_in
    from abm.experiments.sweeps.sweep import Sweep, read_sweep, sweep
    from abm.experiments.sweeps.yearly_outcomes import yearly_outcomes
    from abm.experiments.validation.closure_grid import ClosureGrid, run_closure_grid
    from abm.experiments.validation.nowcast import Nowcast, nowcast
    from abm.experiments.validation.plant_year import Plant, measure_capability, measure_plant, measure_research
    from abm.experiments.validation.published_variables import PUBLISHED_VARIABLES
    from abm.experiments.validation.quarterly_duel import QuarterlyDuel, run_quarterly_duel
    from abm.files import whole_file, writing
    from abm.languages import ENGLISH, LANGUAGES, Translatable, called, counted_in, filled, joined, said, translated
    from abm.levers import lever_in, levers_in, load_lever, load_levers
    from abm.mesa_agents.agents import Bank, Firm, Government, Worker
    from abm.model import Model
    from abm.parameters import describe_parameters
    from abm.results.currency import (
        DECLARED,
        country_of,
        in_currency,
        in_words_of,
        speaking_of,
        spoken,
        spoken_contents,
        spoken_table,
    )
    from abm.results.exports.datapackage import Resource, describe_package
    from abm.results.groups import GROUP_LABELS, group_labels, group_titles, sectors_with
    from abm.results.judged import AT_A_GLANCE, FIRST_SEEN, JUDGED_BY
    from abm.results.outcome_declaration import Display, as_per_cent
    from abm.results.outcome_names import outcome_named
    from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES, Outcome
    from abm.results.results import Results, write_json, write_table
    from abm.results.years import GROWTH, growth_of, in_words, of_a_year, spread, whole_years, yearly, yearly_name
    from abm.scenarios.closures import CLOSURES
    from abm.scenarios.lever_paths import resolved_path
    from abm.scenarios.mechanisms import MECHANISMS
    from abm.scenarios.presets import PRESETS
    from abm.scenarios.scenario import Scenario, list_scenarios, load_scenario
    from abm.text_tables import aligned

__version__ = "0.2.0"

# Public name -> the module that defines it.
_HOMES = {
    "Model": "abm.model",
    "Worker": "abm.mesa_agents.agents",
    "Firm": "abm.mesa_agents.agents",
    "Government": "abm.mesa_agents.agents",
    "Bank": "abm.mesa_agents.agents",
    "compare": "abm.comparing",
    "run": "abm.experiments.ensembles.ensemble",
    "run_ensemble": "abm.experiments.ensembles.ensemble",
    "cost_of_funds": "abm.experiments.effects.cost_of_funds",
    "uncertain_ends": "abm.experiments.effects.effects",
    "CostOfFunds": "abm.experiments.effects.cost_of_funds",
    "sweep": "abm.experiments.sweeps.sweep",
    "read_sweep": "abm.experiments.sweeps.sweep",
    "Sweep": "abm.experiments.sweeps.sweep",
    "yearly_outcomes": "abm.experiments.sweeps.yearly_outcomes",
    "explain": "abm.experiments.attribution.explain",
    "Explanation": "abm.experiments.attribution.explain",
    "evidence": "abm.experiments.evidence.evidence",
    "Evidence": "abm.experiments.evidence.evidence",
    "MEASUREMENTS": "abm.experiments.evidence.measures",
    "responses": "abm.experiments.responses.responses",
    "Responses": "abm.experiments.responses.responses",
    "Shock": "abm.experiments.responses.declaration",
    "SHOCKS": "abm.experiments.responses.shocks",
    "nowcast": "abm.experiments.validation.nowcast",
    "Nowcast": "abm.experiments.validation.nowcast",
    "QuarterlyDuel": "abm.experiments.validation.quarterly_duel",
    "run_quarterly_duel": "abm.experiments.validation.quarterly_duel",
    "PUBLISHED_VARIABLES": "abm.experiments.validation.published_variables",
    "Plant": "abm.experiments.validation.plant_year",
    "measure_capability": "abm.experiments.validation.plant_year",
    "measure_plant": "abm.experiments.validation.plant_year",
    "measure_research": "abm.experiments.validation.plant_year",
    "run_closure_grid": "abm.experiments.validation.closure_grid",
    "ClosureGrid": "abm.experiments.validation.closure_grid",
    "Scenario": "abm.scenarios.scenario",
    "load_applications": "abm.data",
    "load_scenario": "abm.scenarios.scenario",
    "list_scenarios": "abm.scenarios.scenario",
    "resolved_path": "abm.scenarios.lever_paths",
    "Results": "abm.results.results",
    "Outcome": "abm.results.outcomes",
    "FLOWS": "abm.accounting",
    "OUTCOMES": "abm.results.outcomes",
    "GROUP_OUTCOMES": "abm.results.outcomes",
    "DECLARED": "abm.results.currency",
    "country_of": "abm.results.currency",
    "in_currency": "abm.results.currency",
    "in_words_of": "abm.results.currency",
    "shocks_in": "abm.experiments.responses.shocks",
    "speaking_of": "abm.results.currency",
    "spoken": "abm.results.currency",
    "spoken_contents": "abm.results.currency",
    "spoken_table": "abm.results.currency",
    "lever_in": "abm.levers",
    "levers_in": "abm.levers",
    "GROUP_LABELS": "abm.results.groups",
    "group_labels": "abm.results.groups",
    "group_titles": "abm.results.groups",
    "sectors_with": "abm.results.groups",
    "Display": "abm.results.outcome_declaration",
    "as_per_cent": "abm.results.outcome_declaration",
    "load_levers": "abm.levers",
    "load_lever": "abm.levers",
    "check_lever": "abm.experiments.effects.lever_contract",
    "describe_parameters": "abm.parameters",
    "CLOSURES": "abm.scenarios.closures",
    "MECHANISMS": "abm.scenarios.mechanisms",
    "PRESETS": "abm.scenarios.presets",
    "outcome_named": "abm.results.outcome_names",
    "JUDGED_BY": "abm.results.judged",
    "FIRST_SEEN": "abm.results.judged",
    "AT_A_GLANCE": "abm.results.judged",
    "DISCOUNT_RATE": "abm.arguments",
    "discount_rate_of": "abm.arguments",
    "GROWTH": "abm.results.years",
    "growth_of": "abm.results.years",
    "in_words": "abm.results.years",
    "of_a_year": "abm.results.years",
    "spread": "abm.results.years",
    "whole_years": "abm.results.years",
    "yearly": "abm.results.years",
    "yearly_name": "abm.results.years",
    "Resource": "abm.results.exports.datapackage",
    "describe_package": "abm.results.exports.datapackage",
    "write_table": "abm.results.results",
    "write_json": "abm.results.results",
    "ENGLISH": "abm.languages",
    "LANGUAGES": "abm.languages",
    "Translatable": "abm.languages",
    "called": "abm.languages",
    "counted_in": "abm.languages",
    "filled": "abm.languages",
    "joined": "abm.languages",
    "said": "abm.languages",
    "translated": "abm.languages",
    "aligned": "abm.text_tables",
    "whole_file": "abm.files",
    "writing": "abm.files",
    "UserError": "abm.errors",
    "AccountingError": "abm.errors",
}

__all__ = ["__version__", *_HOMES]


def __getattr__(name: str) -> object:
    try:
        home = _HOMES[name]
    except KeyError:
        raise AttributeError(f"module 'abm' has no attribute {name!r}") from None
    value = getattr(import_module(home), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
