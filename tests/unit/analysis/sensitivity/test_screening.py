"""The screening: effects step by step, those of a world that failed left out."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from xinzhi.analysis.sensitivity.screening import GDP, HEADLINES, JOBLESS, PRICES, screening_of
from xinzhi.analysis.sensitivity.screening_report import screening_text, with_sources

pytestmark = pytest.mark.unit
morris = pytest.importorskip("SALib.sample.morris")

KEYS = ["a.strong", "a.weak", "a.none"]
PROBLEM = {"num_vars": 3, "names": KEYS, "bounds": [[0.0, 1.0], [2.0, 4.0], [0.0, 0.1]]}
SAMPLING = {"samples": 8, "levels": 4, "seed": 1, "method": "morris"}
YEARS = range(2024, 2051)


def _sweep(effect, failed=()):
    worlds = morris.sample(dict(PROBLEM), 8, num_levels=4, seed=1)
    generator = np.random.default_rng(1)
    rows = []
    for point, (strong, weak, _) in enumerate(worlds):
        for seed in (1, 2):
            if point in failed:
                continue
            for year in YEARS:
                gdp = 100.0 * 1.03 ** (year - 2024) * (1.0 + effect * (0.1 * strong + 0.01 * weak))
                noise = 1e-4 * generator.normal()
                rows.append({
                    "point": point, "seed": seed, "year": year, GDP: gdp * (1.0 + noise), JOBLESS: 5.0,
                    PRICES: 2.0, "gini_disposable_income_of_100": 40.0, "co2_emissions_per_year": 10.0,
                })  # fmt: skip
    design = {"sampling": SAMPLING, "problem": PROBLEM, "seeds": [1, 2], "first_year": 2024}
    return SimpleNamespace(years=pd.DataFrame(rows), design=design, points=pd.DataFrame({"point": range(len(worlds))}))


def test_the_strong_come_first_and_the_idle_are_chance():
    found = screening_of(_sweep(1.0), _sweep(0.0), dict.fromkeys(KEYS, 1.0))
    assert list(found.table["key"])[:2] == ["a.strong", "a.weak"] and list(found.table["rank"]) == [1, 2, 3]
    by_key, gdp = found.table.set_index("key"), HEADLINES[1]
    assert by_key.loc["a.strong", gdp] == pytest.approx(10.0, rel=0.02)
    assert by_key.loc["a.weak", gdp] == pytest.approx(2.0, rel=0.05)
    assert by_key.loc["a.none", gdp] < found.floor[gdp] < 0.1
    assert found.lost == 0 and (by_key["steps"] == 8).all()


def test_a_scale_raises_effects_and_a_failed_world_costs_its_steps_only():
    plain = screening_of(_sweep(1.0), _sweep(0.0), dict.fromkeys(KEYS, 1.0)).table.set_index("key")
    scaled = screening_of(_sweep(1.0), _sweep(0.0), {**dict.fromkeys(KEYS, 1.0), "a.weak": 3.0}).table.set_index("key")
    assert scaled.loc["a.weak", HEADLINES[1]] == pytest.approx(3.0 * plain.loc["a.weak", HEADLINES[1]])
    lost = screening_of(_sweep(1.0, failed=(1,)), _sweep(0.0), dict.fromkeys(KEYS, 1.0))
    assert lost.lost == 2 and lost.table.set_index("key").loc["a.strong", HEADLINES[1]] == pytest.approx(10.0, rel=0.02)


def test_the_text_counts_the_sources():
    found = screening_of(_sweep(1.0), _sweep(0.0), dict.fromkeys(KEYS, 1.0))
    kinds = {"a.strong": "own with a range", "a.weak": "from memory", "a.none": "estimate", "b.other": "estimate"}
    table = with_sources(found, kinds, {key: (0.0, 1.0, key == "a.weak", "own") for key in KEYS})
    text = screening_text(found, table, 2, kinds)
    assert "Sources of these 2: 1 from memory, 1 own with a range." in text
    assert "Sources of all 4 parameters: 2 estimate, 1 from memory, 1 own with a range." in text
    assert "a.strong" in text and "a.none" not in text and "(own width)" in text
