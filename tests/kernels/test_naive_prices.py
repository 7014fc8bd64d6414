"""Costs of inputs, emissions and prices of a few firms.

Worked out from docs/model/equations/wages_and_prices.md and markets_and_energy.md.
"""

from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.economics.carbon import carbon_price_rise, carbon_rate, real_carbon_rate
from abm.kernels.energy import emission_factors
from abm.kernels.prices import cost_inputs, set_prices
from abm.levers.instruments import Instruments
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

RULES = Parameters()
AI = RULES.artificial_intelligence
FOREIGN = (1.1, 1.3, 0.9)  # of the three sectors; the first of one alone


def numbers(*values):
    return np.array(values, dtype=float)


@pytest.mark.parametrize("services", [0.0, 30.0])
def test_inputs_cost_what_is_needed_from_home_and_abroad(plain, services):
    """Sectors: fuel, electricity, AI services."""
    trade, energy = replace(RULES.trade, highest_import_share=0.5), replace(RULES.energy, ai_electricity_factor=2.0)
    needed, opening = np.array([[0.1, 0.2, 0.0], [0.05, 0.1, 0.02], [0.01, 0.02, 0.3]]), numbers(0.3, 0.0, 0.45)
    shares = np.array([[0.2, 0.3, 0.0], [0.0, 0.1, 0.0], [0.4, 0.49, 0.3]])
    sectors = Few(
        producer_price=numbers(1.2, 0.9, 1.3), output=numbers(100, 200, 400),
        fuel_need=numbers(0.9, 1.0, 0.8), electricity_need=numbers(1.1, 0.95, 1.4),
        equipment_need=numbers(0.01, 0.0, 0.02), relative_price=numbers(1.0, 1.1, 1.15), import_shift=np.zeros(3),
        input_cost=np.full(3, 9.0), energy_cost=np.full(3, 9.0),
    )  # fmt: skip
    plans = Few(
        technical_coefficients=needed, coefficients=np.zeros((3, 3)), import_shares=np.zeros((3, 3)),
        final_import_share=np.zeros(3),
    )  # fmt: skip
    structure = Few(
        input_import_share=shares, energy_rows=np.array([True, True, False]),
        final_import_share=opening, capital_basket=numbers(0.0, 0.3, 0.7),
    )  # fmt: skip
    macro = Few(services_used=services)
    imported = plain(cost_inputs)(sectors, plans, structure, [macro], trade, energy, numbers(*FOREIGN), 1, 0, 2)
    need = [sectors.fuel_need, sectors.electricity_need, np.ones(3)]
    materials, power = [0.0] * 3, [0.0] * 3
    for i in range(3):
        known, now = (1.0, 1.1, 1.15)[i], sectors.producer_price[i] / FOREIGN[i]
        taken_in = known * (now / known) ** trade.adjustment_speed
        assert sectors.relative_price[i] == pytest.approx(taken_in)
        shift = taken_in ** (trade.import_elasticity * (1 - opening[i]))
        assert plans.final_import_share[i] == pytest.approx(min(0.5, opening[i] * shift))
        for j in range(3):
            share = min(0.5, shares[i, j] * shift)
            unit = needed[i, j] * need[i][j] + [0.0, 0.3, 0.7][i] * sectors.equipment_need[j]
            unit += energy.ai_electricity_cost * 2.0 * services / 400 if (i, j) == (1, 2) else 0.0
            assert plans.coefficients[i, j] == pytest.approx(unit)
            assert plans.import_shares[i, j] == pytest.approx(share)
            cost = unit * ((1 - share) * sectors.producer_price[i] + share * FOREIGN[i])
            (power if i < 2 else materials)[j] += cost
    assert sectors.input_cost == pytest.approx(materials) and sectors.energy_cost == pytest.approx(power)
    assert plans.import_shares[2].max() == 0.5 and imported == pytest.approx(plans.import_shares[2].mean())


def test_emissions_are_fuel_process_and_the_power_of_everybody(plain):
    sectors = Few(fuel_need=numbers(0.9, 0.8), electricity=numbers(5.0, 7.0))
    structure = Few(fuel_intensity=numbers(0.3, 0.1), process_intensity=numbers(0.05, 0.0))
    macro = Few(
        process_index=0.9, process_response=0.8, grid_factor=0.6, household_electricity=4.0, ai_electricity=2.0
    )  # fmt: skip
    direct, others = np.zeros(2), np.zeros(2)
    plain(emission_factors)(sectors, structure, [macro], 1, 50.0, direct, others)
    assert direct == pytest.approx([0.3 * 0.9, 0.1 * 0.8])
    assert others == pytest.approx([0.05 * 0.9 * 0.8, 0.6 * (5 + 7 + 4 + 2) / 50])


