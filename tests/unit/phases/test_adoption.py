"""Data, compute and algorithm, capability and use, breaches and adoption.

Worked out from docs/model/equations/competition_and_technology.md.
"""

import numpy as np
import pytest
from laboratory import before, codes

from abm.data import load_tables
from abm.levers.instruments import by_code
from abm.sectors import having

pytestmark = pytest.mark.unit

EXACT = 1e-9
PHASE = "firms_adopt_ai"
SEEDS = 120  # draws of the decision to adopt
PUBLIC = having(load_tables().roles, "public")
REGIONS = [region.code for region in load_tables().economy.regions]
INSTRUMENTS = {
    "adoption_subsidy": 0.1, "process_subsidy": 0.2, "small_firm_subsidy": 0.15, "compute_voucher": 0.3, "ai_tax": 0.1,
    "compliance_cost": 0.05, "data_openness": 0.3, "data_market": 0.4, "public_compute": 0.001, "explanation": 0.4,
    "regulatory_clarity": 0.8, "ai_procurement": 0.002, "data_security": 0.5, "research_grants": 0.003,
    "international_cooperation": 1.4, "export_controls": 0.4,
    "sector_subsidy": {codes()[0]: 0.1, codes()[-1]: 0.2},
    "zone_subsidy": {"region_1": 0.1, "region_3": 0.2, "region_4": 0.3},
    "zone_clarity": {"*": 0.2, "region_2": 0.5, "region_3": 0.0, "region_4": 0.1},
}  # fmt: skip


@pytest.fixture(params=[{}, INSTRUMENTS], ids=["none", "all"])
def adopted(request):
    """Before and after, with research above its opening share of GDP and firms that can pay."""
    lab = before(PHASE, quarters=8)
    lab.macro.research_spending *= 1.3
    lab.firms.deposits[::2] *= 30
    lab.set("artificial_intelligence", evaluation=0.5)
    lab = lab.after(**request.param)
    return lab, lab.after(PHASE)


def size(lab):
    """(firms,) staff to the power of the size elasticity over its mean."""
    found = lab.firms.headcount.astype(float) ** lab.constants.size_elasticity
    return found / found.mean()


def test_the_frontier_compute_and_integration_move_on(adopted):
    lab, after = adopted
    a, policy, ai, f = lab.macro, lab.policy, lab.parameters.artificial_intelligence, lab.firms
    research = a.research_spending / a.nominal_gdp / lab.constants.research_intensity - 1
    use = (f.ai_use * f.output).sum() / f.output.sum() + 20 * policy.ai_procurement
    speed = 0.5 + 0.5 * policy.international_cooperation + 30 * policy.research_grants
    speed += ai.algorithm_research * research + ai.algorithm_adoption * use
    frontier = a.algorithm + ai.algorithm_speed * speed * a.algorithm * (1 - a.algorithm)
    assert after.macro.algorithm == pytest.approx(frontier, rel=EXACT)
    progress = ai.compute_growth * (1 - ai.imported_compute * policy.export_controls)
    quality = a.compute_quality * (1 + progress * ai.compute_growth_decay**lab.quarter)
    assert after.macro.compute_quality == pytest.approx(quality, rel=EXACT)
    assert after.macro.integration_price == pytest.approx((1 - ai.cost_fall) ** lab.quarter, rel=EXACT)
    assert research > 0.1 and use > 0.01


def data(lab):
    """(firms,) own data a quarter later, and with the part of the sector's that can be used."""
    f, ai, policy = lab.firms, lab.parameters.artificial_intelligence, lab.policy
    own = f.data_stock + ai.data_decay * (size(lab) * (1 + 0.5 * f.ai_stage) - f.data_stock)
    pool = lab.by_sector(f.data_stock) / np.bincount(f.sector)
    open_ = policy.data_openness + policy.data_market * (1 - policy.data_openness)
    return own, own + open_ * ai.data_pool * pool[f.sector]


