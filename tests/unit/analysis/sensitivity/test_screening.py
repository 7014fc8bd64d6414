"""The screening: all numbers moved at once, worlds that failed left out."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from abm import UserError
from xinzhi.analysis.sensitivity.screening import GDP, HEADLINES, JOBLESS, PRICES, kept, regression, screening_of
from xinzhi.analysis.sensitivity.screening_report import screening_text, with_sources

pytestmark = pytest.mark.unit

KEYS = ["a.strong", "a.weak", "a.none"]
PROBLEM = {"num_vars": 3, "names": KEYS, "bounds": [[0.0, 1.0], [2.0, 4.0], [0.0, 0.1]]}
YEARS = range(2024, 2051)
WORLDS = 60


def _sweep(effect, failed=()):
    drawn = np.random.default_rng(2).uniform(*np.array(PROBLEM["bounds"]).T, (WORLDS, 3))
    generator = np.random.default_rng(1)
    rows = []
    for point, (strong, weak, _) in enumerate(drawn):
        if point in failed:
            continue
        for year in YEARS:
            gdp = 100.0 * 1.03 ** (year - 2024) * (1.0 + effect * (0.1 * strong + 0.01 * weak))
            noise = 1e-4 * generator.normal()
            rows.append({
                "point": point, "seed": point + 7, "year": year, GDP: gdp * (1.0 + noise), JOBLESS: 5.0, PRICES: 2.0,
                "gini_disposable_income_of_100": 40.0, "co2_emissions_per_year": 10.0,
            })  # fmt: skip
    design = {"problem": PROBLEM, "first_year": 2024}
    points = pd.DataFrame(drawn, columns=KEYS).assign(point=range(WORLDS))
    return SimpleNamespace(years=pd.DataFrame(rows), design=design, points=points)


def test_the_strong_come_first_and_the_idle_are_chance():
    found = screening_of(_sweep(1.0), _sweep(0.0), dict.fromkeys(KEYS, 1.0))
    assert list(found.table["key"])[:2] == ["a.strong", "a.weak"] and list(found.table["rank"]) == [1, 2, 3]
    by_key, gdp = found.table.set_index("key"), HEADLINES[1]
    assert by_key.loc["a.strong", gdp] == pytest.approx(10.0, rel=0.02)
    assert by_key.loc["a.weak", gdp] == pytest.approx(2.0, rel=0.05)
    assert abs(by_key.loc["a.none", gdp]) < 2 * found.floor[gdp] < 0.1
    assert found.lost == 0 and found.worlds == WORLDS and found.explained[gdp] > 0.99


def test_a_scale_raises_effects_and_a_failed_world_is_left_out():
    plain = screening_of(_sweep(1.0), _sweep(0.0), dict.fromkeys(KEYS, 1.0)).table.set_index("key")
    scaled = screening_of(_sweep(1.0), _sweep(0.0), {**dict.fromkeys(KEYS, 1.0), "a.weak": 1.5}).table.set_index("key")
    assert scaled.loc["a.weak", HEADLINES[1]] == pytest.approx(1.5 * plain.loc["a.weak", HEADLINES[1]])
    lost = screening_of(_sweep(1.0, failed=(1,)), _sweep(0.0), dict.fromkeys(KEYS, 1.0))
    assert lost.lost == 1 and lost.table.set_index("key").loc["a.strong", HEADLINES[1]] == pytest.approx(10.0, rel=0.02)


def test_regression_gives_slopes_and_errors_as_known():
    generator = np.random.default_rng(3)
    moved = generator.uniform(-0.5, 0.5, (4_000, 2))
    values = (moved @ [2.0, 0.0] + generator.normal(0.0, 1.0, 4_000))[:, None]
    slopes, errors, explained = regression(moved, values)
    assert slopes[:, 0] == pytest.approx([2.0, 0.0], abs=0.25)
    assert errors[:, 0] == pytest.approx(np.sqrt(12 / 4_000), rel=0.05)
    assert explained[0] == pytest.approx(0.25, abs=0.03)  # 4 / 12 of 4 / 12 + 1
    with pytest.raises(UserError, match="more --worlds"):
        regression(moved[:3], values[:3])


def test_the_text_counts_the_sources_before_and_now():
    found = screening_of(_sweep(1.0), _sweep(0.0), dict.fromkeys(KEYS, 1.0))
    kinds = {"a.strong": "own with a range", "a.weak": "from memory", "a.none": "estimate", "b.other": "estimate"}
    table = with_sources(found, kinds, {key: (0.0, 1.0, key == "a.weak", "own") for key in KEYS})
    text = screening_text(found, table, 2, kinds)
    assert "Sources of these 2: 1 own with a range, 1 from memory." in text and "Before" not in text
    assert "Sources of all 4 parameters: 2 estimate, 1 own with a range, 1 from memory." in text
    assert "a.strong" in text and "a.none" not in text and "(own width)" in text
    assert "Before: 2 own without a range." in screening_text(
        found, table, 2, kinds, dict.fromkeys(KEYS, "own without a range")
    )


def test_what_was_kept_is_read_back():
    found = screening_of(_sweep(1.0), _sweep(0.0), dict.fromkeys(KEYS, 1.0))
    rows = [
        {"parameter": row["key"], "share": row["weight"], "headlines": row["above_noise"], "effects": {
            name: row[name] for name in HEADLINES
        }} for row in found.table.to_dict("records")
    ]  # fmt: skip
    about = {"floor": found.floor, "explained": found.explained, "worlds": WORLDS, "lost": 0}
    again = kept(rows, about)
    assert list(again.table["key"]) == list(found.table["key"]) and again.floor == found.floor
