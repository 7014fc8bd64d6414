"""Tasks, data, support and research of a few firms.

Worked out from docs/model/equations/plans_of_firms.md and competition_and_technology.md.
"""

import math
from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.kernels.adoption import survey_adopters
from abm.kernels.draws import STREAMS, normal, stream_key, uniform
from abm.kernels.productivity import advance_productivity, choose_research, diverge_sectors, drift_inputs
from abm.kernels.subsidies import compute_replaced, fund_integration, integration_support, pay_with_ai_in_small_firms
from abm.kernels.technology import assign_tasks, running_services, services_per_task
from abm.levers.instruments import Instruments
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

RULES = Parameters()
AI, OFFICE, PROCESS = RULES.artificial_intelligence, RULES.office_ai, RULES.process_ai
SEED, QUARTER = 5, 9


def numbers(*values):
    return np.array(values, dtype=float)


def codes(*values):
    return np.array(values, dtype=np.uint8)


def draws(stream, rows, of=uniform):
    key = np.uint64(stream_key(SEED, QUARTER, stream))
    return [of(key, row) for row in range(rows)]


def two_kinds(office, process):
    """What AI can do in the sectors: a row of office AI above a row of process AI."""
    return np.array([office, process], dtype=float)


def test_tasks_move_to_capital_and_new_tasks_add_value(plain):
    """Three firms of two sectors; the last does nearly all by AI, and a tenth of its staff integrates more of it."""
    firms = Few(
        sector=codes(0, 1, 0), headcount=np.array([400, 80, 9]), office_use=numbers(0.4, 0.2, 0.9),
        process_use=numbers(0.3, 0.0, 0.8),
        office_cover=numbers(0.5, 0.1, 0.9), process_cover=numbers(0.2, 0.0, 1.0),
        new_task_share=numbers(0.05, 0.0, 0.02), integrating=numbers(0.0, 0.02, 0.1), unit_wage=numbers(12, 9, 11),
        productivity=numbers(30, 20, 25), price=numbers(1.1, 0.9, 1.0),
        **{name: np.zeros(3) for name in (
            "displaced_share", "labour_per_unit", "extra_capital", "capital_productivity", "materials_per_unit",
            "energy_per_unit", "ai_unit_spending",
        )},
    )  # fmt: skip
    sectors = Few(automation=numbers(0.8, 0.3), process_automation=numbers(0.5, 0.0))
    abilities = Few(
        materials=two_kinds([0.01, 0.02], [0.03, 0.0]), energy=two_kinds([0.04, 0.05], [0.06, 0.0]),
        capacity=two_kinds([0.02, 0.0], [0.07, 0.0]), plant=numbers(0.6, 0.0),
    )  # fmt: skip
    structure = Few(capacity_per_capital=numbers(0.2, 0.3), employer_rate=0.25)
    policy = Instruments(ai_tax=0.2, compute_voucher=0.1, compliance_cost=0.3)
    plain(assign_tasks)(
        firms, sectors, structure, abilities, [Few(capital_price=1.2, compute_quality=2.0)], policy, RULES.firms, AI,
        OFFICE, PROCESS, 0.005, 0.8,
    )  # fmt: skip
    normal_use = RULES.firms.normal_utilisation
    adapted = (1.1 * 1.3) ** -AI.services_elasticity * 1.3  # adopters buy less of what is dearer, and comply
    for i in range(3):
        s = firms.sector[i]

        def gain(able, i=i, s=s):
            return firms.office_use[i] * able[0, s] + firms.process_use[i] * able[1, s]

        new, at_work = firms.new_task_share[i], 1 - firms.integrating[i]
        tasks = firms.office_use[i] * sectors.automation[s] + firms.process_use[i] * sectors.process_automation[s]
        displaced = min(AI.highest_automation, tasks)
        pay = firms.unit_wage[i] * 1.25 / firms.productivity[i]
        value = 1 + (1 + AI.new_task_gain) * new * pay / firms.price[i]
        usual = structure.capacity_per_capital[s]
        full = usual * (1 + gain(abilities.capacity))
        needed = 1 + AI.task_capital * displaced * pay / 1.2 * normal_use * full
        assert firms.displaced_share[i] == pytest.approx(displaced)
        assert firms.labour_per_unit[i] == pytest.approx((1 - displaced + new) / value / at_work)
        assert firms.capital_productivity[i] == pytest.approx(full * value / needed)
        assert firms.materials_per_unit[i] == pytest.approx((1 - gain(abilities.materials)) / value)
        assert firms.energy_per_unit[i] == pytest.approx((1 - gain(abilities.energy)) / value)
        extra = 1 / firms.capital_productivity[i] / normal_use - 1 / usual / normal_use
        assert firms.extra_capital[i] == pytest.approx(extra)
        of_tasks = AI.task_services * 2.0**-AI.task_services_elasticity * 1.3 * displaced * pay
        bought = OFFICE.running * adapted - (0.8 * 0.005 if i == 2 else 0.0)  # the last is small and given compute
        of_staff = bought * firms.office_cover[i] * pay
        plant = abilities.plant[s] * 1.2 / (normal_use * usual)  # value of plant that AI can run, for a unit of output
        of_plant = PROCESS.running * PROCESS.plant_cost * adapted * firms.process_cover[i] * plant
        assert firms.ai_unit_spending[i] == pytest.approx(of_tasks + of_staff + of_plant)
    assert firms.displaced_share[2] == AI.highest_automation


