"""Data, compute and algorithm, capability and use, breaches, and what departments decide on AI.

Worked out from docs/model/equations/competition_and_technology.md.
"""

from math import comb

import numpy as np
import pytest
from laboratory import before, codes

from abm.data import load_tables
from abm.economics.public_compute import compute_is_given
from abm.levers.instruments import by_code
from abm.sectors import having

pytestmark = pytest.mark.unit

EXACT = 1e-9
USE, ADOPT = "firms_use_ai", "departments_adopt_ai"
COUNTS = ("office_pilots", "office_scaled", "process_pilots", "process_scaled")
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


def grown(phase):
    """Firms thirty times as large as in so small an economy, in all sizes; every other one has plenty of money."""
    lab = before(phase, quarters=8)
    lab.macro.research_spending *= 1.3
    f = lab.firms
    f.headcount[:] = np.maximum(1, f.headcount * 30 ** (np.arange(f.rows) % 3 / 2)).astype(f.headcount.dtype)
    f.deposits[::2] = 1e9
    f.deposits[1::2] *= 0.2
    return lab


@pytest.fixture(params=[{}, INSTRUMENTS], ids=["none", "all"])
def used(request):
    """Before and after firms use AI."""
    lab = grown(USE).after(**request.param)
    compute_is_given(lab.economy)
    return lab, lab.after(USE)


@pytest.fixture(params=[{}, INSTRUMENTS], ids=["none", "all"])
def adopted(request):
    """Before and after departments decide, often and with pilots that soon end."""
    lab = grown(ADOPT)
    lab.set("adoption", evaluation=0.5, peers=1.5, abandonment=0.1, pilot_quarters=2.0, departments_elasticity=0.5)
    lab.set("office_ai", pilot_cost=0.6)
    lab.set("adoption", credit=0.0)
    lab.firms.deposits[1::2] *= 0.05
    lab.do(ADOPT)  # so that counts fit the sizes
    lab.macro.talent_need = 1.2  # some wait
    lab = lab.after(**request.param)
    return lab, lab.after(ADOPT)


def size(lab):
    """(firms,) staff to the power of the size elasticity over its mean at the opening."""
    return lab.firms.headcount.astype(float) ** lab.constants.size_elasticity / lab.constants.usual_size


def test_the_frontier_compute_and_integration_move_on(used):
    lab, after = used
    a, policy, ai, f = lab.macro, lab.policy, lab.parameters.artificial_intelligence, lab.firms
    research = a.research_spending / a.nominal_gdp / lab.constants.research_intensity - 1
    use = (f.office_use * f.output).sum() / f.output.sum() + 20 * policy.ai_procurement
    speed = 0.5 + 0.5 * policy.international_cooperation + 30 * policy.research_grants
    speed += ai.algorithm_research * research + ai.algorithm_adoption * use
    frontier = a.algorithm + ai.algorithm_speed * speed * a.algorithm * (1 - a.algorithm)
    assert after.macro.algorithm == pytest.approx(frontier, rel=EXACT)
    progress = ai.compute_growth * (1 - ai.imported_compute * policy.export_controls)
    quality = a.compute_quality * (1 + progress * ai.compute_growth_decay**lab.quarter)
    assert after.macro.compute_quality == pytest.approx(quality, rel=EXACT)
    scarce = max(1.0, a.talent_need) ** lab.parameters.integration.price_elasticity
    assert after.macro.integration_price == pytest.approx((1 - ai.cost_fall) ** lab.quarter * scarce, rel=EXACT)
    assert research > 0.1 and use > 0.01


def data(lab):
    """(firms,) own data a quarter later, and with the part of the sector's that can be used."""
    f, ai, policy = lab.firms, lab.parameters.artificial_intelligence, lab.policy
    under_ai = np.maximum(f.office_cover, f.process_cover)
    own = f.data_stock + ai.data_decay * (size(lab) * (1 + ai.data_by_use * under_ai) - f.data_stock)
    constants = lab.constants
    shared = constants.persons_per_worker * lab.by_sector(f.data_stock) / constants.opening_data
    pool = constants.opening_mean_data * shared**ai.data_scale
    trust = 1 - ai.data_distrust * (1 - policy.data_security)
    bought = np.where(f.ai_stage > 0, policy.data_market * trust * (1 - policy.data_openness), 0)
    open_ = policy.data_openness + bought
    return own, own + open_ * ai.data_pool * pool[f.sector]


