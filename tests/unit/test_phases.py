"""The schedule as data: every phase says in a sentence what it does, and writes what it says and nothing else."""

import pickle
from pathlib import Path

import numpy as np
import pytest

import abm
import abm.model
from abm.model import SCHEDULE, Model
from abm.state import AGGREGATES, FIRM_COLUMNS, OCCUPATION_COLUMNS, SECTOR_COLUMNS, WORKER_COLUMNS

pytestmark = pytest.mark.unit

COLUMNS = {
    "workers": {column.name for column in WORKER_COLUMNS},
    "firms": {column.name for column in FIRM_COLUMNS},
    "sectors": {column.name for column in SECTOR_COLUMNS},
    "occupations": {column.name for column in OCCUPATION_COLUMNS},
    "aggregate": {name for name, _ in AGGREGATES},
}
UNDECLARED = {"staff", "staff_start"}  # the order of workers by employer, which follows from the columns

each_phase = pytest.mark.parametrize("phase", SCHEDULE, ids=lambda phase: phase.__name__)


def test_every_phase_stands_in_the_schedule_once():
    assert len(set(SCHEDULE)) == len(SCHEDULE)
    assert len({phase.__name__ for phase in SCHEDULE}) == len(SCHEDULE)
    text = "\n".join(path.read_text(encoding="utf-8") for path in (Path(abm.__file__).parent / "phases").glob("*.py"))
    assert text.count("\n@phase(") == len(SCHEDULE)


@each_phase
def test_it_says_what_it_does_and_which_columns_it_touches(phase):
    assert phase.__doc__ and phase.__doc__.splitlines()[0].endswith(".")
    for label in (*phase.reads, *phase.writes):
        table, _, column = label.partition(".")
        assert column in COLUMNS[table], label
    assert len(set(phase.reads)) == len(phase.reads) and len(set(phase.writes)) == len(phase.writes)


@pytest.fixture(scope="module")
def written(grown):
    """{phase: columns that it changed in any of a dozen quarters}, in the livelier of two economies."""
    found = {phase: set() for phase in SCHEDULE}
    model = pickle.loads(pickle.dumps(grown(4, **{"levers.carbon_price": {2024: 300}})))

    def watched(phase):
        def run(economy):
            before = contents(economy.state)
            phase(economy)
            after = contents(economy.state)
            found[phase] |= {label for label in after if after[label] != before[label]}

        return run

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(abm.model, "SCHEDULE", tuple(map(watched, SCHEDULE)))
        for _ in range(12):
            model.step()
    return found


def contents(state):
    held = {f"aggregate.{name}": value for name, value in vars(state.aggregate).items()}
    for table in ("workers", "firms", "sectors", "occupations"):
        for name in COLUMNS[table]:
            held[f"{table}.{name}"] = getattr(getattr(state, table), name).tobytes()
    return held


@each_phase
def test_it_writes_nothing_that_it_does_not_declare(phase, written):
    assert written[phase] - set(phase.writes) == set()


def test_every_column_is_written_by_a_phase_or_fixed_at_the_opening():
    declared = {label for phase in SCHEDULE for label in phase.writes}
    everything = {f"{table}.{name}" for table, names in COLUMNS.items() for name in names}
    fixed = everything - declared
    model = Model(2_000, rng=1)
    before = contents(model.state)
    for _ in range(12):
        model.step()
    after = contents(model.state)
    assert {label for label in fixed if after[label] != before[label]} == set()


def test_a_phase_leaves_no_reference_to_what_it_was_given(grown):
    """Each quarter starts from new plans: nothing of the last one's orders is left."""
    model = pickle.loads(pickle.dumps(grown(4)))
    first = model.economy.now
    model.step()
    assert model.economy.now is not first
    assert np.isfinite(model.economy.now.gdp_before)
