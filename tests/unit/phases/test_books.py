"""The money of the bank, households, the government and abroad.

Worked out from docs/model/equations/settlement.md and docs/model/money.md.
"""

import numpy as np
import pytest
from laboratory import Owner, before

pytestmark = pytest.mark.unit

EXACT = 1e-9
BANK, HOUSEHOLDS, GOVERNMENT, CLOSE = (
    "bank_settles", "households_settle", "government_and_abroad_settle", "books_close",
)  # fmt: skip


@pytest.mark.parametrize("equity", [1.0, 3.0, 0.05])
def test_the_bank_pays_tax_and_dividends_and_is_restored_by_the_state(equity):
    lab = before(BANK)
    lab.macro.bank_equity *= equity
    after, a, p, paid = lab.after(BANK), lab.macro, lab.parameters, lab.paid
    _, deposit_rate, bond_rate = lab.rates()
    flows = {name: after.paid[name] - paid[name] for name in paid}
    interest = {
        "deposit_interest_households": deposit_rate * lab.workers.deposits.sum(), "bond_interest": bond_rate * a.bonds,
        "foreign_interest": lab.constants.foreign_rate * a.foreign_assets,
    }  # fmt: skip
    profit = paid["loan_interest"] - paid["deposit_interest_firms"] + interest["bond_interest"]
    profit += interest["foreign_interest"] - interest["deposit_interest_households"]
    tax = lab.constants.corporate_tax_rate * max(0.0, profit)
    loans = lab.firms.loans.sum()
    spare = a.bank_equity - p.money.capital_ratio * loans
    dividend = max(0.0, profit - tax + 0.25 * spare - a.nominal_growth * a.bank_equity)
    own, left = p.government.state_ownership, a.bank_equity + profit - tax - dividend
    abroad = lab.constants.foreign_ownership
    given = 0.04 * loans - left if left < 0.02 * loans else 0.0
    expected = interest | {
        "bank_tax": tax, "bank_dividends": (1 - abroad) * (1 - own) * dividend, "recapitalisation": given,
        "bank_foreign_dividends": abroad * (1 - own) * dividend, "bank_state_dividends": own * dividend,
    }  # fmt: skip
    for name, amount in flows.items():
        assert amount == pytest.approx(expected.get(name, 0.0), rel=1e-8, abs=1e-6), name
    assert after.macro.bank_equity == pytest.approx(left + given, rel=EXACT)
    assert after.plans.bank_dividend == pytest.approx((1 - abroad) * (1 - own) * dividend, rel=EXACT, abs=1e-9)
    assert (given > 0) == (equity == 0.05) and (dividend > 0 or equity < 1)


def test_households_pay_at_realised_prices_and_receive_what_they_own():
    lab = before(HOUSEHOLDS)
    lab.plans.carbon_dividend_share = 0.3
    after, w, f, plans, structure = lab.after(HOUSEHOLDS), lab.workers, lab.firms, lab.plans, lab.constants
    done, own = after.workers, lab.parameters.government.state_ownership
    home, abroad, _ = lab.bought["consumption"]
    built_home, built_abroad, built = lab.bought["dwellings"]
    fees = structure.land_fee_share / (1 - structure.land_fee_share) * (built_home + built_abroad)
    assert done.consumption == pytest.approx(w.consumption * (home + abroad) / w.consumption.sum(), rel=EXACT)
    outlay = w.housing_outlay / w.housing_outlay.sum()
    assert done.housing_outlay == pytest.approx(outlay * (built_home + built_abroad + fees), rel=EXACT)
    kept = 1 - lab.parameters.households.dwelling_depreciation
    assert done.dwellings == pytest.approx(kept * w.dwellings + outlay * built, rel=EXACT)
    assert after.macro.dwelling_price == pytest.approx((built_home + built_abroad) / built, rel=EXACT)
    owner, dividends = structure.owner[f.sector], f.dividends
    private = (1 - own) * dividends[owner == Owner.SHAREHOLDERS].sum()
    shares = (1 - structure.foreign_ownership) * private + plans.bank_dividend
    rents = dividends[owner == Owner.HOMEOWNERS].sum() / w.dwellings.sum()
    received = shares * w.equity_weight + rents * w.dwellings
    farm = np.where((owner == Owner.OWN_WORKERS) & (f.headcount > 0), dividends / np.maximum(f.headcount, 1), 0)
    received += np.where(w.employer >= 0, farm[w.employer], 0)
    assert done.property_income == pytest.approx(received, rel=EXACT, abs=1e-9)
    deposits = w.deposits + w.disposable_income - w.property_income - done.consumption - done.housing_outlay
    deposits += received - plans.equity_paid_in * w.equity_weight
    assert np.abs(done.deposits - deposits).max() < EXACT * w.deposits.max()
    a = lab.macro
    expected = a.expected_dividends * (1 + a.nominal_growth)
    expected += 0.1 * (shares - expected)
    assert after.macro.dividend_pool == pytest.approx(shares, rel=EXACT)
    assert after.macro.expected_dividends == pytest.approx(expected, rel=EXACT)
    t = lab.household_totals
    expected = {
        "consumption": home, "consumption_imports": abroad, "residential_investment": built_home,
        "residential_imports": built_abroad, "land_fees": fees, "employee_contributions": t["contributions"],
        "income_tax": t["income_tax"], "pensions": t["pensions"], "unemployment_benefits": t["benefits"],
        "social_assistance": t["assistance"], "basic_income": 0.7 * t["basic_income"],
        "carbon_dividends": 0.3 * t["basic_income"],
    }  # fmt: skip
    for name in lab.paid:
        assert after.paid[name] - lab.paid[name] == pytest.approx(expected.get(name, 0.0), rel=1e-8, abs=1e-6), name
    assert plans.equity_paid_in > 0 and farm.sum() > 0 and fees > 0