def capabilities(lab, after):
    f, ai, policy, a = lab.firms, lab.parameters.artificial_intelligence, lab.policy, after.macro
    usual = np.array([0.0, ai.subscription_pilot, ai.subscription_scaled, ai.subscription_autonomous])
    price = (1 + policy.ai_tax - policy.compute_voucher) * (1 + policy.compliance_cost)
    subscription = usual * price**-ai.services_elasticity * (1 + policy.compliance_cost)
    small = f.headcount < lab.parameters.firms.small_staff
    given = policy.public_compute * lab.macro.trend_gdp / f.payroll[small].sum()
    comply = 1 + policy.compliance_cost
    spending = f.ai_spending / np.maximum(f.payroll, 1e-9) + np.where(f.ai_stage == 0, subscription[1], 0)
    spending += np.where(small, given * comply, 0)
    compute = spending * a.compute_quality / comply
    legs = (
        data(lab)[1] / (data(lab)[1] + ai.data_half), compute / (compute + ai.compute_half),
        a.algorithm * (0.3 + 0.7 * f.literate_share / (f.literate_share + ai.algorithm_absorption)),
    )  # fmt: skip
    exponent, whole = ai.substitution, np.minimum.reduce(legs) > 0
    total = sum(
        weight * np.where(whole, leg, 1.0) ** exponent for weight, leg in zip((0.33, 0.33, 0.34), legs, strict=True)
    )
    return np.where(whole, total ** (1 / exponent), 0.0), subscription


def test_capability_is_data_compute_and_algorithm_as_far_as_staff_absorb_it(adopted):
    lab, after = adopted
    own, _ = data(lab)
    assert after.firms.data_stock == pytest.approx(own, rel=EXACT)
    found, _ = capabilities(lab, after)
    assert after.firms.ai_capability == pytest.approx(found, rel=EXACT)
    assert (found > 0.05).sum() > 100


def test_use_follows_stage_and_capability_and_new_tasks_follow_use(adopted):
    lab, after = adopted
    f, ai = lab.firms, lab.parameters.artificial_intelligence
    stages = np.array([0.0, ai.use_pilot, ai.use_scaled, ai.use_autonomous])
    wanted = stages[f.ai_stage] * after.firms.ai_capability
    use = f.ai_use + ai.implementation_speed * (wanted - f.ai_use)
    assert after.firms.ai_use == pytest.approx(use, rel=EXACT, abs=1e-15)
    tasks = f.new_task_share + ai.reinstatement * use * lab.sectors.augmentation[f.sector]
    tasks -= f.new_task_share / ai.new_task_life
    assert after.firms.new_task_share == pytest.approx(tasks, rel=EXACT, abs=1e-15)


def test_data_leak_from_those_with_data_and_stage_and_cost_a_fine(adopted):
    lab, after = adopted
    f, ai = lab.firms, lab.parameters.artificial_intelligence
    hazard = ai.breach_rate * f.ai_stage * np.minimum(data(lab)[1], 3.0) * (1 - lab.policy.data_security)
    breached = lab.uniform("breach", range(f.rows)) < hazard
    assert (after.firms.breached == breached).all()
    fine = np.where(breached, ai.breach_fine * 4 * f.price * f.sales_quantity, 0)
    assert after.firms.fine == pytest.approx(fine, rel=EXACT)
    assert breached.sum() > 3


def clarity(lab):
    """(sectors,) log odds from rules and public orders, before they age."""
    a, policy = lab.macro, lab.policy
    law = a.legal_clarity + (policy.regulatory_clarity - a.legal_clarity) / policy.regulation_lag
    found = np.full(len(codes()), law)
    found[PUBLIC] += 500 * policy.ai_procurement
    return found, law


