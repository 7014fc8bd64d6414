"""Capability, use, breaches and decisions of three firms.

Worked out from docs/model/equations/competition_and_technology.md.
"""

import math
from dataclasses import replace
from types import SimpleNamespace as Few

import numpy as np
import pytest

from abm.kernels.adoption import advance_capability, assistance_of, departments_decide
from abm.kernels.draws import STREAMS, stream_key, uniform
from abm.levers.instruments import Instruments
from abm.parameters import Parameters

pytestmark = pytest.mark.kernels

RULES = Parameters()
AI, OFFICE, PROCESS = RULES.artificial_intelligence, RULES.office_ai, RULES.process_ai
ADOPTION = replace(
    RULES.adoption, literacy=0.7, peers=2.0, cost_weight=0.5, evaluation=0.6, departments_elasticity=0.51
)
SEED, QUARTER = 5, 9
USUAL_CAPABILITY, USUAL_LITERACY, USUAL_SIZE = 0.3, 0.15, 22.0
COUNTS = ("office_pilots", "office_scaled", "process_pilots", "process_scaled")
POLICY = Instruments(ai_tax=0.1, compliance_cost=0.05, data_security=0.3, data_openness=0.2, data_market=0.4)


def numbers(*values):
    return np.array(values, dtype=float)


def codes(*values):
    return np.array(values, dtype=np.uint8)


def draw(stream, row, quarter=QUARTER):
    return uniform(np.uint64(stream_key(SEED, quarter, STREAMS[stream])), row)


@pytest.fixture
def users():
    """Three firms of one process sector: one of 12 departments, one of 3 and one of 1, in two regions."""
    firms = Few(
        sector=codes(0, 0, 0), region=codes(0, 1, 0), headcount=np.array([2600, 160, 9], dtype=np.int32),
        payroll=numbers(60_000, 4_000, 150), capital=numbers(400_000, 30_000, 500), price=numbers(1.0, 1.1, 0.9),
        output_with_inputs_ordered=numbers(300_000, 20_000, 900), sales_quantity=numbers(310_000, 19_000, 420),
        literate_share=numbers(0.3, 0.2, 0.0), departments=codes(12, 3, 1), ai_stage=codes(2, 1, 0),
        office_pilots=codes(3, 1, 0), office_scaled=codes(4, 0, 0), process_pilots=codes(2, 0, 0),
        process_scaled=codes(5, 0, 0), office_cover=numbers(0.3, 0.05, 0.0), process_cover=numbers(0.4, 0.0, 0.01),
        data_stock=numbers(5.0, 0.8, 0.1), new_task_share=numbers(0.01, 0.002, 0.0),
        displaced_share=numbers(0.1, 0.01, 0.0), integrating=numbers(0.02, 0.0, 0.01),
        integration_support=numbers(0.1, 0.5, 0.0), integration_funds=numbers(1e9, 1e9, 1e9),
        **{name: np.zeros(3) for name in (
            "ai_capability", "office_use", "process_use", "assistance", "fine", "integration_due",
            "adoption_subsidy_due", "integration_begun",
        )},
        breached=codes(0, 0, 0),
    )  # fmt: skip
    plans = Few(
        data_pool=numbers(1.0), public_compute=numbers(0.01), office_log_odds=numbers(-1.0),
        process_log_odds=numbers(-1.5), zone_clarity=numbers(0.0, 0.4), served=numbers(1.0),
        task_saving=numbers(0.25, 0.01),
    )  # fmt: skip
    structure = Few(
        sector_start=np.array([0, 3]), size_elasticity=0.5, usual_size=USUAL_SIZE, usual_capability=USUAL_CAPABILITY,
        usual_literacy=USUAL_LITERACY, depreciation=0.02,
    )  # fmt: skip
    sectors = Few(
        input_cost=numbers(0.6), energy_cost=numbers(0.05), adoption=numbers(2 / 3), process_automation=numbers(0.04)
    )
    abilities = Few(
        materials=numbers(9.0, 0.01)[:, None], energy=numbers(9.0, 0.06)[:, None], capacity=numbers(9.0, 0.02)[:, None],
        plant=numbers(0.7),
    )  # fmt: skip
    macro = Few(compute_quality=2.0, integration_price=0.8, capital_price=1.1, autonomy=0.3)
    return Few(firms=firms, plans=plans, structure=structure, sectors=sectors, abilities=abilities, macro=macro)


