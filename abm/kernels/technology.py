"""Capability, use and process gains of artificial intelligence, and the length of research projects."""

from __future__ import annotations

import numpy as np

from abm.kernels.compiling import kernel

__all__ = ["capability", "process_gain", "research_cycle", "use_after"]


@kernel
def capability(data, compute, algorithm, literate_share, artificial_intelligence):
    """A firm's AI capability, 0 to 1: a constant-elasticity aggregate in which the weakest leg limits.

    ``data`` in mean firms, ``compute`` as share of payroll × quality, ``algorithm`` the frontier, usable as far as
    literate staff absorb it. Ni, figure 1 (data × computing power × algorithm).
    """
    rules = artificial_intelligence
    d = data / (data + rules.data_half)
    c = compute / (compute + rules.compute_half)
    absorbed = (1.0 - rules.algorithm_unabsorbed) * literate_share / (literate_share + rules.algorithm_absorption)
    a = algorithm * (rules.algorithm_unabsorbed + absorbed)
    if d <= 0.0 or c <= 0.0 or a <= 0.0:
        return 0.0
    exponent = rules.substitution
    if exponent == -1.0:
        return 1.0 / (rules.data_weight / d + rules.compute_weight / c + rules.algorithm_weight / a)
    if abs(exponent) < 1e-9:
        return np.exp(
            rules.data_weight * np.log(d) + rules.compute_weight * np.log(c) + rules.algorithm_weight * np.log(a)
        )
    legs = rules.data_weight * d**exponent + rules.compute_weight * c**exponent + rules.algorithm_weight * a**exponent
    return legs ** (1.0 / exponent)


@kernel
def process_gain(use, half):
    """Part of the largest process gain reached at a use of AI: concave, the easy gains come first."""
    return 1.0 - np.exp(-use / half)


@kernel
def use_after(use, stage_use, capability_now, speed):
    """Use of AI a quarter later: it follows the stage with a lag."""
    return use + speed * (stage_use * capability_now - use)


@kernel
def research_cycle(use, without, full, response):
    """Quarters a research project takes at a use of AI: Ni, figure 2."""
    return without - (without - full) * min(1.0, response * use)