def decisions(lab, after):
    """(firms,) benefit of the next stage, cost before and after subsidies, odds, and what can be paid."""
    f, s, a, policy = lab.firms, lab.sectors, after.macro, lab.policy
    structure, ai, p = lab.constants, lab.parameters.artificial_intelligence, lab.parameters
    sector, process = f.sector, structure.process_share[f.sector]
    skill, subscription = capabilities(lab, after)
    stage = np.minimum(f.ai_stage, 2)
    stages = np.array([0.0, ai.use_pilot, ai.use_scaled, ai.use_autonomous])
    change = (stages[stage + 1] - stages[stage]) * skill
    task_cost = (structure.depreciation + p.investment.required_return) * ai.task_capital
    running = 1 + policy.ai_tax - policy.compute_voucher
    services = ai.task_services * a.compute_quality**-ai.task_services_elasticity * (1 + policy.compliance_cost)
    saving = 1 - task_cost - services * running
    tasks = ai.automation * saving * s.automation[sector]
    tasks += ai.new_task_gain * ai.reinstatement * ai.new_task_life * s.augmentation[sector]
    people = (1 - ai.rent_share) * ai.augmentation * s.augmentation[sector] * f.literate_share
    means = 0.03 * process * ai.capital_gain * a.capital_price * f.capital

    def gain(use):
        return 1 - np.exp(-use / ai.process_half)

    concave = gain(stages[stage] * skill + change) - gain(stages[stage] * skill)
    inputs = ai.energy_saving * s.energy_cost[sector] + ai.yield_gain * s.input_cost[sector]
    pay = np.maximum(f.payroll, 1e-9)
    benefit = change * (pay * (tasks + people) + means) + process * concave * f.output_with_inputs_ordered * inputs
    benefit -= (subscription[stage + 1] - subscription[stage]) * pay * running
    fixed = np.array([0.0, ai.fixed_cost_pilot, ai.fixed_cost_scaled, ai.fixed_cost_autonomous])[stage + 1]
    payroll = np.array([0.0, ai.payroll_cost_pilot, ai.payroll_cost_scaled, ai.payroll_cost_autonomous])[stage + 1]
    heads = np.maximum(f.headcount, 1) / p.firms.least_staff
    cost = fixed * a.mean_wage * heads ** (1 - structure.size_elasticity) + payroll * pay
    cost *= a.integration_price
    help_ = policy.adoption_subsidy + policy.process_subsidy * process + by_code(policy.sector_subsidy, codes())[sector]
    help_ += process * by_code(policy.zone_subsidy, REGIONS)[f.region]
    help_ += np.where(f.headcount < p.firms.small_staff, policy.small_firm_subsidy, 0)
    net = cost * (1 - np.minimum(0.9, help_))
    credit = np.maximum(0, p.investment.highest_leverage * a.capital_price * f.capital - f.loans)
    adoption = np.bincount(sector, weights=f.ai_stage > 0) / np.bincount(sector)
    odds = ai.adoption_constant + ai.adoption_peers * (adoption[sector] - 0.3)
    odds += ai.adoption_benefit * np.log(ai.payback_quarters * np.maximum(benefit, 1e-12) / net)
    odds += ai.adoption_literacy * f.literate_share + clarity(lab)[0][sector]
    box = structure.black_box[sector] * (1 - policy.explanation)
    odds -= ai.adoption_black_box * box * 0.5 * (f.ai_stage + 1)
    odds += process * by_code(policy.zone_clarity, REGIONS)[f.region]
    return benefit, cost, net, odds, f.deposits + 0.3 * credit


def test_firms_take_the_next_stage_with_the_odds_of_its_benefit_over_its_cost(adopted):
    lab, after = adopted
    f, ai = lab.firms, lab.parameters.artificial_intelligence
    benefit, cost, net, odds, affordable = decisions(lab, after)
    rows = range(f.rows)
    considers = (f.ai_stage < 3) & (lab.uniform("evaluation", rows) < ai.evaluation)
    possible = considers & (benefit > 0) & (net < affordable)
    chance = 1 / (1 + np.exp(-odds))
    rose = after.firms.ai_stage > f.ai_stage
    assert (after.firms.ai_stage[rose] == f.ai_stage[rose] + 1).all() and (after.firms.ai_stage >= f.ai_stage).all()
    assert (rose <= possible).all() and (considers & ~possible).any()
    expected, error = chance[possible].sum(), np.sqrt((chance * (1 - chance))[possible].sum())
    assert rose.sum() == pytest.approx(expected, abs=3 * error)
    assert after.firms.integration_due == pytest.approx(np.where(rose, cost, 0), rel=EXACT)
    assert after.firms.adoption_subsidy_due == pytest.approx(np.where(rose, cost - net, 0), rel=EXACT, abs=1e-9)
    shares = np.bincount(f.sector, weights=after.firms.ai_stage > 0) / np.bincount(f.sector)
    assert after.sectors.adoption == pytest.approx(shares, rel=EXACT)


