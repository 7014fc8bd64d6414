"""What policies cost the state, what they raise, and the rules that a policy changes."""

import numpy as np
import pytest

from abm import Model
from abm.kernels.technology import running_services
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.state import Status

pytestmark = pytest.mark.unit

QUARTERS = 8
YEAR = 2024
CHEAP = {"cost": {YEAR: 0.0}}


@pytest.fixture(scope="module")
def paid(grown):
    """``paid(lever=setting)``: the model after two years, with all levers in force from the opening on."""

    def after(**levers):
        return grown(QUARTERS, **{f"levers.{name}": setting for name, setting in levers.items()})

    return after


def test_no_policy_costs_nothing(grown):
    model = grown(QUARTERS)
    costs = model.recorder.series("policy_cost_ratio")
    assert costs.shape == (QUARTERS + 1,) and (costs == 0).all()


@pytest.mark.parametrize(
    ("flow", "levers"),
    [
        ("adoption_subsidies", {"adoption_subsidy": {YEAR: 0.5}}),
        ("compute_vouchers", {"compute_voucher": {YEAR: 0.3}}),
        ("research_credits", {"rd_tax_credit": {YEAR: 0.2}}),
        ("basic_income", {"basic_income": {YEAR: 0.05}}),
        ("hiring_subsidies", {"hiring_subsidy": {YEAR: 0.5}}),
    ],
)
def test_a_payment_is_the_cost_of_its_policy(paid, flow, levers):
    model = paid(**levers)
    assert model.state.macro.policy_cost == pytest.approx(model.ledger.amounts[flow], rel=1e-12)
    assert model.ledger.amounts[flow] >= 0


@pytest.mark.parametrize(
    ("flow", "levers"), [("ai_tax", {"ai_tax": {YEAR: 0.3}}), ("carbon_tax", {"carbon_price": {YEAR: 300}})]
)
def test_a_tax_lowers_the_cost_of_policies(paid, flow, levers):
    model = paid(**levers)
    assert model.ledger.amounts[flow] > 0
    assert model.state.macro.policy_cost == pytest.approx(-model.ledger.amounts[flow], rel=1e-12)


@pytest.mark.parametrize(
    ("share", "levers"),
    [
        (0.003, {"research_grants": {YEAR: 0.003}}),
        (0.002, {"public_compute": {YEAR: 0.002}}),
        (0.004, {"grid_decarbonisation": {YEAR: 0.004}}),
        (0.003, {"public_investment": {YEAR: 0.003}}),
        (0.01, {"education": {"index": {YEAR: 1.5}, "cost": {YEAR: 0.02}}}),
        (0.002, {"international_cooperation": {"index": {YEAR: 1.5}, "cost": {YEAR: 0.004}}}),
    ],
)
def test_programmes_are_bought_for_their_share_of_gdp(paid, share, levers):
    model = paid(**levers)
    cost = model.state.macro.policy_cost
    assert cost / model.state.macro.nominal_gdp == pytest.approx(share, rel=0.05)  # planned by trend GDP
    assert cost == pytest.approx(model.economy.plans.policy_budget, rel=1e-12)


def test_carbon_revenue_is_paid_to_every_adult_a_quarter_later():
    model = Model(2_000, rng=1, overrides={"levers.carbon_price": {"price": {YEAR: 300}, "dividend": {YEAR: 0.5}}})
    revenue = 0.0
    for _ in range(4):
        model.step()
        assert model.ledger.amounts["carbon_dividends"] == pytest.approx(0.5 * revenue, rel=1e-9)
        assert model.ledger.amounts["basic_income"] == 0.0
        revenue = model.ledger.amounts["carbon_tax"]
    assert revenue > 0


def test_data_fees_stay_within_the_sector_and_go_to_those_with_data(paid):
    model = paid(data_market={"size": {YEAR: 1.0}, **CHEAP})
    f = model.state.firms
    net = np.bincount(f.sector, weights=f.data_income)
    assert np.abs(net).max() < 1e-9 * f.payroll.max()
    never = f.office_cover + f.process_cover == 0  # who gave AI up this quarter has paid
    assert never.sum() > 100 and (f.data_income[never] >= 0).all()
    assert f.data_income.max() > 0 > f.data_income.min()