def test_services_get_cheaper_with_compute_and_dearer_with_tax(plain):
    assert plain(services_per_task)(AI, 4.0) == pytest.approx(AI.task_services * 4.0**-AI.task_services_elasticity)
    taxed = plain(running_services)(0.02, AI, Instruments(ai_tax=0.5, compute_voucher=0.1, compliance_cost=0.2))
    assert taxed == pytest.approx(0.02 * ((1 + 0.5 - 0.1) * 1.2) ** -AI.services_elasticity * 1.2)
    assert plain(running_services)(0.02, AI, Instruments()) == pytest.approx(0.02)


def test_adopters_are_surveyed_by_sector(plain):
    firms = Few(ai_stage=codes(0, 2, 1, 0, 0))
    sectors, structure = Few(adoption=np.zeros(2)), Few(sector_start=np.array([0, 3, 5]))
    plain(survey_adopters)(firms, sectors, structure)
    assert sectors.adoption == pytest.approx([2 / 3, 0])


def test_support_adds_up_to_a_limit(plain):
    highest = RULES.policy_effects.highest_support
    given = [
        plain(integration_support)(0.2, of_zone, 0.5, of_small, highest)
        for of_zone, of_small in ((0.0, 0.0), (0.4, 0.0), (0.4, 0.3))
    ]
    assert given == pytest.approx([0.2, 0.4, 0.7])
    assert plain(integration_support)(0.8, 0.4, 0.5, 0.3, highest) == highest


def test_compute_goes_to_staff_with_ai_of_small_firms_and_replaces_what_they_buy(plain):
    small = Few(
        headcount=np.array([2, 500, 3]), payroll=numbers(10, 7000, 20), office_cover=numbers(0.2, 0.9, 0.1),
        process_cover=numbers(0.0, 0.0, 0.3),
    )  # fmt: skip
    assert plain(pay_with_ai_in_small_firms)(small, replace(RULES.firms, small_staff=50)) == pytest.approx(8)
    assert plain(compute_replaced)(0.015, 0.01, 0.8) == pytest.approx(0.008)
    assert plain(compute_replaced)(0.015, 0.5, 0.8) == 0.015, "no more than it buys"


