"""Tasks, adoption, data and research of a few firms.

Worked out from docs/model/equations/plans_of_firms.md and competition_and_technology.md.
"""

import math
from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.kernels.adoption import DECISION, advance_adoption, survey_adopters, trade_in_data
from abm.kernels.draws import STREAMS, normal, stream_key, uniform
from abm.kernels.productivity import advance_productivity, choose_research, diverge_sectors
from abm.kernels.subsidies import integration_support, payroll_of_small_firms
from abm.kernels.technology import assign_tasks, services_per_task, stage_subscriptions
from abm.levers.instruments import Instruments
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

RULES = Parameters()
AI = replace(RULES.artificial_intelligence, adoption_benefit=1.3, adoption_peers=2.0, adoption_literacy=0.7)
SEED, QUARTER = 5, 9


def numbers(*values):
    return np.array(values, dtype=float)


def codes(*values):
    return np.array(values, dtype=np.uint8)


def draws(stream, rows, of=uniform):
    key = np.uint64(stream_key(SEED, QUARTER, stream))
    return [of(key, row) for row in range(rows)]


def test_tasks_move_to_capital_and_new_tasks_add_value(plain):
    firms = Few(
        sector=codes(0, 1), ai_use=numbers(0.4, 0.2), new_task_share=numbers(0.05, 0.0), unit_wage=numbers(12.0, 9.0),
        productivity=numbers(30.0, 20.0), price=numbers(1.1, 0.9), displaced_share=np.zeros(2),
        labour_per_unit=np.zeros(2), extra_capital=np.zeros(2), capital_productivity=np.zeros(2),
        materials_per_unit=np.zeros(2), energy_per_unit=np.zeros(2),
    )  # fmt: skip
    sectors = Few(automation=numbers(0.5, 0.3))
    structure = Few(process_share=numbers(0.8, 0.0), capacity_per_capital=numbers(0.2, 0.3), employer_rate=0.25)
    plain(assign_tasks)(firms, sectors, structure, [Few(capital_price=1.2)], RULES.firms, AI)
    for i in range(2):
        use, new = firms.ai_use[i], firms.new_task_share[i]
        displaced = AI.automation * use * sectors.automation[i]
        pay = firms.unit_wage[i] * 1.25 / firms.productivity[i]
        value = 1 + (1 + AI.new_task_gain) * new * pay / firms.price[i]
        without_tasks = structure.capacity_per_capital[i] * (1 + AI.capital_gain * structure.process_share[i] * use)
        needed = 1 + AI.task_capital * displaced * pay / 1.2 * RULES.firms.normal_utilisation * without_tasks
        gain = structure.process_share[i] * (1 - math.exp(-use / AI.process_half))
        assert firms.displaced_share[i] == pytest.approx(displaced)
        assert firms.labour_per_unit[i] == pytest.approx((1 - displaced + new) / value)
        assert firms.capital_productivity[i] == pytest.approx(without_tasks * value / needed)
        assert firms.materials_per_unit[i] == pytest.approx((1 - AI.yield_gain * gain) / value)
        assert firms.energy_per_unit[i] == pytest.approx((1 - AI.energy_saving * gain) / value)
        usual = 1 / structure.capacity_per_capital[i] / RULES.firms.normal_utilisation
        extra = 1 / firms.capital_productivity[i] / RULES.firms.normal_utilisation - usual
        assert firms.extra_capital[i] == pytest.approx(extra)


def test_services_get_cheaper_with_compute_and_dearer_with_tax(plain):
    assert plain(services_per_task)(AI, 4.0) == pytest.approx(AI.task_services * 4.0**-AI.task_services_elasticity)
    taxed = plain(stage_subscriptions)(AI, Instruments(ai_tax=0.5, compute_voucher=0.1, compliance_cost=0.2))
    price = (1 + 0.5 - 0.1) * 1.2
    usual = [0.0, AI.subscription_pilot, AI.subscription_scaled, AI.subscription_autonomous]
    assert taxed == pytest.approx([one * price**-AI.services_elasticity * 1.2 for one in usual])


