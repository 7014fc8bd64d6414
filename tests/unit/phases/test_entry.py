"""Firms that leave and firms that enter: docs/model/equations/settlement.md."""

import numpy as np
import pytest
from laboratory import Owner, before

pytestmark = pytest.mark.unit

EXACT = 1e-9
ENTRY = "firms_exit_and_enter"


@pytest.fixture
def entering():
    """Firms of three kinds in trouble: in debt above their plant, without net worth, and without customers."""
    lab = before(ENTRY)
    f = lab.firms
    f.loans[::9] = 3 * lab.macro.capital_price * f.capital[::9]
    f.loans[1::9] = 1.4 * lab.macro.capital_price * f.capital[1::9] + 1.0
    f.deposits[1::9] = 0.0
    f.inventory_value[1::9] = 2 * f.loans[1::9]
    f.market_share[2::9] *= 1e-3
    return lab, lab.after(ENTRY)


def leavers(lab):
    """(firms,) bool: bankrupt firms, and those that leave."""
    f, structure, price = lab.firms, lab.constants, lab.macro.capital_price
    worth = f.deposits + f.inventory_value + price * f.capital - f.loans
    bankrupt = (worth < 0) | (f.loans > 1.3 * price * f.capital + f.deposits)
    kept = np.isin(structure.owner[f.sector], (Owner.OWN_WORKERS, Owner.STATE))
    number = np.bincount(f.sector)[f.sector]
    small = (f.market_share * number < lab.parameters.firms.smallest_share) & (number > 1)
    return bankrupt, (bankrupt & ~kept) | small


def test_the_insolvent_and_those_without_customers_leave(entering):
    lab, after = entering
    bankrupt, leave = leavers(lab)
    assert (after.firms.entrant == leave).all()
    assert after.macro.exits == leave.sum()
    assert (bankrupt & leave).sum() > 10 and (~bankrupt & leave).sum() > 10 and (bankrupt & ~leave).any()


def test_debts_that_no_plant_carries_are_written_off_and_owners_pay_the_entrants_cash(entering):
    lab, after = entering
    f, done = lab.firms, after.firms
    bankrupt, leave = leavers(lab)
    failed = bankrupt & leave
    repaid = np.where(failed, np.minimum(f.deposits, f.loans), 0)
    bearable = lab.parameters.investment.leverage * lab.macro.capital_price * f.capital
    left = f.loans - repaid
    written = np.where(failed, np.maximum(0, left - bearable), 0)
    assert done.loans == pytest.approx(left - written, rel=EXACT, abs=1e-9)
    need = np.maximum(0, lab.parameters.firms.liquidity_target * f.price * f.expected_demand - f.deposits + repaid)
    need = np.where(leave, need, 0)
    dividends = (1 - lab.parameters.government.state_ownership) * after_dividends(lab)
    # The owners pay in the order of the firms, until this quarter's dividends are used up.
    given = np.diff(np.minimum(np.cumsum(need), dividends), prepend=0.0)
    assert done.deposits == pytest.approx(f.deposits - repaid + given, rel=EXACT, abs=1e-6)
    equity = after.paid["entry_equity"] - lab.paid["entry_equity"]
    assert equity == pytest.approx(given.sum(), rel=EXACT) and after.plans.equity_paid_in == pytest.approx(equity)
    assert after.economy.ledger.written_off == pytest.approx(written.sum(), rel=EXACT)
    assert after.macro.bank_equity == pytest.approx(lab.macro.bank_equity - written.sum(), rel=EXACT)
    assert equity > 0 and written.sum() > 0


def after_dividends(lab):
    """Dividends of firms that shareholders own, of this quarter."""
    owned = lab.constants.owner[lab.firms.sector] == Owner.SHAREHOLDERS
    return lab.firms.dividends[owned].sum()


def test_owners_pay_no_more_than_this_quarters_dividends():
    lab = before(ENTRY)
    lab.firms.market_share[::2] *= 1e-3
    lab.firms.deposits[::2] = 0.0
    after = lab.after(ENTRY)
    limit = (1 - lab.parameters.government.state_ownership) * after_dividends(lab)
    assert after.paid["entry_equity"] - lab.paid["entry_equity"] == pytest.approx(limit, rel=EXACT)


def test_entrants_take_over_plant_and_place_and_start_anew(entering):
    lab, after = entering
    f, done, rules = lab.firms, after.firms, lab.parameters.firms
    _, leave = leavers(lab)
    sector = f.sector
    mean = lab.by_sector(f.market_share * f.productivity_gap)[sector]
    gap = mean + rules.entrant_gap + rules.entrant_deviation * lab.normal("entry", range(f.rows))
    # The mean is over the firms as they stand when the sector's turn comes.
    assert done.productivity_gap == pytest.approx(np.where(leave, gap, f.productivity_gap), rel=EXACT)
    expected = f.productivity * np.exp(np.where(leave, gap - f.productivity_gap, 0))
    assert done.productivity == pytest.approx(expected, rel=EXACT)
    number = np.bincount(sector)[sector]
    share = np.where(leave, np.maximum(f.market_share, rules.entrant_share / number), f.market_share)
    assert done.market_share == pytest.approx(share / lab.by_sector(share)[sector], rel=EXACT)
    assert (done.mark_up[leave] == lab.constants.mark_up[sector][leave]).all()
    assert (done.investment_rate[leave] == lab.sectors.wear[sector][leave]).all()
    uses = lab.uniform("entrant_stage", range(f.rows)) < 0.3 * lab.sectors.adoption[sector]
    assert (done.ai_stage[leave] == uses[leave]).all() and uses[leave].any()
    assert (done.office_pilots[leave] == uses[leave]).all()
    anew = ("office_scaled", "process_pilots", "process_scaled", "office_cover", "process_cover", "office_use",
            "process_use", "assistance", "integrating")  # fmt: skip
    for name in anew:
        assert (getattr(done, name)[leave] == 0).all(), name
    for name in ("mark_up", "investment_rate", "ai_stage", "office_pilots", *anew):
        assert (getattr(done, name)[~leave] == getattr(f, name)[~leave]).all(), name
