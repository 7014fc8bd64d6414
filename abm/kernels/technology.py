"""Capability, use and process gains of artificial intelligence, and the length of research projects."""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel

__all__ = ["capability", "process_gain", "research_cycle", "use_after"]


@kernel
def capability(data, compute, algorithm, literate_share, data_half, compute_half, absorption, exponent):
    """A firm's AI capability, 0 to 1: a constant-elasticity aggregate in which the weakest leg limits.

    ``data`` in mean firms, ``compute`` as share of payroll × quality, ``algorithm`` the frontier, usable as far as
    literate staff absorb it. Ni, figure 1 (data × computing power × algorithm).
    """
    a = data / (data + data_half)
    b = compute / (compute + compute_half)
    c = algorithm * (0.3 + 0.7 * literate_share / (literate_share + absorption))
    if a <= 0.0 or b <= 0.0 or c <= 0.0:
        return 0.0
    if exponent == -1.0:
        return 1.0 / (0.33 / a + 0.33 / b + 0.34 / c)
    if abs(exponent) < 1e-9:
        return np.exp(0.33 * np.log(a) + 0.33 * np.log(b) + 0.34 * np.log(c))
    return (0.33 * a**exponent + 0.33 * b**exponent + 0.34 * c**exponent) ** (1.0 / exponent)


@kernel
def process_gain(use, half):
    """Part of the largest process gain reached at a use of AI: concave, the easy gains come first."""
    return 1.0 - np.exp(-use / half)


@kernel
def use_after(use, stage_use, capability_now, speed):
    """Use of AI a quarter later: it follows the stage with a lag."""
    return use + speed * (stage_use * capability_now - use)


@kernel
def research_cycle(use, without, full):
    """Quarters a research project takes at a use of AI: Ni, figure 2."""
    return without - (without - full) * min(1.0, 1.5 * use)