def test_adopters_buy_more_services_where_a_voucher_pays_and_fewer_where_they_are_taxed():
    ai = Parameters().artificial_intelligence

    def bought(**policy):
        return running_services(0.015, ai.view, Instruments(**policy).view)

    assert bought() == pytest.approx(0.015)
    assert bought(compute_voucher=0.36) == pytest.approx(0.015 * 0.64**-ai.services_elasticity)
    assert bought(ai_tax=0.5) < 0.015
    assert bought(compliance_cost=0.1) == pytest.approx(0.015 * 1.1 ** (1 - ai.services_elasticity))


def test_rules_take_time_and_grow_old_as_use_spreads(grown):
    quick = grown(QUARTERS, **{"levers.regulatory_clarity": {"clarity": {YEAR: 1.0}, "lag": {YEAR: 1.0}, **CHEAP}})
    slow = grown(QUARTERS, **{"levers.regulatory_clarity": {"clarity": {YEAR: 1.0}, "lag": {YEAR: 20.0}, **CHEAP}})
    assert 0 < slow.state.macro.legal_clarity < 0.08 < quick.state.macro.legal_clarity < 0.17


def test_stipends_and_longer_courses_are_costs(paid):
    usual = paid()
    assert usual.state.macro.trainees > 0
    dearer = paid(retraining={"stipend": {YEAR: 2.0}})
    longer = paid(retraining={"length": {YEAR: 2.0}})
    h, a = dearer.economy.parameters.households, dearer.state.macro
    w = dearer.state.workers
    stipends = h.stipend * (w.reference_wage[w.status == Status.TRAINING] + a.mean_wage)
    assert (stipends > h.assistance * a.mean_wage).all()
    assert a.policy_cost == pytest.approx(stipends.sum(), rel=1e-12)
    # The mean of the two years: at the end of one quarter the smallest economy has about ten people in courses.
    assert longer.recorder.series("trainees").mean() > 1.3 * usual.recorder.series("trainees").mean()
    teaching = longer.economy.parameters.labour.training_cost * longer.state.macro.mean_wage
    assert longer.state.macro.policy_cost > 0.5 * longer.state.macro.trainees * teaching


def test_dearer_insurance_costs_its_benefits_and_not_the_stipends_of_trainees(paid):
    model = paid(unemployment_insurance={"rate": {YEAR: 2.0}})
    w, a, h = model.state.workers, model.state.macro, model.economy.parameters.households
    stipends = h.stipend * (w.reference_wage[w.status == Status.TRAINING] + a.mean_wage)
    benefits = model.ledger.amounts["unemployment_benefits"] - np.maximum(stipends, h.assistance * a.mean_wage).sum()
    assert stipends.size > 0 and benefits > 0
    # Half of a small benefit may be below assistance, in whose place it stands.
    assert 0.98 * benefits / 2 < a.policy_cost <= benefits / 2 * (1 + 1e-12)


def test_targeting_gives_places_to_those_whose_tasks_ai_can_do(grown):
    exposure = grown(QUARTERS).economy.structure.automation_exposure
    exposed = []
    for targeting in (0.0, 1.0):
        settings = {"capacity": {YEAR: 0.005}, "targeting": {YEAR: targeting}}
        w = grown(QUARTERS, 10_000, **{"levers.retraining": settings}).state.workers
        trained = w.occupation[w.status == Status.TRAINING]
        assert trained.size > 40  # few in small economies
        exposed.append(exposure[trained].mean())
    assert exposed[1] > exposed[0]


def test_zones_cost_by_the_regions_they_are_in(paid):
    everywhere = paid(demonstration_zone={"strength": {YEAR: 1.0}, "subsidy": {YEAR: 0.0}})
    one = paid(demonstration_zone={"region_3": {YEAR: 1.0}, "subsidy": {YEAR: 0.0}})
    ratios = [
        model.state.macro.policy_cost / model.state.macro.trend_gdp for model in (everywhere, one)
    ]  # fmt: skip
    assert ratios[0] == pytest.approx(4 * ratios[1], rel=0.02) and ratios[1] > 0
