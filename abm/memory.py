"""Memory is counted before it is taken: what does not fit is refused in one line, or run in fewer processes."""

from __future__ import annotations

import os

from abm.errors import UserError, whole_number

__all__ = ["check_results_fit", "processes_that_fit"]

# Measured in November 2026: the largest memory of a process with 2,000 to 6 million workers, and with 1 to 64 seeds.
BYTES_OF_A_PROCESS = 280_000_000
BYTES_OF_A_WORKER = 170
BYTES_OF_A_SEED_AND_QUARTER = 40_000  # 28,000 measured, and room for writing


def machine_memory() -> int | None:
    """The bytes of memory of this machine, None where the system does not say."""
    try:
        return os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE")
    except (AttributeError, ValueError, OSError):  # Windows has no sysconf
        return None


def processes_that_fit(workers: int, wanted: int) -> int:
    """As many of the processes as there is memory for. Raises UserError where not even one fits.

    Also for a number of workers that is none.
    """
    memory, workers = machine_memory(), whole_number("workers", workers)
    if memory is None:
        return wanted
    each = BYTES_OF_A_PROCESS + BYTES_OF_A_WORKER * workers
    if each > memory:
        most = max(memory - BYTES_OF_A_PROCESS, 0) // BYTES_OF_A_WORKER // 100_000 * 100_000
        raise UserError(
            f"{workers:,} workers need about {_gigabytes(each)} of memory and this machine has {_gigabytes(memory)}; "
            f"take at most {most:,}"
        )
    return max(min(wanted, memory // each), 1)


def check_results_fit(seeds: int, quarters: int) -> None:
    """Raise UserError where the tables of so many seeds do not fit into memory."""
    memory = machine_memory()
    needed = seeds * quarters * BYTES_OF_A_SEED_AND_QUARTER
    if memory is not None and needed > memory:
        most = memory // (quarters * BYTES_OF_A_SEED_AND_QUARTER)
        raise UserError(
            f"the tables of {seeds:,} seeds need about {_gigabytes(needed)} of memory and this machine has "
            f"{_gigabytes(memory)}; take at most {most:,} seeds at a time"
        )


def _gigabytes(size: int) -> str:
    return f"{size / 1e9:,.1f} GB"
