"""Sets of agents over arrays do what Mesa's own sets do with the same agents, and write only where they may."""

import copy
import gc
import operator
import pickle
import weakref
from dataclasses import dataclass
from types import SimpleNamespace

import mesa
import numpy as np
import pytest
from mesa.agent import AgentSet

from abm.mesa_agents.agent_union import AgentUnion
from abm.mesa_agents.agents import ArrayAgent
from abm.mesa_agents.array_agent_set import ArrayAgentSet
from abm.mesa_agents.array_populations import ArrayPopulations

pytestmark = pytest.mark.unit


@dataclass(frozen=True)
class Column:
    name: str
    dtype: str
    unit: str = "yuan"
    meaning: str = "meaning"
    stock: bool = False


FARM_COLUMNS = (Column("size", "float64"), Column("hands", "int32"))
PERSON_COLUMNS = (
    Column("cash", "float64", meaning="Money in hand", stock=True),
    Column("age", "int16", unit="years"),
    Column("trade", "uint8"),
    Column("literate", "bool"),
    Column("farm", "int32", meaning="Where the person works"),
)


class Farm(ArrayAgent, columns=FARM_COLUMNS, read_only=("hands",)):
    pass


class Person(ArrayAgent, columns=PERSON_COLUMNS, links={"farm": Farm}):
    @property
    def title(self):
        return f"{'elder' if self.age > 50 else 'younger'} person"

    def birthday(self, years=1):
        self.age += years
        return self.age


class Mayor(mesa.Agent):
    def __init__(self, model, age=60):
        super().__init__(model)
        self.age = age


class Village(ArrayPopulations, mesa.Model):
    def __init__(self, persons=40, farms=5, rng=1):
        super().__init__(rng=rng)
        draw = np.random.default_rng(7)
        self.persons = SimpleNamespace(
            name="persons",
            rows=persons,
            cash=draw.normal(size=persons),
            age=draw.integers(20, 30, persons).astype(np.int16),
            trade=draw.integers(0, 3, persons).astype(np.uint8),
            literate=draw.random(persons) < 0.5,
            farm=draw.integers(-1, farms, persons).astype(np.int32),
        )
        self.farms = SimpleNamespace(
            name="farms", rows=farms, size=draw.random(farms), hands=np.arange(farms, dtype=np.int32)
        )
        Mayor(self)
        self.register_population(Person, self.persons)
        self.register_population(Farm, self.farms)
        self.quarter = 0

    def step(self):
        self.quarter += 1
        self.persons.cash += self.quarter


@pytest.fixture
def village():
    return Village()


@pytest.fixture
def people(village):
    return village.agents_by_type[Person]


def ordinary(agents):
    """Mesa's own set of the same agents, and the list that keeps them alive."""
    held = list(agents)
    return AgentSet(held, random=held[0].model.random), held


def is_adult(person):
    return person.age >= 25


def double_age(person):
    return 2 * person.age


SELECTIONS = [
    {},
    {"filter_func": is_adult},
    {"at_most": 7},
    {"at_most": 0},
    {"at_most": 0.37},
    {"at_most": 1.0},
    {"at_most": 2.5},
    {"filter_func": is_adult, "at_most": 4},
    {"filter_func": is_adult, "at_most": 0.1, "agent_type": Person},
    {"agent_type": ArrayAgent},
    {"agent_type": Farm},
]


def words(arguments):
    """Without the address of a function, which differs between the processes that run the tests."""
    return ", ".join(f"{name} {getattr(value, '__name__', value)}" for name, value in arguments.items()) or "all"


@pytest.mark.parametrize("arguments", SELECTIONS, ids=words)
@pytest.mark.parametrize("part", ["whole", "shuffled half"])
def test_select_agrees_with_mesa(people, part, arguments):
    if part != "whole":
        people = people.shuffle().select(at_most=20)
    theirs, held = ordinary(people)
    assert list(people.select(**arguments)) == list(theirs.select(**arguments))
    changed = people.copy()
    assert changed.select(**arguments, inplace=True) is changed
    assert list(changed) == list(theirs.select(**arguments))
    assert list(people) == held