def test_the_neutral_carbon_price_costs_nothing():
    assert carbon_price_rise(Instruments(), 90.0) == carbon_rate(Instruments(), 90.0, Few(consumer_price=1.3)) == 0.0
    assert real_carbon_rate(Instruments(carbon_price=190.0), 90.0) == pytest.approx(0.1)
    assert carbon_rate(Instruments(carbon_price=190.0), 90.0, Few(consumer_price=1.3)) == pytest.approx(0.1 * 1.3)
    assert carbon_rate(Instruments(carbon_price=40.0), 90.0, Few(consumer_price=1.3)) == pytest.approx(-0.05 * 1.3)


FASTER = 0.002  # wear beyond that of the opening
DEMAND, CAPACITY, USUAL_USE = (90.0, 70.0, 10.0), 0.4 * 250 + 0.5 * 150 + 0.3 * 50, 0.85


class Shop:
    """Three firms of one sector: without AI, with much of it, and with nobody left; ``ask`` sets their prices."""

    def __init__(
        self, plain, rules=RULES.firms, carbon=0.0, price=(1.0, 1.05, 0.9), sector=None, demand=DEMAND, **instruments
    ):  # fmt: skip
        self.demand, self.rules, self.carbon = demand, rules, carbon
        self.instruments = Instruments(**instruments)
        self.sector = {"price_speed": 0.4, "farming": 0.0, "commodity": 0.0} | (sector or {})
        self.firms = Few(
            price=numbers(*price), mark_up=numbers(0.2, 0.25, 0.15), market_share=numbers(0.5, 0.3, 0.2),
            payroll=numbers(200, 130, 0), efficiency_units=numbers(10, 6, 0), unit_wage=np.zeros(3),
            productivity=numbers(100, 110, 95), research_share=numbers(0.02, 0.06, 0.04),
            labour_per_unit=numbers(1.0, 0.72, 0.92), extra_capital=numbers(0.0, 0.4, 0.1),
            labour_factor=numbers(1.0, 0.9, 1.15),
            materials_per_unit=numbers(1.0, 0.97, 0.99), energy_per_unit=numbers(1.0, 0.85, 0.95),
            expected_demand=numbers(*demand),
            capital=numbers(250, 150, 50), capital_productivity=numbers(0.4, 0.5, 0.3),
            unit_cost=np.zeros(3), ai_unit_spending=numbers(0.0, 0.03, 0.01), unit_saving=np.zeros(3),
        )  # fmt: skip
        self.before = self.firms.price.copy()
        self.sectors = Few(
            unit_wage=numbers(0.0),
            usual_use=numbers(USUAL_USE),
            input_cost=numbers(0.5),
            energy_cost=numbers(0.05),
            posted_price=numbers(0.0),
            wear=numbers(0.0125 + FASTER),
        )
        self.plans = Few(
            expected_co2_direct=numbers(0.3), expected_co2_power=numbers(0.1), final_import_share=numbers(0.2),
            expected_final_price=numbers(0.0),
        )  # fmt: skip
        structure = Few(
            sector_start=np.array([0, 3]), production_tax_rate=numbers(0.08), research_staff=numbers(0.04),
            idle_staff=numbers(0.05),
            employer_rate=0.25, usual_wear=numbers(0.0125), capacity_per_capital=numbers(0.4),
            **{name: numbers(one) for name, one in self.sector.items()},
        )  # fmt: skip
        macro = Few(
            expected_inflation=0.006, smooth_inflation=-0.003, capital_price=1.1, harvest_shock=0.05,
            commodity_shock=-0.1,
        )  # fmt: skip
        plain(set_prices)(
            self.firms, self.sectors, structure, self.plans, [macro], self.instruments, rules, RULES.investment,
            carbon, numbers(*FOREIGN),
        )  # fmt: skip

    def equation(self, i):
        """(unit cost, saving, price) of firm i, by eq. 16-20 of the page on wages and prices."""
        f, rules, policy = self.firms, self.rules, self.instruments
        mean = 330 / 16
        wage = mean if i == 2 else 0.5 * mean + 0.5 * f.payroll[i] / f.efficiency_units[i]
        at_work = (1 - f.research_share[i]) / (1 - 0.04)
        labour = wage * 1.25 / (f.productivity[i] * at_work) * f.labour_factor[i]
        after_tax = 1 + policy.ai_tax - policy.compute_voucher
        cost = 0.5 * f.materials_per_unit[i] + 0.05 * f.energy_per_unit[i] + labour * 1.05 * f.labour_per_unit[i]
        cost += f.ai_unit_spending[i] * after_tax + self.carbon * (0.3 * f.energy_per_unit[i] + 0.1)
        without = 0.5 + 0.05 + labour * 1.05 + self.carbon * (0.3 + 0.1)
        plant = (0.0125 + FASTER + RULES.investment.required_return) * 1.1 * f.extra_capital[i]
        plant += FASTER * 1.1 / (rules.normal_utilisation * 0.4)  # more compute in the capital than at the opening
        saving = max(0.0, without - cost - plant)
        wanted = (cost + plant + f.mark_up[i] * without + rules.ai_saving_retained * saving) / (1 - 0.08)
        asked = 0.05 * self.sector["farming"] - 0.1 * rules.commodity_following * self.sector["commodity"]
        wanted *= np.exp(asked)
        wanted *= np.clip(sum(self.demand) / CAPACITY / USUAL_USE, 0.8, 1.25) ** rules.price_utilisation
        indexed = self.before[i] * (1 + 0.006 * rules.indexation - 0.003 * rules.indexation_to_past)
        return cost, saving, indexed * np.clip(wanted / indexed, 0.8, 1.25) ** self.sector["price_speed"]


