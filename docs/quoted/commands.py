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
    "headline_kept": Command("compare no_ai baseline --set closures.saving_returned=kept --seeds 8"),
    "closures": Command("closures --workers 10000 --seeds 8 --save", folder=False),
    "nowcast": Command("nowcast --workers 10000 --seeds 64 --posterior china"),
    "backtest_2012": Command("backtest --opening 2012 --seeds 8"),
    "backtest_2015": Command("backtest --opening 2015 --seeds 8"),
    "facts": Command("facts --seeds 20 --first-seed 101", folder=False),
    "responses": Command("responses --seeds 8"),
    "evidence": Command("evidence --seeds 64"),
    "headline_usa": Command("headline --economy usa --seeds 8 --first-seed 401"),
    "run_usa": Command("run baseline --set economy=usa --seeds 8 --first-seed 401"),
    "nowcast_usa": Command("nowcast --economy usa --seeds 16 --first-seed 401"),
    "duel_usa": Command("duel --economy usa --seeds 20 --first-seed 401"),
    "backtest_usa_2017": Command("backtest --economy usa --opening 2017 --seeds 8 --first-seed 401"),
    "backtest_usa_2019": Command("backtest --economy usa --opening 2019 --seeds 8 --first-seed 401"),
    "opening_usa_2017": Command("opening --economy usa --opening 2017", folder=False),
    "opening_usa_2019": Command("opening --economy usa --opening 2019", folder=False),
    "facts_usa": Command("facts --economy usa --seeds 16 --first-seed 421", folder=False),
    "responses_usa": Command("responses --economy usa --seeds 12 --first-seed 401"),
    "evidence_usa": Command("evidence --economy usa --seeds 16 --first-seed 401"),
    "evidence_usa_large": Command("evidence --economy usa --workers 40000 --seeds 8 --first-seed 401"),
    "countries": Command("countries no_ai adoption_subsidy usa_carbon_price --exchange --seeds 8 --first-seed 401"),
    "countries_power": Command("countries usa_carbon_price --purchasing-power --seeds 8 --first-seed 401"),
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
