"""The model as a Mesa user meets it: arguments, agents, data collector, pickling, and an end."""

import copy
import gc
import inspect
import pickle
import weakref

import mesa
import numpy as np
import pytest

from abm import OUTCOMES, Bank, Firm, Government, Model, UserError, Worker
from abm.errors import AccountingError
from abm.scenarios.scenario import Scenario, load_scenario
from abm.state import Status

pytestmark = pytest.mark.unit

NAMES = [outcome.name for outcome in OUTCOMES]
WORKERS = 2_000


def test_the_arguments_are_these_and_no_others():
    signature = inspect.signature(Model)
    assert {name: one.default for name, one in signature.parameters.items()} == {
        "workers": 10_000, "rng": None, "threads": 1, "policy": "baseline", "overrides": None
    }  # fmt: skip
    assert all(one.kind is one.POSITIONAL_OR_KEYWORD for one in signature.parameters.values())


def test_it_needs_no_arguments_and_keeps_the_seed_it_drew(assert_same_bits):
    model = Model()
    assert isinstance(model, mesa.Model)
    assert len(model.agents_by_type[Worker]) == model.state.macro.adults == 10_000
    assert isinstance(model.seed_used, int)
    assert_same_bits(Model(rng=model.seed_used), model)
    assert Model(WORKERS).seed_used != Model(WORKERS).seed_used


def test_agents_are_workers_firms_government_and_bank(grown):
    model = grown(0)
    sizes = {kind: len(agents) for kind, agents in model.agents_by_type.items()}
    firms = model.state.firms.rows
    assert sizes == {Government: 1, Bank: 1, Worker: WORKERS, Firm: firms}
    assert len(model.agents) == WORKERS + firms + 2
    assert isinstance(model.agents_by_type[Worker][0], mesa.Agent)
    assert model.agents_by_type[Government][0] is model.government
    assert model.agents_by_type[Bank][0] is model.bank


@pytest.mark.parametrize("column", ["wage", "status", "occupation", "deposits", "age"])
def test_workers_show_their_columns(grown, column):
    model = grown(4)
    workers = model.agents_by_type[Worker]
    held = getattr(model.state.workers, column)[model.state.workers.status != Status.ABSENT]
    assert [getattr(workers[place], column) for place in range(0, len(workers), 97)] == held[::97].tolist()
    assert np.array_equal(workers.get(column), held)


def test_workers_know_their_employer_and_firms_their_staff(grown):
    model = grown(4)
    employer = model.state.workers.employer
    for worker in model.agents_by_type[Worker][:WORKERS:131]:
        row = worker.row
        if employer[row] < 0:
            assert worker.employer is None
        else:
            assert worker.employer == model.agents_by_type[Firm][int(employer[row])]
            assert worker in worker.employer.staff


def test_money_moved_between_agents_is_fine_and_created_is_found(grown):
    model = pickle.loads(pickle.dumps(grown(4)))
    workers = model.agents_by_type[Worker]
    rich, poor = np.argmax(workers.get("deposits")), np.argmin(workers.get("deposits"))
    workers[int(rich)].deposits -= 1.0
    workers[int(poor)].deposits += 1.0
    model.step()
    workers[int(poor)].deposits += 1.0
    with pytest.raises(AccountingError):
        model.step()


def test_the_data_collector_has_every_outcome_from_the_beginning():
    model = Model(WORKERS, rng=1)
    for quarter in range(3):
        frame = model.datacollector.get_model_vars_dataframe()
        assert list(frame.columns) == NAMES
        assert len(frame) == quarter + 1 == len(model.recorder.values)
        assert np.array_equal(frame.to_numpy(), model.recorder.values, equal_nan=True)
        assert set(model.datacollector.model_vars) == set(NAMES)
        model.step()


def test_own_reporters_can_be_added():
    model = Model(WORKERS, rng=1)
    assert callable(model.datacollector.model_reporters["real_gdp"])
    own = mesa.DataCollector(model_reporters={"debt": lambda one: one.government.debt})
    for _ in range(2):
        model.step()
        own.collect(model)
    assert own.model_vars["debt"][-1] == model.state.macro.bonds


