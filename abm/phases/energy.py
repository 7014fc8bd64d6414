"""Energy in physical units and carbon dioxide in tonnes."""

from __future__ import annotations

from abm.economics.carbon import carbon_price_rise, real_carbon_rate
from abm.economics.coal import coal_mines, coal_need
from abm.economy import Economy
from abm.kernels.accounts import add_up
from abm.kernels.energy import need_energy, respond_to_carbon_price, use_energy
from abm.parameters import Energy
from abm.phase import phase
from abm.plans import Use
from abm.state import Macro

QUARTERS = 4


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
        economy.firms.view, sectors.view, structure.view, plans.view, macro.view, rules.view,
        float(plans.paid[Use.CONSUMPTION, 2]), structure.rows.energy_power,
    )  # fmt: skip
    dispatched, growth = macro.dispatch_response, grid_growth(economy)
    rise = real_carbon_rate(economy.instruments, economy.allowance_price)
    respond_to_carbon_price(sectors.view, structure.view, macro.view, rules.view, rise)
    move_trends(macro, rules, economy.quarter)
    macro.grid_factor *= (1 + growth) * macro.dispatch_response / dispatched
    need_energy(
        sectors.view, structure.view, macro.view, rules.view, rise, structure.rows.energy_power,
        structure.rows.energy_fuel,
    )  # fmt: skip
    equip_power_plants(economy)


def equip_power_plants(economy: Economy) -> None:
    """Clean power takes capital goods that cost what the coal cost that it replaces, at the prices of the opening."""
    mines, structure, power = coal_mines(economy), economy.structure, economy.structure.rows.energy_power
    coal = float(structure.input_coefficients[mines, power].sum())
    economy.sectors.equipment_need[power] += (1 - coal_need(economy)) * coal


def burn_electricity_of_ai(macro: Macro, rules: Energy) -> None:
    """AI services burn electricity, a yuan of them less from quarter to quarter; the opening fixes how much.

    The work of integrating AI into firms burns none.
    """
    if macro.services_used > 0:
        if macro.ai_electricity_intensity == 0.0:
            macro.ai_electricity_intensity = macro.ai_electricity / macro.services_used
        macro.ai_electricity = macro.ai_electricity_intensity * macro.services_used
        macro.ai_electricity_intensity *= 1 + rules.ai_electricity_trend


def move_trends(macro: Macro, rules: Energy, quarter: int) -> None:
    """Trends of fuel, process emissions and electricity per unit; all but fuel's go from the record to the long run."""
    long_run, half_life = rules.electricity_trend_long_run, rules.electricity_half_life
    macro.fuel_index *= 1 + rules.fuel_trend
    macro.process_index *= 1 + fading(
        rules.process_trend, rules.process_trend_long_run, quarter, rules.process_half_life
    )
    macro.electricity_index *= 1 + fading(rules.electricity_trend, long_run, quarter, half_life)
    macro.services_electricity_index *= 1 + fading(rules.services_electricity_trend, long_run, quarter, half_life)
    macro.household_electricity_index *= 1 + fading(rules.household_electricity_trend, long_run, quarter, half_life)


def fading(opening: float, long_run: float, quarter: int, half_life: float) -> float:
    """A rate of growth that goes from that of the opening to that of the long run."""
    return long_run + (opening - long_run) * 0.5 ** (quarter / half_life)


def grid_growth(economy: Economy) -> float:
    """Growth of the carbon in a kilowatt-hour: the trend, less what is built because of the carbon price and policy.

    Both are clean power over electricity used, and bounded by what can be built. At the opening it replaces fossil
    power by the kilowatt-hour, later in proportion to what is left of it.
    """
    rules = economy.parameters.energy
    trend = fading(rules.grid_trend, rules.grid_trend_long_run, economy.quarter, rules.grid_half_life)
    rise = carbon_price_rise(economy.instruments, economy.allowance_price)
    dearer = max(0.0, 1 + rise * rules.fossil_factor / rules.coal_power_cost)
    drawn = rules.clean_building / QUARTERS * (dearer**rules.building_elasticity - 1)
    built = min(rules.grid_fastest, drawn + publicly_built(economy))
    return trend - built / economy.structure.fossil_share


def publicly_built(economy: Economy) -> float:
    """Clean power a year that public money adds in the quarter, over electricity used in a year."""
    rules, macro = economy.parameters.energy, economy.macro
    money = economy.plans.grid_investment * macro.trend_gdp / macro.capital_price
    used = add_up(economy.sectors.electricity) + macro.household_electricity + macro.ai_electricity
    return money * 1_000 / rules.clean_power_cost / (QUARTERS * used)
