"""A second set of books, kept agent by agent: what every single worker and firm received and paid in eight quarters.

It is worked out from the columns of the agents alone, and its sums must be the totals that the model posted.
"""

import numpy as np
import pytest

import abm.model
from abm import Model
from abm.accounting import FLOWS
from abm.codes import Owner
from abm.model import SCHEDULE
from abm.phases.people import young_come_of_age
from abm.state import Status

pytestmark = pytest.mark.invariants

QUARTERS = 8
CLOSE = 1e-9  # relative to what a sector has in the bank

# Everything that moves money: taxes and supports from the levers at hand, breaches, exits with and without bankruptcy.
LIVELY = {
    "levers.carbon_price": {"price": {2024: 300}, "dividend": {2024: 0.5}, "tax_cut": {2024: 0.2}},
    "levers.data_market": {2024: 0.5},
    "levers.adoption_subsidy": {2024: 0.3},
    "levers.compute_voucher": {2024: 0.3},
    "levers.data_security": {2024: 0.6},
    "levers.hiring_subsidy": {2024: 0.5},
    "levers.rd_tax_credit": {2024: 0.2},
    "levers.income_tax_progressivity": {2024: 1.0},
    "levers.pensions": {"level": {2024: 1.1}, "later_retirement": {2024: 1.0}},
    "levers.investment_tax_incentive": {2024: 0.3},
    "assumptions.artificial_intelligence.breach_rate": 0.1,
    "assumptions.adoption.office_constant": 0.0,
    "assumptions.adoption.process_constant": 0.0,
    "assumptions.firms.smallest_share": 0.3,
    "assumptions.investment.leverage": 0.4,
}
ECONOMIES = {"baseline": {}, "lively": LIVELY}


class Books:
    """One quarter: the columns before and after it, and what the ledger says."""

    def __init__(self, model):
        self.rates = self.bank_rates(model)
        self.step(model)
        self.w, self.f, _ = self.copied(model)
        self.paid = dict(model.ledger.amounts)
        self.written_off = model.ledger.written_off
        self.structure, self.parameters = model.economy.structure, model.economy.parameters
        self.policy = model.economy.instruments
        self.a = {name: getattr(model.state.macro, name) for name in model.state.macro.declared}
        self.staff = self.w["employer"] >= 0
        self.owner = self.structure.owner[self.f["sector"]]

    def step(self, model):
        """A quarter; what there was before it is copied once estates have gone to the heirs, which is no payment."""

        def look(economy):
            self.before = self.copied(model)

        place = SCHEDULE.index(young_come_of_age) + 1
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(abm.model, "SCHEDULE", (*SCHEDULE[:place], look, *SCHEDULE[place:]))
            model.step()

    @staticmethod
    def copied(model):
        tables = (model.state.workers, model.state.firms, model.state.sectors)
        return [
            {name: one.copy() for name, one in vars(table).items() if isinstance(one, np.ndarray)} for table in tables
        ]

    @staticmethod
    def bank_rates(model):
        """Of loans and deposits: interest is paid at the mean rate with which the quarter begins."""
        return model.state.macro.loan_rate, model.state.macro.deposit_rate

    def paid_in(self, *names):
        return sum(self.paid[name] for name in names)


@pytest.fixture(scope="module", params=ECONOMIES)
def quarters(request):
    model = Model(2_000, rng=1, overrides=ECONOMIES[request.param])
    return [Books(model) for _ in range(QUARTERS)]


def near(one, other, scale):
    return np.abs(np.asarray(one) - other).max() <= CLOSE * scale


def test_every_workers_deposits_change_by_what_it_received_and_spent(quarters):
    for q in quarters:
        before, w = q.before[0], q.w
        # Property income is paid at the end of a quarter: the last one's lies in the bank, this one's has been added.
        received = w["disposable_income"] - before["property_income"] + w["property_income"]
        spent = w["consumption"] + w["housing_outlay"] + q.paid["entry_equity"] * w["equity_weight"]
        change = w["deposits"] - before["deposits"]
        assert near(received - spent, change, w["deposits"].max())


