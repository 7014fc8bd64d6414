"""Signals as one wish, held back while files are written; files synced before they are renamed; locks."""

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from types import SimpleNamespace

import pytest

import abm
from abm import files, interrupts
from abm.files import hold_lock, holds_lock, release_locks, whole_file
from abm.interrupts import ENDING, Kept, deaf, heed, listening, shielded

pytestmark = [pytest.mark.unit, pytest.mark.usefixtures("interruptible")]


@pytest.mark.parametrize("number", ENDING)
def test_every_signal_interrupts_and_the_handlers_come_back(number):
    with pytest.raises(KeyboardInterrupt), listening():
        signal.raise_signal(number)
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_second_signal_is_the_same_wish_until_some_seconds_are_gone(monkeypatch):
    clock = [100.0]
    monkeypatch.setattr(interrupts, "time", SimpleNamespace(monotonic=lambda: clock[0]))
    with listening(), listening():
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)
        for number in ENDING:
            signal.raise_signal(number)
        clock[0] += interrupts.SECONDS_OF_ONE_WISH
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)


def test_an_interrupt_in_a_destructor_is_not_lost_and_half_made_objects_are_silent(capsys):
    class Slow:
        def __del__(self):
            signal.raise_signal(signal.SIGTERM)

    class Half:
        def __del__(self):
            raise AttributeError("half made")

    with pytest.raises(KeyboardInterrupt), listening():
        slow = Slow()
        del slow
        time.sleep(1.0)
    with pytest.raises(KeyboardInterrupt), listening():
        try:
            signal.raise_signal(signal.SIGINT)
        finally:
            half = Half()
            del half
    assert capsys.readouterr().err == ""


def test_an_interrupt_that_a_library_swallows_is_raised_at_the_next_quarter(monkeypatch):
    """In a call back from C an exception is dropped, sometimes without a word."""
    model = abm.Model(2_000, rng=1)

    def swallowing(economy):
        with contextlib.suppress(KeyboardInterrupt):
            signal.raise_signal(signal.SIGTERM)

    monkeypatch.setattr(model, "phases", lambda: (swallowing,))
    heed()
    with pytest.raises(KeyboardInterrupt), listening():
        heed()
        model.step()
    heed()
    with listening():
        ctypes.CFUNCTYPE(None)(lambda: signal.raise_signal(signal.SIGINT))()
        with pytest.raises(KeyboardInterrupt):
            heed()
        time.sleep(4 * interrupts.SECONDS_TO_TRY_AGAIN)  # in which the same interrupt comes again


def test_what_is_ignored_stays_ignored():
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    with listening(), shielded():
        signal.raise_signal(signal.SIGHUP)


def test_a_shield_lets_its_block_end_first():
    written = []
    with pytest.raises(KeyboardInterrupt), listening(), shielded(), shielded():
        signal.raise_signal(signal.SIGTERM)
        signal.raise_signal(signal.SIGINT)
        written.append("all")
    assert written == ["all"]


def test_an_error_in_a_shield_is_shown_if_no_signal_came():
    with pytest.raises(OSError, match="full"), shielded():
        raise OSError("full")


def test_deaf_outlasts_the_block():
    with listening():
        deaf()
    for number in ENDING:
        assert signal.getsignal(number) is signal.SIG_IGN


def test_what_is_kept_is_said_as_it_is():
    kept = Kept()
    assert kept.in_words() == "nothing is finished yet"
    kept.plan(16)
    kept.plan(8)  # a part of the sixteen
    kept.add(True, 0, "the store")
    kept.add(False, 1, "the store")
    assert kept.in_words() == "nothing is kept"
    kept.add(True, 7, "the store")
    kept.plan(8)
    assert kept.in_words() == "7 of 16 runs are kept in the store; the same command continues with them"
    kept.written.append("4 of 8 seeds are written to out")
    assert kept.in_words().startswith("4 of 8 seeds are written to out; 7 of 16 runs")
    kept.clear()
    assert kept == Kept()


def test_contents_are_on_the_disk_before_the_name_is(tmp_path, monkeypatch):
    order = []
    monkeypatch.setattr(files.os, "fsync", lambda _: order.append("sync"))
    replace = os.replace
    monkeypatch.setattr(files.os, "replace", lambda *paths: (order.append("name"), replace(*paths)))
    with whole_file(tmp_path / "table.csv") as part:
        part.write_text("1\n")
    assert order == ["sync", "name"] and (tmp_path / "table.csv").read_text() == "1\n"


def test_a_lock_holds_other_processes_and_is_removed_with_its_release(tmp_path):
    lock = tmp_path / ".lock"
    code = f"from abm.files import hold_lock; print(hold_lock({str(lock)!r}))"

    def other():
        return subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip()

    try:
        assert hold_lock(lock) and hold_lock(lock) and holds_lock(lock)
        assert other() == "False"
    finally:
        release_locks()
    assert not lock.exists() and not holds_lock(lock)
    assert other() == "True", "and a lock that a process left behind when it ended"
    assert lock.exists() and hold_lock(lock)
    release_locks()
