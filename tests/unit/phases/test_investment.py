"""What firms invest: docs/model/equations/production_and_demand.md."""

import math

import numpy as np
import pytest
from laboratory import before

pytestmark = pytest.mark.unit

EXACT = 1e-9
FIRMS = "firms_plan_investment"


def clip(value, low, high):
    return max(low, min(high, value))


def intensities(lab):
    """(sectors,) capital wanted for a unit of output by the costs of labour and of capital, against the opening."""
    f, structure, power = lab.firms, lab.constants, 1 - lab.parameters.firms.substitution
    labour = lab.by_sector(f.market_share * f.labour_per_unit / f.productivity)
    labour *= lab.sectors.unit_wage * (1 + structure.employer_rate)
    capital = lab.macro.capital_price * lab.by_sector(f.market_share / f.capital_productivity)
    dearer, share = labour / capital / structure.usual_factor_costs, structure.capital_share
    return (share + (1 - share) * dearer**power) ** ((1 - power) / power)


def orders(lab, rate):
    """(firms,) what firms order, of which a firm past its trigger orders a lump, and what they still lack then."""
    f, half = lab.firms, lab.parameters.investment.lump / 2
    backlog = f.investment_backlog + rate
    lacking = np.maximum(0, backlog + half) * f.capital
    lumps = np.where((backlog >= half) | (f.entrant == 1), lacking, 0)
    wanted, all_lumps, all_lacking = (lab.by_sector(one) for one in (rate * f.capital, lumps, lacking))
    part = np.minimum(1, wanted / np.where(all_lumps > 0, all_lumps, np.inf))
    rest = all_lacking - np.minimum(wanted, all_lumps)
    early = np.where(rest > 1e-12, (wanted - np.minimum(wanted, all_lumps)) / np.where(rest > 1e-12, rest, 1), 0)
    sector = f.sector
    part = np.where(all_lumps > 0, part, 0)
    ordered = part[sector] * lumps + early[sector] * (lacking - part[sector] * lumps)
    assert lab.by_sector(ordered) == pytest.approx(wanted, rel=EXACT)
    return ordered, backlog - ordered / f.capital


def capital_gaps(lab):
    """Capital wanted over held less one by sector, (firms,) the same, and by sector expansion of the short firms."""
    f, rules = lab.firms, lab.parameters.investment
    wanted = f.expected_demand / (lab.parameters.firms.normal_utilisation * f.capital_productivity)
    wanted *= intensities(lab)[f.sector]
    gap = lab.by_sector(wanted) / lab.by_sector(f.capital) - 1
    ratio = wanted / f.capital - 1
    own = rules.reallocation * np.minimum(1.5, ratio - gap[f.sector])
    up = lab.by_sector(f.capital * np.maximum(own, 0))
    down = lab.by_sector(f.capital * np.minimum(np.maximum(-own, 0), lab.sectors.wear[f.sector]))
    return gap, ratio, own, np.where(up > 0, np.minimum(1, down / np.where(up > 0, up, 1)), 0)


def mood(lab, deduction=0.0):
    a, rules = lab.macro, lab.parameters.investment
    found = math.exp(clip(a.investment_shock - 4 * rules.rate_response * lab.real_rate_gap(), -0.6, 0.6))
    return found * (1 - lab.constants.corporate_tax_rate * deduction) ** -rules.tax_elasticity


@pytest.fixture
def investing():
    lab = before(FIRMS)
    lab.macro.policy_rate, lab.macro.investment_shock = 0.011, 0.05
    lab.firms.capital *= np.linspace(0.6, 1.5, lab.firms.rows)
    lab.firms.loans[::6] *= 3
    lab.firms.deposits[::6] *= 0.2
    lab.balance["loans"] = lab.firms.loans.sum()
    return lab


@pytest.mark.parametrize("deduction", [0.0, 0.5])
@pytest.mark.parametrize("equity", [1.0, 0.3])
def test_firms_replace_grow_and_close_gaps_within_their_finance(investing, deduction, equity):
    lab = investing
    lab.macro.bank_equity *= equity
    f, s, a, rules, structure = lab.firms, lab.sectors, lab.macro, lab.parameters.investment, lab.constants
    gap, ratio, own, expansion = capital_gaps(lab)
    sector = f.sector
    trend = np.clip(0.5 * (a.long_run_growth + a.workforce_growth) + 0.5 * s.trend_growth, -0.01, 0.03)
    wanted = (s.wear + trend + rules.accelerator * gap)[sector] * mood(lab, deduction)
    wanted += np.where(own > 0, own * expansion[sector], own)
    smooth = f.investment_rate + rules.smoothing * (np.clip(wanted, 0, rules.highest_rate) - f.investment_rate)
    rate = np.where(f.entrant == 1, np.maximum(smooth, np.minimum(ratio, 1)), smooth)
    price = (structure.capital_basket * lab.plans.expected_final_price).sum()
    factor = clip(a.bank_equity / (0.05 * lab.balance["loans"]), 0, 1)
    credit = np.maximum(0, rules.highest_leverage * price * f.capital - f.loans)
    room = np.minimum(1, 0.2 * np.maximum(1, rules.lump / (s.wear + np.maximum(0, trend))))
    finance = (0.9 * f.deposits + room[sector] * credit * factor) / price
    ordered, backlog = orders(lab, rate)
    after = lab.after(FIRMS, investment_deduction=deduction)
    assert after.firms.investment_rate == pytest.approx(smooth, rel=EXACT, abs=1e-12)
    assert after.firms.investment == pytest.approx(np.minimum(ordered, finance), rel=EXACT, abs=1e-9)
    assert after.firms.investment_backlog == pytest.approx(backlog, rel=EXACT, abs=1e-12)
    total = after.firms.investment.sum()
    compute, computers = after.plans.compute, structure.rows.computers
    goods = (total - compute) * structure.capital_basket
    goods[computers] += compute
    assert 0 < compute < after.firms.investment[sector == structure.rows.ai_services].sum()
    assert after.plans.capital == pytest.approx(goods, rel=EXACT)
    assert (finance < ordered).any() and (f.entrant == 1).any() and (factor < 1) == (equity < 1)


def test_capital_that_moves_inside_a_sector_adds_no_demand(investing):
    """Where nothing grows, what short firms add is what the others hold back; some would hold back more."""
    lab = investing
    lab.macro.long_run_growth = lab.macro.workforce_growth = lab.macro.investment_shock = 0.0
    lab.sectors.trend_growth[:] = 0.0
    lab.firms.deposits[:] = 1e9
    lab.firms.entrant[:] = 0
    lab.firms.investment_rate[:] = 0.0
    lab.set("investment", smoothing=1.0, highest_rate=0.5, accelerator=0.0, rate_response=0.0, lump=0.0)
    lab.firms.investment_backlog[:] = 0.0
    moves, still = lab.after(FIRMS), lab.copy()
    still.set("investment", reallocation=0.0)
    difference = moves.firms.investment - still.do(FIRMS).firms.investment
    _, _, own, expansion = capital_gaps(lab)
    assert (difference[own > 0] >= 0).all() and (difference[own < 0] <= 0).all()
    moved = lab.by_sector(np.abs(difference))
    balanced = (expansion > 0) & (expansion < 1)
    assert balanced.sum() >= 5
    assert (np.abs(lab.by_sector(difference)) < 1e-9 * moved)[balanced].all()
    assert (lab.by_sector(difference) <= 1e-9 * moved).all()
