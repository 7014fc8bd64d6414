"""Every clause of the contract finds the lever that breaks it, so that none passes whatever happens."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from abm import load_lever
from abm.experiments.effects import lever_contract as contract
from abm.experiments.effects.lever_contract import Economies
from abm.levers import finding, shipped_levers

pytestmark = pytest.mark.levers


@pytest.fixture
def changed(file):
    """``changed(function, **fields)``: a lever with another function and other declarations, unchecked."""

    def make(function=None, **fields):
        lever = load_lever(file())
        lever = replace(lever, set_instruments=function or lever.set_instruments, **fields)
        finding._external[lever.name] = lever
        return lever

    return make


def nothing(instruments, share):
    """Set nothing."""


def unread(instruments, share):
    """Set what nobody reads as long as there are no rules."""
    instruments.regulation_lag += share


def eager(instruments, share):
    """Set something in any case."""
    instruments.ai_literacy = 0.5 + 0.5 * share


def generous(instruments, share):
    """Pay a subsidy."""
    instruments.adoption_subsidy = 0.9 * share


@pytest.mark.parametrize(
    ("clause", "function", "words"),
    [
        (contract.it_sets_declared_instruments, nothing, "sets nothing at full strength"),
        (contract.it_sets_declared_instruments, eager, "sets something at the neutral values"),
        (contract.full_strength_is_recorded, unread, "no outcome differs from the baseline in 40 quarters"),
        (contract.every_parameter_matters, unread, "share changes nothing in 40 quarters"),
        (contract.the_neutral_value_is_the_baseline, eager, "differ from the baseline"),
        (contract.before_it_is_in_force_it_is_the_baseline, nothing, "it is not in force from quarter 12 on"),
        (contract.before_it_is_in_force_it_is_the_baseline, unread, "once in force, it still changes nothing"),
        (contract.what_it_books_is_declared, generous, "it books adoption_subsidies, which it does not declare"),
    ],
)
def test_a_lever_that_breaks_a_clause_is_found_out(clause, function, words, changed):
    assert words in clause(changed(function), Economies())


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"summary": "no sentence"}, "SUMMARY should be one sentence"),
        ({"costs": ("bread",)}, "which the ledger does not know"),
        ({"documented_strength": {}}, "DOCUMENTED_STRENGTH is empty"),
    ],
)
def test_a_lever_without_its_words_is_found_out(fields, words, changed):
    assert words in contract.every_field_is_documented(changed(**fields), Economies())


def test_books_that_do_not_close_are_found_out(changed):
    def make(quarters, **overrides):
        return SimpleNamespace(recorder=SimpleNamespace(series=lambda name: np.array([0.0, 1e-6])))

    assert contract.the_books_close(changed(), Economies(make)) == "at 0.25 of full strength sfc_residual is 1e-06"


def test_a_lever_in_force_too_early_is_found_out(changed, grown):
    """Economies that are under the lever before its quarter."""
    lever = changed()

    def early(quarters, **overrides):
        return grown(quarters, policy="no_ai" if overrides else "baseline")

    told = contract.before_it_is_in_force_it_is_the_baseline(lever, Economies(early))
    assert "differ from the baseline" in told


def test_a_shipped_lever_that_no_scenario_uses_is_found_out():
    lonely = replace(shipped_levers()["carbon_price"], name="carbon_duty")
    assert "no scenario" in contract.a_scenario_uses_it(lonely, Economies())
