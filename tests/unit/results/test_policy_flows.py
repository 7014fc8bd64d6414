"""What policies raise and spend, line by line, who meets the net, and what each tenth pays and is paid."""

from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm import whole_years, yearly
from abm.codes import Status
from abm.economics.income_tax import policy_tax_rate
from abm.kernels.statistics import SHIFT
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.phases.policy_costs import more_than_usual
from abm.results.outcomes import GROUP_OUTCOMES, OUTCOMES

pytestmark = pytest.mark.unit

QUARTERS, YEAR = 11, 2024
LINES = (
    "carbon_dividends", "basic_income_paid", "subsidies_to_firms", "policy_programmes", "forgone_taxes",
    "policy_support",
)  # fmt: skip
MANY = {
    "carbon_price": {
        "price": {YEAR: 300}, "dividend": {YEAR: 0.3}, "tax_cut": {YEAR: 0.2}, "green_investment": {YEAR: 0.1}
    },
    "ai_tax": {YEAR: 0.2},
    "basic_income": {YEAR: 0.01},
    "hiring_subsidy": {YEAR: 0.4},
    "rd_tax_credit": {YEAR: 0.1},
    "investment_tax_incentive": {YEAR: 0.3},
    "research_grants": {YEAR: 0.002},
    "pensions": {YEAR: 1.1},
    "retraining": {YEAR: 0.01},
    "budget_rule": {"surcharge": {YEAR: 0.6}, "spending_cut": {YEAR: 0.3}},
}  # fmt: skip


@pytest.fixture(scope="module", params=["none", "carbon", "many"])
def model(request, grown):
    levers = {"none": {}, "carbon": {"carbon_price": {YEAR: 300}}, "many": MANY}[request.param]
    return grown(QUARTERS, **{f"levers.{name}": setting for name, setting in levers.items()})


def series(model, name):
    return model.recorder.series(name)


def national(model, amount):
    """Thousand yuan in memory as national trillions."""
    return amount * model.economy.structure.persons_per_worker * 1e-9


def test_spending_less_revenue_is_the_cost_in_every_quarter_and_year(model):
    net = series(model, "policy_spending") - series(model, "policy_revenue")
    assert net == pytest.approx(series(model, "policy_cost"), rel=1e-9, abs=1e-15)
    displays = {one.name: one.display for one in OUTCOMES}
    spent, raised, cost = (
        yearly(series(model, name), displays[name]) for name in ("policy_spending", "policy_revenue", "policy_cost")
    )
    assert len(cost) == len(whole_years(YEAR, QUARTERS)) == 3
    assert spent - raised == pytest.approx(cost, rel=1e-9, abs=1e-15)


def test_the_lines_add_up_and_are_the_payments(model):
    paid = model.ledger.amounts
    last = {name: series(model, name)[-1] for name in (*LINES, "policy_spending", "policy_revenue")}
    assert sum(last[name] for name in LINES) == pytest.approx(last["policy_spending"], rel=1e-12)
    assert last["carbon_dividends"] == pytest.approx(national(model, paid["carbon_dividends"]))
    assert last["basic_income_paid"] == pytest.approx(national(model, paid["basic_income"]))
    to_firms = paid["hiring_subsidies"] + paid["research_credits"]
    assert last["subsidies_to_firms"] == pytest.approx(national(model, to_firms))
    assert last["policy_support"] == pytest.approx(national(model, more_than_usual(model.economy)), rel=1e-6, abs=1e-12)
    taxes = series(model, "carbon_price_revenue")[-1] + series(model, "ai_tax_revenue")[-1]
    assert last["policy_revenue"] == pytest.approx(taxes, rel=1e-12)
    assert series(model, "public_interest")[-1] == pytest.approx(national(model, paid["bond_interest"]))


def test_sectors_hand_over_what_is_raised(model):
    names = [one.name for one in GROUP_OUTCOMES["sectors"]]
    by_sector = model.recorder.groups["sectors"][:, :, names.index("policy_taxes")]
    assert by_sector.sum(axis=1) == pytest.approx(series(model, "policy_revenue"), rel=1e-9, abs=1e-15)
    assert (by_sector >= 0).all()


def test_without_policies_all_is_nil(grown):
    model = grown(QUARTERS)
    for name in (*LINES, "policy_spending", "policy_revenue", "policy_income_tax", "policy_saving"):
        assert (series(model, name) == 0).all()


def test_the_income_tax_returns_last_quarters_revenue(grown):
    """As far as incomes do not grow within the quarter."""
    model = grown(QUARTERS, **{"levers.carbon_price": {YEAR: 200}, "levers.budget_rule": {"surcharge": {YEAR: 1.0}}})
    returned, cost = series(model, "policy_income_tax"), series(model, "policy_cost")
    assert returned[:2] == pytest.approx([0.0, 0.0])
    assert returned[2:] == pytest.approx(cost[1:-1], rel=0.05) and (returned[2:] < 0).all()


