"""Traces of small models that differ in a known way: the comparison names the quarter, the phase and the column."""

import pickle

import numpy as np
import pytest

from versions.looks import trace
from versions.parting import BITS, DISCRETE, LEVELS, MORE, ROUNDING, compare_traces

pytestmark = pytest.mark.unit

QUARTERS = 5


class Held:
    """Attributes by name."""

    def __init__(self, **attributes):
        vars(self).update(attributes)


class Macro:
    """Numbers that only the class declares, as typed states do."""

    __slots__ = ("gdp", "price")
    price: float
    gdp: float

    def __init__(self):
        self.price, self.gdp = 1.0, 100.0


def make(schedule, macro="macro", plans="plans", order=None, **columns):
    """A model class with this schedule."""

    class Model:
        def __init__(self, rng):
            firms = Held(rows=3, price=np.ones(3) + rng, stage=np.zeros(3, dtype=np.uint8), hidden=None, **columns)
            staff = np.arange(3, dtype=np.int32) if order is None else order
            state = Held(firms=firms, staff=staff, staff_start=np.array([0, 2]), **{macro: Macro()})
            self.economy = Held(state=state, ledger=Held(amounts={"wages": 0.0}), **{plans: Held(budget=0.0)})
            self.quarter = 0

        def phases(self):
            return schedule

        def step(self):
            self.quarter += 1
            self.economy.quarter = self.quarter
            for phase in self.phases():
                phase(self.economy)

    return Model


def macro_of(economy):
    return getattr(economy.state, "macro", None) or economy.state.aggregate


def plans_of(economy):
    return getattr(economy, "plans", None) or economy.now


def plan(economy):
    plans_of(economy).budget = 10.0 * economy.quarter


def price(economy):
    economy.state.firms.price[:] = economy.state.firms.price * 1.01 + plans_of(economy).budget * 1e-3
    economy.ledger.amounts["wages"] = float(economy.quarter)


def stage(economy):
    economy.state.firms.stage[economy.quarter % 3] += 1


def sum_up(economy):
    macro_of(economy).gdp = float(economy.state.firms.price.sum())


SCHEDULE = (plan, price, stage, sum_up)


@pytest.fixture
def parted(tmp_path):
    """``parted(old, new)``: the comparison of two model classes."""

    def compare(old, new):
        paths = tmp_path / "old", tmp_path / "new"
        for model, path in zip((old, new), paths):
            trace(model, path, QUARTERS, rng=1)
        return compare_traces(*paths)

    return compare


def changed(phase, quarter, change):
    """The phase with something done after it from a quarter on, under the name of the phase."""

    def other(economy):
        phase(economy)
        if economy.quarter >= quarter:
            change(economy)

    other.__name__ = phase.__name__
    return other


def with_change(quarter, at, change):
    return make(tuple(changed(phase, quarter, change) if phase is at else phase for phase in SCHEDULE))


def test_the_same_model_is_identical(parted):
    found = parted(make(SCHEDULE), make(SCHEDULE))
    assert found.identical and not found.unequal
    assert found.quarters == QUARTERS


def test_names_of_the_state_may_change(parted):
    assert parted(make(SCHEDULE, macro="aggregate", plans="now"), make(SCHEDULE)).identical


def test_without_phases_the_schedule_of_the_module_is_watched(parted):
    old = make(())
    del old.phases
    old.step = step_through_schedule
    assert parted(old, make(SCHEDULE)).identical
    assert len(SCHEDULE) == 4  # as it was
    assert parted(old, with_change(2, stage, price)).lasting[BITS].phase == "stage"


def step_through_schedule(self):
    self.quarter += 1
    self.economy.quarter = self.quarter
    for phase in SCHEDULE:
        phase(self.economy)


def test_a_changed_column_is_named_with_its_quarter_and_phase(parted):
    def raise_one(economy):
        economy.state.firms.price[1] *= 1.5

    found = parted(make(SCHEDULE), with_change(3, price, raise_one))
    assert set(found.lasting) == {BITS, ROUNDING, MORE} and not found.passing
    onset = found.lasting[BITS]
    assert (onset.quarter, onset.phase, onset.columns) == (3, "price", ("firms.price",))
    assert onset.before == ""
    assert found.lasting[ROUNDING] == onset


