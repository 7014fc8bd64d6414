"""How long answers take, how large they are, and how soon one that nobody wants any more ends."""

import statistics
import time

from page.measures.asking import mix, question, say, timed
from page.serving import page


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


def explained(one):
    """Why, by the families of mechanisms."""
    asked = {"page": "w", "mix": mix(250), "by": "mechanisms", "workers": 10_000, "seeds": 1}
    began = time.perf_counter()
    events = one.all_of("/api/why", asked)
    assert [name for name, _ in events][-2:] == ["update", "done"]
    say("why by mechanism, one seed of 10,000 workers, seconds", f"{time.perf_counter() - began:.1f}", "20")
