"""Production, orders, rationing and purchases in two sectors.

Worked out from docs/model/equations/production_and_demand.md and markets_and_energy.md.
"""

import itertools
import math
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.codes import Use
from abm.kernels.markets import fill_orders, order_exports, order_inputs, ration_sales
from abm.kernels.production import produce
from abm.parameters import Parameters
from abm.state import Firms, Sectors

pytestmark = pytest.mark.kernels

RULES = Parameters()
FOREIGN, SERVICES, IMPORTED, SELLER = 1.1, 6.0, 0.3, 1


def numbers(*values):
    return np.array(values, dtype=float)


USES = {
    "consumption": numbers(20, 30), "dwellings": numbers(5, 1), "government": numbers(2, 20), "public": numbers(3, 2),
    "capital": numbers(10, 4), "integration": numbers(0, 3),
}  # fmt: skip


def test_goods_are_made_and_services_made_ready(plain):
    firms = Few(
        productivity=numbers(10, 10, 10, 8), efficiency_units=numbers(4, 1, 9, 3),
        labour_per_unit=numbers(0.8, 1, 1, 0.9), research_share=numbers(0.04, 0.1, 0.04, 0.0),
        capital=numbers(900, 900, 50, 300), capital_productivity=numbers(0.2, 0.2, 0.2, 0.1),
        planned_output=numbers(30, 30, 30, 99), expected_demand=numbers(1, 1, 1, 25), inventory=numbers(5, 6, 7, 0),
        output=numbers(0, 0, 0, 77), supply=np.zeros(4), output_with_inputs_ordered=np.zeros(4),
        materials_per_unit=numbers(0.9, 1, 1, 0.8), energy_per_unit=numbers(0.7, 1, 1, 0.6),
        ai_unit_spending=numbers(0.02, 0, 0.01, 0.03),
    )  # fmt: skip
    plans = Few(materials_scale=np.zeros(2), energy_scale=np.zeros(2))
    structure = Few(
        sector_start=np.array([0, 3, 4]), storable=np.array([True, False]), research_staff=numbers(0.04, 0.0),
        capital_share=numbers(0.4, 0.3),
    )  # fmt: skip
    orders = plain(produce)(firms, plans, structure, RULES.firms)
    overtime = 1 + RULES.firms.overtime
    labour = overtime * numbers(10 * 4 / 0.8, 10 * 1 * 0.9 / 0.96, 10 * 9, 8 * 3 / 0.9)
    share, power = numbers(0.4, 0.4, 0.4, 0.3), 1 - 1 / RULES.firms.substitution
    plant = RULES.firms.normal_utilisation * numbers(180, 180, 10, 30)  # what the capital usually makes
    joint = (share * plant**power + (1 - share) * labour**power) ** (1 / power)
    assert joint[1] > labour[1] and joint[2] > 10  # much capital saves labour, but nothing exceeds capacity
    made = [30, joint[1], 10]  # limited by the plan, by both factors and by capacity
    assert firms.output == pytest.approx([*made, 77])  # services are made when they are sold
    assert firms.supply == pytest.approx([made[0] + 5, made[1] + 6, made[2] + 7, joint[3]])
    scale = numbers(*made, 25)  # services order inputs for what they expect to sell
    assert firms.output_with_inputs_ordered == pytest.approx(scale)
    used, burnt = scale * firms.materials_per_unit, scale * firms.energy_per_unit
    assert plans.materials_scale == pytest.approx([used[:3].sum(), used[3]])
    assert plans.energy_scale == pytest.approx([burnt[:3].sum(), burnt[3]])
    assert orders == pytest.approx((firms.ai_unit_spending * scale).sum())


def test_exports_follow_the_world_and_the_price_that_buyers_have_taken_in(plain):
    trade, plans = RULES.trade, Few(export_orders=np.zeros(2))
    macro = Few(world_demand=1.2, export_shock=0.05, world_gain=0.02)
    sectors, structure = Few(relative_price=numbers(1.3, 0.9)), Few(exports=numbers(50, 20))
    plain(order_exports)(sectors, plans, structure, [macro], trade)
    assert plans.export_orders == pytest.approx(
        numbers(50, 20) * 1.2 * math.exp(0.07) * numbers(1.3, 0.9) ** -trade.export_elasticity
    )