def copied(firms):
    return Few(**{name: np.copy(value) for name, value in vars(firms).items()})


def capable(plain, w, rules=AI):
    old = copied(w.firms)
    plain(advance_capability)(
        SEED, QUARTER, w.firms, w.structure, w.plans, [w.macro], POLICY, rules, OFFICE, PROCESS, RULES.firms, 0.7
    )
    return old, w.firms


def open_data(firms, i):
    """Part of its sector's data that firm i can use: what is open and, where it has adopted AI, what it buys."""
    trust = 1 - AI.data_distrust * (1 - POLICY.data_security)
    return 0.2 + 0.4 * trust * (1 - 0.2) * (firms.ai_stage[i] > 0)


def test_capability_is_data_compute_and_what_staff_can_use(plain, users):
    old, firms = capable(plain, users)
    size = np.sqrt(old.headcount.astype(float))
    running = OFFICE.running * (1.1 * 1.05) ** -AI.services_elasticity * 1.05
    for i in range(3):
        opened = open_data(old, i)
        under_ai = max(old.office_cover[i], old.process_cover[i])
        wanted = size[i] / USUAL_SIZE * (1 + AI.data_by_use * under_ai)
        stock = old.data_stock[i] + AI.data_decay * (wanted - old.data_stock[i])
        assert firms.data_stock[i] == pytest.approx(stock)
        data = stock + opened * AI.data_pool * 1.0
        given = 0.01 if old.headcount[i] < RULES.firms.small_staff else 0.0
        compute = (running + given - min(running, 0.7 * given)) * 2.0 / 1.05  # what complies computes nothing
        able = old.literate_share[i]
        legs = (
            data / (data + AI.data_half), compute / (compute + AI.compute_half),
            0.3 + 0.7 * able / (able + AI.algorithm_absorption),
        )  # fmt: skip
        capability = 1 / (0.33 / legs[0] + 0.33 / legs[1] + 0.34 / legs[2])
        assert firms.ai_capability[i] == pytest.approx(capability)


def test_staff_and_plant_follow_departments_and_use_follows_both(plain, users):
    old, firms = capable(plain, users)
    for i, parts in enumerate((12, 3, 1)):
        desks = (OFFICE.cover_pilot * old.office_pilots[i] + OFFICE.cover_scaled * old.office_scaled[i]) / parts
        lines = (PROCESS.cover_pilot * old.process_pilots[i] + PROCESS.cover_scaled * old.process_scaled[i]) / parts
        at_desks = old.office_cover[i] + OFFICE.cover_speed * (desks - old.office_cover[i])
        in_plant = old.process_cover[i] + PROCESS.cover_speed * (lines - old.process_cover[i])
        assert firms.office_cover[i] == pytest.approx(at_desks)
        assert firms.process_cover[i] == pytest.approx(in_plant)
        strength = firms.ai_capability[i] / USUAL_CAPABILITY
        assert firms.office_use[i] == pytest.approx(min(1, at_desks * strength))
        assert firms.process_use[i] == pytest.approx(min(1, in_plant * strength))
        able = old.literate_share[i]
        helped = min(1, at_desks / able) if able else 0.0  # of the literate, who come first
        use = firms.office_use[i] / at_desks if at_desks else 0.0
        assert firms.assistance[i] == pytest.approx(min(1, use * helped))
        new = old.new_task_share[i]
        arisen = (AI.reinstatement * old.displaced_share[i] - new) / AI.new_task_life
        assert firms.new_task_share[i] == pytest.approx(new + arisen)
        assert firms.integrating[i] == pytest.approx(old.integrating[i] * (1 - 1 / OFFICE.own_quarters))


