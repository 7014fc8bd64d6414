"""From the published tables to the targets of the opening economy: pure functions, national money, no agents.

Structure is that of the economy's tables, levels are those of the opening year: every money flow of the table is scaled
by the ratio of GDP. Flows are billion of the currency per quarter at these levels.
What the tables need before a model can stand on them is done here, one function for each; docs/decisions/ has reasons.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

import numpy as np

from abm.applications import Applied, apply
from abm.arrays import Flags, Floats, Matrix
from abm.data import Tables, load_tables
from abm.parameters import Parameters
from abm.population.in_use import InUse, none_in_use
from abm.sectors import ELECTRICITY_GROUPS, SectorRows, having

__all__ = ["Opening", "open_economy"]

BILLION_TO_THOUSAND = 1e6


@dataclass(frozen=True, eq=False)
class Opening:
    """The targets of the opening economy, billion yuan per quarter unless said otherwise; (sectors,)."""

    tables: Tables
    applied: Applied  # what each use of AI does in the sectors
    in_use: InUse  # what firms spend on AI
    compute: float  # in the capital of those who sell AI services, billion yuan at the quarter's end
    gdp: float
    inflation: float  # of consumer prices, per quarter, over the year before
    output: Floats
    value_added: Floats  # with what own staff integrates of AI
    wages: Floats  # gross wages and employers' contributions
    mixed_income: Floats
    production_taxes: Floats
    gross_surplus: Floats  # operating surplus and depreciation
    employment: Floats  # million persons
    capital: Floats  # billion yuan
    depreciation: float  # of firms' and public capital, per quarter
    input_coefficients: Matrix  # (supplying, using), domestic and imported
    input_import_share: Matrix  # (supplying, using)
    final_import_share: Floats
    consumption: Floats
    government_consumption: Floats
    residential_investment: Floats
    public_investment: Floats
    fixed_investment: Floats  # of firms, what they buy: the integration of AI and compute included
    inventories: Floats  # billion yuan
    inventory_change: Floats
    exports: Floats
    imports: Floats
    co2_fuel: Floats  # Mt per quarter, power for the grid apart
    co2_process: Floats  # Mt per quarter
    co2_grid: float  # Mt per quarter of the power sector
    co2_households: float  # Mt per quarter
    electricity: Floats  # TWh per quarter, AI apart
    electricity_households: float  # TWh per quarter
    electricity_ai: float  # TWh per quarter
    storable: Flags
    tradable: Flags

    @property
    def codes(self) -> tuple[str, ...]:
        """Of the sectors."""
        return self.tables.codes

    @property
    def regions(self) -> tuple[str, ...]:
        """Codes of the regions."""
        return tuple(region.code for region in self.tables.economy.regions)

    @property
    def rows(self) -> SectorRows:
        """Of the sectors with a role that one sector has."""
        return self.tables.rows

    @property
    def co2(self) -> Floats:
        """Direct emissions of the sectors, Mt per quarter."""
        total = self.co2_fuel + self.co2_process
        total[self.rows.energy_power] += self.co2_grid
        return total


def open_economy(
    parameters: Parameters, tables: Tables | None = None, without: Collection[str] = (), in_use: InUse | None = None
) -> Opening:  # fmt: skip
    """The targets for quarter 0: 2024Q1, or the first quarter of the opening year that the parameters name.

    ``without`` are codes of applications of AI that are switched off, ``in_use`` is what firms spend on AI: part of
    GDP is made by own staff for itself, and part of what the table has as fixed investment is integration.
    """
    tables = tables or load_tables(parameters.growth.opening_year)
    gdp = tables.macro["nominal_gdp_trn"] * 1000 / 4
    in_use = in_use or none_in_use(len(tables.codes))
    market = 1 - float(in_use.own.sum()) / gdp  # of GDP
    scale = gdp / tables.value_added.sum()
    output = tables.gross_output * scale
    coefficients = tables.domestic + tables.imported
    # The published columns and rows close up to rounding; value added takes it, so that the accounts close to the bit.
    published = output * (1 - coefficients.sum(axis=0))
    published *= gdp / published.sum()
    scale, value_added = scale * market, published * market
    output = value_added / (1 - coefficients.sum(axis=0))
    value_added += in_use.own
    # People are paid alike with and without AI: what its integration adds to value added is surplus.
    wages, mixed, taxes = _incomes(tables, published, parameters.structural_change.farm_wages)
    surplus = value_added - wages - mixed - taxes
    demand: dict[str, Any] = _final_demand(tables, parameters, output, scale)
    energy = _energy(tables, parameters, output)
    ordinary = float(demand["fixed_investment"].sum() - in_use.paid.sum())
    depreciation = _depreciation(parameters, gdp, ordinary)
    trend = parameters.growth.trend_opening
    compute = 4 * parameters.compute.of_services * float(in_use.services.sum())
    faster = (parameters.compute.depreciation - depreciation) * compute / (1 + trend)
    total = (ordinary - faster) * (1 + trend) / (depreciation + trend)
    farming = having(tables.roles, "farming")
    left = surplus - demand["inventory_change"] - in_use.spent
    capital = _capital(farming, parameters, depreciation, total, output, surplus, left)
    return Opening(
        tables=tables, applied=apply(tables, without, _stocks(parameters) / 4), gdp=gdp, in_use=in_use,
        compute=compute, inflation=tables.macro["consumer_price_inflation"] / 4,
        output=output, value_added=value_added, wages=wages, mixed_income=mixed,
        production_taxes=taxes, gross_surplus=surplus, capital=capital,
        employment=_employment(tables, wages + mixed, parameters),
        depreciation=depreciation,
        input_coefficients=coefficients,
        input_import_share=np.divide(
            tables.imported, coefficients, out=np.zeros_like(coefficients), where=coefficients > 0
        ),
        storable=tables.storable > 0, tradable=tables.tradable > 0, **demand, **energy,
    )  # fmt: skip


def _incomes(tables: Tables, value_added: Floats, farm_wages: float) -> tuple[Floats, ...]:
    """Wages, mixed income and production taxes; agriculture's compensation holds its farmers' profit."""
    wages = tables.compensation / tables.value_added * value_added
    taxes = tables.net_production_tax / tables.value_added * value_added
    mixed = np.zeros_like(wages)
    farming = having(tables.roles, "farming")
    mixed[farming] = wages[farming] - farm_wages * value_added[farming]
    wages[farming] = farm_wages * value_added[farming]
    return wages, mixed, taxes


def _stocks(parameters: Parameters) -> float:
    """Quarters of sales that producers of goods hold as inventories at the opening."""
    return parameters.firms.inventories_held * parameters.firms.inventory_target


def _depreciation(parameters: Parameters, gdp: float, invested: float) -> float:
    """Per quarter: the parameter, or more where growth is so low that the table's investment would pile up capital."""
    rules, real = parameters.investment, parameters.growth.trend_opening
    most = 4 * rules.highest_capital_ratio * gdp
    return max(rules.depreciation, invested * (1 + real) / most - real)


