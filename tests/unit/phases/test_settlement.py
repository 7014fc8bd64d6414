"""The money of the quarter: firms, entry, bank, households, government and abroad: MODEL.md 4.10 and 4.11."""

import numpy as np
import pytest
from laboratory import before, codes

pytestmark = pytest.mark.unit

EXACT = 1e-9
FIRMS, ENTRY, BANK, HOUSEHOLDS, GOVERNMENT, CLOSE = (
    "firms_settle", "firms_exit_and_enter", "bank_settles", "households_settle", "government_and_abroad_settle",
    "books_close",
)  # fmt: skip
SHAREHOLDERS, OWN_WORKERS, HOMEOWNERS, STATE = range(4)
INSTRUMENTS = {
    "carbon_price": 290.0, "ai_tax": 0.2, "compute_voucher": 0.3, "research_credit": 0.25, "investment_deduction": 0.4,
}  # fmt: skip


@pytest.fixture(params=[{}, INSTRUMENTS], ids=["none", "all"])
def settled(request):
    """Before and after firms settle; prices since the carbon price and the rest are in force."""
    lab = before("firms_set_prices")
    for name, value in request.param.items():
        setattr(lab.policy, name, value)
    lab.do(*PHASES_UP_TO_SETTLEMENT)
    f = lab.firms
    f.hiring_subsidy[::5], f.data_income[::6], f.fine[::7] = 3.0, np.where(np.arange(f.rows)[::6] % 2, 2.0, -2.0), 1.5
    f.adoption_subsidy[::8] = 2.0
    lab.macro.bank_equity *= 0.4  # so that low equity slows lending
    return lab, lab.after(FIRMS)


PHASES_UP_TO_SETTLEMENT = (
    "firms_set_prices", "firms_produce", "households_plan_spending", "government_plans_spending",
    "firms_plan_investment", "foreigners_order", "goods_markets_clear", "energy_is_used",
)  # fmt: skip


def rates(lab):
    rate, money = lab.macro.policy_rate, lab.parameters.money
    return rate + money.loan_spread, max(0.0, rate - money.deposit_spread), rate + money.bond_spread


def accounts(lab, after):
    """{name: (firms,) money} of every firm's quarter."""
    f, structure, plans, policy = lab.firms, lab.constants, lab.plans, lab.policy
    sector, done = f.sector, after.firms
    loan_rate, deposit_rate, _ = rates(lab)
    materials, energy = f.input_scale * f.materials_per_unit, f.input_scale * f.energy_per_unit
    services = f.ai_unit_spending * f.input_scale
    found = {
        "sales": f.price * f.sales_quantity,
        "production_taxes": structure.production_tax_rate[sector] * f.price * f.sales_quantity,
        "inputs": materials * plans.materials_price[sector] + energy * plans.energy_price[sector],
        "imported_inputs": materials * plans.import_materials[sector] + energy * plans.import_energy[sector],
        "ai_domestic": (services + f.integration_due) * plans.services_paid[0],
        "ai_imported": (services + f.integration_due) * plans.services_paid[1],
        "wages": f.payroll,
        "contributions": structure.employer_rate * f.payroll,
        "carbon_tax": plans.carbon_rate * (energy * plans.co2_direct[sector] + f.input_scale * plans.co2_power[sector]),
        "fines": f.fine, "subsidies": f.adoption_subsidy, "hiring_subsidies": f.hiring_subsidy,
        "data_fees": np.maximum(0, f.data_income),
        "loan_interest": loan_rate * f.loans, "deposit_interest": deposit_rate * f.deposits,
        "depreciation": structure.depreciation * after.macro.capital_price * f.capital,
    }  # fmt: skip
    running = services * sum(plans.services_paid)
    found |= {"ai_tax": policy.ai_tax * running, "vouchers": policy.compute_voucher * running, "running": running}
    found["research_spending"] = f.research_share * (found["wages"] + found["contributions"])
    found["research_spending"] /= lab.parameters.research.labour_part
    found["research_credits"] = policy.research_credit * found["research_spending"]
    stored = structure.storable[sector]
    found["stock_quantity"] = np.where(stored, f.output - f.sales_quantity, 0)
    found["stock_change"] = f.unit_cost * found["stock_quantity"]
    t = found
    t["value_added"] = t["sales"] + t["stock_change"] - t["inputs"] - t["imported_inputs"] - t["ai_domestic"]
    t["value_added"] += f.data_income - t["ai_imported"]
    t["profit"] = t["value_added"] - t["production_taxes"] - t["wages"] - t["contributions"] - t["carbon_tax"]
    t["profit"] += t["vouchers"] + t["subsidies"] + t["hiring_subsidies"] + t["research_credits"] - t["ai_tax"]
    t["profit"] += t["deposit_interest"] - t["loan_interest"] - t["depreciation"] - t["fines"]
    taxed = np.isin(structure.owner[sector], (SHAREHOLDERS, HOMEOWNERS))
    deducted = policy.investment_deduction * after.macro.capital_price * done.investment
    rate = structure.corporate_tax_rate
    t["corporate_tax"] = np.where(taxed, rate * np.maximum(0, t["profit"] - deducted), 0)
    t["tax_relief"] = np.where(taxed, rate * np.maximum(0, t["profit"]), 0) - t["corporate_tax"]
    return t


