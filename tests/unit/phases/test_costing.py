"""What the policies in force cost, item by item.

Worked out from docs/decisions, and docs/model/equations/production_and_demand.md for what is paid out of it.
"""

import numpy as np
import pytest
from laboratory import Status, before

from abm.phases.policy_costs import beyond

pytestmark = pytest.mark.unit

EXACT = 1e-9
PHASE = "government_costs_policies"
PAID = (
    "adoption_subsidies", "hiring_subsidies", "compute_vouchers", "research_credits", "basic_income", "carbon_dividends"
)  # fmt: skip


@pytest.fixture
def lab():
    """Before policies are costed, with no policy in force and some trainees."""
    found = before(PHASE)
    found.policy.retraining_capacity = type(found.policy)().retraining_capacity
    return found


def cost(lab, **instruments):
    return lab.after(PHASE, **instruments).macro.policy_cost


def stipends(lab, factor):
    """(trainees,) what each receives, assistance at least."""
    w, h, wage = lab.workers, lab.parameters.households, lab.macro.mean_wage
    basis = h.stipend * (w.reference_wage[w.status == Status.TRAINING] + wage)
    return np.maximum(factor * basis, h.assistance * wage)


def test_without_policies_nothing_is_paid_for_them(lab):
    assert cost(lab) == 0.0
    assert (lab.workers.status == Status.TRAINING).sum() > 3


@pytest.mark.parametrize(("flow", "sign"), [*((name, 1) for name in PAID), ("ai_tax", -1), ("carbon_tax", -1)])
def test_payments_count_and_taxes_are_taken_off(lab, flow, sign):
    lab.economy.ledger.post(flow, 123.0)
    assert cost(lab) == pytest.approx(sign * 123.0, rel=EXACT)


def test_programmes_and_revenue_given_up_count(lab):
    lab.plans.policy_budget = 50.0
    assert cost(lab) == pytest.approx(50.0, rel=EXACT)
    lab.economy.ledger.post("carbon_tax", 400.0)
    assert cost(lab, carbon_tax_cut=0.25) == pytest.approx(50.0 - 400.0 + 100.0, rel=EXACT)
    assert lab.after(PHASE).macro.carbon_revenue == 400.0


def test_the_tax_base_is_what_a_rate_of_one_would_raise(lab):
    lab.plans.income_tax_rate = 0.1
    expected = lab.paid["income_tax"] / 0.1
    assert lab.after(PHASE).macro.income_tax_base == pytest.approx(expected, rel=EXACT) and expected > 0


def test_a_tax_at_zero_keeps_its_base_which_grows_as_the_economy(lab):
    lab.plans.income_tax_rate = 0.0
    lab.economy.macro.income_tax_base, lab.economy.macro.nominal_growth = 500.0, 0.02
    assert lab.after(PHASE).macro.income_tax_base == pytest.approx(510.0, rel=EXACT)


@pytest.mark.parametrize("level", [1.2, 0.8])
def test_of_higher_pensions_what_contributions_do_not_pay(lab, level):
    lab.set("households", pension_contributions=0.6)
    share = 1 - lab.parameters.households.pension_contributions
    expected = (1 - 1 / level) * share * lab.paid["pensions"]
    assert cost(lab, pension_level=level) == pytest.approx(expected, rel=EXACT) and 0 < share < 1


@pytest.mark.parametrize("rules", [{"benefit_rate": 1.5}, {"benefit_coverage": 2.0, "benefit_duration": 0.8}])
def test_of_dearer_insurance_the_benefits_beyond_the_usual_rules(lab, rules):
    """Less the social assistance, or the usual benefit, in the place of which they stand."""
    w = lab.workers
    jobless = (w.status == Status.UNEMPLOYED) & (w.wage == 0.0)
    expected = (received(lab, **rules) - received(lab))[jobless].sum()
    assert cost(lab, **rules) == pytest.approx(expected, rel=EXACT)
    gross = (benefits(lab, **rules) - benefits(lab))[jobless].sum()
    usual, assistance = benefits(lab), lab.parameters.households.assistance * lab.macro.mean_wage
    in_its_place = jobless & (benefits(lab, **rules) > usual) & (usual < assistance)  # of assistance
    assert 0 < expected <= gross and (expected < gross) == in_its_place.any()


def benefits(lab, benefit_rate=1.0, benefit_coverage=1.0, benefit_duration=1.0):
    """(workers,) benefits of everybody without a job."""
    w, h = lab.workers, lab.parameters.households
    longest = np.minimum((w.age - 20) * benefit_duration / h.benefit_years, h.benefit_longest * benefit_duration)
    began = (lab.quarter + 1024 - w.jobless_quarters.astype(int)) % 4096
    chance = lab.uniform("coverage", np.arange(w.rows) * 4096 + began, seed=0)
    draws = (w.insured == 1) & (w.jobless_quarters < longest) & (chance < min(1, h.benefit_take_up * benefit_coverage))
    return np.where(draws, h.benefit_rate * benefit_rate * w.reference_wage, 0.0)


def received(lab, **rules):
    return np.maximum(benefits(lab, **rules), lab.parameters.households.assistance * lab.macro.mean_wage)


def test_who_lost_the_job_in_the_quarter_was_still_paid_a_wage(lab):
    w = lab.workers
    w.insured[:], w.age[:] = 1, 60.0
    dearer = cost(lab, benefit_rate=3.0)
    hired = np.flatnonzero(w.status == Status.EMPLOYED)[:50]
    assert (w.wage[hired] > 0).all()
    w.status[hired] = Status.UNEMPLOYED
    assert cost(lab, benefit_rate=3.0) == dearer > 0


@pytest.mark.parametrize(
    ("capacity", "length", "stipend"), [(3.0, 1.0, 1.0), (1.0, 2.0, 1.0), (1.0, 1.0, 1.6), (2.0, 1.5, 1.3)]
)
def test_of_more_courses_their_teaching_and_the_stipends_beyond_assistance(lab, capacity, length, stipend):
    labour, a, h = lab.parameters.labour, lab.macro, lab.parameters.households
    quarters = max(1, round(labour.training_quarters * length))
    more = capacity * quarters / labour.training_quarters
    teaching = a.trainees * labour.training_cost * a.mean_wage
    usually = received(lab)[lab.workers.status == Status.TRAINING]
    assert (usually >= h.assistance * a.mean_wage).all()
    instead = stipends(lab, 1.0) / more + usually * (1 - 1 / more)
    expected = (1 - 1 / more) * teaching + (stipends(lab, stipend) - instead).sum()
    usual = lab.policy.retraining_capacity
    found = cost(
        lab, retraining_capacity=capacity * usual, retraining_length=length, retraining_stipend=stipend
    )  # fmt: skip
    assert found == pytest.approx(expected, rel=EXACT) and expected > 0


def test_a_factor_of_next_to_nothing_costs_a_number():
    """Courses with room for nobody: nothing is divided by what is next to zero."""
    assert beyond(0.0, 3.0) == beyond(1e-313, 0.0) == beyond(1e-313, 1.0) == 0.0
    assert beyond(2.0, 3.0) == pytest.approx(1.5) and beyond(0.5, 3.0) == pytest.approx(-3.0)