def test_firms_pay_for_integration_from_deposits_and_part_of_the_room_for_loans(plain):
    firms = Few(
        sector=codes(0, 0, 0), region=codes(0, 1, 1), headcount=np.array([500, 500, 3]), capital=numbers(100, 100, 10),
        deposits=numbers(20, 0, 5), loans=numbers(30, 400, 0), integration_support=np.zeros(3),
        integration_funds=np.zeros(3),
    )  # fmt: skip
    abilities, plans = Few(plant=numbers(0.5)), Few(integration_support=numbers(0.2), zone_support=numbers(0.0, 0.4))
    limit = RULES.investment.highest_leverage * 1.1
    plain(fund_integration)(
        firms, abilities, plans, [Few(capital_price=1.1)], Instruments(small_firm_subsidy=0.3), RULES.policy_effects,
        RULES.firms, RULES.investment, 0.25,
    )  # fmt: skip
    assert firms.integration_support == pytest.approx([0.2, 0.4, 0.7])
    assert firms.integration_funds == pytest.approx([20 + 0.25 * (limit * 100 - 30), 0.0, 5 + 0.25 * limit * 10])


def test_research_and_imitation_move_productivity_as_the_equation_says(plain):
    rules = replace(RULES.research, project_gain=0.03, imitation=0.2, fishing_out=2.0)
    firms = Few(
        productivity_gap=numbers(0.3, -0.1, 0.05, 0.2), market_share=numbers(0.2, 0.5, 0.3, 1.0),
        productivity=numbers(10, 11, 12, 13), office_use=numbers(0.6, 0.0, 0.3, 0.2), entrant=codes(0, 0, 1, 0),
        research_share=numbers(0.06, 0.03, 0.03, 0.0),
    )  # fmt: skip
    structure = Few(
        sector_start=np.array([0, 3, 4]), research_staff=numbers(0.03, 0.0), research_cycle_ai=numbers(4.0, 10.0),
        research_relative=numbers(1.5, 0.5),
    )  # fmt: skip
    before, gap = firms.productivity.copy(), firms.productivity_gap.copy()
    macro, instruments = (
        Few(frontier_growth=0.01, productivity_shock=0.0015, public_capital_gain=0.0005),
        Instruments(research_grants=0.004, ip_protection=0.5),
    )
    effects = RULES.policy_effects
    helped = two_kinds([0.8, 0.5], [9.0, 9.0])  # part of the research applications that works; plants do no research
    sectors = Few(held_back=numbers(0.004, 0.002))
    plain(advance_productivity)(
        SEED, QUARTER, firms, sectors, structure, Few(research=helped), [macro], instruments, rules, effects
    )
    found, noise = draws(STREAMS["research"], 4), draws(STREAMS["productivity"], 4, normal)
    worth = 1 + effects.grants_on_projects * 0.004
    delayed = effects.protection_on_imitation * 0.5
    for members, step, held in (([0, 1, 2], 0.03 * 1.5, 0.004), ([3], 0.03 * 0.5, 0.002)):
        shares, gaps = firms.market_share[members], gap[members]
        lead = (shares * gaps).sum()
        best = lead + rules.imitation_deviations * math.sqrt((shares * gaps**2).sum() - lead**2)
        usual = 0.5 * rules.imitation * np.clip(best - gaps, 0, rules.imitation_reach)  # without protection
        pulled, freed = (shares * usual).sum(), held / effects.protection_quarters
        imitated = usual * (1 - delayed + (freed / pulled if pulled > 0 else 0))
        left = held + delayed * pulled - freed if pulled > 0 else held  # nobody is left to imitate in a sector of one
        assert sectors.held_back[0 if len(members) > 1 else 1] == pytest.approx(left)
        ideas = math.exp(-rules.fishing_out * max(lead, 0))
        for place, i in enumerate(members):
            full = structure.research_cycle_ai[0 if i < 3 else 1]
            use = firms.office_use[i] * helped[0, 0 if i < 3 else 1]
            cycle = rules.cycle_quarters - (rules.cycle_quarters - full) * min(1, rules.cycle_response * use)
            effort = (firms.research_share[i] / 0.03) ** rules.success_elasticity if i < 3 else 1.0
            gain = imitated[place] - pulled - step * ideas / rules.cycle_quarters
            gain += step * ideas * worth * (found[i] < effort / cycle)
            gain += rules.idiosyncratic_deviation * noise[i] - rules.idiosyncratic_deviation**2 / 2
            gain *= firms.entrant[i] == 0
            assert firms.productivity_gap[i] == pytest.approx(gap[i] + gain, abs=1e-12)
            assert firms.productivity[i] == pytest.approx(before[i] * math.exp(0.012 + gain))


