"""Settlement against the equations of docs/model/equations/settlement.md, on a handful of firms and adults."""

from types import SimpleNamespace

import numpy as np
import pytest

from abm.accounting import FLOWS
from abm.codes import Owner
from abm.kernels.settlement import FirmTotals, earn_profits, settle_firms, settle_households

pytestmark = pytest.mark.kernels

FIRMS = 4  # one of each owner, each a sector of its own
CARBON, HOME, ABROAD, LABOUR_PART, LENDING, REALISED = 0.2, 0.7, 0.4, 0.5, 0.6, 0.9
INTEGRATION_PAID, WORN = 1.05, 0.08
OF_FIRMS = (
    "payroll price unit_cost output sales_quantity output_with_inputs_ordered materials_per_unit energy_per_unit "
    "research_share ai_unit_spending integration_due integrating intangible adoption_subsidy_due hiring_subsidy fine "
    "data_income inventory "
    "capital deposits loans expected_demand investment"
).split()

HANDED_ON = "materials_price energy_price import_materials import_energy co2_direct co2_power".split()


def columns(generator, names, rows=FIRMS):
    return {name: generator.uniform(0.5, 1.5, rows) for name in names}


@pytest.fixture
def world():
    """Four firms: storable goods of shareholders, farms, real estate, public producers; numbers of no meaning."""
    generator = np.random.default_rng(3)
    firms = SimpleNamespace(
        **columns(generator, OF_FIRMS), sector=np.arange(FIRMS), headcount=np.array([5, 2, 1, 3]),
        **{name: np.full(FIRMS, np.nan) for name in ("ai_spending", "inventory_value", "profit", "dividends")},
    )  # fmt: skip
    firms.data_income[:] = 0.3, -0.1, -0.2, 0.0
    firms.price += 4.0  # so that they earn something
    firms.deposits += 20.0
    firms.loans[:] = 0.1, 9.0, 0.4, 0.2  # the second owes more than it wants to
    return SimpleNamespace(
        firms=firms, sectors=SimpleNamespace(
            value_added=np.full(FIRMS, np.nan), output=np.full(FIRMS, np.nan), wear=np.array([0.05, 0.05, 0.07, 0.05])
        ),
        structure=SimpleNamespace(
            storable=np.array([True, False, False, False]), owner=np.array([0, 1, 2, 3]),
            intangible_depreciation=WORN,
            production_tax_rate=generator.uniform(0.05, 0.1, FIRMS), payout=generator.uniform(0.3, 0.5, FIRMS),
            employer_rate=0.2, corporate_tax_rate=0.25,
        ),
        plans=SimpleNamespace(**columns(generator, HANDED_ON)),
        macro=SimpleNamespace(loan_rate=0.014, deposit_rate=0.008, capital_price=1.2, intangible_price=1.3),
        instruments=SimpleNamespace(
            ai_tax=0.1, compute_voucher=0.3, research_credit=0.15, investment_deduction=0.4
        ),
        rules=SimpleNamespace(liquidity_target=0.25, payout_speed=0.2, highest_payout=0.9),
        investment=SimpleNamespace(leverage=0.3, loan_speed=0.15),
    )  # fmt: skip


def earn(plain, w):
    totals = [FirmTotals()]
    plain(earn_profits)(
        w.firms, w.sectors, w.structure, w.plans, [w.macro], w.instruments, LABOUR_PART, CARBON, HOME, ABROAD,
        INTEGRATION_PAID, totals,
    )  # fmt: skip
    return totals


def settle(plain, w, totals, lending=LENDING):
    plain(settle_firms)(
        w.firms, w.sectors, w.structure, [w.macro], w.instruments, w.rules, w.investment, lending, REALISED, totals
    )  # fmt: skip


def copied(w):
    return SimpleNamespace(**{name: value.copy() for name, value in vars(w.firms).items()})


