"""What was measured on this machine: benchmarks/history.jsonl, a line for each figure, not committed."""

from __future__ import annotations

import datetime
import json
import os
import platform
import subprocess
from pathlib import Path

__all__ = ["History", "machine"]

ROOT = Path(__file__).resolve().parents[2]
PATH = ROOT / "benchmarks" / "history.jsonl"


def machine() -> str:
    """Processor and number of cores: figures of other machines say nothing about this one."""
    name = platform.processor() or platform.machine()
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
        name = next(line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    except (OSError, StopIteration):
        pass
    return f"{name}, {os.cpu_count()} cores"


def _commit() -> str:
    asked = ["git", "-C", str(ROOT), "describe", "--always", "--dirty", "--abbrev=10"]
    try:
        return subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return "unknown"


class History:
    """Figures by name; a line that cannot be read is left out, never a reason to fail."""

    def __init__(self, path: Path = PATH):
        self.path, self.machine, self.commit = path, machine(), _commit()
        self.latest: dict[str, dict] = {}
        for line in path.read_text(encoding="utf-8").splitlines() if path.exists() else ():
            try:
                held = json.loads(line)
                if held["machine"] == self.machine:
                    self.latest[held["name"]] = held
            except (ValueError, KeyError, TypeError):
                continue

    def last(self, name: str) -> tuple[float, str] | None:
        """The figure of the last time on this machine, and its commit."""
        held = self.latest.get(name)
        return (held["value"], held["commit"]) if held else None

    def keep(self, name: str, value: float, unit: str, cpu: float | None) -> None:
        """Add a figure."""
        now = datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")
        held = {"name": name, "value": value, "unit": unit, "cpu": cpu, "machine": self.machine}
        self.path.parent.mkdir(exist_ok=True)
        with self.path.open("a", encoding="utf-8") as file:
            file.write(json.dumps({**held, "commit": self.commit, "at": now}, ensure_ascii=False) + "\n")
