"""Xinzhi: a policy laboratory for the AI economy.

The public names are loaded when they are first used: ``import abm`` and ``xinzhi --help`` stay fast.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # for type checkers and editors; loads nothing
    from abm.agents import Bank, Firm, Government, Worker
    from abm.closures import CLOSURES
    from abm.errors import AccountingError, UserError
    from abm.experiments.ensemble import run, run_ensemble
    from abm.experiments.explain import Explanation, explain
    from abm.experiments.lever_contract import check_lever
    from abm.experiments.sweep import Sweep, read_sweep, sweep
    from abm.exports.datapackage import Resource, describe_package
    from abm.levers import load_lever, load_levers
    from abm.mechanisms import MECHANISMS
    from abm.model import Model
    from abm.outcome_declaration import Display, as_per_cent
    from abm.outcomes import GROUP_LABELS, GROUP_OUTCOMES, OUTCOMES, Outcome
    from abm.parameters import describe_parameters
    from abm.presets import PRESETS
    from abm.results import Results, write_json, write_table
    from abm.scenario import Scenario, list_scenarios, load_scenario

__version__ = "0.1.0"

# Public name -> the module that defines it.
_HOMES = {
    "Model": "abm.model",
    "Worker": "abm.agents",
    "Firm": "abm.agents",
    "Government": "abm.agents",
    "Bank": "abm.agents",
    "run": "abm.experiments.ensemble",
    "run_ensemble": "abm.experiments.ensemble",
    "sweep": "abm.experiments.sweep",
    "read_sweep": "abm.experiments.sweep",
    "Sweep": "abm.experiments.sweep",
    "explain": "abm.experiments.explain",
    "Explanation": "abm.experiments.explain",
    "Scenario": "abm.scenario",
    "load_scenario": "abm.scenario",
    "list_scenarios": "abm.scenario",
    "Results": "abm.results",
    "Outcome": "abm.outcomes",
    "OUTCOMES": "abm.outcomes",
    "GROUP_OUTCOMES": "abm.outcomes",
    "GROUP_LABELS": "abm.outcomes",
    "Display": "abm.outcome_declaration",
    "as_per_cent": "abm.outcome_declaration",
    "load_levers": "abm.levers",
    "load_lever": "abm.levers",
    "check_lever": "abm.experiments.lever_contract",
    "describe_parameters": "abm.parameters",
    "CLOSURES": "abm.closures",
    "MECHANISMS": "abm.mechanisms",
    "PRESETS": "abm.presets",
    "Resource": "abm.exports.datapackage",
    "describe_package": "abm.exports.datapackage",
    "write_table": "abm.results",
    "write_json": "abm.results",
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