@pytest.mark.parametrize(
    "key", ["age", "cash", "trade", "title", double_age, lambda person: (person.trade, person.age)]
)
@pytest.mark.parametrize("ascending", [True, False])
def test_sort_agrees_with_mesa_and_keeps_the_order_of_equals(people, key, ascending):
    theirs, held = ordinary(people.shuffle())
    ours = people[[person.row for person in held]]
    assert list(ours.sort(key, ascending=ascending)) == list(theirs.sort(key, ascending=ascending))
    assert list(ours) == held
    assert list(ours.sort(key, ascending=ascending, inplace=True)) == list(ours)
    assert list(ours) == list(theirs.sort(key, ascending=ascending))


@pytest.mark.parametrize("by", ["age", "trade", "literate", "farm", "title", double_age])
@pytest.mark.parametrize("part", ["whole", "shuffled half"])
def test_groupby_agrees_with_mesa(people, by, part):
    if part != "whole":
        people = people.shuffle().select(at_most=20)
    theirs, _held = ordinary(people)
    ours, expected = people.groupby(by), theirs.groupby(by, result_type="list")
    assert list(ours.groups) == list(expected.groups)
    assert {key: list(group) for key, group in ours} == expected.groups
    assert people.groupby(by, result_type="list").groups == expected.groups
    assert ours.count() == expected.count()
    assert ours.agg("age", max) == expected.agg("age", max)
    assert people.groupby(by, result_type="list").agg("age", max) == expected.agg("age", max)


@pytest.mark.parametrize("name", ["cash", "age", "trade", "literate", "farm", "farm_row", "unique_id", "row", "title"])
@pytest.mark.parametrize("part", ["whole", "part", "empty"])
def test_get_agrees_with_mesa(people, name, part):
    people = {"whole": people, "part": people.shuffle()[3:20], "empty": people[:0]}[part]
    expected = [getattr(person, name) for person in people]
    assert list(people.get(name)) == expected
    assert [list(line) for line in people.get([name, "age"])] == [[value, p.age] for value, p in zip(expected, people)]


def test_get_handles_missing_attributes_as_mesa_does(people):
    theirs, _held = ordinary(people)
    for attributes in ("height", ["age", "height"]):
        with pytest.raises(AttributeError, match="height"):
            people.get(attributes)
        ours = people.get(attributes, handle_missing="default", default_value=-1)
        assert ours == theirs.get(attributes, handle_missing="default", default_value=-1)
    assert people.get("height", "default") == [None] * 40
    assert list(people.get("age", "default")) == theirs.get("age")
    assert people.get([]) == theirs.get([])
    with pytest.raises(ValueError, match="Unknown handle_missing option: perhaps"):
        people.get("age", "perhaps")


def test_whole_column_is_the_live_memory_and_never_writable(village, people):
    cash = people.get("cash")
    assert np.shares_memory(cash, village.persons.cash)
    people[0].cash = 77.0
    assert cash[0] == 77.0
    for read in (cash, people[3:9].get("cash"), people.get(["cash", "age"]), people.get("unique_id"), people.rows):
        with pytest.raises(ValueError, match="read-only"):
            read[0] = 1.0
    village.persons.cash[0] = 78.0  # the model itself still writes
    assert people[0].cash == 78.0
    assert people.select(agent_type=Person, at_most=40).get("cash") is not cash
    assert np.shares_memory(people.select(agent_type=Person, at_most=40).get("cash"), village.persons.cash)


def test_agg_runs_in_numpy_and_takes_several_functions(village, people):
    total, low, high, mean = people.agg("cash", [sum, min, max, np.mean])
    cash = village.persons.cash
    assert (total, low, high, mean) == (np.sum(cash), cash.min(), cash.max(), cash.mean())
    assert people.agg("trade", sum) == sum(village.persons.trade.tolist())  # small integers do not wrap
    assert people.agg("title", lambda titles: len(set(titles))) == 1
    assert people.agg("age", len) == 40
    assert people.agg("title", [min, max]) == ["younger person"] * 2


