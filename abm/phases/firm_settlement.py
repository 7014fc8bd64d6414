"""Firms settle the quarter: sales, costs, taxes, investment, loans and payouts; exits and entrants."""

from __future__ import annotations

from abm.accounting import FLOWS
from abm.economics.bank_lending import lending_factor
from abm.economics.compute import wear_with_compute
from abm.economics.integration import integrators
from abm.economy import Economy
from abm.kernels.accounts import add_up
from abm.kernels.competition import exit_and_enter
from abm.kernels.production import overtime_staff
from abm.kernels.settlement import FirmTotals, earn_profits, settle_firms
from abm.phase import phase
from abm.plans import Use

POSTED = tuple(flow.name for flow in FLOWS if flow.name in FirmTotals.declared)


@phase
def firms_settle(economy: Economy) -> None:
    """Post the sales, costs, taxes, investment, loans and payouts of every firm (eq. 34-36)."""
    structure, plans, parameters, instruments = (
        economy.structure,
        economy.plans,
        economy.parameters,
        economy.instruments,
    )
    firms, sectors, macro = economy.firms, economy.sectors, economy.macro
    home, abroad, bought = plans.paid[Use.CAPITAL].tolist()
    macro.capital_price = (home + abroad) / bought if bought > 0 else macro.capital_price
    invested_home, invested_abroad = integration_is_priced(economy)
    lending = lending_factor(macro, add_up(firms.loans), parameters.money)
    rows = economy.scratch.firm_totals
    earn_profits[economy.threads](
        firms.view, sectors.view, structure.view, plans.view, macro.view, instruments.view,
        parameters.research.labour_part, plans.carbon_rate, plans.services_paid_domestic, plans.services_paid_imported,
        plans.integration_paid, rows,
    )  # fmt: skip
    plans.overtime = overtime_staff(firms.view, structure.view)
    settle_firms[economy.threads](
        firms.view, sectors.view, structure.view, macro.view, instruments.view, parameters.firms.view,
        parameters.investment.view, lending, plans.investment_realised, rows,
    )  # fmt: skip
    compute_wears_out(economy)
    plans.firm_totals = totals = FirmTotals.sum_of(rows)
    macro.research_spending = totals.research_spending
    post, owned = economy.ledger.post, parameters.government.state_ownership
    for name in POSTED:
        post(name, getattr(totals, name))
    post("fixed_investment", home)
    post("fixed_investment_imports", abroad)
    post("integration", invested_home)
    post("integration_imports", invested_abroad)
    private, foreign = (1 - owned) * totals.shareholder_payout, structure.foreign_ownership
    post("dividends", (1 - foreign) * private)
    post("foreign_dividends", foreign * private)
    post("state_dividends", owned * totals.shareholder_payout + totals.state_payout)


def compute_wears_out(economy: Economy) -> None:
    """Compute at the quarter's end, and with it the wear of its owners' capital in the next one (eq. 36a)."""
    firms, structure, macro, rules = economy.firms, economy.structure, economy.macro, economy.parameters.compute
    ordered = economy.plans.compute * economy.plans.investment_realised
    macro.compute_capital = (1 - rules.depreciation) * macro.compute_capital + ordered
    seller = structure.rows.ai_services
    here = slice(structure.sector_start[seller], structure.sector_start[seller + 1])
    economy.sectors.wear[seller] = wear_with_compute(
        structure.depreciation, macro.compute_capital, add_up(firms.capital[here]), rules
    )


def integration_is_priced(economy: Economy) -> tuple[float, float]:
    """The price of the integration of AI; what firms pay for it at home and abroad."""
    home, abroad, bought = economy.plans.paid[Use.INTEGRATION].tolist()
    if bought > 0:
        economy.macro.intangible_price = (home + abroad) / bought
    else:  # as it would be, since own staff may do some
        shares = integrators(economy.structure, economy.parameters.integration)
        economy.macro.intangible_price = add_up(shares * economy.sectors.final_price)
    return home, abroad


@phase
def firms_exit_and_enter(economy: Economy) -> None:
    """Insolvent firms and firms that have lost their market exit; owners fund the entrants at their sites (eq. 39)."""
    parameters, plans, macro = economy.parameters, economy.plans, economy.macro
    dividends = (1 - parameters.government.state_ownership) * plans.firm_totals.shareholder_payout
    exits, written_off, plans.equity_paid_in = exit_and_enter(
        economy.firms.view, economy.sectors.view, economy.structure.view, macro.view, parameters.firms.view,
        parameters.investment.view, dividends, economy.seed, economy.quarter,
    )  # fmt: skip
    macro.exits = float(exits)
    macro.bank_equity -= written_off
    economy.ledger.write_off(written_off)
    economy.ledger.post("entry_equity", plans.equity_paid_in)
