"""The seeds of the shipped scenarios, run before anybody asks for them, so that the page answers with them at once.

The page does it in idle time and stops for any user; ``python -m xinzhi.app.filling`` does it at once. Both put them in
the store of finished seeds, where ``abm.run`` finds them too.
"""

from __future__ import annotations

import argparse
import asyncio
from collections.abc import Iterator

from abm.data import offered_economies
from abm.experiments.ensembles.seed_store import open_store
from xinzhi.app.asked import LAST, Asked
from xinzhi.app.asking import Mix, Question
from xinzhi.app.economies import offered
from xinzhi.app.runs import Side, add_seed, prepared
from xinzhi.app.scheduler import Scheduler
from xinzhi.app.seeds import Seeds

__all__ = ["fill", "shipped_sides"]

WORKERS, SEEDS = 10_000, 8  # those of the page's quick answer
SECONDS_BEFORE, SECONDS_BETWEEN_LOOKS = 5.0, 0.5
FIRST = ("baseline", "no_ai")
PAGE = "library"  # the name under which idle work queues


def shipped_sides() -> list[Side]:
    """Every scenario that the page offers as it runs it, in each economy; first those that others are compared with."""
    mixes = [Mix(name, economy=economy) for economy in offered_economies() for name in offered(economy)]
    mixes.sort(key=lambda mix: (mix.base not in FIRST, offered_economies().index(mix.economy), mix.base))
    return [prepared(_question(mix), lambda _: None).sides[0] for mix in mixes]


def _question(mix: Mix) -> Question:
    seeds = tuple(range(1, SEEDS + 1))
    return Question(PAGE, (mix,), 0, WORKERS, seeds, None, False, None, "en")


async def fill(scheduler: Scheduler, seconds_before: float = SECONDS_BEFORE) -> None:
    """Run what the store lacks, in idle time; nothing where there is no store."""
    while not scheduler.ready:
        await asyncio.sleep(SECONDS_BETWEEN_LOOKS)
    await asyncio.sleep(seconds_before)
    sides = await asyncio.to_thread(shipped_sides)
    missing = await asyncio.to_thread(lambda: list(_missing(sides)))
    async with Asked(scheduler, PAGE, LAST) as asked:
        forgotten = Seeds(0)  # they are read from the store when somebody asks
        for rank, (side, seed) in enumerate(missing):
            add_seed(asked, forgotten, side, WORKERS, seed, seed, rank)
        for _ in missing:
            await asked.next()
    store = open_store()
    if store is not None:
        await asyncio.to_thread(store.trim)


def _missing(sides: list[Side]) -> Iterator[tuple[Side, int]]:
    store = open_store()
    if store is None:
        return
    for side in sides:
        for seed in range(1, SEEDS + 1):
            if store.read(side.key(WORKERS, seed)) is None:
                yield side, seed


def main() -> None:
    """Run all of them now."""
    from abm.experiments.ensembles.ensemble import run_ensemble
    from abm.experiments.running.progress import terminal_progress

    parser = argparse.ArgumentParser(description="Run the shipped scenarios, so that the page answers at once.")
    parser.add_argument("--seeds", type=int, default=SEEDS)
    parser.add_argument("--workers", type=int, default=WORKERS)
    given = parser.parse_args()
    for side in shipped_sides():
        seeds = range(1, given.seeds + 1)
        run_ensemble(side.runs, given.workers, seeds, progress=terminal_progress(side.runs.name))


if __name__ == "__main__":
    main()