def flows_of(w, f):
    """{flow: (firms,)} that firms as they were (f) pay or receive before taxes on profit.

    As in docs/model/equations/settlement.md.
    """
    sales = f.price * f.sales_quantity
    materials, energy = (
        f.output_with_inputs_ordered * f.materials_per_unit,
        f.output_with_inputs_ordered * f.energy_per_unit,
    )
    services = f.output_with_inputs_ordered * f.ai_unit_spending
    running = services * (HOME + ABROAD)
    pay = f.payroll * (1 + w.structure.employer_rate)
    return {
        "sales": sales,
        "inputs": materials * w.plans.materials_price + energy * w.plans.energy_price + HOME * services,
        "input_imports": materials * w.plans.import_materials + energy * w.plans.import_energy + ABROAD * services,
        "data_fees": np.maximum(f.data_income, 0),
        "wages": f.payroll,
        "employer_contributions": w.structure.employer_rate * f.payroll,
        "production_taxes": w.structure.production_tax_rate * sales,
        "carbon_tax": CARBON * (energy * w.plans.co2_direct + f.output_with_inputs_ordered * w.plans.co2_power),
        "ai_tax": w.instruments.ai_tax * running,
        "fines": f.fine,
        "adoption_subsidies": f.adoption_subsidy_due,
        "hiring_subsidies": f.hiring_subsidy,
        "compute_vouchers": w.instruments.compute_voucher * running,
        "research_credits": w.instruments.research_credit * f.research_share * pay / LABOUR_PART,
        "research_spending": f.research_share * pay / LABOUR_PART,
        "loan_interest": w.macro.loan_rate * f.loans,
        "deposit_interest_firms": w.macro.deposit_rate * f.deposits,
        "stock_quantity": np.where(w.structure.storable, f.output - f.sales_quantity, 0.0),
        "stock_change": f.unit_cost * np.where(w.structure.storable, f.output - f.sales_quantity, 0.0),
        "depreciation": w.sectors.wear * w.macro.capital_price * f.capital,
        "own_integration": f.integrating * pay,
        "intangible_depreciation": WORN * w.macro.intangible_price * f.intangible,
    }


COSTS = (
    "inputs input_imports production_taxes wages employer_contributions carbon_tax ai_tax fines loan_interest "
    "depreciation intangible_depreciation"
).split()
SUPPORTS = (
    "adoption_subsidies hiring_subsidies compute_vouchers research_credits deposit_interest_firms stock_change "
    "own_integration"
).split()


def test_profit_is_what_comes_in_less_what_goes_out_and_every_total_has_its_flow(plain, world):
    f = copied(world)
    flow = flows_of(world, f)
    (totals,) = earn(plain, world)
    profit = flow["sales"] + sum(flow[name] for name in SUPPORTS) - sum(flow[name] for name in COSTS) + f.data_income
    added = flow["sales"] + flow["stock_change"] - flow["inputs"] - flow["input_imports"] + f.data_income
    added += flow["own_integration"]
    assert world.firms.profit == pytest.approx(profit)
    assert world.sectors.value_added == pytest.approx(added)
    worn, spent = flow["depreciation"] + flow["intangible_depreciation"], INTEGRATION_PAID * f.integration_due
    kept = profit + worn - flow["stock_change"] - flow["own_integration"] - spent
    assert world.firms.deposits == pytest.approx(f.deposits + kept)
    built = (flow["own_integration"] + spent) / world.macro.intangible_price
    assert world.firms.intangible == pytest.approx((1 - WORN) * f.intangible + built)
    assert world.firms.ai_spending == pytest.approx((HOME + ABROAD) * f.output_with_inputs_ordered * f.ai_unit_spending)
    assert world.firms.inventory == pytest.approx(f.inventory + flow["stock_quantity"])
    assert world.firms.inventory_value == pytest.approx(f.unit_cost * world.firms.inventory)
    assert world.firms.output == pytest.approx(np.where(world.structure.storable, f.output, f.sales_quantity))
    assert world.sectors.output == pytest.approx(world.firms.output)
    summed = {name: values.sum() for name, values in flow.items() if name != "sales"} | {"profit": profit.sum()}
    assert {name: getattr(totals, name) for name in summed} == pytest.approx(summed)


