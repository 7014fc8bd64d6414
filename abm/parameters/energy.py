"""Energy and emissions."""

from __future__ import annotations

from dataclasses import dataclass

from abm.compiling.tables import Viewed
from abm.parameters.declaration import parameter

__all__ = ["Energy"]


@dataclass(frozen=True)
class Energy(Viewed):
    """Physical energy and emissions; all trends without AI are imposed."""

    fuel_trend: float = parameter(-0.012, "per quarter", -0.1, 0.05, "CO2 outside power over real GDP fell by 5.2 % a year in 2013-23: Global Carbon Project less grid factor times use; cement by 7.8, so fuel by 4.8; range -.009 to -.015", "trend of fuel per unit of output", "empirical")
    process_trend: float = parameter(-0.0165, "per quarter", -0.1, 0.05, "cement 2.42 to 2.02 bn t in 2013-23 while real value added of the industry grew 4.8 % a year, NBS from memory; range -.010 to -.020", "trend of process emissions per unit of output at the opening")
    process_trend_long_run: float = parameter(-0.0015, "per quarter", -0.1, 0.05, "own; .6 % a year by clinker substitution as now planned, no capture; net-zero roads of the IEA and of RMI and the China Cement Association (2022) need 3 % and more; range -.012 to 0", "trend of process emissions per unit in the long run")
    process_half_life: float = parameter(20.0, "quarters", 1.0, 1000.0, "own; range 8 to 40", "half-life of the approach to it")
    electricity_trend: float = parameter(-0.0005, "per quarter", -0.05, 0.05, "use of the secondary sector over its real value added +.5 % a year in 2018-23 (NEA and NBS, from memory) less .7 by electrification, which is counted apart; range -.004 to .003", "trend of electricity per unit of output of farms and industry at the opening, electrification apart")
    services_electricity_trend: float = parameter(0.0053, "per quarter", -0.05, 0.05, "use of the tertiary sector over its real value added +3.7 % a year in 2018-23 (NEA and NBS, from memory) less 1.6 by electrification; range 0 to .008", "the same of services")
    household_electricity_trend: float = parameter(0.0033, "per quarter", -0.05, 0.05, "use of households over their real consumption +2.2 % a year in 2018-23 (NEA and NBS, from memory) less .9 by electrification; range -.001 to .006", "the same of households' consumption")
    electricity_trend_long_run: float = parameter(-0.0025, "per quarter", -0.05, 0.05, "electricity per real GDP fell by .6 to 1.3 % a year in the United States, the OECD and Korea once they were rich, from memory; range -.004 to 0", "trend of all three in the long run")
    electricity_half_life: float = parameter(20.0, "quarters", 1.0, 1000.0, "own; range 8 to 60", "half-life of the approach to it")
    electrified_industry: float = parameter(0.15, "share", 0.0, 1.0, "own; scrap, electric heat and heat pumps; range 0 to .4", "part of the fuel that farms and industry no longer burn that electricity replaces")
    electrified_services: float = parameter(0.5, "share", 0.0, 1.0, "own; electric vehicles, cooking and heat pumps, the rest is better engines and less freight; range .2 to .8", "the same of services, transport among them, and of households")
    electricity_for_fuel: float = parameter(1.25, "MWh per tonne CO2", 0.0, 10.0, "oil that emits a tonne holds 3.8 MWh (IPCC, 73 kg a GJ), an electric drive needs a third; coal 2.9 and heat pumps a third to a half; range .5 to 2.5", "electricity that replaces the fuel that emits a tonne")
    grid_trend: float = parameter(-0.0052, "per quarter", -0.1, 0.02, "Ember: 717.5 to 583.0 g in 2013-23, -2.1 % a year; range -.0035 to -.007", "trend of the grid factor at the opening", "empirical")
    grid_trend_long_run: float = parameter(-0.0128, "per quarter", -0.1, 0.02, "coal 14 % of power in 2050, bp Energy Outlook 2024, Current Trajectory: about .15 kg a kWh; range -.009 to -.022 (DNV 2024: 88 % renewables)", "trend of the grid factor in the long run", "empirical")
    grid_half_life: float = parameter(8.0, "quarters", 1.0, 1000.0, "own; the 217 GW of sun and 76 GW of wind of 2023 (NEA, January 2024) give 4.9 % of use a year: at 5.5 % more use the factor falls by 4.5 %; range 2 to 32", "half-life of the approach to it")
    coal_price: float = parameter(300.0, "CNY per tonne CO2", 50.0, 2_000.0, "coal of 5 500 kcal at 675 to 700 yuan a tonne on long contracts, 2.2 t CO2, from memory; range 250 to 400", "price of coal at the opening by what it emits, the lowest price of fuel")
    oil_price: float = parameter(2_400.0, "CNY per tonne CO2", 300.0, 10_000.0, "diesel at 7 500 yuan a tonne, 3.15 t CO2, from memory; range 2 000 to 2 800", "price of oil products by what they emit, the highest price of fuel")
    price_elasticity: float = parameter(0.6, "elasticity", 0.0, 2.0, "Labandeira, Labeaga and Lopez-Otero 2017: energy -.21 in the short and -.61 in the long run, from memory; range .3 to .9", "response of fuel per unit to its price with the carbon price")
    price_speed: float = parameter(0.1, "per quarter", 0.01, 1.0, "the same: a third of the long run within a year; range .05 to .2", "speed of the responses to the carbon price", "empirical")
    electricity_elasticity: float = parameter(0.37, "elasticity", 0.0, 2.0, "the same for electricity: -.13 and -.37, from memory; range .2 to .6", "response of electricity per unit to its price with the carbon price")
    power_price: float = parameter(600.0, "CNY per MWh", 50.0, 5_000.0, "what firms pay, 550 to 700 with the grid's fee, from memory", "price of electricity at the opening that the carbon cost is compared with")
    process_price: float = parameter(600.0, "CNY per tonne CO2", 50.0, 10_000.0, "cement at 350 yuan a tonne with .55 t of process CO2, from memory; range 500 to 800", "price of cement at the opening by what its process emits")
    process_elasticity: float = parameter(0.3, "elasticity", 0.0, 2.0, "own; clinker substitution of 5 % at 110 yuan; range .1 to .6", "response of process emissions per unit to its price with the carbon price")
    dispatch_elasticity: float = parameter(0.1, "elasticity", 0.0, 1.0, "own; better coal plants run first, 3 % less coal a kWh at 110 yuan, as the reform of plants in 2021-25 planned; range .03 to .2", "response of the grid factor to the price of coal with the carbon price, by dispatch")
    fossil_factor: float = parameter(0.8273, "tonnes per MWh", 0.1, 2.0, "Ministry of Ecology and Environment: fossil power in 2023", "carbon dioxide of fossil power", "empirical")
    clean_building: float = parameter(0.049, "per year", 0.0, 0.5, "sun and wind added in 2023 (217 and 76 GW, NEA) at 1 286 and 2 225 hours over use", "clean power that is added in a year without a policy, over electricity used", "empirical")
    building_elasticity: float = parameter(1.0, "elasticity", 0.0, 5.0, "own; after ten years 11 % of use, as much as the supply elasticity of 2.7 of Johnson 2014 (from memory) gives for sun and wind; range .3 to 2.7", "response of that building to the cost of coal power with the carbon price")
    coal_power_cost: float = parameter(400.0, "CNY per MWh", 50.0, 5_000.0, "benchmark .36 to .45 yuan a kWh, from memory", "cost of coal power at the opening that the carbon cost is compared with")
    clean_power_cost: float = parameter(1_500.0, "CNY per MWh a year", 100.0, 20_000.0, "plants took 2 200 (968 bn yuan for 293 GW in 2023, NEA), with storage and lines 3 000 (own); half is paid by the power sold; range 500 (only the gap of levelised costs, .04 yuan a kWh) to 3 000 (all of it)", "public money for clean power of a MWh a year, for the life of the plant")
    grid_fastest: float = parameter(0.0125, "per quarter", 0.0, 0.1, "own; as much again as was built in 2023; range .006 to .025", "largest clean power that the carbon price and public investment add in a quarter, over electricity used")
    ai_electricity_opening: float = parameter(20.0, "TWh a year", 0.0, 500.0, "a fifth of data centres' 102 TWh", "electricity of AI at the opening")
    ai_electricity_trend: float = parameter(-0.010, "per quarter", -0.1, 0.05, "own", "trend of electricity per real yuan of AI services")
    ai_electricity_factor: float = parameter(1.0, "factor", 0.0, 10.0, "1: as on record", "electricity of AI services against what the opening has; 0: none is burnt")
    ai_electricity_cost: float = parameter(0.10, "share", 0.0, 1.0, "own", "electricity in the price of AI services at the opening")
    network_losses: float = parameter(0.13, "share", 0.0, 0.5, "own use and line losses, from memory", "part of electricity that the power sector uses itself")
