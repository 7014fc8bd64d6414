"""The moments of an economy with known parameters lead a fit back to these parameters."""

import pytest

from abm import run
from abm.experiments.calibration.design import FitDesign, SearchRange
from abm.experiments.calibration.fit import run_fit
from xinzhi.analysis.calibration.fit import Objective
from xinzhi.analysis.moments.facts import Fact
from xinzhi.analysis.moments.table import moments_table

pytestmark = [pytest.mark.theory, pytest.mark.slow]
pytest.importorskip("optuna")

WORKERS, QUARTERS, SEEDS = 2_000, 12, 1
TRUTH = {"labour.efficiency_deviation": 0.40, "energy.fuel_trend": -0.011}
# Inequality tells of the one, carbon over GDP of the other; each moves a little with both.
HALF_BANDS = {"gini_opening": 0.01, "gini_wage_end": 0.01, "co2_per_gdp_trend": 0.0025}
RANGES = (SearchRange("labour.efficiency_deviation", 0.2, 0.5), SearchRange("energy.fuel_trend", -0.02, -0.005))


def test_known_parameters_are_found_again(tmp_path):
    overrides = {f"assumptions.{key}": value for key, value in TRUTH.items()}
    true = moments_table(run("baseline", WORKERS, SEEDS, QUARTERS, overrides)).mean()
    facts = [
        Fact(name, name, (name,), "number", "tuned", {"at_least": true[name] - half, "at_most": true[name] + half})
        for name, half in HALF_BANDS.items()
    ]
    objective = Objective(facts, dict.fromkeys(HALF_BANDS, 1.0), moments_table)
    design = FitDesign(ranges=RANGES, workers=WORKERS, seeds=SEEDS, quarters=QUARTERS, trials=120)
    fit = run_fit(design, objective, tmp_path)
    assert fit.trials[0].distance > 1.0 and fit.best.distance < 0.01
    for one in RANGES:
        assert fit.best.values[one.key] == pytest.approx(TRUTH[one.key], abs=0.03 * (one.high - one.low))
