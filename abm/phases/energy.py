"""Energy in physical units and carbon dioxide in tonnes."""

from __future__ import annotations

from abm.economics.carbon import carbon_price_rise, carbon_rate
from abm.economy import Economy
from abm.kernels.energy import respond_to_carbon_price, use_energy
from abm.parameters import Energy
from abm.phase import phase
from abm.plans import Use
from abm.state import Macro


@phase
def economy_uses_energy(economy: Economy) -> None:
    """Compute fuel, electricity and emissions of the quarter and update the trends.

    AI saves energy per unit in process industries, never the carbon in a kilowatt-hour. The trends without AI are those
    on record and imposed.
    """
    sectors, macro, plans, structure = economy.sectors, economy.macro, economy.plans, economy.structure
    rules = economy.parameters.energy
    burn_electricity_of_ai(macro, rules)
    use_energy[economy.threads](
        economy.firms.view, sectors.view, structure.view, plans.view, macro.view, float(plans.paid[Use.CONSUMPTION, 2]),
        structure.rows.energy_power,
    )  # fmt: skip
    rate = carbon_rate(economy.instruments, economy.allowance_price, macro)
    respond_to_carbon_price(sectors.view, plans.view, rules.view, rate)
    macro.fuel_index *= 1 + rules.fuel_trend
    macro.electricity_index *= 1 + rules.electricity_trend * 0.5 ** (economy.quarter / rules.electricity_half_life)
    macro.grid_factor *= 1 + grid_growth(economy)


def burn_electricity_of_ai(macro: Macro, rules: Energy) -> None:
    """AI services burn electricity, a yuan of them less from quarter to quarter; the opening fixes how much."""
    if macro.ai_services > 0:
        if macro.ai_electricity_intensity == 0.0:
            macro.ai_electricity_intensity = macro.ai_electricity / macro.ai_services
        macro.ai_electricity = macro.ai_electricity_intensity * macro.ai_services
        macro.ai_electricity_intensity *= 1 + rules.ai_electricity_trend


def grid_growth(economy: Economy) -> float:
    """Growth of the carbon in a kilowatt-hour: the trend, less what the carbon price and public investment add."""
    rules, fading = economy.parameters.energy, 0.5 ** (economy.quarter / economy.parameters.energy.grid_half_life)
    trend = rules.grid_trend_long_run + (rules.grid_trend - rules.grid_trend_long_run) * fading
    built = min(rules.grid_fastest, rules.grid_investment_response * economy.plans.grid_investment)
    rise = carbon_price_rise(economy.instruments, economy.allowance_price)
    return trend - rules.grid_response * rise / 100 - built
