"""Research, imitation and productivity: docs/model/equations/competition_and_technology.md."""

import numpy as np
import pytest
from laboratory import before

pytestmark = pytest.mark.unit

EXACT = 1e-9
ADVANCE, CHOOSE = "productivity_advances", "firms_choose_research"


def help_of_ai(lab):
    """(firms,) use of office AI, as far as the applications for research work."""
    return lab.firms.office_use * lab.abilities.research[0, lab.firms.sector]


def projects(lab):
    """(firms,) whether a project is finished this quarter."""
    f, structure, research = lab.firms, lab.constants, lab.parameters.research
    usual, full = structure.research_staff[f.sector], structure.research_cycle_ai[f.sector]
    cycle = research.cycle_quarters - (research.cycle_quarters - full) * np.minimum(1, 1.5 * help_of_ai(lab))
    effort = np.ones(f.rows)
    np.power(f.research_share / np.where(usual > 0, usual, 1), research.success_elasticity, out=effort, where=usual > 0)
    return lab.uniform("research", range(f.rows)) < effort / cycle


def gains(lab, grants=0.0, protection=0.0):
    """(firms,) log points of productivity beyond the drift."""
    f, structure, research = lab.firms, lab.constants, lab.parameters.research
    sector, share = f.sector, f.market_share
    mean = lab.by_sector(share * f.productivity_gap)
    square = lab.by_sector(share * f.productivity_gap**2)
    top = mean + 1.28 * np.sqrt(np.maximum(0, square - mean**2))
    ideas = np.exp(-research.fishing_out * np.maximum(mean, 0))
    step = research.project_gain * structure.research_relative
    usual = 0.5 * research.imitation * np.clip(top[sector] - f.productivity_gap, 0.0, 0.5)  # what nobody protects
    effects, pulled = lab.parameters.policy_effects, lab.by_sector(share * usual)
    freed = lab.sectors.held_back / effects.protection_quarters
    part = 1 - effects.protection_on_imitation * protection
    part = part + np.where(pulled > 0, freed / np.maximum(pulled, 1e-300), 0)
    gain = usual * part[sector] - pulled[sector] - (step / research.cycle_quarters * ideas)[sector]
    found = projects(lab)
    gain += found * (step * ideas)[sector] * (1 + 50 * grants)
    deviation = research.idiosyncratic_deviation
    gain += deviation * lab.normal("productivity", range(f.rows)) - 0.5 * deviation**2
    gain[f.entrant == 1] = 0.0
    return gain, found


@pytest.fixture
def lab():
    found = before(ADVANCE)
    f = found.firms
    f.productivity_gap += 0.1 * np.sin(np.arange(f.rows))
    f.research_share *= np.linspace(0.6, 2.4, f.rows)
    f.office_use[:] = np.linspace(0, 0.9, f.rows)
    found.macro.productivity_shock, found.macro.frontier_growth, found.macro.public_capital_gain = 0.004, 0.008, 0.001
    return found


@pytest.mark.parametrize(("grants", "protection"), [(0.0, 0.0), (0.01, 0.0), (0.0, 1.0), (0.005, 0.6)])
def test_productivity_grows_with_the_frontier_projects_imitation_and_chance(lab, grants, protection):
    after = lab.after(ADVANCE, research_grants=grants, ip_protection=protection).firms
    gain, found = gains(lab, grants, protection)
    assert after.productivity_gap == pytest.approx(lab.firms.productivity_gap + gain, rel=EXACT, abs=1e-12)
    expected = lab.firms.productivity * np.exp(0.008 + 0.004 + 0.001 + gain)
    assert after.productivity == pytest.approx(expected, rel=EXACT)
    assert found.sum() > 10 and (lab.firms.entrant == 1).any()


