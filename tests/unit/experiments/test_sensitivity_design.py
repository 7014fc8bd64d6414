"""The standard design of the sensitivity analysis: documented ranges of assumptions, never of data or policy."""

import pytest

from abm.data import DEFAULT_ECONOMY, DEFAULT_YEAR, load_assumptions
from abm.errors import UserError
from abm.experiments.sweeps.design import load_design
from abm.experiments.sweeps.sensitivity_design import STANDARD, WIDTH, ranges_of, standard_design

pytestmark = pytest.mark.unit


def test_it_moves_assumptions_a_quarter_to_either_side_within_their_bounds():
    ranges = ranges_of()
    assert list(ranges) == list(STANDARD) and len(set(STANDARD)) == 20
    for information, low, high in ranges.values():
        assert information.status in ("assumed", "tuned")
        assert information.lower <= low < high <= information.upper
        assert low <= information.default <= high
        width = WIDTH * abs(information.default)
        assert low == pytest.approx(max(information.default - width, information.lower))
        assert high == pytest.approx(min(information.default + width, information.upper))
    assert ranges["labour.search_share"][2] == 1.0  # cut at its bound


def test_the_ranges_lie_around_the_values_of_the_scenario_and_its_economy(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text("extends: baseline\nassumptions:\n  labour:\n    search_share: 0.6\n", encoding="utf-8")
    _, low, high = ranges_of(("labour.search_share",), str(file))["labour.search_share"]
    assert (low, high) == pytest.approx((0.45, 0.75))
    used = load_assumptions(DEFAULT_YEAR, DEFAULT_ECONOMY)["labour.efficiency_deviation"]
    assert ranges_of(("labour.efficiency_deviation",))["labour.efficiency_deviation"][1] == pytest.approx(0.75 * used)


def test_a_switch_has_no_range_and_an_unknown_one_is_named():
    with pytest.raises(UserError, match="is a switch or zero"):
        ranges_of(("artificial_intelligence.enabled",))
    with pytest.raises(UserError, match="unknown parameter 'labour.luck'"):
        ranges_of(("labour.luck",))


@pytest.mark.parametrize("method, worlds", [("morris", 4 * 21), ("sobol", 4 * 22)])
def test_the_design_is_one_that_a_sweep_takes(method, worlds):
    pytest.importorskip("SALib")
    design = load_design(standard_design(method, 4, 2, 2000, 8))
    assert len(design.worlds) == worlds and design.runs == 2 * worlds
    assert design.problem["names"] == list(STANDARD)