def test_what_workers_spent_is_what_was_posted(quarters):
    for q in quarters:
        total = q.w["deposits"].sum()
        goods = q.paid_in("consumption", "consumption_imports")
        assert near(q.w["consumption"].sum(), goods, total)
        dwellings = q.paid_in("residential_investment", "residential_imports", "land_fees")
        assert near(q.w["housing_outlay"].sum(), dwellings, total)


def test_what_workers_own_pays_what_was_posted(quarters):
    for q in quarters:
        posted = q.paid_in("dividends", "bank_dividends", "mixed_income", "rents")
        assert near(q.w["property_income"].sum(), posted, q.w["deposits"].sum())
        dwellings = q.before[0]["dwellings"]
        shares = q.paid_in("dividends", "bank_dividends") * q.w["equity_weight"]
        rents = q.paid["rents"] * dwellings / dwellings.sum()
        farmers = q.w["property_income"] - shares - rents
        farming = np.zeros(q.w["employer"].size, dtype=bool)
        farming[q.staff] = q.owner[q.w["employer"][q.staff]] == Owner.OWN_WORKERS
        scale = q.w["property_income"].max()
        assert near(farmers[~farming], 0.0, scale)
        assert near(farmers[farming].sum(), q.paid["mixed_income"], q.w["deposits"].sum())
        heads, dividends = q.f["headcount"], q.f["dividends"]
        own = q.w["employer"][farming]
        assert near(farmers[farming], dividends[own] / heads[own], scale)


def test_every_workers_income_is_wage_interest_property_and_support_less_tax(quarters):
    for q in quarters:
        w, before, wage = q.w, q.before[0], q.a["mean_wage"]
        rules = q.parameters.government
        interest = q.rates[1] * before["deposits"]
        assert near(interest.sum(), q.paid["deposit_interest_households"], w["deposits"].sum())
        contributions = q.a["employee_rate"] * w["wage"]
        assert near(contributions.sum(), q.paid["employee_contributions"], w["deposits"].sum())
        base = w["wage"] + interest + before["property_income"]
        above = np.maximum(base - rules.income_tax_threshold * wage, 0.0)
        above += q.policy.top_tax_step * np.maximum(base - rules.income_tax_upper * wage, 0.0)
        tax = q.paid["income_tax"] / above.sum() * above
        basic = np.where(
            w["status"] == Status.ABSENT, 0.0, q.paid_in("basic_income", "carbon_dividends") / q.a["adults"]
        )
        support = w["disposable_income"] - (base - contributions - tax + basic)
        scale = w["disposable_income"].max()
        by_status = {one: support[w["status"] == one] for one in Status}
        assert near(by_status[Status.EMPLOYED], 0.0, scale)
        assert near(by_status[Status.ABSENT], 0.0, scale)
        assistance = q.parameters.households.assistance * wage
        h, retired = q.parameters.households, w["status"] == Status.RETIRED
        own = h.pension_own_weight * w["reference_wage"] + (1 - h.pension_own_weight) * wage
        pension = np.where(w["insured"], q.structure.pension_rate * own, h.pension_residents * wage)
        pension *= q.a["pension_factor"]
        assert near(pension[retired].sum(), q.paid["pensions"], w["deposits"].sum())
        assert near(support[retired], np.maximum(pension, assistance)[retired], scale)
        assert near(by_status[Status.INACTIVE], assistance, scale)
        jobless = by_status[Status.UNEMPLOYED]
        benefit = np.maximum(h.benefit_rate * w["reference_wage"][w["status"] == Status.UNEMPLOYED], assistance)
        drawn = np.abs(jobless - benefit) <= CLOSE * scale
        assert near(jobless[~drawn], assistance, scale)
        ages = w["age"][w["status"] == Status.UNEMPLOYED]
        spells = w["jobless_quarters"][w["status"] == Status.UNEMPLOYED]
        more = drawn & (jobless > assistance * (1 + 1e-6))
        assert (spells[more] < np.minimum((ages[more] - 20) / h.benefit_years, h.benefit_longest)).all()
        posted = q.paid_in("pensions", "unemployment_benefits", "social_assistance")
        assert near(support.sum(), posted, w["deposits"].sum())


