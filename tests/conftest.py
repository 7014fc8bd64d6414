"""Small economies that several tests look at, made once, and how two economies are compared to the bit.

abm is imported when a fixture is first used: collecting the tests of the command stays fast.
"""

import numpy as np
import pytest

WORKERS = 2_000  # the smallest economy


@pytest.fixture(scope="session")
def grown():
    """``grown(quarters, ...)``: a model after some quarters, shared by all who ask for it; never to be changed."""
    from abm import Model

    kept = {}

    def after(quarters, workers=WORKERS, rng=1, policy="baseline", **overrides):
        key = (quarters, workers, rng, policy, tuple(sorted((name, repr(value)) for name, value in overrides.items())))
        if key not in kept:
            model = Model(workers, rng=rng, policy=policy, overrides=overrides or None)
            for _ in range(quarters):
                model.step()
            kept[key] = model
        return kept[key]

    return after


@pytest.fixture(scope="session")
def arrays():
    """``arrays(model)``: everything that an economy consists of and has recorded, by name, as copies."""
    return _arrays


@pytest.fixture(scope="session")
def assert_same_bits():
    """``assert_same_bits(one, other)`` compares two models, or what ``arrays`` took from them."""

    def compare(one, other):
        first, second = (found if isinstance(found, dict) else _arrays(found) for found in (one, other))
        assert first.keys() == second.keys()
        different = [name for name in first if first[name].tobytes() != second[name].tobytes()]
        assert not different

    return compare


def _arrays(model):
    found = _walk("state", model.state) | {"recorder.values": np.array(model.recorder.values)}
    return found | {f"recorder.{table}": np.array(values) for table, values in model.recorder.groups.items()}


def _walk(label, held):
    if isinstance(held, np.ndarray):
        return {label: held.copy()}
    if isinstance(held, (bool, int, float)):
        return {label: np.array(held)}
    found = {}
    for name, value in vars(held).items():
        if name == "view":  # what kernels are given: the same arrays, made when first asked for
            continue
        found |= _walk(f"{label}.{name}", value)
    return found
