"""People respond to money that is not earned as much as the literature says, and not at all where there is none."""

import numpy as np
import pytest

from abm import Model
from abm.economics.income_tax import wage_taxes
from abm.kernels.search import gather_searchers
from abm.levers import Levers
from abm.levers.instruments import Instruments
from abm.state import Status

pytestmark = pytest.mark.theory

WORKERS, QUARTERS = 4_000, 20  # everybody has had a turn to decide
GENEROUS = 0.3  # basic income, mean wages


def run(basic_income, **assumptions):
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Levers, "policy", lambda self, quarter: Instruments(basic_income=basic_income))
        model = Model(WORKERS, rng=4, overrides={f"assumptions.{key}": value for key, value in assumptions.items()})
        for _ in range(QUARTERS):
            model.step()
    return model


@pytest.fixture(scope="module")
def without():
    return run(0.0)


@pytest.fixture(scope="module")
def with_it():
    return run(GENEROUS)


def of_working_age(model):
    return np.isin(
        model.state.workers.status, (Status.EMPLOYED, Status.UNEMPLOYED, Status.TRAINING, Status.INACTIVE)
    )  # fmt: skip


def participation(model):
    return model.state.workers.participates[of_working_age(model)].mean()


def test_a_basic_income_lowers_participation_by_a_tenth_of_it_over_the_wage(without, with_it):
    w = without.state.workers
    pay = np.maximum(w.reference_wage[of_working_age(without)] / without.state.macro.mean_wage, 0.25)
    expected = 0.1 * GENEROUS * np.mean(1 / pay)
    assert participation(without) - participation(with_it) == pytest.approx(expected, rel=0.35)


def test_without_it_participation_is_as_calibrated(without):
    assert participation(without) == pytest.approx(without.economy.parameters.labour.participation, abs=0.01)
    assert participation(run(0.0, **{"labour.income_effect": 0.5})) == participation(without)


def test_everybody_alive_is_paid_and_nobody_else(with_it):
    a, paid = with_it.state.macro, with_it.ledger.amounts["basic_income"]
    assert paid == pytest.approx(GENEROUS * a.mean_wage * a.adults, rel=1e-9)


def mean_chance(model):
    """Of the unemployed of the quarter's end, as if they searched once more."""
    economy, w = model.economy, model.state.workers
    p = economy.parameters
    _, together = gather_searchers(
        w.view, economy.macro.view, economy.instruments.view, p.labour.view, p.households.view,
        wage_taxes(economy).view, np.zeros(w.rows, dtype=np.int32), 1, model.quarter,
    )  # fmt: skip
    return together / (w.status == Status.UNEMPLOYED).sum()


def test_search_falls_with_benefits_and_less_with_a_basic_income(without, with_it):
    assert mean_chance(without) == pytest.approx(without.economy.parameters.labour.search_share, abs=0.05)
    generous = run(0.0, **{"households.benefit_rate": 0.6, "households.benefit_take_up": 1.0})
    assert mean_chance(generous) < mean_chance(without) - 0.03
    assert mean_chance(with_it) < mean_chance(without)
    indifferent = run(GENEROUS, **{"labour.search_elasticity": 0.0})
    assert mean_chance(indifferent) == pytest.approx(without.economy.parameters.labour.search_share, rel=1e-6)


def test_pensions_follow_ageing_in_part_and_contributions_the_rest(without):
    a, structure, h = without.state.macro, without.economy.structure, without.economy.parameters.households
    retired = (without.state.workers.status == Status.RETIRED).sum()
    ageing = retired / a.employed / structure.retired_per_employed
    assert ageing > 1.05
    assert a.pension_factor == pytest.approx(ageing**-h.pension_restraint, rel=1e-9)
    assert structure.employee_rate < a.employee_rate < structure.employee_rate + 0.03