def test_data_leak_from_firms_with_ai(plain, users):
    old, firms = capable(plain, users, replace(AI, breach_rate=0.15))
    for i in range(3):
        data = firms.data_stock[i] + open_data(old, i) * AI.data_pool
        hazard = 0.15 * old.ai_stage[i] * min(data, AI.breach_data_limit) * (1 - 0.3)
        breached = draw("breach", i) < hazard
        assert firms.breached[i] == breached
        fine = AI.breach_fine * 4 * old.price[i] * old.sales_quantity[i] * breached
        assert firms.fine[i] == pytest.approx(fine)
    assert 0 < firms.breached.sum() < 3


def test_literate_staff_comes_to_ai_first(plain):
    assist = plain(assistance_of)
    assert assist(0.1, 0.2, 0.1) == pytest.approx(0.5)  # places for all who can use them
    assert assist(0.3, 0.2, 0.1) == 1.0  # and nobody gains more than trials found
    assert assist(0.1, 0.2, 0.5) == pytest.approx(0.5 * 0.2 / 0.5)
    assert assist(0.0, 0.0, 0.5) == assist(0.1, 0.2, 0.0) == 0.0


def decided(plain, w, rules=ADOPTION):
    old = copied(w.firms)
    plain(departments_decide)(
        SEED, QUARTER, w.firms, w.sectors, w.structure, w.plans, [w.macro], POLICY, w.abilities, rules, OFFICE, PROCESS
    )
    return old, w.firms


def log_odds(w, old, i, parts, rules):
    """(office, process) log odds of a department of firm i, and what process AI costs it."""
    support, others = old.integration_support[i], (2 - (old.ai_stage[i] > 0)) / 2
    common = rules.literacy * (old.literate_share[i] - USUAL_LITERACY) + rules.peers * others
    common += 0.7 * w.plans.zone_clarity[old.region[i]]
    once = OFFICE.pilot_cost * 0.8 * (1 + (1 - rules.pilot_failure) * OFFICE.scaling_cost)
    running = OFFICE.running * OFFICE.cover_scaled * rules.payback_quarters / 4
    bought, own = 1 - OFFICE.own_part, OFFICE.own_part
    left = once * (own + bought * (1 - support)) + running * 1.1 * 1.05  # taxed at 10 %, complied with by 5 % more
    office = w.plans.office_log_odds[0] + common - rules.cost_weight * math.log(left / (once + running))
    plant = 1.1 * old.capital[i] / parts
    cost = PROCESS.plant_cost * 0.7 * plant * 0.8
    rental = 0.02 + 0.01
    saved = old.output_with_inputs_ordered[i] / parts * (0.01 * 0.6 + 0.06 * 0.05) + rental * 0.02 * plant
    saved += 0.25 * 0.04 * old.payroll[i] / parts - PROCESS.running * cost
    process = w.plans.process_log_odds[0] + common - rules.cost_weight * math.log(1 - support)
    process += math.log(rules.payback_quarters * saved / cost)
    return office, process, cost


def successes(trials, chance, lot):
    """The number that a lot in [0, 1) draws: the first whose distribution function exceeds it."""
    reached = 0.0
    for number in range(trials):
        reached += math.comb(trials, number) * chance**number * (1 - chance) ** (trials - number)
        if lot < reached:
            return number
    return trials


def moved(parts, pilots, scaled, chance, lots, rules):
    """Pilots, scaled, begun and newly scaled a quarter later."""
    pilots, scaled = int(pilots), int(scaled)  # of bytes, whose differences would be bytes
    begun = successes(parts - pilots - scaled, chance, lots[0])
    ended = successes(pilots, 1 / rules.pilot_quarters, lots[1])
    failed = successes(ended, rules.pilot_failure, lots[2])
    dropped = successes(scaled, rules.abandonment, lots[3])
    return pilots + begun - ended, scaled + ended - failed - dropped, begun, ended - failed