def capabilities(lab, after):
    f, ai, policy = lab.firms, lab.parameters.artificial_intelligence, lab.policy
    comply = 1 + policy.compliance_cost
    price = (1 + policy.ai_tax - policy.compute_voucher) * comply
    bought = lab.parameters.office_ai.running * price**-ai.services_elasticity  # what complies apart
    small = f.headcount < lab.parameters.firms.small_staff
    under_ai = np.maximum(f.office_cover, f.process_cover)
    given = policy.public_compute * lab.macro.trend_gdp / (f.payroll * under_ai)[small].sum()
    beyond = given - min(bought, given)  # what it is given in place of what it would have bought adds nothing
    compute = (bought + np.where(small, beyond, 0)) * after.macro.compute_quality
    legs = (
        data(lab)[1] / (data(lab)[1] + ai.data_half), compute / (compute + ai.compute_half),
        0.3 + 0.7 * f.literate_share / (f.literate_share + ai.algorithm_absorption),
    )  # fmt: skip
    return 1 / (0.33 / legs[0] + 0.33 / legs[1] + 0.34 / legs[2])


def test_capability_is_data_compute_and_what_staff_can_use_of_the_algorithm(used):
    lab, after = used
    assert after.firms.data_stock == pytest.approx(data(lab)[0], rel=EXACT)
    assert lab.parameters.artificial_intelligence.substitution == -1.0
    found = capabilities(lab, after)
    assert after.firms.ai_capability == pytest.approx(found, rel=1e-8)
    assert (found > 0.05).sum() > 100


def test_staff_and_plant_follow_departments_with_a_lag(used):
    lab, after = used
    for kind, rules in (("office", lab.parameters.office_ai), ("process", lab.parameters.process_ai)):
        pilots, scaled, cover = (getattr(lab.firms, f"{kind}_{name}") for name in ("pilots", "scaled", "cover"))
        aim = (rules.cover_pilot * pilots + rules.cover_scaled * scaled) / lab.firms.departments
        expected = cover + rules.cover_speed * (aim - cover)
        assert getattr(after.firms, f"{kind}_cover") == pytest.approx(expected, rel=EXACT, abs=1e-15)
        assert (aim > 0).sum() > 20, kind


def test_use_is_cover_times_capability_over_the_usual_and_the_literate_come_first(used):
    lab, after = used
    f, rules = after.firms, lab.parameters
    strength = f.ai_capability / lab.constants.usual_capability
    for kind in ("office", "process"):
        expected = np.minimum(1, getattr(f, f"{kind}_cover") * strength)
        assert getattr(f, f"{kind}_use") == pytest.approx(expected, rel=EXACT, abs=1e-15)
    able = lab.firms.literate_share
    reached = np.minimum(1, np.divide(f.office_cover, able, out=np.zeros(f.rows), where=able > 0))
    helped = np.minimum(1, f.office_use / np.maximum(f.office_cover, 1e-300) * reached)
    assert f.assistance == pytest.approx(helped, rel=1e-7)
    assert ((reached > 0) & (reached < 1)).any() and (reached == 1).any()
    ai, new = rules.artificial_intelligence, lab.firms.new_task_share
    arisen = (ai.reinstatement * lab.firms.displaced_share - new) / ai.new_task_life
    assert f.new_task_share == pytest.approx(new + arisen, rel=EXACT, abs=1e-15)
    assert f.integrating == pytest.approx(lab.firms.integrating * (1 - 1 / rules.office_ai.own_quarters), rel=EXACT)