def test_adopters_and_data_are_surveyed_by_sector(plain):
    firms = Few(ai_stage=codes(0, 2, 1, 0, 0), data_stock=numbers(1, 2, 6, 4, 8))
    sectors, pool = Few(adoption=np.zeros(2)), np.zeros(2)
    plain(survey_adopters)(firms, sectors, Few(sector_start=np.array([0, 3, 5])), pool)
    assert sectors.adoption == pytest.approx([2 / 3, 0]) and pool == pytest.approx([3, 6])


def test_data_are_paid_for_by_adopters_and_earn_in_proportion(plain):
    firms = Few(
        ai_stage=codes(0, 1, 3), ai_spending=numbers(9.0, 4.0, 6.0), data_stock=numbers(1.0, 2.0, 5.0),
        data_income=np.zeros(3),
    )  # fmt: skip
    plain(trade_in_data)(firms, Few(sector_start=np.array([0, 3])), 0.5, AI)
    fees = [0.0, 0.5 * AI.data_fee * 4.0, 0.5 * AI.data_fee * 6.0]
    assert firms.data_income == pytest.approx([sum(fees) * own / 8.0 - fee for own, fee in zip((1, 2, 5), fees)])
    assert firms.data_income.sum() == pytest.approx(0.0, abs=1e-12)


def test_support_adds_up_to_a_limit(plain):
    structure = Few(process_share=numbers(0.5))
    plans = Few(integration_support=numbers(0.2), zone_support=numbers(0.0, 0.4))
    effects, instruments = RULES.policy_effects, Instruments(small_firm_subsidy=0.3)
    given = [
        plain(integration_support)(0, region, small, structure, plans, instruments, effects)
        for region, small in ((0, False), (1, False), (1, True))
    ]
    assert given == pytest.approx([0.2, 0.4, 0.7])
    plans.integration_support[0] = 0.8
    assert plain(integration_support)(0, 1, True, structure, plans, instruments, effects) == effects.highest_support
    small = Few(headcount=np.array([2, 500, 3]), payroll=numbers(10, 7000, 20))
    assert plain(payroll_of_small_firms)(small, replace(RULES.firms, small_staff=50)) == 30


@pytest.fixture
def adopters():
    """Three firms of one process sector, the first of which is sure to consider the next stage."""
    ai = replace(AI, evaluation=1.0)
    firms = Few(
        sector=codes(0, 0, 0), region=codes(0, 1, 0), headcount=np.array([40, 200, 9], dtype=np.int32),
        payroll=numbers(900, 5000, 150), capital=numbers(4000, 30000, 500), deposits=numbers(9000, 90000, 9000),
        loans=numbers(100, 5000, 50), output_with_inputs_ordered=numbers(3000, 20000, 9000),
        price=numbers(1.0, 1.1, 0.9),
        sales_quantity=numbers(3100, 19000, 420), literate_share=numbers(0.3, 0.2, 0.1), ai_stage=codes(0, 1, 2),
        ai_capability=np.zeros(3), ai_use=numbers(0.0, 0.1, 0.2), data_stock=numbers(0.8, 2.0, 0.3),
        new_task_share=numbers(0.0, 0.01, 0.02), integration_due=np.zeros(3),
        adoption_subsidy_due=np.zeros(3),
        breached=codes(0, 0, 0), fine=np.zeros(3), ai_spending=numbers(0, 20, 3),
    )  # fmt: skip
    sectors = Few(
        adoption=numbers(0.5), automation=numbers(0.4), augmentation=numbers(0.6), input_cost=numbers(0.6),
        energy_cost=numbers(0.05),
    )  # fmt: skip
    structure = Few(process_share=numbers(0.7), black_box=numbers(0.4), size_elasticity=0.5, depreciation=0.02)
    plans = Few(
        data_pool=numbers(1.0), legal_clarity=numbers(0.3), zone_clarity=numbers(0.0, 0.5),
        public_compute=numbers(0.01), integration_support=numbers(0.1), zone_support=numbers(0.0, 0.2),
    )  # fmt: skip
    macro = Few(mean_wage=25.0, capital_price=1.1, algorithm=0.5, integration_price=0.8, compute_quality=2.0)
    instruments = Instruments(explanation=0.2, ai_tax=0.1, data_security=0.3, small_firm_subsidy=0.2)
    return ai, firms, sectors, structure, plans, macro, instruments


