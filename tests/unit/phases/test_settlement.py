"""Every firm's quarter in money: docs/model/equations/settlement.md."""

import numpy as np
import pytest
from laboratory import Owner, before

pytestmark = pytest.mark.unit

EXACT = 1e-9
FIRMS = "firms_settle"
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
    f.adoption_subsidy_due[::8] = 2.0
    lab.macro.bank_equity *= 0.4  # so that low equity slows lending
    return lab, lab.after(FIRMS)


PHASES_UP_TO_SETTLEMENT = (
    "firms_set_prices", "firms_produce", "households_plan_spending", "government_plans_spending",
    "firms_plan_investment", "foreigners_order", "goods_markets_clear", "economy_uses_energy",
)  # fmt: skip


def accounts(lab, after):
    """{name: (firms,) money} of every firm's quarter."""
    f, structure, plans, policy = lab.firms, lab.constants, lab.plans, lab.policy
    sector, done = f.sector, after.firms
    loan_rate, deposit_rate, _ = lab.rates()
    materials, energy = (
        f.output_with_inputs_ordered * f.materials_per_unit,
        f.output_with_inputs_ordered * f.energy_per_unit,
    )
    services = f.ai_unit_spending * f.output_with_inputs_ordered
    found = {
        "sales": f.price * f.sales_quantity,
        "production_taxes": structure.production_tax_rate[sector] * f.price * f.sales_quantity,
        "inputs": materials * plans.materials_price[sector] + energy * plans.energy_price[sector],
        "imported_inputs": materials * plans.import_materials[sector] + energy * plans.import_energy[sector],
        "ai_domestic": services * lab.services_paid[0],
        "ai_imported": services * lab.services_paid[1],
        "wages": f.payroll,
        "contributions": structure.employer_rate * f.payroll,
        "carbon_tax": plans.carbon_rate
        * (energy * plans.co2_direct[sector] + f.output_with_inputs_ordered * plans.co2_power[sector]),
        "fines": f.fine, "subsidies": f.adoption_subsidy_due, "hiring_subsidies": f.hiring_subsidy,
        "data_fees": np.maximum(0, f.data_income),
        "loan_interest": loan_rate * f.loans, "deposit_interest": deposit_rate * f.deposits,
        "depreciation": lab.sectors.wear[sector] * after.macro.capital_price * f.capital,
        "worn": lab.parameters.integration.depreciation * after.macro.intangible_price * f.intangible,
        "integration": f.integration_due * lab.plans.integration_paid,
    }  # fmt: skip
    running = services * sum(lab.services_paid)
    found |= {"ai_tax": policy.ai_tax * running, "vouchers": policy.compute_voucher * running, "running": running}
    found["own_work"] = f.integrating * (found["wages"] + found["contributions"])
    found["research_spending"] = f.research_share * (found["wages"] + found["contributions"])
    found["research_spending"] /= lab.parameters.research.labour_part
    found["research_credits"] = policy.research_credit * found["research_spending"]
    stored = structure.storable[sector]
    found["stock_quantity"] = np.where(stored, f.output - f.sales_quantity, 0)
    found["stock_change"] = f.unit_cost * found["stock_quantity"]
    t = found
    t["value_added"] = t["sales"] + t["stock_change"] - t["inputs"] - t["imported_inputs"] - t["ai_domestic"]
    t["value_added"] += f.data_income + t["own_work"] - t["ai_imported"]
    t["profit"] = t["value_added"] - t["production_taxes"] - t["wages"] - t["contributions"] - t["carbon_tax"]
    t["profit"] += t["vouchers"] + t["subsidies"] + t["hiring_subsidies"] + t["research_credits"] - t["ai_tax"]
    t["profit"] += t["deposit_interest"] - t["loan_interest"] - t["depreciation"] - t["worn"] - t["fines"]
    taxed = np.isin(structure.owner[sector], (Owner.SHAREHOLDERS, Owner.HOMEOWNERS))
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
    home, abroad, bought = lab.bought["capital"]
    assert after.macro.capital_price == pytest.approx((home + abroad) / bought, rel=EXACT)


def test_firms_borrow_pay_out_and_keep_liquidity(settled):
    lab, after = settled
    t, f, done, p = accounts(lab, after), lab.firms, after.firms, lab.parameters
    price, wear, sector = after.macro.capital_price, lab.sectors.wear[f.sector], f.sector
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
    cash = f.deposits + t["profit"] + t["depreciation"] + t["worn"] - t["stock_change"] - t["own_work"] + lent
    cash -= tax + price * investment + t["integration"]
    target = p.firms.liquidity_target * 0.5 * (t["sales"] + f.expected_demand * f.price)
    share = lab.constants.payout[sector] * np.maximum(0, t["profit"] - tax)
    payout = np.clip(share + p.firms.payout_speed * (cash - target - share), 0, None)
    payout = np.minimum(payout, np.maximum(0, 0.9 * cash))
    alone = (lab.constants.owner[sector] == Owner.OWN_WORKERS) & (f.headcount == 0)
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
    private, abroad_owned = (1 - owned) * by_owner[Owner.SHAREHOLDERS], lab.constants.foreign_ownership
    home, abroad, _ = lab.bought["capital"]
    expected = {
        "inputs": t["inputs"] + t["ai_domestic"], "input_imports": t["imported_inputs"] + t["ai_imported"],
        "integration": lab.bought["integration"][0], "integration_imports": lab.bought["integration"][1],
        "fixed_investment": home, "fixed_investment_imports": abroad, "wages": t["wages"],
        "employer_contributions": t["contributions"], "production_taxes": t["production_taxes"],
        "carbon_tax": t["carbon_tax"], "ai_tax": t["ai_tax"], "fines": t["fines"],
        "adoption_subsidies": t["subsidies"], "compute_vouchers": t["vouchers"],
        "research_credits": t["research_credits"], "hiring_subsidies": t["hiring_subsidies"],
        "data_fees": t["data_fees"], "corporate_tax": t["corporate_tax"], "loan_interest": t["loan_interest"],
        "deposit_interest_firms": t["deposit_interest"], "dividends": (1 - abroad_owned) * private,
        "foreign_dividends": abroad_owned * private,
        "state_dividends": owned * by_owner[Owner.SHAREHOLDERS] + by_owner[Owner.STATE],
        "mixed_income": by_owner[Owner.OWN_WORKERS], "rents": by_owner[Owner.HOMEOWNERS],
    }  # fmt: skip
    for name in paid:
        change = paid[name] - before_[name]
        assert change == pytest.approx(expected.get(name, 0.0), rel=1e-8, abs=1e-6), name
    assert after.macro.research_spending == pytest.approx(t["research_spending"], rel=EXACT)
    totals = after.firm_totals
    for name, value in (t | expected).items():
        if name in totals:
            assert totals[name] == pytest.approx(value, rel=1e-8, abs=1e-6), name
