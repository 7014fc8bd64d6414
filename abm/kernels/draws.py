"""Random draws by agent, quarter and purpose, and nothing else: splitmix64 as a hash of (seed, quarter, stream, id).

Because the policy is no part of the key and the number of draws never depends on the state, two policies run with one
seed have the same draws. Source of the mixer: Steele, Lea and Flood 2014, "Fast splittable pseudorandom number
generators". A draw takes about a nanosecond.
"""

from __future__ import annotations

import numpy as np

from abm.compiling.kernels import kernel

__all__ = ["HIGHEST_NORMAL", "STREAMS", "draw_rows", "normal", "one_normal", "pick", "stream_key", "uniform"]

_NAMES = (
    "opening_size opening_productivity opening_age opening_occupation opening_efficiency opening_match "
    "opening_literacy "
    "opening_participation opening_group opening_region opening_firm_region opening_donor opening_spell opening_equity "
    "opening_adoption opening_stage aggregate death heir_efficiency heir_participation heir_occupation heir_literacy "
    "separation layoff vacancy reach enrolment completion retrained_occupation search search_order listing other_list "
    "other_occupation move screening match_quality literacy share productivity research evaluation breach entry "
    "entrant_stage coverage opening_schooling opening_owner retrained_literacy heir_group opening_idle_staff "
    "opening_size_order estate heir_standing "
    "opening_insured opening_leisure heir_insured migration migrant_occupation preferred "
    "opening_capital opening_backlog "
    "novice second_try second_list second_novice job_search "
    "opening_tenure departments review opening_land land farm_return return_farm"
).split()
# Of numpy's type, since numba compiles a function anew for each plain number that it is called with.
STREAMS = {name: np.int64(number + 1) for number, name in enumerate(_NAMES)}


HIGHEST_NORMAL = 3.4642  # a little above 2 √3


@kernel
def _mix(z):
    z = (z ^ (z >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    z = (z ^ (z >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return z ^ (z >> np.uint64(31))


@kernel
def stream_key(seed, quarter, stream):
    """The key of one stream in one quarter, uint64; all three are int64."""
    key = _mix(np.uint64(seed) + np.uint64(0x9E3779B97F4A7C15))
    key = _mix(key ^ (np.uint64(quarter) * np.uint64(0xD1342543DE82EF95) + np.uint64(0x632BE59BD9B4E019)))
    return _mix(key ^ (np.uint64(stream) * np.uint64(0xA24BAED4963EE407) + np.uint64(0x9FB21C651E98DF25)))


@kernel
def uniform(key, identity):
    """One number in [0, 1) for an id (a row) under a key."""
    z = _mix(key + np.uint64(identity) * np.uint64(0x9E3779B97F4A7C15))
    return np.float64(z >> np.uint64(11)) * (1.0 / 9007199254740992.0)


@kernel
def draw_rows(key, first, step, draws):
    """Numbers in [0, 1) for the rows ``first``, ``first + step`` ... into ``draws``; several are done at once."""
    for place in range(draws.size):
        draws[place] = uniform(key, first + step * place)


@kernel
def normal(key, identity):
    """One number with mean 0 and standard deviation 1, from four 16-bit uniforms: no logarithm, tails end at 3.46."""
    z = _mix(key + np.uint64(identity) * np.uint64(0x9E3779B97F4A7C15))
    mask = np.uint64(0xFFFF)
    total = np.float64(z & mask) + np.float64((z >> np.uint64(16)) & mask)
    total += np.float64((z >> np.uint64(32)) & mask) + np.float64(z >> np.uint64(48))
    return (total - 131070.0) * (1.7320508075688772 / 65536.0)


@kernel
def pick(cumulated, draw):
    """First place whose cumulated share exceeds a number in [0, 1), the last one if none does."""
    for place in range(cumulated.size - 1):
        if draw < cumulated[place]:
            return place
    return cumulated.size - 1


@kernel
def one_normal(seed, quarter, stream, identity):
    """A single standard normal number, for callers outside the kernels."""
    return normal(stream_key(seed, quarter, stream), identity)
