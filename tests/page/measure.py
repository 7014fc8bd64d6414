"""What the page costs, printed: ``make measure-page``. Compare on an idle machine; the load is printed beside it.

With names of parts after it, only those are measured: ``python -m page.measure browser users``.
"""

import os
import sys
import tempfile
import time

from page.measures.answers import answers, cancelled, explained, sent, stored
from page.measures.asking import say
from page.measures.browser import first_visits, in_browser, moves
from page.measures.memory import flat, held
from page.measures.sizes import extra, files
from page.measures.users import users
from page.serving import alive, page


def started(one, began):
    """From the command to warm processes."""
    one.get("/api/health")
    say("from the command to the first answer, seconds", f"{time.perf_counter() - began:.2f}")
    began = time.perf_counter()
    one.until(lambda health: health["warm"] == 2)
    say("until both processes are warm, seconds", f"{time.perf_counter() - began:.1f}")
    held(one, "at the start")


def ended(one):
    children = one.children
    one.process.kill()
    began = time.perf_counter()
    while any(map(alive, children)) and time.perf_counter() - began < 30:
        time.sleep(0.01)
    say("after kill -9 of the server: last process gone, seconds", f"{time.perf_counter() - began:.2f}", "5")


def why(one):
    explained(one)
    held(one, "after why by mechanism")


def browser(one):
    in_browser(moves, one)


PARTS = {part.__name__: part for part in (answers, sent, cancelled, browser, why, flat, users)}


def main():
    chosen = sys.argv[1:] or [*PARTS, "sizes", "start", "stored"]
    print(f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    with tempfile.TemporaryDirectory() as folder:
        if "sizes" in chosen:
            files()
            extra()
        if "start" in chosen:
            in_browser(first_visits, folder)
        began = time.perf_counter()
        with page(folder, warm=False) as one:
            started(one, began)
            for name, part in PARTS.items():
                if name in chosen:
                    part(one)
            ended(one)
        if "stored" in chosen:
            stored(folder)
    print(f"load {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
