"""Tasks, plans, production and the orders for inputs.

Worked out from docs/model/equations/plans_of_firms.md and production_and_demand.md.
"""

import numpy as np
import pytest
from laboratory import before, rows

pytestmark = pytest.mark.unit

EXACT = 1e-9


def test_tasks_move_to_capital_and_new_tasks_add_labour_and_value():
    lab = before("firms_organise_tasks")
    f, s, structure, ai = lab.firms, lab.sectors, lab.constants, lab.parameters.artificial_intelligence
    f.new_task_share[::3] = 0.05
    done, sector = lab.after("firms_organise_tasks").firms, lab.firms.sector
    tasks = f.office_use * s.automation[sector] + f.process_use * s.process_automation[sector]
    displaced = np.minimum(0.95, tasks)
    pay = f.unit_wage * (1 + structure.employer_rate) / f.productivity
    value = 1 + (1 + ai.new_task_gain) * f.new_task_share * pay / f.price
    usual = structure.capacity_per_capital[sector]
    full = usual * (1 + lab.saved("capacity"))
    utilisation = lab.parameters.firms.normal_utilisation
    needed = 1 + ai.task_capital * displaced * pay / lab.macro.capital_price * utilisation * full
    labour = (1 - displaced + f.new_task_share) / value
    assert done.displaced_share == pytest.approx(displaced, rel=EXACT)
    assert done.labour_per_unit == pytest.approx(labour / (1 - f.integrating), rel=EXACT)
    assert done.capital_productivity == pytest.approx(full * value / needed, rel=EXACT)
    extra = (needed / (full * value) - 1 / usual) / utilisation
    assert done.extra_capital == pytest.approx(extra, rel=1e-7, abs=1e-12)
    assert done.materials_per_unit == pytest.approx((1 - lab.saved("materials")) / value, rel=EXACT)
    assert done.energy_per_unit == pytest.approx((1 - lab.saved("energy")) / value, rel=EXACT)
    assert (displaced > 0).sum() > 50 and (lab.saved("energy") > 0).sum() > 20 and (f.integrating > 0).sum() > 20
    f.office_use[:] = 4000.0
    assert (lab.after("firms_organise_tasks").firms.displaced_share[s.automation[sector] > 0.001] == 0.95).all()


@pytest.mark.parametrize("policy", [{}, {"ai_tax": 0.2, "compute_voucher": 0.1, "compliance_cost": 0.3}])
def test_firms_buy_services_for_tasks_staff_and_plant_under_ai(policy):
    lab = before("firms_organise_tasks")
    done = lab.after("firms_organise_tasks", **policy).firms
    f, structure, p = lab.firms, lab.constants, lab.parameters
    ai, office, process = p.artificial_intelligence, p.office_ai, p.process_ai
    comply = 1 + policy.get("compliance_cost", 0.0)
    price = (1 + policy.get("ai_tax", 0.0) - policy.get("compute_voucher", 0.0)) * comply
    adapted = price**-ai.services_elasticity * comply
    pay = f.unit_wage * (1 + structure.employer_rate) / f.productivity
    tasks = ai.task_services * lab.macro.compute_quality**-ai.task_services_elasticity * comply
    services = (tasks * done.displaced_share + office.running * adapted * f.office_cover) * pay
    capital = lab.macro.capital_price / p.firms.normal_utilisation / structure.capacity_per_capital[f.sector]
    plant = lab.abilities.plant[f.sector] * capital
    services += process.running * process.plant_cost * adapted * plant * f.process_cover
    assert done.ai_unit_spending == pytest.approx(services, rel=EXACT)
    assert (services > 0).sum() > 50


def test_firms_expect_what_they_saw_and_plan_output_and_staff_for_it():
    phase = "firms_plan_output_and_staff"
    lab = before(phase)
    f, rules, structure = lab.firms, lab.parameters.firms, lab.constants
    f.demand_signal *= np.linspace(0.5, 1.6, f.rows)
    f.inventory[::5] = 0.0
    f.inventory[1::5] *= 20
    done, sector = lab.after(phase).firms, f.sector
    expected = f.expected_demand + rules.demand_gain * (f.demand_signal - f.expected_demand)
    expected *= 1 + lab.sectors.trend_growth[sector]
    stock = rules.inventory_target * (1 - lab.saved("inventory")) * expected
    plan = expected + np.where(structure.storable[sector], rules.inventory_speed * (stock - f.inventory), 0.0)
    capacity = f.capital * f.capital_productivity
    output = np.minimum(np.maximum(plan, 0.3 * expected), capacity)
    at_work = (1 - f.research_share) / (1 - structure.research_staff[sector])
    assert done.expected_demand == pytest.approx(expected, rel=EXACT)
    assert done.planned_output == pytest.approx(output, rel=EXACT)
    power, share = 1 - 1 / rules.substitution, structure.capital_share[sector]
    left = np.maximum(0.05, (1 - share * (rules.normal_utilisation * capacity / output) ** power) / (1 - share))
    assert done.labour_factor == pytest.approx(left ** (1 / power), rel=EXACT)
    usual = output * f.labour_per_unit / (f.productivity * at_work)
    assert done.labour_demand == pytest.approx(usual * left ** (1 / power), rel=EXACT)
    assert (output == 0.3 * expected).any() and (output == capacity).any()