@pytest.mark.parametrize("plenty", [0.3, 0.9, 1.0, 1.1, 5.0])
def test_sales_never_exceed_supply_nor_demand(plenty):
    draws = np.random.default_rng(7)
    sizes = [1, 7, 40, 3]
    start = np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64)
    firms, sectors = Firms(int(start[-1])), Sectors(len(sizes))
    share = firms.market_share
    share[:] = draws.random(share.size)
    for first, last in itertools.pairwise(start):
        share[first:last] /= share[first:last].sum()
    sectors.demand[:] = draws.random(len(sizes)) * 100
    asked = share * np.repeat(sectors.demand, sizes)
    firms.supply[:] = plenty * asked * draws.uniform(0.5, 1.5, share.size)
    firms.supply[draws.integers(0, share.size)] = 0.0
    firms.price[:] = draws.uniform(0.5, 2.0, share.size)
    sectors.producer_price[:] = 7.0
    ration_sales.py_func(firms, sectors, Few(sector_start=start))
    sales, supply, sold = firms.sales_quantity, firms.supply, sectors.sales
    sector = np.repeat(np.arange(len(sizes)), sizes)
    assert (sales >= 0).all() and (sales <= supply * (1 + 1e-12)).all()
    assert sold == pytest.approx(np.bincount(sector, weights=sales), rel=1e-12)
    value = np.bincount(sector, weights=sales * firms.price)
    assert sectors.producer_price == pytest.approx(np.where(sold > 0, value / np.maximum(sold, 1e-300), 7.0))
    available = np.bincount(sector, weights=supply)
    assert (sold <= np.minimum(sectors.demand, available) * (1 + 1e-9)).all()
    assert firms.unfilled_demand_share == pytest.approx(1 - np.minimum(asked, supply) / asked, abs=1e-12)
    assert (sales >= np.minimum(asked, supply) * (1 - 1e-12)).all()
    # In four rounds nearly all of what some cannot fill is found with the others.
    assert (sold >= 0.97 * np.minimum(sectors.demand, available)).all()


def test_what_one_firm_lacks_the_others_sell_by_market_share(plain):
    firms = Few(
        market_share=numbers(0.5, 0.3, 0.2), supply=numbers(20, 45, 90), price=numbers(1, 2, 4),
        sales_quantity=np.zeros(3), unfilled_demand_share=np.zeros(3),
    )  # fmt: skip
    sectors = Few(demand=numbers(100), sales=numbers(0), producer_price=numbers(1))
    plain(ration_sales)(firms, sectors, Few(sector_start=np.array([0, 3])))
    # 50, 30, 20 are asked for; 30 are missing, 18 and 12 are asked of the others, the first of whom has but 15 more.
    assert firms.sales_quantity == pytest.approx([20, 45, 35])
    assert firms.unfilled_demand_share == pytest.approx([0.6, 0, 0])
    assert sectors.sales == pytest.approx([100]) and sectors.producer_price == pytest.approx([2.5])


def market(first_sold, second_sold):
    """Orders in a sector of goods that can be traded and one of services that cannot, the seller of AI services."""
    plans = Few(
        coefficients=np.array([[0.2, 0.1], [0.05, 0.3]]), import_shares=np.array([[0.1, 0.2], [0.0, 0.05]]),
        materials_scale=numbers(100, 80), energy_scale=numbers(90, 70), **USES,
        final_import_share=numbers(0.15, 0.02), export_orders=numbers(12, 3),
        **{name: np.zeros(2) for name in ("input_orders", "final_orders", "exports", "materials_price")},
        **{name: np.full(2, 9.0) for name in ("energy_price", "import_materials", "import_energy")},
        paid=np.full((len(Use), 3), 9.0),
    )  # fmt: skip
    sectors = Few(
        demand=np.zeros(2), sales=np.zeros(2), producer_price=numbers(1.2, 0.95),
        **{name: np.zeros(2) for name in ("final_price", "imports", "exports")},
    )  # fmt: skip
    structure = Few(energy_rows=np.array([True, False]), tradable=np.array([True, False]))
    return sectors, plans, structure, (first_sold, second_sold)


def traded(plain, first_sold, second_sold):
    sectors, plans, structure, sold = market(first_sold, second_sold)
    plain(order_inputs)(sectors, plans, structure, SERVICES, IMPORTED, SELLER)
    sectors.sales[:] = sectors.demand * sold
    result = plain(fill_orders)(sectors, plans, structure, numbers(FOREIGN, FOREIGN), SERVICES, IMPORTED, SELLER)
    return sectors, plans, result


def test_demand_is_inputs_final_uses_and_exports(plain):
    sectors, plans, _ = traded(plain, 1.0, 1.0)
    inputs = [
        0.2 * 90 * 0.9 + 0.1 * 70 * 0.8,
        0.05 * 100 * 1.0 + 0.3 * 80 * 0.95 + SERVICES * (1 - IMPORTED),
    ]
    assert plans.input_orders == pytest.approx(inputs)
    assert plans.final_orders == pytest.approx([40, 60])
    assert sectors.demand == pytest.approx([inputs[0] + 0.85 * 40 + 12, inputs[1] + 0.98 * 60 + 3])


