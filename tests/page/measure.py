"""What the page costs, printed: ``make measure-page``. Compare on an idle machine; the load is printed beside it."""

import asyncio
import os
import statistics
import tempfile
import time
from pathlib import Path

import httpx
from page.serving import alive, page

QUICK = {"workers": 10_000, "seeds": 8}
USERS, MOVES, SECONDS_BETWEEN_MOVES = 10, 5, 5.0
SMALL = {"workers": 2_000, "seeds": 2, "until": 2030}
MOVES_BEFORE, MANY = 200, 1_000  # memory is compared after so many


LIMITS = {"server": "150, within 5 %", "process": "300, within 5 %"}


def say(what, value, wanted=""):
    print(f"{what:<58}{value:>14}   {wanted}", flush=True)


def mix(price):
    return {"settings": {"levers.carbon_price": price}}


def question(name, price, **more):
    return {"page": name, "scenarios": [{}, mix(price)], **QUICK, **more}


def timed(one, asked):
    """Seconds to the first pair and to the end."""
    began, first = time.perf_counter(), None
    with one.streamed("/api/stream", asked) as found:
        for name, _ in found:
            if name == "update" and first is None:
                first = time.perf_counter() - began
    return first, time.perf_counter() - began


def memory(number):
    """Megabytes of a process."""
    for line in Path(f"/proc/{number}/status").read_text().splitlines():
        if line.startswith("VmRSS"):
            return int(line.split()[1]) / 1024
    return 0.0


def answers(one):
    timed(one, question("m", 150))
    runs = [timed(one, question("m", 200 + move)) for move in range(6)]
    say("first pair of 10,000 workers, seconds", f"{statistics.median(first for first, _ in runs):.2f}", "0.4")
    say("eight pairs, seconds", f"{statistics.median(last for _, last in runs):.2f}", "1.2")
    say("32 pairs, seconds (both sides)", f"{timed(one, question('m', 300, seeds=32))[1]:.2f}", "4")
    again = [timed(one, question("m", 200 + move))[1] for move in range(6)]
    say("eight pairs that memory has, seconds", f"{statistics.median(again):.3f}", "0.1")


def stored(folder):
    """What the store has, asked for the first time of a server."""
    with page(folder) as one:
        timed(one, question("m", 1_000, seeds=1))
        say("eight pairs that the store has, seconds", f"{timed(one, question('m', 201))[1]:.3f}", "0.1")
        began = time.perf_counter()
        one.post("/api/report", {**question("m", 201), "format": "html"})
        say("report.html of finished seeds, first, seconds", f"{time.perf_counter() - began:.1f}")
        began = time.perf_counter()
        one.post("/api/report", {**question("m", 202), "format": "html"})
        say("report.html of finished seeds, seconds", f"{time.perf_counter() - began:.1f}", "4")


def sent(one):
    """Bytes of an update: what the page draws, and everything."""
    for what, outcomes in (("drawn", "headline"), ("recorded", "all")):
        size = len(one.post("/api/stream", question("m", 201, outcomes=outcomes)).content)
        say(f"an answer of one update, all that is {what}, kB", f"{size / 1000:.0f}", "60" if what == "drawn" else "")


def cancelled(one):
    waits = []
    for move in range(5):
        with one.streamed("/api/stream", question("c", 400 + move, seeds=64)) as found:
            next(found)
            one.until(lambda health: health["busy"])
        began = time.perf_counter()
        one.until(lambda health: not health["busy"] and not health["queued"])
        waits.append(time.perf_counter() - began)
    say("from closing to nothing running, seconds", f"{statistics.median(waits):.3f}", "0.02 + one look")


async def user(client, number, firsts):
    await asyncio.sleep(SECONDS_BETWEEN_MOVES * number / USERS)
    for move in range(MOVES):
        began = time.perf_counter()
        asked = question(f"user {number}", 500 + 10 * number + move)
        stream = client.stream("POST", "/api/stream", json=asked)
        async with asyncio.timeout(60), stream as answer:
            async for line in answer.aiter_lines():
                if line == "event: update":
                    firsts.append(time.perf_counter() - began)
                    break
            ends = began + SECONDS_BETWEEN_MOVES
            await asyncio.sleep(max(ends - time.perf_counter(), 0))


async def users(one):
    firsts = []
    async with httpx.AsyncClient(base_url=one.url, timeout=60) as client:
        await asyncio.gather(*(user(client, number, firsts) for number in range(USERS)))
    ordered = sorted(firsts)
    say("ten users, a move every 5 s: moves served", f"{len(firsts)} of {USERS * MOVES}", "all")
    say("ten users: first pair, median and p90, seconds",
        f"{statistics.median(ordered):.2f}, {ordered[int(0.9 * len(ordered))]:.2f}", "p90 1")  # fmt: skip


def flat(one):
    """Memory of the server and of its processes over many small moves."""
    seen = []
    for move in range(1, MANY + 1):
        timed(one, {**question("flat", 100 + move / 2), **SMALL})
        if move in (MOVES_BEFORE, MANY):
            seen.append((memory(one.process.pid), max(memory(child) for child in one.children)))
    for what, before, after in zip(("server", "process"), *seen, strict=True):
        say(f"memory of the {what}, {MOVES_BEFORE} and {MANY} moves, MB", f"{before:.0f}, {after:.0f}", LIMITS[what])


def main():
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        began = time.perf_counter()
        with page(folder, warm=False) as one:
            one.get("/api/health")
            say("from the command to the first answer, seconds", f"{time.perf_counter() - began:.2f}")
            began = time.perf_counter()
            one.until(lambda health: health["warm"] == 2)
            say("until both processes are warm, seconds", f"{time.perf_counter() - began:.1f}")
            say("memory of the server at the start, MB", f"{memory(one.process.pid):.0f}", "150")
            for measure in (answers, sent, cancelled, flat):
                measure(one)
            asyncio.run(users(one))
            children = one.children
            one.process.kill()
            began = time.perf_counter()
            while any(map(alive, children)) and time.perf_counter() - began < 30:
                time.sleep(0.01)
            say("after kill -9 of the server: last process gone, seconds", f"{time.perf_counter() - began:.2f}", "5")
        stored(folder)


if __name__ == "__main__":
    main()
