"""The accounts of sectors where what they make and buy is one economy's, and how GDP is used another's.

Consumption, public consumption, investment, exports and imports are as large, over GDP, as in the economy whose uses
they are; what they consist of, the inputs of sectors and who earns a sector's value added are those of the economy
whose sectors they are. Output follows from both (Leontief 1936, the open input-output model): it is what final uses
and the inputs for them ask for. The part that is imported keeps its pattern over products and is moved in one
proportion until imports are as large as they should be, so that GDP is too: nothing has to be balanced afterwards.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from abm.arrays import FloatArray
from abm.data import Tables

__all__ = ["USES", "JoinedAccounts", "joined_accounts"]

USES = ("household_consumption", "government_consumption", "fixed_investment", "inventory_change", "exports")
HALVES = 60  # of the interval of the import factor
LARGEST_FACTOR = 20.0


class JoinedAccounts(NamedTuple):
    """Columns of sectors.csv in money, inputs (supplying, using), and investment over that of the sectors' economy."""

    columns: dict[str, FloatArray]
    domestic: FloatArray
    imported: FloatArray
    invested: float


def joined_accounts(sectors: Tables, uses: Tables, money: float) -> JoinedAccounts:
    """What sectors make, buy and earn as in ``sectors``, uses of GDP and taxes on sectors as in ``uses``.

    ``money`` is the GDP that the accounts should have, in billion of the currency, in the year of the table.
    """
    gdp = float(uses.value_added.sum())
    totals = {name: float(getattr(uses, name).sum()) * money / gdp for name in USES}
    wanted = sum(totals.values()) - money  # imports
    final = {name: _spread(getattr(sectors, name), totals[name]) for name in USES}
    low, high = 0.0, LARGEST_FACTOR
    for _ in range(HALVES):
        factor = (low + high) / 2
        if _imports(sectors, final, factor) > wanted:
            high = factor
        else:
            low = factor
    imported, final_imports, output = _solved(sectors, final, (low + high) / 2)
    invested = totals["fixed_investment"] / money
    columns = final | _incomes(sectors, uses, output) | {"gross_output": output, "final_imports": final_imports}
    return JoinedAccounts(
        columns | _parts(sectors, columns), sectors.domestic + sectors.imported - imported, imported,
        invested / float(sectors.fixed_investment.sum() / sectors.value_added.sum()),
    )  # fmt: skip


def _spread(products: FloatArray, total: float) -> FloatArray:
    """An amount over products as another one is."""
    return products * (total / products.sum())


def _solved(sectors: Tables, final: dict[str, FloatArray], factor: float) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Imported inputs per unit of output, final imports and gross output, with imports moved by a factor."""
    inputs = sectors.domestic + sectors.imported
    imported = np.minimum(sectors.imported * factor, inputs)
    used = sum((getattr(sectors, name) for name in USES[:-1]), np.zeros(len(sectors.codes)))
    share = np.divide(np.maximum(sectors.final_imports, 0.0), used, out=np.zeros_like(used), where=used > 0)
    at_home = sum((final[name] for name in USES[:-1]), np.zeros_like(used))
    final_imports = np.maximum(at_home, 0.0) * np.clip(share * factor, 0.0, 1.0)
    asked = at_home + final["exports"] - final_imports
    return imported, final_imports, np.linalg.solve(np.eye(used.size) - (inputs - imported), asked)


def _imports(sectors: Tables, final: dict[str, FloatArray], factor: float) -> float:
    imported, final_imports, output = _solved(sectors, final, factor)
    return float((imported @ output).sum() + final_imports.sum())


def _incomes(sectors: Tables, uses: Tables, output: FloatArray) -> dict[str, FloatArray]:
    """Value added and who gets it: taxes at the rates of one economy, the rest in the proportions of the other's."""
    added = output * (1 - (sectors.domestic + sectors.imported).sum(axis=0))
    taxes = uses.net_production_tax / uses.value_added * added
    names = ("compensation", "depreciation", "operating_surplus")
    earned = sum((getattr(sectors, name) for name in names), np.zeros_like(added))
    return {name: getattr(sectors, name) / earned * (added - taxes) for name in names} | {
        "value_added": added, "net_production_tax": taxes,
    }  # fmt: skip


def _parts(sectors: Tables, columns: dict[str, FloatArray]) -> dict[str, FloatArray]:
    """The columns that divide others, in the proportions of the sectors' economy, and jobs by value added."""
    home, consumed, bought = (columns[name] for name in USES[:3])
    used = sum((columns[name] for name in USES[:-1]), np.zeros_like(home))
    share = np.divide(columns["final_imports"], used, out=np.zeros_like(used), where=used > 0)
    rural = np.divide(
        sectors.household_consumption_rural, sectors.household_consumption, out=np.full_like(home, 0.5),
        where=sectors.household_consumption > 0,
    )  # fmt: skip
    return {
        "household_consumption_rural": home * rural,
        "household_consumption_urban": home * (1 - rural),
        "final_consumption_domestic": (home + consumed) * (1 - share),
        "fixed_investment_domestic": bought * (1 - share),
        "employment_thousand": sectors.employment_thousand / sectors.value_added * columns["value_added"],
    }