def test_research_answers_its_cost_its_protection_and_cash(plain):
    rules = RULES.research
    firms = Few(
        sector=codes(0, 0, 1), research_share=np.zeros(3), deposits=numbers(100, 1e6, 50), price=numbers(1, 1, 2),
        sales_quantity=numbers(200, 200, 50),
    )  # fmt: skip
    structure = Few(research_staff=numbers(0.04, 0.01))
    policy = Instruments(research_credit=0.2, ip_protection=0.5)
    plain(choose_research)(firms, structure, policy, RULES.firms, rules, 0.1)
    cheaper = (0.8 * 0.95) ** -rules.price_elasticity
    cash = [100 / (RULES.firms.liquidity_target * 200), 1e9, 50 / (RULES.firms.liquidity_target * 100)]
    cash = np.clip(cash, rules.least_cash, rules.most_cash) ** rules.cash_elasticity
    assert firms.research_share == pytest.approx(
        [0.04 * cheaper * cash[0], 0.04 * cheaper * cash[1], 0.01 * cheaper * cash[2]]
    )


def test_inputs_drift_and_cost_as_much_together(plain):
    opening = np.array([[0.2, 0.3, 0.0], [0.1, 0.2, 0.0], [0.05, 0.1, 0.4]])
    drift = np.array([[0.03, -0.02, 0.0], [-0.04, 0.0, 0.0], [0.5, 0.5, 0.5]])
    structure = Few(input_coefficients=opening, input_drift=drift, energy_rows=np.array([False, False, True]))
    plans = Few(technical_coefficients=np.zeros((3, 3)))
    plain(drift_inputs)(structure, plans, 10.0)
    for buyer in (0, 1):
        grown = [opening[i, buyer] * np.exp(10 * drift[i, buyer]) for i in (0, 1)]
        kept = sum(opening[:2, buyer])
        assert plans.technical_coefficients[:2, buyer] == pytest.approx([kept * one / sum(grown) for one in grown])
    assert plans.technical_coefficients[2] == pytest.approx(opening[2]), "energy has trends of its own"
    assert plans.technical_coefficients[:2, 2].tolist() == [0.0, 0.0], "the third buyer needs energy only"
    plain(drift_inputs)(structure, plans, 0.0)
    assert np.array_equal(plans.technical_coefficients, opening), "the opening is what it was, to the bit"


def test_sectors_diverge_and_gain_nothing_on_average(plain):
    rules = replace(RULES.structural_change, agriculture_trend=0.7, industry_trend=0.2, services_trend=-0.1)
    firms = Few(payroll=numbers(10, 20, 30, 40), productivity=np.ones(4))
    structure = Few(sector_start=np.array([0, 1, 3, 4]), industry=np.array([0, 1, 2]))
    plain(diverge_sectors)(firms, structure, [Few(frontier_growth=0.01)], rules)
    mean = (10 * 0.7 + 50 * 0.2 + 40 * -0.1) / 100
    assert np.log(firms.productivity) == pytest.approx(0.01 * (np.array([0.7, 0.2, 0.2, -0.1]) - mean))
    assert (firms.payroll * np.log(firms.productivity)).sum() == pytest.approx(0.0, abs=1e-12)