def test_goods_are_made_within_plan_staff_and_plant_and_services_stand_ready():
    lab = before("firms_produce")
    f, structure = lab.firms, lab.constants
    f.efficiency_units *= np.linspace(0.6, 1.5, f.rows)
    f.capital[::7] *= 0.5
    f.integration_due[::5] = 0.1 * f.payroll[::5]
    after, sector = lab.after("firms_produce"), f.sector
    done = after.firms
    at_work = f.efficiency_units * (1 - f.research_share) / (1 - structure.research_staff[sector])
    staff = f.productivity * at_work / f.labour_per_unit * (1 + lab.parameters.firms.overtime)
    plant, rules = f.capital * f.capital_productivity, lab.parameters.firms
    power, share = 1 - 1 / rules.substitution, structure.capital_share[sector]
    somebody = np.maximum(staff, 1e-9)  # a firm without staff makes nothing
    joint = (share * (rules.normal_utilisation * plant) ** power + (1 - share) * somebody**power) ** (1 / power)
    joint *= staff > 0
    goods = structure.storable[sector]
    ready = np.minimum(joint, plant)
    made = np.minimum(f.planned_output, ready)
    for bound in (f.planned_output, joint, plant):
        assert (made[goods] == bound[goods]).any()
    scale = np.where(goods, made, np.minimum(f.expected_demand, ready))
    assert done.output[goods] == pytest.approx(made[goods], rel=EXACT)
    assert done.supply == pytest.approx(np.where(goods, made + f.inventory, ready), rel=EXACT)
    assert done.output_with_inputs_ordered == pytest.approx(scale, rel=EXACT)
    assert after.plans.materials_scale == pytest.approx(lab.by_sector(scale * f.materials_per_unit), rel=EXACT)
    assert after.plans.energy_scale == pytest.approx(lab.by_sector(scale * f.energy_per_unit), rel=EXACT)
    orders = (f.ai_unit_spending * scale).sum()
    assert after.plans.ai_orders == pytest.approx(orders, rel=EXACT)


USES = ("consumption", "dwellings", "government", "public", "capital", "integration")
ICT = rows().ai_services


def cleared(shortage=1.0):
    """Before and after the markets, with what firms can sell scaled in every second sector."""
    lab = before("goods_markets_clear")
    lab.firms.supply *= np.where(lab.firms.sector % 2, 1.0, shortage)
    return lab, lab.after("goods_markets_clear")


def orders(lab):
    """(sectors,) domestic orders for inputs and for final uses, final uses in all, and AI services in quantities."""
    plans, structure = lab.plans, lab.constants
    scale = np.where(structure.energy_rows[:, None], plans.energy_scale, plans.materials_scale)
    inputs = (plans.coefficients * scale * (1 - plans.import_shares)).sum(axis=1)
    services = plans.ai_orders / plans.services_price
    inputs[ICT] += services * (1 - plans.import_shares[ICT].mean())
    final = sum(getattr(plans, use) for use in USES)
    return inputs, (1 - plans.final_import_share) * final, final, services


@pytest.mark.parametrize("shortage", [1.0, 0.75])
def test_demand_is_orders_for_inputs_final_uses_and_exports(shortage):
    lab, after = cleared(shortage)
    inputs, domestic, _, _ = orders(lab)
    assert after.sectors.demand == pytest.approx(inputs + domestic + lab.plans.export_orders, rel=EXACT)
    sold = lab.by_sector(after.firms.sales_quantity)
    assert after.sectors.sales == pytest.approx(sold, rel=EXACT)
    assert (after.firms.sales_quantity <= lab.firms.supply * (1 + 1e-12)).all()
    value = lab.by_sector(after.firms.sales_quantity * lab.firms.price)
    assert after.sectors.producer_price == pytest.approx(value / sold, rel=EXACT)
    asked = lab.firms.market_share * after.sectors.demand[lab.firms.sector]
    met = np.minimum(asked, lab.firms.supply)
    assert after.firms.unfilled_demand_share == pytest.approx(1 - met / asked, abs=1e-12)
    assert (after.firms.sales_quantity >= met * (1 - 1e-12)).all()