def test_masks_and_keywords_select(village, people):
    persons = village.persons
    assert list(people.select(persons.age > 24).rows) == list(np.flatnonzero(persons.age > 24))
    assert list(people.select(trade=2).rows) == list(np.flatnonzero(persons.trade == 2))
    both = np.flatnonzero(np.isin(persons.trade, [0, 2]) & persons.literate)
    assert list(people.select(trade=[0, 2], literate=True).rows) == list(both)
    assert list(people.select(trade={0, 2}, literate=True, at_most=3).rows) == list(both[:3])
    assert list(people.select(is_adult, trade=2)) == [p for p in people if p.age >= 25 and p.trade == 2]
    assert len(people.select(title="younger person")) == 40
    assert len(people.select(title=["elder person"])) == 0
    assert len(people.select(trade=[])) == 0
    part = people.shuffle()[:11]
    assert list(part.select(part.get("trade") == 1)) == [p for p in part if p.trade == 1]


def test_links_lead_to_agents_and_select_by_them(village, people):
    farms = village.agents_by_type[Farm]
    for person, row in zip(people, village.persons.farm.tolist()):
        assert person.farm_row == row
        assert person.farm == (None if row < 0 else farms[row])
    assert list(people.select(farm=farms[2]).rows) == list(np.flatnonzero(village.persons.farm == 2))
    assert list(people.select(farm=None).rows) == list(np.flatnonzero(village.persons.farm == -1))
    some = people.select(farm=farms[1:3])
    assert list(some.rows) == list(np.flatnonzero(np.isin(village.persons.farm, [1, 2])))
    assert list(people.select(farm=[None, farms[1], farms[2]]).rows) == sorted(
        [*some.rows, *people.select(farm=None).rows]
    )
    for wrong in (2, people[2]):
        with pytest.raises(ValueError, match="farm is a Farm or None; compare numbers with farm_row"):
            people.select(farm=wrong)


def test_bad_selections_are_refused(people):
    with pytest.raises(ValueError, match="a mask needs 40 booleans, not bool of shape"):
        people.select(np.ones(3, dtype=bool))
    with pytest.raises(ValueError, match="a mask needs 40 booleans, not int64"):
        people.select(np.ones(40, dtype=np.int64))
    with pytest.raises(ValueError, match="not both"):
        people.select(np.ones(40, dtype=bool), agent_type=Person)
    with pytest.raises(ValueError, match="trade holds numbers and cannot equal 'farmer'"):
        people.select(trade="farmer")
    with pytest.raises(AttributeError, match="height"):
        people.select(height=3)


def test_set_writes_through_for_exactly_these_agents(village, people):
    part = people.shuffle()[:10]
    before = village.persons.age.copy()
    assert part.set("age", 90) is part
    assert sorted(np.flatnonzero(village.persons.age != before)) == sorted(part.rows)
    part.set("cash", np.arange(10.0))
    assert [person.cash for person in part] == list(range(10))
    people.set("literate", True)
    assert village.persons.literate.all()
    with pytest.raises(ValueError, match="broadcast"):
        part.set("cash", np.arange(9.0))
    for name in ("farm", "farm_row", "unique_id", "height", "title"):
        with pytest.raises(AttributeError):
            part.set(name, 1)
    with pytest.raises(AttributeError, match="hands is read-only"):
        village.agents_by_type[Farm].set("hands", 3)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("age", 1.7),
        ("age", 40_000),
        ("trade", -1),
        ("trade", np.int64(256)),
        ("trade", "cook"),
        ("cash", None),
        ("cash", "1"),
    ]
    + [("literate", 2), ("age", None), ("cash", 1j)],
)
def test_values_that_a_column_cannot_hold_are_refused_not_cut(village, people, name, value):
    before = copy.deepcopy(vars(village.persons))
    with pytest.raises(ValueError, match=f"{name} holds"):
        setattr(people[3], name, value)
    with pytest.raises(ValueError, match=f"{name} holds"):
        people.set(name, value)
    for column in PERSON_COLUMNS:
        assert np.array_equal(vars(village.persons)[column.name], before[column.name])


