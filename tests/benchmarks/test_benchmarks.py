"""Speed, printed beside the targets; nothing here fails for being slow. Run with ``make bench``, on an idle machine.

Minima are shown, since other programs can only add to a time. A full run takes about five minutes.
"""

import json
import os
import statistics
import subprocess
import sys
import time

import pytest

pytestmark = pytest.mark.benchmarks

AGENTS = (6_100, 30_500, 122_000)  # of the peer; nine tenths of them are our adults, the rest about our firms
PEER_PERIODS = {6_100: 40, 30_500: 24, 122_000: 12}
GIBIBYTE = 1 << 30
TEN_MILLION_NEEDS = 4 * GIBIBYTE


def shown(text):
    print(f"\n{text}", end="", flush=True)


def against(what, reached, target, unit):
    if target is None:
        return shown(f"{what:58} {reached:9.3f} {unit}")
    verdict = "reached" if reached <= target else f"MISSED by {reached / target - 1:.0%}"
    return shown(f"{what:58} {reached:9.3f} {unit:5} target {target:g}: {verdict}")


def timed(function, *arguments):
    start = time.perf_counter()
    function(*arguments)
    return time.perf_counter() - start


def warmed(workers, threads=1, quarters=2):
    from abm import Model

    model = Model(workers, rng=1, threads=threads)
    for _ in range(quarters):
        model.step()
    return model


class Clocked:
    """A kernel that adds the time it takes, that of handing over its arguments included, to ``seconds``."""

    def __init__(self, kernel, seconds):
        self.kernel, self.seconds = kernel, seconds

    def __call__(self, *arguments):
        start = time.perf_counter()
        try:
            return self.kernel(*arguments)
        finally:
            self.seconds.append(time.perf_counter() - start)

    def __getitem__(self, threads):
        return Clocked(self.kernel[threads], self.seconds)


def clock_kernels(monkeypatch):
    """Put a clock on every kernel that a module outside abm.kernels calls; the list that their seconds go to."""
    from numba.core.dispatcher import Dispatcher

    from abm.kernels.compiling import ParallelKernel

    seconds = []
    for name, module in list(sys.modules.items()):
        if name.startswith("abm.") and not name.startswith("abm.kernels"):
            for attribute, value in list(vars(module).items()):
                if isinstance(value, (Dispatcher, ParallelKernel)):
                    monkeypatch.setattr(module, attribute, Clocked(value, seconds))
    return seconds


def in_a_process(code, **environment):
    """Run code in a fresh interpreter: (seconds, what it printed as JSON or None)."""
    start = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, env={**os.environ, **environment}
    )
    seconds = time.perf_counter() - start
    return seconds, json.loads(done.stdout) if done.stdout.strip().startswith(("{", "[")) else None


@pytest.mark.parametrize(("workers", "threads", "quarters"), [(10_000, 1, 60), (110_000, 1, 12), (1_000_000, 2, 5)])
def test_nanoseconds_per_worker_of_every_phase(workers, threads, quarters, monkeypatch):
    import abm.model

    seconds = {}

    def clocked(name, function):
        def run(*arguments):
            seconds.setdefault(name, []).append(timed(function, *arguments))

        return run

    model = warmed(workers, threads)
    schedule = tuple(clocked(phase.__name__, phase) for phase in abm.model.SCHEDULE)
    monkeypatch.setattr(abm.model, "SCHEDULE", schedule)
    monkeypatch.setattr(model.recorder, "record", clocked("(outcomes recorded)", model.recorder.record))
    monkeypatch.setattr(model.datacollector, "collect", clocked("(data collector)", model.datacollector.collect))
    for _ in range(quarters):
        model.step()
    shown(f"{workers:,} workers, {threads} thread(s): nanoseconds per worker, least of {quarters} quarters")
    for name, times in seconds.items():
        shown(f"  {name:34} {min(times) / workers * 1e9:8.2f}")
    shown(f"  {'together':34} {sum(map(min, seconds.values())) / workers * 1e9:8.2f}")


