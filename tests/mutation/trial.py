"""One bug at a time, planted in a copy of the tree, and the tests that guard its place."""

from __future__ import annotations

import ast
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from mutation.groups import GOLDEN, behaviour_tests
from mutation.mutants import Mutant, applied

__all__ = ["CAUGHT", "GOLDEN_ONLY", "NOT_VIABLE", "SURVIVED", "BaseFails", "Finding", "Workshop", "stale_kernels"]

CAUGHT, GOLDEN_ONLY, SURVIVED, NOT_VIABLE = "caught", "golden only", "survived", "cannot run"
IGNORED = shutil.ignore_patterns(
    ".git", ".venv*", "build", "dist", "results", "__pycache__", ".*_cache", ".hypothesis", "*.egg-info", "htmlcov"
)
LEAST_LIMIT, PATIENCE = 120.0, 6.0  # seconds, and times the usual time of a stage
KERNELS = "abm/kernels/"
FAILURE = r"^(?:FAILED|ERROR) (tests/\S.*?)(?: - .*)?$"  # a line of pytest's summary


class BaseFails(RuntimeError):
    """The tests do not pass on the unchanged source, so that they say nothing about bugs."""


@dataclass(frozen=True)
class Finding:
    """What became of a mutant: the verdict and the test, or other reason, that caught it."""

    identity: str
    group: str
    operator: str
    path: str
    line: int
    function: str
    before: str
    after: str
    verdict: str
    by: str
    seconds: float


class TimeLimit(Exception):
    """A stage took far longer than it does without a bug."""


class Workshop:
    """A copy of the tree with a cache of compiled kernels, in which mutants are tried one after another."""

    def __init__(self, root: Path, folder: Path):
        self.tree, self.cache = folder / "tree", folder / "cache"
        shutil.copytree(root, self.tree, ignore=IGNORED)
        self.compiled = self.cache / "none"  # the folder of the unchanged sources, once it is known
        self.usual: dict[str, float] = {}
        self.set_aside: list[str] = []  # tests that fail without a bug
        self.process: subprocess.Popen | None = None
        self.stopped = False
        self._lock = threading.Lock()

    def warm_up(self) -> None:
        """Compile the kernels and the modules of the unchanged sources; BaseFails where they do not run."""
        code, output = self._run("smoke", self._smoke(set()), limit=None, writes=True)
        if code != 0:
            raise BaseFails(f"the unchanged economy does not run:\n{output}")
        self.compiled = Path(re.search(r"^cache: (.*)$", output, re.MULTILINE)[1])

    def check_base(self) -> tuple[dict[str, float], list[str]]:
        """Run every test of behaviour and the golden files on the unchanged sources.

        Returns their seconds by stage and the tests that fail; BaseFails where tests cannot be run at all.
        """
        quick, whole = behaviour_tests(self.tree)
        failing: list[str] = []
        for stage, files in (("quick", quick), ("whole", whole), ("golden", [GOLDEN])):
            command = [*self._pytest(files), "--maxfail=1000000", "--continue-on-collection-errors"]  # to see them all
            code, output = self._run(stage, command, limit=None, writes=True)
            if code not in (0, 1, 2):
                raise BaseFails(f"the tests cannot be run:\n{output[-3000:]}")
            failing += re.findall(FAILURE, output, re.MULTILINE)
        return dict(self.usual), failing

    def tried(self, group: str, mutant: Mutant) -> Finding:
        """Plant the mutant, run the stages until one fails, and put the source back."""
        begun, path = time.monotonic(), self.tree / mutant.path
        source = path.read_bytes()
        try:
            path.write_bytes(applied(source.decode(), mutant.edit).encode())
            verdict, by = self._stages(group, mutant)
        except TimeLimit as limit:
            verdict, by = CAUGHT, f"time limit ({limit})"
        finally:
            path.write_bytes(source)
            self._forget()
        return Finding(
            mutant.identity, group, mutant.operator, mutant.path, mutant.line, mutant.function, mutant.before,
            mutant.after, verdict, by, round(time.monotonic() - begun, 1),
        )  # fmt: skip

    def stop(self) -> None:
        """End what runs, and start nothing more."""
        with self._lock:
            self.stopped = True
            if self.process is not None and self.process.poll() is None:
                os.killpg(self.process.pid, signal.SIGKILL)

    def _stages(self, group: str, mutant: Mutant) -> tuple[str, str]:
        code, output = self._run("smoke", self._smoke(stale_kernels(self.tree, mutant)), writes=False)
        if code not in (0, 2):
            return NOT_VIABLE, output.strip().splitlines()[-1] if output.strip() else f"exit code {code}"
        quick, whole = behaviour_tests(self.tree, group)
        for stage, files in (("quick", quick), ("whole", whole)):
            code, output = self._run(stage, self._pytest(files), writes=False)
            if code != 0:
                return CAUGHT, first_failure(output)
        code, output = self._run("golden", self._pytest([GOLDEN]), writes=False)
        return (GOLDEN_ONLY, first_failure(output)) if code != 0 else (SURVIVED, "")

    def _smoke(self, stale: set[str]) -> list[str]:
        return [sys.executable, "tests/mutation/smoke.py", str(self.compiled), *sorted(stale)]

    def _pytest(self, files: list[str]) -> list[str]:
        options = ["-x", "-q", "--tb=line", "-rfE", "-p", "no:cacheprovider", "-m", "not slow and not benchmarks"]
        left_out = [f"--deselect={one}" if "::" in one else f"--ignore={one}" for one in self.set_aside]
        wanted = [one for one in files if one not in self.set_aside]
        return [sys.executable, "-m", "pytest", *options, *left_out, *wanted]

    def _run(self, stage: str, command: list[str], writes: bool, limit: float | None = LEAST_LIMIT) -> tuple[int, str]:
        """Exit code and output; TimeLimit where it takes too long. Unchanged sources may write their bytecode."""
        environment = {**os.environ, "PYTHONPATH": str(self.tree), "XINZHI_CACHE_DIR": str(self.cache)}
        if not writes:
            environment |= {"PYTHONDONTWRITEBYTECODE": "1", "NUMBA_NUM_THREADS": "1"}
        begun = time.monotonic()
        with self._lock:
            if self.stopped:
                raise KeyboardInterrupt
            pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.STDOUT, "text": True}
            self.process = subprocess.Popen(command, cwd=self.tree, env=environment, start_new_session=True, **pipes)
        try:
            output, _ = self.process.communicate(timeout=limit and max(limit, PATIENCE * self.usual.get(stage, 0.0)))
        except subprocess.TimeoutExpired:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.communicate()
            raise TimeLimit(stage) from None
        if self.stopped:
            raise KeyboardInterrupt
        if writes:
            self.usual[stage] = time.monotonic() - begun
        return self.process.returncode, output

    def _forget(self) -> None:
        """Remove what was compiled for the mutant."""
        for folder in self.cache.iterdir() if self.cache.is_dir() else ():
            if folder != self.compiled:
                shutil.rmtree(folder, ignore_errors=True)