POLICIES = {
    "none": {},
    "carbon": {"carbon": 0.2},
    "tax": {"ai_tax": 0.3},
    "voucher": {"compute_voucher": 0.4},
    "all is passed on": {"rules": replace(RULES.firms, ai_saving_retained=0.0)},
    "nothing is passed on": {"rules": replace(RULES.firms, ai_saving_retained=1.0)},
    "at once": {"sector": {"price_speed": 1.0}},
    "a harvest": {"sector": {"price_speed": 0.9, "farming": 1.0}},
    "a world price": {"sector": {"commodity": 1.0}, "rules": replace(RULES.firms, commodity_following=0.7)},
    "much demand": {"demand": (110.0, 80.0, 12.0)},
    "hardly any demand": {"demand": (30.0, 10.0, 2.0)},
    "without indexation": {"rules": replace(RULES.firms, indexation=0.0, indexation_to_past=0.0)},
}


@pytest.mark.parametrize("policy", POLICIES.values(), ids=POLICIES)
def test_prices_are_cost_mark_up_and_what_is_kept_of_the_saving(plain, policy):
    shop = Shop(plain, **policy)
    f = shop.firms
    for i in range(3):
        cost, saving, price = shop.equation(i)
        assert f.unit_cost[i] == pytest.approx(cost)
        assert f.unit_saving[i] == pytest.approx(saving)
        assert f.price[i] == pytest.approx(price)
    assert f.unit_saving[0] == 0.0 < f.unit_saving[1]
    posted = (f.market_share * f.price).sum()
    assert shop.sectors.posted_price == pytest.approx([posted])
    use = sum(shop.demand) / CAPACITY
    assert shop.sectors.usual_use == pytest.approx([USUAL_USE + shop.rules.usual_use_gain * (use - USUAL_USE)])
    assert shop.plans.expected_final_price == pytest.approx([0.8 * posted + 0.2 * FOREIGN[0]])


def test_firms_ask_for_more_when_their_sector_uses_more_of_its_capacity(plain):
    idle, usual, busy = (Shop(plain, demand=demand) for demand in ((70, 60, 10), DEMAND, (110, 80, 10)))
    assert (idle.firms.price < usual.firms.price).all() and (usual.firms.price < busy.firms.price).all()
    assert (idle.firms.unit_cost == busy.firms.unit_cost).all()  # what is asked beyond cost is income
    assert idle.sectors.usual_use < usual.sectors.usual_use < busy.sectors.usual_use
    flat = replace(RULES.firms, price_utilisation=0.0)
    assert (Shop(plain, flat, demand=(70, 60, 10)).firms.price == Shop(plain, flat).firms.price).all()


def test_a_step_of_the_price_is_limited_both_ways(plain):
    rules = replace(RULES.firms, largest_price_gap=1.02, indexation=1.0, indexation_to_past=0.5)
    firms = Shop(plain, rules, price=(2.0, 0.5, 0.9), sector={"price_speed": 1.0}).firms
    assert firms.price[:2] == pytest.approx([2.0 * 1.0045 / 1.02, 0.5 * 1.0045 * 1.02])


def test_vouchers_make_ai_cheaper_and_taxes_dearer(plain):
    usual, voucher, tax = (Shop(plain, **one).firms for one in ({}, {"compute_voucher": 0.3}, {"ai_tax": 0.3}))
    assert voucher.unit_cost[1] < usual.unit_cost[1] < tax.unit_cost[1]
    assert voucher.price[1] < usual.price[1] < tax.price[1]
    assert voucher.unit_cost[0] == usual.unit_cost[0] == tax.unit_cost[0]


def test_a_firm_that_keeps_all_it_saves_asks_what_it_would_without_ai(plain):
    """The mark-up is earned on the cost without AI, so that saved labour does not shrink the income of capital."""
    shop = Shop(plain, replace(RULES.firms, ai_saving_retained=1.0), sector={"price_speed": 1.0})
    same = shop.firms
    tight = (sum(DEMAND) / CAPACITY / USUAL_USE) ** RULES.firms.price_utilisation
    labour = same.labour_factor[1] * same.unit_wage[1] * 1.25 / (110 * (1 - 0.06) / (1 - 0.04))
    assert same.price[1] == pytest.approx(1.25 * (0.55 + labour * 1.05) / (1 - 0.08) * tight)
