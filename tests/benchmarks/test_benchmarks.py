"""Speed beside the targets of the design; nothing here fails for being slow. ``make bench``, on an idle machine.

Minima are shown, since other programs can only add to a time; ratios are medians of one interleaved run. What one calls
the opening is everything from ``Model(...)`` to its first quarter. A full run takes about three minutes.
"""

import json
import logging
import os
import statistics
import subprocess
import sys
import time

import pytest
from benchmarks.stopwatch import least, timed

pytestmark = pytest.mark.benchmarks

PEER_TARGETS = {6_100: 0.60, 30_500: 0.40, 122_000: 0.33}  # nine tenths of the agents are adults, the rest firms
PEER_PERIODS = {6_100: 60, 30_500: 36, 122_000: 20}
GIBIBYTE = 1 << 30
TEN_MILLION_NEED = 4 * GIBIBYTE
SWEPT = 96
DESIGN = {"seeds": SWEPT, "workers": 10_000, "quarters": 104, "policies": {"none": {}}}


def warmed(workers, threads=1, quarters=2):
    from abm import Model

    model = Model(workers, rng=1, threads=threads)
    for _ in range(quarters):
        model.step()
    return model


def in_a_process(*command, **environment):
    """A program in a fresh process, and what it printed."""
    said = []

    def run():
        done = subprocess.run(
            [sys.executable, *command], capture_output=True, text=True, check=True, env={**os.environ, **environment}
        )
        said.append(done.stdout)

    return timed(run), said[0]


@pytest.mark.parametrize(("workers", "threads", "quarters"), [(10_000, 1, 60), (110_000, 1, 12), (1_000_000, 2, 5)])
def test_every_phase(workers, threads, quarters, monkeypatch, report):
    import abm.model

    seconds = {}

    def clocked(name, function):
        def run(*arguments):
            start = time.perf_counter()
            function(*arguments)
            seconds.setdefault(name, []).append(time.perf_counter() - start)

        return run

    model = warmed(workers, threads)
    monkeypatch.setattr(abm.model, "SCHEDULE", tuple(clocked(phase.__name__, phase) for phase in abm.model.SCHEDULE))
    monkeypatch.setattr(model.recorder, "record", clocked("(outcomes recorded)", model.recorder.record))
    for _ in range(quarters):
        model.step()
    report.note(f"{workers:,} workers, {threads} thread(s): nanoseconds per worker, least of {quarters} quarters")
    for name, times in seconds.items():
        report.note(f"  {name:34} {min(times) / workers * 1e9:8.2f}")
    report.note(f"  {'together':34} {sum(map(min, seconds.values())) / workers * 1e9:8.2f}")


def test_a_run_of_ten_thousand_workers(report):
    from abm import Model

    def run():
        model = Model(10_000, rng=1)
        for _ in range(104):
            model.step()

    run()
    report.time("10,000 workers x 104, opening included", least(run, 15), 0.095)
    report.time("10,000 workers, opening", least(lambda: Model(10_000, rng=1), 15), unit="ms")


def test_a_quarter_of_a_hundred_thousand_workers(report):
    model = warmed(110_000)
    report.time("110,000 workers, one quarter", least(model.step, 40), unit="ms")


def test_a_sweep(report, tmp_path):
    import abm

    runs = iter(range(100))

    def swept():
        abm.sweep(DESIGN, tmp_path / str(next(runs)), processes=2)

    swept()  # starts the processes, which are kept between calls
    timing = least(swept, 3)
    report.figure("sweep of 10,000 x 104, two processes, warm", SWEPT / timing.wall, "runs/s", 20, at_least=True)


def test_a_million_workers(report):
    def run():
        for _ in range(104):
            model.step()

    timings = []
    for _ in range(2):
        model = warmed(1_000_000, threads=2, quarters=0)
        timings.append(timed(run))
    report.time("1,000,000 workers x 104, two threads", min(timings), 4.2, threads=2)


TEN_MILLION = """
import json, resource, time
from abm import Model
Model(2_000, rng=1)
Model(100_000, rng=1, threads=2).step()
start = time.perf_counter()
model = Model(10_000_000, rng=1, threads=2)
opening, times = time.perf_counter() - start, []
for _ in range(5):
    start = time.perf_counter(); model.step(); times.append(time.perf_counter() - start)
print(json.dumps([opening, min(times), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9]))
"""


def test_ten_million_workers(report):
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    if free < TEN_MILLION_NEED:
        pytest.skip(f"{free / GIBIBYTE:.1f} GiB of memory free, 4 needed")
    _, said = in_a_process("-c", TEN_MILLION)
    opening, quarter, gigabytes = json.loads(said)
    report.figure("10,000,000 workers, opening, two threads", opening, "s", 3)
    report.figure("10,000,000 workers, one quarter, two threads", quarter, "s", 0.5)
    report.figure("10,000,000 workers, most memory held", gigabytes, "GB", 2.2)


def test_commands(report, tmp_path):
    cache = {"XINZHI_CACHE_DIR": str(tmp_path / "cache")}
    run = ("-m", "abm", "run", "baseline", "--workers", "2000", "--seeds", "1", "--quarters", "4")

    def said(number, *command):
        return in_a_process(*command, "--out", str(tmp_path / str(number)), **cache)[0]

    report.time("xinzhi run, 2,000 x 4, first ever", said(0, *run), 10, threads=2)
    report.time("xinzhi run, 2,000 x 4, warm", min(said(number, *run) for number in range(1, 6)), 1.5)
    report.time("xinzhi --help", min(in_a_process("-m", "abm", "--help")[0] for _ in range(5)), 0.5)
    report.time("import abm", min(in_a_process("-c", "import abm")[0] for _ in range(5)))


@pytest.mark.filterwarnings("ignore")  # of the peer, not ours
@pytest.mark.parametrize("agents", PEER_TARGETS)
def test_against_bamengine(agents, report, monkeypatch):
    """Interleaved, one thread each, logging off; ours with government, accounts, Gini and emissions."""
    bamengine = pytest.importorskip("bamengine", reason="bamengine is not installed (extra: bench)")
    monkeypatch.setattr(logging.root.manager, "disable", logging.CRITICAL)  # it turns on the log of every library
    unit = agents // 610
    peer = bamengine.Simulation.init(
        n_households=500 * unit, n_firms=100 * unit, n_banks=10 * unit, seed=1, log_level="CRITICAL"
    )
    ours = warmed(round(agents * 110 / 122))
    for _ in range(3):
        peer.step()
    mine, theirs = [], []
    for _ in range(PEER_PERIODS[agents]):
        theirs.append(timed(peer.step))
        mine.append(timed(ours.step))
    by_clock, by_work = (
        statistics.median(getattr(one, kind) for one in mine) / statistics.median(getattr(one, kind) for one in theirs)
        for kind in ("wall", "cpu")
    )
    report.figure(f"a quarter of {agents:,} agents over bamengine", by_clock, "", PEER_TARGETS[agents], by_work)
    report.note(
        f"ours {min(mine).wall * 1e3:.2f} ms, bamengine {bamengine.__version__} {min(theirs).wall * 1e3:.2f} ms, least"
    )
