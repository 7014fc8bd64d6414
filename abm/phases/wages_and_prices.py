"""Wages by occupation, what every worker is paid, and the costs and prices of firms."""

from __future__ import annotations

from abm.economics.carbon import carbon_rate
from abm.economics.integration import talent_pull
from abm.economy import Economy
from abm.kernels.energy import emission_factors
from abm.kernels.prices import cost_inputs, set_prices
from abm.kernels.wages import add_up_staff, pay_wages, set_wages
from abm.phase import phase


@phase
def occupations_set_wages(economy: Economy) -> None:
    """Wages follow expected inflation and productivity growth, and tightness by occupation (Phillips curve, eq. 13).

    The level follows broad slack, trainees included, so that retraining does not make policy tighten; relative wages
    follow relative slack, taken off its mean: else the noise of small occupations would raise wages everywhere. So does
    the part of wages that follows what AI makes of the occupation's own revenue productivity.
    """
    workers, occupations, macro = economy.workers, economy.occupations, economy.macro
    economy.plans.wage_growth = set_wages[economy.threads](
        workers.view, occupations.view, economy.structure.view, macro.view, economy.parameters.labour.view,
        talent_pull(macro.talent_need, economy.parameters.integration),
    )  # fmt: skip


@phase
def firms_pay_wages(economy: Economy) -> None:
    """Firms pay wages and add up their payroll; workers learn on the job (eq. 14-15)."""
    firms, workers, occupations, macro = economy.firms, economy.workers, economy.occupations, economy.macro
    parameters, scratch, ai = economy.parameters, economy.scratch, economy.parameters.artificial_intelligence
    courses = parameters.policy_effects.learning_from_courses * economy.instruments.ai_literacy
    pay_wages[economy.threads](
        firms.view, workers.view, occupations.view, economy.structure.view, economy.state.abilities.view,
        parameters.labour.view, ai.rent_share, ai.learning_on_the_job * (1 + courses), scratch.staff_sums,
        scratch.occupation_sums, economy.seed, economy.quarter,
    )  # fmt: skip
    add_up_staff[economy.threads](
        firms.view, occupations.view, macro.view, ai.highest_automation, economy.state.staff.view,
        scratch.staff_sums, scratch.occupation_sums,
    )  # fmt: skip


@phase
def firms_cost_inputs(economy: Economy) -> None:
    """Compute import shares (Armington, relative prices act over years, eq. 30), unit costs of inputs and energy.

    Fuel and electricity per unit follow their own trends and the carbon price; compute burns electricity.
    """
    sectors, macro, structure, plans = economy.sectors, economy.macro, economy.structure, economy.plans
    rows, parameters = structure.rows, economy.parameters
    imported = cost_inputs(
        sectors.view, plans.view, structure.view, macro.view, parameters.trade.view, parameters.energy.view,
        plans.foreign_prices, rows.energy_power, rows.energy_fuel, rows.ai_services,
    )  # fmt: skip
    plans.services_import_share = imported
    domestic_price = float(sectors.producer_price[rows.ai_services])
    plans.services_price = (1 - imported) * domestic_price + imported * plans.foreign_price


@phase
def firms_set_prices(economy: Economy) -> None:
    """Firms compute unit costs and set prices (eq. 16-20); part of the cost saving from AI stays in the price."""
    structure, parameters, plans, rows = economy.structure, economy.parameters, economy.plans, economy.structure.rows
    firms, sectors, macro, instruments = economy.firms, economy.sectors, economy.macro, economy.instruments
    plans.carbon_rate = max(0.0, carbon_rate(instruments, economy.allowance_price, macro))
    emission_factors(
        sectors.view, structure.view, macro.view, rows.energy_power, float(sectors.output[rows.energy_power]),
        plans.expected_co2_direct, plans.expected_co2_power,
    )  # fmt: skip
    set_prices[economy.threads](
        firms.view, sectors.view, structure.view, plans.view, macro.view, instruments.view, parameters.firms.view,
        parameters.investment.view, plans.carbon_rate, plans.foreign_prices,
    )  # fmt: skip
