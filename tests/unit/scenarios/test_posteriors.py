"""Posteriors: tables of draws, one for each seed of a scenario."""

import json

import numpy as np
import pytest

import abm
from abm.errors import UserError
from abm.experiments.sweeps.design import load_design, with_draws
from abm.results.provenance import describe_run, scenario_to_repeat
from abm.scenarios.posteriors import drawn_by, find_posterior, not_drawn, shipped_posteriors
from abm.scenarios.resolution import parameters_of, settled_assumptions
from abm.scenarios.scenario import load_scenario

pytestmark = pytest.mark.unit
KEYS = "firms.price_speed,shocks.export_deviation"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "mine.csv"
    path.write_text(f"{KEYS}\n0.2,0.02\n0.3,0.03\n0.5,0.05\n")
    path.with_suffix(".json").write_text(json.dumps({"data": "1990 to 2000"}))
    return path


def test_a_seed_has_its_draw_and_seeds_begin_again_after_the_last(table):
    scenario = load_scenario("baseline", {"posterior": str(table)})
    assert drawn_by(scenario, 1) == {"firms.price_speed": 0.2, "shocks.export_deviation": 0.02}
    assert drawn_by(scenario, 3) == drawn_by(scenario, 6) != drawn_by(scenario, 2)
    assert parameters_of(scenario, 2).firms.price_speed == 0.3
    assert parameters_of(scenario) == parameters_of(load_scenario("baseline"))
    assert not drawn_by(load_scenario("baseline"), 1)


def test_what_a_scenario_sets_itself_is_not_drawn(table):
    scenario = load_scenario("baseline", {"posterior": str(table), "assumptions.firms.price_speed": 0.7})
    assert parameters_of(scenario, 1).firms.price_speed == 0.7
    assert parameters_of(scenario, 1).shocks.export_deviation == 0.02
    assert not_drawn(scenario, settled_assumptions(scenario)) == ["firms.price_speed"]


def test_a_pair_shares_the_draw_and_a_seed_alone_is_the_same(table):
    overrides = {"posterior": str(table)}
    both = abm.run("baseline", workers=2000, seeds=[1, 2], quarters=4, overrides=overrides, fresh=True, progress=False)
    alone = abm.run("baseline", workers=2000, seeds=[2], quarters=4, overrides=overrides, fresh=True, progress=False)
    given = {"assumptions.firms.price_speed": 0.3, "assumptions.shocks.export_deviation": 0.03}
    by_hand = abm.run("baseline", workers=2000, seeds=[2], quarters=4, overrides=given, fresh=True, progress=False)
    rows = both.series[both.series["seed"] == 2]["value"].to_numpy()
    np.testing.assert_array_equal(rows, alone.series["value"].to_numpy())
    np.testing.assert_array_equal(rows, by_hand.series["value"].to_numpy())
    other = load_scenario("no_ai", overrides)
    assert drawn_by(other, 2) == drawn_by(load_scenario("baseline", overrides), 2)


def test_the_digest_follows_the_content(table):
    plain = load_scenario("baseline").digest()
    first = load_scenario("baseline", {"posterior": str(table)}).digest()
    copy = table.with_name("copy.csv")
    copy.write_bytes(table.read_bytes())
    assert load_scenario("baseline", {"posterior": str(copy)}).digest() == first != plain
    copy.write_text(f"{KEYS}\n0.2,0.02\n")
    assert load_scenario("baseline", {"posterior": str(copy)}).digest() != first


def test_the_provenance_holds_the_draws_and_can_be_repeated(table):
    from datetime import UTC, datetime

    scenario = load_scenario("baseline", {"posterior": str(table), "assumptions.firms.price_speed": 0.7})
    recorded = describe_run(scenario, [2], [2], 2000, 4, 1, 1, datetime.now(UTC))
    about = recorded["posterior"]
    assert about["drawn"] == {"2": {"shocks.export_deviation": 0.03}}
    assert about["about"] == {"data": "1990 to 2000"} and about["set_by_the_scenario"] == ["firms.price_speed"]
    assert scenario_to_repeat(json.loads(json.dumps(recorded["scenario"])), "x").digest() == scenario.digest()


def test_a_file_names_a_table_beside_it(table, tmp_path):
    (tmp_path / "own.yaml").write_text("extends: baseline\nposterior: mine.csv\n")
    scenario = load_scenario(tmp_path / "own.yaml")
    assert scenario.posterior == str(table) and scenario.resolved()["posterior"] == str(table)


def test_a_sweep_draws_but_for_its_uncertainties(table):
    design = load_design({"scenario": "baseline", "uncertainties": {"firms.price_speed": [0.4, 0.6]}, "quarters": 8})
    drawn = with_draws(design, str(table))
    assert with_draws(design, None) is design and drawn.digest() != design.digest()
    run = load_scenario(drawn.scenario, drawn.overrides_of(1))
    assert parameters_of(run, 1).firms.price_speed == 0.6 and parameters_of(run, 1).shocks.export_deviation == 0.02
    with pytest.raises(UserError, match="posterior is no key of a world"):
        load_design({"scenario": "baseline", "uncertainties": {"posterior": [str(table)]}})


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("firms.prce_speed\n0.2\n", "unknown parameter 'firms.prce_speed'; nearest valid: firms.price_speed"),
        ("firms.price_speed\n2\n", "line 2: firms.price_speed should lie between 0.05 and 1"),
        ("firms.price_speed\nhigh\n", "line 2: firms.price_speed should be a number"),
        (f"{KEYS}\n0.2\n", "line 2: 1 values for 2 parameters"),
        ("firms.price_speed,firms.price_speed\n0.2,0.2\n", "has two columns"),
        ("labour.training_quarters\n2\n", "switch or a whole number"),
        ("firms.price_speed\n", "has no draws"),
    ],
)
def test_faults_are_one_line(tmp_path, content, complaint):
    path = tmp_path / "bad.csv"
    path.write_text(content)
    with pytest.raises(UserError) as raised:
        load_scenario("baseline", {"posterior": str(path)})
    assert complaint in str(raised.value) and "\n" not in str(raised.value)


def test_a_missing_table_and_a_damaged_header_are_named(tmp_path, table):
    with pytest.raises(UserError, match="neither a table of draws nor a shipped name"):
        load_scenario("baseline", {"posterior": str(tmp_path / "nothing.csv")})
    table.with_suffix(".json").write_text("{")
    table.write_text(f"{KEYS}\n0.2,0.02\n")
    with pytest.raises(UserError, match="is no JSON"):
        find_posterior(str(table))


def test_shipped_posteriors_say_how_they_came_about():
    assert shipped_posteriors()
    for name in shipped_posteriors():
        found = find_posterior(name)
        assert {"xinzhi", "data", "method", "seeds", "status"} <= set(found.about)
        assert len(found.draws) == found.about["draws"]
        for seed in (1, len(found.draws)):
            parameters_of(load_scenario("baseline", {"posterior": name}), seed)
