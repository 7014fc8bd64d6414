"""Tasks move between labour and capital as Acemoglu and Restrepo have it, and factor shares with them."""

import numpy as np
import pytest
from laboratory import SETTLED_AI

from abm import Model
from abm.data import load_tables
from abm.economics.tasks import services_per_task, task_saving
from abm.kernels.technology import capability
from abm.parameters import Parameters, with_overrides
from abm.scenarios.resolution import CALM

pytestmark = pytest.mark.theory

# Artificial intelligence that is everywhere at once and works on tasks only.
TASKS_ONLY = CALM | SETTLED_AI | {
    f"assumptions.{name}": value
    for name, value in {
        "artificial_intelligence.algorithm_opening": 0.95, "office_ai.automation": 6.0, "office_ai.augmentation": 0.0,
        "process_ai.gain": 0.0, "process_ai.materials_gain": 0.0, "process_ai.energy_gain": 0.0,
        "artificial_intelligence.forecast_gain": 0.0, "artificial_intelligence.reinstatement": 0.0,
        "firms.quality_gain": 0.0,
    }.items()
}  # fmt: skip
QUARTERS = 24


@pytest.fixture(scope="module")
def labour_share():
    """``labour_share(policy, **changes)``: its mean over the last two years of a run on one luck."""
    known = {}

    def run(policy="baseline", **changes):
        key = (policy, tuple(sorted(changes.items())))
        if key not in known:
            changed = {f"assumptions.{name.replace('__', '.')}": value for name, value in changes.items()}
            model = Model(5_000, rng=3, policy=policy, overrides=TASKS_ONLY | changed)
            for _ in range(QUARTERS):
                model.step()
            values = model.recorder.series("labour_share")
            known[key] = float(values[-8:].mean())
        return known[key]

    return run


def test_labour_per_unit_is_what_is_left_and_what_is_new(grown):
    """(1 - displaced + new) over the value that new tasks add."""
    model = grown(8, **{"assumptions.adoption.office_constant": 0.0, "assumptions.office_ai.automation": 3.0,
        "assumptions.office_ai.own_part": 0.0})  # fmt: skip
    f, ai, structure = model.state.firms, model.economy.parameters.artificial_intelligence, model.economy.structure
    assert (f.displaced_share > 0).sum() > 50 and (f.new_task_share > 0).sum() > 50
    value = (1 - f.displaced_share + f.new_task_share) / f.labour_per_unit
    pay = f.unit_wage * (1 + structure.employer_rate) / f.productivity / f.price
    added = f.new_task_share * pay * (1 + ai.new_task_gain)
    # Prices, wages and new tasks have moved on since tasks were organised at the quarter's beginning.
    assert value[f.new_task_share > 0.001] == pytest.approx(1 + added[f.new_task_share > 0.001], abs=0.002)
    assert (f.labour_per_unit[(f.displaced_share == 0) & (f.new_task_share == 0)] == 1).all()


def test_automated_tasks_need_capital(grown):
    model = grown(8, **TASKS_ONLY)
    f = model.state.firms
    automated = f.displaced_share > 0.01
    assert automated.sum() > 20
    assert (f.extra_capital[automated] > 0).all()
    usual = model.economy.structure.capacity_per_capital[f.sector]
    assert (f.capital_productivity[automated] < usual[automated]).all()
    free = grown(8, **(TASKS_ONLY | {"assumptions.artificial_intelligence.task_capital": 0.0})).state.firms
    assert free.extra_capital == pytest.approx(np.zeros(free.rows), abs=1e-12)


def test_automated_tasks_get_cheaper_with_compute():
    parameters = Parameters()
    savings = [
        task_saving(parameters, parameters.investment.depreciation, quality) for quality in (1.0, 2.0, 10.0, 100.0)
    ]
    assert savings[0] == pytest.approx(0.3, abs=0.05)  # Acemoglu 2025: .27
    assert np.all(np.diff(savings) > 0) and savings[-1] < 1
    flat = with_overrides(parameters, {"artificial_intelligence.task_services_elasticity": 0.0})
    assert services_per_task(flat, 50.0) == services_per_task(flat, 1.0)


def test_automation_with_cheap_capital_lowers_the_labour_share(labour_share):
    without = labour_share("no_ai")
    assert labour_share() < without - 0.004
    # What is kept of the saving goes to owners on top of it.
    assert labour_share(firms__ai_saving_retained=0.8) < labour_share() - 0.002


def test_strong_reinstatement_raises_the_labour_share(labour_share):
    assert labour_share(artificial_intelligence__reinstatement=1.5) > labour_share() + 0.002
    both = {
        "office_ai__automation": 3.0, "artificial_intelligence__reinstatement": 3.0,
        "artificial_intelligence__new_task_life": 6.0,
    }  # fmt: skip
    assert labour_share(**both) > labour_share("no_ai") > labour_share()


def test_new_tasks_may_exceed_displaced_ones():
    model = Model(2_000, rng=1, overrides=TASKS_ONLY | {
        "assumptions.artificial_intelligence.reinstatement": 3.0,
        "assumptions.artificial_intelligence.new_task_life": 8.0,
    })  # fmt: skip
    for _ in range(16):
        model.step()
    f = model.state.firms
    assert (f.new_task_share * f.output).sum() > (f.displaced_share * f.output).sum() > 0


def test_shared_data_are_worth_more_than_the_sum_of_their_parts():
    """Data are not used up: two firms that share gain more capability than each has from its own data alone."""
    ai = Parameters().artificial_intelligence

    def reached(data):
        return capability(data, 0.02, 0.6, 0.3, ai.view)

    alone, shared = reached(0.5), reached(1.0)
    assert 2 * shared > 2 * alone
    # With its neighbour's data each has what one firm with all data has, at no loss to the other.
    assert 2 * shared == pytest.approx(2 * reached(0.5 + 0.5))
    assert 2 * shared - 2 * alone > shared - alone > 0


def test_research_is_a_flow_that_matches_the_business_survey(grown):
    """Spending by sector at the opening is the survey's intensity times output; researchers are on the payroll."""
    model = grown(0)
    f, structure = model.state.firms, model.economy.structure
    pay = f.research_share * f.payroll * (1 + structure.employer_rate)
    spent = np.bincount(f.sector, weights=pay) / model.economy.parameters.research.labour_part
    expected = load_tables().rd_intensity * model.state.sectors.output
    assert spent.sum() == pytest.approx(expected.sum(), rel=0.02)
    assert spent == pytest.approx(expected, rel=0.05, abs=1e-9)
    later = grown(8)
    ratio = later.state.macro.research_spending / later.state.macro.nominal_gdp
    assert ratio == pytest.approx(structure.research_intensity, rel=0.1)