def test_where_all_is_delivered_everybody_gets_what_they_ordered(plain):
    sectors, plans, (at_home, delivered) = traded(plain, 1.0, 1.0)
    assert (at_home, delivered) == pytest.approx((1 - IMPORTED, 1.0))
    assert plans.exports == pytest.approx([12, 3]) and sectors.exports == pytest.approx([12, 3])
    imports = [0.2 * 90 * 0.1 + 0.1 * 70 * 0.2 + 0.15 * 40, 0.3 * 80 * 0.05 + 0.02 * 60 + SERVICES * IMPORTED]
    assert sectors.imports == pytest.approx(imports)
    assert sectors.final_price == pytest.approx([0.85 * 1.2 + 0.15 * FOREIGN, 0.98 * 0.95 + 0.02 * FOREIGN])
    assert plans.energy_price == pytest.approx([0.2 * 0.9 * 1.2, 0.1 * 0.8 * 1.2])
    assert plans.import_energy == pytest.approx([0.2 * 0.1 * FOREIGN, 0.1 * 0.2 * FOREIGN])
    assert plans.materials_price == pytest.approx([0.05 * 0.95, 0.3 * 0.95 * 0.95])
    assert plans.import_materials == pytest.approx([0.0, 0.3 * 0.05 * FOREIGN])
    for name, (goods, services) in USES.items():
        assert plans.paid[Use[name.upper()]] == pytest.approx(
            [
                0.85 * goods * 1.2 + 0.98 * services * 0.95,
                (0.15 * goods + 0.02 * services) * FOREIGN,
                goods + services,
            ]
        )


def test_missing_goods_are_imported_and_missing_services_go_without(plain):
    sectors, plans, (at_home, delivered) = traded(plain, 0.75, 0.8)
    # Goods: all orders are filled to three quarters and the rest is bought abroad.
    goods, services = USES["consumption"]
    left = 0.8 * sectors.demand[1] - plans.input_orders[1]
    fill = left / (0.98 * 60 + 3)
    assert 0 < fill < 1 and at_home == pytest.approx(1 - IMPORTED)  # inputs come first
    home, abroad = 0.85 * 0.75, 0.15 + 0.85 * 0.25
    assert plans.paid[Use.CONSUMPTION] == pytest.approx(
        [
            home * goods * 1.2 + 0.98 * fill * services * 0.95,
            (abroad * goods + 0.02 * services) * FOREIGN,
            goods + (0.98 * fill + 0.02) * services,
        ]
    )
    assert plans.exports == pytest.approx([0.75 * 12, fill * 3])
    assert plans.import_energy[0] == pytest.approx(0.2 * (0.1 + 0.9 * 0.25) * FOREIGN)
    assert delivered == pytest.approx((10 + (0.98 * fill + 0.02) * 4) / 14)


def test_imports_fill_what_production_needs_of_services(plain):
    sectors, plans, (at_home, _) = traded(plain, 1.0, 0.3)
    part = sectors.sales[1] / plans.input_orders[1]
    assert 0 < part < 1
    assert at_home == pytest.approx((1 - IMPORTED) * part)
    assert plans.exports[1] == pytest.approx(0.0, abs=1e-12)
    inputs = 0.05 * 100 * (1 - part) + 0.3 * 80 * (0.05 + 0.95 * (1 - part))
    assert sectors.imports[1] == pytest.approx(inputs + 0.02 * 60 + SERVICES * (1 - at_home))


@pytest.mark.parametrize("sold", [(1.0, 1.0), (0.75, 0.8), (1.0, 0.3), (0.4, 0.6)])
def test_what_firms_sell_is_what_others_buy_at_home(plain, sold):
    sectors, plans, (at_home, _) = traded(plain, *sold)
    scale = np.array([[90.0, 70.0], [100.0, 80.0]])
    unit_costs = np.array([plans.energy_price, plans.materials_price])
    inputs = (unit_costs * scale).sum() + at_home * SERVICES * 0.95
    exports = (plans.exports * sectors.producer_price).sum()
    assert inputs + plans.paid[:, 0].sum() + exports == pytest.approx((sectors.sales * sectors.producer_price).sum())
    abroad = (np.array([plans.import_energy, plans.import_materials]) * scale).sum() + plans.paid[:, 1].sum()
    assert abroad + (1 - at_home) * SERVICES * FOREIGN == pytest.approx(FOREIGN * sectors.imports.sum())