def test_wages_are_what_the_firms_of_the_workers_paid(quarters):
    for q in quarters:
        assert (q.w["wage"][~q.staff] == 0).all() and (q.w["wage"][q.staff] > 0).all()
        by_firm = np.bincount(q.w["employer"][q.staff], weights=q.w["wage"][q.staff], minlength=q.owner.size)
        assert near(by_firm, q.f["payroll"], q.f["payroll"].max())
        assert near(by_firm.sum(), q.paid["wages"], q.w["deposits"].sum())
        assert near(q.structure.employer_rate * by_firm.sum(), q.paid["employer_contributions"], q.w["deposits"].sum())


def firm_accounts(q):
    """What follows from the columns of the firms for each of them."""
    before, f = q.before[1], q.f
    sector = f["sector"]
    found = {"sales": f["price"] * f["sales_quantity"]}
    found["production_tax"] = q.structure.production_tax_rate[sector] * found["sales"]
    found["stock_change"] = f["unit_cost"] * (f["inventory"] - before["inventory"])
    found["wear"] = q.before[2]["wear"][sector] * q.a["capital_price"] * before["capital"]
    found["spent"] = q.a["capital_price"] * f["investment"]
    due, rules = before["integration_due"], q.parameters.integration
    found["own_work"] = before["integrating"] * (1 + q.structure.employer_rate) * f["payroll"]
    found["integration"] = due * q.paid_in("integration", "integration_imports") / max(due.sum(), 1e-300)
    found["worn"] = rules.depreciation * before["intangible"]
    taxed = np.isin(q.owner, (Owner.SHAREHOLDERS, Owner.HOMEOWNERS))
    base = f["profit"] - q.policy.investment_deduction * found["spent"]
    found["tax"] = np.where(taxed, q.structure.corporate_tax_rate * np.maximum(base, 0.0), 0.0)
    found["loan_interest"] = q.rates[0] * before["loans"]
    found["deposit_interest"] = q.rates[1] * before["deposits"]
    return found


def test_every_firms_money_changes_by_its_profit_and_what_it_did_with_it(quarters):
    for q in quarters:
        before, f, own = q.before[1], q.f, firm_accounts(q)
        kept = f["profit"] + own["wear"] - own["stock_change"] - own["tax"] - own["spent"] - f["dividends"]
        kept += q.a["intangible_price"] * own["worn"] - own["own_work"] - own["integration"]
        net = (f["deposits"] - f["loans"]) - (before["deposits"] - before["loans"])
        given = net - kept
        entrants = f["entrant"] == 1
        assert near(given[~entrants], 0.0, f["deposits"].max())
        # Entrants are paid equity, and what their forerunner could not repay was written off.
        assert (given[entrants] >= -CLOSE * f["deposits"].max()).all()
        assert near(given[entrants].sum(), q.paid["entry_equity"] + q.written_off, f["deposits"].sum())
        assert near(f["capital"], (1 - q.before[2]["wear"][f["sector"]]) * before["capital"] + f["investment"],
                    f["capital"].max())  # fmt: skip
        built = (own["own_work"] + own["integration"]) / q.a["intangible_price"]
        intangible = np.where(entrants, 0.0, before["intangible"] - own["worn"] + built)
        assert near(f["intangible"], intangible, f["intangible"].max())


