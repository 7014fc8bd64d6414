"""The commands whose results are quoted, and how they are run."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

__all__ = ["COMMANDS", "ROOT", "WORK", "Command", "Run", "run"]

ROOT = Path(__file__).resolve().parents[2]
WORK = ROOT / "build" / "numbers"


@dataclass(frozen=True)
class Command:
    """A command as a reader types it; ``folder``: whether it writes one; ``quick``: whether a test repeats it."""

    words: str
    folder: bool = True
    quick: bool = False

    @property
    def line(self) -> str:
        """What a reader types."""
        return f"xinzhi {self.words}"


@dataclass(frozen=True)
class Run:
    """What a command printed, and the folder that it wrote, if any."""

    command: Command
    printed: str
    folder: Path


COMMANDS = {
    "first_run": Command("run baseline --workers 2000 --seeds 2 --until 2025", quick=True),
    "headline": Command("headline --workers 10000 --seeds 8 --figures"),
    "closures": Command("closures --workers 10000 --seeds 8 --save", folder=False),
    "nowcast": Command("nowcast --workers 10000 --seeds 64 --posterior china"),
    "backtest_2012": Command("backtest --opening 2012 --seeds 8"),
    "backtest_2015": Command("backtest --opening 2015 --seeds 8"),
    "facts": Command("facts --seeds 20 --first-seed 101", folder=False),
    "responses": Command("responses --seeds 8"),
    "evidence": Command("evidence --seeds 64"),
    "countries": Command("countries no_ai adoption_subsidy usa_carbon_price --exchange --seeds 8 --first-seed 401"),
}


def run(name: str, work: Path = WORK) -> Run:
    """The command run in a process of its own, as a user runs it. CalledProcessError where it fails."""
    command, place = COMMANDS[name], work / name
    place.mkdir(parents=True, exist_ok=True)
    words = command.words.split() + (["--out", str(place / "out"), "--overwrite"] if command.folder else [])
    environment = os.environ | {"PYTHONPATH": str(ROOT), "COLUMNS": "120"}
    done = subprocess.run(
        [sys.executable, "-m", "abm", *words], cwd=place, env=environment, stdout=subprocess.PIPE, text=True, check=True
    )
    (place / "printed.txt").write_text(done.stdout, encoding="utf-8")
    return Run(command, done.stdout, place / "out")


def earlier(name: str, work: Path = WORK) -> Run:
    """What the command gave when it was last run here. FileNotFoundError where it was not."""
    return Run(COMMANDS[name], (work / name / "printed.txt").read_text(encoding="utf-8"), work / name / "out")
