"""Regret, needs, the front and the conditions of failure, on tables of which the answer is known."""

from __future__ import annotations

import builtins
import json
from collections import namedtuple

import numpy as np
import pandas as pd
import pytest

from abm import UserError
from xinzhi.analysis.reading.sweeps import SweepValues, measure_of
from xinzhi.analysis.robustness import boxes as robust_boxes
from xinzhi.analysis.robustness.boxes import failure_box
from xinzhi.analysis.robustness.regret import (
    changes,
    clearly_behind,
    front_table,
    fronts,
    needs_met,
    needs_table,
    on_front,
    read_goal,
    read_need,
    regret_table,
    regrets,
)
from xinzhi.analysis.robustness.robustness import robustness

pytestmark = pytest.mark.unit

Sweep = namedtuple("Sweep", "design points outcomes failures")
NO_FAILURES = pd.DataFrame(columns=["point", "seed", "error"])
GOALS = ("real_gdp=up", "gini_disposable_income=down", "co2_emissions=down")
NAMES = ("real_gdp_per_year", "gini_disposable_income_of_100", "co2_emissions_per_year")


def sweep_of(outcomes, policies, axes=None, luck=None):
    """A sweep from {outcome: (worlds, policies)}; ``luck`` (seeds,) is added to all alike."""
    worlds, count = next(iter(outcomes.values())).shape
    luck = np.zeros(2) if luck is None else np.asarray(luck)
    points = pd.DataFrame({
        "point": range(worlds * count), "world": np.repeat(range(worlds), count), "policy": policies * worlds,
    })  # fmt: skip
    for key, column in (axes or {"labour.search_share": np.linspace(0.7, 0.9, worlds)}).items():
        points[key] = np.repeat(column, count)
    rows = pd.DataFrame({
        "point": np.repeat(range(worlds * count), 2 * len(luck)),
        "seed": np.tile(np.repeat(np.arange(len(luck)) + 1, 2), worlds * count),
        "year": np.tile([2024, 2025], worlds * count * len(luck)),
    })  # fmt: skip
    for name, values in outcomes.items():
        each = np.repeat(values.ravel(), len(luck)).reshape(-1, len(luck)) * (1 + luck)
        rows[name] = np.stack([0.9 * each, each], axis=2).ravel()
    design = {"seeds": list(range(1, len(luck) + 1)), "workers": 2000}
    return Sweep(design, points, rows, NO_FAILURES)


@pytest.fixture
def game():
    """Three worlds and three policies: a is best for growth but in the last world, c for all else, b nowhere."""
    return sweep_of(
        {
            "real_gdp_per_year": np.array([[100.0, 90, 80], [100, 95, 98], [60, 80, 100]]),
            "gini_disposable_income_of_100": np.array([[50.0, 50, 40], [50, 50, 40], [50, 50, 45]]),
            "co2_emissions_per_year": np.array([[9.0, 9, 8], [9, 9, 8], [9, 9, 8]]),
        },
        ["a", "b", "c"],
    )


def test_regret_is_measured_against_the_best_policy_of_the_same_world(game):
    values = SweepValues(game, NAMES)
    assert regrets(values, read_goal("real_gdp=up")) == pytest.approx(np.array([[0, 10, 20], [0, 5, 2], [40, 20, 0]]))
    gini = regrets(values, read_goal("gini_disposable_income=down"))
    assert gini == pytest.approx(np.array([[10, 10, 0], [10, 10, 0], [5, 5, 0]]))  # points of 100
    assert measure_of("gini_disposable_income_of_100").unit == "Gini points"
    table = regret_table(values, [read_goal("real_gdp=up")]).set_index("policy")
    assert table["greatest"].to_dict() == pytest.approx({"a": 40.0, "b": 20.0, "c": 20.0})
    assert table.loc["a", "p90"] == pytest.approx(np.quantile([0, 0, 40], 0.9))
    assert table["best"].to_dict() == pytest.approx({"a": 2 / 3, "b": 0.0, "c": 1 / 3})


