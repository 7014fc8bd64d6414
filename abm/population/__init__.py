"""From the targets of the opening economy to its agents at quarter 0, one module for each part.

``workers`` who works where and owns what, ``firms`` what each firm makes and has, ``firm_sizes`` how large firms are,
``aggregates`` sectors and the whole, ``budgets`` the stocks and rates at which all accounts close, ``tastes`` what
households like, ``draws`` random draws.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import lru_cache

import numba
import numpy as np

from abm.data import Tables, load_tables
from abm.economics.tasks import organise
from abm.errors import UserError
from abm.kernels.investment import factor_costs
from abm.levers.instruments import Instruments
from abm.parameters import Parameters
from abm.population.adoption import ai_in_use
from abm.population.aggregates import fill_aggregates
from abm.population.budgets import close_budgets
from abm.population.draws import Draws
from abm.population.firm_sizes import apportion, firm_sizes
from abm.population.firms import fill_firms
from abm.population.fixed_structure import fixed_structure
from abm.population.generations import generations_of
from abm.population.targets import Opening, open_economy
from abm.population.tastes import fit_tastes
from abm.population.workers import fill_workers
from abm.state import State
from abm.structure import Structure

__all__ = ["FEWEST_WORKERS", "populate"]

FEWEST_WORKERS = 2_000


def populate(
    parameters: Parameters,
    workers: int,
    seed: int,
    threads: int = 1,
    economy: str | None = None,
    without: Collection[str] = (),
) -> tuple[State, Structure, Opening]:
    """The economy of quarter 0 with ``workers`` simulated adults, books balanced. Raises UserError for too few.

    ``threads`` shortens the opening of a large economy and changes no bit. ``economy`` names the tables, see
    ``load_tables``; ``without`` are applications of AI that are switched off.
    """
    if workers < FEWEST_WORKERS:
        raise UserError(f"--workers {workers}: should be at least {FEWEST_WORKERS}, so that every sector has a firm")
    tables = load_tables(parameters.growth.opening_year, economy)
    regions = len(tables.economy.regions)
    if threads > 1:
        numba.set_num_threads(threads)
    draws = Draws(seed, threads)
    labour = parameters.labour
    generations = generations_of(parameters, tables, workers)
    of_working_age = generations.share_below(labour.retirement_age)
    force = round(workers * of_working_age * labour.participation)
    unemployed = round(force * tables.macro["unemployment_rate"])
    employed = force - unemployed
    opening = _targets(parameters, tables, tuple(without), employed)
    structure = fixed_structure(opening, tables, parameters, employed)
    structure.generations = generations
    staff = apportion(opening.employment, employed)
    sizes = firm_sizes(staff, employed, tables.mean_firm_size, parameters, draws)
    sector = np.repeat(np.arange(len(sizes)), [len(one) for one in sizes])
    structure.sector_start = np.searchsorted(sector, np.arange(len(sizes) + 1)).astype(np.int64)
    state = State.empty(workers + generations.reserve, sector.size, len(opening.codes), len(tables.occupation_codes))
    state.firms.sector[:] = sector
    state.firms.headcount[:] = np.concatenate(sizes)
    state.firms.region[:] = (draws.uniforms("firm_region", sector.size) * regions).astype(np.uint8)
    retired = workers - round(workers * of_working_age)
    fill_workers(state, structure, opening, parameters, draws, employed, unemployed, retired)
    fill_firms(state, structure, opening, parameters, draws)
    fill_aggregates(state, structure, opening, parameters)
    organise(state, structure, parameters, Instruments())
    structure.usual_factor_costs = np.empty(len(opening.codes))
    factor_costs(state.firms.view, state.sectors.view, structure.view, state.macro.view, structure.usual_factor_costs)
    close_budgets(state, structure, opening, parameters, tables.macro, threads)
    fit_tastes(state, structure, tables, parameters)
    return state, structure, opening


@lru_cache(maxsize=16)  # the same for every seed of an ensemble
def _targets(parameters: Parameters, tables: Tables, without: tuple[str, ...], employed: int) -> Opening:
    """The targets of the opening, with what firms spend on AI as departments have moved until then."""
    opening = open_economy(parameters, tables, without)
    if not parameters.artificial_intelligence.enabled:
        return opening
    structure = fixed_structure(opening, tables, parameters, employed)
    return open_economy(parameters, tables, without, ai_in_use(structure, opening, parameters))
