"""What the risks of AI do is recorded: breaches, fines, the screened group, and technical jobs."""

import numpy as np
import pytest

from abm.codes import Status
from abm.model import Model
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit

LIVELY = {
    "assumptions.adoption.office_constant": 2.0,
    "assumptions.artificial_intelligence.breach_rate": 0.2,
    "levers.ai_mechanism_programme": {2024: 0.5},
    "levers.regulatory_clarity": {2024: 1.0},
}


@pytest.fixture(scope="module")
def model():
    made = Model(2_000, rng=1, policy=load_scenario("baseline", LIVELY))
    for _ in range(6):
        made.step()
    return made


def last(model, name):
    return float(model.recorder.series(name)[-1])


def test_breaches_are_counted_in_firms_of_the_nation(model):
    firms, persons = model.state.firms, model.economy.structure.persons_per_worker
    lost = firms.breached > 0
    assert lost.any() and last(model, "data_breaches") == pytest.approx(lost.sum() * persons / 1e3)
    assert last(model, "breach_staff") == pytest.approx(firms.headcount[lost].sum() * persons / 1e6)
    assert last(model, "breach_fines") == pytest.approx(firms.fine[lost].sum() * persons / 1e9)
    by_sector = model.recorder.groups["sectors"][-1]
    from abm.results.outcomes import GROUP_OUTCOMES

    column = [one.name for one in GROUP_OUTCOMES["sectors"]].index("data_breaches")
    assert by_sector[:, column].sum() == pytest.approx(last(model, "data_breaches"))


def test_the_gap_is_that_of_the_two_groups(model):
    workers = model.state.workers
    rates = []
    for group in (1, 0):
        status = workers.status[workers.protected_group == group]
        counts = {one: (status == int(one)).sum() for one in (Status.EMPLOYED, Status.UNEMPLOYED, Status.TRAINING)}
        rates.append(counts[Status.UNEMPLOYED] / sum(counts.values()))
    assert last(model, "screened_unemployment_gap") == pytest.approx(rates[0] - rates[1], abs=1e-12)
    assert model.recorder.groups["screened"][-1][:, 1] == pytest.approx(rates)
    jobs = model.recorder.groups["screened"][-1][:, 0]
    assert jobs.sum() == pytest.approx(last(model, "employment"))


def test_technical_jobs_and_unexplained_use(model):
    economy = model.economy
    names = list(economy.opening.tables.occupation_names)
    rows = [names.index(name) for name in ("computer", "engineering")]
    offered, searching = economy.occupations.vacancies[rows].sum(), economy.occupations.unemployment[rows].sum()
    expected = offered / searching if searching else np.nan
    assert last(model, "talent_gap") == pytest.approx(expected, nan_ok=True)
    firms, hazard = economy.firms, economy.structure.black_box
    weights = firms.output / firms.output.sum()
    exposed = (weights * np.maximum(firms.office_use, firms.process_use) * hazard[firms.sector]).sum() * (
        1 - economy.instruments.explanation
    )
    assert last(model, "unexplained_ai_use") == pytest.approx(exposed)
    assert 0 < last(model, "legal_clarity") <= 0.17