def test_a_policy_is_clearly_behind_only_beyond_the_luck_of_paired_seeds():
    gdp = np.array([[100.0, 99.0]])
    same_luck = SweepValues(
        sweep_of({"real_gdp_per_year": gdp}, ["a", "b"], luck=[-0.2, 0.0, 0.2]), ["real_gdp_per_year"]
    )
    assert clearly_behind(same_luck, read_goal("real_gdp=up")).tolist() == [[False, True]]
    sweep = sweep_of({"real_gdp_per_year": gdp}, ["a", "b"], luck=[0.0, 0.0, 0.0])
    sweep.outcomes.loc[sweep.outcomes["point"] == 1, "real_gdp_per_year"] += np.repeat([-8.0, 9.0, 0.0], 2)
    unlike = SweepValues(sweep, ["real_gdp_per_year"])
    assert clearly_behind(unlike, read_goal("real_gdp=up")).tolist() == [[False, False]]


def test_needs_are_met_by_hand(game):
    values = SweepValues(game, NAMES)
    needs = [read_need("real_gdp_per_year >= 90"), read_need("gini<45")]
    assert needs_met(values, needs).all(axis=0).tolist() == [
        [False, False, False], [False, False, True], [False, False, False]
    ]  # fmt: skip
    table = needs_table(values, needs).set_index("policy")
    assert table.loc["a"].tolist() == pytest.approx([2 / 3, 0.0, 0.0])
    assert table.loc["c"].tolist() == pytest.approx([2 / 3, 2 / 3, 1 / 3])


def test_usual_needs_are_the_medians_of_the_reference(game):
    found = robustness(game, GOALS, reference="b")
    assert [need.text for need in found.needs] == [
        "real_gdp_per_year >= 90", "gini_disposable_income_of_100 <= 50", "co2_emissions_per_year <= 9"
    ]  # fmt: skip
    assert any("the values of 'b' in its median world" in sentence for sentence in found.sentences)
    given = robustness(game, GOALS, ["co2<8.5"])
    assert any(
        sentence.startswith("Requirements, as given: CO2 emissions below 8.5 million tonnes a year")
        for sentence in given.sentences
    )


def test_the_front_leaves_out_what_another_beats():
    scores = np.array([[3.0, 0.0], [2.0, 2.0], [0.0, 3.0], [2.0, 1.0], [1.0, 1.0]])
    assert on_front(scores).tolist() == [True, True, True, False, False]
    assert on_front(np.array([[1.0, 1.0], [1.0, 1.0]])).all()  # what is alike does not beat


def test_the_front_of_each_world_and_of_the_means(game):
    values, goals = SweepValues(game, NAMES), [read_goal(text) for text in GOALS]
    assert fronts(values, goals).tolist() == [[True, False, True], [True, False, True], [False, False, True]]
    table = front_table(values, goals, "a").set_index("policy")
    assert table["on_front"].to_dict() == {"a": False, "b": False, "c": True}
    assert table["worlds"].to_dict() == pytest.approx({"a": 2 / 3, "b": 0.0, "c": 1.0})
    assert table["beaten_by"].to_dict() == {"a": "c", "b": "c", "c": ""}
    assert table.loc["b", "change_real_gdp_per_year"] == pytest.approx(np.mean([-10, -5, 100 / 3]))
    assert changes(values, goals[1], "a")[:, 2] == pytest.approx([-10, -10, -5])


