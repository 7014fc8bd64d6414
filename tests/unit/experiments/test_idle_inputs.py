"""Inputs that cannot act are named: a price that is free anyway, a strength that holds without the lever."""

import pytest

from abm import load_scenario
from abm.experiments.ensembles.idle import idle_levers
from abm.scenarios.scenario import list_scenarios

pytestmark = pytest.mark.unit


@pytest.mark.parametrize(
    ("settings", "told"),
    [
        ({"levers.carbon_price": 50}, "price to 50 CNY per tonne, which is not above the 90 CNY per tonne"),
        ({"levers.carbon_price": {"price": 50, "dividend": 1}}, "not above the 90 CNY per tonne"),
        ({"levers.carbon_price": 0, "economy": "usa"}, "price to 0 USD per tonne, as it is without the lever"),
        ({"levers.retraining": 0.002, "economy": "usa"}, "capacity to 0.2 % of the labour force"),
        ({"levers.retraining": {2027: 0.002, 2030: 0.002}}, "as it is without the lever"),
    ],
)
def test_what_cannot_act_is_named(settings, told):
    (sentence,) = idle_levers(load_scenario("baseline", settings), 107)
    assert told in sentence and sentence.endswith("it does nothing")


def test_what_acts_is_not_named():
    for name in list_scenarios():
        assert idle_levers(load_scenario(name), 107) == [], name
    path = {"levers.carbon_price": {2027: 90, 2030: 91}}
    assert idle_levers(load_scenario("baseline", path), 107) == []
