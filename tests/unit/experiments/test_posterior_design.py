"""Priors and the runs over them, and the numbers that a screening moves."""

import numpy as np
import pytest

from abm.errors import UserError
from abm.experiments.calibration.posterior_design import draws_design, prior_design, read_priors
from abm.experiments.sweeps.screening_design import FIRST_SEED, screened, screening_designs
from abm.parameters import parameter_named
from abm.parameters.plausible import plausible_range

pytestmark = pytest.mark.unit
pytest.importorskip("SALib")
HEAD = "parameter,low,high,source\n"


def test_every_shipped_prior_holds_the_value_in_use_and_says_where_it_is_from():
    priors = read_priors()
    assert 12 <= len(priors) <= 25
    for one in priors:
        assert one.range.low <= parameter_named(one.key).default <= one.range.high, one.key
        assert one.source


@pytest.mark.parametrize(
    ("rows", "complaint"),
    [
        ("firms.price_speed,0.1,0.8,own\n", "at least 2 rows"),
        ("firms.price_sped,0.1,0.8,own\nfirms.demand_gain,0.4,1,own\n", "unknown parameter 'firms.price_sped'"),
        ("firms.price_speed,0.1,0.8,\nfirms.demand_gain,0.4,1,own\n", "say in the column source"),
        ("firms.price_speed,0.1,high,own\nfirms.demand_gain,0.4,1,own\n", "should be numbers"),
        ("firms.price_speed,0.1,0.8,own\nfirms.price_speed,0.1,0.8,own\n", "is there twice"),
        ("firms.price_speed,0.1,8,own\nfirms.demand_gain,0.4,1,own\n", "line 2: firms.price_speed"),
    ],
)
def test_faults_of_priors_are_one_line(tmp_path, rows, complaint):
    path = tmp_path / "priors.csv"
    path.write_text(HEAD + rows)
    with pytest.raises(UserError, match=complaint):
        read_priors(path)


def test_each_world_is_drawn_from_the_priors_and_has_its_own_seed():
    priors = read_priors()
    design = prior_design(priors, 12, 2000, 8)
    assert design.runs == 12 and [design.seed_of(run) for run in range(3)] == [100_001, 100_002, 100_003]
    assert len({design.seed_of(run) for run in range(12)}) == 12
    for one in priors:
        values = [world[one.key] for world in design.worlds]
        assert one.range.low <= min(values) < max(values) <= one.range.high
    assert prior_design(priors, 12, 2000, 8).digest() == design.digest() != prior_design(priors, 13, 2000, 8).digest()
    drawn = draws_design("after", ["firms.price_speed"], np.array([[0.2], [0.3]]), 2000, 8, "no_ai", 5)
    assert drawn.worlds == ({"firms.price_speed": 0.2}, {"firms.price_speed": 0.3}) and drawn.seed_of(1) == 6
    assert draws_design("before", [], np.zeros((3, 0)), 2000, 8, "no_ai", 5).worlds == ({}, {}, {})


def test_every_assumed_number_is_moved_within_its_bounds():
    numbers = screened("baseline")
    assert len(numbers) > 250 and not any(isinstance(one.information.default, bool) for one in numbers)
    for one in numbers:
        assert one.information.lower <= one.low < one.high <= one.information.upper
        low, high = one.ends
        assert low <= one.low * (1 + 1e-9) + 1e-9 and one.high <= high + 1e-9 * abs(high)
        named = plausible_range(one.information)
        assert not one.declared or (low, high) == pytest.approx((named.low, named.high))
    first, second = screening_designs(numbers[:3], ("baseline", "no_ai"), 8, 2000, 8)
    assert first.worlds == second.worlds and len(first.worlds) == first.runs == 8
    assert [first.seed_of(run) for run in range(2)] == [second.seed_of(run) for run in range(2)]
    assert first.seed_of(0) == FIRST_SEED != first.seed_of(1)
    assert first.scenario.name == "baseline" and second.scenario.name == "no_ai"
