"""``xinzhi app`` as a process: how it begins, how it ends, and what it leaves."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import httpx
import pytest
from page.serving import ROOT, alive, page

from abm.__main__ import main
from xinzhi.app.guard import TOKEN

pytestmark = pytest.mark.page

BASELINE = {"page": "p", "scenarios": [{}], "workers": 20_000, "seeds": 64, "until": 2100}


def begun(one):
    """A stream that is under way, and its events, which must be kept: without them it is closed."""
    stream = one.streamed("/api/stream", BASELINE)
    found = stream.__enter__()
    next(found)
    one.until(lambda health: health["busy"])
    return stream, found


def gone(children, seconds):
    ends = time.monotonic() + seconds
    while any(map(alive, children)) and time.monotonic() < ends:
        time.sleep(0.05)
    return [child for child in children if alive(child)]


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_interrupt_ends_it_soon_with_a_stream_open_and_leaves_no_process(tmp_path, number, interruptible):
    with page(tmp_path) as one:
        children = one.children
        assert len(children) >= 2
        stream, found = begun(one)
        began = time.monotonic()
        one.process.send_signal(number)
        assert one.process.wait(timeout=20) == 0
        assert time.monotonic() - began < 8  # a second, on a machine that does other things too
        assert not gone(children, 5)
        assert "Traceback" not in one.process.stderr.read()
        found.close()
        stream.__exit__(None, None, None)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a system without it")
def test_a_server_that_is_killed_leaves_no_process_after_five_seconds(tmp_path):
    with page(tmp_path) as one:
        children = one.children
        stream, found = begun(one)
        one.process.kill()
        assert not gone(children, 5)
        with pytest.raises(httpx.HTTPError):
            one.get("/api/health")
        found.close()
        stream.__exit__(None, None, None)


def test_a_killed_process_costs_nothing_but_time(tmp_path):
    with page(tmp_path) as one:
        asked = {**BASELINE, "seeds": 6, "until": 2050}
        killed = False
        with one.streamed("/api/stream", asked) as found:
            heard = []
            for event in found:
                heard.append(event)
                if not killed:
                    one.until(lambda health: health["busy"] == 2)
                    running = [number for number in one.children if is_ours(number)]
                    os.kill(running[0], signal.SIGKILL)
                    killed = True
        assert heard[-1][0] == "done" and heard[-1][1]["pairs"] == 6
        assert "fault" not in dict(heard)
        one.until(lambda health: health["warm"] == 2)


def test_the_page_is_there_before_the_processes_are_warm(tmp_path):
    with page(tmp_path, warm=False) as one:
        health = one.get("/api/health").json()
        assert health["state"] == "warming"
        assert one.get("/").status_code in (200, 404)


def test_a_taken_port_is_said_and_the_next_one_used(tmp_path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        command = [sys.executable, "-m", "abm", "app", "--no-open", "--no-prepare", "--port", str(port)]
        process = subprocess.Popen(
            command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )  # fmt: skip
        line = process.stdout.readline()
        found = int(re.search(r"127\.0\.0\.1:(\d+)/", line).group(1))
        process.terminate()
        _, said = process.communicate(timeout=20)
        assert port < found <= port + 20
        assert f"port {port} is taken" in said


def test_without_the_extra_there_is_one_line(monkeypatch, capsys):
    monkeypatch.setattr("abm.commands.page.find_spec", lambda name: None)
    assert main(["app"]) == 2
    said = capsys.readouterr().err
    assert said.count("\n") == 1 and "pip install 'xinzhi[app]'" in said


@pytest.mark.parametrize(
    "options, words",
    [
        (["--host", "0.0.0.0"], "--token"),  # noqa: S104 - refused
        (["--token", "short"], "at least 16"),
        (["--token", "x" * 20 + "?"], "letters, digits"),
        (["--host", "203.0.113.7", "--token", "random"], "cannot be served"),
        (["--workers-limit", "100"], "2000"),
    ],
)
def test_what_cannot_be_served_is_refused_in_a_line(options, words, capsys):
    assert main(["app", "--no-open", *options]) == 2
    assert words in capsys.readouterr().err


def test_a_token_is_in_the_link_and_asked_for(tmp_path):
    with page(tmp_path, "--token", "abcdefghijklmnopqrst", warm=False) as one:
        address, _, token = one.url.partition("/#token=")
        assert token == "abcdefghijklmnopqrst"
        assert httpx.get(f"{address}/api/health").status_code == 403
        assert httpx.get(f"{address}/api/health", headers={"X-Xinzhi-Token": token}).status_code == 200


def is_ours(number):
    return b"LokyProcess" in Path(f"/proc/{number}/cmdline").read_bytes()


def test_a_page_for_a_class_prints_an_address_that_others_can_reach(tmp_path):
    every = "0.0.0.0"  # noqa: S104
    with page(tmp_path, "--host", every, "--token", "x" * 20, warm=False) as one:
        address = httpx.URL(one.url)
        assert address.host not in (every, "127.0.0.1")
        given = {TOKEN: "x" * 20}
        health = f"http://127.0.0.1:{address.port}/api/health"
        assert httpx.get(health, headers={**given, "Host": "192.168.7.7"}).status_code == 200
        assert httpx.get(health, headers={**given, "Host": "evil.example"}).status_code == 421
        assert httpx.get(health).status_code == 403