@pytest.mark.parametrize("shift", [-9.0, 0.0, 2.0, 9.0])
def test_departments_begin_with_the_odds_of_the_equation_and_pay_for_it(plain, users, shift):
    rules = replace(ADOPTION, abandonment=0.2, pilot_quarters=1.5)
    users.plans.office_log_odds += shift
    users.plans.process_log_odds += shift
    old, firms = decided(plain, users, rules)
    for i, parts in enumerate((12, 3, 1)):
        size = max(1.0, old.headcount[i] / rules.departments_from) ** rules.departments_elasticity
        assert firms.departments[i] == math.floor(size + draw("departments", i, quarter=0)) == parts
        office, process, cost = log_odds(users, old, i, parts, rules)
        lots = [draw("departments", 8 * i + place) for place in range(8)]
        start = rules.evaluation / (1 + math.exp(-office))
        at_desks = moved(parts, old.office_pilots[i], old.office_scaled[i], start, lots[:4], rules)
        start = 0.7 * rules.evaluation / (1 + math.exp(-process))
        in_plant = moved(parts, old.process_pilots[i], old.process_scaled[i], start, lots[4:], rules)
        assert [getattr(firms, name)[i] for name in COUNTS] == [*at_desks[:2], *in_plant[:2]]
        pay = 4 * old.payroll[i] / parts
        desks = OFFICE.pilot_cost * 0.8 * pay * (at_desks[2] + OFFICE.scaling_cost * at_desks[3])
        plant = cost * (PROCESS.pilot_part * in_plant[2] + (1 - PROCESS.pilot_part) * in_plant[3])
        bought = (1 - OFFICE.own_part) * desks + plant
        assert firms.integration_due[i] == pytest.approx(bought)
        assert firms.adoption_subsidy_due[i] == pytest.approx(old.integration_support[i] * bought)
        own = OFFICE.own_part * desks / old.payroll[i] / OFFICE.own_quarters  # a quarter of the quarters of work
        assert firms.integrating[i] == pytest.approx(min(0.5, old.integrating[i] + own))
        stage = 2 if at_desks[1] + in_plant[1] else 1 if at_desks[0] + in_plant[0] else 0
        assert firms.ai_stage[i] == stage
    if shift == 9.0:
        assert (firms.integration_due > 0).any()


def test_a_firm_that_cannot_pay_waits(plain, users):
    users.plans.office_log_odds += 9
    users.firms.integration_funds[:] = 0.0
    old, firms = decided(plain, users)
    for name in (*COUNTS, "ai_stage", "integrating"):
        assert (getattr(firms, name) == getattr(old, name)).all(), name
    assert (firms.integration_due == 0).all() and (firms.adoption_subsidy_due == 0).all()


def test_a_firm_that_shrinks_keeps_no_more_departments_with_ai_than_it_has(plain, users):
    users.firms.headcount[:] = 9
    users.plans.office_log_odds -= 99
    users.plans.process_log_odds -= 99
    _, firms = decided(plain, users, replace(ADOPTION, abandonment=0.0, pilot_quarters=1e9))
    assert (firms.departments == 1).all()
    assert [getattr(firms, name).tolist() for name in COUNTS] == [[0, 1, 0], [1, 0, 0], [0, 0, 0], [1, 0, 0]]


def test_plants_run_on_their_own_once_ai_can(plain, users):
    users.macro.autonomy = 0.6
    _, firms = decided(plain, users, replace(ADOPTION, evaluation=0.0, abandonment=0.0))
    assert firms.ai_stage.tolist()[0] == 3 and (firms.ai_stage[1:] < 3).all()


def test_a_sector_without_plant_that_ai_can_run_begins_no_process_ai(plain, users):
    users.abilities.plant[:] = 0.0
    users.abilities.materials[:] = users.abilities.energy[:] = users.abilities.capacity[:] = 0.0
    users.sectors.process_automation[:] = 0.0
    users.plans.process_log_odds += 99
    old, firms = decided(plain, users, replace(ADOPTION, evaluation=1.0, abandonment=0.0, pilot_quarters=1e9))
    assert (firms.process_pilots == old.process_pilots).all() and (firms.process_scaled == old.process_scaled).all()