def test_what_firms_sold_is_what_was_bought(quarters):
    bought = [flow.name for flow in FLOWS if flow.payee == "firms" and flow.name in {
        "consumption", "residential_investment", "government_consumption", "public_investment", "fixed_investment",
        "integration", "inputs", "exports",
    }]  # fmt: skip
    for q in quarters:
        assert near(firm_accounts(q)["sales"].sum(), q.paid_in(*bought), q.f["deposits"].sum())


def test_every_firms_profit_leaves_an_outlay_on_inputs_and_their_sum_is_what_was_posted(quarters):
    for q in quarters:
        f, own = q.f, firm_accounts(q)
        pay = (1 + q.structure.employer_rate) * f["payroll"]
        known = own["sales"] + own["stock_change"] - own["production_tax"] - pay - own["wear"]
        known += own["deposit_interest"] - own["loan_interest"]
        known += own["own_work"] - q.a["intangible_price"] * own["worn"]
        known += (q.policy.compute_voucher - q.policy.ai_tax) * f["ai_spending"]
        research = q.before[1]["research_share"] * pay / q.parameters.research.labour_part
        known += q.policy.research_credit * research
        known += q.before[1]["data_income"] + f["hiring_subsidy"]
        other = known - f["profit"]  # inputs, AI services, carbon, fines, less subsidies
        posted = q.paid_in("inputs", "input_imports", "carbon_tax", "fines") - q.paid["adoption_subsidies"]
        assert near(other.sum(), posted, f["deposits"].sum())
        assert (other >= -CLOSE * f["deposits"].max()).all()


def test_taxes_interest_and_payouts_of_firms_add_up_to_what_was_posted(quarters):
    for q in quarters:
        own, total = firm_accounts(q), q.f["deposits"].sum()
        assert near(own["production_tax"].sum(), q.paid["production_taxes"], total)
        assert near(own["tax"].sum(), q.paid["corporate_tax"], total)
        assert near(own["loan_interest"].sum(), q.paid["loan_interest"], total)
        assert near(own["deposit_interest"].sum(), q.paid["deposit_interest_firms"], total)
        assert near(own["spent"].sum(), q.paid_in("fixed_investment", "fixed_investment_imports"), total)
        by_owner = {kind: q.f["dividends"][q.owner == kind].sum() for kind in Owner}
        owned = q.parameters.government.state_ownership
        assert near(by_owner[Owner.OWN_WORKERS], q.paid["mixed_income"], total)
        assert near(by_owner[Owner.HOMEOWNERS], q.paid["rents"], total)
        private = q.paid_in("dividends", "foreign_dividends")
        assert near((1 - owned) * by_owner[Owner.SHAREHOLDERS], private, total)
        assert near(owned * by_owner[Owner.SHAREHOLDERS] + by_owner[Owner.STATE], q.paid["state_dividends"], total)
        services = q.f["ai_spending"].sum()
        assert near(q.policy.ai_tax * services, q.paid["ai_tax"], total)
        assert near(q.policy.compute_voucher * services, q.paid["compute_vouchers"], total)
        # A fine is that of a breach found at the end of the last quarter.
        assert near(q.before[1]["fine"].sum(), q.paid["fines"], total)
        assert near(q.before[1]["adoption_subsidy_due"].sum(), q.paid["adoption_subsidies"], total)
        assert near(q.f["hiring_subsidy"].sum(), q.paid["hiring_subsidies"], total)
        # What is paid for data in a sector is received in it.
        data = q.before[1]["data_income"]
        assert near(np.bincount(q.f["sector"], weights=data), 0.0, total)
        assert near(np.maximum(data, 0.0).sum(), q.paid["data_fees"], total)


def test_the_lively_economy_is_lively():
    model = Model(2_000, rng=1, overrides=LIVELY)
    paid, exits = set(), 0.0
    for _ in range(QUARTERS):
        model.step()
        paid |= {name for name, amount in model.ledger.amounts.items() if amount}
        exits += model.state.macro.exits
    assert exits > 3
    assert {"carbon_tax", "fines", "entry_equity", "carbon_dividends", "data_fees", "hiring_subsidies"} <= paid