def test_a_run_of_ten_thousand_workers():
    def run():
        for _ in range(104):
            model.step()

    times = []
    for _ in range(5):
        model = warmed(10_000)
        times.append(timed(run))
    against("10,000 workers, 104 quarters, warm", min(times), 0.25, "s")
    from abm import Model

    against("10,000 workers, initialisation", 1e3 * min(timed(Model, 10_000, seed) for seed in range(9)), 25, "ms")


def test_ensembles(monkeypatch):
    from abm import Model, run_ensemble

    def run(seeds):
        run_ensemble("baseline", workers=10_000, seeds=range(seeds), quarters=104)

    # The processes are kept between calls: the first call starts them, which is a matter of seconds once.
    first, many = timed(run, 4), timed(run, 28)
    against(f"ensembles, seconds per run on {os.cpu_count()} cores", many / 28, 1 / 6, "s")
    shown(f"  that is {28 / many:.1f} runs a second, warm; 4 runs with the start of the processes took {first:.1f} s")

    def run_here():
        model = Model(10_000, rng=1)
        for _ in range(104):
            model.step()

    run_here()
    seconds, whole = clock_kernels(monkeypatch), []
    for _ in range(3):
        seconds.clear()
        whole.append((timed(run_here), sum(seconds)))
    took, in_kernels = min(whole)
    outside = 1 - in_kernels / took
    shown(f"ensembles: {28 / many:.1f} runs a second, share of time outside the kernels {outside:.0%}")


def test_a_million_workers():
    model = warmed(1_000_000, threads=2)
    times = [timed(model.step) for _ in range(104)]
    against("1,000,000 workers, 104 quarters, 2 threads", sum(times), 12, "s")
    shown(f"  least {min(times) * 1e3:.0f} ms, median {statistics.median(times) * 1e3:.0f} ms a quarter")


def test_ten_million_workers():
    free = os.sysconf("SC_AVPHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") if hasattr(os, "sysconf") else 0
    if free < TEN_MILLION_NEEDS:
        pytest.skip(f"{free / GIBIBYTE:.1f} GiB of memory free, 4 needed")
    code = (
        "import json, resource, time\n"
        "from abm import Model\n"
        "model, times = Model(10_000_000, rng=1, threads=2), []\n"
        "for _ in range(3):\n"
        "    start = time.perf_counter(); model.step(); times.append(time.perf_counter() - start)\n"
        "print(json.dumps([min(times), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e9]))\n"
    )
    _, (seconds, gigabytes) = in_a_process(code)
    against("10,000,000 workers, one quarter, 2 threads", seconds, 1.5, "s")
    against("10,000,000 workers, most memory held", gigabytes, 3.3, "GB")


def test_starts(tmp_path):
    code = "from abm import Model; Model(10_000, rng=1).step()"
    cold, _ = in_a_process(code, XINZHI_CACHE_DIR=str(tmp_path))
    warm = min(in_a_process(code, XINZHI_CACHE_DIR=str(tmp_path))[0] for _ in range(3))
    against("cold start to the end of the first quarter", cold, 20, "s")
    against("warm start to the end of the first quarter", warm, 2, "s")
    against("import abm", min(in_a_process("import abm")[0] for _ in range(3)), 0.5, "s")
    asked = "import sys; sys.argv = ['xinzhi', '--help']; from abm.__main__ import main; main()"
    against("xinzhi --help", min(in_a_process(asked)[0] for _ in range(3)), 0.5, "s")


@pytest.mark.filterwarnings("ignore")  # of the peer, not ours
@pytest.mark.parametrize("agents", AGENTS)
def test_against_bamengine(agents):
    """Interleaved, one thread each; ours with government, accounts, Gini and emissions, theirs with logging off."""
    try:
        import bamengine
    except ImportError:
        pytest.skip("bamengine is not installed (extra: bench), so there is nothing to compare with")
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
    shown(f"{agents:,} agents: bamengine {bamengine.__version__} {min(theirs) * 1e3:.2f} ms a period")
    against("  ours, ms a quarter", min(mine) * 1e3, 15 if agents == 122_000 else None, "ms")
    against("  ours over theirs, medians", statistics.median(mine) / statistics.median(theirs), 0.45, "")
