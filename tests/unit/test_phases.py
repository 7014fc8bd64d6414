"""The schedule as data: every phase stands in it once and says what it does; no quarter hands on its plans.

Whether phases change the columns that they declare is for test_describe.py.
"""

import pickle
from pathlib import Path

import numpy as np
import pytest

import abm
from abm.model import SCHEDULE

pytestmark = pytest.mark.unit


def test_every_phase_stands_in_the_schedule_once():
    assert len(set(SCHEDULE)) == len(SCHEDULE)
    assert len({phase.__name__ for phase in SCHEDULE}) == len(SCHEDULE)
    text = "\n".join(path.read_text(encoding="utf-8") for path in (Path(abm.__file__).parent / "phases").glob("*.py"))
    assert text.count("\n@phase(") == len(SCHEDULE)


@pytest.mark.parametrize("phase", SCHEDULE, ids=lambda phase: phase.__name__)
def test_it_says_in_a_sentence_what_it_does(phase):
    assert phase.__doc__ and phase.__doc__.splitlines()[0].endswith(".")
    assert len(set(phase.reads)) == len(phase.reads)
    assert len(set(phase.writes)) == len(phase.writes)


def test_a_quarter_starts_from_new_plans(grown):
    model = pickle.loads(pickle.dumps(grown(4)))
    before, gdp = model.economy.plans, model.state.macro.nominal_gdp
    model.step()
    assert model.economy.plans is not before
    assert model.economy.plans.gdp_before == gdp
    for name, left in vars(before).items():
        if isinstance(left, np.ndarray):
            assert not np.shares_memory(left, getattr(model.economy.plans, name)), name