def test_every_firms_profit_is_what_it_earns_less_what_it_pays(settled):
    lab, after = settled
    t, f, done = accounts(lab, after), lab.firms, after.firms
    assert done.profit == pytest.approx(t["profit"], rel=1e-7, abs=1e-7)
    assert done.ai_spending == pytest.approx(t["running"], rel=EXACT)
    assert after.sectors.value_added == pytest.approx(lab.by_sector(t["value_added"]), rel=EXACT)
    stored = lab.constants.storable[f.sector]
    assert done.inventory == pytest.approx(f.inventory + t["stock_quantity"], rel=EXACT, abs=1e-7)
    assert done.inventory_value == pytest.approx(f.unit_cost * done.inventory, rel=EXACT)
    assert done.output == pytest.approx(np.where(stored, f.output, f.sales_quantity), rel=EXACT)
    assert after.sectors.output == pytest.approx(lab.by_sector(done.output), rel=EXACT)
    home, abroad, bought = lab.plans.paid["capital"]
    assert after.macro.capital_price == pytest.approx((home + abroad) / bought, rel=EXACT)


def test_firms_borrow_pay_out_and_keep_liquidity(settled):
    lab, after = settled
    t, f, done, p = accounts(lab, after), lab.firms, after.firms, lab.parameters
    price, wear, sector = after.macro.capital_price, lab.constants.depreciation, f.sector
    investment = f.investment * lab.plans.investment_realised
    capital = (1 - wear) * f.capital + investment
    assert done.investment == pytest.approx(investment, rel=EXACT)
    assert done.capital == pytest.approx(capital, rel=EXACT)
    rules = p.investment
    wanted = rules.loan_speed * (rules.leverage * price * f.capital - f.loans)
    wanted += rules.leverage * price * (capital - f.capital)
    factor = min(1.0, lab.macro.bank_equity / (0.05 * f.loans.sum()))
    lent = np.where(wanted > 0, wanted * factor, np.maximum(wanted, -f.loans))
    tax = t["corporate_tax"]
    cash = f.deposits + t["profit"] + t["depreciation"] - t["stock_change"] - tax - price * investment + lent
    target = p.firms.liquidity_target * 0.5 * (t["sales"] + f.expected_demand * f.price)
    share = lab.constants.payout[sector] * np.maximum(0, t["profit"] - tax)
    payout = np.clip(share + p.firms.payout_speed * (cash - target - share), 0, None)
    payout = np.minimum(payout, np.maximum(0, 0.9 * cash))
    alone = (lab.constants.owner[sector] == OWN_WORKERS) & (f.headcount == 0)
    payout[alone] = 0
    left = cash - payout
    scale = np.abs(cash).max()
    assert np.abs(done.dividends - payout).max() < EXACT * scale
    assert np.abs(done.deposits - np.maximum(left, 0)).max() < EXACT * scale
    assert np.abs(done.loans - (f.loans + lent + np.maximum(-left, 0))).max() < EXACT * scale
    assert factor < 1 and (wanted > 0).any() and (wanted < 0).any() and (left < 0).any()