def test_set_operations_agree_with_python_sets(village, people):
    left, right = people.select(trade=1), people.select(literate=True).shuffle()
    for apply in (operator.or_, operator.and_, operator.sub, operator.xor):
        result = apply(left, right)
        assert isinstance(result, ArrayAgentSet)
        assert set(result) == apply(set(left), set(right))
        assert len(result) == len(set(result))
    assert set(left | list(right)) == set(left | right)
    assert left & right <= left <= people
    assert not people <= left
    assert left == left.shuffle()
    assert left != right
    assert left.isdisjoint(people - left)
    assert list(left & right) == [person for person in left if person in right]
    with pytest.raises(TypeError, match="takes no single agents"):
        left.add(people[0])
    with pytest.raises(TypeError):
        left |= right


def test_sets_of_different_populations_unite(village, people):
    farms = village.agents_by_type[Farm]
    both = people | farms
    assert isinstance(both, AgentUnion)
    assert list(both) == [*people, *farms]
    assert not people & farms
    assert list(both - people) == list(farms)
    assert set(farms ^ people) == set(both)
    assert farms[0] != people[0]
    assert farms[0] not in people


def test_positions_slices_and_membership(village, people):
    assert people[3] == people[-37] == people[np.int64(3)]
    assert people[3].row == 3
    assert list(people[5:1:-2].rows) == [5, 3]
    assert list(people[[7, 2]].rows) == [7, 2]
    assert list(people[5:15][[1, -1]].rows) == [6, 14]
    assert list(reversed(people))[0].row == 39
    assert people.index(people[6]) == 6
    assert people.to_list() == list(people)
    for position in (40, -41):
        with pytest.raises(IndexError):
            people[position]
    with pytest.raises(TypeError):
        people["age"]
    assert people[3] in people[:5]
    assert people[5] not in people[:5]
    assert Village().agents_by_type[Person][3] not in people
    assert "a person" not in people


def test_do_map_and_shuffle(village, people):
    before = village.persons.age.copy()
    assert people.do("birthday", years=2) is people
    assert people[:4].do(Person.birthday) is not None
    assert people.map("birthday", 0) == (before + 2 + (np.arange(40) < 4)).tolist()
    assert people.map(double_age) == (2 * village.persons.age).tolist()
    order = []
    assert people.shuffle_do(lambda person: order.append(person.row)) is people
    assert order != sorted(order) == list(range(40))
    first, second = (Village(rng=5).agents_by_type[Person].shuffle() for _ in range(2))
    assert list(first.rows) == list(second.rows) != list(Village(rng=6).agents_by_type[Person].shuffle().rows)
    mine = people.copy()
    assert mine.shuffle(inplace=True) is mine
    assert sorted(mine.rows) == list(people.rows) != list(mine.rows)


def test_dataframe_is_a_copy_of_every_column(village, people):
    frame = people.to_dataframe()
    assert list(frame.columns) == ["cash", "age", "trade", "literate", "farm_row"]
    assert list(frame.index) == [person.unique_id for person in people]
    assert frame.loc[people[4].unique_id, "farm_row"] == village.persons.farm[4]
    assert frame["age"].dtype == np.int16
    frame["cash"] = 0.0
    assert village.persons.cash.any()
    part = people[7:2:-1].to_dataframe(["title", "cash"])
    assert list(part["cash"]) == list(village.persons.cash[7:2:-1])
    village.persons.cash[:] = 9.0
    assert (part["cash"] != 9.0).all()


def test_views_write_through_and_keep_nothing_themselves(village, people):
    person = people[5]
    person.cash += 10
    assert village.persons.cash[5] == person.cash
    assert type(person.age) is int
    assert type(person.literate) is bool
    assert Person.cash.__doc__.startswith("Money in hand [yuan]. A stock")
    assert Farm.hands.__doc__.endswith("Read-only.")
    assert (person.model, person.random, person.rng) == (village, village.random, village.rng)
    assert repr(person) == "<Person 5>"
    for name, value in [("height", 3), ("row", 6), ("farm", None), ("farm_row", 2), ("unique_id", 1), ("pos", (0, 0))]:
        with pytest.raises(AttributeError):
            setattr(person, name, value)
    assert not vars(person)
    with pytest.raises(TypeError, match="rows of Person are fixed"):
        person.remove()
    for make in (lambda: Person(village), lambda: Person(village, 3), lambda: Person.create_agents(village, 2)):
        with pytest.raises(TypeError, match="take one from model.agents_by_type"):
            make()
    assert len(village.agents) == 46