def test_worlds_with_a_failed_or_missing_run_are_named_and_left_out(game):
    failures = pd.DataFrame({"point": [4], "seed": [2], "error": ["no"]})
    outcomes = game.outcomes[~((game.outcomes["point"] == 4) & (game.outcomes["seed"] == 2))]
    outcomes = outcomes[~((outcomes["point"] == 8) & (outcomes["seed"] == 1))]
    found = robustness(game._replace(outcomes=outcomes, failures=failures), GOALS)
    assert found.values.worlds == (0,)
    told = "Worlds left out of 3 worlds: 1 (a run failed): 1; 1 (not finished): 2."
    assert told in found.sentences
    nothing = game._replace(outcomes=outcomes[outcomes["point"] == 4], failures=failures)
    with pytest.raises(UserError, match="no world in which every policy"):
        robustness(nothing, GOALS)


def test_quarters_become_years_and_growth_is_that_of_their_sums():
    design = {"seeds": [7], "first_year": 2015}
    points = pd.DataFrame({"point": [0, 1], "world": [0, 0], "policy": ["a", "b"]})
    gdp = np.concatenate([np.repeat([1.0, 1.1, 1.21], 4)[:9], np.repeat([2.0, 2.0], 4), [9.0]])
    outcomes = pd.DataFrame({
        "point": np.repeat([0, 1], 9), "seed": 7, "quarter": np.tile(range(9), 2), "real_gdp": gdp
    })  # fmt: skip
    values = SweepValues(Sweep(design, points, outcomes, NO_FAILURES), ["mean_growth", "real_gdp_per_year"])
    assert (values.first_year, values.year) == (2015, 2016)
    assert values.means("mean_growth") == pytest.approx(np.array([[10.0, 0.0]]))  # per cent
    for name in ("real_gdp_per_year", "real_gdp", "gdp"):
        assert values.means(name) == pytest.approx(np.array([[4.4, 8.0]]))  # sums of four quarters


@pytest.fixture
def planted():
    """400 worlds; policy b fails mostly where search is low and AI transformative, a is good everywhere."""
    rng = np.random.default_rng(3)
    search, noise = rng.uniform(0.6, 1.0, 400), rng.uniform(0, 1, 400)
    ai = rng.choice(["acemoglu", "central", "transformative"], 400)
    inside = (search < 0.75) & (ai == "transformative")
    fails = inside ^ (rng.uniform(size=400) < 0.02)
    gini = np.stack([np.full(400, 40.0), np.where(fails, 60.0, 40.0)], axis=1)
    axes = {"labour.search_share": search, "ai": ai, "firms.selection": noise}
    return sweep_of({"gini_disposable_income_of_100": gini}, ["a", "b"], axes), fails, inside


def test_the_planted_box_is_found_and_told(planted):
    if not robust_boxes.can_find_boxes():
        pytest.skip("no ema_workbench")
    sweep, fails, inside = planted
    found = robustness(sweep, ["gini_disposable_income=down"], ["gini<50"])
    box = found.boxes["b"]["all"]
    assert found.boxes["a"]["all"] is None
    limits = {limit.key: limit for limit in box.limits}
    assert set(limits) == {"labour.search_share", "ai"}
    assert limits["ai"].levels == ("transformative",)
    assert limits["labour.search_share"].low is None
    assert limits["labour.search_share"].high == pytest.approx(0.75, abs=0.02)
    assert box.density > 0.9
    assert box.coverage == pytest.approx((fails & inside).sum() / fails.sum(), abs=0.1)
    told = next(sentence for sentence in found.sentences if sentence.startswith("'b' fails"))
    assert "the unemployed who search effectively in a quarter (labour.search_share) is below 0.7" in told
    assert "what AI becomes (ai) is transformative" in told
    assert "'a' never fails to meet the requirement." in found.sentences


def test_where_all_needs_are_missed_each_is_told_by_itself(planted):
    if not robust_boxes.can_find_boxes():
        pytest.skip("no ema_workbench")
    sweep, fails, _ = planted
    impossible = "mean_growth_per_cent>50"
    sweep.outcomes["real_gdp_per_year"] = 1.0
    found = robustness(sweep, ["gini_disposable_income=down"], ["gini<50", impossible])
    told = next(sentence for sentence in found.sentences if sentence.startswith("'b' fails"))
    assert told.startswith(
        "'b' fails to meet both requirements in 400 of 400 worlds; too few worlds to find a condition. "
    )
    assert (
        f"It misses inequality of disposable income below 50 Gini points of 100 ({fails.sum()} worlds) where " in told
    )
    assert "mean growth" not in told


