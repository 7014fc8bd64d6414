"""What the model says of itself is true: phases change the columns they declare, and no others."""

import copy

import numpy as np
import pytest

from abm.couplings import couplings_of
from abm.data import load_tables
from abm.levers import load_levers
from abm.levers.instruments import INSTRUMENTS
from abm.model import SCHEDULE, Model
from abm.parameters import describe_parameters
from abm.reference.describe import describe
from abm.reference.tables import TABLES, phases, tables
from abm.sectors import BRANCHES
from abm.state import MACRO_NUMBERS

pytestmark = pytest.mark.unit

TABLE_NAMES = ("workers", "firms", "sectors", "occupations", "staff")
QUARTERS = 8
# Everything that can happen does: a carbon price from the start, many exits and breaches, several departments a firm,
# much of their plant under AI.
EVENTFUL = {
    "levers.carbon_price": {2024: 300},
    "assumptions.firms.smallest_share": 0.4,
    "assumptions.artificial_intelligence.breach_rate": 0.2,
    "assumptions.adoption.departments_from": 1.0,
    "assumptions.adoption.departments_elasticity": 0.9,
    "assumptions.adoption.process_constant": 3.0,
    "assumptions.adoption.office_constant": 1.0,
}
# Columns that a phase sets to what they hold already.
REDUNDANT = {
    "workers_age_and_retire": {"workers.training_left"},
    "young_come_of_age": {"workers.jobless_quarters"},
    "adults_review_participation": {"workers.training_left"},
    "workers_quit": {"workers.jobless_quarters"},
    "firms_adjust_staff": {"workers.jobless_quarters"},
    "occupations_set_wages": {"macro.trainees"},
}
FIXED = {"firms.sector", "firms.region", "macro.usual_real_rate"}


def snapshot(state):
    columns = {
        f"{table}.{name}": values.copy()
        for table in TABLE_NAMES
        for name, values in vars(getattr(state, table)).items()
        if isinstance(values, np.ndarray)
    }
    return columns | {f"macro.{one.name}": getattr(state.macro, one.name) for one in MACRO_NUMBERS}


def make_a_firm_insolvent(firms):
    """Move its rivals' debt to the largest industrial firm; the bank's claims stay what they are."""
    rows = np.flatnonzero(load_tables().branch[firms.sector] == BRANCHES.index("industry"))
    debtor = rows[np.argmax(firms.loans[rows])]
    others = rows[rows != debtor]
    firms.loans[debtor] += firms.loans[others].sum()
    firms.loans[others] = 0.0


@pytest.fixture(scope="module")
def changed():
    """{phase: columns it changed} over two years in which much happens."""
    model = Model(2_000, rng=3, overrides=EVENTFUL)
    economy = model.economy
    found = {phase.__name__: set() for phase in SCHEDULE}
    for quarter in range(1, QUARTERS + 1):
        economy.open_quarter(quarter)
        economy.instruments = copy.deepcopy(economy.instruments)
        economy.instruments.adoption_subsidy = 0.3
        economy.instruments.regulatory_clarity = 0.5
        economy.instruments.data_market = 0.5
        economy.instruments.hiring_subsidy = 0.5
        economy.instruments.basic_income = 0.5
        economy.instruments.ip_protection = 1.0
        make_a_firm_insolvent(economy.state.firms)
        # Few farmers have no claim to land before they leave, and in so small an economy none of them may leave.
        economy.state.workers.land_claim[::2] = 0
        for phase in SCHEDULE:
            before = snapshot(economy.state)
            phase(economy)
            after = snapshot(economy.state)
            found[phase.__name__] |= {name for name in after if not np.array_equal(after[name], before[name])}
    return found


@pytest.mark.parametrize("phase", SCHEDULE, ids=lambda phase: phase.__name__)
def test_a_phase_changes_the_columns_derived_and_no_others(phase, changed):
    name = phase.__name__
    declared = {one for one in couplings_of(phase).writes if not one.startswith(("plans.", "state."))}
    assert changed[name] - declared == set(), "changed but not derived"
    assert declared - changed[name] - REDUNDANT.get(name, set()) == set(), "derived but never changed"


def test_every_column_is_changed_by_a_phase_or_known_to_be_fixed(changed):
    columns = {row[0] for row in tables()["state"].rows}
    assert columns - set().union(*changed.values()) == FIXED


def test_what_phases_read_and_write_are_columns():
    columns = {row[0] for name in ("state", "plans") for row in tables()[name].rows}
    for one in phases():
        assert set(one.reads + one.writes) <= columns, one.name
        assert len(set(one.writes)) == len(one.writes), one.name
        assert one.meaning


def test_describe_names_every_phase_lever_and_instrument():
    text = describe()
    for phase in SCHEDULE:
        assert f"  {phase.__name__}\n" in text
    for name in [*load_levers(), *(one.name for one in INSTRUMENTS)]:
        assert name in text
    assert max(map(len, text.split("Instruments")[0].splitlines())) <= 118


@pytest.mark.parametrize(
    ("asked", "shown"),
    [
        ({"parameters": True}, "labour.separation_rate"),
        ({"state": True}, "firms.ai_capability"),
        ({"flows": True}, "land_fees"),
        ({"outcomes": True}, "gini_disposable_income"),
        ({"mechanisms": True}, "research_acceleration"),
        ({"closures": True}, "debt_rule_only"),
        ({"presets": True}, "acemoglu"),
    ],
)
def test_describe_gives_the_table_that_is_asked_for(asked, shown):
    assert shown in describe(**asked)
    assert "Schedule" not in describe(**asked)


def test_every_table_has_a_word_for_every_row():
    for name in TABLES:
        table = tables()[name]
        assert table.rows and all(len(row) == len(table.columns) for row in table.rows)
        assert all(row[-1] for row in table.rows) or name in {"levers", "schedule", "plans"}
    assert len(tables()["parameters"].rows) == len(describe_parameters())
