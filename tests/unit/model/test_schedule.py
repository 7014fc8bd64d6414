"""The schedule as data: every phase stands in it once and says what it does; no quarter hands on its plans.

Whether phases change the columns that they declare is for tests/unit/reference/test_describe.py.
"""

import pickle
from pathlib import Path

import numpy as np
import pytest

import abm
from abm.model import SCHEDULE
from abm.plans import HANDED_ON

pytestmark = pytest.mark.unit


def test_every_phase_stands_in_the_schedule_once():
    assert len(set(SCHEDULE)) == len(SCHEDULE)
    assert len({phase.__name__ for phase in SCHEDULE}) == len(SCHEDULE)
    text = "\n".join(path.read_text(encoding="utf-8") for path in (Path(abm.__file__).parent / "phases").glob("*.py"))
    assert text.count("\n@phase\n") == len(SCHEDULE)


@pytest.mark.parametrize("phase", SCHEDULE, ids=lambda phase: phase.__name__)
def test_it_says_in_a_sentence_what_it_does(phase):
    assert phase.__doc__ and phase.__doc__.splitlines()[0].endswith(".")


def test_a_quarter_starts_from_new_plans(grown):
    model = pickle.loads(pickle.dumps(grown(4)))
    gdp, plans = model.state.macro.nominal_gdp, model.economy.plans
    assert np.isfinite(plans.exports).all() and np.isfinite(plans.foreign_price)
    model.economy.open_quarter(5)
    for name in HANDED_ON:
        left = getattr(plans, name)
        if name == "gdp_before":
            assert left == gdp
        elif name.endswith("_totals"):
            assert not any(getattr(left, number) for number in left.declared), name
        elif name != "openings":  # written anew for every firm
            assert np.isnan(left).all(), name


def test_arrays_of_the_plans_are_parts_of_one_piece_of_memory_in_a_copy_too(grown):
    plans = pickle.loads(pickle.dumps(grown(4))).economy.plans
    plans.exports[:] = 7.0
    plans.open_quarter(1.0)
    assert np.isnan(plans.exports).all()
