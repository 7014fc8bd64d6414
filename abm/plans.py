"""What phases of a quarter hand on to later ones: declared like the state, each with unit, meaning and one writer.

Vectors are by sector, quantities in thousand yuan at base prices. When a quarter opens, all of it becomes NaN,
so that nobody reads what has not been written yet.
"""

from __future__ import annotations

import math
from typing import Any, TypeAlias

import numpy as np

from abm.arrays import Floats, Matrix, ShortMatrix
from abm.codes import Use
from abm.columns import Declared
from abm.compiling.tables import Viewed, fields_of
from abm.kernels.consumption import HouseholdTotals
from abm.kernels.engel import CLASSES
from abm.kernels.settlement import FirmTotals

__all__ = ["HANDED_ON", "NUMBERS", "VECTORS", "QuarterPlans", "Use"]

Number: TypeAlias = float  # changes within the quarter, so that kernels are given it as an argument of its own


def handed_on(unit: str, meaning: str) -> Any:
    """A hand-off; the annotation says its type."""
    return Declared(unit, meaning)


class QuarterPlans(Viewed):
    """Plans, orders, prices and totals of one quarter that are forgotten when it ends."""

    # numbers
    frontier_growth_change: Number = handed_on("per quarter", "growth of the frontier against the last quarter")
    vacancies_offered: Number = handed_on("jobs", "vacancies")
    hires: Number = handed_on("workers", "jobs filled")
    wage_growth: Number = handed_on("factor", "growth of mean wages")
    foreign_price: Number = handed_on("index, 2024Q1 = 1", "foreign goods in domestic money")
    services_price: Number = handed_on("index, 2024Q1 = 1", "expected price of AI services")
    services_import_share: Number = handed_on("share", "imports in AI services")
    ai_orders: Number = handed_on("thousand CNY", "AI services and integration ordered, at expected prices")
    consumption_budget: Number = handed_on("thousand CNY", "what households mean to spend on consumption")
    housing_budget: Number = handed_on("thousand CNY", "what households mean to spend on dwellings, land fees apart")
    government_budget: Number = handed_on("thousand CNY", "public consumption planned, courses and programmes included")
    policy_budget: Number = handed_on("thousand CNY", "programmes of policies in public consumption and investment")
    public_services: Number = handed_on("thousand CNY", "AI services that the state buys, at expected prices")
    public_budget: Number = handed_on("thousand CNY", "public investment planned")
    usual_public_budget: Number = handed_on("thousand CNY", "the same without cycle and debt rule")
    income_tax_rate: Number = handed_on("share", "rate of the income tax above the threshold")
    policy_tax_rate: Number = handed_on("share", "part of that rate by which the budget rule pays for policies")
    policy_saving: Number = handed_on("thousand CNY", "public consumption that the budget rule saves for policies")
    carbon_dividend_share: Number = handed_on("share", "carbon dividend in what every adult is paid alike")
    grid_investment: Number = handed_on("share of GDP", "public investment in clean power beyond the trend")
    carbon_rate: Number = handed_on("thousand CNY per tonne", "carbon price above that of the trading scheme")
    services_paid_domestic: Number = handed_on("factor", "domestic goods in a yuan of AI services ordered")
    services_paid_imported: Number = handed_on("factor", "imports in a yuan of AI services ordered")
    investment_realised: Number = handed_on("share", "delivered part of the capital goods ordered")
    compute: Number = handed_on("thousand CNY of 2024Q1", "compute in the capital goods that firms order")
    integration_paid: Number = handed_on("factor", "paid for a yuan of integration of AI ordered")
    overtime: Number = handed_on("workers", "workers whose normal hours are the overtime of the quarter")
    bank_dividend: Number = handed_on("thousand CNY", "dividends of the bank to private owners")
    equity_paid_in: Number = handed_on("thousand CNY", "equity of entrants")
    gdp_before: Number = handed_on("thousand CNY", "nominal GDP of the last quarter")
    # records
    household_totals: HouseholdTotals = handed_on("thousand CNY", "sums over adults of what they plan")
    firm_totals: FirmTotals = handed_on("thousand CNY", "sums over firms of what they settle")
    # vectors by sector
    foreign_prices: Floats = handed_on("index, 2024Q1 = 1", "foreign goods in domestic money, by sector")
    expected_final_price: Floats = handed_on("index, 2024Q1 = 1", "expected price of final uses")
    final_import_share: Floats = handed_on("share", "imports in final uses")
    materials_scale: Floats = handed_on("thousand CNY of 2024Q1", "output for which materials are ordered")
    energy_scale: Floats = handed_on("thousand CNY of 2024Q1", "output for which energy is ordered")
    input_orders: Floats = handed_on("thousand CNY of 2024Q1", "domestic goods ordered as inputs")
    final_orders: Floats = handed_on("thousand CNY of 2024Q1", "goods ordered for all final uses but exports")
    export_orders: Floats = handed_on("thousand CNY of 2024Q1", "exports ordered")
    exports: Floats = handed_on("thousand CNY of 2024Q1", "exports, as far as goods are left for foreigners")
    materials_price: Floats = handed_on("per unit of output", "domestic materials as paid")
    energy_price: Floats = handed_on("per unit of output", "domestic energy as paid")
    import_materials: Floats = handed_on("per unit of output", "imported materials as paid")
    import_energy: Floats = handed_on("per unit of output", "imported energy as paid")
    expected_co2_direct: Floats = handed_on("tonnes per unit", "fuel of a unit of output, as firms expect in pricing")
    expected_co2_power: Floats = handed_on("tonnes per unit", "process and power of a unit, as firms expect in pricing")
    co2_direct: Floats = handed_on("tonnes per unit", "fuel of a unit of output")
    co2_power: Floats = handed_on("tonnes per unit", "what a firm's process does not change: cement and power")
    capital_intensity: Floats = handed_on("ratio", "capital wanted for a unit of output against the opening's")
    capital_gap: Floats = handed_on("share", "capital wanted over capital held, less 1")
    capital_expansion: Floats = handed_on("share", "part of their excess demand that short firms get")
    consumption: Floats = handed_on("thousand CNY of 2024Q1", "goods that households mean to buy")
    dwellings: Floats = handed_on("thousand CNY of 2024Q1", "goods in new dwellings")
    government: Floats = handed_on("thousand CNY of 2024Q1", "goods in public consumption")
    public: Floats = handed_on("thousand CNY of 2024Q1", "goods in public investment")
    capital: Floats = handed_on("thousand CNY of 2024Q1", "goods in firms' investment")
    data_pool: Floats = handed_on("mean firms' data", "data that the firms of a sector share")
    integration: Floats = handed_on("thousand CNY of 2024Q1", "goods in the integration of AI")
    office_log_odds: Floats = handed_on("log odds", "adoption of office AI, staff and subsidies apart, by sector")
    process_log_odds: Floats = handed_on(
        "log odds", "adoption of process AI, payback, staff and subsidies apart, by sector"
    )
    integration_support: Floats = handed_on("share of the integration cost", "subsidies for integrating AI, by sector")
    # by region, and one number for kernels
    zone_clarity: Floats = handed_on("log odds of adoption", "clear rules in demonstration zones, by region")
    zone_support: Floats = handed_on("share of the integration cost", "subsidies in demonstration zones, by region")
    public_compute: Floats = handed_on("share of pay under AI", "compute that the state gives to small firms")
    served: Floats = handed_on("share", "part of the projects of AI that find staff")
    task_saving: Floats = handed_on(
        "share of pay, and per quarter", "what an automated task saves, and the return required of capital"
    )
    # by firm
    openings: ShortMatrix = handed_on("jobs", "vacancies by firm and occupation")
    # by class of spenders
    class_persons: Floats = handed_on("workers", "adults by class of spenders")
    class_spending: Floats = handed_on("thousand CNY", "their spending on consumption")
    # matrices
    class_shares: Matrix = handed_on("share", "what a yuan of each class goes to, by sector")
    technical_coefficients: Matrix = handed_on(
        "per unit of output", "inputs by product and buyer as technology asks for them"
    )
    coefficients: Matrix = handed_on("per unit of output", "inputs by product and buyer, energy efficiency included")
    import_shares: Matrix = handed_on("share", "imports in inputs by product and buyer")
    paid: Matrix = handed_on("thousand CNY", "by use: domestic goods, imports, and the quantity bought at base prices")

    def __init__(self, sectors: int, firms: int, occupations: int, regions: int):
        shapes: dict[str, tuple[int, ...]] = dict.fromkeys(VECTORS, (sectors,))
        shapes |= {"class_persons": (CLASSES,), "class_spending": (CLASSES,), "class_shares": (CLASSES, sectors)}
        shapes |= {"zone_clarity": (regions,), "zone_support": (regions,)}
        shapes |= {"public_compute": (1,), "task_saving": (2,), "served": (1,)}
        shapes |= dict.fromkeys(("technical_coefficients", "coefficients", "import_shares"), (sectors, sectors))
        shapes |= {"paid": (len(Use), 3)}
        self._sectors, self._memory = sectors, np.full(sum(map(np.prod, shapes.values())), np.nan)
        self.openings = np.zeros((firms, occupations), dtype=np.uint16)
        first = 0
        for name, shape in shapes.items():
            last = first + int(np.prod(shape))
            setattr(self, name, self._memory[first:last].reshape(shape))
            first = last
        self.open_quarter(0.0)

    def open_quarter(self, gdp_before: float) -> None:
        """Forget the last quarter."""
        self._memory.fill(np.nan)
        vars(self).update(NUMBERS)
        self.gdp_before = gdp_before
        self.household_totals, self.firm_totals = HouseholdTotals(), FirmTotals()

    # As ever: numbers are no part of the view, and arrays are written in place.
    __setattr__ = object.__setattr__  # type: ignore[assignment]

    def __getstate__(self) -> dict[str, Any]:
        """Without the arrays that are parts of one piece of memory."""
        names = (*NUMBERS, "household_totals", "firm_totals")
        numbers = {name: vars(self)[name] for name in names}
        made_for = (self._sectors, *self.openings.shape, self.zone_clarity.size)
        return {"made_for": made_for, "memory": self._memory, "openings": self.openings, "numbers": numbers}

    def __setstate__(self, kept: dict[str, Any]) -> None:
        QuarterPlans.__init__(self, *kept["made_for"])
        self.openings = kept["openings"]
        self._memory[:] = kept["memory"]
        vars(self).update(kept["numbers"])


HANDED_ON = {name: value for name, value in vars(QuarterPlans).items() if isinstance(value, Declared)}
VECTORS = tuple(name for name, kind in fields_of(QuarterPlans).items() if kind == "Floats")
NUMBERS = {name: math.nan for name, kind in QuarterPlans.__annotations__.items() if kind == "Number"}
