"""Who pays for the policies of a comparison."""

import pytest

from abm.experiments.ensembles.funding import paid_for
from abm.levers import resolve
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit


def test_no_policy_needs_no_payer():
    baseline = load_scenario("baseline")
    assert paid_for(baseline) is baseline


def test_who_says_who_pays_is_left_alone():
    scenario = load_scenario("safety_net")
    assert paid_for(scenario) is scenario


def test_the_income_tax_pays_from_the_opening_on_and_the_run_can_be_repeated():
    scenario = load_scenario("green_ai", {"levers.retraining": 0.01})
    paid = paid_for(scenario)
    assert resolve(paid.levers).policy(0).surcharge == 1.0
    assert {**paid.levers, "budget_rule": None} == {**scenario.levers, "budget_rule": None}
    assert load_scenario("green_ai", paid.overrides).digest() == paid.digest()
