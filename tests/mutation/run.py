"""Plants bugs one at a time in a copy of the tree and says which tests catch them: ``make mutate``.

``--known`` plants the ten of known.py, else ``--number`` are drawn by ``--seed``. Where a bug makes the economy
impossible to run, the next of its group takes its place. What is finished is kept in build/mutation/ as long as sources
and tests do not change, so that an interrupted run goes on where it was. The exit code is 1 where less than 80 % are
caught by something other than golden files, or one of the known bugs is not.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import signal
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from pathlib import Path

from mutation.draw import NUMBER, ROOT, SEED, all_mutants, drawn, quotas
from mutation.groups import GROUPS
from mutation.known import known_mutants
from mutation.mutants import Mutant
from mutation.report import progress, text_of, verdict_of
from mutation.trial import NOT_VIABLE, BaseFails, Finding, Workshop

__all__ = ["Finished", "Plan", "digest", "main"]

FOLDER = ROOT / "build" / "mutation"
SOURCES = ("abm/**/*.py", "abm/**/*.csv", "analysis/**/*.py", "scenarios/**/*.yaml", "tests/**/*.py", "tests/**/*.json")


def digest(root: Path = ROOT) -> str:
    """A hash of everything on which a finding depends."""
    seen = hashlib.sha256()
    for pattern in SOURCES:
        for path in sorted(root.glob(pattern)):
            seen.update(path.relative_to(root).as_posix().encode() + path.read_bytes())
    return seen.hexdigest()[:16]


class Finished:
    """Findings in a file, a line each, of these sources and tests; those of others are left where they are."""

    def __init__(self, folder: Path, version: str):
        self.path, self.version = folder / "finished.jsonl", version
        self.findings: dict[str, Finding] = {}
        self.usual: dict[str, float] = {}
        self.failing: list[str] = []
        folder.mkdir(parents=True, exist_ok=True)
        for line in self.path.read_text(encoding="utf-8").splitlines() if self.path.exists() else ():
            held = json.loads(line)
            if held.pop("version") != version:
                continue
            if "usual" in held:
                self.usual, self.failing = held["usual"], held["failing"]
            else:
                self.findings[held["identity"]] = Finding(**held)

    def keep(self, finding: Finding) -> None:
        """Add a finding."""
        self.findings[finding.identity] = finding
        self._append(asdict(finding))

    def keep_base(self, usual: dict[str, float], failing: list[str]) -> None:
        """Add what the tests do without a bug: the seconds of the stages, and those that fail."""
        self.usual, self.failing = usual, failing
        self._append({"usual": usual, "failing": failing})

    def _append(self, held: dict) -> None:
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({"version": self.version, **held}, ensure_ascii=False) + "\n")


class Plan:
    """What is still to be tried: of every group so many mutants that can run, in the order of the draw."""

    def __init__(self, order: dict[str, list[Mutant]], share: dict[str, int], finished: Finished):
        self.order = {group: iter(order[group]) for group in share}
        self.share, self.finished = share, finished
        self.findings: list[Finding] = []
        self.counted: Counter[str] = Counter()  # those that can run, or are being tried
        self.lock = threading.Lock()

    def take(self) -> tuple[str, Mutant] | None:
        """A mutant that is to be tried; None where there is no more. What is finished already is counted."""
        with self.lock:
            for group, number in self.share.items():
                while self.counted[group] < number:
                    mutant = next(self.order[group], None)
                    if mutant is None:
                        break
                    known = self.finished.findings.get(mutant.identity)
                    if known is None:
                        self.counted[group] += 1
                        return group, mutant
                    self.findings.append(known)
                    self.counted[group] += known.verdict != NOT_VIABLE
        return None

    def report(self, finding: Finding) -> None:
        """Keep and print what became of a mutant."""
        with self.lock:
            self.counted[finding.group] -= finding.verdict == NOT_VIABLE
            self.findings.append(finding)
            self.finished.keep(finding)
            done = sum(one.verdict != NOT_VIABLE for one in self.findings)
            print(progress(finding, done, sum(self.share.values())), flush=True)


def prepared(stack: ExitStack, jobs: int, finished: Finished, despite: bool) -> list[Workshop]:
    """Copies of the tree with compiled kernels, in a temporary folder that goes when the stack is left."""
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="mutate-", ignore_cleanup_errors=True)))
    workshops = [Workshop(ROOT, folder / str(number)) for number in range(jobs)]
    for workshop in workshops:
        stack.callback(workshop.stop)
    print(f"Compiling the kernels, in {jobs} copies of the tree", flush=True)
    in_parallel([workshop.warm_up for workshop in workshops], workshops)
    if not finished.usual:
        print("Running the tests without a bug, once for these sources and tests", flush=True)
        finished.keep_base(*workshops[0].check_base())
    if finished.failing:
        listed = "\n  ".join(finished.failing)
        if not despite:
            raise BaseFails(f"tests fail without any bug; mend them or set them aside with DESPITE=1:\n  {listed}")
        print(f"{len(finished.failing)} tests fail without any bug and are set aside:\n  {listed}", flush=True)
    for workshop in workshops:
        workshop.usual, workshop.set_aside = dict(finished.usual), finished.failing
    return workshops


def in_parallel(tasks: Sequence[Callable[[], None]], workshops: Sequence[Workshop]) -> None:
    """Do all tasks at once; where one fails, or the user interrupts, the others are ended too."""
    with ThreadPoolExecutor(len(tasks)) as pool:
        running = [pool.submit(task) for task in tasks]
        try:
            while not all(one.done() for one in running):
                if any(one.done() and one.exception() for one in running):
                    break
                time.sleep(0.2)
            for one in running:
                if one.done():
                    one.result()
        except BaseException:
            for workshop in workshops:
                workshop.stop()
            raise


def work(plan: Plan, jobs: int, despite: bool) -> None:
    """Try what is planned."""
    first = plan.take()
    if first is None:
        return
    waiting = [first]

    def keep_trying(workshop: Workshop) -> None:
        while (task := waiting.pop() if waiting else plan.take()) is not None:
            plan.report(workshop.tried(*task))

    with ExitStack() as stack:
        workshops = prepared(stack, jobs, plan.finished, despite)
        in_parallel([partial(keep_trying, workshop) for workshop in workshops], workshops)


def planned(arguments: argparse.Namespace) -> tuple[dict[str, list[Mutant]], dict[str, int]]:
    """{group: mutants in their order} and how many of each group are to be tried."""
    if arguments.known:
        known = {g: m for g, m in known_mutants().items() if arguments.only in (None, g)}
        return known, {group: len(mutants) for group, mutants in known.items()}
    order = drawn(all_mutants(), arguments.seed)
    return order, quotas(arguments.number, [arguments.only] if arguments.only else list(order))


def parsed(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make mutate", description=__doc__.splitlines()[0])
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("--number", type=int, default=NUMBER, help="bugs in all")
    parser.add_argument("--only", choices=[group.name for group in GROUPS], help="one part of the economy")
    parser.add_argument("--known", action="store_true", help="the ten bugs that were once missed")
    parser.add_argument("--jobs", type=int, default=2, help="bugs tried at once")
    parser.add_argument("--despite", action="store_true", help="set aside tests that fail without a bug")
    return parser.parse_args(arguments)


def main(arguments: Sequence[str] | None = None) -> int:
    """The exit code: 0 where the tests catch enough, 1 where not, 2 where they cannot be asked, 130 interrupted."""
    asked = parsed(arguments)
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    finished = Finished(FOLDER, digest())
    try:
        plan = Plan(*planned(asked), finished)
        work(plan, asked.jobs, asked.despite)
    except (BaseFails, ValueError) as error:
        print(f"make mutate: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print(f"\ninterrupted; {len(finished.findings)} findings are kept, the same command goes on from there")
        return 130
    name = "known" if asked.known else f"seed {asked.seed}, {asked.number} drawn"
    heading = f"Planted bugs, {name}{f', {asked.only}' if asked.only else ''}"
    if finished.failing:
        heading += f"\n{len(finished.failing)} tests fail without any bug and were set aside."
    text = text_of(plan.findings, heading)
    (FOLDER / ("known.txt" if asked.known else "report.txt")).write_text(text, encoding="utf-8")
    print(f"\n{text}")
    wrong = verdict_of(plan.findings, asked.known)
    for sentence in wrong:
        print(f"make mutate: {sentence}")
    return int(bool(wrong))


if __name__ == "__main__":
    sys.exit(main())