def _debt(model):
    return model.government.debt


def test_the_collector_takes_a_reporter_at_any_quarter():
    model = Model(WORKERS, rng=1)
    model.step()
    model.datacollector.add("debt", _debt)
    model.step()
    twin = pickle.loads(pickle.dumps(model))
    for one in (model, twin):
        one.step()
        frame = one.datacollector.get_model_vars_dataframe()
        assert list(frame.columns) == [*NAMES, "debt"] and len(frame) == 4
        assert list(frame["debt"].isna()) == [True, True, False, False]
        assert frame["debt"].iloc[-1] == one.state.macro.bonds
        assert np.array_equal(frame[NAMES].to_numpy(), one.recorder.values, equal_nan=True)
    with pytest.raises(UserError, match="a reporter 'real_gdp' already"):
        model.datacollector.add("real_gdp", _debt)


def test_the_quarter_is_a_whole_number_of_its_own():
    model = Model(WORKERS, rng=1)
    assert type(model.quarter) is int and model.quarter == 0
    model.step()
    model.step()
    assert type(model.quarter) is int and model.quarter == model.economy.quarter == 2


def test_names_that_mesa_wants_for_itself_are_left_alone(grown):
    own = vars(grown(0)).keys() - vars(mesa.Model(rng=1)).keys()
    for name in ("scenario", "steps", "time", "seed"):
        assert name not in own
        assert not any(name in vars(kind) for kind in Model.__mro__ if kind.__module__.startswith("abm"))


def test_mesas_own_generator_is_seeded_alike():
    first, second, other = (Model(WORKERS, rng=seed).rng.random(4).tolist() for seed in (5, 5, 6))
    assert first == second != other


def test_the_economy_uses_no_other_luck(assert_same_bits, grown):
    np.random.seed(3)  # noqa: NPY002 - the old global generator is the one that must not be touched
    before = np.random.get_state()[1].tobytes()  # noqa: NPY002
    model = Model(WORKERS, rng=1)
    model.rng.random(1_000)
    model.random.random()
    for _ in range(4):
        model.step()
    assert np.random.get_state()[1].tobytes() == before  # noqa: NPY002
    assert_same_bits(model, grown(4))


@pytest.mark.parametrize(
    "duplicate", [lambda one: pickle.loads(pickle.dumps(one)), copy.deepcopy], ids=["pickle", "copy"]
)
def test_a_copy_goes_on_as_the_original_does(duplicate, grown, assert_same_bits):
    original = duplicate(grown(3, policy="carbon_price"))
    twin = duplicate(original)
    assert_same_bits(twin, original)
    for _ in range(10):  # beyond the quarter in which the policy begins
        twin.step()
    assert_same_bits(original, grown(3, policy="carbon_price"))  # which the twin did not touch
    assert_same_bits(twin, grown(13, policy="carbon_price"))
    assert twin.quarter == 13
    assert len(twin.datacollector.get_model_vars_dataframe()) == 14
    assert twin.agents_by_type[Worker][7].model is twin


def test_a_model_that_is_dropped_is_freed():
    model = Model(WORKERS, rng=1)
    model.step()
    model.agents_by_type[Worker].agg("wage", np.sum)
    gone = weakref.ref(model)
    state = weakref.ref(model.state)
    del model
    gc.collect()
    assert gone() is None and state() is None


@pytest.mark.parametrize("rng", [-1, 1.5, "1", True, 2**63, [1], np.float64(1)])
def test_bad_seeds_are_told(rng):
    with pytest.raises(UserError, match="rng"):
        Model(WORKERS, rng=rng)


@pytest.mark.parametrize("rng", [0, 2**63 - 1, np.int64(7), np.uint8(7)])
def test_good_seeds_are_taken(rng):
    model = Model(WORKERS, rng=rng)
    model.step()
    assert model.seed_used == int(rng) and type(model.seed_used) is int


