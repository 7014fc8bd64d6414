"""Without shocks to the economy, and on the neutral closure, unemployment stays near its start, with AI and without.

It opens at the surveyed 5.1 % and settles within six years at 4.2 to 4.4, since people without work go back to
their land (decisions 0270 and 0301); from then on it has no trend.
"""

import numpy as np
import pytest

from abm import Model
from abm.scenarios.resolution import CALM

pytestmark = pytest.mark.theory

# Savings passed on in full, the world at China's pace, new tasks as usual, a state that leans against slack.
NEUTRAL = {
    "closures.pass_through": "full",
    "closures.world_adoption": "same_pace",
    "closures.fiscal_rule": "stabilising",
}
SEEDS = (1, 2, 3)


@pytest.mark.parametrize("policy", ["baseline", "no_ai"])
def test_unemployment_in_2050_is_near_its_start(policy):
    ends, starts, settled = [], [], []
    for seed in SEEDS:
        model = Model(10_000, rng=seed, policy=policy, overrides=CALM | (NEUTRAL if policy == "baseline" else {}))
        for _ in range(104):
            model.step()
        rate = model.recorder.series("unemployment_rate")
        starts.append(rate[0])
        settled.append(rate[20:28].mean())
        ends.append(rate[-8:].mean())
    assert np.mean(ends) == pytest.approx(np.mean(starts), abs=0.0125)
    assert np.mean(ends) == pytest.approx(np.mean(settled), abs=0.005)
