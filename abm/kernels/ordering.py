"""Lists of rows that a loop is about, and the order of numbers: compiled, in blocks, with threads.

Statuses and employers lose their order within a few quarters. A processor then guesses every second branch wrong, which
costs more than the arithmetic behind it; so a loop first lists whom it concerns, block by block, without a branch for
each row, and then meets these.

To put numbers in order (ties by row, as ``numpy.argsort(kind="stable")`` does), values are spread over buckets by where
they lie between the lowest and the highest, then each bucket is put in order by itself. A bucket that holds many is
spread once more between its own bounds.
"""

from __future__ import annotations

import numpy as np
from numba import prange

from abm.compiling.kernels import kernel, parallel_kernel, worker_chunks

__all__ = [
    "MOST_BUCKETS",
    "fill_buckets",
    "sort_buckets",
    "BLOCK",
    "join_lists",
    "list_at_work",
    "list_status",
]


FEW = 24  # rows that are sorted by insertion
MOST_BUCKETS = 4096  # their counts stay in the cache
ROWS_OF_BUCKET = 4  # so few need a step or two each


@kernel
def merge_in_order(values, rows, first, end, spare_values, spare_rows):
    """Sort by merging ever longer runs: however the values lie, the time is that of rows × log(rows)."""
    length = 1
    while length < end - first:
        for start in range(first, end - length, 2 * length):
            stop = min(start + 2 * length, end)
            for place in range(length):
                spare_values[place] = values[start + place]
                spare_rows[place] = rows[start + place]
            left, right, here = 0, start + length, start
            while left < length:
                later = right < stop and values[right] < spare_values[left]
                values[here] = values[right] if later else spare_values[left]
                rows[here] = rows[right] if later else spare_rows[left]
                right += later
                left += not later
                here += 1
        length *= 2


@parallel_kernel
def sort_buckets(held, order, start):
    """Sort the rows of each bucket by the values that they hold, which are sorted along; ``start`` as in fill_buckets.

    Few rows are left for one insertion over all of a chunk: a step for each bucket would take longer.
    """
    rows = order.size
    chunks = worker_chunks(rows)
    for chunk in prange(chunks):
        first, end = rows * chunk // chunks, rows * (chunk + 1) // chunks
        largest = FEW
        for bucket in range(start.size - 1):
            if first <= start[bucket] < end:
                largest = max(largest, start[bucket + 1] - start[bucket])
        near_values, near_rows = np.empty(largest), np.empty(largest, dtype=np.int32)
        spare_values, spare_rows = np.empty(largest), np.empty(largest, dtype=np.int32)
        count = np.empty(largest // 2 + 1, dtype=np.int64)
        begun = stopped = end
        for bucket in range(start.size - 1):  # those that begin in the chunk's part of the places
            here, stop = start[bucket], start[bucket + 1]
            if not first <= here < end:
                continue
            begun, stopped = min(begun, here), stop
            if stop - here <= FEW:
                continue
            low = high = held[here]
            for place in range(here, stop):
                low = min(low, held[place])
                high = max(high, held[place])
            parts = (stop - here) // 2
            scale = (parts - 1) / (high - low)
            if not scale < np.inf:  # all alike, or nearly so
                parts, scale = 1, 0.0
            for part in range(parts + 1):
                count[part] = 0
            for place in range(here, stop):
                count[np.uint64((held[place] - low) * scale) + np.uint64(1)] += 1
            for part in range(parts):
                count[part + 1] += count[part]
            for place in range(here, stop):
                part = np.uint64((held[place] - low) * scale)
                near = count[part]
                count[part] = near + 1
                near_values[near] = held[place]
                near_rows[near] = order[place]
            beginning = 0
            for part in range(parts):  # by now a count is where the next part begins
                if count[part] > beginning + FEW and low < high:
                    merge_in_order(near_values, near_rows, beginning, count[part], spare_values, spare_rows)
                beginning = count[part]
            for place in range(stop - here):
                held[here + place] = near_values[place]
                order[here + place] = near_rows[place]
        for place in range(begun + 1, stopped):
            value, row = held[place], order[place]
            here = place
            while here > begun and held[here - 1] > value:
                held[here] = held[here - 1]
                order[here] = order[here - 1]
                here -= 1
            held[here] = value
            order[here] = row


@parallel_kernel
def fill_buckets(values, held, order, start):
    """Spread rows over buckets by their ``values`` (rows,), all of them finite; returns how many buckets there are.

    ``order`` and ``held`` (rows,) are the rows and their values, those of a bucket together and in the order of rows;
    ``start`` (MOST_BUCKETS + 1,) is where each bucket begins, and at the end the number of rows.
    """
    rows = values.size
    chunks = worker_chunks(rows)
    low = high = values[0]
    for row in range(rows):
        low = min(low, values[row])
        high = max(high, values[row])
    buckets = max(2, min(rows // ROWS_OF_BUCKET, MOST_BUCKETS))
    scale = (buckets - 1) / (high - low)
    if not scale < np.inf:  # all alike, or nearly so
        buckets, scale = 1, 0.0
    free = np.zeros((chunks, buckets), dtype=np.int64)  # the next free place of each bucket, after it was counted
    for chunk in prange(chunks):
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            free[chunk, np.uint64((values[row] - low) * scale)] += 1
    together = 0
    for bucket in range(buckets):
        start[bucket] = together
        for chunk in range(chunks):
            count = free[chunk, bucket]
            free[chunk, bucket] = together
            together += count
    start[buckets] = together
    for chunk in prange(chunks):
        for row in range(np.uint64(rows * chunk // chunks), np.uint64(rows * (chunk + 1) // chunks)):
            bucket = np.uint64((values[row] - low) * scale)
            here = free[chunk, bucket]
            free[chunk, bucket] = here + 1
            held[here] = values[row]
            order[here] = row
    return buckets


BLOCK = 256  # rows listed at a time, so that they stay in the nearest cache


@kernel
def list_at_work(employer, first, last, listed):
    """Rows from ``first`` to before ``last`` with an employer into ``listed``, in their order; returns their number."""
    found = 0
    for row in range(np.uint64(first), np.uint64(last)):
        listed[found] = row
        found += employer[row] >= 0
    return found


@kernel
def list_status(status, code, first, last, listed):
    """Rows from ``first`` to before ``last`` of this status into ``listed``, in their order; returns their number."""
    found = 0
    for row in range(np.uint64(first), np.uint64(last)):
        listed[found] = row
        found += status[row] == code
    return found


@kernel
def join_lists(listed, found):
    """Makes one list of those of the chunks, each at its chunk's first row; returns how many are in it.

    ``listed`` (rows,) holds in each chunk's part the ``found`` (chunks,) rows that were listed there.
    """
    rows, chunks = listed.size, found.size
    together = found[0]
    for chunk in range(1, chunks):
        first = rows * chunk // chunks
        for place in range(found[chunk]):
            listed[together] = listed[first + place]
            together += 1
    return together
