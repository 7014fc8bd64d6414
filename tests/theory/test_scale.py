"""AI's effect does not hang on how many workers are simulated, and output more than doubles only with shared data."""

import numpy as np
import pytest

from abm import Model
from abm.scenarios.resolution import CALM

pytestmark = pytest.mark.theory

FEW, MANY, SEEDS, QUARTERS, LAST = 10_000, 160_000, range(1, 21), 44, 8
SCALE = "assumptions.artificial_intelligence.data_scale"


def effect_on_gdp(workers, seed):
    """Log of GDP with AI over GDP without, mean of the last two of eleven years."""
    logs = []
    for policy in ("baseline", "no_ai"):
        model = Model(workers, rng=seed, policy=policy, overrides=CALM)
        for _ in range(QUARTERS):
            model.step()
        logs.append(np.log(model.recorder.series("real_gdp")[-LAST:]).mean())
    return logs[0] - logs[1]


@pytest.mark.slow
def test_the_effect_of_ai_is_that_of_a_sixteenth_of_the_workers_within_sampling_error():
    few = np.array([effect_on_gdp(FEW, seed) for seed in SEEDS])
    many = np.array([effect_on_gdp(MANY, seed) for seed in SEEDS[:4]])
    error = np.sqrt(few.var(ddof=1) / few.size + many.var(ddof=1) / many.size)
    assert abs(many.mean() - few.mean()) < 3 * error + 0.001
    assert error < 0.01


def mean_capability(times, openness, scale):
    """Of firms by staff after two years in which every worker and firm stands for ``times`` as many."""
    overrides = CALM | {SCALE: scale, "levers.data_openness": {2024: openness}}
    model = Model(2_000, rng=1, overrides=overrides)
    model.economy.structure.persons_per_worker *= times
    for _ in range(8):
        model.step()
    firms = model.state.firms
    return np.average(firms.ai_capability, weights=firms.headcount)


@pytest.mark.parametrize(("openness", "scale"), [(0.0, 0.5), (0.5, 0.0), (0.5, 0.5)])
def test_twice_the_economy_is_more_than_twice_as_able_only_with_open_data_and_scale(openness, scale):
    """Capability is per firm: where a larger economy leaves it as it is, AI adds output in proportion and no more."""
    once, twice = (mean_capability(times, openness, scale) for times in (1.0, 2.0))
    if openness and scale:
        assert twice > 1.005 * once
    else:
        assert twice == pytest.approx(once, rel=1e-9)
