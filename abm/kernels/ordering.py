"""The order of numbers, ties by row: as ``numpy.argsort(kind="stable")``, several times faster and with threads.

Values are spread over buckets by where they lie between the lowest and the highest, then each bucket is put in order by
itself. A bucket that holds many is spread once more between its own bounds.
"""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.kernels.compiling import kernel, parallel_kernel, worker_chunks

__all__ = ["order_rows"]

FEW = 24  # rows that are sorted by insertion
MOST_BUCKETS = 4096  # their counts stay in the cache
ROWS_OF_BUCKET = 4  # so few need a step or two each


@kernel
def bounds_of(values, first, end):
    """The lowest and the highest value from ``first`` to ``end``."""
    low = high = values[first]
    for place in range(first, end):
        low = min(low, values[place])
        high = max(high, values[place])
    return low, high


@kernel
def insert_in_order(values, rows, first, end):
    """Sort ``values``, and ``rows`` with them, from ``first`` to ``end``; quick where little is out of order."""
    for place in range(first + 1, end):
        value, row = values[place], rows[place]
        here = place
        while here > first and values[here - 1] > value:
            values[here], rows[here] = values[here - 1], rows[here - 1]
            here -= 1
        values[here], rows[here] = value, row


@kernel
def merge_in_order(values, rows, first, end, spare_values, spare_rows):
    """Sort by merging ever longer runs: however the values lie, the time is that of rows × log(rows)."""
    for start in range(first, end, FEW):
        insert_in_order(values, rows, start, min(start + FEW, end))
    length = FEW
    while length < end - first:
        for start in range(first, end - length, 2 * length):
            stop = min(start + 2 * length, end)
            for place in range(length):
                spare_values[place], spare_rows[place] = values[start + place], rows[start + place]
            left, right, here = 0, start + length, start
            while left < length:
                if right < stop and values[right] < spare_values[left]:
                    values[here], rows[here] = values[right], rows[right]
                    right += 1
                else:
                    values[here], rows[here] = spare_values[left], spare_rows[left]
                    left += 1
                here += 1
        length *= 2


@kernel
def sort_bucket(values, rows, first, end, near_values, near_rows, spare_values, spare_rows, count):
    """Sort the rows of one bucket by their values.

    ``near`` and ``spare`` have room for the bucket's rows, ``count`` for half as many and one.
    """
    size = end - first
    low, high = bounds_of(values, first, end)
    buckets = size // 2
    scale = (buckets - 1) / (high - low)
    if not np.isfinite(scale):  # all alike, or nearly so
        merge_in_order(values, rows, first, end, spare_values, spare_rows)
        return
    count[: buckets + 1] = 0
    for place in range(first, end):
        count[np.uint64((values[place] - low) * scale) + np.uint64(1)] += 1
    for bucket in range(buckets):
        count[bucket + 1] += count[bucket]
    for place in range(first, end):
        bucket = np.uint64((values[place] - low) * scale)
        here = count[bucket]
        count[bucket] = here + 1
        near_values[here], near_rows[here] = values[place], rows[place]
    start = 0
    for bucket in range(buckets):  # by now a count is where the next bucket begins
        if count[bucket] > start + FEW:
            merge_in_order(near_values, near_rows, start, count[bucket], spare_values, spare_rows)
        start = count[bucket]
    insert_in_order(near_values, near_rows, 0, size)
    for place in range(size):
        rows[first + place] = near_rows[place]


@kernel
def count_buckets(values, first, end, low, scale, count):
    """How many of the rows from ``first`` to ``end`` belong to each bucket, into ``count``."""
    count[:] = 0
    for row in range(np.uint64(first), np.uint64(end)):
        count[np.uint64((values[row] - low) * scale)] += 1


@kernel
def fill_buckets(values, first, end, low, scale, place, held, order):
    """Put the rows from ``first`` to ``end`` into their buckets; ``place`` is the next free place of each."""
    for row in range(np.uint64(first), np.uint64(end)):
        bucket = np.uint64((values[row] - low) * scale)
        here = place[bucket]
        place[bucket] = here + 1
        held[here] = values[row]
        order[here] = row


@kernel
def sort_buckets(held, order, start, first, end):
    """Sort the buckets that begin from ``first`` to before ``end``; ``start`` (buckets + 1,) is where each begins.

    Small ones are left for one insertion over all of them: a call for each would take longer than the sorting.
    """
    largest = FEW
    for bucket in range(start.size - 1):
        if first <= start[bucket] < end:
            largest = max(largest, start[bucket + 1] - start[bucket])
    near_values, near_rows = np.empty(largest), np.empty(largest, dtype=order.dtype)
    spare_values, spare_rows = np.empty(largest), np.empty(largest, dtype=order.dtype)
    count = np.empty(largest // 2 + 1, dtype=np.int64)
    left = stop = -1  # from where to where small ones wait
    for bucket in range(start.size - 1):
        here, stop_here = start[bucket], start[bucket + 1]
        if not first <= here < end:
            continue
        if left < 0:
            left = here
        if stop_here > here + FEW:
            insert_in_order(held, order, left, here)
            sort_bucket(held, order, here, stop_here, near_values, near_rows, spare_values, spare_rows, count)
            left = stop_here
        stop = stop_here
    insert_in_order(held, order, left, stop)


@parallel_kernel
def order_rows(values, order):
    """Rows from the lowest to the highest of ``values`` (rows,), all of them finite, into ``order`` (rows,) int32."""
    rows = values.size
    chunks = worker_chunks(rows)
    low, high = bounds_of(values, 0, rows)
    buckets = max(2, min(rows // ROWS_OF_BUCKET, MOST_BUCKETS))
    scale = (buckets - 1) / (high - low)
    if not np.isfinite(scale):  # all alike, or nearly so
        buckets, scale = 1, 0.0
    place = np.empty((chunks, buckets), dtype=np.int64)
    for chunk in prange(chunks):
        count_buckets(values, rows * chunk // chunks, rows * (chunk + 1) // chunks, low, scale, place[chunk])
    start = np.empty(buckets + 1, dtype=np.int64)
    together = 0
    for bucket in range(buckets):
        start[bucket] = together
        for chunk in range(chunks):
            count = place[chunk, bucket]
            place[chunk, bucket] = together
            together += count
    start[buckets] = together
    held = np.empty(rows)
    for chunk in prange(chunks):
        fill_buckets(
            values, rows * chunk // chunks, rows * (chunk + 1) // chunks, low, scale, place[chunk], held, order
        )
    for chunk in prange(chunks):
        sort_buckets(held, order, start, rows * chunk // chunks, rows * (chunk + 1) // chunks)
