"""What abm.couplings derives is true: a phase gives the same where all that it is said not to read is spoilt."""

import copy

import numpy as np
import pytest

from abm import Model, list_scenarios
from abm.couplings import couplings_of
from abm.model import SCHEDULE
from abm.plans import NUMBERS

pytestmark = pytest.mark.unit

WORKERS = 2_000
TABLES = ("workers", "firms", "sectors", "occupations")
# Levers of every kind in force at once, beside what the scenarios set.
BUSY = {
    "levers.data_market": {2024: 0.5}, "levers.public_compute": {2024: 0.002}, "levers.carbon_price": {2024: 300},
    "levers.hiring_subsidy": {2024: 0.4}, "levers.basic_income": {2024: 0.03},
    "levers.budget_rule": {"surcharge": {2024: 1.0}},
    "levers.retraining": {2024: 0.01}, "assumptions.adoption.office_constant": 0.0,
    "assumptions.adoption.process_constant": 0.0,
}  # fmt: skip


def contents(economy):
    """{name: array} of everything in the economy that can be coupled; numbers as they are."""
    found = {f"{name}.{key}": value for name in TABLES for key, value in arrays(getattr(economy, name))}
    found |= {f"plans.{key}": value for key, value in arrays(economy.plans) if not key.startswith("_")}
    found |= {f"plans.{key}": getattr(economy.plans, key) for key in NUMBERS}
    found |= {f"macro.{key}": getattr(economy.macro, key) for key in economy.macro.declared}
    for totals in ("household_totals", "firm_totals"):
        record = getattr(economy.plans, totals)
        found[f"plans.{totals}"] = np.frombuffer(record, dtype=np.float64)
    return found | {f"staff.{key}": value for key, value in arrays(economy.state.staff)}


def arrays(table):
    return [(key, value) for key, value in vars(table).items() if isinstance(value, np.ndarray)]


def spoil(economy, kept):
    """NaN for numbers and another order for codes in all that is not kept; scratch is empty for every phase."""
    generator = np.random.default_rng(0)
    for name, value in contents(economy).items():
        if name in kept:
            continue
        if not isinstance(value, np.ndarray):
            setattr(getattr(economy, name.partition(".")[0]), name.partition(".")[2], np.nan)
        elif value.dtype.kind == "f":
            value[:] = np.nan
        elif name != "staff.start":
            value[:] = generator.permutation(value)
    for _, value in arrays(economy.scratch):
        value.fill(0)


def image(economy):
    return {name: np.array(value, copy=True).tobytes() for name, value in contents(economy).items()}


def check(phase, economy):
    """Run a phase on a spoilt copy and compare with the economy after it."""
    told = couplings_of(phase)
    copied = copy.deepcopy(economy)
    kept = {*told.reads, *told.writes}
    spoil(copied, kept)
    before = image(copied)
    phase(economy)
    phase(copied)
    after, true = image(copied), image(economy)
    undeclared = [name for name in after if name not in told.writes and after[name] != before[name]]
    assert not undeclared, f"{phase.__name__} writes {undeclared}, which is not derived"
    wrong = [name for name in told.writes if name in true and after[name] != true[name]]
    assert not wrong, f"{phase.__name__} reads something that is not derived: {wrong} differ"
    assert copied.ledger.amounts == economy.ledger.amounts


@pytest.mark.parametrize("scenario", list_scenarios())
def test_a_phase_gives_the_same_where_all_that_it_does_not_read_is_spoilt(scenario):
    model = Model(WORKERS, rng=1, policy=scenario, overrides=BUSY if scenario != "no_ai" else None)
    for _ in range(3):
        model.step()
    for quarter in (4, 5):
        model.economy.open_quarter(quarter)
        for phase in SCHEDULE:
            check(phase, model.economy)
        model.recorder.record(model.economy)


def test_every_hand_off_has_one_writer():
    writers = {}
    for phase in SCHEDULE:
        for name in couplings_of(phase).writes:
            if name.startswith("plans."):
                writers.setdefault(name, []).append(phase.__name__)
    several = {name: phases for name, phases in writers.items() if len(phases) > 1}
    assert not several, several
    assert len(writers) > 50
