"""Small economies that several tests look at, made once, and how two economies are compared to the bit.

abm is imported when a fixture is first used: collecting the tests of the command stays fast.
"""

import contextlib
import io
import os
import signal
from types import SimpleNamespace

import pytest

# No test reads a seed that another run left. Set on import, so that the processes of a test inherit it.
os.environ["XINZHI_SEEDS"] = "off"

WORKERS = 2_000  # the smallest economy


def pytest_configure(config):
    """One of several processes keeps what it compiles in a folder of its own, see tests/parallel.py."""
    compiled = getattr(config, "workerinput", {}).get("compiled")
    if compiled:
        os.environ["XINZHI_CACHE_DIR"] = compiled


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers(config):
    """What ``-n auto`` means."""
    from parallel import number_of_processes

    return number_of_processes()


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node):
    """Before a process starts; the first time, the kernels are compiled if they are not."""
    from parallel import own_folder

    node.workerinput["compiled"] = own_folder(node.gateway.id)


@pytest.fixture(scope="session")
def grown():
    """``grown(quarters, ...)``: a model after some quarters, shared by all who ask for it; never to be changed."""
    from abm import Model

    kept = {}

    def after(quarters, workers=WORKERS, rng=1, policy="baseline", **overrides):
        key = (quarters, workers, rng, policy, tuple(sorted((name, repr(value)) for name, value in overrides.items())))
        if key not in kept:
            model = Model(workers, rng=rng, policy=policy, overrides=overrides or None)
            for _ in range(quarters):
                model.step()
            kept[key] = model
        return kept[key]

    return after


@pytest.fixture(scope="session")
def arrays():
    """``arrays(model)``: everything that an economy consists of and has recorded, by name, as copies."""
    from abm.experiments.effects.lever_contract import everything

    return everything


@pytest.fixture(scope="session")
def assert_same_bits(arrays):
    """``assert_same_bits(one, other)`` compares two models, or what ``arrays`` took from them."""

    def compare(one, other):
        first, second = (found if isinstance(found, dict) else arrays(found) for found in (one, other))
        assert first.keys() == second.keys()
        different = [name for name in first if first[name].tobytes() != second[name].tobytes()]
        assert not different

    return compare


@pytest.fixture(scope="session")
def command_in():
    """``command_in(folder, *words)``: exit code, output and errors of ``xinzhi`` in a folder, as of subprocess.run.

    A program of its own would take some seconds to load its libraries; ``program`` in abm/__main__.py, which this
    leaves out, is tested with a few real ones.
    """
    from abm.__main__ import main

    def command(folder, *words):
        out, err = io.StringIO(), io.StringIO()
        with contextlib.chdir(folder), contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            code = main([str(word) for word in words])
        return SimpleNamespace(returncode=code, stdout=out.getvalue(), stderr=err.getvalue())

    return command


@pytest.fixture
def undrawn(monkeypatch):
    """Reports have no drawings, which take most of their time: for tests that look at something else in what is
    written. Words, tables and files are as ever; the drawings have tests of their own.
    """
    sections = "xinzhi.analysis.comparison.report_sections"
    for name in ("first_figure", "changes_figure", "grid_figure", "winners_figure"):
        monkeypatch.setattr(f"{sections}.{name}", lambda *given: "no figure")
    monkeypatch.setattr(f"{sections}.inline_svg", lambda *given: "<svg></svg>")


@pytest.fixture
def interruptible():
    """The signals that end a program are heard here and by what a test starts.

    What a shell starts in the background ignores Ctrl-C, what nohup starts the end of the terminal, and so would they.
    """
    names = [name for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.getsignal(number) for number in (getattr(signal, name) for name in names)}
    for number in before:
        signal.signal(number, signal.default_int_handler if number == signal.SIGINT else signal.SIG_DFL)
    yield
    for number, handler in before.items():
        signal.signal(number, handler)
