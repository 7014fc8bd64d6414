"""Costs and prices."""

from __future__ import annotations

from abm.economy import Economy
from abm.kernels.pricing import set_prices
from abm.kernels.sectors import cost_inputs
from abm.phase import phase
from abm.tasks import services_per_task, stage_subscriptions

ICT, POWER, REFINING = 15, 10, 3  # rows of sectors that sell AI services, electricity, fuel
HIGHEST_IMPORT_SHARE = 0.9
AI_ELECTRICITY_COST = 0.10  # electricity in the price of AI services at the opening
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
    state, structure, p, now = economy.state, economy.structure, economy.parameters, economy.plans
    f, s, a, policy = state.firms, state.sectors, state.macro, economy.instruments
    neutral = type(policy)().carbon_price
    now.carbon_rate = max(0.0, policy.carbon_price - neutral) * TONNES * a.consumer_price
    now.expected_co2_direct[:] = structure.fuel_intensity * a.fuel_index * s.price_response
    now.expected_co2_power[:] = structure.process_intensity
    burnt = s.electricity.sum() + a.household_electricity + a.ai_electricity
    now.expected_co2_power[POWER] += a.grid_factor * burnt / s.output[POWER]
    set_prices[economy.threads](
        structure.sector_start, f.productivity, f.efficiency_units, f.payroll, f.unit_wage, f.labour_per_unit,
        f.displaced_share, f.extra_capital, f.materials_per_unit, f.energy_per_unit, f.research_share, f.ai_stage,
        now.expected_co2_direct, now.expected_co2_power, f.price, f.unit_cost, f.ai_unit_spending, f.unit_saving, f.mark_up,
        f.market_share, s.unit_wage, s.input_cost, s.energy_cost, structure.production_tax_rate,
        structure.research_staff, s.posted_price, structure.employer_rate, structure.slack,
        services_per_task(p, a.compute_quality) * (1 + policy.compliance_cost), stage_subscriptions(p, policy),
        policy.ai_tax, policy.compute_voucher,
        (structure.depreciation + p.investment.required_return) * a.capital_price, now.carbon_rate,
        p.firms.saving_retained, a.expected_inflation, p.firms.price_speed,
    )  # fmt: skip
    now.expected_final_price[:] = (
        1 - now.final_import_share
    ) * s.posted_price + now.final_import_share * now.foreign_price
