"""Worker, Firm, Government and Bank read the arrays and aggregates they stand for."""

from types import SimpleNamespace

import mesa
import numpy as np
import pytest

from abm.data import load_tables
from abm.mesa_agents.agents import ArrayAgent, Bank, Firm, Government, Worker
from abm.mesa_agents.array_agent_set import ArrayAgentSet
from abm.mesa_agents.array_populations import ArrayPopulations
from abm.state import FIRM_COLUMNS, WORKER_COLUMNS, Status

pytestmark = pytest.mark.unit

WORKERS, FIRMS = 30, 4
LINKS = {"employer"}
PRESENT = [status for status in Status if status != Status.ABSENT]


def filled(columns, rows):
    """A table with every declared column, no two rows nor columns alike."""
    table = SimpleNamespace(rows=rows)
    for number, column in enumerate(columns):
        values = np.arange(rows) % 2 if np.dtype(column.dtype).kind in "bu" else np.arange(rows) + number / 7
        setattr(table, column.name, values.astype(column.dtype))
    return table


class Economy(ArrayPopulations, mesa.Model):
    def __init__(self):
        super().__init__(rng=1)
        aggregate = SimpleNamespace(
            bonds=70.0, government_balance=-2.5, policy_rate=0.005, foreign_assets=11.0, bank_equity=8.0
        )
        self.state = SimpleNamespace(
            workers=filled(WORKER_COLUMNS, WORKERS), firms=filled(FIRM_COLUMNS, FIRMS), macro=aggregate
        )
        self.state.workers.employer[:] = np.arange(WORKERS) % (FIRMS + 1) - 1
        self.state.workers.status[:] = np.arange(WORKERS) % len(PRESENT)
        tables = load_tables(economy="china_20")
        self.economy = SimpleNamespace(opening=SimpleNamespace(codes=tables.codes, tables=tables))
        self.state.workers.occupation[:] = np.arange(WORKERS) % len(tables.occupation_names)
        self.state.firms.sector[:] = [0, 3, 12, 19]
        self.government, self.bank = Government(self), Bank(self)
        self.register_population(Worker, self.state.workers)
        self.register_population(Firm, self.state.firms)


@pytest.fixture
def economy():
    return Economy()


@pytest.fixture
def workers(economy):
    return economy.agents_by_type[Worker]


@pytest.fixture
def firms(economy):
    return economy.agents_by_type[Firm]


DECLARED = [(Worker, column) for column in WORKER_COLUMNS] + [(Firm, column) for column in FIRM_COLUMNS]


@pytest.mark.parametrize(("kind", "column"), DECLARED, ids=lambda item: getattr(item, "name", None))
def test_every_declared_column_is_a_documented_property(economy, kind, column):
    name = f"{column.name}_row" if column.name in LINKS else column.name
    table = economy.state.workers if kind is Worker else economy.state.firms
    agents = economy.agents_by_type[kind]
    held = getattr(table, column.name)
    assert [getattr(agent, name) for agent in agents] == held.tolist()
    assert np.shares_memory(agents.get(name), held)
    if name != "status":  # written out in the class, with its own text
        assert getattr(kind, name).__doc__.startswith(f"{column.meaning} [{column.unit}].")
    if name in kind.writable:
        setattr(agents[1], name, held[0].item())
        assert held[1] == held[0]
    else:
        with pytest.raises(AttributeError):
            setattr(agents[1], name, held[0].item())


def test_what_says_who_works_where_is_read_only():
    everything = {column.name for column in WORKER_COLUMNS}
    assert everything - Worker.writable == {"employer", "status"}
    assert {column.name for column in FIRM_COLUMNS} - Firm.writable == {"headcount"}


def test_status_is_named_and_selects(economy, workers):
    assert workers[2].status is Status.TRAINING
    assert [worker.status for worker in workers] == [Status(code) for code in economy.state.workers.status]
    trainees = workers.select(status=Status.TRAINING)
    assert list(trainees.rows) == [2, 7, 12, 17, 22, 27]
    assert workers.groupby("status").count() == dict.fromkeys(PRESENT, 6)
    with pytest.raises(AttributeError):
        workers[2].status = Status.EMPLOYED


def test_rows_without_a_person_are_no_agents(economy):
    economy.state.workers.status[[0, 7, 29]] = Status.ABSENT
    workers = economy.agents_by_type[Worker]
    assert list(workers.rows) == [row for row in range(WORKERS) if row not in (0, 7, 29)]
    assert len(economy.agents) == 2 + WORKERS - 3 + FIRMS
    assert np.array_equal(workers.get("wage"), np.delete(economy.state.workers.wage, [0, 7, 29]))
    workers.set("wage", 1.5)
    assert economy.state.workers.wage[1] == 1.5 and economy.state.workers.wage[7] != 1.5


def test_occupation_and_sector_have_names(workers, firms):
    names = load_tables(economy="china_20").occupation_names
    assert [worker.occupation for worker in workers[:3]] == [0, 1, 2]
    assert [worker.occupation_name for worker in workers[: len(names)]] == list(names)
    assert firms.get("sector_code") == ["AGR", "PET", "TRD", "PUB"]


def test_employer_and_staff_are_two_sides_of_one_link(economy, workers, firms):
    assert workers[0].employer is None
    assert workers[0].employer_row == -1
    assert workers[1].employer == firms[0]
    for firm in firms:
        assert isinstance(firm.staff, ArrayAgentSet)
        assert list(firm.staff.rows) == list(np.flatnonzero(economy.state.workers.employer == firm.row))
        assert all(worker.employer == firm for worker in firm.staff)
    assert firms[2].staff.agg("wage", sum) == pytest.approx(economy.state.workers.wage[3::5].sum())
    with pytest.raises(AttributeError, match="employer is read-only"):
        workers[0].employer = firms[1]


def test_workers_and_firms_are_views_and_mesa_agents(economy, workers):
    assert isinstance(workers[0], mesa.Agent)
    assert isinstance(workers[0], ArrayAgent)
    workers[4].wage = 12.5
    assert economy.state.workers.wage[4] == 12.5
    assert economy.agent_types == [Government, Bank, Worker, Firm]
    assert len(economy.agents) == 2 + WORKERS + FIRMS


def test_government_and_bank_report_the_aggregates(economy):
    state, government, bank = economy.state, economy.government, economy.bank
    assert (government.debt, government.balance) == (70.0, -2.5)
    assert (bank.policy_rate, bank.bonds, bank.foreign_assets, bank.equity) == (0.005, 70.0, 11.0, 8.0)
    assert bank.deposits == pytest.approx(sum(state.workers.deposits.tolist()) + sum(state.firms.deposits.tolist()))
    assert bank.loans == pytest.approx(sum(state.firms.loans.tolist()))
    state.macro.bonds = 71.0
    assert (government.debt, bank.bonds) == (71.0, 71.0)
    with pytest.raises(AttributeError):
        government.debt = 0.0
    assert (government.unique_id, bank.unique_id) == (1, 2)
    assert list(economy.agents_by_type[Bank]) == [bank]