def test_a_subclass_inherits_the_columns(village):
    class Fisher(Person):
        pass

    assert Fisher.sources == Person.sources
    for name in ("rng", "step", "unique_id"):
        with pytest.raises(TypeError, match=f"column '{name}' would hide"):
            type("Broken", (ArrayAgent,), {}, columns=(Column(name, "float64"),))


def test_views_are_equal_by_row_population_and_hash(village, people):
    assert people[3] == people[3]
    assert people[3] is not people[3]
    assert len({people[3], people[3], people[4]}) == 2
    assert people[3] != Village().agents_by_type[Person][3]
    assert people[3] != 3


def test_unique_ids_are_unique_and_leave_mesas_counter_alone(village, people):
    ids = list(village.agents.get("unique_id"))
    assert len(set(ids)) == len(ids) == 46
    assert ids[:2] == [1, 1_000_000_000]
    assert people[7].unique_id == 1_000_000_007
    assert village.agents_by_type[Farm][2].unique_id == 2_000_000_002
    list(village.agents)
    assert Mayor(village).unique_id == 2
    assert Mayor(Village()).unique_id == 2


def test_model_knows_all_its_agents(village, people):
    agents = village.agents
    (mayor,) = village.agents_by_type[Mayor]
    assert village.agent_types == [Mayor, Person, Farm]
    assert {kind: len(found) for kind, found in village.agents_by_type.items()} == {Mayor: 1, Person: 40, Farm: 5}
    assert len(agents) == 46
    assert list(agents) == [mayor, *people, *village.agents_by_type[Farm]]
    assert mayor in agents
    assert people[39] in agents
    assert Village().agents[3] not in agents
    farms = village.agents_by_type[Farm]
    assert [agents[position] for position in (0, 1, 40, 41, -1)] == [mayor, *people[[0, 39]], *farms[[0, 4]]]
    with pytest.raises(IndexError):
        agents[46]
    with pytest.raises(AttributeError):
        village.agents = []
    people.shuffle(inplace=True)
    village.agents_by_type[Person].select(at_most=1, inplace=True)
    assert list(village.agents_by_type[Person].rows) == list(range(40))


def test_union_selects_and_aggregates(village, people):
    agents = village.agents
    assert isinstance(agents.select(agent_type=Person), ArrayAgentSet)
    assert np.shares_memory(agents.select(agent_type=Person).get("cash"), village.persons.cash)
    assert agents.select(agent_type=Person, trade=2) == people.select(trade=2)
    assert list(agents.select(agent_type=mesa.Agent)) == list(agents)
    assert [type(agent) for agent in agents.select(agent_type=Mayor)] == [Mayor]
    aged = agents.select(lambda agent: getattr(agent, "age", 0) >= 29)
    assert list(aged) == [agent for agent in agents if getattr(agent, "age", 0) >= 29]
    assert len(agents.select(at_most=0.5)) == 23
    assert len(agents.select(at_most=0)) == 0
    with pytest.raises(AttributeError, match="age"):
        agents.agg("age", max)
    elders = agents.select(lambda agent: hasattr(agent, "age"))
    assert elders.agg("age", [max, sum]) == [60, 60 + village.persons.age.sum()]
    assert agents.get("size", "default", 0.0)[:2] == [0.0, 0.0]
    assert list(agents.get("size", "default")[-5:]) == list(village.farms.size)
    assert elders.set("age", 33) is elders
    assert set(elders.get("age")) == {33}
    assert {kind: len(group) for kind, group in agents.groupby(type)} == {Mayor: 1, Person: 40, Farm: 5}
    assert isinstance(agents.groupby(type).groups[Farm], ArrayAgentSet)


def test_union_in_a_new_order(village):
    agents = village.agents
    shuffled = agents.shuffle()
    assert sorted(shuffled.get("unique_id")) == sorted(agents.get("unique_id"))
    assert list(shuffled) != list(agents)
    assert agents == shuffled
    assert shuffled[4] in shuffled
    assert list(shuffled.select(agent_type=Mayor)) == list(agents.select(agent_type=Mayor))
    assert list(shuffled.sort("unique_id", ascending=True)) == list(agents)
    assert list(agents.sort("unique_id")) == list(agents)[::-1]
    visited = []
    agents.shuffle_do(lambda agent: visited.append(agent.unique_id))
    assert sorted(visited) == sorted(agents.get("unique_id"))
    assert agents.shuffle(inplace=True) is agents
    assert agents.select(agent_type=Farm, inplace=True) is agents
    assert len(agents) == 5
    assert len(village.agents) == 46


