"""Tasks over processes: outcomes as they finish, dead processes replaced, and an end at once on an interrupt.

The tasks are Python expressions for ``eval``, since a function of a test cannot be imported by another process.
"""

import os
import pickle
import signal
import threading
import time

import pytest

from abm.experiments.running import processes
from abm.experiments.running.processes import Lost, outcomes_of

pytestmark = pytest.mark.unit

DIE = "__import__('os')._exit(3)"
NUMBER = "__import__('os').getpid()"
SOON = 30  # seconds; that of a slow machine under load


def sleep(seconds):
    return f"__import__('time').sleep({seconds}) or {seconds}"


def ended(number):
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return True
    return False


def test_every_outcome_comes_once_and_the_quick_ones_first():
    assert sorted(outcomes_of(eval, [f"{number} ** 2" for number in range(20)], 3)) == [n**2 for n in range(20)]
    assert list(outcomes_of(eval, [sleep(3), "1"], 2)) == [1, 3]
    assert list(outcomes_of(eval, [], 2)) == []


def test_one_process_means_here_and_in_order():
    assert list(outcomes_of(eval, [NUMBER, "2", "1"], 1)) == [os.getpid(), 2, 1]


def test_processes_are_others_and_serve_the_next_call():
    first = set(outcomes_of(eval, [NUMBER] * 8, 2))
    assert os.getpid() not in first
    assert set(outcomes_of(eval, [NUMBER] * 8, 2)) & first


def test_they_run_one_thread_each_and_are_deaf_to_interrupts(monkeypatch):
    monkeypatch.setattr(processes, "_idle", [])
    threads = "__import__('os').environ['NUMBA_NUM_THREADS']"
    deaf = "2 in __import__('signal').pthread_sigmask(0, [])"
    assert list(outcomes_of(eval, [threads, threads], 2)) == ["1", "1"]
    if hasattr(signal, "pthread_sigmask"):
        assert list(outcomes_of(eval, [deaf, deaf], 2)) == [True, True]


def test_a_dead_process_loses_its_task_and_no_other():
    outcomes = list(outcomes_of(eval, ["1", DIE, "2", DIE, "3", "4"], 2))
    assert sorted(one for one in outcomes if not isinstance(one, Lost)) == [1, 2, 3, 4]
    assert [one for one in outcomes if isinstance(one, Lost)] == [Lost(DIE)] * 2


def test_where_every_process_dies_all_is_lost_and_it_ends(monkeypatch):
    monkeypatch.setattr(processes, "MOST_DEATHS_IN_A_ROW", 3)
    assert list(outcomes_of(eval, [DIE] * 50, 2)) == [Lost(DIE)] * 50


def test_one_that_died_while_idle_is_not_used():
    (number,) = set(outcomes_of(eval, [NUMBER], 2))
    os.kill(number, signal.SIGKILL)
    deadline = time.monotonic() + SOON
    while any(worker.process.is_alive() for worker in processes._idle if worker.process.pid == number):
        assert time.monotonic() < deadline
        time.sleep(0.01)
    assert number not in set(outcomes_of(eval, [NUMBER] * 4, 2))


@pytest.mark.parametrize(
    ("task", "error", "said"),
    [
        ("1 / 0", ZeroDivisionError, "division"),
        ("lambda: 0", (pickle.PicklingError, AttributeError), "<lambda>"),
        ("open('nowhere')", OSError, "nowhere"),
    ],
)
def test_what_a_task_raises_is_raised_here(task, error, said):
    with pytest.raises(error, match=said):
        list(outcomes_of(eval, [task, sleep(600)], 2))
    assert list(outcomes_of(eval, ["1", "1"], 2)) == [1, 1]


def test_an_end_of_the_iteration_ends_the_processes_that_work():
    outcomes = outcomes_of(eval, [NUMBER, sleep(600), sleep(600)], 2)
    number = next(outcomes)
    started = time.monotonic()
    outcomes.close()
    assert time.monotonic() - started < SOON and ended(number), "it had the next task already"


def test_half_a_message_of_a_dead_process_holds_nobody_up():
    """On a pipe shared by all, who reads would wait for the other half for ever."""
    pipe = "__import__('sys')._getframe(2).f_locals['pipe'].fileno()"  # of the function that serves
    half = f"__import__('os').write({pipe}, bytes([0, 0, 16, 0, 1, 2, 3])) and __import__('os')._exit(3)"
    outcomes = list(outcomes_of(eval, ["1", half, "2"], 2))
    assert sorted(one for one in outcomes if not isinstance(one, Lost)) == [1, 2] and Lost(half) in outcomes


@pytest.mark.parametrize("delay", [0.0, 0.01, 0.3, 2.0])
def test_an_interrupt_ends_it_soon_whenever_it_comes(interruptible, delay):
    before = {worker.process.pid for worker in processes._idle}
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        threading.Timer(delay, os.kill, (os.getpid(), signal.SIGINT)).start()
        for _ in outcomes_of(eval, [sleep(600)] * 4, 2):
            pass
        time.sleep(SOON)  # not reached
    assert time.monotonic() - started < SOON
    assert {worker.process.pid for worker in processes._idle} <= before
    assert list(outcomes_of(eval, ["1", "2"], 2)) in ([1, 2], [2, 1])
