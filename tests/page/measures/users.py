"""Many pages at once: how long each move waits for its first pair, and whether one is lost."""

import asyncio
import statistics
import time
from typing import NamedTuple

import httpx
from page.measures.asking import question, say

WORST = 60  # seconds, after which a move counts as lost


class Class(NamedTuple):
    """So many pages with so many moves each; ``wanted`` of nine in ten moves, in seconds."""

    users: int
    moves: int
    pause: float
    wanted: float


CLASSES = (Class(10, 5, 5.0, 1.0), Class(30, 4, 10.0, 2.0))


async def user(client, number, of, firsts):
    """Moves again and again, and reads what comes until the next move, as the page does."""
    await asyncio.sleep(of.pause * number / of.users)
    for move in range(of.moves):
        began = time.perf_counter()
        asked = question(f"user {number} of {of.users}", 200 + 10 * of.users + number + move / 10)
        try:
            async with asyncio.timeout(WORST):
                await _read(client, asked, began, of.pause, firsts)
        except TimeoutError:
            continue
        await asyncio.sleep(max(began + of.pause - time.perf_counter(), 0))


async def _read(client, asked, began, pause, firsts):
    seen = False
    async with client.stream("POST", "/api/stream", json=asked) as answer:
        assert answer.status_code == 200, await answer.aread()
        async for line in answer.aiter_lines():
            if line == "event: update" and not seen:
                seen = True
                firsts.append(time.perf_counter() - began)
            if seen and time.perf_counter() - began > pause:
                return


async def together(one, of):
    firsts = []
    limits = httpx.Limits(max_connections=2 * of.users)
    async with httpx.AsyncClient(base_url=one.url, timeout=WORST, limits=limits) as client:
        await asyncio.gather(*(user(client, number, of, firsts) for number in range(of.users)))
    ordered, what = sorted(firsts), f"{of.users} pages, a move every {of.pause:.0f} s"
    say(f"{what}: moves served", f"{len(firsts)} of {of.users * of.moves}", "all")
    say(f"{what}: first pair, median and p90, s",
        f"{statistics.median(ordered):.2f}, {ordered[int(0.9 * len(ordered))]:.2f}", f"p90 {of.wanted:g}")  # fmt: skip


def users(one):
    for of in CLASSES:
        asyncio.run(together(one, of))