def test_what_firms_pay_is_posted_to_its_flow(settled):
    lab, after = settled
    t = {name: float(values.sum()) for name, values in accounts(lab, after).items()}
    paid, before_ = after.paid, lab.paid
    owned = lab.parameters.government.state_ownership
    owner, dividends = lab.constants.owner[lab.firms.sector], after.firms.dividends
    by_owner = [float(dividends[owner == kind].sum()) for kind in range(4)]
    home, abroad, _ = lab.plans.paid["capital"]
    expected = {
        "inputs": t["inputs"] + t["ai_domestic"], "input_imports": t["imported_inputs"] + t["ai_imported"],
        "fixed_investment": home, "fixed_investment_imports": abroad, "wages": t["wages"],
        "employer_contributions": t["contributions"], "production_taxes": t["production_taxes"],
        "carbon_tax": t["carbon_tax"], "ai_tax": t["ai_tax"], "fines": t["fines"],
        "adoption_subsidies": t["subsidies"], "compute_vouchers": t["vouchers"],
        "research_credits": t["research_credits"], "hiring_subsidies": t["hiring_subsidies"],
        "data_fees": t["data_fees"], "corporate_tax": t["corporate_tax"], "loan_interest": t["loan_interest"],
        "deposit_interest_firms": t["deposit_interest"], "dividends": (1 - owned) * by_owner[SHAREHOLDERS],
        "state_dividends": owned * by_owner[SHAREHOLDERS] + by_owner[STATE], "mixed_income": by_owner[OWN_WORKERS],
        "rents": by_owner[HOMEOWNERS],
    }  # fmt: skip
    for name in paid:
        change = paid[name] - before_[name]
        assert change == pytest.approx(expected.get(name, 0.0), rel=1e-8, abs=1e-6), name
    assert after.macro.research_spending == pytest.approx(t["research_spending"], rel=EXACT)
    assert after.plans.stock_change == pytest.approx(t["stock_change"], rel=1e-7)
    totals = after.firm_totals
    for name, value in t.items():
        if name in totals:
            assert totals[name] == pytest.approx(value, rel=1e-8, abs=1e-6), name


# Exit and entry


@pytest.fixture
def entering():
    """Firms of three kinds in trouble: in debt above their plant, without net worth, and without customers."""
    lab = before(ENTRY)
    f = lab.firms
    f.loans[::9] = 3 * lab.macro.capital_price * f.capital[::9]
    f.loans[1::9] = 1.4 * lab.macro.capital_price * f.capital[1::9] + 1.0
    f.deposits[1::9] = 0.0
    f.inventory_value[1::9] = 2 * f.loans[1::9]
    f.market_share[2::9] *= 1e-3
    return lab, lab.after(ENTRY)


def leavers(lab):
    """(firms,) bool: bankrupt firms, and those that leave."""
    f, structure, price = lab.firms, lab.constants, lab.macro.capital_price
    worth = f.deposits + f.inventory_value + price * f.capital - f.loans
    bankrupt = (worth < 0) | (f.loans > 1.3 * price * f.capital + f.deposits)
    kept = np.isin(structure.owner[f.sector], (OWN_WORKERS, STATE))
    number = np.bincount(f.sector)[f.sector]
    small = (f.market_share * number < lab.parameters.firms.smallest_share) & (number > 1)
    return bankrupt, (bankrupt & ~kept) | small


def test_the_insolvent_and_those_without_customers_leave(entering):
    lab, after = entering
    bankrupt, leave = leavers(lab)
    assert (after.firms.entrant == leave).all()
    assert after.macro.exits == leave.sum()
    assert (bankrupt & leave).sum() > 10 and (~bankrupt & leave).sum() > 10 and (bankrupt & ~leave).any()


def test_debts_that_no_plant_carries_are_written_off_and_owners_pay_the_entrants_cash(entering):
    lab, after = entering
    f, done = lab.firms, after.firms
    bankrupt, leave = leavers(lab)
    failed = bankrupt & leave
    repaid = np.where(failed, np.minimum(f.deposits, f.loans), 0)
    bearable = lab.parameters.investment.leverage * lab.macro.capital_price * f.capital
    left = f.loans - repaid
    written = np.where(failed, np.maximum(0, left - bearable), 0)
    assert done.loans == pytest.approx(left - written, rel=EXACT, abs=1e-9)
    need = np.maximum(0, lab.parameters.firms.liquidity_target * f.price * f.expected_demand - f.deposits + repaid)
    need = np.where(leave, need, 0)
    dividends = (1 - lab.parameters.government.state_ownership) * after_dividends(lab)
    # The owners pay in the order of the firms, until this quarter's dividends are used up.
    given = np.diff(np.minimum(np.cumsum(need), dividends), prepend=0.0)
    assert done.deposits == pytest.approx(f.deposits - repaid + given, rel=EXACT, abs=1e-6)
    equity = after.paid["entry_equity"] - lab.paid["entry_equity"]
    assert equity == pytest.approx(given.sum(), rel=EXACT) and after.plans.equity_paid_in == pytest.approx(equity)
    assert after.economy.ledger.written_off == pytest.approx(written.sum(), rel=EXACT)
    assert after.macro.bank_equity == pytest.approx(lab.macro.bank_equity - written.sum(), rel=EXACT)
    assert equity > 0 and written.sum() > 0