def test_data_leak_from_those_with_data_and_stage_and_cost_a_fine(used):
    lab, after = used
    f, ai = lab.firms, lab.parameters.artificial_intelligence
    hazard = ai.breach_rate * f.ai_stage * np.minimum(data(lab)[1], 3.0) * (1 - lab.policy.data_security)
    breached = lab.uniform("breach", range(f.rows)) < hazard
    assert (after.firms.breached == breached).all()
    fine = np.where(breached, ai.breach_fine * 4 * f.price * f.sales_quantity, 0)
    assert after.firms.fine == pytest.approx(fine, rel=EXACT)
    assert breached.sum() > 3


def test_data_that_are_sold_are_paid_for_by_adopters_and_go_to_those_who_have_them(used):
    lab, after = used
    f, policy, ai = lab.firms, lab.policy, lab.parameters.artificial_intelligence
    paid = policy.data_market * ai.data_fee * np.where(f.ai_stage > 0, f.ai_spending, 0)
    stock = after.firms.data_stock
    received = stock / lab.by_sector(stock)[f.sector] * lab.by_sector(paid)[f.sector]
    assert after.firms.data_income == pytest.approx(received - paid, rel=1e-7, abs=1e-9)
    assert np.abs(lab.by_sector(after.firms.data_income)).max() < 1e-9 * max(paid.sum(), 1)


def test_firms_have_as_many_departments_as_their_size_says(adopted):
    lab, after = adopted
    f, rules = lab.firms, lab.parameters.adoption
    mean = np.maximum(1, f.headcount / rules.departments_from) ** rules.departments_elasticity
    own = lab.uniform("departments", range(f.rows), seed=lab.economy.seed)  # which a firm keeps
    assert (after.firms.departments == np.floor(mean + own)).all()
    assert after.firms.departments.max() >= 4 and (after.firms.departments == 1).sum() > 50


def clarity(lab):
    """(sectors,) log odds from rules and public orders, and the rules in force before they age."""
    a, policy = lab.macro, lab.policy
    law = a.legal_clarity + (policy.regulatory_clarity - a.legal_clarity) / policy.regulation_lag
    found = np.full(len(codes()), law)
    found[PUBLIC] += lab.parameters.policy_effects.procurement_on_adoption * policy.ai_procurement
    return found, law


def support(lab):
    """(firms,) part of the cost of integration that the state pays."""
    f, policy, plant = lab.firms, lab.policy, lab.abilities.plant[lab.firms.sector]
    found = policy.adoption_subsidy + policy.process_subsidy * plant
    found += by_code(policy.sector_subsidy, codes())[f.sector]
    found += plant * by_code(policy.zone_subsidy, REGIONS)[f.region]
    found += np.where(f.headcount < lab.parameters.firms.small_staff, policy.small_firm_subsidy, 0)
    return np.minimum(0.9, found)


def decisions(lab, parts):
    """(firms,) log odds of office and of process AI, and what process AI costs a department."""
    f, s, a, policy, structure, p = lab.firms, lab.sectors, lab.macro, lab.policy, lab.constants, lab.parameters
    rules, office, process, sector = p.adoption, p.office_ai, p.process_ai, lab.firms.sector
    plant, given = lab.abilities.plant[sector], support(lab)
    number = np.bincount(sector)[sector]
    others = (s.adoption[sector] * number - (f.ai_stage > 0)) / np.maximum(number - 1, 1)
    common = rules.literacy * (f.literate_share - structure.usual_literacy) + rules.peers * others
    common += clarity(lab)[0][sector] + plant * by_code(policy.zone_clarity, REGIONS)[f.region]
    once = office.pilot_cost * a.integration_price * (1 + (1 - rules.pilot_failure) * office.scaling_cost)
    running = office.running * office.cover_scaled * rules.payback_quarters / 4
    left = once * (1 - (1 - office.own_part) * given)
    left += running * (1 + policy.ai_tax - policy.compute_voucher) * (1 + policy.compliance_cost)
    worth = np.log(lab.abilities.office_value[sector] / structure.usual_office_value)
    at_desks = rules.office_constant + rules.benefit_weight * worth + common
    at_desks -= rules.cost_weight * np.log(left / (once + running))
    value = a.capital_price * f.capital
    cost = process.plant_cost * plant * value * a.integration_price
    able = lab.abilities
    saved = f.output_with_inputs_ordered * (
        able.materials[1, sector] * s.input_cost[sector] + able.energy[1, sector] * s.energy_cost[sector]
    )
    required = p.investment.required_return
    saved += (structure.depreciation + required) * able.capacity[1, sector] * value
    ai = p.artificial_intelligence
    services = ai.task_services * a.compute_quality**-ai.task_services_elasticity
    task = 1 - (structure.depreciation + required) * ai.task_capital - services
    saved += task * s.process_automation[sector] * f.payroll - process.running * cost
    distrust = structure.black_box[sector] * (1 - policy.explanation) - structure.usual_black_box
    with np.errstate(divide="ignore", invalid="ignore"):
        payback = np.log(np.where(saved > 0, rules.payback_quarters * saved / cost, 0.0))
    in_plants = rules.process_constant - rules.black_box * distrust + common
    in_plants += np.where(plant > 0, payback, -np.inf) - rules.cost_weight * np.log(1 - given)
    return at_desks, in_plants, cost / parts