def test_rounding_and_what_is_more_are_distinguished(parted):
    def last_bit(economy):
        economy.state.firms.price[0] = np.nextafter(economy.state.firms.price[0], 2e9)

    found = parted(make(SCHEDULE), with_change(2, price, last_bit))
    assert set(found.lasting) == {BITS}
    assert (found.lasting[BITS].quarter, found.lasting[BITS].phase) == (2, "price")


def test_a_number_near_zero_is_held_against_its_column(parted):
    def nearly_nothing(size):
        return lambda economy: np.put(economy.state.firms.price, 0, size)

    old = with_change(1, price, nearly_nothing(1e-16))
    assert set(parted(old, with_change(1, price, nearly_nothing(2e-16))).lasting) == {BITS}
    assert set(parted(old, with_change(1, price, nearly_nothing(1e-10))).lasting) == {BITS, ROUNDING}
    assert set(parted(old, with_change(1, price, nearly_nothing(1e-6))).lasting) == {BITS, ROUNDING, MORE}


def test_a_number_that_is_not_finite_is_more_than_rounding(parted):
    def lose(economy):
        economy.state.firms.price[0] = np.nan

    old = with_change(1, price, lose)
    assert parted(old, old).identical
    assert set(parted(make(SCHEDULE), old).lasting) == {BITS, ROUNDING, MORE}


def test_it_is_rounding_until_a_decision_differs_unless_something_differs_by_more_before(parted):
    def decide(economy):
        economy.state.firms.stage[2] = 9

    def slip(economy):
        economy.state.firms.price[0] *= 1 + 1e-11

    def last_bit(economy):
        economy.state.firms.price[0] = np.nextafter(economy.state.firms.price[0], 2e9)
        if economy.quarter == 4:
            decide(economy)

    assert not parted(make(SCHEDULE), with_change(4, stage, decide)).only_rounding  # nothing is rounded before
    assert parted(make(SCHEDULE), with_change(3, price, last_bit)).only_rounding
    assert parted(make(SCHEDULE), with_change(3, price, slip)).only_rounding

    def both(economy):
        economy.state.firms.price[0] *= 1.001
        if economy.quarter == 4:
            decide(economy)

    assert not parted(make(SCHEDULE), with_change(3, price, both)).only_rounding


def test_another_decision_differs_at_every_level(parted):
    def decide(economy):
        economy.state.firms.stage[2] = 9

    found = parted(make(SCHEDULE), with_change(4, stage, decide))
    assert set(found.lasting) == set(LEVELS)
    onset = found.lasting[DISCRETE]
    assert (onset.quarter, onset.phase, onset.columns) == (4, "stage", ("firms.stage",))


def test_what_is_handed_on_is_named_where_it_comes_before(parted):
    def double(economy):
        plans_of(economy).budget *= 2

    onset = parted(make(SCHEDULE), with_change(2, plan, double)).lasting[BITS]
    assert (onset.quarter, onset.phase, onset.columns) == (2, "price", ("firms.price",))
    assert (onset.before, onset.handed_on) == ("plan", ("plans.budget",))


def test_a_plan_that_a_version_has_not_written_yet_is_no_difference(parted):
    def forget(economy):
        plans_of(economy).budget = float("nan")

    assert parted(make(SCHEDULE), with_change(1, sum_up, forget)).identical


def test_a_difference_gone_by_the_end_of_the_quarter_is_distinguished(parted):
    moved = (plan, stage, price, sum_up)  # the same state at the end
    found = parted(make(SCHEDULE), make(moved))
    assert not found.lasting

    def later(economy):
        economy.state.firms.price *= 2

    def back(economy):
        economy.state.firms.price /= 2

    twice = make((plan, changed(price, 2, later), changed(stage, 2, back), sum_up))
    found = parted(make(SCHEDULE), twice)
    assert not found.lasting and set(found.passing) == {BITS, ROUNDING, MORE}
    assert (found.passing[BITS].quarter, found.passing[BITS].phase) == (2, "price")


