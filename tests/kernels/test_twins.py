"""Every compiled kernel gives the bits of its Python original, on the arguments that the model really passes."""

import numpy as np
import pytest

pytestmark = pytest.mark.kernels


def test_compiled_code_and_its_original_give_the_same_bits(kernel_name, replayed):
    assert replayed.get(kernel_name), "no quarter of the lively economy calls this kernel; make it do so in conftest.py"
    for compiled, plain in replayed[kernel_name]:
        assert len(compiled) == len(plain)
        for place, (one, other) in enumerate(zip(compiled, plain)):
            assert one.dtype == other.dtype and one.shape == other.shape
            assert np.array_equal(one, other, equal_nan=one.dtype.kind == "f"), f"array {place}"


def test_kernels_that_change_nothing_are_no_kernels(kernel_name, replayed, caught, arrays_in):
    """A call that leaves every array as it was and returns nothing would make the test above empty."""
    changed = False
    for number, arguments in enumerate(caught.get(kernel_name, [])[:2]):
        before = arrays_in(arguments)
        after, _ = replayed[kernel_name][number]
        changed |= any(one.tobytes() != other.tobytes() for one, other in zip(before, after))
        changed |= any(np.isfinite(result).all() for result in after[len(before) :])
    assert changed or kernel_name not in caught