def test_public_capital_wears_by_its_rate_and_grows_by_what_is_built():
    lab = before(GOVERNMENT)
    for built in (0.0, 1.0):
        home, abroad, quantity = lab.bought["public"]
        one = lab.copy()
        one.deliver("public", home, abroad, quantity * (built or 1e-12))
        after = one.do(GOVERNMENT).macro
        expected = (1 - lab.constants.depreciation) * lab.macro.public_capital + built * quantity
        assert after.public_capital == pytest.approx(expected, rel=EXACT)
    assert lab.constants.depreciation > 0.005 and lab.macro.public_capital > 0


def test_public_capital_is_in_a_steady_state_where_investment_replaces_what_wears():
    lab = before(GOVERNMENT)
    home, abroad, _ = lab.bought["public"]
    lab.deliver("public", home, abroad, lab.constants.depreciation * lab.macro.public_capital)
    capital = lab.macro.public_capital
    for _ in range(40):
        lab.do(GOVERNMENT)
    assert lab.macro.public_capital == pytest.approx(capital, rel=EXACT)


def test_the_government_pays_what_it_ordered_and_borrows_the_rest():
    lab = before(GOVERNMENT)
    after, plans = lab.after(GOVERNMENT), lab.plans
    home, abroad, quantity = lab.bought["government"]
    built_home, built_abroad, built = lab.bought["public"]
    exports = (plans.exports * lab.sectors.producer_price).sum()
    expected = {
        "government_consumption": home, "government_imports": abroad, "public_investment": built_home,
        "public_investment_imports": built_abroad, "exports": exports,
    }  # fmt: skip
    for name in lab.paid:
        assert after.paid[name] - lab.paid[name] == pytest.approx(expected.get(name, 0.0), rel=1e-8, abs=1e-9), name
    nets = after.economy.ledger.nets()
    assert after.macro.government_balance == pytest.approx(nets["government"], rel=EXACT)
    assert after.macro.bonds == pytest.approx(lab.macro.bonds - nets["government"], rel=EXACT)
    assert after.macro.foreign_assets == pytest.approx(lab.macro.foreign_assets - nets["abroad"], rel=EXACT)
    assert after.macro.government_price == pytest.approx((home + abroad) / quantity, rel=EXACT)
    assert after.macro.public_price == pytest.approx((built_home + built_abroad) / built, rel=EXACT)


def test_gdp_is_what_was_bought_and_at_base_prices_what_it_counts():
    lab = before(CLOSE)
    plans, paid, a = lab.plans, lab.paid, lab.after(CLOSE).macro
    money = {use: home + abroad for use, (home, abroad, _) in lab.bought.items()}
    imports = sum(amount for name, amount in paid.items() if name.endswith("_imports"))
    assert a.consumption == pytest.approx(money["consumption"], rel=EXACT)
    assert a.government_consumption == pytest.approx(money["government"], rel=EXACT)
    own_work = lab.firm_totals["own_integration"]
    assert own_work > 0 and money["integration"] > 0
    fixed = money["capital"] + money["integration"] + own_work
    assert a.fixed_investment == pytest.approx(fixed, rel=EXACT)
    gross = fixed + money["dwellings"] + money["public"] + lab.firm_totals["stock_change"]
    assert a.investment == pytest.approx(gross, rel=EXACT)
    assert (a.exports, a.imports) == pytest.approx((paid["exports"], imports), rel=EXACT)
    demand = a.consumption + a.government_consumption + a.investment + a.exports - a.imports
    assert a.nominal_gdp == pytest.approx(demand, rel=EXACT)
    assert a.nominal_gdp == pytest.approx(lab.sectors.value_added.sum(), rel=EXACT)
    f = lab.firms
    farm = lab.constants.owner[f.sector] == Owner.OWN_WORKERS
    labour = paid["wages"] + paid["employer_contributions"] + f.dividends[farm].sum()
    assert a.labour_income == pytest.approx(labour, rel=EXACT)
    stored = lab.constants.storable[f.sector]
    stocks = (f.output - f.sales_quantity)[stored].sum()
    real = sum(quantity for _, _, quantity in lab.bought.values()) + stocks + plans.exports.sum()
    real += own_work / lab.macro.intangible_price
    assert a.real_gdp == pytest.approx(real - lab.sectors.imports.sum(), rel=EXACT)