def test_union_follows_agents_that_come_and_go(village):
    agents = village.agents
    newcomer = Mayor(village, age=41)
    assert len(agents) == 47
    assert newcomer in agents
    agents.select(agent_type=Mayor).do("remove")
    assert len(agents) == len(village.agents) == 45
    assert village.agents_by_type[Person].model is village
    for _ in range(2):
        Mayor(village)
    agents.do(lambda agent: Mayor(village) if isinstance(agent, Mayor) else None)
    assert len(agents.select(agent_type=Mayor)) == 4


def test_populations_are_registered_once_and_found_by_class(village):
    assert village.population_of(Person).table is village.persons
    with pytest.raises(KeyError):
        village.population_of(Mayor)
    with pytest.raises(ValueError, match="a population of Person is already registered"):
        village.register_population(Person, village.persons)
    with pytest.raises(ValueError, match="at most 1000000000 agents"):
        ArrayPopulations().register_population(Person, SimpleNamespace(rows=10**9 + 1))


def test_a_pickled_model_goes_on(village, people):
    village.step()
    village.kept = {people[3]: "a", people[8]: "b"}
    village.part, village.everyone, village.mixed = people.shuffle()[:5], village.agents, village.agents.shuffle()
    other = pickle.loads(pickle.dumps(village))
    for model in (village, other):
        model.step()
        Mayor(model)
    assert other.quarter == 2
    assert np.array_equal(other.persons.cash, village.persons.cash)
    assert other.agents_by_type[Person].get("cash").base is not village.persons.cash
    assert list(other.agents.get("unique_id")) == list(village.agents.get("unique_id"))
    assert other.kept[other.agents_by_type[Person][8]] == "b"
    assert all(agent.model is other for agent in [*other.part, *other.everyone, *other.mixed])
    assert list(other.part.rows) == list(village.part.rows)
    assert len(other.everyone) == 47
    alone = pickle.loads(pickle.dumps(people[3]))
    assert (alone.cash, alone.model.quarter) == (people[3].cash, 2)


def test_copies_of_sets_are_independent(people):
    part = people[:10]
    twin = copy.copy(part)
    twin.select(at_most=3, inplace=True)
    assert (len(part), len(twin)) == (10, 3)
    assert twin <= part


def test_a_dropped_model_is_freed():
    model = Village()
    kept = [model.agents, model.agents_by_type[Person].select(trade=1), model.agents[4], Mayor(model)]
    model.step()
    gone = weakref.ref(model)
    del model
    gc.collect()
    assert gone() is not None  # an agent in hand keeps its model
    del kept
    gc.collect()
    assert gone() is None


def test_datacollector_reads_array_agents(village):
    collector = mesa.DataCollector(
        agent_reporters={"number": "unique_id"}, agenttype_reporters={Person: {"cash": "cash"}, Farm: {"size": "size"}}
    )
    collector.collect(village)
    village.step()
    collector.collect(village)
    frame = collector.get_agent_vars_dataframe()
    assert len(frame) == 2 * 46
    assert frame["number"].loc[1, 1_000_000_004] == 1_000_000_004
    cash = collector.get_agenttype_vars_dataframe(Person)["cash"]
    assert list(cash.loc[1]) == list(village.persons.cash)
    assert np.allclose(cash.loc[1] - cash.loc[0], 1.0)
    assert list(collector.get_agenttype_vars_dataframe(Farm)["size"].loc[0]) == list(village.farms.size)


def test_the_mixin_takes_none_of_the_names_mesa_gives_meaning(village):
    taken = {"scenario", "steps", "time", "random", "rng", "running", "step"}
    assert not taken & vars(ArrayPopulations).keys()
    assert not taken & {name for name in dir(ArrayAgentSet) if name not in dir(AgentSet)} - {"random"}