def drawn(trials, chance, lots):
    """Binomial numbers, each the first at which the distribution function exceeds its lot."""
    found = []
    for n, p, lot in zip(trials.astype(int), np.broadcast_to(chance, lots.shape), lots, strict=True):
        total = np.cumsum([comb(int(n), k) * p**k * (1 - p) ** (int(n) - k) for k in range(n + 1)])
        found.append(min(int((lot >= total).sum()), n))
    return np.array(found, dtype=float)


def moves(lab, parts, kind, chance, first):
    """(firms,) pilots, scaled, begun and newly scaled a quarter later; ``first`` of the eight lots of a firm."""
    f, rules = lab.firms, lab.parameters.adoption
    scaled = np.minimum(parts, getattr(f, f"{kind}_scaled"))
    pilots = np.minimum(parts - scaled, getattr(f, f"{kind}_pilots"))
    lots = [lab.uniform("departments", 8 * np.arange(f.rows) + first + place) for place in range(4)]
    served = min(1.0, 1 / lab.macro.talent_need)
    begun = drawn(parts - pilots - scaled, served * chance, lots[0])
    ended = drawn(pilots, served / rules.pilot_quarters, lots[1])
    failed = drawn(ended, rules.pilot_failure, lots[2])
    dropped = drawn(scaled, rules.abandonment, lots[3])
    return pilots + begun - ended, scaled + ended - failed - dropped, begun, ended - failed


def test_departments_move_with_the_odds_of_worth_and_cost_and_who_cannot_pay_waits(adopted):
    lab, after = adopted
    f, a, p = lab.firms, lab.macro, lab.parameters
    office, process, parts = p.office_ai, p.process_ai, after.firms.departments.astype(float)
    at_desks, in_plants, cost = decisions(lab, parts)
    hazard = p.adoption.evaluation / (1 + np.exp(-at_desks))
    desks = moves(lab, parts, "office", hazard, 0)
    hazard = lab.abilities.plant[f.sector] * p.adoption.evaluation / (1 + np.exp(-np.maximum(in_plants, -30)))
    plants = moves(lab, parts, "process", hazard, 4)
    pay = 4 * f.payroll / parts
    work = office.pilot_cost * a.integration_price * pay * (desks[2] + office.scaling_cost * desks[3])
    bought = (1 - office.own_part) * work
    bought += cost * (process.pilot_part * plants[2] + (1 - process.pilot_part) * plants[3])
    credit = np.maximum(0, p.investment.highest_leverage * a.capital_price * f.capital - f.loans)
    pays = (1 - support(lab)) * bought <= f.deposits + p.adoption.credit * credit
    for name, moved in zip(COUNTS, (*desks[:2], *plants[:2]), strict=True):
        found = getattr(after.firms, name)
        assert (found[pays] == moved[pays]).all(), name
        assert (found[~pays] <= getattr(f, name)[~pays]).all(), name
        assert (found != getattr(f, name)).sum() > 2, name
    due = np.where(pays, bought, 0)
    begun = np.where(pays, bought + office.own_part * work, 0)
    assert after.firms.integration_begun == pytest.approx(begun, rel=1e-7)
    assert after.firms.integration_due == pytest.approx(due, rel=1e-7)
    assert after.firms.adoption_subsidy_due == pytest.approx(support(lab) * due, rel=1e-7, abs=1e-9)
    own = np.where(pays, office.own_part * work / np.maximum(f.payroll, 1e-9) / office.own_quarters, 0)
    busy = np.where(pays, np.minimum(0.5, f.integrating + own), f.integrating)
    assert after.firms.integrating == pytest.approx(busy, rel=1e-7, abs=1e-12)
    assert (~pays).any() and (due > 0).sum() > 10