@pytest.mark.parametrize("workers", [1_999, 0, -1, 2_000.0, "2000", None, True])
def test_bad_sizes_are_told(workers):
    with pytest.raises(UserError, match="workers"):
        Model(workers, rng=1)


@pytest.mark.parametrize("threads", [0, -1, 1.0, "2", None, True])
def test_bad_threads_are_told(threads):
    with pytest.raises(UserError, match="threads"):
        Model(WORKERS, rng=1, threads=threads)


def test_threads_are_not_used_for_a_small_economy(assert_same_bits, grown):
    model = Model(WORKERS, rng=1, threads=2)
    assert model.economy.threads == 1
    for _ in range(4):
        model.step()
    assert_same_bits(model, grown(4))


@pytest.mark.parametrize(
    "arguments",
    [
        {"policy": "nowhere"},
        {"overrides": {"levers.nothing": 1}},
        {"overrides": {"assumptions.labour.separation_rate": 2.0}},
        {"overrides": {"assumptions.labour.nothing": 2.0}},
        {"overrides": {"levers.carbon_price": -1}},
        {"overrides": {"workers": 5}},
    ],
)
def test_bad_policies_are_told(arguments):
    with pytest.raises(UserError) as told:
        Model(WORKERS, rng=1, **arguments)
    assert "\n" not in str(told.value)


def test_a_policy_is_a_name_a_path_or_a_scenario(tmp_path, assert_same_bits, grown):
    path = tmp_path / "mine.yaml"
    path.write_text("extends: carbon_price\n")
    for policy in (path, str(path), load_scenario("carbon_price")):
        model = Model(WORKERS, rng=1, policy=policy)
        assert isinstance(policy, Scenario) or model.policy_name == "mine"
        for _ in range(3):
            model.step()
        assert_same_bits(model, grown(3, policy="carbon_price"))


def test_overrides_reach_levers_and_assumptions():
    model = Model(WORKERS, rng=1, overrides={"levers.carbon_price": 300, "assumptions.labour.separation_rate": 0.03})
    assert model.economy.parameters.labour.separation_rate == 0.03
    assert model.economy.levers.policy(12).carbon_price == 300.0


def test_mesas_batch_run_takes_the_class():
    rows = mesa.batch_run(
        Model,
        {"workers": WORKERS, "rng": [1, 2], "policy": "baseline"},
        number_processes=1,
        max_steps=2,
        data_collection_period=1,
        display_progress=False,
    )
    assert {(row["rng"], row["Step"]) for row in rows} == {(seed, step) for seed in (1, 2) for step in range(3)}
    assert all(set(NAMES) < set(row) for row in rows)
    last = next(row for row in rows if row["rng"] == 1 and row["Step"] == 2)
    model = Model(WORKERS, rng=1)
    model.step()
    model.step()
    assert last["real_gdp"] == model.recorder.values[-1, NAMES.index("real_gdp")]


def test_users_can_add_agents_of_their_own(assert_same_bits, grown):
    class Observer(mesa.Agent):
        seen = 0

        def look(self):
            self.seen += len(self.model.agents_by_type[Firm])

    model = Model(WORKERS, rng=1)
    observer = Observer(model)
    for _ in range(4):
        model.step()
        model.agents_by_type[Observer].do("look")
    assert observer.seen == 4 * model.state.firms.rows
    assert_same_bits(model, grown(4))


def test_run_model_and_batch_run_end_with_the_scenario():
    model = Model(WORKERS, rng=1, overrides={"quarters": 3})
    model.run_model()
    assert model.quarter == 3 and not model.running
    model.step()
    assert model.quarter == 4, "step still goes on"
    (row,) = mesa.batch_run(
        Model, {"workers": WORKERS, "rng": [1], "overrides": [{"quarters": 2}]}, number_processes=1, max_steps=50,
        data_collection_period=-1, display_progress=False,
    )  # fmt: skip
    assert row["Step"] == 1, "Mesa's last row is the step before the one in which a model ends"