def test_a_tax_that_revenue_makes_needless_stays_at_zero(grown):
    """It does not come back each second quarter because nothing was paid in the last."""
    model = grown(QUARTERS, **{"levers.carbon_price": {YEAR: 900}, "levers.budget_rule": {"surcharge": {YEAR: 1.0}}})
    returned = -series(model, "policy_income_tax")[2:]
    assert (returned > 0).all() and returned.min() > 0.8 * returned.max()
    assert (returned < series(model, "policy_revenue")[1:-1]).all()


def test_public_consumption_is_saved_as_far_as_the_rule_says(grown):
    model = grown(
        QUARTERS, **{"levers.basic_income": {YEAR: 0.01}, "levers.budget_rule": {"spending_cut": {YEAR: 0.5}}}
    )
    assert series(model, "policy_saving")[2:] == pytest.approx(0.5 * series(model, "policy_cost")[1:-1], rel=1e-12)
    assert (series(model, "policy_income_tax") == 0).all()


@pytest.mark.parametrize(
    ("cost", "carbon", "rate", "wanted"),
    [
        (0.0, 40.0, 0.08, 0.0),  # the carbon price's own cut is not the rule's
        (30.0, 0.0, 0.1 + 0.5 * 30 / 500, 0.5 * 30 / 500),
        (-40.0, 0.0, 0.1 - 0.5 * 40 / 500, -0.5 * 40 / 500),
        (40.0, 80.0, 0.1, 0.5 * 40 / 500),  # each undoes the other
        (-100.0, 200.0, 0.0, -0.1 / 2),  # at zero both have their share in what there is
    ],
)
def test_the_rules_part_of_the_rate(cost, carbon, rate, wanted):
    rules = Parameters()
    macro = Few(
        trend_gdp=1000.0, bonds=4 * 1000 * rules.government.debt_target, income_tax_base=500.0, policy_cost=cost,
        carbon_revenue=carbon,
    )  # fmt: skip
    economy = Few(
        macro=macro, parameters=rules, structure=Few(income_tax_rate=0.1), plans=Few(income_tax_rate=rate),
        instruments=Instruments(surcharge=0.5, carbon_tax_cut=0.25),
    )  # fmt: skip
    assert policy_tax_rate(economy) == pytest.approx(wanted)
    macro.income_tax_base = 0.0
    assert policy_tax_rate(economy) == 0.0


def test_tenths_pay_and_are_paid_what_the_state_receives_and_pays(model):
    names = [one.name for one in GROUP_OUTCOMES["deciles"]]
    tenths = model.recorder.groups["deciles"]
    assert np.isnan(tenths[0][:, names.index("taxes_mean")]).all(), "nothing is known of the opening"
    macro, paid = model.state.macro, model.ledger.amounts
    persons = np.diff(np.arange(11) * int(macro.adults) // 10)
    taxes, transfers = (
        tenths[-1][:, names.index(name)] * persons * macro.consumer_price for name in ("taxes_mean", "transfers_mean")
    )
    assert taxes.sum() == pytest.approx(paid["income_tax"] + paid["employee_contributions"], rel=1e-6)
    received = ("pensions", "unemployment_benefits", "social_assistance", "basic_income", "carbon_dividends")
    assert transfers.sum() == pytest.approx(sum(paid[name] for name in received), rel=1e-6)
    workers, seen = model.state.workers, model.economy.scratch.with_state
    rows = np.flatnonzero(workers.status != Status.ABSENT)
    ranked = rows[np.argsort(workers.disposable_income[rows], kind="stable")]
    # The recorder sorts nobody: amounts in one bin, with the same leading bits, count as alike.
    bins = np.unique(
        np.abs(workers.disposable_income[ranked]).astype(float).view(np.int64) >> SHIFT, return_inverse=True
    )[1]
    for paid_of, found in ((seen.paid_to_state, taxes), (seen.paid_by_state, transfers)):
        mean_of_bin = np.bincount(bins, weights=paid_of[ranked]) / np.bincount(bins)
        parts = [float(part.sum()) for part in np.split(mean_of_bin[bins], np.cumsum(persons)[:-1])]
        assert found == pytest.approx(parts, rel=1e-5)


def test_what_is_returned_is_known_where_the_income_tax_falls_to_zero(grown):
    """The base of a tax cannot be seen where there is none; that of the quarter before stands for it."""
    policies = {"levers.carbon_price": {YEAR: 2000}, "levers.budget_rule": {"surcharge": {YEAR: 1.0}}}
    model = grown(2, **policies)
    assert model.economy.plans.income_tax_rate == model.ledger.amounts["income_tax"] == 0.0
    usual = grown(2).ledger.amounts["income_tax"]
    assert series(model, "policy_income_tax")[-1] == pytest.approx(national(model, -usual), rel=0.1)
    assert series(model, "policy_revenue")[-1] > national(model, usual), "no more is returned than the tax would raise"