def decide(plain, adopters):
    ai, firms, sectors, structure, plans, macro, instruments = adopters
    plain(advance_adoption)(
        SEED, QUARTER, firms, sectors, structure, plans, [macro], instruments, ai, RULES.firms, RULES.investment,
        RULES.policy_effects,
    )  # fmt: skip
    return firms


def odds_of(adopters, i, use_before, capability):
    """Log odds, cost and net cost of the next stage of firm i.

    As in docs/model/equations/competition_and_technology.md.
    """
    ai, firms, sectors, structure, _, macro, instruments = adopters
    stage_use = [0.0, ai.use_pilot, ai.use_scaled, ai.use_autonomous]
    price = 1 + instruments.ai_tax
    services = [0.0, ai.subscription_pilot, ai.subscription_scaled, ai.subscription_autonomous]
    services = [one * price**-ai.services_elasticity for one in services]
    k = use_before
    change = (stage_use[k + 1] - stage_use[k]) * capability
    before = stage_use[k] * capability
    concave = math.exp(-before / ai.process_half) - math.exp(-(before + change) / ai.process_half)
    capital_cost = (structure.depreciation + RULES.investment.required_return) * ai.task_capital
    service_cost = ai.task_services * macro.compute_quality**-ai.task_services_elasticity * price
    on_tasks = ai.automation * (1 - capital_cost - service_cost) * sectors.automation[0]
    on_tasks += ai.new_task_gain * ai.reinstatement * ai.new_task_life * sectors.augmentation[0]
    on_people = (1 - ai.rent_share) * ai.augmentation * sectors.augmentation[0] * firms.literate_share[i]
    on_capital = ai.process_capital_return * 0.7 * ai.capital_gain * macro.capital_price * firms.capital[i]
    on_goods = 0.7 * concave * firms.output_with_inputs_ordered[i] * (ai.energy_saving * 0.05 + ai.yield_gain * 0.6)
    benefit = change * (firms.payroll[i] * (on_tasks + on_people) + on_capital) + on_goods
    benefit -= (services[k + 1] - services[k]) * firms.payroll[i] * price
    fixed = [0.0, ai.fixed_cost_pilot, ai.fixed_cost_scaled, ai.fixed_cost_autonomous][k + 1]
    share = [0.0, ai.payroll_cost_pilot, ai.payroll_cost_scaled, ai.payroll_cost_autonomous][k + 1]
    size = (firms.headcount[i] / RULES.firms.least_staff) ** (1 - structure.size_elasticity)
    cost = (fixed * macro.mean_wage * size + share * firms.payroll[i]) * macro.integration_price
    support = 0.1 + 0.7 * (0.2 if firms.region[i] == 1 else 0.0)
    support += 0.2 if firms.headcount[i] < RULES.firms.small_staff else 0.0
    net = cost * (1 - support)
    distrust = ai.adoption_black_box * 0.4 * (1 - instruments.explanation) * 0.5 * (k + 1)
    odds = ai.adoption_constant + ai.adoption_benefit * math.log(ai.payback_quarters * benefit / net)
    odds += ai.adoption_peers * (0.5 - ai.adoption_peers_norm) + ai.adoption_literacy * firms.literate_share[i]
    odds += -distrust + 0.3 + 0.7 * (0.5 if firms.region[i] == 1 else 0.0)
    return odds, cost, net