def after_dividends(lab):
    """Dividends of firms that shareholders own, of this quarter."""
    owned = lab.constants.owner[lab.firms.sector] == SHAREHOLDERS
    return lab.firms.dividends[owned].sum()


def test_owners_pay_no_more_than_this_quarters_dividends():
    lab = before(ENTRY)
    lab.firms.market_share[::2] *= 1e-3
    lab.firms.deposits[::2] = 0.0
    after = lab.after(ENTRY)
    limit = (1 - lab.parameters.government.state_ownership) * after_dividends(lab)
    assert after.paid["entry_equity"] - lab.paid["entry_equity"] == pytest.approx(limit, rel=EXACT)


def test_entrants_take_over_plant_and_place_and_start_anew(entering):
    lab, after = entering
    f, done, rules = lab.firms, after.firms, lab.parameters.firms
    _, leave = leavers(lab)
    sector = f.sector
    mean = lab.by_sector(f.market_share * f.productivity_gap)[sector]
    gap = mean + rules.entrant_gap + rules.entrant_deviation * lab.normal("entry", range(f.rows))
    # The mean is over the firms as they stand when the sector's turn comes.
    assert done.productivity_gap == pytest.approx(np.where(leave, gap, f.productivity_gap), rel=EXACT)
    expected = f.productivity * np.exp(np.where(leave, gap - f.productivity_gap, 0))
    assert done.productivity == pytest.approx(expected, rel=EXACT)
    number = np.bincount(sector)[sector]
    share = np.where(leave, np.maximum(f.market_share, rules.entrant_share / number), f.market_share)
    assert done.market_share == pytest.approx(share / lab.by_sector(share)[sector], rel=EXACT)
    assert (done.mark_up[leave] == lab.constants.mark_up[sector][leave]).all()
    assert (done.investment_rate[leave] == lab.constants.depreciation).all()
    uses = lab.uniform("entrant_stage", range(f.rows)) < 0.3 * lab.sectors.adoption[sector]
    assert (done.ai_stage[leave] == uses[leave]).all() and uses[leave].any()
    use = lab.parameters.artificial_intelligence.use_pilot * f.ai_capability * uses
    assert done.ai_use[leave] == pytest.approx(use[leave], rel=EXACT)
    for name in ("mark_up", "investment_rate", "ai_stage", "ai_use"):
        assert (getattr(done, name)[~leave] == getattr(f, name)[~leave]).all(), name


# Bank, households, government, abroad


@pytest.mark.parametrize("equity", [1.0, 3.0, 0.05])
def test_the_bank_pays_tax_and_dividends_and_is_restored_by_the_state(equity):
    lab = before(BANK)
    lab.macro.bank_equity *= equity
    after, a, p, paid = lab.after(BANK), lab.macro, lab.parameters, lab.paid
    _, deposit_rate, bond_rate = rates(lab)
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
    given = 0.04 * loans - left if left < 0.02 * loans else 0.0
    expected = interest | {
        "bank_tax": tax, "bank_dividends": (1 - own) * dividend, "bank_state_dividends": own * dividend,
        "recapitalisation": given,
    }  # fmt: skip
    for name, amount in flows.items():
        assert amount == pytest.approx(expected.get(name, 0.0), rel=1e-8, abs=1e-6), name
    assert after.macro.bank_equity == pytest.approx(left + given, rel=EXACT)
    assert after.plans.bank_dividend == pytest.approx((1 - own) * dividend, rel=EXACT, abs=1e-9)
    assert (given > 0) == (equity == 0.05) and (dividend > 0 or equity < 1)


