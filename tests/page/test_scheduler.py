"""The queue of the page: fair, without double work, without abandoned work, and patient with a process that dies.

The processes are threads here, with the pipes and the messages of real ones, so that their tasks can be held and seen.
"""

import asyncio
import contextlib
import pickle
import threading

import pytest

from xinzhi.app import scheduler as module
from xinzhi.app.asked import LAST, Asked
from xinzhi.app.scheduler import Scheduler
from xinzhi.app.worker import DO, _answer

pytestmark = pytest.mark.page

SOON = 20


class Stage:
    """What the tasks of a test do and did: each waits until it is let go."""

    def __init__(self):
        self.begun, self.ended, self.stopped = [], [], []
        self.gates = {}
        self.deaths = {}

    def gate(self, name):
        return self.gates.setdefault(name, threading.Event())

    def let_go(self, *names):
        for name in names:
            self.gate(name).set()


STAGE = Stage()


class Dead(BaseException):
    """A process that ends abruptly."""


def act(name, work):
    STAGE.begun.append(name)
    if STAGE.deaths.get(name, 0) > 0:
        STAGE.deaths[name] -= 1
        raise Dead
    while not STAGE.gate(name).wait(0.005):
        try:
            work.look()
        except module_stopped():
            STAGE.stopped.append(name)
            raise
    STAGE.ended.append(name)
    return name.upper()


def module_stopped():
    from xinzhi.app.worker import Stopped

    return Stopped


def fail(name, work):
    raise ValueError(f"no {name}")


def tell(name, work):
    work.report(0.5)
    return name


def warm(first, work):
    pass


def live(pipe):
    with contextlib.suppress(EOFError, OSError, Dead):
        while True:
            kind, number, *rest = pickle.loads(pipe.recv_bytes())
            if kind == DO:
                pipe.send_bytes(_answer(number, rest[0], rest[1], pipe))
    pipe.close()


class Thread:
    """What is asked of a process."""

    pid = None

    def is_alive(self):
        return False

    def join(self, seconds):
        pass


def thread(life):
    import multiprocessing

    ours, theirs = multiprocessing.Pipe()
    threading.Thread(target=live, args=(theirs,), daemon=True).start()
    return Thread(), ours


@pytest.fixture(autouse=True)
def _stage(monkeypatch):
    global STAGE  # noqa: PLW0603 - the threads read it
    STAGE = Stage()
    monkeypatch.setattr(module, "spawned", thread)


def run(play, processes=1):
    """Run a coroutine that is given a scheduler with warm processes."""

    async def whole():
        scheduler = Scheduler(processes, live, warm)
        scheduler.start()
        try:
            await until(lambda: sum(one.ready for one in scheduler.processes) == processes)
            return await asyncio.wait_for(play(scheduler), SOON)
        finally:
            scheduler.close()

    return asyncio.run(whole())


async def until(true):
    for _ in range(SOON * 200):
        if true():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("it never came")


async def outcomes(asked, count):
    return [await asked.next() for _ in range(count)]


def test_the_first_pair_of_everybody_comes_before_the_second_of_anybody():
    async def play(scheduler):
        async with Asked(scheduler, "hold") as hold, Asked(scheduler, "a") as a, Asked(scheduler, "b") as b:
            hold.add("hold", act, "hold", 0)
            await until(lambda: STAGE.begun)
            for asked in (a, b):
                for rank in range(3):
                    asked.add(f"{asked.page}{rank}", act, f"{asked.page}{rank}", rank, rank)
            assert scheduler.queued == 6
            STAGE.let_go("hold", *(f"{page}{rank}" for page in "ab" for rank in range(3)))
            await outcomes(a, 3)
            await outcomes(b, 3)

    run(play)
    assert STAGE.begun == ["hold", "a0", "b0", "a1", "b1", "a2", "b2"]


def test_pages_take_turns_whoever_asked_first():
    async def play(scheduler):
        async with Asked(scheduler, "a") as one, Asked(scheduler, "a") as other, Asked(scheduler, "b") as b:
            one.add("a1", act, "a1", 0)
            await until(lambda: STAGE.begun)
            one.add("a2", act, "a2", 0)
            other.add("a3", act, "a3", 0)
            b.add("b1", act, "b1", 0)
            STAGE.let_go("a1", "a2", "a3", "b1")
            await outcomes(one, 2)
            await outcomes(other, 1)

    run(play)
    assert STAGE.begun == ["a1", "b1", "a2", "a3"]


