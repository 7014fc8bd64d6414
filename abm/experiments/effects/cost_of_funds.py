"""What a yuan of income tax costs beyond the yuan, since labour supply and search answer the net wage.

The income tax is raised by about 1 % of GDP from 2027 on and all of it is paid back, the same to every adult. Who pays
and who receives has effects of its own on demand, so that each economy is run twice, once where participation and
search answer taxes and once where they do not: the difference of the effects on GDP is the loss by the answer alone.
Income that is not earned lowers participation and search elsewhere in the model; here it must not, since what is paid
back is to make up for the tax.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from abm.arguments import whole_number
from abm.data import DEFAULT_ECONOMY

if TYPE_CHECKING:
    from abm.arrays import FloatArray
    from abm.experiments.ensembles.variants import Variants
    from abm.experiments.running.progress import Silent
    from abm.results.results import Results

__all__ = ["CENTRAL", "SEMI_ELASTICITIES", "CostOfFunds", "cost_of_funds"]

SEMI_ELASTICITIES = (0.1, 0.2, 0.3)  # of participation; Chetty et al. 2013, Bargain, Orsini and Peichl 2014
CENTRAL = 0.2
NONE = 0.0  # neither participation nor search answers
LUMP_SUM = 0.0135  # mean wages: about 1 % of GDP
TAXED = {"levers.basic_income": {"share": LUMP_SUM}, "levers.budget_rule": {"surcharge": 1.0}}
COMPENSATED = {"assumptions.labour.income_effect": 0.0, "assumptions.labour.liquidity_effect": 0.0}


@dataclass(frozen=True)
class CostOfFunds:
    """By semi-elasticity the sums over the years in force, (seeds,) each, trillion yuan at the prices of the opening.

    ``done`` holds the runs; where some failed or were interrupted the sums of others only are there.
    """

    years: int
    revenue: Mapping[float, FloatArray]
    lost_gdp: Mapping[float, FloatArray]
    lost_consumption: Mapping[float, FloatArray]
    done: Variants

    def marginal(self, semi_elasticity: float = CENTRAL) -> float:
        """1 + real GDP lost per yuan that the tax raises."""
        return float(1 + self.lost_gdp[semi_elasticity].mean() / self.revenue[semi_elasticity].mean())


def cost_of_funds(
    workers: int = 10_000,
    seeds: Iterable[int] = range(1, 17),
    years: int = 10,
    progress: Silent | None = None,
    economy: str = DEFAULT_ECONOMY,
) -> CostOfFunds:
    """Run the economies with and without the tax, for every semi-elasticity and for none, and compare them by seed."""
    from abm.experiments.ensembles.variants import run_variants
    from abm.levers import FIRST_QUARTER
    from abm.scenarios.scenario import baseline_in

    years = whole_number("years", years)
    variants: dict[str, dict[str, Any]] = {}
    for answer in (NONE, *SEMI_ELASTICITIES):
        rules = COMPENSATED | {
            "assumptions.labour.net_wage_response": answer, "assumptions.labour.search_net_wage": float(answer > NONE)
        }  # fmt: skip
        variants[_name(answer, False)], variants[_name(answer, True)] = rules, rules | TAXED
    done = run_variants(baseline_in(economy), variants, workers, seeds, FIRST_QUARTER + 4 * years - 1, progress)
    revenue, gdp, consumption = {}, {}, {}
    for answer in SEMI_ELASTICITIES:
        names = [_name(one, taxed) for one in (NONE, answer) for taxed in (False, True)]
        if all(name in done.results for name in names):
            found = [_sums(done.results[name], FIRST_QUARTER) for name in names]
            (gdp_off, spent_off, _), (gdp_off_taxed, spent_off_taxed, _) = found[:2]
            (gdp_on, spent_on, _), (gdp_on_taxed, spent_on_taxed, raised) = found[2:]
            gdp[answer] = (gdp_off_taxed - gdp_off) - (gdp_on_taxed - gdp_on)
            consumption[answer] = (spent_off_taxed - spent_off) - (spent_on_taxed - spent_on)
            revenue[answer] = raised
    return CostOfFunds(years, revenue, gdp, consumption, done)


def _name(answer: float, taxed: bool) -> str:
    return f"semi-elasticity {answer:g}{', taxed' if taxed else ''}"


def _sums(results: Results, first: int) -> tuple[FloatArray, FloatArray, FloatArray]:
    """(seeds,) real GDP, real consumption of households and cost of policies, summed from a quarter on."""
    gdp, nominal = _series(results, "real_gdp"), _series(results, "nominal_gdp")
    spent = _series(results, "consumption") * gdp / nominal
    raised = _series(results, "policy_cost_ratio") * gdp
    sums = [series[:, first:].sum(axis=1) for series in (gdp, spent, raised)]
    return sums[0], sums[1], sums[2]


def _series(results: Results, name: str) -> FloatArray:
    """(seeds, quarters + 1)."""
    rows = results.series[results.series["variable"] == name]
    table = rows.pivot(index="seed", columns="quarter", values="value")
    return np.ascontiguousarray(table.to_numpy(dtype=float))