def test_the_stage_of_a_firm_is_that_of_its_furthest_department(adopted):
    _, after = adopted
    f = after.firms
    pilots, scaled = f.office_pilots + f.process_pilots, f.office_scaled + f.process_scaled
    assert (f.ai_stage == np.where(scaled > 0, 2, np.where(pilots > 0, 1, 0))).all()
    shares = np.bincount(f.sector, weights=f.ai_stage > 0) / np.bincount(f.sector)
    assert after.sectors.adoption == pytest.approx(shares, rel=EXACT)


def literate(lab):
    lab.firms.literate_share[:] = np.minimum(1, lab.firms.literate_share + 0.6)


def distrusted(lab):
    lab.constants.black_box = lab.constants.black_box + 1.0


def clear(lab):
    lab.macro.legal_clarity += 1.0


@pytest.mark.parametrize(
    ("change", "kinds", "sign"), [(literate, "both", 1), (clear, "both", 1), (distrusted, "process", -1)]
)
def test_literacy_and_clear_rules_raise_adoption_and_distrust_lowers_that_of_process_ai(change, kinds, sign):
    """The log odds move as the equation says; with the same lots never fewer, and here more, departments begin."""
    lab = grown(ADOPT)
    lab.firms.deposits[:] = 1e12
    lab.set("adoption", evaluation=1.0, literacy=1.5, office_constant=-2.0, process_constant=-2.0)
    changed = lab.copy()
    change(changed)
    more, plain = changed.do(ADOPT), lab.copy().do(ADOPT)
    for kind in ("office", "process"):
        rise = sign * (getattr(more.firms, f"{kind}_pilots") - getattr(plain.firms, f"{kind}_pilots").astype(int))
        if kinds in (kind, "both"):
            assert (rise >= 0).all() and rise.sum() > 3, kind
        else:
            assert (rise == 0).all(), kind


def test_rules_grow_old_as_use_spreads(adopted):
    lab, after = adopted
    rise = max(0.0, after.sectors.adoption.mean() - lab.sectors.adoption.mean())
    assert after.macro.legal_clarity == pytest.approx(clarity(lab)[1] * (1 - rise), rel=EXACT, abs=1e-15)


def test_what_ai_can_do_follows_the_frontier(adopted):
    """At a higher frontier no application works less, and of those for offices more works."""
    lab, after = adopted
    further = lab.copy()
    further.macro.algorithm = 0.9
    further.do(ADOPT)
    for name in ("automated", "augmented", "materials", "energy", "capacity", "inventory", "quality", "research"):
        now, later = getattr(after.abilities, name), getattr(further.abilities, name)
        assert (later >= now - 1e-15).all() and (now >= 0).all(), name
        may_all_work_already = name in ("capacity", "energy", "inventory")
        assert later.sum() > now.sum() or may_all_work_already, name
    assert (further.abilities.office_value > after.abilities.office_value).all()
    assert (further.abilities.plant == after.abilities.plant).all()


def test_without_artificial_intelligence_nothing_of_it_moves():
    for phase in (USE, ADOPT):
        lab = before(phase)
        lab.set("artificial_intelligence", enabled=False)
        after = lab.after(phase)
        assert after.macro.algorithm == lab.macro.algorithm
        for name in ("office_use", "process_use", "ai_stage", "integration_due"):
            assert (getattr(after.firms, name) == getattr(lab.firms, name)).all(), name
