"""What presets do, measured on results whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from xinzhi.analysis.assumptions.presets import preset_measures, presets_table

pytestmark = pytest.mark.unit

QUARTERS = 60
TIME = np.arange(QUARTERS + 1)
SEEDS = (1, 2)


def economy(results_of, gap, tfp, name="preset", quarters=QUARTERS):
    """Two seeds of different luck; GDP and productivity lie ``gap`` (log points by quarter) above the twin."""
    luck = 1 + 0.01 * np.array(SEEDS)[:, None] * np.ones((2, quarters + 1))
    level = luck * np.exp(gap[: quarters + 1])
    whole = np.ones((2, 1)) * tfp[: quarters + 1]
    arrays = {"real_gdp": 30 * level, "real_consumption": 12 * np.sqrt(level), "real_ndp": 20 * level}
    arrays |= {"labour_productivity": 45 * level, "tfp_ai_contribution": whole}
    return results_of(arrays, name, SEEDS)


@pytest.fixture
def pair(results_of):
    """Growth of 2 per cent a year from quarter 20 to 36, and none before or after."""
    gap = 0.005 * np.clip(TIME - 20, 0, 16)
    none = economy(results_of, 0.0 * TIME, 0.0 * TIME, "none")
    return economy(results_of, gap, 0.0005 * TIME), none


def test_measures_are_those_of_the_economy(pair):
    found = preset_measures(*pair)
    assert found["tfp_ten_years"] == pytest.approx(0.02)
    assert found["gdp_ten_years"] == pytest.approx(np.exp(0.08) - 1)
    assert found["consumption_ten_years"] == pytest.approx(np.exp(0.04) - 1, rel=1e-3)
    assert found["ndp_ten_years"] == pytest.approx(found["gdp_ten_years"])
    assert found["peak_growth"] == pytest.approx(0.02)


def test_a_short_run_has_no_decade(results_of):
    for quarters in (8, 20):
        one, none = (economy(results_of, 0.001 * TIME, 0.0 * TIME, name, quarters) for name in ("one", "none"))
        found = preset_measures(one, none)
        assert np.isnan(found["tfp_ten_years"]) and np.isnan(found["gdp_ten_years"])
        assert np.isnan(found["peak_growth"]) == (quarters < 12)


def test_the_table_says_which_targets_are_met(pair):
    results = {"none": pair[1], "one": pair[0], "two": pair[0]}
    targets = {
        "one": {"tfp_ten_years": (0.015, 0.025), "gdp_ten_years": (None, 0.016)},
        "two": {"peak_growth": (0.03, None)},
    }
    text = presets_table(results, targets)
    assert "2.00 [1.5 to 2.5: met]" in text and "8.33 [at most 1.6: missed]" in text
    assert "2.00 [at least 3: missed]" in text and "mean of 2 paired seeds" in text