def test_capability_use_data_and_breaches_follow_their_equations(plain, adopters):
    ai, before = adopters[0], {name: np.copy(value) for name, value in vars(adopters[1]).items()}
    firms = decide(plain, adopters)
    sizes = before["headcount"] ** 0.5
    services = (
        np.array([ai.subscription_pilot, ai.subscription_pilot, ai.subscription_scaled]) * 1.1**-ai.services_elasticity
    )
    for i in range(3):
        k = before["ai_stage"][i]
        wanted = sizes[i] / sizes.mean() * (1 + ai.data_by_stage * k)
        assert firms.data_stock[i] == pytest.approx(
            before["data_stock"][i] + ai.data_decay * (wanted - before["data_stock"][i])
        )
        data = firms.data_stock[i] + 0.1 * ai.data_pool * 1.0
        spending = before["ai_spending"][i] / before["payroll"][i] + (services[0] if k == 0 else 0.0)
        spending += 0.01 if before["headcount"][i] < RULES.firms.small_staff else 0.0
        compute = spending * 2.0
        able = before["literate_share"][i]
        legs = (
            data / (data + ai.data_half),
            compute / (compute + ai.compute_half),
            0.5 * (0.3 + 0.7 * able / (able + ai.algorithm_absorption)),
        )
        capability = 1 / (0.33 / legs[0] + 0.33 / legs[1] + 0.34 / legs[2])
        assert firms.ai_capability[i] == pytest.approx(capability)
        goal = [0.0, ai.use_pilot, ai.use_scaled][k] * capability
        use = before["ai_use"][i] + ai.implementation_speed * (goal - before["ai_use"][i])
        assert firms.ai_use[i] == pytest.approx(use)
        new = before["new_task_share"][i]
        assert firms.new_task_share[i] == pytest.approx(new + ai.reinstatement * use * 0.6 - new / ai.new_task_life)
        hazard = ai.breach_rate * k * min(data, ai.breach_data_limit) * (1 - 0.3)
        breached = draws(STREAMS["breach"], 3)[i] < hazard
        assert firms.breached[i] == breached
        assert firms.fine[i] == pytest.approx(
            ai.breach_fine * 4 * before["price"][i] * before["sales_quantity"][i] * breached
        )


@pytest.mark.parametrize("shift", [-8.0, 0.0, 8.0])
def test_a_firm_adopts_with_the_odds_of_the_equation(plain, adopters, shift):
    adopters = (replace(adopters[0], adoption_constant=AI.adoption_constant + shift), *adopters[1:])
    stages = adopters[1].ai_stage.copy()
    firms = decide(plain, adopters)
    decisions = draws(DECISION, 3)
    adopted = 0
    for i in range(3):
        odds, cost, net = odds_of(adopters, i, int(stages[i]), firms.ai_capability[i])
        takes = decisions[i] < 1 / (1 + math.exp(-odds))
        adopted += takes
        assert firms.ai_stage[i] == stages[i] + takes
        assert firms.integration_due[i] == pytest.approx(cost * takes)
        assert firms.adoption_subsidy_due[i] == pytest.approx((cost - net) * takes)
    assert adopted == {-8.0: 0, 8.0: 3}.get(shift, adopted)


def test_a_firm_without_means_or_benefit_does_not_adopt(plain, adopters):
    adopters = (replace(adopters[0], adoption_constant=50.0), *adopters[1:])
    firms = adopters[1]
    firms.deposits[:], firms.loans[:] = 0.0, 1e9
    stages = firms.ai_stage.copy()
    assert (decide(plain, adopters).ai_stage == stages).all()