def first_failure(output: str) -> str:
    """The test that failed first, by pytest's summary; else the last line of the output."""
    found = re.search(FAILURE, output, re.MULTILINE)
    return found[1] if found else (output.strip().splitlines() or ["no output"])[-1]


def stale_kernels(root: Path, mutant: Mutant) -> set[str]:
    """{"module.function"} of compiled kernels that hold the code of the mutant, whether or not it is in their module.

    numba looks at the source of a kernel's own module only; helpers of other modules are compiled into it.
    """
    if not mutant.path.startswith(KERNELS):
        return set()
    uses = {}
    for path in sorted((root / KERNELS).glob("*.py")):
        uses |= _uses(path.stem, ast.parse(path.read_text(encoding="utf-8")))
    module = Path(mutant.path).stem
    stale = (
        {f"{module}.{mutant.function}"} if mutant.function else {name for name in uses if name.startswith(f"{module}.")}
    )
    while more := {name for name, used in uses.items() if name not in stale and used & stale}:
        stale |= more
    return stale


def _uses(module: str, tree: ast.Module) -> dict[str, set[str]]:
    """{"module.function": what it names of this package}, imported names under the module that defines them."""
    known: dict[str, str] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("abm.kernels."):
            known |= {one.asname or one.name: f"{node.module.rpartition('.')[2]}.{one.name}" for one in node.names}
        elif isinstance(node, ast.FunctionDef):
            known[node.name] = f"{module}.{node.name}"
    return {
        f"{module}.{node.name}": {
            known[one.id] for one in ast.walk(node) if isinstance(one, ast.Name) and one.id in known
        }
        for node in tree.body
        if isinstance(node, ast.FunctionDef)
    }