def test_households_pay_at_realised_prices_and_receive_what_they_own():
    lab = before(HOUSEHOLDS)
    lab.plans.carbon_dividend = 0.3
    after, w, f, plans, structure = lab.after(HOUSEHOLDS), lab.workers, lab.firms, lab.plans, lab.constants
    done, own = after.workers, lab.parameters.government.state_ownership
    home, abroad, _ = plans.paid["consumption"]
    built_home, built_abroad, built = plans.paid["dwellings"]
    fees = structure.land_fee_share / (1 - structure.land_fee_share) * (built_home + built_abroad)
    assert done.consumption == pytest.approx(w.consumption * (home + abroad) / w.consumption.sum(), rel=EXACT)
    outlay = w.housing_outlay / w.housing_outlay.sum()
    assert done.housing_outlay == pytest.approx(outlay * (built_home + built_abroad + fees), rel=EXACT)
    kept = 1 - lab.parameters.households.dwelling_depreciation
    assert done.dwellings == pytest.approx(kept * w.dwellings + outlay * built, rel=EXACT)
    assert after.macro.dwelling_price == pytest.approx((built_home + built_abroad) / built, rel=EXACT)
    owner, dividends = structure.owner[f.sector], f.dividends
    shares = (1 - own) * dividends[owner == SHAREHOLDERS].sum() + plans.bank_dividend
    rents = dividends[owner == HOMEOWNERS].sum() / w.dwellings.sum()
    received = shares * w.equity_weight + rents * w.dwellings
    farm = np.where((owner == OWN_WORKERS) & (f.headcount > 0), dividends / np.maximum(f.headcount, 1), 0)
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
        home, abroad, quantity = lab.plans.paid["public"]
        one = lab.copy()
        one.plans.paid["public"] = (home, abroad, quantity * (built or 1e-12))
        after = one.do(GOVERNMENT).macro
        expected = (1 - lab.constants.depreciation) * lab.macro.public_capital + built * quantity
        assert after.public_capital == pytest.approx(expected, rel=EXACT)
    assert lab.constants.depreciation > 0.005 and lab.macro.public_capital > 0


def test_public_capital_is_in_a_steady_state_where_investment_replaces_what_wears():
    lab = before(GOVERNMENT)
    home, abroad, _ = lab.plans.paid["public"]
    lab.plans.paid["public"] = (home, abroad, lab.constants.depreciation * lab.macro.public_capital)
    capital = lab.macro.public_capital
    for _ in range(40):
        lab.do(GOVERNMENT)
    assert lab.macro.public_capital == pytest.approx(capital, rel=EXACT)


def test_the_government_pays_what_it_ordered_and_borrows_the_rest():
    lab = before(GOVERNMENT)
    after, plans = lab.after(GOVERNMENT), lab.plans
    home, abroad, quantity = plans.paid["government"]
    built_home, built_abroad, built = plans.paid["public"]
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
    money = {use: home + abroad for use, (home, abroad, _) in plans.paid.items()}
    imports = sum(amount for name, amount in paid.items() if name.endswith("_imports"))
    assert a.consumption == pytest.approx(money["consumption"], rel=EXACT)
    assert a.government_consumption == pytest.approx(money["government"], rel=EXACT)
    assert a.fixed_investment == pytest.approx(money["capital"], rel=EXACT)
    gross = money["capital"] + money["dwellings"] + money["public"] + plans.stock_change
    assert a.investment == pytest.approx(gross, rel=EXACT)
    assert (a.exports, a.imports) == pytest.approx((paid["exports"], imports), rel=EXACT)
    demand = a.consumption + a.government_consumption + a.investment + a.exports - a.imports
    assert a.nominal_gdp == pytest.approx(demand, rel=EXACT)
    assert a.nominal_gdp == pytest.approx(lab.sectors.value_added.sum(), rel=EXACT)
    f = lab.firms
    farm = lab.constants.owner[f.sector] == OWN_WORKERS
    labour = paid["wages"] + paid["employer_contributions"] + f.dividends[farm].sum()
    assert a.labour_income == pytest.approx(labour, rel=EXACT)
    stored = lab.constants.storable[f.sector]
    stocks = (f.output - f.sales_quantity)[stored].sum()
    real = sum(quantity for _, _, quantity in plans.paid.values()) + stocks + plans.exports.sum()
    assert a.real_gdp == pytest.approx(real - lab.sectors.imports.sum(), rel=EXACT)
    assert codes()[int(np.argmax(lab.constants.owner == OWN_WORKERS))] == "AGR"