def one_candidate():
    """An economy in which a single firm considers its first stage, always, and can pay."""
    lab = before(PHASE, quarters=8)
    lab.set("artificial_intelligence", evaluation=1.0)
    f = lab.firms
    f.deposits[:] = 1e9
    able, _, _, odds, _ = decisions(lab, lab.after(PHASE))
    fits = np.flatnonzero((f.ai_stage == 0) & (able > 0) & (np.abs(odds + 1.5) < 1.5))
    assert fits.size > 10
    return lab, fits


def chances(lab, fits, seeds=SEEDS):
    """Share of ``fits`` that rise, over many seeds."""
    rose = 0
    for seed in range(seeds):
        trial = lab.copy()
        trial.economy.seed = 1_000 + seed
        rose += (trial.do(PHASE).firms.ai_stage[fits] == 1).sum()
    return rose / (seeds * fits.size)


def literate(lab):
    lab.firms.literate_share[:] = np.minimum(1, lab.firms.literate_share + 0.6)


def distrusted(lab):
    lab.constants.black_box = lab.constants.black_box + 1.0


def clear(lab):
    lab.macro.legal_clarity += 1.0


@pytest.mark.parametrize(("change", "sign"), [(literate, 1), (distrusted, -1), (clear, 1)])
def test_literacy_and_clear_rules_raise_adoption_and_distrust_lowers_it(change, sign):
    lab, fits = one_candidate()
    if change is literate:  # nothing else that literacy does
        lab.set("artificial_intelligence", augmentation=0.0, algorithm_absorption=0.01)
    changed = lab.copy()
    change(changed)
    plain, after = chances(lab, fits), chances(changed, fits)
    expected = [
        (1 / (1 + np.exp(-decisions(one, one.after(PHASE))[3][fits]))).mean() for one in (lab, changed)
    ]  # fmt: skip
    assert (plain, after) == pytest.approx(tuple(expected), abs=4 * 0.5 / np.sqrt(SEEDS * fits.size))
    assert sign * (after - plain) > 0.02


def test_rules_grow_old_as_use_spreads(adopted):
    lab, after = adopted
    before_ = np.mean(np.bincount(lab.firms.sector, weights=lab.firms.ai_stage > 0) / np.bincount(lab.firms.sector))
    rise = max(0.0, after.sectors.adoption.mean() - before_)
    assert after.macro.legal_clarity == pytest.approx(clarity(lab)[1] * (1 - rise), rel=EXACT, abs=1e-15)
    assert rise > 0


def test_data_that_are_sold_are_paid_for_by_adopters_and_go_to_those_who_have_them(adopted):
    lab, after = adopted
    f, policy, ai = lab.firms, lab.policy, lab.parameters.artificial_intelligence
    paid = policy.data_market * ai.data_fee * np.where(after.firms.ai_stage > 0, f.ai_spending, 0)
    stock = after.firms.data_stock
    received = stock / lab.by_sector(stock)[f.sector] * lab.by_sector(paid)[f.sector]
    assert after.firms.data_income == pytest.approx(received - paid, rel=1e-7, abs=1e-9)
    assert np.abs(lab.by_sector(after.firms.data_income)).max() < 1e-9 * max(paid.sum(), 1)


def test_without_artificial_intelligence_nothing_of_it_moves():
    lab = before(PHASE)
    lab.set("artificial_intelligence", enabled=False)
    after = lab.after(PHASE)
    assert after.macro.algorithm == lab.macro.algorithm
    assert (after.firms.ai_use == lab.firms.ai_use).all()