def _capital(
    farming: Flags, parameters: Parameters, depreciation: float, total: float, output: Floats, surplus: Floats,
    left: Floats,
) -> Floats:  # fmt: skip
    """Billion yuan at the quarter's end, ``total`` in all: what the table's investment keeps growing at the trend.

    It lies where it earns, in proportion to gross surplus; agriculture's is the one at which what is ``left`` to those
    who work there, after investment and interest, is the mixed income of the table.
    """
    rules, money, growth = parameters.investment, parameters.money, parameters.growth
    real, nominal = growth.trend_opening, growth.trend_opening + growth.inflation_target
    deposits = parameters.firms.liquidity_target * output[farming]
    deposit_rate = max(0.0, money.policy_rate - money.deposit_spread)
    cost = depreciation + real + rules.leverage * (money.policy_rate + money.loan_spread - nominal)
    capital = np.zeros_like(surplus)
    capital[farming] = (left[farming] + (deposit_rate - nominal) * deposits) / cost * (1 + real)
    others = surplus.copy()
    others[farming] = 0.0
    return capital + (total - capital[farming].sum()) * others / others.sum()


def _employment(tables: Tables, labour_income: Floats, parameters: Parameters) -> Floats:
    """Million persons. Outside agriculture part of the gap in log pay per worker is taken as a fault of the counts.

    Agriculture takes the official share of 2024, if the parameters say so, since that of the count of 2018 is a
    different and older one.
    """
    people = tables.employment_thousand / tables.employment_thousand.sum()
    outside = ~having(tables.roles, "farming")
    if parameters.structural_change.official_opening:
        farming = tables.macro["agriculture_employment_share"]
        people = np.where(
            outside, people * (1 - farming) / people[outside].sum(), farming * (people / people[~outside].sum())
        )
    pay = labour_income / people
    adjusted = np.where(outside, people * (pay / pay[outside].mean()) ** parameters.labour.employment_shrinkage, people)
    adjusted[outside] *= people[outside].sum() / adjusted[outside].sum()
    return tables.macro["employment_million"] * adjusted


