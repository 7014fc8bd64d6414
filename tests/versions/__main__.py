"""``make compare-versions OLD=<commit>``: the working tree compared with a commit, as a page and in the terminal."""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NoReturn

from versions.compare import Comparison, Size, compare
from versions.page import page, summary
from versions.plan import PlanError
from versions.trees import OldCommitError, unpacked, working_tree
from versions.version import VersionError

ROOT = Path(__file__).resolve().parents[2]
USAGE = "make compare-versions OLD=<commit> [ONLY='<scenario or lever> ...'] [SEEDS=4] [WORKERS=2000] [QUARTERS=32]"
MOST_SEEDS, LEAST_WORKERS, MOST_QUARTERS = 32, 2_000, 104
DONE, NULL_POLICY_ACTS, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        print(f"compare-versions: {message}\nusage: {USAGE}", file=sys.stderr)
        sys.exit(BAD_INPUT)


def main(arguments: Sequence[str] | None = None) -> int:
    """Compare, write the page, print the summary. 0: done; 1: a null policy acts, or a version cannot be run."""
    parsed = _parser().parse_args(arguments)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _interrupt)
    try:
        comparison = _compare(parsed)
    except (OldCommitError, PlanError) as error:
        return _say(str(error), BAD_INPUT)
    except VersionError as error:
        return _say(str(error), NULL_POLICY_ACTS)
    except KeyboardInterrupt:
        return _say("interrupted; nothing is kept", INTERRUPTED)
    parsed.out.mkdir(parents=True, exist_ok=True)
    (parsed.out / "index.html").write_text(page(comparison), encoding="utf-8")
    text = summary(comparison)
    (parsed.out / "summary.md").write_text(text + "\n", encoding="utf-8")
    print(f"{text}\n\nThe page: {parsed.out / 'index.html'} ({comparison.seconds:.0f} seconds)")
    return NULL_POLICY_ACTS if comparison.broken_nulls else DONE


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="compare-versions", usage=USAGE, description=__doc__)
    parser.add_argument("old", metavar="OLD", help="the commit to compare with")
    parser.add_argument("--only", default="", help="scenarios and levers, or 'scenarios', or 'levers'")
    parser.add_argument("--seeds", type=_whole(1, MOST_SEEDS), default=Size.seeds)
    parser.add_argument("--workers", type=_whole(LEAST_WORKERS, 10**7), default=Size.workers)
    parser.add_argument("--quarters", type=_whole(1, MOST_QUARTERS), default=Size.quarters)
    parser.add_argument("--out", type=Path, default=Path("build/compare-versions"))
    return parser


def _whole(least: int, most: int) -> Callable[[str], int]:
    def read(text: str) -> int:
        if not text.isdecimal() or not least <= int(text) <= most:
            raise argparse.ArgumentTypeError(f"give a whole number from {least} to {most}")
        return int(text)

    return read


def _compare(parsed: argparse.Namespace) -> Comparison:
    started = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="compare-versions-", ignore_cleanup_errors=True) as folder:
        old = unpacked(ROOT, parsed.old, Path(folder) / "old-tree")
        size = Size(parsed.workers, parsed.seeds, parsed.quarters)
        only = parsed.only.replace(",", " ").split()
        comparison = compare(old, working_tree(ROOT), Path(folder), size, only, _tell)
    print("\r\033[K" if sys.stderr.isatty() else "", end="", file=sys.stderr, flush=True)
    comparison.seconds = time.monotonic() - started
    return comparison


def _tell(text: str) -> None:
    """One line that is written over in a terminal, a line for each message elsewhere."""
    if sys.stderr.isatty():
        print(f"\r\033[K{text[:100]}", end="", file=sys.stderr, flush=True)
    else:
        print(text, file=sys.stderr, flush=True)


def _interrupt(*_: object) -> None:
    raise KeyboardInterrupt


def _say(message: str, code: int) -> int:
    print(f"compare-versions: {message}", file=sys.stderr)
    return code


if __name__ == "__main__":
    sys.exit(main())
