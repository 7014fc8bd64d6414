"""The presets of AI give what their sources have; `xinzhi presets` prints the same."""

import itertools

import numpy as np
import pytest

from abm.scenarios.presets import PRESETS

pytestmark = [pytest.mark.theory, pytest.mark.slow]

WORKERS, SEEDS, QUARTERS = 10_000, range(1, 9), 104


@pytest.fixture(scope="module")
def found():
    from abm.experiments.ensembles.variants import run_variants
    from xinzhi.analysis import preset_measures

    variants = {name: {"ai": name} for name in PRESETS}
    done = run_variants("baseline", variants, WORKERS, SEEDS, QUARTERS)
    assert not done.failures
    return {name: preset_measures(results, done.results["none"]) for name, results in done.results.items()}


TARGETS = [(name, measure) for name, one in PRESETS.items() for measure in one.targets]


@pytest.mark.parametrize(("name", "measure"), TARGETS, ids=[f"{name}-{measure}" for name, measure in TARGETS])
def test_a_preset_meets_its_target(name, measure, found):
    low, high = PRESETS[name].targets[measure]
    value = found[name][measure]
    assert np.isfinite(value)
    assert (low is None or value >= low) and (high is None or value <= high)


def test_the_presets_are_in_the_order_of_their_effect(found):
    gains = [found[name]["tfp_ten_years"] for name in PRESETS]
    noise = 0.0005  # of a difference over so many seeds; two presets are meant to be nearly alike
    assert all(later > before - noise for before, later in itertools.pairwise(gains))