def test_a_difference_after_one_that_passed_has_its_own_onset(parted):
    def double(economy):
        economy.state.firms.price *= 2

    def halve(economy):
        economy.state.firms.price /= 2
        if economy.quarter == 4:
            economy.state.firms.stage[0] = 7

    found = parted(make(SCHEDULE), make((plan, changed(price, 1, double), changed(stage, 1, halve), sum_up)))
    assert (found.lasting[BITS].quarter, found.lasting[BITS].phase) == (4, "price")
    assert (found.lasting[DISCRETE].quarter, found.lasting[DISCRETE].phase) == (4, "stage")


def test_phases_may_be_renamed_put_between_and_joined(parted):
    def set_prices(economy):
        price(economy)

    def look_on(economy):
        pass

    def all_the_rest(economy):
        stage(economy)
        sum_up(economy)

    assert parted(make(SCHEDULE), make((plan, set_prices, stage, sum_up))).identical
    assert parted(make(SCHEDULE), make((plan, look_on, price, stage, sum_up))).identical
    assert parted(make(SCHEDULE), make((plan, price, all_the_rest))).identical

    def raise_one(economy):
        economy.state.firms.price[1] *= 1.5

    renamed = make((plan, changed(set_prices, 2, raise_one), stage, sum_up))
    assert parted(make(SCHEDULE), renamed).lasting[BITS].phase == "price (now set_prices)"


def test_columns_that_cannot_be_compared_are_listed(parted):
    old = make(SCHEDULE, gone=np.zeros(2), longer=np.zeros(2), other=np.zeros(2))
    new = make(SCHEDULE, come=np.zeros(2), longer=np.zeros(3), other=np.zeros(2, dtype=np.float32))
    found = parted(old, new)
    assert found.identical
    assert sorted(found.unequal.values(), key=min) == [
        {"firms.come"},
        {"firms.gone"},
        {"firms.longer"},
        {"firms.other"},
    ]


def test_the_order_of_the_staff_is_no_decision_and_what_is_left_over_in_it_is_nothing(parted):
    other = make(SCHEDULE, order=np.array([0, 1, 9], dtype=np.int32))
    assert parted(make(SCHEDULE), other).identical
    other = make(SCHEDULE, order=np.array([1, 0, 2], dtype=np.int32))
    assert set(parted(make(SCHEDULE), other).lasting) == {BITS}

    class Renamed(make(SCHEDULE)):
        def __init__(self, rng):
            super().__init__(rng)
            state = self.economy.state
            state.staff = Held(order=state.staff, start=vars(state).pop("staff_start"))

    found = parted(make(SCHEDULE), Renamed)
    assert found.identical and not found.unequal


def test_the_opening_is_compared_too(parted):
    old, new = make(SCHEDULE, extra=np.zeros(2)), make(SCHEDULE, extra=np.ones(2))
    onset = parted(old, new).lasting[BITS]
    assert (onset.quarter, onset.phase, onset.columns) == (0, "opening", ("firms.extra",))


def test_a_trace_that_breaks_off_is_compared_as_far_as_it_goes(tmp_path):
    paths = tmp_path / "old", tmp_path / "new"
    for path in paths:
        trace(make(SCHEDULE), path, QUARTERS, rng=1)
    whole = paths[1].read_bytes()
    paths[1].write_bytes(whole[: int(len(whole) * 0.6)])
    found = compare_traces(*paths)
    assert found.quarters < QUARTERS


def test_a_trace_has_only_what_changed(tmp_path):
    path = tmp_path / "trace"
    trace(make(SCHEDULE), path, 1, rng=1)
    points = []
    with path.open("rb") as file:
        while file.peek(1):
            points.append(pickle.load(file))
    assert [point[1] for point in points] == ["opening", "plan", "price", "stage", "sum_up"]
    assert {"firms.price", "firms.stage", "macro.gdp", "plans.budget", "flows.wages", "staff.order"} <= set(
        points[0][2]
    )
    assert [set(point[2]) for point in points[1:]] == [
        {"plans.budget"}, {"firms.price", "flows.wages"}, {"firms.stage"}, {"macro.gdp"}
    ]  # fmt: skip
