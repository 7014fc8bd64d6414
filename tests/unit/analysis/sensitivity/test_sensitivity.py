"""Morris and Sobol on functions whose answer is known, and what luck alone can seem to be."""

from __future__ import annotations

import json
import math
from collections import namedtuple

import numpy as np
import pandas as pd
import pytest

from abm import UserError
from abm.experiments.sweeps.design import load_design
from xinzhi.analysis.sensitivity.indices import noise_of
from xinzhi.analysis.sensitivity.report import sensitivity_sentences, sensitivity_text, write_sensitivity
from xinzhi.analysis.sensitivity.sensitivity import sensitivity_of, share_sentences

pytest.importorskip("SALib")
pytestmark = pytest.mark.unit

Sweep = namedtuple("Sweep", "design points outcomes failures")
NO_FAILURES = pd.DataFrame(columns=["point", "seed", "error"])
KEYS = ("labour.search_share", "firms.selection", "firms.price_speed")
OUTCOME = "palma_ratio"  # an index that is shown as it is


def sweep_of(method, function, samples, seeds=1, luck=0.0, ends=None, **more):
    """A sweep over three real parameters whose outcome is function(unit values (worlds, 3)) and luck of its own."""
    ends = dict.fromkeys(KEYS, (0.1, 0.9)) if ends is None else ends
    axes = {key: {"low": low, "high": high} for key, (low, high) in ends.items()}
    design = load_design({
        "sampling": {"method": method, "samples": samples, "seed": 1, **more}, "uncertainties": axes, "seeds": seeds,
    })  # fmt: skip
    unit = np.array([
        [(world[key] - low) / (high - low) for key, (low, high) in ends.items()] for world in design.worlds
    ])  # fmt: skip
    count = len(unit)
    points = pd.DataFrame({"point": range(count), "world": range(count), "policy": "unchanged"})
    for key in ends:
        points[key] = [world[key] for world in design.worlds]
    draws = luck * np.random.default_rng(11).normal(size=(count, seeds))
    common = 5.0 * np.random.default_rng(12).normal(size=seeds)  # luck that all points share says nothing
    values = function(unit)[:, None] + draws + (common if luck else 0.0)
    outcomes = pd.DataFrame({
        "point": np.repeat(range(count), seeds), "seed": np.tile(design.seeds, count), "year": 2050,
        OUTCOME: values.ravel(),
    })  # fmt: skip
    return Sweep(design.described(), points, outcomes, NO_FAILURES)


def ishigami(unit):
    """Ishigami and Homma 1990 with a = 7, b = .1."""
    one, two, three = (math.pi * (2 * unit - 1)).T
    return np.sin(one) + 7 * np.sin(two) ** 2 + 0.1 * three**4 * np.sin(one)


def linear(unit):
    return 3.0 * unit[:, 0] - 1.0 * unit[:, 1]


def test_sobol_knows_ishigami():
    found = sensitivity_of(sweep_of("sobol", ishigami, 1024), [OUTCOME]).table.set_index("key")
    for key, first, total in zip(KEYS, (0.3139, 0.4424, 0.0), (0.5576, 0.4424, 0.2437)):
        row = found.loc[key]
        assert row["first_low"] <= first <= row["first_high"]
        assert row["low"] <= total <= row["high"]
        assert row["high"] - row["low"] < 0.25
        assert row["total"] == pytest.approx(total, abs=0.06)


def test_morris_knows_a_linear_function():
    found = sensitivity_of(sweep_of("morris", linear, 6), [OUTCOME])
    table = found.table.set_index("key")
    assert table["effect"].tolist() == pytest.approx([3.0, -1.0, 0.0], abs=1e-9)
    assert table["effect_size"].tolist() == pytest.approx([3.0, 1.0, 0.0], abs=1e-9)
    assert table["high"].tolist() == pytest.approx([3.0, 1.0, 0.0], abs=1e-9)  # no spread, no interval
    assert list(found.ranked(OUTCOME)["key"]) == list(KEYS)


def test_morris_tells_what_works_only_with_others():
    found = sensitivity_of(sweep_of("morris", lambda unit: 4 * (unit[:, 0] - 0.5) * (unit[:, 1] - 0.5), 20), [OUTCOME])
    row = found.table.set_index("key").loc[KEYS[0]]
    assert abs(row["effect"]) < row["effect_size"] / 2
    assert row["spread"] > 0.3
    assert "up or down, depending on the other assumptions" in " ".join(sensitivity_sentences(found))


def test_a_whole_number_that_rounding_hides_is_no_mystery():
    ends = {KEYS[0]: (0.1, 0.9), KEYS[1]: (0.1, 0.9), "labour.training_quarters": (1, 2)}
    sweep = sweep_of("morris", linear, 6, ends=ends)
    assert set(sweep.points["labour.training_quarters"]) == {1, 2}
    found = sensitivity_of(sweep, [OUTCOME])
    assert found.table["effect"].tolist() == pytest.approx([3.0, -1.0, 0.0], abs=1e-9)


@pytest.mark.parametrize("method, samples", [("morris", 20), ("sobol", 128)])
def test_what_does_nothing_is_not_told_from_luck(method, samples):
    found = sensitivity_of(sweep_of(method, linear, samples, seeds=4, luck=0.4), [OUTCOME])
    table = found.table.set_index("key")
    assert table["above_noise"].tolist() == [True, True, False]
    told = sensitivity_sentences(found)
    assert told[-1] == "Not distinguishable from chance in any outcome: firms.price_speed."
    assert found.most_important() == list(KEYS[:2])
    assert "not distinguishable from chance" in sensitivity_text(found)
    assert found.noise[OUTCOME].deviation == pytest.approx(0.4 / 2, rel=0.15)


