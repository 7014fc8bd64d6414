"""A page as a user starts it, for the tests that need real runs."""

import json
import os
import subprocess
import sys
import time
from contextlib import contextmanager
from pathlib import Path

import httpx

ROOT = Path(__file__).resolve().parents[2]
SECONDS_TO_BE_WARM = 300  # on a machine that has kernels to compile


class Page:
    """A running server: its address, its process, and how to ask it."""

    def __init__(self, process, url):
        self.process, self.url = process, url

    def get(self, path, **more):
        return httpx.get(self.url + path, timeout=60, **more)

    def put(self, path, content):
        return httpx.put(self.url + path, json=content, timeout=60)

    def post(self, path, content, **more):
        return httpx.post(self.url + path, json=content, timeout=300, **more)

    @contextmanager
    def streamed(self, path, content):
        """The events of a stream as they come, (name, content)."""
        with httpx.stream("POST", self.url + path, json=content, timeout=300) as answer:
            assert answer.status_code == 200, answer.read()
            yield events(answer)

    def all_of(self, path, content):
        with self.streamed(path, content) as found:
            return list(found)

    def until(self, true, seconds=SECONDS_TO_BE_WARM):
        """Wait until health is as wanted."""
        ends = time.monotonic() + seconds
        while not true(self.get("/api/health").json()):
            assert time.monotonic() < ends
            time.sleep(0.02)

    @staticmethod
    def gone(processes, seconds=SECONDS_TO_BE_WARM):
        """Wait until none of these processes is left."""
        ends = time.monotonic() + seconds
        while any(map(alive, processes)):
            assert time.monotonic() < ends
            time.sleep(0.02)

    @property
    def children(self):
        """The numbers of the processes that the server has started."""
        return children_of(self.process.pid)


def events(answer):
    name = ""
    for line in answer.iter_lines():
        if line.startswith("event: "):
            name = line[7:]
        elif line.startswith("data: "):
            yield name, json.loads(line[6:])


def children_of(number):
    found = subprocess.run(["pgrep", "-P", str(number)], capture_output=True, text=True)
    children = [int(line) for line in found.stdout.split()]
    return children + [below for child in children for below in children_of(child)]


def alive(number):
    try:
        return Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


@contextmanager
def page(folder, *options, processes=2, warm=True, port="0", before=None):
    """A server, on a free port by default, with a store of seeds of its own, ended afterwards.

    ``before`` is called in its process before it begins.
    """
    command = [sys.executable, "-m", "abm", "app", "--no-open", "--port", port, "--no-prepare",
               "--processes", str(processes), *options]  # fmt: skip
    surroundings = {**os.environ, "XINZHI_SEEDS": str(folder), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
        env=surroundings,
        preexec_fn=before,  # noqa: PLW1509 - nothing else runs here
    )
    try:
        line = process.stdout.readline()
        assert "http://" in line, process.stderr.read()
        one = Page(process, line.split()[3].rstrip("/"))
        if warm:
            one.until(lambda health: health["warm"] == processes)
        yield one
    finally:
        process.kill()
        process.communicate()
