"""The distance of a run, and what the slopes say."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
import pandas as pd
import pytest

from abm.experiments.calibration.design import SearchRange
from abm.experiments.calibration.fit import Fit, Slope
from abm.experiments.calibration.storage import Trial
from xinzhi.analysis.calibration.figures import convergence_figure, identification_figure
from xinzhi.analysis.calibration.fit import OUTSIDE, Objective, left_out_of, moment_objective
from xinzhi.analysis.calibration.report import fit_text, identification, slopes_table, targets_table, trials_table
from xinzhi.analysis.moments.targets import Fact, load_targets

pytestmark = pytest.mark.unit

GROWTH = Fact("growth", "Growth", ("growth",), "per cent", "tuned", {"at_least": 0.02, "at_most": 0.06}, value=0.04)
ENDS = Fact("ends", "Lowest and highest", ("low", "high"), "number", "emergent", {"at_least": 0.0, "at_most": 1.0})
SLOPE = Fact("slope", "A slope", ("slope",), "number", "emergent", {"below": 0.0})
FACTS = (GROWTH, ENDS, SLOPE)


@dataclass
class Run:
    table: pd.DataFrame


def run(**columns):
    return Run(pd.DataFrame(columns, dtype=float))


@pytest.fixture
def objective():
    return Objective(FACTS, {"growth": 1.0, "ends": 2.0, "slope": 1.0}, lambda results: results.table)


@pytest.fixture
def measured(objective):
    return objective.measure(run(growth=[0.05, 0.07], low=[0.25, 0.25], high=[1.0, 1.5], slope=[-1.0, 2.0]))


def test_means_over_the_seeds_and_shares_outside_are_measured(measured):
    assert measured["growth"] == pytest.approx(0.06) and measured["high"] == pytest.approx(1.25)
    assert measured[OUTSIDE + "growth"] == 0.5 and measured[OUTSIDE + "ends"] == 0.5
    assert measured[OUTSIDE + "slope"] == 0.5


def test_the_distance_is_counted_in_halves_of_the_band(objective, measured):
    parts = objective.distances(measured)
    assert parts["growth"] == pytest.approx(1.0)  # at the upper edge
    assert parts["ends"] == pytest.approx((0.5**2 + 1.5**2) / 2)  # the mean of its two moments
    assert parts["slope"] == 0.5  # no centre: the share of seeds outside
    assert objective.distance(measured) == pytest.approx((1.0 + 2 * 1.25 + 0.5) / 4)


def test_what_is_not_defined_counts_for_nothing_and_is_named(objective):
    measured = objective.measure(run(growth=[0.04, math.nan], low=[0.5, 0.5], high=[0.5, 0.5], slope=[-1.0, -1.0]))
    assert math.isnan(measured["growth"]) and math.isnan(measured[OUTSIDE + "growth"])
    assert objective.distance(measured) == 0.0
    nothing = objective.measure(run(growth=[math.nan], low=[math.nan], high=[1.0], slope=[math.nan]))
    assert math.isnan(objective.distance(nothing))


def test_the_facts_aimed_at_are_those_with_a_band_that_parameters_can_move():
    objective = moment_objective()
    assert {fact.name for fact in objective.facts} == {
        fact.name for fact in load_targets() if fact.band and fact.origin != "identity" and fact.measured == "outcomes"
    }
    reasons = left_out_of(objective, {name: math.nan for fact in objective.facts for name in fact.moments})
    assert reasons["sfc_residual"] == "it must hold whatever the parameters are"
    assert reasons["gini_end"] == "no band is asked of it"
    assert reasons["okun_slope"] == "not defined in a run of this length"
    assert set(reasons) == {fact.name for fact in load_targets()}
    chosen = moment_objective({"okun_slope": 3.0})
    assert chosen.weights == {"okun_slope": 3.0}
    assert left_out_of(chosen, {"okun_slope": -0.5})["unemployment_mean"] == "not asked for"
    assert chosen.description != objective.description


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("okun_slop", "unknown target 'okun_slop'; did you mean 'okun_slope'?"),
        ("sfc_residual", "cannot be fitted: it must hold"),
        ("gini_end", "cannot be fitted: no band"),
        ("stayers_cuts", "cannot be fitted: it needs a look at firms and persons"),
    ],
)
def test_a_target_that_cannot_be_fitted_is_refused_in_one_line(name, words):
    from abm import UserError

    with pytest.raises(UserError) as raised:
        moment_objective({name: 1.0})
    assert words in str(raised.value) and "\n" not in str(raised.value)


# A fit whose moments are known functions of its parameters.

RANGES = (
    SearchRange("firms.demand_gain", 0.0, 1.0),
    SearchRange("firms.selection", 0.0, 2.0),
    SearchRange("firms.hoarding_of_none", 0.0, 1.0),
    SearchRange("energy.fuel_trend", -1.0, 0.0),
)  # fmt: skip


def moments_of(values):
    one, two, _, four = (values[bounds.key] for bounds in RANGES)
    growth = 0.04 + 0.02 * (one - 0.5) + 0.01 * (two - 1.0)
    return {"growth": growth, "low": 1.0 + four, "high": 0.5, "slope": -1.0} | {
        OUTSIDE + fact.name: 0.0 for fact in FACTS
    }


@pytest.fixture
def fit(objective):
    @dataclass
    class Design:
        ranges: tuple = RANGES
        span: range = range(1, 3)
        fresh_span: range = range(3, 5)
        workers: int = 2_000
        quarters: int = 8
        trials: int = 4
        seeds: int = 2
        settings: dict = field(default_factory=dict)

        def current(self):
            return {bounds.key: 0.5 * (bounds.low + bounds.high) for bounds in RANGES}

    start = Design().current()
    trials = []
    for number, part in enumerate((0.3, 0.1, 0.0)):
        values = {key: value + part for key, value in start.items()}
        trials.append(Trial(number, values, moments_of(values), objective.distance(moments_of(values))))
    trials.append(Trial(3, start, {}, math.nan, "the accounts do not close"))
    slopes = {}
    for bounds in RANGES:
        low, high = (start[bounds.key] + side * 0.1 * (bounds.high - bounds.low) for side in (-1, 1))
        below, above = (moments_of({**start, bounds.key: value}) for value in (low, high))
        slopes[bounds.key] = Slope(low, high, below, above)
    fresh = {"before": trials[0].measured, "after": moments_of(start)}
    return Fit(Design(), trials, trials[0].measured, slopes, fresh)


def test_slopes_are_halves_of_the_band_for_a_tenth_of_the_range(fit, objective):
    table = slopes_table(fit, objective)
    assert list(table.index) == ["growth", "low", "high"]  # the band with one end has no scale
    assert table.loc["growth", "firms.demand_gain"] == pytest.approx(0.02 * 0.1 / 0.02)
    assert table.loc["growth", "firms.selection"] == pytest.approx(0.01 * 0.2 / 0.02)
    assert table.loc["low", "energy.fuel_trend"] == pytest.approx(1.0 * 0.1 / 0.5)
    assert (table["firms.hoarding_of_none"] == 0).all()
    fit.slopes["energy.fuel_trend"] = fit.slopes["energy.fuel_trend"]._replace(above={})
    assert slopes_table(fit, objective)["energy.fuel_trend"].isna().all()


def test_the_slopes_are_said_in_words(fit, objective):
    facts = {name: fact for fact in FACTS for name in fact.moments}
    table = slopes_table(fit, objective) * 3
    lines = identification(table, facts)
    assert lines[0] == "firms.demand_gain: Growth (+0.30)."
    assert lines[2] == "firms.hoarding_of_none: no moment tells; its value is little more than the start."
    assert lines[3] == "energy.fuel_trend: Lowest and highest [low] (+0.60)."
    assert lines[4:] == [
        "firms.demand_gain and firms.selection move the moments alike (+1.00): only their sum is found."
    ]


def test_the_tables_hold_before_after_and_fresh(fit, objective):
    table = targets_table(fit, objective).set_index("moment")
    assert list(table.index) == ["growth", "low", "high", "slope"]
    assert table.loc["growth", "before"] == pytest.approx(0.049) and table.loc["growth", "after"] == pytest.approx(0.04)
    assert table.loc["growth", "fresh"] == pytest.approx(0.04) and table.loc["growth", "on_record"] == 0.04
    assert np.isnan(table.loc["slope", "low"]) and table.loc["slope", "high"] == 0.0
    trials = trials_table(fit)
    assert list(trials["trial"]) == [1, 2, 3, 4] and trials["distance"].isna().sum() == 1
    assert trials.loc[3, "failure"] == "the accounts do not close"


def test_the_text_names_what_was_found(fit, objective):
    text = fit_text(fit, objective, {"gini_end": "no band is asked of it", "other": "no band is asked of it"})
    assert "4 of 4 trials, 1 failed, seeds 1 to 2 in each" in text
    assert "no band is asked of it: gini_end, other" in " ".join(text.split())
    assert "4.90 %" in text and "weight 2" in text and "only their sum" in text


def test_the_figures_are_drawn(fit, objective, tmp_path):
    for name, figure in (("one", convergence_figure(fit, objective)), ("two", identification_figure(fit, objective))):
        figure.savefig(tmp_path / f"{name}.png")
        assert (tmp_path / f"{name}.png").stat().st_size > 10_000