def _final_demand(tables: Tables, parameters: Parameters, output: Floats, scale: float) -> dict[str, Floats]:
    """Final uses by product, domestic and imported goods together, and imports.

    What a row of the table leaves over after the model's own inventories goes into fixed investment: the published
    inventories with the discrepancy. Where that is negative, households buy less; where uses at home
    would be negative altogether, abroad buys less. Dwellings and public investment are mostly construction; firms take
    the rest.
    """
    consumption = tables.household_consumption * scale
    public = tables.government_consumption * scale
    exports = tables.exports * scale
    final_imports = np.maximum(tables.final_imports, 0.0) * scale  # below zero where imported stocks were run down
    growth = parameters.growth.trend_opening
    inventories = np.where(tables.storable > 0, _stocks(parameters) * output, 0.0)
    inventory_change = growth * inventories
    domestic_final = output - tables.domestic @ output - exports - inventory_change
    # What a row is short of: rounding in 2018; in the earlier tables their discrepancy, or stocks that grow with trend.
    missing = np.minimum(domestic_final, 0.0)
    domestic_final, exports = domestic_final - missing, exports + missing
    investment = domestic_final + final_imports - consumption - public
    short = np.minimum(investment, 0.0)
    investment, consumption = investment - short, consumption + short
    gdp = (output * (1 - (tables.domestic + tables.imported).sum(axis=0))).sum()
    building, agencies = tables.rows.construction, tables.rows.real_estate
    residential, state = np.zeros_like(investment), np.zeros_like(investment)
    residential[agencies] = investment[agencies]
    residential[building] = parameters.households.residential_investment * gdp - residential[agencies]
    state[building] = parameters.government.public_investment * gdp
    firms = investment - residential - state
    total_final = consumption + public + investment
    return {
        "consumption": consumption,
        "government_consumption": public,
        "residential_investment": residential,
        "public_investment": state,
        "fixed_investment": firms,
        "inventories": inventories,
        "inventory_change": inventory_change,
        "exports": exports,
        "imports": tables.imported @ output + final_imports,
        "final_import_share": np.divide(
            final_imports, total_final, out=np.zeros_like(total_final), where=total_final > 0
        ),
    }


def _energy(tables: Tables, parameters: Parameters, output: Floats) -> dict[str, Any]:
    """Physical energy per quarter: emissions scaled to the national total, electricity by use."""
    macro, power = tables.macro, tables.rows.energy_power
    co2_scale = macro["co2_total_mt"] / macro["co2_table_total_mt"] / 4
    co2 = tables.co2_mt * co2_scale
    process = co2 * tables.process_co2_share
    electricity = macro["electricity_twh"] / 4
    grid = electricity * macro["grid_emission_factor_kg_per_kwh"]
    fuel = co2 - process
    fuel[power] -= grid
    growth = macro["electricity_twh"] / macro["electricity_split_twh"] / 4
    bought = tables.domestic[power] * output
    use = np.zeros_like(output)
    for group, name in enumerate(ELECTRICITY_GROUPS):
        (rows,) = np.nonzero(tables.electricity_group == group)
        total = macro[f"electricity_{name}_split_twh"] * growth
        weights = np.where(rows == power, 0.0, bought[rows])
        if power in rows:
            own = parameters.energy.network_losses * electricity
            use[power] = own
            total -= own
        use[rows] += total * weights / weights.sum()
    ai = parameters.energy.ai_electricity_opening / 4
    households = macro["electricity_households_split_twh"] * growth
    use *= (electricity - households - ai) / use.sum()
    return {
        "co2_fuel": fuel,
        "co2_process": process,
        "co2_grid": grid,
        "co2_households": macro["co2_households_table_mt"] * co2_scale,
        "electricity": use,
        "electricity_households": households,
        "electricity_ai": ai,
    }