@pytest.mark.parametrize("profitable", [True, False], ids=["profit", "loss"])
@pytest.mark.parametrize("lending", [1.0, 0.6])
def test_profit_is_taxed_invested_and_paid_out_to_the_owners(plain, world, profitable, lending):
    if not profitable:
        world.firms.fine[:] = 30.0
    totals = earn(plain, world)
    f, s = copied(world), world.structure
    settle(plain, world, totals, lending)
    spent = world.macro.capital_price * REALISED * f.investment
    taxed = np.array([True, False, True, False])
    tax = s.corporate_tax_rate * np.maximum(f.profit - world.instruments.investment_deduction * spent, 0) * taxed
    untaxed = s.corporate_tax_rate * np.maximum(f.profit, 0) * taxed - tax
    grown = (1 - world.sectors.wear) * f.capital + REALISED * f.investment
    price, rules = world.macro.capital_price, world.investment
    lent = rules.loan_speed * (rules.leverage * price * f.capital - f.loans) + rules.leverage * price * (
        grown - f.capital
    )
    lent = np.where(lent > 0, lending * lent, np.maximum(lent, -f.loans))
    assert lent.min() < 0 < lent.max()
    cash = f.deposits - tax - spent + lent
    target = world.rules.liquidity_target * (f.price * f.sales_quantity + f.price * f.expected_demand) / 2
    share = s.payout * np.maximum(f.profit - tax, 0)
    out = np.clip(share + world.rules.payout_speed * (cash - share - target), 0, np.maximum(0, 0.9 * cash))
    short = np.maximum(0, out - cash)
    assert (short > 0).any() == (not profitable)
    assert world.firms.dividends == pytest.approx(out)
    assert world.firms.deposits == pytest.approx(cash - out + short)
    assert world.firms.loans == pytest.approx(f.loans + lent + short)
    assert world.firms.capital == pytest.approx(grown)
    assert world.firms.investment == pytest.approx(REALISED * f.investment)
    expected = {"corporate_tax": tax.sum(), "tax_relief": untaxed.sum()}
    expected |= dict(zip(("shareholder_payout", "mixed_income", "rents", "state_payout"), out))
    assert {name: getattr(totals[0], name) for name in expected} == pytest.approx(expected)
    assert (untaxed.sum() > 0) == profitable


def test_nobody_repays_more_than_it_owes(plain, world):
    world.investment.loan_speed, world.firms.investment[:], world.firms.loans[:] = 0.01, 0.0, 0.001
    settle(plain, world, earn(plain, world))
    assert (world.firms.loans == 0.0).all()


def test_a_farm_without_workers_pays_nobody(plain, world):
    world.firms.headcount[:] = 0
    settle(plain, world, earn(plain, world))
    assert world.firms.dividends[Owner.OWN_WORKERS] == 0.0
    assert (np.delete(world.firms.dividends, Owner.OWN_WORKERS) > 0).all()


def test_totals_that_are_flows_stand_first_and_in_the_order_of_flows():
    names, flows = list(FirmTotals.declared), [flow.name for flow in FLOWS]
    posted = [name for name in names if name in flows]
    assert names[: len(posted)] == posted == sorted(posted, key=flows.index)
    assert len(posted) > 15


def adults():
    """A farmer, an employee of another firm, somebody without a job; two firms of farmers, one of them empty."""
    generator = np.random.default_rng(5)
    names = "disposable_income property_income consumption housing_outlay equity_weight dwellings".split()
    workers = SimpleNamespace(
        **columns(generator, names, 3), deposits=generator.uniform(9, 10, 3), employer=np.array([0, 2, -1])
    )  # fmt: skip
    firms = SimpleNamespace(headcount=np.array([4, 0, 3]), dividends=np.array([8.0, 5.0, 100.0]))
    structure = SimpleNamespace(owner=np.array([1, 0]), sector_start=np.array([0, 2, 3]))
    return workers, firms, structure, SimpleNamespace(dwelling_depreciation=0.01), np.zeros(4)


PAID = {"consumption": 0.9, "housing": 0.8, "dwellings": 0.7, "shareholders": 6.0, "rent": 0.05, "equity": 0.4}


def test_adults_pay_what_was_delivered_and_receive_what_they_own(plain):
    workers, *rest = adults()
    w = SimpleNamespace(**{name: value.copy() for name, value in vars(workers).items()})
    assert plain(settle_households)(workers, *rest, *PAID.values()) == 0
    received = PAID["shareholders"] * w.equity_weight + PAID["rent"] * w.dwellings + np.array([8.0 / 4, 0.0, 0.0])
    spent = PAID["consumption"] * w.consumption + PAID["housing"] * w.housing_outlay
    # The property income of the last quarter is part of disposable income and was paid then.
    change = w.disposable_income - w.property_income - spent + received - PAID["equity"] * w.equity_weight
    assert workers.deposits == pytest.approx(w.deposits + change)
    assert workers.property_income == pytest.approx(received)
    assert workers.consumption == pytest.approx(PAID["consumption"] * w.consumption)
    assert workers.housing_outlay == pytest.approx(PAID["housing"] * w.housing_outlay)
    assert workers.dwellings == pytest.approx((1 - 0.01) * w.dwellings + PAID["dwellings"] * w.housing_outlay)


@pytest.mark.parametrize("bad", [-1e3, np.nan])
def test_deposits_below_zero_or_not_a_number_are_counted(plain, bad):
    workers, *rest = adults()
    workers.deposits[1] = bad
    assert plain(settle_households)(workers, *rest, *PAID.values()) == 1