def test_no_box_is_told_from_noise_or_from_too_few(planted):
    if not robust_boxes.can_find_boxes():
        pytest.skip("no ema_workbench")
    sweep, fails, _ = planted
    uncertainties = SweepValues(sweep, ["gini_disposable_income_of_100"]).uncertainties
    few = np.zeros(400, dtype=bool)
    few[:4] = True
    assert failure_box(uncertainties, few) is None
    assert failure_box(uncertainties, ~few) is None
    assert failure_box(uncertainties.assign(ai="central")[["ai"]], fails) is None


def test_without_ema_workbench_all_else_is_there(game, monkeypatch, tmp_path):
    real = builtins.__import__

    def refuse(name, *arguments, **words):
        if name.startswith("ema_workbench"):
            raise ImportError(name)
        return real(name, *arguments, **words)

    monkeypatch.setattr(builtins, "__import__", refuse)
    found = robustness(game, GOALS)
    assert found.boxes == {}
    assert found.sentences[-1].endswith("install it with pip install 'xinzhi[explore]'.")
    with pytest.raises(UserError, match="explore"):
        failure_box(found.values.uncertainties, np.array([True, False, True]))
    found.write(tmp_path)
    assert pd.read_csv(tmp_path / "boxes.csv").empty


def test_everything_is_written_and_can_be_read(game, tmp_path):
    found = robustness(game, GOALS)
    found.write(tmp_path / "robust")
    kept = json.loads((tmp_path / "robust" / "robust.json").read_text())
    assert kept["sentences"] == found.sentences
    assert kept["reference"] == "a" and kept["goals"]["co2_emissions_per_year"] == "down"
    worlds = pd.read_csv(tmp_path / "robust" / "worlds.csv")
    assert len(worlds) == 9 and worlds["regret_real_gdp_per_year"].max() == pytest.approx(40.0)
    for name in ("front", "regret_of_policies", "needs_of_policies"):
        assert (tmp_path / "robust" / f"{name}.png").stat().st_size > 20_000


def test_bad_wishes_get_one_line(game):
    for goals, needs, words in (
        (["real_gpd=up"], (), "nearest valid: real_gdp"),
        (["gdp"], (), "NAME=up or NAME=down"),
        (GOALS, ["gdp=5"], "write NAME<NUMBER"),
        (GOALS, ["gdp<-"], "write NAME<NUMBER"),
        (GOALS, ["gni<5"], "no outcome 'gni'"),
        (["mean_grwth=up"], (), "did you mean 'mean_growth'"),
        (GOALS, ["gini_disposable_income<0.47"], 'write "gini_disposable_income_of_100<47" .*100 times the number'),
        (GOALS, ["co2_emissions <= 2900"], 'write "co2_emissions_per_year<=11600" .*4 times the number'),
        (GOALS, ["mean_growth>0.04"], 'write "mean_growth_per_cent>4" .*100 times'),
    ):
        with pytest.raises(UserError, match=words):
            robustness(game, goals, needs)
    with pytest.raises(UserError, match="has the policies a, b, c"):
        robustness(game, GOALS, reference="d")
    with pytest.raises(UserError, match="has the years 2024 to 2025"):
        robustness(game, GOALS, year=2050)
    one = sweep_of({name: np.ones((3, 1)) for name in NAMES}, ["a"])
    with pytest.raises(UserError, match="one policy only"):
        robustness(one, GOALS)


@pytest.mark.parametrize("number", ["1e999", "-1e999"])
def test_no_need_is_without_end(number):
    with pytest.raises(UserError, match="write NAME<NUMBER"):
        read_need(f"gini<{number}")