def test_luck_alone_is_rarely_taken_for_an_effect():
    def alarms(method, samples):
        sweep = sweep_of(method, linear, samples, seeds=4)
        count = 0
        for trial in range(40):
            draws = np.random.default_rng(100 + trial).normal(size=len(sweep.outcomes))
            noise = sweep._replace(outcomes=sweep.outcomes.assign(**{OUTCOME: draws}))
            count += sensitivity_of(noise, [OUTCOME]).table["above_noise"].sum()
        return count / 120

    assert alarms("morris", 8) < 0.12
    assert alarms("sobol", 32) < 0.12


def test_luck_is_what_seeds_do_not_share():
    rng = np.random.default_rng(5)
    own = rng.normal(size=(2000, 3))
    found = noise_of(own + rng.normal(size=3) * 10 + np.linspace(0, 100, 2000)[:, None])
    assert found.deviation == pytest.approx(1 / math.sqrt(3), rel=0.05)
    assert found.spread == pytest.approx(100 / math.sqrt(12), rel=0.02)
    assert math.isnan(noise_of(own[:, :1]).deviation)


def test_one_seed_cannot_tell_luck():
    found = sensitivity_of(sweep_of("morris", linear, 4), [OUTCOME])
    assert found.table["above_noise"].all() and found.table["noise"].isna().all()
    assert "one seed cannot distinguish effects from chance" in " ".join(sensitivity_sentences(found))


@pytest.mark.parametrize("method, name, samples", [("morris", "trajectories", 6), ("sobol", "blocks", 8)])
def test_a_part_of_the_design_with_a_failed_run_does_not_count(method, name, samples):
    sweep = sweep_of(method, linear, samples)
    failures = pd.DataFrame({"point": [1], "seed": [1], "error": ["no"]})
    found = sensitivity_of(
        sweep._replace(outcomes=sweep.outcomes[sweep.outcomes["point"] != 1], failures=failures), [OUTCOME]
    )
    assert found.parts == samples - 1
    assert found.left_out.startswith(f"1 of {samples} {name} of the design do not count; left out of")
    if method == "morris":
        assert found.table["effect"].tolist() == pytest.approx([3.0, -1.0, 0.0], abs=1e-9)


def test_one_of_several_policies_is_taken():
    sweep = sweep_of("morris", linear, 4)
    double = sweep._replace(
        points=pd.concat([
            sweep.points.assign(point=2 * sweep.points["point"]),
            sweep.points.assign(point=2 * sweep.points["point"] + 1, policy="tax"),
        ]),
        outcomes=pd.concat([
            sweep.outcomes.assign(point=2 * sweep.outcomes["point"]),
            sweep.outcomes.assign(**{OUTCOME: 2 * sweep.outcomes[OUTCOME]}, point=2 * sweep.outcomes["point"] + 1),
        ]),
    )  # fmt: skip
    assert sensitivity_of(double, [OUTCOME]).table["effect"].tolist() == pytest.approx([3.0, -1.0, 0.0], abs=1e-9)
    taxed = sensitivity_of(double, [OUTCOME], policy="tax")
    assert taxed.table["effect"].tolist() == pytest.approx([6.0, -2.0, 0.0], abs=1e-9)
    with pytest.raises(UserError, match="the sweep has unchanged, tax"):
        sensitivity_of(double, [OUTCOME], policy="toll")


def test_shares_beyond_the_whole_are_said_to_be_interactions_or_too_few_samples():
    plenty = sensitivity_of(sweep_of("sobol", ishigami, 1024), [OUTCOME])  # totals of 0.56, 0.44 and 0.24
    (said,) = share_sentences(plenty)
    assert said.endswith("the shares add up to 125 %, since an interaction counts in that of each assumption.")
    assert said in sensitivity_sentences(plenty)
    few = sensitivity_of(sweep_of("sobol", ishigami, 32), [OUTCOME])
    assert "too few samples, since the shares add up to" in share_sentences(few)[0]
    assert share_sentences(sensitivity_of(sweep_of("morris", linear, 4), [OUTCOME])) == []


def test_other_designs_and_foreign_draws_get_one_line():
    sweep = sweep_of("morris", linear, 4)
    with pytest.raises(UserError, match="drawn by grid"):
        sensitivity_of(sweep._replace(design=sweep.design | {"sampling": {"method": "grid"}}), [OUTCOME])
    other = sweep.points.assign(**{KEYS[0]: 0.123})
    with pytest.raises(UserError, match="not those that SALib draws here"):
        sensitivity_of(sweep._replace(points=other), [OUTCOME])


@pytest.mark.parametrize("method, samples", [("morris", 6), ("sobol", 16)])
def test_everything_is_written_and_can_be_read(method, samples, tmp_path):
    found = sensitivity_of(sweep_of(method, linear, samples, seeds=2, luck=0.1), [OUTCOME])
    write_sensitivity(found, tmp_path)
    kept = json.loads((tmp_path / "sensitivity.json").read_text())
    assert kept["sentences"] == sensitivity_sentences(found)
    assert kept["most_important"][0] == KEYS[0]
    assert len(pd.read_csv(tmp_path / "sensitivity.csv")) == 3
    assert (tmp_path / "tornado.png").stat().st_size > 20_000
