"""The eight shocks whose responses are measured, each declared once: what it is, its size, and what it changes.

A change of an instrument reaches the economy as a policy does, by the flows of the ledger; the others change one number
of the state or the orders of one phase, so that every payment that follows is booked as ever.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from abm.codes import Status
from abm.data import DECLARED, DEFAULT_ECONOMY, elsewhere, exchange_rate, in_currency, load_tables
from abm.experiments.responses.declaration import Shock
from abm.phases.labour_market import firms_adjust_staff
from abm.phases.people import workers_age_and_retire
from abm.phases.production import firms_plan_investment
from abm.phases.trends import exogenous_trends_move
from abm.results.currency import in_words_of
from abm.structure import AGRICULTURE

if TYPE_CHECKING:
    from abm.arrays import BoolArray
    from abm.economy import Economy
    from abm.levers.instruments import Instruments

__all__ = ["SHOCKS", "drawn_for_dismissal", "shocks_in"]

YEAR = 4  # quarters
YOUNGEST, OLDEST = 25.0, 50.0  # years, of those who are dismissed
DISMISSAL = 8  # sets the draws apart from those of other users of the seed


def _instruments(economy: Economy) -> Instruments:
    """The instruments in force in the quarter, as an object of its own that a shock may change."""
    economy.instruments = economy.levers.policy(economy.quarter)
    return economy.instruments


def more_public_demand(economy: Economy, size: float, quarters: int) -> None:
    """The state buys more of its usual goods for a year."""
    if quarters < YEAR:
        plans, more = economy.plans, size * economy.macro.trend_gdp
        plans.government += more * economy.structure.government_basket / plans.expected_final_price
        plans.government_budget += more


def more_transfers(economy: Economy, size: float, quarters: int) -> None:
    """Every adult is paid the same basic income for a year."""
    instruments, macro = _instruments(economy), economy.macro
    if quarters < YEAR:
        instruments.basic_income += size * macro.trend_gdp / (macro.adults * macro.mean_wage)


def higher_policy_rate(economy: Economy, size: float, quarters: int) -> None:
    """The central bank sets another rate once."""
    if not quarters:
        economy.macro.policy_rate += size / YEAR


def changed_exports(economy: Economy, size: float, quarters: int) -> None:
    """Demand abroad changes, besides the random shock of the quarter, and fades as such shocks do."""
    if not quarters:
        economy.macro.export_shock += math.log1p(size)


def changed_world_prices(economy: Economy, size: float, quarters: int) -> None:
    """Prices abroad jump, and grow from there as ever."""
    if not quarters:
        economy.macro.world_price *= 1 + size


def changed_productivity(economy: Economy, size: float, quarters: int) -> None:
    """An efficiency unit of labour makes more in every firm."""
    if not quarters:
        economy.firms.productivity *= 1 + size


def changed_carbon_price(economy: Economy, size: float, quarters: int) -> None:  # noqa: ARG001 - it lasts
    """The carbon price of the quarter is another."""
    _instruments(economy).carbon_price += size


def layoffs(economy: Economy, size: float, quarters: int) -> None:
    """Staff drawn by lot lose their jobs, as others do who are dismissed or quit."""
    if not quarters:
        workers, rows = economy.workers, drawn_for_dismissal(economy, size)
        workers.employer[rows] = -1
        workers.status[rows] = Status.UNEMPLOYED
        workers.jobless_quarters[rows] = 0


def drawn_for_dismissal(economy: Economy, share: float) -> BoolArray:
    """Which workers are drawn: of the staff outside agriculture and aged 25 to 50, each with the same chance.

    A larger share draws the same workers and others besides.
    """
    workers, sector = economy.workers, economy.firms.sector
    draws = np.random.default_rng((economy.seed, economy.quarter, DISMISSAL)).random(workers.rows)
    staff = (workers.status == Status.EMPLOYED) & (workers.employer >= 0)
    outside = (economy.structure.industry != AGRICULTURE)[sector[np.maximum(workers.employer, 0)]]
    of_age = (workers.age >= YOUNGEST) & (workers.age < OLDEST)
    return staff & outside & of_age & (draws < share)


SHARE_OF_GDP, PER_CENT, POINTS = "share of trend GDP", 100.0, 1e4

SHOCKS = {
    one.name: one
    for one in (
        Shock(
            "public_demand", "Public consumption {size:+.4g} % of GDP for a year", 0.01, SHARE_OF_GDP, -0.05, 0.05,
            PER_CENT, "the state orders more of its usual basket in four quarters; debt pays", "own",
            firms_plan_investment, more_public_demand,
        ),
        Shock(
            "transfers", "Transfers to households {size:+.4g} % of GDP for a year", 0.01, SHARE_OF_GDP, 0.0, 0.05,
            PER_CENT, "the instrument of the basic income pays every adult alike in four quarters; debt pays", "own",
            exogenous_trends_move, more_transfers,
        ),
        Shock(
            "policy_rate", "Policy rate {size:+.4g} basis points", 0.01, "per year", -0.02, 0.05, POINTS,
            "added to the policy rate once, at the start of the quarter; from its end on the central bank's own rule "
            "smooths it away: a part of money.rate_smoothing, .85, is left a quarter later, less as the rule reacts",
            "Christiano, Eichenbaum and Evans 2005", exogenous_trends_move, higher_policy_rate,
        ),
        Shock(
            "exports", "Demand for exports {size:+.4g} %", -0.06, "share", -0.5, 0.5, PER_CENT,
            "added to the shock of export demand once; shocks.export_persistence, .6 a quarter, lets it fade", "own",
            workers_age_and_retire, changed_exports,
        ),
        Shock(
            "world_prices", "World prices {size:+.4g} % for ever", 0.1, "share", -0.5, 0.5, PER_CENT,
            "prices abroad in foreign money jump once and grow from there", "own",
            exogenous_trends_move, changed_world_prices,
        ),
        Shock(
            "productivity", "Productivity of all firms {size:+.4g} % for ever", 0.01, "share", -0.1, 0.1, PER_CENT,
            "labour productivity of every firm is multiplied once", "Galí 1999", exogenous_trends_move,
            changed_productivity,
        ),
        Shock(
            "carbon_price", "Carbon price {size:+.4g} yuan a tonne for ever", 110.0, "CNY of 2024Q1 per tonne", -90.0,
            5_000.0, 1.0, "the instrument of the carbon price is higher in every quarter; revenue lowers the "
            "deficit", "from 90 to 200 yuan", exogenous_trends_move, changed_carbon_price,
        ),
        Shock(
            "layoffs", "Layoffs of {size:.3g} % of staff aged 25 to 50", 0.03, "share of non-farm staff", 0.0, 0.5,
            PER_CENT, "drawn by lot and dismissed once, before firms adjust their staff",
            "Jacobson, LaLonde and Sullivan 1993", firms_adjust_staff, layoffs,
        ),
    )
}  # fmt: skip
DIGITS = 3  # of an amount of money that is converted


def shocks_in(economy: str = DEFAULT_ECONOMY, year: int = 2024) -> Mapping[str, Shock]:
    """The shocks as they are in an economy: an amount of money is the same at the exchange rate of the opening year.

    The carbon price can fall by what allowances cost there. Raises UserError where the tables have no exchange rate.
    """
    if elsewhere(economy) is None:
        return SHOCKS
    return {name: _there(one, economy, year) if DECLARED in one.unit else one for name, one in SHOCKS.items()}


def _there(one: Shock, economy: str, year: int) -> Shock:
    rate = exchange_rate(DEFAULT_ECONOMY, economy, year)
    return replace(
        one,
        title=in_words_of(one.title, economy),
        unit=in_currency(one.unit, economy),
        size=float(f"{rate * one.size:.{DIGITS}g}"),
        lower=-load_tables(year, economy).allowance_price,
        upper=float(f"{rate * one.upper:.{DIGITS}g}"),
        source=f"{one.source}, at {rate:.3g} {in_currency(DECLARED, economy)} for one {DECLARED}",
    )
