"""Costs and prices."""

from __future__ import annotations

from abm.economics.tasks import services_per_task, stage_subscriptions
from abm.economy import Economy
from abm.kernels.prices import set_prices
from abm.kernels.sectors import cost_inputs
from abm.levers.instruments import Instruments
from abm.phase import phase

ICT, POWER, REFINING = 15, 10, 3  # rows of sectors that sell AI services, electricity, fuel
HIGHEST_IMPORT_SHARE = 0.9
AI_ELECTRICITY_COST = 0.10  # electricity in the price of AI services at the opening
NEUTRAL_CARBON_PRICE = Instruments().carbon_price
TONNES = 1e-3  # yuan per tonne to thousand yuan


@phase
def inputs_are_costed(economy: Economy) -> None:
    """Import shares at last quarter's prices (Armington, eq. 30) and what inputs and energy cost per unit of output.

    Fuel and electricity per unit follow their own trends and the carbon price; compute burns electricity.
    """
    state, structure, p = economy.state, economy.structure, economy.parameters
    s, a, now = state.sectors, state.macro, economy.plans
    compute_power = 0.0
    if a.ai_services > 0:
        power = AI_ELECTRICITY_COST * p.energy.ai_electricity_factor
        compute_power = power * a.ai_services / max(float(s.output[ICT]), 1e-9)
    cost_inputs(
        structure.input_coefficients, structure.input_import_share, structure.final_import_share, structure.energy_rows,
        s.producer_price, s.price_response, now.foreign_price, p.trade.import_elasticity, HIGHEST_IMPORT_SHARE,
        POWER, REFINING, a.electricity_index, a.fuel_index, ICT, compute_power,
        s.import_shift, now.coefficients, now.import_shares, now.final_import_share, s.input_cost, s.energy_cost,
    )  # fmt: skip
    abroad = float(now.import_shares[ICT].mean())
    now.services_price = (1 - abroad) * float(s.producer_price[ICT]) + abroad * now.foreign_price


@phase
def firms_set_prices(economy: Economy) -> None:
    """Unit costs and prices (eq. 16-20); part of what AI saves stays in the price."""
    structure, p, plans = economy.structure, economy.parameters, economy.plans
    firms, sectors, macro, instruments = economy.firms, economy.sectors, economy.macro, economy.instruments
    plans.carbon_rate = max(0.0, instruments.carbon_price - NEUTRAL_CARBON_PRICE) * TONNES * macro.consumer_price
    plans.expected_co2_direct[:] = structure.fuel_intensity * macro.fuel_index * sectors.price_response
    plans.expected_co2_power[:] = structure.process_intensity
    burnt = sectors.electricity.sum() + macro.household_electricity + macro.ai_electricity
    plans.expected_co2_power[POWER] += macro.grid_factor * burnt / sectors.output[POWER]
    user_cost = (structure.depreciation + p.investment.required_return) * macro.capital_price
    services = services_per_task(p, macro.compute_quality) * (1 + instruments.compliance_cost)
    set_prices[economy.threads](
        firms.view, sectors.view, structure.view, plans.view, macro.view, instruments.view, p.firms.view, services,
        stage_subscriptions(p, instruments), user_cost, plans.carbon_rate,
    )  # fmt: skip
    domestic = 1 - plans.final_import_share
    plans.expected_final_price[:] = domestic * sectors.posted_price + plans.final_import_share * plans.foreign_price
