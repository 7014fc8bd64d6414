"""A version as a process that answers requests, and the command of that version as a process of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import Any

from versions.trees import Tree

__all__ = ["Version", "VersionError"]

# One thread for every library, and ensembles in the process of the command: two versions run at once on two cores.
ALONE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "LOKY_MAX_CPU_COUNT"), "1")
SECONDS_TO_END = 10.0


class VersionError(Exception):
    """A version that cannot be used at all; the text says why."""


class Version:
    """A running driver, whose commands work in ``folder``.

    What is given to ``later`` is done in a thread, one thing after the other, so that two versions work side by side.
    The process is the head of a session of its own: Ctrl-C reaches this program alone, which ends all below it.
    """

    def __init__(self, label: str, tree: Tree, folder: Path):
        self.label, self.tree, self.folder = label, tree, folder
        temporary = folder / "temporary"
        temporary.mkdir(parents=True)
        paths = [tree.folder.resolve(), Path(__file__).resolve().parents[1]]
        self.environment = {
            **os.environ, **ALONE, "XINZHI_SEEDS": "off", "TMPDIR": str(temporary),
            "PYTHONPATH": os.pathsep.join(map(str, paths)),
        }  # fmt: skip
        if tree.compiled is not None:
            self.environment["XINZHI_CACHE_DIR"] = str(tree.compiled)
        self.thread = ThreadPoolExecutor(1)
        self.errors = folder / "errors.txt"
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "versions.driver", str(tree.folder)],
                cwd=folder, env=self.environment, start_new_session=True, text=True, encoding="utf-8",
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=errors,
            )  # fmt: skip

    def later(self, function: Callable[..., Any], *arguments: Any) -> Future[Any]:
        """What ``function`` returns once all that was asked for before is done."""
        return self.thread.submit(function, *arguments)

    def ask(self, **request: Any) -> dict[str, Any]:
        """The answer to a request, {"result": ...} or {"error": one line}. Raises VersionError if the process died."""
        assert self.process.stdin is not None and self.process.stdout is not None
        with suppress(BrokenPipeError):
            self.process.stdin.write(json.dumps(request) + "\n")
            self.process.stdin.flush()
        line = self.process.stdout.readline()
        if not line:
            said = self.errors.read_text(encoding="utf-8", errors="replace").strip().splitlines()
            raise VersionError(f"the process of the {self.label} ended{': ' + said[-1] if said else ''}")
        return json.loads(line)

    def describe(self) -> dict[str, Any]:
        """What there is to run. Raises VersionError where the version cannot be imported."""
        answer = self.ask(do="describe")
        if "error" in answer:
            raise VersionError(
                f"the {self.label} ({self.tree.name}) cannot be imported with this Python: {answer['error']}"
            )
        return answer["result"]

    def command(self, arguments: list[str]) -> subprocess.CompletedProcess[str]:
        """``python -m abm`` as a user starts it."""
        return subprocess.run(
            [sys.executable, "-m", "abm", *arguments],
            cwd=self.folder, env=self.environment, capture_output=True, text=True, check=False,
        )  # fmt: skip

    def close(self) -> None:
        """End the process and all that it started."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.thread.shutdown(cancel_futures=True)  # it waited for the process
        with suppress(subprocess.TimeoutExpired):
            self.process.wait(SECONDS_TO_END)
        for pipe in (self.process.stdin, self.process.stdout):
            with suppress(OSError):
                pipe.close()  # type: ignore[union-attr]