@pytest.mark.parametrize("shortage", [1.0, 0.75])
def test_what_firms_cannot_deliver_is_imported_where_it_can_be(shortage):
    lab, after = cleared(shortage)
    inputs, domestic, final, services = orders(lab)
    plans, s, tradable = lab.plans, after.sectors, lab.constants.tradable
    exports = lab.plans.export_orders
    # Elsewhere inputs have priority, and final uses share what is left with exports.
    part = np.where(tradable, np.minimum(1, s.sales / s.demand), np.minimum(1, s.sales / inputs))
    left = np.clip((s.sales - inputs) / np.where(domestic + exports > 0, domestic + exports, 1.0), 0, 1)
    fill = np.where(tradable, part, np.where(domestic + exports > 0, left, 1.0))
    assert s.exports == pytest.approx(s.sales - part * inputs - fill * domestic, rel=1e-7, abs=1e-6)
    scale = np.where(lab.constants.energy_rows[:, None], plans.energy_scale, plans.materials_scale)
    abroad = plans.import_shares + (1 - plans.import_shares) * (1 - part[:, None])
    imported = (plans.coefficients * scale * abroad).sum(axis=1)
    instead = np.where(tradable, (1 - plans.final_import_share) * (1 - fill), 0.0)
    imported += (plans.final_import_share + instead) * final
    at_home = (1 - plans.import_shares[ICT].mean()) * part[ICT]
    imported[ICT] += services * (1 - at_home)
    assert s.imports == pytest.approx(imported, rel=EXACT)
    paid = at_home * s.producer_price[ICT], (1 - at_home) * plans.foreign_price
    assert after.services_paid == pytest.approx([one / plans.services_price for one in paid], rel=EXACT)
    home = (1 - plans.final_import_share) * fill
    away = plans.final_import_share + instead
    mean = (home * s.producer_price + away * plans.foreign_prices) / (home + away)
    assert s.final_price == pytest.approx(mean, rel=EXACT)
    for use in USES:
        ordered = getattr(plans, use)
        expected = (
            (home * ordered * s.producer_price).sum(), (away * ordered * plans.foreign_prices).sum(),
            ((home + away) * ordered).sum(),
        )  # fmt: skip
        assert after.bought[use] == pytest.approx(expected, rel=EXACT), use
    costs = plans.coefficients * (1 - plans.import_shares) * (part * s.producer_price)[:, None]
    energy = lab.constants.energy_rows
    assert after.plans.energy_price == pytest.approx(costs[energy].sum(axis=0), rel=EXACT)
    assert after.plans.materials_price == pytest.approx(costs[~energy].sum(axis=0), rel=EXACT)
    foreign = plans.coefficients * abroad * plans.foreign_prices[:, None]
    assert after.plans.import_energy == pytest.approx(foreign[energy].sum(axis=0), rel=EXACT)
    assert after.plans.import_materials == pytest.approx(foreign[~energy].sum(axis=0), rel=EXACT)
    assert shortage == 1.0 or (part < 0.95).any()


def test_everything_sold_is_bought_and_the_state_buys_its_ai_services():
    lab, after = cleared(0.8)
    s, plans = after.sectors, after.plans
    inputs, _, _, services = orders(lab)
    served = services + plans.public_services / plans.services_price + plans.integration.sum()
    assert after.macro.ai_services == pytest.approx(served, rel=EXACT)
    assert after.macro.services_used == pytest.approx(served - plans.integration.sum(), rel=EXACT)
    scale = np.where(lab.constants.energy_rows[:, None], plans.energy_scale, plans.materials_scale)
    bought = (plans.coefficients * scale).sum() + services + sum(paid[2] for paid in after.bought.values())
    assert s.sales.sum() + s.imports.sum() == pytest.approx(bought + s.exports.sum(), rel=EXACT)
    wanted = lab.plans.capital.sum()
    assert plans.investment_realised == pytest.approx(after.bought["capital"][2] / wanted, rel=EXACT)
    assert inputs.min() >= 0 and 0 < plans.investment_realised < 1
