"""Attribution in a frozen economy, where what each family of mechanisms gains is known: Hulten's sum, family by family.

Everybody uses AI, to a degree that nothing changes. What a family saves is then its saving per unit times what firms
spend on what it saves, over GDP, and the families hardly meet: a Shapley value must be just that.
"""

import numpy as np
import pytest
from laboratory import SETTLED_AI

from abm.economics.tasks import task_saving
from abm.experiments.attribution.explain import combinations, explain
from abm.model import Model
from abm.scenarios.resolution import CALM
from xinzhi.analysis.attribution.attribution import attribute

pytestmark = pytest.mark.theory

WORKERS, SEED, YEAR = 2_000, 2, 2027
QUARTERS = range(12, 16)
FAMILIES = ("labour", "plant")
# As in test_hulten.py. Services for tasks cost nothing either, so that no family buys compute that helps another.
FROZEN = CALM | SETTLED_AI | {
    "assumptions.office_ai.augmentation": 0.0, "assumptions.office_ai.automation": 8.0,
    "assumptions.artificial_intelligence.task_services": 0.0, "assumptions.artificial_intelligence.reinstatement": 0.0,
}  # fmt: skip
GAIN = "tfp_ai_contribution"  # net of the AI services that every user pays for, whatever families are on
SERVICES = "policy"


@pytest.fixture(scope="module")
def explained():
    return explain("no_ai", "baseline", WORKERS, [SEED], YEAR, FAMILIES, (GAIN, "real_gdp"), FROZEN)


@pytest.fixture(scope="module")
def savings():
    """The savings with all families on."""
    return _savings_with(FAMILIES)


def _savings_with(on):
    """{family: mean over the year of the savings weighted by costs over GDP}, and services, with families ``on``."""
    off = {f"mechanisms.{name}": "off" for name in FAMILIES if name not in on}
    model = Model(WORKERS, rng=SEED, policy="baseline", overrides=FROZEN | off)
    found = []
    for _ in range(QUARTERS[-1]):
        model.step()
        if model.quarter in QUARTERS:
            found.append(_savings(model.economy))
    return dict(zip((*FAMILIES, SERVICES), np.mean(found, axis=0), strict=True))


def _savings(economy):
    f, s, a, structure = economy.state.firms, economy.state.sectors, economy.state.macro, economy.structure
    able, sector = economy.state.abilities, f.sector

    def saved(kind):
        return f.office_use * kind[0, sector] + f.process_use * kind[1, sector]

    labour = f.unit_wage * (1 + structure.employer_rate) / f.productivity * f.labour_factor * f.output
    automated = f.office_use * s.automation[sector] + f.process_use * s.process_automation[sector]
    tasks = task_saving(economy.parameters, structure.depreciation, a.compute_quality) * automated * labour
    goods = saved(able.materials) * s.input_cost[sector] + saved(able.energy) * s.energy_cost[sector]
    rental = structure.depreciation + economy.parameters.investment.required_return
    machines = rental * (1 - 1 / (1 + saved(able.capacity))) * a.capital_price * f.capital
    plant = goods * f.output_with_inputs_ordered + machines
    services = f.ai_unit_spending * f.output_with_inputs_ordered
    return [one.sum() / a.nominal_gdp for one in (tasks, plant, services)]


def test_with_some_families_the_gain_is_their_saving_weighted_by_costs(explained):
    """By the costs of the same economy: with machines for tasks there is more plant that AI can save."""
    gains = explained.levels[1, :, 0, 0]
    for at, on in enumerate(combinations(FAMILIES)):
        saved = _savings_with(on)
        assert gains[at] + saved.pop(SERVICES) == pytest.approx(sum(saved.values()), rel=0.04, abs=2e-5)
    assert (explained.levels[0, :, 0, 0] == 0.0).all()


def test_the_shapley_values_are_the_savings_of_the_families(explained, savings):
    account = attribute(explained).accounts[GAIN]
    parts = {part.key: float(part.values[0]) / account.shown.factor for part in account.parts}
    expected = dict(savings)
    assert parts.pop("policy") == pytest.approx(-expected.pop(SERVICES), rel=0.05)
    assert parts == pytest.approx(expected, rel=0.06)
    assert sum(parts.values()) == pytest.approx(sum(expected.values()), rel=0.03)
    assert min(expected.values()) > 0.005  # large enough that the test can fail


def test_a_family_that_does_nothing_in_the_frozen_economy_gets_nothing():
    """All that the risks do is switched off, so that their part is nothing to the last bit."""
    without = FROZEN | {"mechanisms.screening_bias": "off", "mechanisms.black_box": "off"}
    found = attribute(explain("no_ai", "baseline", WORKERS, [SEED], 2025, ("labour", "risks"), (GAIN,), without))
    parts = {part.key: float(part.values[0]) for part in found.accounts[GAIN].parts}
    assert parts["risks"] == 0.0 and parts["labour"] > 0.0