def test_ai_and_effort_finish_more_projects(lab):
    lab.abilities.research[:] = 1.0
    lab.firms.office_use[:] = 0.0
    slow = projects(lab).sum()
    lab.firms.office_use[:] = 0.6
    assert projects(lab).sum() > slow
    plain = lab.after(ADVANCE).firms.productivity_gap
    lab.firms.research_share *= 2
    gain = lab.after(ADVANCE).firms.productivity_gap - plain
    assert (gain >= -1e-12).all() and (gain > 1e-4).any()


def test_what_research_adds_without_ai_and_imitation_are_taken_off_on_average(lab):
    f, research = lab.firms, lab.parameters.research
    f.office_use[:] = 0.0
    f.entrant[:] = 0
    lab.set("research", idiosyncratic_deviation=0.0)
    usual = lab.constants.research_staff[f.sector]
    f.research_share[:] = usual
    step = lab.parameters.research.project_gain * lab.constants.research_relative[f.sector]
    change = lab.after(ADVANCE).firms.productivity_gap - f.productivity_gap
    ideas = np.exp(-research.fishing_out * np.maximum(lab.by_sector(f.market_share * f.productivity_gap), 0))[f.sector]
    found = lab.uniform("research", range(f.rows)) < 1 / research.cycle_quarters
    without_projects = change - found * step * ideas
    mean = lab.by_sector(f.market_share * without_projects)
    expected = lab.constants.research_relative * research.project_gain / research.cycle_quarters
    assert mean == pytest.approx(-expected * lab.by_sector(f.market_share * ideas), rel=1e-6)


def test_what_protection_delays_is_held_back_and_free_again_later(lab):
    f = lab.firms
    f.entrant[:] = 0
    plain = lab.after(ADVANCE).firms.productivity_gap
    protected = lab.after(ADVANCE, ip_protection=1.0)
    lost = lab.by_sector(f.market_share * (plain - protected.firms.productivity_gap))
    assert (lost > 1e-6).any() and protected.sectors.held_back == pytest.approx(lost, abs=1e-12)
    assert (lab.after(ADVANCE).sectors.held_back == 0).all()
    lab.sectors.held_back[:] = 0.01
    lifted = lab.after(ADVANCE)
    won = lab.by_sector(f.market_share * (lifted.firms.productivity_gap - plain))
    assert won == pytest.approx(0.01 - lifted.sectors.held_back, abs=1e-12)
    quarters = lab.parameters.policy_effects.protection_quarters
    assert won.max() == pytest.approx(0.01 / quarters)


@pytest.mark.parametrize(("credit", "protection"), [(0.0, 0.0), (0.3, 0.0), (0.0, 1.0)])
def test_research_is_more_where_it_costs_less_is_protected_or_cash_is_plenty(credit, protection):
    lab = before(CHOOSE)
    f, research = lab.firms, lab.parameters.research
    f.deposits *= np.linspace(0.1, 4, f.rows)
    f.sales_quantity[f.sales_quantity == 0] = 1.0
    after = lab.after(CHOOSE, research_credit=credit, ip_protection=protection).firms
    cost = (1 - credit) * (1 - lab.parameters.policy_effects.protection_on_research * protection)
    cash = f.deposits / (lab.parameters.firms.liquidity_target * f.price * f.sales_quantity)
    effort = cost**-research.price_elasticity * np.clip(cash, 0.7, 1.3) ** research.cash_elasticity
    usual = lab.constants.research_staff[f.sector]
    assert after.research_share == pytest.approx(usual * np.clip(effort, 0.5, 2.5), rel=EXACT)
    assert (cash < 0.7).any() and (cash > 1.3).any() and ((cash > 0.7) & (cash < 1.3)).any()
    assert research.price_elasticity > 0 and research.cash_elasticity > 0


@pytest.mark.parametrize(("credit", "bound"), [(0.999, 2.5), (-50.0, 0.5)])
def test_research_stays_within_half_and_two_and_a_half_times_the_usual(credit, bound):
    lab = before(CHOOSE)
    usual = lab.constants.research_staff[lab.firms.sector]
    assert lab.after(CHOOSE, research_credit=credit).firms.research_share == pytest.approx(usual * bound, rel=EXACT)
