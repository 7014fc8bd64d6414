"""What marks a function as a phase of the quarter, and says what it reads and writes."""

from __future__ import annotations

from collections.abc import Callable

__all__ = ["phase"]


def phase(reads: str, writes: str) -> Callable:
    """Declare the columns a phase reads and writes, as words like ``firms.price``; ``xinzhi describe`` prints them."""

    def declare(function: Callable) -> Callable:
        function.reads = tuple(reads.split())
        function.writes = tuple(writes.split())
        return function

    return declare
