"""The integration of AI: investment in an intangible, done by technical staff who may be missing."""

from dataclasses import replace

import numpy as np
import pytest

import abm
from abm.codes import Use
from abm.data import load_tables
from abm.economics.integration import integrators, part_served, scarcity_price, talent_need, talent_pull
from abm.parameters import Integration
from abm.results.national_accounts import capital_consumption

pytestmark = pytest.mark.unit

RULES = Integration()
SEEDS, QUARTERS = (11, 12, 13), 24


@pytest.fixture(scope="module")
def model():
    one = abm.Model(2_000, rng=3)
    for _ in range(6):
        one.step()
    return one


class Jobs:
    employment, wage_mean = np.array([50.0, 8.0, 4.0]), np.array([20.0, 40.0, 30.0])
    wage_index = np.ones(3)


class Kinds:
    technical = np.array([False, True, True])


PAY = 8 * 40 + 4 * 30


def test_need_is_pay_for_the_work_over_the_pay_of_the_staff_available():
    begun = 0.5 * RULES.available * PAY / RULES.labour_part
    rules = replace(RULES, smoothing=1.0)
    assert talent_need(begun, 1.0, Jobs, Kinds, rules) == pytest.approx(0.5)
    assert talent_need(begun, 1.0, Jobs, Kinds, RULES) == pytest.approx(1 - 0.25 * 0.5)
    assert talent_need(begun, 1.0, Jobs, Kinds, replace(RULES, queue=False)) == 1.0


def test_more_staff_lowers_need_and_dearer_staff_does_not():
    class More(Jobs):
        employment = np.array([50.0, 16.0, 8.0])

    class Dearer(Jobs):
        wage_index, wage_mean = np.array([1.0, 1.2, 1.2]), np.array([20.0, 48.0, 36.0])

    rules = replace(RULES, smoothing=1.0)
    need, more, dearer = (talent_need(9.0, 1.0, jobs, Kinds, rules) for jobs in (Jobs, More, Dearer))
    assert more == pytest.approx(need / 2)
    general = (50 + 12 * 1.2) / 62  # part of the rise is that of all wages
    assert dearer == pytest.approx(need / general)


@pytest.mark.parametrize("wanted", [0.3, 1.0, 2.5])
def test_what_waits_is_counted_so_that_need_settles_where_it_is(wanted):
    """Firms begin what finds staff, at the price in force: need must not swing between short and plenty."""
    need, path = 1.0, []
    for _ in range(60):
        work = wanted * RULES.available * PAY / RULES.labour_part
        begun = work * part_served(need) * scarcity_price(need, RULES)
        need = talent_need(begun, need, Jobs, Kinds, RULES)
        path.append(need)
    assert need == pytest.approx(wanted, rel=1e-6)
    steps = np.diff(path)
    assert (steps >= -1e-12).all() or (steps <= 1e-12).all()


def test_only_missing_staff_costs():
    assert (part_served(0.4), scarcity_price(0.4, RULES), talent_pull(0.4, RULES)) == (1.0, 1.0, 0.0)
    assert part_served(4.0) == 0.25 and scarcity_price(4.0, RULES) == pytest.approx(2.0)
    assert talent_pull(4.0, RULES) == pytest.approx(RULES.wage_weight * np.log(4.0))


def test_software_firms_and_business_services_share_what_is_bought(model):
    shares, rows = integrators(model.economy.structure, RULES), load_tables().rows
    assert shares.sum() == pytest.approx(1.0)
    assert shares[[rows.ai_services, rows.business_services]] == pytest.approx([0.5, 0.5])
    only = integrators(model.economy.structure, replace(RULES, of_business=0.0))
    assert only[rows.ai_services] == 1.0 and np.count_nonzero(only) == 1


def test_investment_holds_what_is_bought_and_what_own_staff_does(model):
    economy, macro, paid = model.economy, model.state.macro, model.ledger.amounts
    totals = economy.plans.firm_totals
    assert totals.own_integration > 0 and paid["integration"] > 0
    assert paid["integration"] + paid["integration_imports"] == pytest.approx(
        economy.plans.paid[Use.INTEGRATION, :2].sum()
    )
    bought = economy.plans.paid[Use.CAPITAL, :2].sum() + economy.plans.paid[Use.INTEGRATION, :2].sum()
    assert macro.fixed_investment == pytest.approx(bought + totals.own_integration)
    assert max(model.ledger.residual, model.ledger.gdp_residual) < 1e-12


def test_the_stock_is_what_was_done_less_what_wore_out_and_net_product_counts_the_wear(model):
    economy, rules = model.economy, model.economy.parameters.integration
    before = economy.firms.intangible.copy()
    whole = capital_consumption(economy)
    worn = economy.plans.firm_totals.intangible_depreciation / model.state.macro.intangible_price
    assert 0 < worn < whole
    model.step()
    totals, price = economy.plans.firm_totals, model.state.macro.intangible_price
    done = float(economy.plans.paid[Use.INTEGRATION, 2]) + totals.own_integration / price
    stay = economy.firms.entrant == 0
    assert totals.intangible_depreciation == pytest.approx(rules.depreciation * price * before.sum())
    assert economy.firms.intangible.sum() <= (1 - rules.depreciation) * before.sum() + done + 1e-9
    assert (economy.firms.intangible[~stay] == 0).all() and (economy.firms.intangible >= 0).all()


def test_without_ai_nothing_is_integrated():
    one = abm.Model(2_000, rng=3, overrides={"assumptions.artificial_intelligence.enabled": False})
    for _ in range(3):
        one.step()
    assert one.ledger.amounts["integration"] == 0 and not one.state.firms.intangible.any()
    assert one.state.macro.talent_need == 1.0 and one.state.macro.intangible_price > 0


def ended(seed, **integration):
    """Macro state, adopters' departments and relative technical pay after years of fast adoption."""
    overrides = {f"assumptions.integration.{name}": value for name, value in integration.items()}
    overrides |= {"assumptions.adoption.evaluation": 0.6}
    one = abm.Model(2_000, rng=seed, overrides=overrides)
    needs = []
    for _ in range(QUARTERS):
        one.step()
        needs.append(one.state.macro.talent_need)
    firms, wages = one.state.firms, one.state.occupations.wage_index
    technical = one.economy.structure.technical
    scaled = firms.office_scaled.sum() + firms.process_scaled.sum()
    return np.mean(needs), scaled / firms.departments.sum(), wages[technical].mean() / wages.mean()


def test_scarce_staff_slows_adoption_and_raises_technical_pay():
    plenty = np.mean([ended(seed, queue=False) for seed in SEEDS], axis=0)
    scarce = np.mean([ended(seed, available=0.01) for seed in SEEDS], axis=0)
    assert plenty[0] == 1.0 and scarce[0] > 1.5
    assert scarce[1] < 0.9 * plenty[1]
    assert scarce[2] > plenty[2] * 1.005