def test_what_two_ask_for_runs_once_and_both_hear_of_it():
    kept = []

    async def play(scheduler):
        async with Asked(scheduler, "a") as a, Asked(scheduler, "b") as b:
            a.add("same", act, "same", "of a", keep=kept.append)
            await until(lambda: STAGE.begun)
            b.add("same", act, "same", "of b", keep=kept.append)
            STAGE.let_go("same")
            return await a.next(), await b.next()

    one, other = run(play)
    assert (one.tag, one.value, other.tag, other.value) == ("of a", "SAME", "of b", "SAME")
    assert STAGE.begun == ["same"]
    assert kept == ["SAME"]


def test_what_is_given_up_leaves_the_queue_and_stops_a_process():
    async def play(scheduler):
        async with Asked(scheduler, "a") as a:
            a.add("running", act, "running", 0)
            a.add("waiting", act, "waiting", 1)
            await until(lambda: STAGE.begun)
        assert scheduler.queued == 0
        await until(lambda: STAGE.stopped == ["running"])
        async with Asked(scheduler, "a") as a:
            STAGE.let_go("next")
            a.add("next", act, "next", 0)
            assert (await a.next()).value == "NEXT"

    run(play)
    assert STAGE.begun == ["running", "next"]


def test_what_another_still_wants_goes_on():
    async def play(scheduler):
        async with Asked(scheduler, "b") as b:
            async with Asked(scheduler, "a") as a:
                a.add("same", act, "same", 0)
                await until(lambda: STAGE.begun)
                b.add("same", act, "same", 0)
            STAGE.let_go("same")
            assert (await b.next()).value == "SAME"

    run(play)
    assert not STAGE.stopped


def test_a_task_asked_for_again_while_it_stops_is_run_anew():
    async def play(scheduler):
        async with Asked(scheduler, "a") as a:
            a.add("same", act, "same", 0)
            await until(lambda: STAGE.begun)
        async with Asked(scheduler, "a") as a:
            a.add("same", act, "same", 0)
            await until(lambda: len(STAGE.begun) == 2)
            STAGE.let_go("same")
            assert (await a.next()).value == "SAME"

    run(play)
    assert STAGE.stopped == ["same"]


def test_a_task_whose_process_dies_is_run_once_more():
    async def play(scheduler):
        STAGE.deaths["shaky"] = 1
        STAGE.let_go("shaky")
        async with Asked(scheduler, "a") as a:
            a.add("shaky", act, "shaky", 0)
            return await a.next()

    assert run(play).value == "SHAKY"
    assert STAGE.begun == ["shaky", "shaky"]


def test_a_task_that_kills_two_processes_is_named_as_a_fault_and_the_rest_goes_on():
    async def play(scheduler):
        STAGE.deaths["bad"] = 5
        STAGE.let_go("good")
        async with Asked(scheduler, "a") as a:
            a.add("bad", act, "bad", "bad")
            a.add("good", act, "good", "good", 1)
            return sorted(await outcomes(a, 2), key=lambda one: one.tag)

    bad, good = run(play)
    assert "ended abruptly twice" in str(bad.error)
    assert good.value == "GOOD"


def test_an_error_comes_back_as_it_was_raised():
    async def play(scheduler):
        async with Asked(scheduler, "a") as a:
            a.add("x", fail, "x", 0)
            return await a.next()

    assert repr(run(play).error) == "ValueError('no x')"


def test_progress_is_heard_before_the_value():
    async def play(scheduler):
        async with Asked(scheduler, "a") as a:
            a.add("x", tell, "x", 0)
            return [await a.next(), await a.next()]

    first, second = run(play)
    assert (first.progress, second.value) == (0.5, "x")


def test_idle_work_makes_room_for_a_user_and_comes_back():
    async def play(scheduler):
        async with Asked(scheduler, "idle", LAST) as idle, Asked(scheduler, "a") as a:
            idle.add("library", act, "library", 0)
            await until(lambda: STAGE.begun)
            STAGE.let_go("user")
            a.add("user", act, "user", 0)
            assert (await a.next()).value == "USER"
            STAGE.let_go("library")
            assert (await idle.next()).value == "LIBRARY"

    run(play)
    assert STAGE.begun == ["library", "user", "library"]
    assert STAGE.stopped == ["library"]


def die(first, work):
    raise Dead


def test_where_no_process_lives_long_enough_to_be_warm_every_task_is_a_fault():
    async def play():
        scheduler = Scheduler(1, live, die)
        async with Asked(scheduler, "a") as a:
            a.add("early", act, "early", 0)
            scheduler.start()
            await until(lambda: scheduler.broken)
            a.add("late", act, "late", 0)
            found = await outcomes(a, 2)
        assert not scheduler.ready
        scheduler.close()
        return found

    assert all("start the page again" in str(one.error) for one in asyncio.run(play()))
    assert not STAGE.begun