def test_research_and_imitation_move_productivity_as_the_equation_says(plain):
    rules = replace(RULES.research, project_gain=0.03, imitation=0.2, fishing_out=2.0)
    firms = Few(
        productivity_gap=numbers(0.3, -0.1, 0.05, 0.2), market_share=numbers(0.2, 0.5, 0.3, 1.0),
        productivity=numbers(10, 11, 12, 13), ai_use=numbers(0.6, 0.0, 0.3, 0.2), entrant=codes(0, 0, 1, 0),
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
    plain(advance_productivity)(SEED, QUARTER, firms, structure, [macro], instruments, rules, effects)
    found, noise = draws(STREAMS["research"], 4), draws(STREAMS["productivity"], 4, normal)
    worth = (1 + effects.grants_on_projects * 0.004) * (1 + effects.protection_on_projects * 0.5)
    speed = rules.imitation * (1 - effects.protection_on_imitation * 0.5)
    for members, step in (([0, 1, 2], 0.03 * 1.5), ([3], 0.03 * 0.5)):
        shares, gaps = firms.market_share[members], gap[members]
        lead = (shares * gaps).sum()
        best = lead + rules.imitation_deviations * math.sqrt((shares * gaps**2).sum() - lead**2)
        imitated = 0.5 * speed * np.clip(best - gaps, 0, rules.imitation_reach)
        usual = 0.5 * rules.imitation * np.clip(best - gaps, 0, rules.imitation_reach)  # without protection
        ideas = math.exp(-rules.fishing_out * max(lead, 0))
        for place, i in enumerate(members):
            full = structure.research_cycle_ai[0 if i < 3 else 1]
            cycle = rules.cycle_quarters - (rules.cycle_quarters - full) * min(1, 1.5 * firms.ai_use[i])
            effort = (firms.research_share[i] / 0.03) ** rules.success_elasticity if i < 3 else 1.0
            gain = imitated[place] - (shares * usual).sum() - step * ideas / rules.cycle_quarters
            gain += step * ideas * worth * (found[i] < effort / cycle)
            gain += rules.idiosyncratic_deviation * noise[i] - rules.idiosyncratic_deviation**2 / 2
            gain *= firms.entrant[i] == 0
            assert firms.productivity_gap[i] == pytest.approx(gap[i] + gain, abs=1e-12)
            assert firms.productivity[i] == pytest.approx(before[i] * math.exp(0.012 + gain))


def test_research_answers_its_cost_and_cash(plain):
    rules = RULES.research
    firms = Few(
        sector=codes(0, 0, 1), research_share=np.zeros(3), deposits=numbers(100, 1e6, 50), price=numbers(1, 1, 2),
        sales_quantity=numbers(200, 200, 50),
    )  # fmt: skip
    structure = Few(research_staff=numbers(0.04, 0.01))
    plain(choose_research)(firms, structure, Instruments(research_credit=0.2), RULES.firms, rules)
    cheaper = 0.8**-rules.price_elasticity
    cash = [100 / (RULES.firms.liquidity_target * 200), 1e9, 50 / (RULES.firms.liquidity_target * 100)]
    cash = np.clip(cash, rules.least_cash, rules.most_cash) ** rules.cash_elasticity
    assert firms.research_share == pytest.approx(
        [0.04 * cheaper * cash[0], 0.04 * cheaper * cash[1], 0.01 * cheaper * cash[2]]
    )


def test_sectors_diverge_and_gain_nothing_on_average(plain):
    rules = replace(RULES.structural_change, agriculture_trend=0.7, industry_trend=0.2, services_trend=-0.1)
    firms = Few(payroll=numbers(10, 20, 30, 40), productivity=np.ones(4))
    structure = Few(sector_start=np.array([0, 1, 3, 4]), industry=np.array([0, 1, 2]))
    plain(diverge_sectors)(firms, structure, [Few(frontier_growth=0.01)], rules)
    mean = (10 * 0.7 + 50 * 0.2 + 40 * -0.1) / 100
    assert np.log(firms.productivity) == pytest.approx(0.01 * (np.array([0.7, 0.2, 0.2, -0.1]) - mean))
    assert (firms.payroll * np.log(firms.productivity)).sum() == pytest.approx(0.0, abs=1e-12)
